"""scripts/plot draws runs of void-closure, and what it draws is what the model says."""

from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from conftest import ROOT, Finished
from readers import open_group
from test_plot import assert_refused, drawn_words, plot, written

CASE = ROOT / "cases" / "void-closure-3mpa.yaml"


@pytest.fixture(scope="module")
def alone(run_case: Callable[..., Finished]) -> Finished:
    """A sphere alone, which closes at one rate."""
    return run_case("alone", case=CASE)


@pytest.fixture(scope="module")
def cylinder(run_case: Callable[..., Finished]) -> Finished:
    """A cylinder with neighbours, which slows down as it closes."""
    options = ("geometry.shape=cylinder", "geometry.outer_radius=5 um", "pressure=1.5 MPa")
    return run_case("cylinder", *(word for option in options for word in ("--set", option)), case=CASE)


def test_a_void_alone(alone: Finished, tmp_path: Path) -> None:
    assert written(tmp_path / "figures", alone.directory) == {"closure.png", "shell.png"}
    words = drawn_words(tmp_path / "svg", "closure", alone.directory)
    for word in ("Time (min)", "−(da/dt)/a (1/min)", "half after 37.5 min"):
        assert word in words
    assert "fraction" not in words
    words = drawn_words(tmp_path / "svg", "shell", alone.directory)
    for word in ("equivalent", "radial", "hoop", "start, a = 1 µm", "after 249 min, a = 0.01 µm"):
        assert word in words
    assert "Distance from the centre of the void (µm)" in words


def test_a_void_with_neighbours(cylinder: Finished, tmp_path: Path) -> None:
    assert written(tmp_path / "figures", cylinder.directory) == {"closure.png", "shell.png"}
    words = drawn_words(tmp_path / "svg", "closure", cylinder.directory)
    # The void is half closed in a two-hundredth of the run: the axis of time is logarithmic.
    for word in ("fraction", "half after 183 s", "Time (h)", "0.001", "10"):
        assert word in words


def test_a_void_that_grows(run_case: Callable[..., Finished], tmp_path: Path) -> None:
    options = ("--set", "current_density=1 mA/cm^2", "--set", "until.time=2 h")
    run = run_case("growing", *options, case=CASE)
    assert written(tmp_path / "figures", run.directory) == {"closure.png", "shell.png"}
    words = drawn_words(tmp_path / "svg", "closure", run.directory)
    assert "−0.02" in words and not any(word.startswith("half") for word in words)
    assert "after 120 min, a = 4 µm" in drawn_words(tmp_path / "svg", "shell", run.directory)


def test_voids_beside_each_other(alone: Finished, cylinder: Finished, fig4a: Finished, tmp_path: Path) -> None:
    assert written(tmp_path / "figures", alone.directory, cylinder.directory) == {"compare.png"}
    words = drawn_words(tmp_path / "svg", "compare", alone.directory, cylinder.directory)
    assert {"alone", "cylinder", "Radius over that at the start"} <= set(words)
    assert_refused(plot(alone.directory, fig4a.directory), "void-closure and others are not; draw them apart")


def test_a_run_without_stress_is_refused(alone: Finished, tmp_path: Path) -> None:
    path = tmp_path / "results.h5"
    path.write_bytes(alone.file.read_bytes())
    with h5py.File(path, "r+") as file:
        del file["profiles/hoop_stress"]
    assert_refused(plot(path), "does not follow the results format")


def test_results_of_a_void_open(cylinder: Finished) -> None:
    series, profiles = open_group(cylinder.file, "series"), open_group(cylinder.file, "profiles")
    # The metal is incompressible.
    section = series.outer_radius**2 - series.radius**2
    assert float(np.abs(section / section[0] - 1).max()) <= 1e-9
    # In plane strain the equivalent stress is that of the difference of hoop and radial stress.
    shear = np.sqrt(3) / 2 * np.abs(profiles.hoop_stress - profiles.radial_stress)
    assert float(np.abs(shear / profiles.von_mises - 1).max()) <= 1e-9
    # Radius and rate belong together: d ln a / dt over the time between rows, at their mean rate.
    change = -np.diff(np.log(series.radius.values))
    rate, time = series.closure_rate.values, series.time.values
    mean = (rate[1:] + rate[:-1]) / 2 * np.diff(time)
    assert np.abs(change - mean).max() <= 1e-2 * change.max()
