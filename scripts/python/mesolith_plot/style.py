"""How the figures look, and the units that they show."""

import re
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib import colors, font_manager
from matplotlib.figure import Figure

# From SI to what is shown.
UM = 1e6
"""m to um."""
MMOL_PER_CM3 = 1e-3
"""mol m-3 to mmol/cm3."""
MA_PER_CM2 = 0.1
"""A m-2 to mA/cm2."""
MAH_PER_CM2 = 0.1 / 3600
"""C m-2 to mAh/cm2."""
CM2_PER_S = 1e4
"""m2 s-1 to cm2/s."""

CONCENTRATION_LABEL = "Li concentration (mmol/cm³)"
POSITION_LABEL = "Distance from electrolyte (µm)"

COLUMN = 3.5
"""Width of a journal column, inch."""
PAGE = 7.1
"""Width of two columns, inch."""

# Okabe and Ito's colours, which the colour-blind can tell apart, without the yellow that paper swallows.
BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"
CATEGORIES = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)
GREY = "0.45"

# Uniform in lightness and safe for the colour-blind; the brightest tenth is left out for the sake of thin lines.
SEQUENTIAL = colors.ListedColormap(matplotlib.colormaps["viridis"](np.linspace(0, 0.9, 256)))

# For values of both signs.
DIVERGING = matplotlib.colormaps["RdBu_r"]


def apply() -> None:
    """Set the style for all figures that follow."""
    matplotlib.use("Agg")
    matplotlib.rcParams.update(
        {
            "font.family": "sans-serif",
            "font.sans-serif": ["Arial", "Helvetica", "Liberation Sans", "DejaVu Sans"],
            "font.size": 8,
            "axes.titlesize": 8,
            "axes.labelsize": 8,
            "axes.linewidth": 0.6,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "xtick.labelsize": 7,
            "ytick.labelsize": 7,
            "xtick.major.width": 0.6,
            "ytick.major.width": 0.6,
            "lines.linewidth": 1.2,
            "lines.solid_capstyle": "round",
            "legend.fontsize": 7,
            "legend.frameon": False,
            "legend.handlelength": 1.6,
            "figure.constrained_layout.use": True,
            "savefig.dpi": 300,
            # The same run gives the same bytes, and text stays text.
            "svg.hashsalt": "mesolith",
            "svg.fonttype": "none",
            "pdf.fonttype": 42,
        }
    )
    # Of the fonts above, one is enough; matplotlib warns of each that is absent.
    installed = {font.name for font in font_manager.fontManager.ttflist}
    matplotlib.rcParams["font.sans-serif"] = [
        name for name in matplotlib.rcParams["font.sans-serif"] if name in installed
    ]


def new_figure(width: float, height: float) -> Figure:
    """A figure of the size, in inch, that no window shows."""
    return Figure(figsize=(width, height))


def save(figure: Figure, path: Path, file_format: str, title: str) -> None:
    """Write the figure, its title as metadata; without the date, so that it depends on the run only."""
    no_date = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[file_format]
    figure.savefig(path, format=file_format, metadata={"Title": title, **no_date})


@dataclass(frozen=True)
class TimeUnit:
    """A unit in which times of a run are short numbers."""

    symbol: str
    seconds: float

    @property
    def label(self) -> str:
        """Label of a time axis."""
        return f"Time ({self.symbol})"


def time_unit(end: float) -> TimeUnit:
    """The unit for times up to `end` (s)."""
    for unit, limit in (TimeUnit("s", 1.0), 3e3), (TimeUnit("min", 60.0), 3e4), (TimeUnit("h", 3600.0), 1e6):
        if end <= limit:
            return unit
    return TimeUnit("d", 86400.0)


@dataclass(frozen=True)
class Unit:
    """A unit in which values are shown."""

    symbol: str
    """Empty for plain numbers."""
    factor: float
    """From the SI unit to this one."""
    offset: float = 0
    """Added after the factor: the zero of a temperature scale."""

    def shown(self, value: float | np.ndarray) -> float | np.ndarray:
        """A value in the SI unit, in this one."""
        return value * self.factor + self.offset

    def label(self, words: str) -> str:
        """Label of an axis: what is shown, then the unit."""
        return f"{words} ({self.symbol})" if self.symbol else words


UNITS = {
    "1": ((0, Unit("", 1)),),
    "m": ((1e-3, Unit("mm", 1e3)), (1e-6, Unit("µm", UM)), (0, Unit("nm", 1e9))),
    "mol m-3": ((0, Unit("mmol/cm³", MMOL_PER_CM3)),),
    "mol m-2 s-1": ((0, Unit("nmol cm⁻² s⁻¹", 1e5)),),
    "mol m-2": ((0, Unit("µmol/cm²", 100)),),
    "m2 s-1": ((0, Unit("cm²/s", CM2_PER_S)),),
    "A m-2": ((0, Unit("mA/cm²", MA_PER_CM2)),),
    "C m-2": ((0, Unit("mAh/cm²", MAH_PER_CM2)),),
    "S m-1": ((0, Unit("mS/cm", 10)),),
    "ohm m2": ((0, Unit("Ω cm²", 1e4)),),
    "J mol-1": ((1e3, Unit("kJ/mol", 1e-3)), (0, Unit("J/mol", 1))),
    "Pa": ((1e8, Unit("GPa", 1e-9)), (1e5, Unit("MPa", 1e-6)), (0, Unit("kPa", 1e-3))),
    "V": ((0, Unit("mV", 1e3)),),
    "s": ((1e6, Unit("d", 1 / 86400)), (3e4, Unit("h", 1 / 3600)), (3e3, Unit("min", 1 / 60)), (0, Unit("s", 1))),
}
"""What SI units, as UDUNITS text, are shown in: each from a largest value upwards."""


def unit(si: str, largest: float) -> Unit:
    """The unit in which values up to `largest`, in the SI unit, are short numbers."""
    for least, shown in UNITS.get(si, ()):
        if largest >= least:
            return shown
    # Powers as the other units are set.
    return Unit(re.sub(r"(?<=[A-Za-z])-?\d+", lambda power: power[0].translate(SUPERSCRIPTS), si), 1)


PLAIN = Unit("", 1)
CELSIUS = Unit("°C", 1, -273.15)
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float) -> str:
    """At most three significant digits, a true minus sign."""
    return f"{value:.3g}".replace("-", "−")


LEAST_PLAIN, GREATEST_PLAIN = 1e-3, 1e5
"""Numbers outside of these are written as powers of ten."""


def power_of_ten(value: float, always: bool = False) -> str:
    """At most three significant digits; very small and very large numbers, or all, as 6 × 10⁻¹¹."""
    if value == 0 or not always and LEAST_PLAIN <= abs(value) < GREATEST_PLAIN:
        # Not `number`, which writes 1e+04.
        return f"{float(f'{value:.3g}'):g}".replace("-", "−")
    mantissa, exponent = f"{value:.2e}".split("e")
    digits = mantissa.rstrip("0").rstrip(".").replace("-", "−")
    power = f"10{str(int(exponent)).translate(SUPERSCRIPTS)}"
    return power if digits == "1" else f"{digits} × {power}"
