"""Kill a study at random moments, damage its journal and compare the tables (see scripts/study-survival)."""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
STUDY = ROOT / "cases" / "studies" / "plate-stress.yaml"
# Length of the beginning of a journal, which is on the disk before any row.
HEADER = 44


def quick_study(directory: Path) -> Path:
    """The study with 4 x 3 points."""
    text = STUDY.read_text().replace("case: ../", f"case: {ROOT}/cases/")
    text = text.replace("points: 20}", "points: 4}").replace("points: 10}", "points: 3}")
    path = directory / "quick.yaml"
    path.write_text(text)
    return path


def command(study: Path, output: Path, jobs: int) -> list[str]:
    """What runs the study, or goes on with it."""
    return [os.environ["MESOLITH"], "sweep", str(study), "--output", str(output), "--jobs", str(jobs), "--json"]


def finish(study: Path, output: Path, jobs: int) -> dict:
    """Run the study to its end and return what it says."""
    done = subprocess.run(command(study, output, jobs), capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{output.name}: exit code {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


def runs_below(output: Path) -> list[int]:
    """Processes that run points of the study."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # It ended meanwhile.
        if b"run" in words and any(word.startswith(f"{output}/points/".encode()) for word in words):
            found.append(int(process.name))
    return found


def tear(journal: Path, places: random.Random) -> str:
    """Zeros in the place of some bytes of a journal, as a power failure leaves them."""
    size = journal.stat().st_size if journal.exists() else 0
    if size <= HEADER:
        return "there is no row yet"
    start = places.randrange(HEADER, size)
    length = min(size - start, places.randint(1, 600))
    with journal.open("r+b") as file:
        file.seek(start)
        file.write(bytes(length))
    return f"the journal has {size} bytes, {length} of them zeros now"


def kill_after(seconds: float, study: Path, output: Path, jobs: int, places: random.Random) -> str:
    """Start the study, kill it, wait until its runs are gone, and tear a hole into what it wrote."""
    process = subprocess.Popen(command(study, output, jobs), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    under_way = len(runs_below(output))
    process.kill()
    if process.wait() != -9:
        return f"ended by itself before {seconds:.2f} s"
    end = time.monotonic() + 10
    while runs_below(output):
        if time.monotonic() > end:
            sys.exit(f"runs outlived their study: {runs_below(output)}")
        time.sleep(0.01)
    torn = tear(output / "rows-0-of-1.journal", places)
    return f"killed after {seconds:.2f} s with {under_way} runs under way; {torn}"


def columns(table: Path) -> dict[str, np.ndarray]:
    """Every column of a table."""
    with h5py.File(table) as file:
        return {name: dataset[()] for name, dataset in file["points"].items()}


def differences(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> list[str]:
    """Names of the columns that are not the same bit for bit, cpu_time apart."""
    if one.keys() != other.keys():
        return sorted(one.keys() ^ other.keys())

    def same(name: str) -> bool:
        a, b = one[name], other[name]
        if a.dtype != b.dtype or a.shape != b.shape:
            return False
        return a.tolist() == b.tolist() if a.dtype.hasobject else a.tobytes() == b.tobytes()

    return [name for name in one if name != "cpu_time" and not same(name)]


def main() -> None:
    """Run the study twice."""
    parser = argparse.ArgumentParser(prog="scripts/study-survival")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    moments = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="study-survival-") as name:
        directory = Path(name)
        study = quick_study(directory) if options.quick else STUDY
        start = time.monotonic()
        whole = finish(study, directory / "whole", options.jobs)
        length = time.monotonic() - start
        print(f"{whole['points']} points, undisturbed: {length:.1f} s, {whole['failed']} failed", flush=True)
        killed = directory / "killed"
        for _ in range(options.kills):
            # Each kill has its part of the time, so that the study is not done before the last.
            moment = moments.uniform(0.4, 1.2) * length / (options.kills + 1)
            print(kill_after(moment, study, killed, options.jobs, moments), flush=True)
        last = finish(study, killed, options.jobs)
        print(f"gone on with {last['already_done']} points done, {last['points'] - last['already_done']} to do")
        one, other = columns(directory / "whole" / "study.h5"), columns(killed / "study.h5")
        missing = int(np.count_nonzero(other["status"] == 2))
        differing = differences(one, other)
        print(f"{len(one) - 1} columns compared bit for bit, cpu_time apart: {len(differing)} differ; {missing} missing")
        if differing or missing or last["failed"] != whole["failed"]:
            sys.exit(f"FAILED: {', '.join(differing) or 'points are missing'}")
        print("the same table")


if __name__ == "__main__":
    main()
