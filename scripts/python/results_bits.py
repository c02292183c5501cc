"""Compare two results files bit for bit."""

from pathlib import Path

import h5py
import numpy as np

# References of dimension scales are addresses in the file, not data.
ADDRESSES = ("DIMENSION_LIST", "REFERENCE_LIST")


def contents(path: Path) -> dict[str, tuple]:
    """Type, shape and bytes of every dataset and attribute but those of /provenance."""
    found = {}

    def note(name: str, data: object) -> None:
        array = np.asarray(data)
        # An array of objects holds texts.
        bits = repr(array.tolist()) if array.dtype.hasobject else array.tobytes()
        found[name] = (str(array.dtype), array.shape, bits)

    def visit(name: str, item: h5py.Group | h5py.Dataset) -> None:
        if name.split("/")[0] == "provenance":
            return
        if isinstance(item, h5py.Dataset):
            note(name, item[()] if item.shape is not None else [])
        for key, value in item.attrs.items():
            if key not in ADDRESSES:
                note(f"{name}@{key}", value)

    with h5py.File(path) as file:
        visit("", file)
        file.visititems(visit)
    return found


def differences(one: Path, other: Path) -> list[str]:
    """Names of the datasets and attributes that are not the same in both files."""
    a, b = contents(one), contents(other)
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))
