"""The layer by SciPy's solve_ivp: layer_scipy.py POINTS METHOD CELLS TOLERANCE COUNT

Finite volumes, METHOD one of LSODA with a banded Jacobian, BDF and Radau with a sparse one, the saturation an event.
The law is linear, so that the right-hand side is one product with a matrix, dense because it is small.
"""

import sys

import numpy as np
from scipy import sparse
from scipy.integrate import solve_ivp

from utilisation import depth, latest, report, surface


def main(points, method, cells, tolerance, count):
    second = np.zeros((3, cells))
    second[0, 1:] = second[2, :-1] = cells**2
    second[1] = -2 * cells**2
    second[1, [0, -1]] = -cells**2
    matrix = sparse.dia_matrix((second, (1, 0, -1)), (cells, cells)).toarray()

    def moment(flux, meshed, duration):
        """The time to saturation; the unit of time is the longest one."""
        rate, size = duration / meshed**2, meshed / cells
        jacobian, banded = rate * matrix, rate * second
        inflow = duration * flux / size

        def slope(_, state):
            change = jacobian @ state
            change[0] += inflow
            return change

        def saturates(_, state):
            return surface(state[0], state[1], size, flux) - 1

        saturates.terminal = True
        if method == "LSODA":
            given = {"jac": lambda *_: banded, "lband": 1, "uband": 1}
        else:
            given = {"jac": sparse.csc_matrix(jacobian)}
        solution = solve_ivp(
            slope, (0, 1.1), np.zeros(cells), method=method, events=saturates, rtol=tolerance, atol=1e-3 * tolerance,
            first_step=1e-5, **given)
        return duration * solution.t_events[0][0]

    def utilisations(flux):
        return flux * np.array([moment(*each) for each in zip(flux, depth(flux), latest(flux))])

    report(utilisations, points, count)


main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]))
