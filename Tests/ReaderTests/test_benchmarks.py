"""The tracking of the benchmarks: builds take turns, a loss beyond the noise fails, noise and small differences do not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRACKING = ROOT / "Benchmarks" / "Tracking"
sys.path.insert(0, str(TRACKING))

import bench  # noqa: E402
import harness  # noqa: E402
import instructions  # noqa: E402

KERNELS = [
    {"id": "triad-memory", "title": "triad", "unit": "bytes", "work": 3e8, "bytes": 3e8, "footprint": 3e8, "operations": 2.5e7,
     "isLimit": True},
    {"id": "multiply-add", "title": "arithmetic", "unit": "operations", "work": 1e9, "bytes": 0, "footprint": 100,
     "operations": 1e9, "isLimit": True},
    {"id": "product", "title": "sparse product", "unit": "entries", "work": 1e6, "bytes": 1.2e7, "footprint": 1.2e7,
     "operations": 2e6, "isLimit": False},
]
PROBLEMS = [{"id": "slab", "title": "a slab", "error": "relative", "unit": "steps",
             "settings": [{"label": "1e-4", "isTracked": True}, {"label": "1e-9", "isTracked": False}]}]
# The products of a build: two programs that answer like ours. Each call of the tool takes the next of the times.
WORKLOAD = """#!/bin/sh
cat "$(dirname "$0")/$1.json"
"""
TOOL = '''#!/usr/bin/python3 -SE
import json, sys
from pathlib import Path
here = Path(sys.argv[0]).resolve().parent
options = dict(zip(sys.argv[1::1], sys.argv[2::1]))
name, target = options["--filter"].replace("\\\\", ""), options["--targets"]
state = json.loads((here / "times.json").read_text())
with open(here.parent / "order.txt", "a") as order:
    print(here.name, name, file=order)
if name in state.get("fails", {}):
    print(state["fails"][name])
    sys.exit(0)
times = state["times"].get(name, [10_000_000])
now = times.pop(0) if len(times) > 1 else times[0]
(here / "times.json").write_text(json.dumps(state))
metrics = {"ns": now} if target == "Kernels" else {"ns": now, "error_1e-12": state["error"], "steps": 3, "work": 3}
for metric, value in metrics.items():
    rows = "".join(f"{percentile}\\t{value}\\n" for percentile in range(101))
    file = Path(options["--path"]) / f"Current_run.{target}.{name.replace(' ', '_')}.{metric}.histogram.percentiles.tsv"
    file.write_text("Percentile\\t" + metric + "\\n" + rows)
'''


def products(folder: Path, times: dict, error: float = 1e4, fails: dict | None = None) -> Path:
    """A folder with a build whose benchmarks take `times` in ns."""
    folder.mkdir()
    for name, text in (("workload", WORKLOAD), ("BenchmarkTool", TOOL), ("Kernels", ""), ("Problems", "")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    (folder / "kernels.json").write_text(json.dumps(KERNELS))
    (folder / "problems.json").write_text(json.dumps(PROBLEMS))
    (folder / "times.json").write_text(json.dumps({"times": times, "error": error, "fails": fails or {}}))
    return folder


def run(tmp_path: Path, *options: str) -> subprocess.CompletedProcess:
    """scripts/bench without its builds."""
    return subprocess.run(
        [sys.executable, str(TRACKING / "bench.py"), "--current", str(tmp_path / "now"), "--output",
         str(tmp_path / "out.json"), "--log", str(tmp_path / "log"), "--flags=-Xcc -march=x86-64-v3", *options],
        capture_output=True, text=True, check=False)


def test_builds_take_turns_and_equal_ones_pass(tmp_path):
    products(tmp_path / "now", {"product": [1_000_000]})
    products(tmp_path / "then", {"product": [1_020_000]})
    done = run(tmp_path, "--baseline", str(tmp_path / "then"))
    assert done.returncode == 0, done.stdout + done.stderr
    order = [line for line in (tmp_path / "order.txt").read_text().splitlines() if line.endswith(" product")]
    assert order == ["now product", "then product", "then product", "now product"]
    assert "slab 1e-9" not in (tmp_path / "order.txt").read_text()
    answer = json.loads((tmp_path / "out.json").read_text())
    assert answer["machine"]["flags"] == "-Xcc -march=x86-64-v3" and len(answer["machine"]["commit"]) == 40
    product = answer["kernels"]["product"]
    # 12 MB at the 30 GB/s of the triad take 0.4 ms of the millisecond; the arithmetic 0.02 ms.
    assert product["bound"] == "bandwidth" and product["share"] == pytest.approx(0.4)
    assert product["per_second"] == pytest.approx(1e9)
    assert product["over_baseline"] == pytest.approx(1 / 1.02)
    assert answer["problems"]["slab"]["settings"][0]["error"] == pytest.approx(1e-8)


def test_a_loss_fails_after_it_was_measured_again(tmp_path):
    products(tmp_path / "now", {"product": [1_200_000], "slab 1e-4": [5_000_000]})
    products(tmp_path / "then", {"product": [1_000_000], "slab 1e-4": [5_000_000]})
    done = run(tmp_path, "--baseline", str(tmp_path / "then"))
    assert done.returncode == 1
    assert "SLOWER than the baseline: product takes 1.20 times as long" in done.stdout
    assert "slab" not in "".join(line for line in done.stdout.splitlines() if line.startswith("SLOWER"))
    order = (tmp_path / "order.txt").read_text().splitlines()
    assert order.count("now product") == bench.ROUNDS["Kernels"] + bench.AGAIN


def test_a_loss_of_one_moment_passes(tmp_path):
    busy = [1_500_000] * bench.ROUNDS["Kernels"] + [1_000_000]
    products(tmp_path / "now", {"product": busy})
    products(tmp_path / "then", {"product": [1_000_000]})
    assert run(tmp_path, "--baseline", str(tmp_path / "then")).returncode == 0


def test_an_error_that_grew_fails(tmp_path):
    products(tmp_path / "now", {}, error=1.2e4)
    products(tmp_path / "then", {}, error=1e4)
    done = run(tmp_path, "--baseline", str(tmp_path / "then"))
    assert done.returncode == 1
    assert "LESS EXACT than the baseline: the error of slab 1e-4 is 1.20e-08, it was 1.00e-08" in done.stdout


def test_what_an_older_build_does_not_have_is_not_compared(tmp_path):
    products(tmp_path / "now", {})
    older = products(tmp_path / "then", {})
    (older / "problems.json").unlink()
    (older / "kernels.json").write_text(json.dumps(KERNELS[:2]))
    done = run(tmp_path, "--baseline", str(older))
    assert done.returncode == 0, done.stderr
    answer = json.loads((tmp_path / "out.json").read_text())
    assert "over_baseline" not in answer["kernels"]["product"] and "over_baseline" in answer["kernels"]["triad-memory"]


def test_a_failed_benchmark_is_named(tmp_path):
    products(tmp_path / "now", {}, fails={"product": "FAILED: product: differs from the reference by 0.1"})
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stderr == "scripts/bench: FAILED: product: differs from the reference by 0.1\n"
    # What was measured is kept.
    assert "triad-memory" in json.loads((tmp_path / "out.json").read_text())["kernels"]


@pytest.mark.parametrize(
    ("mine", "theirs", "is_slower"),
    [
        ([1.3, 1.0, 1.2], [1.0, 1.1, 0.9], False),
        ([1.2, 1.2, 1.2], [1.0, 1.1, 1.0], True),
        ([1.04, 1.04, 1.04], [1.0, 1.0, 1.0], False),
        # One bad moment of eight is no reason, two are.
        ([1.2] * 7 + [1.0], [1.0] * 8, False),
        ([1.2] * 7 + [1.15], [1.1] + [1.0] * 6 + [1.2], True),
        ([1.2] * 6 + [1.15] * 2, [1.0] * 6 + [1.2] * 2, False),
    ],
)
def test_a_loss_is_one_in_the_least_times_and_in_the_pairs(mine, theirs, is_slower):
    found = bench.Samples()
    for build, times in (("current", mine), ("baseline", theirs)):
        for seconds in times:
            found.add(build, {"ns": (1e9 * seconds, 0)})
    assert found.is_slower() is is_slower


def test_a_failure_of_another_build_is_told_and_no_failure(tmp_path):
    products(tmp_path / "now", {})
    products(tmp_path / "then", {}, fails={"product": "FAILED, TOO SLOW: product"})
    done = run(tmp_path, "--baseline", str(tmp_path / "then"))
    assert done.returncode == 0
    assert "not compared with the baseline build: FAILED, TOO SLOW: product" in done.stderr
    assert "product" in json.loads((tmp_path / "out.json").read_text())["kernels"]


def test_no_benchmark_of_that_name_is_an_error(tmp_path):
    products(tmp_path / "now", {})
    done = run(tmp_path, "--only", "prodct", "--targets", "Kernels")
    assert done.returncode == 1
    assert "no benchmark of target Kernels has 'prodct' in its name" in done.stderr


@pytest.mark.parametrize(
    ("now", "says", "is_broken"),
    [
        ({"a": 1000, "b": 2000}, "2 kernels take the instructions that are stored", False),
        ({"a": 1005, "b": 2000}, "2 kernels take the instructions that are stored", False),
        ({"a": 1011, "b": 2000}, "a: 1011 instructions a call, 1.1 % more than 1000", True),
        ({"a": 900, "b": 2000}, "a: 900 instructions a call, 10.0 % fewer than 1000", False),
        ({"a": 1000}, "b: stored, but there is no such kernel any more", True),
        ({"a": 1000, "b": 2000, "c": 1}, "c: 1 instructions a call, not stored yet", True),
    ],
)
def test_instructions_that_rose_or_vanished_fail(now, says, is_broken, capsys):
    assert instructions.compare({"a": 1000, "b": 2000}, now) is is_broken
    assert says in capsys.readouterr().out


def test_a_benchmark_without_result_is_an_error(tmp_path):
    folder = products(tmp_path / "now", {})
    (folder / "BenchmarkTool").write_text("#!/bin/sh\nexit 0\n")
    with open(tmp_path / "log", "w") as log, pytest.raises(harness.Failure, match="measured nothing"):
        harness.Build("current", folder, log).measure("Kernels", "product")
