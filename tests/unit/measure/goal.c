/* Goals on different days: which target was in force, what was measured, who
 * judged. The small register of tests/unit/feature: Anna alone was admitted. */
#include "measure/goal.h"

#include "../feature/register.h"
#include "measure/goal_text.h"

#include <string.h>

typedef struct {
	const TestRegister *r;
	GoalId goal;
	const void *in;
	union {
		GoalId goal;
		DefinitionId definition;
		JudgementId judgement;
	} out;
} Writing;

static Err write_goal(Ctx *c, void *arg)
{
	Writing *w = arg;
	return goal_add(c, w->r->programme, w->in, &w->out.goal);
}

static Err write_target(Ctx *c, void *arg)
{
	const Writing *w = arg;
	return goal_set_target(c, w->goal, w->in);
}

static Err write_definition(Ctx *c, void *arg)
{
	Writing *w = arg;
	return goal_define(c, w->goal, w->in, &w->out.definition);
}

static Err write_judgement(Ctx *c, void *arg)
{
	Writing *w = arg;
	return goal_judge(c, w->goal, w->in, &w->out.judgement);
}

static Err run(const TestRegister *r, Err (*work)(Ctx *c, void *arg), Writing *w)
{
	ctx_clear(r->c);
	r->c->lang = LANG_EN;
	return commit_run(r->c, work, w);
}

static GoalId put_goal(const TestRegister *r, const char *code, GoalUnit unit)
{
	GoalIn in = { .code = str_of(code),
		      .level = LEVEL_EFFECT,
		      .unit = (int)unit,
		      .position = INT_NONE,
		      .wording = STR("Et mål") };
	Writing w = { .r = r, .in = &in };
	assert_ok(run(r, write_goal, &w));
	return w.out.goal;
}

static Err put_target(const TestRegister *r, GoalId goal, const char *from, double value)
{
	GoalTargetIn in = { .valid_from = day(from),
			    .value = value,
			    .decided_by = STR("Styregruppen"),
			    .decided_by_en = STR("the steering group"),
			    .why = STR("Aftalt"),
			    .why_en = STR("As agreed") };
	return run(r, write_target, &(Writing){ .r = r, .goal = goal, .in = &in });
}

static Err put_definition_from(const TestRegister *r, GoalId goal, int64_t position, const char *name,
			       const char *expression, const char *from)
{
	DefinitionIn in = { .position = position,
			    .name = str_of(name),
			    .expression = str_of(expression),
			    .valid_from = day(from),
			    .decided_by = STR("Styregruppen"),
			    .decided_by_en = STR("the steering group") };
	return run(r, write_definition, &(Writing){ .r = r, .goal = goal, .in = &in });
}

static Err put_definition(const TestRegister *r, GoalId goal, int64_t position, const char *name,
			  const char *expression)
{
	return put_definition_from(r, goal, position, name, expression, "2016-01-01");
}

static Err put_judgement(const TestRegister *r, GoalId goal, const char *on, GoalStatus verdict)
{
	JudgementIn in = { .day = day(on),
			   .judged_by = STR("Lederen"),
			   .judged_by_en = STR("the manager"),
			   .verdict = (int)verdict,
			   .value = (double)NAN,
			   .reason = STR("Set") };
	return run(r, write_judgement, &(Writing){ .r = r, .goal = goal, .in = &in });
}

static GoalResult measured_in(const TestRegister *r, Lang lang, GoalId goal, const char *on)
{
	Goal g;
	GoalResult result;
	ctx_clear(r->c);
	r->c->lang = lang;
	assert_ok(db_begin_read(r->c));
	assert_ok(goal_with_id(r->c, goal, &g));
	assert_ok(goal_measure(r->c, &g, day(on), &result));
	db_end_read(r->c);
	return result;
}

static GoalResult measured_on(const TestRegister *r, GoalId goal, const char *on)
{
	return measured_in(r, LANG_EN, goal, on);
}

/* Anna was admitted on 1 September 2016: one participant. Two were to come,
 * from 1 March 2018 one. */
static void target__is_the_one_in_force_on_the_day(void **state)
{
	const TestRegister *r = *state;
	GoalId goal = put_goal(r, "A2", GOAL_COUNT);
	assert_ok(put_definition(r, goal, 1, "Optagne", "count participants"));
	assert_ok(put_target(r, goal, "2016-01-01", 2));
	assert_ok(put_target(r, goal, "2018-03-01", 1));
	GoalResult before = measured_on(r, goal, "2018-02-28");
	assert_int_equal(before.targets.n, 1);
	assert_int_equal(before.status, GOAL_NOT_MET);
	assert_int_equal(before.status_original, GOAL_NOT_MET);
	assert_true(goal_value(&before) == 1);
	GoalResult after = measured_on(r, goal, "2018-03-01");
	assert_int_equal(after.targets.n, 2);
	assert_true(after.targets.at[0].value == 2 && after.targets.at[1].value == 1);
	assert_true(str_eq_z(after.targets.at[1].decided_by, "the steering group"));
	assert_int_equal(after.status, GOAL_MET);
	assert_int_equal(after.status_original, GOAL_NOT_MET);
	/* The day before anything was decided, nothing can be held against a target. */
	assert_int_equal(measured_on(r, goal, "2015-12-31").status, GOAL_NOT_DECIDABLE);
	/* Before her admission she is not counted. */
	GoalResult early = measured_on(r, goal, "2016-08-31");
	assert_true(goal_value(&early) == 0);
}

static void second_target_of_a_day__is_a_conflict(void **state)
{
	TestRegister *r = *state;
	GoalId goal = put_goal(r, "A2", GOAL_COUNT);
	assert_ok(put_target(r, goal, "2016-01-01", 165));
	assert_refused(r, put_target(r, goal, "2016-01-01", 125), ERR_CONFLICT, "valid_from");
	GoalResult g = measured_on(r, goal, "2018-11-30");
	assert_int_equal(g.targets.n, 1);
	assert_true(g.targets.at[0].value == 165);
}

/* The register's programme: 2016-01-01 to 2018-12-31, today 2018-11-30. */
static void history__is_added_to_and_never_rewritten(void **state)
{
	TestRegister *r = *state;
	GoalId goal = put_goal(r, "D7", GOAL_PERCENT);
	assert_refused(r, put_target(r, goal, "2015-12-31", 60), ERR_INVALID, "valid_from");
	assert_refused(r, put_target(r, goal, "2019-01-01", 60), ERR_INVALID, "valid_from");
	assert_refused(r, put_target(r, goal, "2016-02-01", 100.5), ERR_INVALID, "value");
	assert_ok(put_target(r, goal, "2016-02-01", 60));
	assert_refused(r, put_target(r, goal, "2016-01-01", 55), ERR_CONFLICT, "valid_from");
	assert_ok(put_target(r, goal, "2018-03-01", 50));
	assert_refused(r, put_judgement(r, goal, "2012-01-01", GOAL_MET), ERR_INVALID, "day");
	assert_refused(r, put_judgement(r, goal, "2018-12-01", GOAL_MET), ERR_INVALID, "day");
}

static void code__is_taken_once(void **state)
{
	TestRegister *r = *state;
	GoalIn in = {
		.code = STR("A2"), .level = LEVEL_EFFECT, .unit = GOAL_COUNT, .position = 1, .wording = STR("x")
	};
	(void)put_goal(r, "A2", GOAL_COUNT);
	Writing w = { .r = r, .in = &in };
	assert_refused(r, run(r, write_goal, &w), ERR_CONFLICT, "code");
	in.code = STR("a2"); /* as it is typed on a phone */
	assert_refused(r, run(r, write_goal, &w), ERR_CONFLICT, "code");
	in.code = STR("A3");
	in.node = STR("nowhere");
	assert_refused(r, run(r, write_goal, &w), ERR_INVALID, "node");
}

static void code__is_letters_and_a_number(void **state)
{
	TestRegister *r = *state;
	static const char *const refused[] = { "", "D", "2", "2D", "D 2", "D2x", "D-2", "\303\2062", "D2.1" };
	GoalIn in = { .level = LEVEL_EFFECT, .unit = GOAL_COUNT, .position = 1, .wording = STR("x") };
	Writing w = { .r = r, .in = &in };
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		in.code = str_of(refused[i]);
		assert_refused(r, run(r, write_goal, &w), ERR_INVALID, "code");
		assert_true(str_find(r->c->problems[0].message, 'D', 0) != SIZE_MAX); /* an example: D2 */
	}
	GoalId goal = put_goal(r, "ef12", GOAL_COUNT);
	GoalResult g = measured_on(r, goal, "2018-11-30");
	assert_true(str_eq_z(g.goal.code, "EF12"));
}

/* A mean on a scale does not answer "how many per cent", and the three units are told apart when it is stored. */
static void definition__measures_in_the_unit_of_the_goal(void **state)
{
	const TestRegister *r = *state;
	GoalId share = put_goal(r, "B1", GOAL_PERCENT), count = put_goal(r, "A1", GOAL_COUNT),
	       number = put_goal(r, "C1", GOAL_NUMBER);
	const char *mean = "mean of age of participants";
	assert_refused(r, put_definition(r, share, 1, "Alder", mean), ERR_INVALID, "expression");
	assert_refused(r, put_definition(r, share, 1, "Antal", "count participants"), ERR_INVALID, "expression");
	assert_refused(r, put_definition(r, count, 1, "Alder", mean), ERR_INVALID, "expression");
	assert_ok(put_definition(r, number, 1, "Alder", mean));
	assert_ok(put_definition(r, share, 1, "Vækst", "growth of count contacts from 2017 to 2018"));
	GoalResult g = measured_on(r, number, "2018-11-30");
	assert_true(goal_value(&g) == 41); /* born 1975-06-15, admitted 2016-09-01 */
}

static void nothing_to_measure__decides_nothing(void **state)
{
	const TestRegister *r = *state;
	GoalId goal = put_goal(r, "D1", GOAL_PERCENT);
	assert_ok(put_target(r, goal, "2016-01-01", 0));
	assert_ok(put_definition(r, goal, 1, "Mænd", "share of participants where gender is male with had job"));
	GoalResult g = measured_on(r, goal, "2018-11-30");
	assert_int_equal(g.definitions[0].measured.denominator, 0);
	assert_int_equal(g.status, GOAL_NOT_DECIDABLE);
}

static void put_contacts(TestRegister *r, const char *const *days, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		ContactIn in = contact_input(r, day(days[i]));
		ContactId id;
		assert_ok(put_contact(r, &in, &id));
	}
}

/* Two contacts in 2017 and three in 2018: half as many more. */
static void growth__is_held_against_a_percentage(void **state)
{
	static const char *const days[] = { "2017-01-02", "2017-12-29", "2018-01-02", "2018-05-02", "2018-11-29" };
	TestRegister *r = *state;
	put_contacts(r, days, 5);
	GoalId goal = put_goal(r, "A1", GOAL_PERCENT);
	assert_ok(put_target(r, goal, "2016-01-01", 50));
	assert_ok(put_target(r, goal, "2018-06-01", 51));
	assert_ok(put_definition(r, goal, 1, "Vækst", "growth of count contacts from 2017 to 2018"));
	GoalResult g = measured_on(r, goal, "2018-11-30");
	assert_true(fabs(goal_value(&g) - 50) < 1e-9);
	assert_int_equal(g.definitions[0].measured.before, 2);
	assert_int_equal(g.definitions[0].measured.after, 3);
	assert_int_equal(g.definitions[0].measured.denominator, INT_NONE); /* 3 are not of 2 */
	assert_string_equal(str_z(r->c->arena, goal_result_text(r->c, &g)), "from 2 to 3: +50.0%");
	assert_int_equal(g.status, GOAL_NOT_MET);
	assert_int_equal(g.status_original, GOAL_MET);
	/* On 31 May 2018 two of 2018 were known: no growth. */
	GoalResult may = measured_on(r, goal, "2018-05-31");
	assert_true(fabs(goal_value(&may)) < 1e-9);
	assert_string_equal(str_z(r->c->arena, goal_result_text(r->c, &may)), "from 2 to 2: 0.0%");
	GoalResult april = measured_on(r, goal, "2018-04-30");
	assert_string_equal(str_z(r->c->arena, goal_result_text(r->c, &april)), "from 2 to 1: \xE2\x88\x92"
										"50.0%");
	/* Without anything to grow from there is no answer. */
	GoalId other = put_goal(r, "A3", GOAL_PERCENT);
	assert_ok(put_target(r, other, "2016-01-01", 1));
	assert_ok(put_definition(r, other, 1, "Vækst", "growth of count contacts from 2016 to 2017"));
	assert_int_equal(measured_on(r, other, "2018-11-30").status, GOAL_NOT_DECIDABLE);
}

static void contacts__at_any_number_of_places_are_counted(void **state)
{
	static const ContactPlace places[] = { PLACE_JOB_CENTRE,    PLACE_NGO,     PLACE_HOME,
					       PLACE_WALK_AND_TALK, PLACE_COMPANY, PLACE_OTHER };
	TestRegister *r = *state;
	for (size_t i = 0; i < 6; i++) {
		ContactIn in = contact_input(r, day("2018-01-02"));
		ContactId id;
		in.kind = CONTACT_MEETING;
		in.place = (int)places[i];
		assert_ok(put_contact(r, &in, &id));
	}
	GoalId goal = put_goal(r, "A1", GOAL_COUNT);
	assert_ok(put_definition(r, goal, 1, "Fem steder",
				 "count contacts where place is job_centre, ngo, home, walk_and_talk, company"));
	GoalResult g = measured_on(r, goal, "2018-11-30");
	assert_true(goal_value(&g) == 5);
}

static void judgement__counts_from_its_day_until_the_next(void **state)
{
	const TestRegister *r = *state;
	GoalId goal = put_goal(r, "A5", GOAL_COUNT);
	assert_ok(put_judgement(r, goal, "2018-06-30", GOAL_PARTLY_MET));
	assert_ok(put_judgement(r, goal, "2018-11-30", GOAL_MET));
	assert_int_equal(measured_on(r, goal, "2018-06-29").status, GOAL_NOT_FOLLOWED_UP);
	assert_int_equal(measured_on(r, goal, "2018-06-30").status, GOAL_PARTLY_MET);
	assert_int_equal(measured_on(r, goal, "2018-11-29").status, GOAL_PARTLY_MET);
	GoalResult g = measured_on(r, goal, "2018-11-30");
	assert_int_equal(g.status, GOAL_MET);
	assert_int_equal(g.judgements.n, 2);
	assert_true(isnan(goal_value(&g)));
}

static void who_decided_and_judged__is_told_in_the_readers_language(void **state)
{
	const TestRegister *r = *state;
	GoalId counted = put_goal(r, "A2", GOAL_COUNT), judged = put_goal(r, "A5", GOAL_COUNT);
	assert_ok(put_target(r, counted, "2016-01-01", 1));
	assert_ok(put_definition(r, counted, 1, "Optagne", "count participants"));
	assert_ok(put_judgement(r, judged, "2018-11-30", GOAL_MET));
	GoalResult english = measured_in(r, LANG_EN, counted, "2018-11-30");
	assert_true(str_eq_z(english.targets.at[0].decided_by, "the steering group"));
	assert_true(str_eq_z(english.targets.at[0].why, "As agreed"));
	assert_true(str_eq_z(english.definitions[0].definition.decided_by, "the steering group"));
	GoalResult danish = measured_in(r, LANG_DA, counted, "2018-11-30");
	assert_true(str_eq_z(danish.targets.at[0].decided_by, "Styregruppen"));
	assert_true(str_eq_z(danish.targets.at[0].why, "Aftalt"));
	assert_true(str_eq_z(danish.definitions[0].definition.decided_by, "Styregruppen"));
	GoalResult g = measured_in(r, LANG_EN, judged, "2018-11-30");
	assert_string_equal(str_z(r->c->arena, goal_definition_text(r->c, &g)),
			    "Judged by the manager on 30/11/2018: Set");
	g = measured_in(r, LANG_DA, judged, "2018-11-30");
	assert_true(str_eq_z(g.judgement.judged_by, "Lederen"));
}

typedef struct {
	OrganisationId id;
	Str name;
} Renaming;

static Err rename_work(Ctx *c, void *arg)
{
	const Renaming *renaming = arg;
	Organisation row;
	RETURN_IF_ERR(organisation_get(c, renaming->id, &row));
	OrganisationIn in = organisation_in(&row);
	in.name = renaming->name;
	return organisation_change(c, renaming->id, &in);
}

static void goal__follows_a_partner_that_changes_its_name(void **state)
{
	TestRegister *r = *state;
	GoalId goal = put_goal(r, "A2", GOAL_COUNT);
	assert_ok(put_target(r, goal, "2016-01-01", 1));
	assert_ok(put_definition(r, goal, 1, "Aarhus", "count participants where partner is \"Jobcenter Aarhus\""));
	assert_int_equal(measured_on(r, goal, "2018-11-30").status, GOAL_MET);
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, rename_work, &(Renaming){ r->aarhus, STR("Job og Velfærd Aarhus") }));
	assert_int_equal(measured_on(r, goal, "2018-11-30").status, GOAL_MET);
	ctx_clear(r->c);
	assert_refused(r, commit_run(r->c, rename_work, &(Renaming){ r->aarhus, STR("\"Job\"") }), ERR_INVALID, "name");
}

static void new_first_definition__counts_and_the_former_stays(void **state)
{
	const TestRegister *r = *state;
	GoalId goal = put_goal(r, "D1", GOAL_PERCENT);
	assert_ok(put_target(r, goal, "2016-01-01", 50));
	assert_ok(put_definition(r, goal, 1, "Den gamle", "share of participants with gender is male"));
	const char *newer = "share of participants with gender is female";
	assert_refused(r, put_definition(r, goal, 1, "Den nye", newer), ERR_CONFLICT,
		       "valid_from"); /* of the same day */
	assert_refused(r, put_definition_from(r, goal, 1, "Den nye", newer, "2019-06-01"), ERR_INVALID, "valid_from");
	assert_ok(put_definition_from(r, goal, 1, "Den nye", newer, "2018-03-01"));
	GoalResult g = measured_on(r, goal, "2018-11-30");
	assert_int_equal(g.definition_count, 2);
	assert_true(str_eq_z(g.definitions[0].definition.name, "Den nye"));
	assert_true(str_eq_z(g.definitions[1].definition.name, "Den gamle"));
	assert_int_equal(g.definitions[1].definition.position, 2);
	assert_int_equal(g.status, GOAL_MET);
	assert_int_equal(g.definitions[1].status, GOAL_NOT_MET);
	assert_int_equal(g.definitions[0].measured.behind_count, 1);
	assert_true(uuid_eq(g.definitions[0].measured.behind[0].v, r->anna.v));
}

/* What counts on a day does not change when a definition of a later day is added. */
static void definition__is_the_first_in_force_on_the_day(void **state)
{
	const TestRegister *r = *state;
	GoalId goal = put_goal(r, "D1", GOAL_PERCENT);
	assert_ok(put_target(r, goal, "2016-01-01", 50));
	assert_ok(put_definition_from(r, goal, 1, "Den gamle", "share of participants with gender is male",
				      "2017-03-01"));
	GoalResult early = measured_on(r, goal, "2017-02-28"); /* there was no other */
	assert_int_equal(early.definition_count, 1);
	assert_int_equal(early.status, GOAL_NOT_MET);
	assert_string_equal(
		str_z(r->c->arena, early.definitions[0].words),
		"The share of participants, where the gender is “Man”. In force from 01/03/2017; used before "
		"that day too, as there was no other.");
	assert_ok(put_definition_from(r, goal, 1, "Den nye", "share of participants with gender is female",
				      "2018-03-01"));
	assert_ok(put_definition_from(r, goal, 3, "Den tredje", "share of participants with has job", "2016-06-01"));
	GoalResult before = measured_on(r, goal, "2018-02-28");
	assert_int_equal(before.definition_count, 2);
	assert_true(str_eq_z(before.definitions[0].definition.name, "Den gamle"));
	assert_int_equal(before.status, GOAL_NOT_MET);
	assert_string_equal(str_z(r->c->arena, before.definitions[0].words),
			    "The share of participants, where the gender is “Man”.");
	GoalResult after = measured_on(r, goal, "2018-03-01");
	assert_int_equal(after.definition_count, 3);
	assert_true(str_eq_z(after.definitions[0].definition.name, "Den nye"));
	assert_int_equal(after.status, GOAL_MET);
	assert_true(str_eq_z(after.definitions[1].definition.name, "Den gamle"));
	assert_true(str_eq_z(after.definitions[2].definition.name, "Den tredje"));
	/* The earliest covers the days before it, wherever it stands in the list. */
	GoalResult first = measured_on(r, goal, "2016-05-31");
	assert_int_equal(first.definition_count, 1);
	assert_true(str_eq_z(first.definitions[0].definition.name, "Den tredje"));
}

/* A job from 1 January to 31 May 2018, five months: not over six, over four. */
static void retention__is_the_programmes_rule(void **state)
{
	TestRegister *r = *state;
	PlacementId id;
	PlacementIn job = placement_input(r->bakery, PLACEMENT_FLEKSJOB, day("2018-01-01"), day("2018-05-31"));
	assert_ok(put_placement(r, r->anna, &job, &id));
	GoalId goal = put_goal(r, "D1", GOAL_PERCENT);
	assert_ok(put_target(r, goal, "2016-01-01", 50));
	assert_ok(put_definition(r, goal, 1, "Fastholdt", "share of participants with had job over retention"));
	GoalResult six = measured_on(r, goal, "2018-11-30");
	assert_int_equal(six.status, GOAL_NOT_MET);
	assert_string_equal(
		str_z(r->c->arena, six.definitions[0].words),
		"The share of participants, where the person has at some time had a job (fleksjob or ordinary) "
		"that lasted more than 6 months, the programme's rule for a job that was kept.");
	ProgrammeIn in = programme_input(r);
	in.retention_months = 4;
	in.version = 1;
	assert_ok(change_programme(r, &in));
	GoalResult four = measured_on(r, goal, "2018-11-30");
	assert_int_equal(four.status, GOAL_MET);
	assert_int_equal(four.definitions[0].measured.numerator, 1);
}

typedef struct {
	const char *expression;
	int64_t column;
} Unknown;

/* Names are looked up when a definition is stored, and pointed at. */
static void names__that_the_programme_lacks_are_refused(void **state)
{
	static const Unknown unknown[] = {
		{ "count participants where partner is \"Jobcenter Aarhus\", \"Jobcenter Atlantis\"", 57 },
		{ "share of answers to weather at end with answer is sunny", 21 },
		{ "count participants where answered weather at end is sunny", 35 },
	};
	TestRegister *r = *state;
	GoalId goal = put_goal(r, "D1", GOAL_PERCENT);
	for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
		assert_refused(r, put_definition(r, goal, 1, "x", unknown[i].expression), ERR_INVALID, "expression");
		assert_int_equal(r->c->problems[0].column, unknown[i].column);
	}
	assert_int_equal(measured_on(r, goal, "2018-11-30").definition_count, 0);
}

/* 1 of 3 is 33.33… per cent; 61 of 125 is 48.8 exactly. */
static void percentages__are_compared_by_counts(void **state)
{
	(void)state;
	Measured third = { .numerator = 1, .denominator = 3, .value = 1.0 / 3, .decidable = true };
	assert_int_equal(goal_compare(GOAL_PERCENT, 33.3, "share", &third), GOAL_MET);
	assert_int_equal(goal_compare(GOAL_PERCENT, 33.34, "share", &third), GOAL_NOT_MET);
	Measured d1 = { .numerator = 61, .denominator = 125, .value = 61.0 / 125, .decidable = true };
	assert_int_equal(goal_compare(GOAL_PERCENT, 48.8, "share", &d1), GOAL_MET);
	assert_int_equal(goal_compare(GOAL_PERCENT, 48.9, "share", &d1), GOAL_NOT_MET);
	assert_int_equal(goal_compare(GOAL_PERCENT, (double)NAN, "share", &d1), GOAL_NOT_DECIDABLE);
	assert_int_equal(goal_compare(GOAL_COUNT, 1, "share", &d1), GOAL_NOT_DECIDABLE);
	/* From 7 to 8 is a seventh, 14.2857… per cent. */
	Measured grown = { .numerator = INT_NONE,
			   .denominator = INT_NONE,
			   .before = 7,
			   .after = 8,
			   .value = 1.0 / 7,
			   .decidable = true };
	assert_int_equal(goal_compare(GOAL_PERCENT, 14.2857, "growth", &grown), GOAL_MET);
	assert_int_equal(goal_compare(GOAL_PERCENT, 14.2858, "growth", &grown), GOAL_NOT_MET);
	assert_int_equal(goal_compare(GOAL_COUNT, 1, "growth", &grown), GOAL_NOT_DECIDABLE);
	Measured most = { .numerator = 125, .denominator = INT_NONE, .value = 125, .decidable = true };
	assert_int_equal(goal_compare(GOAL_COUNT, 125, "count", &most), GOAL_MET);
	assert_int_equal(goal_compare(GOAL_COUNT, 165, "count", &most), GOAL_NOT_MET);
}

#define ON_REGISTER(f) cmocka_unit_test_setup_teardown(f, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_REGISTER(target__is_the_one_in_force_on_the_day),
		ON_REGISTER(second_target_of_a_day__is_a_conflict),
		ON_REGISTER(history__is_added_to_and_never_rewritten),
		ON_REGISTER(code__is_taken_once),
		ON_REGISTER(code__is_letters_and_a_number),
		ON_REGISTER(definition__measures_in_the_unit_of_the_goal),
		ON_REGISTER(nothing_to_measure__decides_nothing),
		ON_REGISTER(growth__is_held_against_a_percentage),
		ON_REGISTER(contacts__at_any_number_of_places_are_counted),
		ON_REGISTER(judgement__counts_from_its_day_until_the_next),
		ON_REGISTER(who_decided_and_judged__is_told_in_the_readers_language),
		ON_REGISTER(new_first_definition__counts_and_the_former_stays),
		ON_REGISTER(goal__follows_a_partner_that_changes_its_name),
		ON_REGISTER(definition__is_the_first_in_force_on_the_day),
		ON_REGISTER(retention__is_the_programmes_rule),
		ON_REGISTER(names__that_the_programme_lacks_are_refused),
		cmocka_unit_test(percentages__are_compared_by_counts),
	};
	return register_run("goals", tests, sizeof tests / sizeof tests[0]);
}
