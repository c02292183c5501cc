"""docs/results-format.md, held against VTK, xarray and h5py. The reference numbers are those of the exact solution."""

import json
import signal
import subprocess
import time
from pathlib import Path

import h5py
import numpy as np
import pytest
from conftest import CASE, ROOT, Finished
from readers import h5_text, open_group, undocumented, vtk_frames

# A slab of 5 um at 1 mA/cm2, D = 6e-11 cm2/s, until its surface holds 69.6 mmol/cm3.
TIME_TO_SATURATION = 1976.619466
UTILISATION = 0.588684401
SATURATION = 69600.0
VTK_LINE = 3

FIELDS = {"concentration": "mol m-3", "mole_fraction": "1", "li_per_mg": "1", "site_fraction": "1"}
SERIES = {
    "protocol_step": "1",
    "step_size": "s",
    "current_density": "A m-2",
    "charge": "C m-2",
    "concentration_surface": "mol m-3",
    "concentration_collector": "mol m-3",
    "concentration_mean": "mol m-3",
    "utilisation": "1",
    "lithium": "mol m-2",
    "lithium_imbalance": "mol m-2",
    "thickness": "m",
    "newton_iterations": "1",
}


def assert_vtk_agrees_with_profiles(path: Path) -> int:
    """Every frame in VTK has the times, points and concentrations of /profiles. Returns how many frames there are."""
    with h5py.File(path) as file:
        times, position, concentration = (file["profiles"][name][:] for name in ("time", "position", "concentration"))
        assert file["VTKHDF/Steps"].attrs["NSteps"] == len(times)
    frames = list(vtk_frames(path))
    assert [frame.time for frame in frames] == list(times)
    for index, frame in enumerate(frames):
        assert len(frame.cells) == position.shape[1] - 1
        assert (frame.cells == VTK_LINE).all()
        np.testing.assert_array_equal(frame.points[:, 0], position[index])
        np.testing.assert_array_equal(frame.points[:, 1:], 0)
        np.testing.assert_array_equal(frame.fields["concentration"], concentration[index])
    return len(frames)


def test_vtk_steps_through_the_frames(fig4a: Finished) -> None:
    assert assert_vtk_agrees_with_profiles(fig4a.file) >= 8
    with h5py.File(fig4a.file) as file:
        position = file["profiles/position"][:]
        assert file["VTKHDF/Points"].shape == (position.shape[1], 3), "a layer at rest stores its points once"
    assert (position == position[0]).all()


def test_vtk_moves_the_points_of_a_swelling_layer(host_frame: Finished) -> None:
    assert_vtk_agrees_with_profiles(host_frame.file)
    series = open_group(host_frame.file, "series")
    thickness = dict(zip(series.time.values, series.thickness.values))
    frames = list(vtk_frames(host_frame.file))
    # Not each frame needs to fall on an accepted step; the first and the last do.
    shared = [frame for frame in frames if frame.time in thickness]
    assert frames[0] in shared and frames[-1] in shared
    for frame in shared:
        assert frame.points[-1, 0] == pytest.approx(thickness[frame.time], rel=1e-12)
    assert frames[-1].points[-1, 0] > 1.1 * frames[0].points[-1, 0]


def test_vtk_arrays_carry_their_units(fig4a: Finished) -> None:
    with h5py.File(fig4a.file) as file:
        assert set(file["VTKHDF/PointData"]) == set(FIELDS)
        for name, units in FIELDS.items():
            assert file["VTKHDF/PointData"][name].attrs["units"] == units


def test_xarray_opens_the_series(fig4a: Finished) -> None:
    series = open_group(fig4a.file, "series")
    assert dict(series.sizes).keys() == {"time"}
    assert series.time.attrs["units"] == "s"
    assert {name: series[name].attrs["units"] for name in series.data_vars} == SERIES
    assert all(series[name].attrs["long_name"] for name in series.variables)
    assert (np.diff(series.time) > 0).all(), "a protocol of one step repeats no time"
    assert series.concentration_surface.values[-1] == pytest.approx(SATURATION, rel=1e-6)
    assert series.time.values[-1] == pytest.approx(TIME_TO_SATURATION, rel=1e-6)
    assert (series.current_density.values == 10).all()
    # Lithium in = lithium stored, to round-off.
    assert abs(series.lithium_imbalance.values).max() <= 1e-11 * series.lithium.values[-1]


def test_xarray_opens_the_profiles(fig4a: Finished) -> None:
    profiles = open_group(fig4a.file, "profiles")
    assert set(profiles.sizes) == {"time", "node"}
    assert {name: profiles[name].attrs["units"] for name in profiles.data_vars} == {"position": "m", **FIELDS}
    assert all(profiles[name].dims == ("time", "node") for name in profiles.data_vars)
    assert (np.diff(profiles.time) > 0).all()
    assert profiles.position.values[0, 0] == 0
    assert profiles.position.values[0, -1] == pytest.approx(5e-6, rel=1e-12)
    # Selection by name is what the dimension scales are for.
    assert profiles.concentration.isel(time=-1, node=0).item() == pytest.approx(SATURATION, rel=1e-6)


def test_h5py_reads_what_was_run(fig4a: Finished) -> None:
    with h5py.File(fig4a.file) as file:
        assert file.attrs["filetype"] == "mesolith-results"
        assert list(file.attrs["format_version"]) == [1, 2]
        assert (file.attrs["software"], file.attrs["model"]) == ("Mesolith", "transport")
        assert file.attrs["status"] == "finished"
        assert h5_text(file, "provenance/case_text").encode() == CASE.read_bytes()
        assert Path(h5_text(file, "provenance/case_path")).name == CASE.name
        assert "title:" in h5_text(file, "provenance/case_resolved")
        for name in ("compiler", "build", "libraries", "command_line", "host", "cpu", "threads", "date"):
            assert h5_text(file, f"provenance/{name}"), f"{name} is empty"


def test_h5py_reads_the_overrides(host_frame: Finished) -> None:
    with h5py.File(host_frame.file) as file:
        assert h5_text(file, "provenance/overrides") == "layer.frame=host"


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git tree")
def test_the_commit_is_that_of_the_tree(fig4a: Finished) -> None:
    head = subprocess.run(["git", "-C", ROOT, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
    with h5py.File(fig4a.file) as file:
        assert h5_text(file, "provenance/git_commit").removesuffix("-dirty") == head.stdout.strip()


def test_json_and_summary_say_the_same(fig4a: Finished) -> None:
    # json.loads refuses a second object or stray text.
    results = json.loads(fig4a.stdout)["results"]
    assert results["time_to_saturation"]["value"] == pytest.approx(TIME_TO_SATURATION, rel=1e-6)
    assert results["time_to_saturation"]["unit"] == "s"
    assert results["utilisation"]["value"] == pytest.approx(UTILISATION, rel=1e-6)
    assert results["utilisation"]["unit"] == "1"
    with h5py.File(fig4a.file) as file:
        summary = {
            name: (dataset[()], dataset.attrs["units"], dataset.attrs.get("error_estimate"))
            for name, dataset in file["summary"].items()
        }
    assert summary == {name: (result["value"], result["unit"], result.get("error")) for name, result in results.items()}
    assert 0 < results["time_to_saturation"]["error"] < 1e-3


def test_every_dataset_is_documented(fig4a: Finished) -> None:
    assert not undocumented(fig4a.file)


def test_a_killed_run_leaves_a_file_that_opens(mesolith: str, tmp_path: Path) -> None:
    file = kill_half_way(mesolith, tmp_path)
    with h5py.File(file) as results:
        assert results.attrs["status"] == "running"
        assert "summary" not in results or not len(results["summary"])
        assert h5_text(results, "provenance/case_text").encode() == CASE.read_bytes()
    assert assert_vtk_agrees_with_profiles(file) >= 1
    profiles, series = open_group(file, "profiles"), open_group(file, "series")
    assert (np.diff(profiles.time) > 0).all()
    assert (np.diff(series.time) > 0).all()
    assert series.sizes["time"] > 1, "the file holds what was there at the last flush"


def kill_half_way(mesolith: str, directory: Path) -> Path:
    """Start a run of tiny steps and kill it after a second. Returns its results."""
    for step in ("0.02 s", "0.002 s", "0.0002 s"):
        output = directory / step.replace(" ", "-")
        file = output / "results.h5"
        command = [mesolith, "run", str(CASE), "--set", f"numerics.max_step={step}", "--output", str(output)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        started = time.monotonic()
        while process.poll() is None:
            waited = time.monotonic() - started
            assert waited < 60, "no results.h5 after a minute"
            if waited >= 1.2 and file.exists():
                process.kill()
                break
            time.sleep(0.02)
        _, stderr = process.communicate()
        if process.returncode == -signal.SIGKILL:
            return file
        assert process.returncode == 0, stderr
        # This computer was too fast for the step; the next is a tenth.
    pytest.fail("every run was over before it could be killed")
