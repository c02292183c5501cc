#define _GNU_SOURCE  // RTLD_DEFAULT

#include "cmumps.h"

#include <dlfcn.h>
#include <dmumps_c.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

_Static_assert(sizeof(MUMPS_INT) == sizeof(int32_t), "MUMPS with 32-bit integers is needed");

// MUMPS's controls and results under the numbers of its manual, which start at one.
#define ICNTL(i) icntl[(i) - 1]
#define CNTL(i) cntl[(i) - 1]
#define INFOG(i) infog[(i) - 1]
#define RINFOG(i) rinfog[(i) - 1]

// Values that MUMPS's manual gives as numbers: its phases, its "allocation failed", and "all of MPI" in Fortran.
enum { JOB_END = -2, JOB_START = -1, JOB_ANALYSE = 1, JOB_FACTORISE = 2, JOB_SOLVE = 3 };
enum { ALLOCATION_FAILED = -13, WHOLE_COMMUNICATOR = -987654 };

struct cmumps_factor {
    DMUMPS_STRUC_C id;
};

// MUMPS keeps state in Fortran modules that all instances share, so that a process runs one call at a time.
static pthread_mutex_t library = PTHREAD_MUTEX_INITIALIZER;

// The BLAS is whatever the system installs as libblas.so.3, so that OpenBLAS's own functions may not be there.
static void *openblas_function(const char *name) { return dlsym(RTLD_DEFAULT, name); }

// Several BLAS threads split sums otherwise than one does, which changes the last bits of the factors.
static void use_one_blas_thread(void) {
    void (*set_count)(int) = (void (*)(int))openblas_function("openblas_set_num_threads");
    if (set_count) set_count(1);
}

// Runs one phase. The lock is held.
static cmumps_status run(DMUMPS_STRUC_C *id, int job) {
    use_one_blas_thread();
    id->job = job;
    dmumps_c(id);
    return (cmumps_status){id->INFOG(1), id->INFOG(2)};
}

static cmumps_status out_of_memory(size_t bytes) {
    size_t numbers = bytes / sizeof(double) + 1;
    // As MUMPS does, negative in millions where the count exceeds 32 bits.
    int32_t detail = numbers <= INT32_MAX ? (int32_t)numbers : -(int32_t)(numbers / 1000000);
    return (cmumps_status){ALLOCATION_FAILED, detail};
}

// Copies the structure as pairs of row and column.
static cmumps_status copy_structure(
    DMUMPS_STRUC_C *id, int32_t count, const ptrdiff_t *row_starts, const ptrdiff_t *row_ends, const int32_t *columns) {
    id->n = count;
    id->nnz = 0;
    for (int32_t row = 0; row < count; row++) id->nnz += row_ends[row] - row_starts[row];
    size_t bytes = (size_t)id->nnz * sizeof(MUMPS_INT);
    id->irn = malloc(bytes);
    id->jcn = malloc(bytes);
    if (!id->irn || !id->jcn) return out_of_memory(bytes);
    MUMPS_INT8 entry = 0;
    for (int32_t row = 0; row < count; row++) {
        for (ptrdiff_t position = row_starts[row]; position < row_ends[row]; position++, entry++) {
            id->irn[entry] = row + 1;
            id->jcn[entry] = columns[position] + 1;
        }
    }
    return (cmumps_status){0, 0};
}

static cmumps_status analyse(DMUMPS_STRUC_C *id, int32_t ordering, const int32_t *positions) {
    // The order follows from the structure alone and so serves all values: columns are permuted only to fill the
    // diagonal (6), a symmetric matrix is ordered as it stands (12), and the analysis is serial (28).
    id->ICNTL(6) = id->sym == CMUMPS_GENERAL ? 1 : 0;
    id->ICNTL(7) = ordering;
    id->ICNTL(12) = 1;
    id->ICNTL(28) = 1;
    if (ordering == CMUMPS_PERMUTATION) {
        size_t bytes = (size_t)id->n * sizeof(MUMPS_INT);
        id->perm_in = malloc(bytes);
        if (!id->perm_in) return out_of_memory(bytes);
        for (MUMPS_INT row = 0; row < id->n; row++) id->perm_in[row] = positions[row] + 1;
    }
    cmumps_status status = run(id, JOB_ANALYSE);
    free(id->perm_in);
    id->perm_in = NULL;
    return status;
}

cmumps_factor *cmumps_create(
    int32_t symmetry, int32_t count, const ptrdiff_t *row_starts, const ptrdiff_t *row_ends, const int32_t *columns,
    int32_t ordering, const int32_t *positions, cmumps_status *status) {
    cmumps_factor *factor = calloc(1, sizeof *factor);
    if (!factor) {
        *status = out_of_memory(sizeof *factor);
        return NULL;
    }
    DMUMPS_STRUC_C *id = &factor->id;
    id->sym = symmetry;
    id->par = 1;
    id->comm_fortran = WHOLE_COMMUNICATOR;
    pthread_mutex_lock(&library);
    *status = run(id, JOB_START);
    for (int stream = 1; stream <= 3; stream++) id->ICNTL(stream) = -1;
    id->ICNTL(4) = 0;
    if (status->code >= 0) *status = copy_structure(id, count, row_starts, row_ends, columns);
    if (status->code >= 0) *status = analyse(id, ordering, positions);
    pthread_mutex_unlock(&library);
    if (status->code >= 0) return factor;
    cmumps_destroy(factor);
    return NULL;
}

void cmumps_destroy(cmumps_factor *factor) {
    if (!factor) return;
    DMUMPS_STRUC_C *id = &factor->id;
    pthread_mutex_lock(&library);
    run(id, JOB_END);
    pthread_mutex_unlock(&library);
    free(id->irn);
    free(id->jcn);
    free(factor);
}

cmumps_status cmumps_factorise(
    cmumps_factor *factor, const double *values, int32_t relaxation, double null_threshold) {
    DMUMPS_STRUC_C *id = &factor->id;
    pthread_mutex_lock(&library);
    id->ICNTL(14) = relaxation;
    id->ICNTL(24) = null_threshold > 0 ? 1 : 0;
    id->CNTL(3) = null_threshold;
    id->a = (double *)values;  // MUMPS reads the values and does not change them
    cmumps_status status = run(id, JOB_FACTORISE);
    id->a = NULL;
    pthread_mutex_unlock(&library);
    return status;
}

cmumps_status cmumps_solve(cmumps_factor *factor, double *vectors, int32_t right_count) {
    DMUMPS_STRUC_C *id = &factor->id;
    pthread_mutex_lock(&library);
    id->rhs = vectors;
    id->nrhs = right_count;
    id->lrhs = id->n;
    cmumps_status status = run(id, JOB_SOLVE);
    id->rhs = NULL;
    pthread_mutex_unlock(&library);
    return status;
}

// MUMPS returns a count above 32 bits as its negative in millions.
static int64_t whole_count(MUMPS_INT value) { return value >= 0 ? value : -(int64_t)value * 1000000; }

cmumps_statistics cmumps_read_statistics(const cmumps_factor *factor) {
    const DMUMPS_STRUC_C *id = &factor->id;
    pthread_mutex_lock(&library);
    bool has_null_pivots = id->INFOG(28) > 0 && id->pivnul_list;
    cmumps_statistics statistics = {
        .ordering = id->INFOG(7),
        .expected_entries = whole_count(id->INFOG(20)),
        .expected_flops = id->RINFOG(1),
        .entries = whole_count(id->INFOG(29)),
        .flops = id->RINFOG(3),
        .allocated_bytes = (int64_t)id->INFOG(22) * 1000000,
        .delayed_pivots = id->INFOG(13),
        .negative_pivots = id->INFOG(12),
        .null_pivots = id->INFOG(28),
        .first_null_row = has_null_pivots ? id->pivnul_list[0] - 1 : -1,
    };
    pthread_mutex_unlock(&library);
    return statistics;
}

const char *cmumps_version(void) { return MUMPS_VERSION; }

const char *cmumps_blas_core(void) {
    const char *(*core)(void) = (const char *(*)(void))openblas_function("openblas_get_corename");
    return core ? core() : NULL;
}
