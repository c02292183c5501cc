"""The ratios that were promised, judged. A ratio close above its limit is measured again before it fails."""

from dataclasses import dataclass
from typing import Callable

from codes import OURS, Line, Runs
from problems import error, time_at
from report import duration

# So far above a limit the noise of a busy machine may be the reason.
CLOSE = 1.3
# Rounds more for what is close.
MORE = 3
LARGEST_MAP_ERROR = 1e-4


@dataclass(frozen=True)
class Promise:
    """A number that must not be above a limit."""

    text: str
    limit: float
    value: Callable[[dict[Line, Runs]], float]
    lines: tuple[Line, ...]
    """What it depends on and is worth measuring again."""
    show: Callable[[float], str] = "{:.3g}".format
    beside: Callable[[dict[Line, Runs]], str] = lambda _: ""
    """What stands beside it in the table."""


@dataclass(frozen=True)
class Judged:
    """A promise and what was measured."""

    promise: Promise
    value: float
    beside: str

    @property
    def is_kept(self):
        return self.value <= self.promise.limit

    @property
    def row(self):
        """Its line of the table."""
        show = self.promise.show
        return [self.promise.text, show(self.promise.limit), show(self.value), self.beside,
                "pass" if self.is_kept else "FAIL"]

    @property
    def sentence(self):
        """What is said where it is broken."""
        text, limit, show = self.promise.text, self.promise.limit, self.promise.show
        return f"{text} is {show(self.value)}, and {show(limit)} was promised"

    @property
    def record(self):
        """What is kept of it."""
        return {"promise": self.promise.text, "limit": self.promise.limit, "value": self.value, "pass": self.is_kept,
                "row": self.row}


def ratio(value):
    """A ratio below one as a part."""
    return f"1/{1 / value:.1f}" if value < 1 else f"{value:.2f}"


def find(results, code, **wanted):
    """The lines of a code, one thread, that have these attributes."""
    return [line for line in results if line.code == code and line.threads == 1 and all(
        getattr(line, name) == value for name, value in wanted.items())]


def peers(results, **wanted):
    """The lines of all other codes, one thread, that have these attributes."""
    codes = {line.code for line in results} - {OURS}
    return [line for code in codes for line in find(results, code, **wanted)]


def fig4a(results):
    """The single run."""
    line = find(results, OURS, setting="64 cells, 1e-8")[0]
    return [Promise("Fig. 4a at the default tolerance", 2e-3, lambda all: all[line].cpu, (line,), duration)]


def maps(results):
    """The map of utilisation."""
    # The fastest of ours that keeps the error; Li-Mg beside a constant D with its cells and tolerance.
    sound = [line for line in find(results, OURS, group="constant") if error(results[line]) <= LARGEST_MAP_ERROR]
    ours = min(sound or find(results, OURS, group="constant"), key=lambda line: results[line].cpu)
    alloy = find(results, OURS, group="li-mg")[0]
    same = find(results, OURS, group="constant", setting=alloy.setting)[0]
    interpreted, compiled = (
        find(results, "PyBaMM", setting=f"70 cells, 1e-6, {way}")[0] for way in ("interpreted", "compiled"))
    first, plain = (
        find(results, f"numba, {which}", setting="40 cells, 60 steps")[0] for which in ("first", "plain"))
    special = find(results, "numba, special", setting="10 cells, 32 steps, eight points")[0]
    promises = [
        Promise("map over PyBaMM's IDAKLU as it comes, its functions interpreted, 70 cells, 1e-6", 1 / 300, over(ours, interpreted), (ours, interpreted),
                ratio, lambda all: f"with compiled functions: {ratio(all[ours].cpu / all[compiled].cpu)}"),
        Promise("map over \"numba, first\", a solver as first written down, 40 cells, 60 steps", 1 / 6,
                over(ours, first), (ours, first), ratio,
                lambda all: f"numba, plain (tuned): {ratio(all[ours].cpu / all[plain].cpu)}; "
                            f"numba, special: {ratio(all[ours].cpu / all[special].cpu)}")]
    promises += [
        Promise("map of Li-Mg over that of a constant D", 5, over(alloy, same), (alloy, same), ratio),
        *(Promise(f"largest error of the map, {law}", LARGEST_MAP_ERROR, lambda all, line=line: error(all[line]), (),
                  "{:.1e}".format) for law, line in (("D constant", ours), ("Li-Mg", alloy)))]
    return promises


def over(line, other):
    """The CPU time of a line over that of another."""
    return lambda all: all[line].cpu / all[other].cpu


def square(results):
    """Steps in the square."""
    promises = []
    for way, limit in (("kept", 0.01), ("rebuilt", 0.1)):
        line = next(line for line in find(results, OURS, problem="square-steps") if line.group.endswith(way))
        fenicsx = find(results, "FEniCSx", group=line.group)[0]
        promises.append(Promise(
            f"a step of the square, {line.cells} x {line.cells} cells, the matrix {way}", limit,
            lambda all, line=line: all[line].step, (line,), duration,
            lambda all, fenicsx=fenicsx: f"FEniCSx: {duration(all[fenicsx].step)}"))
    return promises


def plate(results):
    """The coupled plate."""
    promises = []
    for cells in sorted({line.cells for line in find(results, OURS, problem="plate-steps")}):
        lines = find(results, OURS, problem="plate", cells=cells)
        steps = find(results, OURS, problem="plate-steps", cells=cells)[0]
        same = peers(results, group=steps.group)
        all_peers = peers(results)

        def at_same_error(all, lines=lines, all_peers=all_peers):
            """Ours over the fastest peer at our error: the best of our settings within what the peers reach.

            Where there is none, the setting that goes least beyond it.
            """
            found = []
            for line in lines:
                time, is_beyond = least_time(all, all_peers, error(all[line]))
                found.append((is_beyond, -error(all[line]) if is_beyond else 0, all[line].cpu / time))
            return min(found)

        promises += [
            Promise(f"plate, {cells} x {cells} cells, at the same error as the best peer", 1 / 10,
                    lambda all, of=at_same_error: of(all)[2], tuple(lines), ratio,
                    lambda all, of=at_same_error: "beyond what they reach" if of(all)[0] else ""),
            Promise(f"plate, {cells} x {cells} cells, an equal step over the best peer's", 1 / 3,
                    lambda all, steps=steps, same=same: all[steps].step / min(all[line].step for line in same),
                    (steps,), ratio,
                    lambda all, same=same: min((all[line].step, line.code) for line in same)[1]),
            Promise(f"plate, {cells} x {cells} cells, memory over the least of the peers'", 1,
                    lambda all, lines=lines, same=same: (
                        max(all[line].memory for line in lines) / min(all[line].memory for line in same)), (), ratio)]
    return promises


def least_time(results, lines, error_wanted):
    """The least time of a peer at an error, by its front; whether it lies beyond what was measured."""
    codes = {line.code for line in lines}
    return min(time_at([(error(results[line]), results[line].cpu) for line in lines if line.code == code], error_wanted)
               for code in codes)


OF = {"fig4a": fig4a, "map": maps, "square": square, "plate": plate}


def judge(name, results, measure_again):
    """What the results of a problem make of its promises."""
    judged = []
    for promise in OF[name](results):
        value = promise.value(results)
        for _ in range(MORE):
            if not promise.limit < value <= CLOSE * promise.limit or not promise.lines:
                break
            measure_again(results, promise.lines)
            value = promise.value(results)
        judged.append(Judged(promise, value, promise.beside(results)))
    return judged
