/* The second step of logging in, proving oneself anew, and sessions that are told apart: over HTTP, with every route of
 * the program and a clock that the test turns. Codes come from liboath, as a phone would make them. */
#include "../access/served.h"
#include "app/lists.h"

#include "access/second.h"
#include "access/session.h"
#include "access/throttle.h"
#include "crypto/totp.h"
#include "second_sql.h"
#include "session_sql.h"

#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

static const char form_type[] = "application/x-www-form-urlencoded";
static const char password_typed[] = "password=en+lang+adgangskode";

static int make(void **state)
{
	static Served served;
	served_make(&served, feature_routes);
	*state = &served;
	return 0;
}

/* Managers must have a second step. */
static int make_strict(void **state)
{
	static Served served;
	served_make_strict(&served, feature_routes, 1u << ROLE_MANAGER);
	*state = &served;
	return 0;
}

static int clean(void **state)
{
	served_remove(*state);
	return 0;
}

/* The text between two others; empty when they do not stand there. */
static Str between(Str text, const char *before, const char *after)
{
	size_t at = str_find_str(text, str_of(before));
	if (at == SIZE_MAX)
		return STR("");
	Str rest = str_sub(text, at + strlen(before), text.len);
	return str_sub(rest, 0, str_find_str(rest, str_of(after)));
}

static Str without_blanks(Arena *a, Str text)
{
	Buf *b = buf_new(a, text.len + 1);
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != ' ')
			buf_char(b, text.ptr[i]);
	return buf_str(b);
}

/* The code of the secret, `steps` from now. */
static Str code_of(Served *s, Str secret, int steps)
{
	char *bytes = NULL, digits[TOTP_DIGITS + 1];
	size_t n = 0;
	time_t at = (time_t)(atomic_load(&s->clock.at) / 1000000) + steps * TOTP_SECONDS;
	assert_int_equal(oath_base32_decode(secret.ptr, secret.len, &bytes, &n), OATH_OK);
	assert_int_equal(oath_totp_generate(bytes, n, at, TOTP_SECONDS, 0, TOTP_DIGITS, digits), OATH_OK);
	free(bytes);
	return str_dup(s->arena, str_of(digits));
}

/* As somebody whose browser keeps the secret that it is given. */
static Reply as(Served *s, int who, const char *method, const char *target, Str body)
{
	Reply r = served_as(s, who, method, target, strcmp(method, "POST") == 0 ? form_type : NULL, body);
	Str session = reply_cookie(r, "rampe_session");
	if (!str_is_empty(session))
		s->who[who].session = session;
	return r;
}

static Reply typed_code(Served *s, int who, const char *target, Str code)
{
	return as(s, who, "POST", target, str_printf(s->arena, "%s&code=%.*s", password_typed, STR_ARG(code)));
}

/* Sets the manager's second step up, as the pages lead; the first recovery code in *recovery. */
static Str set_up(Served *s, Str *recovery)
{
	assert_int_equal(as(s, WHO_MANAGER, "POST", "/konto/totrin/ny", STR("")).status, 303);
	Reply r = as(s, WHO_MANAGER, "GET", "/konto/totrin", STR(""));
	Str secret = without_blanks(s->arena, between(r.body, "class=\"rampe-secret\">", "<"));
	assert_int_equal(secret.len, 32);
	assert_true(has(r.body, "<svg"));
	r = typed_code(s, WHO_MANAGER, "/konto/totrin", code_of(s, secret, 0));
	assert_int_equal(r.status, 200);
	*recovery = between(r.body, "<li><code>", "<");
	assert_int_equal(recovery->len, 19);
	served_wait(s, TOTP_SECONDS); /* that code is used up */
	return secret;
}

/* The half-session that the password alone gives. */
static Str half_login(Served *s)
{
	Reply r;
	assert_true(str_is_empty(served_login(s, "leder", PASSWORD, &r)));
	assert_int_equal(r.status, 303);
	assert_true(str_starts(reply_header(r, "Location"), STR("/login/kode?next=")));
	return reply_cookie(r, "rampe_half");
}

static Reply half_code(Served *s, Str half, Str code)
{
	static const char token[] = "0123456789012345678901234567890123456789";
	Str headers = str_printf(s->arena,
				 "Accept-Language: en\r\nCookie: rampe_half=%.*s; rampe_csrf=%s\r\nX-CSRF-Token: %s\r\n"
				 "Content-Type: %s\r\n",
				 STR_ARG(half), token, token, form_type);
	return served_ask(s, "POST", "/login/kode", headers.ptr, str_printf(s->arena, "code=%.*s", STR_ARG(code)));
}

/* Logs in by password and code: the session's secret; empty when the code is refused. */
static Str full_login(Served *s, Str code)
{
	Reply r = half_code(s, half_login(s), code);
	Str session = reply_cookie(r, "rampe_session");
	assert_int_equal(r.status, str_is_empty(session) ? 422 : 303);
	return session;
}

static void second_step__counts_when_a_code_has_confirmed_it(void **state)
{
	Served *s = *state;
	Reply r;
	Str recovery;
	assert_int_equal(as(s, WHO_MANAGER, "POST", "/konto/totrin/ny", STR("")).status, 303);
	assert_int_equal(typed_code(s, WHO_MANAGER, "/konto/totrin", STR("000000")).status, 422);
	assert_false(str_is_empty(served_login(s, "leder", PASSWORD, &r)));
	Str secret = set_up(s, &recovery);
	assert_int_equal(served_audited(s, "user.totp_on", AUDIT_DONE), 1);
	assert_false(str_is_empty(full_login(s, code_of(s, secret, 0))));
	assert_false(str_is_empty(served_login(s, "aarhus", PASSWORD, &r))); /* another's is as it was */
}

/* Whoever had got in by the password alone is out. */
static void second_step__ends_sessions_of_before(void **state)
{
	Served *s = *state;
	Reply r;
	Str recovery, mine = s->who[WHO_MANAGER].session, before = served_login(s, "leder", PASSWORD, &r);
	(void)set_up(s, &recovery);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/konto", STR("")).status, 200);
	s->who[WHO_MANAGER].session = before;
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/konto", STR("")).status, 303);
	s->who[WHO_MANAGER].session = mine;
}

static void code__is_taken_once(void **state)
{
	Served *s = *state;
	Str recovery, secret = set_up(s, &recovery), code = code_of(s, secret, 0);
	assert_false(str_is_empty(full_login(s, code)));
	assert_true(str_is_empty(full_login(s, code)));
	assert_true(str_is_empty(full_login(s, code_of(s, secret, -1)))); /* within the window, and older */
	assert_false(str_is_empty(full_login(s, code_of(s, secret, 1))));
	assert_int_equal(served_audited(s, "user.login_code", AUDIT_FAILED), 2);
}

static void code__of_two_steps_away_is_refused(void **state)
{
	Served *s = *state;
	Str recovery, secret = set_up(s, &recovery);
	served_wait(s, 10 * TOTP_SECONDS);
	assert_true(str_is_empty(full_login(s, code_of(s, secret, 2))));
	assert_true(str_is_empty(full_login(s, code_of(s, secret, -2))));
	assert_false(str_is_empty(full_login(s, code_of(s, secret, -1))));
}

static void recovery_code__lets_in_once_however_it_is_typed(void **state)
{
	Served *s = *state;
	Str recovery, typed, secret = set_up(s, &recovery);
	char *upper = arena_alloc(s->arena, recovery.len);
	for (size_t i = 0; i < recovery.len; i++)
		upper[i] = recovery.ptr[i] == '-'                             ? '+'
			   : recovery.ptr[i] >= 'a' && recovery.ptr[i] <= 'z' ? (char)(recovery.ptr[i] - 32)
									      : recovery.ptr[i];
	typed = (Str){ upper, recovery.len };
	assert_false(str_is_empty(full_login(s, typed)));
	assert_int_equal(served_audited(s, "user.recovery_code", AUDIT_DONE), 1);
	assert_true(str_is_empty(full_login(s, recovery)));
	assert_true(has(as(s, WHO_MANAGER, "GET", "/konto/totrin", STR("")).body, "You have 9 recovery codes left."));
	Reply r = as(s, WHO_MANAGER, "POST", "/konto/totrin/koder", STR(""));
	Str fresh = between(r.body, "<li><code>", "<");
	assert_true(has(as(s, WHO_MANAGER, "GET", "/konto/totrin", STR("")).body, "You have 10 recovery codes left."));
	assert_false(str_is_empty(full_login(s, fresh)));
	assert_false(str_is_empty(full_login(s, code_of(s, secret, 0))));
}

/* The path with some identifier for every parameter. */
static const char *path_of(Served *s, const Route *r)
{
	Buf *b = buf_new(s->arena, 1000);
	for (const char *at = r->pattern; *at != '\0'; at++) {
		if (*at != '{') {
			buf_char(b, *at);
			continue;
		}
		buf_str_add(b, uuid_str(s->arena, s->register_->programme.v));
		at = strchr(at, '}');
	}
	buf_char(b, '\0');
	return b->ptr;
}

/* Every route that somebody must be somebody for, asked with the secret in each place where one may stand. */
static void half_session__opens_nothing(void **state)
{
	Served *s = *state;
	Str recovery;
	(void)set_up(s, &recovery);
	Str half = half_login(s);
	int asked = 0;
	for (const RouteTable *const *t = feature_routes; *t != NULL; t++)
		for (size_t i = 0; i < (*t)->n; i++) {
			const Route *route = &(*t)->routes[i];
			if (route->may.operation == OP_PUBLIC)
				continue;
			Str headers = str_printf(
				s->arena,
				"Cookie: rampe_half=%.*s; rampe_session=%.*s; rampe_csrf=%.*s\r\n"
				"X-CSRF-Token: %.*s\r\nAuthorization: Bearer %.*s\r\nContent-Type: %s\r\n",
				STR_ARG(half), STR_ARG(half), STR_ARG(half), STR_ARG(half), STR_ARG(half), form_type);
			Reply r =
				served_ask(s, http_method_name(route->method), path_of(s, route), headers.ptr, STR(""));
			bool page = route->method == HTTP_GET && strncmp(route->pattern, "/api/", 5) != 0;
			assert_int_equal(r.status, page || route->left != NULL ? 303 : 401);
			assert_true(route->left == NULL || str_eq_z(reply_header(r, "Location"), route->left));
			assert_true(!page || str_starts(reply_header(r, "Location"), STR("/login?next=")) ||
				    str_eq_z(reply_header(r, "Location"), "/adgang"));
			asked++;
		}
	assert_true(asked > 100);
}

static void half_session__ends_after_five_minutes(void **state)
{
	Served *s = *state;
	Str recovery, secret = set_up(s, &recovery), half = half_login(s);
	served_wait(s, HALF_MINUTES * 60 + 1);
	Reply r = half_code(s, half, code_of(s, secret, 0));
	assert_int_equal(r.status, 303);
	assert_true(str_eq_z(reply_header(r, "Location"), "/login"));
	assert_true(str_is_empty(reply_cookie(r, "rampe_session")));
	half = half_login(s);
	served_wait(s, HALF_MINUTES * 60 - 1);
	assert_false(str_is_empty(reply_cookie(half_code(s, half, code_of(s, secret, 0)), "rampe_session")));
	assert_true(str_is_empty(reply_cookie(half_code(s, half, recovery), "rampe_session"))); /* it is used up */
}

/* A right password in between sets nothing back. */
static void many_wrong_codes__make_wait_and_never_lock_out(void **state)
{
	Served *s = *state;
	Str recovery, secret = set_up(s, &recovery);
	for (int i = 0; i < THROTTLE_FREE; i++)
		assert_int_equal(half_code(s, half_login(s), STR("000000")).status, 422);
	Str half = half_login(s);
	assert_int_equal(half_code(s, half, code_of(s, secret, 0)).status, 429);
	assert_int_equal(served_audited(s, "user.login_code", AUDIT_FAILED), THROTTLE_FREE);
	served_wait(s, THROTTLE_SECONDS_MOST);
	assert_false(str_is_empty(reply_cookie(half_code(s, half, code_of(s, secret, 0)), "rampe_session")));
}

static void removal__asks_for_password_and_code(void **state)
{
	Served *s = *state;
	Reply r;
	Str recovery, secret = set_up(s, &recovery);
	Str wrong = str_printf(s->arena, "password=forkert+forkert&code=%.*s", STR_ARG(recovery));
	assert_int_equal(as(s, WHO_MANAGER, "POST", "/konto/totrin/fjern", wrong).status, 422);
	assert_int_equal(typed_code(s, WHO_MANAGER, "/konto/totrin/fjern", STR("000000")).status, 422);
	assert_true(str_is_empty(served_login(s, "leder", PASSWORD, &r)));
	assert_int_equal(typed_code(s, WHO_MANAGER, "/konto/totrin/fjern", code_of(s, secret, 0)).status, 303);
	assert_int_equal(served_audited(s, "user.totp_off", AUDIT_DONE), 1);
	assert_int_equal(served_audited(s, "user.totp_off", AUDIT_FAILED), 2);
	assert_false(str_is_empty(served_login(s, "leder", PASSWORD, &r)));
}

static void proof__asks_for_the_code_too(void **state)
{
	Served *s = *state;
	Str recovery, secret = set_up(s, &recovery);
	served_wait(s, PROOF_MINUTES * 60 + 1);
	assert_int_equal(as(s, WHO_MANAGER, "POST", "/konto/bekraeft", str_of(password_typed)).status, 422);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/evaluering/xlsx", STR("")).status, 303);
	assert_int_equal(typed_code(s, WHO_MANAGER, "/konto/bekraeft", code_of(s, secret, 0)).status, 303);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/evaluering/xlsx", STR("")).status, 200);
	assert_int_equal(typed_code(s, WHO_MANAGER, "/konto/bekraeft", code_of(s, secret, 0)).status, 422);
}

/* Changing the password shows that one knows it, and no more. */
static void new_password__is_no_proof_of_the_code(void **state)
{
	Served *s = *state;
	Str recovery;
	(void)set_up(s, &recovery);
	served_wait(s, PROOF_MINUTES * 60 + 1);
	Str body = STR("old=en+lang+adgangskode&fresh=en+ny+adgangskode&repeated=en+ny+adgangskode");
	assert_int_equal(as(s, WHO_MANAGER, "POST", "/konto/kode", body).status, 303);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/konto", STR("")).status, 200);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/evaluering/xlsx", STR("")).status, 303);
}

static Err reset_work(Ctx *c, void *arg)
{
	c->actor = NULL;
	return second_reset(c, *(const UserId *)arg);
}

static void reset__lets_begin_anew_and_ends_sessions(void **state)
{
	Served *s = *state;
	Reply r;
	Str recovery;
	(void)set_up(s, &recovery);
	ctx_clear(s->register_->c);
	assert_ok(commit_run(s->register_->c, reset_work, &s->who[WHO_MANAGER].id));
	ctx_clear(s->register_->c);
	assert_int_equal(commit_run(s->register_->c, reset_work, &s->who[WHO_AARHUS].id), ERR_NOT_FOUND);
	served_wait(s, SESSION_FRESH_SECONDS + 1);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/konto", STR("")).status, 303);
	assert_false(str_is_empty(served_login(s, "leder", PASSWORD, &r)));
}

/* What stands in the database lets nobody in. */
static void secret_and_codes__are_not_stored_in_clear(void **state)
{
	Served *s = *state;
	Str recovery, secret = set_up(s, &recovery);
	TotpRow row;
	Ctx *c = s->register_->c;
	char *bytes = NULL;
	size_t n = 0;
	assert_int_equal(oath_base32_decode(secret.ptr, secret.len, &bytes, &n), OATH_OK);
	begin(s->register_);
	assert_ok(totp_get(c, s->who[WHO_MANAGER].id, &row));
	assert_int_equal(str_find_str(row.secret, secret), SIZE_MAX);
	assert_int_equal(str_find_str(row.secret, (Str){ bytes, n }), SIZE_MAX);
	end(s->register_);
	free(bytes);
}

/* Early: what leads there, out, or stands open to all. Tokens are other programs', which have no phone. */
static void required_role__sets_it_up_before_anything_else(void **state)
{
	Served *s = *state;
	Str recovery;
	int held = 0;
	for (const RouteTable *const *t = feature_routes; *t != NULL; t++)
		for (size_t i = 0; i < (*t)->n; i++) {
			const Route *route = &(*t)->routes[i];
			bool api = strncmp(route->pattern, "/api/", 5) == 0;
			if (route->may.operation == OP_PUBLIC || route->early || api ||
			    policy_may(&(Actor){ .role = ROLE_MANAGER, .programme = s->register_->programme },
				       route->may.operation, route->may.reach) != OK)
				continue;
			Reply r = as(s, WHO_MANAGER, http_method_name(route->method), path_of(s, route), STR(""));
			bool get = route->method == HTTP_GET;
			assert_int_equal(r.status, get ? 303 : 403);
			assert_true(!get || str_eq_z(reply_header(r, "Location"), "/konto/totrin"));
			assert_true(get || has(r.body, "href=\"/konto/totrin\""));
			held++;
		}
	assert_true(held > 50);
	assert_int_equal(as(s, WHO_AARHUS, "GET", "/konto", STR("")).status, 200);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/api/v1/programmes", STR("")).status, 200);
	(void)set_up(s, &recovery);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/konto", STR("")).status, 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(second_step__counts_when_a_code_has_confirmed_it, make, clean),
		cmocka_unit_test_setup_teardown(second_step__ends_sessions_of_before, make, clean),
		cmocka_unit_test_setup_teardown(code__is_taken_once, make, clean),
		cmocka_unit_test_setup_teardown(code__of_two_steps_away_is_refused, make, clean),
		cmocka_unit_test_setup_teardown(recovery_code__lets_in_once_however_it_is_typed, make, clean),
		cmocka_unit_test_setup_teardown(half_session__opens_nothing, make, clean),
		cmocka_unit_test_setup_teardown(half_session__ends_after_five_minutes, make, clean),
		cmocka_unit_test_setup_teardown(many_wrong_codes__make_wait_and_never_lock_out, make, clean),
		cmocka_unit_test_setup_teardown(removal__asks_for_password_and_code, make, clean),
		cmocka_unit_test_setup_teardown(proof__asks_for_the_code_too, make, clean),
		cmocka_unit_test_setup_teardown(new_password__is_no_proof_of_the_code, make, clean),
		cmocka_unit_test_setup_teardown(reset__lets_begin_anew_and_ends_sessions, make, clean),
		cmocka_unit_test_setup_teardown(secret_and_codes__are_not_stored_in_clear, make, clean),
		cmocka_unit_test_setup_teardown(required_role__sets_it_up_before_anything_else, make_strict, clean),
	};
	return register_run("second", tests, sizeof(tests) / sizeof(tests[0]));
}
