/* The vault, beside a register on either engine: what is sealed opens where it was sealed and nowhere else, a key is
 * durable before what it seals, rotation loses nothing, and every way to a wrong key is told. */
#include "db/vault.h"
#include "base/file.h"
#include "boxes.h"
#include "db/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static SealedPlace place_of(const char *place, unsigned char person, unsigned char row)
{
	SealedPlace at = { .place = place, .row_len = 16 };
	at.person.b[0] = at.person.b[15] = person;
	at.row[0] = row;
	return at;
}

static Str keyring_of(const Database *d, Arena *a)
{
	return str_printf(a, "%s/test.keyring", d->directory);
}

static Str store_of(const Database *d, Arena *a)
{
	return str_printf(a, "sqlite:%s/test.keys", d->directory);
}

/* The register once more, as another process has it. */
static Err open_again(Database *d, Db **out)
{
	Ctx *c = &d->c;
	*out = database_open(d);
	return vault_attach(c, *out, store_of(d, c->arena), keyring_of(d, c->arena));
}

static Err seal_in_read(Ctx *c, const SealedPlace *at, Str text, Str *out)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = vault_seal(c, at, text, out);
	db_end_read(c);
	return e;
}

static Err open_in_read(Ctx *c, Arena *to, const SealedPlace *at, Str sealed, Str *out)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = vault_open(c, to, at, sealed, out);
	db_end_read(c);
	return e;
}

static void text__opens_where_it_was_sealed_and_nowhere_else(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	const SealedPlace at = place_of("contact.note", 1, 1);
	const SealedPlace others[] = { place_of("contact.name", 1, 1), place_of("contact.note", 1, 2),
				       place_of("contact.note", 2, 1) };
	Str sealed, text;
	ok(vault_make_key(c, at.person));
	ok(vault_make_key(c, others[2].person));
	ok(seal_in_read(c, &at, STR("Vil gerne på Bageriet"), &sealed));
	assert_true(str_find_str(sealed, STR("Bageriet")) == SIZE_MAX);
	ok(open_in_read(c, c->arena, &at, sealed, &text));
	assert_true(str_eq_z(text, "Vil gerne på Bageriet"));
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(open_in_read(c, c->arena, &others[i], sealed, &text), ERR_DB);
	sealed = str_dup(c->arena, sealed);
	((char *)(uintptr_t)sealed.ptr)[sealed.len / 2] ^= 1;
	assert_int_equal(open_in_read(c, c->arena, &at, sealed, &text), ERR_DB);
}

static void person__of_another_tenant_is_another_person(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	const SealedPlace at = place_of("contact.note", 1, 1);
	Str sealed, text;
	ok(vault_make_key(c, at.person));
	ok(seal_in_read(c, &at, STR("x"), &sealed));
	c->tenant.v.b[0] ^= 0xff;
	ok(open_in_read(c, c->arena, &at, sealed, &text));
	assert_true(str_is_none(text)); /* no key: as after an erasure */
	ok(vault_make_key(c, at.person));
	assert_int_equal(open_in_read(c, c->arena, &at, sealed, &text), ERR_DB);
}

static void same_text__is_never_sealed_alike(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	const SealedPlace at = place_of("contact.note", 1, 1);
	Str one, two, short_one, long_one;
	ok(vault_make_key(c, at.person));
	ok(seal_in_read(c, &at, STR("x"), &one));
	ok(seal_in_read(c, &at, STR("x"), &two));
	assert_false(str_eq(one, two));
	ok(seal_in_read(c, &at, STR(""), &short_one));
	ok(seal_in_read(c, &at, STR("thirty-one letters are as short"), &long_one));
	assert_int_equal(short_one.len, long_one.len);
}

static void person__without_a_key_is_refused_and_has_one_key_only(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	const SealedPlace at = place_of("contact.note", 3, 1);
	Str sealed;
	assert_int_equal(seal_in_read(c, &at, STR("x"), &sealed), ERR_NOT_FOUND);
	ok(vault_make_key(c, at.person));
	assert_int_equal(vault_make_key(c, at.person), ERR_CONFLICT);
}

static void users_text__opens_for_its_user_in_its_tenant_and_place(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	const UserId anna = { { { 1 } } }, bo = { { { 2 } } };
	Str sealed, text;
	ok(vault_seal_user(c, "app_user.totp", anna, STR("GEZDGNBVGY3TQOJQ"), &sealed));
	assert_true(str_find_str(sealed, STR("GEZDGNBV")) == SIZE_MAX);
	ok(vault_open_user(c, "app_user.totp", anna, sealed, &text));
	assert_true(str_eq_z(text, "GEZDGNBVGY3TQOJQ"));
	assert_int_equal(vault_open_user(c, "app_user.totp", bo, sealed, &text), ERR_DB);
	assert_int_equal(vault_open_user(c, "app_user.other", anna, sealed, &text), ERR_DB);
	c->tenant.v.b[0] ^= 0xff;
	assert_int_equal(vault_open_user(c, "app_user.totp", anna, sealed, &text), ERR_DB);
}

static void pseudonym__is_one_in_a_programme_and_another_elsewhere(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	const ProgrammeId rampen = { { { 1 } } }, stigen = { { { 2 } } };
	const ParticipantId anna = { { { 1 } } }, bo = { { { 2 } } };
	Str first, again, others[4];
	ok(vault_pseudonym(c, rampen, anna, &first));
	assert_int_equal(first.len, 2 * VAULT_PSEUDONYM);
	ok(keyring_add_master(c, keyring_of(d, c->arena))); /* rotation keeps it */
	ok(vault_pseudonym(c, rampen, anna, &again));
	assert_true(str_eq(first, again));
	ok(vault_pseudonym(c, rampen, bo, &others[0]));
	ok(vault_pseudonym(c, stigen, anna, &others[1]));
	ok(vault_blind(c, "rampe pseudonym", (Str){ (const char *)anna.v.b, sizeof anna.v.b }, &others[2]));
	others[2] = hex_write(c->arena, (const unsigned char *)others[2].ptr, others[2].len);
	c->tenant.v.b[0] ^= 0xff;
	ok(vault_pseudonym(c, rampen, anna, &others[3]));
	for (size_t i = 0; i < 4; i++)
		assert_false(str_eq(first, others[i]));
}

static void another_process__opens_what_this_one_has_sealed_at_once(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	const SealedPlace at = place_of("contact.note", 1, 1);
	Str sealed, text;
	Db *here = c->db, *there = NULL;
	ok(vault_make_key(c, at.person));
	ok(seal_in_read(c, &at, STR("x"), &sealed));
	ok(open_again(d, &there));
	c->db = there;
	ok(open_in_read(c, c->arena, &at, sealed, &text));
	assert_true(str_eq_z(text, "x"));
	c->db = here;
	db_close(there);
}

/* A second master key, while another process goes on with the keyring as it was. */
static void rotation__loses_nothing_and_stops_nobody(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	enum { PERSONS = 30 };
	Str sealed[PERSONS], text, of_user;
	const UserId anna = { { { 1 } } };
	Db *here = c->db, *there = NULL;
	int64_t changed = 0;
	ok(vault_seal_user(c, "app_user.totp", anna, STR("x"), &of_user));
	for (unsigned char i = 0; i < PERSONS; i++) {
		const SealedPlace at = place_of("contact.note", (unsigned char)(i + 1), 1);
		ok(vault_make_key(c, at.person));
		ok(seal_in_read(c, &at, STR("x"), &sealed[i]));
	}
	ok(keyring_add_master(c, keyring_of(d, c->arena)));
	ok(open_again(d, &there));
	c->db = there;
	ok(vault_rewrap(c, &changed));
	assert_int_equal(changed, PERSONS);
	ok(vault_rewrap(c, &changed));
	assert_int_equal(changed, 0);
	const SealedPlace fresh = place_of("contact.note", 77, 1);
	ok(vault_make_key(c, fresh.person));
	ok(seal_in_read(c, &fresh, STR("new"), &text));
	c->db = here; /* which knows one master key, and hears of the other by what it wraps */
	ok(open_in_read(c, c->arena, &fresh, text, &text));
	assert_true(str_eq_z(text, "new"));
	c->db = there;
	for (unsigned char i = 0; i < PERSONS; i++) {
		const SealedPlace at = place_of("contact.note", (unsigned char)(i + 1), 1);
		ok(open_in_read(c, c->arena, &at, sealed[i], &text));
		assert_true(str_eq_z(text, "x"));
	}
	ok(vault_open_user(c, "app_user.totp", anna, of_user, &text));
	assert_true(str_eq_z(text, "x"));
	c->db = here;
	db_close(there);
}

/* Neither a store of another register, nor an empty one, nor another keyring is taken for the right one. */
static void store__or_keyring_of_another_register_is_refused(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	Db *there = database_open(d);
	Str keyring = keyring_of(d, c->arena);
	Str other = str_printf(c->arena, "%s/other", d->directory);
	Str empty = str_printf(c->arena, "sqlite:%.*s", STR_ARG(other));
	ok(vault_make_key(c, place_of("contact.note", 1, 1).person));
	assert_int_equal(vault_attach(c, there, empty, keyring), ERR_CONFLICT);
	(void)unlink(other.ptr);
	(void)unlink(str_printf(c->arena, "%s-wal", other.ptr).ptr);
	(void)unlink(str_printf(c->arena, "%s-shm", other.ptr).ptr);
	ok(keyring_make(c, other));
	assert_int_equal(vault_attach(c, there, store_of(d, c->arena), other), ERR_CONFLICT);
	(void)unlink(other.ptr);
	assert_int_equal(vault_attach(c, there, store_of(d, c->arena), other), ERR_IO);
	ok(vault_attach(c, there, store_of(d, c->arena), keyring));
	db_close(there);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static int run_vault(const char *name)
{
	const struct CMUnitTest tests[] = {
		ON(text__opens_where_it_was_sealed_and_nowhere_else),
		ON(person__of_another_tenant_is_another_person),
		ON(same_text__is_never_sealed_alike),
		ON(person__without_a_key_is_refused_and_has_one_key_only),
		ON(users_text__opens_for_its_user_in_its_tenant_and_place),
		ON(pseudonym__is_one_in_a_programme_and_another_elsewhere),
		ON(another_process__opens_what_this_one_has_sealed_at_once),
		ON(rotation__loses_nothing_and_stops_nobody),
		ON(store__or_keyring_of_another_register_is_refused),
	};
	return cmocka_run_group_tests_name(name, tests, NULL, NULL);
}

int main(void)
{
	return on_both_engines(run_vault);
}
