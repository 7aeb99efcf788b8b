/* cli_table: the file of rows that a command reads, and the answer it prints.
 *
 * Every command that takes a FILE.csv opens it here, so that all understand and
 * refuse the same files. What is read and written lives in c->arena.
 */
#ifndef ACCESS_CLI_TABLE_H
#define ACCESS_CLI_TABLE_H

#include "format/csv.h"

enum { CLI_PRINT_MOST = 256 << 20 }; /* bytes of an answer */

/* The file, at its first row; "-" is standard input. That it is Windows-1252 is said on standard error. INVALID as
 * csv_open; IO, LIMIT as file_read. */
Err cli_table_open(Ctx *c, Str path, Csv *csv) MUST_USE;
/* What was written, to standard output; a JSON document gets its line end. LIMIT: it was more than CLI_PRINT_MOST. */
Err cli_print(Ctx *c, Buf *out, bool json) MUST_USE;

#endif
