/* Goals through pages and API, over HTTP: kept by a manager, read by everybody,
 * with the people behind a number for those alone who may see them. */
#include "../access/served.h"
#include "app/lists.h"

#include <string.h>

static Served served;

static int set_up(void **state)
{
	served_make(&served, feature_routes);
	*state = &served;
	return 0;
}

static int tear_down(void **state)
{
	served_remove(*state);
	return 0;
}

#define ANNA "Anna \303\206r\303\270"
#define BO "Bo Randersen"

static Reply get(Served *s, int who, Str target)
{
	return served_as(s, who, "GET", str_z(s->arena, target), NULL, STR(""));
}

static Reply post(Served *s, int who, Str target, const char *body)
{
	return served_as(s, who, "POST", str_z(s->arena, target), "application/x-www-form-urlencoded", str_of(body));
}

static Str below(Served *s, Str path, const char *more)
{
	return str_printf(s->arena, "%.*s%s", STR_ARG(path), more);
}

static Str programme_path(Served *s, const char *before, const char *after)
{
	Str id = uuid_str(s->arena, s->register_->programme.v);
	return str_printf(s->arena, "%s%.*s%s", before, STR_ARG(id), after);
}

/* Anna was admitted by Aarhus, Bo by Randers: two citizens, as many as were to come. */
static Str put_goal(Served *s)
{
	TestRegister *r = s->register_;
	ParticipantIn bo = participant_input(r, BO, "130171-1231", day("2017-02-01"));
	ParticipantId id;
	bo.partner = r->randers;
	assert_ok(put_participant(r, &bo, &id));
	Reply made = post(s, WHO_MANAGER, programme_path(s, "/projekt/", "/maal/ny"),
			  "code=A2&level=activity&unit=count&wording=Borgere+optaget");
	assert_int_equal(made.status, 303);
	Str path = reply_header(made, "Location");
	assert_int_equal(post(s, WHO_MANAGER, below(s, path, "/maaltal"),
			      "valid_from=2016-01-01&value=2&decided_by=Styregruppen")
				 .status,
			 303);
	return path;
}

static Str put_measured_goal(Served *s)
{
	Str path = put_goal(s);
	assert_int_equal(post(s, WHO_MANAGER, below(s, path, "/definition"),
			      "position=1&name=Optagne&expression=count+participants&valid_from=2016-01-01&"
			      "decided_by=Styregruppen")
				 .status,
			 303);
	return path;
}

static void people_behind__are_shown_as_far_as_one_may_see_them(void **state)
{
	Served *s = *state;
	Str path = put_measured_goal(s);
	Reply closed = get(s, WHO_MANAGER, path);
	assert_true(has(closed.body, "people=true") && !has(closed.body, ANNA) && !has(closed.body, BO));
	assert_int_equal(served_audited(s, "goal.people", AUDIT_DONE), 0); /* nobody was shown */
	path = below(s, path, "?people=true");
	Reply manager = get(s, WHO_MANAGER, path);
	assert_int_equal(manager.status, 200);
	assert_true(has(manager.body, ANNA) && has(manager.body, BO));
	Reply aarhus = get(s, WHO_AARHUS, path);
	assert_true(has(aarhus.body, ANNA) && !has(aarhus.body, BO));
	assert_true(has(aarhus.body, "and 1 at another partner"));
	Reply randers = get(s, WHO_RANDERS, path);
	assert_true(!has(randers.body, ANNA) && has(randers.body, BO));
	assert_int_equal(served_audited(s, "goal.people", AUDIT_DONE), 3);
	assert_int_equal(served_audited(s, "goal.person", AUDIT_DONE), 4); /* two, Anna, Bo */
	Reply evaluator = get(s, WHO_EVALUATOR, path);
	assert_int_equal(evaluator.status, 200);
	assert_true(!has(evaluator.body, ANNA) && !has(evaluator.body, BO) && !has(evaluator.body, "/borger/"));
	assert_true(has(evaluator.body, "Citizen 1") && has(evaluator.body, "Citizen 2"));
	assert_int_equal(served_audited(s, "goal.pseudonyms", AUDIT_DONE), 1);
	Reply admin = get(s, WHO_ADMIN, path);
	assert_int_equal(admin.status, 200);
	assert_true(!has(admin.body, ANNA) && !has(admin.body, BO) && !has(admin.body, "Citizen 1"));
	assert_true(has(admin.body, "2 citizens.") && has(admin.body, "You may see the number only."));
	assert_int_equal(served_audited(s, "goal.people", AUDIT_DONE), 3);
	assert_int_equal(served_audited(s, "goal.pseudonyms", AUDIT_DONE), 1);
}

static void board_and_api__say_the_same(void **state)
{
	Served *s = *state;
	(void)put_measured_goal(s);
	Reply board = get(s, WHO_EVALUATOR, STR("/maal?date=2018-11-30"));
	assert_int_equal(board.status, 200);
	assert_true(has(board.body, "Borgere optaget") && has(board.body, "goal-met"));
	Reply api = get(s, WHO_EVALUATOR, programme_path(s, "/api/v1/programmes/", "/goals?date=2018-11-30"));
	assert_int_equal(api.status, 200);
	assert_true(str_starts(api.body, STR("{\"programme\":\"rampen\",\"date\":\"2018-11-30\",\"goals\":[{\"code\":"
					     "\"A2\",\"level\":\"activity\",")));
	assert_true(has(api.body, "\"target\":2,\"targets\":[{\"value\":2,\"from\":\"2016-01-01\",\"by\":"
				  "\"Styregruppen\",\"why\":null}],\"numerator\":2,\"denominator\":2,\"value\":2,"
				  "\"lo\":null,\"hi\":null,"
				  "\"unit\":\"count\",\"status\":\"met\",\"status_original_target\":\"met\","
				  "\"definition\":\"The number of participants.\""));
	/* Bo came on 1 February 2017. */
	Reply before = get(s, WHO_EVALUATOR, programme_path(s, "/api/v1/programmes/", "/goals?date=2017-01-31"));
	assert_true(has(before.body, "\"numerator\":1,") && has(before.body, "\"status\":\"not_met\""));
	Reply no_day = get(s, WHO_EVALUATOR, programme_path(s, "/api/v1/programmes/", "/goals?date=2017-02-30"));
	assert_int_equal(no_day.status, 422);
	assert_true(has(no_day.body, "\"field\":\"date\""));
	Reply list = get(s, WHO_EVALUATOR, STR("/api/v1/programmes"));
	assert_true(has(list.body, "\"code\":\"rampen\""));
}

static void preview__shows_words_and_result_and_stores_nothing(void **state)
{
	Served *s = *state;
	Str path = put_goal(s);
	Reply seen = post(s, WHO_MANAGER, below(s, path, "/definition/vis"),
			  "expression=count+participants+where+gender+is+female&why=Fordi");
	assert_int_equal(seen.status, 200);
	assert_true(has(seen.body, "The number of participants, where the gender is “Woman”."));
	assert_true(has(seen.body, "Nothing is stored yet."));
	assert_true(has(seen.body, "Fordi")); /* what was typed stays */
	Reply api = get(s, WHO_MANAGER, programme_path(s, "/api/v1/programmes/", "/goals"));
	assert_true(has(api.body, "\"definitions\":[]"));
}

static void wrong_expression__is_marked_and_kept(void **state)
{
	Served *s = *state;
	Str path = put_goal(s);
	Reply wrong = post(s, WHO_MANAGER, below(s, path, "/definition"),
			   "position=1&name=Mit+navn&expression=count+participants+where+gendre+is+female&"
			   "valid_from=2016-01-01&decided_by=Styregruppen");
	assert_int_equal(wrong.status, 422);
	assert_true(has(wrong.body, "count participants where <mark>gendre</mark> is female"));
	assert_true(has(wrong.body, "Character 26:"));
	assert_true(has(wrong.body, "Did you mean “gender”?"));
	assert_true(has(wrong.body, "value=\"Mit navn\""));
	Reply unknown = post(s, WHO_MANAGER, below(s, path, "/definition/vis"),
			     "expression=count+participants+where+partner+is+%22Atlantis%22");
	assert_int_equal(unknown.status, 422);
	assert_true(has(unknown.body, "<mark>&quot;Atlantis&quot;</mark>"));
	Reply api = get(s, WHO_MANAGER, programme_path(s, "/api/v1/programmes/", "/goals"));
	assert_true(has(api.body, "\"definitions\":[]"));
}

static void second_target_of_a_day__is_a_conflict(void **state)
{
	Served *s = *state;
	Str path = put_goal(s);
	Reply again = post(s, WHO_MANAGER, below(s, path, "/maaltal"),
			   "valid_from=2016-01-01&value=165&decided_by=Styregruppen");
	assert_int_equal(again.status, 409);
	assert_true(has(again.body, "A newer target must be of a day after 01/01/2016, the newest there is."));
	assert_true(has(again.body, "value=\"165\""));
}

static void only_managers__change_goals(void **state)
{
	Served *s = *state;
	Str path = put_measured_goal(s);
	static const int others[] = { WHO_AARHUS, WHO_RANDERS, WHO_EVALUATOR };
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(get(s, others[i], below(s, path, "/maaltal")).status, 403);
		assert_int_equal(post(s, others[i], below(s, path, "/vurdering"),
				      "day=2018-11-30&judged_by=x&verdict=met&reason=x")
					 .status,
				 403);
		assert_false(has(get(s, others[i], path).body, "New definition"));
	}
	assert_int_equal(get(s, WHO_MANAGER, below(s, path, "?definition=01890000-0000-7000-8000-000000000000")).status,
			 404);
}

#define SERVED(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(people_behind__are_shown_as_far_as_one_may_see_them),
		SERVED(board_and_api__say_the_same),
		SERVED(preview__shows_words_and_result_and_stores_nothing),
		SERVED(wrong_expression__is_marked_and_kept),
		SERVED(second_target_of_a_day__is_a_conflict),
		SERVED(only_managers__change_goals),
	};
	return register_run("goals through HTTP", tests, sizeof tests / sizeof tests[0]);
}
