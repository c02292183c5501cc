#include "allocation_count.h"

#include <errno.h>
#include <execinfo.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "objects.h"

// The C library's allocator under the names that glibc keeps for a program that replaces malloc.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

static atomic_bool watches;
static atomic_long counts[3];
// A walk along the stack must not count what it takes itself.
static _Thread_local bool is_walking;

enum { MOST_STACKS = 512, MOST_FRAMES = 40 };
static struct {
    void *frames[MOST_FRAMES];
    int depth;
    long count;
} stacks[MOST_STACKS];
static int stack_count;
static pthread_mutex_t stacks_lock = PTHREAD_MUTEX_INITIALIZER;

static void keep_stack(void *const *frames, int depth) {
    pthread_mutex_lock(&stacks_lock);
    int place = 0;
    while (place < stack_count
           && (stacks[place].depth != depth
               || memcmp(stacks[place].frames, frames, (size_t)depth * sizeof *frames) != 0)) {
        place++;
    }
    if (place < MOST_STACKS) {
        if (place == stack_count) {
            memcpy(stacks[place].frames, frames, (size_t)depth * sizeof *frames);
            stacks[place].depth = depth;
            stacks[place].count = 0;
            stack_count++;
        }
        stacks[place].count++;
    }
    pthread_mutex_unlock(&stacks_lock);
}

// Counts a block for the owner of the code that asks for it.
static void note(const void *caller) {
    enum owner owner = owner_of(caller);
    if (owner == OWNER_CALLER || owner == OWNER_PROGRAM) {
        is_walking = true;
        void *frames[MOST_FRAMES];
        int depth = backtrace(frames, MOST_FRAMES);
        // The frames of this file stand before that of the caller.
        int first = 0;
        while (first < depth && frames[first] != caller) first++;
        if (first == depth) first = 0;
        for (int place = first; owner == OWNER_CALLER && place < depth; place++) owner = owner_of(frames[place]);
        if (owner == OWNER_CALLER) owner = OWNER_PROGRAM;
        if (owner == OWNER_PROGRAM) keep_stack(frames + first, depth - first);
        is_walking = false;
    }
    atomic_fetch_add(&counts[owner], 1);
}

static inline void count(const void *caller) {
    if (atomic_load_explicit(&watches, memory_order_relaxed) && !is_walking) note(caller);
}

void allocation_watch(bool on) {
    // The first walk loads the unwinder, which allocates.
    void *frame;
    is_walking = true;
    backtrace(&frame, 1);
    is_walking = false;
    atomic_store(&watches, false);
    if (!on) return;
    stack_count = 0;
    for (int owner = 0; owner < 3; owner++) atomic_store(&counts[owner], 0);
    atomic_store(&watches, true);
}

allocation_counts allocation_counted(void) {
    return (allocation_counts){
        atomic_load(&counts[OWNER_PROGRAM]), atomic_load(&counts[OWNER_LIBRARY]), atomic_load(&counts[OWNER_THREADS])};
}

int allocation_stack_count(void) { return stack_count; }

allocation_stack allocation_stack_at(int index) {
    return (allocation_stack){stacks[index].frames, stacks[index].depth, stacks[index].count};
}

void *malloc(size_t size) {
    count(__builtin_return_address(0));
    return __libc_malloc(size);
}

void *calloc(size_t items, size_t size) {
    count(__builtin_return_address(0));
    return __libc_calloc(items, size);
}

void *realloc(void *block, size_t size) {
    count(__builtin_return_address(0));
    return __libc_realloc(block, size);
}

void *memalign(size_t alignment, size_t size) {
    count(__builtin_return_address(0));
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count(__builtin_return_address(0));
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    count(__builtin_return_address(0));
    void *made = __libc_memalign(alignment, size);
    if (made == NULL) return ENOMEM;
    *block = made;
    return 0;
}

void free(void *block) { __libc_free(block); }
