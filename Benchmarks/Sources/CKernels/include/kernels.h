#pragma once

/// Calls `body` with `context`. Its name is what a profiler looks for to count the instructions of the calls alone.
void measured_region(void (*body)(void *), void *context);

/// The sum of 48 numbers after `rounds` of x = x a + b on each: twelve chains of four, product and sum fused where the processor
/// of the build can.
double multiply_add_chains(long rounds, double a, double b);
