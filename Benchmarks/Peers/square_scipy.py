"""Lithium alone in a square by SciPy's fast cosine transforms: square_scipy.py CELLS STEPS METHOD

Finite volumes on CELLS x CELLS cells; METHOD is euler or sdirk2. The transforms diagonalise the matrix of a constant
D on equal cells and of nothing else: what this takes is a limit to compare with, no replacement.
"""

import sys

import numpy as np
from scipy.fft import dctn, idctn

from measure import THREADS
from square import Watch, march, stage


def main(cells, steps, method):
    size = 1 / cells
    centres = (np.arange(cells) + 0.5) * size
    rates = (2 - 2 * np.cos(np.pi * np.arange(cells) * size)) / size**2
    length = stage(steps, method)
    factors = 1 / (1 + length * (rates[:, None] + rates[None, :]))
    load = np.zeros((cells, cells))
    # The mean of the flux over the top of a cell.
    load[-1] = length / size * (1 + 0.5 * np.cos(np.pi * centres) * np.sinc(size / 2))

    def implicit(base, _):
        waves = dctn(base + load, workers=THREADS, overwrite_x=True)
        waves *= factors
        return idctn(waves, workers=THREADS, overwrite_x=True)

    watch = Watch()
    state = march(implicit, np.zeros((cells, cells)), steps, method, watch)
    z, x = np.meshgrid(centres, centres, indexing="ij")
    watch.report(x.ravel(), z.ravel(), state.ravel(), cells, steps, method)


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
