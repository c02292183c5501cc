"""The three readers, each as a user would call it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np
import xarray
from vtkmodules.util.numpy_support import vtk_to_numpy
from vtkmodules.vtkCommonExecutionModel import vtkStreamingDemandDrivenPipeline
from vtkmodules.vtkIOHDF import vtkHDFReader


@dataclass(frozen=True)
class VTKFrame:
    """One time step as VTK, and so ParaView, sees it."""

    time: float
    points: np.ndarray
    concentration: np.ndarray
    cells: int


def vtk_frames(path: Path) -> Iterator[VTKFrame]:
    """Step through all times the way ParaView's player does: by asking for a time, not for an index."""
    reader = vtkHDFReader()
    reader.SetFileName(str(path))
    reader.UpdateInformation()
    times = reader.GetOutputInformation(0).Get(vtkStreamingDemandDrivenPipeline.TIME_STEPS())
    assert times is not None, "VTK sees no time steps"
    assert len(times) == reader.GetNumberOfSteps()
    for time in times:
        reader.UpdateTimeStep(time)
        grid = reader.GetOutputDataObject(0)
        yield VTKFrame(
            time=time,
            points=vtk_to_numpy(grid.GetPoints().GetData()).copy(),
            concentration=vtk_to_numpy(grid.GetPointData().GetArray("concentration")).copy(),
            cells=grid.GetNumberOfCells(),
        )


def open_group(path: Path, group: str) -> xarray.Dataset:
    """`/series` or `/profiles` as xarray opens it, in memory."""
    with xarray.open_dataset(path, group=group, engine="h5netcdf") as dataset:
        return dataset.load()


def h5_text(file: h5py.File, name: str) -> str:
    """A scalar text dataset."""
    return file[name].asstr()[()]
