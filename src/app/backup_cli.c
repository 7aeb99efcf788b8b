#include "app/backup_cli.h"

#include "app/backup.h"
#include "crypto/archive.h"

#include <stdio.h>
#include <unistd.h>

static CliStatus backup(Cli *cli)
{
	Ctx *c = cli->c;
	BackupIn in = { .to = cli_option(cli, "--to"),
			.recipient = cli_option(cli, "--recipient"),
			.anyway = cli_flag(cli, "--anyway") };
	if (!cli_all_taken(cli) || str_is_empty(in.to) || str_is_empty(in.recipient))
		return cli_usage(cli, &backup_command);
	Err e = backup_make(cli, &in);
	if (e == OK)
		fprintf(stderr, T(c->lang, "rampe: made %.*s.data and %.*s.keys. The keyring is in neither.\n"),
			STR_ARG(in.to), STR_ARG(in.to));
	return cli_status(cli, e);
}

/* Heads that were noted after the backup vouch for entries that are gone with what they stood in. */
static void tell_heads(const Cli *cli)
{
	Str heads = cli_heads_path(cli);
	if (!str_is_none(heads) && access(str_z(cli->c->arena, heads), F_OK) == 0)
		fprintf(stderr,
			T(cli->c->lang,
			  "rampe: the audit trail goes on from the backup, and %.*s vouches for what came after: move "
			  "it away, and keep it.\n"),
			STR_ARG(heads));
}

static CliStatus restore(Cli *cli)
{
	Ctx *c = cli->c;
	Restored done = { 0 };
	RestoreIn in = { .data = cli_option(cli, "--data"),
			 .keys = cli->keys_told, /* of this command: the archive */
			 .key = cli_option(cli, "--key"),
			 .db = cli->db_url };
	Str keys_db = cli_option(cli, "--keys-db");
	cli->keys_told = keys_db;
	if (!cli_all_taken(cli) || str_is_empty(in.data) || str_is_empty(in.keys) || str_is_empty(in.key))
		return cli_usage(cli, &restore_command);
	in.keys_db = cli_keys_url(cli);
	Err e = backup_restore(cli, &in, &done);
	if (e != OK)
		return cli_status(cli, e);
	fprintf(stderr, T(c->lang, "rampe: restored into %.*s and %.*s; erased once more: %lld\n"), STR_ARG(in.db),
		STR_ARG(in.keys_db), (long long)done.erased);
	fprintf(stderr,
		T(c->lang,
		  "rampe: sessions, codes and tokens of the backup have ended; users who can log in, some of whom may "
		  "have been closed since: %lld. See rampe user list.\n"),
		(long long)done.users);
	tell_heads(cli);
	return CLI_DONE;
}

static CliStatus backup_key(Cli *cli)
{
	Ctx *c = cli->c;
	Str what = cli_argument(cli), path = cli_argument(cli);
	if (!cli_all_taken(cli) || !str_eq_z(what, "make") || str_is_none(path))
		return cli_usage(cli, &backup_key_command);
	Err e = archive_keys_make(c, path);
	if (e == OK)
		fprintf(stderr,
			T(c->lang,
			  "rampe: made %.*s, which opens backups: keep it away from this machine; and %.*s.pub, which "
			  "makes them.\n"),
			STR_ARG(path), STR_ARG(path));
	return cli_status(cli, e);
}

const Command backup_command = { "backup", N_("backup --to FILE --recipient PUBLIC-KEY [--anyway]"),
				 N_("back up the register and its keys, sealed, while servers run"), backup };
const Command restore_command = { "restore",
				  N_("restore --data FILE --keys FILE --key PRIVATE-KEY [--db URL] [--keys-db URL]"),
				  N_("restore a backup into an empty database, and erase again what was erased since"),
				  restore };
const Command backup_key_command = { "backup-key", N_("backup-key make FILE"),
				     N_("make the pair of keys that backups are sealed with"), backup_key };
