"""The figures of a cell: contact, pressure and fluxes, voltage and resistance, and what a ramp of currents did."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from . import style
from .figures import draw_field, shade_protocol
from .runs import CellRun
from .style import CONCENTRATION_LABEL, MA_PER_CM2, MMOL_PER_CM3, UM

FARADAY = 96485.33212
"""C/mol."""
MPA = 1e-6
"""Pa to MPa."""
OHM_CM2 = 1e4
"""ohm m2 to ohm cm2."""
FLUXES = (
    ("migration", "migration", "black"),
    ("diffusion", "lattice", style.BLUE),
    ("creep", "creep", style.GREEN),
    ("void", "voids", style.VERMILION),
    ("growth", "growth", style.ORANGE),
)
"""The parts of the flux, in the order of their balance."""
WIDTH = 4.6
"""Width of the figures over time, with the legends beside the panels, inch."""
WORKING, COUNTER = style.VERMILION, style.BLUE
SOLID, DASHED = "-", (0, (4, 2))
FAINT = 1e-9
"""A part of the largest below which a series counts as zero."""


class Timeline:
    """The series of a run over a time axis, the steps that took no time left out."""

    def __init__(self, run: CellRun) -> None:
        self.run = run
        self._rows = np.r_[tuple(step.rows for step in run.lasting_steps)]
        last = run.series["time"][self._rows][-1]
        self.unit = style.time_unit(last)
        self.end = last / self.unit.seconds
        self.time = self["time"] / self.unit.seconds

    def __getitem__(self, name: str) -> np.ndarray:
        return self.run.series[name][self._rows]

    def panels(self, heights: Sequence[float]) -> tuple[Figure, list[Axes]]:
        """Axes above each other."""
        figure = style.new_figure(WIDTH, 1.05 * sum(heights) + 0.5)
        axes = figure.subplots(len(heights), sharex=True, squeeze=False, gridspec_kw={"height_ratios": heights})
        return figure, list(axes[:, 0])

    def draw(self, axes: Axes, name: str, factor: float, color: str, label: str = "", dashed: bool = False) -> None:
        """A line."""
        line = DASHED if dashed else SOLID
        axes.plot(self.time, self[name] * factor, color=color, label=label, linestyle=line, linewidth=1)

    def finish(self, figure: Figure, panels: Sequence[Axes]) -> Figure:
        """The time axis, the steps of the protocol, a legend beside each panel of more than one line."""
        panels[-1].set(xlabel=self.unit.label, xlim=(0, self.end))
        figure.align_ylabels(panels)
        for axes in panels:
            if len(axes.get_lines()) > 1:
                axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), borderaxespad=0)
            axes.yaxis.set_major_locator(MaxNLocator(4, steps=(1, 2, 2.5, 5, 10)))
        shade_protocol(panels, self.run, self.unit.seconds)
        return figure


def _electrodes(run: CellRun) -> list[tuple[str, str, str]]:
    """Prefix of the series, name and colour of each electrode."""
    if not run.has_counter:
        return [("", "", "black")]
    return [("", "stripped first", WORKING), ("counter_", "counter", COUNTER)]


def contact(run: CellRun) -> Figure:
    """Contact, local current, pressure, settling and the balance of the fluxes over time, as far as there is any."""
    line = Timeline(run)
    draws: list[tuple[float, Callable[[Axes, Timeline], None]]] = [
        (1, _draw_surface if run.is_alloy else _draw_contact),
        (1, _draw_pressure),
    ]
    if line["settling"].max() > 0:
        draws.append((1, _draw_settling))
    if np.abs(line["current_density"]).max() > 0:
        draws.insert(1, (1, _draw_current))
        draws.append((1.6, _draw_fluxes))
    figure, panels = line.panels([height for height, _ in draws])
    for axes, (_, draw_panel) in zip(panels, draws):
        draw_panel(axes, line)
    return line.finish(figure, panels)


def _draw_contact(axes: Axes, line: Timeline) -> None:
    for prefix, label, color in _electrodes(line.run):
        line.draw(axes, f"{prefix}contact_fraction", 1, color, label)
    axes.set_ylabel("Contact\nfraction")
    axes.set_ylim(0, 1.05)


def _draw_surface(axes: Axes, line: Timeline) -> None:
    """Of Li-Mg, which keeps its contact, the lithium that it may run out of."""
    for prefix, label, color in _electrodes(line.run):
        line.draw(axes, f"{prefix}surface_concentration", MMOL_PER_CM3, color, label)
    axes.set_ylabel("Li at electrolyte\n(mmol/cm³)")
    axes.set_ylim(bottom=0)


def _draw_current(axes: Axes, line: Timeline) -> None:
    mean, local = np.abs(line["current_density"]), []
    for prefix, label, color in _electrodes(line.run):
        local.append(np.abs(line[f"{prefix}local_current_density"]))
        if np.any(local[-1] > mean):
            label = f"local, {label}" if label else "local, i/χ"
            axes.plot(line.time, local[-1] * MA_PER_CM2, color=color, linewidth=1, label=label)
    label = "mean, i" if axes.get_lines() else ""
    axes.plot(line.time, mean * MA_PER_CM2, color=style.GREY if label else "black", linewidth=1, label=label)
    axes.set_ylabel("Current density\n(mA/cm²)")
    axes.set_ylim(bottom=0)


def _draw_pressure(axes: Axes, line: Timeline) -> None:
    line.draw(axes, "pressure", MPA, "black")
    axes.set_ylabel("Pressure\n(MPa)")
    _scale_pressure(axes, line["pressure"] * MPA)


def _draw_settling(axes: Axes, line: Timeline) -> None:
    """What the stack has lost; beside it, of a cell with voids, how they closed."""
    for prefix, label, color in _electrodes(line.run):
        line.draw(axes, f"{prefix}settling", UM, color, label, dashed=prefix != "")
    axes.set_ylabel("Settling\n(µm)")
    axes.set_ylim(bottom=0)


def _draw_fluxes(axes: Axes, line: Timeline) -> None:
    fluxes = {name: line[f"flux_{name}"] * FARADAY * MA_PER_CM2 for name, _, _ in FLUXES}
    largest = max(np.abs(values).max() for values in fluxes.values())
    for name, label, color in FLUXES:
        first = name == "migration"
        if first or np.abs(fluxes[name]).max() > FAINT * largest:
            axes.plot(
                line.time, fluxes[name], color=color, label=label, linewidth=1, linestyle=DASHED if first else SOLID,
                zorder=3 if first else 2,
            )  # fmt: skip
    # A hold may close voids a hundred times faster than any current opens them.
    top = 1.25 * np.abs(fluxes["migration"]).max()
    low, high = axes.get_ylim()
    axes.set_ylim(max(low, -top), min(high, top))
    axes.set_ylabel("Flux of lithium\n(mA/cm²)")


def _scale_pressure(axes: Axes, pressure: np.ndarray) -> None:
    """The range of the pressure; a constant one is not drawn as its round-off."""
    low, high = float(pressure.min()), float(pressure.max())
    if high - low < 1e-3 * max(high, 1e-9):
        axes.set_ylim(0, 1.4 * high or 1)


def voltage(run: CellRun) -> Figure:
    """Voltage, resistance of the interface and thickness over time."""
    line = Timeline(run)
    figure, panels = line.panels([1.3, 1.3, 1])
    shown = style.Unit("V", 1) if np.abs(line["voltage"]).max() > 1 else style.Unit("mV", 1e3)
    line.draw(panels[0], "voltage", shown.factor, "black")
    panels[0].set_ylabel(f"Cell voltage\n({shown.symbol})")

    for prefix, label, color in _electrodes(run):
        for kind in ("contact", "constriction"):
            if np.abs(line[f"{prefix}{kind}_resistance"]).max() > 0:
                words = f"{kind}, {label}" if label else kind
                line.draw(panels[1], f"{prefix}{kind}_resistance", OHM_CM2, color, words, kind == "constriction")
    panels[1].set_ylabel("Resistance of\ninterface (Ω cm²)")
    panels[1].set_ylim(bottom=0)

    for prefix, label, color in _electrodes(run):
        line.draw(panels[2], f"{prefix}thickness", UM, color, label, dashed=prefix != "")
    panels[2].set_ylabel("Thickness\n(µm)")
    return line.finish(figure, panels)


def ramp(run: CellRun) -> Figure:
    """The least contact and the largest local current of each level, over its current density."""
    levels = run.levels
    density = np.array([level.current_density for level in levels]) * MA_PER_CM2
    figure = style.new_figure(style.COLUMN, 3.2)
    panels = figure.subplots(2, sharex=True)
    marker = "." if len(levels) <= 40 else ""
    prefixes = ("", "counter_") if run.has_counter else ("",)

    def extreme(name: str, pick: str) -> np.ndarray:
        found = [getattr(np, pick)([np.abs(run.series[p + name][level.rows]) for p in prefixes]) for level in levels]
        return np.array(found)

    if run.is_alloy:
        lowest = extreme("surface_concentration", "min") * MMOL_PER_CM3
        panels[0].plot(density, lowest, color="black", marker=marker)
        panels[0].set_ylabel("Least Li at\nelectrolyte (mmol/cm³)")
        panels[0].set_ylim(bottom=0)
    else:
        panels[0].plot(density, extreme("contact_fraction", "min"), color="black", marker=marker)
        panels[0].set_ylabel("Least contact\nfraction")
        panels[0].set_ylim(0, 1.05)
    local = extreme("local_current_density", "max") * MA_PER_CM2
    panels[1].plot(density, local, color=style.VERMILION, marker=marker)
    panels[1].set_ylabel("Largest local current\ndensity (mA/cm²)")
    panels[1].set_ylim(0, 1.1 * local.max())
    panels[1].set(xlabel="Current density of the level (mA/cm²)", xlim=(0, 1.06 * density[-1]))
    failed = run.summary.get("critical_current_density")
    if failed is not None:
        place = failed * MA_PER_CM2
        for axes in panels:
            axes.axvline(place, color=style.GREY, linewidth=0.8, linestyle=DASHED, zorder=0)
        panels[1].annotate(
            f"fails at {style.number(place)} mA/cm²", (place, 0), xycoords=("data", "axes fraction"), xytext=(-4, 4),
            textcoords="offset points", ha="right", va="bottom", color=style.GREY, fontsize=7,
        )  # fmt: skip
    figure.align_ylabels(panels)
    return figure


def profiles(run: CellRun) -> Figure:
    """What the lattice lacks or, of Li-Mg, its lithium over the distance from the electrolyte."""
    figure = style.new_figure(style.COLUMN, 2.5)
    if run.is_alloy:
        draw_field(figure.subplots(), run, run.concentration * MMOL_PER_CM3, CONCENTRATION_LABEL)
    else:
        draw_field(figure.subplots(), run, 100 * (1 - run.occupancy), "Sites without lithium (%)")
    return figure


def draw(run: CellRun) -> dict[str, Figure]:
    """The figures of a run."""
    drawn = {"contact": contact(run), "voltage": voltage(run)}
    if len(run.levels) > 1:
        drawn["ramp"] = ramp(run)
    if run.is_resolved:
        drawn["profiles"] = profiles(run)
    return drawn


def compare(runs: Sequence[CellRun], labels: Sequence[str]) -> Figure:
    """Contact, pressure and voltage of several runs over time."""
    unit = style.time_unit(max(run.series["time"][-1] for run in runs))
    figure = style.new_figure(style.COLUMN, 3.9)
    panels = figure.subplots(3, sharex=True)
    if len(runs) <= len(style.CATEGORIES):
        palette = style.CATEGORIES[: len(runs)]
    else:
        palette = [style.SEQUENTIAL(part) for part in np.linspace(0, 1, len(runs))]
    shown = (
        ("contact_fraction", 1.0, "Contact\nfraction"),
        ("pressure", MPA, "Pressure\n(MPa)"),
        ("voltage", 1.0, "Cell voltage\n(V)"),
    )
    for axes, (name, factor, words) in zip(panels, shown):
        for run, label, color in zip(runs, labels, palette):
            time = run.series["time"] / unit.seconds
            axes.plot(time, run.series[name] * factor, color=color, label=label, linewidth=1)
        axes.set_ylabel(words)
    panels[0].set_ylim(0, 1.05)
    panels[-1].set(xlabel=unit.label)
    panels[-1].set_xlim(left=0)
    figure.align_ylabels(panels)
    figure.legend(handles=panels[0].get_lines(), loc="outside lower center", ncols=min(len(runs), 3))
    return figure
