"""The words of docs/performance.md; numbers in braces come from what was measured (page.py)."""

HEAD = """# Performance

Made by `scripts/performance` from what it measured; do not edit. What is measured and how, what fails and what is left out stand
in [Benchmarks/README.md](../Benchmarks/README.md).

{machine}.

Times hold for this machine on that day; ratios travel further. CPU time of one thread, the least of several runs, where nothing
else is said. Noise is how far the least times of the rounds lie apart. Where the same figure stands in two tables it was measured
twice.
"""

SHORT = """
## In short

{items}
"""

LIMIT = """
## What the machine can do

Measured in the same run as the kernels, by code of the same kind (`scripts/bench kernels`).

{table}

Operations are additions and multiplications of numbers in double precision, one after the other in each chain and rounded one by
one: nothing in the solver is fused, so that its bits do not depend on what a processor can fuse. Bytes of a triad are those of its
two sources and its result.
"""

KERNELS = """
## Kernels

The share of the limit is the least time that the traffic or the arithmetic of a call would take, whichever is longer, over the time
that it takes: the traffic at the bandwidth of the memory that holds the data of the kernel, the arithmetic at the rate above. Both
are counted from the code, to some 20 % where elements and laws are concerned. What writes is held against `write(2)` of the same bytes.
Over the portable build: the time with `-Xcc -march=x86-64-v3`, which `scripts/build` passes where the processor can, over that of a
plain `swift build -c release`.

{table}

A scalar sweep along a line waits for its own last result at every node and reaches a few per cent of either limit; eight layers side
by side fill the vectors ({lanes}). Multigrid and sparse products on large meshes are near the bandwidth. The residuals
and tangents of elements evaluate their laws with dual numbers: a tangent takes {dual:.1f} times as long as one written by hand for this
law alone, and at most three is what we allow. MUMPS's solutions of the plate's stiffness are many small dense ones with little to do
between the calls.
"""

PROBLEMS = """
## Problems

Work against precision: time and error of each problem as its tolerance, and the mesh where that limits, become finer
(`scripts/bench problems`). The measure of the error is named; reference solutions are closed forms, or our own on finer meshes with
tighter tolerances where there is none. A wrong answer fails.

{table}

{errors}
"""

PEERS = """
## Other codes

The same problems in the tools that one would take instead, as their documentation recommends and with the fastest settings that we
found sound, each verified before its time counts, all in turns (`scripts/compare`). {versions}

![CPU time over error, a panel a problem, a curve a code](figures/performance-precision.png)

{tables}

Two threads share the elements in ours and the points of a map; the factors and solutions of MUMPS stay on one.

### What was promised

{promises}

The plain solver for numba is written as carefully as we could; a first version of it, which divides within its loops, takes three
times as long. The special one is made for this one map and controls no error (Benchmarks/README.md says what it leaves out).
"""

SCALING = """
## Scaling

`scripts/bench scaling`. Exponents are fitted over the upper half of the range, those of errors over all.

![CPU time over unknowns, steps and points, error over steps, speed of two threads](figures/performance-scaling.png)

{table}

Work grows in proportion to the unknowns as long as they are in the cache and by a power of 1.1 to 1.2 where they leave it: no
operation count grows faster than N log N but that of the factors of the plate's stiffness (N to the 1.5 in theory for large N in
the plane). Points of a map and time steps cost the same each.
"""

FLAGS = """
## Flags

Over all kernels but the limits the build for x86-64-v3 takes {kernels:.2f} of the time of the portable one in the geometric mean, over
the problems {problems:.2f}; the single ratios stand in the tables above. The bits of results are the same: nothing is fused.
"""

PROFILE = """
## Where the time goes

Samples of the processor by function (`scripts/bench profile`); a library is one line.

{tables}
"""

NEXT = """
## What would be next

* **The plate** spends most of its time in MUMPS's solutions, of which the dense kernels are half; the rest is its management of
  fronts of a few dozen rows, and BLAS calls that take a lock each. A solution phase of our own on its factors, or static condensation
  of the inner nodes of the quadratic elements, would come first. The floor is one read of the factors an iteration.
* **The square** reads and writes its levels some thirty times a solution. Levels in single precision are there already; fusing
  restriction with the last smoothing step would save one pass in five.
* **Maps** of a constant diffusivity spend a third of their time outside of the stages: putting layers into lanes, step control,
  events. Li-Mg spends it on looking up Kirchhoff's potential and on the elimination, which could run from both ends.
* **Ramps** spend a seventh in reference counts of the vectors that the integrator hands to the system.
* **Two threads** gain little on the meshes above: the assembly that they share is a small part. Solutions would have to be shared too.
* AVX-512 takes a sixth off the maps, and makes element loops that the compiler vectorises slower; it is not used.
"""

TRACKING = """
## Kept fast

* `scripts/bench` compares this version with a stored one: that commit is built, both run in turns within seconds of each other, and a
  loss beyond the noise that is still there when it is measured again fails, as does an error that grew.
* CI counts the instructions of {counted} kernels with valgrind (`scripts/bench instructions`): more than one per cent above what is
  stored fails.
* CI counts what steps and loops take from the heap (`scripts/bench allocations`): nothing, for every model, in each step after the first
  of a step of the protocol, accepted or not, and in every kernel; libraries are told apart by who asks.
"""
