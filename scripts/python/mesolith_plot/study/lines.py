"""Results of a grid as lines over its longest axis: one line, or one for each value of a further axis."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MultipleLocator

from .. import style
from .panels import LABEL, LETTERS, label_edges, mark_failed, missing_words, new_panels
from .scales import Scale, scale_of_axis, scale_of_result
from .slices import Layout, Panel
from .table import FAILED, Axis, Result, Table

MARKED = 40
"""Lines of at most so many points have a mark at each."""
APART = 1.25
"""Least distance of the words beside lines, in heights of the words."""
LIGHTEST = 0.9
"""Where the colours of lines end, so that words have them, too."""
WIDTH = 4.4
"""Of a figure of one panel with a key, inch."""
MARGIN = 0.03
"""Part of the axis for fractions below 0 and above 1, that lines do not lie on the edge."""


def _colours(axis: Axis, count: int) -> list:
    """A colour for each line: in order for numbers, apart for words."""
    if axis.words and count <= len(style.CATEGORIES):
        return list(style.CATEGORIES[:count])
    return [style.SEQUENTIAL(part) for part in np.linspace(0, LIGHTEST, count)]


def _draw_line(
    axes: Axes, x: np.ndarray, y: np.ndarray, half: np.ndarray | None, color: object, y_scale: Scale, joined: bool
) -> None:
    """A line with its errors: bars at marks, or a band around many points. Points between gaps have a mark always."""
    has = np.isfinite(y)
    beside = np.pad(has, 1)
    alone = has & ~beside[:-2] & ~beside[2:]
    marked = slice(None) if len(x) <= MARKED or not joined else np.flatnonzero(alone).tolist()
    style_of_line = "-" if joined else "none"
    axes.plot(x, y, color=color, marker="o", markersize=2.5, markevery=marked, linestyle=style_of_line, zorder=3)
    if half is None or not np.any(half > 0):
        return
    low, high = y - half, y + half
    if y_scale.is_logarithmic:
        low = np.maximum(low, y / 1e3)
    if len(x) <= MARKED:
        axes.errorbar(x, y, (y - low, high - y), fmt="none", ecolor=color, elinewidth=0.7, capsize=1.5, capthick=0.7)
    else:
        axes.fill_between(x, low, high, color=color, alpha=0.25, linewidth=0)


def _draw_panel(axes: Axes, panel: Panel, x: np.ndarray, x_scale: Scale, y_scale: Scale, colours: list) -> None:
    values, status = np.atleast_2d(y_scale.unit.shown(panel.values)), np.atleast_2d(panel.status)
    halves = None if panel.errors is None else np.atleast_2d(panel.errors) * y_scale.unit.factor
    for line, color in enumerate(colours):
        half = None if halves is None else halves[line]
        _draw_line(axes, x, values[line], half, color, y_scale, joined=not x_scale.words)
        mark_failed(axes, x[status[line] == FAILED], style.VERMILION if len(colours) == 1 else color)
    axes.set_title(panel.title, loc="left", fontsize=LABEL)


def set_result_axis(axes: Axes, scale: Scale, width: int = 60) -> None:
    """Make the y axis of a panel that of a result."""
    scale.put(axes, "y", width)
    if scale.is_fraction:
        axes.set_ylim(-MARGIN, 1 + MARGIN)
        axes.yaxis.set_major_locator(MultipleLocator(0.2))
    elif not scale.is_logarithmic and 0 <= scale.low < 0.4 * scale.high:
        axes.set_ylim(bottom=0)


def _label_ends(axes: Axes, x: np.ndarray, words: Sequence[str], lines: np.ndarray, colours: list) -> bool:
    """Words at the right ends of the lines; False, and none, when they would lie on each other or on a line."""
    if not np.isfinite(lines[:, -1]).all():
        return False
    axes.figure.draw_without_rendering()
    heights = axes.transData.transform([(x[-1], value) for value in lines[:, -1]])[:, 1]
    if np.diff(np.sort(heights)).min() < APART * LABEL / 72 * axes.figure.dpi:
        return False
    for value, word, color in zip(lines[:, -1], words, colours):
        axes.annotate(
            word, (x[-1], value), xytext=(4, 0), textcoords="offset points", va="center", color=color, fontsize=LABEL,
            annotation_clip=False,
        )  # fmt: skip
    return True


def _draw_key(figure: Figure, panels: Sequence[Axes], axis: Axis, panel: Panel, y_scale: Scale, colours: list) -> None:
    """Which line is which: words at their ends where there is one panel and room, or else a legend beside them all."""
    scale = scale_of_axis(axis)
    x, lines = panels[0].get_lines()[0].get_xdata(), y_scale.unit.shown(panel.values)
    if len(panels) == 1 and _label_ends(panels[0], x, [scale.said(value) for value in axis.values], lines, colours):
        return
    words = axis.words or [style.power_of_ten(value) for value in scale.unit.shown(axis.values)]
    handles = [Line2D([], [], color=color, label=word) for word, color in zip(words, colours)]
    # From above as the lines mostly lie.
    first, last = (line[np.isfinite(line)] for line in panel.values[[0, -1]])
    if first.size and last.size and first.mean() < last.mean():
        handles.reverse()
    legend = figure.legend(handles=handles, title=scale.label(20), loc="outside right upper", title_fontsize=LABEL)
    legend._legend_box.align = "left"


def lines(table: Table, layout: Layout, result: Result) -> Figure:
    """A result over the longest axis of a grid; failed points are crosses on the axis."""
    parts = layout.panels(table, result)
    height, width = 2.3 if len(parts) == 1 else 1.7, WIDTH if layout.across else style.COLUMN
    figure, panels = new_panels(len(parts), layout.columns, height, width)
    x_scale, y_scale = scale_of_axis(layout.along), scale_of_result(result)
    x = x_scale.unit.shown(layout.along.values)
    colours = _colours(layout.across, len(layout.across.values)) if layout.across else ["black"]
    for axes, part in zip(panels, parts):
        _draw_panel(axes, part, x, x_scale, y_scale, colours)
        x_scale.put(axes, "x", LETTERS)
        set_result_axis(axes, y_scale, layout.letters)
    label_edges(panels, layout.columns)
    if words := missing_words(table.status, result.values, layout.held):
        panels[0].figure.suptitle(words, fontsize=LABEL, color=style.GREY)
    if layout.across:
        _draw_key(figure, panels, layout.across, parts[0], y_scale, colours)
    return figure
