"""What scripts/compare runs: the peers are verified, all codes run in turns, and tables in Markdown are printed."""

import argparse
import json
import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "Tracking"))

import machine
import promises
import tables
from codes import HERE, OURS, Failure, Runs, Starter
from plate import LARGEST_DEVIATION, deviation
from problems import PROBLEMS, error, verification, with_threads


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--workload", "--environments", "--log", "--json"):
        parser.add_argument(name, required=True)
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


def check(problem, results):
    """Refuses a code that is too far from the reference, or not where others are with the same elements and steps."""
    for line, runs in results.items():
        if not error(runs) < problem.largest_error:
            raise Failure(f"{line.code}, {line.setting}, is wrong by {error(runs):.1e} in {problem.title}, and "
                          f"{problem.largest_error:.0e} is the most allowed")
    if problem.id == "plate":
        first = {}
        for line, runs in results.items():
            if line.code == OURS:
                continue
            same = first.setdefault(line.group, runs)
            for name, found in deviation(runs, same).items():
                if found > LARGEST_DEVIATION[name]:
                    raise Failure(
                        f"{line.code} and {same.line.code} differ on the plate, {line.group}: {name} by {found:.1e}")


def say(text):
    """Where the comparison is, on one line of a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def record(problem, results):
    """The numbers of a problem, for the file."""
    runs = [{
        "code": line.code, "setting": line.setting, "group": line.group, "threads": line.threads, "cpu": runs.cpu,
        "wall": runs.wall, "step": runs.step if "steps" in runs.all[0] and line.group.startswith("Euler") else None,
        "setup": runs.least("setup"), "memory": runs.memory, "error": error(runs), "noise": runs.noise,
        "scaled": runs.scale} for line, runs in results.items()]
    return [{"problem": problem.id, **run} for run in runs]


def save(answer, file):
    """After each problem, so that what was measured outlives a later failure."""
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")


def main():
    options = arguments()
    chosen = options.only or list(PROBLEMS)
    starter = Starter(options.workload, options.environments, options.log)
    codes = []
    try:
        if "plate" in chosen:
            for line in verification():
                starter.run(line)
        problems = [PROBLEMS[name](options.quick) for name in chosen]
        for problem in problems:
            codes += [line.code for line in problem.lines if line.code not in codes and line.code != OURS]
        versions = starter.versions(codes)
        answer = {"machine": machine.describe(options.flags), "versions": versions, "quick": options.quick, "runs": []}
        told = "; ".join(f"{code}: " + ", ".join(f"{name} {number}" for name, number in found.items())
                         for code, found in versions.items())
        processor, count = answer["machine"]["processor"], answer["machine"]["processors"]
        print(f"{processor}, {count} processors, load {load()}. {told}.\n")
        found = {}
        for problem in problems:
            results = measure(starter, problem, options.threads)
            tables.whole_table(problem, results)
            tables.step_table(results)
            found[problem.id] = results
            answer["runs"] += record(problem, results)
            save(answer, options.json)
        broken = []
        if options.threads != "2" and not options.quick:
            def again(results, lines):
                for line in lines:
                    results[line].all.append(starter.run(line))
            broken, answer["promises"] = promises.judge(found, again)
        save(answer, options.json)
        print(f"Load at the end: {load()}. Where a noise is above 10 the machine was busy: run it again.")
        for sentence in broken:
            print(f"scripts/compare: {sentence}", file=sys.stderr)
        sys.exit(1 if broken else 0)
    except Failure as failure:
        print(f"scripts/compare: {failure}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
