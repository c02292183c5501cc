"""Command line of scripts/plot."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from . import cells, figures, lattices, materials, style, voids, wang2024
from .results import ResultsError, read_run
from .runs import CellRun, LatticeRun, LayerRun, Run, VoidRun
from .study import figures as study_figures
from .study.table import read_table, study_file

FIGURES = """\
figures of one run in one dimension, by default in its directory:
  profiles            concentration over the position at equally spaced times
  surface-and-mean    concentrations, utilisation and thickness over time
  fig4a               Wang et al. 2024, Fig. 4a (cases wang2024-fig4a*)

figures of one run in the plane:
  maps                every field at the last frame, on the deformed body
  through-thickness   every field along x = 0 at equally spaced times

figures of one run of flux-balance:
  contact             contact, mean and local current density, pressure and the balance of the fluxes over time
  voltage             voltage, resistance of the interface and thickness over time
  ramp                least contact and largest local current density of each level, where currents rise
  profiles            where the lattice is resolved: what its sites lack, or the lithium of Li-Mg

figures of one run of void-closure:
  closure             radius, rate and, where the metal ends, void fraction over time
  shell               equivalent, radial and hoop stress over the distance from the void's centre, at the start and the
                      end

figures of several runs, by default in the directory that their run directories share:
  compare             in one dimension: last profiles, surface concentration over the charge;
                      of flux-balance: contact, pressure and voltage over time;
                      of void-closure: radius over that at the start, over time;
                      in the plane: maps of lithium and stress and the parts of the potential along x = 0,
                      a column for each run (Wang et al. 2024, Fig. 4e to 4g)
  fig4b               Wang et al. 2024, Fig. 4b (its three currents, run to saturation)

figures of a parameter study, by default in its directory, for each result that it kept:
  study-RESULT        of one axis: lines with errors, failed points as crosses on the axis;
                      of two: a map, with lines of equal value; of three and four: maps beside each other;
                      where one of the axes of a map has less than four values: lines instead;
                      of samples and of lists: points over each axis
  study-RESULT-lines  of two and more axes: a line for each value of the shorter axis, where that has at most eight
  study-RESULT-against
                      with --against: points over a formula of the axes, whose names stand for their SI values, such as
                      --against 'kappa = current_density * 5e-6 / (96485 * D * 69600)'; shows whether they collapse

figures of a material, as far as it has the data, by default in materials/NAME:
  potential           equilibrium potential over composition, with the phases
  diffusivity         diffusivity over composition or temperature
  creep-rate          strain rate over stress, every flow law of the file

A run that is going on or was killed is drawn as far as it got. Exit code 2 when a run, a study or a material cannot
be drawn; errors of mesolith keep their exit code.
"""


def parse_arguments() -> argparse.Namespace:
    """The arguments of the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/plot",
        usage="%(prog)s [-h] RUN [RUN ...] [-o DIR] [--format FORMAT]\n"
        "       %(prog)s [-h] STUDY [--result NAME] [--against FORMULA] [-o DIR] [--format FORMAT]\n"
        "       %(prog)s [-h] --material MATERIAL [--temperature T] [-o DIR] [--format FORMAT]",
        description="Draw the figures of a run or a parameter study, compare runs, or draw the laws of a material.",
        epilog=FIGURES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "runs", metavar="RUN", nargs="*", type=Path,
        help="a run directory or a results.h5; or one study directory or study.h5",
    )  # fmt: skip
    parser.add_argument(
        "--result", metavar="NAME", action="append", help="a result of the study to draw, once for each; default: all"
    )
    words = "draw the results of the study over this, [NAME =] EXPRESSION of its axes"
    parser.add_argument("--against", metavar="FORMULA", help=words)
    parser.add_argument("--material", help="a material's name, or the path of its .yaml file")
    parser.add_argument(
        "--temperature",
        metavar="T",
        action="append",
        help=f"temperature of the material's laws, once for each curve; default: '{materials.DEFAULT_TEMPERATURE}'",
    )
    parser.add_argument("-o", "--output", metavar="DIR", type=Path, help="where the figures go")
    parser.add_argument("--format", choices=("png", "svg", "pdf"), default="png", help="default: png")
    arguments = parser.parse_args()
    if arguments.material is not None and arguments.runs:
        parser.error("give either RUN or --material, not both")
    if arguments.material is None and not arguments.runs:
        parser.error("the following arguments are required: RUN (or --material)")
    if arguments.material is None and arguments.temperature:
        parser.error("--temperature goes with --material only")
    if arguments.material is not None and (arguments.result or arguments.against):
        parser.error("--result and --against go with a parameter study only")
    return arguments


def labels(runs: Sequence[Run]) -> list[str]:
    """What tells the runs apart: their names, with the directory above where two have the same."""
    names = [run.name for run in runs]
    if len(set(names)) < len(names):
        names = [f"{run.path.resolve().parent.parent.name}/{run.name}" for run in runs]
    return names


def draw(runs: list[Run]) -> dict[str, Figure]:
    """All figures that there are for the runs, by name."""
    layers = [run for run in runs if isinstance(run, LayerRun)]
    planes = [run for run in runs if isinstance(run, LatticeRun)]
    cell_runs = [run for run in runs if isinstance(run, CellRun)]
    void_runs = [run for run in runs if isinstance(run, VoidRun)]
    for model, found in ("flux-balance", cell_runs), ("void-closure", void_runs):
        if found and len(found) < len(runs):
            raise ResultsError(f"{found[0].path} is a run of {model} and others are not; draw them apart")
    if cell_runs:
        return cells.draw(cell_runs[0]) if len(runs) == 1 else {"compare": cells.compare(cell_runs, labels(runs))}
    if void_runs:
        return voids.draw(void_runs[0]) if len(runs) == 1 else {"compare": voids.compare(void_runs, labels(runs))}
    if layers and planes:
        raise ResultsError(
            f"{layers[0].path} is a run in one dimension and {planes[0].path} one in the plane; draw them apart"
        )
    return draw_layers(layers) if layers else draw_lattices(planes)


def draw_layers(runs: list[LayerRun]) -> dict[str, Figure]:
    """The figures of runs in one dimension."""
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


def draw_lattices(runs: list[LatticeRun]) -> dict[str, Figure]:
    """The figures of runs in the plane."""
    if len(runs) == 1:
        (run,) = runs
        drawn = {"maps": lattices.maps(run), "through-thickness": lattices.through_thickness(run)}
        if len(run.series["time"]) == 0:
            return drawn
        if "li_per_mg_electrolyte" in run.series:
            drawn["surfaces"] = lattices.surfaces(run)
        elif "concentration_surface" in run.series:
            drawn["surface-and-mean"] = figures.surface_and_mean(run)
        return drawn
    return {"compare": lattices.compare(runs, labels(runs))}


def default_directory(runs: list[Run]) -> Path:
    """The run's directory, or the one that the run directories share."""
    directories = [run.path.resolve().parent for run in runs]
    if len(directories) == 1:
        return directories[0]
    return Path(os.path.commonpath([directory.parent for directory in directories]))


def write(drawn: Iterable[tuple[str, Figure]], directory: Path, file_format: str, title: str) -> None:
    """Write the figures and say where they are."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, figure in drawn:
        path = directory / f"{name}.{file_format}"
        style.save(figure, path, file_format, title)
        print(os.path.relpath(path))


def plot_runs(arguments: argparse.Namespace) -> None:
    """Draw the runs, or the study."""
    for path in arguments.runs:
        if study := study_file(path):
            return plot_study(arguments, study)
    if arguments.result or arguments.against:
        raise ResultsError(f"--result and --against go with a parameter study, which {arguments.runs[0]} is not")
    runs = [read_run(path) for path in arguments.runs]
    titles = dict.fromkeys(run.title or run.name for run in runs)
    directory = arguments.output or default_directory(runs)
    write(draw(runs).items(), directory, arguments.format, "; ".join(titles))


def plot_study(arguments: argparse.Namespace, path: Path) -> None:
    """Draw a study, and say what is left out."""
    if len(arguments.runs) > 1:
        raise ResultsError(f"{path} is a parameter study; draw it by itself")
    table = read_table(path)
    results, left_out = study_figures.choose(table, arguments.result or [])
    directory = arguments.output or path.resolve().parent
    write(study_figures.draw(table, results, arguments.against), directory, arguments.format, table.title or path.stem)
    for sentence in left_out:
        print(sentence)


def plot_material(arguments: argparse.Namespace) -> None:
    """Draw the laws of a material."""
    material = materials.read_material(arguments.material)
    temperatures = list(dict.fromkeys(arguments.temperature or [materials.DEFAULT_TEMPERATURE]))
    drawn = list(materials.draw(material, temperatures))
    directory = arguments.output or Path("materials") / material.name
    write(drawn, directory, arguments.format, material.title or material.name)


def main() -> int:
    """Draw, say what was written, return the exit code."""
    arguments = parse_arguments()
    style.apply()
    try:
        if arguments.material is not None:
            plot_material(arguments)
        else:
            plot_runs(arguments)
    except (ResultsError, materials.MaterialError) as error:
        print(f"scripts/plot: {error}", file=sys.stderr)
        return 2
    except materials.ProgramError as error:
        print(error, end="", file=sys.stderr)
        return error.code
    except OSError as error:
        print(f"scripts/plot: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


sys.exit(main())
