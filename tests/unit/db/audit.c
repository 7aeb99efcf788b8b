/* The audit trail, on both engines: whatever is done to it behind the program's back is found. */
#include "boxes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void trail_of_five(Database *d)
{
	Ctx *c = &d->c;
	for (unsigned char n = 1; n <= 5; n++)
		ok(make_box(c, n));
	AuditCheck check = verified(c);
	assert_int_equal(check.entries, 5);
	assert_int_equal(check.broken, 0);
}

static void broken_at(Database *d, const char *sql, int64_t seq)
{
	trail_of_five(d);
	database_script(d, sql, sql);
	assert_int_equal(verified(&d->c).broken, seq);
}

static void an_edited_entry_is_found(void **state)
{
	broken_at(*state, "UPDATE audit SET action = 'test.wrote' WHERE seq = 3", 3);
}

static void an_entry_given_another_time_is_found(void **state)
{
	Database *d = *state;
	trail_of_five(d);
	database_script(d, "UPDATE audit SET at = at + 1 WHERE seq = 4",
			"UPDATE audit SET at = at + interval '1 microsecond' WHERE seq = 4");
	assert_int_equal(verified(&d->c).broken, 4);
}

static void a_value_in_place_of_none_is_found(void **state)
{
	broken_at(*state, "UPDATE audit SET detail = '' WHERE seq = 2", 2);
}

static void a_removed_entry_is_found(void **state)
{
	broken_at(*state, "DELETE FROM audit WHERE seq = 2", 2);
}

static void entries_that_changed_places_are_found(void **state)
{
	broken_at(*state,
		  "UPDATE audit SET seq = 99 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; "
		  "UPDATE audit SET seq = 3 WHERE seq = 99",
		  2);
}

static void entries_cut_off_at_the_end_are_found(void **state)
{
	broken_at(*state, "DELETE FROM audit WHERE seq = 5", 5);
}

static void an_emptied_trail_is_found(void **state)
{
	broken_at(*state, "DELETE FROM audit", 1);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static int run_trail(const char *name)
{
	const struct CMUnitTest tests[] = {
		ON(an_edited_entry_is_found),
		ON(an_entry_given_another_time_is_found),
		ON(a_value_in_place_of_none_is_found),
		ON(a_removed_entry_is_found),
		ON(entries_that_changed_places_are_found),
		ON(entries_cut_off_at_the_end_are_found),
		ON(an_emptied_trail_is_found),
	};
	return cmocka_run_group_tests_name(name, tests, NULL, NULL);
}

int main(void)
{
	return on_both_engines(run_trail);
}
