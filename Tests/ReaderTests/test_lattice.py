"""Results in the plane (docs/results-format.md, /fields), held against VTK, xarray and h5py."""

from pathlib import Path

import h5py
import numpy as np
import pytest
from readers import open_group, undocumented, vtk_frames, vtk_grids
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonDataModel import vtkDataObject
from vtkmodules.vtkFiltersGeneral import vtkWarpVector

VTK_QUAD = 9
RADIUS, HEIGHT = 100e-9, 140e-9
SAMPLES = {"plate.h5": "axisymmetric", "strip.h5": "planar"}


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest, samples: Path) -> Path:
    """Each of the files."""
    return samples / request.param


def test_vtk_agrees_with_the_fields(sample: Path) -> None:
    fields = open_group(sample, "fields")
    frames = list(vtk_frames(sample))
    assert [frame.time for frame in frames] == list(fields.time.values) == [0, 20, 40, 60, 80]
    cells = (fields.sizes["row"] - 1) * (fields.sizes["column"] - 1)
    for index, frame in enumerate(frames):
        assert (frame.cells == VTK_QUAD).all() and len(frame.cells) == cells
        now = fields.isel(time=index)
        place = np.stack([np.ravel(now.x), np.ravel(now.y), np.zeros(now.x.size)], axis=-1)
        np.testing.assert_array_equal(frame.points, place)
        assert set(frame.fields) == set(fields.data_vars)
        for name, values in frame.fields.items():
            expected = now[name].values.reshape(len(frame.points), -1)
            if expected.shape[1] == 2:
                expected = np.pad(expected, ((0, 0), (0, 1)))
            np.testing.assert_array_equal(values.reshape(expected.shape[0], -1), expected)


def test_vtk_warps_a_mesh_at_rest_by_the_displacement(samples: Path) -> None:
    *_, (_, grid) = vtk_grids(samples / "strip.h5")
    warp = vtkWarpVector()
    warp.SetInputData(grid)
    warp.SetInputArrayToProcess(0, 0, 0, vtkDataObject.FIELD_ASSOCIATION_POINTS, "displacement")
    warp.Update()
    warped = vtk_to_numpy(warp.GetOutput().GetPoints().GetData())
    last = open_group(samples / "strip.h5", "fields").isel(time=-1)
    for axis, rest in enumerate((last.x, last.y)):
        np.testing.assert_allclose(warped[:, axis], np.ravel(rest + last.displacement[..., axis]), rtol=1e-12)
    assert warped[:, 1].max() > 1.05 * HEIGHT


def test_xarray_opens_the_fields(sample: Path) -> None:
    fields = open_group(sample, "fields")
    moves = sample.name == "plate.h5"
    assert fields.attrs["geometry"] == SAMPLES[sample.name]
    assert set(fields.coords) == {"time", "row", "column", "component", "x", "y"}
    assert fields.x.dims == fields.y.dims == (("time",) if moves else ()) + ("row", "column")
    assert fields.concentration.dims == ("time", "row", "column")
    assert fields.displacement.dims == ("time", "row", "column", "component")
    assert (fields.von_mises.attrs["units"], fields.x.attrs["units"]) == ("Pa", "m")
    assert all(fields[name].attrs["long_name"] for name in fields.variables)

    # Coordinates go with a field that is picked by name.
    corner = fields.concentration.isel(time=0, row=-1, column=-1)
    assert (corner.x.item(), corner.y.item()) == pytest.approx((RADIUS, HEIGHT), rel=1e-12)
    upwards = fields.displacement.sel(component=1).isel(time=-1)
    assert (upwards.isel(row=0) == 0).all() and (upwards.isel(row=-1, column=0) > 0).all()


def test_only_a_moving_mesh_is_stored_again(samples: Path) -> None:
    for name, moves in (("plate.h5", True), ("strip.h5", False)):
        with h5py.File(samples / name) as file:
            nodes = file["fields/row"].size * file["fields/column"].size
            assert file["VTKHDF/Points"].shape == (nodes * (5 if moves else 1), 3)
            assert "profiles" not in file
            assert list(file.attrs["format_version"]) == [1, 2]


def test_every_dataset_is_documented(sample: Path) -> None:
    with h5py.File(sample) as file:
        fields = set(file["VTKHDF/PointData"])
    assert undocumented(sample) <= fields
