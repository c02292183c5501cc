"""How time grows: runs `workload scaling`, fits an exponent to each curve, and draws them all.

An exponent is the slope of a straight line through the logarithms, by least squares. That of a time is over the upper
half of the range of x (in logarithms), where start-up counts least, and three points at least; that of an error is over
all points, as errors scatter.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import machine
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, LogLocator, NullLocator
from mesolith_plot import style

AXES = ("unknowns", "steps", "points", "threads")

PANELS = (
    # The axis, what the names of the curves begin with, the title, the number that is drawn, its label, a letter for x.
    ("unknowns", ("line", "square"), "Transport over unknowns", "seconds", "CPU time (s)", "N"),
    ("unknowns", ("plate",), "Coupled plate over unknowns", "seconds", "CPU time (s)", "N"),
    ("steps", ("",), "A run over its time steps", "seconds", "CPU time (s)", "n"),
    ("steps", ("",), "Error that the steps leave", "error", "Error, relative", "n"),
    ("points", ("",), "Studies over points", "seconds", "CPU time (s)", "P"),
    ("threads", ("",), "Threads", "speed", "Speed over that of one thread", ""),
)
X_LABELS = {"unknowns": "Unknowns", "steps": "Time steps", "points": "Points", "threads": "Threads or processes"}
COLOURS = (*style.CATEGORIES, style.GREY)


def measure(workload: str, axis: str) -> list[dict]:
    """The curves of an axis, in the order in which they come."""
    curves: dict[str, dict] = {}
    command = [workload, "scaling", axis]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            point = json.loads(line)
            if "skipped" in point:
                print(f"{point['skipped']} was skipped: {point['why']}", file=sys.stderr)
                continue
            name, title = point.pop("curve"), point.pop("title")
            curves.setdefault(name, {"curve": name, "title": title, "points": []})["points"].append(point)
            print(f"{axis} {name}: x = {point['x']:g}, {point['seconds']:.3g} s", file=sys.stderr)
    if process.returncode:
        sys.exit(f"`{' '.join(command)}` ended with {process.returncode}")
    return list(curves.values())


def fit(points: list[dict], quantity: str) -> dict | None:
    """The exponent of a quantity over x, and the range from which it is; None where there is too little to fit."""
    known = [(point["x"], point[quantity]) for point in points if point.get(quantity, 0) > 0]
    if len(known) < 3 or known[0][0] == known[-1][0]:
        return None
    x, y = np.log(np.array(known).T)
    order = np.argsort(x, kind="stable")
    x, y = x[order], y[order]
    upper = x >= (x[0] if quantity == "error" else min(0.5 * (x[0] + x[-1]), x[-3]))
    exponent = np.polyfit(x[upper], y[upper], 1)[0]
    return {"exponent": float(exponent), "from": float(np.exp(x[upper][0])), "to": float(np.exp(x[-1]))}


def spread(places: list[float], gap: float, least: float, most: float) -> list[float]:
    """Places between two limits, moved apart as little as it takes to leave a gap between neighbours."""
    order = np.argsort(places)
    moved = np.array(places, dtype=float)[order]
    for _ in range(1000):
        moved[0], moved[-1] = max(moved[0], least), min(moved[-1], most)
        near = np.flatnonzero(np.diff(moved) < gap - 1e-6)
        if not near.size:
            break
        for i in near:
            middle = 0.5 * (moved[i] + moved[i + 1])
            moved[i], moved[i + 1] = middle - gap / 2, middle + gap / 2
    result = np.empty_like(moved)
    result[order] = moved
    return list(result)


def draw_curves(axes: Axes, curves: list[dict], quantity: str, letter: str) -> None:
    """Curves on logarithmic axes, each named at its end with its exponent."""
    ends = []
    for curve, colour in zip(curves, COLOURS):
        known = [(point["x"], point[quantity]) for point in curve["points"] if point.get(quantity, 0) > 0]
        known.sort()
        x, y = np.array(known).T
        axes.plot(x, y, "o-", color=colour, markersize=2.6)
        slope = curve["fits"].get(quantity)
        exponent = f"${letter}^{{{slope['exponent']:.2f}}}$" if slope else ""
        ends.append((x[-1], y[-1], colour, f"{curve['title']}\n{exponent}"))
    axes.set_xscale("log")
    axes.set_yscale("log")
    for along in axes.xaxis, axes.yaxis:
        along.set_major_locator(LogLocator(numticks=20))
        along.set_minor_locator(NullLocator())
    name_ends(axes, ends)


def name_ends(axes: Axes, ends: list[tuple[float, float, str, str]]) -> None:
    """Names to the right of the axes, as near to the ends of the curves as their number allows, with lines to them."""
    to_parts = axes.transScale + axes.transLimits
    parts = [to_parts.transform((x, y)) for x, y, _, _ in ends]
    for (_, _, colour, text), (x, y), place in zip(ends, parts, spread([y for _, y in parts], 0.15, 0.05, 0.95)):
        axes.annotate(
            text, (x, y), (1.1, place), xycoords="axes fraction", color=colour, va="center", annotation_clip=False,
            fontsize=6.5, linespacing=1.05,
            arrowprops={
                "arrowstyle": "-", "color": colour, "linewidth": 0.4, "alpha": 0.7, "shrinkA": 0, "shrinkB": 3,
                "relpos": (0, 0.5),
            },
        )  # fmt: skip


def draw_threads(axes: Axes, curves: list[dict]) -> None:
    """How much sooner each is done, and what it takes in all."""
    ends = []
    for curve, colour in zip(curves, COLOURS):
        x = [point["x"] for point in curve["points"]]
        first = curve["points"][0]
        speeds = [first["wall"] / point["wall"] for point in curve["points"]]
        axes.plot(x, speeds, "o-", color=colour, markersize=2.6)
        more = curve["points"][-1]["seconds"] / first["seconds"] - 1
        percent = f"{100 * more:+.0f} %".replace("-", "−")
        text = f"{curve['title']}\n× {speeds[-1]:.2f}, CPU {percent}"
        ends.append((x[-1], speeds[-1], colour, text))
    most = max(point["x"] for curve in curves for point in curve["points"])
    axes.plot([1, most], [1, most], color=style.GREY, linewidth=0.6, linestyle=":")
    axes.xaxis.set_major_locator(FixedLocator(range(1, int(most) + 1)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_ylim(min(0.5, *(end[1] for end in ends)), most + 0.1)
    name_ends(axes, ends)


def draw(results: dict[str, list[dict]], path: Path) -> None:
    """The figure of all curves."""
    style.apply()
    figure: Figure = style.new_figure(style.PAGE, 7.6)
    for number, (axis, names, title, quantity, label, letter) in enumerate(PANELS):
        axes = figure.add_subplot(3, 2, number + 1)
        curves = [curve for curve in results.get(axis, []) if curve["curve"].startswith(names)]
        axes.set_title(title, loc="left")
        axes.set_xlabel(X_LABELS[axis])
        axes.set_ylabel(label)
        if quantity == "speed":
            if curves:
                draw_threads(axes, curves)
        else:
            curves = [curve for curve in curves if any(point.get(quantity, 0) > 0 for point in curve["points"])]
            if curves:
                draw_curves(axes, curves, quantity, letter)
    style.save(figure, path, path.suffix[1:], "Time over unknowns, time steps, points and threads")


def table(results: dict[str, list[dict]]) -> str:
    """The exponents, a line each."""
    lines = []
    for axis, curves in results.items():
        for curve in curves:
            for quantity, found in curve["fits"].items():
                lines.append(
                    f"{axis:9} {curve['title']:55} {quantity:8} {found['exponent']:6.2f}   "
                    f"x from {found['from']:.3g} to {found['to']:.3g}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workload", help="the program `workload`; without it the curves are those of the JSON")
    parser.add_argument("--json", required=True, type=Path, help="where the curves and their exponents are kept")
    parser.add_argument("--figure", type=Path, help="the figure, .png, .svg or .pdf")
    parser.add_argument("--flags", default="", help="what the program was built with")
    parser.add_argument("axes", nargs="*", help=f"of {', '.join(AXES)}; all when absent, those kept stay")
    options = parser.parse_args()
    if unknown := set(options.axes) - set(AXES):
        parser.error(f"no axis {', '.join(sorted(unknown))}; there are {', '.join(AXES)}")

    kept = json.loads(options.json.read_text()) if options.json.exists() else {"axes": {}, "machines": {}}
    results: dict[str, list[dict]] = kept["axes"]
    if options.workload:
        for axis in options.axes or AXES:
            results[axis] = measure(options.workload, axis)
            kept["machines"][axis] = machine.describe(options.flags)
    elif not results:
        parser.error(f"{options.json} does not exist, and there is no --workload to measure with")
    for curves in results.values():
        for curve in curves:
            fits = {quantity: fit(curve["points"], quantity) for quantity in ("seconds", "error")}
            curve["fits"] = {quantity: found for quantity, found in fits.items() if found}
    options.json.parent.mkdir(parents=True, exist_ok=True)
    kept["axes"] = {axis: results[axis] for axis in AXES if axis in results}
    options.json.write_text(json.dumps(kept, indent=1) + "\n")
    print(table(results))
    if options.figure:
        draw(results, options.figure)


if __name__ == "__main__":
    main()
