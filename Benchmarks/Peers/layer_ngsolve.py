"""The layer with NGSolve and its sparse Cholesky factors: layer_ngsolve.py POINTS ELEMENTS STEPS COUNT

Quadratic elements; mass and stiffness are assembled once, the matrix of the stages is factored once for a point.
"""

import sys

import numpy as np
from ngsolve import H1, BilinearForm, LinearForm, SetNumThreads, ds, dx, grad
from ngsolve.meshes import Make1DMesh

from layer_elements import run
from measure import THREADS


def main(points, elements, steps, count):
    SetNumThreads(THREADS)
    space = H1(Make1DMesh(elements), order=2)
    u, v = space.TnT()
    m = BilinearForm(u * v * dx, symmetric=True).Assemble().mat
    stiffness = BilinearForm(grad(u) * grad(v) * dx, symmetric=True).Assemble().mat
    matrix = m.CreateMatrix()
    given, right, found = (m.CreateColVector() for _ in range(3))
    influx = LinearForm(v * ds("left")).Assemble()
    surface = int(np.argmax(influx.vec.FV().NumPy()))
    base, loaded, answer = (vector.FV().NumPy() for vector in (given, right, found))

    def prepare(mu, load):
        matrix.AsVector().data = m.AsVector() + mu * stiffness.AsVector()
        factors = matrix.Inverse(space.FreeDofs(), inverse="sparsecholesky")

        def stage(state):
            base[:] = state
            right.data = m * given
            loaded[surface] += load
            found.data = factors * right
            return answer.copy()

        return stage

    run(prepare, surface, space.ndof, points, steps, count)


main(sys.argv[1], *map(int, sys.argv[2:]))
