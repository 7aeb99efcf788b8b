#include "app/retention_cli.h"

#include "feature/erasure/retention.h"
#include "feature/programme/programme.h"
#include "format/json.h"

#include <stdio.h>

enum { OUTPUT_MOST = 256 * 1048576 };

static void tell_json(const Ctx *c, const RetentionPreview *p, Buf *out)
{
	JsonWriter j = json_writer(out);
	json_open_object(&j);
	json_key(&j, "months");
	json_put_int(&j, p->rule.months);
	json_key(&j, "counted_from");
	json_put_text(&j, enum_code(&retention_from_table, p->rule.counted_from));
	json_key(&j, "what");
	json_put_text(&j, enum_code(&retention_what_table, p->rule.what));
	json_key(&j, "keeps");
	json_put_text(&j, enum_code(&erasure_keeps_table, p->rule.keeps));
	json_key(&j, "due");
	json_put_int(&j, p->due);
	json_key(&j, "people");
	json_open_list(&j);
	for (size_t i = 0; i < p->people.n; i++) {
		const RetentionPerson *k = &p->people.at[i];
		json_open_object(&j);
		json_key(&j, "id");
		json_put_text(&j, uuid_str(c->arena, k->id));
		json_key(&j, "kind");
		json_put_text(&j, k->mentor ? STR("mentor") : STR("citizen"));
		json_key(&j, "from");
		json_put_text(&j, date_iso(c->arena, k->last));
		json_key(&j, "due");
		json_put_text(&j, date_iso(c->arena, k->due));
		json_key(&j, "now");
		json_put_bool(&j, k->now);
		json_close(&j);
	}
	json_close(&j);
	json_close(&j);
	buf_char(out, '\n');
}

/* Identifiers, no names: what is printed is soon in a log. */
static void tell_text(Ctx *c, const RetentionPreview *p, Buf *out)
{
	buf_printf(out, T(c->lang, "%s, %lld months from: %s. Due now: %lld of %zu\n"),
		   enum_text(c->lang, &retention_what_table, p->rule.what), (long long)p->rule.months,
		   enum_text(c->lang, &retention_from_table, p->rule.counted_from), (long long)p->due, p->people.n);
	for (size_t i = 0; i < p->people.n; i++) {
		const RetentionPerson *k = &p->people.at[i];
		arena_clear(c->scratch);
		Str id = uuid_str(c->scratch, k->id), due = text_date(c->scratch, c->lang, k->due);
		buf_printf(out, "%s %.*s  %.*s%s\n", k->now ? "*" : " ", STR_ARG(due), STR_ARG(id),
			   k->mentor ? T(c->lang, "  mentor") : "");
	}
}

static Err look(Ctx *c, Str code, Programme *programme, RetentionPreview *out)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = programme_by_code(c, code, programme);
	if (e == ERR_NOT_FOUND)
		e = refuse(c, NULL, T(c->lang, "There is no programme %.*s."), STR_ARG(code));
	if (e == OK)
		e = retention_preview(c, programme->id, out);
	db_end_read(c);
	return e;
}

static CliStatus preview(Cli *cli, const RetentionPreview *p)
{
	Buf *out = buf_new(cli->c->arena, OUTPUT_MOST);
	if (cli->json)
		tell_json(cli->c, p, out);
	else
		tell_text(cli->c, p, out);
	(void)fwrite(out->ptr, 1, out->len, stdout);
	return CLI_DONE;
}

static CliStatus apply(Cli *cli, ProgrammeId programme, int64_t due)
{
	int64_t done = 0;
	Err e = retention_apply(cli->c, programme, due, &done);
	if (e == OK)
		fprintf(stderr, T(cli->c->lang, "rampe: done for %lld people\n"), (long long)done);
	return cli_status(cli, e);
}

static CliStatus retention(Cli *cli)
{
	Programme programme;
	RetentionPreview p;
	bool looks = cli_flag(cli, "--preview"), applies = cli_flag(cli, "--apply");
	Str code = cli_argument(cli);
	if (!cli_all_taken(cli) || str_is_none(code) || looks == applies)
		return cli_usage(cli, &retention_command);
	Err e = cli_open(cli, applies);
	if (e == OK)
		e = look(cli->c, code, &programme, &p);
	if (e != OK)
		return cli_status(cli, e);
	return looks ? preview(cli, &p) : apply(cli, programme.id, p.due);
}

const Command retention_command = { "retention",
				    N_("retention PROGRAMME --preview [--json]\nretention PROGRAMME --apply"),
				    N_("whose data have been kept long enough; erase or archive them"), retention };
