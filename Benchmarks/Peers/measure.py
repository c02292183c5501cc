"""What the peers share: how the use of the machine is measured and told."""

import json
import os
import resource
import time

# How many threads a peer may use; scripts/compare sets what BLAS and OpenMP read.
THREADS = int(os.environ.get("OMP_NUM_THREADS", "1"))


def compilers():
    """CPU time of what the process started and waited for, s: compilers."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Clock:
    """CPU time of the process and time on the wall: what came before the steps, and the steps."""

    def __init__(self):
        self.setup = compilers()
        self.begin, self.wall = time.process_time(), time.perf_counter()
        self.setup += self.begin

    def read(self):
        """CPU time and time on the wall since this clock was made."""
        return time.process_time() - self.begin, time.perf_counter() - self.wall

    def report(self, solve=None, wall=None, **numbers):
        """Prints one line of JSON; the times of the solution end here unless they are given.

        `setup` among the numbers takes the place of what came before this clock was made.
        """
        if solve is None:
            solve, wall = self.read()
        with open("/proc/self/status") as status:
            memory = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
        print(json.dumps({
            "setup": self.setup, "solve": solve, "wall": wall, "memory": memory * 1.024e-3, "threads": THREADS,
            **numbers}))
