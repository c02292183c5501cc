"""Read what the figures need from results.h5 (docs/results-format.md). Everything stays in SI here."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import yaml

FORMAT_MAJOR = 1
FILE_NAME = "results.h5"


class ResultsError(Exception):
    """A run that cannot be drawn; the message is one sentence for the user."""


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
        return [ProtocolStep(time[a], time[b - 1], current[b - 1], slice(a, b)) for a, b in zip(starts, stops)]

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


def _text(file: h5py.File, name: str) -> str:
    """A text of /provenance; empty when it is absent."""
    dataset = file.get(f"provenance/{name}")
    return dataset.asstr()[()] if dataset is not None else ""


def _title(case_resolved: str) -> str:
    try:
        case = yaml.safe_load(case_resolved)
    except yaml.YAMLError:
        return ""
    return str(case.get("title") or "") if isinstance(case, dict) else ""


def _shared_rows(group: h5py.Group, names: Iterable[str]) -> int:
    """The rows that all of the datasets have: a kill may come between two of them."""
    return min(group[name].shape[0] for name in names)


LAYER_SERIES = ("concentration_surface", "concentration_collector", "concentration_mean", "utilisation", "thickness", "charge")


def _series(group: h5py.Group) -> dict[str, np.ndarray]:
    """The rows that all columns have."""
    rows = _shared_rows(group, group)
    return {name: column[:rows] for name, column in group.items()}


def _read_layer(file: h5py.File, **common: Any) -> LayerRun:
    frames = len(common["frame_time"])
    for name in LAYER_SERIES:
        if name not in common["series"]:
            raise KeyError(f"series/{name}")
    if len(common["series"]["time"]) == 0:
        raise ResultsError(f"{common['path']} holds no time step in /series (status {common['status']})")
    return LayerRun(
        **common,
        position=file["profiles/position"][:frames],
        concentration=file["profiles/concentration"][:frames],
        summary={name: float(dataset[()]) for name, dataset in file.get("summary", {}).items()},
    )


def _read_lattice(group: h5py.Group, **common: Any) -> LatticeRun:
    """What is drawn: the last frame, and all frames on the axis."""
    count = len(common["frame_time"])
    x, y = group["x"], group["y"]
    moves = x.ndim == 3
    place = np.stack([x[0], y[0]] if moves else [x[:], y[:]], axis=-1)
    axis = int(np.abs(place[0, :, 0]).argmin())

    quantities = {}
    for name, field in group.items():
        if name in ("x", "y") or field.ndim < 3:
            continue
        units, long_name = field.attrs["units"], field.attrs["long_name"]
        last, on_axis = field[count - 1], field[:count, :, axis]
        quantities[name] = Quantity(name, units, long_name, field.ndim == 4, last, on_axis)

    if moves:
        deformed = np.stack([x[count - 1], y[count - 1]], axis=-1)
        height = y[:count, :, axis]
    else:
        # A mesh at rest is that of the undeformed body.
        moved = quantities.get("displacement")
        deformed = place + (moved.last if moved else 0)
        height = place[:, axis, 1] + (moved.on_axis[:, :, 1] if moved else np.zeros((count, 1)))
    return LatticeRun(
        **common,
        is_axisymmetric=group.attrs["geometry"] == "axisymmetric",
        undeformed=place,
        deformed=deformed,
        depth=height[:, -1:] - height,
        quantities=quantities,
    )


def _read(file: h5py.File, path: Path) -> Run:
    filetype = file.attrs.get("filetype")
    if filetype not in ("mesolith-results", b"mesolith-results"):
        raise ResultsError(f"{path} is an HDF5 file but not one of Mesolith's results")
    major, minor = (int(part) for part in file.attrs["format_version"])
    if major != FORMAT_MAJOR:
        raise ResultsError(f"{path} has format {major}.{minor}; this version of scripts/plot reads {FORMAT_MAJOR}.x")
    is_layer = "profiles" in file
    if not is_layer and "fields" not in file:
        raise ResultsError(f"{path} holds no tables of fields (model {file.attrs['model']}), so nothing is drawn")
    group = file["profiles" if is_layer else "fields"]
    growing = ("time", "position", "concentration") if is_layer else [n for n in group if group[n].maxshape[0] is None]
    count = _shared_rows(group, growing)
    if count < 2:
        held = "one frame" if count == 1 else "no frame"
        raise ResultsError(f"{path} holds {held} (status {file.attrs['status']}); at least two are needed")
    common = {
        "path": path,
        "name": path.resolve().parent.name if path.name == FILE_NAME else path.stem,
        "case_name": Path(_text(file, "case_path")).stem,
        "title": _title(_text(file, "case_resolved")),
        "status": str(file.attrs["status"]),
        "frame_time": group["time"][:count],
        "series": _series(file["series"]),
    }
    return _read_layer(file, **common) if is_layer else _read_lattice(group, **common)


def read_run(path: Path) -> Run:
    """Read a run directory or a results file. Throws `ResultsError`."""
    if path.is_dir():
        path = path / FILE_NAME
    if not path.is_file():
        raise ResultsError(f"{path} does not exist")
    try:
        # Without locking, a run can be looked at while it is written.
        with h5py.File(path, "r", locking=False) as file:
            return _read(file, path)
    except (OSError, RuntimeError) as error:
        raise ResultsError(f"{path} cannot be read as HDF5 ({error})") from error
    except (KeyError, ValueError, TypeError) as error:
        raise ResultsError(f"{path} does not follow the results format ({error})") from error
