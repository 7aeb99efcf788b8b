#include "app/backup_files.h"

#include "app/pg_program.h"
#include "base/file.h"
#include "crypto/keyring.h"
#include "db/dump.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- how far it has come ---------------------------------------------------------- */

static time_t seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

void progress_begin(Progress *p, Ctx *c, const char *what)
{
	*p = (Progress){ c, what, seconds(), seconds() };
}

void progress_bytes(void *progress, int64_t done, int64_t all)
{
	Progress *p = progress;
	time_t now = seconds();
	if (now == p->told)
		return;
	p->told = now;
	fprintf(stderr, "rampe: %s: %lld %%\n", p->what, (long long)(all == 0 ? 100 : done * 100 / all));
}

void progress_end(const Progress *p)
{
	long long took = (long long)(seconds() - p->begun);
	if (took > 1)
		fprintf(stderr, T(p->c->lang, "rampe: %s: %lld seconds\n"), p->what, took);
}

/* ---- a folder to work in ------------------------------------------------------------ */

static void empty_folder(int folder)
{
	int fd = dup(folder);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (dir == NULL)
		return;
	rewinddir(dir);
	for (const struct dirent *at = readdir(dir); at != NULL; at = readdir(dir))
		if (strcmp(at->d_name, ".") != 0 && strcmp(at->d_name, "..") != 0)
			(void)unlinkat(folder, at->d_name, 0);
	closedir(dir);
}

Err work_folder_make(Ctx *c, Str path, WorkFolder *out)
{
	const char *at = str_z(c->arena, path);
	*out = (WorkFolder){ path, -1 };
	if (mkdir(at, 0700) != 0 && errno != EEXIST)
		return file_refused(c, path, errno);
	int fd = open(at, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return file_refused(c, path, errno);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		close(fd);
		return fail(c, ERR_CONFLICT, T(c->lang, "%s: another run is working there"), at);
	}
	out->lock = fd;
	empty_folder(fd);
	return OK;
}

void work_folder_remove(Ctx *c, WorkFolder *w)
{
	if (w->lock < 0)
		return;
	empty_folder(w->lock);
	(void)rmdir(str_z(c->arena, w->path));
	close(w->lock);
	w->lock = -1;
}

Str work_file(Ctx *c, const WorkFolder *w, const char *name)
{
	return str_printf(c->arena, "%.*s/%s", STR_ARG(w->path), name);
}

/* ---- one database -------------------------------------------------------------------- */

bool is_pg(Str url)
{
	return str_starts(url, STR("postgres://")) || str_starts(url, STR("postgresql://"));
}

Str engine_of(Str url)
{
	return is_pg(url) ? STR("postgres") : STR("sqlite");
}

Err database_to_file(Ctx *c, Str url, Str to)
{
	Db *db = NULL;
	if (is_pg(url))
		return pg_program_dump(c, url, to);
	RETURN_IF_ERR(db_open(c, url, NULL, &db));
	Err e = dump_sqlite(c, db, to);
	db_close(db);
	return e;
}

/* A statement of the server's own, through any of its databases. */
static Err tell_server(Ctx *c, Str url, const char *sql)
{
	Db *db = NULL;
	RETURN_IF_ERR(db_open(c, url, NULL, &db));
	Err e = db_tidy(c, db, "", sql);
	db_close(db);
	return e;
}

Err scratch_make(Ctx *c, Str source, Str dump, Str *url)
{
	unsigned char chance[8];
	*url = STR_NONE;
	if (!is_pg(source)) {
		*url = str_printf(c->arena, "sqlite:%.*s", STR_ARG(dump));
		return OK;
	}
	random_bytes(c->random, chance, sizeof chance);
	Str hex = hex_write(c->arena, chance, sizeof chance);
	const char *name = str_printf(c->arena, "rampe_scratch_%.*s", STR_ARG(hex)).ptr;
	Err e = tell_server(c, source, str_printf(c->arena, "CREATE DATABASE %s TEMPLATE template0", name).ptr);
	if (e != OK)
		return e;
	RETURN_IF_ERR(dump_pg_beside(c, source, name, url));
	return pg_program_restore(c, dump, *url);
}

void scratch_drop(Ctx *c, Str source, Str url)
{
	PgEnvironment settings;
	if (!is_pg(source) || str_is_none(url) || dump_pg_environment(c, url, &settings) != OK)
		return;
	const char *drop = str_printf(c->arena, "DROP DATABASE %s", settings.database).ptr;
	if (tell_server(c, source, drop) != OK)
		fprintf(stderr,
			T(c->lang, "rampe: the database %s, made for trying the backup out, could not be dropped\n"),
			settings.database);
}
