/* Which user an issuer's subject is, on both engines; and what is seen of a provider's answer before it is asked. */
#include "../feature/register.h"

#include "access/guest.h"
#include "access/oidc_link.h"
#include "crypto/token.h"
#include "db/engine.h"
#include "db/vault.h"
#include "http/fetch.h"
#include "oidc_sql.h"

#include <string.h>

#define ISSUER "https://login.example.dk"
#define SECOND ((Time)1000000)

typedef struct {
	UserId user;
	OidcIdentity who;
	OidcFlow flow;
	Str login;
	ParticipantId citizen;
	Str kept, secret; /* a session's hash, and the secret of a new one */
} Call;

#define WORK(name, call)                   \
	static Err name(Ctx *c, void *arg) \
	{                                  \
		Call *k = arg;             \
		return call;               \
	}

WORK(add_link, oidc_link_add(c, k->user, &k->who))
WORK(remove_link, oidc_link_remove(c, k->user, &k->who))
WORK(remove_all, oidc_link_remove_all(c, k->user))
WORK(add_citizen, oidc_citizen_add(c, k->citizen, &k->who, k->kept))
WORK(enter_named, guest_enter_named(c, k->citizen, STR("oidc"), &k->secret))
WORK(remove_citizen, oidc_citizen_remove(c, k->citizen, k->kept))

static Err add_user(Ctx *c, void *arg)
{
	Call *k = arg;
	UserIn in = { .login = k->login, .name = k->login, .role = ROLE_ADMINISTRATOR, .lang = LANG_EN };
	return user_add(c, &in, STR(""), &k->user);
}

static Err use_flow(Ctx *c, void *arg)
{
	const Call *k = arg;
	AuditEvent e = actor_event(c, "oidc.answer");
	RETURN_IF_ERR(oidc_use(c, &k->flow));
	return commit_audit(c, &e);
}

static Err run(TestRegister *r, Call *k, Err (*work)(Ctx *c, void *arg))
{
	ctx_clear(r->c);
	return commit_run(r->c, work, k);
}

static Call user(TestRegister *r, const char *login, const char *subject)
{
	Call k = { .login = str_of(login), .who = { STR(ISSUER), str_of(subject) } };
	assert_ok(run(r, &k, add_user));
	return k;
}

/* Whom the subject lets in. */
static Err find(TestRegister *r, Str issuer, Str subject, User *out)
{
	OidcIdentity who = { issuer, subject };
	ctx_clear(r->c);
	begin(r);
	Err e = oidc_link_find(r->c, &who, out);
	end(r);
	return e;
}

static void a_subject__is_one_user(void **state)
{
	TestRegister *r = *state;
	User found;
	Call leder = user(r, "leder", "abc"), anden = user(r, "anden", "abc");
	assert_int_equal(find(r, STR(ISSUER), STR("abc"), &found), ERR_NOT_FOUND);
	assert_ok(run(r, &leder, add_link));
	assert_ok(run(r, &leder, add_link)); /* the same once more */
	assert_int_equal(run(r, &anden, add_link), ERR_CONFLICT);
	assert_ok(find(r, STR(ISSUER), STR("abc"), &found));
	assert_true(str_eq_z(found.login, "leder"));
	/* Nothing but exactly this issuer and this subject. */
	assert_int_equal(find(r, STR(ISSUER), STR("ABC"), &found), ERR_NOT_FOUND);
	assert_int_equal(find(r, STR(ISSUER), STR("leder"), &found), ERR_NOT_FOUND);
	assert_int_equal(find(r, STR(ISSUER "/"), STR("abc"), &found), ERR_NOT_FOUND);
	assert_int_equal(find(r, STR("https://LOGIN.example.dk"), STR("abc"), &found), ERR_NOT_FOUND);
}

static void a_link__is_removed_by_its_own_user_alone(void **state)
{
	TestRegister *r = *state;
	User found;
	Call leder = user(r, "leder", "abc"), anden = user(r, "anden", "abc");
	assert_ok(run(r, &leder, add_link));
	assert_int_equal(run(r, &anden, remove_link), ERR_NOT_FOUND);
	assert_ok(run(r, &anden, remove_all)); /* of which there are none */
	assert_ok(find(r, STR(ISSUER), STR("abc"), &found));
	assert_ok(run(r, &leder, remove_link));
	assert_int_equal(run(r, &leder, remove_link), ERR_NOT_FOUND);
	assert_int_equal(find(r, STR(ISSUER), STR("abc"), &found), ERR_NOT_FOUND);
	assert_ok(run(r, &anden, add_link)); /* now it is free */
	assert_ok(run(r, &anden, remove_all));
	assert_int_equal(find(r, STR(ISSUER), STR("abc"), &found), ERR_NOT_FOUND);
}

static void another_tenant__knows_nothing_of_it(void **state)
{
	TestRegister *r = *state;
	User found;
	Call leder = user(r, "leder", "abc");
	TenantId own = r->c->tenant;
	assert_ok(run(r, &leder, add_link));
	r->c->tenant.v.b[15] ^= 3;
	Err e = find(r, STR(ISSUER), STR("abc"), &found);
	r->c->tenant = own;
	assert_int_equal(e, ERR_NOT_FOUND);
}

/* Whose page the subject opens. */
static Err find_citizen(TestRegister *r, Str issuer, const char *subject, ParticipantId *out)
{
	OidcIdentity who = { issuer, str_of(subject) };
	ctx_clear(r->c);
	begin(r);
	Err e = oidc_citizen_find(r->c, &who, out);
	end(r);
	return e;
}

static Call citizen(ParticipantId who, const char *subject)
{
	return (Call){ .citizen = who, .who = { STR(ISSUER), str_of(subject) } };
}

static ParticipantId bo(TestRegister *r)
{
	ParticipantId id;
	ParticipantIn in = participant_input(r, "Bo Bravo", "0707614285", day("2017-01-02"));
	assert_ok(put_participant(r, &in, &id));
	return id;
}

static void a_subject__is_one_citizen(void **state)
{
	TestRegister *r = *state;
	ParticipantId found;
	Call anna = citizen(r->anna, "abc"), other = citizen(bo(r), "abc"), anew = citizen(r->anna, "def");
	assert_int_equal(find_citizen(r, STR(ISSUER), "abc", &found), ERR_NOT_FOUND);
	assert_ok(run(r, &anna, add_citizen));
	assert_ok(run(r, &anna, add_citizen)); /* the same once more */
	assert_int_equal(run(r, &other, add_citizen), ERR_CONFLICT);
	assert_ok(find_citizen(r, STR(ISSUER), "abc", &found));
	assert_true(uuid_eq(found.v, r->anna.v));
	/* Nothing but exactly this issuer and this subject. */
	assert_int_equal(find_citizen(r, STR(ISSUER), "ABC", &found), ERR_NOT_FOUND);
	assert_int_equal(find_citizen(r, STR(ISSUER "/"), "abc", &found), ERR_NOT_FOUND);
	/* Another one takes its place. */
	assert_ok(run(r, &anew, add_citizen));
	assert_int_equal(find_citizen(r, STR(ISSUER), "abc", &found), ERR_NOT_FOUND);
	assert_ok(run(r, &other, add_citizen)); /* now it is free */
	/* A refused one leaves what there was. */
	other.who.subject = STR("def");
	assert_int_equal(run(r, &other, add_citizen), ERR_CONFLICT);
	assert_ok(find_citizen(r, STR(ISSUER), "abc", &found));
	assert_true(uuid_eq(found.v, other.citizen.v));
	assert_ok(run(r, &anew, remove_citizen));
	assert_int_equal(find_citizen(r, STR(ISSUER), "def", &found), ERR_NOT_FOUND);
	assert_ok(find_citizen(r, STR(ISSUER), "abc", &found));
}

static void a_subject__is_no_user_and_citizen_at_once(void **state)
{
	TestRegister *r = *state;
	ParticipantId found;
	User user_found;
	Call leder = user(r, "leder", "abc"), anden = user(r, "anden", "def");
	Call as_user = citizen(r->anna, "abc"), anna = citizen(r->anna, "def");
	assert_ok(run(r, &leder, add_link));
	assert_int_equal(run(r, &as_user, add_citizen), ERR_DENIED);
	assert_int_equal(find_citizen(r, STR(ISSUER), "abc", &found), ERR_DENIED);
	assert_ok(run(r, &anna, add_citizen));
	assert_int_equal(run(r, &anden, add_link), ERR_DENIED);
	assert_int_equal(find(r, STR(ISSUER), STR("def"), &user_found), ERR_DENIED);
	assert_ok(run(r, &leder, remove_link));
	assert_int_equal(find_citizen(r, STR(ISSUER), "abc", &found), ERR_NOT_FOUND);
}

static void a_citizens_login__is_stored_as_a_keyed_hash(void **state)
{
	TestRegister *r = *state;
	OidcCitizen row;
	unsigned char plain[TOKEN_HASH];
	Call anna = citizen(r->anna, "abc");
	assert_ok(run(r, &anna, add_citizen));
	begin(r);
	assert_ok(oidc_citizen_get(r->c, r->anna, &row));
	end(r);
	token_hash(STR(ISSUER "\nabc"), plain);
	assert_int_equal(row.identity.len, VAULT_BLIND);
	assert_memory_not_equal(row.identity.ptr, plain, VAULT_BLIND); /* no hash that everybody can reckon */
	assert_true(str_eq_z(row.host, "login.example.dk"));
}

/* Whose page the secret opens; none: nobody's. *hash: Known.guest. */
static ParticipantId opens(TestRegister *r, Str secret, Str *hash)
{
	Known known = { 0 };
	ctx_clear(r->c);
	Err e = guest_find(r->c, secret, &known);
	assert_true(e == OK || e == ERR_NOT_FOUND);
	*hash = str_dup(r->d.db->arena, known.guest);
	return known.actor.participant;
}

static Str enter(TestRegister *r, Call *k)
{
	assert_ok(run(r, k, enter_named));
	return str_dup(r->d.db->arena, k->secret);
}

static void a_login_that_is_added_or_removed__ends_the_citizens_other_sessions(void **state)
{
	TestRegister *r = *state;
	Str hash;
	Call anna = citizen(r->anna, "abc"), other = citizen(bo(r), "def");
	Str first = enter(r, &anna), own = enter(r, &anna), bos = enter(r, &other);
	(void)opens(r, own, &anna.kept);
	assert_ok(run(r, &anna, add_citizen));
	assert_true(uuid_is_none(opens(r, first, &hash).v));
	assert_true(uuid_eq(opens(r, own, &hash).v, r->anna.v));
	assert_true(uuid_eq(opens(r, bos, &hash).v, other.citizen.v));
	first = enter(r, &anna);
	assert_ok(run(r, &anna, remove_citizen));
	assert_true(uuid_is_none(opens(r, first, &hash).v));
	assert_true(uuid_eq(opens(r, own, &hash).v, r->anna.v));
	anna.kept = STR_NONE; /* the staff removes it */
	assert_ok(run(r, &anna, remove_citizen));
	assert_true(uuid_is_none(opens(r, own, &hash).v));
	assert_true(uuid_eq(opens(r, bos, &hash).v, other.citizen.v));
}

/* The right to see what is registered remains (GDPR art. 15), by a login as by a code. */
static void an_archived_citizens_login__still_opens_the_page(void **state)
{
	TestRegister *r = *state;
	ParticipantId found;
	Str hash;
	Call anna = citizen(r->anna, "abc");
	assert_ok(run(r, &anna, add_citizen));
	database_script(&r->d, "UPDATE participant SET archived = 1", "UPDATE participant SET archived = now()");
	assert_ok(find_citizen(r, STR(ISSUER), "abc", &found));
	assert_true(uuid_eq(opens(r, enter(r, &anna), &hash).v, r->anna.v));
}

static void another_tenant__knows_nothing_of_a_citizens_login(void **state)
{
	TestRegister *r = *state;
	ParticipantId found;
	Call anna = citizen(r->anna, "abc");
	TenantId own = r->c->tenant;
	assert_ok(run(r, &anna, add_citizen));
	r->c->tenant.v.b[15] ^= 3;
	Err e = find_citizen(r, STR(ISSUER), "abc", &found);
	r->c->tenant = own;
	assert_int_equal(e, ERR_NOT_FOUND);
}

static void an_answer__counts_once(void **state)
{
	TestRegister *r = *state;
	Call k = { .flow = { .begun = clock_now(&r->clock), .nonce = STR("a") } }, other = k;
	other.flow.nonce = STR("b");
	assert_ok(run(r, &k, use_flow));
	assert_int_equal(run(r, &k, use_flow), ERR_CONFLICT);
	assert_ok(run(r, &other, use_flow));
	assert_int_equal(run(r, &other, use_flow), ERR_CONFLICT);
	/* Kept for as long as the answer would be taken, and no longer. */
	r->clock = clock_fixed(k.flow.begun + (OIDC_MINUTES * 60 - 1) * SECOND);
	assert_int_equal(run(r, &k, use_flow), ERR_CONFLICT);
	r->clock = clock_fixed(k.flow.begun + OIDC_MINUTES * 60 * SECOND);
	assert_ok(run(r, &k, use_flow));
}

static void what_is_sealed_of_a_login__comes_back(void **state)
{
	TestRegister *r = *state;
	Uuid someone = { { 1, 2, 3 } };
	OidcFlow flow = { OIDC_TO_LINK, someone,         clock_now(&r->clock), STR("state"),
			  STR("nonce"), STR("verifier"), STR("/maal?a=b") };
	OidcFlow back;
	for (int i = 0; i < OIDC_PURPOSES; i++) {
		flow.purpose = (OidcPurpose)i;
		assert_true(oidc_flow_read(oidc_flow_write(r->c, &flow), &back));
		assert_int_equal(back.purpose, i);
	}
	assert_true(uuid_eq(back.who, someone) && back.begun == flow.begun);
	assert_true(str_eq(back.state, flow.state) && str_eq(back.nonce, flow.nonce));
	assert_true(str_eq(back.verifier, flow.verifier) && str_eq(back.next, flow.next));
	assert_false(oidc_flow_read(STR(""), &back));
	assert_false(oidc_flow_read(STR("0\n1"), &back));
	flow.purpose = (OidcPurpose)OIDC_PURPOSES; /* none that there is */
	assert_false(oidc_flow_read(oidc_flow_write(r->c, &flow), &back));
}

static void an_answer__must_be_of_this_login_and_in_time(void **state)
{
	TestRegister *r = *state;
	OidcSettings settings = { STR(ISSUER), STR("rampe"), STR("secret"),
				  STR("https://rampe.example" OIDC_ANSWER_PATH) };
	Oidc *o = oidc_new(&settings);
	Time begun = clock_now(&r->clock);
	OidcFlow flow = { .begun = begun, .state = STR("state") };
	OidcAnswer good = { STR("state"), STR("code"), STR_NONE, STR_NONE }, other;
	assert_int_equal(oidc_check_answer(r->c, o, &flow, &good), OIDC_ACCEPTED);
	other = (OidcAnswer){ STR("State"), STR("code"), STR_NONE, STR_NONE };
	assert_int_equal(oidc_check_answer(r->c, o, &flow, &other), OIDC_STATE);
	other = (OidcAnswer){ STR_NONE, STR("code"), STR_NONE, STR_NONE };
	assert_int_equal(oidc_check_answer(r->c, o, &flow, &other), OIDC_STATE);
	other = (OidcAnswer){ STR("state"), STR("code"), STR_NONE, STR("https://login.example") };
	assert_int_equal(oidc_check_answer(r->c, o, &flow, &other), OIDC_OTHER_ISSUER);
	other = (OidcAnswer){ STR("state"), STR("code"), STR("access_denied"), STR(ISSUER) };
	assert_int_equal(oidc_check_answer(r->c, o, &flow, &other), OIDC_PROVIDER_ERROR);
	other = (OidcAnswer){ STR("state"), STR(""), STR_NONE, STR(ISSUER) };
	assert_int_equal(oidc_check_answer(r->c, o, &flow, &other), OIDC_NO_CODE);
	r->clock = clock_fixed(begun + (OIDC_MINUTES * 60 - 1) * SECOND);
	assert_int_equal(oidc_check_answer(r->c, o, &flow, &good), OIDC_ACCEPTED);
	r->clock = clock_fixed(begun + OIDC_MINUTES * 60 * SECOND);
	assert_int_equal(oidc_check_answer(r->c, o, &flow, &good), OIDC_TOO_LATE);
	r->clock = clock_fixed(begun - SECOND);
	assert_int_equal(oidc_check_answer(r->c, o, &flow, &good), OIDC_TOO_LATE);
	oidc_free(o);
}

static void only_safe_addresses__are_asked(void **state)
{
	(void)state;
	static const char *const may[] = { "https://login.example.dk", "https://login.example.dk:8443/a?b=c",
					   "http://127.0.0.1:4593/api", "http://[::1]/", "http://127.0.0.1" };
	static const char *const may_not[] = { "",
					       "login.example.dk",
					       "http://login.example.dk",
					       "http://localhost/",
					       "http://127.0.0.1.example/",
					       "http://127.0.0.1@example/",
					       "http://127.0.0.1:80@example/",
					       "http://127.0.0.1:x/",
					       "https://",
					       "https:///a",
					       "https://a@b/",
					       "https://a\\b/",
					       "https://a/#b",
					       "https://a/ b",
					       "https://a/\n",
					       "file:///etc/passwd",
					       "ftp://a/",
					       "HTTPS://a/",
					       "javascript:alert(1)",
					       "http://127.0.0.10/",
					       "http://127.0.0.1.evil.dk/",
					       "http://127.0.0.1:80.evil.dk/",
					       "http://[::1]x/" };
	for (size_t i = 0; i < sizeof may / sizeof may[0]; i++)
		assert_true(fetch_may_ask(str_of(may[i])));
	for (size_t i = 0; i < sizeof may_not / sizeof may_not[0]; i++)
		assert_false(fetch_may_ask(str_of(may_not[i])));
}

/* What only begins like this machine, or names it in another place, is another. */
static const char *const elsewhere[] = { "127.0.0.1.evil.dk",
					 "127.0.0.1:80.evil.dk",
					 "127.0.0.1evil.dk",
					 "127.0.0.10",
					 "127.0.0.1:",
					 "127.0.0.1:0",
					 "127.0.0.1:65536",
					 "127.0.0.1:x",
					 "[::1].evil.dk",
					 "[::1]evil.dk",
					 "[::1",
					 "::1",
					 "localhost",
					 "evil.dk:127.0.0.1",
					 "" };

static void this_machine__is_nothing_that_only_begins_so(void **state)
{
	static const char *const here[] = { "127.0.0.1", "127.0.0.1:25", "127.0.0.1:65535", "[::1]", "[::1]:8080" };
	(void)state;
	for (size_t i = 0; i < sizeof here / sizeof here[0]; i++)
		assert_true(fetch_is_here(str_of(here[i])));
	for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++)
		assert_false(fetch_is_here(str_of(elsewhere[i])));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_subject__is_one_user, register_make, register_remove),
		cmocka_unit_test_setup_teardown(a_link__is_removed_by_its_own_user_alone, register_make,
						register_remove),
		cmocka_unit_test_setup_teardown(another_tenant__knows_nothing_of_it, register_make, register_remove),
		cmocka_unit_test_setup_teardown(a_subject__is_one_citizen, register_make, register_remove),
		cmocka_unit_test_setup_teardown(a_subject__is_no_user_and_citizen_at_once, register_make,
						register_remove),
		cmocka_unit_test_setup_teardown(a_citizens_login__is_stored_as_a_keyed_hash, register_make,
						register_remove),
		cmocka_unit_test_setup_teardown(a_login_that_is_added_or_removed__ends_the_citizens_other_sessions,
						register_make, register_remove),
		cmocka_unit_test_setup_teardown(an_archived_citizens_login__still_opens_the_page, register_make,
						register_remove),
		cmocka_unit_test_setup_teardown(another_tenant__knows_nothing_of_a_citizens_login, register_make,
						register_remove),
		cmocka_unit_test_setup_teardown(an_answer__counts_once, register_make, register_remove),
		cmocka_unit_test_setup_teardown(what_is_sealed_of_a_login__comes_back, register_make, register_remove),
		cmocka_unit_test_setup_teardown(an_answer__must_be_of_this_login_and_in_time, register_make,
						register_remove),
		cmocka_unit_test_setup_teardown(only_safe_addresses__are_asked, register_make, register_remove),
		cmocka_unit_test(this_machine__is_nothing_that_only_begins_so),
	};
	return register_run("access/oidc", tests, sizeof tests / sizeof tests[0]);
}
