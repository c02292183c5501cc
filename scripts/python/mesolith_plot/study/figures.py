"""Which figures a study has."""

from collections.abc import Iterator, Sequence

import numpy as np
from matplotlib.figure import Figure

from ..results import ResultsError
from .lines import lines
from .maps import maps
from .scales import scale_of_result
from .scatter import against, samples
from .slices import layout
from .table import Result, Table

OF_THE_COMPUTATION = ("time_steps", "rejected_steps", "newton_iterations", "conservation_error", "energy_error")
"""Results that tell of the computation; drawn when asked for, or when there are no others."""
MOST_REASONS = 3
"""Reasons that are named before they are summed up."""
MOST_RESULTS = 8
"""Results that have figures without being asked for."""


def _why_not(result: Result) -> str | None:
    """Why there is nothing to see of a result; None when there is."""
    finite = result.values[np.isfinite(result.values)]
    if finite.size == 0:
        return "no point has a value"
    if np.ptp(finite) <= 1e-12 * np.abs(finite).max():
        return f"{scale_of_result(result).said(finite[0])} at every point"
    return None


def choose(table: Table, asked_for: Sequence[str]) -> tuple[list[Result], list[str]]:
    """The results that have figures, and a sentence for each that has none.

    Throws `ResultsError` when none is left, or one was asked for that the study has not kept.
    """
    known = {result.name: result for result in table.results}
    for name in asked_for:
        if name not in known:
            raise ResultsError(f"{table.path} has no result {name}; it has {', '.join(known)}")
    candidates = [known[name] for name in asked_for] or list(table.results)
    reasons = {result.name: _why_not(result) for result in candidates}
    said = [f"{name} is not drawn: {reason}" for name, reason in reasons.items() if reason]
    drawn = [result for result in candidates if not reasons[result.name]]
    if not asked_for:
        first = [result for result in drawn if result.name not in OF_THE_COMPUTATION] or drawn
        rest = [result.name for result in drawn if result not in first[:MOST_RESULTS]]
        drawn = first[:MOST_RESULTS]
        if rest:
            said.append(f"not drawn without --result: {', '.join(rest)}")
    if not drawn:
        if len(said) > MOST_REASONS:
            said = [f"all {len(said)} results are the same at every point or nowhere"]
        raise ResultsError(f"{table.path}: there is nothing to draw; {'; '.join(said) or 'it has no results'}")
    return drawn, said


def draw(table: Table, results: Sequence[Result], formula: str | None = None) -> Iterator[tuple[str, Figure]]:
    """The figures of the results, each with the name of its file. Throws `ResultsError`."""
    if table.status.size == 1:
        raise ResultsError(f"{table.path} holds one point; at least two are needed")
    laid_out = layout(table) if table.is_grid and formula is None else None
    for result in results:
        name = f"study-{result.name.replace('_', '-')}"
        if formula is not None:
            yield f"{name}-against", against(table, formula, result)
        elif laid_out is None:
            yield name, samples(table, result)
        elif laid_out.has_map:
            yield name, maps(table, laid_out, result)
            if laid_out.has_lines:
                yield f"{name}-lines", lines(table, laid_out, result)
        else:
            yield name, lines(table, laid_out, result)
