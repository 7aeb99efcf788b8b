/* program: what another program says about a file of ours, for tests. */
#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H

#include "base/str.h"

/* Puts the bytes into a temporary file, runs the program with its path as last
 * argument and gives its standard output, NUL-terminated. `arguments` ends in
 * NULL; arguments[0] is the program. Fails the test when its status is not 0. */
const char *program_says(Arena *a, const char *const *arguments, Str bytes);

#endif
