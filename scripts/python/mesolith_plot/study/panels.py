"""What all figures of studies share: panels in rows, labels at the edges, words for the points without a value."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from .. import style
from .table import FAILED, FINISHED, MISSING

LABEL = 7
"""Size of the words in a panel, points."""
LETTERS = 30
"""In a line of the label of a panel beside others."""
NO_VALUE, NOT_RUN = "0.9", "0.97"
"""Colours of points that finished without this result, and of points that were not computed."""


def new_panels(count: int, columns: int, height: float, width: float) -> tuple[Figure, list[Axes]]:
    """A figure with so many panels of a height on the same axes; as wide as said when it has one column (inch)."""
    rows = -(-count // columns)
    figure = style.new_figure(width if columns == 1 else style.PAGE, rows * height + 0.5)
    places = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
    for place in places.flat[count:]:
        place.remove()
    return figure, list(places.flat[:count])


def label_edges(panels: Sequence[Axes], columns: int) -> None:
    """Leave x to the lowest panel of each column, the numbers of y to the first of each row, and label y once."""
    if len(panels) == 1:
        return
    panels[0].figure.supylabel(panels[0].get_ylabel(), fontsize=8)
    for index, axes in enumerate(panels):
        is_lowest = index + columns >= len(panels)
        axes.tick_params(labelbottom=is_lowest, labelleft=index % columns == 0)
        axes.set(ylabel="", **({} if is_lowest else {"xlabel": ""}))


def mark_failed(axes: Axes, x: np.ndarray, color: str | tuple = style.VERMILION) -> None:
    """Crosses of failed points on the x axis, where no result is."""
    if len(x):
        axes.plot(
            x, np.zeros(len(x)), "x", color=color, markersize=4, markeredgewidth=1, clip_on=False, zorder=4,
            transform=axes.get_xaxis_transform(), gid="failed",
        )  # fmt: skip


def failures(status: np.ndarray, values: np.ndarray) -> dict[str, int]:
    """How many points are without a value, by why."""
    counts = {
        "failed": int((status == FAILED).sum()),
        "not computed": int((status == MISSING).sum()),
        "without a value": int(((status == FINISHED) & ~np.isfinite(values)).sum()),
    }
    return {words: count for words, count in counts.items() if count}


def missing_words(status: np.ndarray, values: np.ndarray, held: str) -> str:
    """What is held, and how many points are without a value."""
    counts = failures(status, values)
    said = ", ".join(f"{count} {words}" for words, count in counts.items())
    return "; ".join(filter(None, (held, said and f"{said} of {status.size} points")))


def failure_patches(status: np.ndarray, values: np.ndarray) -> list[Patch]:
    """The key to cells of a map without a value."""
    looks = {
        "failed": {"facecolor": "white", "edgecolor": style.VERMILION, "hatch": "//////"},
        "not computed": {"facecolor": NOT_RUN, "edgecolor": "0.6", "hatch": "....."},
        "without a value": {"facecolor": NO_VALUE, "edgecolor": "0.6"},
    }
    counts = failures(status, values)
    return [
        Patch(label=f"{words} ({count} of {status.size})", linewidth=0.5, **looks[words])
        for words, count in counts.items()
    ]
