"""Command line of scripts/plot."""

import argparse
import os
import sys
from pathlib import Path

from matplotlib.figure import Figure

from . import figures, style, wang2024
from .results import ResultsError, Run, read_run

FIGURES = """\
figures of one run, by default in its directory:
  profiles            concentration over the position at equally spaced times
  surface-and-mean    concentrations, utilisation and thickness over time
  fig4a               Wang et al. 2024, Fig. 4a (cases wang2024-fig4a*)

figures of several runs, by default in the directory that their run directories share:
  compare             last profiles, surface concentration over the charge
  fig4b               Wang et al. 2024, Fig. 4b (its three currents, run to saturation)

A run that is going on or was killed is drawn as far as it got. Exit code 2 when a run cannot be drawn.
"""


def parse_arguments() -> argparse.Namespace:
    """The arguments of the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/plot",
        description="Draw the figures of a run, or compare several.",
        epilog=FIGURES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("runs", metavar="RUN", nargs="+", type=Path, help="a run directory or a results.h5")
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="where the figures go")
    parser.add_argument("--format", choices=("png", "svg", "pdf"), default="png", help="default: png")
    return parser.parse_args()


def labels(runs: list[Run]) -> list[str]:
    """What tells the runs apart: their names, with the directory above where two have the same."""
    names = [run.name for run in runs]
    if len(set(names)) < len(names):
        names = [f"{run.path.resolve().parent.parent.name}/{run.name}" for run in runs]
    return names


def draw(runs: list[Run]) -> dict[str, Figure]:
    """All figures that there are for the runs, by name."""
    if len(runs) == 1:
        (run,) = runs
        drawn = {"profiles": figures.profiles(run), "surface-and-mean": figures.surface_and_mean(run)}
        if wang2024.is_fig4a(run):
            drawn["fig4a"] = wang2024.fig4a(run)
        return drawn
    drawn = {"compare": figures.compare(runs, labels(runs))}
    if wang2024.is_fig4b(runs):
        drawn["fig4b"] = wang2024.fig4b(runs)
    return drawn


def default_directory(runs: list[Run]) -> Path:
    """The run's directory, or the one that the run directories share."""
    directories = [run.path.resolve().parent for run in runs]
    if len(directories) == 1:
        return directories[0]
    return Path(os.path.commonpath([directory.parent for directory in directories]))


def main() -> int:
    """Draw, say what was written, return the exit code."""
    arguments = parse_arguments()
    try:
        runs = [read_run(path) for path in arguments.runs]
        directory = arguments.output or default_directory(runs)
        directory.mkdir(parents=True, exist_ok=True)
        titles = dict.fromkeys(run.title or run.name for run in runs)
        style.apply()
        for name, figure in draw(runs).items():
            path = directory / f"{name}.{arguments.format}"
            style.save(figure, path, arguments.format, "; ".join(titles))
            print(os.path.relpath(path))
    except ResultsError as error:
        print(f"scripts/plot: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"scripts/plot: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


sys.exit(main())
