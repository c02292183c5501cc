"""The layer by finite volumes and SDIRK steps for numba: layer_numba_plain.py POINTS CELLS STEPS COUNT

What one would write for a layer with any mesh: means over cells of any widths, the rates of Alexander's method of
order 2 in equal steps, a point at a time, the matrix of the stages eliminated once by Thomas' algorithm.
"""

import math
import sys

import numba
import numpy as np

from measure import THREADS
from utilisation import depth, latest, report

GAMMA = 1 - 1 / math.sqrt(2)


@numba.njit(fastmath={"contract"})
def moment(flux, widths, duration, steps, work):
    """The time to saturation in parts of `duration`; the vectors are lent."""
    cells = widths.size
    state, first, second, left, right, upper, pivot = work
    length = duration / steps
    for cell in range(cells):
        # What a difference of means moves through the faces, in means of this cell.
        left[cell] = 2 / (widths[cell - 1] + widths[cell]) / widths[cell] if cell > 0 else 0
        right[cell] = 2 / (widths[cell + 1] + widths[cell]) / widths[cell] if cell < cells - 1 else 0
        own = 1 + GAMMA * length * (left[cell] + right[cell])
        if cell > 0:
            own -= GAMMA * length * left[cell] * upper[cell - 1]
        pivot[cell] = 1 / own
        upper[cell] = GAMMA * length * right[cell] * pivot[cell]
        state[cell] = first[cell] = 0
    near, far = 0.5 * widths[0], widths[0] + 0.5 * widths[1]
    surface = before = earlier = 0.0
    for step in range(2 * steps):
        for part in range(2):
            rates = first if part == 0 else second
            weight = 0.0 if part == 0 else (1 - GAMMA) * length
            behind, last = 0.0, 0.0
            here = state[0] + weight * first[0]
            for cell in range(cells):
                after = state[cell + 1] + weight * first[cell + 1] if cell < cells - 1 else here
                change = left[cell] * (behind - here) + right[cell] * (after - here)
                if cell == 0:
                    change += flux / widths[0]
                last = (change + GAMMA * length * left[cell] * last) * pivot[cell]
                rates[cell] = last
                behind, here = here, after
            for cell in range(cells - 2, -1, -1):
                last = rates[cell] + upper[cell] * last
                rates[cell] = last
        for cell in range(cells):
            state[cell] += length * ((1 - GAMMA) * first[cell] + GAMMA * second[cell])
        # s - k z + b z**2 through the first two means, taken as the values at the centres.
        bend = (state[1] - state[0] + flux * (far - near)) / (far**2 - near**2)
        earlier, before = before, surface
        surface = state[0] + flux * near - bend * near**2
        if surface >= 1 and step >= 2:
            slope, curve = 0.5 * (surface - earlier), 0.5 * (surface - 2 * before + earlier)
            return (step + 2 * (1 - before) / (slope + math.sqrt(slope**2 + 4 * curve * (1 - before)))) / steps
    return np.nan


@numba.njit(parallel=THREADS > 1)
def march(flux, meshed, duration, cells, steps, found):
    for point in numba.prange(flux.size):
        widths = np.full(cells, meshed[point] / cells)
        found[point] = moment(flux[point], widths, duration[point], steps, np.empty((7, cells)))


def main(points, cells, steps, count):
    def utilisations(flux):
        duration, found = latest(flux), np.empty(flux.size)
        march(flux, depth(flux), duration, cells, steps, found)
        return flux * duration * found

    report(utilisations, points, count)


main(sys.argv[1], *map(int, sys.argv[2:]))
