"""Draw docs/figures/ham2024.png: ham2024_figure.py RUNS OUTPUT (see scripts/validation)."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ham2024_runs as measured
import numpy as np
from ham2024_runs import MPA, Critical, Ham
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator
from mesolith_plot import style

CONSTANT, GAP = style.BLUE, style.VERMILION
ROOM, WARM = style.BLUE, style.VERMILION
LINE: dict[str, Any] = {"linewidth": 1.1}
POINT: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 5.5, "clip_on": False, "zorder": 4}
SQUARE: dict[str, Any] = {**POINT, "marker": "s", "markersize": 4, "zorder": 5}
OPEN: dict[str, Any] = {**POINT, "markerfacecolor": "white"}
CROSS: dict[str, Any] = {"linestyle": "none", "marker": "x", "markersize": 5, "markeredgewidth": 1.2, "zorder": 6}


def plain_log(axis: Axis, ticks: list[float]) -> None:
    """Ticks at these numbers of a logarithmic axis, written plainly."""
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))


def draw_points(axes: Axes, points: Sequence[Critical], color: str, look: dict[str, Any], label: str) -> None:
    """Measured critical current densities over pressure."""
    axes.plot([p.pressure for p in points], [p.value for p in points], color=color, **look, label=label)


def over_pressure(axes: Axes, ham: Ham) -> None:
    """Critical current density over pressure."""
    shown = ham.pressure >= 0.5
    critical = ham.critical[measured.FITTED_LIMIT]
    axes.plot(ham.pressure[shown], critical[shown], color=CONSTANT, **LINE, label="model, constant pressure")
    draw_points(axes, measured.CONSTANT, CONSTANT, POINT, "Ham, springs")
    draw_points(axes, (measured.INFERRED,), CONSTANT, OPEN, "the same, inferred")
    gaps = {name: run.critical for name, run in ham.runs.items() if name.startswith("gap-12.8")}
    pressures = [float(name.split("-")[2]) for name in gaps]
    axes.plot(pressures, list(gaps.values()), color=GAP, **CROSS, label="model, fixed gap")
    draw_points(axes, measured.FIXED_GAP, GAP, SQUARE, "Ham, fixed gap")
    axes.set(xscale="log", yscale="log", xlim=(0.5, 10), ylim=(0.15, 2.6))
    axes.set(xlabel="Pressure (MPa)", ylabel="CCD (mA/cm²)")
    plain_log(axes.xaxis, [0.5, 1, 2, 5, 10])
    plain_log(axes.yaxis, [0.2, 0.5, 1, 2])
    axes.legend(loc="upper left", fontsize=6, borderaxespad=0, labelspacing=0.25)


def over_loading(axes: Axes, ham: Ham) -> None:
    """Swing of the pressure over loading."""
    axes.plot(np.append(0, ham.loading), np.append(0, ham.charged - 5), color=GAP, **LINE, label="model, K fitted")
    swings = list(measured.SWINGS.values())
    axes.plot(list(measured.SWINGS), swings, color=GAP, **SQUARE, label="Ham, fixed gap")
    axes.set(xlim=(0, 55), ylim=(0, 7), xlabel="Loading (mg/cm²)", ylabel="Rise of the pressure (MPa)")
    axes.legend(loc="upper left", fontsize=6, borderaxespad=0)


def hold(axes: Axes, ham: Ham) -> None:
    """Loss of pressure at 25 MPa."""
    parts = (("25", "25 °C, fitted", ROOM, measured.HOLD_ROOM), ("40", "40 °C, predicted", WARM, measured.HOLD_WARM))
    for name, label, color, points in parts:
        series = ham.runs[f"hold-{name}-1440"].series
        later = series["time"] > 30
        time, pressure = series["time"][later] / 60, series["pressure"][later] * MPA
        axes.plot(time, pressure, color=color, **LINE, label=f"model, {label}")
        axes.plot(list(points), [measured.FIRST_PRESSURE - loss for loss in points.values()], color=color, **POINT)
    axes.set(xscale="log", xlim=(0.5, 1440), ylim=(17.5, 25.2), xlabel="Time (min)", ylabel="Pressure (MPa)")
    plain_log(axes.xaxis, [1, 10, 100, 1000])
    axes.legend(loc="lower left", fontsize=6, borderaxespad=0)


def contact(axes: Axes, ham: Ham) -> None:
    """Contact and resistance after a hold."""
    times, runs = measured.HOLD_TIMES, [ham.runs[f"symmetric-{minutes:g}"] for minutes in measured.HOLD_TIMES]
    axes.plot(times, [run.at_end_of_step(0, "contact_fraction") for run in runs], color="black", marker=".", **LINE)
    axes.set(xscale="log", xlim=(0.4, 70), ylim=(0, 0.5), xlabel="Hold at 25 MPa (min)", ylabel="Contact fraction")
    plain_log(axes.xaxis, [0.5, 1, 5, 10, 30, 60])
    other = axes.twinx()
    other.plot(times, [run.resistance() for run in runs], color=style.GREEN, marker=".", **LINE)
    other.set_ylabel("Resistance (Ω cm²)", color=style.GREEN)
    other.tick_params(axis="y", colors=style.GREEN)
    other.spines["right"].set_visible(True)
    other.spines["right"].set_color(style.GREEN)
    other.set_ylim(0, 12)
    axes.set_title("model, 40 °C", fontsize=6, loc="left", pad=2)


def over_hold(axes: Axes, ham: Ham) -> None:
    """Critical current density after a hold."""
    values = [ham.runs[f"symmetric-{minutes:g}"].critical for minutes in measured.HOLD_TIMES]
    axes.plot(measured.HOLD_TIMES, values, color="black", marker=".", **LINE, label="model, fitted at 30 min")
    points = measured.SYMMETRIC
    axes.plot(list(points), list(points.values()), color=style.PURPLE, **POINT, label="Ham; less for longer")
    axes.set(xscale="log", xlim=(0.4, 70), ylim=(0, 2.6))
    axes.set(xlabel="Hold at 25 MPa (min)", ylabel="CCD at 5 MPa (mA/cm²)")
    plain_log(axes.xaxis, [0.5, 1, 5, 10, 30, 60])
    axes.legend(loc="lower right", fontsize=6, borderaxespad=0)


def cycle(axes: Axes, ham: Ham) -> None:
    """Pressure in a cycle."""
    parts = (("cycle-gap", "fixed gap", GAP, SQUARE), ("cycle-springs", "springs", CONSTANT, POINT))
    for name, words, color, point in parts:
        series = ham.runs[name].series
        axes.plot(series["time"] / 3600, series["pressure"] * MPA, color=color, **LINE, label=f"model, {words}")
        last = np.flatnonzero(series["protocol_step"] == 0)[-1]
        end = series["time"][last] / 3600
        axes.plot(end, measured.END_OF_CHARGE[words], color=color, **point, label=f"Ham, {words}")
    axes.set(xlim=(0, 22), ylim=(4.5, 9.5), xlabel="Time (h)", ylabel="Pressure (MPa)")
    axes.legend(loc="upper right", fontsize=6, borderaxespad=0, labelspacing=0.25)


def main(runs: str, output: str) -> None:
    """Draw the figure."""
    style.apply()
    ham = measured.read(Path(runs))
    figure = style.new_figure(style.PAGE, 4.4)
    panels = figure.subplots(2, 3).ravel()
    draws = (over_pressure, over_loading, hold, contact, over_hold, cycle)
    for axes, draw, letter in zip(panels, draws, "abcdef", strict=True):
        draw(axes, ham)
        axes.annotate(
            letter, (0, 1), xycoords="axes fraction", xytext=(-26, 3), textcoords="offset points", weight="bold",
            fontsize=8,
        )  # fmt: skip
    style.save(figure, Path(output), "png", "Ham 2024: measured and computed")


if __name__ == "__main__":
    main(*sys.argv[1:])
