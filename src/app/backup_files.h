/* backup_files: what making and restoring a backup share: a folder to work in,
 * saying how far it has come, one database in and out of a file. */
#ifndef APP_BACKUP_FILES_H
#define APP_BACKUP_FILES_H

#include "base/ctx.h"

#include <time.h>

/* Says on standard error what goes on, once it has gone on for a second. */
typedef struct {
	Ctx *c;
	const char *what; /* translated */
	time_t begun, told;
} Progress;

void progress_begin(Progress *p, Ctx *c, const char *what);
/* An ArchiveProgress. */
void progress_bytes(void *progress, int64_t done, int64_t all);
/* How long it took, if it was long enough to be told of. */
void progress_end(const Progress *p);

/* A folder for files half made. */
typedef struct {
	Str path;
	int lock; /* open on the folder; -1: none */
} WorkFolder;

/* Makes `path` for its owner only, or takes it over, emptied, from a run that
 * was stopped. CONFLICT: another run works there; IO. */
Err work_folder_make(Ctx *c, Str path, WorkFolder *out) MUST_USE;
/* Removes it with everything in it. */
void work_folder_remove(Ctx *c, WorkFolder *w);
/* A path within it. */
Str work_file(Ctx *c, const WorkFolder *w, const char *name);

bool is_pg(Str url);
/* "sqlite" or "postgres". */
Str engine_of(Str url);
/* One state of the database as a file. */
Err database_to_file(Ctx *c, Str url, Str to) MUST_USE;
/* A database for trying a dump out: *url leads to it; dropped by scratch_drop.
 * SQLite: the file itself is one. PostgreSQL: made beside the one at `source`,
 * for which the user needs CREATEDB. */
Err scratch_make(Ctx *c, Str source, Str dump, Str *url) MUST_USE;
void scratch_drop(Ctx *c, Str source, Str url);

#endif
