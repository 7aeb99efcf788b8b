/* The audit trail, on both engines: whatever is done to it behind the program's back is found. */
#include "db/audit.h"
#include "boxes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

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

/* Reckoned with Python's hashlib.blake2b(b, digest_size=32), where for an int n, a text s, an id u and no text
 *   i(n) = b"i" + n.to_bytes(8, "big", signed=True)    t(s) = b"t" + len(s).to_bytes(8, "big") + s
 *   u(n) = b"u" + bytes([n] * 16)                      none = b"n"
 * b = bytes(32) + u(1) + i(7) + i(1543579200123456) + u(2) + none + t("contact.register") + t("contact") + u(3) + u(4)
 *     + t("") + t("denied") + t("æ") */
static void an_entry_hashes_every_column(void **state)
{
	(void)state;
	static const unsigned char expected[CHAIN_HASH] = { 0xb5, 0xf0, 0xdf, 0x4c, 0xa9, 0x57, 0x42, 0xf3,
							    0x81, 0x5f, 0x6f, 0x72, 0xfa, 0xc8, 0x0d, 0xf4,
							    0xa5, 0x1c, 0x20, 0xf8, 0x8b, 0xdb, 0x08, 0x06,
							    0xd2, 0x08, 0x5d, 0x8f, 0xf0, 0xaf, 0x1e, 0x5f };
	AuditRow row = { .seq = 7,
			 .at = 1543579200123456,
			 .action = STR("contact.register"),
			 .subject_kind = STR("contact"),
			 .purpose = STR(""),
			 .outcome = AUDIT_DENIED,
			 .detail = STR("æ") };
	TenantId tenant;
	ChainHash start = CHAIN_START, hash;
	memset(tenant.v.b, 1, sizeof tenant.v.b);
	memset(row.actor.b, 2, sizeof row.actor.b);
	memset(row.subject.b, 3, sizeof row.subject.b);
	memset(row.participant.b, 4, sizeof row.participant.b);
	audit_hash(&start, tenant, &row, &hash);
	assert_memory_equal(hash.b, expected, sizeof expected);
}

static void the_check_tells_the_head(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	AuditCheck one, two;
	ok(make_box(c, 1));
	one = verified(c);
	ok(make_box(c, 2));
	two = verified(c);
	assert_memory_not_equal(one.head, two.head, sizeof one.head);
	database_script(d, "DELETE FROM audit WHERE seq = 2", "DELETE FROM audit WHERE seq = 2");
	AuditCheck cut = verified(c);
	assert_int_equal(cut.broken, 2);
	assert_memory_equal(cut.head, one.head, sizeof one.head);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static int run_trail(const char *name)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_hashes_every_column),
		ON(the_check_tells_the_head),
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
