#include "served.h"

#include "access/account.h"
#include "access/session.h"
#include "access/throttle.h"
#include "audit_sql.h"
#include "session_sql.h"

#include <string.h>

static int make(void **state)
{
	static const RouteTable *const tables[] = { &access_routes, NULL };
	static Served served;
	served_make(&served, tables);
	*state = &served;
	return 0;
}

static int clean(void **state)
{
	served_remove(*state);
	return 0;
}

/* The page of one's own account: 200 with the name for whoever is logged in. */
static int account_status(Served *s, Str session)
{
	Str headers = str_printf(s->arena, "Cookie: rampe_session=%.*s\r\n", STR_ARG(session));
	return served_ask(s, "GET", "/konto", headers.ptr, STR("")).status;
}

static void login__gives_a_cookie_that_opens_the_account(void **state)
{
	Served *s = *state;
	Reply r;
	Str session = served_login(s, "Leder", PASSWORD, &r);
	assert_int_equal(r.status, 303);
	assert_int_equal(session.len, 64);
	assert_true(has(r.head, "SameSite=Lax; HttpOnly"));
	assert_int_equal(account_status(s, session), 200);
	assert_int_equal(served_audited(s, "user.login", AUDIT_DONE), 6); /* five of the fixture's, and this */
}

static void wrong_password__gives_none_and_is_audited(void **state)
{
	Served *s = *state;
	Reply r;
	assert_true(str_is_none(served_login(s, "leder", "en anden adgangskode", &r)));
	assert_int_equal(r.status, 401);
	assert_true(has(r.body, "Login or password is wrong."));
	assert_int_equal(served_audited(s, "user.login", AUDIT_FAILED), 1);
}

/* Nobody learns which logins there are. */
static void unknown_login__is_answered_like_a_wrong_password(void **state)
{
	Served *s = *state;
	Reply known, unknown;
	(void)served_login(s, "leder", "forkert forkert", &known);
	(void)served_login(s, "ingen", "forkert forkert", &unknown);
	assert_int_equal(unknown.status, known.status);
	assert_true(has(unknown.body, "Login or password is wrong."));
	assert_int_equal(known.body.len, unknown.body.len);
}

static void closed_user__cannot_log_in_nor_go_on(void **state)
{
	Served *s = *state;
	Reply r;
	assert_int_equal(account_status(s, s->who[WHO_MANAGER].session), 200);
	database_script(&s->register_->d, "UPDATE app_user SET closed = 1 WHERE login = 'leder'",
			"UPDATE app_user SET closed = now() WHERE login = 'leder'");
	served_wait(s, SESSION_FRESH_SECONDS + 1); /* changed behind the server's back: heard of by then */
	assert_int_equal(account_status(s, s->who[WHO_MANAGER].session), 303);
	assert_true(str_is_none(served_login(s, "leder", PASSWORD, &r)));
}

typedef struct {
	const char *detail;
	int n;
} From;

static Err count_from(void *arg, const AuditRow *row)
{
	From *from = arg;
	from->n += str_eq_z(row->action, "user.login") && str_eq_z(row->detail, from->detail);
	return OK;
}

/* Logins and failed ones that the audit has from an address. */
static int audited_from(Served *s, const char *address)
{
	From from = { address, 0 };
	begin(s->register_);
	assert_ok(audit_walk(s->register_->c, count_from, &from));
	end(s->register_);
	return from.n;
}

static void many_wrong_passwords__make_wait_and_never_lock_out(void **state)
{
	Served *s = *state;
	Reply r;
	for (int i = 0; i < THROTTLE_FREE; i++)
		(void)served_login(s, "leder", "forkert forkert", &r);
	assert_int_equal(r.status, 401);
	assert_true(str_is_none(served_login(s, "leder", PASSWORD, &r)));
	assert_int_equal(r.status, 429);
	assert_false(str_is_none(served_login(s, "aarhus", PASSWORD, &r))); /* others are not held up */
	served_wait(s, THROTTLE_SECONDS_MOST);
	assert_false(str_is_none(served_login(s, "leder", PASSWORD, &r)));
}

/* One password tried on many logins: the address behind the proxy waits, its neighbour does not. */
static void many_wrong_passwords__make_their_address_wait(void **state)
{
	Served *s = *state;
	Reply page = served_ask(s, "GET", "/login", "", STR("")), r = { 0 };
	size_t at = str_find_str(page.head, STR("rampe_csrf="));
	Str csrf = str_sub(page.head, at + 11, str_find(page.head, ';', at));
	for (int i = 0; i <= THROTTLE_ADDRESS_FREE + 1; i++) {
		bool neighbour = i > THROTTLE_ADDRESS_FREE;
		Str headers = str_printf(s->arena,
					 "Cookie: rampe_csrf=%.*s\r\nX-Forwarded-For: 10.0.0.1, 203.0.113.%d\r\n"
					 "Content-Type: application/x-www-form-urlencoded\r\n",
					 STR_ARG(csrf), neighbour ? 8 : 7);
		Str body = str_printf(s->arena, "csrf=%.*s&login=nobody%d&password=sommer2018", STR_ARG(csrf), i);
		r = served_ask(s, "POST", "/login", headers.ptr, body);
		assert_int_equal(r.status, i == THROTTLE_ADDRESS_FREE ? 429 : 401);
	}
	assert_int_equal(audited_from(s, "203.0.113.7"), THROTTLE_ADDRESS_FREE);
	assert_int_equal(audited_from(s, "203.0.113.8"), 1);
}

static void form__without_its_token_changes_nothing(void **state)
{
	Served *s = *state;
	const Somebody *leder = &s->who[WHO_MANAGER], *other = &s->who[WHO_AARHUS];
	Str tokens[] = { STR(""), STR("csrf="), str_printf(s->arena, "csrf=%.*s", STR_ARG(other->csrf)),
			 str_printf(s->arena, "csrf=%.*s&lang=da", 63, leder->csrf.ptr) };
	Str headers = str_printf(s->arena,
				 "Cookie: rampe_session=%.*s\r\nContent-Type: application/x-www-form-urlencoded\r\n",
				 STR_ARG(leder->session));
	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
		Str body = str_printf(s->arena, "%.*s&lang=da", STR_ARG(tokens[i]));
		assert_int_equal(served_ask(s, "POST", "/konto/sprog", headers.ptr, body).status, 403);
		assert_int_equal(served_ask(s, "POST", "/logout", headers.ptr, tokens[i]).status, 403);
	}
	assert_int_equal(account_status(s, leder->session), 200);
	assert_int_equal(served_audited(s, "user.lang", AUDIT_DONE), 0);
	Str body = str_printf(s->arena, "csrf=%.*s&lang=da", STR_ARG(leder->csrf));
	assert_int_equal(served_ask(s, "POST", "/konto/sprog", headers.ptr, body).status, 303);
	assert_int_equal(served_audited(s, "user.lang", AUDIT_DONE), 1);
}

static void login_form__without_the_visitors_token_is_refused(void **state)
{
	Served *s = *state;
	Str body = STR("login=leder&password=en%20lang%20adgangskode");
	Reply r = served_ask(s, "POST", "/login", "Content-Type: application/x-www-form-urlencoded\r\n", body);
	assert_int_equal(r.status, 403);
	assert_false(has(r.head, "rampe_session"));
}

static void session__ends_an_hour_after_the_last_request(void **state)
{
	Served *s = *state;
	Str session = s->who[WHO_MANAGER].session;
	for (int i = 0; i < 3; i++) {
		served_wait(s, (SESSION_IDLE_MINUTES - 1) * 60);
		assert_int_equal(account_status(s, session), 200);
	}
	served_wait(s, SESSION_IDLE_MINUTES * 60 + 1);
	Reply r = served_as(s, WHO_MANAGER, "GET", "/konto", NULL, STR(""));
	assert_int_equal(r.status, 303);
	assert_true(has(reply_header(r, "Location"), "/login?next=%2Fkonto"));
}

static void session__ends_twelve_hours_after_login_however_used(void **state)
{
	Served *s = *state;
	Str session = s->who[WHO_MANAGER].session;
	for (int minutes = 0; minutes < SESSION_HOURS * 60 - 30; minutes += 30) {
		Str headers = str_printf(s->arena, "Cookie: rampe_session=%.*s\r\n", STR_ARG(session));
		Reply r = served_ask(s, "GET", "/konto", headers.ptr, STR(""));
		Str renewed = reply_cookie(r, "rampe_session");
		assert_int_equal(r.status, 200);
		session = str_is_empty(renewed) ? session : renewed;
		served_wait(s, 30 * 60);
	}
	assert_int_equal(account_status(s, session), 200);
	served_wait(s, 30 * 60);
	assert_int_equal(account_status(s, session), 303);
}

static void logout__ends_the_session_for_good(void **state)
{
	Served *s = *state;
	Str session = s->who[WHO_MANAGER].session;
	assert_int_equal(account_status(s, session), 200);
	Reply r = served_as(s, WHO_MANAGER, "POST", "/logout", NULL, STR(""));
	assert_int_equal(r.status, 303);
	assert_true(has(r.head, "rampe_session=; Path=/; Max-Age=0"));
	assert_int_equal(account_status(s, session), 303);
	assert_int_equal(served_audited(s, "user.logout", AUDIT_DONE), 1);
	r = served_as(s, WHO_MANAGER, "POST", "/logout", NULL, STR("")); /* a double click */
	assert_int_equal(r.status, 303);
	assert_true(has(r.head, "Location: /login\r\n"));
}

static void second_login__ends_the_first_session_of_that_browser(void **state)
{
	Served *s = *state;
	const Somebody *leder = &s->who[WHO_MANAGER];
	Str headers = str_printf(s->arena,
				 "Cookie: rampe_session=%.*s\r\nX-CSRF-Token: %.*s\r\n"
				 "Content-Type: application/x-www-form-urlencoded\r\n",
				 STR_ARG(leder->session), STR_ARG(leder->csrf));
	Reply r = served_ask(s, "POST", "/login", headers.ptr, STR("login=leder&password=en%20lang%20adgangskode"));
	assert_int_equal(r.status, 303);
	assert_false(has(r.head, str_z(s->arena, leder->session)));
	served_wait(s, SESSION_FRESH_SECONDS + 1);
	assert_int_equal(account_status(s, leder->session), 303);
}

static void new_password__ends_all_other_sessions(void **state)
{
	Served *s = *state;
	Reply r;
	Str elsewhere = served_login(s, "leder", PASSWORD, &r);
	assert_int_equal(account_status(s, elsewhere), 200);
	Str body = STR("old=en+lang+adgangskode&fresh=en+ny+adgangskode&repeated=en+ny+adgangskode");
	r = served_as(s, WHO_MANAGER, "POST", "/konto/kode", "application/x-www-form-urlencoded", body);
	assert_int_equal(r.status, 303);
	assert_int_equal(account_status(s, elsewhere), 303);
	assert_true(str_is_none(served_login(s, "leder", PASSWORD, &r)));
	assert_false(str_is_none(served_login(s, "leder", "en ny adgangskode", &r)));
}

static void password_form__refuses_what_is_wrong_beside_its_field(void **state)
{
	Served *s = *state;
	static const struct {
		const char *body, *says;
	} cases[] = {
		{ "old=forkert+forkert&fresh=en+ny+adgangskode&repeated=en+ny+adgangskode", "id=\"old-error\"" },
		{ "old=en+lang+adgangskode&fresh=en+ny+adgangskode&repeated=en+tredje", "id=\"repeated-error\"" },
		{ "old=en+lang+adgangskode&fresh=kort&repeated=kort", "id=\"fresh-error\"" },
		{ "old=en+lang+adgangskode", "href=\"#fresh\"" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		Reply r = served_as(s, WHO_MANAGER, "POST", "/konto/kode", "application/x-www-form-urlencoded",
				    str_of(cases[i].body));
		assert_int_equal(r.status, 422);
		assert_true(has(r.body, cases[i].says));
		assert_false(has(r.body, "adgangskode\"")); /* secrets are not shown again */
	}
	assert_int_equal(served_audited(s, "user.password", AUDIT_DONE), 0);
}

/* A session left open is no place to guess at its password: tries wait as at the login, and are in the audit. */
static void old_password__cannot_be_guessed_at(void **state)
{
	Served *s = *state;
	const char *type = "application/x-www-form-urlencoded";
	Str wrong = STR("old=forkert+forkert&fresh=en+ny+adgangskode&repeated=en+ny+adgangskode");
	Str right = STR("old=en+lang+adgangskode&fresh=en+ny+adgangskode&repeated=en+ny+adgangskode");
	for (int i = 0; i < THROTTLE_FREE; i++)
		assert_int_equal(served_as(s, WHO_MANAGER, "POST", "/konto/kode", type, wrong).status, 422);
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", "/konto/kode", type, right).status, 429);
	assert_int_equal(served_audited(s, "user.password", AUDIT_FAILED), THROTTLE_FREE);
	served_wait(s, THROTTLE_SECONDS_MOST);
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", "/konto/kode", type, right).status, 303);
}

/* Can the manager's token still tell whose it is? */
static bool token_holds(Served *s)
{
	Ctx *c = s->register_->c;
	const ApiToken *open = NULL;
	ApiTokenList all;
	begin(s->register_);
	assert_ok(token_of_user(c, s->who[WHO_MANAGER].id, &all));
	for (size_t i = 0; i < all.n; i++)
		open = all.at[i].revoked == TIME_NONE ? &all.at[i] : open;
	end(s->register_);
	return open != NULL;
}

typedef struct {
	const Actor *actor; /* NULL: an administrator's doing */
	UserId user;
} Reset;

static Err reset_work(Ctx *c, void *arg)
{
	const Reset *reset = arg;
	c->actor = reset->actor;
	Err e = user_change_password(c, reset->user, STR("$argon2id$none"));
	c->actor = NULL;
	return e;
}

static void tokens__survive_an_own_new_password_and_no_reset(void **state)
{
	Served *s = *state;
	UserId user = s->who[WHO_MANAGER].id;
	Actor self = { .user = user };
	assert_true(token_holds(s));
	ctx_clear(s->register_->c);
	assert_ok(commit_run(s->register_->c, reset_work, &(Reset){ &self, user }));
	assert_true(token_holds(s));
	ctx_clear(s->register_->c);
	assert_ok(commit_run(s->register_->c, reset_work, &(Reset){ NULL, user }));
	assert_false(token_holds(s));
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

static int api_status(Served *s, Str token)
{
	Str headers = str_printf(s->arena, "Authorization: Bearer %.*s\r\n", STR_ARG(token));
	return served_ask(s, "GET", "/api/openapi.json", headers.ptr, STR("")).status;
}

static void token__is_shown_once_and_ends_when_revoked(void **state)
{
	Served *s = *state;
	const char *type = "application/x-www-form-urlencoded";
	Reply r = served_as(s, WHO_MANAGER, "POST", "/konto/token", type, STR("name=Regneark"));
	Str token = between(r.body, "class=\"rampe-secret\">", "<");
	assert_int_equal(token.len, 64);
	assert_int_equal(api_status(s, token), 200);
	r = served_as(s, WHO_MANAGER, "GET", "/konto", NULL, STR(""));
	assert_false(has(r.body, str_z(s->arena, token)));
	Str row = str_sub(r.body, str_find_str(r.body, STR("<td>Regneark")), r.body.len);
	Str id = between(row, "/konto/token/", "/");
	Str path = str_printf(s->arena, "/konto/token/%.*s/tilbagekald", STR_ARG(id));
	assert_int_equal(served_as(s, WHO_AARHUS, "POST", path.ptr, NULL, STR("")).status, 404); /* not hers */
	assert_int_equal(api_status(s, token), 200);
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", path.ptr, NULL, STR("")).status, 303);
	assert_int_equal(api_status(s, token), 401);
	assert_int_equal(served_audited(s, "token.revoke", AUDIT_DONE), 1);
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", path.ptr, NULL, STR("")).status, 303); /* a double click */
}

/* What stands in the database lets nobody in. */
static void secrets__are_stored_as_hashes_only(void **state)
{
	Served *s = *state;
	const Somebody *leder = &s->who[WHO_MANAGER];
	static const char *const endings[] = { "", "-wal" };
	if (!str_starts(s->register_->d.url, STR("sqlite:")))
		skip(); /* the same statements; a server's files are not for reading here */
	for (int i = 0; i < 2; i++) {
		Str path = str_printf(s->arena, "%s/test.db%s", s->register_->d.directory, endings[i]);
		FILE *f = fopen(path.ptr, "rb");
		assert_non_null(f);
		Buf *b = buf_new(s->arena, 64 * 1048576);
		for (size_t n = 1; n > 0;) {
			char *to = buf_room(b, 65536);
			n = fread(to, 1, 65536, f);
			b->len += n;
		}
		(void)fclose(f);
		assert_true(b->len > 0);
		assert_false(has(buf_str(b), str_z(s->arena, leder->session)));
		assert_false(has(buf_str(b), str_z(s->arena, leder->token)));
		assert_false(has(buf_str(b), PASSWORD));
	}
}

static void next__leads_only_to_this_site(void **state)
{
	Served *s = *state;
	static const char *const paths[] = {
		"https://evil.example/", "//evil.example",     "/\\evil.example",  "evil",
		"/\t/evil.example",      "\t//evil.example",   "/\n/evil.example", "/\r\n/evil.example",
		"/\177/evil.example",    "/borgere\\..\\evil",
	};
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		Str next = url_encode(s->arena, str_of(paths[i]));
		Str target = str_printf(s->arena, "/sprog/en?next=%.*s", STR_ARG(next));
		Reply r = served_ask(s, "GET", target.ptr, "", STR(""));
		bool refused = r.status == 400 || r.status == 422;
		assert_true(refused || (r.status == 303 && str_eq_z(reply_header(r, "Location"), "/")));
	}
}

static void language__is_the_persons_choice(void **state)
{
	Served *s = *state;
	assert_true(has(served_ask(s, "GET", "/was", "", STR("")).body, "<html lang=\"da\">"));
	assert_true(has(served_ask(s, "GET", "/was", "Accept-Language: en\r\n", STR("")).body, "<html lang=\"en\">"));
	assert_true(has(served_ask(s, "GET", "/was", "Accept-Language: en\r\nCookie: rampe_lang=da\r\n", STR("")).body,
			"Tilgængelighedserklæring"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(login__gives_a_cookie_that_opens_the_account, make, clean),
		cmocka_unit_test_setup_teardown(wrong_password__gives_none_and_is_audited, make, clean),
		cmocka_unit_test_setup_teardown(unknown_login__is_answered_like_a_wrong_password, make, clean),
		cmocka_unit_test_setup_teardown(closed_user__cannot_log_in_nor_go_on, make, clean),
		cmocka_unit_test_setup_teardown(many_wrong_passwords__make_wait_and_never_lock_out, make, clean),
		cmocka_unit_test_setup_teardown(many_wrong_passwords__make_their_address_wait, make, clean),
		cmocka_unit_test_setup_teardown(form__without_its_token_changes_nothing, make, clean),
		cmocka_unit_test_setup_teardown(login_form__without_the_visitors_token_is_refused, make, clean),
		cmocka_unit_test_setup_teardown(session__ends_an_hour_after_the_last_request, make, clean),
		cmocka_unit_test_setup_teardown(session__ends_twelve_hours_after_login_however_used, make, clean),
		cmocka_unit_test_setup_teardown(logout__ends_the_session_for_good, make, clean),
		cmocka_unit_test_setup_teardown(second_login__ends_the_first_session_of_that_browser, make, clean),
		cmocka_unit_test_setup_teardown(new_password__ends_all_other_sessions, make, clean),
		cmocka_unit_test_setup_teardown(password_form__refuses_what_is_wrong_beside_its_field, make, clean),
		cmocka_unit_test_setup_teardown(old_password__cannot_be_guessed_at, make, clean),
		cmocka_unit_test_setup_teardown(tokens__survive_an_own_new_password_and_no_reset, make, clean),
		cmocka_unit_test_setup_teardown(token__is_shown_once_and_ends_when_revoked, make, clean),
		cmocka_unit_test_setup_teardown(secrets__are_stored_as_hashes_only, make, clean),
		cmocka_unit_test_setup_teardown(next__leads_only_to_this_site, make, clean),
		cmocka_unit_test_setup_teardown(language__is_the_persons_choice, make, clean),
	};
	return register_run("login", tests, sizeof(tests) / sizeof(tests[0]));
}
