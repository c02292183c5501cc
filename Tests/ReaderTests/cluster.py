"""A Slurm of one node as scripts/slurm starts it, and how a test speaks to it.

No call waits without end: a command has ten seconds, a job as long as the test says.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT

DAEMONS = ("munged", "slurmctld", "slurmd")


def is_installed() -> bool:
    """Whether scripts/slurm could start one without installing it; Debian keeps daemons off a user's PATH."""
    path = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    return all(shutil.which(program, path=path) for program in (*DAEMONS, "sbatch"))


def await_that(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Ask every 50 ms; fail with what was awaited."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.05)


@dataclass(frozen=True)
class Slurm:
    """One that runs."""

    directory: Path
    environment: dict[str, str]

    @property
    def log(self) -> Path:
        """What stays when it ends."""
        return self.directory / "log"

    def command(self, *arguments: object) -> str:
        """What a command of Slurm prints."""
        command = list(map(str, arguments))
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=10)
        assert done.returncode == 0, f"{command}: {done.stderr}{self.last_words()}"
        return done.stdout

    def submit(self, script: Path, *options: str) -> str:
        """Submit from the directory of the script and return the number of the job."""
        return self.command("sbatch", "--parsable", f"--chdir={script.parent}", *options, script).strip()

    def tasks(self, job: str) -> list[str]:
        """States of those tasks that wait, run or end, e.g. RUNNING."""
        return self.command("squeue", "--noheader", "--array", "--format=%T", f"--jobs={job}").split()

    def await_end(self, job: str, seconds: float) -> None:
        """Until no task waits or runs."""
        await_that(lambda: not self.tasks(job), seconds, f"the end of job {job}\n{self.last_words()}")

    def runs(self, job: str) -> list[dict[str, str]]:
        """A record of every run that ended, in their order: ArrayTaskId, JobState, ExitCode, ..."""
        lines = (self.log / "jobcomp.txt").read_text().splitlines()
        records = [dict(field.split("=", 1) for field in line.split() if "=" in field) for line in lines]
        return [record for record in records if job in (record.get("ArrayJobId"), record["JobId"])]

    def last_words(self) -> str:
        """The ends of its logs, for the message of a test that fails."""
        return "".join(
            f"{path.name}:\n{path.read_text(errors='replace')[-600:]}\n" for path in sorted(self.log.glob("slurm*.log"))
        )


@contextmanager
def running_slurm(directory: Path) -> Iterator[Slurm]:
    """Start one in a directory that does not exist, and stop it, also when the tests are killed."""
    if not is_installed():
        pytest.skip("Slurm is not installed: scripts/setup --slurm")
    script = ROOT / "scripts" / "slurm"
    started = subprocess.run([script, "start", directory], capture_output=True, text=True, timeout=60)
    assert started.returncode == 0, started.stderr
    assert started.stdout == f"export SLURM_CONF={directory}/slurm.conf\n"
    # It reads until the other end of the pipe is closed, which our end does, too, whatever ends us.
    stop = subprocess.Popen(
        ["sh", "-c", 'cat; exec "$0" stop "$1"', script, directory],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        # Of our own environment only what a new shell would have: nothing of a cluster on which the tests may run.
        own = {name: value for name, value in os.environ.items() if not name.startswith(("SLURM", "SBATCH"))}
        yield Slurm(directory, own | {"SLURM_CONF": f"{directory}/slurm.conf"})
    finally:
        _, complaint = stop.communicate(timeout=60)
        assert stop.returncode == 0, complaint
