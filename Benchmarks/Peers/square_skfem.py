"""Lithium alone in a square with scikit-fem and PARDISO: square_skfem.py CELLS STEPS kept|rebuilt

Q1 on CELLS x CELLS cells, backward Euler; lengths in L, times in L**2/D. PARDISO factors a positive definite matrix, of
which it takes one triangle. `rebuilt` assembles the diffusion with the values of a coefficient at the points and factors in
every step.
"""

import sys
import time

import numpy as np
from pypardiso import PyPardisoSolver
from scipy import sparse
from skfem import Basis, BilinearForm, ElementQuad1, FacetBasis, LinearForm, MeshQuad

from measure import Clock, square_exact


@BilinearForm
def mass(u, v, w):
    return u * v


@BilinearForm
def diffusion(u, v, w):
    return w["d"] * (u.grad[0] * v.grad[0] + u.grad[1] * v.grad[1])


@LinearForm
def influx(v, w):
    return (1 + 0.5 * np.cos(np.pi * w.x[0])) * v


def main(cells, steps, is_kept):
    lines = np.linspace(0, 1, cells + 1)
    mesh = MeshQuad.init_tensor(lines, lines)
    basis = Basis(mesh, ElementQuad1(), intorder=2)
    top = FacetBasis(mesh, ElementQuad1(), facets=mesh.facets_satisfying(lambda p: np.isclose(p[1], 1)), intorder=4)
    length = 0.3 / steps
    load = influx.assemble(top)
    m = mass.assemble(basis)
    # The matrix is filled by sums over the entries of the elements, its upper triangle alone.
    entries = mass.coo_data(basis).indices.astype(np.int64)
    upper = entries[0] <= entries[1]
    matrix = sparse.triu(m, format="csr")
    upper_rows = np.repeat(np.arange(m.shape[0]), np.diff(matrix.indptr))
    place = np.searchsorted(
        upper_rows * m.shape[1] + matrix.indices, entries[0][upper] * m.shape[1] + entries[1][upper])
    upper_mass = matrix.data.copy()
    coefficient = np.ones(m.shape[0])

    def fill():
        values = diffusion.coo_data(basis, d=basis.interpolate(coefficient)).data[upper]
        matrix.data[:] = upper_mass + length * np.bincount(place, weights=values, minlength=matrix.nnz)

    state = np.zeros(m.shape[0])
    solver = PyPardisoSolver(mtype=2)

    def run(phase):
        solver.set_phase(phase)
        return solver._call_pardiso(matrix, (m @ state + length * load).reshape(-1, 1)).ravel()

    def step(is_new):
        if is_new:
            fill()
        return run(23 if is_new else 33)

    setup = time.process_time()
    fill()
    run(11)
    state = step(True)
    first = time.process_time()
    clock = Clock()
    clock.setup = first
    for _ in range(1, steps):
        state = step(not is_kept)
    numbers = {"steps": steps, "first": first - setup}
    exact = square_exact(mesh.p[0], mesh.p[1], 0.3, np)
    error = np.max(np.abs(state[basis.nodal_dofs[0]] - exact)) / np.max(np.abs(exact))
    clock.report(error=error, **numbers)


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "kept")
