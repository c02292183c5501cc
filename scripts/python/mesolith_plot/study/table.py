"""Read a study.h5. Everything stays in SI here."""

from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np

from ..results import ResultsError

FORMAT_MAJOR = 1
FILE_NAME = "study.h5"
FILETYPES = ("mesolith-study", b"mesolith-study")
FINISHED, FAILED, MISSING = 0, 1, 2
"""Values of the dataset `status`."""
ABOUT_THE_RUN = ("status", "steps", "cpu_time", "end", "reason", "point")
"""What every point has and no axis or result is."""


@dataclass(frozen=True)
class Axis:
    """What the study varies."""

    name: str
    units: str
    """SI unit as UDUNITS text; empty for words."""
    long_name: str
    values: np.ndarray
    """In a grid the values along the axis, ascending; else that of each point. Of words, their places in `words`."""
    words: tuple[str, ...] = ()
    """What stands at the places 0, 1, ...; empty for numbers."""


@dataclass(frozen=True)
class Result:
    """What the study keeps of each point, in the shape of the table; NaN where a point has none."""

    name: str
    units: str
    long_name: str
    values: np.ndarray
    errors: np.ndarray | None
    """Estimates of the numerical error; None where the study has none."""


@dataclass(frozen=True)
class Table:
    """The points of a study."""

    path: Path
    title: str
    is_grid: bool
    """Whether all values of the axes meet each other; the arrays then have a dimension for each axis."""
    axes: tuple[Axis, ...]
    results: tuple[Result, ...]
    status: np.ndarray

    @property
    def coordinates(self) -> dict[str, np.ndarray]:
        """Each axis in the shape of the table, by its name."""
        columns = [axis.values for axis in self.axes]
        if self.is_grid:
            columns = np.meshgrid(*columns, indexing="ij")
        return {axis.name: column for axis, column in zip(self.axes, columns)}

    def count(self, status: int) -> int:
        """Number of points with the status."""
        return int((self.status == status).sum())


def _strings(values: np.ndarray) -> list[str]:
    return [value.decode() if isinstance(value, bytes) else str(value) for value in values]


def _attribute(item: h5py.Dataset | h5py.File, name: str, default: str) -> str:
    value = item.attrs.get(name, default)
    return value.decode() if isinstance(value, bytes) else str(value)


def _read_axis(dataset: h5py.Dataset) -> Axis:
    name = dataset.name.split("/")[-1]
    long_name = _attribute(dataset, "long_name", name)
    values = dataset[:]
    if np.issubdtype(values.dtype, np.number):
        return Axis(name, _attribute(dataset, "units", "1"), long_name, values.astype(float))
    strings = _strings(values)
    words = tuple(dict.fromkeys(strings))
    return Axis(name, "", long_name, np.array([words.index(word) for word in strings], float), words)


def _is_number(dataset: h5py.Dataset) -> bool:
    return np.issubdtype(dataset.dtype, np.floating) or np.issubdtype(dataset.dtype, np.integer)


def _read_results(group: h5py.Group, axes: list[str], shape: tuple[int, ...]) -> list[Result]:
    """The results in the order of the file, each with its errors."""
    names = [name for name in group if name not in axes and name not in ABOUT_THE_RUN]
    values = {name: group[name][...].astype(float) for name in names if _is_number(group[name])}
    results = []
    for name, array in values.items():
        # A result may itself be called an error, such as conservation_error.
        if name.removesuffix("_error") in values and name.endswith("_error"):
            continue
        if array.shape != shape:
            raise ValueError(f"{name} has shape {array.shape} where the points have {shape}")
        units, long_name = _attribute(group[name], "units", "1"), _attribute(group[name], "long_name", name)
        results.append(Result(name, units, long_name, array, values.get(f"{name}_error")))
    return results


def _ascending(axes: list[Axis], array: np.ndarray) -> np.ndarray:
    """The array of a grid with its points in the order of the sorted axes."""
    return array[np.ix_(*(np.argsort(axis.values, kind="stable") for axis in axes))]


def _read(file: h5py.File, path: Path) -> Table:
    if file.attrs.get("filetype") not in FILETYPES:
        raise ResultsError(f"{path} is an HDF5 file but not a study of Mesolith")
    major, minor = (int(part) for part in file.attrs["format_version"])
    if major != FORMAT_MAJOR:
        raise ResultsError(f"{path} has format {major}.{minor}; this version of scripts/plot reads {FORMAT_MAJOR}.x")
    group = file["points"]
    status = group["status"][...]
    if not all(len(dimension) for dimension in group["status"].dims):
        raise ValueError("status has a dimension without a scale")
    scales = [dimension[0].name.split("/")[-1] for dimension in group["status"].dims]
    is_grid = scales != ["point"]
    axes = [_read_axis(group[name]) for name in (scales if is_grid else group) if is_grid or "key" in group[name].attrs]
    results = _read_results(group, [axis.name for axis in axes], status.shape)
    if is_grid:
        status = _ascending(axes, status)
        results = [
            Result(
                item.name, item.units, item.long_name, _ascending(axes, item.values),
                None if item.errors is None else _ascending(axes, item.errors),
            )
            for item in results
        ]  # fmt: skip
        axes = [Axis(item.name, item.units, item.long_name, np.sort(item.values), item.words) for item in axes]
    return Table(path, _attribute(file, "title", ""), is_grid, tuple(axes), tuple(results), status)


def study_file(path: Path) -> Path | None:
    """The study.h5 that is meant by a path of the command line; None where a run is meant."""
    if path.is_dir():
        if (path / FILE_NAME).is_file():
            return path / FILE_NAME
        if any(path.glob("rows-*.journal")):
            raise ResultsError(f"{path} is a study without {FILE_NAME}; mesolith collect {path} writes it")
        return None
    try:
        with h5py.File(path, "r", locking=False) as file:
            return path if file.attrs.get("filetype") in FILETYPES or path.name == FILE_NAME else None
    except OSError:
        # Reading says what is wrong.
        return path if path.name == FILE_NAME and path.is_file() else None


def read_table(path: Path) -> Table:
    """Read a study file. Throws `ResultsError`."""
    try:
        with h5py.File(path, "r", locking=False) as file:
            table = _read(file, path)
    except (OSError, RuntimeError) as error:
        raise ResultsError(f"{path} cannot be read as HDF5 ({error})") from error
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise ResultsError(f"{path} does not follow the format of studies ({error})") from error
    if table.count(FINISHED) == 0:
        raise ResultsError(
            f"{path} holds no finished point ({table.count(FAILED)} failed, {table.count(MISSING)} missing), "
            "so there is nothing to draw"
        )
    return table
