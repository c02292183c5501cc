"""Prints docs/performance.md from what was measured: page.py FOLDER, which holds results.json, scaling.json, profile.json and
compare.json (see scripts/performance)."""

import json
import math
import sys
from pathlib import Path

import page_words as words
from report import duration, markdown, significant

TITLES = {"fig4a": "Fig. 4a, one layer until its surface is saturated", "map": "Map of utilisation, 64 x 64 points",
          "square": "Lithium in a square, 512 x 512 cells", "plate": "Coupled plate, 64 x 64 and 128 x 128 cells"}
AXES = {"unknowns": "unknowns", "steps": "time steps", "points": "points"}
INSTRUCTIONS = Path(__file__).parent / "instructions.json"


def percent(value):
    return f"{100 * value:.0f} %"


def ratio(entry, key):
    return f"{entry[key]:.2f}" if key in entry else ""


def part(value):
    """A ratio below one as a part."""
    return f"1/{1 / value:.3g}" if value < 0.5 else f"{value:.2f}"


def machine(found):
    caches = ", ".join(f"{name} {size.replace('K', ' KiB')}" for name, size in found["caches"].items() if name != "L1i")
    changed = " with changes" if found["changed"] else ""
    return (f"{found['processors']} processors {found['processor']} (family and model {found['family_model']}; {caches}),\n"
            f"{found['memory_GB']:.0f} GB, {found['system']}; {found['compiler']}, flags `{found['flags'] or 'none'}`,\n"
            f"commit {found['commit'][:10]}{changed}, {found['date'][:10]}")


def limits(kernels):
    return markdown(["limit", "measured", "noise"], [
        [item["title"], f"{significant(item['per_second'])}{item['unit']}/s", percent(item["noise"])]
        for item in kernels.values() if item["isLimit"]])


def kernel_table(kernels):
    return markdown(["kernel", "a call", "work", "share of the limit", "over portable"], [
        [item["title"], duration(item["seconds"]), f"{significant(item['per_second'])}{item['unit']}/s",
         f"{percent(item['share'])} of {item['bound']}" if "share" in item else "", ratio(item, "over_portable")]
        for item in kernels.values() if not item["isLimit"]])


def problem_table(problems):
    return markdown(["problem", "setting", "CPU time", "error", "steps", "over portable"], [
        [item["title"] if index == 0 else "", setting["label"], duration(setting["seconds"]), f"{setting['error']:.1e}",
         f"{setting.get('steps', 0):.0f}", ratio(setting, "over_portable")]
        for item in problems.values() for index, setting in enumerate(item["settings"])])


def peer_table(runs):
    """The lines of a problem with one thread, and those with two behind them."""
    rows = []
    for run in sorted(runs, key=lambda run: (run["threads"], run["code"] != "Mesolith", run["code"])):
        setting = run["setting"]
        if run["group"] == "li-mg":
            setting += ", Li-Mg"
        if run["group"].endswith("rebuilt"):
            setting += ", rebuilt"
        if run["scaled"] > 1:
            setting += ", scaled up"
        step = duration(run["step"]) if run["step"] else ""
        rows.append([run["code"], setting, run["threads"], duration(run["cpu"]),
                     duration(run["wall"]) if run["threads"] > 1 else "", step, f"{run['memory']:.0f}", f"{run['error']:.1e}"])
    return markdown(["code", "setting", "threads", "CPU time", "wall", "a step", "MB", "error"], rows)


def peer_tables(runs):
    return "\n".join(
        f"**{title}**\n\n{peer_table(found)}" for name, title in TITLES.items()
        if (found := [run for run in runs if run["problem"] == name]))


def promise_table(promises):
    def told(promise, value):
        if promise["limit"] >= 1:
            return f"{value:.2f}"
        return part(value) if "over" in promise["promise"] or "best peer" in promise["promise"] else f"{value:.2g}"
    return markdown(["promise", "at most", "is", ""], [
        [promise["promise"], told(promise, promise["limit"]), told(promise, promise["value"]),
         "holds" if promise["pass"] else "**broken**"] for promise in promises])


def scaling_table(scaling):
    rows = []
    for axis, name in AXES.items():
        for curve in scaling[axis]:
            for quantity, what in (("seconds", "time"), ("error", "error")):
                if quantity in curve["fits"]:
                    found = curve["fits"][quantity]
                    rows.append([name, curve["title"], what, f"{found['exponent']:.2f}",
                                 f"{found['from']:.2g} to {found['to']:.2g}"])
    return markdown(["over", "curve", "what", "exponent", "range"], rows)


def profile_tables(profile):
    return "\n".join(
        f"**{problem}**\n\n" + markdown(["where", "of the time"], [[what, f"{100 * share:.1f} %"] for what, share in found])
        for problem, found in profile.items())


def mean(ratios):
    """The geometric mean."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def in_short(results, compare):
    problems = results["problems"]

    def setting(identifier, label):
        return next(each for each in problems[identifier]["settings"] if each["label"] == label)
    single, alloy = setting("fig4a", "1e-8"), setting("map-li-mg", "16 cells, 1e-2")
    layers, plate = setting("map-constant", "16 cells, 1e-2"), setting("plate-64", "64 cells, 1e-3")
    square = setting("square-512", "512 cells, 1e-3")
    items = [
        f"Fig. 4a of Wang et al. at the default tolerance: {duration(single['seconds'])}, error {single['error']:.0e}.",
        f"A map of 64 x 64 layers: {duration(layers['seconds'])} with an error of {layers['error']:.0e} for a constant "
        f"diffusivity, {duration(alloy['seconds'])} with {alloy['error']:.0e} for Li-Mg.",
        f"Lithium in a square of 512 x 512 cells with uneven flux, from start to end: {duration(square['seconds'])}, error "
        f"{square['error']:.0e}.",
        f"A plate with stress and diffusion coupled both ways on 64 x 64 cells: {duration(plate['seconds'])}, error of x "
        f"{plate['error']:.0e}."]
    broken = [promise["promise"] for promise in compare["promises"] if not promise["pass"]]
    items.append(f"Of {len(compare['promises'])} promised ratios against other codes "
                 + (f"all but {len(broken)} hold: {'; '.join(broken)}." if broken else "all hold."))
    return "\n".join(f"* {item}" for item in items)


def main(folder):
    results, scaling, profile, compare = (
        json.loads((Path(folder) / f"{name}.json").read_text()) for name in ("results", "scaling", "profile", "compare"))
    kernels, problems = results["kernels"], results["problems"]
    lanes = [kernels[name] for name in ("tridiagonal-factor-lanes", "tridiagonal-solve-lanes")]
    codes = {name: ", ".join(f"{package} {number}" for package, number in found.items())
             for name, found in compare["versions"].items()}
    print(words.HEAD.format(machine=machine(results["machine"])), end="")
    print(words.SHORT.format(items=in_short(results, compare)), end="")
    print(words.LIMIT.format(table=limits(kernels)), end="")
    print(words.KERNELS.format(
        table=kernel_table(kernels), lanes=" and ".join(percent(item["share"]) for item in lanes),
        dual=kernels["tangent-dual"]["seconds"] / kernels["tangent-by-hand"]["seconds"]), end="")
    print(words.PROBLEMS.format(table=problem_table(problems), errors="\n".join(
        f"* {item['title']}: {item['error']}" for item in problems.values())), end="")
    print(words.PEERS.format(
        versions="Versions: " + "; ".join(f"{name}: {found}" for name, found in codes.items()) + ".",
        tables=peer_tables(compare["runs"]), promises=promise_table(compare["promises"])), end="")
    print(words.SCALING.format(table=scaling_table(scaling)), end="")
    print(words.FLAGS.format(
        kernels=mean([item["over_portable"] for item in kernels.values() if not item["isLimit"]]),
        problems=mean([each["over_portable"] for item in problems.values() for each in item["settings"]])), end="")
    print(words.PROFILE.format(tables=profile_tables(profile)), end="")
    print(words.NEXT, end="")
    print(words.TRACKING.format(counted=len(json.loads(INSTRUCTIONS.read_text())["counts"])), end="")


main(sys.argv[1])
