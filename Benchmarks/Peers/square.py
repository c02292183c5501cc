"""The square of the peers: exact solutions, the two methods in time, how a solution is verified and told.

A square of 1 that takes lithium through z = 1 at the rate 1 + cos(pi x) / 2, from empty until t = 0.3; lengths in L,
times in L**2/D, lithium in j L / D.
"""

import math

import numpy as np

from measure import Clock

DURATION = 0.3
GAMMA = 1 - 1 / math.sqrt(2)
MODES = 400
# What remains of the difference to the solution that is exact in space is that of the cells, of order 2; this many
# times h**2 is too much of it.
LARGEST_SPACE_ERROR = 0.25


def profiles(z, decay):
    """The mean over x and the wave of cos(pi x) at z, by separation; `decay` says what is left of a mode of a rate."""
    n = np.arange(1, MODES + 1)
    modes = np.cos(np.pi * np.multiply.outer(z, n)) * (2 * (-1.0) ** n)
    rates = (n * np.pi) ** 2
    mean = DURATION + z**2 / 2 - 1 / 6 - modes @ (decay(rates) / rates)
    wave = np.cosh(np.pi * z) / (np.pi * math.sinh(np.pi)) - decay(np.array([np.pi**2]))[0] / np.pi**2
    return mean, wave - modes @ (decay(rates + np.pi**2) / (rates + np.pi**2))


def solution(x, z, decay):
    """The values at nodes x, z; the modes are summed once for each height."""
    heights, place = np.unique(np.round(z, 12), return_inverse=True)
    mean, wave = profiles(heights, decay)
    return mean[place] + 0.5 * np.cos(np.pi * x) * wave[place]


def growth(method, rate, length):
    """What a step leaves of a mode."""
    if method == "euler":
        return 1 / (1 + rate * length)
    return (1 - (1 - 2 * GAMMA) * rate * length) / (1 + GAMMA * rate * length) ** 2


def ahead(state, first):
    """The base of the second stage, y + (1 - gamma) dt f(Y1) with gamma dt f(Y1) = Y1 - y."""
    return state + (1 - GAMMA) / GAMMA * (first - state)


def march(implicit, state, steps, method, watch, ahead=ahead):
    """Equal steps from `state`, where `implicit(base, is_new)` solves y = base + h f(y), h = `stage(steps, method)`.

    Backward Euler, or Alexander's SDIRK method of order 2, whose second stage ends the step. `is_new` says that a
    step begins, for the matrices that are formed anew in each; `ahead` may overwrite its second argument.
    """
    for step in range(steps):
        base, state = state, implicit(state, True)
        if method == "sdirk2":
            state = implicit(ahead(base, state), False)
        if step == 0:
            watch.first_ends()
    watch.stop()
    return state


def stage(steps, method):
    """The length h of an implicit stage."""
    return (1 if method == "euler" else GAMMA) * DURATION / steps


class Watch:
    """Tells the first step, with the analysis and the first factors, from what came before and from the others."""

    def __init__(self):
        self.first, self.others, self.used = None, None, None
        self.clock = Clock()

    def first_ends(self):
        self.first = self.clock.read()
        self.others = Clock()

    def stop(self):
        self.used = self.others.read()

    def report(self, x, z, values, cells, steps, method):
        """Verifies the values at x, z against the solution that is exact in space, and prints a line of JSON."""
        exact = solution(x, z, lambda rate: np.exp(-rate * DURATION))
        stepped = solution(x, z, lambda rate: growth(method, rate, DURATION / steps) ** steps)
        largest = np.abs(exact).max()
        space = np.abs(values - stepped).max() / largest
        allowed = LARGEST_SPACE_ERROR / cells**2
        if not space < allowed:
            raise SystemExit(
                f"the square on {cells} x {cells} cells differs by {space:.1e} from the solution that is exact in "
                f"space, and {allowed:.1e} is the most allowed: the code is wrong, or its solver stops too early")
        self.clock.report(
            *self.used, first=self.first[0], first_wall=self.first[1], steps=steps, space_error=float(space),
            error=float(np.abs(values - exact).max() / largest))
