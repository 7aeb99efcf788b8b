/* pg_program: PostgreSQL's own programs, run as children.
 *
 * Not by the broker, whose children may reach no server. What they say goes to
 * standard error; where the server is and its password stand in their
 * environment. IO: no such program, or it failed.
 */
#ifndef APP_PG_PROGRAM_H
#define APP_PG_PROGRAM_H

#include "base/ctx.h"

/* One state of the database at `url` in the new file `to`, pg_dump's custom format. */
Err pg_program_dump(Ctx *c, Str url, Str to) MUST_USE;
/* Everything or nothing of such a file into the database at `url`. Who owns what
 * there, and who else may, is not taken over. */
Err pg_program_restore(Ctx *c, Str from, Str url) MUST_USE;

#endif
