"""docs/snakemake/Snakefile: a study in shares under Snakemake, where that is installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import CASE, ROOT
from readers import open_group

STUDY = """
case: case.yaml
set: {output.frames: final}
engine: general
axes:
  - {key: diffusivity, logarithmic: {from: 4e-11 cm^2/s, to: 8e-11 cm^2/s, points: 5}}
"""


@pytest.fixture
def workflow(tmp_path: Path) -> Path:
    """A directory with a study in it."""
    shutil.copy(CASE, tmp_path / "case.yaml")
    (tmp_path / "five.yaml").write_text(STUDY)
    return tmp_path


def snakemake(directory: Path, mesolith: str) -> str:
    """Run the workflow with two shares and return what Snakemake says."""
    program = shutil.which("snakemake")
    if program is None:
        pytest.skip("Snakemake is not installed: pip install snakemake")
    done = subprocess.run(
        [program, "--snakefile", ROOT / "docs" / "snakemake" / "Snakefile", "--cores", "2",
         "--config", "study=five.yaml", "shares=2", f"mesolith={mesolith}"],
        cwd=directory, env=os.environ | {"XDG_CACHE_HOME": str(directory)}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_the_shares_make_the_table(workflow: Path, mesolith: str) -> None:
    snakemake(workflow, mesolith)
    directory = workflow / "studies" / "five"
    table = open_group(directory / "study.h5", "points")
    assert dict(table.sizes) == {"diffusivity": 5} and (table["status"] == 0).all()
    assert {path.name for path in directory.glob("*.journal")} == {"rows-0-of-2.journal", "rows-1-of-2.journal"}
    assert "Nothing to be done" in snakemake(workflow, mesolith)


def test_a_share_that_failed_goes_on(workflow: Path, mesolith: str) -> None:
    snakemake(workflow, mesolith)
    directory = workflow / "studies" / "five"
    journal = (directory / "rows-1-of-2.journal").read_bytes()
    # As after a share that was killed: Snakemake does not know of its end, and its last row is torn.
    (workflow / "studies" / "five.shares" / "1-of-2").unlink()
    (directory / "study.h5").unlink()
    (directory / "rows-1-of-2.journal").write_bytes(journal[:-1])
    snakemake(workflow, mesolith)
    assert (open_group(directory / "study.h5", "points")["status"] == 0).all()
    assert (directory / "rows-1-of-2.journal").read_bytes()[: len(journal) // 2] == journal[: len(journal) // 2]
