"""The figures of any run in one dimension, and of several side by side."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colorbar import Colorbar
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from . import style
from .runs import CellRun, LayerRun, ProtocolStep, Run
from .style import CONCENTRATION_LABEL, MA_PER_CM2, MAH_PER_CM2, MMOL_PER_CM3, POSITION_LABEL, UM

INTERVALS = 9
"""Most intervals of time between the profiles of a figure: as many lines as the eye still tells apart."""
LABELLED_STEPS = 6
"""Protocols with more steps than this get bands without words."""
LABEL_GAP = 3
"""Least space between the words of two steps, points."""
EMPTY = 0.02
"""Part of the concentration axis below zero, in which the profile of an empty layer is told from the axis."""


def even_times(end: float) -> np.ndarray:
    """Round, equally spaced numbers from 0 to the end, and the end itself."""
    ticks = MaxNLocator(INTERVALS, steps=(1, 2, 2.5, 5, 10)).tick_values(0, end)
    step = ticks[1] - ticks[0]
    return np.append(ticks[ticks < end - step / 3], end)


def draw_profiles(axes: Axes, run: LayerRun, top: float | None = None) -> None:
    """Concentration over the position at equally spaced times and at the end, with a colour bar of the time.

    `top` is the upper end of the axis (mmol/cm3) where the data do not set it.
    """
    draw_field(axes, run, run.concentration * MMOL_PER_CM3, CONCENTRATION_LABEL, top)


def draw_field(axes: Axes, run: LayerRun | CellRun, values: np.ndarray, label: str, top: float | None = None) -> None:
    """Values at the nodes over the position at equally spaced times and at the end, with a colour bar of the time.

    What is drawn are frames as they were written, the ones closest to these times; the bar shows their own times. What
    takes height from the axes, such as a title, has to be there before. `top` is the upper end of the axis where the
    data do not set it.
    """
    unit = style.time_unit(run.frame_time[-1])
    end = run.frame_time[-1] / unit.seconds
    frames = run.frames_near(even_times(end) * unit.seconds)
    scale = Normalize(0, end)
    shown = run.frame_time[frames] / unit.seconds
    for frame, time in zip(frames, shown):
        axes.plot(
            run.position[frame] * UM,
            values[frame],
            color=style.SEQUENTIAL(scale(time)),
            # The initial state may lie on the axis.
            clip_on=False,
            zorder=3,
        )
    axes.set(xlabel=POSITION_LABEL, ylabel=label, xlim=(0, run.position.max() * UM))
    lowest, top = values[frames].min(), top or axes.get_ylim()[1]
    axes.set_ylim(min(0, lowest) - EMPTY * top if lowest < EMPTY / 2 * top else 0, top)

    draw_time_bar(axes, scale, shown, unit)


def draw_time_bar(
    axes: Axes | Sequence[Axes], scale: Normalize, shown: np.ndarray, unit: style.TimeUnit, rows: int = 1
) -> None:
    """The key to lines coloured by time: a bar beside the axes, in so many rows, with a tick for each line."""
    figure = np.ravel(axes)[0].figure
    bar = figure.colorbar(ScalarMappable(scale, style.SEQUENTIAL), ax=axes, pad=0.03, aspect=28 * rows)
    bar.ax.tick_params(length=2, width=0.5)
    bar.outline.set_visible(False)
    bar.set_label(unit.label)
    _set_ticks(bar, shown)


def _set_ticks(bar: Colorbar, times: np.ndarray) -> None:
    """A tick for each of the times, but for those whose labels would crowd; the first and the last stay."""
    decimals = 0 if times[-1] >= 20 else 1
    labels = np.array([f"{time:.{decimals}f}" for time in times])
    bar.set_ticks(times, labels=labels)
    bar.ax.figure.draw_without_rendering()
    apart = 1.2 * max(label.get_window_extent().height for label in bar.ax.get_yticklabels())
    height = bar.ax.transData.transform([(0, time) for time in times])[:, 1]
    kept = [0]
    for index in range(1, len(times) - 1):
        if height[index] - height[kept[-1]] >= apart and height[-1] - height[index] >= apart:
            kept.append(index)
    kept.append(len(times) - 1)
    bar.set_ticks(times[kept], labels=labels[kept])


def profiles(run: LayerRun) -> Figure:
    """Concentration over the position; where the layer moves, at the moved positions."""
    figure = style.new_figure(style.COLUMN, 2.5)
    draw_profiles(figure.subplots(), run)
    return figure


def shade_protocol(panels: Sequence[Axes], run: Run, seconds: float) -> None:
    """Bands for the steps of the protocol that took time, the current of each above the first panel."""
    steps = run.lasting_steps
    if len(steps) < 2:
        return
    for index, step in enumerate(steps):
        if index % 2 == 1:
            for axes in panels:
                axes.axvspan(step.start / seconds, step.end / seconds, color="0.94", linewidth=0, zorder=0)
    if len(steps) <= LABELLED_STEPS:
        _label_steps(panels[0], steps, seconds)


def _label_steps(axes: Axes, steps: Sequence[ProtocolStep], seconds: float) -> None:
    """The current of each step above the panel, where the words fit into the step's band."""
    texts = []
    for step in steps:
        current = step.current_density * MA_PER_CM2
        words = "ramp" if step.is_ramp else "rest" if current == 0 else f"{style.number(current)} mA/cm²"
        middle, place = (step.start + step.end) / 2 / seconds, axes.get_xaxis_transform()
        texts.append(axes.text(middle, 1.01, words, transform=place, ha="center", va="bottom", fontsize=7))

    # Measured outside of the layout, words beyond the edge do not narrow the panel that they are dropped from.
    for text in texts:
        text.set_in_layout(False)
    axes.figure.draw_without_rendering()
    gap = LABEL_GAP / 72 * axes.figure.dpi
    for step, text in zip(steps, texts):
        left, right = axes.transData.transform([(time / seconds, 0) for time in (step.start, step.end)])[:, 0]
        if text.get_window_extent().width + gap <= right - left:
            text.set_in_layout(True)
        else:
            text.remove()


def _scale_utilisation(axes: Axes, highest: float) -> None:
    """Percent from 0 to 100, or to a round number above the highest where that is below 50."""
    axes.set_ylim(0, 100)
    if 0 < highest < 50:
        ticks = MaxNLocator(4, steps=(1, 2, 2.5, 5, 10)).tick_values(0, highest)
        axes.set(yticks=ticks, ylim=(0, ticks[-1]))


def surface_and_mean(run: Run) -> Figure:
    """Surface, collector and mean concentration, utilisation and, where the layer deforms, its thickness over time."""
    rows = np.r_[tuple(step.rows for step in run.lasting_steps)]
    series = {name: values[rows] for name, values in run.series.items()}
    unit = style.time_unit(series["time"][-1])
    time = series["time"] / unit.seconds
    heights = [1.6, 1.0] + ([1.0] if run.deforms else [])
    figure = style.new_figure(style.COLUMN, 1.1 * sum(heights) + 0.6)
    panels = figure.subplots(len(heights), sharex=True, gridspec_kw={"height_ratios": heights})

    lines = [
        panels[0].plot(time, series[name] * MMOL_PER_CM3, color=color, label=label)[0]
        for name, label, color in (
            ("concentration_surface", "at the electrolyte", style.VERMILION),
            ("concentration_mean", "mean", "black"),
            ("concentration_collector", "at the collector", style.BLUE),
        )
    ]
    panels[0].set_ylabel("Li concentration\n(mmol/cm³)")
    panels[0].set_ylim(bottom=0)
    figure.legend(handles=lines, loc="outside upper center", ncols=3, columnspacing=1.4)

    panels[1].plot(time, series["utilisation"] * 100, color="black")
    panels[1].set_ylabel("Utilisation\n(%)")
    _scale_utilisation(panels[1], series["utilisation"].max() * 100)
    if run.deforms:
        panels[2].plot(time, series["thickness"] * UM, color="black")
        panels[2].set_ylabel("Thickness\n(µm)")
    panels[-1].set(xlabel=unit.label, xlim=(0, time[-1]))
    figure.align_ylabels(panels)
    shade_protocol(panels, run, unit.seconds)
    return figure


def compare(runs: Sequence[LayerRun], labels: Sequence[str]) -> Figure:
    """The last profile of each run, and its surface concentration over the charge that went into the layer."""
    figure = style.new_figure(style.PAGE, 2.7)
    left, right = figure.subplots(1, 2, sharey=True)
    if len(runs) <= len(style.CATEGORIES):
        palette = style.CATEGORIES[: len(runs)]
    else:
        palette = [style.SEQUENTIAL(part) for part in np.linspace(0, 1, len(runs))]

    lines = []
    for run, label, color in zip(runs, labels, palette):
        last = run.concentration[-1] * MMOL_PER_CM3
        lines += left.plot(run.position[-1] * UM, last, color=color, label=label, clip_on=False)
        charge = run.series["charge"] * MAH_PER_CM2
        right.plot(charge, run.series["concentration_surface"] * MMOL_PER_CM3, color=color, clip_on=False)

    left.set(xlabel=POSITION_LABEL, ylabel=CONCENTRATION_LABEL, title="At the end of the run")
    left.set_xlim(0, max(run.position[-1, -1] for run in runs) * UM)
    left.set_ylim(bottom=0)
    right.set(xlabel="Charge into the layer (mAh/cm²)", title="At the electrolyte")
    right.set_xlim(left=min(0, min(run.series["charge"].min() for run in runs) * MAH_PER_CM2))
    figure.legend(handles=lines, loc="outside lower center", ncols=min(len(runs), 4))
    return figure
