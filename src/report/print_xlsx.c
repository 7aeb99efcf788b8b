/* The evaluation as a workbook, every table a sheet. */
#include "report/report.h"

#include "format/xlsx.h"
#include "report/view.h"

#include <math.h>

enum { SHEETS_MOST = 40 };
static const double DAYS_A_MONTH = 365.25 / 12;

typedef struct {
	Ctx *c;
	Str note;
	XlsxTable tables[SHEETS_MOST];
	size_t n;
	XlsxCell *next; /* where the current sheet's next cell goes */
} Book;

static Str tr(const Book *b, const char *english)
{
	return str_of(T(b->c->lang, english));
}

/* A sheet of so many rows at most; the cells follow by add_cell, row after row. */
static void open_sheet(Book *b, Str sheet, Str title, const Str *heads, size_t columns, size_t rows)
{
	Str *own = ARENA_ARRAY(b->c->arena, columns, Str);
	for (size_t i = 0; i < columns; i++)
		own[i] = heads[i];
	XlsxCell *cells = ARENA_ARRAY(b->c->arena, columns * rows, XlsxCell);
	b->tables[b->n++] = (XlsxTable){ .sheet = sheet,
					 .title = title,
					 .note = b->note,
					 .heads = own,
					 .columns = columns,
					 .cells = cells,
					 .rows = rows };
	b->next = cells;
}

static void add_cell(Book *b, XlsxCell cell)
{
	*b->next++ = cell;
}

static void add_text(Book *b, Str text)
{
	add_cell(b, xlsx_text(str_is_empty(text) ? STR_NONE : text));
}

static void add_lines(Book *b, const char *sheet, const ReportLineList *lines)
{
	const Str heads[] = { lines->what, tr(b, N_("Number")), tr(b, N_("of")), tr(b, N_("Share")) };
	open_sheet(b, tr(b, sheet), lines->caption, heads, 4, lines->n + lines->adds_up);
	for (size_t i = 0; i < lines->n; i++) {
		const ReportLine *l = &lines->at[i];
		add_text(b, l->label);
		add_cell(b, xlsx_int(l->n));
		add_cell(b, l->of > 0 ? xlsx_int(l->of) : xlsx_text(STR_NONE));
		add_cell(b, xlsx_percent(l->share, 1));
	}
	if (!lines->adds_up)
		return;
	add_text(b, tr(b, N_("All")));
	add_cell(b, xlsx_int(lines->sum));
	add_cell(b, xlsx_int(lines->sum));
	add_cell(b, xlsx_percent(1, 1));
}

static void add_programme(Book *b, const Report *r, const ReportView *v)
{
	const Str heads[] = { tr(b, N_("Information")), tr(b, N_("Value")) };
	const struct {
		const char *label;
		Str value;
	} rows[] = { { N_("Programme"), r->programme.name },
		     { N_("Status date"), v->date },
		     { N_("Run by"), v->owner },
		     { N_("Partners"), v->partners },
		     { N_("Funded by"), v->funder },
		     { N_("Period"), v->period },
		     { N_("Intake"), v->intake } };
	size_t n = sizeof rows / sizeof rows[0];
	open_sheet(b, tr(b, N_("Programme")), r->programme.name, heads, 2, n);
	for (size_t i = 0; i < n; i++) {
		add_text(b, tr(b, rows[i].label));
		add_text(b, rows[i].value);
	}
}

/* ---- goals ---------------------------------------------------------------------- */

static XlsxCell status_cell(const Book *b, GoalStatus status)
{
	return xlsx_text(tr(b, enum_label(&goal_status_table, (int)status)));
}

static XlsxCell count_cell(int64_t n)
{
	return n == INT_NONE ? xlsx_text(STR_NONE) : xlsx_int(n);
}

/* In per cent, as the result beside it; empty where there is none. */
static void add_interval(Book *b, const Measured *m)
{
	Interval i = m == NULL ? (Interval){ (double)NAN, (double)NAN } : measured_interval(m);
	add_cell(b, xlsx_real(i.low * 100, 1));
	add_cell(b, xlsx_real(i.high * 100, 1));
}

static void add_goals(Book *b, const Report *r)
{
	const Str heads[] = { tr(b, N_("Goal")),
			      tr(b, N_("Level")),
			      tr(b, N_("What was to be reached")),
			      tr(b, N_("Measured by")),
			      tr(b, N_("Unit")),
			      tr(b, N_("Target")),
			      tr(b, N_("Numerator")),
			      tr(b, N_("of")),
			      tr(b, N_("Result")),
			      tr(b, N_("95 %, lower")),
			      tr(b, N_("95 %, upper")),
			      tr(b, N_("Status")),
			      tr(b, N_("Status against the original target")) };
	open_sheet(b, tr(b, N_("Goals")), tr(b, N_("Goals and results")), heads, sizeof heads / sizeof heads[0],
		   r->goals.n);
	for (size_t i = 0; i < r->goals.n; i++) {
		const GoalResult *g = &r->goals.at[i];
		const Measured *m = g->definition_count > 0 ? &g->definitions[0].measured : NULL;
		double target = g->targets.n > 0 ? g->targets.at[g->targets.n - 1].value : (double)NAN;
		add_text(b, g->goal.code);
		add_text(b, tr(b, enum_label(&goal_level_table, (int)g->goal.level)));
		add_text(b, g->wording);
		add_text(b, g->proxy);
		add_text(b, tr(b, enum_label(&goal_unit_table, (int)g->goal.unit)));
		add_cell(b, xlsx_real(target, 1));
		bool counted = m != NULL && m->decidable;
		add_cell(b, count_cell(counted ? m->numerator : INT_NONE));
		add_cell(b, count_cell(counted ? m->denominator : INT_NONE));
		add_cell(b, xlsx_real(goal_value(g), 1));
		add_interval(b, m);
		add_cell(b, status_cell(b, g->status));
		add_cell(b, status_cell(b, g->status_original));
	}
}

static void add_definitions(Book *b, const ReportView *v)
{
	const Str heads[] = { tr(b, N_("Goal")),
			      tr(b, N_("Definition")),
			      tr(b, N_("How it is computed")),
			      tr(b, N_("In Rampe's language")),
			      tr(b, N_("Result")),
			      tr(b, N_("95 %, lower")),
			      tr(b, N_("95 %, upper")),
			      tr(b, N_("Status")),
			      tr(b, N_("In force from")) };
	size_t rows = 0;
	for (size_t l = 0; l < v->levels.n; l++)
		for (size_t i = 0; i < v->levels.at[l].goals.n; i++)
			rows += v->levels.at[l].goals.at[i].definitions.n;
	open_sheet(b, tr(b, N_("Definitions")), tr(b, N_("How every number is computed")), heads,
		   sizeof heads / sizeof heads[0], rows);
	for (size_t l = 0; l < v->levels.n; l++)
		for (size_t i = 0; i < v->levels.at[l].goals.n; i++) {
			const GoalView *g = &v->levels.at[l].goals.at[i];
			for (size_t k = 0; k < g->definitions.n; k++) {
				const DefinitionView *d = &g->definitions.at[k];
				add_text(b, g->code);
				add_text(b, d->name);
				add_text(b, d->words);
				add_text(b, d->expression);
				add_text(b, d->result);
				add_interval(b, d->measured);
				add_cell(b, status_cell(b, d->status));
				add_text(b, d->since);
			}
		}
}

static void add_targets(Book *b, const Report *r)
{
	const Str heads[] = { tr(b, N_("Goal")), tr(b, N_("From")), tr(b, N_("Target")), tr(b, N_("Decided by")),
			      tr(b, N_("Why")) };
	size_t rows = 0;
	for (size_t i = 0; i < r->goals.n; i++)
		rows += r->goals.at[i].targets.n;
	open_sheet(b, tr(b, N_("Targets")), tr(b, N_("Every target a goal has had")), heads, 5, rows);
	for (size_t i = 0; i < r->goals.n; i++)
		for (size_t k = 0; k < r->goals.at[i].targets.n; k++) {
			const GoalTarget *t = &r->goals.at[i].targets.at[k];
			add_text(b, r->goals.at[i].goal.code);
			add_cell(b, xlsx_date(t->valid_from));
			add_cell(b, xlsx_real(t->value, 1));
			add_text(b, t->decided_by);
			add_text(b, t->why);
		}
}

/* ---- answers ----------------------------------------------------------------------- */

static size_t count_answers(const ReportQuestionList *list)
{
	size_t rows = 0;
	for (size_t i = 0; i < list->n; i++)
		rows += list->at[i].options.n;
	return rows;
}

static void add_answers(Book *b, const ReportQuestionList *list)
{
	for (size_t i = 0; i < list->n; i++)
		for (size_t k = 0; k < list->at[i].options.n; k++) {
			const ReportQuestion *q = &list->at[i];
			const ReportLine *l = &q->options.at[k];
			add_text(b, tr(b, enum_label(&respondent_table, (int)q->respondent)));
			add_text(b, q->wave);
			add_text(b, q->code);
			add_text(b, q->wording);
			add_text(b, l->label);
			add_cell(b, xlsx_int(l->n));
			add_cell(b, xlsx_int(q->n));
			add_cell(b, xlsx_percent(l->share, 1));
		}
}

static void add_questions(Book *b, const Report *r)
{
	const Str heads[] = {
		tr(b, N_("Who answers")), tr(b, N_("Questionnaire")), tr(b, N_("Code")), tr(b, N_("Question")),
		tr(b, N_("Answer")),      tr(b, N_("Number")),        STR("n"),          tr(b, N_("Share"))
	};
	open_sheet(b, tr(b, N_("Answers")), tr(b, N_("What citizens and companies say")), heads,
		   sizeof heads / sizeof heads[0], count_answers(&r->background) + count_answers(&r->questions));
	add_answers(b, &r->background);
	add_answers(b, &r->questions);
}

static void add_comparisons(Book *b, const Report *r)
{
	const Str heads[] = { tr(b, N_("Question")),           tr(b, N_("Answer")),
			      tr(b, N_("At the start")),       STR("n"),
			      tr(b, N_("At the end")),         STR("n"),
			      tr(b, N_("Answered both times")) };
	size_t rows = 0;
	for (size_t i = 0; i < r->comparisons.n; i++)
		rows += r->comparisons.at[i].end->options.n;
	open_sheet(b, tr(b, N_("Start and end")), tr(b, N_("Answers at the start and at the end, not paired")), heads,
		   7, rows);
	for (size_t i = 0; i < r->comparisons.n; i++) {
		const ReportComparison *k = &r->comparisons.at[i];
		for (size_t o = 0; o < k->end->options.n; o++) {
			add_text(b, k->end->wording);
			add_text(b, k->end->options.at[o].label);
			add_cell(b, xlsx_int(k->start->options.at[o].n));
			add_cell(b, xlsx_int(k->start->n));
			add_cell(b, xlsx_int(k->end->options.at[o].n));
			add_cell(b, xlsx_int(k->end->n));
			add_cell(b, xlsx_int(k->both));
		}
	}
}

static void add_quotes(Book *b, const Report *r)
{
	const Str heads[] = { tr(b, N_("What it is about")), tr(b, N_("In the citizen's own words")) };
	if (r->quotes.n == 0)
		return;
	open_sheet(b, tr(b, N_("Quotes")), tr(b, N_("In the citizens' own words")), heads, 2, r->quotes.n);
	for (size_t i = 0; i < r->quotes.n; i++) {
		add_text(b, r->quotes.at[i].label);
		add_text(b, r->quotes.at[i].words);
	}
}

/* ---- efforts and jobs ---------------------------------------------------------------- */

static void add_month(Book *b, XlsxCell first, const ReportMonthRow *m)
{
	add_cell(b, first);
	add_cell(b, xlsx_int(m->meeting));
	add_cell(b, xlsx_int(m->remote));
	add_cell(b, xlsx_int(m->company));
	add_cell(b, xlsx_int(m->network));
	add_cell(b, xlsx_int(m->total));
}

static void add_contacts(Book *b, const Report *r)
{
	const Str heads[] = { tr(b, N_("Month")),     tr(b, N_("Meetings")), tr(b, N_("Phone, SMS, e-mail")),
			      tr(b, N_("Companies")), tr(b, N_("Others")),   tr(b, N_("All")) };
	open_sheet(b, tr(b, N_("Contacts")), tr(b, N_("Contacts per month")), heads, 6, r->months.n + 1);
	for (size_t i = 0; i < r->months.n; i++)
		add_month(b, xlsx_text(text_month(b->c->arena, b->c->lang, r->months.at[i].month)), &r->months.at[i]);
	add_month(b, xlsx_text(tr(b, N_("All"))), &r->contacts);
}

static void add_activities(Book *b, const Report *r)
{
	const Str heads[] = { tr(b, N_("Kind")), tr(b, N_("Planned")), tr(b, N_("Held")),
			      tr(b, N_("Citizens who came")) };
	open_sheet(b, tr(b, N_("Courses and meetings")), tr(b, N_("Courses and meetings")), heads, 4, r->activities.n);
	for (size_t i = 0; i < r->activities.n; i++) {
		const ReportActivity *a = &r->activities.at[i];
		add_text(b, tr(b, enum_label(&activity_kind_table, (int)a->kind)));
		add_cell(b, xlsx_int(a->planned));
		add_cell(b, xlsx_int(a->held));
		add_cell(b, a->told > 0 ? xlsx_int(a->attended) : xlsx_text(STR_NONE));
	}
}

static void add_curves(Book *b, const char *sheet, const ReportCurveList *curves)
{
	const Str heads[] = { tr(b, N_("Group")),
			      tr(b, N_("Months")),
			      tr(b, N_("At risk")),
			      curves->events,
			      tr(b, N_("No longer followed")),
			      curves->share,
			      tr(b, N_("95 %, lower")),
			      tr(b, N_("95 %, upper")) };
	size_t rows = 0;
	for (size_t i = 0; i < curves->n; i++)
		rows += curves->at[i].survival.count;
	open_sheet(b, tr(b, sheet), curves->caption, heads, sizeof heads / sizeof heads[0], rows);
	for (size_t i = 0; i < curves->n; i++)
		for (size_t k = 0; k < curves->at[i].survival.count; k++) {
			const SurvivalStep *s = &curves->at[i].survival.steps[k];
			add_text(b, curves->at[i].label);
			add_cell(b, xlsx_real(s->time / DAYS_A_MONTH, 2));
			add_cell(b, xlsx_int(s->at_risk));
			add_cell(b, xlsx_int(s->events));
			add_cell(b, xlsx_int(s->censored));
			add_cell(b, xlsx_percent(s->survival, 1));
			add_cell(b, xlsx_percent(s->low, 1));
			add_cell(b, xlsx_percent(s->high, 1));
		}
}

Err report_xlsx(Ctx *c, Buf *out, const Report *r)
{
	ReportView v = report_view(c, r);
	Book *b = ARENA_NEW(c->arena, Book);
	b->c = c;
	b->note = v.notice == NULL ? STR("") : str_of(v.notice);
	add_programme(b, r, &v);
	add_goals(b, r);
	add_definitions(b, &v);
	add_targets(b, r);
	add_lines(b, N_("Status"), &r->status);
	add_lines(b, N_("Profile"), &r->profile);
	add_lines(b, N_("Profile at the start"), &r->profile_start);
	add_questions(b, r);
	add_comparisons(b, r);
	add_quotes(b, r);
	add_contacts(b, r);
	add_activities(b, r);
	add_lines(b, N_("Placements"), &r->placements);
	add_curves(b, N_("Time to the first job"), &r->first_job);
	add_curves(b, N_("How long the jobs last"), &r->job);
	add_lines(b, N_("Completeness"), &r->completeness);
	add_lines(b, N_("Questionnaires"), &r->waves);
	return xlsx_write(c, out, r->programme.name, b->tables, b->n);
}
