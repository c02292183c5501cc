"""The figures of a material, drawn from the tables that `mesolith tabulate` writes."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import yaml
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, NullFormatter

from . import style

ROOT = Path(__file__).resolve().parents[3]
DEFAULT_TEMPERATURE = "25 degC"

# From SI to what is shown.
MV = 1e3
"""V to mV."""
CM2 = 1e4
"""m2 s-1 to cm2/s."""
MPA = 1e-6
"""Pa to MPa."""

ZERO_CELSIUS = 273.15
"""K."""
USUAL_TEMPERATURES = (273.15, 373.15)
"""Temperatures of an Arrhenius plot where a law is stated for none, K."""
FASTEST = 10.0
"""Strain rates above this are not shown, 1/s."""
LABEL = 7
"""Size of the words in a panel, points."""
EXTRAPOLATED = {"linewidth": 0.7, "linestyle": (0, (4, 2))}
"""A law outside of what it is stated for, a phase where it is not stable."""
BEHIND_WORDS = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
"""Keeps thin lines out of words."""
MOLE_FRACTION_LABEL = "Mole fraction of Li, x"


class MaterialError(Exception):
    """A material that cannot be drawn; the message is one sentence for the user."""


class ProgramError(Exception):
    """mesolith or scripts/build failed; the message is what it said."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Measured:
    """Points from the literature, in the units that are shown."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    label: str


KRAUSKOPF = Measured(
    x=(0.0, 50.0, 80.0, 100.0),
    y=(3.9e-12, 1.7e-10, 9.5e-10, 2.6e-9),
    label="measured, Li$_{0.9}$Mg$_{0.1}$\n(Krauskopf et al. 2019)",
)
"""Diffusivity (cm2/s) over temperature (degC), Adv. Energy Mater. 9 (2019) 1902568."""
MASIAS = Measured(
    x=(0.200, 0.301, 0.396, 0.400, 0.400, 0.400, 0.600),
    y=(2.00e-7, 4.95e-6, 1.58e-5, 1.34e-5, 1.36e-5, 1.72e-5, 3.89e-4),
    label="measured, 26 °C\n(Masias et al. 2019)",
)
"""Minimum creep rate of lithium in tension (1/s) over stress (MPa), J. Mater. Sci. 54 (2019) 2585."""


# Reading


def program() -> str:
    """Path of mesolith: that of $MESOLITH, or the one of this tree, built first if need be."""
    if given := os.environ.get("MESOLITH"):
        return given
    built = subprocess.run([str(ROOT / "scripts" / "build")])
    if built.returncode != 0:
        raise ProgramError("", built.returncode)
    return str(ROOT / ".build" / "release" / "mesolith")


@dataclass(frozen=True)
class Material:
    """A material of the library or of a file."""

    program: str
    """Path of mesolith."""
    asked_for: str
    """What the user called it: a name or the path of a .yaml file."""
    name: str = ""
    """Its name; of a file the file's, without folder and ending."""
    title: str = ""
    content: dict = field(default_factory=dict)
    """The file, quantities as they are written there."""
    values: dict[str, float] = field(default_factory=dict)
    """Its parameters by key, SI."""

    def ask(self, *arguments: str) -> str:
        """What mesolith prints. Throws `ProgramError`."""
        try:
            done = subprocess.run([self.program, *arguments], capture_output=True, text=True, encoding="utf-8")
        except OSError as error:
            raise MaterialError(f"{self.program} cannot be run ({error.strerror})") from error
        if done.returncode != 0:
            raise ProgramError(done.stderr, done.returncode)
        return done.stdout

    def table(
        self, law: str, temperature: str, *overrides: str, points: int = 400, mole_fraction: float = 1,
        extrapolate: bool = False,
    ) -> dict[str, np.ndarray]:  # fmt: skip
        """The columns of `mesolith tabulate`, by name without unit, SI."""
        options = [f"--temperature={temperature}", f"--points={points}", *(f"--set={item}" for item in overrides)]
        if mole_fraction != 1:
            options.append(f"--mole-fraction={mole_fraction}")
        if extrapolate:
            options.append("--extrapolate")
        header, *rows = csv.reader(io.StringIO(self.ask("tabulate", self.asked_for, law, *options)))
        return dict(zip((name.split(" [")[0] for name in header), np.array(rows, float).T))

    def laws(self, section: str) -> list[str]:
        """The laws that the section holds, the one in use first."""
        held = self.content[section]
        names = [key for key in held if key in LAWS[section]]
        return sorted(names, key=lambda name: name != held.get("use", name))


LAWS = {
    "diffusivity": ("darken", "arrhenius", "constant", "formula"),
    "flow": ("power_law", "garofalo", "anand"),
}
"""The laws among which a section chooses by its `use`."""


def read_material(asked_for: str) -> Material:
    """Read a material of the library or of a .yaml file. Throws `ProgramError` when there is no such or it is wrong."""
    material = Material(program(), asked_for)
    described = json.loads(material.ask("describe", "material", asked_for, "--json"))
    return replace(
        material,
        name=Path(described["name"]).stem if described["name"].endswith((".yaml", ".yml")) else described["name"],
        title=described["title"],
        content=yaml.safe_load(material.ask("describe", "material", asked_for, "--file")),
        values={entry["key"]: entry["si_value"] for entry in described["parameters"] if "si_value" in entry},
    )


def kelvin(temperature: str) -> float:
    """A temperature as users write it, in K."""
    match = re.fullmatch(r"\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*(K|degC|°C)\s*", temperature)
    if match is None:
        raise MaterialError(f"the temperature `{temperature}` is not in K or degC")
    return float(match[1]) + (0 if match[2] == "K" else ZERO_CELSIUS)


def stated_temperatures(law: dict) -> tuple[float, float] | None:
    """The temperatures for which a law of a file is stated, K."""
    if "temperature_range" not in law:
        return None
    lowest, highest = map(kelvin, law["temperature_range"])
    return lowest, highest


def holds_at(law: dict, temperature: str) -> bool:
    """Whether a law of a file is stated for the temperature."""
    stated = stated_temperatures(law)
    return stated is None or stated[0] - 1e-9 <= kelvin(temperature) <= stated[1] + 1e-9


# Drawing


def shown(temperature: str) -> str:
    """A temperature as the figures show it."""
    return temperature.strip().replace("degC", "°C").replace("-", "−")


def colours(temperatures: Sequence[str]) -> list:
    """A colour for each temperature, from the cold to the hot end; black for a single one."""
    if len(temperatures) == 1:
        return ["black"]
    return [style.SEQUENTIAL(part) for part in np.linspace(0, 1, len(temperatures))]


def _say(axes: Axes, words: str, point: tuple[float, float], offset: tuple[float, float], **options: object) -> None:
    """Words near a point of the data, the offset in points."""
    axes.annotate(words, point, xytext=offset, textcoords="offset points", fontsize=LABEL, **options)


def _say_in_corner(axes: Axes, words: str, corner: tuple[int, int]) -> None:
    """Words in a corner of the panel: (0, 0) is the lower left one."""
    right, top = corner
    axes.annotate(
        words, corner, xycoords="axes fraction", xytext=(-2 if right else 4, -3 if top else 4),
        textcoords="offset points", ha="right" if right else "left", va="top" if top else "bottom", fontsize=LABEL,
    )  # fmt: skip


def _decades(axes: Axes) -> None:
    """Ticks at the decades of a logarithmic y axis, labels as many as there is room for."""
    axes.yaxis.set_major_locator(LogLocator(numticks=9))
    axes.yaxis.set_minor_locator(LogLocator(numticks=30))
    axes.yaxis.set_minor_formatter(NullFormatter())


# Potential


@dataclass(frozen=True)
class Field:
    """Compositions at which the same phases are in equilibrium."""

    phases: tuple[str, ...]
    start: float
    end: float
    potential: float | None
    """That of the plateau, V; of a single phase none."""


def _stable_phase(table: dict[str, np.ndarray], row: int) -> str | None:
    """The phase that is in equilibrium by itself there."""
    equilibrium = table["potential_equilibrium"][row]
    for name, column in table.items():
        phase = name.removeprefix("potential_")
        if phase not in ("equilibrium", "mole_fraction") and abs(column[row] - equilibrium) < 1e-9:
            return phase
    return None


def phase_fields(table: dict[str, np.ndarray]) -> list[Field]:
    """The fields of the phase diagram at the temperature of the table, from the host to lithium.

    The ends of each plateau are rows of the table, and there the phase is stable by itself.
    """
    x, equilibrium = table["mole_fraction"], table["potential_equilibrium"]
    stable = [_stable_phase(table, row) for row in range(len(x))]
    # A field ends where the phase or, between phases, the plateau changes.
    ends = [
        row
        for row in range(1, len(x))
        if stable[row] != stable[row - 1]
        or (stable[row] is None and abs(equilibrium[row] - equilibrium[row - 1]) > 1e-9)
    ]
    fields = []
    for first, after in zip([0, *ends], [*ends, len(x)]):
        if (phase := stable[first]) is not None:
            fields.append(Field((phase,), x[first], x[after - 1], None))
        else:
            beside = [stable[row] for row in (first - 1, after) if 0 <= row < len(x)]
            around = tuple(phase for phase in beside if phase is not None)
            fields.append(Field(around, x[max(first - 1, 0)], x[min(after, len(x) - 1)], equilibrium[first]))
    return fields


def short(phase: str) -> str:
    """bcc for BCC_A2."""
    return phase.split("_")[0].lower()


def _draw_fields(axes: Axes, fields: Sequence[Field]) -> None:
    """Borders of the phase fields, their phases above the panel, the plateaux in numbers."""
    for index, part in enumerate(fields):
        if index > 0:
            axes.axvline(part.start, color="0.8", linewidth=0.6, zorder=0)
        if len(part.phases) == (1 if part.potential is None else 2):
            start, end = (0 if index == 0 else part.start), (1 if index == len(fields) - 1 else part.end)
            axes.text(
                (start + end) / 2, 1.01, " + ".join(map(short, part.phases)), ha="center", va="bottom", fontsize=LABEL,
                transform=axes.get_xaxis_transform(),
            )  # fmt: skip
        if part.potential is not None:
            words = f"{part.potential * MV:.1f} mV\nx = {part.start:.3f} to {part.end:.3f}"
            _say(axes, words, (part.end, part.potential * MV), (4, 2), va="bottom")


def _draw_branches(axes: Axes, table: dict[str, np.ndarray], fields: Sequence[Field]) -> None:
    """The phases where they are not stable, of those that are stable somewhere."""
    x, equilibrium = table["mole_fraction"], table["potential_equilibrium"]
    phases = dict.fromkeys(part.phases[0] for part in fields if part.potential is None)
    for phase, color in zip(phases, (style.VERMILION, style.BLUE, style.GREEN, style.PURPLE)):
        potential = table[f"potential_{phase}"]
        apart = np.abs(potential - equilibrium) > 1e-9
        if not apart.any():
            continue
        axes.plot(x, np.where(apart, potential, np.nan) * MV, color=color, **EXTRAPOLATED)
        above = bool((potential - equilibrium)[apart].mean() > 0)
        # Above the curve a falling branch leaves room to its right, below it to its left.
        row = np.flatnonzero(apart)[int((0.3 if above else 0.22) * (apart.sum() - 1))]
        place = {"ha": "left", "va": "bottom"} if above else {"ha": "right", "va": "top"}
        _say(
            axes, f"{short(phase)},\nmetastable", (x[row], potential[row] * MV), (3, 1) if above else (-2, -1),
            color=color, linespacing=1.0, bbox=BEHIND_WORDS, zorder=2, **place,
        )  # fmt: skip


def potential(material: Material, temperatures: Sequence[str]) -> Figure:
    """Equilibrium potential against Li/Li+ over composition; at one temperature with the phases."""
    figure = style.new_figure(style.COLUMN, 2.6)
    axes = figure.subplots()
    tables = [material.table("potential", temperature) for temperature in temperatures]
    for table, temperature, color in zip(tables, temperatures, colours(temperatures)):
        axes.plot(
            table["mole_fraction"], table["potential_equilibrium"] * MV, color=color, label=shown(temperature), zorder=3
        )
    highest = max(table["potential_equilibrium"].max() for table in tables) * MV
    axes.set(xlabel=MOLE_FRACTION_LABEL, ylabel="Potential (mV against Li/Li⁺)", xlim=(0, 1))
    axes.set_ylim(top=50 * np.ceil(highest / 50))
    axes.axhline(0, color="0.8", linewidth=0.6, zorder=0)
    if len(temperatures) == 1:
        fields = phase_fields(tables[0])
        _draw_fields(axes, fields)
        _draw_branches(axes, tables[0], fields)
        _say_in_corner(axes, shown(temperatures[0]), (1, 1))
    else:
        for table, color in zip(tables, colours(temperatures)):
            for part in phase_fields(table):
                if part.potential is not None:
                    ends, level = [part.start, part.end], [part.potential * MV] * 2
                    axes.plot(ends, level, color=color, linestyle="", marker="o", markersize=2.5, zorder=3)
        axes.legend(loc="upper right")
    lowest = min(np.nanmin(np.asarray(line.get_ydata(), float)) for line in axes.get_lines())
    axes.set_ylim(bottom=min(0, lowest) - 0.03 * highest)
    return figure


# Diffusivity


DIFFUSIVITY_LABELS = {
    "darken": "Darken's rule",
    "arrhenius": "Arrhenius law",
    "constant": "constant",
    "formula": "formula",
}
OTHER_LAW = {"linewidth": 0.8, "linestyle": (0, (1, 1.5))}
"""A law of the file that is not in use."""


def _diffusivity_label(kind: str | None) -> str:
    """Label of an axis for a law of this kind."""
    return "Tracer diffusivity D* (cm²/s)" if kind == "tracer" else "Diffusivity D (cm²/s)"


def _draw_table(panels: Sequence[Axes], table: dict[str, np.ndarray], color: object, tracer_color: object) -> None:
    """D and, where the table has them, D* and the thermodynamic factor."""
    x = table["mole_fraction"]
    # With an immobile host D is zero in pure lithium.
    values = np.where(table["diffusivity"] > 0, table["diffusivity"], np.nan) * CM2
    panels[0].plot(x, values, color=color)
    if "tracer_diffusivity" in table:
        panels[0].plot(x, table["tracer_diffusivity"] * CM2, color=tracer_color, **EXTRAPOLATED)
        panels[1].plot(x, table["thermodynamic_factor"], color=color)


def _label_table(axes: Axes, table: dict[str, np.ndarray], color: object, tracer_color: object) -> None:
    """D and D* beside their curves."""
    if "tracer_diffusivity" in table:
        x, row = table["mole_fraction"], len(table["mole_fraction"]) // 2
        early = row // 2
        _say(axes, "D", (x[early], table["diffusivity"][early] * CM2), (-2, 2), ha="right", va="bottom", color=color)
        _say(
            axes, "D*, tracer", (x[row], table["tracer_diffusivity"][row] * CM2), (3, -2), va="top", color=tracer_color
        )


def _over_composition(
    material: Material, temperatures: Sequence[str], panels: Sequence[Axes], others: Sequence[str]
) -> None:
    """D and D* of the law in use over composition, the thermodynamic factor below; thin, the other laws of the file."""
    first, single = panels[0], len(temperatures) == 1
    palette = [style.BLUE] if single else colours(temperatures)
    tables = [material.table("diffusivity", temperature) for temperature in temperatures]
    for table, color in zip(tables, palette):
        _draw_table(panels, table, color, style.VERMILION if single else color)
    for other in others:
        for temperature, color in zip(temperatures, palette):
            if holds_at(material.content["diffusivity"][other], temperature):
                table = material.table("diffusivity", temperature, f"diffusivity.use={other}")
                x, values = table["mole_fraction"], table["diffusivity"] * CM2
                first.plot(x, values, color=style.GREY if single else color, **OTHER_LAW)
                if single:
                    # On the side where the law in use is not.
                    below = tables[0]["diffusivity"][0] * CM2 > values[0]
                    place = {"va": "top" if below else "bottom", "color": style.GREY}
                    _say(first, DIFFUSIVITY_LABELS[other], (x[0], values[0]), (2, -2 if below else 2), **place)
    in_use = material.laws("diffusivity")[0]
    kind = material.content["diffusivity"][in_use].get("kind")
    first.set(yscale="log", ylabel=_diffusivity_label(kind), xlim=(0, 1))
    _widen(first)
    if single:
        _label_table(first, tables[0], style.BLUE, style.VERMILION)
    else:
        _explain_lines(first, temperatures, "tracer_diffusivity" in tables[0], others)
    law = DIFFUSIVITY_LABELS[in_use]
    _say_in_corner(first, f"{law},\n{shown(temperatures[0])}" if single else law, (0, 1))
    _decades(first)
    panels[-1].set_xlabel(MOLE_FRACTION_LABEL)
    if len(panels) > 1:
        panels[1].set_ylabel("Thermodynamic\nfactor")
        panels[1].set_ylim(bottom=0)


def _explain_lines(axes: Axes, temperatures: Sequence[str], has_tracer: bool, others: Sequence[str]) -> None:
    """A legend of colours and strokes, with room for it below the curves."""
    entries = [Line2D([], [], color=c, label=shown(t)) for t, c in zip(temperatures, colours(temperatures))]
    if has_tracer:
        entries.append(Line2D([], [], color=style.GREY, label="D"))
        entries.append(Line2D([], [], color=style.GREY, label="D*, tracer", **EXTRAPOLATED))
    if others:
        label = ", ".join(DIFFUSIVITY_LABELS[other] for other in others)
        entries.append(Line2D([], [], color=style.GREY, label=label, **OTHER_LAW))
    axes.set_ylim(bottom=axes.get_ylim()[0] / 30)
    axes.legend(handles=entries, loc="lower right", ncols=2, columnspacing=1.2, borderaxespad=0.1)


def _temperatures_of(law: dict) -> np.ndarray:
    """Temperatures over which to draw a law, K, evenly spaced in 1/T."""
    lowest, highest = stated_temperatures(law) or USUAL_TEMPERATURES
    # Inside of the stated range, round-off or not.
    inverse = np.linspace(1 / lowest, 1 / highest, 9)
    return np.clip(1 / inverse, lowest, highest)


def _over_temperature(material: Material, name: str, temperatures: Sequence[str], axes: Axes) -> None:
    """An Arrhenius plot of a law, with the temperatures asked for as points and what was measured."""
    law = material.content["diffusivity"][name]
    use = f"diffusivity.use={name}"

    def value(temperature: str) -> float:
        return material.table("diffusivity", temperature, use, points=2)["diffusivity"][0] * CM2

    axes.set(yscale="log", xlabel="1000 K / T", ylabel=_diffusivity_label(law.get("kind")))
    over = _temperatures_of(law)
    values = [value(f"{float(temperature)!r} K") for temperature in over]
    axes.plot(1000 / over, values, color=style.BLUE)
    for temperature in temperatures:
        point = (1000 / kelvin(temperature), value(temperature))
        axes.plot(*point, "o", color=style.BLUE, markersize=3.5)
        words = f"{_scientific(point[1])} cm²/s\nat {shown(temperature)}"
        # The line falls: there is room above its hot half and below its cold half.
        if point[0] < 500 / over[0] + 500 / over[-1]:
            _say(axes, words, point, (5, 3), va="bottom", color=style.BLUE)
        else:
            _say(axes, words, point, (-5, -3), ha="right", va="top", color=style.BLUE)
    if name == "arrhenius" and "Krauskopf" in str(law.get("source", "")):
        at = 1000 / (np.array(KRAUSKOPF.x) + ZERO_CELSIUS)
        axes.plot(at, KRAUSKOPF.y, "s", color="black", markerfacecolor="none", markersize=5, label=KRAUSKOPF.label)
        axes.legend(loc="lower left")
    if not _widen(axes):
        # Room for words above the hot end.
        axes.set_ylim(min(values) / 2, max(values) * (max(values) / min(values)) ** 0.2)
    _decades(axes)
    _celsius_above(axes)


def _widen(axes: Axes) -> bool:
    """Show two decades where less than one is drawn, so that a constant looks like one. Returns whether it was so."""
    drawn = np.concatenate([np.asarray(line.get_ydata(), float) for line in axes.get_lines()])
    middle = (np.nanmin(drawn) * np.nanmax(drawn)) ** 0.5
    if np.nanmax(drawn) >= 10 * np.nanmin(drawn):
        return False
    # Otherwise matplotlib first scales to the constant, and warns that it cannot.
    axes.set_autoscaley_on(False)
    axes.set_ylim(middle / 10, middle * 10)
    return True


def _scientific(value: float) -> str:
    """3.0 × 10⁻¹¹, as mathematics of matplotlib."""
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa} × 10$^{{{int(exponent)}}}$"


def _celsius_above(axes: Axes) -> None:
    """Degrees Celsius along the upper edge of an Arrhenius plot."""
    top = axes.secondary_xaxis("top")
    coldest, hottest = (1000 / edge - ZERO_CELSIUS for edge in reversed(axes.get_xlim()))
    step = next(step for step in (5, 10, 20, 25, 50, 100, 200, 500) if (hottest - coldest) / step <= 6)
    degrees = np.arange(np.ceil(coldest / step), np.floor(hottest / step) + 1) * step + 0.0
    top.set_xticks(1000 / (degrees + ZERO_CELSIUS), [style.number(value) for value in degrees])
    top.set_xlabel("Temperature (°C)")
    axes.spines.top.set_visible(True)


def diffusivity(material: Material, temperatures: Sequence[str]) -> Figure:
    """Diffusivity over composition where the law in use depends on it, laws of temperature alone as Arrhenius plots."""
    in_use, *others = material.laws("diffusivity")
    over_temperature = [name for name in (in_use, *others) if name in ("arrhenius", "constant")]
    if in_use in over_temperature:
        figure = style.new_figure(style.COLUMN, 2.7)
        _over_temperature(material, in_use, temperatures, figure.subplots())
        return figure

    rows = 2 if in_use == "darken" else 1
    if not over_temperature:
        figure = style.new_figure(style.COLUMN, 1.3 * rows + 1.2)
        panels = figure.subplots(rows, sharex=True, squeeze=False, gridspec_kw={"height_ratios": (1.7, 1)[:rows]})[:, 0]
        _over_composition(material, temperatures, panels, others)
        return figure

    figure = style.new_figure(style.PAGE, 3.2)
    grid = figure.add_gridspec(rows, 2, height_ratios=(1.9, 1)[:rows])
    first = figure.add_subplot(grid[0, 0])
    panels = [first, *(figure.add_subplot(grid[row, 0], sharex=first) for row in range(1, rows))]
    for panel in panels[:-1]:
        panel.tick_params(labelbottom=False)
    _over_composition(material, temperatures, panels, others)
    figure.align_ylabels(panels)
    other = over_temperature[0]
    law = material.content["diffusivity"][other]
    stated = [temperature for temperature in temperatures if holds_at(law, temperature)]
    right = figure.add_subplot(grid[:, 1])
    _over_temperature(material, other, stated, right)
    _say_in_corner(right, DIFFUSIVITY_LABELS[other], (1, 1))
    return figure


# Creep


@dataclass(frozen=True)
class Curve:
    """Strain rate over stress at one temperature, SI."""

    stress: np.ndarray
    rate: np.ndarray
    wider: tuple[np.ndarray, np.ndarray] | None = None
    """Stress and rate beyond the stresses for which the law is stated."""


LAW_LABELS = {
    ("power_law", "rate"): "power law",
    ("garofalo", "rate"): "Garofalo",
    ("anand", "rate"): "Anand, undeformed",
    ("anand", "rate_saturated"): "Anand, saturated",
}


def flow_curves(material: Material, temperature: str) -> dict[str, Curve]:
    """Every flow law of the file, by label; laws that give the same rates share one curve.

    A law that is not in use is left out at a temperature for which it is not stated.
    """
    in_use, *others = material.laws("flow")
    names = [in_use, *(name for name in others if holds_at(material.content["flow"][name], temperature))]
    names.sort(key=LAWS["flow"].index)
    tables = {name: material.table("flow", temperature, f"flow.use={name}") for name in names}
    lowest = float(min(table["stress"].min() for table in tables.values()))
    highest = float(max(table["stress"].max() for table in tables.values()))
    curves: dict[str, Curve] = {}
    for name, table in tables.items():
        wide = None
        if table["stress"].min() > 1.001 * lowest or table["stress"].max() < 0.999 * highest:
            span = f"flow.{name}.stress_range=[{lowest!r} Pa, {highest!r} Pa]"
            wide = material.table("flow", temperature, f"flow.use={name}", span)
        for column in table:
            if column != "stress":
                beyond = (wide["stress"], wide[column]) if wide else None
                _add(curves, LAW_LABELS[name, column], Curve(table["stress"], table[column], beyond))
    return curves


ALLOYS = (1, 0.95, 0.9, 0.7)
"""Mole fractions of lithium for which the creep of an alloy is drawn."""


def alloy_curves(material: Material, temperature: str) -> dict[str, Curve]:
    """The flow law in use at several compositions, undeformed; stated stresses grow with the strength of the alloy."""
    tables = {x: material.table("flow", temperature, mole_fraction=x) for x in ALLOYS}
    return {f"x = {x:g}": Curve(table["stress"], table["rate"]) for x, table in tables.items()}


def _add(curves: dict[str, Curve], label: str, curve: Curve) -> None:
    """Add a curve, or its label to that of an equal one."""
    for known, other in list(curves.items()):
        if np.allclose(other.stress, curve.stress) and np.allclose(other.rate, curve.rate, rtol=1e-6, atol=0):
            del curves[known]
            curves[f"{known} = {label}"] = other
            return
    curves[label] = curve


def _draw_curve(axes: Axes, curve: Curve, color: object, label: str) -> None:
    """Solid where the law is stated, thin and dashed beyond."""
    axes.plot(curve.stress * MPA, curve.rate, color=color, label=label, zorder=3)
    if curve.wider is not None:
        axes.plot(curve.wider[0] * MPA, curve.wider[1], color=color, zorder=2, **EXTRAPOLATED)


def _draw_masias(axes: Axes) -> None:
    """The measurements on lithium."""
    axes.plot(
        MASIAS.x, MASIAS.y, "o", color="black", markerfacecolor="white", markersize=4, markeredgewidth=0.8, zorder=4,
        label=MASIAS.label,
    )  # fmt: skip


def _is_pure_lithium(flow: dict) -> bool:
    """Whether the section is of lithium and refers to the measurements."""
    return "strengthening" not in flow and any("Masias" in str(flow[name]) for name in flow if name in LAWS["flow"])


def _set_creep_axes(axes: Axes) -> None:
    """Logarithmic axes, up to the fastest rate of interest."""
    lines = [line for line in axes.get_lines() if line.get_linestyle() == "-"]
    low = min(line.get_ydata().min() for line in lines)
    high = min(max(FASTEST, 100 * low), max(line.get_ydata().max() for line in lines))
    axes.set(xscale="log", yscale="log", xlabel="Von Mises stress (MPa)")
    axes.set_ylim(10 ** np.floor(np.log10(low)), 10 ** np.ceil(np.log10(high)))
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(lambda value, _: style.number(value))
    axes.xaxis.set_minor_formatter(NullFormatter())
    _decades(axes)


def _label_starts(axes: Axes, curves: dict[str, Curve]) -> None:
    """The label of each curve at its slow end, away from the next curve."""
    places = (("left", -4), ("right", -4), ("center", -12), ("left", -4))
    for (label, curve), color, (side, drop) in zip(curves.items(), style.CATEGORIES, places):
        axes.annotate(
            label, (curve.stress[0] * MPA, curve.rate[0]), (0, drop), textcoords="offset points", ha=side, va="top",
            color=color, fontsize=LABEL,
        )  # fmt: skip
    low, high = axes.get_ylim()
    axes.set_ylim(low / 30, high)


def creep_rate(material: Material, temperatures: Sequence[str]) -> Figure:
    """Strain rate over stress: all laws at one temperature, or a panel for each law at several."""
    flow = material.content["flow"]
    strengthens = "strengthening" in flow
    at = [(alloy_curves if strengthens else flow_curves)(material, temperature) for temperature in temperatures]
    pure = _is_pure_lithium(flow)
    if len(temperatures) == 1:
        figure = style.new_figure(style.COLUMN, 2.8)
        axes = figure.subplots()
        for (label, curve), color in zip(at[0].items(), style.CATEGORIES):
            _draw_curve(axes, curve, color, label)
        if pure:
            _draw_masias(axes)
        _set_creep_axes(axes)
        axes.set_ylabel("Strain rate (1/s)")
        if strengthens:
            law = LAW_LABELS[material.laws("flow")[0], "rate"]
            _say_in_corner(axes, "\n".join([*law.split(", "), shown(temperatures[0])]), (0, 1))
            _label_starts(axes, at[0])
        else:
            title = shown(temperatures[0])
            axes.legend(loc="upper left", title=title, title_fontsize=LABEL, alignment="left")
        return figure

    labels = list(dict.fromkeys(label for curves in at for label in curves))
    figure = style.new_figure(style.PAGE if len(labels) > 1 else style.COLUMN, 2.7)
    panels = figure.subplots(1, len(labels), sharex=True, sharey=True, squeeze=False)[0]
    for axes, label in zip(panels, labels):
        axes.set_title(label)
        for curves, temperature, color in zip(at, temperatures, colours(temperatures)):
            if label in curves:
                _draw_curve(axes, curves[label], color, shown(temperature))
        if pure:
            _draw_masias(axes)
    for axes in panels:
        _set_creep_axes(axes)
    panels[0].set_ylabel("Strain rate (1/s)")
    handles = panels[0].get_lines()
    curves = [line for line in handles if line.get_linestyle() == "-"]
    legend = panels[0].legend(handles=curves, loc="upper left")
    if pure:
        panels[0].add_artist(legend)
        panels[0].legend(handles=handles[-1:], loc="lower right")
    return figure


# All


FIGURES: dict[str, tuple[str, Callable[[Material, Sequence[str]], Figure]]] = {
    "potential": ("thermodynamics", potential),
    "diffusivity": ("diffusivity", diffusivity),
    "creep-rate": ("flow", creep_rate),
}
"""Name of each figure, the section of the file that it needs, what draws it."""


def draw(material: Material, temperatures: Sequence[str]) -> Iterator[tuple[str, Figure]]:
    """All figures that there are for the material, with their names.

    A law that does not hold at a temperature leaves its figure out and says so on standard error. Throws `MaterialError` when
    the material has no law to draw, `ProgramError` when none could be drawn.
    """
    able = {name: drawn for name, (section, drawn) in FIGURES.items() if section in material.content}
    if not able:
        sections = [section for section, _ in FIGURES.values()]
        raise MaterialError(
            f"`{material.name}` has no {', '.join(sections[:-1])} or {sections[-1]}, so nothing is drawn"
        )
    refused: list[ProgramError] = []
    for name, drawn in able.items():
        try:
            yield name, drawn(material, temperatures)
        except ProgramError as error:
            refused.append(error)
    if len(refused) == len(able):
        raise refused[0]
    for error in refused:
        print(error, end="", file=sys.stderr)
