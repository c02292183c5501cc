"""The problems and the settings of every code: the cheapest that we found for their error."""

import math
from dataclasses import dataclass, replace

import plate
from codes import OURS, Line


@dataclass(frozen=True)
class Problem:
    """A problem and the lines of its table."""

    id: str
    title: str
    measure: str
    """What its error is."""
    lines: tuple[Line, ...]
    rounds: int
    largest_error: float
    """A run that is further from the reference is refused."""


def error(runs):
    """The error of a line by the measure of its problem, the largest of all its runs; infinite where one has none."""
    return max(error_of(runs.line, run) for run in runs.all)


def error_of(line, run):
    """The error of a run."""
    if line.problem not in ("plate", "plate-steps"):
        return plate.finite(run.get("error"))
    found = plate.deviation(run, plate.REFINED)
    return max(found[name] / max(map(abs, plate.REFINED[name])) for name in ("x", "stress"))


def fig4a(quick):
    """Fig. 4a: one layer until its surface is saturated."""
    count = "5" if quick else "20"

    def ours(cells, tolerance):
        return Line(OURS, "single", (tolerance, count, "--cells", cells), f"{cells} cells, {tolerance}")

    def adaptive(code, *words, tolerance):
        method = f"{words[0]}, " if len(words) > 1 else ""
        way = ("compiled",) if code == "PyBaMM" else ()
        return Line(
            code, "layer", ("single", *words, tolerance, *way, count), f"{method}{words[-1]} cells, {tolerance}")

    def equal(code, cells, steps, *more, count=count):
        return Line(code, "layer", ("single", cells, steps, *more, count), f"{cells} cells, {steps} steps")

    lines = [ours("16", "1e-2"), ours("16", "1e-4"), ours("32", "1e-6"), ours("64", "1e-8")]
    lines += [adaptive("PyBaMM", *setting[:1], tolerance=setting[1]) for setting in (
        ("28", "1e-5"), ("70", "1e-6"), ("200", "1e-8"))]
    lines += [adaptive("SciPy", "LSODA", *setting[:1], tolerance=setting[1]) for setting in (
        ("20", "1e-4"), ("70", "1e-6"), ("200", "1e-8"))]
    lines += [adaptive("SciPy", method, "70", tolerance="1e-6") for method in ("BDF", "Radau")]
    for code in ("scikit-fem", "FEniCSx", "NGSolve"):
        lines += [equal(code, *setting) for setting in (("6", "16"), ("20", "50"), ("40", "200"), ("80", "800"))]
    lines += [equal("FiPy", *setting, count="0") for setting in (("20", "50"), ("40", "100"), ("60", "200"))]
    lines += [equal("numba, plain", *setting) for setting in (("20", "30"), ("40", "60"), ("200", "400"))]
    lines += [equal("numba, special", *setting, "1") for setting in (("10", "32"), ("20", "200"))]
    return Problem("fig4a", "Fig. 4a, one layer until its surface is saturated", "time to saturation, relative",
                   tuple(lines), 1 if quick else 3, 2e-3)


def maps(quick):
    """The map of utilisation, D constant or of Li-Mg."""
    count, few = ("2", "0") if quick else ("20", "2")

    def ours(cells, tolerance, law="constant", both=False):
        return Line(OURS, "map", (law, cells, tolerance, count), f"{cells} cells, {tolerance}", group=law, both=both)

    def peer(code, setting, *words, count=count, points="map", both=False):
        # What takes long is told by its order of magnitude.
        return Line(code, "layer", (points, *words, count), setting, group="constant", both=both, once=count == "0")

    lines = [
        ours("16", "1e-2", both=True), ours("10", "1e-2"), ours("32", "1e-5"), ours("64", "1e-6"),
        ours("16", "1e-2", "li-mg"),
        peer("PyBaMM", "28 cells, 1e-5, compiled", "28", "1e-5", "compiled", count=few),
        peer("PyBaMM", "70 cells, 1e-6, compiled", "70", "1e-6", "compiled", count=few, both=True),
        peer("PyBaMM", "70 cells, 1e-6, interpreted", "70", "1e-6", "interpreted", count=few),
        peer("SciPy", "LSODA, 30 cells, 1e-5", "LSODA", "30", "1e-5", count="0"),
        peer("SciPy", "LSODA, 70 cells, 1e-6", "LSODA", "70", "1e-6", count="0"),
        peer("numba, first", "40 cells, 60 steps", "40", "60", both=True),
        peer("numba, plain", "40 cells, 60 steps", "40", "60", both=True),
        peer("numba, plain", "100 cells, 200 steps", "100", "200"),
        peer("numba, special", "10 cells, 32 steps, a point", "10", "32", "1"),
        peer("numba, special", "10 cells, 32 steps, eight points", "10", "32", "8", both=True),
        peer("numba, special", "16 cells, 160 steps, eight points", "16", "160", "8"),
    ]
    stride = "map/21"
    lines += [peer("FiPy", f"{cells} cells, {steps} steps", cells, steps, count="0", points=stride)
              for cells, steps in ((("50", "100"),) if quick else (("50", "100"), ("80", "200")))]
    return Problem("map", "Map of utilisation, 64 x 64 points", "utilisation, the largest of all points, relative",
                   tuple(lines), 1 if quick else 2, 1e-4)


def squares(quick):
    """Lithium in a square."""
    cells = "64" if quick else "512"
    kept, rebuilt = ("20", "10") if quick else ("100", "10")

    def peer(code, steps, method, way, *solver, both=False):
        name = {"euler": "Euler", "sdirk2": "SDIRK2"}[method]
        return Line(
            code, "square", (cells, steps, method, way, *solver), ", ".join([f"{name}, {steps} steps", *solver]),
            group=f"{name}, {steps} steps, {way}", both=both, cells=int(cells))

    lines = [
        Line(OURS, "square-steps", (cells, steps, way), f"Euler, {steps} steps", group=f"Euler, {steps} steps, {way}",
             both=not quick, cells=int(cells)) for steps, way in ((kept, "kept"), (rebuilt, "rebuilt"))]
    lines += [Line(OURS, "square", (cells, tolerance), f"ESDIRK4, {tolerance}", cells=int(cells))
              for tolerance in ("1e-2", "1e-3", "1e-4", "1e-5")]
    # The solver of the kept matrix, and of one that is rebuilt.
    for code, solves, factors in (
            ("scikit-fem", (), ()), ("FEniCSx", ("cholmod",), ("mumps",)),
            ("NGSolve", ("pardisospd",), ("pardisospd",))):
        lines += [peer(code, kept, "euler", "kept", *solves, both=not quick),
                  peer(code, rebuilt, "euler", "rebuilt", *factors, both=not quick)]
        lines += [peer(code, steps, "sdirk2", "kept", *solves) for steps in ("10", "40")]
    # What is slower than these, once each.
    lines += [replace(peer(*each), once=True) for each in (
        ("FEniCSx", kept, "euler", "kept", "mumps"), ("NGSolve", kept, "euler", "kept", "sparsecholesky"),
        ("NGSolve", rebuilt, "euler", "rebuilt", "sparsecholesky"))]
    lines += [peer("SciPy", kept, "euler", "kept", both=not quick)]
    lines += [peer("SciPy", steps, "sdirk2", "kept") for steps in ("10", "40", "160")]
    lines += [replace(peer("FiPy", rebuilt, "euler", "rebuilt", solver), once=True) for solver in ("lu", "pcg")]
    return Problem("square", f"Lithium in a square, {cells} x {cells} cells",
                   "concentration, the largest over the largest", tuple(lines), 1 if quick else 2, 2e-2)


def plates(quick):
    """The coupled plate."""

    def ours(cells, tolerance, both=False):
        return Line(
            OURS, "plate", (cells, tolerance), f"{cells} cells, ESDIRK4, {tolerance}", cells=int(cells), both=both)

    def peer(code, cells, steps, method, *solver, both=False):
        name = {"euler": "Euler", "bdf2": "BDF2"}[method]
        return Line(
            code, "plate", (cells, steps, method, *solver),
            ", ".join([f"{cells} cells, {name}, {steps} steps", *solver]),
            group=f"{name}, {cells} cells, {steps} steps", both=both, cells=int(cells), once=cells == "128")

    euler = {"16": "25", "64": "25", "128": "10"}
    second_order = {"16": ("12",), "64": ("6", "12", "25"), "128": ("12", "24")}
    meshes = ("16",) if quick else ("64", "128")
    lines = [ours("8" if quick else "32", "1e-2")]
    for cells in meshes:
        lines += [ours(cells, tolerance, both=tolerance == "1e-2") for tolerance in ("1e-1", "1e-2", "1e-3")]
        lines += [Line(OURS, "plate-steps", (cells, euler[cells]), f"{cells} cells, Euler, {euler[cells]} steps",
                       group=f"Euler, {cells} cells, {euler[cells]} steps", cells=int(cells))]
        for code, *solver in (("scikit-fem",), ("FEniCSx",), ("NGSolve", "pardiso")):
            lines += [peer(code, cells, euler[cells], "euler", *solver)]
            # The coarse of two settings alone where a code is not the fastest.
            settings = second_order[cells][:1] if cells == "128" and code == "NGSolve" else second_order[cells]
            lines += [peer(code, cells, steps, "bdf2", *solver, both=steps == "12") for steps in settings]
    # UMFPACK is slower than PARDISO by half; once is enough.
    lines += [peer("NGSolve", meshes[0], "12", "bdf2", "umfpack")]
    return Problem("plate", "Coupled plate", "x and stress on the axis, the larger of both, relative", tuple(lines),
                   1 if quick else 2, 0.05)


PROBLEMS = {"fig4a": fig4a, "map": maps, "square": squares, "plate": plates}


def with_threads(lines, threads):
    """The lines for `1`, `2` or `both` threads."""
    one = list(lines) if threads != "2" else []
    two = [replace(line, threads=2, once=True) for line in lines if line.both] if threads != "1" else []
    return one + two


def verification():
    """Runs of the plate on 16 x 16 cells, for which reference numbers are known."""
    solvers = {"scikit-fem": (), "FEniCSx": (), "NGSolve": ("pardiso",)}
    return [Line(code, "plate", ("16", "100", "euler", *solver), "reference numbers")
            for code, solver in solvers.items()]


def front(points):
    """Of (error, time) those that no other beats in both, by falling error; a twentieth less of error is none."""
    kept = []
    for point in sorted(points, key=lambda point: (point[1], point[0])):
        if not kept or point[0] < 0.95 * kept[-1][0]:
            kept.append(point)
    return kept


def time_at(points, error):
    """The time of a front at an error by lines through its points in logarithms, the last of which goes on.

    Returns the time, and whether it lies beyond the points.
    """
    points = front(points)
    if error >= points[0][0]:
        return points[0][1], False
    for left, right in zip(points, points[1:]):
        if right[0] <= error:
            break
    else:
        if len(points) == 1:
            return points[0][1], True
        left, right = points[-2:]
    slope = math.log(right[1] / left[1]) / math.log(right[0] / left[0])
    return left[1] * (error / left[0]) ** slope, error < points[-1][0]
