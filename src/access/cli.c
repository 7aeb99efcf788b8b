#include "access/cli.h"

#include "access/actor.h"
#include "db/commit.h"
#include "db/migrate.h"
#include "db/vault.h"
#include "db/witness.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void say(const char *text)
{
	fprintf(stderr, "rampe: %s\n", text);
}

/* A database that is not there is not made by looking at it. */
static Err check_exists(Cli *cli)
{
	Ctx *c = cli->c;
	Str prefix = STR("sqlite:");
	if (!str_starts(cli->db_url, prefix))
		return OK;
	Str path = str_sub(cli->db_url, prefix.len, cli->db_url.len);
	if (access(str_z(c->arena, path), F_OK) == 0)
		return OK;
	return fail(c, ERR_IO, T(c->lang, "There is no database at %.*s: make one with `rampe init`."), STR_ARG(path));
}

Err cli_database_refused(Cli *cli, Err e)
{
	Ctx *c = cli->c;
	if (c->problem_count > 0)
		return e;
	c->why = str_printf(c->arena, T(c->lang, "The database %.*s cannot be used: %.*s"), STR_ARG(cli->db_url),
			    STR_ARG(c->why));
	return e == ERR_CONFLICT ? ERR_DB : e;
}

Err cli_open(Cli *cli, bool writes)
{
	Ctx *c = cli->c;
	Db *db = NULL;
	RETURN_IF_ERR(check_exists(cli));
	Err e = db_open(c, cli->db_url, NULL, &db);
	if (e != OK)
		return cli_database_refused(cli, e);
	c->db = db;
	e = db_check_version(c, db, &db_migrations);
	if (e == OK)
		e = cli_attach_vault(cli);
	if (e != OK)
		return cli_database_refused(cli, e);
	return writes ? cli_start_writer(cli) : OK;
}

/* What was told, or what the environment says. */
static Str place_told(Str told, const char *variable)
{
	return str_is_none(told) ? str_of(getenv(variable)) : told;
}

/* A file's path with another ending. */
static Str with_ending(const Cli *cli, Str path, Str before, const char *ending)
{
	Str stem = str_ends(path, before) ? str_sub(path, 0, path.len - before.len) : path;
	return str_printf(cli->c->arena, "%.*s%s", STR_ARG(stem), ending);
}

Str cli_keyring_path(const Cli *cli)
{
	Str told = place_told(cli->keyring_told, "RAMPE_KEYRING"), prefix = STR("sqlite:");
	if (!str_is_empty(told) || !str_starts(cli->db_url, prefix))
		return str_is_empty(told) ? STR_NONE : told;
	return with_ending(cli, str_sub(cli->db_url, prefix.len, cli->db_url.len), STR(".db"), ".keyring");
}

/* Beside the keyring, unless told otherwise. */
static Str beside_keyring(const Cli *cli, Str told, const char *ending)
{
	Str keyring = cli_keyring_path(cli);
	if (!str_is_empty(told))
		return told;
	return str_is_none(keyring) ? STR_NONE : with_ending(cli, keyring, STR(".keyring"), ending);
}

Str cli_heads_path(const Cli *cli)
{
	return beside_keyring(cli, place_told(cli->heads_told, "RAMPE_AUDIT_HEADS"), ".heads");
}

Str cli_keys_path(const Cli *cli)
{
	return beside_keyring(cli, STR_NONE, ".keys");
}

Str cli_keys_url(const Cli *cli)
{
	Str url = place_told(cli->keys_told, "RAMPE_KEYS");
	if (!str_is_empty(url))
		return url;
	Str path = cli_keys_path(cli);
	return str_printf(cli->c->arena, "sqlite:%.*s", STR_ARG(path));
}

Str cli_erasures_path(const Cli *cli)
{
	return beside_keyring(cli, place_told(cli->erasures_told, "RAMPE_ERASURES"), ".erasures");
}

Err cli_attach_vault(const Cli *cli)
{
	Ctx *c = cli->c;
	Str keyring = cli_keyring_path(cli);
	if (str_is_none(keyring))
		return fail(
			c, ERR_IO, "%s",
			T(c->lang,
			  "What is registered about people is encrypted: say by --keyring where the keyring stands."));
	RETURN_IF_ERR(vault_attach(c, c->db, cli_keys_url(cli), keyring));
	vault_erasures_in(c->db, cli_erasures_path(cli));
	return OK;
}

Err cli_keyring(const Cli *cli, Keyring *out)
{
	return keyring_read(cli->c, cli_keyring_path(cli), out) == OK ? OK : ERR_IO;
}

Err cli_start_writer(Cli *cli)
{
	Ctx *c = cli->c;
	Keyring keyring;
	RETURN_IF_ERR(commit_start(c, c->db));
	cli->writes = true;
	Err e = cli_keyring(cli, &keyring);
	if (e == OK)
		e = witness_start(c, c->db, &keyring, cli_heads_path(cli));
	keyring_forget(&keyring);
	return e;
}

/* Takes argument `i` and `n - 1` behind it out of the list. */
static void drop(Cli *cli, int i, int n)
{
	memmove(cli->argv + i, cli->argv + i + n, (size_t)(cli->argc - i - n) * sizeof(*cli->argv));
	cli->argc -= n;
}

Str cli_option(Cli *cli, const char *name)
{
	size_t len = strlen(name);
	for (int i = 0; i < cli->argc; i++) {
		char *arg = cli->argv[i];
		if (strcmp(arg, name) == 0 && i + 1 < cli->argc) {
			Str value = str_of(cli->argv[i + 1]);
			drop(cli, i, 2);
			return value;
		}
		if (strncmp(arg, name, len) == 0 && arg[len] == '=') {
			drop(cli, i, 1);
			return str_of(arg + len + 1);
		}
	}
	return STR_NONE;
}

bool cli_flag(Cli *cli, const char *name)
{
	for (int i = 0; i < cli->argc; i++)
		if (strcmp(cli->argv[i], name) == 0) {
			drop(cli, i, 1);
			return true;
		}
	return false;
}

static bool is_option(const char *arg)
{
	return arg[0] == '-' && arg[1] != '\0';
}

Str cli_argument(Cli *cli)
{
	if (cli->argc == 0 || is_option(cli->argv[0]))
		return STR_NONE;
	Str value = str_of(cli->argv[0]);
	drop(cli, 0, 1);
	return value;
}

bool cli_all_taken(Cli *cli)
{
	if (cli->argc == 0)
		return true;
	if (is_option(cli->argv[0]))
		say(str_printf(cli->c->arena, T(cli->c->lang, "unknown option, or one without its value: %s"),
			       cli->argv[0])
			    .ptr);
	else
		say(str_printf(cli->c->arena, T(cli->c->lang, "not understood: %s"), cli->argv[0]).ptr);
	return false;
}

static CliStatus status_for(Err e)
{
	switch (e) {
	case OK: return CLI_DONE;
	case ERR_INVALID:
	case ERR_DENIED:
	case ERR_NOT_FOUND:
	case ERR_CONFLICT:
	case ERR_LIMIT: return CLI_REFUSED;
	case ERR_BUSY:
	case ERR_IO:
	case ERR_DB:
	case ERR_INTERNAL: break;
	}
	return CLI_ENVIRONMENT;
}

void cli_say_windows_1252(Ctx *c, Str file)
{
	say(str_printf(c->arena, T(c->lang, "%.*s: not UTF-8; read as Windows-1252"), STR_ARG(file)).ptr);
}

CliStatus cli_status_in(Cli *cli, Str file, Err e)
{
	Ctx *c = cli->c;
	if (e == OK || c->problem_count == 0)
		return cli_status(cli, e);
	say(str_printf(c->arena, "%.*s: %s", STR_ARG(file), str_z(c->arena, ctx_problems_text(c))).ptr);
	return status_for(e);
}

CliStatus cli_status(Cli *cli, Err e)
{
	Ctx *c = cli->c;
	if (e == OK)
		return CLI_DONE;
	if (c->problem_count > 0)
		say(str_z(c->arena, ctx_problems_text(c)));
	if (!str_is_none(c->why))
		say(str_z(c->arena, c->why));
	if (c->problem_count == 0 && str_is_none(c->why))
		say(err_name(e));
	return status_for(e);
}

void cli_show_usage(const Cli *cli, const Command *command, FILE *to)
{
	Str rest = str_of(T(cli->c->lang, command->usage)), line;
	const char *word = T(cli->c->lang, "usage:");
	int width = (int)strlen(word); /* ASCII in both languages */
	while (str_split(&rest, '\n', &line)) {
		fprintf(to, "%*s rampe %.*s\n", width, word, STR_ARG(line));
		word = "";
	}
}

CliStatus cli_usage(const Cli *cli, const Command *command)
{
	cli_show_usage(cli, command, stderr);
	return CLI_USAGE;
}
