"""The figures of any run in the plane, and of several beside each other."""

import textwrap
from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from . import style
from .figures import draw_time_bar, even_times, shade_protocol
from .maps import BAR_HEIGHT, THIN, ColourScale, draw_bar, draw_map, size
from .results import ResultsError
from .runs import LatticeRun, Quantity

COMPOSITION = ("concentration", "li_per_mg")
"""The measures of composition that are drawn, first of all; the others say the same."""
SAME_COMPOSITION = ("mole_fraction", "site_fraction")
COMPARED_MAPS = ("li_per_mg", "von_mises")
COMPARED_LINES = {"potential_chemical": style.BLUE, "potential_mechanical": style.VERMILION}
"""What is set beside each other, where all the runs have it: Wang et al., Adv. Mater. 2024,
doi 10.1002/adma.202410948, Fig. 4e (lithium per magnesium), 4f (von Mises stress) and 4g (parts of the potential)."""

COLUMNS = 3
"""Panels in a row of a figure; of thin bodies one less."""
TALLEST = 1.9
"""Most height of a map, inch."""
LOWEST = 0.75
"""Least height of the place for a map, into which the label of its axis goes, inch."""
FLAT = 1e-6
"""Part of a field's largest value below which its changes along the axis are round-off."""


def _label(quantity: Quantity) -> str:
    """The long name without what explains it."""
    words = quantity.long_name.split(",")[0]
    return words[:1].upper() + words[1:]


def _wrapped(words: str, unit: style.Unit, width: int) -> str:
    """A label in lines of at most so many characters, its unit in one piece."""
    lines = textwrap.wrap(words, width)
    if unit.symbol and len(lines[-1]) + len(unit.symbol) + 3 > width:
        return "\n".join([*lines, f"({unit.symbol})"])
    return unit.label("\n".join(lines))


def _drawn(run: LatticeRun) -> list[Quantity]:
    """The fields that have a panel, the composition first."""
    first = [run.quantities[name] for name in COMPOSITION if name in run.quantities]
    skipped = (*COMPOSITION, *SAME_COMPOSITION)
    return first + [quantity for name, quantity in run.quantities.items() if name not in skipped]


def _panels(count: int, height: float, columns: int = COLUMNS) -> tuple[Figure, list[Axes], tuple[int, int]]:
    """A figure with so many panels of a height, in inch, in at most so many columns, and its rows and columns."""
    width = style.PAGE * min(count, columns) / columns
    columns = min(count, columns)
    rows = -(-count // columns)
    figure = style.new_figure(max(width, style.COLUMN), rows * height + 0.5)
    places = figure.subplots(rows, columns, squeeze=False, sharex=True)
    for place in places.flat[count:]:
        place.remove()
    return figure, list(places.flat[:count]), places.shape


def _label_edges(panels: Sequence[Axes], columns: int, x: str, y: str | None = None) -> None:
    """Labels and numbers on the lowest panel of each column and, of `y`, on the first of each row."""
    for index, axes in enumerate(panels):
        is_lowest = index + columns >= len(panels)
        axes.tick_params(labelbottom=is_lowest)
        if is_lowest:
            axes.set_xlabel(x)
        if y is not None:
            axes.tick_params(labelleft=index % columns == 0)
            axes.set_ylabel(y if index % columns == 0 else "")


def _place_labels(run: LatticeRun, unit: style.Unit) -> tuple[str, str]:
    return (unit.label("Radius" if run.is_axisymmetric else "x"), unit.label("Height" if run.is_axisymmetric else "y"))


def _end(run: LatticeRun) -> str:
    """When the last frame is."""
    time = style.time_unit(run.frame_time[-1])
    return f"after {style.number(run.frame_time[-1] / time.seconds)} {time.symbol}"


def maps(run: LatticeRun) -> Figure:
    """Every field at the last frame, on the body as it is deformed then; a body of revolution is cut along its axis."""
    quantities = _drawn(run)
    length, slope = size([run])
    columns = COLUMNS - 1 if slope < THIN else COLUMNS
    height = min((style.PAGE / columns - 0.67) * slope, TALLEST)
    figure, panels, (_, columns) = _panels(len(quantities), max(height, LOWEST) + 0.3, columns)
    for axes, quantity in zip(panels, quantities):
        scale = ColourScale([quantity])
        draw_map(axes, run, quantity, scale, length)
        axes.set_title("\n".join(textwrap.wrap(_label(quantity), 30)), loc="left", y=1)
        draw_bar(axes, scale, scale.unit.symbol, height)
    _label_edges(panels, columns, *_place_labels(run, length))
    figure.get_layout_engine().set(h_pad=0.06, w_pad=0.06)
    figure.suptitle(_end(run), fontsize=8, color=style.GREY)
    return figure


def _name_ends(axes: Axes) -> None:
    """What lies at both ends of an axis through the thickness."""
    axes.set_title("electrolyte", loc="left", color=style.GREY, fontsize=7)
    axes.set_title("collector", loc="right", color=style.GREY, fontsize=7)


def through_thickness(run: LatticeRun) -> Figure:
    """Every field along x = 0 at equally spaced times; of vectors, the component upwards."""
    quantities = _drawn(run)
    figure, panels, (rows, columns) = _panels(len(quantities), 1.5)
    length = style.unit("m", run.depth.max())
    unit = style.time_unit(run.frame_time[-1])
    end = run.frame_time[-1] / unit.seconds
    frames = run.frames_near(even_times(end) * unit.seconds)
    scale = Normalize(0, end)
    for axes, quantity in zip(panels, quantities):
        values = quantity.on_axis[..., 1] if quantity.is_vector else quantity.on_axis
        largest = max(np.nanmax(np.abs(quantity.last)), np.nanmax(np.abs(values[frames])))
        shown = style.unit(quantity.units, largest)
        for frame in frames:
            color = style.SEQUENTIAL(scale(run.frame_time[frame] / unit.seconds))
            axes.plot(run.depth[frame] * length.factor, values[frame] * shown.factor, color=color, linewidth=1)
        if np.ptp(values[frames]) <= FLAT * largest:
            # What symmetry or balance holds constant is drawn so, not as its round-off.
            middle, half = np.mean(values[frames]), largest / 2 or 0.5
            axes.set_ylim((middle - half) * shown.factor, (middle + half) * shown.factor)
        words = _label(quantity) + (" along y" if quantity.is_vector else "")
        axes.set_ylabel(_wrapped(words, shown, 24))
        axes.yaxis.set_major_locator(MaxNLocator(4, steps=(1, 2, 2.5, 5, 10)))
        axes.xaxis.set_major_locator(MaxNLocator(4, steps=(1, 2, 5, 10)))
    panels[0].set_xlim(0, run.depth.max() * length.factor)
    for axes in panels[:columns]:
        _name_ends(axes)
    _label_edges(panels, columns, length.label("Depth"))
    figure.align_ylabels(panels)
    draw_time_bar(panels, scale, run.frame_time[frames] / unit.seconds, unit, rows)
    return figure


def surfaces(run: LatticeRun) -> Figure:
    """Lithium per magnesium at both surfaces, the mechanical potential at the electrolyte and the largest stress over time."""
    rows = np.r_[tuple(step.rows for step in run.lasting_steps)]
    series = {name: values[rows] for name, values in run.series.items()}
    unit = style.time_unit(series["time"][-1])
    time = series["time"] / unit.seconds
    heights = [1.6, 1.0, 1.0]
    figure = style.new_figure(style.COLUMN, 1.1 * sum(heights) + 0.6)
    panels = figure.subplots(len(heights), sharex=True, gridspec_kw={"height_ratios": heights})
    lines = [
        panels[0].plot(time, series[f"li_per_mg_{place}"], color=color, label=f"at the {place}")[0]
        for place, color in (("electrolyte", style.VERMILION), ("collector", style.BLUE))
    ]
    panels[0].set_ylabel("Li per Mg")
    panels[0].set_ylim(bottom=0)
    figure.legend(handles=lines, loc="outside upper center", ncols=2, columnspacing=1.4)
    panels[1].plot(time, series["potential_mechanical_electrolyte"] * 1e3, color=style.VERMILION)
    panels[1].set_ylabel("Mechanical\npotential (mV)")
    panels[2].plot(time, series["max_von_mises"] * 1e-9, color="black")
    panels[2].set_ylabel("Largest von\nMises (GPa)")
    panels[2].set_ylim(bottom=0)
    panels[-1].set(xlabel=unit.label, xlim=(0, time[-1]))
    figure.align_ylabels(panels)
    shade_protocol(panels, run, unit.seconds)
    return figure


def _in_all(runs: Sequence[LatticeRun], names: Iterable[str]) -> list[str]:
    """Those of the fields that all runs have."""
    return [name for name in names if all(name in run.quantities for run in runs)]


def compare(runs: Sequence[LatticeRun], labels: Sequence[str]) -> Figure:
    """The last frames of several runs beside each other, on the same scales: maps, and lines along x = 0.

    Throws `ResultsError` when the runs share no field.
    """
    scalars = [quantity.name for quantity in _drawn(runs[0]) if not quantity.is_vector]
    mapped = _in_all(runs, COMPARED_MAPS) or _in_all(runs, scalars)[:1]
    if not mapped:
        raise ResultsError(f"{runs[0].path} and the other runs have no field in common")
    lines = _in_all(runs, COMPARED_LINES)
    if len(lines) < len(COMPARED_LINES):
        lines = _in_all(runs, COMPOSITION)[:1]
    length, slope = size(runs)
    width = style.PAGE if len(runs) > 2 else 5.2
    height = min((width - 1.3) / len(runs) * slope, TALLEST)
    heights = [max(height, LOWEST)] * len(mapped) + [1.5] * bool(lines)
    figure = style.new_figure(width, sum(heights) + 0.35 * len(heights) + 0.4)
    grid = {"sharex": "row", "sharey": "row", "height_ratios": heights}
    places = figure.subplots(len(heights), len(runs), squeeze=False, **grid)
    for row, name in zip(places, mapped):
        _compare_maps(row, runs, name, length, height)
    for axes, run, label in zip(places[0], runs, labels):
        axes.set_title(f"{label}\n{_end(run)}", y=1)
    if lines:
        _compare_lines(places[-1], runs, lines)
    return figure


def _compare_maps(
    row: Sequence[Axes], runs: Sequence[LatticeRun], name: str, length: style.Unit, height: float
) -> None:
    quantities = [run.quantities[name] for run in runs]
    scale = ColourScale(quantities)
    for axes, run, quantity in zip(row, runs, quantities):
        draw_map(axes, run, quantity, scale, length)
    x, y = _place_labels(runs[0], length)
    _label_edges(row, len(row), x, y)
    # About as many letters as the bar is long.
    letters = round(16 * max(height, BAR_HEIGHT))
    draw_bar(row[-1], scale, _wrapped(_label(quantities[0]), scale.unit, letters), height)


def _compare_lines(row: Sequence[Axes], runs: Sequence[LatticeRun], names: Sequence[str]) -> None:
    values = [[run.quantities[name].on_axis[-1] for name in names] for run in runs]
    largest = max(np.nanmax(np.abs(line)) for lines in values for line in lines)
    shown = style.unit(runs[0].quantities[names[0]].units, largest)
    deepest = max(run.depth[-1].max() for run in runs)
    length = style.unit("m", deepest)
    for axes, run, lines in zip(row, runs, values):
        for name, line in zip(names, lines):
            color, label = COMPARED_LINES.get(name, "black"), _label(run.quantities[name])
            axes.plot(run.depth[-1] * length.factor, line * shown.factor, color=color, label=label)
        _name_ends(axes)
    row[0].set_xlim(0, deepest * length.factor)
    is_potential = len(names) > 1
    words = "Potential" if is_potential else _label(runs[0].quantities[names[0]])
    _label_edges(row, len(row), length.label("Depth"), shown.label(words))
    if is_potential:
        row[0].figure.legend(handles=row[0].get_lines(), loc="outside lower center", ncols=len(names))
