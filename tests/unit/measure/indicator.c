/* The language of indicators: what it accepts, where it stops, what it says.
 * Columns are counted by hand in the expression. */
#include "measure/indicator.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static int make(void **state)
{
	static Ctx c;
	ctx_init(&c);
	*state = &c;
	return 0;
}

static int clean(void **state)
{
	ctx_release(*state);
	return 0;
}

static Indicator *parsed(Ctx *c, const char *expression)
{
	Indicator *in = NULL;
	ctx_clear(c);
	c->lang = LANG_EN;
	if (indicator_parse(c, "expression", str_of(expression), &in) != OK) {
		Str why = ctx_problems_text(c);
		fail_msg("%s: %.*s", expression, STR_ARG(why));
	}
	return in;
}

static void sentences__are_understood(void **state)
{
	static const char *const accepted[] = {
		"count participants",
		"COUNT  Participants\n where\tGender is FEMALE",
		"count participants where age at least 30 and age under 40",
		"count participants where admitted by 2017-11-30",
		"count participants where admitted after 2017 or employed_at_admission",
		"count participants where status is pension_granted, pension_in_process",
		"count participants where has placement",
		"count participants where had internship at least 4 weeks",
		"count participants where not (mentor or attended is cafe_course)",
		"count participants where answered tools_daily_life at end at least some",
		"count participants where answered tools_daily_life at end is some, high",
		"count contacts where kind is phone, sms and purpose is citizen and place is home",
		"count contacts where date from 2017-03 to 2017-05-15 and follow_up",
		"count jobs where length over 6 months",
		"count jobs where length at least retention",
		"share of participants with had job over retention",
		"count wage_subsidies where open",
		"count activities where kind is training and held",
		"share of internships with length under 14 days",
		"share of answers to tools_daily_life at end where gender is male with answer at least some",
		"mean of age of participants",
		"median of days_to_first_job of participants where partner is \"Jobcenter Aarhus\"",
		"most of hours of ordinary_jobs",
		"mean of answer of answers to tools_daily_life at end",
		"least of company_contacts per 3 months of jobs",
		"growth of count contacts from 2016 to 2017",
		"growth of count participants from 2016-08 to 2017-08",
	};
	for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++)
		assert_non_null(parsed(*state, accepted[i]));
}

static void tree__is_what_the_sentence_says(void **state)
{
	const Indicator *in = parsed(*state, "share of participants with had job over 6 months or not mentor and "
					     "age under 40");
	assert_int_equal(in->kind, INDICATOR_SHARE);
	assert_int_equal(in->of.kind, THINGS_PARTICIPANTS);
	assert_null(in->of.where);
	/* "and" binds closer than "or", "not" closest. */
	assert_int_equal(in->with->kind, CONDITION_OR);
	const Predicate *had = &in->with->left->predicate;
	assert_int_equal(had->kind, PREDICATE_HAD);
	assert_int_equal(had->group, GROUP_JOB);
	assert_int_equal(had->compare.op, COMPARE_OVER);
	assert_int_equal(had->compare.n, 6);
	assert_int_equal(had->compare.unit, UNIT_MONTHS);
	assert_int_equal(in->with->right->kind, CONDITION_AND);
	assert_int_equal(in->with->right->left->kind, CONDITION_NOT);
	assert_int_equal(in->with->right->right->predicate.kind, PREDICATE_AGE);
}

static void months_and_years__are_their_days(void **state)
{
	const Indicator *in = parsed(*state, "count participants where admitted from 2016-02 to 2017");
	assert_int_equal(in->of.where->predicate.period.from, date_of(2016, 2, 1));
	assert_int_equal(in->of.where->predicate.period.to, date_of(2017, 12, 31));
	in = parsed(*state, "count participants where admitted in 2016-02"); /* a leap year */
	assert_int_equal(in->of.where->predicate.period.to, date_of(2016, 2, 29));
	in = parsed(*state, "count participants where admitted after 2016-02");
	assert_int_equal(in->of.where->predicate.period.from, date_of(2016, 3, 1));
	assert_int_equal(in->of.where->predicate.period.to, DATE_NONE);
}

typedef struct {
	const char *expression;
	int64_t column;
	const char *message;
} Wrong;

#define DAY_WANTED "Expected: a year, month or day such as 2017, 2017-03 or 2017-03-31."

static void mistakes__are_shown_at_their_place(void **state)
{
	static const Wrong wrong[] = {
		{ "", 1, "The expression ends too early. Expected: count, share, mean, median, least, most, growth." },
		{ "cuont participants", 1, "“cuont” is not known here. Did you mean “count”?" },
		{ "count participant", 7, "“participant” is not known here. Did you mean “participants”?" },
		{ "count trees", 7,
		  "“trees” is not known here. Expected: participants, contacts, activities, answers, placements, jobs, "
		  "fleksjobs, ordinary_jobs, wage_subsidies, internships." },
		{ "share of participants where gender is femal with mentor", 39,
		  "“femal” is not known here. Did you mean “female”?" },
		{ "count participants where status is emplyed", 36,
		  "“emplyed” is not known here. Did you mean “employed”?" },
		{ "count participants where had job over 6 moths", 41,
		  "“moths” is not known here. Did you mean “months”?" },
		{ "count participants where age over forty", 35, "“forty” is not known here. Expected: a number." },
		{ "count participants where age at mist 30", 33,
		  "“mist” is not known here. Expected: over, under, at least, at most." },
		{ "count participants where admitted in 2017-02-30", 38,
		  "“2017-02-30” is not known here. " DAY_WANTED },
		{ "count participants where admitted in 2017-13", 38, "“2017-13” is not known here. " DAY_WANTED },
		{ "count participants where admitted in 99999999999999999999", 38,
		  "“99999999999999999999” is not known here. " DAY_WANTED },
		{ "count participants where admitted from 2017-06 to 2017-01", 35,
		  "The period ends before it starts." },
		{ "count participants where (mentor", 33, "The expression ends too early. Expected: )." },
		{ "count participants where mentor mentor", 33,
		  "“mentor” is not known here. Expected: the end, or “and”, “or”." },
		{ "count participants where gender is female; drop", 42,
		  "“;” is not known here. Expected: the end, or “and”, “or”." },
		{ "count participants where partner is \"Aarhus", 37,
		  "“\"Aarhus” is not known here. Expected: a name." },
		/* Columns are characters: Æ and ø are one each. */
		{ "count participants where partner is \"\303\206r\303\270\" and agee over 3", 47,
		  "“agee” is not known here. Did you mean “age”?" },
		{ "count activities where mentor", 24, "“mentor” is not known here. Expected: kind, date, held." },
		{ "count contacts where kind is sms or kind is phone", 34,
		  "Conditions on contacts can be joined by “and” only; list several values with commas." },
		{ "count contacts where not follow_up", 22,
		  "Conditions on contacts can be joined by “and” only; list several values with commas." },
		{ "mean of hours of participants", 18, "“hours” cannot be measured for these." },
		{ "least of company_contacts per 0 months of jobs", 31, "The stretch must be from 1 to 120 months." },
		{ "growth of count contacts from 2017 to 2016", 39, "The second period must come after the first." },
		{ "growth of count answers to x at end from 2016 to 2017", 17, "Answers have no growth." },
		{ "count participants where attended is training, training, training, training, training, training, "
		  "training, training, training, training, training, training, training",
		  158, "At most 12 values." },
	};
	Ctx *c = *state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		Indicator *in;
		ctx_clear(c);
		c->lang = LANG_EN;
		assert_int_equal(indicator_parse(c, "expression", str_of(wrong[i].expression), &in), ERR_INVALID);
		assert_int_equal(c->problem_count, 1);
		const Problem *p = &c->problems[0];
		assert_true(str_eq_z(p->field, "expression"));
		if (p->column != wrong[i].column || !str_eq_z(p->message, wrong[i].message))
			fail_msg("%s\ngives    %lld %.*s\nexpected %lld %s", wrong[i].expression, (long long)p->column,
				 STR_ARG(p->message), (long long)wrong[i].column, wrong[i].message);
	}
}

static Err parse_nested(Ctx *c, int depth)
{
	Indicator *in;
	Buf *b = buf_new(c->arena, 4096);
	buf_z(b, "count participants where ");
	for (int i = 0; i < depth; i++)
		buf_char(b, '(');
	buf_z(b, "mentor");
	for (int i = 0; i < depth; i++)
		buf_char(b, ')');
	return indicator_parse(c, "expression", buf_str(b), &in);
}

/* DEPTH_MOST is 20, the innermost condition included. */
static void nesting__has_a_limit(void **state)
{
	Ctx *c = *state;
	ctx_clear(c);
	c->lang = LANG_EN;
	assert_int_equal(parse_nested(c, 19), OK);
	assert_int_equal(parse_nested(c, 20), ERR_INVALID);
	assert_int_equal(c->problems[0].column, 46); /* 25 characters and 20 brackets before it */
	assert_true(str_eq_z(c->problems[0].message, "The conditions are nested too deeply."));
}

static void length__has_a_limit(void **state)
{
	Ctx *c = *state;
	Indicator *in;
	char text[1001];
	memset(text, ' ', sizeof text);
	memcpy(text, "count participants", 18);
	ctx_clear(c);
	c->lang = LANG_EN;
	assert_int_equal(indicator_parse(c, "expression", (Str){ text, 1000 }, &in), OK);
	assert_int_equal(indicator_parse(c, "expression", (Str){ text, 1001 }, &in), ERR_INVALID);
	assert_true(str_eq_z(c->problems[0].message, "At most 1000 characters are allowed here."));
}

static void bytes__that_are_no_text_are_refused(void **state)
{
	Ctx *c = *state;
	Indicator *in;
	ctx_clear(c);
	c->lang = LANG_EN;
	assert_int_equal(indicator_parse(c, "expression", STR("count participants where partner is \"\xFF\""), &in),
			 ERR_INVALID);
	assert_true(str_eq_z(c->problems[0].message, "The text is not valid UTF-8."));
}

static void effect_goal__is_said_in_both_languages(void **state)
{
	Ctx *c = *state;
	const Indicator *in = parsed(c, "share of participants with had job over 6 months or status is "
					"pension_granted, pension_in_process");
	assert_string_equal(
		str_z(c->arena, indicator_words(c, in)),
		"The share of participants, where the person has at some time had a job (fleksjob or "
		"ordinary) that lasted more than 6 months, or the status on the day is “Pension granted” or "
		"“Pension in process”.");
	c->lang = LANG_DA;
	assert_string_equal(str_z(c->arena, indicator_words(c, in)),
			    "Andelen af borgere, hvor personen på et tidspunkt har haft et job (fleksjob eller "
			    "ordinært), der varede mere end 6 måneder, eller status på dagen er ”Tilkendt pension” "
			    "eller ”Pensionssag i gang”.");
}

typedef struct {
	const char *expression, *words;
} Words;

static void other_sentences__are_said_in_words(void **state)
{
	static const Words said[] = {
		{ "count participants", "The number of participants." },
		{ "least of age of participants", "The lowest age at admission, taken over participants." },
		{ "least of company_contacts per 3 months of jobs",
		  "The least number of contacts with the company in any whole stretch of 3 months, taken over "
		  "employments (fleksjob or ordinary)." },
		{ "count contacts where kind is phone, sms, email",
		  "The number of contacts, where the kind is “Phone call”, “SMS” or “E-mail”." },
		{ "share of participants where partner is \"Jobcenter Odder\" with not (has fleksjob or mentor)",
		  "The share of participants, where the partner is “Jobcenter Odder”; of these, where it is not so "
		  "that (the person has, on the day, a fleksjob, or the person has a volunteer mentor)." },
		{ "growth of count contacts from 2016 to 2017",
		  "The growth in the number of contacts, from 01/01/2017 to 31/12/2017 compared with from 01/01/2016 "
		  "to 31/12/2016." },
		{ "share of answers to weather at end with answer is sunny, dry", /* no programme has named them */
		  "The share of complete responses to the question “weather” (wave “end”), where the answer is “sunny” "
		  "or "
		  "“dry”." },
	};
	Ctx *c = *state;
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		const Indicator *in = parsed(c, said[i].expression);
		assert_string_equal(str_z(c->arena, indicator_words(c, in)), said[i].words);
	}
}

static void units__are_those_of_the_api(void **state)
{
	assert_string_equal(indicator_unit(parsed(*state, "count jobs")), "count");
	assert_string_equal(indicator_unit(parsed(*state, "share of jobs with open")), "share");
	assert_string_equal(indicator_unit(parsed(*state, "growth of count jobs from 2016 to 2017")), "growth");
	assert_string_equal(indicator_unit(parsed(*state, "mean of days of jobs")), "number");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences__are_understood),
		cmocka_unit_test(tree__is_what_the_sentence_says),
		cmocka_unit_test(months_and_years__are_their_days),
		cmocka_unit_test(mistakes__are_shown_at_their_place),
		cmocka_unit_test(nesting__has_a_limit),
		cmocka_unit_test(length__has_a_limit),
		cmocka_unit_test(bytes__that_are_no_text_are_refused),
		cmocka_unit_test(effect_goal__is_said_in_both_languages),
		cmocka_unit_test(other_sentences__are_said_in_words),
		cmocka_unit_test(units__are_those_of_the_api),
	};
	return cmocka_run_group_tests_name("measure/indicator", tests, make, clean);
}
