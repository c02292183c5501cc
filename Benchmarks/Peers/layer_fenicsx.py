"""The layer with FEniCSx (dolfinx 0.5) and PETSc's Cholesky factors: layer_fenicsx.py POINTS ELEMENTS STEPS COUNT

Quadratic elements; mass and stiffness are assembled once, the matrix of the stages is factored once for a point.
"""

import sys

import numpy as np
import ufl
from dolfinx import fem, mesh
from mpi4py import MPI
from petsc4py import PETSc

from layer_elements import run


def main(points, elements, steps, count):
    domain = mesh.create_unit_interval(MPI.COMM_SELF, elements)
    space = fem.FunctionSpace(domain, ("Lagrange", 2))
    u, v = ufl.TrialFunction(space), ufl.TestFunction(space)
    m = fem.petsc.assemble_matrix(fem.form(u * v * ufl.dx))
    stiffness = fem.petsc.assemble_matrix(fem.form(ufl.inner(ufl.grad(u), ufl.grad(v)) * ufl.dx))
    m.assemble()
    stiffness.assemble()
    surface = int(np.argmin(space.tabulate_dof_coordinates()[:, 0]))
    given, right = m.createVecs()
    found = given.duplicate()

    def prepare(mu, load):
        matrix = m.copy()
        matrix.axpy(mu, stiffness, PETSc.Mat.Structure.SAME_NONZERO_PATTERN)
        matrix.setOption(PETSc.Mat.Option.SPD, True)
        solver = PETSc.PC().create(MPI.COMM_SELF)
        solver.setOperators(matrix)
        solver.setType("cholesky")
        solver.setUp()

        def stage(base):
            given.array[:] = base
            m.mult(given, right)
            right.array[surface] += load
            solver.apply(right, found)
            return found.array.copy()

        return stage

    run(prepare, surface, given.size, points, steps, count)


main(sys.argv[1], *map(int, sys.argv[2:]))
