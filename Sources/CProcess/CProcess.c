#define _GNU_SOURCE

#include "CProcess.h"

#include <sys/mman.h>
#include <sys/prctl.h>

int cprocess_signal_when_parent_ends(int signal_number) {
    return prctl(PR_SET_PDEATHSIG, (unsigned long)signal_number, 0UL, 0UL, 0UL);
}

int cprocess_memory_file(void) {
    return memfd_create("mesolith", MFD_CLOEXEC);
}
