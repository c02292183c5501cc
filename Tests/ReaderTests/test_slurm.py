"""Studies on a real Slurm of one node: scripts/slurm, and the job script that `mesolith sweep --slurm` writes."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import xarray
from cluster import Slurm, await_that, running_slurm
from conftest import CASE
from readers import open_group


@pytest.fixture(scope="module")
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slurm]:
    """One for all tests."""
    with running_slurm(tmp_path_factory.mktemp("slurm") / "one") as started:
        yield started


def written(path: Path, text: str) -> Path:
    """The path, with the text in it."""
    path.write_text(text)
    return path


def processes_of(directory: Path) -> list[str]:
    """Command lines of all processes that were told of the Slurm in a directory."""
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes().split(b"\0")
            if f"SLURM_CONF={directory}/slurm.conf".encode() in environment:
                found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            # It ended meanwhile, or it is not ours.
            continue
    return found


def test_the_node_is_ready(slurm: Slurm) -> None:
    assert slurm.command("sinfo", "--noheader", "--format=%N %c %t") == "n1 4 idle\n"


def test_an_array_ends_with_what_its_tasks_return(slurm: Slurm, tmp_path: Path) -> None:
    script = written(tmp_path / "job.sh", "#!/bin/sh\nexit $((SLURM_ARRAY_TASK_ID == 2 ? 7 : 0))\n")
    job = slurm.submit(script, "--array=0-3")
    slurm.await_end(job, seconds=20)
    ends = {run["ArrayTaskId"]: (run["JobState"], run["ExitCode"]) for run in slurm.runs(job)}
    good = ("COMPLETED", "0:0")
    assert ends == {"0": good, "1": good, "2": ("FAILED", "7:0"), "3": good}


def test_stop_leaves_nothing_behind(tmp_path: Path) -> None:
    # A job that ignores SIGTERM, with a child that has left its process group.
    script = written(tmp_path / "job.sh", "#!/bin/sh\ntrap '' TERM\nsetsid sleep 1000 &\ntouch begun\nsleep 1000\n")
    directory = tmp_path / "slurm"
    with running_slurm(directory) as slurm:
        slurm.submit(script)
        await_that((tmp_path / "begun").exists, seconds=20, what="the start of the job")
        assert any("slurmctld" in line for line in processes_of(directory))
        assert any("sleep 1000" in line for line in processes_of(directory))
    assert processes_of(directory) == []
    assert [path.name for path in directory.iterdir()] == ["log"]


POINTS = 12
# Twelve points of half a second, so that a task can be met at work.
STUDY = """
case: case.yaml
set:
  output.frames: final
  numerics.max_step: 0.1 s
engine: general
axes:
  - key: diffusivity
    logarithmic: {from: 4e-11 cm^2/s, to: 8e-11 cm^2/s, points: 4}
  - key: protocol.0.current_density
    name: current
    values: [0.8 mA/cm^2, 1 mA/cm^2, 1.2 mA/cm^2]
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of a shipped case. Its directory has a name that a shell and Slurm must not take apart."""
    directory = tmp_path_factory.mktemp("a study %j")
    shutil.copy(CASE, directory / "case.yaml")
    return written(directory / "study.yaml", STUDY)


def run(*command: object, code: int = 0) -> str:
    """What a command prints that ends with the code."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120)
    assert done.returncode == code, f"exit code {done.returncode}: {done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def alone(mesolith: str, study: Path) -> Path:
    """The directory of the study as `mesolith sweep` makes it without Slurm."""
    directory = study.parent / "alone"
    run(mesolith, "sweep", study, "--output", directory, "--quiet")
    return directory


def assert_same_table(directory: Path, expected: Path) -> None:
    """Every column but the processor time is the same bit for bit, and no point failed."""
    mine, other = (open_group(path / "study.h5", "points").drop_vars("cpu_time") for path in (directory, expected))
    xarray.testing.assert_identical(mine, other)
    for name in mine.variables:
        if mine[name].dtype != object:
            assert mine[name].values.tobytes() == other[name].values.tobytes(), name
    assert mine.sizes == {"diffusivity": 4, "current": 3}
    assert (mine["status"] == 0).all() and np.isfinite(mine["utilisation"]).all()


@dataclass(frozen=True)
class Job:
    """A study as an array of jobs."""

    slurm: Slurm
    mesolith: str
    script: Path
    directory: Path

    def submit(self) -> str:
        """Number of the job."""
        return self.slurm.submit(self.script)

    def collect(self, code: int = 0) -> dict[str, object]:
        """What `mesolith collect` says."""
        return json.loads(run(self.mesolith, "collect", self.directory, "--json", code=code))

    def await_rows(self, task: int, tasks: int) -> None:
        """Until a task has recorded a point."""
        journal = self.directory / f"rows-{task}-of-{tasks}.journal"
        await_that(journal.exists, 20, f"the start of task {task}")
        size = journal.stat().st_size
        await_that(lambda: journal.stat().st_size > size, 20, f"a point of task {task}")

    def logs(self) -> str:
        """What the tasks printed."""
        return "".join(path.read_text() for path in sorted(self.directory.glob("slurm-*.log")))


@pytest.fixture
def make_job(slurm: Slurm, mesolith: str, study: Path, tmp_path: Path) -> Callable[[int], Job]:
    """A function that lets mesolith write the script for a number of tasks."""

    def make(tasks: int) -> Job:
        directory = study.parent / tmp_path.name
        text = run(mesolith, "sweep", study, "--output", directory, "--slurm", "--tasks", tasks, "--time", "10")
        return Job(slurm, mesolith, written(tmp_path / "job.sh", text), directory)

    return make


def ends(slurm: Slurm, job: str, task: int) -> list[str]:
    """States in which the runs of a task ended."""
    return [run["JobState"] for run in slurm.runs(job) if run["ArrayTaskId"] == str(task)]


def test_an_array_makes_the_same_table(make_job: Callable[[int], Job], slurm: Slurm, alone: Path) -> None:
    job = make_job(4)
    # The commands that the head of the script gives.
    commands = re.findall(r"^#   (.*sbatch .*)$", job.script.read_text(), re.MULTILINE)
    assert len(commands) == 2
    said = slurm.command("bash", "-c", f"cd {job.script.parent}; {'; '.join(commands)}; echo $id")
    found = re.fullmatch(r"Submitted batch job (\d+)\n(\d+)\n", said)
    assert found, said
    collecting, number = found.groups()
    slurm.await_end(collecting, seconds=60)
    assert [ends(slurm, number, task) for task in range(4)] == [["COMPLETED"]] * 4, job.logs()
    log = (job.directory / "slurm-collect.log").read_text()
    assert [run["JobState"] for run in slurm.runs(collecting)] == ["COMPLETED"], log
    assert f"{POINTS} of {POINTS} done" in log
    assert_same_table(job.directory, alone)


def test_tasks_at_their_time_limit_go_on_later(make_job: Callable[[int], Job], slurm: Slurm, alone: Path) -> None:
    job = make_job(2)
    number = job.submit()
    for task in range(2):
        job.await_rows(task, 2)
    # What Slurm sends before the limit, without the minute that a limit lasts at least.
    slurm.command("scancel", "--batch", "--signal=USR1", number)
    slurm.await_end(number, seconds=60)
    for task in range(2):
        log = (job.directory / f"slurm-{number}_{task}.log").read_text()
        # A run that goes back into the queue waits there when it is recorded.
        assert ends(slurm, number, task) == ["PENDING", "COMPLETED"], log
        before = re.search(r"(\d+) of them before", log)
        assert before and 1 <= int(before[1]) < POINTS // 2, log
    assert_same_table(job.directory, alone)


def test_a_task_that_dies_leaves_points_for_the_next(make_job: Callable[[int], Job], slurm: Slurm, alone: Path) -> None:
    job = make_job(2)
    number = job.submit()
    job.await_rows(1, 2)
    slurm.command("scancel", "--full", "--signal=KILL", f"{number}_1")
    slurm.await_end(number, seconds=60)
    assert ends(slurm, number, 0) == ["COMPLETED"], job.logs()
    assert ends(slurm, number, 1) == ["CANCELLED"], job.logs()
    found = job.collect(code=3)
    assert found["points"] == POINTS and POINTS // 2 < found["done"] < POINTS and found["failed"] == 0
    status = open_group(job.directory / "study.h5", "points")["status"]
    assert int((status == 2).sum()) == POINTS - found["done"]

    number = job.submit()
    slurm.await_end(number, seconds=60)
    assert [ends(slurm, number, task) for task in range(2)] == [["COMPLETED"]] * 2, job.logs()
    assert job.collect()["done"] == POINTS
    assert_same_table(job.directory, alone)
