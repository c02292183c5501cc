"""scripts/plot of parameter studies: what the figures show."""

import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
from conftest import ROOT
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.text import Text
from study_samples import (
    FAILED,
    FARADAY,
    MISSING,
    SATURATION,
    THICKNESS,
    Column,
    currents,
    diffusivities,
    results_of,
    saturation,
    time_to_saturation,
    write_slab,
    write_study,
)
from test_plot import written

sys.path.insert(0, str(ROOT / "scripts" / "python"))
from mesolith_plot import style  # noqa: E402
from mesolith_plot.study.figures import choose, draw  # noqa: E402
from mesolith_plot.study.scales import is_logarithmic  # noqa: E402
from mesolith_plot.study.table import read_table  # noqa: E402

style.apply()
CURRENTS = np.geomspace(0.1, 100, 13)
"""A m-2: 0.01 to 10 mA/cm2."""
DIFFUSIVITIES = np.array([1e-16, 6e-15, 1e-12])
"""m2 s-1: 1e-12 to 1e-8 cm2/s."""


def figures(path: Path, *results: str, formula: str | None = None) -> dict[str, Figure]:
    """The figures of a study file, laid out."""
    table = read_table(path)
    drawn = dict(draw(table, choose(table, results)[0], formula))
    for figure in drawn.values():
        figure.draw_without_rendering()
    return drawn


def failed_crosses(axes: Axes) -> np.ndarray:
    """Where on the x axis failed points are marked."""
    return np.concatenate([line.get_xdata() for line in axes.get_lines() if line.get_gid() == "failed"] or [[]])


def words_of(figure: Figure) -> list[str]:
    """All texts that are drawn."""
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def test_the_closed_form() -> None:
    # Wang et al. 2024, Fig. 4a: 5 um, 6e-11 cm2/s, 1 mA/cm2.
    values = saturation(np.array([10.0]), 6e-15)
    assert values["utilisation"][0] == pytest.approx(0.5886844010, abs=1e-9)
    assert values["time_to_saturation"][0] == pytest.approx(1976.619466, rel=1e-9)
    assert time_to_saturation(10.0) == pytest.approx(np.pi / 400, rel=1e-9)


def test_one_axis_is_a_line_with_errors_and_failures(tmp_path: Path) -> None:
    values, status = saturation(CURRENTS, 6e-15), np.zeros(13)
    status[[0, 5]] = FAILED
    path = write_study(tmp_path / "study.h5", {"j": currents(CURRENTS)}, results_of(values, 0.02), status)
    drawn = figures(path)
    assert set(drawn) == {"study-utilisation", "study-time-to-saturation"}
    (axes,) = drawn["study-utilisation"].axes
    line = axes.get_lines()[0]
    assert line.get_xdata() == pytest.approx(CURRENTS * 0.1)
    expected = np.where(status == 0, values["utilisation"], np.nan)
    np.testing.assert_allclose(line.get_ydata(), expected)
    assert axes.get_xscale() == "log" and axes.get_yscale() == "linear"
    assert axes.get_xlabel() == "Current density (mA/cm²)" and axes.get_ylabel() == "Utilisation"
    bars = np.array([bar for bar in axes.containers[0].lines[2][0].get_segments() if len(bar)])
    lengths = bars[:, 1, 1] - bars[:, 0, 1]
    np.testing.assert_allclose(lengths[np.isfinite(lengths)], 0.04 * expected[status == 0])
    assert failed_crosses(axes) == pytest.approx(CURRENTS[[0, 5]] * 0.1)
    assert "2 failed of 13 points" in words_of(drawn["study-utilisation"])
    (axes,) = drawn["study-time-to-saturation"].axes
    assert axes.get_yscale() == "log" and axes.get_ylabel() == "Time to saturation (s)"


def test_a_long_line_has_a_band(tmp_path: Path) -> None:
    current = np.linspace(1, 20, 60)
    path = write_study(tmp_path / "study.h5", {"j": currents(current)}, results_of(saturation(current, 6e-15), 0.1))
    (axes,) = figures(path, "utilisation")["study-utilisation"].axes
    (band,) = axes.collections
    middle = saturation(current, 6e-15)["utilisation"]
    heights = band.get_paths()[0].vertices[:, 1]
    assert heights.max() == pytest.approx(1.1 * middle.max()) and heights.min() == pytest.approx(0.9 * middle.min())
    assert axes.get_xscale() == "linear"


def test_few_diffusivities_are_lines_over_the_current(tmp_path: Path) -> None:
    # The form of Wang et al. 2024, Fig. 4c. Values in any order are drawn in theirs.
    path = write_slab(tmp_path / "study.h5", DIFFUSIVITIES[[1, 0, 2]], CURRENTS)
    drawn = figures(path, "utilisation")
    assert set(drawn) == {"study-utilisation"}
    figure = drawn["study-utilisation"]
    for line, diffusivity in zip(figure.axes[0].get_lines(), DIFFUSIVITIES, strict=True):
        np.testing.assert_allclose(line.get_xdata(), CURRENTS * 0.1)
        np.testing.assert_allclose(line.get_ydata(), saturation(CURRENTS, diffusivity)["utilisation"])
    low, high = figure.axes[0].get_ylim()
    assert -0.1 < low <= 0 and 1 <= high < 1.1
    words = " ".join(words_of(figure))
    for word in ("6 × 10⁻¹¹", "10⁻¹²", "cm²/s"):
        assert word in words


def test_two_axes_are_a_map(tmp_path: Path) -> None:
    diffusivity, status = np.geomspace(1e-16, 1e-12, 9), np.zeros((9, 13))
    status[0, -2:], status[8, 0] = FAILED, MISSING
    drawn = figures(write_slab(tmp_path / "study.h5", diffusivity, CURRENTS, status), "utilisation")
    assert set(drawn) == {"study-utilisation"}
    axes, _ = drawn["study-utilisation"].axes
    (mesh,) = [item for item in axes.collections if isinstance(item, QuadMesh)]
    expected = saturation(*np.meshgrid(CURRENTS, diffusivity))["utilisation"]
    np.testing.assert_allclose(mesh.get_array().filled(np.nan), np.where(status == 0, expected, np.nan))
    # Cells of equal width on the logarithmic axes, with the points in their middles.
    corners = mesh.get_coordinates()
    np.testing.assert_allclose(np.sqrt(corners[0, 1:, 0] * corners[0, :-1, 0]), CURRENTS * 0.1)
    np.testing.assert_allclose(np.sqrt(corners[1:, 0, 1] * corners[:-1, 0, 1]), diffusivity * 1e4)
    assert axes.get_xscale() == axes.get_yscale() == "log"
    assert mesh.get_clim() == (0, 1)
    words = words_of(drawn["study-utilisation"])
    assert "failed (2 of 117)" in words and "not computed (1 of 117)" in words and "0.4" in words


def test_a_map_of_few_rows_has_lines_as_well(tmp_path: Path) -> None:
    write_slab(tmp_path / "study.h5", np.geomspace(1e-16, 1e-12, 7), CURRENTS)
    names = ("study-utilisation", "study-time-to-saturation")
    assert written(tmp_path / "figures", tmp_path) == {f"{name}{end}.png" for name in names for end in ("", "-lines")}


def test_three_axes_are_maps_beside_each_other(tmp_path: Path) -> None:
    diffusivity, temperature = np.geomspace(1e-16, 1e-12, 9), np.array([298.15, 318.15])
    T, D, J = np.meshgrid(temperature, diffusivity, CURRENTS, indexing="ij")
    values = saturation(J, D * T / 298.15)
    axes = {"T": Column(temperature, "K", "temperature"), "D": diffusivities(diffusivity)}
    axes["current_density"] = currents(CURRENTS)
    path = write_study(tmp_path / "study.h5", axes, results_of(values))
    first, second, _ = figures(path, "utilisation")["study-utilisation"].axes
    for panel, title, expected in zip((first, second), ("T = 25 °C", "T = 45 °C"), values["utilisation"]):
        assert panel.get_title(loc="left") == title
        np.testing.assert_allclose(panel.collections[0].get_array(), expected)


def test_more_axes_are_held_and_words_are_words(tmp_path: Path) -> None:
    alloys, pressure = ["Li-Mg", "Li-Al"], np.array([1e6, 2e6, 3e6])
    axes = {
        "alloy": Column(alloys),
        "pressure": Column(pressure, "Pa"),
        "two_way": Column(["off", "on"]),
        "mesh": Column([16.0]),
        "j": currents(CURRENTS),
    }
    number = np.arange(2 * 3 * 2 * 13.0).reshape(2, 3, 2, 1, 13)
    path = write_study(tmp_path / "study.h5", axes, {"stress": Column(number * 1e6 + 2e8, "Pa")})
    figure = figures(path)["study-stress"]
    titles = [panel.get_title(loc="left") for panel in figure.axes]
    assert titles == [f"alloy {alloy}\ntwo way {word}" for alloy in alloys for word in ("off", "on")]
    np.testing.assert_allclose(figure.axes[2].get_lines()[1].get_ydata(), number[1, 1, 0, 0] * 1e-3 + 0.2)
    assert "mesh = 16" in words_of(figure) and figure.get_supylabel() == "Stress (GPa)"
    path = write_study(tmp_path / "words.h5", {"alloy": Column(alloys)}, {"stress": Column(np.array([1e6, 2e6]), "Pa")})
    (panel,) = figures(path)["study-stress"].axes
    assert [text.get_text() for text in panel.get_xticklabels()] == alloys


@pytest.fixture
def samples_file(tmp_path: Path) -> Path:
    """A study of samples of diffusivity and current."""
    generator = np.random.default_rng(4)
    D, J = 10 ** generator.uniform(-16, -12, 80), 10 ** generator.uniform(-1, 2, 80)
    status = np.zeros(80)
    status[3] = FAILED
    axes = {"D": diffusivities(D), "current_density": currents(J)}
    return write_study(tmp_path / "study.h5", axes, results_of(saturation(J, D)), status, is_grid=False)


def test_samples_are_points(samples_file: Path) -> None:
    over_d, over_j, plane, _ = figures(samples_file, "utilisation")["study-utilisation"].axes
    with h5py.File(samples_file) as file:
        D, J, used = (file[f"points/{name}"][:] for name in ("D", "current_density", "utilisation"))
    has = np.isfinite(used)
    np.testing.assert_allclose(over_d.collections[0].get_offsets(), np.stack([D * 1e4, used], axis=1)[has])
    np.testing.assert_allclose(over_j.collections[0].get_offsets(), np.stack([J * 0.1, used], axis=1)[has])
    np.testing.assert_allclose(plane.collections[0].get_array(), used[has])
    assert failed_crosses(over_d) == pytest.approx([D[3] * 1e4])
    assert over_d.get_xscale() == over_j.get_xscale() == "log"


@pytest.mark.parametrize(
    ("name", "long_name", "label"),
    [
        ("thickness", "thickness at the start", "Thickness (µm)"),
        ("L", "thickness at the start: that of the slab", "Thickness at the start (µm)"),
    ],
)
def test_names_of_axes_are_words(name: str, long_name: str, label: str, tmp_path: Path) -> None:
    thickness = np.array([1e-6, 2e-6, 3e-6])
    surface = Column(thickness * 1e10, "mol m-3", "lithium concentration at the electrolyte at the end")
    axes = {name: Column(thickness, "m", long_name)}
    path = write_study(tmp_path / "study.h5", axes, {"concentration_surface": surface})
    (axes,) = figures(path)["study-concentration-surface"].axes
    assert axes.get_xlabel() == label
    assert axes.get_ylabel().replace("\n", " ") == "Lithium concentration at the electrolyte (mmol/cm³)"


def test_small_numbers_have_a_power_in_their_unit(tmp_path: Path) -> None:
    diffusivity = np.linspace(4e-15, 6e-15, 9)
    values = saturation(np.array([10.0]), diffusivity)
    path = write_study(tmp_path / "study.h5", {"diffusivity": diffusivities(diffusivity)}, results_of(values))
    (axes,) = figures(path, "utilisation")["study-utilisation"].axes
    assert axes.get_xlabel() == "Diffusivity (10⁻¹¹ cm²/s)"
    np.testing.assert_allclose(axes.get_lines()[0].get_xdata(), np.linspace(4, 6, 9))


def test_against_a_formula_the_map_collapses(samples_file: Path, tmp_path: Path) -> None:
    formula = f"kappa = current_density * {THICKNESS} / ({FARADAY} * D * {SATURATION})"
    for path in (samples_file, write_slab(tmp_path / "grid.h5", DIFFUSIVITIES, CURRENTS)):
        figure = figures(path, "utilisation", formula=formula)["study-utilisation-against"]
        points = figure.axes[0].collections[0].get_offsets()
        assert len(points) in (79, 39)
        expected = [kappa * time_to_saturation(kappa) for kappa in points[:, 0]]
        np.testing.assert_allclose(points[:, 1], expected, rtol=1e-7)
        assert figure.axes[0].get_xlabel() == "kappa" and figure.axes[0].get_xscale() == "log"


@pytest.mark.parametrize(
    ("values", "expected"),
    [(np.geomspace(1, 5, 9), True), (np.linspace(1, 50, 9), False), ([1, 10], True), ([1, 2], False), ([0, 1], False)],
)
def test_axes_are_logarithmic_when_spaced_so(values: np.ndarray, expected: bool) -> None:
    assert is_logarithmic(np.array(values, float)) == expected
