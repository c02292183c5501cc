"""The layer with scikit-fem and SuperLU: layer_skfem.py POINTS ELEMENTS STEPS COUNT

Quadratic elements; mass and stiffness are assembled once, the matrix of the stages is factored once for a point.
"""

import sys

import numpy as np
from scipy.sparse.linalg import splu
from skfem import Basis, ElementLineP2, MeshLine
from skfem.models.poisson import laplace, mass

from layer_elements import run


def main(points, elements, steps, count):
    basis = Basis(MeshLine(np.linspace(0, 1, elements + 1)), ElementLineP2())
    m, stiffness = mass.assemble(basis).tocsc(), laplace.assemble(basis).tocsc()
    surface = int(basis.get_dofs(lambda x: np.isclose(x[0], 0)).all()[0])

    def prepare(mu, load):
        factors = splu(m + mu * stiffness)

        def stage(base):
            right = m @ base
            right[surface] += load
            return factors.solve(right)

        return stage

    run(prepare, surface, basis.N, points, steps, count)


main(sys.argv[1], *map(int, sys.argv[2:]))
