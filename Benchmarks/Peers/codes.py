"""How the codes are started: each run is a process that prints one line of JSON."""

import json
import math
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
OURS = "Mesolith"
# What every run tells, s and MB.
MEASURED = ("setup", "solve", "wall", "memory")
# What those tell that time the first step, with the first factors, apart: CPU time, on the wall.
FIRST = ("first", "first_wall")


class Failure(Exception):
    """A code that failed or is wrong, in words."""


@dataclass(frozen=True)
class Code:
    """A code beside ours."""

    environment: str
    """The folder of .venv-peers, or `system` for Debian's Python."""
    script: str
    """What its scripts are called behind the name of the problem."""
    modules: tuple[str, ...]
    """The packages whose versions are told."""


CODES = {
    "PyBaMM": Code("pybamm", "pybamm", ("pybamm", "pybammsolvers", "casadi")),
    "SciPy": Code("core", "scipy", ("scipy", "numpy")),
    "numba, first": Code("core", "numba_first", ("numba", "numpy")),
    "numba, plain": Code("core", "numba_plain", ("numba", "numpy")),
    "numba, special": Code("core", "numba_special", ("numba", "numpy")),
    "scikit-fem": Code("core", "skfem", ("scikit-fem", "pypardiso", "mkl", "scipy")),
    "NGSolve": Code("ngsolve", "ngsolve", ("ngsolve", "mkl")),
    "FEniCSx": Code("system", "fenicsx", ("fenics-dolfinx", "fenics-ufl", "petsc4py", "numpy")),
    "FiPy": Code("fipy", "fipy", ("fipy", "scipy")),
}


@dataclass(frozen=True)
class Line:
    """What is run and measured: a code with its settings."""

    code: str
    problem: str
    """The first word of the command of ours, or of the scripts of the peers."""
    arguments: tuple[str, ...]
    setting: str
    """How tables and figures tell it."""
    group: str = ""
    """What it may be compared with: lines of one group solve the same steps."""
    both: bool = False
    """Whether it is run with two threads, too."""
    threads: int = 1
    cells: int = 0
    once: bool = False
    """Whether it is run in the first round alone, because it takes long or only its time on the wall is wanted."""


@dataclass
class Runs:
    """The runs of a line; the least CPU time counts, the most of it tells of the noise."""

    line: Line
    all: list[dict] = field(default_factory=list)

    def least(self, key="solve"):
        """The least of a time."""
        return min(run[key] for run in self.all)

    @property
    def scale(self):
        """All points over those that were solved."""
        return self["whole"] / self["points"] if "whole" in self.all[0] else 1

    @property
    def cpu(self):
        """CPU time of a solution, with the first factors, s; of all points, where a part of them was solved."""
        return self.scale * min(run["solve"] + run.get("first", 0) for run in self.all)

    @property
    def wall(self):
        """Time on the wall of what `cpu` is, s."""
        return self.scale * min(run["wall"] + run.get("first_wall", 0) for run in self.all)

    @property
    def noise(self):
        """The most CPU time above the least, in parts of it; none of a single run."""
        return max(run["solve"] for run in self.all) / self.least() - 1 if len(self.all) > 1 else None

    @property
    def step(self):
        """CPU time of a step, s: the first step is apart where it is told."""
        return self.least() / (self["steps"] - (1 if "first" in self.all[0] else 0))

    @property
    def memory(self):
        """The most memory of the process, MB."""
        return max(run["memory"] for run in self.all)

    def __getitem__(self, key):
        return self.all[0][key]


def last_words(done):
    """The last line that a command said of its failure."""
    return (done.stderr.strip() or "it said nothing").splitlines()[-1]


class Starter:
    """Starts codes; what they say beside their numbers goes to a log."""

    def __init__(self, workload, environments, log):
        self.workload, self.environments, self.log_path = workload, Path(environments), log
        self.log = open(log, "w", encoding="utf-8")

    def python(self, code):
        """The Python of a code."""
        if code.environment == "system":
            return "/usr/bin/python3"
        return str(self.environments / code.environment / "bin/python")

    def command(self, line):
        """The words of a command."""
        if line.code == OURS:
            threads = ("--threads", str(line.threads)) if line.threads > 1 else ()
            return [self.workload, line.problem, *line.arguments, *threads]
        code = CODES[line.code]
        return [self.python(code), str(HERE / f"{line.problem}_{code.script}.py"), *line.arguments]

    def run(self, line):
        """The numbers of one run."""
        words = self.command(line)
        threads = {name: str(line.threads) for name in (
            "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")}
        self.log.write(f"$ {' '.join(words)}\n")
        self.log.flush()
        name = f"{line.code}, {line.setting},"
        done = self.start(line.code, words, env=os.environ | threads)
        self.log.write(done.stderr)
        if done.returncode != 0:
            raise Failure(f"{name} ended with {done.returncode}: {last_words(done)}; see {self.log_path}")
        try:
            found = json.loads((done.stdout.strip() or "null").splitlines()[-1])
        except json.JSONDecodeError:
            found = None
        if not isinstance(found, dict):
            raise Failure(f"{name} ended well but its last line is no line of JSON with numbers; see {self.log_path}")
        for key in MEASURED + tuple(key for key in FIRST if key in found):
            if not isinstance(found.get(key), (int, float)) or not math.isfinite(found[key]):
                raise Failure(f"{name} told {found.get(key)} as {key}, and a number was expected; see {self.log_path}")
        return found

    def start(self, code, words, **more):
        """What a command left when it ended."""
        try:
            return subprocess.run(
                words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, **more)
        except OSError as reason:
            raise Failure(
                f"{code} cannot be started, {words[0]}: {reason.strerror}; scripts/setup --peers installs the peers, "
                "scripts/compare builds ours") from None

    def versions(self, names):
        """The versions of the packages of codes."""
        found = {}
        for name in names:
            code = CODES[name]
            asked = (
                "import json, importlib.metadata as m\n"
                "def version(p):\n try: return m.version(p)\n except m.PackageNotFoundError: return None\n"
                f"print(json.dumps({{p: version(p) for p in {code.modules!r}}}))")
            done = self.start(name, [self.python(code), "-c", asked])
            if done.returncode != 0:
                raise Failure(
                    f"{self.python(code)}, which runs {name}, ended with {done.returncode}: {last_words(done)}")
            found[name] = {package: version for package, version in json.loads(done.stdout).items() if version}
        return found
