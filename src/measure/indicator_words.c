/* Says an indicator in plain words, clause by clause, in the reader's language. */
#include "measure/indicator.h"

#include "base/buf.h"
#include "feature/activity/activity_codes.h"

enum { WORDS_MOST = 1 << 18 }; /* an expression of names at their longest */

typedef struct {
	Ctx *c;
	Buf *out;
} Speaker;

static void say(Speaker *s, const char *english)
{
	buf_z(s->out, T(s->c->lang, english));
}

/* As the programme calls it, or as it is written where nobody has looked it up. */
static Str called(const Name *name)
{
	return str_is_empty(name->name) ? name->code : name->name;
}

/* "“Phone”, “SMS” or “E-mail”". */
static void say_values(Speaker *s, const Predicate *k)
{
	for (int i = 0; i < k->value_count; i++) {
		if (i > 0 && i + 1 < k->value_count) {
			buf_z(s->out, ", ");
		} else if (i > 0) {
			buf_char(s->out, ' ');
			say(s, N_("or"));
			buf_char(s->out, ' ');
		}
		Str value =
			k->table == NULL ? called(&k->values[i]) : str_of(enum_text(s->c->lang, k->table, k->codes[i]));
		buf_printf(s->out, T(s->c->lang, "“%.*s”"), STR_ARG(value));
	}
}

static void say_question(Speaker *s, const char *before, const Name *question, const Name *wave)
{
	Str asked = called(question), when = called(wave);
	say(s, before);
	buf_char(s->out, ' ');
	buf_printf(s->out, T(s->c->lang, "“%.*s” (wave “%.*s”)"), STR_ARG(asked), STR_ARG(when));
}

static const char *compare_words(Lang lang, CompareOp op)
{
	switch (op) {
	case COMPARE_OVER: return T(lang, "more than");
	case COMPARE_AT_LEAST: return T(lang, "at least");
	case COMPARE_UNDER: return T(lang, "less than");
	case COMPARE_AT_MOST: return T(lang, "at most");
	case COMPARE_NONE: break;
	}
	return "";
}

static void say_compare(Speaker *s, const Compare *k)
{
	Lang lang = s->c->lang;
	buf_printf(s->out, "%s ", compare_words(lang, k->op));
	if (k->unit != UNIT_RETENTION || k->n > 0)
		buf_int(s->out, k->n);
	switch (k->unit) {
	case UNIT_NONE: break;
	case UNIT_DAYS: buf_printf(s->out, " %s", TN(lang, N_("day"), N_("days"), k->n)); break;
	case UNIT_WEEKS: buf_printf(s->out, " %s", TN(lang, N_("week"), N_("weeks"), k->n)); break;
	case UNIT_MONTHS: buf_printf(s->out, " %s", TN(lang, N_("month"), N_("months"), k->n)); break;
	case UNIT_RETENTION:
		if (k->n > 0)
			buf_printf(s->out, " %s, ", TN(lang, N_("month"), N_("months"), k->n));
		say(s, N_("the programme's rule for a job that was kept"));
		break;
	}
}

static void say_period(Speaker *s, const Period *k)
{
	Arena *a = s->c->arena;
	Lang lang = s->c->lang;
	Str from = text_date(a, lang, k->from), to = text_date(a, lang, k->to);
	if (k->from != DATE_NONE && k->to != DATE_NONE)
		buf_printf(s->out, T(lang, "from %.*s to %.*s"), STR_ARG(from), STR_ARG(to));
	else if (k->to != DATE_NONE)
		buf_printf(s->out, T(lang, "by %.*s"), STR_ARG(to));
	else
		buf_printf(s->out, T(lang, "from %.*s on"), STR_ARG(from));
}

static const char *group_words_one(PlacementGroup group)
{
	switch (group) {
	case GROUP_ANY: return N_("a placement at a company");
	case GROUP_JOB: return N_("a job (fleksjob or ordinary)");
	case GROUP_FLEKSJOB: return N_("a fleksjob");
	case GROUP_ORDINARY: return N_("an ordinary job");
	case GROUP_WAGE_SUBSIDY: return N_("a job with wage subsidy");
	case GROUP_INTERNSHIP: return N_("an internship");
	}
	return "";
}

static const char *group_words_many(PlacementGroup group)
{
	switch (group) {
	case GROUP_ANY: return N_("placements at companies");
	case GROUP_JOB: return N_("employments (fleksjob or ordinary)");
	case GROUP_FLEKSJOB: return N_("fleksjobs");
	case GROUP_ORDINARY: return N_("ordinary jobs");
	case GROUP_WAGE_SUBSIDY: return N_("jobs with wage subsidy");
	case GROUP_INTERNSHIP: return N_("internships");
	}
	return "";
}

static void say_group(Speaker *s, const Predicate *k, const char *verb)
{
	say(s, verb);
	buf_char(s->out, ' ');
	say(s, group_words_one(k->group));
	if (k->compare.op == COMPARE_NONE)
		return;
	say(s, N_(" that lasted ")); /* Danish has a comma before it */
	say_compare(s, &k->compare);
}

static void say_is(Speaker *s, const char *subject, const Predicate *k)
{
	say(s, subject);
	buf_char(s->out, ' ');
	say_values(s, k);
}

static void say_answer(Speaker *s, const Predicate *k)
{
	say(s, k->at_least ? N_("the answer is at least") : N_("the answer is"));
	buf_char(s->out, ' ');
	say_values(s, k);
}

static void say_predicate(Speaker *s, const Predicate *k)
{
	switch (k->kind) {
	case PREDICATE_GENDER: say_is(s, N_("the gender is"), k); break;
	case PREDICATE_AGE:
		say(s, N_("the age at admission is"));
		buf_char(s->out, ' ');
		say_compare(s, &k->compare);
		break;
	case PREDICATE_PARTNER: say_is(s, N_("the partner is"), k); break;
	case PREDICATE_ADMITTED:
		say(s, N_("admission was"));
		buf_char(s->out, ' ');
		say_period(s, &k->period);
		break;
	case PREDICATE_EMPLOYED_AT_ADMISSION: say(s, N_("the person was employed at admission")); break;
	case PREDICATE_STATUS: say_is(s, N_("the status on the day is"), k); break;
	case PREDICATE_HAS: say_group(s, k, N_("the person has, on the day,")); break;
	case PREDICATE_HAD: say_group(s, k, N_("the person has at some time had")); break;
	case PREDICATE_MENTOR: say(s, N_("the person has a volunteer mentor")); break;
	case PREDICATE_ATTENDED: say_is(s, N_("the person took part in"), k); break;
	case PREDICATE_ANSWERED:
		say_question(s, N_("to the question"), &k->question, &k->wave);
		buf_char(s->out, ' ');
		say_answer(s, k);
		break;
	case PREDICATE_KIND: say_is(s, N_("the kind is"), k); break;
	case PREDICATE_PURPOSE: say_is(s, N_("the purpose is"), k); break;
	case PREDICATE_PLACE: say_is(s, N_("the place is"), k); break;
	case PREDICATE_DATE:
		say(s, N_("the day lies"));
		buf_char(s->out, ' ');
		say_period(s, &k->period);
		break;
	case PREDICATE_FOLLOW_UP: say(s, N_("it is a follow-up")); break;
	case PREDICATE_LENGTH:
		say(s, N_("it has lasted"));
		buf_char(s->out, ' ');
		say_compare(s, &k->compare);
		break;
	case PREDICATE_OPEN: say(s, N_("it is going on on the day")); break;
	case PREDICATE_HELD: say(s, N_("it was held")); break;
	case PREDICATE_ANSWER: say_answer(s, k); break;
	}
}

static void say_condition(Speaker *s, const Condition *k, bool inside)
{
	if (k->kind == CONDITION_PREDICATE) {
		say_predicate(s, &k->predicate);
		return;
	}
	if (k->kind == CONDITION_NOT) {
		say(s, N_("it is not so that"));
		buf_z(s->out, " (");
		say_condition(s, k->left, false);
		buf_char(s->out, ')');
		return;
	}
	if (inside)
		buf_char(s->out, '(');
	say_condition(s, k->left, k->left->kind != k->kind);
	buf_z(s->out, ", ");
	say(s, k->kind == CONDITION_AND ? N_("and") : N_("or"));
	buf_char(s->out, ' ');
	say_condition(s, k->right, k->right->kind != k->kind);
	if (inside)
		buf_char(s->out, ')');
}

static void say_things(Speaker *s, const Things *k)
{
	switch (k->kind) {
	case THINGS_PARTICIPANTS: say(s, N_("participants")); break;
	case THINGS_CONTACTS: say(s, N_("contacts")); break;
	case THINGS_PLACEMENTS: say(s, group_words_many(k->group)); break;
	case THINGS_ACTIVITIES: say(s, N_("activities")); break;
	case THINGS_ANSWERS: say_question(s, N_("complete responses to the question"), &k->question, &k->wave); break;
	}
	if (k->where != NULL) {
		buf_z(s->out, ", ");
		say(s, N_("where"));
		buf_char(s->out, ' ');
		say_condition(s, k->where, k->where->kind == CONDITION_OR);
	}
}

static void say_measure(Speaker *s, const Indicator *in)
{
	switch (in->measure) {
	case MEASURE_AGE: say(s, N_("age at admission")); break;
	case MEASURE_CONTACTS: say(s, N_("contacts per person")); break;
	case MEASURE_DAYS_TO_FIRST_JOB: say(s, N_("days from admission to the first job")); break;
	case MEASURE_HOURS: say(s, N_("hours a week")); break;
	case MEASURE_DAYS: say(s, N_("length in days")); break;
	case MEASURE_COMPANY_CONTACTS:
		buf_printf(s->out,
			   TN(s->c->lang, N_("contacts with the company in any whole stretch of %lld month"),
			      N_("contacts with the company in any whole stretch of %lld months"), in->stretch_months),
			   (long long)in->stretch_months);
		break;
	case MEASURE_ANSWER: say(s, N_("place of the answer on its scale (1 is the lowest)")); break;
	}
}

static void say_head(Speaker *s, const char *english)
{
	say(s, english);
	buf_char(s->out, ' ');
}

/* Measures that are a number of something; the others are high or low. */
static bool counts_something(MeasureKind k)
{
	return k == MEASURE_CONTACTS || k == MEASURE_DAYS_TO_FIRST_JOB || k == MEASURE_HOURS ||
	       k == MEASURE_COMPANY_CONTACTS;
}

Str indicator_words(Ctx *c, const Indicator *in)
{
	Speaker s = { c, buf_new(c->arena, WORDS_MOST) };
	switch (in->kind) {
	case INDICATOR_COUNT: say_head(&s, N_("The number of")); break;
	case INDICATOR_SHARE: say_head(&s, N_("The share of")); break;
	case INDICATOR_MEAN: say_head(&s, N_("The mean of")); break;
	case INDICATOR_MEDIAN: say_head(&s, N_("The median of")); break;
	case INDICATOR_LEAST:
		say_head(&s, counts_something(in->measure) ? N_("The least number of") : N_("The lowest"));
		break;
	case INDICATOR_MOST:
		say_head(&s, counts_something(in->measure) ? N_("The highest number of") : N_("The highest"));
		break;
	case INDICATOR_GROWTH: say_head(&s, N_("The growth in the number of")); break;
	}
	if (in->kind >= INDICATOR_MEAN && in->kind <= INDICATOR_MOST) {
		say_measure(&s, in);
		buf_z(s.out, ", ");
		say_head(&s, N_("taken over"));
	}
	say_things(&s, &in->of);
	if (in->kind == INDICATOR_SHARE) {
		buf_z(s.out, in->of.where != NULL ? "; " : ", ");
		say_head(&s, in->of.where != NULL ? N_("of these, where") : N_("where"));
		say_condition(&s, in->with, false);
	}
	if (in->kind == INDICATOR_GROWTH) {
		buf_z(s.out, ", ");
		say_period(&s, &in->after);
		buf_char(s.out, ' ');
		say_head(&s, N_("compared with"));
		say_period(&s, &in->before);
	}
	buf_char(s.out, '.');
	return buf_str(s.out);
}
