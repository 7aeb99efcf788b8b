/* The published programme, played into a database through the features and
 * measured from there: what goals.csv reports must come out. */
#include "../demo/made.h"

#include "../db/database.h"
#include "db/commit.h"
#include "demo/play.h"
#include "measure/goal.h"
#include "measure/goal_text.h"

#include <math.h>

extern const DbMigrations db_migrations;

typedef struct {
	Database d;
	GoalResultList goals;
} Played;

static Played played;

static Date day_of(const char *iso)
{
	Date d = DATE_NONE;
	assert_true(date_parse(str_of(iso), &d));
	return d;
}

static int play(void **state)
{
	Ctx *c = &played.d.c;
	ProgrammeId id;
	database_make(&played.d, false, &db_migrations);
	c->lang = LANG_EN;
	assert_int_equal(commit_start(c, played.d.db), OK);
	const Register *r = register_of(c, facts_of(c, "demo/rampen"), 1);
	PlayOptions options = { .folder = str_of(source_path(c->arena, "demo/rampen")) };
	Err e = demo_play(c, r, &options, &id);
	show_problems(c);
	assert_int_equal(e, OK);
	assert_int_equal(db_begin_read(c), OK);
	assert_int_equal(goals_measure(c, id, day_of("2018-11-30"), &played.goals), OK);
	db_end_read(c);
	*state = &played;
	return 0;
}

static int unplay(void **state)
{
	Played *p = *state;
	database_remove(&p->d);
	return 0;
}

static const GoalResult *goal(const Played *p, const char *code)
{
	for (size_t i = 0; i < p->goals.n; i++)
		if (str_eq_z(p->goals.at[i].goal.code, code))
			return &p->goals.at[i];
	fail_msg("no goal %s", code);
	return NULL;
}

static void assert_share(const GoalResult *g, int64_t k, int64_t n, GoalStatus status)
{
	assert_true(g->definition_count > 0);
	assert_int_equal(g->definitions[0].measured.numerator, k);
	assert_int_equal(g->definitions[0].measured.denominator, n);
	assert_int_equal(g->status, status);
}

/* goals.csv: twenty goals, D1 not met, C4 not followed up, the others met. Neither stands for the other. */
static void every_goal__is_counted_under_its_own_status(void **state)
{
	Played *p = *state;
	GoalTally tally = goal_tally(&p->goals);
	assert_int_equal(tally.all, 20);
	assert_int_equal(tally.n[GOAL_NOT_MET], 1);
	assert_int_equal(tally.n[GOAL_NOT_FOLLOWED_UP], 1);
	assert_int_equal(tally.n[GOAL_MET], 18);
	assert_string_equal(str_z(p->d.c.arena, goal_tally_text(&p->d.c, &tally)),
			    "There are 20 goals: 18 met, 1 not met, 1 not followed up.");
}

/* Internal evaluation: 61 of 125 (it prints 49 per cent); the target is 60. */
static void effect__is_61_of_125_and_not_met(void **state)
{
	const GoalResult *g = goal(*state, "D1");
	assert_share(g, 61, 125, GOAL_NOT_MET);
	assert_true(fabs(goal_value(g) - 48.8) < 1e-9);
	assert_int_equal(g->definitions[0].measured.behind_count, 61);
}

/* 51 people with a job of more than six months, 10 with pension, nobody both. */
static void effect__is_computed_by_every_definition(void **state)
{
	const GoalResult *g = goal(*state, "D1");
	assert_int_equal(g->definition_count, 12); /* three kinds of job x pension granted or not x in process or not */
	for (size_t job = 0; job < 3; job++) {
		const DefinitionResult *d = &g->definitions[4 * job];
		int64_t none = d[3].measured.numerator;
		assert_int_equal(d[0].measured.numerator - none, 10);
		assert_int_equal(d[1].measured.numerator - none + d[2].measured.numerator - none, 10);
	}
	assert_int_equal(g->definitions[3].measured.numerator, 51);  /* at any time */
	assert_int_equal(g->definitions[11].measured.numerator, 50); /* the application's: in a fleksjob on the day */
}

/* 2 + 9 + 7 of 24 companies say at least to some degree: 75.0 per cent. */
static void insight__is_18_of_24_and_met(void **state)
{
	assert_share(goal(*state, "B5"), 18, 24, GOAL_MET);
}

/* 7 + 18 + 34 of 80 answers. */
static void tools__are_59_of_80_and_met(void **state)
{
	assert_share(goal(*state, "B1"), 59, 80, GOAL_MET);
}

static void retaining__is_met_by_proxy_and_says_so(void **state)
{
	const GoalResult *g = goal(*state, "C2");
	assert_share(g, 18, 24, GOAL_MET);
	assert_true(g->proxy.len > 0);
}

/* goals.csv: the application asked who was in a fleksjob at the end; pension became
 * part of the goal along the way (indicators.csv: on 1 March 2018). */
static void effect__was_judged_by_the_definition_of_its_day(void **state)
{
	const Played *p = *state;
	Ctx *c = (Ctx *)&p->d.c;
	GoalResult then;
	assert_int_equal(db_begin_read(c), OK);
	assert_int_equal(goal_measure(c, &goal(p, "D1")->goal, day_of("2018-02-28"), &then), OK);
	db_end_read(c);
	assert_int_equal(then.definition_count, 1);
	assert_true(str_eq_z(then.definitions[0].definition.name, "In a fleksjob on the day, without pension"));
}

static const char *said(Ctx *c, Evaluation *e, Lang lang, const char *expression)
{
	Indicator *in;
	c->lang = lang;
	assert_int_equal(indicator_parse(c, "expression", str_of(expression), &in), OK);
	assert_int_equal(indicator_check(e, "expression", in), OK);
	const char *words = str_z(c->arena, indicator_words(c, in));
	c->lang = LANG_EN;
	return words;
}

/* questions.csv and options.csv have the wording in both languages. */
static void questions_and_options__are_quoted_as_they_were_asked(void **state)
{
	static const char *const asked = "share of participants where partner is \"Jobcenter Odder\" with "
					 "answered tools_daily_life at end is some, high";
	Played *p = *state;
	Ctx *c = &p->d.c;
	assert_string_equal(str_z(c->arena, goal(p, "B1")->definitions[0].words),
			    "The share of complete responses to the question “To what degree have you gained tools to "
			    "master a daily life with a job?” (wave “end”), where the answer is at least “To some "
			    "degree”.");
	assert_int_equal(db_begin_read(c), OK);
	Evaluation *e = evaluation_new(c, p->goals.at[0].goal.programme, day_of("2018-11-30"), 14);
	assert_string_equal(said(c, e, LANG_EN, asked),
			    "The share of participants, where the partner is “Jobcenter Odder”; of these, where to the "
			    "question “To what degree have you gained tools to master a daily life with a job?” (wave "
			    "“end”) the answer is “To some degree” or “To a high degree”.");
	assert_string_equal(
		said(c, e, LANG_DA, asked),
		"Andelen af borgere, hvor partneren er ”Jobcenter Odder”; heraf dem, hvor på spørgsmålet ”I "
		"hvilken grad har du fået redskaber til at mestre en hverdag med job?” (målingen ”slut”) "
		"svaret er ”I nogen grad” eller ”I høj grad”.");
	db_end_read(c);
}

/* Wilson's interval by hand (Newcombe 1998, method 3), z = 1.959964, z² = 3.841459:
 * 61 of 125: centre (0.488 + 3.841459/250) / (1 + 3.841459/125) = 0.503366/1.030732 = 0.488358; half-width
 * 1.959964·sqrt(0.488·0.512/125 + 3.841459/62500)/1.030732 = 1.959964·0.045391/1.030732 = 0.086312.
 * 18 of 24: centre (0.75 + 3.841459/48)/(1 + 3.841459/24) = 0.830030/1.160061 = 0.715506; half-width
 * 1.959964·sqrt(0.75·0.25/24 + 3.841459/2304)/1.160061 = 1.959964·0.097364/1.160061 = 0.164500. */
static void shares_of_people_and_answers__have_their_interval(void **state)
{
	Played *p = *state;
	Ctx *c = &p->d.c;
	const Measured *d1 = &goal(p, "D1")->definitions[0].measured;
	Interval i = measured_interval(d1);
	assert_true(fabs(i.low - (0.488358 - 0.086312)) < 2e-6 && fabs(i.high - (0.488358 + 0.086312)) < 2e-6);
	i = measured_interval(&goal(p, "B5")->definitions[0].measured);
	assert_true(fabs(i.low - (0.715506 - 0.164500)) < 2e-6 && fabs(i.high - (0.715506 + 0.164500)) < 2e-6);
	assert_string_equal(str_z(c->arena, goal_interval_text(c, d1)), "95 % confidence interval 40.2–57.5%");
	c->lang = LANG_DA;
	assert_string_equal(str_z(c->arena, goal_interval_text(c, d1)), "95 %-konfidensinterval 40,2–57,5\302\240%");
	c->lang = LANG_EN;
	assert_int_equal(goal_interval_text(c, &goal(p, "A2")->definitions[0].measured).len, 0);
}

static void other_numbers__have_no_interval(void **state)
{
	static const char *const others[] = {
		"count participants where had job",
		"mean of age of participants",
		"growth of count contacts from 2016 to 2017",
		"share of contacts with kind is meeting",
		"share of jobs with length over 6 months",
		"share of activities with held",
		"share of participants where age over 100 with had job", /* of nobody */
	};
	Played *p = *state;
	Ctx *c = &p->d.c;
	assert_int_equal(db_begin_read(c), OK);
	Evaluation *e = evaluation_new(c, p->goals.at[0].goal.programme, day_of("2018-11-30"), 14);
	for (size_t k = 0; k < sizeof others / sizeof others[0]; k++) {
		Indicator *in;
		Measured m;
		assert_int_equal(indicator_parse(c, "expression", str_of(others[k]), &in), OK);
		assert_int_equal(indicator_evaluate(e, in, &m), OK);
		if (!isnan(measured_interval(&m).low) || !isnan(measured_interval(&m).high))
			fail_msg("%s has an interval", others[k]);
	}
	db_end_read(c);
}

static void network__was_not_followed_up(void **state)
{
	assert_int_equal(goal(*state, "C4")->status, GOAL_NOT_FOLLOWED_UP);
}

/* 125 admitted; the target was 165 until March 2018, then 125. */
static void admitted__meets_the_revised_target_only(void **state)
{
	const GoalResult *g = goal(*state, "A2");
	assert_int_equal(g->targets.n, 2);
	assert_true(g->targets.at[0].value == 165 && g->targets.at[1].value == 125);
	assert_int_equal(g->targets.at[1].valid_from, day_of("2018-03-01"));
	assert_true(goal_value(g) == 125);
	assert_int_equal(g->status, GOAL_MET);
	assert_int_equal(g->status_original, GOAL_NOT_MET);
}

/* Reported as met: every employing company at least once per three months. */
static void dialogue__reached_every_company(void **state)
{
	const GoalResult *g = goal(*state, "A4");
	assert_int_equal(g->status, GOAL_MET);
	assert_true(goal_value(g) >= 1);
}

/* goals.csv: three courses, three information meetings, and what people judged. */
static void activities__are_met_as_reported(void **state)
{
	static const char *const codes[] = { "A1", "A3", "A5", "A6", "A7", "A8", "A9", "A10", "B2", "B3", "B4", "C3" };
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		assert_int_equal(goal(*state, codes[i])->status, GOAL_MET);
	assert_true(goal_value(goal(*state, "A3")) == 3);
	assert_true(goal_value(goal(*state, "A10")) == 3);
	assert_true(goal(*state, "B2")->judged);
}

typedef struct {
	const char *expression;
	double value;
} Measurement;

/* programme.csv, in the language of indicators. */
static void facts__come_out_of_the_register(void **state)
{
	static const Measurement facts[] = {
		{ "count contacts", 7841 },
		{ "count contacts where kind is meeting and purpose is citizen", 1504 },
		{ "count contacts where purpose is citizen and kind is phone, sms, email", 3871 },
		{ "count contacts where purpose is company_job_search, company_retention", 2466 },
		{ "count participants where partner is \"Jobcenter Aarhus\"", 57 },
		{ "count participants where partner is \"Jobcenter Randers\"", 38 },
		{ "count participants where admitted by 2017-11-30", 110 },
		{ "mean of age of participants", 42.2 },
		{ "least of age of participants", 23 },
		{ "most of age of participants", 61 },
		{ "count internships", 111 },
		{ "count jobs", 80 },
		{ "count jobs where length over 6 months", 51 },
		{ "count participants where had job", 75 },
		{ "count participants where mentor", 10 },
		{ "count participants where attended is cafe_course", 75 },
		{ "count activities where kind is cafe_course", 8 },
		{ "count activities where kind is mentor_network", 4 },
		{ "count activities where kind is mentor_network and held", 1 },
		{ "count participants where status is employed", 50 },
		{ "count participants where status is unemployed", 26 },
		{ "count participants where status is pension_granted, pension_in_process", 10 },
	};
	Played *p = *state;
	Ctx *c = &p->d.c;
	assert_int_equal(db_begin_read(c), OK);
	Evaluation *e = evaluation_new(c, p->goals.at[0].goal.programme, day_of("2018-11-30"), 14);
	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		Indicator *in;
		Measured m;
		Err parsed = indicator_parse(c, "expression", str_of(facts[i].expression), &in);
		show_problems(c);
		assert_int_equal(parsed, OK);
		assert_int_equal(indicator_check(e, "expression", in), OK);
		assert_int_equal(indicator_evaluate(e, in, &m), OK);
		if (fabs(round(m.value * 10) / 10 - facts[i].value) > 1e-9)
			fail_msg("%s gives %g, published %g", facts[i].expression, m.value, facts[i].value);
	}
	db_end_read(c);
}

/* The counters that registering keeps must say what a scan of every contact says. */
static void contacts__counted_two_ways_agree(void **state)
{
	static const char *const pairs[][2] = {
		{ "count contacts where date in 2017", "count contacts where date in 2017 and age at least 0" },
		{ "count contacts where date from 2017-03 to 2017-05 and kind is sms",
		  "count contacts where date from 2017-03 to 2017-05 and kind is sms and gender is female, male, "
		  "other" },
		{ "count contacts where partner is \"Jobcenter Odder\"",
		  "count contacts where partner is \"Jobcenter Odder\" and age under 200" },
	};
	Played *p = *state;
	Ctx *c = &p->d.c;
	assert_int_equal(db_begin_read(c), OK);
	Evaluation *e = evaluation_new(c, p->goals.at[0].goal.programme, day_of("2018-11-30"), 14);
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
		Measured m[2];
		for (int k = 0; k < 2; k++) {
			Indicator *in;
			assert_int_equal(indicator_parse(c, "expression", str_of(pairs[i][k]), &in), OK);
			assert_int_equal(indicator_evaluate(e, in, &m[k]), OK);
		}
		assert_true(m[0].value > 0);
		assert_true(m[0].value == m[1].value);
	}
	db_end_read(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_goal__is_counted_under_its_own_status),
		cmocka_unit_test(effect__is_61_of_125_and_not_met),
		cmocka_unit_test(effect__is_computed_by_every_definition),
		cmocka_unit_test(effect__was_judged_by_the_definition_of_its_day),
		cmocka_unit_test(insight__is_18_of_24_and_met),
		cmocka_unit_test(tools__are_59_of_80_and_met),
		cmocka_unit_test(retaining__is_met_by_proxy_and_says_so),
		cmocka_unit_test(questions_and_options__are_quoted_as_they_were_asked),
		cmocka_unit_test(shares_of_people_and_answers__have_their_interval),
		cmocka_unit_test(other_numbers__have_no_interval),
		cmocka_unit_test(network__was_not_followed_up),
		cmocka_unit_test(admitted__meets_the_revised_target_only),
		cmocka_unit_test(dialogue__reached_every_company),
		cmocka_unit_test(activities__are_met_as_reported),
		cmocka_unit_test(facts__come_out_of_the_register),
		cmocka_unit_test(contacts__counted_two_ways_agree),
	};
	return cmocka_run_group_tests_name("measure/played", tests, play, unplay);
}
