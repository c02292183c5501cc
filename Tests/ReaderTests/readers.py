"""The three readers, each as a user would call it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
import xarray
from conftest import ROOT
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonDataModel import vtkUnstructuredGrid
from vtkmodules.vtkCommonExecutionModel import vtkStreamingDemandDrivenPipeline
from vtkmodules.vtkIOHDF import vtkHDFReader


@dataclass(frozen=True)
class VTKFrame:
    """One time step as VTK, and so ParaView, sees it."""

    time: float
    points: np.ndarray
    fields: dict[str, np.ndarray]
    cells: np.ndarray
    """VTK's number of the type of each."""


def vtk_grids(path: Path) -> Iterator[tuple[float, vtkUnstructuredGrid]]:
    """Step through all times the way ParaView's player does: by asking for a time, not for an index."""
    reader = vtkHDFReader()
    reader.SetFileName(str(path))
    reader.UpdateInformation()
    times = reader.GetOutputInformation(0).Get(vtkStreamingDemandDrivenPipeline.TIME_STEPS())
    assert times is not None, "VTK sees no time steps"
    assert len(times) == reader.GetNumberOfSteps()
    for time in times:
        reader.UpdateTimeStep(time)
        yield time, reader.GetOutputDataObject(0)


def vtk_frames(path: Path) -> Iterator[VTKFrame]:
    """All frames with what VTK read of them."""
    for time, grid in vtk_grids(path):
        data = grid.GetPointData()
        arrays = data.GetNumberOfArrays()
        yield VTKFrame(
            time=time,
            points=vtk_to_numpy(grid.GetPoints().GetData()).copy(),
            fields={array.GetName(): vtk_to_numpy(array).copy() for array in map(data.GetArray, range(arrays))},
            cells=np.array([grid.GetCellType(cell) for cell in range(grid.GetNumberOfCells())]),
        )


def open_group(path: Path, group: str) -> xarray.Dataset:
    """`/series`, `/profiles` or `/fields` as xarray opens it, in memory."""
    with xarray.open_dataset(path, group=group, engine="h5netcdf") as dataset:
        return dataset.load()


def undocumented(path: Path) -> set[str]:
    """Last parts of the names of groups, datasets and attributes of the root that docs/results-format.md leaves out."""
    page = (ROOT / "docs" / "results-format.md").read_text()
    names: list[str] = []
    with h5py.File(path) as file:
        file.visit(names.append)
        names += list(file.attrs)
    last = {name.split("/")[-1] for name in names}
    return {name for name in last if not re.search(rf"[`/]{re.escape(name)}\b", page)}


def h5_text(file: h5py.File, name: str) -> str:
    """A scalar text dataset."""
    return file[name].asstr()[()]
