#include "report/report_web.h"

#include "access/page.h"
#include "http/asset.h"
#include "measure/board.h"
#include "report/report.h"
#include "report/report_page.h"
#include "report_page_html.h"

typedef struct {
	Date date;             /* none: board_day */
	ProgrammeId programme; /* for those who reach several; none: the newest */
} EvaluationIn;
static const Field evaluation_fields[] = {
	FIELD(EvaluationIn, date, FIELD_DATE, N_("As of")),
	FIELD(EvaluationIn, programme, FIELD_ID, N_("Programme")),
};
static const Form evaluation_form = FORM("evaluation", EvaluationIn, evaluation_fields);

typedef struct {
	Date date;
} DayIn;
static const Field day_fields[] = {
	FIELD(DayIn, date, FIELD_DATE, N_("As of"),
	      .hint = N_("The last day that counts; today, or the status date of a programme that is over")),
};
static const Form day_form = FORM("day", DayIn, day_fields);

/* The programmes that the actor reaches, and the one asked for or the newest. */
static Err choose_programme(Ctx *c, const Request *r, ProgrammeId asked, ReportPage *page)
{
	Programme *own = ARENA_NEW(c->arena, Programme);
	page->programmes = (ProgrammeList){ own, 1 };
	if (uuid_is_none(r->scope.programme.v))
		RETURN_IF_ERR(programme_all(c, &page->programmes));
	else
		RETURN_IF_ERR(programme_get(c, r->scope.programme, own));
	page->has_choice = page->programmes.n > 1;
	for (size_t i = 0; i < page->programmes.n && page->programme == NULL; i++)
		if (uuid_is_none(asked.v) || uuid_eq(page->programmes.at[i].id.v, asked.v))
			page->programme = &page->programmes.at[i];
	return page->programme == NULL && !uuid_is_none(asked.v) ? ERR_NOT_FOUND : OK;
}

static Err read_evaluation(Ctx *c, const Request *r, ReportPage *page, Report *report)
{
	const EvaluationIn *in = r->in;
	RETURN_IF_ERR(choose_programme(c, r, in->programme, page));
	if (page->programme == NULL)
		return OK;
	page->day = in->date == DATE_NONE ? board_day(c, page->programme) : in->date;
	return report_collect(c, page->programme->code, page->day, report);
}

static Err evaluation(Ctx *c, const Request *r, ReportPage *page, Report *report)
{
	*page = (ReportPage){ .day = DATE_NONE };
	RETURN_IF_ERR(db_begin_read(c));
	Err e = read_evaluation(c, r, page, report);
	db_end_read(c);
	return e;
}

static Err evaluation_get(Ctx *c, Request *r)
{
	ReportPage page;
	Report report;
	RETURN_IF_ERR(evaluation(c, r, &page, &report));
	page.css = asset_url(c->arena, &asset_table, "/assets/report.css");
	page.css = str_sub(page.css, str_find(page.css, '=', 0) + 1, page.css.len);
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Evaluation")), .wide = true });
	if (page.programme == NULL) {
		report_none_html(h);
		return page_close(r);
	}
	report_page_html(h, &page);
	report_body(c, h->out, &report);
	return page_close(r);
}

/* A file goes where nobody can follow it: that it was made is in the audit before it leaves. */
static void log_export(Ctx *c, Request *r, ProgrammeId programme, const char *form)
{
	AuditEvent e = actor_event(c, "report.export");
	e.subject_kind = STR("programme");
	e.subject = programme.v;
	e.detail = str_of(form);
	answer_audited(r, &e);
}

typedef Err Printer(Ctx *c, Buf *out, const Report *r);

static Err evaluation_file(Ctx *c, Request *r, Printer *print, const char *type, const char *ending)
{
	ReportPage page;
	Report report;
	RETURN_IF_ERR(evaluation(c, r, &page, &report));
	if (page.programme == NULL)
		return ERR_NOT_FOUND;
	Str name = str_printf(c->arena, "%.*s.%s", STR_ARG(page.programme->code), ending);
	log_export(c, r, page.programme->id, ending);
	return print(c, answer_file(r, type, str_z(c->arena, name)), &report);
}

static Err evaluation_pdf(Ctx *c, Request *r)
{
	return evaluation_file(c, r, report_pdf, "application/pdf", "pdf");
}

static Err evaluation_xlsx(Ctx *c, Request *r)
{
	return evaluation_file(c, r, report_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			       "xlsx");
}

static Err evaluation_html(Ctx *c, Request *r)
{
	return evaluation_file(c, r, report_html, "text/html; charset=utf-8", "html");
}

static Err collect_for_api(Ctx *c, const Request *r, Report *report)
{
	const DayIn *in = r->in;
	Programme programme;
	RETURN_IF_ERR(programme_get(c, (ProgrammeId){ request_id(r, "programme") }, &programme));
	return report_collect(c, programme.code, in->date == DATE_NONE ? board_day(c, &programme) : in->date, report);
}

static Err evaluation_api(Ctx *c, Request *r)
{
	Report report;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = collect_for_api(c, r, &report);
	db_end_read(c);
	RETURN_IF_ERR(e);
	log_export(c, r, report.programme.id, "json");
	return report_json(c, answer_json(r), &report);
}

static const Route routes[] = {
	ROUTE(GET, "/evaluering", evaluation_get, MAY(SEE_NUMBERS, OWN_PROGRAMME), &evaluation_form, .lane = LANE_SLOW,
	      .menu = N_("Evaluation"), .menu_place = 50),
	ROUTE(GET, "/evaluering/pdf", evaluation_pdf, MAY(SEE_NUMBERS, OWN_PROGRAMME), &evaluation_form,
	      .lane = LANE_SLOW, .proof = true),
	ROUTE(GET, "/evaluering/xlsx", evaluation_xlsx, MAY(SEE_NUMBERS, OWN_PROGRAMME), &evaluation_form,
	      .lane = LANE_SLOW, .proof = true),
	ROUTE(GET, "/evaluering/html", evaluation_html, MAY(SEE_NUMBERS, OWN_PROGRAMME), &evaluation_form,
	      .lane = LANE_SLOW, .proof = true),
	ROUTE(GET, "/api/v1/programmes/{programme}/evaluation", evaluation_api, MAY(SEE_NUMBERS, OWN_PROGRAMME),
	      &day_form, .lane = LANE_SLOW, .proof = true, .summary = N_("A programme's whole evaluation on a day")),
};
const RouteTable report_routes = ROUTES(routes);
