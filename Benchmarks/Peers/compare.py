"""What scripts/compare runs: the peers are verified, all codes run in turns, and tables in Markdown are printed."""

import argparse
import functools
import json
import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "Tracking"))

import machine
import promises
import tables
from checks import check
from codes import OURS, Failure, Runs, Starter
from problems import PROBLEMS, error, verification, with_threads


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--workload", "--environments", "--log"):
        parser.add_argument(name, required=True)
    parser.add_argument("--folder", required=True, help="where the results of each problem are kept")
    parser.add_argument("--flags", default="", help="what ours was built with")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", choices=PROBLEMS, action="append")
    parser.add_argument("--threads", choices=("1", "2", "both"), default="both")
    return parser.parse_args()


def load():
    return ", ".join(f"{average:.1f}" for average in os.getloadavg())


def measure(starter, problem, threads):
    """Runs every line once in each round: {line: Runs}."""
    results = {line: Runs(line) for line in with_threads(problem.lines, threads)}
    for number in range(problem.rounds):
        for line, runs in results.items():
            if line.once and number > 0:
                continue
            say(f"{problem.id}, round {number + 1}: {line.code}, {line.setting}, threads {line.threads}")
            runs.all.append(starter.run(line))
    say("")
    check(problem, results)
    return results


def measure_again(starter, problem, results, lines):
    """Runs lines once more; they must still be right."""
    for line in lines:
        results[line].all.append(starter.run(line))
    check(problem, results)


def say(text):
    """Where the comparison is, on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def record(problem, results):
    """The numbers of a problem, for its file."""
    runs = [{
        "code": line.code, "setting": line.setting, "group": line.group, "threads": line.threads, "cpu": runs.cpu,
        "wall": runs.wall, "step": runs.step if "steps" in runs.all[0] and line.group.startswith("Euler") else None,
        "setup": runs.least("setup"), "memory": runs.memory, "error": error(runs), "noise": runs.noise,
        "scaled": runs.scale} for line, runs in results.items()]
    return [{"problem": problem.id, **run} for run in runs]


def save(answer, folder, problem):
    """A problem that is complete takes the place of what was measured of it before, at once or not at all."""
    file = Path(folder) / f"compare-{problem.id}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".json.new")
    unfinished.write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(file)


def compare(options, judged):
    """Measures, prints and keeps the problems; `judged` takes what was promised of them."""
    chosen = options.only or list(PROBLEMS)
    starter = Starter(options.workload, options.environments, options.log)
    if "plate" in chosen:
        for line in verification():
            starter.run(line)
    problems = [PROBLEMS[name](options.quick) for name in dict.fromkeys(chosen)]
    codes = {problem.id: list(dict.fromkeys(line.code for line in problem.lines if line.code != OURS))
             for problem in problems}
    versions = starter.versions(dict.fromkeys(code for found in codes.values() for code in found))
    described = machine.describe(options.flags)
    told = "; ".join(f"{code}: " + ", ".join(f"{name} {number}" for name, number in found.items())
                     for code, found in versions.items())
    print(f"{described['processor']}, {described['processors']} processors, load {load()}. {told}.\n")
    for problem in problems:
        results = measure(starter, problem, options.threads)
        of_problem = []
        if options.threads != "2" and not options.quick:
            of_problem = promises.judge(problem.id, results, functools.partial(measure_again, starter, problem))
        tables.whole_table(problem, results)
        tables.step_table(results)
        save({"machine": described, "versions": {code: versions[code] for code in codes[problem.id]},
              "flags": options.flags, "quick": options.quick, "rounds": problem.rounds,
              "runs": record(problem, results), "promises": [each.record for each in of_problem]},
             options.folder, problem)
        judged += of_problem


def main():
    options, judged, wrong = arguments(), [], []
    try:
        compare(options, judged)
    except Failure as failure:
        wrong.append(str(failure))
    if judged:
        tables.promise_table(judged)
    print(f"Load at the end: {load()}. Where a noise is above 10 the machine was busy: run it again.")
    wrong += [each.sentence for each in judged if not each.is_kept]
    for sentence in wrong:
        print(f"scripts/compare: {sentence}", file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
