/* Proving oneself anew, renewed secrets, and the list of one's own sessions: over HTTP, with a clock that the test
 * turns. */
#include "../access/served.h"
#include "app/lists.h"

#include "access/session.h"

#include <string.h>

static const char form_type[] = "application/x-www-form-urlencoded";
static const char right_password[] = "password=en+lang+adgangskode&next=/evaluering";

/* A route under /api/ that changes something and wants proof: tokens never give it. */
static Err keep(Ctx *c, Request *r)
{
	AuditEvent e = actor_event(c, "planted");
	RETURN_IF_ERR(commit_audit(c, &e));
	buf_z(answer_json(r), "{}");
	return OK;
}
static const Route planted_routes[] = {
	ROUTE(POST, "/api/v1/planted", keep, MAY(OWN_ACCOUNT, ANY), NULL, .summary = "Planted", .proof = true),
	ROUTE(POST, "/api/v1/open", keep, MAY(OWN_ACCOUNT, ANY), NULL, .summary = "Planted"),
};
static const RouteTable planted = ROUTES(planted_routes);

static int make(void **state)
{
	static Served served;
	static const RouteTable *tables[64];
	size_t n = 0;
	for (; feature_routes[n] != NULL; n++)
		tables[n] = feature_routes[n];
	tables[n] = &planted;
	served_make(&served, tables);
	*state = &served;
	return 0;
}

static int clean(void **state)
{
	served_remove(*state);
	return 0;
}

static Reply as(Served *s, int who, const char *method, const char *target, Str body)
{
	return served_as(s, who, method, target, strcmp(method, "POST") == 0 ? form_type : NULL, body);
}

static int status_of(Served *s, Str session, const char *target)
{
	Str headers = str_printf(s->arena, "Cookie: rampe_session=%.*s\r\n", STR_ARG(session));
	return served_ask(s, "GET", target, headers.ptr, STR("")).status;
}

/* Every page that wants proof leads to it, once the time is over; nothing else does. */
static void proof__is_asked_for_after_ten_minutes(void **state)
{
	Served *s = *state;
	const char *target = "/evaluering/xlsx";
	served_wait(s, PROOF_MINUTES * 60);
	assert_int_equal(as(s, WHO_MANAGER, "GET", target, STR("")).status, 200);
	served_wait(s, 1);
	Reply r = as(s, WHO_MANAGER, "GET", target, STR(""));
	assert_int_equal(r.status, 303);
	assert_true(str_eq_z(reply_header(r, "Location"), "/konto/bekraeft?next=%2Fevaluering%2Fxlsx"));
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/evaluering", STR("")).status, 200);
	assert_int_equal(as(s, WHO_ADMIN, "GET", "/brugere", STR("")).status, 200);
	assert_int_equal(as(s, WHO_ADMIN, "GET", "/brugere/ny", STR("")).status, 303);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/brugere/ny", STR("")).status,
			 403); /* who may not, may not prove it */
}

/* What leaves the program, and what gives rights: written down a second time. */
static void what_is_delicate__wants_proof(void **state)
{
	static const char *const delicate[] = {
		"/evaluering/pdf",
		"/evaluering/xlsx",
		"/evaluering/html",
		"/api/v1/programmes/{programme}/evaluation",
		"/brugere/ny",
		"/bruger/{user}/ret",
		"/bruger/{user}/kode",
		"/bruger/{user}/luk",
		"/konto/token",
		"/konto/totrin",
		"/konto/totrin/ny",
		"/konto/totrin/koder",
		"/borger/{participant}/slet",
		"/henvisning/{referral}/slet",
		"/projekt/{programme}/opbevaring",
		"/projekt/{programme}/diagnoser",
		"/projekt/{programme}/svar/{wave}/csv",
	};
	Served *s = *state;
	int asked = 0;
	served_wait(s, PROOF_MINUTES * 60 + 1);
	for (const RouteTable *const *t = feature_routes; *t != NULL; t++)
		for (size_t i = 0; i < (*t)->n; i++) {
			const Route *route = &(*t)->routes[i];
			bool listed = false;
			for (size_t k = 0; k < sizeof delicate / sizeof delicate[0]; k++)
				listed = listed || strcmp(delicate[k], route->pattern) == 0;
			assert_int_equal(route->proof, listed);
			if (!listed || strncmp(route->pattern, "/api/", 5) == 0)
				continue;
			Str id = uuid_str(s->arena, s->who[WHO_AARHUS].id.v), path = str_of(route->pattern);
			for (size_t at = str_find(path, '{', 0); at != SIZE_MAX; at = str_find(path, '{', 0))
				path = str_printf(s->arena, "%.*s%.*s%s", (int)at, path.ptr, STR_ARG(id),
						  strchr(str_z(s->arena, path), '}') + 1);
			Operation op = route->may.operation;
			int who = op == OP_REGISTER || op == OP_DECIDE_WITH || op == OP_SEE_PSEUDONYMS ? WHO_MANAGER
												       : WHO_ADMIN;
			Reply r = as(s, who, http_method_name(route->method), str_z(s->arena, path), STR(""));
			assert_int_equal(r.status, route->method == HTTP_GET ? 303 : 403);
			assert_true(has(route->method == HTTP_GET ? r.head : r.body, "/konto/bekraeft?next="));
			asked++;
		}
	assert_int_equal(asked, 23);
}

static void proof__is_given_by_the_password_and_leads_on(void **state)
{
	Served *s = *state;
	served_wait(s, PROOF_MINUTES * 60 + 1);
	assert_int_equal(as(s, WHO_MANAGER, "POST", "/konto/bekraeft", STR("password=forkert+forkert")).status, 422);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/evaluering/xlsx", STR("")).status, 303);
	Reply r = as(s, WHO_MANAGER, "POST", "/konto/bekraeft", str_of(right_password));
	assert_int_equal(r.status, 303);
	assert_true(str_eq_z(reply_header(r, "Location"), "/evaluering"));
	s->who[WHO_MANAGER].session = reply_cookie(r, "rampe_session");
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/evaluering/xlsx", STR("")).status, 200);
	assert_int_equal(served_audited(s, "user.prove", AUDIT_DONE), 1);
	assert_int_equal(served_audited(s, "user.prove", AUDIT_FAILED), 1);
}

/* Nothing is done, and it is said where to go on. */
static void form__that_wants_proof_is_to_be_sent_again(void **state)
{
	Served *s = *state;
	Str id = uuid_str(s->arena, s->who[WHO_AARHUS].id.v);
	Str path = str_printf(s->arena, "/bruger/%.*s/luk", STR_ARG(id));
	Str headers = str_printf(s->arena,
				 "Accept-Language: en\r\nCookie: rampe_session=%.*s\r\nX-CSRF-Token: %.*s\r\n"
				 "Referer: https://rampe.example/bruger/7/ret?a=b\r\n",
				 STR_ARG(s->who[WHO_ADMIN].session), STR_ARG(s->who[WHO_ADMIN].csrf));
	served_wait(s, PROOF_MINUTES * 60 + 1);
	Reply r = served_ask(s, "POST", str_z(s->arena, path), headers.ptr, STR(""));
	assert_int_equal(r.status, 403);
	assert_true(has(r.body, "href=\"/konto/bekraeft?next=%2Fbruger%2F7%2Fret%3Fa%3Db\""));
	assert_true(has(r.body, "Nothing has been stored"));
	assert_null(strstr(strstr(str_z(s->arena, r.body), "Nothing has been stored") + 1, "Nothing has been stored"));
	assert_int_equal(served_audited(s, "user.close", AUDIT_DONE), 0);
	assert_int_equal(served_audited(s, "access.denied", AUDIT_DENIED), 0);
}

static void token__is_proof_for_asking_and_never_for_changing(void **state)
{
	Served *s = *state;
	Str id = uuid_str(s->arena, s->register_->programme.v);
	Str path = str_printf(s->arena, "/api/v1/programmes/%.*s/evaluation", STR_ARG(id));
	served_wait(s, 3600);
	assert_int_equal(as(s, WHO_MANAGER, "GET", str_z(s->arena, path), STR("")).status, 200);
	assert_int_equal(as(s, WHO_MANAGER, "POST", "/api/v1/open", STR("")).status, 200);
	assert_int_equal(as(s, WHO_MANAGER, "POST", "/api/v1/planted", STR("")).status, 403);
	assert_int_equal(served_audited(s, "planted", AUDIT_DONE), 1);
}

/* The secret of before holds for requests under way, and then no more. */
static void old_secret__is_exchanged_and_ends_soon(void **state)
{
	Served *s = *state;
	Str old = s->who[WHO_MANAGER].session;
	for (int minutes = 0; minutes < SESSION_RENEW_HOURS * 60; minutes += 30) {
		Reply r = as(s, WHO_MANAGER, "GET", "/konto", STR(""));
		assert_true(str_is_empty(reply_cookie(r, "rampe_session")));
		served_wait(s, 30 * 60);
	}
	Reply r = as(s, WHO_MANAGER, "GET", "/konto", STR(""));
	Str fresh = reply_cookie(r, "rampe_session");
	assert_int_equal(fresh.len, 64);
	assert_false(str_eq(fresh, old));
	assert_true(has(r.head, "Max-Age=36000"));                  /* ten of the twelve hours are left */
	Reply again = as(s, WHO_MANAGER, "GET", "/konto", STR("")); /* by the old one */
	assert_int_equal(again.status, 200);
	assert_true(str_is_empty(reply_cookie(again, "rampe_session")));
	assert_int_equal(as(s, WHO_MANAGER, "POST", "/konto/sprog", STR("lang=da")).status, 303);
	served_wait(s, SESSION_FORMER_SECONDS + 1);
	assert_int_equal(status_of(s, old, "/konto"), 303);
	assert_int_equal(status_of(s, fresh, "/konto"), 200);
	assert_int_equal(served_audited(s, "session.renew", AUDIT_DONE), 1);
}

/* The way to end the n-th session that the page lists. */
static const char *revoking(Served *s, Str page, int n)
{
	for (; n > 0; n--)
		page = str_sub(page, str_find_str(page, STR("/konto/session/")) + 15, page.len);
	Str id = str_sub(page, 0, str_find(page, '/', 0));
	return str_z(s->arena, str_printf(s->arena, "/konto/session/%.*s/luk", STR_ARG(id)));
}

static void sessions__are_listed_and_ended_one_by_one(void **state)
{
	Served *s = *state;
	Reply r;
	Str other = served_login(s, "leder", PASSWORD, &r);
	Str page = as(s, WHO_MANAGER, "GET", "/konto", STR("")).body;
	assert_true(has(page, "this one"));
	const char *path = revoking(s, page, 1);
	assert_int_equal(as(s, WHO_AARHUS, "POST", path, STR("")).status, 404); /* not hers */
	assert_int_equal(status_of(s, other, "/konto"), 200);
	assert_int_equal(as(s, WHO_MANAGER, "POST", path, STR("")).status, 303);
	assert_int_equal(status_of(s, other, "/konto"), 303);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/konto", STR("")).status, 200);
	assert_false(has(as(s, WHO_MANAGER, "GET", "/konto", STR("")).body, "/konto/session/"));
	assert_int_equal(served_audited(s, "session.revoke", AUDIT_DONE), 1);
	assert_int_equal(as(s, WHO_MANAGER, "POST", path, STR("")).status, 303); /* a double click */
}

static void sessions__are_ended_all_but_this_one(void **state)
{
	Served *s = *state;
	Reply r;
	Str first = served_login(s, "leder", PASSWORD, &r), second = served_login(s, "leder", PASSWORD, &r);
	Str hers = served_login(s, "aarhus", PASSWORD, &r);
	assert_int_equal(as(s, WHO_MANAGER, "POST", "/konto/sessioner/luk", STR("")).status, 303);
	assert_int_equal(status_of(s, first, "/konto"), 303);
	assert_int_equal(status_of(s, second, "/konto"), 303);
	assert_int_equal(status_of(s, hers, "/konto"), 200);
	assert_int_equal(as(s, WHO_MANAGER, "GET", "/konto", STR("")).status, 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(proof__is_asked_for_after_ten_minutes, make, clean),
		cmocka_unit_test_setup_teardown(what_is_delicate__wants_proof, make, clean),
		cmocka_unit_test_setup_teardown(proof__is_given_by_the_password_and_leads_on, make, clean),
		cmocka_unit_test_setup_teardown(form__that_wants_proof_is_to_be_sent_again, make, clean),
		cmocka_unit_test_setup_teardown(token__is_proof_for_asking_and_never_for_changing, make, clean),
		cmocka_unit_test_setup_teardown(old_secret__is_exchanged_and_ends_soon, make, clean),
		cmocka_unit_test_setup_teardown(sessions__are_listed_and_ended_one_by_one, make, clean),
		cmocka_unit_test_setup_teardown(sessions__are_ended_all_but_this_one, make, clean),
	};
	return register_run("proof", tests, sizeof(tests) / sizeof(tests[0]));
}
