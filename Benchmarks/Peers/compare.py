"""What scripts/compare runs: the peers are verified, all codes run in turns, and tables in Markdown are printed."""

import argparse
import json
import os
import subprocess
import sys

from measure import AFTER_HUNDRED_STEPS, REFINED

HERE = os.path.dirname(os.path.abspath(__file__))


class Failure(Exception):
    """A code that failed or is wrong, in words."""


class Codes:
    """How the codes are started; each run is a process that prints one line of JSON."""

    def __init__(self, options):
        self.options = options
        self.log = open(options.log, "w", encoding="utf-8")

    def run(self, code, problem, *arguments):
        if code == "mesolith":
            command = [self.options.workload, {"square": "square-steps"}.get(problem, problem), *arguments]
        else:
            script = {"scikit-fem": "skfem", "FEniCSx": "fenicsx", "PyBaMM": "pybamm", "numba": "numba"}[code]
            python = self.options.fenicsx if code == "FEniCSx" else self.options.python
            command = [python, f"{HERE}/{problem}_{script}.py", *arguments]
        done = subprocess.run([*command], stdout=subprocess.PIPE, stderr=self.log, text=True, check=False)
        if done.returncode != 0:
            raise Failure(f"{' '.join(command)} ended with {done.returncode}; see {self.options.log}")
        return json.loads(done.stdout.strip().splitlines()[-1])


PEERS = ("scikit-fem", "FEniCSx")

# The maps of utilisation: about the same error, then a finer one. The peers' numbers are the cheapest that we found for theirs.
MAPS = [
    ("mesolith", ("constant", "16", "1e-2")), ("mesolith", ("constant", "10", "1e-2")),
    ("mesolith", ("constant", "32", "1e-5")), ("mesolith", ("li-mg", "16", "1e-2")),
    ("PyBaMM", ("28", "1e-5")), ("PyBaMM", ("70", "1e-6")),
    ("numba", ("10", "32", "1")), ("numba", ("10", "32", "8")), ("numba", ("16", "160", "8")),
]
MAP_ERROR = 1e-4


def deviation(run, reference):
    """The largest deviations on the axis, in x and in MPa."""
    return tuple(max(abs(a - b) for a, b in zip(run[key], reference[key])) for key in ("x", "stress"))


def verify(run, cells, code):
    """Refuses a code that is not what others found on the same mesh: eight digits are given."""
    x, stress = deviation(run, AFTER_HUNDRED_STEPS[cells])
    if x > 1e-8 or stress > 1e-5:
        raise Failure(f"{code} is wrong on {cells} x {cells} cells: x by {x}, the stress by {stress} MPa")


class Runs:
    """The runs of one line of a table; the least CPU time counts, the most of it tells of the noise."""

    def __init__(self):
        self.all = []

    def add(self, run):
        self.all.append(run)

    def least(self, key="solve"):
        return min(run[key] for run in self.all)

    @property
    def noise(self):
        """The most CPU time above the least in per cent; a single run tells nothing of it."""
        if len(self.all) < 2:
            return "-"
        return f"{100 * (max(run['solve'] for run in self.all) / self.least() - 1):.0f}"

    @property
    def memory(self):
        return max(run["memory"] for run in self.all)

    def __getitem__(self, key):
        return self.all[0][key]


def measure(codes, lines, rounds):
    """Runs every line once in each round: {line: Runs}. A line is (code, problem, arguments...)."""
    results = {line: Runs() for line in lines}
    for _ in range(rounds):
        for line in lines:
            results[line].add(codes.run(*line))
    return results


def table(head, rows):
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def compare_plates(codes, meshes, tolerances, steps, rounds):
    ratios = []
    for cells in meshes:
        few = rounds if cells < 128 else max(1, rounds - 2)
        lines = [("mesolith", "plate", str(cells), tolerance) for tolerance in tolerances]
        lines += [("mesolith", "plate-steps", str(cells), "100")]
        lines += [(peer, "plate", str(cells), str(count)) for peer in PEERS for count in steps]
        results = measure(codes, lines, few)
        for line, runs in results.items():
            if cells in AFTER_HUNDRED_STEPS and line[0] in PEERS and line[3] == "100":
                verify(runs, cells, line[0])
        ours = results[lines[0]].least()
        print(f"### Coupled plate, {cells} x {cells} cells, the least of {few} run{'s' if few > 1 else ''}\n")
        rows = []
        for line, runs in results.items():
            x, stress = deviation(runs, REFINED)
            is_adaptive = line[1:2] == ("plate",) and line[0] == "mesolith"
            rows.append([
                line[0], f"ESDIRK4, {line[3]}" if is_adaptive else f"Euler, {line[3]} steps", f"{runs['steps']:.0f}",
                f"{runs['iterations']:.0f}", f"{runs.least():.2f}", runs.noise, f"{runs.least('setup'):.2f}",
                f"{runs.memory:.0f}", f"{x:.1e}", f"{stress:.3f}", f"{runs.least() / ours:.1f}"])
        table(["code", "in time", "steps", "iterations", "CPU s", "noise %", "set-up s", "MB", "error of x",
               "of stress, MPa", "over ours"], rows)
        step = {line: runs.least() / runs["steps"] for line, runs in results.items() if line[3] == "100"}
        for line, each in step.items():
            mine = step[("mesolith", "plate-steps", str(cells), "100")]
            iterations = results[line]["iterations"] / 100
            ratios.append(
                [f"{cells} x {cells}", line[0], f"{iterations:.1f}", f"{1e3 * each:.0f}", f"{each / mine:.2f}"])
    print("### One step of backward Euler of 0.1 s on the plate, solved to 1e-8 of the load\n")
    table(["cells", "code", "iterations", "CPU ms", "over ours"], ratios)


def compare_squares(codes, cells, steps, rounds):
    plural = "s" if rounds > 1 else ""
    print(f"### Transport in a square, {cells} x {cells} cells, Q1, the least of {rounds} run{plural}\n")
    lines = [
        (code, "square", str(cells), str(count), way) for way, count in steps.items() for code in ("mesolith", *PEERS)]
    results = measure(codes, lines, rounds)
    rows = []
    for line, runs in results.items():
        # The error, most of it of the steps, is the same for all.
        same = results[("mesolith", *line[1:])]
        if abs(runs["error"] / same["error"] - 1) > 1e-6:
            raise Failure(f"{line[0]} is wrong in the square: {runs['error']}, we {same['error']}")
        each, ours = (1e3 * them.least() / (them["steps"] - 1) for them in (runs, same))
        rows.append([line[0], line[4], line[3], f"{each:.1f}", runs.noise, f"{runs.least('first'):.2f}",
                     f"{runs.memory:.0f}", f"{runs['error']:.6e}", f"{each / ours:.2f}"])
    table(["code", "matrix", "steps", "CPU ms a step", "noise %", "first step s", "MB", "error", "over ours"], rows)


def compare_maps(codes, counts, rounds):
    """The map of utilisation. `counts`: how often a process of each code solves it, the least time of which counts."""
    plural = "s" if rounds > 1 else ""
    print(f"### Map of utilisation, 64 x 64 points, the least of {rounds} run{plural} of several maps each\n")
    lines = [(code, "map", *numerics, str(counts[code])) for code, numerics in MAPS]
    results = measure(codes, lines, rounds)
    ours = results[lines[0]]
    rows = []
    for line, runs in results.items():
        if not runs["error"] < MAP_ERROR:
            raise Failure(f"{line[0]} is wrong on the map of utilisation: by {runs['error']}")
        if line[0] == "numba":
            cells, time = line[2], f"SDIRK2, {line[3]} steps, {line[4]} {'point' if line[4] == '1' else 'points'} at once"
        else:
            cells, time = line[-3], f"{'BDF' if line[0] == 'PyBaMM' else 'ESDIRK4'}, {line[-2]}"
        law = "Li-Mg" if "li-mg" in line else "constant"
        rows.append([line[0], law, cells, time, f"{1e3 * runs.least():.1f}", runs.noise, f"{runs.memory:.0f}",
                     f"{runs['error']:.1e}", f"{runs.least() / ours.least():.2f}"])
    table(["code", "D", "cells", "in time", "CPU ms", "noise %", "MB", "largest error", "over ours"], rows)
    constant, alloy = (
        results[("mesolith", "map", law, "16", "1e-2", str(counts["mesolith"]))] for law in ("constant", "li-mg"))
    print(f"Li-Mg takes {alloy.least() / constant.least():.1f} times as long as a constant D with the same cells and "
          f"tolerance, {alloy['iterations'] / constant['iterations']:.1f} times the solutions of a stage.\n")


def load():
    return ", ".join(f"{average:.1f}" for average in os.getloadavg())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--workload", "--python", "--fenicsx", "--log"):
        parser.add_argument(name, required=True)
    parser.add_argument("--quick", action="store_true")
    codes = Codes(parser.parse_args())
    quick = codes.options.quick
    try:
        for peer in PEERS:
            verify(codes.run(peer, "plate", "16", "100"), 16, peer)
        print("Both peers give the reference numbers. CPU times of one thread; "
              f"{os.cpu_count()} processors, load {load()}.\n")
        if quick:
            compare_maps(codes, {"mesolith": 3, "PyBaMM": 1, "numba": 3}, 1)
            compare_plates(codes, [16], ["1e-3"], [100], 1)
            compare_squares(codes, 64, {"kept": 20, "rebuilt": 20}, 1)
        else:
            compare_maps(codes, {"mesolith": 20, "PyBaMM": 2, "numba": 20}, 3)
            compare_squares(codes, 512, {"kept": 100, "rebuilt": 20}, 2)
            compare_plates(codes, [64, 128], ["1e-3", "1e-4", "1e-5"], [25, 100], 3)
        print(f"Load at the end: {load()}. Where a noise is above 10 the machine was busy: run it again.")
    except Failure as failure:
        print(f"scripts/compare: {failure}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
