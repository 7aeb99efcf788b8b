/* ctx: what every call that can fail is given.
 *
 * One Ctx per request, command or commit job; it belongs to one thread at a
 * time. Results live in `arena` until the request is answered; `scratch` may
 * be cleared by whoever owns the call. The first problem wins the status, all
 * of them are shown. `db`, `conn`, `actor`, `convert` and `messages` belong to the
 * rooms that own those types (db/db.h, access/actor.h, convert/convert.h, feature/message/message.h).
 */
#ifndef BASE_CTX_H
#define BASE_CTX_H

#include "base/err.h"
#include "base/ids.h"
#include "base/text.h"

/* One reason for refusing an input, in the user's language. */
typedef struct {
	Str field;      /* name in the form, file or JSON; empty: the whole */
	int64_t row;    /* 1-based row of a file; 0: no row */
	int64_t column; /* 1-based character in a text (indicator); 0: none */
	Str message;
} Problem;

enum { PROBLEMS_MOST = 100 }; /* further ones are only counted */

typedef struct Ctx {
	Arena *arena;
	Arena *scratch;
	const Clock *clock;
	Random *random;
	Lang lang;
	TenantId tenant;
	struct Db *db;                          /* the database */
	struct DbConn *conn;                    /* where statements run now: a reader, or the writer in a commit */
	const struct Actor *actor;              /* who asks; NULL: the program itself */
	const struct Convert *convert;          /* the converters' broker; NULL: none runs */
	const struct MessageSettings *messages; /* how messages are sent; NULL: none are */
	Problem *problems;
	size_t problem_count;
	Str why; /* detail of an error that is nobody's input, for the log */
} Ctx;

/* A Ctx with two new arenas, the system's clock and chance, Danish. */
void ctx_init(Ctx *c);
void ctx_release(Ctx *c);
/* Forgets results and problems, keeps database, clock, language. */
void ctx_clear(Ctx *c);

/* Notes why an input is refused; the format is already in the user's language.
 * Returns ERR_INVALID, so that `return refuse(...)` reads well. */
Err refuse(Ctx *c, const char *field, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same for a row of a file (row > 0) or a place in a text (column > 0). */
Err refuse_at(Ctx *c, const char *field, int64_t row, int64_t column, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
/* Notes a technical detail (first wins) and returns `e`. */
Err fail(Ctx *c, Err e, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* All problems in one text, one per line: "row 3, ends: End is before start". */
Str ctx_problems_text(Ctx *c);

#endif
