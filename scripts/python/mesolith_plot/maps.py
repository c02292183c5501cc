"""A field of a run in the plane as a map: filled contours on the deformed body, with a colour bar."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize
from matplotlib.ticker import FuncFormatter, MaxNLocator

from . import style
from .runs import LatticeRun, Quantity

LEVELS = 24
"""About how many colours a map has."""
CORNER = 98
"""Per cent of the values of a vector that its colours resolve; beyond are the corners, where fluxes are singular."""
LEAST_SIGN = 0.1
"""Values of the other sign that are smaller than this part of the largest do not make a map diverge."""
THIN = 0.3
"""Height over width below which a body is thin."""
BAR_HEIGHT = 0.6
"""Least height of a colour bar, inch."""
ARROWS = 10
"""Arrows along the longer side of a map, about."""


def _magnitude(quantity: Quantity) -> np.ndarray:
    """What the colours of a map say: the values, of a vector its length."""
    return np.sqrt((quantity.last**2).sum(axis=-1)) if quantity.is_vector else quantity.last


class ColourScale:
    """The colours of one quantity at the last frames of one or more runs."""

    def __init__(self, quantities: Sequence[Quantity]) -> None:
        values = np.concatenate([np.ravel(_magnitude(quantity)) for quantity in quantities])
        values = values[np.isfinite(values)]
        low, high = (values.min(), values.max()) if values.size else (0.0, 0.0)
        self.is_cut = bool(values.size) and quantities[0].is_vector and high > 2 * np.percentile(values, CORNER)
        if self.is_cut:
            high = np.percentile(values, CORNER)
        largest = max(abs(low), abs(high))
        self.unit = style.unit(quantities[0].units, largest)
        if high - low <= 1e-9 * largest or largest == 0:
            # A uniform field fills one level.
            margin = 0.05 * largest or 1.0
            low, high = low - margin, high + margin
        ticks = MaxNLocator(LEVELS, steps=(1, 2, 2.5, 5, 10)).tick_values
        self.levels = ticks(low * self.unit.factor, high * self.unit.factor)
        first, last = self.levels[0], self.levels[-1]
        self.colours: Colormap = style.SEQUENTIAL
        if min(-low, high) > LEAST_SIGN * largest:
            self.colours, last = style.DIVERGING, max(-first, last)
            first = -last
        self.normalize = Normalize(first, last)


def _whole(run: LatticeRun, values: np.ndarray, odd: bool = False) -> np.ndarray:
    """The values on the whole body: those of a body of revolution with their image left of the axis.

    `odd` are values that change their sign with the side, such as the radius.
    """
    if not run.is_axisymmetric:
        return values
    image = values[:, :0:-1]
    return np.concatenate([-image if odd else image, values], axis=1)


def _place(run: LatticeRun, points: np.ndarray, unit: style.Unit) -> tuple[np.ndarray, np.ndarray]:
    """The nodes of the whole body in the unit."""
    x, y = points[..., 0] * unit.factor, points[..., 1] * unit.factor
    return _whole(run, x, odd=True), _whole(run, y)


def size(runs: Sequence[LatticeRun]) -> tuple[style.Unit, float]:
    """The unit of lengths for the bodies, and their height over their width."""
    bodies = [(run, points) for run in runs for points in (run.undeformed, run.deformed)]
    width = max(np.ptp(points[..., 0]) * (2 if run.is_axisymmetric else 1) for run, points in bodies)
    height = max(np.ptp(points[..., 1]) for _, points in bodies)
    return style.unit("m", max(width, height)), height / width


def _outline(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The edge of the body, once round."""
    return tuple(np.concatenate([a[0], a[1:, -1], a[-1, -2::-1], a[-2::-1, 0]]) for a in (x, y))


def draw_map(axes: Axes, run: LatticeRun, quantity: Quantity, scale: ColourScale, length: style.Unit) -> None:
    """A field on the deformed body at the last frame, the undeformed body as an outline; vectors with arrows."""
    x, y = _place(run, run.deformed, length)
    shown = np.ma.masked_invalid(_whole(run, _magnitude(quantity)) * scale.unit.factor)
    extend = "max" if scale.is_cut else "neither"
    axes.contourf(x, y, shown, scale.levels, cmap=scale.colours, norm=scale.normalize, extend=extend)
    axes.plot(*_outline(*_place(run, run.undeformed, length)), color="0.55", linewidth=0.6, linestyle=(0, (4, 2)))
    axes.plot(*_outline(x, y), color="0.2", linewidth=0.5)
    if quantity.is_vector:
        _draw_arrows(axes, run, quantity, x, y)
    axes.set_aspect("equal")
    axes.spines[:].set_visible(False)
    axes.use_sticky_edges = False
    axes.margins(0.03)
    axes.tick_params(length=2)
    axes.xaxis.set_major_locator(MaxNLocator(4, steps=(1, 2, 5, 10)))
    axes.yaxis.set_major_locator(MaxNLocator(2 if np.ptp(y) < THIN * np.ptp(x) else 4, steps=(1, 2, 5, 10)))
    if run.is_axisymmetric:
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):g}"))


def _draw_arrows(axes: Axes, run: LatticeRun, quantity: Quantity, x: np.ndarray, y: np.ndarray) -> None:
    """Arrows at about equal distances, whatever the mesh; the longest is as long as these."""
    apart = max(np.ptp(x), np.ptp(y)) / ARROWS
    rows = _evenly(y[:, y.shape[1] // 2], apart)
    columns = _evenly(x[x.shape[0] // 2], apart)
    along = (_whole(run, quantity.last[..., 0], odd=True), _whole(run, quantity.last[..., 1]))
    picked = [_between(_between(values, rows).T, columns).T for values in (x, y, *along)]
    axes.quiver(
        *picked, pivot="mid", angles="xy", scale_units="xy", scale=(np.hypot(*picked[2:]).max() or 1) / apart,
        width=0.012, facecolor="white", edgecolor="0.15", linewidth=0.3,
    )  # fmt: skip


def _evenly(line: np.ndarray, apart: float) -> np.ndarray:
    """The middles of equal parts of a line of nodes, about so far apart, as indices with fractions."""
    parts = max(1, round(np.ptp(line) / apart))
    middles = line.min() + (np.arange(parts) + 0.5) / parts * np.ptp(line)
    return np.interp(middles, line, np.arange(len(line)))


def _between(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    """The rows of a table at indices with fractions."""
    lower = np.minimum(places.astype(int), len(values) - 2)
    part = (places - lower)[:, None]
    return (1 - part) * values[lower] + part * values[lower + 1]


def draw_bar(axes: Axes, scale: ColourScale, label: str, height: float) -> None:
    """The colour bar of a map, as high as the map, whose height is given in inch, or higher."""
    part = max(1, BAR_HEIGHT / height)
    beside = axes.inset_axes((1.04, 0.5 - part / 2, 0.05, part))
    extend = "max" if scale.is_cut else "neither"
    bar = axes.figure.colorbar(ScalarMappable(scale.normalize, scale.colours), cax=beside, extend=extend)
    beside.set_ylim(scale.levels[0], scale.levels[-1])
    bar.locator = MaxNLocator(5 if height > BAR_HEIGHT else 2, steps=(1, 2, 2.5, 5, 10))
    bar.update_ticks()
    beside.tick_params(length=2, width=0.5)
    bar.outline.set_visible(False)
    bar.set_label(label)
