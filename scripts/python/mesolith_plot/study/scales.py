"""How the numbers of a study stand on an axis or in a colour: unit, linear or logarithmic, ticks, label."""

import re
import textwrap
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis as DrawnAxis
from matplotlib.colors import Colormap, LogNorm, Normalize
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from .. import style
from .table import Axis, Result

LEAST_RATIO = 5
"""Largest over smallest value from which an axis can be logarithmic."""
DECADES = 1e3
"""Largest over smallest value from which a result is."""
LONGEST_LABEL = 40
"""Long names with more letters give way to the name."""
LONGEST_SYMBOL = 3
"""Names with at most so many letters are symbols."""
COLDEST = 150
"""Values of a temperature above this (K) are no differences and shown in degrees Celsius."""
LEAST_LINEAR = 1e-2
"""A linear scale whose largest number is less has a power of ten in its unit."""
FEW_DECADES = 2.5
"""A logarithmic axis over fewer decades has numbers between them."""


@dataclass(frozen=True)
class Scale:
    """How a quantity is shown."""

    title: str
    """What it is, without the unit."""
    unit: style.Unit
    is_logarithmic: bool
    low: float
    """Smallest value, in the unit."""
    high: float
    """Largest value, in the unit."""
    name: str
    """In short, for titles of panels and keys."""
    words: tuple[str, ...] = ()
    """What stands at 0, 1, ... instead of numbers."""

    def label(self, width: int = 60) -> str:
        """What it is and its unit, which stays in one piece, in lines of at most about so many letters."""
        lines = textwrap.wrap(self.title, width)
        if self.unit.symbol and len(lines[-1]) + len(self.unit.symbol) + 3 > width:
            return "\n".join([*lines, f"({self.unit.symbol})"])
        return self.unit.label("\n".join(lines))

    @property
    def is_over_few_decades(self) -> bool:
        """Whether there is room for numbers between the powers of ten."""
        return bool(np.log10(self.high / self.low) < FEW_DECADES)

    def tick(self, value: float, _: int = 0) -> str:
        """A number (in the unit) beside others of the scale: on a logarithmic one all powers of ten, or none."""
        if self.is_logarithmic and not (style.LEAST_PLAIN <= self.low and self.high < style.GREATEST_PLAIN):
            return style.power_of_ten(value, always=True)
        return style.power_of_ten(value)

    def said(self, value: float) -> str:
        """A value (SI) with its unit."""
        if self.words:
            return self.words[int(value)]
        number = style.power_of_ten(self.unit.shown(value))
        return f"{number}{' ×' if self.unit.symbol.startswith('10') else ''} {self.unit.symbol}".rstrip()

    @property
    def is_fraction(self) -> bool:
        """Whether 0 to 1 is what can be."""
        return not self.unit.symbol and not self.is_logarithmic and self.low >= 0 and 0.5 < self.high <= 1.0001

    def edges(self, values: np.ndarray) -> np.ndarray:
        """Edges of the cells around ascending values (SI), in the unit: halfway as the scale counts."""
        places = self.unit.shown(values)
        if self.is_logarithmic:
            places = np.log(places)
        middles = (places[1:] + places[:-1]) / 2
        edges = np.concatenate([[2 * places[0] - middles[0]], middles, [2 * places[-1] - middles[-1]]])
        return np.exp(edges) if self.is_logarithmic else edges

    def levels(self, count: int) -> np.ndarray:
        """Round numbers within the values, in the unit."""
        if self.is_logarithmic:
            subs = (1, 2, 5) if self.is_over_few_decades else (1,)
            levels = LogLocator(subs=subs, numticks=count + 2).tick_values(self.low, self.high)
        else:
            levels = MaxNLocator(count, steps=(1, 2, 2.5, 5, 10)).tick_values(self.low, self.high)
        return levels[(levels > self.low) & (levels < self.high)]

    def colours(self) -> tuple[Normalize, Colormap]:
        """What turns values in the unit into colours."""
        if self.is_logarithmic:
            return LogNorm(self.low, self.high), style.SEQUENTIAL
        if self.is_fraction:
            return Normalize(0, 1), style.SEQUENTIAL
        if min(-self.low, self.high) > 0.1 * max(-self.low, self.high):
            largest = max(-self.low, self.high)
            return Normalize(-largest, largest), style.DIVERGING
        return Normalize(self.low, self.high), style.SEQUENTIAL

    def set_ticks(self, axis: DrawnAxis) -> None:
        """Ticks and their words."""
        if self.words:
            axis.set_major_locator(FixedLocator(range(len(self.words))))
            axis.set_major_formatter(FuncFormatter(lambda place, _: self.words[int(place)]))
            axis.set_tick_params(length=0)
        elif self.is_logarithmic:
            few = self.is_over_few_decades
            axis.set_major_locator(LogLocator(subs=(1, 2, 5) if few else (1,), numticks=8))
            axis.set_minor_locator(LogLocator(subs=range(2, 10) if few else "auto", numticks=30))
            axis.set_major_formatter(FuncFormatter(self.tick))
            axis.set_minor_formatter(NullFormatter())
        else:
            axis.set_major_locator(MaxNLocator(5, steps=(1, 2, 2.5, 5, 10)))

    def put(self, axes: Axes, direction: str, width: int = 60) -> None:
        """Make the x or y axis of a panel one of this scale, its label in lines of at most so many letters."""
        axes.set(**{f"{direction}label": self.label(width)})
        if self.is_logarithmic:
            axes.set(**{f"{direction}scale": "log"})
        if self.words:
            axes.set(**{f"{direction}lim": (-0.5, len(self.words) - 0.5)})
            if direction == "x" and sum(map(len, self.words)) > 28:
                axes.tick_params(axis="x", rotation=30)
        self.set_ticks(axes.xaxis if direction == "x" else axes.yaxis)


def _uneven(places: np.ndarray) -> float:
    """How far ascending numbers are from equal steps, as a part of their range."""
    return np.abs((places - places[0]) / (places[-1] - places[0]) - np.linspace(0, 1, len(places))).max()


def is_logarithmic(values: np.ndarray) -> bool:
    """Whether numbers spread more evenly over a logarithmic axis than over a linear one."""
    values = np.unique(values[np.isfinite(values)])
    if len(values) < 2 or values[0] <= 0 or values[-1] < LEAST_RATIO * values[0]:
        return False
    if len(values) == 2:
        return values[1] >= 10 * values[0]
    return bool(_uneven(np.log(values)) < _uneven(values))


def _first_clause(name: str, long_name: str) -> str:
    """The long name up to its first clause, or the name where that is long."""
    # Results are at the end of their runs.
    first = re.split(r"[,;:.(]\s*", long_name)[0].strip().removesuffix(" at the end")
    return first if 0 < len(first) <= LONGEST_LABEL else name


def _title_of_axis(axis: Axis) -> str:
    """The name where it is a word, as the long name explains a key of the case; of a symbol what it means."""
    return axis.name if len(axis.name) > LONGEST_SYMBOL else _first_clause(axis.name, axis.long_name)


def _with_power(unit: style.Unit, largest: float) -> style.Unit:
    """The unit, times a power of ten where numbers up to the largest (SI) would be very small or very large in it."""
    shown = abs(largest * unit.factor)
    if shown == 0 or LEAST_LINEAR <= shown < style.GREATEST_PLAIN:
        return unit
    power = 10.0 ** np.floor(np.log10(shown))
    return style.Unit(f"{style.power_of_ten(power, always=True)} {unit.symbol}".rstrip(), unit.factor / power)


def _capital(words: str) -> str:
    words = words.replace("_", " ")
    return words[:1].upper() + words[1:]


def _scale(name: str, title: str, units: str, values: np.ndarray, logarithmic: bool) -> Scale:
    low, high = np.nanmin(values), np.nanmax(values)
    # Over decades no unit suits all: the middle one does the most, and times are in seconds.
    largest = max(abs(low), abs(high)) if not logarithmic else 0 if units == "s" else np.sqrt(low * high)
    unit = style.unit(units, largest)
    if not logarithmic:
        unit = _with_power(unit, largest)
    if units == "K" and low > COLDEST:
        unit, logarithmic = style.CELSIUS, False
    return Scale(_capital(title), unit, logarithmic, unit.shown(low), unit.shown(high), name.replace("_", " "))


def scale_of_axis(axis: Axis) -> Scale:
    """The scale of what a study varies."""
    title = _title_of_axis(axis)
    if axis.words:
        title = _capital(title)
        return Scale(title, style.PLAIN, False, 0, len(axis.words) - 1, axis.name.replace("_", " "), axis.words)
    return _scale(axis.name, title, axis.units, axis.values, is_logarithmic(axis.values))


def scale_of_result(result: Result) -> Scale:
    """The scale of what a study keeps: logarithmic over decades, but for a fraction of a whole."""
    finite = result.values[np.isfinite(result.values)]
    low, high = finite.min(), finite.max()
    is_part = result.units == "1" and 0.1 < high <= 1.0001
    logarithmic = bool(low > 0 and high > DECADES * low and not is_part)
    return _scale(result.name, _first_clause(result.name, result.long_name), result.units, finite, logarithmic)


def scale_of_numbers(title: str, values: np.ndarray) -> Scale:
    """The scale of plain numbers, spread as they are."""
    return Scale(title, style.PLAIN, is_logarithmic(values), values.min(), values.max(), title)
