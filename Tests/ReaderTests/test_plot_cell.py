"""scripts/plot draws runs of flux-balance, and their results open in xarray and VTK."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, Finished
from readers import open_group, vtk_frames
from test_plot import assert_refused, drawn_words, plot, written

CASES = ROOT / "cases"
TALL = 2400
"""Dots of the highest figure: five panels above each other."""


@pytest.fixture(scope="module")
def symmetric(run_case: Callable[..., Finished]) -> Finished:
    """A symmetric cell that is held under pressure, then fails in a ramp."""
    return run_case("symmetric", case=CASES / "ham2024-symmetric.yaml")


@pytest.fixture(scope="module")
def sand(run_case: Callable[..., Finished]) -> Finished:
    """A half cell whose lattice is resolved."""
    return run_case("sand", case=CASES / "sand-time.yaml")


def test_a_ramp_of_a_symmetric_cell(symmetric: Finished, tmp_path: Path) -> None:
    names = {"contact.png", "voltage.png", "ramp.png"}
    assert written(tmp_path / "figures", symmetric.directory, highest=TALL) == names
    words = drawn_words(tmp_path / "svg", "contact", symmetric.directory)
    for word in ("ramp", "stripped first", "counter", "creep", "voids", "(mA/cm²)", "(MPa)", "Time (h)"):
        assert word in words
    # The current that the case is fitted to.
    assert "fails at 2.15 mA/cm²" in drawn_words(tmp_path / "again", "ramp", symmetric.directory)


def test_a_resolved_lattice(sand: Finished, tmp_path: Path) -> None:
    assert written(tmp_path, sand.directory, highest=TALL) == {"contact.png", "voltage.png", "profiles.png"}


def test_a_hold_has_no_current_to_draw(run_case: Callable[..., Finished], tmp_path: Path) -> None:
    run = run_case("hold", case=CASES / "ham2024-hold.yaml")
    assert written(tmp_path / "figures", run.directory, highest=TALL) == {"contact.png", "voltage.png"}
    words = drawn_words(tmp_path / "svg", "contact", run.directory)
    assert "Settling" in words and "Flux of lithium" not in words


def test_cells_beside_each_other(symmetric: Finished, sand: Finished, fig4a: Finished, tmp_path: Path) -> None:
    assert written(tmp_path, symmetric.directory, sand.directory) == {"compare.png"}
    assert_refused(plot(sand.directory, fig4a.directory), "draw them apart")


def test_results_of_a_cell_open(sand: Finished) -> None:
    series, profiles = open_group(sand.file, "series"), open_group(sand.file, "profiles")
    fluxes = [series[f"flux_{name}"] for name in ("diffusion", "creep", "void", "growth")]
    assert np.abs(series.flux_migration - sum(fluxes)).max() <= 1e-12 * np.abs(series.flux_migration).max()
    assert series.contact_fraction.min() == pytest.approx(0.2, abs=1e-6)
    # Voids open when the surface lacks a hundredth of its lithium.
    assert 1 - float(profiles.site_occupancy.min()) == pytest.approx(1e-2, rel=1e-3)
    frames = list(vtk_frames(sand.file))
    assert [frame.time for frame in frames] == list(profiles.time.values)
    assert np.array_equal(frames[-1].fields["site_occupancy"], profiles.site_occupancy.values[-1])
