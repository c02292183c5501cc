#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A program that links this target has its allocator replaced by one that counts, tells who asks, and passes on to the C library;
// see "Replacing malloc" in the manual of glibc. Swift's own allocations go through it too.

/// Blocks asked for (malloc, calloc, realloc, aligned forms) by all threads, by who asked.
///
/// Who asked is the loaded object that the call came from; the C library, the Swift runtime and the like pass it on to their caller.
/// What is not known to be a library's own or a thread's is the program's: nothing that the program causes can hide.
typedef struct {
    /// By the program.
    long program;
    /// By MUMPS, BLAS and LAPACK, the Fortran runtime and HDF5 for themselves.
    long libraries;
    /// By Dispatch, to hand work to threads.
    long threads;
} allocation_counts;

/// Begins to count from zero, or ends it. A program that does not count allocates as fast as one with the C library alone.
void allocation_watch(bool watches);

/// What has been asked for since counting began.
allocation_counts allocation_counted(void);

/// A call stack from which the program has allocated since counting began.
typedef struct {
    /// Return addresses, the innermost first.
    void *const *frames;
    int depth;
    /// How often.
    long count;
} allocation_stack;

/// Number of different stacks, 512 at most.
int allocation_stack_count(void);

/// One of them.
allocation_stack allocation_stack_at(int index);

/// The file of the loaded object that has an address, and the address within it; null where there is none.
const char *allocation_object_of(const void *address, uintptr_t *offset);
