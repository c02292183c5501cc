"""Figures 4a and 4b of Wang et al., Adv. Mater. 2024, doi 10.1002/adma.202410948, drawn from runs of their cases."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import style
from .figures import draw_profiles
from .runs import LayerRun
from .style import CONCENTRATION_LABEL, MA_PER_CM2, MMOL_PER_CM3, POSITION_LABEL, UM

SATURATION = 69.6
"""Concentration at which lithium would plate as a phase of its own, mmol/cm3."""
TOP = 75
"""Upper end of the concentration axis in the paper, mmol/cm3."""
CURRENTS_4B = (0.1, 0.5, 1.0)
"""mA/cm2."""


def is_fig4a(run: LayerRun) -> bool:
    """Whether the run is one of the case of Fig. 4a."""
    return run.case_name.startswith("wang2024-fig4a")


def _current(run: LayerRun) -> float:
    """Current density of the first step, mA/cm2."""
    return run.protocol[0].current_density * MA_PER_CM2


def is_fig4b(runs: Sequence[LayerRun]) -> bool:
    """Whether the runs are the three currents of Fig. 4b, each run to saturation."""
    return (
        len(runs) == len(CURRENTS_4B)
        and all(run.case_name.startswith("wang2024-fig4") and "time_to_saturation" in run.summary for run in runs)
        and np.allclose(sorted(map(_current, runs)), CURRENTS_4B, rtol=1e-6)
    )


def _draw_saturation(axes: Axes) -> None:
    """The line that the surface concentration ends at, and the paper's upper end of the axis."""
    axes.axhline(SATURATION, color=style.GREY, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
    axes.set_yticks(range(0, 71, 10))
    axes.set_ylim(top=TOP)


def fig4a(run: LayerRun) -> Figure:
    """Lithium over the depth at equally spaced times up to saturation of the surface."""
    figure = style.new_figure(style.COLUMN, 2.8)
    axes = figure.subplots()
    axes.set_title("electrolyte", loc="left", color=style.GREY, fontsize=7)
    axes.set_title("collector", loc="right", color=style.GREY, fontsize=7)
    draw_profiles(axes, run, TOP)
    _draw_saturation(axes)
    axes.set(ylabel=CONCENTRATION_LABEL, xlabel="Depth (µm)")

    words = [f"surface saturates at {SATURATION} mmol/cm³"]
    if "time_to_saturation" in run.summary:
        words = [f"{SATURATION} mmol/cm³ at $t_\\mathrm{{sat}}$ = {run.summary['time_to_saturation']:.1f} s"]
    if "utilisation" in run.summary:
        words.append(f"utilisation {run.summary['utilisation'] * 100:.1f} %")
    # Right of the middle the profiles stay well below the line.
    axes.annotate(
        "\n".join(words), (1, SATURATION), xycoords=("axes fraction", "data"), xytext=(-2, -4),
        textcoords="offset points", ha="right", va="top", fontsize=7,
    )  # fmt: skip
    return figure


def fig4b(runs: Sequence[LayerRun]) -> Figure:
    """Profiles at the saturation of the surface for the three currents, and how full the layer is by then."""
    figure = style.new_figure(style.PAGE, 2.7)
    left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
    for place, run in enumerate(sorted(runs, key=_current)):
        color = style.CATEGORIES[place]
        position, concentration = run.position[-1] * UM, run.concentration[-1] * MMOL_PER_CM3
        left.plot(position, concentration, color=color, clip_on=False)
        left.annotate(
            f"{style.number(_current(run))} mA/cm²", (position[-1], concentration[-1]), xytext=(-2, -5),
            textcoords="offset points", ha="right", va="top", color=color, fontsize=7,
        )  # fmt: skip

        used = run.summary["utilisation"] * 100
        right.bar(place, used, width=0.6, color=color)
        right.annotate(
            f"{used:.1f} %\n{run.summary['time_to_saturation']:.0f} s", (place, used), xytext=(0, 2),
            textcoords="offset points", ha="center", va="bottom", fontsize=7,
        )  # fmt: skip

    _draw_saturation(left)
    left.set_ylim(bottom=0)
    left.annotate(
        f"{SATURATION} mmol/cm³", (1, SATURATION), xycoords=("axes fraction", "data"), xytext=(-2, 2),
        textcoords="offset points", ha="right", va="bottom", color=style.GREY, fontsize=7,
    )  # fmt: skip
    left.set(xlabel=POSITION_LABEL, ylabel=CONCENTRATION_LABEL, title="Profiles when the surface saturates")
    left.set_xlim(0, max(run.position[-1, -1] for run in runs) * UM)
    right.set(xlabel="Current density (mA/cm²)", ylabel="Utilisation (%)", title="Utilisation and time until then")
    right.set_xticks(range(len(runs)), [style.number(current) for current in CURRENTS_4B])
    right.set(ylim=(0, 115), yticks=range(0, 101, 20))
    return figure
