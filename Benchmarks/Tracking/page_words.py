"""The words of docs/performance.md; numbers in braces come from what was measured (page.py)."""

HEAD = """# Performance

Made by `scripts/performance` from what it measured; do not edit. What is measured and how, what fails and what is left out stand
in [Benchmarks/README.md](../Benchmarks/README.md).

{machine}.

Scaling and profile: {others}.
The comparison names its versions below. Times hold for this machine on that day; ratios travel further. CPU time of one thread,
the least of several runs, where nothing else is said. Noise is how far the least times of the rounds lie apart; where it is large
the machine was busy, and the least time is what counts. Where the same figure stands in two tables it was measured twice.
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
that it takes: the traffic at the bandwidth of arrays that together are as large as the data of the kernel or the next larger ones, the
arithmetic at the rate above. Both are counted from the code, as the comment of each kernel says. What writes is held against
`write(2)` of the same bytes. Over portable: the time with `-Xcc -march=x86-64-v3`, which `scripts/build` passes where the processor
can, over that of a plain `swift build -c release`.

{table}

A scalar sweep along a line waits for its own last result at every node; eight layers side by side fill the vectors ({lanes}).
The residuals and tangents of elements evaluate their laws with dual numbers: a tangent takes {dual:.1f} times as long as one written by
hand for this law alone; three is the most that we allow ourselves.
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
found sound, each verified before its time counts, all in turns (`scripts/compare`; [Benchmarks/README.md](../Benchmarks/README.md)
says how each is used). {versions}

![CPU time over error, a panel a problem, a curve a code](figures/performance-precision.png)

### What was promised

{promises}
The first solver for numba is the method as one writes it down; the plain one is the same, written as fast as we could; the special
one is made for this one map and controls no error. At the same error: lines through the best settings of the fastest peer in logarithms;
where it says "beyond what they reach", its last line goes on to our error.

### All runs

With two threads the elements are shared in ours, and the points of a map; the factors and solutions of MUMPS stay on one.

{tables}"""

SCALING = """
## Scaling

`scripts/bench scaling`. Exponents of times are fitted over the upper half of the range in logarithms, those of errors over all.

![CPU time over unknowns, steps and points, error over steps, speed of two threads](figures/performance-scaling.png)

{table}
No operation count grows faster than the unknowns but that of the factors of the plate's stiffness and their size. Exponents above one
elsewhere we take for the way out of the caches, whose bandwidths stand at the top.
"""

FLAGS = """
## Flags

The build for x86-64-v3 takes {kernels:.2f} of the time of the portable one over all kernels but the limits, in the geometric mean, and
{problems:.2f} over the problems; the single ratios stand in the tables above. Sums and products are rounded one by one in both, so that
the compiler has nothing to fuse.
"""

PROFILE = """
## Where the time goes

Samples of the processor by function (`scripts/bench profile`); a library is one line.

{tables}
"""

NEXT = """
## What would be next

* **The plate**: {mumps} of its time are solutions and factors by MUMPS. Its fronts have a few dozen rows, between which its own
  management and the locks of each BLAS call count. A solution phase of our own on its factors, or static condensation of the inner
  nodes of the quadratic elements, would come first; the floor is one read of the factors an iteration.
* **The square** streams the levels of its multigrid: passes that are fused would read them less often.
* **Maps** of a constant diffusivity spend {stages} of their time in the stages, and the rest on putting layers into lanes, step
  control and events. Li-Mg spends {lookup} on looking up Kirchhoff's potential; its elimination could run from both ends.
* **Ramps** spend {runtime} in Swift's runtime, most of it counting references to the vectors that the integrator hands to the system.
* **Two threads** share the elements alone, of the plate a small part. Solutions would have to be shared too.
"""

TRACKING = """
## Kept fast

* `scripts/bench` compares this version with a stored one: that commit is built, both run in turns within seconds of each other, and a
  loss beyond the noise that is still there when it is measured again fails, as does an error that grew.
* CI counts the instructions of {counted} kernels with valgrind (`scripts/bench instructions`): more than one per cent above what is
  stored fails.
* CI counts what steps and loops take from the heap (`scripts/bench allocations`): nothing, for every model, in each time step after the
  first of a step of the protocol, accepted or not, and in the kernels that those make up; with two threads the system takes a few
  blocks to hand out work. Libraries are told apart by who asks; what is mapped is not counted.
"""
