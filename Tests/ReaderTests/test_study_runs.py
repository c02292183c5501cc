"""Studies as they are run: scripts/study-survival, and the table of a study against single runs."""

import json
import os
import subprocess
from pathlib import Path

import pytest
import xarray
from conftest import CASE, ROOT

STUDY = f"""
case: {CASE}
engine: general
set:
  output.frames: final
axes:
  - key: layer.thickness
    name: thickness_set
    values: [4 um, 5 um]
  - key: protocol.0.current_density
    name: current
    logarithmic: {{from: 0.5 mA/cm^2, to: 2 mA/cm^2, points: 3}}
keep: [utilisation, time_to_saturation]
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_a_study_survives_sigkill(mesolith: str, seed: int) -> None:
    done = subprocess.run(
        [ROOT / "scripts" / "study-survival", "--quick", "--seed", str(seed)],
        env=os.environ | {"MESOLITH": mesolith}, capture_output=True, text=True, timeout=600,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("12 points, undisturbed: ")
    assert sum(line.startswith("killed after ") for line in lines) == 3, done.stdout
    assert lines[-1] == "the same table"


def test_the_table_is_a_grid_of_runs(mesolith: str, tmp_path: Path) -> None:
    study = tmp_path / "map.yaml"
    study.write_text(STUDY)
    out = tmp_path / "out"
    subprocess.run([mesolith, "sweep", study, "--output", out, "--quiet"], check=True, timeout=300)
    with xarray.open_dataset(out / "study.h5", group="points", engine="h5netcdf") as points:
        assert dict(points.sizes) == {"thickness_set": 2, "current": 3}
        point = points.sel(thickness_set=5e-6, current=10, method="nearest")
        run = subprocess.run(
            [mesolith, "run", CASE, "--json", "--output", tmp_path / "run", "--set", "output.frames=final"],
            check=True, capture_output=True, text=True, timeout=300,
        )
        results = json.loads(run.stdout)["results"]
        for name in ("utilisation", "time_to_saturation"):
            assert point[name].item() == results[name]["value"]
            assert point[f"{name}_error"].item() == results[name]["error"]
