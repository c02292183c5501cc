"""What S.-Y. Ham measured, and the runs and studies of the shipped cases that stand beside it (see scripts/validation).

S.-Y. Ham, dissertation, University of California San Diego (2024). Units here: MPa, mA/cm2, mg/cm2, min, um.
"""

from dataclasses import dataclass
from pathlib import Path

import h5py
import numpy as np

MPA = 1e-6
"""Pa to MPa."""
MA_PER_CM2 = 0.1
"""A m-2 to mA/cm2."""
UM = 1e6
"""m to um."""
OHM_CM2 = 1e4
"""ohm m2 to ohm cm2."""
C_PER_MAH = 36e3
"""mAh/cm2 to C m-2."""


@dataclass(frozen=True)
class Critical:
    """A critical current density of full cells at 40 degC."""

    pressure: float
    """MPa."""
    value: float
    """mA/cm2."""
    loading: str
    """mg/cm2."""
    figure: str
    remark: str = "measured"


CONSTANT = (
    Critical(1, 0.3, "12.8", "2.11"),
    Critical(3, 0.6, "12.8", "2.11"),
    Critical(5, 1.0, "25.5", "2.9"),
)
"""Springs, so nearly a constant pressure."""
INFERRED = Critical(5, 1.2, "12.8", "2.11", "inferred: twice the 0.6 of the fixed gap")
FIXED_GAP = (
    Critical(1, 0.3, "12.8", "2.11"),
    Critical(3, 0.4, "12.8", "2.11"),
    Critical(5, 0.6, "12.8", "2.11"),
    Critical(5, 0.5, "25.5", "2.9", "measured: shorts while it is charged"),
)
SWINGS = {6.4: 0.73, 25.5: 2.14, 51.0: 6.2}
"""Rise of the pressure while charged from 5 MPa in a fixed gap (Fig. 2.8c), by loading."""
END_OF_CHARGE = {"fixed gap": 6.96, "springs": 5.21}
"""MPa at the end of charge from 5 MPa with 25.5 mg/cm2 (Fig. 2.9)."""
FIRST_PRESSURE = 25.0
"""That of the hold, MPa."""
HOLD_ROOM = {30: 2.2, 1440: 3.9}
"""Loss of pressure at room temperature after a time in min (Fig. 2.4)."""
HOLD_WARM = {30: 5.6}
"""The same at 40 degC."""
SYMMETRIC = {1: 0.88, 30: 2.15}
"""Critical current density of symmetric cells after a hold in min (Fig. 2.7b)."""
HOLD_TIMES = (0.5, 1, 2, 5, 10, 15, 30, 60)
"""Of the runs of the symmetric cell, min."""
EXPONENT = 4.191
"""That of the thinning of lithium, n."""
FITTED_LIMIT, OTHER_LIMIT = 14.53, 15.65
"""The i_c of the study over pressure, A m-2: fitted to `CONSTANT`, and with `INFERRED` at 5 MPa."""

WARM_LIMIT = 1.327
"""i_c of full cells fitted at 40 degC, mA/cm2."""


@dataclass(frozen=True)
class CellRun:
    """The numbers of a run."""

    summary: dict[str, float]
    series: dict[str, np.ndarray]

    @property
    def critical(self) -> float:
        """The current density of the first level at which the cell failed, mA/cm2."""
        return self.summary["critical_current_density"] * MA_PER_CM2

    @property
    def pressure(self) -> float:
        """Pressure at the end, MPa."""
        return self.summary["pressure"] * MPA

    def at_end_of_step(self, step: int, name: str) -> float:
        """A series in the last row of a step of the protocol."""
        rows = np.flatnonzero(self.series["protocol_step"] == step)
        return float(self.series[name][rows[-1]])

    def resistance(self, prefix: str = "") -> float:
        """Contact and constriction at the end of the first step, ohm cm2."""
        kinds = ("contact_resistance", "constriction_resistance")
        return sum(self.at_end_of_step(0, prefix + kind) for kind in kinds) * OHM_CM2


def read_run(directory: Path) -> CellRun:
    """A run directory."""
    with h5py.File(directory / "results.h5") as file:
        return CellRun(
            {name: float(dataset[()]) for name, dataset in file["summary"].items()},
            {name: np.asarray(dataset) for name, dataset in file["series"].items()},
        )


@dataclass(frozen=True)
class Ham:
    """All runs and studies."""

    runs: dict[str, CellRun]
    pressure: np.ndarray
    """Pressures of the study at a constant pressure, MPa."""
    critical: dict[float, np.ndarray]
    """Its critical current densities in mA/cm2, by i_c in A m-2."""
    loading: np.ndarray
    """Loadings of the study in a fixed gap, mg/cm2."""
    charged: np.ndarray
    """Its pressures at the end of charge, MPa."""

    def constant(self, pressure: float, limit: float) -> float:
        """The critical current density at a constant pressure and an i_c, 30 degC."""
        return float(np.interp(pressure, self.pressure, self.critical[limit]))

    def local_exponent(self, low: float, high: float) -> float:
        """d ln(CCD) / d ln(P) between two pressures, with the fitted i_c."""
        ratio = self.constant(high, FITTED_LIMIT) / self.constant(low, FITTED_LIMIT)
        return float(np.log(ratio) / np.log(high / low))


def read(directory: Path) -> Ham:
    """The runs in DIRECTORY/ham2024-..., and the studies in DIRECTORY/../studies."""
    prefix = "ham2024-"
    runs = {path.name.removeprefix(prefix): read_run(path) for path in directory.glob(f"{prefix}*")}
    studies = directory.parent / "studies"
    with h5py.File(studies / "ham2024-ccd-pressure" / "study.h5") as file:
        points = file["points"]
        limits, pressure = np.asarray(points["i_c"]), np.asarray(points["pressure"]) * MPA
        critical = np.asarray(points["critical_current_density"]) * MA_PER_CM2
    with h5py.File(studies / "ham2024-loading" / "study.h5") as file:
        loading = np.asarray(file["points/loading"]) * 100
        charged = np.asarray(file["points/pressure"]) * MPA
    by_limit = {round(float(limit), 2): row for limit, row in zip(limits, critical, strict=True)}
    return Ham(runs, pressure, by_limit, loading, charged)
