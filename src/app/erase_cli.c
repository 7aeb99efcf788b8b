#include "app/erase_cli.h"

#include "feature/erasure/erasure.h"
#include "feature/programme/programme.h"

#include <stdio.h>

static CliStatus told(Cli *cli, Err e, const char *what, int64_t n)
{
	if (e == OK)
		fprintf(stderr, "rampe: %s %lld\n", what, (long long)n);
	return cli_status(cli, e);
}

static CliStatus finish(Cli *cli)
{
	int64_t finished = 0;
	Err e = cli_open(cli, true);
	if (e == OK)
		e = erasure_finish(cli->c, &finished);
	if (e == OK)
		e = erasure_tidy(cli->c);
	return told(cli, e, T(cli->c->lang, "erasures carried out that were only noted:"), finished);
}

static Err programme_named(Ctx *c, Str code, Programme *out)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = programme_by_code(c, code, out);
	db_end_read(c);
	return e != ERR_NOT_FOUND ? e
				  : refuse(c, NULL, T(c->lang, "%.*s: neither a programme nor a citizen's identifier"),
					   STR_ARG(code));
}

/* A programme's name is typed sooner than a citizen's identifier. */
static Err check_meant(Ctx *c, const Programme *programme, bool yes)
{
	ErasureWhoList people;
	if (yes)
		return OK;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = erasure_of_programme(c, programme->id, &people);
	db_end_read(c);
	return e != OK ? e
		       : refuse(c, "--yes",
				T(c->lang,
				  "%zu citizens of %.*s would be erased for good; --yes says that this is meant."),
				people.n, STR_ARG(programme->name));
}

static Err erase_named(Cli *cli, Str who, Str reason, bool yes, int64_t *erased)
{
	Ctx *c = cli->c;
	Programme programme;
	Uuid id;
	RETURN_IF_ERR(cli_open(cli, true));
	if (uuid_parse(who, &id)) {
		*erased = 1;
		Err e = erasure_run(c, id, reason);
		return e != ERR_NOT_FOUND ? e : refuse(c, NULL, "%s", T(c->lang, "There is no such citizen."));
	}
	RETURN_IF_ERR(programme_named(c, who, &programme));
	RETURN_IF_ERR(check_meant(c, &programme, yes));
	return erasure_run_programme(c, programme.id, reason, erased);
}

static CliStatus erase(Cli *cli)
{
	Ctx *c = cli->c;
	Str reason = cli_option(cli, "--reason");
	bool finishes = cli_flag(cli, "--finish"), yes = cli_flag(cli, "--yes");
	Str who = cli_argument(cli);
	int64_t erased = 0;
	if (!cli_all_taken(cli) || str_is_none(who) != finishes)
		return cli_usage(cli, &erase_command);
	if (finishes)
		return finish(cli);
	if (reason.len > ERASURE_REASON_MOST)
		return cli_status(cli, refuse(c, "--reason", T(c->lang, "At most %d bytes."), ERASURE_REASON_MOST));
	Err e = erase_named(cli, who, reason, yes, &erased);
	return told(cli, e, T(c->lang, "erased:"), erased);
}

const Command erase_command = {
	"erase",
	N_("erase CITIZEN [--reason TEXT]\nerase PROGRAMME --yes [--reason TEXT]\nerase --finish"),
	N_("erase a citizen, or everybody of a programme; the numbers stay"),
	erase,
};
