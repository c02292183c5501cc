"""Lithium alone in a square with scikit-fem and PARDISO: square_skfem.py CELLS STEPS METHOD kept|rebuilt

Q1 on CELLS x CELLS cells; METHOD is euler or sdirk2. PARDISO factors a positive definite matrix, of which it takes one
triangle. `rebuilt` assembles the diffusion with the values of a coefficient at the points and factors in every step.
"""

import sys

import numpy as np
from pypardiso import PyPardisoSolver
from scipy import sparse
from skfem import Basis, BilinearForm, ElementQuad1, FacetBasis, LinearForm, MeshQuad

from square import Watch, march, stage


@BilinearForm
def mass(u, v, w):
    return u * v


@BilinearForm
def diffusion(u, v, w):
    return w["d"] * (u.grad[0] * v.grad[0] + u.grad[1] * v.grad[1])


@LinearForm
def influx(v, w):
    return (1 + 0.5 * np.cos(np.pi * w.x[0])) * v


def main(cells, steps, method, is_kept):
    lines = np.linspace(0, 1, cells + 1)
    mesh = MeshQuad.init_tensor(lines, lines)
    basis = Basis(mesh, ElementQuad1(), intorder=2)
    top = FacetBasis(mesh, ElementQuad1(), facets=mesh.facets_satisfying(lambda p: np.isclose(p[1], 1)), intorder=4)
    length = stage(steps, method)
    load = length * influx.assemble(top)
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
    solver = PyPardisoSolver(mtype=2)
    made = {"phase": 12}

    def implicit(base, is_new):
        if made["phase"] == 12 or is_new and not is_kept:
            values = diffusion.coo_data(basis, d=basis.interpolate(coefficient)).data[upper]
            matrix.data[:] = upper_mass + length * np.bincount(place, weights=values, minlength=matrix.nnz)
        right = (m @ base + load).reshape(-1, 1)
        if made["phase"] == 12:
            solver.set_phase(11)
            solver._call_pardiso(matrix, right)
            made["phase"] = 23
        # Factors and solution in one phase, or the solution alone.
        solver.set_phase(made["phase"] if is_new else 33)
        if is_kept:
            made["phase"] = 33
        return solver._call_pardiso(matrix, right).ravel()

    watch = Watch()
    state = march(implicit, np.zeros(m.shape[0]), steps, method, watch)
    watch.report(mesh.p[0], mesh.p[1], state[basis.nodal_dofs[0]], cells, steps, method)


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4] == "kept")
