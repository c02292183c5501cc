#pragma once

/// Blocks that the calling thread has asked the heap for (malloc, calloc, realloc, aligned forms) since it began.
///
/// A program that links this target has its allocator replaced by one that counts and passes on to the C library; see
/// "Replacing malloc" in the manual of glibc. Swift's own allocations go through it too.
long allocation_count(void);
