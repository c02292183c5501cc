"""What scripts/bench runs: kernels and problems of one or more builds in turns, tables, JSON, and what became slower."""

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

import machine
from harness import Build, Failure
from report import duration, significant, table

# Below this a difference is noise on any machine that other people use too (Benchmarks/README.md, Policy).
FLOOR = 0.05
ROUNDS = {"Kernels": 2, "Problems": 2}
# The portable build is no reference for losses: once is enough.
PORTABLE_ROUNDS = 1
# What looks slower is measured again that often, each time with new copies of both builds, before it counts.
AGAIN = 6
# The error may not grow with a change that makes something faster; errors repeat to rounding.
ERROR_GROWTH, SMALLEST_ERROR = 1.1, 1e-9


class Samples:
    """What was measured of one benchmark: for every build a list, by rounds, of the least times in s, and the error."""

    def __init__(self):
        self.times = {}
        self.other = {}

    def add(self, build, metrics):
        self.times.setdefault(build, []).append(1e-9 * metrics["ns"][0])
        self.other[build] = {name: values[1] for name, values in metrics.items() if name != "ns"}

    def least(self, build="current"):
        return min(self.times[build])

    def noise(self, build="current"):
        """How far the least times of the rounds lie apart, relative."""
        return max(self.times[build]) / self.least(build) - 1

    def pairs(self, build):
        """The times of the current build over those of another, round by round."""
        return [mine / theirs for mine, theirs in zip(self.times.get("current", []), self.times.get(build, []))]

    def ratio(self, build):
        """The time of the current build over that of another: the least of the rounds that both made, and the median of the
        pairs; None without both."""
        pairs = self.pairs(build)
        if not pairs:
            return None
        least = min(self.times["current"][:len(pairs)]) / min(self.times[build][:len(pairs)])
        return least, statistics.median(pairs)

    def is_slower(self):
        """Whether the current build takes longer than the baseline beyond the noise: by more than the floor in the least times,
        and in all pairs but one of eight by half as much."""
        pairs = self.pairs("baseline")
        if not pairs or self.ratio("baseline")[0] <= 1 + FLOOR:
            return False
        slow = sum(pair > 1 + FLOOR / 2 for pair in pairs)
        return slow >= len(pairs) - len(pairs) // 8

    def has_more_error(self):
        errors = [self.other.get(build, {}).get("error_1e-12") for build in ("current", "baseline")]
        return None not in errors and errors[0] > max(ERROR_GROWTH * errors[1], SMALLEST_ERROR * 1e12)


def run(target, names, rounds, samples, failures, copies=False):
    """Measures the benchmarks `names`, each `rounds` times in every build that has it, the builds in turns.

    What fails in the current build goes to `failures`; where another build fails nothing is compared.
    """
    for name, owners in names.items():
        found = samples.setdefault(name, Samples())
        owners = list(owners)
        for index in range(rounds):
            for build in owners if index % 2 == 0 else owners[::-1]:
                if build.name == "portable" and index >= PORTABLE_ROUNDS:
                    continue
                try:
                    found.add(build.name, build.measure(target, name, copies))
                except Failure as failure:
                    owners = [other for other in owners if other is not build]
                    if build.name == "current":
                        failures.append(str(failure))
                        owners = []
                    else:
                        print(f"not compared with the {build.name} build: {failure}", file=sys.stderr)
            if not owners:
                samples.pop(name)
                break


def names_of(builds, target, pattern):
    """The benchmarks of a target: {name: the builds that have it}. The current build says which are run."""
    kind = target.lower()

    def of(build):
        for identifier, item in build.listed(kind).items():
            if item.get("obstacle"):
                if build.name == "current":
                    print(f"{identifier} is skipped: {item['obstacle']}", file=sys.stderr)
                continue
            if kind == "kernels":
                yield identifier
            else:
                yield from (f"{identifier} {setting['label']}" for setting in item["settings"] if setting["isTracked"])
    known = {build.name: list(of(build)) for build in builds}
    return {name: [build for build in builds if name in known[build.name]]
            for name in known[builds[0].name] if pattern in name}


class Limits:
    """What the machine can do, from the kernels that measure it in the same run; None where one was not measured."""

    def __init__(self, kernels, samples):
        def rate(name, key):
            return kernels[name][key] / samples[name].least() if name in samples else None
        # (footprint, bandwidth), the smallest first.
        self.triads = sorted(
            (kernels[name]["footprint"], rate(name, "bytes")) for name in kernels if name.startswith("triad") and name in samples)
        self.peak = rate("multiply-add", "operations")
        self.disk = rate("write", "work")

    def share(self, item, seconds):
        """The part of the limit that a kernel reaches, and which limit it is: the disk for what writes, otherwise the bandwidth
        of the memory where its data lie or the arithmetic, whichever takes longer. None where nothing was counted."""
        if item["unit"] == "bytes":
            return (item["work"] / seconds / self.disk, "write(2)") if self.disk else None
        if not self.triads or not self.peak or item["bytes"] + item["operations"] == 0:
            return None
        bandwidth = next((rate for size, rate in self.triads if size >= item["footprint"]), self.triads[-1][1])
        traffic, arithmetic = item["bytes"] / bandwidth, item["operations"] / self.peak
        return max(traffic, arithmetic) / seconds, "bandwidth" if traffic > arithmetic else "arithmetic"


def ratio_text(samples, build):
    ratio = samples.ratio(build)
    return "" if ratio is None else f"{ratio[0]:.2f}"


def tell_kernels(kernels, samples):
    limits = Limits(kernels, samples)
    rows, answer = [], {}
    for name, item in kernels.items():
        if name not in samples:
            continue
        found = samples[name]
        seconds = found.least()
        entry = {**item, "seconds": seconds, "noise": found.noise(), "per_second": item["work"] / seconds}
        part = ""
        reached = None if item["isLimit"] else limits.share(item, seconds)
        if reached:
            entry["share"], entry["bound"] = reached
            part = f"{100 * entry['share']:.0f} % of {entry['bound']}"
        for build in ("portable", "baseline"):
            if found.ratio(build):
                entry[f"over_{build}"] = found.ratio(build)[0]
        answer[name] = entry
        rows.append([
            name, duration(seconds), f"{significant(entry['per_second'])}{item['unit']}/s", part,
            ratio_text(found, "portable"), ratio_text(found, "baseline"), f"{100 * found.noise():.0f}"])
    table(["kernel", "a call", "work", "share of the limit", "over portable", "over baseline", "noise %"], rows)
    return answer


def tell_problems(problems, samples):
    rows, answer = [], {}
    for identifier, item in problems.items():
        settings = []
        for setting in item["settings"]:
            name = f"{identifier} {setting['label']}"
            if name not in samples:
                continue
            found = samples[name]
            other = found.other["current"]
            entry = {"label": setting["label"], "seconds": found.least(), "noise": found.noise(),
                     "error": 1e-12 * other["error_1e-12"], **{key: other[key] for key in ("steps", "work") if key in other}}
            for build in ("portable", "baseline"):
                if found.ratio(build):
                    entry[f"over_{build}"] = found.ratio(build)[0]
            settings.append(entry)
            rows.append([
                identifier, setting["label"], duration(found.least()), f"{entry['error']:.1e}", f"{entry.get('steps', 0):.0f}",
                ratio_text(found, "portable"), ratio_text(found, "baseline"), f"{100 * found.noise():.0f}"])
        if settings:
            answer[identifier] = {**item, "settings": settings}
    table(["problem", "setting", "CPU time", "error", "steps", "over portable", "over baseline", "noise %"], rows)
    return answer


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--current", required=True, help="folder with the products that are measured")
    parser.add_argument("--portable", help="the same built without flags for the processor")
    parser.add_argument("--baseline", help="the products of the version to compare with")
    parser.add_argument("--baseline-commit")
    parser.add_argument("--flags", default="", help="what the products were built with")
    parser.add_argument("--targets", nargs="+", default=["Kernels", "Problems"])
    parser.add_argument("--only", default="", help="only benchmarks whose name contains this")
    parser.add_argument("--output", required=True)
    parser.add_argument("--log", required=True)
    options = parser.parse_args()
    began = time.monotonic()
    answer = {"format": 1, "machine": machine.describe(options.flags), "baseline": options.baseline_commit}
    failures, slower, worse = [], [], []
    with open(options.log, "w", encoding="utf-8") as log:
        builds = [
            Build(name, folder, log) for name in ("current", "portable", "baseline")
            if (folder := getattr(options, name))]
        compared = [build for build in builds if build.name != "portable"]
        for target in options.targets:
            samples = {}
            try:
                names = names_of(builds, target, options.only)
                if not names:
                    raise Failure(f"no benchmark of target {target} has {options.only!r} in its name")
            except Failure as failure:
                failures.append(str(failure))
                continue
            run(target, names, ROUNDS[target], samples, failures)
            suspects = [name for name, found in samples.items() if found.is_slower()]
            run(target, {name: compared for name in suspects}, AGAIN, samples, failures, copies=True)
            slower += [(name, samples[name]) for name in suspects if name in samples and samples[name].is_slower()]
            worse += [(name, found) for name, found in samples.items() if found.has_more_error()]
            kind = target.lower()
            tell = tell_kernels if kind == "kernels" else tell_problems
            answer[kind] = tell(builds[0].listed(kind), samples)
    answer["seconds"] = time.monotonic() - began
    answer["slower"] = {name: found.ratio("baseline")[0] for name, found in slower}
    answer["failures"] = failures
    Path(options.output).write_text(json.dumps(answer, indent=1) + "\n", encoding="utf-8")
    for name, found in slower:
        least, median = found.ratio("baseline")
        print(f"SLOWER than the baseline: {name} takes {least:.2f} times as long (median of the pairs {median:.2f}, noise "
              f"{100 * found.noise():.0f} %)")
    for name, found in worse:
        now, then = (1e-12 * found.other[build]["error_1e-12"] for build in ("current", "baseline"))
        print(f"LESS EXACT than the baseline: the error of {name} is {now:.2e}, it was {then:.2e}")
    print(f"{answer['seconds']:.0f} s; {options.output}")
    for failure in failures:
        print(f"scripts/bench: {failure}", file=sys.stderr)
    sys.exit(1 if slower or worse or failures else 0)


if __name__ == "__main__":
    main()
