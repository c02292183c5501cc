"""The comparison with other codes: what counts of several runs, what is refused, how promises are judged and kept."""

import json
import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
for folder in ("Tracking", "Peers"):
    sys.path.insert(0, str(ROOT / "Benchmarks" / folder))

import checks  # noqa: E402
import compare  # noqa: E402
import plate  # noqa: E402
import problems  # noqa: E402
import promises  # noqa: E402
from codes import CODES, OURS, Failure, Line, Runs, Starter  # noqa: E402

LAYER = Line(OURS, "map", (), "16 cells", group="constant")
STEPS = Line(OURS, "plate-steps", (), "64 cells", group="Euler, 64 cells, 25 steps", cells=64)
PEER = Line("NGSolve", "plate", (), "64 cells", group=STEPS.group, cells=64)
SQUARE = Line(OURS, "square-steps", (), "Euler, 100 steps", group="Euler, 100 steps, kept")


def run(solve=1.0, **numbers):
    """What a run tells."""
    return {"setup": 0.5, "solve": solve, "wall": solve, "memory": 100.0, **numbers}


def axis(x=0.0, stress=0.0):
    """A solution of the plate that is off by so much at one place."""
    numbers = {name: list(plate.REFINED[name]) for name in ("x", "stress")}
    numbers["x"][4] += x
    numbers["stress"][4] += stress
    return numbers


@pytest.mark.parametrize(("points", "kept"), [
    ([(1e-2, 1), (1e-3, 2), (1e-4, 3)], [(1e-2, 1), (1e-3, 2), (1e-4, 3)]),
    ([(1e-3, 2), (1e-2, 3), (1e-2, 1)], [(1e-2, 1), (1e-3, 2)]),
    ([(1e-2, 1), (0.96e-2, 2)], [(1e-2, 1)]),
    ([(1e-2, 1), (1e-3, 1)], [(1e-3, 1)]),
])
def test_the_front_is_what_nothing_beats(points, kept):
    assert problems.front(points) == kept


@pytest.mark.parametrize(("points", "error", "time", "is_beyond"), [
    ([(1e-2, 1), (1e-4, 100)], 1e-3, 10, False),
    ([(1e-2, 1), (1e-4, 100)], 1e-1, 1, False),
    ([(1e-2, 1), (1e-4, 100)], 1e-5, 1000, True),
    ([(1e-2, 1), (1e-3, 2), (1e-4, 8)], 1e-4, 8, False),
    ([(1e-2, 1)], 1e-3, 1, True),
])
def test_the_time_at_an_error(points, error, time, is_beyond):
    found = problems.time_at(points, error)
    assert found == (pytest.approx(time), is_beyond)


def test_the_least_time_the_most_memory_and_the_largest_error_count():
    runs = Runs(LAYER, [
        run(2.0, error=1e-5), run(1.0, error=3e-5, memory=120.0), run(1.5, error=2e-5)])
    assert (runs.cpu, runs.memory, problems.error(runs)) == (1.0, 120.0, 3e-5)
    assert runs.noise == pytest.approx(1.0)
    assert Runs(LAYER, [run()]).noise is None


def test_the_first_step_is_in_both_times_and_in_no_step():
    runs = Runs(SQUARE, [run(2.0, wall=3.0, first=0.5, first_wall=0.25, steps=5)])
    assert (runs.cpu, runs.wall, runs.step) == (2.5, 3.25, 0.5)
    scaled = Runs(LAYER, [run(2.0, whole=4096, points=16)])
    assert (scaled.cpu, scaled.wall) == (512.0, 512.0)


@pytest.mark.parametrize("broken", [{}, {"error": None}, {"error": math.nan}, {"error": 1e-3}])
@pytest.mark.parametrize("place", [0, 1])
def test_a_run_without_a_small_error_is_refused(broken, place):
    given = [run(error=1e-5), run(error=1e-5)]
    given[place] = run(**broken)
    problem = replace(problems.maps(quick=True), lines=(LAYER,))
    with pytest.raises(Failure, match="Mesolith, 16 cells, is wrong by (inf|1.0e-03) in Map .* 1e-04 is the most"):
        checks.check(problem, {LAYER: Runs(LAYER, given)})


@pytest.mark.parametrize("broken", [
    axis(x=math.nan), axis(stress=math.nan), {**axis(), "x": None}, {"x": axis()["x"]}, {}, {"error": 0.0},
    {**axis(), "x": [None] * 9}, {**axis(), "x": axis()["x"][:8]}])
def test_a_plate_without_numbers_is_refused(broken):
    good = run(**axis(), balance=0.0)
    given = {STEPS: Runs(STEPS, [good, run(**broken, balance=0.0)])}
    with pytest.raises(Failure, match="Mesolith, 64 cells, is wrong by inf in Coupled plate"):
        checks.check(problems.plates(quick=True), given)


@pytest.mark.parametrize(("ours", "peer", "sentence"), [
    ({"balance": 1e-10}, {}, None),
    ({"balance": -1e-7}, {}, "loses 1.0e-07 of the lithium"),
    ({"balance": math.nan}, {}, "loses inf of the lithium"),
    ({}, {}, "loses inf of the lithium"),
    ({"balance": 0.0, "x": 1e-6}, {}, None),
    ({"balance": 0.0, "x": 1e-4}, {}, "Mesolith and NGSolve differ on the plate, Euler, 64 cells, 25 steps: x by"),
    ({"balance": 0.0, "stress": 0.5}, {}, "Mesolith and NGSolve differ .* stress by"),
    ({"balance": 0.0}, {"x": 1e-7}, "FEniCSx and NGSolve differ .* x by 1.0e-07, and 1.0e-08 is"),
])
def test_the_same_steps_of_the_plate_agree(ours, peer, sentence):
    numbers = axis(ours.pop("x", 0.0), ours.pop("stress", 0.0))
    other = replace(PEER, code="FEniCSx")
    given = {STEPS: Runs(STEPS, [run(**numbers, **ours)]), PEER: Runs(PEER, [run(**axis())]),
             other: Runs(other, [run(**axis(**peer))])}
    if sentence is None:
        checks.check(problems.plates(quick=True), given)
    else:
        with pytest.raises(Failure, match=sentence):
            checks.check(problems.plates(quick=True), given)


@pytest.mark.parametrize(("code", "theirs", "is_refused"), [
    ("FEniCSx", 7.710001e-4, False), ("FEniCSx", 7.75e-4, True), ("SciPy", 7.75e-4, False), ("SciPy", 1.5e-2, True)])
def test_the_same_steps_of_the_square_have_the_same_error(code, theirs, is_refused):
    peer = replace(SQUARE, code=code, problem="square")
    given = {SQUARE: Runs(SQUARE, [run(error=7.71e-4)]), peer: Runs(peer, [run(error=theirs)])}
    if is_refused:
        with pytest.raises(Failure, match=f"the error of {code}, Euler, 100 steps, is .* and ours with the same"):
            checks.check(problems.squares(quick=True), given)
    else:
        checks.check(problems.squares(quick=True), given)


def judged(monkeypatch, values, lines=(LAYER,)):
    """A promise of at most 1 whose value is the next of `values` each time; how often it was measured again."""
    given, again = iter(values), []
    promise = promises.Promise("a ratio", 1.0, lambda _: next(given), lines)
    monkeypatch.setitem(promises.OF, "map", lambda _: [promise])
    (found,) = promises.judge("map", {}, lambda results, lines: again.append(lines))
    return found, len(again)


@pytest.mark.parametrize(("values", "is_kept", "again"), [
    ([0.9], True, 0), ([1.0], True, 0), ([1.4], False, 0), ([1.2, 0.9], True, 1), ([1.2, 1.1, 1.1, 1.05], False, 3),
    ([1.2, 1.1, 1.1, 1.0], True, 3), ([math.nan], False, 0),
])
def test_what_is_close_above_its_limit_is_measured_again(monkeypatch, values, is_kept, again):
    found, count = judged(monkeypatch, values)
    assert (found.is_kept, count) == (is_kept, again)
    assert found.record["pass"] is is_kept and found.row[-1] == ("pass" if is_kept else "FAIL")
    if len(values) == 1 and not is_kept:
        assert found.sentence == f"a ratio is {values[0]:.3g}, and 1 was promised"


def test_what_no_line_can_mend_is_not_measured_again(monkeypatch):
    found, count = judged(monkeypatch, [1.2], lines=())
    assert (found.is_kept, count) == (False, 0)


def test_the_map_is_held_to_the_first_version_for_numba():
    results = {line: Runs(line, [run(1.0, error=5e-5)]) for line in problems.with_threads(
        problems.maps(quick=False).lines, "1")}
    times = {"numba, first": 0.15, "numba, plain": 0.06, "numba, special": 0.004, OURS: 0.02, "PyBaMM": 9.0}
    for line, runs in results.items():
        runs.all[0]["solve"] = times.get(line.code, 1.0)
    found = {each.promise.text: each for each in promises.judge("map", results, None)}
    (first,) = (each for text, each in found.items() if "numba, first" in text)
    assert first.value == pytest.approx(0.02 / 0.15) and first.promise.limit == 1 / 6 and first.is_kept
    assert first.beside == "numba, plain (tuned): 1/3.0; numba, special: 5.00"


def test_every_line_of_the_figure_has_a_code_and_a_script():
    for make in problems.PROBLEMS.values():
        for line in make(quick=False).lines:
            if line.code != OURS:
                script = ROOT / "Benchmarks" / "Peers" / f"{line.problem}_{CODES[line.code].script}.py"
                assert script.exists(), script


def test_what_is_measured_again_is_checked_again():
    class Wrong:
        def run(self, _):
            return run(error=math.nan)

    results = {LAYER: Runs(LAYER, [run(error=1e-5)])}
    with pytest.raises(Failure, match="is wrong by inf"):
        compare.measure_again(Wrong(), problems.maps(quick=True), results, (LAYER,))


def test_a_problem_replaces_its_own_file_alone(tmp_path):
    for name in ("fig4a", "map"):
        compare.save({"quick": False, "runs": [name]}, tmp_path, problems.PROBLEMS[name](quick=True))
    compare.save({"quick": False, "runs": ["again"]}, tmp_path, problems.maps(quick=True))
    found = {file.name: json.loads(file.read_text())["runs"] for file in tmp_path.iterdir()}
    assert found == {"compare-fig4a.json": ["fig4a"], "compare-map.json": ["again"]}


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "Mesolith, 16 cells, ended well but its last line is no line of JSON"),
    ("echo hello", "its last line is no line of JSON"),
    ("echo 3", "its last line is no line of JSON"),
    ("echo '{\"setup\": 1}'", "told None as solve, and a number was expected"),
    ("echo '{\"setup\": 1, \"solve\": NaN, \"wall\": 1, \"memory\": 1}'", "told nan as solve"),
    ("echo no room >&2; exit 3", "ended with 3: no room; see "),
    (None, "Mesolith cannot be started, .*workload: No such file or directory"),
])
def test_a_run_that_tells_nothing_is_a_failure(tmp_path, text, sentence):
    program = tmp_path / "workload"
    if text is not None:
        program.write_text(f"#!/bin/sh\n{text}\n")
        program.chmod(0o755)
    with pytest.raises(Failure, match=sentence):
        Starter(str(program), tmp_path, str(tmp_path / "log")).run(LAYER)


@pytest.mark.parametrize(("text", "sentence"), [
    (None, "NGSolve cannot be started, .*ngsolve/bin/python: No such file or directory; scripts/setup --peers"),
    ("#!/bin/sh\necho broken >&2; exit 1\n", "ngsolve/bin/python, which runs NGSolve, ended with 1: broken"),
])
def test_a_missing_interpreter_is_a_failure(tmp_path, text, sentence):
    if text is not None:
        python = tmp_path / "ngsolve" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(text)
        python.chmod(0o755)
    with pytest.raises(Failure, match=sentence):
        Starter("workload", tmp_path, str(tmp_path / "log")).versions(["NGSolve"])
