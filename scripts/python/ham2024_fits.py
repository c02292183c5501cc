"""Fit the two numbers of `confined_creep` of lithium, and the stiffness of the cell, to the pressures of S.-Y. Ham.

S.-Y. Ham, dissertation, University of California San Diego (2024). Prints the tables that docs/materials.md quotes; the
two numbers of a layer that keeps its thickness (h = h0) stand in Sources/Materials/Library/li.yaml.

    stiffness   full cells in a fixed gap at 5 MPa: the pressure swings by dP = K dh with a change of thickness dh
    hold        a cell held at 25 MPa with a fixed gap: dp/dt = -K h A (max(0, p - p_h) / s0)^n,
                p_h = (2/3) tau_f R / h,  h = h0 - (p0 - p) / K

With x = p - p_h, K h^2 - (x - p0 + K h0) h - (2/3) tau_f R = 0 gives h, and the time to reach x is a quadrature,

    A t = integral from x to x0 of s0^n x^-n / (h (K + (2/3) tau_f R / h^2)) dx,

so that tau_f alone sets the ratio of two times and A follows from one of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

GAS_CONSTANT = 8.314462618
MPA = 1e6
UM = 1e-6
HOUR = 3600.0

# The stiffness: loadings of the cathode in mg/cm2, swings of pressure in Pa.
LOADINGS = np.array([6.4, 25.5, 51.0])
SWINGS = np.array([0.73, 2.14, 6.2]) * MPA
THICKNESS_PER_LOADING = 19 * UM / 25.5  # 25.5 mg/cm2 are 4 mAh/cm2: anode +20 um, cathode -1 um
SPRINGS = 9.35e8  # Pa/m

# The hold.
FIRST_PRESSURE = 25 * MPA
THICKNESS = 50 * UM
RADIUS = 5e-3
ROOM, WARM = 298.15, 313.15
SHORT, LONG = 0.5 * HOUR, 24 * HOUR
LOSSES = {SHORT: 2.2 * MPA, LONG: 3.9 * MPA}
WARM_LOSS = 5.6 * MPA

# Lithium: n of Masias et al. 2019, Q of LePage et al. 2019.
STRESS_SCALE = 1 * MPA
EXPONENT = 6.56
ACTIVATION_ENERGY = 37e3
BULK_RATE = 7.7e-3 * np.exp(-ACTIVATION_ENERGY / GAS_CONSTANT * (1 / ROOM - 1 / 299))

NODES, WEIGHTS = np.polynomial.legendre.leggauss(200)


def fitted_stiffness() -> float:
    """K in Pa/m that minimises the sum of (K dh/dP - 1)^2."""
    ratio = THICKNESS_PER_LOADING * LOADINGS / SWINGS
    return float(ratio.sum() / (ratio**2).sum())


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that rises from below zero to above it is zero, by bisection."""
    for _ in range(200):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return 0.5 * (low + high)


@dataclass(frozen=True)
class Hold:
    """A cell of stiffness K in Pa/m held in a fixed gap, its lithium with a friction stress in Pa.

    `thins`: whether the thickness that is lost is that of the layer as well; otherwise h stays h0.
    """

    stiffness: float
    friction: float
    thins: bool = True

    @property
    def hill(self) -> float:
        """(2/3) tau_f R, the held pressure times the thickness."""
        return 2 / 3 * self.friction * RADIUS

    @property
    def excess(self) -> float:
        """x at the start."""
        return FIRST_PRESSURE - self.hill / THICKNESS

    def thickness(self, x: np.ndarray | float) -> np.ndarray | float:
        """h at an excess pressure."""
        if not self.thins:
            return THICKNESS + 0 * x
        linear = x - FIRST_PRESSURE + self.stiffness * THICKNESS
        return (linear + np.sqrt(linear**2 + 4 * self.stiffness * self.hill)) / (2 * self.stiffness)

    def pressure(self, x: float) -> float:
        """p at an excess pressure."""
        return x + self.hill / self.thickness(x)

    def loss(self, x: float) -> float:
        """What is lost of the pressure at an excess pressure."""
        return FIRST_PRESSURE - self.pressure(x)

    def strain_scale(self, x: float) -> float:
        """A t of the time that it takes to reach an excess pressure, integrated over ln x."""
        low, high = np.log(x), np.log(self.excess)
        at = np.exp(0.5 * (low + high) + 0.5 * (high - low) * NODES)
        h = self.thickness(at)
        slope = self.stiffness + (self.hill / h**2 if self.thins else 0)
        return 0.5 * (high - low) * WEIGHTS @ (at * (STRESS_SCALE / at) ** EXPONENT / (h * slope))

    def excess_after(self, loss: float) -> float:
        """x where so much is lost."""
        h = THICKNESS - loss / self.stiffness if self.thins else THICKNESS
        return FIRST_PRESSURE - loss - self.hill / h

    def excess_at(self, time: float, rate: float) -> float:
        """x after a time with a rate A."""
        low = np.log(self.excess) - 40
        return np.exp(root(lambda s: rate * time - self.strain_scale(np.exp(s)), low, np.log(self.excess)))

    def loss_rate(self, x: float, rate: float) -> float:
        """-dp/dt with a rate A."""
        return self.stiffness * self.thickness(x) * rate * (x / STRESS_SCALE) ** EXPONENT


def fitted(stiffness: float, thins: bool) -> tuple[Hold, float]:
    """The friction stress and the rate that meet both losses."""

    def ratio(friction: float) -> float:
        hold = Hold(stiffness, friction, thins)
        times = [hold.strain_scale(hold.excess_after(LOSSES[time])) for time in (LONG, SHORT)]
        return times[0] / times[1] - LONG / SHORT

    end = THICKNESS - LOSSES[LONG] / stiffness if thins else THICKNESS
    most = 1.5 * (FIRST_PRESSURE - LOSSES[LONG]) * end / RADIUS
    hold = Hold(stiffness, root(ratio, 0, most * (1 - 1e-9)), thins)
    return hold, hold.strain_scale(hold.excess_after(LOSSES[SHORT])) / SHORT


def warm(hold: Hold, rate: float) -> tuple[float, float]:
    """The losses at 40 degC that the activation energy predicts: in 30 min, and until 1 Pa of excess is left."""
    inverse = 1 / WARM - 1 / ROOM
    friction = hold.friction * np.exp(ACTIVATION_ENERGY / (EXPONENT * GAS_CONSTANT) * inverse)
    faster = rate * np.exp(-ACTIVATION_ENERGY / GAS_CONSTANT * inverse)
    warmed = Hold(hold.stiffness, friction, hold.thins)
    return warmed.loss(warmed.excess_at(SHORT, faster)), warmed.loss(1.0)


def print_stiffness(stiffness: float) -> None:
    """The swings and the pressures at the end of charge."""
    change = THICKNESS_PER_LOADING * LOADINGS
    print(f"K, least squares of K dh/dP - 1         {stiffness:.4e} Pa/m")
    print(f"K, least squares of ln(K dh/dP)         {np.exp(np.log(SWINGS / change).mean()):.4e} Pa/m")
    for loading, measured, found in zip(LOADINGS, SWINGS, stiffness * change, strict=True):
        print(
            f"swing at {loading:4.1f} mg/cm2   measured {measured / MPA:5.2f} MPa   found {found / MPA:5.2f} MPa"
            f"   {100 * (found / measured - 1):+6.1f} %"
        )
    series = 1 / (1 / stiffness + 1 / SPRINGS)
    for name, gap, measured in (("fixed gap", stiffness, 6.96), ("springs", series, 5.21)):
        found = 5 + gap * 19 * UM / MPA
        print(
            f"end of charge, {name:9}   measured {measured:5.2f} MPa   found {found:5.3f} MPa"
            f"   {100 * (found / measured - 1):+6.1f} %"
        )


def print_hold(stiffness: float, thins: bool) -> None:
    """The fit of the hold."""
    hold, rate = fitted(stiffness, thins)
    print(f"\nh {'thins with the pressure' if thins else 'held at 50 um'}, K = {stiffness:.4e} Pa/m")
    print(f"tau_f at 25 degC   {hold.friction / MPA:.6f} MPa   (p_h of 50 um: {hold.hill / THICKNESS / MPA:.3f} MPa)")
    print(f"A at 25 degC       {rate:.6e} 1/s   (bulk lithium / A = {BULK_RATE / rate:.2e})")
    for time, measured in LOSSES.items():
        found = hold.loss(hold.excess_at(time, rate))
        print(
            f"loss in {time / HOUR:4.1f} h     measured {measured / MPA:.2f} MPa   found {found / MPA:.6f} MPa"
            f"   residual {(found - measured) / MPA:+.1e} MPa"
        )
    for time in (60, 10 * HOUR, 24 * HOUR):
        x = hold.excess_at(time, rate)
        print(
            f"after {time / HOUR:6.3f} h     p = {hold.pressure(x) / MPA:.3f} MPa   p_h = "
            f"{(hold.pressure(x) - x) / MPA:.3f} MPa   h = {hold.thickness(x) / UM:.2f} um   "
            f"-dp/dt = {hold.loss_rate(x, rate) * HOUR / MPA:.4f} MPa/h"
        )
    found, limit = warm(hold, rate)
    print(
        f"40 degC, 30 min    measured {WARM_LOSS / MPA:.2f} MPa   predicted {found / MPA:.3f} MPa"
        f"   {100 * (found / WARM_LOSS - 1):+.1f} %   in the end {limit / MPA:.2f} MPa"
    )


def main() -> None:
    """Print the fits."""
    stiffness = fitted_stiffness()
    print_stiffness(stiffness)
    for thins in (True, False):
        print_hold(stiffness, thins)


if __name__ == "__main__":
    main()
