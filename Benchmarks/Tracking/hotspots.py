"""Where the time goes: samples of the processor by function, of five problems: hotspots.py WORKLOAD OUTPUT

Needs perf of Linux. What lies in one library is summed, of the program itself each function is told. Prints Markdown and writes
JSON: {problem: [[what, share], ...]}.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from report import table

PROBLEMS = {
    "Fig. 4a, 1e-8": ["single", "1e-8", "1000"],
    "map of utilisation, constant D, 16 cells, 1e-2": ["map", "constant", "16", "1e-2", "100"],
    "map of utilisation, Li-Mg, 16 cells, 1e-2": ["map", "li-mg", "16", "1e-2", "20"],
    "square, 512 x 512, 1e-4": ["square", "512", "1e-4"],
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
        subprocess.run(
            ["perf", "record", "-q", "-e", "cpu-clock", "-F", "1999", "-o", data, "--", workload, *arguments],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
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


def main(workload, output):
    answer = {}
    for problem, arguments in PROBLEMS.items():
        found = [each for each in profile(workload, arguments) if each[1] >= LEAST][:MOST]
        answer[problem] = found
        print(f"### {problem}\n")
        rest = 1 - sum(share for _, share in found)
        table(["where", "% of the time"], [[what, f"{100 * share:.1f}"] for what, share in [*found, ("all else", rest)]])
    Path(output).write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")


main(*sys.argv[1:])
