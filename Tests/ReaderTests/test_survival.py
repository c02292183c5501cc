"""Runs that are interrupted and gone on with give the same bits: scripts/survival and scripts/soak in short."""

import os
import re
import shutil
import subprocess

import pytest
from conftest import ROOT

CASES = sorted(path.stem for path in (ROOT / "cases").glob("*.yaml"))


def run_script(mesolith: str, *words: str) -> list[str]:
    done = subprocess.run(
        [ROOT / "scripts" / words[0], *words[1:]], env=os.environ | {"MESOLITH": mesolith}, capture_output=True, text=True,
        timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("case", CASES)
def test_a_case_interrupted_five_times_has_the_same_bits(mesolith: str, case: str) -> None:
    lines = run_script(mesolith, "survival", "--short", case)
    found = re.match(rf"{case} .* s  (\d+) killed, (\d+) stopped, gone on at \d", lines[0])
    assert found and int(found[1]) >= 2 and int(found[2]) >= 2 and int(found[1]) + int(found[2]) >= 5, lines
    assert lines[-1] == "1 cases: all datasets are the same bit for bit"


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: scripts/setup --test")
def test_a_run_killed_within_its_writes_is_recovered(mesolith: str) -> None:
    lines = run_script(mesolith, "survival", "--writes", "24")
    assert lines[-1].startswith("killed in ") and lines[-1].endswith(": 0 failed"), lines


def test_a_tree_of_runs_that_are_killed_is_complete_at_the_end(mesolith: str) -> None:
    lines = run_script(mesolith, "soak", "--quick")
    assert lines[-1] == "30 runs complete, sound and the same as undisturbed ones, bit for bit", lines
