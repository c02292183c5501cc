// LAPACK and BLAS as Debian ships them: liblapacke-dev over libopenblas-dev.
#include <cblas.h>
#include <lapacke.h>

// OpenBLAS's own controls, which its cblas.h does not always declare. One thread keeps results the same bits everywhere.
void openblas_set_num_threads(int count);
char *openblas_get_config(void);
char *openblas_get_corename(void);
