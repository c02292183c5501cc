"""Prints docs/performance.md from what was measured: page.py FOLDER, which holds results.json, scaling.json, profile.json and
compare.json (see scripts/performance)."""

import json
import sys
from pathlib import Path

from page_words import COVERED, HEAD, KERNELS, LIMIT, NEXT, PEERS, PROBLEMS, PROFILE, SCALING, TRACKING
from report import duration, markdown, significant


def percent(value):
    return f"{100 * value:.0f} %"


def ratio(entry, key):
    return f"{entry[key]:.2f}" if key in entry else ""


def machine_line(machine):
    caches = ", ".join(f"{name} {size.replace('K', ' KiB')}" for name, size in machine["caches"].items() if name != "L1i")
    return (f"{machine['processors']} processors {machine['processor']} (family and model {machine['family_model']}; {caches}), "
            f"{machine['memory_GB']:.0f} GB, {machine['system']}; {machine['compiler']}, flags `{machine['flags'] or 'none'}`, "
            f"commit {machine['commit'][:10]}{' with changes' if machine['changed'] else ''}, {machine['date'][:10]}")


def limits(kernels):
    rows = [[item["title"], f"{significant(item['per_second'])}{item['unit']}/s", percent(item["noise"])]
            for item in kernels.values() if item["isLimit"]]
    return markdown(["limit", "measured", "noise"], rows)


def kernel_table(kernels):
    rows = []
    for item in kernels.values():
        if item["isLimit"]:
            continue
        part = f"{percent(item['share'])} ({item['bound']})" if "share" in item else "-"
        rows.append([item["title"], duration(item["seconds"]), f"{significant(item['per_second'])}{item['unit']}/s", part,
                     ratio(item, "over_portable")])
    return markdown(["kernel", "a call", "work", "share of the limit", "over the portable build"], rows)


def problem_table(problems):
    rows = []
    for item in problems.values():
        for index, setting in enumerate(item["settings"]):
            rows.append([item["title"] if index == 0 else "", setting["label"], duration(setting["seconds"]),
                         f"{setting['error']:.1e}", f"{setting.get('steps', 0):.0f}", ratio(setting, "over_portable")])
    return markdown(["problem", "setting", "CPU time", "error", "steps", "over the portable build"], rows)


def profile_tables(profile):
    return "\n".join(
        f"**{problem}**\n\n" + markdown(["where", "part of the time"], [[what, f"{100 * share:.1f} %"] for what, share in found])
        for problem, found in profile.items())
