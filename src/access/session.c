#include "access/session.h"

#include "access/user.h"
#include "crypto/token.h"
#include "second_sql.h"
#include "session_sql.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_BYTES = 32, CSRF_BYTES = 32, WAYS = 4, NAMES_MOST = 512 };
#define SECOND ((Time)1000000)

/* What a secret is known to stand for. */
typedef struct {
	bool used, token;
	bool former; /* the secret of before, which holds a little longer */
	bool second;
	unsigned char hash[HASH_BYTES];
	unsigned char now_hash[HASH_BYTES]; /* of the session's secret: another one when `former` */
	SessionId id;
	Actor actor; /* login and name point into text */
	char text[NAMES_MOST];
	char csrf[2 * CSRF_BYTES + 1];
	Time loaded;  /* read from the database */
	Time seen;    /* last request */
	Time written; /* what the database has of it */
	Time renewed, proved, expires;
} Entry;

struct Sessions {
	pthread_mutex_t lock;
	uint64_t generation; /* counts what was forgotten: nothing older is cached after that */
	Entry *entries;
};

Sessions *sessions_new(void)
{
	Sessions *s = calloc(1, sizeof(*s));
	if (s == NULL || pthread_mutex_init(&s->lock, NULL) != 0)
		abort();
	s->entries = calloc(SESSIONS_CACHED, sizeof(Entry));
	if (s->entries == NULL)
		abort();
	return s;
}

void sessions_free(Sessions *s)
{
	if (s == NULL)
		return;
	pthread_mutex_destroy(&s->lock);
	free(s->entries);
	free(s);
}

static void to_hex(const unsigned char *bytes, size_t n, char *out)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < n; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * n] = '\0';
}

/* The places where an entry may stand. */
static Entry *ways_of(Sessions *s, const unsigned char *hash)
{
	uint32_t place;
	memcpy(&place, hash, sizeof place);
	return &s->entries[place % (SESSIONS_CACHED / WAYS) * WAYS];
}

static Entry *entry_find(Sessions *s, const unsigned char *hash, bool token)
{
	Entry *ways = ways_of(s, hash);
	for (int i = 0; i < WAYS; i++)
		if (ways[i].used && ways[i].token == token && memcmp(ways[i].hash, hash, HASH_BYTES) == 0)
			return &ways[i];
	return NULL;
}

/* The entry itself, a free place, or the one used longest ago. */
static Entry *entry_place(Sessions *s, const unsigned char *hash, bool token)
{
	Entry *known = entry_find(s, hash, token);
	if (known != NULL)
		return known;
	Entry *ways = ways_of(s, hash), *oldest = ways;
	for (int i = 0; i < WAYS; i++) {
		if (!ways[i].used)
			return &ways[i];
		if (ways[i].seen < oldest->seen)
			oldest = &ways[i];
	}
	return oldest;
}

static bool has_ended(const Entry *e, Time now)
{
	return !e->token && (now >= e->expires || now - e->seen > SESSION_IDLE_MINUTES * 60 * SECOND);
}

static Str copy_text(char *to, size_t *at, Str from)
{
	size_t room = NAMES_MOST - *at;
	size_t n = from.len < room ? from.len : room;
	memcpy(to + *at, from.len > 0 ? from.ptr : "", n);
	Str copied = { to + *at, n };
	*at += n;
	return copied;
}

static void entry_fill(Entry *e, const User *u)
{
	size_t at = 0;
	Lang lang = LANG_DA;
	(void)lang_parse(u->lang, &lang);
	e->actor = (Actor){ .user = u->id,
			    .role = u->role,
			    .organisation = u->organisation,
			    .programme = u->programme,
			    .member = u->member,
			    .lang = lang,
			    .by_token = e->token };
	e->actor.login = copy_text(e->text, &at, u->login);
	e->actor.name = copy_text(e->text, &at, u->name);
}

/* Everything is copied: the entry may go. */
static void entry_tell(Entry *e, Ctx *c, Time now, Known *out)
{
	out->actor = e->actor;
	out->actor.login = str_dup(c->arena, e->actor.login);
	out->actor.name = str_dup(c->arena, e->actor.name);
	if (e->token)
		return;
	out->session = e->id;
	out->hash = str_dup(c->arena, (Str){ (const char *)e->now_hash, HASH_BYTES });
	out->csrf = str_dup(c->arena, str_of(e->csrf));
	out->proved = e->proved;
	out->expires = e->expires;
	out->second = e->second;
	out->renew = !e->former && now - e->renewed >= SESSION_RENEW_HOURS * 3600 * SECOND;
	out->write_seen = now - e->written > SESSION_SEEN_MINUTES * 60 * SECOND;
	if (out->write_seen)
		e->written = now;
}

/* What the cache says; false when it has to be asked of the database. */
static bool cached(Sessions *s, Ctx *c, const unsigned char *hash, bool token, Err *answer, Known *out)
{
	Time now = clock_now(c->clock);
	bool fresh = false;
	pthread_mutex_lock(&s->lock);
	Entry *e = entry_find(s, hash, token);
	if (e != NULL && has_ended(e, now)) {
		e->used = false;
		*answer = ERR_NOT_FOUND;
		fresh = true;
	} else if (e != NULL && now - e->loaded < SESSION_FRESH_SECONDS * SECOND && now >= e->loaded) {
		fresh = true;
		*answer = OK;
		e->seen = now;
		entry_tell(e, c, now, out);
	}
	pthread_mutex_unlock(&s->lock);
	return fresh;
}

/* Reads what a secret stands for into *e. */
static Err load_session(Ctx *c, Str hash, Entry *e, User *u)
{
	SessionRow row;
	int64_t second = 0;
	Err found = session_get(c, hash, &row);
	e->former = found == ERR_NOT_FOUND;
	if (e->former)
		found = session_get_former(c, hash, clock_now(c->clock), &row);
	RETURN_IF_ERR(found);
	if (row.csrf.len != CSRF_BYTES || row.hash.len != HASH_BYTES)
		return fail(c, ERR_DB, "session with a CSRF token of %zu bytes", row.csrf.len);
	to_hex((const unsigned char *)row.csrf.ptr, CSRF_BYTES, e->csrf);
	memcpy(e->now_hash, row.hash.ptr, HASH_BYTES);
	e->id = row.id;
	e->seen = row.seen;
	e->written = row.seen;
	e->renewed = row.renewed;
	e->proved = row.proved;
	e->expires = e->former && row.former_until < row.expires ? row.former_until : row.expires;
	RETURN_IF_ERR(totp_count(c, row.app_user, &second));
	e->second = second > 0;
	return user_get(c, row.app_user, u);
}

static Err load_token(Ctx *c, Str hash, User *u)
{
	UserId owner;
	RETURN_IF_ERR(token_owner(c, hash, &owner));
	return user_get(c, owner, u);
}

static Err load(Ctx *c, Str hash, Entry *e)
{
	User u;
	RETURN_IF_ERR(db_begin_read(c));
	Err found = e->token ? load_token(c, hash, &u) : load_session(c, hash, e, &u);
	db_end_read(c);
	RETURN_IF_ERR(found);
	if (u.closed != TIME_NONE)
		return ERR_NOT_FOUND;
	entry_fill(e, &u);
	return OK;
}

static void entry_store(Sessions *s, const Entry *from)
{
	Entry *to = entry_place(s, from->hash, from->token);
	Time seen = to->used && memcmp(to->hash, from->hash, HASH_BYTES) == 0 ? to->seen : TIME_NONE;
	*to = *from;
	to->used = true;
	to->actor.login.ptr = to->text;
	to->actor.name.ptr = to->text + to->actor.login.len;
	if (seen > to->seen) /* what this process knows may be newer than what is written */
		to->seen = seen;
}

static Err find(Sessions *s, Ctx *c, Str secret, bool token, Known *out)
{
	unsigned char hash[HASH_BYTES];
	Err answer = ERR_NOT_FOUND;
	*out = (Known){ 0 };
	token_hash(secret, hash);
	if (cached(s, c, hash, token, &answer, out))
		return answer;
	pthread_mutex_lock(&s->lock);
	uint64_t generation = s->generation;
	pthread_mutex_unlock(&s->lock);
	Entry *e = ARENA_NEW(c->arena, Entry);
	e->token = token;
	memcpy(e->hash, hash, HASH_BYTES);
	Err found = load(c, (Str){ (const char *)hash, HASH_BYTES }, e);
	e->loaded = clock_now(c->clock);
	pthread_mutex_lock(&s->lock);
	Entry *known = entry_find(s, hash, token);
	bool changed = s->generation != generation;
	if (found == OK && !changed)
		entry_store(s, e);
	else if (known != NULL && found == ERR_NOT_FOUND)
		known->used = false;
	pthread_mutex_unlock(&s->lock);
	RETURN_IF_ERR(found);
	if (changed || !cached(s, c, hash, token, &answer, out))
		return ERR_BUSY; /* changed while it was read: ask again */
	return answer;
}

Err session_find(Sessions *s, Ctx *c, Str secret, Known *out)
{
	return find(s, c, secret, false, out);
}

Err token_find(Sessions *s, Ctx *c, Str secret, Known *out)
{
	return find(s, c, secret, true, out);
}

Err session_start(Ctx *c, const SessionStart *start, Str *secret)
{
	Time now = clock_now(c->clock);
	unsigned char hash[HASH_BYTES], csrf[CSRF_BYTES];
	*secret = token_new(c);
	token_hash(*secret, hash);
	random_bytes(c->random, csrf, sizeof csrf);
	RETURN_IF_ERR(session_delete_ended(c, now, now - SESSION_IDLE_MINUTES * 60 * SECOND));
	SessionRow row = { .id = { uuid_v7(c->clock, c->random) },
			   .hash = { (const char *)hash, sizeof hash },
			   .app_user = start->user,
			   .former = STR_NONE,
			   .former_until = TIME_NONE,
			   .csrf = { (const char *)csrf, sizeof csrf },
			   .browser = browser_name(c->arena, start->browser),
			   .created = now,
			   .renewed = now,
			   .seen = now,
			   .proved = start->proved == 0 ? now : start->proved,
			   .expires = now + SESSION_HOURS * 3600 * SECOND };
	RETURN_IF_ERR(session_insert(c, &row));
	AuditEvent e = actor_event(c, "user.login");
	e.actor = start->user;
	e.actor_name = start->login;
	e.subject_kind = STR("user");
	e.subject = start->user.v;
	e.detail = start->from;
	return commit_audit(c, &e);
}

static Err audit_session(Ctx *c, const char *action, SessionId id, Str detail)
{
	AuditEvent e = actor_event(c, action);
	e.subject_kind = STR("session");
	e.subject = id.v;
	e.detail = detail;
	return commit_audit(c, &e);
}

Err session_end(Ctx *c, SessionId id)
{
	RETURN_IF_ERR(session_delete(c, id));
	return audit_session(c, "user.logout", id, STR_NONE);
}

Err session_revoke(Ctx *c, UserId user, SessionId id)
{
	int64_t ended = 0, others = 0;
	RETURN_IF_ERR(session_delete_own(c, id, user, &ended));
	if (ended == 1)
		return audit_session(c, "session.revoke", id, STR_NONE);
	RETURN_IF_ERR(session_count(c, id, &others));
	return others == 0 ? audit_session(c, "session.revoke", id, STR("had ended")) : ERR_NOT_FOUND;
}

Err session_revoke_others(Ctx *c, UserId user, SessionId kept, int64_t *ended)
{
	RETURN_IF_ERR(session_delete_others(c, kept, user, ended));
	return audit_session(c, "session.revoke_others", kept, str_printf(c->arena, "%lld ended", (long long)*ended));
}

/* Another secret, and the one of before for a little longer. */
static Err renew(Ctx *c, const Known *known, Str *secret)
{
	unsigned char hash[HASH_BYTES];
	int64_t changed = 0;
	Time now = clock_now(c->clock);
	*secret = token_new(c);
	token_hash(*secret, hash);
	RETURN_IF_ERR(session_set_hash(c, known->session, known->hash, (Str){ (const char *)hash, sizeof hash },
				       now + SESSION_FORMER_SECONDS * SECOND, now, &changed));
	return changed == 1 ? OK : ERR_NOT_FOUND;
}

Err session_renew(Ctx *c, const Known *known, Str *secret)
{
	RETURN_IF_ERR(renew(c, known, secret));
	return audit_session(c, "session.renew", known->session, STR_NONE);
}

Err session_prove(Ctx *c, const Known *known, Str from, Str *secret)
{
	int64_t changed = 0;
	RETURN_IF_ERR(renew(c, known, secret));
	RETURN_IF_ERR(session_set_proved(c, known->session, clock_now(c->clock), &changed));
	return audit_session(c, "user.prove", known->session, from);
}

Err session_write_seen(Ctx *c, SessionId id)
{
	RETURN_IF_ERR(session_set_seen(c, id, clock_now(c->clock)));
	return audit_session(c, "session.used", id, STR_NONE);
}

void sessions_forget(Sessions *s, UserId user)
{
	pthread_mutex_lock(&s->lock);
	s->generation++;
	for (size_t i = 0; i < SESSIONS_CACHED; i++)
		if (s->entries[i].used && uuid_eq(s->entries[i].actor.user.v, user.v))
			s->entries[i].used = false;
	pthread_mutex_unlock(&s->lock);
}
