#include "app/backup.h"

#include "app/backup_files.h"
#include "app/database_cli.h"
#include "base/file.h"
#include "crypto/archive.h"
#include "db/vault.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TRIES = 3 };

typedef struct {
	Cli *cli;
	Ctx *c;
	const BackupIn *in;
	unsigned char recipient[ARCHIVE_KEY];
	Keyring keyring;
	ArchiveHead head;
	WorkFolder work;
	Str keys_url;
} Backup;

static Str with(const Backup *b, const char *ending)
{
	return str_printf(b->c->arena, "%.*s%s", STR_ARG(b->in->to), ending);
}

/* ---- dumping and trying out -------------------------------------------------------- */

static Err dump_both(Backup *b)
{
	Progress p;
	progress_begin(&p, b->c, T(b->c->lang, "copying the register and its keys"));
	Str data = work_file(b->c, &b->work, "data"), keys = work_file(b->c, &b->work, "keys");
	(void)unlink(data.ptr);
	(void)unlink(keys.ptr);
	RETURN_IF_ERR(database_to_file(b->c, b->cli->db_url, data));
	RETURN_IF_ERR(database_to_file(b->c, b->keys_url, keys));
	progress_end(&p);
	return OK;
}

/* What the copies hold, as a program that has only them would see it. */
static Err check_copies(Backup *b, Str data_url, Str keys_url, int64_t *wrong)
{
	Ctx c;
	Db *db = NULL;
	ctx_init(&c);
	c.tenant = b->c->tenant;
	c.clock = b->c->clock;
	c.lang = b->c->lang;
	Err e = db_open(&c, data_url, NULL, &db);
	c.db = db;
	if (e == OK)
		e = db_check_version(&c, db, &db_migrations);
	if (e == OK)
		e = vault_attach(&c, db, keys_url, cli_keyring_path(b->cli));
	if (e == OK) {
		vault_erasures_in(db, cli_erasures_path(b->cli));
		e = database_check(&c, wrong);
	}
	db_close(db);
	if (e != OK)
		(void)fail(b->c, e, T(b->c->lang, "the copy cannot be used: %.*s"), STR_ARG(c.why));
	ctx_release(&c);
	return e;
}

static Err try_out(Backup *b, int64_t *wrong)
{
	Progress p;
	Ctx *c = b->c;
	Str data_url, keys_url = STR_NONE;
	progress_begin(&p, c, T(c->lang, "trying the copies out"));
	Err e = scratch_make(c, b->cli->db_url, work_file(c, &b->work, "data"), &data_url);
	if (e == OK)
		e = scratch_make(c, b->keys_url, work_file(c, &b->work, "keys"), &keys_url);
	if (e == OK)
		e = check_copies(b, data_url, keys_url, wrong);
	scratch_drop(c, b->cli->db_url, data_url);
	scratch_drop(c, b->keys_url, keys_url);
	progress_end(&p);
	return e;
}

static Err dump_and_try_out(Backup *b)
{
	int64_t wrong = 1;
	for (int i = 0; i < TRIES && wrong > 0; i++) {
		RETURN_IF_ERR(dump_both(b));
		RETURN_IF_ERR(try_out(b, &wrong));
	}
	if (wrong == 0)
		return OK;
	fprintf(stderr, T(b->c->lang, "rampe: not as it must be: %lld; `rampe check` says what\n"), (long long)wrong);
	return b->in->anyway ? OK
			     : fail(b->c, ERR_DB, "%s",
				    T(b->c->lang, "No backup is made of what is not whole; --anyway makes one."));
}

/* ---- sealing ------------------------------------------------------------------------- */

static Err seal(Backup *b, const char *kind, Str engine, const char *what)
{
	Progress p;
	Str sealed = work_file(b->c, &b->work, str_printf(b->c->arena, "%s.sealed", kind).ptr);
	progress_begin(&p, b->c, what);
	b->head.kind = str_of(kind);
	b->head.engine = engine;
	return archive_seal(b->c, &b->head, b->recipient, &b->keyring, work_file(b->c, &b->work, kind), sealed,
			    progress_bytes, &p);
}

static Err make(Backup *b)
{
	Ctx *c = b->c;
	RETURN_IF_ERR(dump_and_try_out(b));
	RETURN_IF_ERR(seal(b, "data", engine_of(b->cli->db_url), T(c->lang, "sealing the register")));
	RETURN_IF_ERR(seal(b, "keys", engine_of(b->keys_url), T(c->lang, "sealing the keys")));
	RETURN_IF_ERR(file_move(c, work_file(c, &b->work, "keys.sealed"), with(b, ".keys")));
	return file_move(c, work_file(c, &b->work, "data.sealed"), with(b, ".data"));
}

static Err still_free(const Backup *b, const char *end)
{
	Str file = with(b, end);
	if (access(file.ptr, F_OK) != 0)
		return OK;
	return fail(b->c, ERR_CONFLICT, T(b->c->lang, "%.*s: there is a backup already"), STR_ARG(file));
}

static Err prepare(Backup *b)
{
	Ctx *c = b->c;
	RETURN_IF_ERR(archive_public_read(c, b->in->recipient, b->recipient));
	RETURN_IF_ERR(still_free(b, ".data"));
	/* Keys alone are those of a backup whose data lie elsewhere, and would be lost without them. Where the data
	 * wait to be moved, they are half of one that was broken off. */
	if (access(with(b, ".part/data.sealed").ptr, F_OK) != 0)
		RETURN_IF_ERR(still_free(b, ".keys"));
	RETURN_IF_ERR(cli_open(b->cli, false)); /* told in the usual words when it cannot be used */
	RETURN_IF_ERR(cli_keyring(b->cli, &b->keyring));
	b->keys_url = cli_keys_url(b->cli);
	RETURN_IF_ERR(work_folder_make(c, with(b, ".part"), &b->work));
	return still_free(b, ".data"); /* another run may have made it meanwhile */
}

Err backup_make(Cli *cli, const BackupIn *in)
{
	Ctx *c = cli->c;
	Backup b = { .cli = cli, .c = c, .in = in, .work = { STR_NONE, -1 } };
	b.head.id = uuid_v7(c->clock, c->random);
	b.head.at = clock_now(c->clock);
	Err e = prepare(&b);
	if (e == OK)
		e = make(&b);
	work_folder_remove(c, &b.work);
	keyring_forget(&b.keyring);
	return e;
}
