#include "measure/evaluate.h"

#include "measure/snapshot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One thing looked at: does it count, who is it about, what does it measure. */
typedef struct {
	bool in_base, in_numerator;
	size_t person; /* index into people, or SIZE_MAX */
	double value;
} Thing;

typedef struct {
	Thing *at;
	size_t n;
} ThingList;

/* ---- participants -------------------------------------------------------- */

static Err first_job_days(Evaluation *e, ThingList *things)
{
	RETURN_IF_ERR(snapshot_placements(e));
	for (size_t i = 0; i < e->people.n; i++) {
		const EvalPerson *p = &e->people.at[i];
		things->at[i].value = (double)NAN;
		const Spell *spells = e->spells + e->first_placement[i];
		for (size_t j = 0; j < e->spell_count[i] && !p->employed; j++) {
			double days = spells[j].starts - p->admitted;
			if (spell_in_group(spells[j].kind, GROUP_JOB) && days >= 0 && !(things->at[i].value <= days))
				things->at[i].value = days;
		}
	}
	return OK;
}

static Err measure_people(Evaluation *e, const Indicator *in, ThingList *things)
{
	if (in->measure == MEASURE_DAYS_TO_FIRST_JOB)
		return first_job_days(e, things);
	for (size_t i = 0; i < e->people.n; i++)
		things->at[i].value = (double)e->people.at[i].age;
	if (in->measure != MEASURE_CONTACTS)
		return OK;
	EvalCountList counts;
	RETURN_IF_ERR(eval_contacts_per_person(e->c, e->programme, e->day, &counts));
	for (size_t i = 0; i < e->people.n; i++)
		things->at[i].value = 0;
	for (size_t i = 0; i < counts.n; i++) {
		size_t person = snapshot_person(e, counts.at[i].participant);
		if (person != SIZE_MAX)
			things->at[person].value = (double)counts.at[i].n;
	}
	return OK;
}

static Err look_at_people(Evaluation *e, const Indicator *in, ThingList *out)
{
	RETURN_IF_ERR(snapshot_people(e));
	size_t n = e->people.n;
	bool *base = ARENA_ARRAY(e->c->arena, n, bool), *with = ARENA_ARRAY(e->c->arena, n, bool);
	RETURN_IF_ERR(snapshot_mark_all(e, in->of.where, base));
	RETURN_IF_ERR(snapshot_mark_all(e, in->with, with));
	*out = (ThingList){ ARENA_ARRAY(e->c->arena, n, Thing), n };
	for (size_t i = 0; i < n; i++)
		out->at[i] = (Thing){ base[i], base[i] && with[i], i, 0 };
	return in->kind >= INDICATOR_MEAN && in->kind <= INDICATOR_MOST ? measure_people(e, in, out) : OK;
}

/* ---- things that belong to a participant --------------------------------- */

/* Conditions on placements, activities and answers: their own predicates are
 * judged on the row, those of the person by a mark per person. */
typedef bool RowFits(const Evaluation *e, const void *rows, size_t row, const Predicate *k);

static bool is_of_person(PredicateKind kind)
{
	return kind <= PREDICATE_ANSWERED;
}

static Err mark_rows(Evaluation *e, const Condition *k, RowFits *fits, const void *rows, const ThingList *things,
		     bool *member)
{
	memset(member, k == NULL, things->n * sizeof *member);
	if (k == NULL)
		return OK;
	if (k->kind == CONDITION_PREDICATE && is_of_person(k->predicate.kind)) {
		bool *people = ARENA_ARRAY(e->c->arena, e->people.n, bool);
		RETURN_IF_ERR(snapshot_mark(e, &k->predicate, people));
		for (size_t i = 0; i < things->n; i++)
			member[i] = things->at[i].person != SIZE_MAX && people[things->at[i].person];
		return OK;
	}
	if (k->kind == CONDITION_PREDICATE) {
		for (size_t i = 0; i < things->n; i++)
			member[i] = fits(e, rows, i, &k->predicate);
		return OK;
	}
	RETURN_IF_ERR(mark_rows(e, k->left, fits, rows, things, member));
	bool *right = ARENA_ARRAY(e->c->arena, things->n, bool);
	if (k->kind != CONDITION_NOT)
		RETURN_IF_ERR(mark_rows(e, k->right, fits, rows, things, right));
	for (size_t i = 0; i < things->n; i++)
		member[i] = k->kind == CONDITION_NOT   ? !member[i]
			    : k->kind == CONDITION_AND ? member[i] && right[i]
						       : member[i] || right[i];
	return OK;
}

/* Fills in_base and in_numerator of things whose in_base says "of this kind". */
static Err mark_things(Evaluation *e, const Indicator *in, RowFits *fits, const void *rows, ThingList *things)
{
	bool *base = ARENA_ARRAY(e->c->arena, things->n, bool), *with = ARENA_ARRAY(e->c->arena, things->n, bool);
	RETURN_IF_ERR(mark_rows(e, in->of.where, fits, rows, things, base));
	RETURN_IF_ERR(mark_rows(e, in->with, fits, rows, things, with));
	for (size_t i = 0; i < things->n; i++) {
		things->at[i].in_base = things->at[i].in_base && base[i];
		things->at[i].in_numerator = things->at[i].in_base && with[i];
	}
	return OK;
}

/* ---- placements ----------------------------------------------------------- */

static Spell spell_of(const EvalPlacement *p)
{
	return (Spell){ p->kind, p->starts, p->ends };
}

static bool placement_fits(const Evaluation *e, const void *rows, size_t row, const Predicate *k)
{
	const EvalPlacement *p = &((const EvalPlacement *)rows)[row];
	Spell s = spell_of(p);
	switch (k->kind) {
	case PREDICATE_KIND: return has_code(k, (int)p->kind);
	case PREDICATE_DATE: return period_holds(&k->period, p->starts);
	case PREDICATE_LENGTH: return spell_compares(&s, e->day, &k->compare);
	case PREDICATE_OPEN: return spell_is_open(&s, e->day);
	default: return false;
	}
}

/* Fewest contacts in any whole stretch of `months` within the placement; NaN
 * when it is too short to hold one. `days` are in order. A stretch with fewest
 * contacts starts on the first day or right behind a contact, so only these
 * are looked at; both ends only move forward. */
static double fewest_in_stretch(const EvalPlacement *p, Date day, int64_t months, const EvalDay *days, size_t n)
{
	Spell s = spell_of(p);
	Date behind = p->starts + spell_days(&s, day);
	double fewest = (double)NAN;
	size_t first = 0, end = 0;
	for (size_t k = 0; k <= n; k++) {
		Date from = k == 0 ? p->starts : days[k - 1].day + 1;
		Date until = date_add_months(from, (int)months); /* not included */
		if (from < p->starts || until > behind)
			continue;
		while (first < n && days[first].day < from)
			first++;
		while (end < n && days[end].day < until)
			end++;
		if (!(fewest <= (double)(end - first)))
			fewest = (double)(end - first);
	}
	return fewest;
}

static Err measure_company_contacts(Evaluation *e, const Indicator *in, ThingList *things)
{
	EvalDayList days;
	RETURN_IF_ERR(eval_company_contact_days(e->c, e->programme, e->day, &days));
	for (size_t i = 0; i < things->n; i++) {
		const EvalPlacement *p = &e->placements.at[i];
		size_t low = 0, high = days.n;
		while (low < high) {
			size_t mid = low + (high - low) / 2;
			if (uuid_cmp(days.at[mid].placement.v, p->id.v) < 0)
				low = mid + 1;
			else
				high = mid;
		}
		size_t end = low;
		while (end < days.n && uuid_eq(days.at[end].placement.v, p->id.v))
			end++;
		const EvalDay *own = days.at == NULL ? NULL : days.at + low;
		things->at[i].value = fewest_in_stretch(p, e->day, in->stretch_months, own, end - low);
	}
	return OK;
}

static Err look_at_placements(Evaluation *e, const Indicator *in, ThingList *out)
{
	RETURN_IF_ERR(snapshot_placements(e));
	size_t n = e->placements.n;
	*out = (ThingList){ ARENA_ARRAY(e->c->arena, n, Thing), n };
	for (size_t i = 0; i < n; i++) {
		const EvalPlacement *p = &e->placements.at[i];
		Spell s = spell_of(p);
		double value = in->measure == MEASURE_HOURS ? p->hours : spell_days(&s, e->day);
		size_t person = snapshot_person(e, p->participant); /* SIZE_MAX: admitted later, does not count yet */
		bool counts = person != SIZE_MAX && spell_in_group(p->kind, in->of.group);
		out->at[i] = (Thing){ counts, false, person, value };
	}
	RETURN_IF_ERR(mark_things(e, in, placement_fits, e->placements.at, out));
	return in->measure == MEASURE_COMPANY_CONTACTS ? measure_company_contacts(e, in, out) : OK;
}

/* ---- activities ------------------------------------------------------------ */

static bool activity_fits(const Evaluation *e, const void *rows, size_t row, const Predicate *k)
{
	const EvalActivity *a = &((const EvalActivity *)rows)[row];
	(void)e;
	switch (k->kind) {
	case PREDICATE_KIND: return has_code(k, (int)a->kind);
	case PREDICATE_DATE: return period_holds(&k->period, a->day);
	case PREDICATE_HELD: return a->held;
	default: return false;
	}
}

static Err look_at_activities(Evaluation *e, const Indicator *in, ThingList *out)
{
	EvalActivityList rows;
	RETURN_IF_ERR(eval_activities(e->c, e->programme, e->day, &rows));
	*out = (ThingList){ ARENA_ARRAY(e->c->arena, rows.n, Thing), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (Thing){ true, false, SIZE_MAX, 0 };
	return mark_things(e, in, activity_fits, rows.at, out);
}

/* ---- answers --------------------------------------------------------------- */

/* All rows of one response, for the predicates that look at any of its choices. */
typedef struct {
	const EvalAnswer *first;
	size_t n;
	const EvalOptionList *options; /* of the question */
} ResponseRow;

static bool response_fits(const Evaluation *e, const void *rows, size_t row, const Predicate *k)
{
	const ResponseRow *r = &((const ResponseRow *)rows)[row];
	(void)e;
	EvalOption limit = option_coded(r->options, k->values[0].code);
	for (size_t i = 0; i < r->n; i++)
		if (answer_fits(&r->first[i], k, &limit))
			return true;
	return false;
}

static Err look_at_answers(Evaluation *e, const Indicator *in, ThingList *out)
{
	EvalAnswerList answers;
	EvalOptionList options;
	RETURN_IF_ERR(snapshot_people(e));
	RETURN_IF_ERR(eval_options(e->c, e->programme, in->of.question.code, &options));
	RETURN_IF_ERR(eval_answers(e->c, e->programme, in->of.question.code, in->of.wave.code, e->day, &answers));
	ResponseRow *rows = ARENA_ARRAY(e->c->arena, answers.n, ResponseRow);
	*out = (ThingList){ ARENA_ARRAY(e->c->arena, answers.n, Thing), 0 };
	int64_t lowest = 0;
	for (size_t i = 0; i < options.n; i++)
		if (options.at[i].on_scale && options.at[i].position > lowest)
			lowest = options.at[i].position;
	for (size_t i = 0; i < answers.n;) {
		const EvalAnswer *a = &answers.at[i];
		size_t end = i;
		while (end < answers.n && uuid_eq(answers.at[end].response.v, a->response.v))
			end++;
		rows[out->n] = (ResponseRow){ a, end - i, &options };
		double score = a->on_scale ? (double)(lowest - a->position + 1) : (double)NAN;
		out->at[out->n++] = (Thing){ true, false, snapshot_person(e, a->participant), score };
		i = end;
	}
	return mark_things(e, in, response_fits, rows, out);
}

/* ---- the number ------------------------------------------------------------- */

static Err look(Evaluation *e, const Indicator *in, ThingList *out)
{
	switch (in->of.kind) {
	case THINGS_PARTICIPANTS: return look_at_people(e, in, out);
	case THINGS_PLACEMENTS: return look_at_placements(e, in, out);
	case THINGS_ACTIVITIES: return look_at_activities(e, in, out);
	case THINGS_ANSWERS: return look_at_answers(e, in, out);
	case THINGS_CONTACTS: break;
	}
	return fail(e->c, ERR_INTERNAL, "contacts are counted, not looked at");
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* Mean, median, least or most of the values there are. */
static void summarise(Ctx *c, const Indicator *in, const ThingList *things, Measured *out)
{
	double *values = ARENA_ARRAY(c->arena, things->n, double);
	double sum = 0;
	size_t n = 0;
	for (size_t i = 0; i < things->n; i++) {
		if (!things->at[i].in_base || isnan(things->at[i].value))
			continue;
		values[n++] = things->at[i].value;
		sum += things->at[i].value;
	}
	out->numerator = INT_NONE;
	out->denominator = (int64_t)n;
	out->decidable = n > 0;
	if (n == 0)
		return;
	qsort(values, n, sizeof *values, by_value);
	switch (in->kind) {
	case INDICATOR_MEDIAN: out->value = n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2; break;
	case INDICATOR_LEAST: out->value = values[0]; break;
	case INDICATOR_MOST: out->value = values[n - 1]; break;
	default: out->value = sum / (double)n; break;
	}
}

static void collect_behind(Evaluation *e, const Indicator *in, const ThingList *things, Measured *out)
{
	bool *behind = ARENA_ARRAY(e->c->arena, e->people.n, bool);
	for (size_t i = 0; i < things->n; i++) {
		const Thing *t = &things->at[i];
		if (t->person != SIZE_MAX && (in->kind == INDICATOR_SHARE ? t->in_numerator : t->in_base))
			behind[t->person] = true;
	}
	out->behind = ARENA_ARRAY(e->c->arena, e->people.n, ParticipantId);
	for (size_t i = 0; i < e->people.n; i++)
		if (behind[i])
			out->behind[out->behind_count++] = e->people.at[i].id;
}

static Measured counted(int64_t n)
{
	return (Measured){ .numerator = n, .denominator = INT_NONE, .value = (double)n, .decidable = true };
}

static void count_things(const Indicator *in, const ThingList *things, Measured *out)
{
	int64_t base = 0, numerator = 0;
	for (size_t i = 0; i < things->n; i++) {
		base += things->at[i].in_base;
		numerator += things->at[i].in_numerator;
	}
	if (in->kind == INDICATOR_COUNT) {
		*out = counted(base);
		return;
	}
	*out = (Measured){ .numerator = numerator, .denominator = base, .value = (double)NAN, .decidable = base > 0 };
	if (base > 0)
		out->value = (double)numerator / (double)base;
}

/* How many of the things fall in the period: admitted, started, held. */
static Err count_in_period(Evaluation *e, const Indicator *in, Period period, int64_t *n)
{
	if (in->of.kind == THINGS_CONTACTS) {
		int64_t unused;
		return snapshot_contacts(e, &in->of, NULL, period, n, &unused);
	}
	Condition within = { .kind = CONDITION_PREDICATE };
	within.predicate.kind = in->of.kind == THINGS_PARTICIPANTS ? PREDICATE_ADMITTED : PREDICATE_DATE;
	within.predicate.period = period;
	Indicator share = *in;
	share.kind = INDICATOR_SHARE;
	share.with = &within;
	ThingList things;
	Measured m;
	RETURN_IF_ERR(look(e, &share, &things));
	count_things(&share, &things, &m);
	*n = m.numerator;
	return OK;
}

static Err evaluate_growth(Evaluation *e, const Indicator *in, Measured *out)
{
	*out = (Measured){ .numerator = INT_NONE, .denominator = INT_NONE, .value = (double)NAN };
	RETURN_IF_ERR(count_in_period(e, in, in->before, &out->before));
	RETURN_IF_ERR(count_in_period(e, in, in->after, &out->after));
	out->decidable = out->before > 0;
	if (out->decidable)
		out->value = (double)out->after / (double)out->before - 1;
	return OK;
}

static Err evaluate_contacts(Evaluation *e, const Indicator *in, Measured *out)
{
	Period all = { DATE_NONE, DATE_NONE };
	int64_t base, numerator;
	RETURN_IF_ERR(snapshot_contacts(e, &in->of, in->with, all, &base, &numerator));
	if (in->kind == INDICATOR_COUNT)
		*out = counted(base);
	else
		*out = (Measured){ .numerator = numerator,
				   .denominator = base,
				   .value = base > 0 ? (double)numerator / (double)base : (double)NAN,
				   .decidable = base > 0 };
	return OK;
}

static Err evaluate_things(Evaluation *e, const Indicator *in, Measured *out)
{
	ThingList things;
	RETURN_IF_ERR(look(e, in, &things));
	if (in->kind >= INDICATOR_MEAN && in->kind <= INDICATOR_MOST) {
		*out = (Measured){ .value = (double)NAN };
		summarise(e->c, in, &things, out);
	} else {
		count_things(in, &things, out);
	}
	out->estimate =
		in->kind == INDICATOR_SHARE && (in->of.kind == THINGS_PARTICIPANTS || in->of.kind == THINGS_ANSWERS);
	RETURN_IF_ERR(snapshot_people(e));
	collect_behind(e, in, &things, out);
	return OK;
}

Err indicator_evaluate(Evaluation *e, const Indicator *in, Measured *out)
{
	if (in->kind == INDICATOR_GROWTH)
		return evaluate_growth(e, in, out);
	if (in->of.kind == THINGS_CONTACTS)
		return evaluate_contacts(e, in, out);
	return evaluate_things(e, in, out);
}

Interval measured_interval(const Measured *m)
{
	return m->estimate && m->decidable ? share_wilson(m->numerator, m->denominator)
					   : (Interval){ (double)NAN, (double)NAN };
}
