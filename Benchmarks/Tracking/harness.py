"""Runs benchmarks of a build with the tool of ordo-one/benchmark and reads what it measured."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path


class Failure(Exception):
    """A benchmark that failed or is wrong, in words."""


class Build:
    """The products of one build of the package: `name` says which in tables, `products` is the folder that holds them."""

    def __init__(self, name, products, log):
        self.name = name
        self.products = Path(products)
        self.log = log
        self._listed = {}

    def listed(self, kind):
        """The `kernels` or `problems` of this build as it describes them: {id: description}."""
        if kind not in self._listed:
            said = subprocess.run(
                [self.products / "workload", kind], capture_output=True, text=True, check=False,
                env={**os.environ, "MESOLITH": str(self.products / "mesolith")})
            # An older build may not know the command: then nothing of it is compared.
            if said.returncode != 0 and self.name != "baseline":
                raise Failure(f"{self.products}/workload {kind} ended with {said.returncode}: {said.stderr.strip()}")
            items = json.loads(said.stdout) if said.returncode == 0 else []
            self._listed[kind] = {item["id"]: item for item in items}
        return self._listed[kind]

    def measure(self, target, benchmark, copies=False):
        """Runs one benchmark of a target: {metric: (least, median)}.

        Each call is a process of its own, so that builds take turns within seconds. With `copies` it is one of a new copy of the
        program: where the pages of a file happen to lie in memory can speed one build up and slow another down.
        """
        with tempfile.TemporaryDirectory() as folder:
            program = self.products / target
            if copies:
                (Path(folder) / "copy").mkdir()
                program = Path(shutil.copy(program, Path(folder) / "copy"))
            command = [
                self.products / "BenchmarkTool", "--command", "run", "--format", "histogramPercentiles", "--path", folder,
                "--grouping", "benchmark", "--baseline-storage-path", folder, "--quiet", "--no-progress",
                "--benchmark-executable-paths", program, "--targets", target,
                "--filter", re.escape(benchmark)]
            # Studies start the program of the same build.
            environment = {**os.environ, "MESOLITH": str(self.products / "mesolith")}
            done = subprocess.run(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, env=environment)
            print(f"$ {self.name} {target} {benchmark}\n{done.stdout}", file=self.log, flush=True)
            failed = next((line for line in done.stdout.splitlines() if "FAILED" in line), None)
            if failed:
                raise Failure(failed.strip())
            if done.returncode != 0:
                raise Failure(
                    f"{benchmark} of target {target} ended with {done.returncode} ({self.name}); see {self.log.name}")
            metrics = {}
            for file in Path(folder).glob("*.percentiles.tsv"):
                # "NAME.TARGET.BENCHMARK.METRIC.histogram.percentiles.tsv"; blanks of the metric are underscores.
                metric = file.name.removesuffix(".histogram.percentiles.tsv").rsplit(".", 1)[1]
                rows = dict(line.split("\t") for line in file.read_text().splitlines()[1:])
                metrics[metric] = (float(rows["0"]), float(rows["50"]))
            if not metrics:
                raise Failure(f"{benchmark} of target {target} measured nothing ({self.name}); see {self.log.name}")
            return metrics
