#include "access/actor.h"
#include "access/restored.h"
#include "app/backup.h"
#include "app/backup_files.h"
#include "app/database_cli.h"
#include "app/pg_program.h"
#include "base/file.h"
#include "crypto/archive.h"
#include "db/commit.h"
#include "db/dump.h"
#include "db/erasures.h"
#include "db/vault.h"
#include "feature/erasure/erasure.h"
#include "feature/message/message.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One of the two databases. */
typedef struct {
	const char *kind;
	Str archive, url;
	Str file;    /* what the archive is opened into */
	Str at;      /* where it is worked on: a file beside its place, or the database itself */
	bool filled; /* a PostgreSQL database holds something of ours */
	ArchiveHead head;
} Part;

typedef struct {
	Cli *cli;
	Ctx *c;
	const RestoreIn *in;
	unsigned char private_key[ARCHIVE_KEY];
	Keyring keyring;
	Part data, keys;
	Restored done;
} Restore;

static Str path_of(Str url)
{
	Str prefix = STR("sqlite:");
	return str_starts(url, prefix) ? str_sub(url, prefix.len, url.len) : STR_NONE;
}

/* ---- what is there ------------------------------------------------------------------ */

static Err check_free(Restore *r, const Part *part)
{
	Ctx *c = r->c;
	Db *db = NULL;
	bool empty = false;
	if (!is_pg(part->url) && access(str_z(c->arena, path_of(part->url)), F_OK) != 0)
		return OK;
	if (is_pg(part->url)) {
		RETURN_IF_ERR(db_open(c, part->url, NULL, &db));
		Err e = dump_is_empty(c, db, &empty);
		db_close(db);
		RETURN_IF_ERR(e);
	}
	return empty ? OK
		     : fail(c, ERR_CONFLICT, T(c->lang, "%.*s is not empty: nothing is ever restored over it"),
			    STR_ARG(part->url));
}

static Err check_head(Restore *r, Part *part)
{
	Ctx *c = r->c;
	RETURN_IF_ERR(archive_head(c, part->archive, &part->head));
	if (!str_eq_z(part->head.kind, part->kind))
		return fail(c, ERR_INVALID,
			    T(c->lang, "%.*s: the data and the keys are two files; this is the other one"),
			    STR_ARG(part->archive));
	if (!str_eq(part->head.engine, engine_of(part->url)))
		return fail(c, ERR_INVALID, T(c->lang, "%.*s: a backup of %.*s cannot be restored into %.*s"),
			    STR_ARG(part->archive), STR_ARG(part->head.engine), STR_ARG(part->url));
	return OK;
}

static Err prepare(Restore *r)
{
	Ctx *c = r->c;
	if (str_is_none(cli_keyring_path(r->cli)))
		return fail(c, ERR_IO, "%s", T(c->lang, "There is no keyring: say which by --keyring."));
	RETURN_IF_ERR(archive_private_read(c, r->in->key, r->private_key));
	RETURN_IF_ERR(cli_keyring(r->cli, &r->keyring));
	RETURN_IF_ERR(check_head(r, &r->data));
	RETURN_IF_ERR(check_head(r, &r->keys));
	if (!uuid_eq(r->data.head.id, r->keys.head.id))
		return fail(c, ERR_INVALID, "%s", T(c->lang, "The two files are not of one backup."));
	RETURN_IF_ERR(check_free(r, &r->data));
	return check_free(r, &r->keys);
}

/* ---- opening ------------------------------------------------------------------------- */

/* Beside its place, so that it can be given its name; PostgreSQL's dump beside the keyring. */
static void choose_places(Restore *r, Part *part)
{
	Ctx *c = r->c;
	Str beside = is_pg(part->url) ? cli_keyring_path(r->cli) : path_of(part->url);
	part->file = str_printf(c->arena, "%.*s.%s.part", STR_ARG(beside), part->kind);
	part->at = is_pg(part->url) ? part->url : str_printf(c->arena, "sqlite:%.*s", STR_ARG(part->file));
}

static void remove_files(const Part *part)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
	char path[4096];
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
		if (snprintf(path, sizeof path, "%.*s%s", STR_ARG(part->file), endings[i]) < (int)sizeof path)
			(void)unlink(path);
}

static Err open_part(Restore *r, Part *part, const char *what)
{
	Progress p;
	Ctx *c = r->c;
	Str path = path_of(part->url);
	progress_begin(&p, c, what);
	if (!str_is_none(path))
		RETURN_IF_ERR(database_folders(c, path));
	choose_places(r, part);
	remove_files(part); /* of a run that was stopped */
	RETURN_IF_ERR(archive_open(c, part->archive, r->private_key, r->keyring.audit_public, part->file,
				   progress_bytes, &p));
	if (!is_pg(part->url))
		return OK;
	part->filled = true;
	Err e = pg_program_restore(c, part->file, part->url);
	remove_files(part);
	return e;
}

/* ---- what has happened since ------------------------------------------------------------ */

static Err log_restore(Ctx *c, void *arg)
{
	const Restore *r = arg;
	AuditEvent e = actor_event(c, "backup.restore");
	e.subject = r->data.head.id;
	e.subject_kind = STR("backup");
	return commit_audit(c, &e);
}

static Err end_access(Ctx *c, void *arg)
{
	Restore *r = arg;
	AuditEvent e = actor_event(c, "backup.end_access");
	RETURN_IF_ERR(restored_end_access(c, &r->done.users));
	RETURN_IF_ERR(message_end_restored(c));
	e.subject = r->data.head.id;
	e.subject_kind = STR("backup");
	return commit_audit(c, &e);
}

/* Whoever restores should know when the list is not what it was. */
static Err tell_list(Ctx *c)
{
	NotedErasures noted;
	Str list;
	RETURN_IF_ERR(vault_erasures_path(c, &list));
	if (access(str_z(c->arena, list), F_OK) != 0)
		fprintf(stderr,
			T(c->lang,
			  "rampe: there is no list of erasures at %.*s: whoever was erased after this backup was "
			  "made is in it again, unless nobody was.\n"),
			STR_ARG(list));
	RETURN_IF_ERR(erasures_read(c, &noted));
	if (noted.torn > 0)
		fprintf(stderr, T(c->lang, "rampe: lines of the list of erasures that are none: %lld\n"),
			(long long)noted.torn);
	return OK;
}

static Err bring_up_to_date(Restore *r, Ctx *c)
{
	Db *db = NULL;
	int64_t wrong = 0;
	RETURN_IF_ERR(db_open(c, r->data.at, NULL, &db));
	c->db = db;
	RETURN_IF_ERR(db_migrate(c, db, &db_migrations));
	RETURN_IF_ERR(vault_attach(c, db, r->keys.at, cli_keyring_path(r->cli)));
	vault_erasures_in(db, cli_erasures_path(r->cli));
	RETURN_IF_ERR(commit_start(c, db));
	RETURN_IF_ERR(commit_run(c, log_restore, r));
	RETURN_IF_ERR(commit_run(c, end_access, r));
	RETURN_IF_ERR(tell_list(c));
	RETURN_IF_ERR(erasure_finish(c, &r->done.erased));
	RETURN_IF_ERR(database_check(c, &wrong));
	return wrong == 0 ? OK
			  : fail(c, ERR_DB, T(c->lang, "what was restored is not as it must be: %lld things"),
				 (long long)wrong);
}

/* In a Ctx of its own: its databases are closed before their files are moved. */
static Err check_restored(Restore *r)
{
	Ctx c;
	Progress p;
	ctx_init(&c);
	c.tenant = r->c->tenant;
	c.clock = r->c->clock;
	c.lang = r->c->lang;
	progress_begin(&p, r->c, T(r->c->lang, "erasing what was erased since, and checking"));
	Err e = bring_up_to_date(r, &c);
	db_close(c.db);
	progress_end(&p);
	Str problems = e == OK ? STR_NONE : ctx_problems_text(&c);
	if (e != OK)
		(void)fail(r->c, e, "%.*s%.*s", STR_ARG(problems), STR_ARG(c.why));
	ctx_release(&c);
	return e;
}

/* ---- the end ------------------------------------------------------------------------------ */

static Err give_place(Restore *r, const Part *part)
{
	return is_pg(part->url) ? OK : file_move(r->c, part->file, path_of(part->url));
}

/* It was empty, and is again. */
static void undo(Restore *r, const Part *part)
{
	Db *db = NULL;
	if (!str_is_none(part->file))
		remove_files(part);
	if (!part->filled || db_open(r->c, part->url, NULL, &db) != OK)
		return;
	if (db_tidy(r->c, db, "", "DROP SCHEMA public CASCADE; CREATE SCHEMA public") != OK)
		fprintf(stderr, T(r->c->lang, "rampe: %.*s could not be emptied again: drop it\n"), STR_ARG(part->url));
	db_close(db);
}

Err backup_restore(Cli *cli, const RestoreIn *in, Restored *out)
{
	Ctx *c = cli->c;
	Restore r = { .cli = cli,
		      .c = c,
		      .in = in,
		      .data = { .kind = "data", .archive = in->data, .url = in->db },
		      .keys = { .kind = "keys", .archive = in->keys, .url = in->keys_db } };
	Err e = prepare(&r);
	if (e == OK)
		e = open_part(&r, &r.keys, T(c->lang, "opening the keys"));
	if (e == OK)
		e = open_part(&r, &r.data, T(c->lang, "opening the register"));
	if (e == OK)
		e = check_restored(&r);
	if (e == OK)
		e = give_place(&r, &r.keys);
	if (e == OK)
		e = give_place(&r, &r.data);
	if (e != OK) {
		undo(&r, &r.keys);
		undo(&r, &r.data);
	}
	explicit_bzero(r.private_key, sizeof r.private_key);
	keyring_forget(&r.keyring);
	*out = r.done;
	return e;
}
