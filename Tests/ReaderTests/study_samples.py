"""Study files as `mesolith sweep` writes them, made of closed forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
from scipy.optimize import brentq

FARADAY = 96485.33212
SATURATION = 69600.0
"""mol m-3."""
THICKNESS = 5e-6
"""m."""
FINISHED, FAILED, MISSING = 0, 1, 2
MODES = np.arange(1, 201)


def time_to_saturation(kappa: float) -> float:
    """D t/L^2 at which the surface of a slab of constant diffusivity, empty at first, saturates under a constant flux.

    c_s/c_max = kappa (tau + 1/3 - 2/pi^2 sum exp(-n^2 pi^2 tau)/n^2) = 1; short times tau = pi/(4 kappa^2).
    """
    short = np.pi / (4 * kappa**2)
    if short < 0.01:
        return short

    def excess(tau: float) -> float:
        series = np.sum(np.exp(-((MODES * np.pi) ** 2) * tau) / MODES**2)
        return kappa * (tau + 1 / 3 - 2 / np.pi**2 * series) - 1

    return brentq(excess, 1e-3, 2 / kappa + 1, xtol=1e-14)


def saturation(current_density: np.ndarray, diffusivity: np.ndarray, thickness: float | np.ndarray = THICKNESS) -> dict:
    """Utilisation and time to saturation (s) of the slab: kappa = j L/(F D c_max), utilisation = kappa tau."""
    kappa = current_density * thickness / (FARADAY * diffusivity * SATURATION)
    tau = np.vectorize(time_to_saturation)(kappa)
    return {"utilisation": kappa * tau, "time_to_saturation": tau * thickness**2 / diffusivity}


@dataclass
class Column:
    """An axis or a result of a study file."""

    values: np.ndarray | Sequence[str]
    units: str = "1"
    long_name: str = ""
    errors: np.ndarray | None = None


def diffusivities(values: np.ndarray) -> Column:
    """Diffusivities, m2 s-1, as the axis D."""
    return Column(values, "m2 s-1", "diffusivity of lithium in the layer")


def currents(values: np.ndarray) -> Column:
    """Current densities, A m-2, as the axis current_density."""
    return Column(values, "A m-2", "current density")


def results_of(values: Mapping[str, np.ndarray], error: float | None = None) -> dict[str, Column]:
    """The results of `saturation` with their units, and a relative error where one is given."""
    described = {
        "utilisation": ("1", "fraction of the lithium this step could move that it has moved"),
        "time_to_saturation": (
            "s", "time from the start of the last plating step that saturates its surface until it does",
        ),
    }  # fmt: skip
    return {
        name: Column(array, *described[name], errors=None if error is None else error * array)
        for name, array in values.items()
    }


def _write_column(group: h5py.Group, name: str, column: Column, key: str | None = None) -> h5py.Dataset:
    is_words = isinstance(column.values[0], str)
    if is_words:
        dataset = group.create_dataset(name, data=list(column.values), dtype=h5py.string_dtype())
    else:
        dataset = group.create_dataset(name, data=np.asarray(column.values, float))
        dataset.attrs["units"] = column.units
    dataset.attrs["long_name"] = column.long_name or name
    if key is not None:
        dataset.attrs["key"] = key
    return dataset


def write_study(
    path: Path,
    axes: Mapping[str, Column],
    results: Mapping[str, Column],
    status: np.ndarray | None = None,
    is_grid: bool = True,
) -> Path:
    """Write a study file. Points that did not finish lose their values."""
    shape = tuple(len(axis.values) for axis in axes.values())
    if not is_grid:
        shape = shape[:1]
    status = np.zeros(shape, np.int8) if status is None else status.astype(np.int8)
    with h5py.File(path, "w") as file:
        file.attrs.update(filetype="mesolith-study", format_version=[1, 0], title="Study of a slab")
        group = file.create_group("points")
        scales = []
        if not is_grid:
            scales = [group.create_dataset("point", data=np.arange(shape[0]))]
            scales[0].make_scale("point")
        columns = [_write_column(group, name, axis, key=f"layer.{name}") for name, axis in axes.items()]
        if is_grid:
            scales = columns
            for name, scale in zip(axes, scales):
                scale.make_scale(name)

        attached = [] if is_grid else columns
        for name, result in results.items():
            for suffix, values in (("", result.values), ("_error", result.errors)):
                if values is not None:
                    values = np.where(status == FINISHED, np.broadcast_to(values, shape), np.nan)
                    column = Column(values, result.units, result.long_name)
                    attached.append(_write_column(group, name + suffix, column))
        attached.append(group.create_dataset("status", data=status))
        attached[-1].attrs.update(flag_values=np.array([0, 1, 2], np.int8), flag_meanings="finished failed missing")
        attached.append(group.create_dataset("steps", data=np.full(shape, 120, np.int32)))
        attached.append(group.create_dataset("cpu_time", data=np.random.default_rng(1).random(shape)))
        for name, words in (("end", "surface_saturates"), ("reason", "")):
            attached.append(group.create_dataset(name, data=np.full(shape, words, object), dtype=h5py.string_dtype()))
        for dataset in attached:
            for dimension, scale in zip(dataset.dims, scales):
                dimension.attach_scale(scale)
    return path


def write_slab(path: Path, diffusivity: np.ndarray, current: np.ndarray, status: np.ndarray | None = None) -> Path:
    """Write a study of the slab over diffusivity and current."""
    values = saturation(*np.meshgrid(current, diffusivity))
    axes = {"D": diffusivities(diffusivity), "current_density": currents(current)}
    return write_study(path, axes, results_of(values), status)
