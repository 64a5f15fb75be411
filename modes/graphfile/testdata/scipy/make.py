"""Writes the files of this folder with scipy, and expected.json with what
scipy says about them when it reads them again. Run it here."""
import sys

import numpy as np
import scipy.io
import scipy.sparse as sp

sys.path.insert(0, "..")
from expect import describe, save


def say(path):
    m = sp.coo_matrix(scipy.io.mmread(path))
    edges = [(str(i), str(j), float(w)) for i, j, w in zip(m.row, m.col, m.data) if w != 0]
    return describe([str(i) for i in range(m.shape[0])], edges, True)


dense = np.array([[0, 2, 0, 0], [2, 0, 0.5, 0], [0, 0.5, 9, 0], [0, 0, 0, 0]])
oneway = np.array([[0, 1, 0], [3, 0, 1], [0, 0, 0]])
scipy.io.mmwrite("symmetric.mtx", sp.coo_matrix(dense), symmetry="symmetric")
scipy.io.mmwrite("general.mtx", sp.coo_matrix(dense), symmetry="general")
scipy.io.mmwrite("integer.mtx", sp.coo_matrix(oneway), symmetry="general")
scipy.io.mmwrite("pattern.mtx", sp.coo_matrix(dense != 0), symmetry="symmetric", field="pattern")
scipy.io.mmwrite("array.mtx", dense, symmetry="general")
scipy.io.mmwrite("array_symmetric.mtx", dense, symmetry="symmetric")
names = ["symmetric", "general", "integer", "pattern", "array", "array_symmetric"]
save({f"{n}.mtx": say(f"{n}.mtx") for n in names})
