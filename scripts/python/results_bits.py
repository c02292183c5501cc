"""Compare the datasets of two results files bit for bit."""

from pathlib import Path

import h5py


def datasets(path: Path) -> dict[str, tuple]:
    """Every dataset but those of /provenance: type, shape and bytes."""
    found = {}

    def take(name: str, item: object) -> None:
        if isinstance(item, h5py.Dataset) and not name.startswith("provenance/"):
            value = item[()]
            bits = value.tolist() if item.dtype.hasobject and hasattr(value, "tolist") else value
            found[name] = (str(item.dtype), item.shape, bits if item.dtype.hasobject else value.tobytes())

    with h5py.File(path) as file:
        file.visititems(take)
        found["status"] = file.attrs["status"]
    return found


def differences(one: Path, other: Path) -> list[str]:
    """Names of the datasets that are not the same in both files."""
    a, b = datasets(one), datasets(other)
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))
