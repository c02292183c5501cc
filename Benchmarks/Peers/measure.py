"""What the peers share: parameters of the plate, reference solutions, how the use of the machine is told."""

import json
import math
import time

# The coupled plate; lengths in 100 nm, stresses in units of E, lithium in parts of 69600 mol/m3.
YOUNG = 30e9
POISSON = 0.3
SWELLING = 1.3e-5 * 69600
START = 0.02
DIFFUSIVITY = 1e-15 / 1e-14
INFLUX = 10 / (96485.33212 * 69600 * 1e-7)
DRIFT = 1.3e-5 * YOUNG / (8.314462618 * 298.15)
RADIUS, THICKNESS = 1.0, 1.4
DURATION = 10.0
# A step is solved when the residual is below this part of the load.
TOLERANCE = 1e-8

# x and the hydrostatic stress in MPa on the axis at z = 0, H/8, ... H after 100 steps, by the number of cells. 128:
# dolfinx 0.5.2, NGSolve 6.2 and scikit-fem 12 agree on these digits; 16: dolfinx 0.5.2 and scikit-fem 12.
AFTER_HUNDRED_STEPS = {
    16: {
        "x": [0.12435336, 0.1243918, 0.12409076, 0.12248564, 0.11817565, 0.10977969,
              0.096681613, 0.079925428, 0.062650970],
        "stress": [27.976552, 24.243884, 13.095123, -6.9739689, -38.428061,
                   -84.919649, -151.40413, -243.80095, -367.30845],
    },
    128: {
        "x": [0.12435721, 0.1243668, 0.12404769, 0.12242306, 0.1180954, 0.10969196,
              0.096605241, 0.079870601, 0.062517691],
        "stress": [27.557619, 24.002915, 12.899239, -7.1587762, -38.616271,
                   -85.111619, -151.56819, -243.79575, -366.38171],
    },
}

# What meshes and steps converge to: our solutions on 128 and 256 cells, extrapolated; good to about 1e-7 and 0.001 MPa.
REFINED = {
    "x": [0.12435269, 0.12436193, 0.12404376, 0.12242050, 0.11809427, 0.10969198, 0.09660599, 0.07987154, 0.06251557],
    "stress": [27.5558, 24.0059, 12.9004, -7.1609, -38.6222, -85.1210, -151.5796, -243.8059, -366.3628],
}


class Clock:
    """CPU times of the process: what came before the steps, and the steps."""

    def __init__(self):
        self.setup = time.process_time()

    def report(self, solve=None, **numbers):
        """Prints one line of JSON; the time of the solution ends here unless it is given."""
        if solve is None:
            solve = time.process_time() - self.setup
        with open("/proc/self/status") as status:
            memory = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
        print(json.dumps({"setup": self.setup, "solve": solve, "memory": memory * 1.024e-3, **numbers}))


def square_exact(x, z, moment, library):
    """c D / (j L) of the square at x, z and t in units of L and L**2/D, by separation; `library` is numpy."""
    pi = math.pi
    mean = moment + z**2 / 2 - 1 / 6
    wave = library.cosh(pi * z) / (pi * math.sinh(pi)) - math.exp(-(pi**2) * moment) / pi**2
    for n in range(1, 9):
        mode = 2 * (-1) ** n * library.cos(n * pi * z) / pi**2
        mean = mean - mode / n**2 * math.exp(-(n**2) * pi**2 * moment)
        wave = wave - mode / (1 + n**2) * math.exp(-(1 + n**2) * pi**2 * moment)
    return mean + 0.5 * library.cos(pi * x) * wave
