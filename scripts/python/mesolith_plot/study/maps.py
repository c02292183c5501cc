"""Results of a grid as maps over its two longest axes: a cell for each point, and lines of equal value."""

from collections.abc import Sequence

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from .. import style
from .panels import LABEL, LETTERS, NO_VALUE, NOT_RUN, failure_patches, label_edges, new_panels
from .scales import Scale, scale_of_axis, scale_of_result
from .slices import LEAST_MAP, Layout, Panel
from .table import FAILED, MISSING, Result, Table

LEVELS = 7
"""About how many lines of equal value a map has."""


def _fill(axes: Axes, x: np.ndarray, y: np.ndarray, where: np.ndarray, face: str, edge: str, hatch: str) -> None:
    """Cells of one kind of missing points."""
    if where.any():
        axes.pcolor(
            x, y, np.ma.masked_where(~where, where.astype(float)), cmap=ListedColormap([face]), hatch=hatch,
            edgecolors=edge, linewidth=0, zorder=1.5,
        )  # fmt: skip


def _draw_contours(axes: Axes, x: np.ndarray, y: np.ndarray, values: np.ndarray, scale: Scale) -> None:
    """Labelled lines of equal value between the middles of the cells."""
    masked = np.ma.masked_invalid(values)
    levels = scale.levels(LEVELS)
    if len(levels) == 0 or not np.any((levels > masked.min()) & (levels < masked.max())):
        return
    # White on dark colours, dark on those that are white in the middle.
    face, edge = ("0.2", "white") if scale.colours()[1] is style.DIVERGING else ("white", "0.3")
    drawn = axes.contour(x, y, masked, levels, colors=face, linewidths=0.7)
    around = [patheffects.withStroke(linewidth=1.3, foreground=edge)]
    drawn.set_path_effects(around)
    for text in axes.clabel(drawn, fmt=scale.tick, fontsize=6, colors=face, inline_spacing=2):
        text.set_path_effects(around)


def _draw_panel(axes: Axes, panel: Panel, layout: Layout, scale: Scale) -> None:
    along, across = scale_of_axis(layout.along), scale_of_axis(layout.across)
    x, y = along.edges(layout.along.values), across.edges(layout.across.values)
    along.put(axes, "x", LETTERS)
    across.put(axes, "y", layout.letters)
    axes.set(xlim=x[[0, -1]], ylim=y[[0, -1]])
    normalize, colours = scale.colours()
    values = scale.unit.shown(panel.values)
    axes.set_facecolor(NO_VALUE)
    axes.pcolormesh(x, y, np.ma.masked_invalid(values), cmap=colours, norm=normalize, rasterized=True)
    _fill(axes, x, y, panel.status == FAILED, "white", style.VERMILION, "//////")
    _fill(axes, x, y, panel.status == MISSING, NOT_RUN, "0.6", ".....")
    if not along.words and not across.words and np.isfinite(values).sum() >= LEAST_MAP**2:
        places = along.unit.shown(layout.along.values), across.unit.shown(layout.across.values)
        _draw_contours(axes, *places, values, scale)
    axes.spines[:].set_visible(False)
    axes.set_title(panel.title, loc="left", fontsize=LABEL)


def draw_bar(panels: Sequence[Axes], scale: Scale, rows: int = 1, letters: int = LETTERS) -> None:
    """The key to the colours of a result."""
    figure = panels[0].figure
    bar = figure.colorbar(ScalarMappable(*scale.colours()), ax=list(panels), pad=0.03, aspect=20 * rows)
    scale.set_ticks(bar.ax.yaxis)
    if scale.is_fraction:
        bar.ax.yaxis.set_major_locator(MultipleLocator(0.2))
    bar.ax.minorticks_off()
    bar.ax.tick_params(length=2, width=0.5)
    bar.outline.set_visible(False)
    bar.set_label(scale.label(letters))


def maps(table: Table, layout: Layout, result: Result) -> Figure:
    """A result over the two longest axes of a grid, on one scale of colours; points without a value are told apart."""
    parts = layout.panels(table, result)
    figure, panels = new_panels(len(parts), layout.columns, 2.9 if len(parts) == 1 else 2.0, width=4.2)
    scale = scale_of_result(result)
    for axes, part in zip(panels, parts):
        _draw_panel(axes, part, layout, scale)
    label_edges(panels, layout.columns)
    draw_bar(panels, scale, layout.rows, layout.letters)
    if layout.held:
        figure.suptitle(layout.held, fontsize=LABEL, color=style.GREY)
    if patches := failure_patches(table.status, result.values):
        figure.legend(handles=patches, loc="outside lower center", ncols=3)
    return figure
