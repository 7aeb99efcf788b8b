#include "access/inside.h"

#include "access/consent.h"
#include "access/login.h"
#include "access/relation.h"

#include <string.h>

static void submit_seen(Work *w);

static void log_failure(Ctx *c, const Work *w, Err e)
{
	if (w->d->config.log == NULL || (e != ERR_DB && e != ERR_IO && e != ERR_INTERNAL))
		return;
	const Route *r = w->r.route;
	w->d->config.log(c, str_printf(c->arena, "%s %s: %s: %.*s", http_method_name(w->r.x->in.method),
				       r == NULL ? "?" : r->pattern, err_name(e), STR_ARG(c->why)));
}

/* Nobody learns of a citizen outside their scope whether there is a consent. */
static Err need_consent(Ctx *c, const Request *r)
{
	if (r->route->consent == 0)
		return OK;
	ParticipantId who = { request_id(r, "participant") };
	bool company = strstr(r->route->pattern, "{company}") != NULL;
	RETURN_IF_ERR(relation_in_scope(c, &r->scope, who));
	return consent_need(c, who, (ConsentPurpose)(r->route->consent - 1),
			    company ? request_id(r, "company") : UUID_NONE);
}

/* Shows the page of a form once more, on a snapshot of its own, where the consent that the route needs is given. */
static Err show_again(Ctx *c, Work *w, Err e)
{
	answer_reset(w);
	w->entry = NULL;
	w->r.again = w->status != 0 ? w->status : e == ERR_CONFLICT ? 409 : 422;
	w->r.denied = e == ERR_DENIED;
	w->r.in = NULL;
	if (w->r.route->again == NULL)
		return page_again(c, w);
	RETURN_IF_ERR(db_begin_read(c));
	Err shown = need_consent(c, &w->r);
	if (shown == OK)
		shown = w->r.route->again(c, &w->r);
	db_end_read(c);
	return shown;
}

/* Another thread will answer. */
static void answer_later(Work *w)
{
	if (!w->later)
		http_later(w->r.x);
	w->later = true;
}

static void depart(Work *w)
{
	answer_headers(w);
	if (w->known.write_seen)
		submit_seen(w);
	http_answer(w->r.x);
}

static Err renew_work(Ctx *c, void *arg)
{
	Work *w = arg;
	return session_renew(c, &w->known, &w->renewed);
}

/* Without a new secret the old one goes on. */
static void renew_done(void *arg, Err e)
{
	Work *w = arg;
	if (e == OK) {
		sessions_forget(w->d->sessions, w->known.actor.user);
		answer_session(&w->r.x->ctx, w, w->renewed, w->known.expires);
	}
	depart(w);
}

/* The last step: the answer is complete and leaves, with the session's new secret when the old one has had its time. */
static void leave(Work *w)
{
	const HttpExchange *x = w->r.x;
	if (!w->known.renew || x->in.method != HTTP_GET || x->out.status != 200) {
		depart(w);
		return;
	}
	answer_later(w);
	if (commit_submit(&(CommitJob){ renew_work, renew_done, &w->r.x->ctx, w }) != OK)
		depart(w);
}

/* What the handler denied because of one field, which can be filled in otherwise. */
static bool is_field_denied(const Ctx *c, Err e)
{
	return e == ERR_DENIED && c->problem_count > 0 && c->problems[0].field.len > 0;
}

/* A page's form was refused, by its fields or by its handler. */
static bool can_show_again(const Ctx *c, const Work *w, Err e)
{
	return !w->r.api && !w->plain && (e == ERR_INVALID || e == ERR_CONFLICT || is_field_denied(c, e)) &&
	       w->r.route != NULL && w->r.route->form != NULL && w->r.x->in.method == HTTP_POST;
}

static Err entry_work(Ctx *c, void *arg)
{
	return commit_audit(c, ((const Work *)arg)->entry);
}

static void finish(Ctx *c, Work *w, Err e);

static void entry_done(void *arg, Err e)
{
	Work *w = arg;
	w->entry = NULL;
	w->plain = true;
	finish(&w->r.x->ctx, w, e);
}

/* The answer is made; what must be in the audit first, goes there first. */
static Err submit_entry(Ctx *c, Work *w)
{
	answer_later(w);
	return commit_submit(&(CommitJob){ entry_work, entry_done, c, w });
}

static void write_done(void *arg, Err e);

/* The citizen that a form names in a field of that name. */
static ParticipantId named_in_form(const Request *r)
{
	ParticipantId who = { UUID_NONE };
	const Field *f =
		r->route->form == NULL || r->in == NULL ? NULL : form_field(r->route->form, STR("participant"));
	if (f != NULL && f->type == FIELD_ID)
		memcpy(&who, (const char *)r->in + f->offset, sizeof who);
	return who;
}

/* Whom the request was about, as the address, the form or the handler says, or whose guest asks; none: nobody. */
static ParticipantId about(const Ctx *c, const Work *w)
{
	const Request *r = &w->r;
	Operation op = r->route->may.operation;
	ParticipantId none = { UUID_NONE };
	const ParticipantId said[] = { { request_id(r, "participant") },
				       { request_id(r, "referral") },
				       named_in_form(r),
				       w->about,
				       op == OP_OWN_CASE || op == OP_OWN_SHEET ? c->actor->participant : none };
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
		if (!uuid_is_none(said[i].v))
			return said[i];
	return none;
}

/* A denial is in the audit before its answer leaves, with the citizen it was about: only one that there is. So is
 * that somebody has reached for a citizen who is there for others; who is there for nobody costs this look alone. */
static Err deny_work(Ctx *c, void *arg)
{
	const Work *w = arg;
	ParticipantId who = about(c, w);
	AuditEvent e = actor_event(c, "access.denied");
	if (w->unreached)
		RETURN_IF_ERR(relation_beyond(c, &w->r.scope, who));
	RETURN_IF_ERR(relation_known(c, who, &e.participant));
	e.outcome = AUDIT_DENIED;
	e.detail = str_of(w->r.route->name);
	return commit_audit(c, &e);
}

static void deny_done(void *arg, Err e)
{
	Work *w = arg;
	write_done(w, e == OK || (e == ERR_NOT_FOUND && w->unreached) ? w->refused : e);
}

/* Not found; or refused by the handler, where the citizen stands in the form. */
static bool may_be_unreached(const Ctx *c, const Work *w, Err e)
{
	if (e == ERR_INVALID)
		return !uuid_is_none(named_in_form(&w->r).v);
	ParticipantId who = about(c, w);
	return e == ERR_NOT_FOUND && !uuid_is_none(who.v) && !uuid_eq(who.v, c->actor->participant.v);
}

/* Whoever is known was denied something, or was told that it is not there; and the audit does not know yet. */
static bool must_note(const Ctx *c, const Work *w, Err e)
{
	return !w->noted && c->actor != &actor_public && w->r.route != NULL &&
	       (e == ERR_DENIED || may_be_unreached(c, w, e));
}

/* `found`: why; `answer`: what the answer says. */
static Err submit_note(Ctx *c, Work *w, Err found, Err answer)
{
	w->noted = true;
	w->unreached = found != ERR_DENIED;
	w->refused = answer;
	answer_later(w);
	return commit_submit(&(CommitJob){ deny_work, deny_done, c, w });
}

static void finish(Ctx *c, Work *w, Err e)
{
	if (must_note(c, w, e)) {
		e = submit_note(c, w, e, e);
		if (e == OK)
			return;
	}
	log_failure(c, w, e);
	if (e == OK && !uuid_is_none(w->forget.v))
		sessions_forget(w->d->sessions, w->forget);
	if (e != OK && can_show_again(c, w, e)) {
		Err shown = show_again(c, w, e);
		e = shown == OK || shown == ERR_DENIED ? shown : e;
		if (must_note(c, w, shown) && submit_note(c, w, shown, e) == OK)
			return;
	}
	if (e == OK && w->entry != NULL) {
		e = submit_entry(c, w);
		if (e == OK)
			return;
	}
	if (e != OK) {
		answer_reset(w);
		answer_error(c, w, answer_status(w, e));
	}
	leave(w);
}

/* On a pool thread: what is too slow for the writer to do, and waits for nothing else that is slow. */
static void finish_later(void *arg)
{
	Work *w = arg;
	finish(&w->r.x->ctx, w, w->outcome);
}

/* On the writer's thread. JSON is short; a page is made elsewhere. */
static void write_done(void *arg, Err e)
{
	Work *w = arg;
	w->outcome = e;
	if (e != OK && !w->r.api && pool_submit(w->d->forms, finish_later, w) == OK)
		return;
	if (e != OK && !w->r.api)
		w->plain = true; /* no form while the program is that busy */
	finish(&w->r.x->ctx, w, e);
}

/* The handler, where the consent that the route needs is given: asked in the same snapshot or transaction. */
static Err handle(Ctx *c, Work *w)
{
	RETURN_IF_ERR(need_consent(c, &w->r));
	return w->r.route->handler(c, &w->r);
}

static Err write_work(Ctx *c, void *arg)
{
	return handle(c, arg);
}

static void run_write(Ctx *c, Work *w)
{
	answer_later(w);
	Err e = commit_submit(&(CommitJob){ write_work, write_done, c, w });
	if (e != OK)
		finish(c, w, e);
}

static void run_read(Ctx *c, Work *w)
{
	Err e = db_begin_read(c);
	if (e == OK) {
		e = handle(c, w);
		db_end_read(c);
	}
	finish(c, w, e);
}

/* What the same person has asked for meanwhile takes its place behind what others wait for. */
static void slow_work(void *arg)
{
	for (Work *w = arg, *next; w != NULL; w = next) {
		Ctx *c = &w->r.x->ctx;
		Pool *pool = w->d->slow;
		Err e = w->r.route->handler(c, &w->r);
		next = busy_end(w->d->busy, w->busy);
		finish(c, w, e);
		if (next == NULL || pool_submit(pool, slow_work, next) == OK)
			break; /* else there is no place: what was taken on is done at once */
	}
}

static void submit(Work *w, Pool *pool)
{
	Err e = pool_submit(pool, slow_work, w);
	for (Work *next; e != OK && w != NULL; w = next) {
		next = busy_end(w->d->busy, w->busy);
		finish(&w->r.x->ctx, w, e);
	}
}

static void run_on(Work *w, Pool *pool)
{
	answer_later(w);
	submit(w, pool);
}

/* Whose slow job it is: a user's, by whatever session or token; a citizen's; a company's; none: a visitor's. */
static Uuid busy_key(const Work *w)
{
	const Actor *actor = &w->known.actor;
	if (actor->role == ROLE_CITIZEN)
		return actor->participant.v;
	return uuid_is_none(actor->user.v) ? actor->guest.v : actor->user.v;
}

static void run_slow(Ctx *c, Work *w)
{
	answer_later(w);
	w->busy = busy_key(w);
	switch (busy_begin(w->d->busy, w->busy, w)) {
	case BUSY_RUNS: submit(w, w->d->slow); return;
	case BUSY_WAITS: return;
	case BUSY_REFUSED: break;
	}
	w->status = 429;
	finish(c, w, refuse(c, NULL, "%s", T(c->lang, "What you asked for is being made. Try again in a moment.")));
}

/* Whoever has to wait is told so at once, and takes no place from others; and is asked again by the handler, since
 * tries may wait here that have not been counted yet. */
static void run_door(Ctx *c, Work *w)
{
	Err e = try_address_may(c, w);
	if (e == OK)
		run_on(w, w->d->door);
	else
		finish(c, w, e);
}

/* Shows the form again with other choices; nothing was wrong. */
static void run_find(Ctx *c, Work *w)
{
	Err e = show_again(c, w, OK);
	w->status = 0;
	w->plain = true;
	finish(c, w, e);
}

void work_run(Work *w)
{
	Ctx *c = &w->r.x->ctx;
	if (w->status == 200) {
		run_find(c, w);
		return;
	}
	switch (w->r.route->lane) {
	case LANE_SLOW: run_slow(c, w); return;
	case LANE_DOOR: run_door(c, w); return;
	case LANE_PASSWORD: run_on(w, w->d->password); return;
	case LANE_NETWORK: run_on(w, w->d->network); return;
	case LANE_READ: run_read(c, w); return;
	case LANE_BY_METHOD: break;
	}
	if (w->r.x->in.method == HTTP_GET)
		run_read(c, w);
	else
		run_write(c, w);
}

/* Those who have no overview begin elsewhere. */
static bool may_begin_elsewhere(const Work *w, Err e)
{
	return e == ERR_DENIED && w->r.route != NULL && w->r.x->in.method == HTTP_GET && w->r.x->in.path.len == 1 &&
	       w->r.x->ctx.actor != &actor_public;
}

void work_refuse(Work *w, Err e)
{
	Ctx *c = &w->r.x->ctx;
	if (may_begin_elsewhere(w, e)) {
		finish(c, w, answer_redirect(&w->r, page_home(c, w), NULL));
		return;
	}
	finish(c, w, e);
}

/* Notes that the session is in use, every few minutes, when nobody waits. */
typedef struct {
	Ctx ctx;
	Actor actor;
	SessionId session;
} Seen;

static Err seen_work(Ctx *c, void *arg)
{
	return session_write_seen(c, ((const Seen *)arg)->session);
}

static void seen_done(void *arg, Err e)
{
	(void)e; /* written next time */
	Seen *s = arg;
	Arena *arena = s->ctx.arena;
	arena_free(s->ctx.scratch);
	arena_free(arena);
}

static void submit_seen(Work *w)
{
	const Ctx *c = &w->r.x->ctx;
	Ctx own;
	ctx_init(&own);
	Seen *s = ARENA_NEW(own.arena, Seen);
	s->ctx = own;
	s->ctx.db = c->db;
	s->ctx.tenant = c->tenant;
	s->ctx.clock = c->clock;
	s->actor = w->known.actor;
	s->actor.login = str_dup(own.arena, w->known.actor.login);
	s->actor.name = STR("");
	s->ctx.actor = &s->actor;
	s->session = w->known.session;
	if (commit_submit(&(CommitJob){ seen_work, seen_done, &s->ctx, s }) != OK)
		seen_done(s, ERR_BUSY);
}
