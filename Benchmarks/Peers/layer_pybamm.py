"""The layer with PyBaMM and IDAKLU: layer_pybamm.py POINTS CELLS TOLERANCE compiled|interpreted COUNT

Finite volumes, the surface by their quadratic extrapolation with the boundary condition, the end of plating an event.
As its documentation recommends for many inputs, all points are one list given to one solver; only the first and the
last state are kept. The functions are compiled, or interpreted by CasADi as PyBaMM does unless it is told.
"""

import os
import sys

os.environ["PYBAMM_DISABLE_TELEMETRY"] = "true"

import numpy as np
import pybamm

from measure import THREADS
from utilisation import depth, fluxes, latest, report

pybamm.set_logging_level("ERROR")


def model(cells):
    """Lithium x over z / depth, times in `duration`."""
    layer = pybamm.BaseModel("layer")
    flux, meshed, duration = (pybamm.InputParameter(name) for name in ("flux", "depth", "duration"))
    x = pybamm.Variable("x", domain="layer")
    z = pybamm.SpatialVariable("z", domain="layer", coord_sys="cartesian")
    layer.rhs = {x: duration / meshed**2 * pybamm.div(pybamm.grad(x))}
    layer.initial_conditions = {x: pybamm.Scalar(0)}
    layer.boundary_conditions = {
        x: {"left": (-flux * meshed, "Neumann"), "right": (pybamm.Scalar(0), "Neumann")}}
    surface = pybamm.boundary_value(x, "left")
    layer.events = [pybamm.Event("surface saturates", 1 - surface)]
    geometry = {"layer": {z: {"min": pybamm.Scalar(0), "max": pybamm.Scalar(1)}}}
    mesh = pybamm.Mesh(geometry, {"layer": pybamm.Uniform1DSubMesh}, {z: cells})
    method = pybamm.FiniteVolume(
        {"extrapolation": {"order": {"gradient": "quadratic", "value": "quadratic"}, "use bcs": True}})
    return pybamm.Discretisation(mesh, {"layer": method}).process_model(layer, inplace=False)


def main(points, cells, tolerance, is_compiled, count):
    layer = model(cells)
    solver = pybamm.IDAKLUSolver(
        rtol=tolerance, atol=1e-3 * tolerance, store_first_last=True,
        options={"num_threads": THREADS, "num_solvers": THREADS, "compile": is_compiled})
    given = fluxes(points)
    # What a user would pass is made beforehand.
    inputs = [
        {"flux": flux, "depth": meshed, "duration": 1.1 * duration}
        for flux, meshed, duration in zip(given, depth(given), latest(given))]
    durations = np.array([each["duration"] for each in inputs])

    def utilisations(flux):
        if len(inputs) == 1:
            return flux * durations * solver.solve(layer, [0, 1], inputs=inputs[0]).t[-1]
        solutions = solver.solve(layer, [0, 1], inputs=inputs)
        return flux * durations * np.array([solution.t[-1] for solution in solutions])

    report(utilisations, points, count)


main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4] == "compiled", int(sys.argv[5]))
