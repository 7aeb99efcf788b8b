#include "served.h"

#include "access/guest.h"
#include "access/session.h"
#include "audit_sql.h"
#include "feature/message/message.h"

#include <string.h>

static Time turning_now(const Clock *self)
{
	return atomic_load(&((const TurningClock *)(const void *)self)->at);
}

bool has(Str text, const char *part)
{
	return str_find_str(text, str_of(part)) != SIZE_MAX;
}

typedef struct {
	Served *s;
	Somebody *who;
	Str hash;
} Making;

static Err make_user(Ctx *c, void *arg)
{
	Making *m = arg;
	const TestRegister *r = m->s->register_;
	UserIn in = { .login = str_of(m->who->login),
		      .name = str_of(m->who->login),
		      .role = (int)m->who->role,
		      .lang = LANG_EN };
	if (m->who->role != ROLE_ADMINISTRATOR)
		in.programme = r->programme;
	if (m->who->role == ROLE_CONTACT_PERSON)
		in.organisation = strcmp(m->who->login, "aarhus") == 0 ? r->aarhus : r->randers;
	RETURN_IF_ERR(user_add(c, &in, m->hash, &m->who->id));
	RETURN_IF_ERR(user_add_token(c, m->who->id, STR("test"), &m->who->token));
	return session_start(c, &(SessionStart){ .user = m->who->id, .login = in.login }, &m->who->session);
}

/* Of PASSWORD, for all tests of the program: making one takes long. */
static Str password_hash_once(Ctx *c)
{
	static char kept[256];
	Str hash;
	if (kept[0] != '\0')
		return str_of(kept);
	ctx_clear(c);
	assert_ok(user_hash_password(c, STR("any"), STR(PASSWORD), &hash));
	assert_true(hash.len < sizeof kept);
	memcpy(kept, hash.ptr, hash.len);
	return str_of(kept);
}

static void make_users(Served *s)
{
	static const Somebody people[WHO_COUNT] = {
		[WHO_PUBLIC] = { .role = ROLE_PUBLIC },
		[WHO_ADMIN] = { .login = "admin", .role = ROLE_ADMINISTRATOR },
		[WHO_MANAGER] = { .login = "leder", .role = ROLE_MANAGER },
		[WHO_AARHUS] = { .login = "aarhus", .role = ROLE_CONTACT_PERSON },
		[WHO_RANDERS] = { .login = "randers", .role = ROLE_CONTACT_PERSON },
		[WHO_EVALUATOR] = { .login = "evaluator", .role = ROLE_EVALUATOR },
	};
	Ctx *c = s->register_->c;
	Str hash = password_hash_once(c);
	for (int i = WHO_ADMIN; i < WHO_COUNT; i++) {
		s->who[i] = people[i];
		Making m = { s, &s->who[i], hash };
		ctx_clear(c);
		assert_ok(commit_run(c, make_user, &m));
		s->who[i].token = str_dup(s->arena, s->who[i].token);
		s->who[i].session = str_dup(s->arena, s->who[i].session);
	}
}

/* As it stands in a form of the page. */
static Str csrf_of(Served *s, const char *cookie, Str secret, const char *page)
{
	Str headers = str_printf(s->arena, "Cookie: %s=%.*s\r\n", cookie, STR_ARG(secret));
	Reply r = served_ask(s, "GET", page, headers.ptr, STR(""));
	size_t at = str_find_str(r.body, STR("name=\"csrf\" value=\""));
	return at == SIZE_MAX ? STR("") : str_sub(r.body, at + 19, str_find(r.body, '"', at + 19));
}

const ConvertReader *const served_readers[] = { &served_reader, NULL };

void served_make(Served *s, const RouteTable *const *tables)
{
	served_make_strict(s, tables, 0);
}

void served_make_strict(Served *s, const RouteTable *const *tables, unsigned second_roles)
{
	memset(s, 0, sizeof *s);
	void *state = NULL;
	Ctx early; /* the broker is forked before any thread */
	ctx_init(&early);
	assert_ok(convert_start(&early, served_readers, &s->convert));
	ctx_release(&early);
	assert_int_equal(register_make(&state), 0);
	s->register_ = state;
	s->arena = arena_new();
	Ctx *c = s->register_->c;
	s->clock.clock.now = turning_now;
	atomic_store(&s->clock.at, clock_now(&s->register_->clock));
	make_users(s);
	c->clock = &s->clock.clock;
	static const MessageSettings messages = { .relay = { .relay = { STR_LIT("smtp://127.0.0.1:9") } },
						  .from = { STR_LIT("rampe@example.dk") },
						  .site = { STR_LIT("https://rampe.example.dk") },
						  .sms = { STR_LIT("%s@sms.example.dk") } };
	DispatchConfig config = {
		.db = s->register_->d.db,
		.tenant = c->tenant,
		.clock = &s->clock.clock,
		.tables = tables,
		.second_roles = second_roles,
		.convert = &s->convert,
		.messages = &messages, /* queued: nothing sends them */
	};
	ctx_clear(c);
	assert_ok(dispatch_new(c, &config, &s->dispatch));
	HttpConfig http = { .handle = dispatch_handle,
			    .refused = dispatch_refused,
			    .body_limit = dispatch_body_limit,
			    .behind_proxy = true,
			    .arg = s->dispatch };
	assert_ok(http_start(c, &http, &s->server));
	s->port = http_port(s->server);
	for (int i = WHO_ADMIN; i < WHO_COUNT; i++)
		s->who[i].csrf = csrf_of(s, "rampe_session", s->who[i].session, "/konto/bekraeft");
}

void served_remove(Served *s)
{
	assert_ok(http_stop(s->server, 10));
	dispatch_free(s->dispatch);
	convert_stop(&s->convert);
	arena_free(s->arena);
	void *state = s->register_;
	(void)register_remove(&state);
}

void served_wait(Served *s, int64_t seconds)
{
	atomic_fetch_add(&s->clock.at, seconds * 1000000);
}

Reply served_ask(Served *s, const char *method, const char *target, const char *headers, Str body)
{
	Buf *b = buf_new(s->arena, 16 * 1048576);
	buf_printf(b, "%s %s HTTP/1.1\r\nHost: test\r\n%s", method, target, headers);
	if (body.len > 0 || strcmp(method, "GET") != 0)
		buf_printf(b, "Content-Length: %zu\r\n", body.len);
	buf_z(b, "\r\n");
	buf_str_add(b, body);
	return client_once(s->port, s->arena, buf_str(b));
}

Reply served_as(Served *s, int who, const char *method, const char *target, const char *type, Str body)
{
	const Somebody *w = &s->who[who];
	Buf *h = buf_new(s->arena, 10000);
	bool api = strncmp(target, "/api/", 5) == 0;
	buf_z(h, "Accept-Language: en\r\n");
	if (who != WHO_PUBLIC && api)
		buf_printf(h, "Authorization: Bearer %.*s\r\n", STR_ARG(w->token));
	if (who != WHO_PUBLIC && !api)
		buf_printf(h, "Cookie: rampe_session=%.*s\r\nX-CSRF-Token: %.*s\r\n", STR_ARG(w->session),
			   STR_ARG(w->csrf));
	if (type != NULL)
		buf_printf(h, "Content-Type: %s\r\n", type);
	buf_char(h, '\0');
	return served_ask(s, method, target, h->ptr, body);
}

typedef struct {
	ParticipantId who;
	Str secret;
} Entering;

static Err enter_work(Ctx *c, void *arg)
{
	Entering *e = arg;
	return guest_enter_named(c, e->who, STR("test"), &e->secret);
}

Reply served_citizen(Served *s, ParticipantId who, const char *method, const char *target, const char *body)
{
	Ctx *c = s->register_->c;
	Entering e = { .who = who };
	ctx_clear(c);
	assert_ok(commit_run(c, enter_work, &e));
	Str session = str_dup(s->arena, e.secret), csrf = csrf_of(s, "rampe_guest", session, "/min");
	Str headers = str_printf(s->arena,
				 "Accept-Language: en\r\nCookie: rampe_guest=%.*s\r\nX-CSRF-Token: %.*s\r\n"
				 "Content-Type: application/x-www-form-urlencoded\r\n",
				 STR_ARG(session), STR_ARG(csrf));
	return served_ask(s, method, target, headers.ptr, str_of(body));
}

Str reply_cookie(Reply r, const char *name)
{
	static const char set[] = "Set-Cookie: ";
	for (size_t at = 0; (at = str_find(r.head, '\n', at)) != SIZE_MAX; at++) {
		Str line = str_sub(r.head, at + 1, r.head.len);
		size_t from = sizeof set - 1 + strlen(name);
		if (str_starts(line, str_of(set)) &&
		    str_starts(str_sub(line, sizeof set - 1, line.len), str_of(name)) && str_find(line, '=', 0) == from)
			return str_sub(line, from + 1, str_find(line, ';', from));
	}
	return STR_NONE;
}

Reply served_get(Served *s, int who, const char *target)
{
	return served_as(s, who, "GET", target, NULL, STR(""));
}

Reply served_post(Served *s, int who, const char *target, const char *body)
{
	return served_as(s, who, "POST", target, "application/x-www-form-urlencoded", str_of(body));
}

const char *served_path(Served *s, ParticipantId who, const char *below)
{
	Str id = uuid_str(s->arena, who.v);
	return str_z(s->arena, str_printf(s->arena, "/borger/%.*s%s", STR_ARG(id), below));
}

Str served_login(Served *s, const char *login, const char *password, Reply *reply)
{
	Reply page = served_ask(s, "GET", "/login", "Accept-Language: en\r\n", STR(""));
	Str csrf = reply_cookie(page, "rampe_csrf");
	Str headers = str_printf(s->arena,
				 "Accept-Language: en\r\nCookie: rampe_csrf=%.*s\r\n"
				 "Content-Type: application/x-www-form-urlencoded\r\n",
				 STR_ARG(csrf));
	Str typed = url_encode(s->arena, str_of(password));
	Str body = str_printf(s->arena, "csrf=%.*s&login=%s&password=%.*s", STR_ARG(csrf), login, STR_ARG(typed));
	*reply = served_ask(s, "POST", "/login", headers.ptr, body);
	return reply_cookie(*reply, "rampe_session");
}

typedef struct {
	const char *action;
	AuditOutcome outcome;
	int64_t n;
} Counting;

static Err count_row(void *arg, const AuditRow *row)
{
	Counting *counting = arg;
	counting->n += str_eq_z(row->action, counting->action) && row->outcome == counting->outcome;
	return OK;
}

int64_t served_audited(Served *s, const char *action, AuditOutcome outcome)
{
	Counting counting = { action, outcome, 0 };
	begin(s->register_);
	assert_ok(audit_walk(s->register_->c, count_row, &counting));
	end(s->register_);
	return counting.n;
}
