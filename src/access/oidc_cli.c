#include "access/oidc_cli.h"

#include "access/oidc_link.h"
#include "db/commit.h"
#include "format/json.h"
#include "http/fetch.h"

#include <stdio.h>

enum { OUTPUT_MOST = 16 * 1048576 };

typedef struct {
	User user;
	OidcIdentity who;
} Job;

static Err link_work(Ctx *c, void *arg)
{
	const Job *j = arg;
	return oidc_link_add(c, j->user.id, &j->who);
}

static Err unlink_work(Ctx *c, void *arg)
{
	const Job *j = arg;
	return oidc_link_remove(c, j->user.id, &j->who);
}

static Err find_user(Ctx *c, Str login, User *out)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = user_find(c, login, out);
	db_end_read(c);
	return e == ERR_NOT_FOUND ? refuse(c, "login", T(c->lang, "There is none called %.*s."), STR_ARG(login)) : e;
}

/* LOGIN --issuer I --subject S */
static CliStatus change(Cli *cli, Err (*work)(Ctx *c, void *arg))
{
	Ctx *c = cli->c;
	Job j = { .who = { cli_option(cli, "--issuer"), cli_option(cli, "--subject") } };
	Str login = cli_argument(cli);
	if (str_is_none(login) || str_is_empty(j.who.issuer) || str_is_empty(j.who.subject) || !cli_all_taken(cli))
		return CLI_USAGE;
	Err e = find_user(c, login, &j.user);
	if (e == OK && !fetch_may_ask(j.who.issuer))
		e = refuse(c, "--issuer", "%s", T(c->lang, "The provider is named by its address: https://…"));
	if (e == OK && !oidc_is_subject(j.who.subject))
		e = refuse(c, "--subject", T(c->lang, "At most %d characters are allowed here."), OIDC_SUBJECT_MOST);
	if (e == OK)
		e = commit_run(c, work, &j);
	if (e == ERR_CONFLICT)
		(void)refuse(c, "--subject", "%s", T(c->lang, "This login belongs to another user of the program."));
	if (e == ERR_DENIED)
		(void)refuse(c, "--subject", "%s",
			     T(c->lang, "This login opens a citizen's own page: it cannot be a user's."));
	if (e == ERR_NOT_FOUND)
		(void)refuse(c, "--subject", "%s", T(c->lang, "This login is not linked to that user."));
	return cli_status(cli, e);
}

CliStatus oidc_cli_link(Cli *cli)
{
	return change(cli, link_work);
}

CliStatus oidc_cli_unlink(Cli *cli)
{
	return change(cli, unlink_work);
}

static void list_json(const OidcLinkLineList *lines, Buf *out)
{
	JsonWriter j = json_writer(out);
	json_open_object(&j);
	json_key(&j, "links");
	json_open_list(&j);
	for (size_t i = 0; i < lines->n; i++) {
		json_open_object(&j);
		json_key(&j, "login");
		json_put_text(&j, lines->at[i].login);
		json_key(&j, "issuer");
		json_put_text(&j, lines->at[i].issuer);
		json_key(&j, "subject");
		json_put_text(&j, lines->at[i].subject);
		json_close(&j);
	}
	json_close(&j);
	json_close(&j);
	buf_char(out, '\n');
}

CliStatus oidc_cli_list(Cli *cli)
{
	Ctx *c = cli->c;
	OidcLinkLineList lines;
	if (!cli_all_taken(cli))
		return CLI_USAGE;
	Err e = db_begin_read(c);
	if (e == OK) {
		e = oidc_link_all(c, &lines);
		db_end_read(c);
	}
	if (e != OK)
		return cli_status(cli, e);
	Buf *out = buf_new(c->arena, OUTPUT_MOST);
	if (cli->json)
		list_json(&lines, out);
	for (size_t i = 0; i < lines.n && !cli->json; i++)
		buf_printf(out, "%-20.*s %.*s %.*s\n", STR_ARG(lines.at[i].login), STR_ARG(lines.at[i].issuer),
			   STR_ARG(lines.at[i].subject));
	(void)fwrite(out->ptr, 1, out->len, stdout);
	return CLI_DONE;
}
