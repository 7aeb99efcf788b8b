/* report: a programme's evaluation, collected once and printed in many forms.
 *
 * report_collect reads everything an evaluation shows on a day, inside one
 * read, into a Report of plain tables; the printers (report_html, report_json,
 * report_xlsx) only lay it out, so that a number is the same in all of them.
 * Everything lives in c->arena and speaks c->lang.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "html/html.h"
#include "measure/theory.h"
#include "report_sql.h"
#include "stats/survival.h"

/* A chart that is not a question's. Figures are numbered through the report in
 * the order in which it shows them, the same in all its forms: a number is
 * given to what there is to draw, even where the drawing is left out. */
typedef struct {
	HtmlSafe chart; /* empty when there is none */
	Str caption;
	int number;
} ReportFigure;

/* A line of a table: what, how many, of how many. `of` is 0 where the
 * number is no share of a whole. */
typedef struct {
	Str code; /* the same in every language; unique in its table */
	Str label;
	int64_t n, of;
	double share; /* NaN when `of` is 0 */
} ReportLine;

typedef struct {
	ReportLine *at;
	size_t n;
	Str caption, what; /* of the table, of its first column */
	bool adds_up;      /* its lines are all of the whole, each once */
	int64_t sum;
	int64_t of; /* the same for every line; 0: they differ */
} ReportLineList;

typedef struct {
	QuestionId question;
	Str code, wording, wave, id; /* id: of the figure, unique in the report */
	QuestionKind kind;
	Respondent respondent;
	int64_t n; /* complete responses with an answer */
	ReportLineList options;
	bool compared;  /* shown with its other wave */
	HtmlSafe chart; /* empty when compared */
	int number;
} ReportQuestion;

typedef struct {
	ReportQuestion *at;
	size_t n;
} ReportQuestionList;

/* A question asked at the start and at the end. The two counts are of whoever
 * answered each time: they are not paired. */
typedef struct {
	ReportQuestion *start, *end;
	int64_t both; /* people who answered both times */
	Str id;
	HtmlSafe chart;
	int number;
} ReportComparison;

typedef struct {
	ReportComparison *at;
	size_t n;
} ReportComparisonList;

typedef struct {
	int month;
	int64_t meeting, remote, company, network, total;
} ReportMonthRow;

typedef struct {
	ReportMonthRow *at;
	size_t n;
} ReportMonthTable;

/* One curve with what stands beside it. */
typedef struct {
	Str label;
	int64_t people, events;
	double median; /* months; NaN when it is not reached: more than half are still without the event */
	bool reached;
	Survival survival;
} ReportCurve;

typedef struct {
	ReportCurve *at;
	size_t n;
	Str caption, people, events; /* of the table and its columns */
	Str share;                   /* what a step's share is of */
	int64_t impossible;          /* left out, since they would end before they begin */
	Str not_drawn;               /* names of the curves that the chart leaves out, however many; none: it has all */
} ReportCurveList;

typedef struct {
	GoalLevel level;
	const char *title; /* English, N_() */
	const GoalResult **at;
	size_t n;
} ReportLevel;

typedef struct {
	ReportLevel *at;
	size_t n;
} ReportLevelList;

/* A sentence that a citizen lets be published; whose it is, is not told. */
typedef struct {
	Str code, label; /* what it is about */
	Str words;
} ReportQuote;

typedef struct {
	ReportQuote *at;
	size_t n;
} ReportQuoteList;

typedef struct {
	Lang lang;
	Date day;
	Time made;
	ReportProgramme programme;
	ReportPartner *partners;
	size_t partner_count;
	int64_t participants, places, places_original;
	GoalResultList goals;
	ReportLevelList levels;
	GoalTally tally;      /* of the goals */
	ReportFigure theory;  /* without caption and chart when it is too large for a page */
	int64_t theory_boxes; /* 0: the programme has no theory of change, or there is no broker to draw it */
	TheoryAssumptionList assumptions;
	ReportLineList status;        /* adds up to participants */
	ReportLineList profile;       /* all participants */
	ReportLineList profile_start; /* those who answered at start */
	double age_mean;
	int64_t age_least, age_most, answered_start;
	ReportQuestionList questions;  /* of all waves but the citizens' start, by respondent and wave */
	ReportQuestionList background; /* what citizens answered at the start */
	ReportComparisonList comparisons;
	ReportQuoteList quotes;   /* what consent_quotes gives, nothing else */
	bool says_to_some_degree; /* a chart marks "at least to some degree" */
	ReportMonthTable months;
	ReportMonthRow contacts; /* the totals */
	ReportFigure months_figure;
	ReportCurveList first_job, job; /* all first, then by partner */
	ReportFigure first_job_figure, job_figure;
	ReportLineList placements;             /* by kind, relationships */
	int64_t employments, employments_long; /* relationships; lasting over the programme's retention threshold */
	int64_t ever_employed;                 /* people */
	ReportActivityList activities;
	int64_t mentored; /* citizens with a volunteer mentor */
	ReportLineList completeness, waves;
	int64_t incomplete; /* responses begun and left out */
} Report;

/* NOT_FOUND: no programme with this code. `day` DATE_NONE: the programme's
 * status date. Inside a read. Without a converters' broker (c->convert) the
 * theory of change is left out. */
MUST_USE Err report_collect(Ctx *c, Str programme, Date day, Report *out);

/* What every form of a made-up programme's evaluation says about its people. */
const char *report_notice(const Ctx *c);

/* The evaluation's content, for a page that has its own frame. */
void report_body(Ctx *c, Buf *out, const Report *r);
/* A document that stands alone: styles and fonts inside, no scripts. */
MUST_USE Err report_html(Ctx *c, Buf *out, const Report *r);
/* The same numbers and texts as a JSON document. */
MUST_USE Err report_json(Ctx *c, Buf *out, const Report *r);
/* Every table as a sheet. */
MUST_USE Err report_xlsx(Ctx *c, Buf *out, const Report *r);
/* Tagged PDF of report_html, through the converter broker. */
MUST_USE Err report_pdf(Ctx *c, Buf *out, const Report *r);

#endif
