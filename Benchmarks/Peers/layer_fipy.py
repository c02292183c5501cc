"""The layer with FiPy: layer_fipy.py POINTS CELLS STEPS COUNT

Finite volumes and backward Euler, which FiPy assembles and factors anew in each step; solved with STEPS and with half
of them, from which the error of first order is taken off. The mesh and the equation are made once.
"""

import math
import os
import sys

os.environ["FIPY_SOLVERS"] = "scipy"

import fipy
import numpy as np

from utilisation import crossing, depth, latest, report, surface


def main(points, cells, steps, count):
    mesh = fipy.Grid1D(nx=cells, dx=1 / cells)
    x = fipy.CellVariable(mesh=mesh, value=0.0)
    diffusion = fipy.Variable(1.0)
    # No flux is the condition that FiPy assumes; what flows in is a source of the first cell.
    source = fipy.CellVariable(mesh=mesh, value=0.0)
    equation = fipy.TransientTerm() == fipy.DiffusionTerm(coeff=diffusion) + source
    solver = fipy.LinearLUSolver()

    def moment(flux, meshed, duration, steps):
        """The time to saturation; the unit of time is `duration`."""
        x.setValue(0.0)
        diffusion.setValue(duration / meshed**2)
        source.setValue(np.where(np.arange(cells) == 0, duration * flux / (meshed / cells), 0.0))
        before = left = right = 0.0
        for step in range(2 * steps):
            equation.solve(var=x, dt=1 / steps, solver=solver)
            before, left, right = left, right, float(surface(x.value[0], x.value[1], meshed / cells, flux))
            if right >= 1 and step >= 2:
                return duration * (step + crossing(before, left, right)) / steps
        return math.nan

    def utilisations(flux):
        return flux * np.array([
            2 * moment(*each, steps) - moment(*each, steps // 2) for each in zip(flux, depth(flux), latest(flux))])

    report(utilisations, points, count)


main(sys.argv[1], *map(int, sys.argv[2:]))
