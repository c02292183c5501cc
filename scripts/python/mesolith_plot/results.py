"""Read what the figures need from results.h5 (docs/results-format.md). Everything stays in SI here."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import yaml

from .runs import CellRun, LatticeRun, LayerRun, Quantity, Run, VoidRun

FORMAT_MAJOR = 1
FILE_NAME = "results.h5"


class ResultsError(Exception):
    """A run that cannot be drawn; the message is one sentence for the user."""


def _text(file: h5py.File, name: str) -> str:
    """A text of /provenance; empty when it is absent."""
    dataset = file.get(f"provenance/{name}")
    return dataset.asstr()[()] if dataset is not None else ""


def _case(file: h5py.File) -> dict[str, Any]:
    """The resolved case; empty where it cannot be read."""
    try:
        case = yaml.safe_load(_text(file, "case_resolved"))
    except yaml.YAMLError:
        return {}
    return case if isinstance(case, dict) else {}


def _shared_rows(group: h5py.Group, names: Iterable[str]) -> int:
    """The rows that all of the datasets have: a kill may come between two of them."""
    return min(group[name].shape[0] for name in names)


STRESSES = ("von_mises", "radial_stress", "hoop_stress")
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


def _read_cell(file: h5py.File, **common: Any) -> CellRun:
    frames = len(common["frame_time"])
    if len(common["series"]["time"]) == 0:
        raise ResultsError(f"{common['path']} holds no time step in /series (status {common['status']})")
    profiles = file["profiles"]
    return CellRun(
        **common,
        position=profiles["position"][:frames],
        concentration=profiles["concentration"][:frames],
        occupancy=profiles["site_occupancy"][:frames],
        is_alloy="host" in _case(file).get("material", {}).get("volume", {}),
        summary={name: float(dataset[()]) for name, dataset in file.get("summary", {}).items()},
    )


def _read_void(file: h5py.File, **common: Any) -> VoidRun:
    frames = len(common["frame_time"])
    for name in ("radius", "closure_rate"):
        if name not in common["series"]:
            raise KeyError(f"series/{name}")
    if len(common["series"]["time"]) < 2:
        raise ResultsError(f"{common['path']} holds no time step in /series (status {common['status']})")
    profiles = file["profiles"]
    return VoidRun(
        **common,
        position=profiles["position"][:frames],
        stress={name: profiles[name][:frames] for name in STRESSES},
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
    is_cell = file.attrs["model"] in ("flux-balance", b"flux-balance")
    is_void = file.attrs["model"] in ("void-closure", b"void-closure")
    group = file["profiles" if is_layer else "fields"]
    if is_layer:
        growing = ["time", "position", *(STRESSES if is_void else ("concentration",))]
    else:
        growing = [name for name in group if group[name].maxshape[0] is None]
    count = _shared_rows(group, growing)
    # A cell is drawn over time; it may have no profiles.
    if count < 2 and not is_cell:
        held = "one frame" if count == 1 else "no frame"
        raise ResultsError(f"{path} holds {held} (status {file.attrs['status']}); at least two are needed")
    common = {
        "path": path,
        "name": path.resolve().parent.name if path.name == FILE_NAME else path.stem,
        "case_name": Path(_text(file, "case_path")).stem,
        "title": str(_case(file).get("title") or ""),
        "status": str(file.attrs["status"]),
        "frame_time": group["time"][:count],
        "series": _series(file["series"]),
    }
    if is_cell:
        return _read_cell(file, **common)
    if is_void:
        return _read_void(file, **common)
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
