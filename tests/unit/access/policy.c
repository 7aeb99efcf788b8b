#include "access/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const Uuid one = { { 1 } }, two = { { 2 } }, three = { { 3 } };

static Actor actor_of(Role role)
{
	return (Actor){
		.user = { { { 9 } } }, .role = role, .programme = { one }, .organisation = { two }, .member = { three }
	};
}

static void nothing__is_allowed_that_the_table_does_not_say(void **state)
{
	(void)state;
	for (int role = 0; role < ROLE_COUNT; role++) {
		Actor a = actor_of((Role)role);
		assert_int_equal(policy_may(&a, OP_NONE, REACH_OWN_PARTICIPANT), ERR_DENIED);
		assert_int_equal(policy_may(&a, OP_PUBLIC, REACH_NONE), ERR_DENIED);
	}
	Actor strange = actor_of((Role)ROLE_COUNT);
	for (int op = 0; op <= OPERATION_COUNT; op++)
		assert_int_equal(policy_may(&strange, (Operation)op, REACH_OWN_PARTICIPANT), ERR_DENIED);
}

static void visitor__sees_only_what_is_public(void **state)
{
	(void)state;
	for (int op = 0; op < OPERATION_COUNT; op++)
		assert_int_equal(policy_some(&actor_public, (Operation)op), op == OP_PUBLIC);
}

/* Data protection by default: who keeps the installation needs no citizen's name. */
static void administrator_and_evaluator__see_no_names(void **state)
{
	(void)state;
	Actor admin = actor_of(ROLE_ADMINISTRATOR), evaluator = actor_of(ROLE_EVALUATOR);
	assert_false(policy_some(&admin, OP_SEE_PEOPLE));
	assert_false(policy_some(&admin, OP_SEE_PSEUDONYMS));
	assert_false(policy_some(&evaluator, OP_SEE_PEOPLE));
	assert_false(policy_some(&evaluator, OP_REGISTER));
	assert_int_equal(policy_may(&evaluator, OP_SEE_NUMBERS, REACH_OWN_PROGRAMME), OK);
}

static void contact_person__is_bound_to_programme_and_unit(void **state)
{
	(void)state;
	Actor a = actor_of(ROLE_CONTACT_PERSON);
	Ctx c = { .actor = &a };
	Scope scope;
	assert_int_equal(policy_may(&a, OP_SEE_PEOPLE, REACH_OWN_UNIT), OK);
	assert_int_equal(policy_may(&a, OP_SEE_PEOPLE, REACH_OWN_PROGRAMME), ERR_DENIED);
	assert_int_equal(policy_scope(&c, OP_SEE_PEOPLE, &scope), OK);
	assert_true(uuid_eq(scope.programme.v, one));
	assert_true(uuid_eq(scope.organisation.v, two));
	assert_true(uuid_eq(scope.related.v, a.user.v));
	assert_int_equal(policy_scope(&c, OP_SEE_NUMBERS, &scope), OK);
	assert_true(uuid_is_none(scope.organisation.v));
	assert_int_equal(policy_programme(&c, OP_SEE_NUMBERS, (ProgrammeId){ one }), OK);
	assert_int_equal(policy_programme(&c, OP_SEE_NUMBERS, (ProgrammeId){ two }), ERR_NOT_FOUND);
}

static void denied__scope_matches_no_row(void **state)
{
	(void)state;
	Actor a = actor_of(ROLE_EVALUATOR);
	Ctx c = { .actor = &a };
	Scope scope;
	assert_int_equal(policy_scope(&c, OP_SEE_PEOPLE, &scope), ERR_DENIED);
	assert_false(uuid_is_none(scope.programme.v));
	assert_false(uuid_is_none(scope.organisation.v));
	assert_true(uuid_is_none(scope.related.v));
	assert_int_equal(policy_programme(&c, OP_SEE_PEOPLE, (ProgrammeId){ one }), ERR_NOT_FOUND);
}

static void actor_without_programme_or_unit__reaches_none(void **state)
{
	(void)state;
	Actor a = actor_of(ROLE_MANAGER);
	a.programme = (ProgrammeId){ UUID_NONE };
	assert_false(policy_some(&a, OP_SEE_PEOPLE));
	a = actor_of(ROLE_CONTACT_PERSON);
	a.organisation = (OrganisationId){ UUID_NONE };
	assert_false(policy_some(&a, OP_SEE_PEOPLE));
	assert_true(policy_some(&a, OP_SEE_NUMBERS));
}

static void program_itself__is_not_bound(void **state)
{
	(void)state;
	Ctx c = { 0 };
	Scope scope;
	assert_int_equal(policy_may(NULL, OP_ADMINISTER, REACH_ANY), OK);
	assert_int_equal(policy_scope(&c, OP_SEE_PEOPLE, &scope), OK);
	assert_true(uuid_is_none(scope.programme.v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing__is_allowed_that_the_table_does_not_say),
		cmocka_unit_test(visitor__sees_only_what_is_public),
		cmocka_unit_test(administrator_and_evaluator__see_no_names),
		cmocka_unit_test(contact_person__is_bound_to_programme_and_unit),
		cmocka_unit_test(denied__scope_matches_no_row),
		cmocka_unit_test(actor_without_programme_or_unit__reaches_none),
		cmocka_unit_test(program_itself__is_not_bound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
