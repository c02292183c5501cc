"""What the peers of the map of utilisation share: its points, the exact utilisations, how a solution is verified and timed.

Depths in units of L, times in L**2/D, lithium in parts of what saturates the surface: a point is one number, the flux
k = j L / (F D c_max) into an empty layer.
"""

import math
import time

import numpy as np

from measure import Clock

FARADAY = 96485.33212
LENGTH = 5e-6
SATURATION = 69600.0
SIDE = 64
# A solution that is further from the series is refused.
LARGEST_ERROR = 1e-4


def fluxes():
    """k of 64 x 64 points: D from 1e-12 to 1e-8 cm2/s, j from 0.05 to 10 mA/cm2, in equal steps of the logarithm."""
    diffusivity = np.geomspace(1e-16, 1e-12, SIDE)[:, None]
    current = np.geomspace(0.5, 100, SIDE)[None, :]
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
    """The part of the layer that is meshed: four times sqrt(t), whose end changes the surface by less than 1e-8 of it."""
    return np.minimum(1, 2 * math.sqrt(math.pi) / fluxes)


def latest(fluxes):
    """What a user would write down for the longest time: the layer is full, or the surface of a half-space saturates."""
    return np.minimum(1 / fluxes, 1.05 * np.pi / (4 * fluxes**2))


def report(solve, fluxes, count):
    """Verifies `solve`, a function of the fluxes that gives utilisations, times it `count` times and prints a line of JSON."""
    errors = np.abs(solve(fluxes) / exact(fluxes) - 1)
    if not errors.max() < LARGEST_ERROR:
        raise SystemExit(f"the utilisation is wrong by {errors.max():.1e}, and {LARGEST_ERROR:.0e} is the most allowed")
    clock = Clock()
    times = []
    for _ in range(count):
        start = time.process_time()
        solve(fluxes)
        times.append(time.process_time() - start)
    clock.report(solve=min(times), points=fluxes.size, error=float(errors.max()), median_error=float(np.median(errors)))
