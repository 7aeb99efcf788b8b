#include "app/database_cli.h"

#include "access/policy.h"
#include "access/user.h"
#include "app/audit_cli.h"
#include "app/lists.h"
#include "db/migrate.h"
#include "format/json.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUTPUT_MOST = 16 * 1048576, CHECKS_MOST = 16, NAMED_MOST = 8192 };

Err database_folders(Ctx *c, Str path)
{
	for (size_t at = str_find(path, '/', 1); at != SIZE_MAX; at = str_find(path, '/', at + 1)) {
		const char *folder = str_z(c->arena, str_sub(path, 0, at));
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			return fail(c, ERR_IO, "%s: %s", folder, strerror(errno));
	}
	return OK;
}

/* An installation without a keyring gets one, unless it has had one: what that has signed could not be checked. */
static Err prepare_keyring(Cli *cli)
{
	Ctx *c = cli->c;
	Str path = cli_keyring_path(cli), heads = cli_heads_path(cli);
	if (str_is_none(path) || access(str_z(c->arena, path), F_OK) == 0)
		return OK;
	if (!str_is_none(heads) && access(str_z(c->arena, heads), F_OK) == 0)
		return fail(
			c, ERR_IO,
			T(c->lang, "%.*s: the keyring is gone that has signed %.*s. Put it back, or move that away."),
			STR_ARG(path), STR_ARG(heads));
	RETURN_IF_ERR(keyring_make(c, path));
	fprintf(stderr, T(c->lang, "rampe: made the keyring %.*s. Keep a copy of it in another place.\n"),
		STR_ARG(path));
	return OK;
}

Err database_prepare(Cli *cli)
{
	Ctx *c = cli->c;
	Db *db = NULL;
	Str prefix = STR("sqlite:");
	if (str_starts(cli->db_url, prefix))
		RETURN_IF_ERR(database_folders(c, str_sub(cli->db_url, prefix.len, cli->db_url.len)));
	Err e = db_open(c, cli->db_url, NULL, &db);
	if (e != OK)
		return cli_database_refused(cli, e);
	c->db = db;
	e = db_migrate(c, db, &db_migrations);
	if (e == OK)
		e = prepare_keyring(cli);
	if (e == OK)
		e = cli_attach_vault(cli);
	return e == OK ? OK : cli_database_refused(cli, e);
}

static CliStatus prepare(Cli *cli, const Command *command)
{
	if (!cli_all_taken(cli))
		return cli_usage(cli, command);
	Err e = database_prepare(cli);
	if (e == OK)
		fprintf(stderr, T(cli->c->lang, "rampe: the database %.*s is ready\n"), STR_ARG(cli->db_url));
	return cli_status(cli, e);
}

/* A new installation is taken into use by an administrator, who makes the rest in the browser. */
static Err say_what_next(Cli *cli)
{
	Ctx *c = cli->c;
	size_t users = 0;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = user_count(c, &users);
	db_end_read(c);
	if (e != OK || users > 0)
		return e;
	Str db = cli->db_told ? str_printf(c->arena, " --db %.*s", STR_ARG(cli->db_url)) : STR("");
	fprintf(stderr,
		T(c->lang, "rampe: nobody can log in yet. Make the first administrator, then serve the pages:\n"));
	fprintf(stderr, "  rampe user add admin --role administrator%.*s\n  rampe serve%.*s\n", STR_ARG(db),
		STR_ARG(db));
	return OK;
}

static CliStatus init(Cli *cli)
{
	CliStatus status = prepare(cli, &init_command);
	return status == CLI_DONE ? cli_status(cli, say_what_next(cli)) : status;
}

static CliStatus migrate(Cli *cli)
{
	return prepare(cli, &migrate_command);
}

typedef struct {
	int64_t checked, wrong;
	Buf *named; /* lines; NULL: what is wrong is wrong */
} Checked;

static Err run_checks(Ctx *c, Checked *results, int64_t *wrong)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = OK;
	for (size_t i = 0; feature_checks[i].name != NULL && e == OK; i++) {
		e = feature_checks[i].run(c, &results[i].checked, &results[i].wrong);
		if (feature_checks[i].name_some == NULL) {
			*wrong += results[i].wrong;
			continue;
		}
		results[i].named = buf_new(c->arena, NAMED_MOST);
		if (e == OK && results[i].wrong > 0)
			e = feature_checks[i].name_some(c, results[i].named);
	}
	db_end_read(c);
	return e;
}

Err database_check(Ctx *c, int64_t *wrong)
{
	Checked results[CHECKS_MOST] = { { 0 } };
	*wrong = 0;
	return run_checks(c, results, wrong);
}

/* Of what is only to be looked into: which, and the rest by their number. */
static void show_named(Cli *cli, const Checked *result, Buf *out)
{
	Str rest = buf_str(result->named), line;
	int64_t shown = 0;
	while (str_split(&rest, '\n', &line) && !str_is_empty(line)) {
		buf_printf(out, "      %.*s\n", STR_ARG(line));
		shown++;
	}
	if (shown < result->wrong)
		buf_printf(out, T(cli->c->lang, "      … and %lld more\n"), (long long)(result->wrong - shown));
}

static void show_text(Cli *cli, const Checked *results, Buf *out)
{
	for (size_t i = 0; feature_checks[i].name != NULL; i++) {
		const char *what = T(cli->c->lang, feature_checks[i].what);
		long long checked = (long long)results[i].checked, wrong = (long long)results[i].wrong;
		if (wrong > 0 && results[i].named != NULL)
			buf_printf(out, T(cli->c->lang, "LOOK  %s: %s (%lld checked, look into %lld)\n"),
				   feature_checks[i].name, what, checked, wrong);
		else
			buf_printf(out, T(cli->c->lang, "%s %s: %s (%lld checked, %lld wrong)\n"),
				   wrong == 0 ? "ok   " : "WRONG", feature_checks[i].name, what, checked, wrong);
		if (results[i].named != NULL)
			show_named(cli, &results[i], out);
	}
}

static void show_json(const Checked *results, Buf *out)
{
	JsonWriter j = json_writer(out);
	json_open_object(&j);
	json_key(&j, "checks");
	json_open_list(&j);
	for (size_t i = 0; feature_checks[i].name != NULL; i++) {
		json_open_object(&j);
		json_key(&j, "name");
		json_put_text(&j, str_of(feature_checks[i].name));
		json_key(&j, "checked");
		json_put_int(&j, results[i].checked);
		json_key(&j, "wrong");
		json_put_int(&j, results[i].wrong);
		if (results[i].named != NULL) {
			Str rest = buf_str(results[i].named), line;
			json_key(&j, "look_into");
			json_open_list(&j);
			while (str_split(&rest, '\n', &line) && !str_is_empty(line))
				json_put_text(&j, line);
			json_close(&j);
		}
		json_close(&j);
	}
	json_close(&j);
	json_close(&j);
	buf_char(out, '\n');
}

static void route_json(JsonWriter *j, const Route *r)
{
	json_open_object(j);
	json_key(j, "method");
	json_put_text(j, str_of(http_method_name(r->method)));
	json_key(j, "path");
	json_put_text(j, str_of(r->pattern));
	json_key(j, "handler");
	json_put_text(j, str_of(r->name));
	json_key(j, "operation");
	json_put_text(j, enum_code(&operation_table, (int)r->may.operation));
	json_key(j, "reach");
	json_put_text(j, enum_code(&reach_table, (int)r->may.reach));
	json_key(j, "roles");
	json_open_object(j);
	for (int role = 0; role < ROLE_COUNT; role++) {
		json_key_str(j, enum_code(&role_table, role));
		json_put_text(j, enum_code(&reach_table, (int)policy_reach((Role)role, r->may.operation)));
	}
	json_close(j);
	json_close(j);
}

/* Every route and how far each role reaches in it. */
static CliStatus check_routes(void)
{
	Buf out;
	buf_init(&out, OUTPUT_MOST);
	JsonWriter j = json_writer(&out);
	json_open_object(&j);
	json_key(&j, "routes");
	json_open_list(&j);
	for (size_t t = 0; feature_routes[t] != NULL; t++)
		for (size_t i = 0; i < feature_routes[t]->n; i++)
			route_json(&j, &feature_routes[t]->routes[i]);
	json_close(&j);
	json_close(&j);
	(void)fwrite(out.ptr, 1, out.len, stdout);
	fputc('\n', stdout);
	buf_release(&out);
	return CLI_DONE;
}

static CliStatus check_stored(Cli *cli)
{
	Ctx *c = cli->c;
	Checked results[CHECKS_MOST] = { { 0 } };
	int64_t wrong = 0;
	Err e = cli_open(cli, false);
	if (e == OK)
		e = run_checks(c, results, &wrong);
	if (e != OK)
		return cli_status(cli, e);
	Buf *out = buf_new(c->arena, OUTPUT_MOST);
	if (cli->json)
		show_json(results, out);
	else
		show_text(cli, results, out);
	(void)fwrite(out->ptr, 1, out->len, stdout);
	return wrong == 0 ? CLI_DONE : CLI_WRONG;
}

static CliStatus check(Cli *cli)
{
	Str what = cli_argument(cli);
	if (str_eq_z(what, "audit"))
		return audit_check(cli);
	if (!cli_all_taken(cli))
		return cli_usage(cli, &check_command);
	if (str_eq_z(what, "routes"))
		return check_routes();
	return str_is_none(what) ? check_stored(cli) : cli_usage(cli, &check_command);
}

const Command init_command = { "init", "init", N_("make the database, or bring it up to date"), init };
const Command migrate_command = { "migrate", "migrate", N_("bring the database up to date"), migrate };
const Command check_command = { "check", "check\ncheck audit [--public-key HEX]\ncheck routes",
				N_("check what is stored: the audit's chain, the counters; or list who may do what"),
				check };
