/* file: whole files in and out of memory, with a ceiling. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/ctx.h"

/* ERR_IO, with why the system refuses (an errno) in the user's language. */
MUST_USE Err file_refused(Ctx *c, Str path, int why);

/* The file's bytes in c->arena. IO: it cannot be read; LIMIT: larger than
 * `most` bytes; c->why names the path. "-" is standard input. */
MUST_USE Err file_read(Ctx *c, Str path, size_t most, Str *out);

/* Writes beside the place and renames, so that the old file or the new one
 * stands there and never half of one; only its owner may read it, for what is
 * written is about people. "-" is standard output. IO. */
MUST_USE Err file_write(Ctx *c, Str path, Str bytes);

/* Gives a durable file its place, durably; what stands there is replaced. IO. */
MUST_USE Err file_move(Ctx *c, Str from, Str to);

/* Adds at the end, in one write, and returns when the bytes and the file's name
 * are durable. What a machine that stopped has left half written is ended as a
 * line of its own. Made, for its owner only, when missing. IO. */
MUST_USE Err file_append(Ctx *c, Str path, Str bytes);

#endif
