#include "served.h"

#include "feature/feature.h"

#include "access/account.h"
#include "access/page.h"
#include "format/json.h"

#include <string.h>

typedef enum { TASTE_SWEET, TASTE_SOUR } Taste;
static const EnumRow taste_rows[] = { { "sweet", "Sweet" }, { "sour", "Sour" } };
static const EnumTable taste_table = ENUM_TABLE("taste", taste_rows);

typedef struct {
	Str name;
	Date day;
	int64_t count;
	double weight;
	bool ripe, sour, sweet;
	int taste;
	int64_t version;
} AppleIn;
static const Field apple_fields[] = {
	FIELD(AppleIn, name, FIELD_TEXT, "Name", .required = true, .most = 20),
	FIELD(AppleIn, day, FIELD_DATE, "Day", .required = true),
	FIELD(AppleIn, count, FIELD_INT, "Count", .min = 1, .max = 100),
	FIELD(AppleIn, weight, FIELD_REAL, "Weight", .hint = "In grams"),
	FIELD(AppleIn, ripe, FIELD_BOOL, "Ripe", .required = false),
	FIELD(AppleIn, sour, FIELD_BOOL, "Sour", .group = "It is"),
	FIELD(AppleIn, sweet, FIELD_BOOL, "Sweet", .group = "It is"),
	FIELD(AppleIn, taste, FIELD_ENUM, "Taste", .choices = &taste_table),
	FIELD(AppleIn, version, FIELD_INT, "Version", .required = false),
};
static const Form apple_form = FORM("apple", AppleIn, apple_fields);

static Err apple_page(Ctx *c, Request *r)
{
	Html *h = page_open(c, r, &(Page){ .title = STR("Apple") });
	page_form(c, r, h, &(FormView){ .form = &apple_form });
	return page_close(r);
}

/* Says what it was given; a name of its own for every way to fail. */
static Err apple_post(Ctx *c, Request *r)
{
	const AppleIn *in = r->in;
	AuditEvent e = actor_event(c, "apple");
	RETURN_IF_ERR(commit_audit(c, &e));
	if (str_eq_z(in->name, "twice"))
		return refuse(c, "name", "This apple is there already."), ERR_CONFLICT;
	if (str_eq_z(in->name, "stale"))
		return refuse(c, "version", "Bo changed this."), ERR_CONFLICT;
	if (str_eq_z(in->name, "conflict"))
		return ERR_CONFLICT;
	if (str_eq_z(in->name, "rule"))
		return refuse(c, "day", "%s", "Not on a Sunday.");
	if (str_eq_z(in->name, "neither"))
		return refuse(c, "sour", "%s", "Choose one.");
	if (str_eq_z(in->name, "broken"))
		return (fail)(c, ERR_INTERNAL, "a rule of the program's own");
	if (!r->api)
		return answer_redirect(r, STR("/apple"), N_("Saved."));
	JsonWriter j = json_writer(answer_json(r));
	json_open_object(&j);
	json_key(&j, "name");
	json_put_text(&j, in->name);
	json_key(&j, "day");
	json_put_date(&j, in->day);
	json_key(&j, "count");
	json_put_int(&j, in->count);
	json_key(&j, "weight");
	json_put_real(&j, in->weight);
	json_key(&j, "ripe");
	json_put_bool(&j, in->ripe);
	json_key(&j, "taste");
	json_put_int(&j, in->taste);
	json_close(&j);
	return OK;
}

static Err apple_get(Ctx *c, Request *r)
{
	(void)c;
	JsonWriter j = json_writer(answer_json(r));
	json_open_object(&j);
	json_close(&j);
	return OK;
}

static Err person_get(Ctx *c, Request *r)
{
	ParticipantId who = { request_id(r, "participant") };
	Person person;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, who, &person));
	return apple_get(c, r);
}

static const Route apple_list[] = {
	ROUTE(GET, "/apple", apple_page, MAY(OWN_ACCOUNT, ANY), NULL, .menu = "Apples", .menu_place = 1),
	ROUTE(POST, "/apple", apple_post, MAY(OWN_ACCOUNT, ANY), &apple_form, .again = apple_page),
	ROUTE(POST, "/pear", apple_post, MAY(OWN_ACCOUNT, ANY), &apple_form),
	ROUTE(POST, "/api/v1/apples", apple_post, MAY(OWN_ACCOUNT, ANY), &apple_form, .summary = "An apple",
	      .answer = 201),
	ROUTE(GET, "/api/v1/apples", apple_get, MAY(OWN_ACCOUNT, ANY), &apple_form, .summary = "Apples"),
	ROUTE(GET, "/api/v1/people/{participant}", person_get, MAY(SEE_PEOPLE, OWN_UNIT), NULL, .summary = "One"),
	ROUTE(GET, "/api/v1/programmes/{programme}", apple_get, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL,
	      .summary = "One"),
};
static const RouteTable apple_routes = ROUTES(apple_list);

static int make(void **state)
{
	static const RouteTable *const tables[] = { &access_routes, &apple_routes, NULL };
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

static Reply post_json(Served *s, const char *body)
{
	return served_as(s, WHO_MANAGER, "POST", "/api/v1/apples", "application/json", str_of(body));
}

static void json__reaches_the_handler_typed(void **state)
{
	Reply r = post_json(*state, "{\"name\":\"Ingrid Marie\",\"day\":\"2018-11-30\",\"count\":7,\"weight\":12.5,"
				    "\"ripe\":true,\"taste\":\"sour\"}");
	assert_int_equal(r.status, 201);
	assert_true(str_eq_z(r.body, "{\"name\":\"Ingrid Marie\",\"day\":\"2018-11-30\",\"count\":7,\"weight\":12.5,"
				     "\"ripe\":true,\"taste\":1}"));
	assert_true(str_eq_z(reply_header(r, "Cache-Control"), "no-store"));
	assert_true(str_eq_z(reply_header(r, "Content-Type"), "application/json"));
}

static void bad_json__is_refused_with_field_and_reason(void **state)
{
	Served *s = *state;
	static const struct {
		const char *body;
		int status;
		const char *says;
	} cases[] = {
		{ "{\"name\":", 400, "\"error\":\"malformed\"" },
		{ "[]", 400, "must be a JSON object" },
		{ "{\"name\":\"a\",\"name\":\"b\",\"day\":\"2018-11-30\"}", 400, "malformed" },
		{ "{\"name\":\"a\",\"day\":\"2018-02-30\"}", 422,
		  "{\"field\":\"day\",\"row\":null,\"message\":\"There is no" },
		{ "{\"name\":\"a\",\"day\":\"2018-11-30\",\"nme\":1}", 422,
		  "{\"field\":\"nme\",\"row\":null,\"message\":\"There is no such field.\"}" },
		{ "{\"name\":7,\"day\":\"2018-11-30\"}", 422, "\"field\":\"name\"" },
		{ "{\"name\":\"a\",\"day\":\"2018-11-30\",\"count\":\"7\"}", 422, "This is not a whole number." },
		{ "{\"name\":\"a\",\"day\":\"2018-11-30\",\"count\":101}", 422, "\"field\":\"count\"" },
		{ "{\"name\":\"a\",\"day\":\"2018-11-30\",\"ripe\":\"yes\"}", 422, "Must be true or false." },
		{ "{\"name\":\"a\",\"day\":\"2018-11-30\",\"taste\":\"bitter\"}", 422, "\"field\":\"taste\"" },
		{ "{\"name\":\"123456789012345678901\",\"day\":\"2018-11-30\"}", 422, "At most 20" },
		{ "{}", 422, "\"field\":\"day\"" },
		{ "{\"name\":\"\\ud800\",\"day\":\"2018-11-30\"}", 400, "malformed" },
		{ "{\"name\":\"conflict\",\"day\":\"2018-11-30\"}", 409, "\"error\":\"conflict\"" },
		{ "{\"name\":\"conflict\",\"day\":\"2018-11-30\"}", 409, "exists already, or somebody else" },
		{ "{\"name\":\"twice\",\"day\":\"2018-11-30\"}", 409,
		  "\"This does not go with what is registered already.\"" },
		{ "{\"name\":\"stale\",\"day\":\"2018-11-30\"}", 409, "\"Somebody else has changed this meanwhile.\"" },
		{ "{\"name\":\"rule\",\"day\":\"2018-11-30\"}", 422, "Not on a Sunday." },
		{ "{\"name\":\"broken\",\"day\":\"2018-11-30\"}", 500, "\"error\":\"internal\"" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		Reply r = post_json(s, cases[i].body);
		if (r.status != cases[i].status || !has(r.body, cases[i].says))
			print_message("%s\n%d %.*s\n", cases[i].body, r.status, STR_ARG(r.body));
		assert_int_equal(r.status, cases[i].status);
		assert_true(has(r.body, cases[i].says));
	}
	assert_int_equal(served_audited(s, "apple", AUDIT_DONE), 0); /* nothing is half stored */
}

static void body__of_another_kind_or_size_is_refused(void **state)
{
	Served *s = *state;
	Str body = STR("name=a&day=2018-11-30");
	assert_int_equal(
		served_as(s, WHO_MANAGER, "POST", "/api/v1/apples", "application/x-www-form-urlencoded", body).status,
		415);
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", "/apple", "text/plain", body).status, 400);
	Buf *large = buf_new(s->arena, 1 << 20);
	for (int i = 0; i < BODY_MOST + 1; i++)
		buf_char(large, ' ');
	Reply r = served_as(s, WHO_MANAGER, "POST", "/api/v1/apples", "application/json", buf_str(large));
	assert_int_equal(r.status, 413);
	assert_true(has(r.body, "\"error\":\"too_large\""));
}

static void query__is_checked_like_a_body(void **state)
{
	Served *s = *state;
	Str none = STR("");
	assert_int_equal(served_as(s, WHO_MANAGER, "GET", "/api/v1/apples?name=a&day=2018-11-30", NULL, none).status,
			 200);
	assert_int_equal(served_as(s, WHO_MANAGER, "GET", "/api/v1/apples?name=a&day=30", NULL, none).status, 422);
	assert_int_equal(
		served_as(s, WHO_MANAGER, "GET", "/api/v1/apples?name=a&day=2018-11-30&x=1", NULL, none).status, 422);
	assert_int_equal(served_as(s, WHO_MANAGER, "GET", "/api/v1/apples?name=%ff", NULL, none).status, 400);
}

static void form__is_shown_again_with_what_was_typed(void **state)
{
	Served *s = *state;
	const char *type = "application/x-www-form-urlencoded";
	Reply r =
		served_as(s, WHO_MANAGER, "POST", "/apple", type, STR("name=%3Cb%3E&day=31.02.2018&count=x&weight=7"));
	assert_int_equal(r.status, 422);
	assert_true(has(r.body, "value=\"&lt;b&gt;\""));
	assert_true(has(r.body, "<a href=\"#day\">"));
	assert_true(has(r.body, "aria-describedby=\"count-error\""));
	assert_true(has(r.body, "aria-describedby=\"weight-hint\""));
	assert_true(has(r.body, "<title>Error: Apple"));
	r = served_as(s, WHO_MANAGER, "POST", "/apple", type, STR("name=rule&day=2018-11-30"));
	assert_int_equal(r.status, 422);
	assert_true(has(r.body, "Not on a Sunday."));
	r = served_as(s, WHO_MANAGER, "POST", "/apple", type, STR("name=conflict&day=2018-11-30"));
	assert_int_equal(r.status, 409);
	assert_true(has(r.body, "value=\"conflict\""));
	r = served_as(s, WHO_MANAGER, "POST", "/pear", type, STR("name=pear"));
	assert_int_equal(r.status, 422);
	assert_true(has(r.body, "value=\"pear\""));
	assert_int_equal(served_audited(s, "apple", AUDIT_DONE), 0);
	r = served_as(s, WHO_MANAGER, "POST", "/apple", type, STR("name=good&day=2018-11-30"));
	assert_int_equal(r.status, 303);
	assert_int_equal(served_audited(s, "apple", AUDIT_DONE), 1);
}

static void notice__is_shown_on_the_next_page_once(void **state)
{
	Served *s = *state;
	Str headers = str_printf(s->arena, "Accept-Language: da\r\nCookie: rampe_session=%.*s; rampe_notice=Saved.\r\n",
				 STR_ARG(s->who[WHO_MANAGER].session));
	Reply r = served_ask(s, "GET", "/apple", headers.ptr, STR(""));
	assert_true(has(r.head, "rampe_notice=; Path=/; Max-Age=0"));
	assert_true(has(r.body, "role=\"status\""));
}

static void page__has_every_protecting_header(void **state)
{
	Served *s = *state;
	static const struct {
		const char *name, *value;
	} expected[] = {
		{ "Content-Security-Policy",
		  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
		  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "X-Frame-Options", "DENY" },
		{ "Cache-Control", "no-store" },
		{ "Referrer-Policy", "same-origin" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
	};
	static const char *const pages[] = { "/login", "/apple", "/nothing", "/was" };
	for (size_t p = 0; p < sizeof(pages) / sizeof(pages[0]); p++) {
		Reply r = served_as(s, WHO_MANAGER, "GET", pages[p], NULL, STR(""));
		for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
			assert_true(str_eq_z(reply_header(r, expected[i].name), expected[i].value));
		assert_false(str_is_none(reply_header(r, "Permissions-Policy")));
		assert_false(has(r.body, "style=\""));
		assert_false(has(r.body, "onclick"));
	}
}

static void api__takes_tokens_only(void **state)
{
	Served *s = *state;
	const char *target = "/api/v1/apples?name=a&day=2018-11-30";
	Str cookie = str_printf(s->arena, "Cookie: rampe_session=%.*s\r\n", STR_ARG(s->who[WHO_MANAGER].session));
	Reply r = served_ask(s, "GET", target, cookie.ptr, STR(""));
	assert_int_equal(r.status, 401);
	assert_false(str_is_none(reply_header(r, "WWW-Authenticate")));
	assert_true(has(r.body, "\"error\":\"login\""));
	assert_int_equal(served_ask(s, "GET", target, "Authorization: Bearer 00\r\n", STR("")).status, 401);
	assert_int_equal(served_ask(s, "GET", target, "Authorization: Basic 00\r\n", STR("")).status, 401);
	Str session = str_printf(s->arena, "Authorization: Bearer %.*s\r\n", STR_ARG(s->who[WHO_MANAGER].session));
	assert_int_equal(served_ask(s, "GET", target, session.ptr, STR("")).status, 401);
	assert_int_equal(served_as(s, WHO_MANAGER, "GET", target, NULL, STR("")).status, 200);
}

static void method_path_and_parameter__have_answers_of_their_own(void **state)
{
	Served *s = *state;
	Reply r = served_as(s, WHO_MANAGER, "DELETE", "/api/v1/apples", NULL, STR(""));
	assert_int_equal(r.status, 405);
	assert_true(str_eq_z(reply_header(r, "Allow"), "GET, HEAD, POST"));
	assert_int_equal(served_as(s, WHO_MANAGER, "GET", "/api/v1/nothing", NULL, STR("")).status, 404);
	assert_int_equal(served_as(s, WHO_MANAGER, "GET", "/api/v1/people/7", NULL, STR("")).status, 404);
	assert_int_equal(
		served_as(s, WHO_MANAGER, "GET", "/api/v1/people/00000000-0000-0000-0000-000000000000", NULL, STR(""))
			.status,
		404);
}

/* As if it did not exist: not even that the id is known. */
static void other_units_participant__is_not_found(void **state)
{
	Served *s = *state;
	Str id = uuid_str(s->arena, s->register_->anna.v);
	Str anna = str_printf(s->arena, "/api/v1/people/%.*s", STR_ARG(id));
	Str other = STR("/api/v1/people/01890000-0000-7000-8000-000000000000");
	assert_int_equal(served_as(s, WHO_AARHUS, "GET", anna.ptr, NULL, STR("")).status, 200);
	Reply found = served_as(s, WHO_RANDERS, "GET", anna.ptr, NULL, STR(""));
	Reply none = served_as(s, WHO_RANDERS, "GET", other.ptr, NULL, STR(""));
	assert_int_equal(found.status, 404);
	assert_true(str_eq(found.body, none.body));
}

static void other_programme__is_not_found(void **state)
{
	Served *s = *state;
	Str id = uuid_str(s->arena, s->register_->programme.v);
	Str own = str_printf(s->arena, "/api/v1/programmes/%.*s", STR_ARG(id));
	assert_int_equal(served_as(s, WHO_EVALUATOR, "GET", own.ptr, NULL, STR("")).status, 200);
	assert_int_equal(served_as(s, WHO_EVALUATOR, "GET", "/api/v1/programmes/01890000-0000-7000-8000-000000000000",
				   NULL, STR(""))
				 .status,
			 404);
}

static void denial__is_in_the_audit_when_it_is_answered(void **state)
{
	Served *s = *state;
	Str id = uuid_str(s->arena, s->register_->anna.v);
	Str anna = str_printf(s->arena, "/api/v1/people/%.*s", STR_ARG(id));
	assert_int_equal(served_as(s, WHO_EVALUATOR, "GET", anna.ptr, NULL, STR("")).status, 403);
	assert_int_equal(served_audited(s, "access.denied", AUDIT_DENIED), 1);
}

static void head__answers_like_get(void **state)
{
	Served *s = *state;
	static const char *const targets[] = { "/was", "/login", "/apple", "/findes-ikke" };
	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
		Reply get = served_as(s, WHO_MANAGER, "GET", targets[i], NULL, STR(""));
		Reply head = served_as(s, WHO_MANAGER, "HEAD", targets[i], NULL, STR(""));
		assert_int_equal(head.status, get.status);
		assert_int_equal(head.body.len, 0);
		assert_true(str_eq(reply_header(head, "Content-Length"), reply_header(get, "Content-Length")));
		assert_true(str_eq(reply_header(head, "Content-Type"), reply_header(get, "Content-Type")));
	}
}

/* What cannot be read as an address is still seen to be meant for the API. */
static void an_address_that_cannot_be_read__is_answered_in_kind(void **state)
{
	Served *s = *state;
	static const char *const broken[] = { "/api/v1/%zz", "/api/v1/%ff", "/api/%00", "/api/v1/x?a=%zz" };
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
		Reply r = served_ask(s, "GET", broken[i], "", STR(""));
		assert_int_equal(r.status, 400);
		assert_true(str_eq_z(reply_header(r, "Content-Type"), "application/json"));
		assert_true(has(r.body, "\"error\":\"malformed\""));
	}
	Reply method = served_ask(s, "FOO", "/api/v1/contacts", "Accept-Language: en\r\n", STR(""));
	assert_int_equal(method.status, 501);
	assert_true(str_eq_z(reply_header(method, "Content-Type"), "application/json"));
	assert_true(has(method.body, "\"error\":\"method\""));
	assert_true(has(method.body, "This address cannot be used in this way."));
	Reply page = served_ask(s, "GET", "/borger/%zz", "", STR(""));
	assert_int_equal(page.status, 400);
	assert_true(str_starts(reply_header(page, "Content-Type"), STR("text/html")));
}

static void menu__shows_where_one_is(void **state)
{
	Reply r = served_as(*state, WHO_MANAGER, "GET", "/apple", NULL, STR(""));
	assert_true(has(r.body, "<a href=\"/apple\" aria-current=\"page\" class=\"current\">Apples</a>"));
	r = served_as(*state, WHO_PUBLIC, "GET", "/was", NULL, STR(""));
	assert_false(has(r.body, "Apples"));
}

/* As the Danish design system has it: the fieldset is described by the error, and no tick of it. */
static void what_is_wrong_with_ticks_of_a_group__stands_at_the_group(void **state)
{
	static const char form[] = "application/x-www-form-urlencoded";
	Str body = STR("name=neither&day=2018-11-30");
	Reply r = served_as(*state, WHO_MANAGER, "POST", "/apple", form, body);
	assert_int_equal(r.status, 422);
	assert_true(has(r.body, "<fieldset id=\"sour-group\" aria-describedby=\"sour-group-error\">"));
	assert_true(has(r.body, "id=\"sour-group-error\"><span class=\"sr-only\">Error: </span>Choose one.</span>"));
	assert_true(has(r.body, "<a href=\"#sour\">It is: Choose one.</a>"));
	assert_false(has(r.body, "\"sour-error\""));
}

/* Nobody is logged out by a wrong address. */
static void what_is_not_there__is_said_in_the_frame_of_who_asks(void **state)
{
	static const struct {
		const char *method, *target;
		int status;
	} wrong[] = { { "GET", "/nothing", 404 }, { "DELETE", "/apple", 405 } };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		Reply r = served_as(*state, WHO_MANAGER, wrong[i].method, wrong[i].target, NULL, STR(""));
		assert_int_equal(r.status, wrong[i].status);
		assert_true(has(r.body, "action=\"/logout\""));
		assert_true(has(r.body, "Apples</a>"));
		assert_false(has(r.body, "href=\"/login\""));
		r = served_as(*state, WHO_PUBLIC, wrong[i].method, wrong[i].target, NULL, STR(""));
		assert_int_equal(r.status, wrong[i].status);
		assert_true(has(r.body, "href=\"/login\""));
		assert_false(has(r.body, "Apples"));
	}
	for (const char *const *m = (const char *const[]){ "BREW", "TRACE", NULL }; *m != NULL; m++) {
		Reply r = served_as(*state, WHO_MANAGER, *m, "/apple", NULL, STR(""));
		assert_int_equal(r.status, 501);
		assert_true(has(r.body, "This address cannot be used in this way."));
		assert_false(has(r.body, "Something went wrong"));
	}
}

static void htmx__gets_the_content_alone(void **state)
{
	Served *s = *state;
	Str headers = str_printf(s->arena, "HX-Request: true\r\nCookie: rampe_session=%.*s\r\n",
				 STR_ARG(s->who[WHO_MANAGER].session));
	Reply r = served_ask(s, "GET", "/apple", headers.ptr, STR(""));
	assert_int_equal(r.status, 200);
	assert_false(has(r.body, "<html"));
	assert_true(has(r.body, "<form"));
	r = served_ask(s, "GET", "/apple", "HX-Request: true\r\n", STR(""));
	assert_int_equal(r.status, 401);
	assert_true(str_eq_z(reply_header(r, "HX-Redirect"), "/login"));
}

static void made_up_people__are_said_to_be_on_every_page(void **state)
{
	Served *s = *state;
	static const char *const pages[] = { "/login", "/was", "/apple", "/konto", "/nothing" };
	const char *notice = "The people of this demonstration are made up so as to reproduce the published totals.";
	assert_false(has(served_as(s, WHO_MANAGER, "GET", "/apple", NULL, STR("")).body, notice));
	database_script(&s->register_->d, "UPDATE programme SET made_up = 1", "UPDATE programme SET made_up = true");
	served_wait(s, 10);
	(void)served_as(s, WHO_MANAGER, "GET", "/apple", NULL, STR(""));
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		assert_true(has(served_as(s, WHO_PUBLIC, "GET", "/was", NULL, STR("")).body, notice));
		assert_true(has(served_as(s, WHO_MANAGER, "GET", pages[i], NULL, STR("")).body, notice));
	}
}

static void openapi__describes_the_routes_and_their_forms(void **state)
{
	Served *s = *state;
	Ctx *c = s->register_->c;
	Reply r = served_as(s, WHO_PUBLIC, "GET", "/api/openapi.json", NULL, STR(""));
	JsonValue doc;
	ctx_clear(c);
	assert_ok(json_parse(c, r.body, 1 << 20, &doc));
	JsonValue paths = json_member(doc, "paths");
	assert_int_equal(json_count(paths), 4);
	JsonValue post = json_member(json_member(paths, "/api/v1/apples"), "post");
	JsonValue content = json_member(json_member(post, "requestBody"), "content");
	JsonValue schema = json_member(json_member(content, "application/json"), "schema");
	JsonValue day_type = json_member(json_member(json_member(schema, "properties"), "day"), "format");
	Str text = STR("");
	assert_true(json_as_text(day_type, &text));
	assert_true(str_eq_z(text, "date"));
	assert_int_equal(json_count(json_member(schema, "required")), 2);
	assert_int_equal(json_kind(json_member(json_member(post, "responses"), "201")), JSON_IS_OBJECT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(json__reaches_the_handler_typed, make, clean),
		cmocka_unit_test_setup_teardown(bad_json__is_refused_with_field_and_reason, make, clean),
		cmocka_unit_test_setup_teardown(body__of_another_kind_or_size_is_refused, make, clean),
		cmocka_unit_test_setup_teardown(query__is_checked_like_a_body, make, clean),
		cmocka_unit_test_setup_teardown(form__is_shown_again_with_what_was_typed, make, clean),
		cmocka_unit_test_setup_teardown(notice__is_shown_on_the_next_page_once, make, clean),
		cmocka_unit_test_setup_teardown(page__has_every_protecting_header, make, clean),
		cmocka_unit_test_setup_teardown(api__takes_tokens_only, make, clean),
		cmocka_unit_test_setup_teardown(method_path_and_parameter__have_answers_of_their_own, make, clean),
		cmocka_unit_test_setup_teardown(other_units_participant__is_not_found, make, clean),
		cmocka_unit_test_setup_teardown(other_programme__is_not_found, make, clean),
		cmocka_unit_test_setup_teardown(denial__is_in_the_audit_when_it_is_answered, make, clean),
		cmocka_unit_test_setup_teardown(head__answers_like_get, make, clean),
		cmocka_unit_test_setup_teardown(an_address_that_cannot_be_read__is_answered_in_kind, make, clean),
		cmocka_unit_test_setup_teardown(menu__shows_where_one_is, make, clean),
		cmocka_unit_test_setup_teardown(what_is_not_there__is_said_in_the_frame_of_who_asks, make, clean),
		cmocka_unit_test_setup_teardown(what_is_wrong_with_ticks_of_a_group__stands_at_the_group, make, clean),
		cmocka_unit_test_setup_teardown(htmx__gets_the_content_alone, make, clean),
		cmocka_unit_test_setup_teardown(made_up_people__are_said_to_be_on_every_page, make, clean),
		cmocka_unit_test_setup_teardown(openapi__describes_the_routes_and_their_forms, make, clean),
	};
	return register_run("request", tests, sizeof(tests) / sizeof(tests[0]));
}
