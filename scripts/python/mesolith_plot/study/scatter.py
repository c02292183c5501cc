"""Results of a study as points: those of samples over each axis, and any over a formula of the axes."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import style
from ..results import ResultsError
from .formula import evaluate
from .lines import set_result_axis
from .maps import draw_bar
from .panels import LABEL, LETTERS, mark_failed, missing_words
from .scales import Scale, scale_of_axis, scale_of_numbers, scale_of_result
from .table import FAILED, Axis, Result, Table

COLUMNS = 3
LARGEST, SMALLEST = 12.0, 0.5
"""Areas of the points, points squared, of few and of many."""
RASTER = 5000
"""More points than this are drawn as an image in a vector file."""
DENSE = 3000
"""Fewer points than this are opaque."""
MARKED = 60
"""Most points whose errors are drawn."""


def _area(count: int) -> float:
    return float(np.clip(4000 / count, SMALLEST, LARGEST))


def _draw_points(
    axes: Axes, x: np.ndarray, y: np.ndarray, half: np.ndarray | None = None, values: np.ndarray | None = None,
    scale: Scale | None = None,
) -> None:  # fmt: skip
    """Points, with their errors where these can be told apart, coloured by values (SI) on a scale or all alike."""
    has = np.isfinite(x) & np.isfinite(y)
    # Where points lie on each other, more of them are darker.
    colours = {"color": style.BLUE, "alpha": float(np.clip(np.sqrt(DENSE / max(has.sum(), 1)), 0.05, 1))}
    if values is not None and scale is not None:
        has &= np.isfinite(values)
        normalize, colour_map = scale.colours()
        colours = {"c": scale.unit.shown(values[has]), "norm": normalize, "cmap": colour_map}
    if half is not None and has.sum() <= MARKED and np.any(half[has] > 0):
        axes.errorbar(x[has], y[has], half[has], fmt="none", ecolor="0.6", elinewidth=0.7, zorder=1)
    axes.scatter(x[has], y[has], s=_area(has.sum()), linewidth=0, rasterized=bool(has.sum() > RASTER), **colours)


def _draw_plane(axes: Axes, table: Table, pair: tuple[Axis, Axis], result: Result, scale: Scale) -> None:
    """The points in the plane of two axes, coloured by the result."""
    (x, y), scales = (axis.values for axis in pair), [scale_of_axis(axis) for axis in pair]
    x, y = (own.unit.shown(values) for own, values in zip(scales, (x, y)))
    _draw_points(axes, x, y, values=result.values, scale=scale)
    lost = table.status == FAILED
    axes.plot(x[lost], y[lost], "x", color=style.VERMILION, markersize=4, markeredgewidth=1, gid="failed")
    for own, direction in zip(scales, "xy"):
        own.put(axes, direction, LETTERS)
    draw_bar([axes], scale)


def samples(table: Table, result: Result) -> Figure:
    """A result of samples over each axis; of two axes also in their plane."""
    varied = [axis for axis in table.axes if np.ptp(axis.values) > 0]
    if not varied:
        raise ResultsError(f"{table.path}: no axis has two different values, so there is nothing to draw")
    count = len(varied) + (len(varied) == 2)
    # Four are better two and two.
    columns = 2 if count == 4 else min(count, COLUMNS)
    rows = -(-count // columns)
    figure = style.new_figure(style.COLUMN if count == 1 else style.PAGE, 2.2 * rows + 0.3)
    panels = figure.subplots(rows, columns, squeeze=False, width_ratios=[1, 1, 1.3] if len(varied) == 2 else None)
    scale = scale_of_result(result)
    y, half = scale.unit.shown(result.values), None
    if result.errors is not None:
        half = result.errors * scale.unit.factor
    for axes, axis in zip(panels.flat, varied):
        own = scale_of_axis(axis)
        x = own.unit.shown(axis.values)
        _draw_points(axes, x, y, half)
        mark_failed(axes, x[table.status == FAILED])
        own.put(axes, "x", LETTERS)
        set_result_axis(axes, scale)
    for row in panels:
        for axes in row[1:]:
            axes.set_ylabel("")
    if len(varied) == 2:
        _draw_plane(panels.flat[2], table, tuple(varied), result, scale)
    for axes in panels.flat[count:]:
        axes.remove()
    if words := missing_words(table.status, result.values, ""):
        figure.suptitle(words, fontsize=LABEL, color=style.GREY)
    return figure


def against(table: Table, formula: str, result: Result) -> Figure:
    """A result over a formula of the axes, `NAME = FORMULA` or the formula alone, coloured by an axis of numbers.

    Throws `ResultsError` when the formula cannot be evaluated or is the same number everywhere.
    """
    label, equals, expression = formula.partition("=")
    expression = expression.strip() if equals else formula.strip()
    numbers = {axis.name: table.coordinates[axis.name] for axis in table.axes if not axis.words}
    if not numbers:
        raise ResultsError(f"--against: {table.path} has no axis of numbers")
    x = evaluate(expression, numbers)
    has = np.isfinite(x) & np.isfinite(result.values)
    if not has.any() or np.ptp(x[has]) == 0:
        raise ResultsError(f"--against: '{expression}' is not a number that differs between the points")
    x_scale = scale_of_numbers(label.strip() or expression, x[has])
    scale = scale_of_result(result)
    figure = style.new_figure(4.2, 2.8)
    axes = figure.subplots()
    # It differs, or the formula would not.
    axis = next(axis for axis in table.axes if not axis.words and np.ptp(axis.values) > 0)
    colour = scale_of_axis(axis)
    half = None if result.errors is None else (result.errors * scale.unit.factor).ravel()
    y = scale.unit.shown(result.values).ravel()
    _draw_points(axes, x.ravel(), y, half, numbers[axis.name].ravel(), colour)
    mark_failed(axes, x[(table.status == FAILED) & np.isfinite(x)].ravel())
    x_scale.put(axes, "x")
    set_result_axis(axes, scale)
    draw_bar([axes], colour)
    if words := missing_words(table.status, result.values, ""):
        figure.suptitle(words, fontsize=LABEL, color=style.GREY)
    return figure
