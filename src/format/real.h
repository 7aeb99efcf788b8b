/* real: a number written in as few digits as read back the same.
 *
 * For documents that other programs read: a decimal point, no grouping, as
 * printf's %g has it. Pure.
 */
#ifndef FORMAT_REAL_H
#define FORMAT_REAL_H

#include <stddef.h>

enum { REAL_MOST = 32 };

/* Writes a finite `x` with the first of 15, 16 and 17 digits that strtod reads back as `x`; returns how many bytes.
 * -0 is "0". */
size_t real_put(char out[REAL_MOST], double x);

#endif
