// MUMPS solves for one right-hand side with the matrix-matrix kernels dgemm and dtrsm, and OpenBLAS packs the matrix for them
// before it multiplies: for a single column the packing takes longer than the product. These two functions stand before those
// of the BLAS (a symbol of the program comes before those of its libraries), hand a single column to the matrix-vector kernels
// dgemv and dtrsv, and all other calls on.

#define _GNU_SOURCE  // RTLD_NEXT

#include <dlfcn.h>
#include <stdint.h>

typedef const char *letter;
typedef const int32_t *count;

typedef void gemm(
    letter, letter, count, count, count, const double *, const double *, count, const double *, count, const double *,
    double *, count);
typedef void trsm(
    letter, letter, letter, letter, count, count, const double *, const double *, count, double *, count);

extern void dgemv_(
    letter, count, count, const double *, const double *, count, const double *, count, const double *, double *, count);
extern void dtrsv_(letter, letter, letter, count, const double *, count, double *, count);

// C = alpha op(A) op(B) + beta C
void dgemm_(
    letter transpose_a, letter transpose_b, count m, count n, count k, const double *alpha, const double *a, count lda,
    const double *b, count ldb, const double *beta, double *c, count ldc) {
    static gemm *next;
    if (*n == 1 && *m > 0 && *k > 0) {
        const int32_t one = 1;
        int plain_a = *transpose_a == 'N' || *transpose_a == 'n', plain_b = *transpose_b == 'N' || *transpose_b == 'n';
        dgemv_(transpose_a, plain_a ? m : k, plain_a ? k : m, alpha, a, lda, b, plain_b ? &one : ldb, beta, c, &one);
        return;
    }
    if (!next) next = (gemm *)dlsym(RTLD_NEXT, "dgemm_");
    next(transpose_a, transpose_b, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
}

// B = alpha op(A)^-1 B or alpha B op(A)^-1 with a triangular A
void dtrsm_(
    letter side, letter triangle, letter transpose, letter diagonal, count m, count n, const double *alpha,
    const double *a, count lda, double *b, count ldb) {
    static trsm *next;
    if (*n == 1 && (*side == 'L' || *side == 'l') && *alpha == 1) {
        const int32_t one = 1;
        dtrsv_(triangle, transpose, diagonal, m, a, lda, b, &one);
        return;
    }
    if (!next) next = (trsm *)dlsym(RTLD_NEXT, "dtrsm_");
    next(side, triangle, transpose, diagonal, m, n, alpha, a, lda, b, ldb);
}
