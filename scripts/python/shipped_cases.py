"""The shipped cases, with what makes each short enough to be run many times."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"

_PLANE = ["mesh.columns=6", "mesh.rows=8"]
_SHORT = {
    "island-5um": ["mesh.columns=10", "mesh.rows=6", "numerics.error_estimate=off"],
    "plate-rest-strip": _PLANE,
    "wang2024-fig4-plate-one-way": _PLANE,
    "wang2024-fig4-plate-two-way": _PLANE,
    "li-mg-strip-transport": ["mesh.cells=48", "mesh.columns=16", "numerics.error_estimate=off"],
}


def names() -> list[str]:
    """Names of the shipped cases."""
    return sorted(path.stem for path in CASES.glob("*.yaml"))


def arguments(name: str, short: bool) -> list[str]:
    """What follows `mesolith run` for a case, as it is shipped or short."""
    overrides = _SHORT.get(name, []) if short else []
    return [str(CASES / f"{name}.yaml"), *(word for value in overrides for word in ("--set", value))]
