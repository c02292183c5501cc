#!/usr/bin/env python3
"""Compare the instructions of the kernels with those stored in instructions.json, by valgrind's callgrind.

A count hardly depends on the load of the machine, so that a change of one per cent is one of the code.
`scripts/bench instructions` builds the program and calls this:

    instructions.py WORKLOAD --flags=FLAGS [--update]

Exit code 1 when a count rose by more than one per cent. Counts of other versions of Swift, of valgrind or of the
libraries, or of other flags, are not comparable: then this says so and ends with 0. `--update` stores those of now.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

STORED = Path(__file__).parent / "instructions.json"
LIMIT = 0.01
# A count must not hang on the seed of a hash, on the processor that OpenBLAS finds, or on the environment.
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "SWIFT_DETERMINISTIC_HASHING": "1",
    "OPENBLAS_CORETYPE": "Haswell",
    "OPENBLAS_NUM_THREADS": "1",
    "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""),
}


# Addresses that are not chosen at random, so that tables that are hashed by address look the same in each run. A container may
# forbid it; counts then vary a little.
FIXED_ADDRESSES = ["setarch", "--addr-no-randomize"]
if subprocess.run([*FIXED_ADDRESSES, "true"], capture_output=True, check=False).returncode != 0:
    FIXED_ADDRESSES = []


def output(*command):
    """What a command prints."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def conditions(workload, flags):
    """What counts depend on besides the code."""
    swift = re.search(r"Swift version \S+", output("swift", "--version"))
    # The files behind the names, as liblapacke.so.3 says nothing of its version.
    linked = re.findall(r"=> (/\S+)", output("ldd", workload))
    libraries = sorted(Path(name).resolve().name for name in linked)
    return {
        "swift": swift.group() if swift else "unknown",
        "flags": flags or "none",
        "valgrind": output("valgrind", "--version"),
        "C library": " ".join(platform.libc_ver()),
        "libraries": " ".join(name for name in libraries if re.search("blas|lapack|mumps", name)),
    }


def count(workload, kernel, directory):
    """Instructions of one call of a kernel."""
    profile = Path(directory) / kernel["id"]
    command = [*FIXED_ADDRESSES, "valgrind", "--tool=callgrind", "--collect-atstart=no"]
    command += ["--toggle-collect=measured_region", f"--callgrind-out-file={profile}"]
    command += [workload, "kernel", kernel["id"], str(kernel["countedCalls"])]
    run = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
    if run.returncode != 0:
        reason = (run.stderr.strip().splitlines() or ["nothing was said"])[-1]
        raise SystemExit(f"instructions.py: the kernel {kernel['id']} ended with {run.returncode}: {reason}")
    total = re.search(r"^(?:summary|totals): (\d+)", profile.read_text(), re.MULTILINE)
    if not total or int(total.group(1)) == 0:
        raise SystemExit(f"instructions.py: callgrind counted nothing in the kernel {kernel['id']}")
    return round(int(total.group(1)) / kernel["countedCalls"])


def counts(workload):
    """Instructions of one call of every kernel that is counted, two at a time."""
    listed = json.loads(subprocess.run([workload, "kernels"], check=True, capture_output=True, text=True).stdout)
    kernels = [kernel for kernel in listed if kernel["countedCalls"] > 0]
    with tempfile.TemporaryDirectory() as directory, ThreadPoolExecutor(2) as pool:
        # valgrind 3.19 gives up on the line tables of the built-in material files; names of functions do without them.
        stripped = f"{directory}/workload"
        subprocess.run(["strip", "--strip-debug", "-o", stripped, workload], check=True)
        found = pool.map(lambda kernel: count(stripped, kernel, directory), kernels)
        return {kernel["id"]: number for kernel, number in zip(kernels, found)}


def compare(stored, found):
    """Says what changed; whether a count rose, or the kernels are others."""
    rose, fell = [], []
    for name, number in found.items():
        before = stored.get(name)
        if before is None:
            print(f"{name}: {number} instructions a call, not stored yet")
            continue
        change = number / before - 1
        if change > LIMIT:
            rose.append(f"{name}: {number} instructions a call, {100 * change:.1f} % more than {before}")
        elif change < -LIMIT:
            fell.append(f"{name}: {number} instructions a call, {-100 * change:.1f} % fewer than {before}")
    for name in stored.keys() - found.keys():
        print(f"{name}: stored, but there is no such kernel any more")
    for line in fell + rose:
        print(line)
    # A kernel of another name would escape its stored count.
    differs = stored.keys() != found.keys()
    if rose:
        print(f"FAILED: {len(rose)} of {len(found)} kernels rose by more than {100 * LIMIT:.0f} % above what is stored")
    if differs:
        print("FAILED: the kernels are not those that are stored")
    if fell or rose or differs:
        print("If that is meant, store the counts with the change: scripts/bench instructions --update")
    else:
        print(f"{len(found)} kernels take the instructions that are stored, within {100 * LIMIT:.0f} %")
    return bool(rose) or differs


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workload", help="the built program")
    parser.add_argument("--update", action="store_true", help="store the counts of now")
    parser.add_argument("--flags", default="", help="the flags of the build")
    options = parser.parse_args()
    here = conditions(options.workload, options.flags)
    if options.update:
        found = counts(options.workload)
        STORED.write_text(json.dumps({"conditions": here, "counts": found}, indent=2) + "\n")
        print(f"stored the instructions of {len(found)} kernels in {STORED.name}")
        return
    stored = json.loads(STORED.read_text())
    different = [name for name in here if stored["conditions"].get(name) != here[name]]
    if different:
        for name in different:
            print(f"{name}: {here[name]}; the stored counts are of {stored['conditions'].get(name)}")
        print("NOT COMPARABLE: instructions were not counted; to store those here: scripts/bench instructions --update")
    elif compare(stored["counts"], counts(options.workload)):
        sys.exit(1)


if __name__ == "__main__":
    main()
