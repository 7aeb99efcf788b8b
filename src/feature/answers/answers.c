#include "feature/answers/answers.h"

#include "db/vault.h"
#include "format/csv_put.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS_MOST = 20000, COLUMNS_MOST = 2000 };

/* ---- columns ----------------------------------------------------------------------- */

static Err add_columns(Ctx *c, const AskedRow *asked, Answers *out)
{
	Question q;
	AnswersColumn column = { .question = asked->id, .kind = asked->kind, .option = STR_NONE };
	RETURN_IF_ERR(question_get(c, asked->id, &q));
	RETURN_IF_ERR(question_options(c, asked->id, &column.options));
	column.name = q.code;
	column.wording = text_in(c->lang, q.wording, q.wording_en);
	bool several = asked->kind == QUESTION_MULTIPLE;
	size_t n = several ? column.options.n : 1;
	if (out->column_count + n > COLUMNS_MOST)
		return ERR_LIMIT;
	for (size_t i = 0; i < n; i++) {
		AnswersColumn *at = &out->columns[out->column_count++];
		*at = column;
		if (!several)
			continue;
		at->option = column.options.at[i].code;
		at->name = str_printf(c->arena, "%.*s_%.*s", STR_ARG(q.code), STR_ARG(at->option));
	}
	return OK;
}

static Err fill_columns(Ctx *c, WaveId wave, Answers *out)
{
	AskedRowList asked;
	RETURN_IF_ERR(wave_questions(c, wave, &asked));
	out->columns = ARENA_ARRAY(c->arena, COLUMNS_MOST, AnswersColumn);
	for (size_t i = 0; i < asked.n; i++)
		if (asked.at[i].kind != QUESTION_TEXT)
			RETURN_IF_ERR(add_columns(c, &asked.at[i], out));
	return OK;
}

/* ---- rows -------------------------------------------------------------------------- */

typedef struct {
	Ctx *c;
	ProgrammeId programme;
	Answers *out;
	ResponseId last;
} Collecting;

static Err begin_row(Collecting *k, const GivenAnswer *given)
{
	Answers *a = k->out;
	if (a->row_count == ROWS_MOST)
		return ERR_LIMIT;
	AnswersRow *row = &a->rows[a->row_count++];
	Ymd day = date_ymd(given->answered);
	*row = (AnswersRow){ .who = given->participant,
			     .month = day.year * 100 + day.month,
			     .complete = given->complete,
			     .cells = ARENA_ARRAY(k->c->arena, a->column_count, AnswersCell) };
	for (size_t i = 0; i < a->column_count; i++)
		row->cells[i] = (AnswersCell){ STR_NONE, (double)NAN };
	k->last = given->response;
	return vault_pseudonym(k->c, k->programme, given->participant, &row->pseudonym);
}

/* Of a question with several answers, one tells that the others were not chosen. */
static AnswersCell cell_of(Ctx *c, const AnswersColumn *column, const GivenAnswer *given, const AnswersCell *before)
{
	bool chosen = str_eq(column->option, given->choice);
	if (str_is_none(column->option))
		return (AnswersCell){ str_is_empty(given->choice) ? STR_NONE : str_dup(c->arena, given->choice),
				      given->number };
	if (chosen || str_is_none(before->choice))
		return (AnswersCell){ chosen ? STR("1") : STR("0"), (double)NAN };
	return *before;
}

static Err take(void *arg, const GivenAnswer *given)
{
	Collecting *k = arg;
	Answers *a = k->out;
	if (a->row_count == 0 || !uuid_eq(k->last.v, given->response.v))
		RETURN_IF_ERR(begin_row(k, given));
	AnswersRow *row = &a->rows[a->row_count - 1];
	for (size_t i = 0; i < a->column_count && !uuid_is_none(given->question.v); i++)
		if (uuid_eq(a->columns[i].question.v, given->question.v))
			row->cells[i] = cell_of(k->c, &a->columns[i], given, &row->cells[i]);
	return OK;
}

static int by_pseudonym(const void *x, const void *y)
{
	return str_cmp(((const AnswersRow *)x)->pseudonym, ((const AnswersRow *)y)->pseudonym);
}

Err answers_columns(Ctx *c, ProgrammeId programme, WaveId id, Answers *out)
{
	Wave wave;
	*out = (Answers){ 0 };
	RETURN_IF_ERR(wave_get(c, id, &wave));
	if (!uuid_eq(wave.programme.v, programme.v) || wave.respondent != RESPONDENT_CITIZEN)
		return ERR_NOT_FOUND;
	out->code = wave.code;
	return fill_columns(c, id, out);
}

Err answers_collect(Ctx *c, ProgrammeId programme, WaveId id, Answers *out)
{
	RETURN_IF_ERR(answers_columns(c, programme, id, out));
	out->rows = ARENA_ARRAY(c->arena, ROWS_MOST, AnswersRow);
	Collecting k = { .c = c, .programme = programme, .out = out };
	RETURN_IF_ERR(answers_given(c, id, clock_today(c->clock), take, &k));
	qsort(out->rows, out->row_count, sizeof *out->rows, by_pseudonym);
	return OK;
}

/* ---- files ------------------------------------------------------------------------- */

static void put_row(CsvWriter *w, const Answers *a, const AnswersRow *row)
{
	csv_put_text(w, row->pseudonym);
	csv_put_int(w, row->month);
	csv_put_int(w, row->complete);
	for (size_t i = 0; i < a->column_count; i++)
		if (a->columns[i].kind == QUESTION_NUMBER)
			csv_put_real(w, row->cells[i].number);
		else
			csv_put_text(w, row->cells[i].choice);
	csv_end_row(w);
}

void answers_csv(Buf *out, const Answers *a)
{
	CsvWriter w = csv_writer(out);
	csv_put_text(&w, STR("pseudonym"));
	csv_put_text(&w, STR("month"));
	csv_put_text(&w, STR("complete"));
	for (size_t i = 0; i < a->column_count; i++)
		csv_put_text(&w, a->columns[i].name);
	csv_end_row(&w);
	for (size_t i = 0; i < a->row_count; i++)
		put_row(&w, a, &a->rows[i]);
}

static void put_code(CsvWriter *w, Str column, Str wording, Str code, Str label)
{
	csv_put_text(w, column);
	csv_put_text(w, wording);
	csv_put_text(w, code);
	csv_put_text(w, label);
	csv_end_row(w);
}

static void put_column(Ctx *c, CsvWriter *w, const AnswersColumn *k)
{
	if (k->options.n == 0)
		put_code(w, k->name, k->wording, STR_NONE, STR_NONE);
	for (size_t i = 0; i < k->options.n; i++) {
		const QuestionOption *o = &k->options.at[i];
		Str label = text_in(c->lang, o->label, o->label_en);
		if (str_is_none(k->option))
			put_code(w, k->name, k->wording, o->code, label);
		else if (str_eq(k->option, o->code))
			put_code(w, k->name, k->wording, STR("1"), label);
	}
}

void answers_codes_csv(Ctx *c, Buf *out, const Answers *a)
{
	CsvWriter w = csv_writer(out);
	put_code(&w, STR("column"), STR("wording"), STR("code"), STR("label"));
	put_code(&w, STR("pseudonym"),
		 str_of(T(c->lang, "The same citizen in all rounds of the programme; says nothing else")), STR_NONE,
		 STR_NONE);
	put_code(&w, STR("month"), str_of(T(c->lang, "When it was answered: year and month")), STR_NONE, STR_NONE);
	put_code(&w, STR("complete"), str_of(T(c->lang, "Everything was answered that was asked")), STR("1"),
		 str_of(T(c->lang, "Yes")));
	put_code(&w, STR("complete"), str_of(T(c->lang, "Everything was answered that was asked")), STR("0"),
		 str_of(T(c->lang, "No")));
	for (size_t i = 0; i < a->column_count; i++)
		put_column(c, &w, &a->columns[i]);
}
