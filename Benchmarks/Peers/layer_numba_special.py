"""The layer by a solver made for constant D, compiled by numba: layer_numba_special.py POINTS CELLS STEPS LANES COUNT

Means u of equal cells by the compact scheme of order 4, (u'_left + 10 u' + u'_right) / 12 = (u_left - 2 u + u_right)
/ h**2; at an end the mean beyond it is the last one and h times the gradient. Equal steps of Alexander's SDIRK method
of order 2; Thomas' algorithm with the factors of the first step. The surface is saturated where the parabola through
its last three values says so. LANES points are solved side by side, for the vector units of the processor.
"""

import math
import sys

import numba
import numpy as np

from measure import THREADS
from utilisation import depth, latest, report

GAMMA = 1 - 1 / math.sqrt(2)


@numba.njit
def moment(before, left, right):
    """Where the parabola through values at -1, 0 and 1 is 1."""
    slope, bend = 0.5 * (right - before), 0.5 * (right - 2 * left + before)
    return 2 * (1 - left) / (slope + math.sqrt(slope**2 + 4 * bend * (1 - left)))


def solver(cells, steps, lanes):
    """The function of fluxes that gives utilisations."""

    @numba.njit(fastmath={"contract"})
    def march(flux, meshed, duration, found):
        # One cell more than there are, which stays empty.
        state, stage = np.zeros((cells + 1, lanes)), np.zeros((cells + 1, lanes))
        pivot, lower, upper = np.empty((cells, lanes)), np.zeros((cells, lanes)), np.empty((cells, lanes))
        size, load = meshed / cells, np.empty(lanes)
        left, here = np.empty(lanes), np.empty(lanes)
        surface, before, earlier = np.zeros(lanes), np.zeros(lanes), np.zeros(lanes)
        for lane in range(lanes):
            coupling = GAMMA * duration[lane] / steps / size[lane] ** 2
            load[lane] = coupling * size[lane] * flux[lane]
            other = 1 / 12 - coupling
            for cell in range(cells):
                ends = 1 if cell == 0 or cell == cells - 1 else 2
                own = 1 - ends * other
                pivot[cell, lane] = 1 / (own - other * upper[cell - 1, lane] if cell > 0 else own)
                lower[cell, lane] = other * pivot[cell, lane] if cell > 0 else 0
                upper[cell, lane] = other * pivot[cell, lane]
        remaining = lanes
        for step in range(2 * steps):
            for part in range(2):
                # Y1 solves from y, Y2 from y + (1 - gamma) dt f(Y1), where gamma dt f(Y1) = Y1 - y; Y2 ends the step.
                ahead = 0.0 if part == 0 else (1 - GAMMA) / GAMMA
                for lane in range(lanes):
                    here[lane] = state[0, lane] + ahead * (stage[0, lane] - state[0, lane])
                    left[lane] = here[lane] + 12 * load[lane]
                for cell in range(cells):
                    for lane in range(lanes):
                        after = state[cell + 1, lane] + ahead * (stage[cell + 1, lane] - state[cell + 1, lane])
                        right = after if cell < cells - 1 else here[lane]
                        value = pivot[cell, lane] * ((left[lane] + 10 * here[lane] + right) / 12)
                        left[lane], here[lane] = here[lane], right
                        stage[cell, lane] = value - lower[cell, lane] * stage[cell - 1, lane] if cell > 0 else value
                for cell in range(cells - 2, -1, -1):
                    for lane in range(lanes):
                        stage[cell, lane] -= upper[cell, lane] * stage[cell + 1, lane]
            state, stage = stage, state
            for lane in range(lanes):
                # Of s - k z + b z**2 + d z**4 with the first three means: odd derivatives of the third order on
                # vanish there.
                means = 37 * state[0, lane] - 8 * state[1, lane] + state[2, lane]
                value = (means + 9 * size[lane] * flux[lane]) / 30
                earlier[lane], before[lane], surface[lane] = before[lane], surface[lane], value
                if value >= 1 and found[lane] == 0:
                    found[lane] = (step + moment(earlier[lane], before[lane], value)) / steps
                    remaining -= 1
            if remaining == 0:
                break

    @numba.njit(parallel=THREADS > 1)
    def march_all(flux, meshed, duration, found):
        for number in numba.prange(flux.size // lanes):
            group = slice(number * lanes, (number + 1) * lanes)
            march(flux[group], meshed[group], duration[group], found[group])

    def utilisations(flux):
        duration, found = latest(flux), np.zeros(flux.size)
        march_all(flux, depth(flux), duration, found)
        return flux * duration * found

    return utilisations


if __name__ == "__main__":
    CELLS, STEPS, LANES, COUNT = map(int, sys.argv[2:])
    report(solver(CELLS, STEPS, LANES), sys.argv[1], COUNT)
