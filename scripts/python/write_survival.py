"""Kill runs within their system calls and compare them with an undisturbed one (see scripts/survival --writes)."""

import collections
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import results_bits
from run_survival import command, run

CASE = "wang2024-fig4a"
# Saves and flushes often, so that there is much to be killed in.
OPTIONS = ("--set", "mesh.cells=16", "--set", "numerics.error_estimate=off", "--checkpoint-interval", "0 s")
# The calls by which the files of a run change.
CALLS = ("pwrite64", "write", "ftruncate", "fallocate", "fsync", "rename", "unlink", "openat")


def traced(words: list[str], log: Path, *options: str) -> int:
    """The exit code of a command under strace, whose log goes to a file."""
    trace = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(CALLS)}", *options]
    return subprocess.run([*trace, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


def survive(kills: int, seed: int) -> bool:
    """Kill a run in random calls, each on its own and then some on the way of one run; whether all went well."""
    choice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="survival-") as name:
        directory = Path(name)
        whole, broken, log = directory / "whole", directory / "broken", directory / "log"
        words = command(CASE, False, whole, *OPTIONS)
        traced(words, log)
        files = [line for line in log.read_text().splitlines() if str(whole) in line or not re.search(r" openat\(", line)]
        counts = collections.Counter(match[1] for line in files if (match := re.search(r"^\d+\s+(\w+)\(", line)))
        print(f"{CASE}: {', '.join(f'{counts[call]} {call}' for call in CALLS if counts[call])}", flush=True)
        killed, failed = collections.Counter(), []
        while killed.total() < kills:
            if choice.random() < 0.3:
                shutil.rmtree(broken, ignore_errors=True)
            call = choice.choice([call for call in CALLS if counts[call]])
            place = f"{call}:signal=SIGKILL:when={choice.randint(1, counts[call])}"
            code = traced(command(CASE, False, broken, *OPTIONS), log, "-e", f"inject={place}")
            if code in (-9, 137):
                killed[call] += 1
            elif code != 0:
                failed.append(f"{place}: exit code {code}")
            # Each time another way on: at once, through a recovery, or with the next kill.
            way = choice.randrange(3)
            if way == 0 and (broken / "results.journal").exists():
                words = [os.environ["MESOLITH"], "verify", "--recover", str(broken)]
                recovered = subprocess.run(words, capture_output=True, text=True)
                if recovered.returncode not in (0, 2):  # 2: the run was killed before it had a journal
                    failed.append(f"{place}: --recover: exit code {recovered.returncode}: {recovered.stderr}")
            if way < 2:
                run(command(CASE, False, broken, *OPTIONS), broken)
                failed += [f"{place}: {item}" for item in results_bits.differences(whole / "results.h5", broken / "results.h5")]
                shutil.rmtree(broken)
        print(f"killed in {', '.join(f'{killed[call]} {call}' for call in CALLS if killed[call])}: {len(failed)} failed")
        for failure in failed[:20]:
            print(f"  {failure}", file=sys.stderr)
        return not failed
