#ifndef COPY_H
#define COPY_H

#include "bench.h"

/* Fills the first bytes of the arena. */
void fill_source(u32 bytes);

/* Copies that many bytes from the arena's start to behind them and sums the copy, so many times. */
u32 copy_and_sum(u32 bytes, u32 rounds);

#endif
