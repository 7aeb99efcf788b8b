#include "app/audit_cli.h"

#include "access/actor.h"
#include "app/database_cli.h"
#include "db/audit.h"
#include "db/witness.h"
#include "format/json.h"

#include <stdio.h>

enum { OUTPUT_MOST = 256 * 1048576 };

static CliStatus print(Cli *cli, const Buf *out, CliStatus status)
{
	if (out->failed)
		return cli_status(cli, fail(cli->c, ERR_LIMIT, "more than %d bytes", OUTPUT_MOST));
	(void)fwrite(out->ptr, 1, out->len, stdout);
	return status;
}

/* ---- checking ----------------------------------------------------------------- */

/* Given, or the installation's own. */
static Err public_key(Cli *cli, Str told, unsigned char out[SIGN_PUBLIC])
{
	Ctx *c = cli->c;
	Keyring keyring;
	if (!str_is_none(told))
		return hex_read(told, out, SIGN_PUBLIC)
			       ? OK
			       : refuse(c, "--public-key", "%s",
					T(c->lang,
					  "A public key has 64 hexadecimal digits, as `rampe audit key` says."));
	if (str_is_none(cli_keyring_path(cli)))
		return fail(c, ERR_IO, "%s", T(c->lang, "There is no keyring: say which by --keyring."));
	RETURN_IF_ERR(cli_keyring(cli, &keyring));
	for (size_t i = 0; i < SIGN_PUBLIC; i++)
		out[i] = keyring.audit_public[i];
	keyring_forget(&keyring);
	return OK;
}

/* What was noted outside; nothing where no place for it has ever been told. */
static Err read_noted(Cli *cli, Str key_told, NotedHeads *out)
{
	unsigned char key[SIGN_PUBLIC];
	Str path = cli_heads_path(cli);
	*out = (NotedHeads){ 0 };
	if (str_is_none(path))
		return OK;
	RETURN_IF_ERR(public_key(cli, key_told, key));
	Err e = witness_read(cli->c, path, key, out);
	return e == ERR_NOT_FOUND ? ERR_IO : e;
}

static void tell_check(const Ctx *c, const AuditCheck *check, const NotedHeads *noted, const AuditRow *first, Buf *out)
{
	if (check->broken == 0)
		buf_printf(out, T(c->lang, "ok    the audit's %lld entries follow each other without gap or change\n"),
			   (long long)check->entries);
	else if (check->broken == check->broken_last)
		buf_printf(out, T(c->lang, "WRONG entry %lld of the audit was changed, moved, added or removed\n"),
			   (long long)check->broken);
	else
		buf_printf(out, T(c->lang, "WRONG the audit was written anew from one of the entries %lld to %lld\n"),
			   (long long)check->broken, (long long)check->broken_last);
	if (check->broken > 0 && first->at != TIME_NONE) {
		Str at = time_iso(c->arena, first->at);
		buf_printf(out, "      %lld: %.*s %.*s %.*s\n", (long long)check->broken, STR_ARG(at),
			   STR_ARG(first->actor_name), STR_ARG(first->action));
	}
	if (noted->n == 0)
		buf_z(out,
		      T(c->lang, "      no head of it was noted outside: a trail written anew would not be seen\n"));
	else
		buf_printf(out,
			   T(c->lang, "      compared with %zu signed heads noted outside, the last at entry %lld\n"),
			   noted->n, (long long)noted->at[noted->n - 1].seq);
	if (noted->torn > 0)
		buf_printf(out, T(c->lang, "      lines of the heads' file that are no head: %lld\n"),
			   (long long)noted->torn);
}

static void json_check(const Ctx *c, const AuditCheck *check, const NotedHeads *noted, Buf *out)
{
	JsonWriter j = json_writer(out);
	json_open_object(&j);
	json_key(&j, "entries");
	json_put_int(&j, check->entries);
	json_key(&j, "broken");
	json_put_int(&j, check->broken);
	json_key(&j, "broken_last");
	json_put_int(&j, check->broken_last);
	json_key(&j, "head");
	json_put_text(&j, hex_write(c->arena, check->head, sizeof check->head));
	json_key(&j, "noted");
	json_put_int(&j, (int64_t)noted->n);
	json_key(&j, "noted_last");
	json_put_int(&j, noted->n == 0 ? 0 : noted->at[noted->n - 1].seq);
	json_key(&j, "torn");
	json_put_int(&j, noted->torn);
	json_close(&j);
	buf_char(out, '\n');
}

CliStatus audit_check(Cli *cli)
{
	Ctx *c = cli->c;
	Str key = cli_option(cli, "--public-key");
	NotedHeads noted;
	AuditCheck check = { 0 };
	AuditRow first = { .at = TIME_NONE };
	if (!cli_all_taken(cli))
		return cli_usage(cli, &check_command);
	Err e = cli_open(cli, false);
	if (e == OK)
		e = read_noted(cli, key, &noted);
	if (e == OK)
		e = witness_verify(c, &noted, &check);
	if (e == OK && check.broken > 0 && audit_read_entry(c, check.broken, &first) != OK)
		first = (AuditRow){ .at = TIME_NONE }; /* it is gone, or unreadable */
	if (e != OK)
		return cli_status_in(cli, cli_heads_path(cli), e);
	Buf *out = buf_new(c->arena, OUTPUT_MOST);
	if (cli->json)
		json_check(c, &check, &noted, out);
	else
		tell_check(c, &check, &noted, &first, out);
	return print(cli, out, check.broken == 0 ? CLI_DONE : CLI_WRONG);
}

/* ---- telling ------------------------------------------------------------------ */

static CliStatus show_key(Cli *cli)
{
	unsigned char key[SIGN_PUBLIC];
	Err e = public_key(cli, STR_NONE, key);
	if (e != OK)
		return cli_status(cli, e);
	Str hex = hex_write(cli->c->arena, key, sizeof key);
	printf("%.*s\n", STR_ARG(hex));
	return CLI_DONE;
}

typedef struct {
	Cli *cli;
	Buf *out;
	JsonWriter j;
	int64_t n;
} Telling;

static void put(JsonWriter *j, const char *key, Str text)
{
	json_key(j, key);
	json_put_text(j, text);
}

static Err tell_entry(void *arg, const AuditRow *row)
{
	Telling *t = arg;
	Ctx *c = t->cli->c;
	Str outcome = enum_code(&audit_outcome_table, (int)row->outcome);
	arena_clear(c->scratch);
	t->n++;
	if (!t->cli->json) {
		Str at = text_time(c->scratch, c->lang, row->at);
		buf_printf(t->out, "%.*s  %.*s  %.*s  %.*s  %s\n", STR_ARG(at), STR_ARG(row->actor_name),
			   STR_ARG(row->action), STR_ARG(row->purpose),
			   row->outcome == AUDIT_DONE ? ""
						      : T(c->lang, audit_outcome_table.rows[(int)row->outcome].label));
		return OK;
	}
	json_open_object(&t->j);
	json_key(&t->j, "seq");
	json_put_int(&t->j, row->seq);
	put(&t->j, "at", time_iso(c->scratch, row->at));
	put(&t->j, "who", row->actor_name);
	put(&t->j, "action", row->action);
	put(&t->j, "purpose", row->purpose);
	put(&t->j, "outcome", outcome);
	json_close(&t->j);
	return OK;
}

/* Reading the extract is itself something that was done with the citizen's data. */
static Err log_extract(Ctx *c, void *arg)
{
	AuditEvent e = actor_event(c, "audit.extract");
	e.participant = *(const ParticipantId *)arg;
	return commit_audit(c, &e);
}

static CliStatus about(Cli *cli, Str id)
{
	Ctx *c = cli->c;
	ParticipantId who;
	Telling t = { cli, buf_new(c->arena, OUTPUT_MOST), { 0 }, 0 };
	t.j = json_writer(t.out);
	Err e = uuid_parse(id, &who.v)
			? OK
			: refuse(c, NULL, "%s",
				 T(c->lang, "A citizen is named by the identifier in the page's address."));
	if (e == OK)
		e = cli_open(cli, true);
	if (e == OK)
		e = commit_run(c, log_extract, &who);
	if (cli->json)
		json_open_list(&t.j);
	if (e == OK)
		e = db_begin_read(c);
	if (e == OK) {
		e = audit_read_about(c, who, tell_entry, &t);
		db_end_read(c);
	}
	if (e != OK)
		return cli_status(cli, e);
	if (cli->json) {
		json_close(&t.j);
		buf_char(t.out, '\n');
	}
	return print(cli, t.out, CLI_DONE);
}

static CliStatus audit(Cli *cli)
{
	Str what = cli_argument(cli), id = cli_argument(cli);
	if (!cli_all_taken(cli))
		return cli_usage(cli, &audit_command);
	if (str_eq_z(what, "key") && str_is_none(id))
		return show_key(cli);
	if (str_eq_z(what, "about") && !str_is_none(id))
		return about(cli, id);
	return cli_usage(cli, &audit_command);
}

const Command audit_command = {
	"audit", N_("audit key\naudit about CITIZEN [--json]"),
	N_("the key that signs the audit's heads; who has seen or changed what about a citizen"), audit
};
