"""scripts/plot of parameter studies: what it leaves out, and that it says in one sentence why it cannot draw."""

import sys
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from conftest import ROOT
from study_samples import FAILED, Column, currents, results_of, saturation, write_slab, write_study
from test_plot import assert_refused, plot

sys.path.insert(0, str(ROOT / "scripts" / "python"))
from mesolith_plot.study.formula import FormulaError, evaluate  # noqa: E402

CURRENTS = np.geomspace(0.1, 100, 13)
"""A m-2."""


def test_formulas() -> None:
    names = {"a": np.array([1.0, 4.0]), "b": np.array([2.0, 3.0])}
    assert evaluate("-a**2 + sqrt(b)/2", names) == pytest.approx([-1 + 2**0.5 / 2, -16 + 3**0.5 / 2])
    assert evaluate("exp(log(a)) - abs(-pi)", names) == pytest.approx(names["a"] - np.pi)
    assert np.isinf(evaluate("9**9**9**9 + a", names)).all()


@pytest.mark.parametrize(
    "text", ["__import__('os')", "a.shape", "a[0]", "c", "lambda: 1", "a if b else 1", "a ==", "'x'", "sqrt(a, b)"]
)
def test_what_is_not_arithmetic_is_not_evaluated(text: str) -> None:
    with pytest.raises(FormulaError, match="^--against: [^\n]+$"):
        evaluate(text, {"a": np.ones(2), "b": np.ones(2)})


def test_what_is_not_drawn_is_said(tmp_path: Path) -> None:
    results = results_of(saturation(CURRENTS, 6e-15))
    results |= {"capacity": Column(np.full(13, 3600.0), "C m-2"), "duration": Column(np.full(13, np.nan), "s")}
    results |= {"time_steps": Column(CURRENTS), "conservation_error": Column(CURRENTS * 1e-14)}
    write_study(tmp_path / "study.h5", {"j": currents(CURRENTS)}, results)
    done = plot(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "capacity is not drawn: 0.1 mAh/cm² at every point\n" in done.stdout
    assert "duration is not drawn: no point has a value\n" in done.stdout
    assert "not drawn without --result: conservation_error, time_steps\n" in done.stdout
    assert {path.name for path in tmp_path.glob("*.png")} == {"study-time-to-saturation.png", "study-utilisation.png"}
    asked = tmp_path / "asked"
    assert plot(tmp_path, "--result", "conservation_error", "-o", asked).returncode == 0
    assert [path.name for path in asked.iterdir()] == ["study-conservation-error.png"]
    assert_refused(plot(tmp_path, "--result", "capacity"), "nothing to draw")
    assert_refused(plot(tmp_path, "--result", "stress"), "has no result stress; it has .*utilisation")
    assert_refused(plot(tmp_path, "--against", "j*x"), "x is not an axis")
    assert_refused(plot(tmp_path, tmp_path), "draw it by itself")


def set_attribute(name: str, value: object) -> Callable[[h5py.File], None]:
    """A change that gives an attribute of the root another value."""
    return lambda file: file.attrs.modify(name, value)


def fail_all(file: h5py.File) -> None:
    """A change that leaves no finished point."""
    file["points/status"][...] = FAILED


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (set_attribute("filetype", "other"), "not a study"),
        (set_attribute("format_version", [2, 0]), r"has format 2\.0"),
        (lambda file: file["points"].pop("status"), "does not follow the format of studies"),
        (fail_all, "no finished point .39 failed, 0 missing."),
    ],
)
def test_what_cannot_be_read(damage: Callable[[h5py.File], None], words: str, tmp_path: Path) -> None:
    path = write_slab(tmp_path / "study.h5", np.array([1e-16, 6e-15, 1e-12]), CURRENTS)
    with h5py.File(path, "r+") as file:
        damage(file)
    assert_refused(plot(path), words)


def test_results_that_are_all_the_same(tmp_path: Path) -> None:
    same = {name: Column(np.ones(13)) for name in ("utilisation", "capacity", "duration", "thickness")}
    write_study(tmp_path / "study.h5", {"j": currents(CURRENTS)}, same)
    assert_refused(plot(tmp_path), "all 4 results are the same at every point")
    write_study(tmp_path / "study.h5", {"j": currents(CURRENTS[:1])}, results_of(saturation(CURRENTS[:1], 6e-15)))
    assert_refused(plot(tmp_path), "nothing to draw; time_to_saturation is not drawn: .*")


def test_a_study_that_is_not_collected(tmp_path: Path) -> None:
    (tmp_path / "rows-0-of-1.journal").write_bytes(b"")
    assert_refused(plot(tmp_path), "mesolith collect")
    (tmp_path / "study.h5").write_text("not HDF5")
    assert_refused(plot(tmp_path), "cannot be read as HDF5")
