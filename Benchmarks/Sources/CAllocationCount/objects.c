#define _GNU_SOURCE  // dl_iterate_phdr

#include "objects.h"

#include <link.h>
#include <stddef.h>
#include <string.h>

#include "allocation_count.h"

// The code of the objects that were loaded when the program began. An object that is loaded later counts as the program.
enum { MOST_OBJECTS = 128 };
static struct object {
    uintptr_t first, last, base;
    const char *path;
    enum owner owner;
} objects[MOST_OBJECTS];
static int object_count;

// By the beginning of an object's file name. OpenBLAS comes as libblas.so.3 and liblapack.so.3 too.
static const struct {
    const char *name;
    enum owner owner;
} known[] = {
    {"libdmumps", OWNER_LIBRARY},   {"libmumps", OWNER_LIBRARY},   {"libpord", OWNER_LIBRARY},
    {"libmpiseq", OWNER_LIBRARY},   {"libmetis", OWNER_LIBRARY},   {"libscotch", OWNER_LIBRARY},
    {"libesmumps", OWNER_LIBRARY},  {"libopenblas", OWNER_LIBRARY}, {"libblas", OWNER_LIBRARY},
    {"liblapack", OWNER_LIBRARY},   {"libgfortran", OWNER_LIBRARY}, {"libgomp", OWNER_LIBRARY},
    {"libhdf5", OWNER_LIBRARY},     {"libdispatch", OWNER_THREADS}, {"libswiftDispatch", OWNER_THREADS},
    {"libc.so", OWNER_CALLER},      {"libpthread", OWNER_CALLER},   {"ld-linux", OWNER_CALLER},
    {"libstdc++", OWNER_CALLER},    {"libgcc_s", OWNER_CALLER},     {"libBlocksRuntime", OWNER_CALLER},
    {"libswiftCore", OWNER_CALLER},
};

static enum owner owner_named(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    for (size_t place = 0; place < sizeof known / sizeof *known; place++) {
        if (strncmp(name, known[place].name, strlen(known[place].name)) == 0) return known[place].owner;
    }
    return OWNER_PROGRAM;
}

static int note(struct dl_phdr_info *info, size_t size, void *context) {
    (void)size, (void)context;
    for (int segment = 0; segment < info->dlpi_phnum && object_count < MOST_OBJECTS; segment++) {
        const ElfW(Phdr) *header = &info->dlpi_phdr[segment];
        if (header->p_type != PT_LOAD || !(header->p_flags & PF_X)) continue;
        uintptr_t first = info->dlpi_addr + header->p_vaddr;
        objects[object_count++] = (struct object){
            first, first + header->p_memsz, info->dlpi_addr, info->dlpi_name, owner_named(info->dlpi_name)};
    }
    return 0;
}

__attribute__((constructor)) static void note_objects(void) { dl_iterate_phdr(note, NULL); }

static const struct object *object_of(uintptr_t address) {
    for (int place = 0; place < object_count; place++) {
        if (address >= objects[place].first && address < objects[place].last) return &objects[place];
    }
    return NULL;
}

enum owner owner_of(const void *address) {
    const struct object *object = object_of((uintptr_t)address);
    return object ? object->owner : OWNER_PROGRAM;
}

const char *allocation_object_of(const void *address, uintptr_t *offset) {
    const struct object *object = object_of((uintptr_t)address);
    if (!object) return NULL;
    *offset = (uintptr_t)address - object->base;
    // The program itself has no name in the list of objects.
    return object->path[0] ? object->path : "/proc/self/exe";
}
