/* whole: whole files for the programs that write code for the build. */
#ifndef TOOLS_WHOLE_H
#define TOOLS_WHOLE_H

#include "base/str.h"

/* The file's bytes in the arena; NULL, or why not: "larger than … bytes". */
const char *whole_read(Arena *a, const char *path, size_t most, Str *out);

#endif
