#include "access/actor.h"
#include "app/lists.h"
#include "base/utf8.h"
#include "convert/convert.h"
#include "db/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* $RAMPE_DB, or rampe.db in the user's data folder. */
static Str default_db(Ctx *c)
{
	const char *told = getenv("RAMPE_DB"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	if (told != NULL && told[0] != '\0')
		return str_of(told);
	if (data != NULL && data[0] == '/')
		return str_printf(c->arena, "sqlite:%s/rampe/rampe.db", data);
	return str_printf(c->arena, "sqlite:%s/.local/share/rampe/rampe.db", home == NULL ? "" : home);
}

static CliStatus help(Ctx *c, FILE *to, CliStatus status)
{
	fprintf(to, "rampe %s\n\n", RAMPE_VERSION);
	for (const Command *const *k = feature_commands; *k != NULL; k++)
		fprintf(to, "rampe %-8s %s\n", (*k)->name, T(c->lang, (*k)->about));
	fprintf(to, "\n%s\n", T(c->lang, "rampe help COMMAND says what a command takes."));
	fprintf(to, "%s\n",
		T(c->lang, "--db sqlite:PATH | postgres://…   --keyring FILE   --keys sqlite:PATH | postgres://…   "
			   "--audit-heads FILE   --erasures FILE   --lang da|en   --json   --version"));
	return status;
}

static const Command *find_command(const char *name)
{
	for (const Command *const *k = feature_commands; *k != NULL; k++)
		if (strcmp((*k)->name, name) == 0)
			return *k;
	return NULL;
}

/* The broker must be forked before the command starts threads or opens databases. */
static CliStatus run_converting(Cli *cli, const Command *command)
{
	Ctx *c = cli->c;
	Convert convert;
	Err e = convert_start(c, feature_readers, &convert);
	if (e != OK)
		return cli_status(cli, e);
	c->convert = &convert;
	CliStatus status = command->run(cli);
	c->convert = NULL;
	convert_stop(&convert);
	return status;
}

/* The number of the first argument that is not UTF-8; 0: all are. */
static int wrong_argument(const Cli *cli)
{
	for (int i = 0; i < cli->argc; i++)
		if (!utf8_valid(str_of(cli->argv[i]), NULL))
			return i + 1;
	return 0;
}

static CliStatus run(Cli *cli)
{
	Ctx *c = cli->c;
	int wrong = wrong_argument(cli);
	Str lang = cli_option(cli, "--lang");
	Str db = cli_option(cli, "--db");
	cli->keyring_told = cli_option(cli, "--keyring");
	cli->keys_told = cli_option(cli, "--keys");
	cli->heads_told = cli_option(cli, "--audit-heads");
	cli->erasures_told = cli_option(cli, "--erasures");
	cli->json = cli_flag(cli, "--json");
	cli->db_told = !str_is_none(db);
	cli->db_url = cli->db_told ? db : default_db(c);
	if (!str_is_none(lang) && !lang_parse(lang, &c->lang)) {
		fputs("rampe: --lang da | --lang en\n", stderr);
		return CLI_USAGE;
	}
	if (wrong > 0) {
		fprintf(stderr, T(c->lang, "rampe: argument %d is not valid UTF-8\n"), wrong);
		return CLI_USAGE;
	}
	if (cli_flag(cli, "--version")) {
		puts("rampe " RAMPE_VERSION);
		return CLI_DONE;
	}
	bool asked = cli_flag(cli, "--help") || cli_flag(cli, "-h");
	Str name = cli_argument(cli);
	if (str_eq_z(name, "help")) {
		asked = true;
		name = cli_argument(cli);
	}
	const Command *command = str_is_none(name) ? NULL : find_command(str_z(c->arena, name));
	if (asked && str_is_none(name))
		return help(c, stdout, CLI_DONE);
	if (command == NULL) {
		if (!str_is_none(name))
			fprintf(stderr, T(c->lang, "rampe: there is no command “%.*s”\n"), STR_ARG(name));
		return help(c, stderr, CLI_USAGE);
	}
	if (asked) {
		printf("%s\n", T(c->lang, command->about));
		cli_show_usage(cli, command, stdout);
		if (command->explain != NULL)
			command->explain(cli, stdout);
		return CLI_DONE;
	}
	return command->converts ? run_converting(cli, command) : command->run(cli);
}

int main(int argc, char **argv)
{
	Ctx c;
	(void)umask(077); /* what is written holds data about people: databases, reports, exports */
	ctx_init(&c);
	str_hash_seed(random_u64(c.random));
	c.tenant = tenant_default();
	Cli cli = { .c = &c, .argc = argc > 0 ? argc - 1 : 0, .argv = argv + 1 };
	CliStatus status = run(&cli);
	Db *db = c.db;
	db_close(db);
	ctx_release(&c);
	return (int)status;
}
