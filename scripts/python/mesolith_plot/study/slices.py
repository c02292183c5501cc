"""A table of a grid cut into panels: which axes a panel shows, and what the others are held at."""

import math
from dataclasses import dataclass

import numpy as np

from .panels import LETTERS
from .scales import Scale, scale_of_axis
from .table import Axis, Result, Table

MOST_PANELS = 9
"""Panels of a figure for one further axis; two share them."""
FEW = 8
"""Most values of an axis that have a line each."""
LEAST_MAP = 6
"""Fewest values along both sides of a map."""


@dataclass(frozen=True)
class Panel:
    """A part of a result over one or two axes, (across,) along."""

    title: str
    values: np.ndarray
    errors: np.ndarray | None
    status: np.ndarray


@dataclass(frozen=True)
class Layout:
    """Which axes of a grid the panels of its figures show."""

    along: Axis
    """On the x axis."""
    across: Axis | None
    """On the y axis of a map, or the key of lines; none where only one axis has more than one value."""
    cuts: tuple[tuple[str, tuple[int, ...]], ...]
    """For each panel its title, and the index along every axis that it does not show."""
    order: tuple[int, ...]
    """Indices of the axes: those that are cut, across, along."""
    held: str
    """Axes of which only one value is shown."""
    columns: int

    @property
    def rows(self) -> int:
        """Rows of panels."""
        return -(-len(self.cuts) // self.columns)

    @property
    def letters(self) -> int:
        """In a line of a label along the height of the figure; a panel by itself is higher."""
        return LETTERS * self.rows if len(self.cuts) > 1 else 3 * LETTERS // 2

    @property
    def has_map(self) -> bool:
        """Whether the panels are wide enough for maps."""
        return self.across is not None and min(len(self.along.values), len(self.across.values)) >= LEAST_MAP

    @property
    def has_lines(self) -> bool:
        """Whether the panels are lines, as well or instead."""
        return self.across is None or len(self.across.values) <= FEW or not self.has_map

    def panels(self, table: Table, result: Result) -> list[Panel]:
        """The parts of a result."""
        arrays = [result.values, result.errors, table.status]
        turned = [None if array is None else array.transpose(self.order) for array in arrays]
        return [
            Panel(title, *(None if array is None else array[index] for array in turned)) for title, index in self.cuts
        ]


def _picked(count: int, most: int) -> list[int]:
    """Indices of at most so many values, evenly from the first to the last."""
    return sorted({round(place) for place in np.linspace(0, count - 1, min(count, most))})


def _said(axis: Axis, index: int) -> str:
    scale: Scale = scale_of_axis(axis)
    return f"{scale.name} {'' if axis.words else '= '}{scale.said(axis.values[index])}"


def layout(table: Table) -> Layout:
    """Panels over the two longest axes of a grid, numbers before words; one for each value of the others, or for some.

    The longest axis lies along x; of equally long ones the last. What has one value only is held. Beyond two further
    axes the others are held at their middle value.
    """
    axes = table.axes
    varied = [index for index, axis in enumerate(axes) if len(axis.values) > 1]
    ranked = sorted(varied, key=lambda index: (bool(axes[index].words), -len(axes[index].values), -index))
    if len(ranked) > 1 and len(axes[ranked[0]].values) < LEAST_MAP < FEW < len(axes[ranked[1]].values):
        # Many words over a few numbers: a line for each number.
        ranked[:2] = reversed(ranked[:2])
    shown, further = ranked[:2], sorted(ranked[2:], key=lambda index: len(axes[index].values))
    cut, held = sorted(further[:2]), further[2:] + [index for index in range(len(axes)) if index not in varied]
    at = {index: len(axes[index].values) // 2 for index in held}

    most = MOST_PANELS if len(cut) == 1 else math.isqrt(MOST_PANELS)
    picked = [_picked(len(axes[index].values), most) for index in cut]
    cuts = []
    order = tuple(sorted([*cut, *held]))
    for places in np.ndindex(*map(len, picked)):
        indices = at | {index: picks[place] for index, picks, place in zip(cut, picked, places)}
        title = "\n".join(_said(axes[index], indices[index]) for index in cut)
        cuts.append((title, tuple(indices[index] for index in order)))
    along, *across = (axes[index] for index in shown)
    columns = len(picked[-1]) if len(cut) == 2 else min(3, len(cuts))
    return Layout(
        along, across[0] if across else None, tuple(cuts), (*order, *reversed(shown)),
        ", ".join(_said(axes[index], at[index]) for index in sorted(held)), columns,
    )  # fmt: skip
