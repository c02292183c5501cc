"""Lithium alone in a square with FEniCSx (dolfinx 0.5): square_fenicsx.py CELLS STEPS METHOD kept|rebuilt SOLVER

Q1 on CELLS x CELLS cells; METHOD is euler or sdirk2, SOLVER mumps (the faster to factor) or cholmod (the faster to
solve), both told that the matrix is positive definite. `rebuilt` assembles the matrix with a coefficient that is a
field and factors it in every step.
"""

import itertools
import sys

import numpy as np
import ufl
from dolfinx import fem, mesh
from mpi4py import MPI
from petsc4py import PETSc

from square import GAMMA, Watch, march, stage

COMPILER = {"cffi_extra_compile_args": ["-O3", "-march=native", "-ffast-math"]}


def main(cells, steps, method, is_kept, factors):
    domain = mesh.create_unit_square(MPI.COMM_SELF, cells, cells, mesh.CellType.quadrilateral)
    space = fem.FunctionSpace(domain, ("Lagrange", 1))
    u, v = ufl.TrialFunction(space), ufl.TestFunction(space)
    coefficient = fem.Function(space)
    coefficient.x.array[:] = 1
    length = stage(steps, method)
    scale = fem.Constant(domain, PETSc.ScalarType(length))
    x = ufl.SpatialCoordinate(domain)
    tops = mesh.locate_entities_boundary(domain, 1, lambda p: np.isclose(p[1], 1))
    tags = mesh.meshtags(domain, 1, np.sort(tops), np.ones(tops.size, dtype=np.int32))
    dx = ufl.Measure("dx", domain, metadata={"quadrature_degree": 3})
    ds = ufl.Measure("ds", domain, subdomain_data=tags, metadata={"quadrature_degree": 4})
    mass = fem.form(u * v * dx, jit_params=COMPILER)
    left = fem.form((u * v + scale * coefficient * ufl.inner(ufl.grad(u), ufl.grad(v))) * dx, jit_params=COMPILER)
    load = fem.petsc.assemble_vector(fem.form((1 + 0.5 * ufl.cos(ufl.pi * x[0])) * v * ds(1)))
    load.scale(length)
    m = fem.petsc.assemble_matrix(mass)
    m.assemble()
    matrix = fem.petsc.create_matrix(left)
    matrix.setOption(PETSc.Mat.Option.SYMMETRIC, True)
    matrix.setOption(PETSc.Mat.Option.SPD, True)
    solver = PETSc.KSP().create(MPI.COMM_SELF)
    solver.setOperators(matrix)
    solver.setType("preonly")
    solver.getPC().setType("cholesky")
    solver.getPC().setFactorSolverType(factors)
    right = load.duplicate()
    # A stage and the next one, in turns.
    answers = itertools.cycle([load.duplicate(), load.duplicate()])
    pending = [True]

    def implicit(base, is_new):
        if pending[0] or is_new and not is_kept:
            matrix.zeroEntries()
            fem.petsc.assemble_matrix(matrix, left)
            matrix.assemble()
            pending[0] = False
        m.multAdd(base, load, right)
        answer = next(answers)
        solver.solve(right, answer)
        return answer

    def ahead(state, first):
        first.axpby(1 - (1 - GAMMA) / GAMMA, (1 - GAMMA) / GAMMA, state)
        return first

    start = load.duplicate()
    start.set(0)
    watch = Watch()
    state = march(implicit, start, steps, method, watch, ahead)
    places = space.tabulate_dof_coordinates()
    watch.report(places[:, 0], places[:, 1], state.array, cells, steps, method)


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4] == "kept", sys.argv[5])
