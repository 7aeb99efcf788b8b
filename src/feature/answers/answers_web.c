#include "feature/answers/answers_web.h"

#include "access/page.h"
#include "answers_html.h"
#include "feature/feature.h"

static ProgrammeId asked(const Request *r)
{
	return (ProgrammeId){ request_id(r, "programme") };
}

static Err answers_get(Ctx *c, Request *r)
{
	AnswersPage page;
	AnswersRoundList list;
	RETURN_IF_ERR(programme_get(c, asked(r), &page.programme));
	RETURN_IF_ERR(answers_rounds(c, asked(r), clock_today(c->clock), &list));
	page.rounds = (AnswersLines){ ARENA_ARRAY(c->arena, list.n, AnswersLine), list.n };
	for (size_t i = 0; i < list.n; i++) {
		const AnswersRound *l = &list.at[i];
		page.rounds.at[i] = (AnswersLine){ l->id, wave_name(c->lang, l->code), l->answered, l->given,
						   l->answered - l->given };
	}
	Str id = uuid_str(c->arena, page.programme.id.v);
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "Answers for the evaluator")),
				     .wide = true,
				     .back = str_printf(c->arena, "/projekt/%.*s", STR_ARG(id)),
				     .back_text = page.programme.name });
	answers_html(h, &page);
	return page_close(r);
}

static Err collect(Ctx *c, const Request *r, Answers *out)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = answers_collect(c, asked(r), (WaveId){ request_id(r, "wave") }, out);
	db_end_read(c);
	return e;
}

/* That the file was made is in the audit before it leaves; and each citizen sees that their answers went out. */
static Err log_export(Ctx *c, Request *r, const Answers *a)
{
	AuditEvent e = actor_event(c, "answers.export");
	e.subject_kind = STR("wave");
	e.subject = request_id(r, "wave");
	e.detail = str_printf(c->arena, "%zu", a->row_count);
	answer_audited(r, &e);
	for (size_t i = 0; i < a->row_count; i++)
		RETURN_IF_ERR(feature_log_read(c, "answers.export", a->rows[i].who));
	return OK;
}

static Buf *file(Ctx *c, Request *r, const Answers *a, const char *what)
{
	Str name = str_printf(c->arena, "%s-%.*s.csv", what, STR_ARG(a->code));
	return answer_file(r, "text/csv; charset=utf-8", str_z(c->arena, name));
}

static Err answers_csv_get(Ctx *c, Request *r)
{
	Answers a;
	RETURN_IF_ERR(collect(c, r, &a));
	RETURN_IF_ERR(log_export(c, r, &a));
	answers_csv(file(c, r, &a, "svar"), &a);
	return OK;
}

static Err answers_codes_get(Ctx *c, Request *r)
{
	Answers a;
	RETURN_IF_ERR(answers_columns(c, asked(r), (WaveId){ request_id(r, "wave") }, &a));
	answers_codes_csv(c, file(c, r, &a, "koder"), &a);
	return OK;
}

static const Route routes[] = {
	ROUTE(GET, "/projekt/{programme}/svar", answers_get, MAY(SEE_PSEUDONYMS, OWN_PROGRAMME), NULL),
	ROUTE(GET, "/projekt/{programme}/svar/{wave}/csv", answers_csv_get, MAY(SEE_PSEUDONYMS, OWN_PROGRAMME), NULL,
	      .lane = LANE_SLOW, .proof = true),
	ROUTE(GET, "/projekt/{programme}/svar/{wave}/koder", answers_codes_get, MAY(SEE_PSEUDONYMS, OWN_PROGRAMME),
	      NULL),
};
const RouteTable answers_routes = ROUTES(routes);
