"""Interrupt runs at random moments and compare them with undisturbed ones (see scripts/survival)."""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import results_bits
import shipped_cases

SIGNALS = (signal.SIGTERM, signal.SIGKILL)


@dataclass
class Survival:
    """What was seen of a case."""

    case: str
    undisturbed: float
    kills: int = 0
    stops: int = 0
    resumed_at: list[str] = field(default_factory=list)
    compared: int = 0
    differing: list[str] = field(default_factory=list)

    def compare(self, whole: Path, broken: Path) -> None:
        """Take in how the results of a broken run differ from those of the whole one, and where it went on."""
        self.compared = sum("@" not in name for name in results_bits.contents(whole / "results.h5"))
        self.differing += results_bits.differences(whole / "results.h5", broken / "results.h5")
        self.resumed_at += resumptions(broken)
        verified = subprocess.run([os.environ["MESOLITH"], "verify", str(broken)], capture_output=True, text=True)
        if verified.returncode != 0:
            self.differing.append(f"verify: {verified.stdout} {verified.stderr}")

    def line(self) -> str:
        """One line of the table."""
        verdict = "the same" if not self.differing else "DIFFER: " + ", ".join(self.differing)
        return (
            f"{self.case:<28} {self.undisturbed:7.2f} s  {self.kills} killed, {self.stops} stopped, "
            f"gone on at {', '.join(self.resumed_at) or '-'} s;  {self.compared} datasets {verdict}"
        )


def resumptions(run_directory: Path) -> list[str]:
    """At which times of the run it went on, as its log says."""
    log = run_directory / "log.txt"
    lines = log.read_text().splitlines() if log.exists() else []
    return [f"{float(line.split(' goes on from ')[1].split()[0]):.4g}" for line in lines if " goes on from " in line]


def command(case: str, short: bool, output: Path, *options: str) -> list[str]:
    """What runs a case, or goes on with it."""
    return [
        os.environ["MESOLITH"], "run", *shipped_cases.arguments(case, short),
        "--output", str(output), "--resume", "--quiet", *options,
    ]  # fmt: skip


def run(words: list[str], output: Path) -> tuple[float, float]:
    """Run to the end; how long it took and how much of that the solution, s."""
    start = time.monotonic()
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    length = time.monotonic() - start
    if done.returncode != 0:
        raise RuntimeError(f"exit code {done.returncode} of {' '.join(words)}: {done.stderr}")
    return length, json.loads((output / "summary.json").read_text())["wall_time"]["value"]


def interrupt(words: list[str], seconds: float, number: signal.Signals) -> int:
    """Start a run and send it a signal after so long; its exit code."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(number)
        return process.wait()


def survive(case: str, short: bool, directory: Path, interruptions: int, seed: int) -> Survival:
    """Run a case whole, and once more with interruptions at random moments."""
    moments = random.Random(f"{case} {seed}")
    whole, broken = directory / f"{case}-whole", directory / f"{case}-broken"
    length, solving = run(command(case, short, whole), whole)
    # Some forty checkpoints, whose time then dominates that of a short run: a random moment is a random place in the run.
    interval = ("--checkpoint-interval", f"{solving / 40:.6f} s")
    trial = directory / f"{case}-trial"
    with_checkpoints, solving = run(command(case, short, trial, *interval), trial)
    begin = with_checkpoints - solving
    found = Survival(case, length)
    found.compare(whole, trial)
    attempts = 0
    while found.kills + found.stops < interruptions or not resumptions(broken) + found.resumed_at:
        attempts += 1
        if attempts > 20 * interruptions:
            raise RuntimeError(f"{case}: it ends before it can be interrupted")
        number = SIGNALS[(found.kills + found.stops + seed) % 2]
        # Later and later, where a busy machine is slow to begin.
        moment = (begin + moments.uniform(0, 2) * solving / (interruptions + 1)) * (1 + attempts / 20)
        code = interrupt(command(case, short, broken, *interval), moment, number)
        if code == 0:
            # It was faster than the kills: once more from the start.
            found.compare(whole, broken)
            shutil.rmtree(broken)
        elif code == -signal.SIGKILL:
            found.kills += 1
        elif code in (5, -signal.SIGTERM):  # the latter before it began to listen
            found.stops += 1
        else:
            raise RuntimeError(f"{case}: exit code {code} after {number.name}")
    run(command(case, short, broken), broken)
    found.compare(whole, broken)
    for directory in (whole, trial, broken):
        shutil.rmtree(directory)
    return found


def main() -> None:
    """Go through the cases."""
    parser = argparse.ArgumentParser(prog="scripts/survival")
    parser.add_argument("cases", nargs="*", default=shipped_cases.names(), metavar="CASE")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--interruptions", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--writes", type=int, metavar="KILLS")
    options = parser.parse_args()
    if options.writes:
        import write_survival

        sys.exit(0 if write_survival.survive(options.writes, options.seed) else 1)
    failed = []
    with tempfile.TemporaryDirectory(prefix="survival-") as name:
        for case in options.cases:
            found = survive(case, options.short, Path(name), options.interruptions, options.seed)
            print(found.line(), flush=True)
            if found.differing:
                failed.append(case)
    if failed:
        sys.exit(f"FAILED: {', '.join(failed)}")
    print(f"{len(options.cases)} cases: all datasets are the same bit for bit")


if __name__ == "__main__":
    main()
