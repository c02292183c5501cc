"""Runs as the figures see them. Everything is in SI here."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class ProtocolStep:
    """One step of the protocol, as far as the run got in it."""

    start: float
    """Time, s."""
    end: float
    """Time, s."""
    current_density: float
    """A m-2, positive when plating."""
    rows: slice
    """Its rows of the series."""
    is_ramp: bool
    """Whether its current rises from level to level."""


@dataclass(frozen=True)
class Level:
    """One level of a ramp, as far as the run got in it."""

    current_density: float
    """Its size, A m-2."""
    rows: slice
    """Its rows of the series."""


def _rises(current: np.ndarray) -> bool:
    """Whether a step has levels of more than one size, rests apart."""
    return np.unique(np.abs(current[current != 0])).size > 1


@dataclass(frozen=True)
class Run:
    """What every run has."""

    path: Path
    """The file."""
    name: str
    """The run directory's name, or that of the file where it is not called results.h5."""
    case_name: str
    """Name of the case file, without folder and ending."""
    title: str
    """Title of the case, for the metadata of the figures; empty when it has none."""
    status: str
    """`running` (also after a kill), `finished`, `interrupted` or `failed`."""
    frame_time: np.ndarray
    """Times of the frames, s."""
    series: dict[str, np.ndarray]
    """Quantities over the accepted time steps, `time` included."""

    @property
    def protocol(self) -> list[ProtocolStep]:
        """The steps of the protocol that the run reached, in order."""
        index, time, current = (self.series[name] for name in ("protocol_step", "time", "current_density"))
        starts = np.flatnonzero(np.diff(index, prepend=index[0] - 1))
        stops = np.append(starts[1:], len(index))
        return [
            ProtocolStep(time[a], time[b - 1], current[b - 1], slice(a, b), _rises(current[a:b]))
            for a, b in zip(starts, stops)
        ]

    @property
    def lasting_steps(self) -> list[ProtocolStep]:
        """The steps that took time: not those that were at their end when they began. All where none did."""
        steps = self.protocol
        return [step for step in steps if step.end > step.start] or steps

    @property
    def deforms(self) -> bool:
        """Whether the layer swells or thins."""
        thickness = self.series.get("thickness", np.zeros(1))
        return bool(np.ptp(thickness) > 1e-9 * thickness[0])

    def frames_near(self, times: np.ndarray) -> np.ndarray:
        """Indices of the frames closest to the times, each frame once."""
        return np.unique(np.abs(self.frame_time[:, None] - times).argmin(axis=0))


@dataclass(frozen=True)
class LayerRun(Run):
    """A run in one dimension. Arrays of frames are (frames, nodes), node 0 at the electrolyte."""

    position: np.ndarray
    """Distance of the nodes from the electrolyte, m."""
    concentration: np.ndarray
    """Lithium concentration at the nodes, mol m-3."""
    summary: dict[str, float]
    """Results of the run; empty when it did not get to its end."""


@dataclass(frozen=True)
class CellRun(Run):
    """A run of the model flux-balance. Arrays of frames are (frames, nodes), node 0 at the electrolyte."""

    position: np.ndarray
    """Distance of the nodes from the electrolyte, m."""
    concentration: np.ndarray
    """Lithium concentration at the nodes, mol m-3."""
    occupancy: np.ndarray
    """Lithium on the sites of the lattice, 1; of Li-Mg, its mole fraction."""
    is_alloy: bool
    """Whether the electrode is Li-Mg."""
    summary: dict[str, float]
    """Results of the run; empty when it did not get to its end."""

    @property
    def has_counter(self) -> bool:
        """Whether the cell is symmetric."""
        return "counter_contact_fraction" in self.series

    @property
    def is_resolved(self) -> bool:
        """Whether there are profiles through the thickness, at more than one time."""
        return self.position.shape[0] > 1 and self.position.shape[1] > 2

    @property
    def levels(self) -> list[Level]:
        """The levels of the ramps, without the rests between them."""
        levels = []
        for step in self.protocol:
            if not step.is_ramp:
                continue
            size = np.abs(self.series["current_density"][step.rows])
            starts = np.flatnonzero(np.diff(size, prepend=-1))
            stops = np.append(starts[1:], len(size))
            begin = step.rows.start
            levels += [Level(size[a], slice(begin + a, begin + b)) for a, b in zip(starts, stops) if size[a] > 0]
        return levels


@dataclass(frozen=True)
class VoidRun(Run):
    """A run of the model void-closure. Arrays of frames are (frames, nodes), node 0 at the void."""

    position: np.ndarray
    """Distance of the nodes from the centre of the void, m."""
    stress: dict[str, np.ndarray]
    """`von_mises`, `radial_stress` and `hoop_stress` at the nodes, Pa, tension positive."""
    summary: dict[str, float]
    """Results of the run; empty when it did not get to its end."""

    @property
    def has_neighbours(self) -> bool:
        """Whether the metal ends at an outer radius."""
        return "void_fraction" in self.series


@dataclass(frozen=True)
class Quantity:
    """A field of a run in the plane. Vectors have their two components along one more axis, the last."""

    name: str
    units: str
    """SI unit as UDUNITS text."""
    long_name: str
    is_vector: bool
    last: np.ndarray
    """At the last frame, (rows, columns)."""
    on_axis: np.ndarray
    """Where x is 0, (frames, rows)."""


@dataclass(frozen=True)
class LatticeRun(Run):
    """A run in the plane: rows of nodes, from the collector up to the electrolyte, with columns from left to right."""

    is_axisymmetric: bool
    """Whether x is the radius of a body of revolution."""
    undeformed: np.ndarray
    """Positions of the nodes at the start, (rows, columns, 2), m."""
    deformed: np.ndarray
    """Positions of the nodes at the last frame, (rows, columns, 2), m."""
    depth: np.ndarray
    """Distance from the electrolyte where x is 0, (frames, rows), m."""
    quantities: dict[str, Quantity]
    """The fields, in the order of their names."""
