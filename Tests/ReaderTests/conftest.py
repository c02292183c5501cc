"""What the reader tests share: the program, and runs of shipped cases that it made.

scripts/test runs them with MESOLITH set to the path of the program, and MESOLITH_SAMPLES to the directory into which
the Swift tests wrote files that no shipped case makes.
"""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "cases" / "wang2024-fig4a.yaml"


@dataclass(frozen=True)
class Finished:
    """A run that came to its end."""

    directory: Path
    stdout: str

    @property
    def file(self) -> Path:
        """Its results."""
        return self.directory / "results.h5"


@pytest.fixture(scope="session")
def mesolith() -> str:
    """Path of the program."""
    path = os.environ.get("MESOLITH")
    assert path, "set MESOLITH to the path of the program, or use scripts/test"
    return path


@pytest.fixture(scope="session")
def samples() -> Path:
    """Where the files of LatticeTests.swift are: plate.h5, a body of revolution that moves, and strip.h5, at rest."""
    path = os.environ.get("MESOLITH_SAMPLES")
    assert path, "set MESOLITH_SAMPLES for the Swift tests and for these, or use scripts/test"
    return Path(path)


@pytest.fixture(scope="session")
def run_case(mesolith: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Finished]:
    """A function that runs a case of the tree into a new directory."""

    def run(name: str, *options: str, case: Path = CASE) -> Finished:
        directory = tmp_path_factory.mktemp("runs") / name
        done = subprocess.run(
            [mesolith, "run", str(case), "--output", str(directory), *options],
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr
        return Finished(directory, done.stdout)

    return run


@pytest.fixture(scope="session")
def fig4a(run_case: Callable[..., Finished]) -> Finished:
    """Wang et al. 2024, Fig. 4a, as shipped."""
    return run_case("fig4a", "--json")


@pytest.fixture(scope="session")
def host_frame(run_case: Callable[..., Finished]) -> Finished:
    """The same in the frame of the host metal, in which the layer swells."""
    return run_case("host-frame", "--set", "layer.frame=host")
