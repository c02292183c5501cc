"""The tables of the comparison, in Markdown."""

from codes import OURS
from problems import error
from report import duration, table


def noise(runs):
    """The spread of the runs in per cent."""
    return "-" if runs.noise is None else f"{100 * runs.noise:.0f}"


def whole_table(problem, results):
    """All lines: the time of a solution, and over the cheapest of ours that is at least as accurate."""
    print(f"### {problem.title}\n\nError: {problem.measure}; the least CPU time of {problem.rounds} "
          f"round{'s' if problem.rounds > 1 else ''}.\n")
    mine = [(error(runs), runs.cpu) for runs in results.values()
            if runs.line.code == OURS and runs.line.threads == 1 and runs.line.group != "li-mg"]
    rows = []
    for line, runs in results.items():
        as_accurate = [time for found, time in mine if found <= error(runs)]
        is_compared = as_accurate and line.threads == 1 and line.group != "li-mg"
        ratio = f"{runs.cpu / min(as_accurate):.3g}" if is_compared else "-"
        setting = f"{line.setting}, {line.group}" if line.group == "li-mg" else line.setting
        if line.group.endswith(", rebuilt"):
            setting += ", rebuilt"
        if runs.scale > 1:
            setting += f" ({runs['points']} points, scaled up)"
        rows.append([
            line.code, setting, str(line.threads), duration(runs.cpu), duration(runs.wall) if line.threads > 1 else "",
            noise(runs), f"{runs.least('setup'):.2f}", f"{runs.memory:.0f}", f"{error(runs):.1e}", ratio])
    table(["code", "setting", "threads", "CPU", "wall", "noise %", "set-up s", "MB", "error", "over ours as accurate"],
          rows)


def promise_table(judged):
    """What was promised, and whether it holds."""
    print("### What was promised\n")
    table(["promise", "at most", "is", "beside", ""], [each.row for each in judged])


def step_table(results):
    """The lines that make the same steps, per step."""
    rows = []
    for line, runs in results.items():
        same = next((them for other, them in results.items()
                     if other.code == OURS and other.group == line.group and other.threads == line.threads), None)
        if line.group.startswith("Euler") and same is not None:
            iterations = f"{runs['iterations'] / runs['steps']:.1f}" if "iterations" in runs.all[0] else ""
            rows.append([
                line.group, line.code, line.setting.partition(" steps")[2].strip(", "), str(line.threads), iterations,
                duration(runs.step), duration(runs.step * runs.least("wall") / runs.least()), f"{runs.memory:.0f}",
                f"{runs.step / same.step:.2f}"])
    if rows:
        print("One step of backward Euler, without the first where it is apart:\n")
        rows.sort(key=lambda row: (row[0], row[3]))
        table(["steps", "code", "solver", "threads", "iterations", "CPU", "wall", "MB", "over ours"], rows)
