"""Kill runs at random moments and compare their results with those of undisturbed ones (see scripts/soak)."""

import argparse
import collections
import concurrent.futures
import dataclasses
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import results_bits

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"

# Shipped cases, what makes them short, and what varies in them. The first ones take some tenths of a second, the others seconds.
SHORT = [
    ("wang2024-fig4a", ["numerics.max_step=0.5 s"], "layer.thickness", ["4 um", "5 um", "6 um"]),
    ("li-mg-transport", ["numerics.max_step=10 s"], "layer.thickness", ["15 um", "20 um"]),
    (
        "wang2024-fig4-plate-one-way",
        ["mesh.columns=6", "mesh.rows=4", "protocol.0.until.time=1 s"],
        "protocol.0.current_density",
        ["5 mA/cm^2", "8 mA/cm^2"],
    ),
    ("sand-time", ["numerics.max_step=30 s"], "stack.pressure", ["4 MPa", "5 MPa"]),
    ("ham2024-hold", ["numerics.max_step=10 s"], "protocol.0.until.time", ["12 h", "24 h"]),
    ("void-closure-3mpa", [], "pressure", ["2 MPa", "3 MPa"]),
]
LONG = [
    ("li-mg-strip-transport", [], "temperature", ["25 degC", "30 degC"]),
    ("ham2024-ccd", [], "stack.pressure", ["3 MPa", "5 MPa"]),
    ("li-mg-ramp", [], "temperature", ["40 degC", "45 degC"]),
    ("island-5um", ["mesh.columns=8", "mesh.rows=4"], "protocol.1.until.time", ["5 min", "10 min"]),
    ("wang2024-fig4-plate-one-way", ["mesh.columns=12", "mesh.rows=8"], "protocol.0.until.time", ["2 s", "4 s"]),
    ("wang2024-fig4-plate-two-way", ["mesh.columns=6", "mesh.rows=4"], "protocol.0.until.time", ["2 s", "4 s"]),
]

# Exit codes of a run that was asked to end: complete before, interrupted, or ended before it could say so.
ENDS = {
    "SIGKILL": [0, -signal.SIGKILL],
    "SIGTERM": [0, 5, -signal.SIGTERM],
    "SIGINT twice": [0, 5, -signal.SIGINT],
}


class Failure(Exception):
    """What a run must not do, in one sentence."""


@dataclasses.dataclass(frozen=True)
class Variant:
    """A case with its overrides."""

    case: str
    overrides: tuple[str, ...]

    def command(self, output: Path) -> list[str]:
        """What runs it, or goes on with it."""
        words = [os.environ["MESOLITH"], "run", str(CASES / f"{self.case}.yaml")]
        for override in self.overrides:
            words += ["--set", override]
        return words + ["--output", str(output), "--resume", "--checkpoint-interval", "0.1 s", "--quiet"]

    def __str__(self) -> str:
        return " ".join([self.case, *self.overrides])


@dataclasses.dataclass
class Reference:
    """An undisturbed run."""

    directory: Path
    seconds: float


def variants(is_quick: bool) -> list[Variant]:
    """All that may be run."""
    return [
        Variant(case, (*overrides, f"{key}={value}"))
        for case, overrides, key, values in (SHORT if is_quick else SHORT + LONG)
        for value in values
    ]


def start(variant: Variant, output: Path) -> subprocess.Popen:
    """Begin or go on."""
    return subprocess.Popen(
        variant.command(output), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def wait(process: subprocess.Popen, allowed: list[int], what: str) -> int:
    """The exit code of a process, which must be an expected one."""
    errors = process.communicate()[1]
    if process.returncode not in allowed:
        raise Failure(f"{what}: exit code {process.returncode}: {errors.strip()}")
    return process.returncode


def finish(variant: Variant, output: Path) -> float:
    """Bring a run to its end; the time that it takes."""
    begin = time.monotonic()
    wait(start(variant, output), [0], f"{variant} in {output.name}")
    return time.monotonic() - begin


def disturb(process: subprocess.Popen, how: str) -> None:
    """End a run in one of the ways."""
    if how == "SIGINT twice":
        process.send_signal(signal.SIGINT)
        time.sleep(0.002)
    process.send_signal({"SIGKILL": signal.SIGKILL, "SIGTERM": signal.SIGTERM}.get(how, signal.SIGINT))


def rival(variant: Variant, output: Path, moments: random.Random, seconds: float) -> str:
    """Two runs in one directory at the same time, one of which may be killed."""
    pair = [start(variant, output), start(variant, output)]
    victim = moments.choice([None, *pair])
    if victim:
        time.sleep(moments.uniform(0, seconds))
        victim.kill()
    codes = []
    for process in pair:
        errors = process.communicate()[1].strip()
        codes.append(process.returncode)
        if process.returncode == 2 and (len(errors.splitlines()) != 1 or not errors.startswith("error: ")):
            raise Failure(f"{variant} in {output.name}: the run that came second does not say one error: {errors}")
        if process.returncode not in ([0, 2, -signal.SIGKILL] if process is victim else [0, 2]):
            raise Failure(f"{variant} in {output.name}: beside another run: exit code {process.returncode}: {errors}")
    if codes == [2, 2]:
        raise Failure(f"{variant} in {output.name}: of two runs at the same time neither had the directory")
    return "one refused" if 2 in codes else "one after the other"


def survive(variant: Variant, output: Path, seed: str, reference: Reference, has_rival: bool) -> list[str]:
    """A run that is disturbed and brought to its end; what happened to it."""
    moments = random.Random(seed)
    happened = []
    if has_rival:
        happened.append(rival(variant, output, moments, reference.seconds))
    for _ in range(moments.randint(1, 3)):
        how = moments.choice(list(ENDS))
        process = start(variant, output)
        time.sleep(moments.uniform(0, reference.seconds))
        disturb(process, how)
        code = wait(process, ENDS[how], f"{variant} in {output.name}, {how}")
        happened.append(how if code != 0 else "complete before the signal")
    finish(variant, output)
    check(variant, output, reference)
    return happened


def check(variant: Variant, output: Path, reference: Reference) -> None:
    """Expect a run to be sound and the same as the undisturbed one."""
    verified = subprocess.run([os.environ["MESOLITH"], "verify", str(output)], capture_output=True, text=True)
    if verified.returncode != 0:
        raise Failure(f"{variant} in {output.name}: not sound: {(verified.stdout + verified.stderr).strip()}")
    differing = results_bits.differences(reference.directory / "results.h5", output / "results.h5")
    if differing:
        raise Failure(f"{variant} in {output.name}: differs from an undisturbed run in {', '.join(differing[:8])}")


def soak(chosen: list[Variant], tree: Path, seed: int, jobs: int) -> collections.Counter[str]:
    """Run everything, some at a time; how often what happened."""
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        needed = list(dict.fromkeys(chosen))
        whole = [tree / f"whole-{index:02}" for index in range(len(needed))]
        times = list(pool.map(finish, needed, whole))
        references = {v: Reference(d, t) for v, d, t in zip(needed, whole, times, strict=True)}
        print(f"{len(needed)} variants, undisturbed: {sum(times):.1f} s", flush=True)
        work = [
            pool.submit(survive, v, tree / f"run-{i:03}", f"{seed} {i}", references[v], has_rival=i % 5 == 0)
            for i, v in enumerate(chosen)
        ]
        happened: collections.Counter[str] = collections.Counter()
        try:
            for item in concurrent.futures.as_completed(work):
                happened.update(item.result())
        except Failure:
            pool.shutdown(cancel_futures=True)
            raise
        return happened


def main() -> None:
    """Choose the runs and say what became of them."""
    parser = argparse.ArgumentParser(prog="scripts/soak")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    count = options.runs or (30 if options.quick else 500)
    choice = random.Random(options.seed)
    known = variants(options.quick)
    # Each of them once before any comes again.
    chosen: list[Variant] = []
    while len(chosen) < count:
        chosen += choice.sample(known, len(known))
    chosen = chosen[:count]
    tree = Path(tempfile.mkdtemp(prefix="soak-"))
    try:
        happened = soak(chosen, tree, options.seed, options.jobs)
    except Failure as failure:
        sys.exit(f"FAILED: {failure}; the runs are in {tree}")
    shutil.rmtree(tree)
    for what, number in sorted(happened.items()):
        print(f"  {number:5} {what}")
    # A second run waits for a moment, in which a short one may end.
    if count >= 100 and not happened["one refused"]:
        sys.exit("FAILED: no two runs met in one directory")
    print(f"{count} runs complete, sound and the same as undisturbed ones, bit for bit")


if __name__ == "__main__":
    main()
