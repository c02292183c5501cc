"""The coupled plate with NGSolve: plate_ngsolve.py CELLS STEPS METHOD SOLVER

P2 displacement, P1 lithium x and P1 hydrostatic stress s on CELLS x CELLS cells cut in two triangles; backward Euler
or BDF of order 2 (METHOD euler, bdf2) with Newton's method, SOLVER pardiso or umfpack. What is linear is assembled
once, the drift by AssembleLinearization of compiled coefficients; the analysis of the pattern is kept.
"""

import sys

import numpy as np
from ngsolve import (
    H1, TRIG, BilinearForm, GridFunction, IntegrationRule, LinearForm, SetNumThreads, TaskManager, VectorH1, ds, dx,
    grad)
from ngsolve import x as r
from ngsolve.meshes import MakeStructured2DMesh

from measure import THREADS, Clock
from plate import (
    BULK, DIFFUSIVITY, DRIFT, INFLUX, LAMBDA, LARGEST_ITERATIONS, MU, RADIUS, START, SWELLING, THICKNESS, TOLERANCE,
    YOUNG, report, scheme)


def main(cells, steps, method, solver):
    SetNumThreads(THREADS)
    mesh = MakeStructured2DMesh(
        quads=False, nx=cells, ny=cells, mapping=lambda p, q: (RADIUS * p, THICKNESS * q), flip_triangles=True)
    space = (
        VectorH1(mesh, order=2, dirichletx="left|top", dirichlety="bottom") * H1(mesh, order=1) * H1(mesh, order=1))
    (u, x, s), (v, y, q) = space.TnT()
    volume = dx(intrules={TRIG: IntegrationRule(TRIG, 4)})

    def form(*integrands):
        result = BilinearForm(space)
        for integrand in integrands:
            result += (integrand * r).Compile() * volume
        return result

    def trace(w):
        return grad(w)[0, 0] + grad(w)[1, 1] + w[0] / r

    strain, test = grad(u), grad(v)
    shear = 0.5 * (strain[0, 1] + strain[1, 0]) * (test[0, 1] + test[1, 0])
    linear = form(
        LAMBDA * trace(u) * trace(v) - BULK * SWELLING * x * trace(v)
        + 2 * MU * (strain[0, 0] * test[0, 0] + strain[1, 1] * test[1, 1] + u[0] * v[0] / r**2 + shear),
        DIFFUSIVITY * grad(x) * grad(y), (s - BULK * (trace(u) - SWELLING * x)) * q)
    mass = form(x * y)
    drift = form(-DIFFUSIVITY * DRIFT * x * (1 - x) * (grad(s) * grad(y)))
    load = LinearForm(INFLUX * y * r * ds("top"))
    state = GridFunction(space)
    state.components[1].Set(START)
    free = space.FreeDofs()
    held = np.array([not is_free for is_free in free])
    for each in (linear, mass, load):
        each.Assemble()
    drift.AssembleLinearization(state.vec)
    old, older, change, reference, residual, fed, step_back = (state.vec.CreateVector() for _ in range(7))
    constant = drift.mat.CreateMatrix()
    reference.data = linear.mat * state.vec
    old.data, older.data = state.vec, state.vec
    change[:] = 0
    threshold = TOLERANCE * load.vec.Norm()
    values = residual.FV().NumPy()
    factors, iterations, rate_before = None, 0, None

    clock = Clock()
    with TaskManager():
        for step in range(steps):
            rate, last, last_but_one = scheme(method, steps, step)
            if rate != rate_before:
                constant.AsVector().data = linear.mat.AsVector() + rate * mass.mat.AsVector()
                rate_before = rate
            step_back.data = last * old + last_but_one * older
            fed.data = load.vec + reference
            fed.data += rate * mass.mat * step_back
            state.vec.data = old + change
            for _ in range(LARGEST_ITERATIONS):
                drift.Apply(state.vec, residual)
                residual.data += constant * state.vec - fed
                values[held] = 0
                if residual.Norm() <= threshold:
                    break
                drift.AssembleLinearization(state.vec)
                drift.mat.AsVector().data += constant.AsVector()
                if factors is None:
                    factors = drift.mat.Inverse(free, inverse=solver)
                else:
                    factors.Update()
                state.vec.data -= factors * residual
                iterations += 1
            else:
                raise SystemExit(f"step {step} of the plate did not converge")
            change.data = state.vec - old
            older.data, old.data = old, state.vec
    places = [mesh(0.0, min(k / 8, 1 - 1e-13) * THICKNESS) for k in range(9)]
    report(
        clock, cells, steps, method, iterations, *(
            [factor * state.components[component](place) for place in places]
            for component, factor in ((1, 1.0), (2, YOUNG / 1e6))))


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
