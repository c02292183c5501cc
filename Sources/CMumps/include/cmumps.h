// Sparse direct factors by sequential MUMPS, behind a header that needs none of MUMPS's own.
//
// MUMPS is under CeCILL-C and is linked dynamically. Rows, columns and steps count from zero here, from one in MUMPS.
// Every function may be called from any thread; calls into MUMPS wait for each other.
#ifndef CMUMPS_H
#define CMUMPS_H

#include <stddef.h>
#include <stdint.h>

// A matrix structure with its symbolic factor and, once there are values, its numerical factors.
typedef struct cmumps_factor cmumps_factor;

// What MUMPS returned: its INFOG(1) and INFOG(2). A code below zero is an error, a code above zero a warning.
typedef struct {
    int32_t code;
    int32_t detail;
} cmumps_status;

// MUMPS's own values of SYM.
enum {
    CMUMPS_GENERAL = 0,
    CMUMPS_POSITIVE_DEFINITE = 1,
    CMUMPS_SYMMETRIC = 2,
};

// MUMPS's own values of ICNTL(7) that give the same order in every run.
enum {
    CMUMPS_AMD = 0,
    CMUMPS_PERMUTATION = 1,
    CMUMPS_AMF = 2,
    CMUMPS_PORD = 4,
};

// What the analysis foresaw and the last factorisation cost; zero for what has not been done.
typedef struct {
    int32_t ordering;          // INFOG(7), the ordering used
    int64_t expected_entries;  // INFOG(20), entries of the factors
    double expected_flops;     // RINFOG(1), operations of the elimination
    int64_t entries;           // INFOG(29), entries of the factors
    double flops;              // RINFOG(3), operations of the elimination
    int64_t allocated_bytes;   // INFOG(22), memory of the factorisation, in steps of a million bytes
    int32_t delayed_pivots;    // INFOG(13), pivots put off to a later front
    int32_t negative_pivots;   // INFOG(12), of a symmetric matrix
    int32_t null_pivots;       // INFOG(28), pivots below the threshold
    int32_t first_null_row;    // the first row of PIVNUL_LIST, -1 without null pivots
} cmumps_statistics;

// Copies the structure of a square matrix and factors it symbolically. Null, with the reason in `status`, on failure.
//
// Row i has its columns in columns[row_starts[i] ..< row_ends[i]]; a symmetric matrix gives one triangle.
// `positions[i]` is the step at which row i is eliminated; it is read with CMUMPS_PERMUTATION only.
cmumps_factor *cmumps_create(
    int32_t symmetry, int32_t count, const ptrdiff_t *row_starts, const ptrdiff_t *row_ends, const int32_t *columns,
    int32_t ordering, const int32_t *positions, cmumps_status *status);

// Frees everything; null is allowed.
void cmumps_destroy(cmumps_factor *factor);

// Factors numerically. `values` follow the structure row by row and are read during the call only.
//
// `relaxation` is the working memory in per cent above the estimate of the analysis, ICNTL(14). A row whose entries are
// all below `null_threshold` times the norm of the scaled matrix when it comes to be eliminated is a null pivot.
cmumps_status cmumps_factorise(
    cmumps_factor *factor, const double *values, int32_t relaxation, double null_threshold);

// Replaces `right_count` right-hand sides, one after another, by the solutions.
cmumps_status cmumps_solve(cmumps_factor *factor, double *vectors, int32_t right_count);

// What has been done so far.
cmumps_statistics cmumps_read_statistics(const cmumps_factor *factor);

// The version of MUMPS, such as "5.5.1".
const char *cmumps_version(void);

// OpenBLAS's name of the processor whose kernels it uses, such as "Haswell"; null with another BLAS.
const char *cmumps_blas_core(void);

#endif
