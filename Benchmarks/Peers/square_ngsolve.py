"""Lithium alone in a square with NGSolve: square_ngsolve.py CELLS STEPS METHOD kept|rebuilt SOLVER

Q1 on CELLS x CELLS cells; METHOD is euler or sdirk2, SOLVER sparsecholesky or pardisospd. `rebuilt` assembles the
diffusion with a coefficient that is a field and factors in every step; the analysis of the pattern is kept.
"""

import itertools
import sys

import numpy as np
from ngsolve import H1, BilinearForm, GridFunction, LinearForm, SetNumThreads, TaskManager, cos, ds, dx, grad, pi, x
from ngsolve.meshes import MakeStructured2DMesh

from measure import THREADS
from square import GAMMA, Watch, march, stage


def main(cells, steps, method, is_kept, solver):
    SetNumThreads(THREADS)
    mesh = MakeStructured2DMesh(quads=True, nx=cells, ny=cells)
    space = H1(mesh, order=1)
    u, v = space.TnT()
    coefficient = GridFunction(space)
    coefficient.vec[:] = 1
    length = stage(steps, method)
    mass = BilinearForm(u * v * dx, symmetric=True).Assemble()
    left = BilinearForm(space, symmetric=True)
    left += (u * v + length * coefficient * grad(u) * grad(v)) * dx
    load = LinearForm(length * (1 + 0.5 * cos(pi * x)) * v * ds("top")).Assemble()
    right = load.vec.CreateVector()
    # A stage and the next one, in turns.
    answers = itertools.cycle([load.vec.CreateVector(), load.vec.CreateVector()])
    made = {}

    def implicit(base, is_new):
        if "factors" not in made:
            left.Assemble()
            made["factors"] = left.mat.Inverse(space.FreeDofs(), inverse=solver)
        elif is_new and not is_kept:
            left.Assemble()
            made["factors"].Update()
        right.data = mass.mat * base + load.vec
        answer = next(answers)
        answer.data = made["factors"] * right
        return answer

    def ahead(state, first):
        first.data = (1 - GAMMA) / GAMMA * first + (1 - (1 - GAMMA) / GAMMA) * state
        return first

    start = load.vec.CreateVector()
    start[:] = 0
    with TaskManager():
        watch = Watch()
        state = march(implicit, start, steps, method, watch, ahead)
    places = np.array([vertex.point for vertex in mesh.vertices])
    watch.report(places[:, 0], places[:, 1], state.FV().NumPy(), cells, steps, method)


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4] == "kept", sys.argv[5])
