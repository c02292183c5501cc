"""The figures of a void that closes or grows: its radius and rate over time, and the stress in the metal around it."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from . import style
from .runs import VoidRun

MPA = 1e-6
"""Pa to MPa."""
SOLID, DASHED = "-", (0, (4, 2))
STRESSES = (
    ("von_mises", "equivalent", "black"),
    ("radial_stress", "radial", style.BLUE),
    ("hoop_stress", "hoop", style.VERMILION),
)
"""The parts of the stress that are drawn."""
WIDE = 5.0
"""Values over more than this factor are drawn over a logarithmic axis."""
EARLY = 1 / 30
"""A void that changes e times within this part of the run is drawn over a logarithmic axis of time."""
MANY = 3e4
"""Logarithmic axes over more than this factor have ticks at the powers of ten only."""
GREATEST_PLAIN = 1e3
"""Axes on which a power of ten exceeds this have powers of ten at all ticks."""
SEEN = 0.995
"""Part of the run that scales the axis of the rate: in the last moment surface tension drives that up without bound."""
FOUND = 1e-2
"""Relative change of the radius from which on an axis of logarithmic time shows it."""


def _is_wide(values: np.ndarray) -> bool:
    """Whether a linear axis would hide the small ones of the values, which have one sign."""
    return bool(values.min() > 0 and values.max() > WIDE * values.min())


def _set_log_ticks(axis: Axis, low: float, high: float) -> None:
    """Plain numbers where all are short, powers of ten elsewhere; at 1, 2 and 5 where there are few decades."""
    few, many = high < 150 * low, high > MANY * low
    decades = np.floor(np.log10(high)), np.ceil(np.log10(low))
    powers = 10 ** decades[0] > GREATEST_PLAIN or 10 ** decades[1] < style.LEAST_PLAIN
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if few else (1,), numticks=6))
    axis.set_minor_locator(LogLocator(subs=(1,) if many else range(2, 10), numticks=30))
    axis.set_major_formatter(FuncFormatter(lambda value, _: style.power_of_ten(value, always=powers)))
    axis.set_minor_formatter(NullFormatter())


def _scale(axes: Axes, values: np.ndarray) -> None:
    """The axis that shows the values: logarithmic, or with zero; a constant is not drawn as its round-off."""
    low, high = float(values.min()), float(values.max())
    if _is_wide(values):
        margin = (high / low) ** 0.05
        axes.set(yscale="log", ylim=(low / margin, high * margin))
        _set_log_ticks(axes.yaxis, low, high)
        return
    if high - low <= 1e-3 * max(abs(low), abs(high)):
        axes.set_ylim(sorted((0, 1.4 * high or 1)))
    elif low >= 0:
        axes.set_ylim(0, 1.08 * high)
    elif high <= 0:
        axes.set_ylim(1.08 * low, 0)
    else:
        axes.axhline(0, color="0.8", linewidth=0.6, zorder=0)
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=(1, 2, 2.5, 5, 10)))


def _is_early(run: VoidRun) -> bool:
    """Whether most of the run comes after the void changed e times."""
    radius, time = run.series["radius"], run.series["time"]
    changed = np.abs(np.log(radius / radius[0])) >= 1
    return bool(changed.any() and time[changed.argmax()] < EARLY * time[-1])


def _first_time(run: VoidRun) -> float:
    """When the radius begins to differ from that at the start, s."""
    radius, time = run.series["radius"], run.series["time"]
    changed = np.abs(radius / radius[0] - 1) >= FOUND
    return float(time[changed.argmax()] if changed.any() else time[-1] * EARLY)


def _scale_time(axes: Axes, runs: Sequence[VoidRun], unit: style.TimeUnit) -> None:
    """The axis of time: logarithmic where it would otherwise hide what happens first."""
    ends = [float(run.series["time"][-1]) for run in runs]
    last = max(ends) / unit.seconds
    axes.set_xlabel(unit.label)
    if any(_is_early(run) for run in runs) or min(ends) < EARLY * max(ends):
        axes.set_xscale("log")
        first = min(_first_time(run) for run in runs) / unit.seconds
        axes.set_xlim(first, last)
        _set_log_ticks(axes.xaxis, first, last)
    else:
        axes.set_xlim(0, last)


def _after(time: float, unit: style.TimeUnit) -> str:
    """A time in the unit of the axis, or in a smaller one where it is short."""
    if time < unit.seconds:
        unit = style.time_unit(time)
    return f"after {style.power_of_ten(time / unit.seconds)} {unit.symbol}"


def _mark_half(axes: Axes, run: VoidRun, unit: style.TimeUnit, length: style.Unit) -> None:
    """The time until the void has half its radius, where it came to that."""
    half = run.summary.get("time_to_half")
    if half is None:
        return
    time, radius = half / unit.seconds, length.shown(run.series["radius"][0] / 2)
    axes.plot([time], [radius], "o", color=style.VERMILION, markersize=3.5, zorder=4)
    # The line falls: there is room above it on its right and below it on its left.
    across = axes.transAxes.inverted().transform(axes.transData.transform((time, radius)))[0]
    is_left = across < 0.6
    axes.annotate(
        f"half {_after(half, unit)}", (time, radius), xytext=(5, 2) if is_left else (-5, -2),
        textcoords="offset points", ha="left" if is_left else "right", va="bottom" if is_left else "top",
        color=style.VERMILION, fontsize=7,
    )  # fmt: skip


def closure(run: VoidRun) -> Figure:
    """Radius, rate and, where the metal ends, the void fraction over time."""
    unit = style.time_unit(run.series["time"][-1])
    time = run.series["time"] / unit.seconds
    length = style.unit("m", float(run.series["radius"].max()))
    shown = [
        (length.shown(run.series["radius"]), f"Radius\n({length.symbol})"),
        (run.series["closure_rate"] * unit.seconds, f"Closure rate\n−(da/dt)/a (1/{unit.symbol})"),
    ]
    if run.has_neighbours:
        shown.append((run.series["void_fraction"], "Void\nfraction"))
    heights = [1.5] + [1.0] * (len(shown) - 1)
    figure = style.new_figure(style.COLUMN, 1.1 * sum(heights) + 0.5)
    panels = figure.subplots(len(heights), sharex=True, gridspec_kw={"height_ratios": heights})
    for axes, (values, label) in zip(panels, shown):
        axes.plot(time, values, color="black")
        axes.set_ylabel(label)
        _scale(axes, values[time <= SEEN * time[-1]] if axes is panels[1] else values)
    _scale_time(panels[-1], [run], unit)
    _mark_half(panels[0], run, unit, length)
    figure.align_ylabels(panels)
    return figure


def shell(run: VoidRun) -> Figure:
    """Equivalent, radial and hoop stress over the distance from the centre of the void, at the start and at the end."""
    length = style.unit("m", float(run.position[[0, -1]].max()))
    figure = style.new_figure(style.COLUMN, 2.9)
    axes = figure.subplots()
    axes.axhline(0, color="0.8", linewidth=0.6, zorder=0)
    frames = ((0, SOLID), (len(run.frame_time) - 1, DASHED))
    for frame, line in frames:
        for name, _, color in STRESSES:
            place = length.shown(run.position[frame])
            axes.plot(place, run.stress[name][frame] * MPA, color=color, linestyle=line, clip_on=False)

    radii = length.shown(run.position[[0, -1]])
    low, high = float(radii.min()), float(radii.max())
    if _is_wide(radii):
        axes.set_xscale("log")
        _set_log_ticks(axes.xaxis, low, high)
    axes.set(xlim=(low, high), xlabel=length.label("Distance from the centre of the void"))
    axes.set_ylabel("Stress, tension positive (MPa)")

    keys = [Line2D([], [], color=color, label=words) for _, words, color in STRESSES]
    figure.legend(handles=keys, loc="outside upper center", ncols=3, columnspacing=1.4)
    moments = [
        Line2D([], [], color=style.GREY, linestyle=line, label=_moment(run, frame, length)) for frame, line in frames
    ]
    figure.legend(handles=moments, loc="outside lower center", ncols=2, columnspacing=1.4, handlelength=2.4)
    return figure


def _moment(run: VoidRun, frame: int, length: style.Unit) -> str:
    """When a frame was written, and the radius of the void there."""
    time, radius = float(run.frame_time[frame]), float(run.position[frame, 0])
    when = "start" if frame == 0 else _after(time, style.time_unit(time))
    return f"{when}, a = {style.power_of_ten(length.shown(radius))} {length.symbol}"


def draw(run: VoidRun) -> dict[str, Figure]:
    """The figures of a run."""
    return {"closure": closure(run), "shell": shell(run)}


def compare(runs: Sequence[VoidRun], labels: Sequence[str]) -> Figure:
    """The radius of several voids, relative to that at the start, over time."""
    unit = style.time_unit(max(run.series["time"][-1] for run in runs))
    figure = style.new_figure(style.COLUMN, 2.9)
    axes = figure.subplots()
    if len(runs) <= len(style.CATEGORIES):
        palette = style.CATEGORIES[: len(runs)]
    else:
        palette = [style.SEQUENTIAL(part) for part in np.linspace(0, 1, len(runs))]
    parts = [run.series["radius"] / run.series["radius"][0] for run in runs]
    for run, part, label, color in zip(runs, parts, labels, palette):
        axes.plot(run.series["time"] / unit.seconds, part, color=color, label=label)
    _scale(axes, np.concatenate(parts))
    axes.set_ylabel("Radius over that at the start")
    _scale_time(axes, runs, unit)
    figure.legend(handles=axes.get_lines()[-len(runs) :], loc="outside lower center", ncols=min(len(runs), 3))
    return figure
