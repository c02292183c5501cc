#include "kernels.h"

#pragma STDC FP_CONTRACT ON

__attribute__((noinline)) void measured_region(void (*body)(void *), void *context) {
    body(context);
    // What follows the call keeps it from becoming a jump, after which nothing would leave this function.
    __asm__ volatile("" ::: "memory");
}

typedef double lanes __attribute__((vector_size(32)));

double multiply_add_chains(long rounds, double factor, double addend) {
    lanes a = {factor, factor, factor, factor}, b = {addend, addend, addend, addend};
    lanes c0 = a, c1 = b, c2 = a + b, c3 = a - b, c4 = a * a, c5 = b + b;
    lanes c6 = c2 * a, c7 = c2 + b, c8 = c5 + b, c9 = c5 * c5, c10 = c4 * a, c11 = c4 + b;
    for (long round = 0; round < rounds; round++) {
        c0 = c0 * a + b, c1 = c1 * a + b, c2 = c2 * a + b, c3 = c3 * a + b;
        c4 = c4 * a + b, c5 = c5 * a + b, c6 = c6 * a + b, c7 = c7 * a + b;
        c8 = c8 * a + b, c9 = c9 * a + b, c10 = c10 * a + b, c11 = c11 * a + b;
    }
    lanes sum = ((c0 + c1) + (c2 + c3)) + ((c4 + c5) + (c6 + c7)) + ((c8 + c9) + (c10 + c11));
    return sum[0] + sum[1] + sum[2] + sum[3];
}
