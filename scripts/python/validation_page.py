"""Print docs/validation.md from runs of the shipped cases: validation_page.py DIRECTORY (see scripts/validation)."""

import sys
import textwrap
from pathlib import Path

import h5py
import ham2024_page
import ham2024_runs
import numpy as np

HEAD = """# Validation

Made by `scripts/validation` from runs of the shipped cases; do not edit. What was measured or published stands beside what
Mesolith computes, with the deviation. What was fitted is called so.

## Wang et al. 2024, Fig. 4: lithium and stress in a plate

Wang et al., Adv. Mater. 2024, doi 10.1002/adma.202410948. A disk of magnesium, 140 nm thick and 100 nm in radius, takes up lithium
through the electrolyte at 1 mA/cm² with D = 1e-11 cm²/s from c = 0. The paper gives 10 s for its maps and 30 s in its text; its
compositions at the electrolyte and the collector fit 10 s.

**What the paper leaves open, and what we took.** Its elastic modulus is not in its text: E = 45 GPa (Mg) mixed by mole fraction to
7.8 GPa (Li), ν = 0.3. Its swelling: isotropic, (1 + Ω y/V_Mg)^(1/3) - 1 with Ω = 13.0 and V_Mg = 14.0 cm³/mol. Its friction: shear up to
1 GPa on the electrolyte (adhesion of 1 J/m²) and 20 MPa on the collector, reached over 1 nm of slip. Its chemical potential: dilute
lithium in its host, so that D is constant.
"""

PLATE = """
The published field is **one-way**: concentration first, stress from it. Diffusion alone gives the paper's composition at the
electrolyte and 0.070 at the collector. Its stresses, 2 GPa at the electrolyte, are met within the freedom of the modulus; at the
collector ours are {ratio:.0f} times less than at the electrolyte, the paper's a hundred times. Its difference of 35 mV in the
chemical potential lies between that of a dilute solution, {dilute:.0f} mV, and that of the bcc phase of COST 507 at the same
compositions, {alloy:.0f} mV; its absolute values are of another reference and are not compared. We read its "mechanical potential" of
96 mV as -U_mech. A surface that is held along its plane has two thirds of its von Mises stress as hydrostatic stress: 2 GPa are 180 mV,
so that the paper's 96 mV and its 2 GPa do not belong to one place; ours are the values on the axis.

**Two-way**, the stress inverts the profile: on the axis the collector holds more lithium than the electrolyte, and the
richest place is the free rim. This is the segregation that the paper measures and explains in words. At 30 s the mean is y = {mean:.2f}, the electrolyte
still sees {dry:.2f}, the collector {wet:.2f}.

![One-way and two-way coupling beside each other](figures/wang2024-fig4efg.png)

*`cases/wang2024-fig4-plate-one-way.yaml` and `cases/wang2024-fig4-plate-two-way.yaml`, drawn by `scripts/plot`.*
"""

THICKNESS = """
## Thickness of the magnesium

The two-way plate, 5, 50 and 140 nm thick, each filled at 1 mA/cm² to the same mean composition y = {mean:.3f}.

| thickness (nm) | time (s) | y electrolyte, axis | y collector, axis | y electrolyte, mean | y collector, mean | largest y | -U_mech electrolyte (mV) | von Mises electrolyte (GPa) | slip (nm) |
|---|---|---|---|---|---|---|---|---|---|
{rows}

Nothing of this was published beside which it could be set. The mean is over the surface. In the thinnest layer diffusion leaves no
difference along the thickness, but along the radius; in the thicker ones the lithium is driven from the held surface, to the collector
and, where it can swell freely, to the rim.
"""

REST = """
## Plate, rest, strip

`cases/plate-rest-strip.yaml`: the same film is plated for 10 s, rests, and is stripped at falling currents, each until its surface
is empty, with rests between. Wang et al. see the magnesium recovered when the lithium has left.

| at the end of | time (s) | lithium left | mean y | y electrolyte | y collector | -U_mech electrolyte (mV) |
|---|---|---|---|---|---|---|
{rows}

{words}

![Lithium at both surfaces while the film is plated, rests and is stripped](figures/plate-rest-strip.png)
"""


class Run:
    """The numbers of a run that the page needs."""

    def __init__(self, directory: Path) -> None:
        with h5py.File(directory / "results.h5") as file:
            self.summary = {name: float(dataset[()]) for name, dataset in file["summary"].items()}
            self.errors = {
                name: float(dataset.attrs["error_estimate"])
                for name, dataset in file["summary"].items()
                if "error_estimate" in dataset.attrs
            }
            self.series = {name: np.asarray(dataset) for name, dataset in file["series"].items()}
            lithium, radius = file["fields/li_per_mg"][-1], file["fields/x"][0, 0]
        self.collector_mean, self.electrolyte_mean = (
            float(np.trapezoid(row * radius, radius) / np.trapezoid(radius, radius)) for row in (lithium[0], lithium[-1])
        )
        self.largest = float(lithium.max())

    def shown(self, name: str, scale: float = 1, digits: int = 3) -> str:
        """A result with the estimate of its error."""
        value = f"{scale * self.summary[name]:.{digits}f}"
        error = abs(scale) * self.errors.get(name, 0)
        return f"{value} ± {error:.1g}" if error else value


def deviation(found: float, expected: float) -> str:
    return f"{100 * (found / expected - 1):+.0f} %"


def plate(runs: dict[str, Run]) -> str:
    """The table of Fig. 4."""
    one, soft = runs["one-way"].summary, runs["one-way-30"].summary
    columns = ["one-way", "one-way-30", "two-way", "two-way-30"]
    lines = [
        "",
        "| | paper | one-way, 10 s | deviation | the same, E fitted | two-way, 10 s | two-way, 30 s |",
        "|---|---|---|---|---|---|---|",
    ]

    def row(words: str, paper: str, expected: float | None, name: str, scale: float, digits: int) -> None:
        cells = [runs[column].shown(name, scale, digits) for column in columns]
        beside = deviation(scale * one[name], expected) if expected else ""
        lines.append(f"| {words} | {paper} | {cells[0]} | {beside} | {cells[1]} | {cells[2]} | {cells[3]} |")

    row("y = Li/Mg at the electrolyte", "0.17", 0.17, "li_per_mg_electrolyte", 1, 4)
    row("y at the collector", "0.06", 0.06, "li_per_mg_collector", 1, 4)
    differences = [
        1e3 * (runs[c].summary["potential_chemical_collector"] - runs[c].summary["potential_chemical_electrolyte"])
        for c in columns
    ]
    lines.append(
        "| U_chem, collector less electrolyte (mV) | 35 | "
        + f"{differences[0]:.1f} | {deviation(differences[0], 35)} | "
        + " | ".join(f"{value:.1f}" for value in differences[1:])
        + " |"
    )
    row("-U_mech at the electrolyte (mV)", "96", 96, "potential_mechanical_electrolyte", -1e3, 1)
    row("von Mises at the electrolyte, axis (GPa)", "2 (largest)", 2, "von_mises_electrolyte", 1e-9, 3)
    row("largest von Mises, inner 9/10 of the radius (GPa)", "2", 2, "max_von_mises_inner", 1e-9, 3)
    row("von Mises at the collector, axis (GPa)", "0.02", 0.02, "von_mises_collector", 1e-9, 3)
    bcc = runs["one-way-alloy"].summary
    alloy = 1e3 * (bcc["potential_chemical_collector"] - bcc["potential_chemical_electrolyte"])
    lines.append("")
    lines.append(
        f"In the fourth column E of Mg is 30 GPa, fitted so that the largest von Mises stress is the paper's ({1e-9 * soft['max_von_mises_inner']:.2f} GPa); "
        "the modulus of Mg is 45 GPa. The numbers behind ± are estimates of the numerical error."
    )
    last = runs["two-way-30"].summary
    return "\n".join(lines) + "\n" + PLATE.format(
        ratio=one["von_mises_electrolyte"] / one["von_mises_collector"], dilute=differences[0], alloy=alloy, mean=14.0e-6 * last["concentration_mean"], dry=last["li_per_mg_electrolyte"], wet=last["li_per_mg_collector"])


def thickness(runs: dict[str, Run]) -> str:
    """The table over thickness."""
    rows = []
    for size in (5, 50, 140):
        run = runs[f"thickness-{size}"]
        rows.append(
            f"| {size} | {run.summary['duration']:.3g} | {run.shown('li_per_mg_electrolyte', 1, 4)} | "
            f"{run.shown('li_per_mg_collector', 1, 4)} | {run.electrolyte_mean:.4f} | {run.collector_mean:.4f} | "
            f"{run.largest:.4f} | {run.shown('potential_mechanical_electrolyte', -1e3, 1)} | "
            f"{run.shown('von_mises_electrolyte', 1e-9, 3)} | {1e9 * run.summary['largest_slip']:.2f} |"
        )
    mean = 14.0e-6 * runs["thickness-140"].summary["concentration_mean"]
    return THICKNESS.format(mean=mean, rows="\n".join(rows))


def rest(run: Run) -> str:
    """The table of the cycle."""
    series = run.series
    step = series["protocol_step"].astype(int)
    plated = series["lithium"][np.flatnonzero(step == 0)[-1]]
    rows, gradients, left = [], [], []
    for index in range(step.max() + 1):
        last = np.flatnonzero(step == index)[-1]
        current = series["current_density"][last] / 10
        name = "rest" if current == 0 else f"{'plating' if current > 0 else 'stripping'} at {abs(current):g} mA/cm²"
        electrolyte, collector = series["li_per_mg_electrolyte"][last], series["li_per_mg_collector"][last]
        gradients.append(collector - electrolyte)
        left.append(series["lithium"][last] / plated)
        rows.append(
            f"| {name} | {series['time'][last]:.1f} | {100 * left[-1]:.1f} % | "
            f"{14.0e-6 * series['concentration_mean'][last]:.4f} | {max(electrolyte, 0):.4f} | {collector:.4f} | "
            f"{-1e3 * series['potential_mechanical_electrolyte'][last]:.1f} |"
        )
    words = (
        f"At rest the lithium goes on moving until μ_Li is uniform, not until c is: collector less electrolyte, {gradients[0]:+.3f} at the end of "
        f"plating, is {gradients[1]:+.3f} at the end of the rest, "
        f"held by the electrolyte, which does not let its surface swell. Stripping turns against this gradient: "
        f"at 1 mA/cm² the surface is empty while {100 * left[2]:.0f} % of the lithium is still on its way from the collector, at smaller currents it "
        f"follows, and {100 * left[-1]:.0f} % is left at the end. The magnesium is recovered, the more the smaller the last current."
    )
    return REST.format(rows="\n".join(rows), words=words)


def wrapped(page: str) -> str:
    """The page with its paragraphs in lines of a readable length; tables, figures and headings as they are."""
    lines = []
    for paragraph in filter(str.strip, page.split("\n\n")):
        start = paragraph.lstrip()
        kept = start.startswith(("|", "#", "!", "*")) and not start.startswith("**")
        lines.append(paragraph.strip() if kept else textwrap.fill(" ".join(paragraph.split()), 124, break_on_hyphens=False))
    return "\n\n".join(lines).rstrip() + "\n"


def main(directory: str) -> None:
    films = [path for path in Path(directory).iterdir() if not path.name.startswith("ham2024-")]
    runs = {path.name: Run(path) for path in films if (path / "results.h5").exists()}
    cells = ham2024_page.chapter(ham2024_runs.read(Path(directory)))
    print(wrapped("\n\n".join([HEAD, plate(runs), thickness(runs), rest(runs["rest"]), cells])), end="")


if __name__ == "__main__":
    main(sys.argv[1])
