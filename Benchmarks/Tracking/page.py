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


def machine(found):
    caches = ", ".join(f"{name} {size.replace('K', ' KiB')}" for name, size in found["caches"].items() if name != "L1i")
    return (f"{found['processors']} processors {found['processor']} (family and model {found['family_model']}; {caches}),\n"
            f"{found['memory_GB']:.0f} GB, {found['system']}; {found['compiler']}, flags `{found['flags'] or 'none'}`,\n"
            f"{version(found)}")


def version(found):
    """Commit and day."""
    return f"commit {found['commit'][:10]}{' with changes' if found['changed'] else ''}, {found['date'][:10]}"


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


def peer_tables(compared):
    return "\n".join(
        f"**{title}** ({version(compared[name]['machine'])}; {compared[name]['rounds']} rounds)\n\n"
        + peer_table(compared[name]["runs"]) for name, title in TITLES.items())


def promise_table(promises):
    return markdown(["promise", "at most", "is", "beside", ""], [
        [*promise["row"][:4], "holds" if promise["pass"] else "**broken**"] for promise in promises])


def scaling_table(scaling):
    rows = []
    for axis, name in AXES.items():
        for curve in scaling["axes"].get(axis, []):
            for quantity, what in (("seconds", "time"), ("error", "error")):
                if quantity in curve["fits"]:
                    found = curve["fits"][quantity]
                    rows.append([name, curve["title"], what, f"{found['exponent']:.2f}",
                                 f"{found['from']:.2g} to {found['to']:.2g}"])
    return markdown(["over", "curve", "what", "exponent", "range"], rows)


def profile_tables(profile):
    return "\n".join(
        f"**{problem}**\n\n" + markdown(["where", "of the time"], [[what, f"{100 * share:.1f} %"] for what, share in found])
        for problem, found in profile["problems"].items())


def mean(ratios):
    """The geometric mean."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def over_portable(entries):
    """The geometric mean of the ratios to the portable build; None where there was none."""
    found = [entry["over_portable"] for entry in entries if "over_portable" in entry]
    return mean(found) if found else None


def share_of(profile, problem, what):
    """The part of the time of a problem, the first whose name begins so, that goes where a name contains `what`."""
    found = next(found for name, found in profile["problems"].items() if name.startswith(problem))
    return sum(share for where, share in found if what in where)


def in_short(problems, promises):
    def setting(identifier, label):
        return next(each for each in problems[identifier]["settings"] if each["label"] == label)
    single, alloy = setting("fig4a", "1e-8"), setting("map-li-mg", "16 cells, 1e-2")
    layers, plate = setting("map-constant", "16 cells, 1e-2"), setting("plate-64", "64 cells, 1e-3")
    square = setting("square-512", "512 cells, 1e-3")
    items = [
        f"Fig. 4a of Wang et al. at the default tolerance: {duration(single['seconds'])}, error {single['error']:.0e}.",
        f"A map of 64 x 64 layers: {duration(layers['seconds'])} with an error of {layers['error']:.0e} for a constant\n"
        f"  diffusivity, {duration(alloy['seconds'])} with {alloy['error']:.0e} for Li-Mg.",
        f"Lithium in a square of 512 x 512 cells with uneven flux, from start to end: {duration(square['seconds'])}, error "
        f"{square['error']:.0e}.",
        f"A plate with stress and diffusion coupled both ways on 64 x 64 cells: {duration(plate['seconds'])}, error "
        f"{plate['error']:.0e}."]
    broken = [promise["promise"] for promise in promises if not promise["pass"]]
    items.append(f"{len(promises) - len(broken)} of {len(promises)} promises hold, most of them ratios to other codes"
                 + (f"; broken: {'; '.join(broken)}." if broken else "."))
    return "\n".join(f"* {item}" for item in items)


def main(folder):
    def load(name):
        return json.loads((Path(folder) / f"{name}.json").read_text(encoding="utf-8"))
    results, scaling, profile = (load(name) for name in ("results", "scaling", "profile"))
    compared = {name: load(f"compare-{name}") for name in TITLES}
    promises = [promise for name in TITLES for promise in compared[name]["promises"]]
    kernels, problems = results["kernels"], results["problems"]
    parts = [item for item in kernels.values() if not item["isLimit"]]
    lanes = [kernels[name] for name in ("tridiagonal-factor-lanes", "tridiagonal-solve-lanes")]
    versions = {code: found for each in compared.values() for code, found in each["versions"].items()}
    flags = over_portable(parts), over_portable([each for item in problems.values() for each in item["settings"]])
    days = sorted({version(found) for found in [*scaling["machines"].values(), profile["machine"]]})

    def show(text, **values):
        print(text.format(**values), end="")
    show(words.HEAD, machine=machine(results["machine"]), others="; ".join(days))
    show(words.SHORT, items=in_short(problems, promises))
    show(words.LIMIT, table=limits(kernels))
    show(words.KERNELS, table=kernel_table(kernels), lanes=" and ".join(percent(item["share"]) for item in lanes),
         dual=kernels["tangent-dual"]["seconds"] / kernels["tangent-by-hand"]["seconds"])
    show(words.PROBLEMS, table=problem_table(problems), errors="\n".join(
        f"* {item['title']}: {item['error']}" for item in problems.values()))
    show(words.PEERS, promises=promise_table(promises), tables=peer_tables(compared),
         versions="Versions: " + "; ".join(
             f"{code}: " + ", ".join(f"{name} {number}" for name, number in found.items())
             for code, found in versions.items()) + ".")
    show(words.SCALING, table=scaling_table(scaling))
    if None not in flags:
        show(words.FLAGS, kernels=flags[0], problems=flags[1])
    show(words.PROFILE, tables=profile_tables(profile))
    show(words.NEXT, mumps=percent(share_of(profile, "coupled plate", "MUMPS")),
         stages=percent(share_of(profile, "map of utilisation, constant", "solveStage")),
         lookup=percent(share_of(profile, "map of utilisation, Li-Mg", "evaluate")),
         runtime=percent(share_of(profile, "map of ramps", "runtime")))
    counted = json.loads(INSTRUCTIONS.read_text(encoding="utf-8"))["counts"]
    show(words.TRACKING, counted=len(counted))


if __name__ == "__main__":
    main(sys.argv[1])
