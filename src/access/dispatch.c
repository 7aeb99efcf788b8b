#include "access/inside.h"

#include "access/guest.h"
#include "crypto/token.h"

#include <stdlib.h>
#include <string.h>

enum {
	SLOW_THREADS = 2,
	SLOW_WAITING = 64,
	FORMS_WAITING = 64, /* refused ones, shown again */
	DOOR_WAITING = 256, /* more than a few clients may have under way */
	PASSWORD_WAITING = 16,
	NETWORK_THREADS = 2,
	NETWORK_WAITING = 32,
	MENU_MOST = 40
};

Work *work_of(const Request *r)
{
	return r->own;
}

static bool is_api(Str path)
{
	return str_starts(path, STR("/api/"));
}

static bool changes(HttpMethod m)
{
	return m != HTTP_GET && m != HTTP_OPTIONS;
}

/* Rules of route.h that the compiler cannot see. */
static Err check_route(Ctx *c, const Route *r)
{
	bool api = is_api(str_of(r->pattern));
	const char *broken = NULL;
	if (r->handler == NULL || r->may.operation == OP_NONE || r->may.reach == REACH_NONE)
		broken = "it has no handler or no permission";
	else if (api && r->summary == NULL)
		broken = "a route under /api/ needs a summary";
	else if (r->again != NULL && (api || r->form == NULL || !changes(r->method)))
		broken = "`again` belongs to a page's form";
	else if (changes(r->method) && !api && r->method != HTTP_POST)
		broken = "forms can only be posted";
	else if (r->consent != 0 && strstr(r->pattern, "{participant}") == NULL)
		broken = "a consent is a {participant}'s";
	else if (r->consent != 0 && r->lane != LANE_BY_METHOD && r->lane != LANE_READ)
		broken = "a consent is asked in the handler's own transaction: this lane has none";
	else if (r->consent == 0 && strstr(r->pattern, "{participant}") != NULL &&
		 strstr(r->pattern, "{company}") != NULL)
		broken = "what is between a {participant} and a {company} needs a consent";
	else if (r->proof && r->may.operation == OP_PUBLIC)
		broken = "nobody has to be anybody for what is public";
	else if (r->menu != NULL && (r->method != HTTP_GET || strchr(r->pattern, '{') != NULL))
		broken = "only a plain page can stand in the menu";
	if (broken == NULL)
		return OK;
	(void)fail(c, ERR_INVALID, "route %s %s: %s", http_method_name(r->method), r->pattern, broken);
	return ERR_INVALID;
}

static int by_menu_place(const void *a, const void *b)
{
	const Route *const *x = a, *const *y = b;
	return ((*x)->menu_place > (*y)->menu_place) - ((*x)->menu_place < (*y)->menu_place);
}

static Err compile_routes(Ctx *c, Dispatch *d)
{
	for (const RouteTable *const *t = d->config.tables; *t != NULL; t++)
		d->n += (*t)->n;
	d->routes = arena_array(d->arena, d->n, sizeof(*d->routes));
	d->menu = arena_array(d->arena, d->n, sizeof(*d->menu));
	RouteKey *keys = ARENA_ARRAY(c->arena, d->n, RouteKey);
	size_t at = 0;
	for (const RouteTable *const *t = d->config.tables; *t != NULL; t++)
		for (size_t i = 0; i < (*t)->n; i++, at++) {
			const Route *r = &(*t)->routes[i];
			RETURN_IF_ERR(check_route(c, r));
			d->routes[at] = r;
			keys[at] = (RouteKey){ r->method, r->pattern };
			if (r->menu != NULL)
				d->menu[d->menu_n++] = r;
		}
	qsort(d->menu, d->menu_n, sizeof(*d->menu), by_menu_place);
	return router_new(c, keys, d->n, &d->router);
}

Err dispatch_new(Ctx *c, const DispatchConfig *config, Dispatch **out)
{
	Arena *arena = arena_new();
	Dispatch *d = ARENA_NEW(arena, Dispatch);
	d->arena = arena;
	d->config = *config;
	if (d->config.clock == NULL)
		d->config.clock = clock_system();
	d->sessions = sessions_new();
	d->throttle = throttle_new();
	d->busy = busy_new();
	seal_key_make(&d->seal_key);
	page_frame(d);
	Err e = compile_routes(c, d);
	if (e == OK)
		e = pool_new(c, SLOW_THREADS, SLOW_WAITING, &d->slow);
	if (e == OK)
		e = pool_new(c, 1, FORMS_WAITING, &d->forms);
	if (e == OK)
		e = pool_new(c, 1, DOOR_WAITING, &d->door);
	if (e == OK)
		e = pool_new(c, 1, PASSWORD_WAITING, &d->password);
	if (e == OK)
		e = pool_new(c, NETWORK_THREADS, NETWORK_WAITING, &d->network);
	if (e == OK)
		e = db_begin_read(c);
	if (e == OK) {
		(void)page_made_up(c, d);
		db_end_read(c);
		*out = d;
		return OK;
	}
	dispatch_free(d);
	return e;
}

void dispatch_free(Dispatch *d)
{
	if (d == NULL)
		return;
	if (d->slow != NULL)
		pool_free(d->slow);
	if (d->forms != NULL)
		pool_free(d->forms);
	if (d->door != NULL)
		pool_free(d->door);
	if (d->password != NULL)
		pool_free(d->password);
	if (d->network != NULL)
		pool_free(d->network);
	router_free(d->router);
	sessions_free(d->sessions);
	throttle_free(d->throttle);
	busy_free(d->busy);
	arena_free(d->arena);
}

static Err refuse_with(Work *w, int status, Err e)
{
	w->status = status;
	w->plain = true;
	return e;
}

/* Which route: 404, or 405 with what is allowed. */
static Err admit_route(Work *w)
{
	HttpExchange *x = w->r.x;
	if (route_match(w->d->router, x->in.method, x->in.path, &w->r.match)) {
		w->r.route = w->d->routes[w->r.match.route];
		return OK;
	}
	if (w->r.match.allowed == 0)
		return refuse_with(w, 404, ERR_NOT_FOUND);
	http_set(x, "Allow", route_allow(x->ctx.arena, w->r.match.allowed));
	return refuse_with(w, 405, ERR_DENIED);
}

static Err admit_token(Ctx *c, Work *w)
{
	Str header = http_header(w->r.x, "Authorization");
	if (str_is_none(header))
		return OK;
	Str scheme = str_sub(header, 0, 7);
	Str secret = str_trim(str_sub(header, 7, header.len));
	if (!str_eq_nocase(scheme, STR("Bearer ")) || secret.len == 0)
		return refuse_with(w, 401, ERR_DENIED);
	Err e = token_find(w->d->sessions, c, secret, &w->known);
	return e == ERR_NOT_FOUND ? refuse_with(w, 401, ERR_DENIED) : e;
}

static Err admit_session(Ctx *c, Work *w)
{
	Str secret = http_cookie(w->r.x, COOKIE_SESSION);
	if (str_is_empty(secret))
		return OK;
	Err e = session_find(w->d->sessions, c, secret, &w->known);
	if (e == ERR_NOT_FOUND)
		return OK; /* as if it were not there: the login page follows where one is needed */
	w->r.csrf = w->known.csrf;
	return e;
}

/* Somebody with a code, when no user has logged in here. */
static Err admit_guest(Ctx *c, Work *w)
{
	Str secret = http_cookie(w->r.x, COOKIE_GUEST);
	if (w->r.api || !uuid_is_none(w->known.actor.user.v) || str_is_empty(secret))
		return OK;
	Err e = guest_find(c, secret, &w->known);
	if (e == ERR_NOT_FOUND)
		return OK;
	w->r.csrf = w->known.csrf;
	return e;
}

/* Under /api/ the request says; on pages the person's choice, then the browser's. */
static void choose_lang(Ctx *c, Work *w)
{
	bool known = !uuid_is_none(w->known.actor.user.v);
	if (w->r.api) {
		if (known && str_is_none(http_header(w->r.x, "Accept-Language")))
			c->lang = w->known.actor.lang;
		return;
	}
	if (lang_parse(http_cookie(w->r.x, COOKIE_LANG), &c->lang))
		return;
	if (known)
		c->lang = w->known.actor.lang;
}

/* Who asks: c->actor is never NULL after this. */
static Err admit_actor(Ctx *c, Work *w)
{
	Err e = w->r.api ? admit_token(c, w) : admit_session(c, w);
	if (e == OK)
		e = admit_guest(c, w);
	c->actor = w->known.actor.role == ROLE_PUBLIC ? &actor_public : &w->known.actor;
	choose_lang(c, w);
	return e;
}

/* A browser sends cookies along by itself: a form must show that it is ours. */
static Err admit_csrf(Ctx *c, Work *w)
{
	HttpExchange *x = w->r.x;
	if (w->r.api || !changes(x->in.method))
		return OK;
	Str expected = c->actor == &actor_public ? http_cookie(x, COOKIE_CSRF) : w->known.csrf;
	Str given = http_header(x, "X-CSRF-Token");
	if (str_is_none(given)) {
		if (x->in.body.len > 0 && http_form(x) != OK)
			return refuse_with(w, 400, ERR_INVALID);
		given = pairs_get(x->in.form.fields, "csrf");
	}
	if (expected.len >= 32 && token_same(given, expected))
		return OK;
	(void)refuse(c, NULL, "%s", T(c->lang, "The page is too old. Go back, load it again and try once more."));
	return refuse_with(w, 403, ERR_DENIED);
}

static Err admit_permission(Ctx *c, Work *w)
{
	const Permission *may = &w->r.route->may;
	if (policy_may(c->actor, may->operation, may->reach) == OK)
		return policy_scope(c, may->operation, &w->r.scope);
	return c->actor == &actor_public ? refuse_with(w, 401, ERR_DENIED) : ERR_DENIED;
}

/* Whose role asks for a second step sets it up before anything else. Tokens have no steps. */
static Err admit_second(Work *w)
{
	const Route *r = w->r.route;
	bool must = (w->d->config.second_roles & 1u << w->known.actor.role) != 0;
	if (w->r.api || !must || w->known.second || r->early || r->may.operation == OP_PUBLIC)
		return OK;
	w->first = FIRST_SECOND;
	return refuse_with(w, 403, ERR_INVALID);
}

static Err admit_proof(const Ctx *c, Work *w)
{
	const Route *r = w->r.route;
	if (!r->proof)
		return OK;
	if (w->r.api)
		return r->method == HTTP_GET || r->lane == LANE_READ ? OK : ERR_DENIED;
	if (clock_now(c->clock) - w->known.proved <= PROOF_MINUTES * (Time)60000000)
		return OK;
	w->first = FIRST_PROOF;
	return refuse_with(w, 403, ERR_INVALID);
}

/* Every {parameter} is a UUID, and {programme} one of the actor's. */
static Err admit_params(Ctx *c, Work *w)
{
	const Request *r = &w->r;
	for (size_t i = 0; i < r->match.params && !r->route->words; i++) {
		Uuid id;
		if (!uuid_parse(r->match.value[i], &id) || uuid_is_none(id))
			return ERR_NOT_FOUND;
		if (str_eq_z(r->match.name[i], "programme"))
			RETURN_IF_ERR(policy_programme(c, r->route->may.operation, (ProgrammeId){ id }));
	}
	return OK;
}

/* The order matters: nothing of a request is used before who may send it. */
static Err admit(Ctx *c, Work *w)
{
	Err route = admit_route(w);
	if (route != OK && w->r.api)
		return route;
	Err actor = admit_actor(c, w); /* before the route's error: its page has the frame of who asks */
	RETURN_IF_ERR(route);
	RETURN_IF_ERR(actor);
	RETURN_IF_ERR(admit_permission(c, w));
	RETURN_IF_ERR(admit_csrf(c, w));
	RETURN_IF_ERR(admit_second(w));
	RETURN_IF_ERR(admit_proof(c, w));
	RETURN_IF_ERR(admit_params(c, w));
	return input_read(c, w);
}

static Work *work_new(Dispatch *d, HttpExchange *x)
{
	Ctx *c = &x->ctx;
	c->db = d->config.db;
	c->convert = d->config.convert;
	c->messages = d->config.messages;
	c->tenant = d->config.tenant;
	c->clock = d->config.clock;
	c->actor = &actor_public;
	Work *w = ARENA_NEW(c->arena, Work);
	w->d = d;
	w->r.x = x;
	w->r.own = w;
	w->r.api = is_api(x->in.path.len > 0 ? x->in.path : x->in.target); /* refused requests have no path */
	x->own = w;
	return w;
}

void dispatch_handle(HttpExchange *x, void *arg)
{
	Dispatch *d = arg;
	Work *w = work_new(d, x);
	if (d->config.assets != NULL && asset_serve(x, d->config.assets)) {
		answer_headers_always(x, &d->config);
		http_answer(x);
		return;
	}
	Err e = admit(&x->ctx, w);
	if (e == OK)
		work_run(w);
	else
		work_refuse(w, e);
}

/* Refused for its size or its form before anything of it is used, its session too: who sent it sees a visitor's page.
 */
void dispatch_refused(HttpExchange *x, void *arg)
{
	Work *w = work_new(arg, x);
	answer_error(&x->ctx, w, x->out.status);
	answer_headers(w);
}

size_t dispatch_body_limit(const HttpExchange *x, void *arg)
{
	const Dispatch *d = arg;
	RouteMatch m;
	if (route_match(d->router, x->in.method, x->in.path, &m) && d->routes[m.route]->upload)
		return UPLOAD_MOST;
	return BODY_MOST;
}
