"""The coupled plate with FEniCSx (dolfinx 0.5) and MUMPS: plate_fenicsx.py CELLS STEPS METHOD

P2 displacement, P1 lithium x and P1 hydrostatic stress s on CELLS x CELLS cells cut in two triangles, one mixed
element; backward Euler or BDF of order 2 (METHOD euler, bdf2), Newton's method with the Jacobian that UFL derives,
PETSc and MUMPS. The generated code is compiled for this processor.
"""

import sys

import numpy as np
import ufl
from dolfinx import fem, mesh, nls
from mpi4py import MPI
from petsc4py import PETSc

from measure import Clock
from plate import (
    DIFFUSIVITY, DRIFT, INFLUX, LAMBDA, LARGEST_ITERATIONS, MU, RADIUS, START, SWELLING, THICKNESS, TOLERANCE, YOUNG,
    report, scheme)

COMPILER = {"cffi_extra_compile_args": ["-O3", "-march=native", "-ffast-math"]}


def main(cells, steps, method):
    domain = mesh.create_rectangle(
        MPI.COMM_SELF, [(0, 0), (RADIUS, THICKNESS)], (cells, cells), mesh.CellType.triangle)
    cell = domain.ufl_cell()
    space = fem.FunctionSpace(domain, ufl.MixedElement(
        ufl.VectorElement("Lagrange", cell, 2), ufl.FiniteElement("Lagrange", cell, 1),
        ufl.FiniteElement("Lagrange", cell, 1)))
    state, before = fem.Function(space), fem.Function(space)
    (u, x, s), (v, y, q) = ufl.split(state), ufl.TestFunctions(space)
    r = ufl.SpatialCoordinate(domain)[0]
    rate = fem.Constant(domain, PETSc.ScalarType(0))

    def strain(w):
        return ufl.as_tensor([[w[0].dx(0), 0.5 * (w[0].dx(1) + w[1].dx(0)), 0],
                              [0.5 * (w[0].dx(1) + w[1].dx(0)), w[1].dx(1), 0], [0, 0, w[0] / r]])

    elastic = strain(u) - SWELLING / 3 * (x - START) * ufl.Identity(3)
    stress = LAMBDA * ufl.tr(elastic) * ufl.Identity(3) + 2 * MU * elastic
    flux = -DIFFUSIVITY * (ufl.grad(x) - DRIFT * x * (1 - x) * ufl.grad(s))
    tops = mesh.locate_entities_boundary(domain, 1, lambda p: np.isclose(p[1], THICKNESS))
    tags = mesh.meshtags(domain, 1, np.sort(tops), np.ones(tops.size, dtype=np.int32))
    dx = ufl.Measure("dx", domain, metadata={"quadrature_degree": 4})
    ds = ufl.Measure("ds", domain, subdomain_data=tags)
    load = INFLUX * y * r * ds(1)
    form = (
        ufl.inner(stress, strain(v)) * r * dx
        + ((x - ufl.split(before)[1]) * rate * y - ufl.dot(flux, ufl.grad(y))) * r * dx - load
        + (s - ufl.tr(stress) / 3) * q * r * dx)

    def held(component, place):
        facets = mesh.locate_entities_boundary(domain, 1, lambda p: np.isclose(*place(p)))
        part = space.sub(0).sub(component)
        return fem.dirichletbc(PETSc.ScalarType(0), fem.locate_dofs_topological(part, 1, facets), part)

    conditions = [
        held(0, lambda p: (p[0], 0)), held(0, lambda p: (p[1], THICKNESS)), held(1, lambda p: (p[1], 0))]
    problem = fem.petsc.NonlinearProblem(form, state, conditions, jit_params=COMPILER)
    newton = nls.petsc.NewtonSolver(MPI.COMM_SELF, problem)
    newton.convergence_criterion = "residual"
    newton.rtol = 1e-14
    loads = fem.petsc.assemble_vector(fem.form(load))
    newton.atol = TOLERANCE * loads.norm()
    newton.max_it = LARGEST_ITERATIONS
    solver = newton.krylov_solver
    solver.setType("preonly")
    solver.getPC().setType("lu")
    solver.getPC().setFactorSolverType("mumps")
    state.sub(1).interpolate(lambda p: np.full(p.shape[1], START))
    state.x.scatter_forward()
    iterations = 0
    change = np.zeros_like(state.x.array)

    old, older = state.x.array.copy(), state.x.array.copy()
    clock = Clock()
    for step in range(steps):
        rate.value, last, last_but_one = scheme(method, steps, step)
        before.x.array[:] = last * old + last_but_one * older
        state.x.array[:] += change
        count, _ = newton.solve(state)
        iterations += count
        change = state.x.array - old
        old, older = state.x.array.copy(), old
    axis = []
    for component in (1, 2):
        part, dofs = space.sub(component).collapse()
        places, values = part.tabulate_dof_coordinates(), state.x.array[dofs]
        axis.append([values[np.argmin(np.hypot(places[:, 0], places[:, 1] - k * THICKNESS / 8))] for k in range(9)])
    report(clock, cells, steps, method, iterations, axis[0], [YOUNG / 1e6 * value for value in axis[1]])


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
