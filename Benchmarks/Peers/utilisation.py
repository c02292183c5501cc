"""What the peers of the single layer share: its points, the exact utilisations, how a solution is verified and timed.

Depths in units of L, times in L**2/D, lithium in parts of what saturates the surface: a point is one number, the flux
k = j L / (F D c_max) into an empty layer. The time to saturation t and the utilisation k t have the same relative
error.
"""

import math

import numpy as np

from measure import THREADS, Clock, compilers

FARADAY = 96485.33212
LENGTH = 5e-6
SATURATION = 69600.0
SIDE = 64
# A solution that is further from the series is refused: of a single run, of a map.
LARGEST_ERROR = {"single": 2e-3, "map": 1e-4}


def fluxes(points):
    """k of `single`, Fig. 4a (D = 6e-11 cm2/s, 1 mA/cm2), or of `map`: D from 1e-12 to 1e-8 cm2/s, j from 0.05 to
    10 mA/cm2, 64 x 64 points in equal steps of the logarithm; `map/21` takes every 21st in each direction."""
    if points == "single":
        diffusivity, current = np.array([[6e-15]]), np.array([10.0])
    else:
        every = int(points.partition("/")[2] or 1)
        diffusivity = np.geomspace(1e-16, 1e-12, SIDE)[::every, None]
        current = np.geomspace(0.5, 100, SIDE)[None, ::every]
    return (current * LENGTH / (FARADAY * diffusivity * SATURATION)).ravel()


def exact(fluxes):
    """k t where k [t + 1/3 - (2/pi**2) sum exp(-(n pi)**2 t) / n**2] = 1, for short times k 2 sqrt(t/pi) = 1."""
    squares = (np.pi * np.arange(1, 15)) ** 2
    short = np.pi / (4 * fluxes**2)
    # Newton's method: the surface is concave in time, so that all iterates but the first lie below.
    moment = np.maximum(1 / fluxes, 0.02)
    for _ in range(20):
        waves = np.exp(-np.multiply.outer(moment, squares))
        surface = moment + 1 / 3 - 2 * (waves / squares).sum(axis=1)
        moment = np.maximum(moment - (surface - 1 / fluxes) / (1 + 2 * waves.sum(axis=1)), 0.02)
    return fluxes * np.where(short < 0.025, short, moment)


def depth(fluxes):
    """The part of the layer that is meshed: four times sqrt(t), whose end changes the surface by less than 1e-8."""
    return np.minimum(1, 2 * math.sqrt(math.pi) / fluxes)


def latest(fluxes):
    """What a user would write down for the longest time: the layer is full, or a half-space saturates."""
    return np.minimum(1 / fluxes, 1.05 * np.pi / (4 * fluxes**2))


def crossing(before, left, right):
    """Where the parabola through values at -1, 0 and 1 is 1, between the last two."""
    slope, bend = 0.5 * (right - before), 0.5 * (right - 2 * left + before)
    return 2 * (1 - left) / (slope + math.sqrt(max(0.0, slope**2 + 4 * bend * (1 - left))))


def surface(first, second, size, flux):
    """The surface of the parabola through the values at the centres of two cells, with the flux at its start."""
    return first + 3 * size * flux / 8 + (first - second) / 8


def report(solve, points, count):
    """Verifies `solve`, which gives the utilisations of all fluxes, times it `count` times and prints a line of JSON.

    The solution that is verified comes first and compiles: what it takes above another is set-up. Where a solution
    takes long `count` may be 0: the one that is verified is timed, whatever it compiles.
    """
    given = fluxes(points)
    setup = Clock()
    compiled = compilers()
    found = solve(given)
    times = [setup.read()]
    warm_up = times[0][0] + compilers() - compiled
    errors = np.abs(found / exact(given) - 1)
    largest = LARGEST_ERROR[points.partition("/")[0]]
    if not errors.max() < largest:
        raise SystemExit(
            f"the utilisation is wrong by {errors.max():.1e}, and {largest:.0e} is the most allowed: "
            "take more cells or steps, or mend the code")
    all_times = Clock()
    for _ in range(count):
        clock = Clock()
        solve(given)
        times.append(clock.read())
    times = times[1:] or times
    least = min(cpu for cpu, _ in times)
    # What a thread on another processor has used is told late, by milliseconds: of several the mean counts.
    solved = all_times.read()[0] / count if THREADS > 1 and count > 0 else least
    setup.report(
        setup=setup.setup + max(0.0, warm_up - solved), solve=solved, wall=min(wall for _, wall in times),
        points=given.size, whole=len(fluxes("map")) if points != "single" else 1, error=float(errors.max()),
        median_error=float(np.median(errors)))
