"""Tables of studies (docs/results-format.md, Studies), held against xarray and h5py."""

import importlib.util
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray
from readers import h5_text, undocumented

THICKNESS = 1e-6 * np.arange(1, 6)
CURRENT = 0.1 + np.arange(3)
LAWS = ["constant", 'Arrhenius, "hot"']
GRIDS = {
    "study-line.h5": {"thickness": THICKNESS},
    "study-plane.h5": {"thickness": THICKNESS, "current": CURRENT},
    "study-space.h5": {"thickness": THICKNESS, "law": LAWS, "current": CURRENT},
}
MISSING_POINT = 4
AXES = {"thickness", "current", "law"}
RESULTS = {"utilisation", "utilisation_error", "time_to_saturation", "time_to_saturation_error"}

ENGINES = [
    pytest.param(
        engine,
        marks=pytest.mark.skipif(importlib.util.find_spec(module) is None, reason=f"{module} is not installed"),
    )
    for engine, module in (("h5netcdf", "h5netcdf"), ("netcdf4", "netCDF4"))
]


def open_points(path: Path, engine: str) -> xarray.Dataset:
    """The table as xarray opens it, in memory."""
    with xarray.open_dataset(path, group="points", engine=engine) as dataset:
        return dataset.load()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", GRIDS)
def test_xarray_opens_a_grid_with_its_coordinates(samples: Path, name: str, engine: str) -> None:
    axes = GRIDS[name]
    points = open_points(samples / name, engine)
    assert set(points.coords) == set(points.sizes) == set(axes)
    for axis, values in axes.items():
        assert list(points[axis].values) == list(values)
    for variable in points.data_vars.values():
        assert variable.dims == tuple(axes)
    assert points.attrs["design"] == "grid"
    assert points.thickness.attrs["key"] == "layer.thickness"
    assert points.thickness.attrs["units"] == "m" and points.utilisation.attrs["units"] == "1"
    assert all(points[variable].attrs["long_name"] for variable in points.variables)

    # The first axis is the slowest; the number of a point stands in it.
    numbers = np.arange(points.utilisation.size).reshape(points.utilisation.shape)
    failed = numbers % 7 == 6
    missing = numbers == MISSING_POINT
    expected = np.where(failed | missing, np.nan, numbers)
    np.testing.assert_array_equal(points.utilisation, expected)
    np.testing.assert_array_equal(points.utilisation_error, 1e-3 * expected)
    np.testing.assert_array_equal(points.time_to_saturation, 0.25 + expected)
    np.testing.assert_array_equal(points.status, np.where(missing, 2, np.where(failed, 1, 0)))
    np.testing.assert_array_equal(points.steps, np.where(failed | missing, 0, 10 * numbers))
    np.testing.assert_array_equal(points.cpu_time, np.where(missing, np.nan, np.where(failed, 0.5, 1)))
    np.testing.assert_array_equal(points.end, np.where(failed | missing, "", "saturation"))
    for place in np.argwhere(failed):
        reason = points.reason.values[tuple(place)]
        assert reason == f'point {numbers[tuple(place)]}: "no", it does not converge'


@pytest.mark.parametrize("engine", ENGINES)
def test_values_are_picked_by_their_coordinates(samples: Path, engine: str) -> None:
    points = open_points(samples / "study-space.h5", engine)
    assert points.utilisation.sel(law="constant", current=1.1).sel(thickness=2e-6, method="nearest").item() == 7
    finished = points.where(points.status == 0)
    assert np.isfinite(finished.utilisation).sum() == 30 - 4 - 1


@pytest.mark.parametrize("engine", ENGINES)
def test_xarray_opens_a_zip_over_its_points(samples: Path, engine: str) -> None:
    points = open_points(samples / "study-zip.h5", engine)
    assert dict(points.sizes) == {"point": 2}
    assert set(points.coords) == {"point", "current", "law"}
    assert points.attrs["design"] == "zip"
    assert list(points.point.values) == [0, 1]
    assert list(points.current.values) == [0.1, 1.1]
    assert list(points.law.values) == LAWS
    assert points.law.dims == points.utilisation.dims == ("point",)
    assert points.utilisation.isel(point=1).item() == 1 and np.isnan(points.utilisation.values[0])


def test_the_status_is_named_after_the_cf_conventions(samples: Path) -> None:
    with h5py.File(samples / "study-plane.h5") as file:
        status = file["points/status"]
        assert status.dtype == np.int8
        assert status.attrs["flag_values"].dtype == np.int8
        assert list(status.attrs["flag_values"]) == [0, 1, 2]
        assert status.attrs["flag_meanings"] == "finished failed missing"
        assert file["points/steps"].dtype == np.int32


def test_the_file_says_what_it_is_and_where_it_comes_from(samples: Path) -> None:
    with h5py.File(samples / "study-plane.h5") as file:
        assert file.attrs["filetype"] == "mesolith-study"
        assert list(file.attrs["format_version"]) == [1, 0]
        assert file.attrs["title"] == "A sample"
        assert h5_text(file, "provenance/study_text") == "axes: µ\n"
        assert h5_text(file, "provenance/case_text") == h5_text(file, "provenance/inputs/case.yaml") == "model: x\n"
        assert "mesolith sweep 'my study.yaml'" in h5_text(file, "provenance/command_lines")


@pytest.mark.parametrize("name", [*GRIDS, "study-zip.h5"])
def test_every_dataset_is_documented(samples: Path, name: str) -> None:
    assert undocumented(samples / name) <= AXES | RESULTS | {"study.yaml", "case.yaml"}
