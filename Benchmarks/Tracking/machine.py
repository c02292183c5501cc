"""What a measurement was made on: processor, memory, compiler, flags, commit."""

import datetime
import os
import platform
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _first(lines, key):
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "unknown")


def _said(*command, cwd=None):
    """What a command prints, or None where there is no such command or it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _caches():
    """The sizes of the caches of processor 0 as Linux gives them: {"L1d": "48K", ...}."""
    found = {}
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        level, kind, size = ((index / name).read_text().strip() for name in ("level", "type", "size"))
        found[f"L{level}{ {'Data': 'd', 'Instruction': 'i'}.get(kind, '')}"] = size
    return found


def describe(flags, tree=ROOT):
    """The machine, and what was built from the checkout `tree` with `flags`."""
    processor = Path("/proc/cpuinfo").read_text().splitlines()
    memory = int(_first(Path("/proc/meminfo").read_text().splitlines(), "MemTotal").split()[0])
    swift = (_said("swift", "--version") or "unknown").splitlines()
    return {
        "date": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        "processor": _first(processor, "model name"),
        "family_model": f"{_first(processor, 'cpu family')}/{_first(processor, 'model')}".replace("\t", ""),
        "processors": os.cpu_count(),
        "caches": _caches(),
        "memory_GB": round(memory * 1.024e-6, 1),
        "system": f"{platform.freedesktop_os_release().get('PRETTY_NAME', 'Linux')}, Linux {platform.release()}",
        "compiler": next((line for line in swift if "Swift version" in line), swift[0]),
        "flags": flags,
        "commit": _said("git", "rev-parse", "HEAD", cwd=tree) or "unknown",
        "changed": bool(_said("git", "status", "--porcelain", cwd=tree)),
        "load": os.getloadavg()[0],
    }
