"""The layer as one first writes it down for numba: layer_numba_first.py POINTS CELLS STEPS COUNT

The method of layer_numba_plain.py, untuned: finite volumes on cells of any widths, the rates of Alexander's method of
order 2 in equal steps, a point at a time, Thomas' algorithm with kept factors. Fluxes through faces are divided by the
widths of cells in the loops, each part of a step is a loop of its own, and the lithium is summed after each step,
because the utilisation is what is wanted.
"""

import math
import sys

import numba
import numpy as np

from measure import THREADS
from utilisation import depth, latest, report

GAMMA = 1 - 1 / math.sqrt(2)


@numba.njit
def slope(state, conductances, widths, flux, rates):
    """The rates of the means: what flows in less what flows out, over the width."""
    inflow = flux
    for cell in range(state.size):
        outflow = conductances[cell] * (state[cell] - state[cell + 1]) if cell < state.size - 1 else 0.0
        rates[cell] = (inflow - outflow) / widths[cell]
        inflow = outflow


@numba.njit
def factor(length, conductances, widths, lower, pivot, upper):
    """The factors of 1 - length A."""
    for cell in range(widths.size):
        before = length * conductances[cell - 1] / widths[cell] if cell > 0 else 0.0
        after = length * conductances[cell] / widths[cell] if cell < widths.size - 1 else 0.0
        upper[cell] = -after
        pivot[cell] = 1 + before + after
        if cell > 0:
            lower[cell] = -before / pivot[cell - 1]
            pivot[cell] -= lower[cell] * upper[cell - 1]


@numba.njit
def solve(lower, pivot, upper, values):
    """Solves with the factors, in place."""
    last = values.size - 1
    for cell in range(1, values.size):
        values[cell] -= lower[cell] * values[cell - 1]
    values[last] /= pivot[last]
    for cell in range(last - 1, -1, -1):
        values[cell] = (values[cell] - upper[cell] * values[cell + 1]) / pivot[cell]


@numba.njit
def surface_value(state, widths, flux):
    """The surface by the parabola through the first two means, with the flux at its start."""
    near, far = 0.5 * widths[0], widths[0] + 0.5 * widths[1]
    bend = (state[1] - state[0] + flux * (far - near)) / (far**2 - near**2)
    return state[0] + flux * near - bend * near**2


@numba.njit
def utilisation(flux, widths, duration, steps):
    """The lithium in the layer when its surface is saturated, in parts of a full one."""
    cells = widths.size
    state, first, second = np.zeros(cells), np.empty(cells), np.empty(cells)
    base, lower, pivot, upper = np.empty(cells), np.zeros(cells), np.empty(cells), np.empty(cells)
    conductances = 2 / (widths[:-1] + widths[1:])
    length = duration / steps
    factor(GAMMA * length, conductances, widths, lower, pivot, upper)
    surface = before = earlier = lithium = lithium_before = 0.0
    for step in range(2 * steps):
        slope(state, conductances, widths, flux, first)
        solve(lower, pivot, upper, first)
        for cell in range(cells):
            base[cell] = state[cell] + (1 - GAMMA) * length * first[cell]
        slope(base, conductances, widths, flux, second)
        solve(lower, pivot, upper, second)
        for cell in range(cells):
            state[cell] += length * ((1 - GAMMA) * first[cell] + GAMMA * second[cell])
        lithium_before, lithium = lithium, 0.0
        for cell in range(cells):
            lithium += state[cell] * widths[cell]
        earlier, before, surface = before, surface, surface_value(state, widths, flux)
        if surface >= 1 and step >= 2:
            rise, curve = 0.5 * (surface - earlier), 0.5 * (surface - 2 * before + earlier)
            part = 2 * (1 - before) / (rise + math.sqrt(rise**2 + 4 * curve * (1 - before)))
            return lithium_before + part * (lithium - lithium_before)
    return np.nan


@numba.njit(parallel=THREADS > 1)
def march(flux, meshed, duration, cells, steps, found):
    for point in numba.prange(flux.size):
        widths = np.full(cells, meshed[point] / cells)
        found[point] = utilisation(flux[point], widths, duration[point], steps)


def main(points, cells, steps, count):
    def utilisations(flux):
        found = np.empty(flux.size)
        march(flux, depth(flux), latest(flux), cells, steps, found)
        return found

    report(utilisations, points, count)


main(sys.argv[1], *map(int, sys.argv[2:]))
