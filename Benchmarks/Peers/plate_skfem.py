"""The coupled plate with scikit-fem and PARDISO: plate_skfem.py CELLS STEPS METHOD

P2 displacement, P1 lithium x and P1 hydrostatic stress s on CELLS x CELLS cells cut in two triangles; backward Euler
or BDF of order 2 (METHOD euler, bdf2) with Newton's method. Everything that is linear is assembled once; an iteration
assembles the two blocks of the drift by hand-written tangents, writes them into the values of one matrix and factors
it by PARDISO, whose analysis is made once.
"""

import sys

import numpy as np
from pypardiso import PyPardisoSolver
from scipy import sparse
from skfem import Basis, BilinearForm, ElementTriP1, ElementTriP2, ElementVector, FacetBasis, LinearForm, MeshTri

from measure import Clock
from plate import (
    BULK, DIFFUSIVITY, DRIFT, INFLUX, LAMBDA, LARGEST_ITERATIONS, MU, RADIUS, START, SWELLING, THICKNESS, TOLERANCE,
    YOUNG, report, scheme)


def strain(u, w):
    """e_rr, e_zz, e_hoop and 2 e_rz."""
    gradient = u.grad
    return gradient[0, 0], gradient[1, 1], u[0] / w.x[0], gradient[0, 1] + gradient[1, 0]


@BilinearForm
def stiffness(u, v, w):
    (e, f) = (strain(u, w), strain(v, w))
    pressure = LAMBDA * (e[0] + e[1] + e[2])
    normal = sum((pressure + 2 * MU * e[k]) * f[k] for k in range(3))
    return (normal + MU * e[3] * f[3]) * w.x[0]


@BilinearForm
def swelling(x, v, w):
    f = strain(v, w)
    return -BULK * SWELLING * x * (f[0] + f[1] + f[2]) * w.x[0]


@BilinearForm
def hydrostatic(u, q, w):
    e = strain(u, w)
    return -BULK * (e[0] + e[1] + e[2]) * q * w.x[0]


@BilinearForm
def mass(x, q, w):
    return x * q * w.x[0]


@BilinearForm
def laplace(x, q, w):
    return (x.grad[0] * q.grad[0] + x.grad[1] * q.grad[1]) * w.x[0]


@BilinearForm
def drift_by_x(x, q, w):
    slope = w["s"].grad
    factor = -DIFFUSIVITY * DRIFT * (1 - 2 * w["x0"]) * w.x[0]
    return factor * x * (slope[0] * q.grad[0] + slope[1] * q.grad[1])


@BilinearForm
def drift_by_s(s, q, w):
    factor = -DIFFUSIVITY * DRIFT * w["x0"] * (1 - w["x0"]) * w.x[0]
    return factor * (s.grad[0] * q.grad[0] + s.grad[1] * q.grad[1])


@LinearForm
def influx(q, w):
    return INFLUX * q * w.x[0]


def main(cells, steps, method):
    mesh = MeshTri.init_tensor(np.linspace(0, RADIUS, cells + 1), np.linspace(0, THICKNESS, cells + 1))
    order = 4
    displacement = Basis(mesh, ElementVector(ElementTriP2()), intorder=order)
    scalar = displacement.with_element(ElementTriP1())
    edges = mesh.facets_satisfying(lambda p: np.isclose(p[1], THICKNESS))
    top = FacetBasis(mesh, ElementTriP1(), facets=edges, intorder=order)

    # The blocks of lithium have one pattern, that of the mass matrix; the values are sums over the entries of elements.
    m = mass.assemble(scalar)
    rows = np.repeat(np.arange(m.shape[0]), np.diff(m.indptr))
    entries = mass.coo_data(scalar).indices.astype(np.int64)
    place = np.searchsorted(rows * m.shape[1] + m.indices, entries[0] * m.shape[1] + entries[1])

    def values(form, **fields):
        return np.bincount(place, weights=form.coo_data(scalar, **fields).data, minlength=m.nnz)

    def block(numbers):
        return sparse.csr_matrix((numbers, m.indices, m.indptr), m.shape)

    conduction = DIFFUSIVITY * values(laplace)
    load = influx.assemble(top)
    constant = sparse.bmat(
        [[stiffness.assemble(displacement), swelling.assemble(scalar, displacement), None],
         [None, block(np.ones(m.nnz)), block(np.ones(m.nnz))],
         [hydrostatic.assemble(displacement, scalar), BULK * SWELLING * m, m]], format="csr")
    count, size = displacement.N, scalar.N

    # Held: u_r on the axis and at the top, u_z at the bottom.
    def held(place, direction):
        facets = mesh.facets_satisfying(lambda p: np.isclose(*place(p)))
        return displacement.get_dofs(facets).all([f"u^{direction}"])

    fixed = np.unique(np.concatenate([
        held(lambda p: (p[0], 0), 1), held(lambda p: (p[1], THICKNESS), 1), held(lambda p: (p[1], 0), 2)]))
    free = np.setdiff1d(np.arange(count + 2 * size), fixed)
    matrix = constant[free][:, free].tocsr()
    matrix.sort_indices()
    # Where the values of the two blocks stand in those of the matrix.
    number = np.full(count + 2 * size, -1)
    number[free] = np.arange(free.size)
    keys = np.repeat(np.arange(free.size), np.diff(matrix.indptr)) * free.size + matrix.indices
    by_x, by_s = (
        np.searchsorted(keys, number[count + rows] * free.size + number[first + m.indices])
        for first in (count, count + size))

    state = np.zeros(count + 2 * size)
    x, s = slice(count, count + size), slice(count + size, count + 2 * size)
    state[x] = START
    constant_rows = sparse.bmat([[constant[:count]], [constant[count + size:]]], format="csr")
    reference = np.concatenate([np.zeros(count), START * np.ones(size), np.zeros(size)])
    solver = PyPardisoSolver(mtype=11)
    analysed = False
    change = np.zeros_like(state)
    iterations = 0
    threshold = TOLERANCE * np.linalg.norm(load)

    clock = Clock()
    old, older = state.copy(), state.copy()
    for step in range(steps):
        rate, last, last_but_one = scheme(method, steps, step)
        linear = block(rate * m.data + conduction)
        fed = load + rate * (m @ (last * old[x] + last_but_one * older[x]))
        state = old + change
        for _ in range(LARGEST_ITERATIONS):
            fields = {"x0": scalar.interpolate(state[x]), "s": scalar.interpolate(state[s])}
            drift = values(drift_by_s, **fields)
            residual = np.empty_like(state)
            balance = constant_rows @ (state - reference)
            residual[:count] = balance[:count]
            residual[s] = balance[count:]
            residual[x] = linear @ state[x] - fed + block(drift) @ state[s]
            if np.linalg.norm(residual[free]) <= threshold:
                break
            matrix.data[by_x] = linear.data + values(drift_by_x, **fields)
            matrix.data[by_s] = drift
            right = residual[free].reshape(-1, 1)
            if not analysed:
                solver.set_phase(11)
                solver._call_pardiso(matrix, right)
                analysed = True
            solver.set_phase(23)
            state[free] -= solver._call_pardiso(matrix, right).ravel()
            iterations += 1
        else:
            raise RuntimeError(f"step {step} did not converge")
        change = state - old
        old, older = state.copy(), old
    axis = [np.argmin(np.hypot(mesh.p[0], mesh.p[1] - k * THICKNESS / 8)) for k in range(9)]
    nodes = scalar.nodal_dofs[0][axis]
    report(clock, cells, steps, method, iterations, state[x][nodes], YOUNG / 1e6 * state[s][nodes])


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
