"""Lithium alone in a square with FiPy: square_fipy.py CELLS STEPS euler rebuilt SOLVER

Finite volumes on CELLS x CELLS cells, backward Euler; FiPy assembles in every step, so that no matrix is kept. SOLVER
is lu (SuperLU) or pcg (conjugate gradients of SciPy).
"""

import os
import sys

os.environ["FIPY_SOLVERS"] = "scipy"

import fipy
import numpy as np

from square import Watch, march, stage


def main(cells, steps, method, solver):
    size = 1 / cells
    mesh = fipy.Grid2D(nx=cells, ny=cells, dx=size, dy=size)
    value = fipy.CellVariable(mesh=mesh, value=0.0)
    x, z = np.asarray(mesh.cellCenters[0]), np.asarray(mesh.cellCenters[1])
    # The mean of the flux over the top of a cell is a source of the cell.
    flux = 1 + 0.5 * np.cos(np.pi * x) * np.sinc(size / 2)
    source = fipy.CellVariable(mesh=mesh, value=np.where(z > 1 - size, flux / size, 0.0))
    equation = fipy.TransientTerm() == fipy.DiffusionTerm(coeff=1.0) + source
    way = fipy.LinearLUSolver() if solver == "lu" else fipy.LinearPCGSolver(tolerance=1e-9, iterations=2000)
    length = stage(steps, method)

    def implicit(state, _):
        equation.solve(var=state, dt=length, solver=way)
        return state

    watch = Watch()
    state = march(implicit, value, steps, method, watch)
    watch.report(x, z, state.value, cells, steps, method)


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[5])
