"""Draws work against precision: plot.py FOLDER FIGURE.png, from compare-PROBLEM.json, with what scripts/plot needs.

A panel a problem, CPU time of one thread against the error, a curve a code through the settings that no other setting
of it beats in both; the others are left out, as is the first version for numba, which is slower than the plain one
everywhere.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts/python"))

import matplotlib
from matplotlib.ticker import LogLocator
from mesolith_plot import style

from codes import OURS
from problems import front

PANELS = {
    "fig4a": ("Fig. 4a, a single run", "Error of the time to saturation"),
    "map": ("Map of utilisation, 64 × 64 points", "Largest error of the utilisation"),
    "square": ("Uneven flux, 512 × 512 cells", "Largest error of the concentration"),
    "plate": ("Stress and diffusion, 32² to 128² cells", "Largest error of x and the stress"),
}
COLOURS = {
    OURS: "black", "PyBaMM": style.VERMILION, "SciPy": style.BLUE, "scikit-fem": style.GREEN, "NGSolve": style.ORANGE,
    "FEniCSx": style.PURPLE, "FiPy": style.SKY, "numba, plain": style.GREY, "numba, special": style.GREY,
}
LABELS = {"SciPy": {"square": "SciPy (cosines)"}, "FiPy": {"map": "FiPy (scaled)"}}
# Of names beside a panel, in parts of its height.
LINE = 0.066


def points(runs, code):
    """The front of a code: errors and CPU times in s."""
    return front([
        (run["error"], run["cpu"]) for run in runs
        if run["code"] == code and run["threads"] == 1 and run["group"] != "li-mg"])


def draw(axes, runs, problem):
    """The curves of a problem; their names stand to the right of the panel."""
    title, label = PANELS[problem]
    axes.set(xscale="log", yscale="log", title=title, xlabel=label)
    ends = {}
    for code, colour in COLOURS.items():
        found = points(runs, code)
        if not found:
            continue
        ours = code == OURS
        axes.plot(
            [point[0] for point in found], [point[1] for point in found], color=colour, marker="o",
            markersize=4.5 if ours else 3, linewidth=2 if ours else 1, zorder=3 if ours else 2,
            linestyle="--" if code == "numba, special" else "-")
        ends[code] = found[-1]
    axes.invert_xaxis()
    axes.minorticks_off()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(numticks=9))
    axes.grid(which="major", color="0.92", linewidth=0.6)
    axes.set_axisbelow(True)
    name(axes, problem, ends)


def name(axes, problem, ends):
    """Names at the height of the last points, moved apart where they would touch, with a thin line to the point."""
    to_parts = axes.transData + axes.transAxes.inverted()
    places = sorted([to_parts.transform(end)[1], code] for code, end in ends.items())
    for _ in range(200):
        for lower, upper in zip(places, places[1:]):
            lack = LINE - (upper[0] - lower[0])
            if lack > 0:
                lower[0] -= lack / 2
                upper[0] += lack / 2
    for height, code in places:
        axes.annotate(
            LABELS.get(code, {}).get(problem, code), ends[code], xycoords="data", xytext=(1.04, height),
            textcoords="axes fraction", color=COLOURS[code], fontsize=7, va="center", annotation_clip=False,
            fontweight="bold" if code == OURS else "normal",
            arrowprops={"arrowstyle": "-", "color": COLOURS[code], "linewidth": 0.4, "alpha": 0.5, "shrinkA": 0,
                        "shrinkB": 3, "relpos": (0, 0.5)})


def main(source, target):
    files = {problem: Path(source) / f"compare-{problem}.json" for problem in PANELS}
    found = {problem: json.loads(file.read_text(encoding="utf-8"))["runs"]
             for problem, file in files.items() if file.exists()}
    style.apply()
    rows = (len(found) + 1) // 2
    # The space right of a panel is for the names, of which the automatic layout knows nothing.
    matplotlib.rcParams["figure.constrained_layout.use"] = False
    figure = style.new_figure(style.PAGE, 2.7 * rows)
    panels = figure.subplots(rows, 2, squeeze=False)
    figure.subplots_adjust(
        left=0.075, right=0.86, bottom=0.085 * 2 / rows, top=1 - 0.045 * 2 / rows, wspace=0.56, hspace=0.36)
    for axes, (problem, runs) in zip(panels.flat, found.items()):
        draw(axes, runs, problem)
    for axes in panels.flat[len(found):]:
        axes.remove()
    for row in panels:
        row[0].set_ylabel("CPU time (s)")
    style.save(figure, Path(target), "png", "Work against precision")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
