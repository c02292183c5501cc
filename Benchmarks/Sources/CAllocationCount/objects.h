#pragma once

#include <stdint.h>

// Who an address in code belongs to.
enum owner {
    OWNER_PROGRAM,
    OWNER_LIBRARY,
    OWNER_THREADS,
    // The C library and the like: whoever called it.
    OWNER_CALLER,
};

// Who has the code at an address; the program where no object is known.
enum owner owner_of(const void *address);
