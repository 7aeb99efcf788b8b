#include "access/user_cli.h"

#include "access/oidc_cli.h"
#include "access/second.h"
#include "access/user.h"
#include "db/commit.h"
#include "format/json.h"
#include "session_sql.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { OUTPUT_MOST = 16 * 1048576 };

/* One line from the terminal, unseen, or from standard input. */
static Err read_password(Ctx *c, Str *out)
{
	char line[PASSWORD_MOST * 4 + 2];
	struct termios before, hidden;
	bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
	if (terminal) {
		hidden = before;
		hidden.c_lflag &= ~(tcflag_t)ECHO;
		fprintf(stderr, "%s: ", T(c->lang, "Password"));
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	}
	bool got = fgets(line, sizeof line, stdin) != NULL;
	if (terminal) {
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		fputc('\n', stderr);
	}
	if (!got)
		return refuse(c, "password", "%s", T(c->lang, "No password was given on standard input."));
	line[strcspn(line, "\r\n")] = '\0';
	*out = str_dup(c->arena, str_of(line));
	return OK;
}

/* One of the rows from `first` to `last`. */
static Err enum_option(Ctx *c, const EnumTable *t, int first, int last, const char *field, Str code, int *out)
{
	if (enum_parse(t, code, out) && *out >= first && *out <= last)
		return OK;
	Buf *known = buf_new(c->arena, 1000);
	for (int i = first; i <= last; i++)
		buf_printf(known, "%s%s", i == first ? "" : ", ", t->rows[i].code);
	Str list = buf_str(known);
	return refuse(c, field, T(c->lang, "Must be one of: %.*s."), STR_ARG(list));
}

static Err not_found(Ctx *c, Err e, const char *field, Str what)
{
	if (e == ERR_NOT_FOUND)
		return refuse(c, field, T(c->lang, "There is none called %.*s."), STR_ARG(what));
	return e;
}

typedef struct {
	UserIn in;
	Str hash, name, secret;
	User user;
	UserId id;
} Job;

static Err add_work(Ctx *c, void *arg)
{
	Job *j = arg;
	return user_add(c, &j->in, j->hash, &j->id);
}

static Err password_work(Ctx *c, void *arg)
{
	const Job *j = arg;
	return user_change_password(c, j->user.id, j->hash);
}

static Err token_work(Ctx *c, void *arg)
{
	Job *j = arg;
	return user_add_token(c, j->user.id, j->name, &j->secret);
}

static Err close_work(Ctx *c, void *arg)
{
	const Job *j = arg;
	return user_close(c, j->user.id);
}

static Err reset_work(Ctx *c, void *arg)
{
	const Job *j = arg;
	return second_reset(c, j->user.id);
}

/* Programme by its code, unit by its name. */
static Err find_places(Ctx *c, Str programme, Str unit, UserIn *in)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = OK;
	if (!str_is_none(programme))
		e = not_found(c, access_programme(c, programme, &in->programme), "--programme", programme);
	if (e == OK && !str_is_none(unit))
		e = not_found(c, access_organisation(c, unit, &in->organisation), "--unit", unit);
	if (e == OK && !str_is_none(unit) && !str_is_none(programme)) {
		Err member = access_member(c, in->programme, in->organisation, in->name, &in->member);
		e = member == ERR_NOT_FOUND ? OK : member;
	}
	db_end_read(c);
	return e;
}

static Err read_options(Cli *cli, UserIn *in, bool *with_password)
{
	Ctx *c = cli->c;
	Str role = cli_option(cli, "--role"), lang = cli_option(cli, "--user-lang");
	Str programme = cli_option(cli, "--programme"), unit = cli_option(cli, "--unit");
	in->name = cli_option(cli, "--name");
	*with_password = !cli_flag(cli, "--no-password");
	in->login = cli_argument(cli);
	if (str_is_none(in->name))
		in->name = in->login;
	in->lang = LANG_DA;
	RETURN_IF_ERR(enum_option(c, &role_table, ROLE_PUBLIC + 1, ROLE_LAST_USER, "--role", role, &in->role));
	if (!str_is_none(lang))
		RETURN_IF_ERR(enum_option(c, &lang_table, 0, lang_table.n - 1, "--user-lang", lang, &in->lang));
	return find_places(c, programme, unit, in);
}

static CliStatus add(Cli *cli)
{
	Ctx *c = cli->c;
	Job j = { 0 };
	bool with_password = true;
	Str password;
	Err e = read_options(cli, &j.in, &with_password);
	if (e != OK)
		return cli_status(cli, e);
	if (str_is_none(j.in.login) || !cli_all_taken(cli))
		return cli_usage(cli, &user_command);
	if (with_password)
		e = read_password(c, &password);
	if (e == OK && with_password)
		e = user_hash_password(c, j.in.login, password, &j.hash);
	if (e == OK)
		e = commit_run(c, add_work, &j);
	return cli_status(cli, e);
}

/* The login that stands next, into j->user. */
static Err next_user(Cli *cli, Job *j)
{
	Ctx *c = cli->c;
	Str login = cli_argument(cli);
	RETURN_IF_ERR(db_begin_read(c));
	Err e = user_find(c, str_is_none(login) ? STR("") : login, &j->user);
	db_end_read(c);
	return not_found(c, e, "login", login);
}

static CliStatus password(Cli *cli)
{
	Job j = { 0 };
	Str typed;
	Err e = next_user(cli, &j);
	if (e == OK && !cli_all_taken(cli))
		return CLI_USAGE;
	if (e == OK)
		e = read_password(cli->c, &typed);
	if (e == OK)
		e = user_hash_password(cli->c, j.user.login, typed, &j.hash);
	if (e == OK)
		e = commit_run(cli->c, password_work, &j);
	return cli_status(cli, e);
}

static CliStatus token(Cli *cli)
{
	Job j = { .name = cli_option(cli, "--name") };
	if (str_is_none(j.name))
		j.name = STR("rampe user token");
	Err e = next_user(cli, &j);
	if (e == OK && !cli_all_taken(cli))
		return CLI_USAGE;
	if (e == OK)
		e = commit_run(cli->c, token_work, &j);
	if (e == OK && cli->json)
		printf("{\"token\":\"%.*s\"}\n", STR_ARG(j.secret));
	else if (e == OK)
		printf("%.*s\n", STR_ARG(j.secret));
	return cli_status(cli, e);
}

static CliStatus close_user(Cli *cli)
{
	Job j = { 0 };
	Err e = next_user(cli, &j);
	if (e == OK && !cli_all_taken(cli))
		return CLI_USAGE;
	if (e == OK)
		e = commit_run(cli->c, close_work, &j);
	return cli_status(cli, e);
}

static CliStatus totp_reset(Cli *cli)
{
	Job j = { 0 };
	Err e = next_user(cli, &j);
	if (e == OK && !cli_all_taken(cli))
		return CLI_USAGE;
	if (e == OK)
		e = commit_run(cli->c, reset_work, &j);
	if (e == ERR_NOT_FOUND)
		e = refuse(cli->c, "login", "%s", T(cli->c->lang, "This user has no second step."));
	return cli_status(cli, e);
}

static void list_json(const UserList *users, Buf *out)
{
	JsonWriter j = json_writer(out);
	json_open_object(&j);
	json_key(&j, "users");
	json_open_list(&j);
	for (size_t i = 0; i < users->n; i++) {
		const User *u = &users->at[i];
		json_open_object(&j);
		json_key(&j, "login");
		json_put_text(&j, u->login);
		json_key(&j, "name");
		json_put_text(&j, u->name);
		json_key(&j, "role");
		json_put_text(&j, enum_code(&role_table, (int)u->role));
		json_key(&j, "closed");
		json_put_bool(&j, u->closed != TIME_NONE);
		json_close(&j);
	}
	json_close(&j);
	json_close(&j);
	buf_char(out, '\n');
}

static CliStatus list(Cli *cli)
{
	Ctx *c = cli->c;
	UserList users;
	Err e = db_begin_read(c);
	if (e == OK) {
		e = user_all(c, &users);
		db_end_read(c);
	}
	if (e != OK)
		return cli_status(cli, e);
	Buf *out = buf_new(c->arena, OUTPUT_MOST);
	if (cli->json)
		list_json(&users, out);
	for (size_t i = 0; i < users.n && !cli->json; i++) {
		const User *u = &users.at[i];
		Str role = enum_code(&role_table, (int)u->role);
		buf_printf(out, "%-20.*s %-15.*s %.*s%s\n", STR_ARG(u->login), STR_ARG(role), STR_ARG(u->name),
			   u->closed == TIME_NONE ? "" : T(c->lang, " (closed)"));
	}
	(void)fwrite(out->ptr, 1, out->len, stdout);
	return CLI_DONE;
}

static CliStatus run(Cli *cli)
{
	static const struct {
		const char *name;
		CliStatus (*run)(Cli *cli);
		bool writes;
	} forms[] = {
		{ "add", add, true },
		{ "password", password, true },
		{ "token", token, true },
		{ "close", close_user, true },
		{ "totp-reset", totp_reset, true },
		{ "list", list, false },
		{ "link", oidc_cli_link, true },
		{ "unlink", oidc_cli_unlink, true },
		{ "links", oidc_cli_list, false },
	};
	Str name = cli_argument(cli);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (str_eq_z(name, forms[i].name)) {
			Err e = cli_open(cli, forms[i].writes);
			return e == OK ? forms[i].run(cli) : cli_status(cli, e);
		}
	return cli_usage(cli, &user_command);
}

const Command user_command = {
	"user",
	N_("user add LOGIN --role ROLE [--name NAME] [--programme CODE] [--unit NAME] [--user-lang da|en] "
	   "[--no-password]\n"
	   "user password LOGIN        (the password is read from the terminal or standard input)\n"
	   "user token LOGIN [--name NAME]\n"
	   "user close LOGIN\n"
	   "user totp-reset LOGIN      (turns the second step off, for who has lost phone and recovery codes)\n"
	   "user list\n"
	   "user link LOGIN --issuer ISSUER --subject SUBJECT\n"
	   "user unlink LOGIN --issuer ISSUER --subject SUBJECT\n"
	   "user links"),
	N_("add users, change their passwords, give them API tokens"),
	run,
};
