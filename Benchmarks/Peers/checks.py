"""Whether a code may be timed: close enough to the reference, and where others are with the same steps."""

import plate
from codes import OURS, Failure
from problems import error

# How far the errors of equal steps in the square may differ, in parts of them: Q1 elements are ours but for
# round-off and the integration of the flux; finite volumes are compared at the centres of cells.
SAME_ELEMENTS = 1e-5
FINITE_VOLUMES = {"SciPy": 0.02, "FiPy": 0.02}


def check(problem, results):
    """Refuses what is wrong in any run of {line: Runs}."""
    for line, runs in results.items():
        if not error(runs) < problem.largest_error:
            raise Failure(f"{line.code}, {line.setting}, is wrong by {error(runs):.1e} in {problem.title}, and "
                          f"{problem.largest_error:.0e} is the most allowed")
    if problem.id == "square":
        check_square(results)
    if problem.id == "plate":
        check_plate(results)


def check_square(results):
    """The same steps of backward Euler have the same error, ours and those of all others."""
    for line, runs in results.items():
        if line.problem != "square-steps":
            continue
        wanted = error(runs)
        for other, them in results.items():
            largest = FINITE_VOLUMES.get(other.code, SAME_ELEMENTS)
            if other.group == line.group and not abs(error(them) - wanted) <= largest * wanted:
                raise Failure(
                    f"the error of {other.code}, {other.setting}, is {error(them):.6e} in the square and ours with the "
                    f"same steps is {wanted:.6e}: they may differ by {largest:.0e} of it")


def check_plate(results):
    """The same steps: peers agree to eight digits, ours with them by as much as the meshes differ; lithium is kept."""
    first = {}
    for line, runs in results.items():
        if line.code != OURS:
            hold(line, runs, first.setdefault(line.group, runs), plate.LARGEST_DEVIATION)
    for line, runs in results.items():
        if line.code != OURS:
            continue
        imbalance = max(plate.finite(run.get("balance")) for run in runs.all)
        if not imbalance < plate.LARGEST_IMBALANCE:
            raise Failure(f"{line.code}, {line.setting}, loses {imbalance:.1e} of the lithium of the plate, and "
                          f"{plate.LARGEST_IMBALANCE:.0e} is the most allowed")
        if line.group in first:
            hold(line, runs, first[line.group], {
                name: largest / line.cells**2 for name, largest in plate.LARGEST_DIFFERENCE.items()})


def hold(line, runs, same, largest):
    """Holds all runs of a line to the first of another with the same steps."""
    for run in runs.all:
        for name, found in plate.deviation(run, same.all[0]).items():
            if not found <= largest[name]:
                raise Failure(
                    f"{line.code} and {same.line.code} differ on the plate, {line.group}: {name} by {found:.1e}, and "
                    f"{largest[name]:.1e} is the most allowed")
