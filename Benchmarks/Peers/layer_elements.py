"""What the finite elements in one dimension share: Alexander's SDIRK method of order 2, equal steps, kept factors.

The layer is [0, 1], the surface at 0: u_t = u'' / depth**2, and k / depth flows in.
"""

import math

import numpy as np

from utilisation import crossing, depth, latest, report

GAMMA = 1 - 1 / math.sqrt(2)


def moment(stage, surface, state, duration, steps):
    """The time to saturation, where `stage(base)` solves y = base + gamma dt f(y).

    `surface` is a place in the state.
    """
    before = left = right = 0.0
    ahead = (1 - GAMMA) / GAMMA
    for step in range(2 * steps):
        first = stage(state)
        # y + (1 - gamma) dt f(Y1), where gamma dt f(Y1) = Y1 - y; the second stage ends the step.
        state = stage(state + ahead * (first - state))
        before, left, right = left, right, float(state[surface])
        if right >= 1 and step >= 2:
            return duration * (step + crossing(before, left, right)) / steps
    return math.nan


def run(prepare, surface, size, points, steps, count):
    """Reports a code: `prepare(mu, load)` factors M + mu K once and gives the function `stage` of the base.

    `load` flows into the node at the surface.
    """

    def one(flux, meshed, duration):
        length = GAMMA * duration / steps
        stage = prepare(float(length / meshed**2), float(length * flux / meshed))
        return moment(stage, surface, np.zeros(size), duration, steps)

    def utilisations(flux):
        return flux * np.array([one(*each) for each in zip(flux, depth(flux), latest(flux))])

    report(utilisations, points, count)
