#include "access/guest.h"

#include "crypto/keyring.h"
#include "crypto/token.h"

#define SECOND ((Time)1000000)

enum { LETTERS = 12, GROUP = 4, CSRF = 16 };
/* Letters and digits that cannot be taken for each other: 32, so that each has five bits. */
static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz123456789";
_Static_assert(sizeof alphabet == 33, "five bits a letter");

static Str new_code(Ctx *c)
{
	char *to = arena_alloc(c->arena, LETTERS + LETTERS / GROUP);
	size_t n = 0;
	for (int i = 0; i < LETTERS; i++) {
		if (i > 0 && i % GROUP == 0)
			to[n++] = '-';
		to[n++] = alphabet[random_below(c->random, sizeof alphabet - 1)];
	}
	return (Str){ to, n };
}

/* The hash of a code as somebody has typed it: blanks, dashes and capitals do not count. */
static Str hash_of(Ctx *c, Str code)
{
	char *plain = arena_alloc(c->arena, code.len + 1);
	unsigned char *hash = arena_alloc(c->arena, TOKEN_HASH);
	size_t n = 0;
	for (size_t i = 0; i < code.len; i++)
		if (code.ptr[i] != '-' && code.ptr[i] != ' ')
			plain[n++] = code.ptr[i];
	token_hash(str_lower_ascii(c->arena, (Str){ plain, n }), hash);
	return (Str){ (const char *)hash, TOKEN_HASH };
}

static AuditEvent event(Ctx *c, const char *action, GuestCodeId id, Role role, ParticipantId who)
{
	AuditEvent e = actor_event(c, action);
	e.subject_kind = enum_code(&role_table, (int)role);
	e.subject = id.v;
	e.participant = who;
	return e;
}

static Err audit(Ctx *c, const char *action, AuditOutcome outcome, GuestCodeId id, Role role, ParticipantId who)
{
	AuditEvent e = event(c, action, id, role, who);
	e.outcome = outcome;
	return commit_audit(c, &e);
}

Err guest_invite(Ctx *c, Role role, ParticipantId who, SheetId sheet, Str *code)
{
	Time now = clock_now(c->clock);
	int days = role == ROLE_CITIZEN ? GUEST_CODE_DAYS : GUEST_SHEET_DAYS;
	*code = new_code(c);
	GuestCode row = { .id = { uuid_v7(c->clock, c->random) },
			  .hash = hash_of(c, *code),
			  .role = role,
			  .participant = who,
			  .sheet = sheet,
			  .made = now,
			  .made_by = c->actor == NULL ? (UserId){ UUID_NONE } : c->actor->user,
			  .expires = now + (Time)days * 86400 * SECOND };
	RETURN_IF_ERR(guest_code_end(c, who, role, sheet, now));
	RETURN_IF_ERR(guest_code_insert(c, &row));
	return audit(c, "guest.invite", AUDIT_DONE, row.id, role, who);
}

Err guest_end(Ctx *c, Role role, ParticipantId who)
{
	RETURN_IF_ERR(guest_session_delete_of(c, who, role, STR_NONE));
	return guest_code_end(c, who, role, (SheetId){ UUID_NONE }, clock_now(c->clock));
}

Err guest_end_own(Ctx *c, ParticipantId who)
{
	RETURN_IF_ERR(guest_end(c, ROLE_CITIZEN, who));
	return audit(c, "guest.end", AUDIT_DONE, (GuestCodeId){ UUID_NONE }, ROLE_CITIZEN, who);
}

Err guest_end_others(Ctx *c, ParticipantId who, Str kept)
{
	return guest_session_delete_of(c, who, ROLE_CITIZEN, kept);
}

Err guest_look(Ctx *c, Str code, GuestCode *out)
{
	return guest_code_get(c, hash_of(c, code), clock_now(c->clock), out);
}

Err guest_was(Ctx *c, Str code, bool *out)
{
	int64_t n = 0;
	RETURN_IF_ERR(guest_code_count(c, hash_of(c, code), &n));
	*out = n > 0;
	return OK;
}

static Err start_session(Ctx *c, const GuestCode *code, Str *secret)
{
	Time now = clock_now(c->clock);
	unsigned char hash[TOKEN_HASH], csrf[CSRF];
	*secret = token_new(c);
	token_hash(*secret, hash);
	random_bytes(c->random, csrf, sizeof csrf);
	GuestSession row = { .hash = { (const char *)hash, sizeof hash },
			     .code = code->id,
			     .csrf = { (const char *)csrf, sizeof csrf },
			     .created = now,
			     .expires = now + (Time)GUEST_MINUTES * 60 * SECOND };
	RETURN_IF_ERR(guest_session_delete_ended(c, now));
	return guest_session_insert(c, &row);
}

Err guest_enter(Ctx *c, Str code, Date born, bool *right, Str *secret)
{
	GuestCode row;
	Date birthday = DATE_NONE;
	Time now = clock_now(c->clock);
	*secret = STR_NONE;
	RETURN_IF_ERR(guest_look(c, code, &row));
	RETURN_IF_ERR(guest_born(c, row.participant, &birthday));
	bool citizen = row.role == ROLE_CITIZEN;
	*right = !citizen || (birthday != DATE_NONE && birthday == born);
	if (!*right)
		row.tries++;
	bool over = (citizen && *right) || row.tries >= GUEST_TRIES;
	RETURN_IF_ERR(guest_code_use(c, row.id, row.tries, over ? now : TIME_NONE));
	if (*right)
		RETURN_IF_ERR(start_session(c, &row, secret));
	return audit(c, "guest.login", *right ? AUDIT_DONE : AUDIT_FAILED, row.id, row.role, row.participant);
}

/* A code that nobody has ever seen, used up as it is made: what a session hangs on, and ends with. */
Err guest_enter_named(Ctx *c, ParticipantId who, Str by, Str *secret)
{
	Time now = clock_now(c->clock);
	GuestCode row = { .id = { uuid_v7(c->clock, c->random) },
			  .hash = hash_of(c, token_new(c)),
			  .role = ROLE_CITIZEN,
			  .participant = who,
			  .made = now,
			  .expires = now };
	AuditEvent e = event(c, "guest.login", row.id, row.role, who);
	e.detail = by;
	RETURN_IF_ERR(guest_code_insert(c, &row));
	RETURN_IF_ERR(guest_code_use(c, row.id, 0, now));
	RETURN_IF_ERR(start_session(c, &row, secret));
	return commit_audit(c, &e);
}

Err guest_find(Ctx *c, Str secret, Known *out)
{
	GuestKnown row;
	unsigned char *hash = arena_alloc(c->arena, TOKEN_HASH);
	token_hash(secret, hash);
	Str key = { (const char *)hash, TOKEN_HASH };
	RETURN_IF_ERR(db_begin_read(c));
	Err e = guest_session_get(c, key, clock_now(c->clock), &row);
	db_end_read(c);
	RETURN_IF_ERR(e);
	*out = (Known){ .actor = { .role = row.role,
				   .login = enum_code(&role_table, (int)row.role),
				   .name = str_of(enum_text(c->lang, &role_table, (int)row.role)),
				   .participant = row.participant,
				   .guest = row.code,
				   .sheet = row.sheet,
				   .lang = c->lang },
			.proved = row.proved,
			.guest = key,
			.csrf = hex_write(c->arena, (const unsigned char *)row.csrf.ptr, row.csrf.len) };
	return OK;
}

Err guest_leave(Ctx *c, Str hash)
{
	RETURN_IF_ERR(guest_session_delete(c, hash));
	return audit(c, "guest.logout", AUDIT_DONE, c->actor->guest, c->actor->role, c->actor->participant);
}
