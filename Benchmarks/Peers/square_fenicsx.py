"""Lithium alone in a square with FEniCSx (dolfinx 0.5) and MUMPS: square_fenicsx.py CELLS STEPS kept|rebuilt

Q1 on CELLS x CELLS cells, backward Euler; lengths in L, times in L**2/D. MUMPS factors a positive definite matrix.
`rebuilt` assembles the matrix with a coefficient that is a field and factors it in every step.
"""

import sys
import time

import numpy as np
import ufl
from dolfinx import fem, mesh
from mpi4py import MPI
from petsc4py import PETSc

from measure import Clock, square_exact

COMPILER = {"cffi_extra_compile_args": ["-O3", "-march=native", "-ffast-math"]}


def main(cells, steps, is_kept):
    domain = mesh.create_unit_square(MPI.COMM_SELF, cells, cells, mesh.CellType.quadrilateral)
    space = fem.FunctionSpace(domain, ("Lagrange", 1))
    u, v = ufl.TrialFunction(space), ufl.TestFunction(space)
    state, coefficient = fem.Function(space), fem.Function(space)
    coefficient.x.array[:] = 1
    length = 0.3 / steps
    x = ufl.SpatialCoordinate(domain)
    tops = mesh.locate_entities_boundary(domain, 1, lambda p: np.isclose(p[1], 1))
    tags = mesh.meshtags(domain, 1, np.sort(tops), np.ones(tops.size, dtype=np.int32))
    dx = ufl.Measure("dx", domain, metadata={"quadrature_degree": 3})
    ds = ufl.Measure("ds", domain, subdomain_data=tags, metadata={"quadrature_degree": 4})
    mass = fem.form(u * v * dx, jit_params=COMPILER)
    left = fem.form((u * v + length * coefficient * ufl.inner(ufl.grad(u), ufl.grad(v))) * dx, jit_params=COMPILER)
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
    solver.getPC().setFactorSolverType("mumps")
    right = load.duplicate()

    def step(is_new):
        if is_new:
            matrix.zeroEntries()
            fem.petsc.assemble_matrix(matrix, left)
            matrix.assemble()
        m.multAdd(state.vector, load, right)
        solver.solve(right, state.vector)

    setup = time.process_time()
    step(True)
    first = time.process_time()
    clock = Clock()
    clock.setup = first
    for _ in range(1, steps):
        step(not is_kept)
    numbers = {"steps": steps, "first": first - setup}
    places = space.tabulate_dof_coordinates()
    exact = square_exact(places[:, 0], places[:, 1], 0.3, np)
    error = float(np.max(np.abs(state.x.array - exact)) / np.max(np.abs(exact)))
    clock.report(error=error, **numbers)


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "kept")
