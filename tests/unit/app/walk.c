/* What each role may is written here once more, by hand, from the programme's
 * rules (docs/developer/access.md), not read from policy.c: the two must agree,
 * and the server must do what both say. */
#include "matrix.h"

#include <string.h>

/* Who may, at all. V visitor, A administrator, M manager, C contact person, E evaluator, T mentor, W caseworker,
 * S steering group, R archive editor, B citizen, K company. */
static const struct {
	Operation op;
	const char *who;
	const char *unit_only; /* roles that reach only rows of their own unit */
	const char *own_only;  /* roles that reach only their own programme */
} rules[] = {
	{ OP_PUBLIC, "VAMCETWSRBK-", "", "" },
	{ OP_OWN_ACCOUNT, "AMCETWSR", "", "" },
	{ OP_SEE_AGGREGATES, "AMCESR", "", "MCES" },
	{ OP_SEE_NUMBERS, "AMCE", "", "MCE" },
	{ OP_SEE_PSEUDONYMS, "MCE", "C", "ME" },
	{ OP_SEE_PEOPLE, "MC", "C", "M" },
	{ OP_REGISTER, "MC", "C", "M" },
	{ OP_DECIDE_WITH, "MC", "C", "M" },
	{ OP_BREAK_GLASS, "C", "", "C" },
	{ OP_MANAGE, "AM", "", "M" },
	{ OP_ADMINISTER, "A", "", "" },
	{ OP_SEE_SHARED, "T", "T", "" },
	{ OP_SEE_REFERRED, "W", "W", "" },
	{ OP_REFER, "W", "W", "" },
	{ OP_GUEST, "BK", "BK", "" },
	{ OP_OWN_CASE, "B", "B", "" },
	{ OP_OWN_SHEET, "K", "K", "" },
};

/* Everything that nobody has to log in for. */
static const char *const open_to_all[] = { "/login",         "/login/kode", "/login/oidc",       "/login/oidc/svar",
					   "/sprog/{lang}",  "/was",        "/api/openapi.json", "/adgang",
					   "/adgang/{code}", "/adgang/oidc" };

static const WorldActor *actor_of(const Matrix *m)
{
	return &m->worlds.actors[m->actor];
}

static const World *world(const Matrix *m, int i)
{
	return &m->worlds.worlds[i];
}

static void fault(Matrix *m, const char *target, Str body, const char *what)
{
	const Route *r = m->route;
	m->faults++;
	if (!m->quiet)
		print_message("%s %s (%s) as %s: %s\n  %s %.*s\n", http_method_name(r->method), r->pattern, r->name,
			      m->actor < 0                 ? "-"
			      : actor_of(m)->login == NULL ? "visitor"
							   : actor_of(m)->login,
			      what, target, STR_ARG(body));
}

static bool is_open(const Route *r)
{
	for (size_t i = 0; i < sizeof(open_to_all) / sizeof(open_to_all[0]); i++)
		if (strcmp(r->pattern, open_to_all[i]) == 0)
			return true;
	return false;
}

static bool has_body(const Route *r)
{
	return r->method != HTTP_GET;
}

static bool writes(const Route *r)
{
	return has_body(r) && r->lane != LANE_READ;
}

static bool unit_only(const Matrix *m)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].op == m->route->may.operation)
			return strchr(rules[i].unit_only, actor_of(m)->letter) != NULL;
	return true;
}

static bool may(const Matrix *m)
{
	const Route *r = m->route;
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].op == r->may.operation)
			return strchr(rules[i].who, actor_of(m)->letter) != NULL &&
			       !(unit_only(m) && r->may.reach > REACH_OWN_UNIT) &&
			       !(strchr(rules[i].own_only, actor_of(m)->letter) != NULL &&
				 r->may.reach > REACH_OWN_PROGRAMME);
	return false;
}

static bool same_programme(const Matrix *m, int of)
{
	return uuid_eq(world(m, of)->programme.v, world(m, actor_of(m)->home)->programme.v);
}

static bool reaches(const Matrix *m, IdKind kind, int of)
{
	const WorldActor *a = actor_of(m);
	if (of == ABROAD)
		return false;
	if (kind == ID_ACCOUNT)
		return uuid_eq(world(m, of)->token_owner.v, a->id.v);
	if (kind == ID_SHARED || a->letter == 'A' || a->letter == 'R')
		return true;
	return same_programme(m, of) && !(kind == ID_PERSON && unit_only(m) && of != a->home);
}

/* ---- what is expected -------------------------------------------------------------- */

typedef enum {
	TURNED_AWAY,   /* 401, 403, or to the login */
	NOT_THERE,     /* 404 or 403 */
	REFUSED,       /* 400 to 499 */
	CONFLICTS,     /* 409 */
	NOT_CONSENTED, /* 403 */
	DONE,          /* what it was for */
	ANYTHING,      /* identifiers that may or may not fit together */
} Expected;

static bool needs_something(const Route *r)
{
	for (size_t i = 0; r->form != NULL && i < r->form->n; i++)
		if (r->form->fields[i].required)
			return true;
	return false;
}

/* What is between a citizen and a company, and what is only there while the citizen says yes. */
static bool needs_consent(const char *pattern)
{
	return strstr(pattern, "{participant}") != NULL &&
	       (strstr(pattern, "{company}") != NULL || strstr(pattern, "/netvaerk") != NULL ||
		strstr(pattern, "/diagnose") != NULL);
}

/* RANDERS has not given it. */
static bool lacks_consent(const Matrix *m, const Sources *from)
{
	for (size_t i = 0; i < from->n && needs_consent(m->route->pattern); i++)
		if (from->in_path[i] && str_eq_z(from->name[i], "participant") && from->of[i] == RANDERS)
			return true;
	return false;
}

/* Nor is a company contacted for RANDERS: the yes of before June does not cover the day that body.c says. */
static bool contacts_unasked(const Matrix *m, const Sources *from)
{
	const Route *r = m->route;
	return writes(r) && r->form != NULL && strcmp(r->form->name, "contact") == 0 && from->of[0] == RANDERS;
}

static Expected expected(const Matrix *m, const Sources *from, BodyKind kind)
{
	bool mixed = false, body_out = false;
	bool api = strncmp(m->route->pattern, "/api/", 5) == 0;
	if (!may(m) || (actor_of(m)->letter == '-' && (has_body(m->route) || api)))
		return TURNED_AWAY;
	if ((kind == BODY_EXTRAS && api) || (kind == BODY_BARE && needs_something(m->route)))
		return REFUSED; /* by the form */
	for (size_t i = 0; i < from->n; i++) {
		bool reached = reaches(m, from->kind[i], from->of[i]);
		if (!reached && from->in_path[i])
			return kind == BODY_EMPTY ? REFUSED : NOT_THERE;
		body_out = body_out || !reached;
		mixed = mixed || from->of[i] != from->of[0];
	}
	if (lacks_consent(m, from))
		return NOT_CONSENTED;
	if (body_out && kind != BODY_BARE)
		return writes(m->route) ? REFUSED : ANYTHING;
	if (mixed)
		return ANYTHING;
	if (contacts_unasked(m, from))
		return api ? NOT_CONSENTED : REFUSED; /* the form again, to be filled in otherwise */
	if (kind == BODY_STALE && !m->full_added)
		return CONFLICTS;
	return DONE;
}

/* Users are led to the login, guests to their own way in. */
static bool turned_away(const Matrix *m, Reply reply)
{
	Operation op = m->route->may.operation;
	bool guests = op == OP_OWN_CASE || op == OP_OWN_SHEET;
	return reply.status == 401 || reply.status == 403 ||
	       (reply.status == 303 && (guests ? str_eq_z(reply_header(reply, "Location"), "/adgang")
					       : str_starts(reply_header(reply, "Location"), STR("/login?next="))));
}

/* Whoever leaves and has gone already comes to where leaving leads; that nothing was done, wrong_rows sees. */
static bool led_out(const Matrix *m, Reply reply)
{
	return m->route->left != NULL && reply.status == 303 &&
	       str_eq_z(reply_header(reply, "Location"), m->route->left);
}

static const char *wrong_status(const Matrix *m, Expected e, Reply reply)
{
	bool done = ((reply.status >= 200 && reply.status < 300) || reply.status == 303) && !turned_away(m, reply);
	if (strcmp(m->route->pattern, "/") == 0 && reply.status == 303 && e == TURNED_AWAY)
		return NULL; /* to where the role begins */
	bool refused = reply.status >= 400 && reply.status < 500;
	if (reply.status == 0 || reply.status >= 500)
		return "the server failed";
	switch (e) {
	case TURNED_AWAY: return turned_away(m, reply) || led_out(m, reply) ? NULL : "let in though not allowed";
	case NOT_THERE: return reply.status == 404 || reply.status == 403 ? NULL : "out of reach, and found";
	case REFUSED: return refused ? NULL : "out of reach, and not refused";
	case NOT_CONSENTED: return reply.status == 403 ? NULL : "not consented, and not refused";
	case CONFLICTS: return reply.status == 409 ? NULL : "a version that never was is taken";
	case DONE: return done ? NULL : "not done though allowed: the handler has not been tested";
	case ANYTHING: break;
	}
	return NULL;
}

/* The groups whose rows a request may change when it is done. */
static unsigned own_groups(const Matrix *m, const Sources *from)
{
	unsigned groups = 0;
	Operation op = m->route->may.operation;
	if (op == OP_OWN_ACCOUNT && actor_of(m)->letter != 'A')
		groups = (actor_of(m)->home == OTHER ? 0 : 1u << PROGRAMME) |
			 (actor_of(m)->letter == 'C' || actor_of(m)->home == OTHER ? 1u << actor_of(m)->home : 0);
	if (op == OP_OWN_CASE || op == OP_OWN_SHEET || op == OP_GUEST || op == OP_BREAK_GLASS)
		groups |= 1u << actor_of(m)->home | (actor_of(m)->home == OTHER ? 0 : 1u << PROGRAMME);
	if (strcmp(m->route->pattern, "/adgang") == 0) /* the code that is sent is RANDERS's */
		groups |= 1u << RANDERS | 1u << PROGRAMME;
	for (size_t i = 0; i < from->n && (op == OP_REGISTER || op == OP_DECIDE_WITH || op == OP_MANAGE ||
					   op == OP_ADMINISTER || op == OP_REFER);
	     i++)
		if (reaches(m, from->kind[i], from->of[i]))
			groups |= 1u << from->of[i] | (from->of[i] == OTHER ? 0 : 1u << PROGRAMME);
	return groups;
}

static const char *wrong_rows(const Matrix *m, const Sources *from, BodyKind kind, Expected e, const Rows *now)
{
	bool changed = now->all != m->base.all || now->count != m->base.count;
	if (!changed)
		return NULL;
	if (!writes(m->route))
		return "asking has changed something";
	if (e != DONE && e != ANYTHING)
		return "refused, and yet something has changed";
	if ((rows_groups_changed(&m->base, now) & ~own_groups(m, from)) != 0)
		return "rows that are out of reach have changed";
	if (now->marked)
		return "a version was written as it was sent";
	if (kind == BODY_EXTRAS && (rows_tables_changed(&m->base, now) & ~m->full_tables) != 0)
		return "fields that the form does not have were taken";
	return NULL;
}

/* Where somebody's canary may be heard. */
static bool hears(const Matrix *m, int of, bool unit)
{
	char letter = actor_of(m)->letter;
	if (of == ABROAD || letter == 'V' || letter == '-')
		return false;
	if (letter == 'A' || letter == 'R')
		return !unit;
	if (!same_programme(m, of))
		return false;
	bool own = of == actor_of(m)->home && m->actor != PAST_MENTOR;
	return !unit || letter == 'M' || (strchr("CTWBK", letter) != NULL && own);
}

static const char *wrong_canary(Matrix *m, Reply reply, bool *named)
{
	const char *what = NULL;
	if (strchr("TWK", actor_of(m)->letter) != NULL && has(reply.body, WORLD_UNSHARED))
		what = "what the citizen shares with nobody is told";
	for (int i = 0; i < WORLDS; i++) {
		named[i] = has(reply.body, world(m, i)->unit) || has(reply.head, world(m, i)->unit);
		if (named[i] && !hears(m, i, true))
			what = "a citizen's canary sings";
		if (has(reply.body, world(m, i)->programme_word) && !hears(m, i, false))
			what = "a programme's canary sings";
		m->sung[i] = m->sung[i] || named[i];
	}
	return what;
}

/* Whether the request names a citizen who is there, and out of reach: in the address, or in what is sent to the API. */
static bool reached_for(const Matrix *m, const Sources *from, size_t i, BodyKind kind, Expected e)
{
	static const char *const names[] = { "participant", "referral", "placement", "request" };
	const char *pattern = m->route->pattern;
	bool api = strncmp(pattern, "/api/", 5) == 0;
	bool named = str_eq_z(from->name[i], "relation") && strncmp(pattern, "/noedadgange/", 13) == 0;
	for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
		named = named || str_eq_z(from->name[i], names[k]);
	if (!named || (from->kind[i] != ID_PERSON && !from->in_path[i]) || from->of[i] == ABROAD ||
	    reaches(m, from->kind[i], from->of[i]))
		return false;
	return from->in_path[i] ? e == NOT_THERE
				: e == REFUSED && api && kind == BODY_FULL && str_eq_z(from->name[i], "participant");
}

/* Whoever sees or registers something of a citizen stands in the audit with it. */
static const char *wrong_audit(Matrix *m, const Sources *from, BodyKind kind, Expected e, Reply reply,
			       const bool *named)
{
	Operation op = m->route->may.operation;
	bool people = op == OP_SEE_PEOPLE || op == OP_REGISTER || op == OP_DECIDE_WITH, any = false;
	bool known = actor_of(m)->letter != 'V' && actor_of(m)->letter != '-';
	for (int i = 0; i < WORLDS; i++)
		any = any || named[i];
	Trace now = rows_trace(&m->worlds, m->actor, false);
	bool searched = now.searched;
	Trace later = any ? rows_trace(&m->worlds, m->actor, true) : (Trace){ 0 };
	if (known && (now.nameless || later.nameless))
		return "an entry of the audit does not say who";
	bool shown = !writes(m->route) && reply.status == 200;
	for (int i = 0; i < WORLDS && shown; i++)
		if (named[i] && !now.about[i] && !later.about[i] && !searched)
			return "a citizen was shown and it is not in the audit, or not in time";
	if (now.denied[ABROAD] || (e == DONE && (now.denied[AARHUS] || now.denied[RANDERS] || now.denied[OTHER])))
		return "the audit says that something was denied which was not, or of another tenant";
	for (size_t i = 0; i < from->n; i++)
		if (reached_for(m, from, i, kind, e) && !now.denied[from->of[i]])
			return "somebody has reached for a citizen, and the audit does not say so";
	for (size_t i = 0; i < from->n && people && e == DONE && from->kind[i] == ID_PERSON; i++)
		if (from->in_path[i] && !now.about[from->of[i]] && !later.about[from->of[i]])
			return "something was done with a citizen and the audit does not say with whom";
	return NULL;
}

/* What every answer says to the browser, whatever it is an answer to; copied nowhere from answer.c. */
static const char *wrong_headers(const Matrix *m, Reply reply)
{
	bool api = strncmp(m->route->pattern, "/api/", 5) == 0;
	const struct {
		const char *name, *value;
	} expected[] = {
		{ "X-Content-Type-Options", "nosniff" },
		{ "X-Frame-Options", "DENY" },
		{ "Referrer-Policy", api ? "no-referrer" : "same-origin" },
		{ "Cross-Origin-Opener-Policy", "same-origin" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
		{ "Content-Security-Policy",
		  api ? "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
		      : "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
			"'self'; "
			"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
	};
	for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
		if (!str_eq_z(reply_header(reply, expected[i].name), expected[i].value))
			return expected[i].name;
	if (!has(reply_header(reply, "Permissions-Policy"), "camera=()"))
		return "the answer lets the page use devices";
	bool may_stay = m->route->may.operation == OP_PUBLIC && m->route->method == HTTP_GET;
	if (!may_stay && !str_eq_z(reply_header(reply, "Cache-Control"), "no-store"))
		return "a cache may keep the answer";
	return NULL;
}

/* ---- asking ------------------------------------------------------------------------ */

static bool is_new(Matrix *m, const char *target, Str body, BodyKind kind)
{
	uint64_t hash = str_hash(str_of(target)) * 31 + str_hash(body) * 7 + (kind == BODY_EXTRAS);
	for (size_t i = 0; i < m->seen_n; i++)
		if (m->seen[i] == hash)
			return false;
	assert_true(m->seen_n < sizeof m->seen / sizeof m->seen[0]);
	m->seen[m->seen_n++] = hash;
	return true;
}

static void ask(Matrix *m, const Sources *from, BodyKind kind)
{
	Worlds *w = &m->worlds;
	const Route *r = m->route;
	const char *target = request_target(w, r, m->actor, from, kind);
	Str body = request_body(w, r, m->actor, from, kind);
	bool named[WORLDS];
	if (!is_new(m, target, body, kind))
		return;
	Expected e = expected(m, from, kind);
	Reply reply = worlds_ask(w, m->actor, http_method_name(r->method), target, body);
	Rows now = rows_now(w);
	const char *wrong[] = { wrong_status(m, e, reply), wrong_rows(m, from, kind, e, &now),
				wrong_canary(m, reply, named), wrong_audit(m, from, kind, e, reply, named),
				wrong_headers(m, reply) };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		if (wrong[i] != NULL)
			fault(m, target, body, wrong[i]);
	if (wrong[0] != NULL && !m->quiet)
		print_message("  status %d %.*s\n", reply.status,
			      (int)(e == DONE && reply.body.len < 2000 ? reply.body.len : 0), reply.body.ptr);
	m->asked++;
	m->passed += e == DONE && wrong[0] == NULL;
	if (kind == BODY_FULL && e != ANYTHING) {
		m->full_tables = rows_tables_changed(&m->base, &now);
		m->full_added = now.count > m->base.count;
	}
	if (writes(r) && reply.status < 400)
		rows_restore(w, rows_tables_changed(&m->base, &now));
}

static bool out_of_reach(const Matrix *m, const Sources *from)
{
	for (size_t i = 0; i < from->n; i++)
		if (from->in_path[i] && !reaches(m, from->kind[i], from->of[i]))
			return true;
	return false;
}

static void ask_with_bodies(Matrix *m, const Sources *all)
{
	ask(m, all, BODY_EXTRAS);
	if (form_has(m->route, "version"))
		ask(m, all, BODY_STALE);
	if (m->route->form != NULL &&
	    (out_of_reach(m, all) || lacks_consent(m, all))) /* the page that shows the form again */
		ask(m, all, BODY_EMPTY);
}

/* Takes seconds each: once for each role, with its own rows, and whenever it must not be given. */
static bool printed(const Route *r)
{
	size_t n = strlen(r->pattern);
	return n > 4 && strcmp(r->pattern + n - 4, "/pdf") == 0;
}

static bool first_of_role(const Matrix *m, int of)
{
	for (int i = 0; i < m->actor; i++)
		if (m->worlds.actors[i].letter == actor_of(m)->letter)
			return false;
	return of == actor_of(m)->home;
}

/* Everything that can be asked of one route with identifiers of one world. */
static void ask_for(Matrix *m, int of)
{
	Sources all = sources_of(m->route, of);
	bool foreign = of != actor_of(m)->home;
	bool slow = m->route->lane == LANE_PASSWORD; /* a second per hash when the machine is busy */
	if ((!may(m) || slow) && of != actor_of(m)->home)
		return; /* whose rows they are is not looked at */
	if (printed(m->route) && may(m) && !out_of_reach(m, &all) && !first_of_role(m, of))
		return;
	ask(m, &all, BODY_FULL);
	if (!may(m) || slow)
		return;
	if (has_body(m->route))
		ask_with_bodies(m, &all);
	else if (!printed(m->route))
		ask(m, &all, BODY_BARE);
	for (size_t i = 0; i < all.n && foreign && all.n > 1; i++) {
		Sources one = sources_of(m->route, actor_of(m)->home);
		one.of[i] = of;
		ask(m, &one, BODY_FULL);
	}
}

static void check_rules(Matrix *m)
{
	const Route *r = m->route;
	Operation op = r->may.operation;
	if (op == OP_PUBLIC && !is_open(r))
		fault(m, "", STR(""), "is open to all and not among those that may be");
	if (writes(r) && (op == OP_SEE_NUMBERS || op == OP_SEE_PEOPLE || op == OP_SEE_PSEUDONYMS))
		fault(m, "", STR(""), "writes by a permission to see");
	if (strstr(r->pattern, "{participant}") != NULL && op != OP_SEE_PEOPLE && op != OP_REGISTER &&
	    op != OP_DECIDE_WITH && op != OP_SEE_PSEUDONYMS)
		fault(m, "", STR(""), "is about a participant by a permission that is not");
}

static void walk_route(Matrix *m, const Route *r)
{
	Arena *lasting = m->worlds.s.arena;
	m->route = r;
	m->actor = -1;
	check_rules(m);
	for (m->actor = 0; m->actor < ACTORS; m->actor++) {
		if (m->brief && !first_of_role(m, actor_of(m)->home))
			continue;
		m->worlds.s.arena = arena_new(); /* reports are large */
		m->seen_n = 0;
		for (int i = 0; i < (m->brief ? 2 : WORLDS); i++) /* one's own first */
			ask_for(m, (actor_of(m)->home + i) % WORLDS);
		arena_free(m->worlds.s.arena);
		m->worlds.s.arena = lasting;
	}
}

void matrix_walk(Matrix *m, const RouteTable *const *tables, const RouteTable *only)
{
	worlds_make(&m->worlds, tables);
	rows_keep(&m->worlds);
	m->base = rows_now(&m->worlds);
	(void)rows_trace(&m->worlds, ADMIN, true);
	for (const RouteTable *const *t = tables; *t != NULL; t++)
		for (size_t i = 0; i < (*t)->n && (only == NULL || *t == only); i++)
			walk_route(m, &(*t)->routes[i]);
	worlds_remove(&m->worlds);
}
