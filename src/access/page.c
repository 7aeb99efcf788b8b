#include "access/inside.h"

#include "base/utf8.h"
#include "crypto/token.h"
#include "error_html.h"
#include "layout_html.h"
#include "user_sql.h"

#include <string.h>

enum { MADE_UP_SECONDS = 5 };

static const char html_type[] = "text/html; charset=utf-8";

/* The v= of an asset's address. */
static Str version_of(const Dispatch *d, const char *path)
{
	Str url = d->config.assets == NULL ? STR("") : asset_url(d->arena, d->config.assets, path);
	size_t at = str_find_str(url, STR("?v="));
	return at == SIZE_MAX ? STR("") : str_sub(url, at + 3, url.len);
}

void page_frame(Dispatch *d)
{
	d->frame = (Layout){ .icon = version_of(d, "/assets/favicon.svg"),
			     .dkfds_css = version_of(d, "/assets/dkfds/css/dkfds.css"),
			     .dkfds_js = version_of(d, "/assets/dkfds/js/dkfds.js"),
			     .style = version_of(d, "/assets/style.css"),
			     .layout = version_of(d, "/assets/layout.css"),
			     .htmx = version_of(d, "/assets/htmx.js"),
			     .script = version_of(d, "/assets/rampe.js"),
			     .version = RAMPE_VERSION };
}

enum { PLURAL_MOST = 2 };

/* How much of the path the menu entry's path covers, 0: none. "/borgere" covers "/borgere/ny" and, the list being in
 * the plural, "/borger/0190…"; "/min/samtykker" covers more of "/min/samtykke/ja" than "/min" does. */
static size_t covers(Str menu, Str path)
{
	size_t most = 0;
	if (menu.len == 1)
		return path.len == 1;
	for (size_t end = 0; end != SIZE_MAX;) {
		end = str_find(path, '/', end + 1);
		size_t len = end == SIZE_MAX ? path.len : end;
		if (len > 1 && str_starts(menu, str_sub(path, 0, len)) &&
		    menu.len - len <= (end == SIZE_MAX ? 0 : PLURAL_MOST))
			most = len;
	}
	return most;
}

/* The entry that covers most of the path. */
static MenuEntry *entry_of(MenuEntry *at, size_t n, Str path)
{
	MenuEntry *best = NULL;
	for (size_t i = 0; i < n; i++)
		if (covers(at[i].path, path) > (best == NULL ? 0 : covers(best->path, path)))
			best = &at[i];
	return best;
}

/* A page that no entry covers stands below the one that its page above does. */
static MenuEntries menu_for(Ctx *c, const Work *w, Str back)
{
	MenuEntry *at = ARENA_ARRAY(c->arena, w->d->menu_n, MenuEntry);
	size_t n = 0;
	for (size_t i = 0; i < w->d->menu_n; i++) {
		const Route *r = w->d->menu[i];
		if (policy_may(c->actor, r->may.operation, r->may.reach) == OK)
			at[n++] = (MenuEntry){ str_of(r->pattern), str_of(T(c->lang, r->menu)), false,
					       r->lane == LANE_SLOW };
	}
	MenuEntry *current = entry_of(at, n, w->r.x->in.path);
	if (current == NULL && back.len > 0)
		current = entry_of(at, n, back);
	if (current != NULL)
		current->current = true;
	return (MenuEntries){ at, n };
}

Str page_home(Ctx *c, const Work *w)
{
	const Route *best = NULL;
	for (size_t i = 0; i < w->d->menu_n && best == NULL; i++)
		if (policy_may(c->actor, w->d->menu[i]->may.operation, w->d->menu[i]->may.reach) == OK)
			best = w->d->menu[i];
	return best == NULL ? STR("/konto") : str_of(best->pattern);
}

/* A text that the page before left for this one: shown once. */
static Str take_notice(Ctx *c, Work *w)
{
	Str cookie = http_cookie(w->r.x, COOKIE_NOTICE);
	HttpPairs pairs;
	if (str_is_empty(cookie) || form_urlencoded(c, str_printf(c->arena, "n=%.*s", STR_ARG(cookie)), &pairs) != OK)
		return STR_NONE;
	answer_cookie(w, COOKIE_NOTICE, STR(""), 0);
	return str_of(T(c->lang, str_z(c->arena, pairs_get(pairs, "n"))));
}

bool page_made_up(Ctx *c, Dispatch *d)
{
	Time now = clock_now(c->clock), asked = atomic_load(&d->made_up_at);
	int64_t n = 0;
	if (c->conn == NULL || (asked != 0 && now - asked < MADE_UP_SECONDS * (Time)1000000 && now >= asked))
		return atomic_load(&d->made_up);
	if (access_made_up(c, &n) == OK) {
		atomic_store(&d->made_up, n > 0);
		atomic_store(&d->made_up_at, now);
	}
	return atomic_load(&d->made_up);
}

static Layout layout_for(Ctx *c, Work *w, const Page *page)
{
	bool known = c->actor != NULL && c->actor->role != ROLE_PUBLIC;
	Lang other = c->lang == LANG_DA ? LANG_EN : LANG_DA;
	Layout l = w->d->frame;
	l.title = page->title;
	l.lang = lang_code(c->lang);
	l.other_lang = lang_code(other);
	l.other_name = other == LANG_DA ? "Dansk" : "English";
	l.path = w->r.x->in.method == HTTP_GET ? w->r.x->in.path : STR("/");
	l.user = known ? c->actor->name : STR_NONE;
	l.guest = known && uuid_is_none(c->actor->user.v);
	l.csrf = w->r.csrf;
	l.notice = take_notice(c, w);
	l.back = page->back;
	l.back_text = page->back_text;
	l.failed = w->r.again >= 400;
	l.wide = page->wide;
	l.bare = page->bare;
	l.made_up = page_made_up(c, w->d);
	if (known && !page->bare)
		l.menu = menu_for(c, w, page->back);
	if (w->r.x->in.method == HTTP_GET && w->r.x->in.query_text.len > 0)
		l.path = str_printf(c->arena, "%.*s?%.*s", STR_ARG(l.path), STR_ARG(w->r.x->in.query_text));
	return l;
}

static Html *open_with(Ctx *c, Work *w, const Page *page, int status)
{
	w->html = ARENA_NEW(c->arena, Html);
	html_init(w->html, http_body(w->r.x, status, html_type), c->lang);
	w->layout = NULL;
	if (!request_partial(&w->r)) {
		w->layout = ARENA_NEW(c->arena, Layout);
		*w->layout = layout_for(c, w, page);
		layout_open_html(w->html, w->layout);
	}
	return w->html;
}

Html *page_open(Ctx *c, Request *r, const Page *page)
{
	return open_with(c, work_of(r), page, r->again != 0 ? r->again : 200);
}

Err page_close(Request *r)
{
	Work *w = work_of(r);
	if (w->layout != NULL)
		layout_close_html(w->html, w->layout);
	return w->html->out->failed ? ERR_LIMIT : OK;
}

/* Somebody else was faster only where a version says so. */
static const char *conflict_message(const Ctx *c)
{
	size_t shown = c->problem_count < PROBLEMS_MOST ? c->problem_count : PROBLEMS_MOST;
	for (size_t i = 0; i < shown; i++)
		if (str_eq_z(c->problems[i].field, "version"))
			return T(c->lang, "Somebody else has changed this meanwhile.");
	if (shown > 0)
		return T(c->lang, "This does not go with what is registered already.");
	return T(c->lang, "This exists already, or somebody else has changed it meanwhile.");
}

const char *page_error_message(const Ctx *c, int status)
{
	Lang lang = c->lang;
	switch (status) {
	case 400: return T(lang, "The program could not read what was sent.");
	case 401: return T(lang, "You are not logged in.");
	case 403: return T(lang, "You may not do this.");
	case 404: return T(lang, "There is nothing here, or nothing that you may see.");
	case 405:
	case 501: return T(lang, "This address cannot be used in this way.");
	case 409: return conflict_message(c);
	case 413:
	case 414:
	case 431: return T(lang, "What was sent is too large.");
	case 415: return T(lang, "What was sent is of a kind that is not understood here.");
	case 422: return T(lang, "Something has to be corrected.");
	case 429: return T(lang, "Too much at once. Wait a little and try again.");
	case 503: return T(lang, "The program is busy. Wait a little and try again.");
	default: return T(lang, "Something went wrong in the program. It has been noted; nothing has been stored.");
	}
}

static const char *error_heading(Lang lang, int status)
{
	switch (status) {
	case 401: return T(lang, "Log in");
	case 403: return T(lang, "Not allowed");
	case 404: return T(lang, "Not found");
	case 409: return T(lang, "Exists already, or was changed");
	case 429:
	case 503: return T(lang, "Busy");
	case 500: return T(lang, "An error");
	default: return T(lang, "That did not work");
	}
}

TypedModels page_typed_notes(Ctx *c, const Work *w)
{
	HttpExchange *x = w->r.x;
	const Form *form = w->r.route == NULL ? NULL : w->r.route->form;
	Str from = http_header(x, "Sec-Fetch-Site"); /* a neighbour under the same domain sends cookies along */
	bool known = !str_is_empty(http_cookie(x, COOKIE_SESSION)) || !str_is_empty(http_cookie(x, COOKIE_GUEST));
	bool ours = known && (str_is_empty(from) || str_eq(from, STR("same-origin")));
	if (form == NULL || w->r.api || w->r.route->upload || x->in.method != HTTP_POST || !ours || http_form(x) != OK)
		return (TypedModels){ 0 };
	TypedModel *at = ARENA_ARRAY(c->arena, form->n, TypedModel);
	size_t n = 0;
	for (size_t i = 0; i < form->n; i++) {
		const Field *f = &form->fields[i];
		Str text = f->type == FIELD_NOTE ? request_typed(&w->r, f->name) : STR_NONE;
		if (!str_is_empty(text) && utf8_valid(text, NULL))
			at[n++] = (TypedModel){ f->name, str_of(T(c->lang, f->label)), text };
	}
	return (TypedModels){ at, n };
}

/* What was sent has to wait for something else. */
static void first_model(Ctx *c, const Work *w, ErrorModel *m)
{
	bool proof = w->first == FIRST_PROOF;
	m->first = answer_first(c, w);
	m->heading = str_of(proof ? T(c->lang, "Confirm that it is you") : T(c->lang, "Set up the second step first"));
	m->message = str_of(proof ? T(c->lang, "This asks for your password once more. Nothing has been stored: "
					       "confirm, and then send it again.")
				  : T(c->lang, "Your role asks for a second step when logging in. Nothing has been "
					       "stored."));
}

bool page_for_guests(const Work *w)
{
	Operation op = w->r.route == NULL ? OP_NONE : w->r.route->may.operation;
	return op == OP_OWN_CASE || op == OP_OWN_SHEET;
}

void page_error(Ctx *c, Work *w, int status)
{
	ErrorModel model = { .heading = str_of(error_heading(c->lang, status)),
			     .message = str_of(page_error_message(c, status)),
			     .problems = page_problem_models(c, w->r.route == NULL ? NULL : w->r.route->form),
			     .to_login = status == 401 && !page_for_guests(w),
			     .to_door = status == 401 && page_for_guests(w) };
	RouteMatch form;
	if (status == 401 || status == 403 || w->first != FIRST_NOTHING)
		model.typed = page_typed_notes(c, w);
	model.not_stored = (status == 401 || status == 403) && w->r.x->in.method == HTTP_POST && model.typed.n == 0 &&
			   w->first == FIRST_NOTHING;
	if (status == 429 && model.problems.n == 1) { /* says all there is to say */
		model.message = c->problems[0].message;
		model.problems.n = 0;
	}
	if (w->first != FIRST_NOTHING)
		first_model(c, w, &model);
	else if (model.typed.n > 0 && route_match(w->d->router, HTTP_GET, w->r.x->in.path, &form))
		model.next = w->r.x->in.path;
	Html *h = open_with(c, w, &(Page){ .title = model.heading }, status);
	error_html(h, &model);
	if (page_close(&w->r) != OK)
		(void)http_body(w->r.x, status, html_type);
}

Err page_again(Ctx *c, Work *w)
{
	const Route *route = w->r.route;
	Str title = str_of(route->summary == NULL ? T(c->lang, "Please correct this") : T(c->lang, route->summary));
	Html *h = page_open(c, &w->r, &(Page){ .title = title });
	error_title_html(h, title);
	page_form(c, &w->r, h, &(FormView){ .form = route->form, .action = w->r.x->in.path });
	return page_close(&w->r);
}

Str page_csrf(Request *r)
{
	Work *w = work_of(r);
	Ctx *c = &r->x->ctx;
	if (!str_is_empty(r->csrf))
		return r->csrf;
	Str known = http_cookie(r->x, COOKIE_CSRF);
	if (known.len >= 32)
		return r->csrf = known;
	r->csrf = token_new(c);
	answer_cookie(w, COOKIE_CSRF, r->csrf, -1);
	return r->csrf;
}
