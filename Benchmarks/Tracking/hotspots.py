"""Where the time goes: samples of the processor by function, of six problems: hotspots.py WORKLOAD OUTPUT --flags=FLAGS

Needs perf of Linux. What lies in one library is summed, of the program itself each function is told; the set-up of a run is part of
it. Prints Markdown and writes JSON: {"machine": ..., "problems": {problem: [[what, share], ...]}}.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import machine
from report import table

PROBLEMS = {
    "Fig. 4a, 1e-8": ["single", "1e-8", "1000"],
    "map of utilisation, constant D, 16 cells, 1e-2": ["map", "constant", "16", "1e-2", "100", "--unchecked"],
    "map of utilisation, Li-Mg, 16 cells, 1e-2": ["map", "li-mg", "16", "1e-2", "20", "--unchecked"],
    "square, 512 x 512, 1e-4": ["square", "512", "1e-4", "--unchecked"],
    "coupled plate, 64 x 64, 1e-3": ["plate", "64", "1e-3"],
    "map of ramps, 20 x 20, 1e-4": ["ccd", "20", "1e-4", "10"],
}
# Libraries by the beginning of their names; what is not named is a library of its own.
LIBRARIES = {
    "libdmumps": "MUMPS and its BLAS", "libmumps": "MUMPS and its BLAS", "libopenblas": "MUMPS and its BLAS",
    "libblas": "MUMPS and its BLAS", "libpord": "MUMPS and its BLAS", "libm.": "exp, log, pow (libm)", "libm-": "exp, log, pow (libm)",
    "libc.": "C library (memory, locks)", "libc-": "C library (memory, locks)", "libswift": "Swift's runtime", "[": "Linux",
}
LEAST, MOST = 0.015, 12


def profile(workload, arguments):
    """[(what, share)] of one run, the largest first."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "perf.data"
        done = subprocess.run(
            ["perf", "record", "-q", "-e", "cpu-clock", "-F", "1999", "-o", data, "--", workload, *arguments],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            sys.exit(f"scripts/bench: perf record ended with {done.returncode}: {reason}")
        said = subprocess.run(
            ["perf", "report", "-i", data, "--stdio", "--sort", "dso,symbol", "-F", "overhead,dso,symbol", "-t", "\t"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True).stdout
    said = subprocess.run(
        ["swift", "demangle", "--simplified"], input=said, stdout=subprocess.PIPE, text=True, check=True).stdout
    shares = {}
    for line in said.splitlines():
        parts = [part.strip() for part in line.split("\t")]
        if line.startswith("#") or len(parts) < 3 or not parts[0].endswith("%"):
            continue
        symbol = re.sub(r"^\[.\] (generic specialization <.*> of |specialized |merged )*", "", parts[2])
        library = next((name for start, name in LIBRARIES.items() if parts[1].startswith(start)), parts[1])
        what = f"`{symbol}`" if parts[1] == Path(workload).name else library
        shares[what] = shares.get(what, 0) + float(parts[0][:-1]) / 100
    return sorted(shares.items(), key=lambda each: -each[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload")
    parser.add_argument("output", type=Path)
    parser.add_argument("--flags", default="")
    options = parser.parse_args()
    answer = {}
    for problem, arguments in PROBLEMS.items():
        found = [each for each in profile(options.workload, arguments) if each[1] >= LEAST][:MOST]
        answer[problem] = found
        print(f"### {problem}\n")
        rest = 1 - sum(share for _, share in found)
        table(["where", "% of the time"], [[what, f"{100 * share:.1f}"] for what, share in [*found, ("all else", rest)]])
    options.output.write_text(
        json.dumps({"machine": machine.describe(options.flags), "problems": answer}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
