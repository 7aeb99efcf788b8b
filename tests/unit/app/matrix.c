/* The authorization matrix: every route × every role, over HTTP.
 *
 * What each role may is written here once more, by hand, from the programme's
 * rules (docs/developer/access.md), not read from policy.c: the two must agree,
 * and the server must do what both say. Anna of Aarhus is the canary: her name
 * may stand in no answer to a visitor, an administrator, an evaluator or the
 * contact person of Randers, whatever the route.
 */
#include "../access/served.h"
#include "app/lists.h"

#include <string.h>

#define CANARY "Anna \303\206r\303\270"

/* Who may, at all. V visitor, A administrator, M manager, C contact person, E evaluator. */
static const struct {
	Operation op;
	const char *who;
	const char *unit_only; /* roles that reach only rows of their own unit */
} rules[] = {
	{ OP_PUBLIC, "VAMCE", "" },        { OP_OWN_ACCOUNT, "AMCE", "" }, { OP_SEE_NUMBERS, "AMCE", "" },
	{ OP_SEE_PSEUDONYMS, "MCE", "C" }, { OP_SEE_PEOPLE, "MC", "C" },   { OP_REGISTER, "MC", "C" },
	{ OP_MANAGE, "AM", "" },           { OP_ADMINISTER, "A", "" },
};

/* Everything that nobody has to log in for. */
static const char *const open_to_all[] = { "/login", "/sprog/{lang}", "/was", "/api/openapi.json" };

static const char letters[] = { [WHO_PUBLIC] = 'V', [WHO_ADMIN] = 'A',   [WHO_MANAGER] = 'M',
				[WHO_AARHUS] = 'C', [WHO_RANDERS] = 'C', [WHO_EVALUATOR] = 'E' };

typedef struct {
	Served s;
	bool quiet; /* faults are expected: do not print them */
	int faults;
	int asked;
} Walk;

static void fault(Walk *w, const Route *r, int who, const char *what)
{
	w->faults++;
	if (!w->quiet)
		print_message("%s %s (%s) as %s: %s\n", http_method_name(r->method), r->pattern, r->name,
			      who < 0             ? "-"
			      : who == WHO_PUBLIC ? "visitor"
						  : w->s.who[who].login,
			      what);
}

static bool is_open(const Route *r)
{
	for (size_t i = 0; i < sizeof(open_to_all) / sizeof(open_to_all[0]); i++)
		if (strcmp(r->pattern, open_to_all[i]) == 0)
			return true;
	return false;
}

static bool may(const Route *r, int who)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].op == r->may.operation) {
			bool unit = strchr(rules[i].unit_only, letters[who]) != NULL;
			return strchr(rules[i].who, letters[who]) != NULL && !(unit && r->may.reach > REACH_OWN_UNIT);
		}
	return false;
}

/* The path with ids in it: Anna's, the programme's, and what nobody has. */
static const char *path_of(Walk *w, const Route *r)
{
	Served *s = &w->s;
	Buf *b = buf_new(s->arena, 4096);
	Str rest = str_of(r->pattern);
	for (size_t at = str_find(rest, '{', 0); at != SIZE_MAX; at = str_find(rest, '{', 0)) {
		size_t end = str_find(rest, '}', at);
		Str name = str_sub(rest, at + 1, end);
		buf_str_add(b, str_sub(rest, 0, at));
		if (str_eq_z(name, "participant"))
			buf_str_add(b, uuid_str(s->arena, s->register_->anna.v));
		else if (str_eq_z(name, "programme"))
			buf_str_add(b, uuid_str(s->arena, s->register_->programme.v));
		else if (str_eq_z(name, "company"))
			buf_str_add(b, uuid_str(s->arena, s->register_->bakery.v));
		else if (r->words)
			buf_z(b, "en");
		else
			buf_z(b, "01890000-0000-7000-8000-000000000000");
		rest = str_sub(rest, end + 1, rest.len);
	}
	buf_str_add(b, rest);
	buf_char(b, '\0');
	return b->ptr;
}

static bool turned_away(Reply reply)
{
	return reply.status == 401 || reply.status == 403 ||
	       (reply.status == 303 && str_starts(reply_header(reply, "Location"), STR("/login?next=")));
}

static bool writes(const Route *r)
{
	return r->method != HTTP_GET;
}

static void check_rules(Walk *w, const Route *r)
{
	Operation op = r->may.operation;
	if (op == OP_PUBLIC && !is_open(r))
		fault(w, r, -1, "is open to all and not among those that may be");
	if (writes(r) && r->lane != LANE_READ &&
	    (op == OP_SEE_NUMBERS || op == OP_SEE_PEOPLE || op == OP_SEE_PSEUDONYMS))
		fault(w, r, -1, "writes by a permission to see");
	if (strstr(r->pattern, "{participant}") != NULL && op != OP_SEE_PEOPLE && op != OP_REGISTER &&
	    op != OP_SEE_PSEUDONYMS)
		fault(w, r, -1, "is about a participant by a permission that is not");
}

static void ask_as(Walk *w, const Route *r, int who)
{
	bool api = strncmp(r->pattern, "/api/", 5) == 0;
	const char *type = !writes(r) ? NULL : api ? "application/json" : "application/x-www-form-urlencoded";
	Str body = writes(r) ? api ? STR("{}") : STR("x=1") : STR("");
	Reply reply = served_as(&w->s, who, http_method_name(r->method), path_of(w, r), type, body);
	bool allowed = may(r, who);
	/* A visitor's POST fails by its token too: that he may is seen at the page it stands on. */
	bool visitors_form = who == WHO_PUBLIC && writes(r) && reply.status == 403;
	w->asked++;
	if (reply.status == 0 || reply.status >= 500)
		fault(w, r, who, "the server failed");
	if (turned_away(reply) == allowed && !(allowed && visitors_form))
		fault(w, r, who, allowed ? "turned away though allowed" : "let in though not allowed");
	if (who == WHO_RANDERS && allowed && strstr(r->pattern, "{participant}") != NULL && reply.status != 404 &&
	    !(writes(r) && (reply.status == 422 || reply.status == 400)))
		fault(w, r, who, "another unit's participant is found");
	if (who != WHO_MANAGER && who != WHO_AARHUS && has(reply.body, CANARY))
		fault(w, r, who, "the canary sings");
}

/* Logging out would end the walk. */
static bool is_logout(const Route *r)
{
	return strcmp(r->pattern, "/logout") == 0;
}

static void walk(Walk *w, const RouteTable *const *tables)
{
	served_make(&w->s, tables);
	for (const RouteTable *const *t = tables; *t != NULL; t++)
		for (size_t i = 0; i < (*t)->n; i++) {
			const Route *r = &(*t)->routes[i];
			check_rules(w, r);
			for (int who = 0; who < WHO_COUNT && !is_logout(r); who++)
				ask_as(w, r, who);
		}
	served_remove(&w->s);
}

static size_t route_count(const RouteTable *const *tables)
{
	size_t n = 0;
	for (; *tables != NULL; tables++)
		n += (*tables)->n;
	return n;
}

static void every_route__lets_in_whom_it_should(void **state)
{
	(void)state;
	static Walk w;
	w = (Walk){ .quiet = false };
	walk(&w, feature_routes);
	print_message("# %d requests to %zu routes\n", w.asked, route_count(feature_routes));
	assert_int_equal(w.faults, 0);
	assert_int_equal(w.asked, (route_count(feature_routes) - 1) * WHO_COUNT);
}

/* Holes to be found. */
static Err show_anna(Ctx *c, Request *r)
{
	(void)c;
	buf_z(answer_json(r), "{\"name\":\"" CANARY "\"}");
	return OK;
}

static int faults_of(const Route *hole)
{
	static Walk w;
	RouteTable table = { hole, 1 };
	const RouteTable *with_hole[] = { feature_routes[0], &table, NULL };
	w = (Walk){ .quiet = true };
	walk(&w, with_hole);
	return w.faults;
}

static void hole__open_to_all_is_found(void **state)
{
	(void)state;
	Route hole = ROUTE(GET, "/api/v1/hole", show_anna, MAY(PUBLIC, ANY), NULL, .summary = "A hole");
	assert_true(faults_of(&hole) > 0);
}

static void hole__names_behind_numbers_are_found(void **state)
{
	(void)state;
	Route hole = ROUTE(GET, "/api/v1/hole", show_anna, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL, .summary = "A hole");
	assert_true(faults_of(&hole) > 0);
}

/* The handler forgets its scope: Randers sees Anna of Aarhus. */
static void hole__row_without_scope_is_found(void **state)
{
	(void)state;
	Route hole = ROUTE(GET, "/api/v1/hole/{participant}", show_anna, MAY(SEE_PEOPLE, OWN_UNIT), NULL,
			   .summary = "A hole");
	assert_true(faults_of(&hole) > 0);
}

static void hole__writing_by_a_permission_to_see_is_found(void **state)
{
	(void)state;
	Route hole = ROUTE(POST, "/api/v1/hole", show_anna, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL, .summary = "A hole",
			   .lane = LANE_SLOW);
	assert_true(faults_of(&hole) > 0);
}

static void no_hole__has_no_fault(void **state)
{
	(void)state;
	Route whole = ROUTE(GET, "/api/v1/whole", show_anna, MAY(SEE_PEOPLE, OWN_PROGRAMME), NULL, .summary = "None");
	assert_int_equal(faults_of(&whole), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route__lets_in_whom_it_should),
		cmocka_unit_test(hole__open_to_all_is_found),
		cmocka_unit_test(hole__names_behind_numbers_are_found),
		cmocka_unit_test(hole__row_without_scope_is_found),
		cmocka_unit_test(hole__writing_by_a_permission_to_see_is_found),
		cmocka_unit_test(no_hole__has_no_fault),
	};
	return register_run("matrix", tests, sizeof(tests) / sizeof(tests[0]));
}
