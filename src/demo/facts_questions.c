/* The questionnaires: wording and options, then how often each was chosen. */
#include "demo/facts_table.h"

#include <math.h>

typedef struct FactOptionRow {
	Str set;
	FactOption option;
} FactOptionRow;

enum { UNKNOWN = -1 };

static Err option_row(FactLoader *l, const Csv *csv)
{
	Arena *a = l->c->arena;
	if (!l->options)
		l->options = ARENA_ARRAY(a, l->rows, FactOptionRow);
	FactOptionRow *r = &l->options[l->option_count++];
	FactOption *o = &r->option;
	r->set = str_dup(a, facts_field(l, csv, 0));
	o->code = str_dup(a, facts_field(l, csv, 1));
	o->label_da = str_dup(a, facts_field(l, csv, 2));
	o->label_en = str_dup(a, facts_field(l, csv, 3));
	o->on_scale = str_eq_z(facts_field(l, csv, 4), "yes");
	for (int w = 0; w < 2; w++) {
		int weight;
		RETURN_IF_ERR(facts_int(l, csv, 5 + w, &weight));
		o->weight[w] = weight;
	}
	o->needs = str_dup(a, facts_field(l, csv, 7));
	return OK;
}

static int question_of(const Facts *f, Str code)
{
	for (int i = 0; i < f->question_count; i++)
		if (str_eq(f->questions[i].code, code))
			return i;
	return -1;
}

static int option_of(const FactQuestion *q, Str code)
{
	for (int i = 0; i < q->option_count; i++)
		if (str_eq(q->options[i].code, code))
			return i;
	return -1;
}

static int wave_of(Str wave, Str respondent)
{
	if (str_eq_z(respondent, "company"))
		return str_eq_z(wave, "end") ? WAVE_END_COMPANY : -1;
	if (!str_eq_z(respondent, "citizen"))
		return -1;
	return str_eq_z(wave, "start") ? WAVE_START_CITIZEN : str_eq_z(wave, "end") ? WAVE_END_CITIZEN : -1;
}

static void take_options(FactLoader *l, FactQuestion *q, Str set)
{
	q->options = ARENA_ARRAY(l->c->arena, (size_t)l->option_count, FactOption);
	for (int i = 0; i < l->option_count; i++)
		if (str_eq(l->options[i].set, set))
			q->options[q->option_count++] = l->options[i].option;
}

/* "": everybody; "in_job"; "partner=yes": those who chose yes there. */
static bool take_routing(const Facts *f, FactQuestion *q, Str asked_of)
{
	q->asked_question = q->asked_option = -1;
	q->in_job = str_eq_z(asked_of, "in_job");
	if (q->in_job || str_is_empty(asked_of))
		return true;
	Str code;
	if (!str_split(&asked_of, '=', &code))
		return false;
	q->asked_question = question_of(f, code);
	if (q->asked_question >= 0)
		q->asked_option = option_of(&f->questions[q->asked_question], asked_of);
	return q->asked_option >= 0;
}

static FactLean lean_of(Str name)
{
	return str_eq_z(name, "age")            ? LEAN_AGE
	       : str_eq_z(name, "health")       ? LEAN_HEALTH
	       : str_eq_z(name, "satisfaction") ? LEAN_SATISFACTION
						: LEAN_CHANCE;
}

static Err question_row(FactLoader *l, const Csv *csv)
{
	Facts *f = l->f;
	Arena *a = l->c->arena;
	if (!f->questions)
		f->questions = ARENA_ARRAY(a, l->rows, FactQuestion);
	FactQuestion *q = &f->questions[f->question_count];
	q->code = str_dup(a, facts_field(l, csv, 0));
	if (question_of(f, q->code) >= 0)
		return csv_refuse(csv, l->column[0], "%s", T(l->c->lang, "A question with this code stands above"));
	q->multiple = str_eq_z(facts_field(l, csv, 3), "multiple");
	q->scale = str_dup(a, facts_field(l, csv, 4));
	take_options(l, q, q->scale);
	if (q->option_count == 0)
		return csv_refuse(csv, l->column[4], "%s", T(l->c->lang, "options.csv has no such list"));
	if (!take_routing(f, q, facts_field(l, csv, 5)))
		return csv_refuse(csv, l->column[5], "%s", T(l->c->lang, "No question above has this option"));
	q->leans_on = lean_of(facts_field(l, csv, 6));
	q->text_da = str_dup(a, facts_field(l, csv, 7));
	q->text_en = str_dup(a, facts_field(l, csv, 8));
	Str waves = facts_field(l, csv, 1), name;
	while (str_split(&waves, ' ', &name)) {
		int w = wave_of(name, facts_field(l, csv, 2));
		if (w < 0)
			return csv_refuse(csv, l->column[1], "%s", T(l->c->lang, "There is no such wave"));
		q->n[w] = UNKNOWN;
		q->counts[w] = ARENA_ARRAY(a, (size_t)q->option_count, int);
		for (int i = 0; i < q->option_count; i++)
			q->counts[w][i] = UNKNOWN;
	}
	f->question_count++;
	return OK;
}

static Err survey_row(FactLoader *l, const Csv *csv)
{
	int qi = question_of(l->f, facts_field(l, csv, 0)), w = wave_of(facts_field(l, csv, 1), facts_field(l, csv, 2));
	if (qi < 0 || w < 0 || !l->f->questions[qi].counts[w])
		return csv_refuse(csv, l->column[0], "%s",
				  T(l->c->lang, "questions.csv does not ask this in this wave"));
	FactQuestion *q = &l->f->questions[qi];
	int option = option_of(q, facts_field(l, csv, 4)), n;
	if (option < 0)
		return csv_refuse(csv, l->column[4], "%s", T(l->c->lang, "The question has no such option"));
	RETURN_IF_ERR(facts_int(l, csv, 3, &n));
	if (q->n[w] != UNKNOWN && q->n[w] != n)
		return csv_refuse(csv, l->column[3], "%s", T(l->c->lang, "n differs from the row above"));
	q->n[w] = n;
	return facts_int(l, csv, 5, &q->counts[w][option]);
}

/* The whole count of `n` that is printed as `percent`: the nearest one, when
 * its share rounds (half up) to it. */
static bool count_of_percent(int n, int percent, int *count)
{
	*count = (2 * n * percent + 100) / 200;
	return n > 0 && (200 * *count + n) / (2 * n) == percent;
}

static Err percent_count(FactLoader *l, const Csv *csv, int column, int n, int *count)
{
	int percent;
	RETURN_IF_ERR(facts_int(l, csv, column, &percent));
	if (percent > 100 || !count_of_percent(n, percent, count))
		return csv_refuse(csv, l->column[column], T(l->c->lang, "No whole number of %d is %d percent"), n,
				  percent);
	return OK;
}

static Err prepost_row(FactLoader *l, const Csv *csv)
{
	Facts *f = l->f;
	int qi = question_of(f, facts_field(l, csv, 0)), option = -1;
	for (int i = 0; qi >= 0 && i < f->questions[qi].option_count; i++)
		if (str_eq(f->questions[qi].options[i].label_da, facts_field(l, csv, 1)))
			option = i;
	if (option < 0)
		return csv_refuse(csv, l->column[1], "%s", T(l->c->lang, "The question has no such option"));
	FactQuestion *q = &f->questions[qi];
	for (int w = WAVE_START_CITIZEN; w <= WAVE_END_CITIZEN; w++) {
		if (!q->counts[w])
			return csv_refuse(csv, l->column[0], "%s",
					  T(l->c->lang, "questions.csv does not ask this in this wave"));
		RETURN_IF_ERR(percent_count(l, csv, 2 + w, f->answered[w], &q->counts[w][option]));
	}
	return OK;
}

/* "a+b": the options' sum; all but one of them are known by then. */
static Err set_options(FactLoader *l, const Csv *csv, FactQuestion *q, Str codes, int sum)
{
	int *counts = q->counts[WAVE_START_CITIZEN], open = -1, known = 0;
	Str code;
	while (str_split(&codes, '+', &code)) {
		int i = option_of(q, code);
		if (i < 0 || (counts[i] == UNKNOWN && open >= 0))
			return csv_refuse(csv, l->column[4], "%s", T(l->c->lang, "The question has no such option"));
		if (counts[i] == UNKNOWN)
			open = i;
		else
			known += counts[i];
	}
	if (open < 0 ? known != sum : known > sum)
		return csv_refuse(csv, l->column[4], "%s", T(l->c->lang, "The parts are larger than the whole"));
	if (open >= 0)
		counts[open] = sum - known;
	return OK;
}

/* The internal evaluation's figure where both print one. */
static Err profile_row(FactLoader *l, const Csv *csv, bool sums)
{
	Facts *f = l->f;
	Str question = facts_field(l, csv, 3), option = facts_field(l, csv, 4);
	if (str_is_empty(question) || (str_find(option, '+', 0) != SIZE_MAX) != sums)
		return OK;
	int n, count;
	RETURN_IF_ERR(facts_int_or(l, csv, 0, f->answered[WAVE_START_CITIZEN], &n));
	if (n != f->answered[WAVE_START_CITIZEN])
		return csv_refuse(csv, l->column[0], "%s", T(l->c->lang, "n differs from the start questionnaires"));
	int column = str_is_empty(facts_field(l, csv, 1)) ? 2 : 1;
	RETURN_IF_ERR(percent_count(l, csv, column, n, &count));
	if (str_eq_z(question, "gender")) {
		f->women = str_eq_z(option, "female") ? count : n - count;
		return OK;
	}
	if (str_eq_z(question, "age")) {
		f->age_at_least_count = count;
		return facts_int(l, csv, 4, &f->age_at_least);
	}
	int qi = question_of(f, question);
	if (qi < 0 || !f->questions[qi].counts[WAVE_START_CITIZEN])
		return csv_refuse(csv, l->column[3], "%s",
				  T(l->c->lang, "questions.csv does not ask this in this wave"));
	return set_options(l, csv, &f->questions[qi], option, count);
}

static Err profile_part(FactLoader *l, const Csv *csv)
{
	return profile_row(l, csv, false);
}

static Err profile_sum(FactLoader *l, const Csv *csv)
{
	return profile_row(l, csv, true);
}

/* What is not printed is the rest, spread by the options' weights. */
static Err fill_rest(FactLoader *l, FactQuestion *q, int w)
{
	int *counts = q->counts[w], rest = q->n[w];
	double *weights = ARENA_ARRAY(l->c->arena, (size_t)q->option_count, double), all = 0;
	for (int i = 0; i < q->option_count; i++) {
		if (counts[i] != UNKNOWN) {
			rest -= counts[i];
			continue;
		}
		counts[i] = 0;
		weights[i] = q->options[i].weight[w == WAVE_START_CITIZEN ? 0 : 1];
		all += weights[i];
	}
	if (rest < 0 || (rest > 0 && all <= 0))
		return refuse(l->c, "count", T(l->c->lang, "%.*s: the answers add up to %d, not to %d"),
			      STR_ARG(q->code), q->n[w] - rest, q->n[w]);
	double before = 0; /* running sums rounded: the parts add up to the rest */
	for (int i = 0, given = 0; i < q->option_count && all > 0; i++) {
		before += weights[i];
		int upto = (int)floor(rest * before / all + 0.5);
		counts[i] += upto - given;
		given = upto;
	}
	return OK;
}

static Err complete_question(FactLoader *l, FactQuestion *q, int w)
{
	const Facts *f = l->f;
	if (q->n[w] == UNKNOWN)
		q->n[w] = q->asked_question >= 0 ? f->questions[q->asked_question].counts[w][q->asked_option]
						 : f->answered[w];
	for (int i = 0; i < q->option_count; i++) {
		if (str_eq_z(q->options[i].needs, "employed_at_admission"))
			q->counts[w][i] = f->employed_at_admission;
		if (q->multiple && q->counts[w][i] == UNKNOWN)
			q->counts[w][i] = 0;
	}
	return q->multiple ? OK : fill_rest(l, q, w);
}

Err facts_read_questions(FactLoader *l)
{
	Facts *f = l->f;
	f->women = f->age_at_least_count = UNKNOWN;
	RETURN_IF_ERR(facts_each_row(l, "options.csv",
				     "options option_code option_da option_en on_scale weight_start weight_end needs",
				     option_row));
	RETURN_IF_ERR(facts_each_row(l, "questions.csv",
				     "code waves respondent kind options asked_of leans_on text_da text_en",
				     question_row));
	RETURN_IF_ERR(
		facts_each_row(l, "surveys.csv", "question_code wave respondent n option_code count", survey_row));
	RETURN_IF_ERR(
		facts_each_row(l, "prepost.csv", "question_code option_da start_percent end_percent", prepost_row));
	const char *profile = "n percent_internal percent_external question option";
	RETURN_IF_ERR(facts_each_row(l, "profile.csv", profile, profile_part));
	RETURN_IF_ERR(facts_each_row(l, "profile.csv", profile, profile_sum));
	for (int i = 0; i < f->question_count; i++)
		for (int w = 0; w < FACT_WAVES; w++)
			if (f->questions[i].counts[w])
				RETURN_IF_ERR(complete_question(l, &f->questions[i], w));
	return OK;
}
