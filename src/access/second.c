#include "access/second.h"

#include "access/user.h"
#include "crypto/token.h"
#include "crypto/totp.h"
#include "db/vault.h"
#include "second_sql.h"
#include "session_sql.h"

static const char place[] = "app_user.totp";

enum { RECOVERY_LETTERS = 16 };

/* Before the login is done nobody is known to act: it is this user. */
static Err audit_user(Ctx *c, const char *action, UserId user, Str detail)
{
	AuditEvent e = actor_event(c, action);
	if (c->actor != NULL && uuid_is_none(c->actor->user.v)) {
		User row;
		RETURN_IF_ERR(user_get(c, user, &row));
		e.actor = user;
		e.actor_name = row.login;
	}
	e.subject_kind = STR("user");
	e.subject = user.v;
	e.detail = detail;
	return commit_audit(c, &e);
}

static Str hash_of(Ctx *c, Str secret)
{
	unsigned char *to = arena_alloc(c->arena, TOKEN_HASH);
	token_hash(secret, to);
	return (Str){ (const char *)to, TOKEN_HASH };
}

/* ---- recovery codes ------------------------------------------------------------- */

/* As it was typed from paper: without what only makes it readable. */
static Str plain(Ctx *c, Str typed)
{
	char *to = arena_alloc(c->arena, typed.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < typed.len; i++)
		if (typed.ptr[i] != ' ' && typed.ptr[i] != '-')
			to[n++] = typed.ptr[i];
	return str_lower_ascii(c->arena, (Str){ to, n });
}

static Err make_codes(Ctx *c, UserId user, RecoveryCodes *out)
{
	*out = (RecoveryCodes){ ARENA_ARRAY(c->arena, RECOVERY_CODES, RecoveryCode), RECOVERY_CODES };
	RETURN_IF_ERR(recovery_delete(c, user));
	for (size_t i = 0; i < out->n; i++) {
		Str code = user_initial_password(c);
		RETURN_IF_ERR(recovery_insert(c, user, hash_of(c, plain(c, code)), clock_now(c->clock)));
		out->at[i].text = code;
	}
	return OK;
}

/* ---- codes ---------------------------------------------------------------------- */

static Err row_of(Ctx *c, UserId user, TotpRow *row, Str *secret)
{
	RETURN_IF_ERR(totp_get(c, user, row));
	return vault_open_user(c, place, user, row->secret, secret);
}

Err second_get(Ctx *c, UserId user, Second *out)
{
	TotpRow row;
	Str secret;
	*out = (Second){ .state = SECOND_OFF };
	Err found = row_of(c, user, &row, &secret);
	if (found == ERR_NOT_FOUND)
		return OK;
	RETURN_IF_ERR(found);
	out->state = row.confirmed == TIME_NONE ? SECOND_BEGUN : SECOND_ON;
	if (out->state == SECOND_BEGUN)
		out->secret = secret;
	return recovery_left(c, user, &out->codes_left);
}

Err second_begin(Ctx *c, UserId user)
{
	Str sealed;
	int64_t changed = 0;
	RETURN_IF_ERR(vault_seal_user(c, place, user, totp_secret_new(c), &sealed));
	RETURN_IF_ERR(totp_put(c, user, sealed, &changed));
	if (changed != 1)
		return ERR_CONFLICT;
	return audit_user(c, "user.totp_begin", user, STR_NONE);
}

static Err wrong_code(Ctx *c)
{
	return refuse(c, "code", "%s", T(c->lang, "This is not the code. Wait for the next one and try again."));
}

Err second_confirm(Ctx *c, UserId user, Str code, RecoveryCodes *out)
{
	TotpRow row;
	Str secret;
	int64_t step = 0, changed = 0;
	RETURN_IF_ERR(row_of(c, user, &row, &secret));
	if (row.confirmed != TIME_NONE)
		return ERR_NOT_FOUND;
	Err right = totp_check(c, secret, plain(c, code), clock_now(c->clock), &step);
	if (right == ERR_NOT_FOUND)
		return wrong_code(c);
	RETURN_IF_ERR(right);
	RETURN_IF_ERR(totp_confirm(c, user, clock_now(c->clock), step, &changed));
	RETURN_IF_ERR(make_codes(c, user, out));
	return audit_user(c, "user.totp_on", user, STR_NONE);
}

static Err use_recovery(Ctx *c, UserId user, Str code)
{
	int64_t changed = 0, left = 0;
	if (code.len != RECOVERY_LETTERS)
		return wrong_code(c);
	RETURN_IF_ERR(recovery_use(c, user, hash_of(c, code), clock_now(c->clock), &changed));
	if (changed != 1)
		return wrong_code(c);
	RETURN_IF_ERR(recovery_left(c, user, &left));
	return audit_user(c, "user.recovery_code", user, str_printf(c->arena, "%lld left", (long long)left));
}

Err second_use(Ctx *c, UserId user, Str typed, bool *recovery)
{
	TotpRow row;
	Str secret, code = plain(c, typed);
	int64_t step = 0, changed = 0;
	Err found = row_of(c, user, &row, &secret);
	*recovery = false;
	if (found == ERR_NOT_FOUND || (found == OK && row.confirmed == TIME_NONE))
		return wrong_code(c);
	RETURN_IF_ERR(found);
	Err right = totp_check(c, secret, code, clock_now(c->clock), &step);
	if (right == ERR_NOT_FOUND) {
		*recovery = true;
		return use_recovery(c, user, code);
	}
	RETURN_IF_ERR(right);
	RETURN_IF_ERR(totp_use(c, user, step, &changed));
	return changed == 1 ? OK : wrong_code(c);
}

Err second_renew_codes(Ctx *c, UserId user, RecoveryCodes *out)
{
	int64_t on = 0;
	RETURN_IF_ERR(totp_count(c, user, &on));
	if (on == 0)
		return ERR_NOT_FOUND;
	RETURN_IF_ERR(make_codes(c, user, out));
	return audit_user(c, "user.recovery_codes", user, STR_NONE);
}

static Err turn_off(Ctx *c, UserId user)
{
	int64_t changed = 0;
	RETURN_IF_ERR(totp_delete(c, user, &changed));
	RETURN_IF_ERR(recovery_delete(c, user));
	RETURN_IF_ERR(half_delete_user(c, user));
	return changed == 1 ? OK : ERR_NOT_FOUND;
}

Err second_remove(Ctx *c, UserId user)
{
	RETURN_IF_ERR(turn_off(c, user));
	return audit_user(c, "user.totp_off", user, STR_NONE);
}

Err second_reset(Ctx *c, UserId user)
{
	RETURN_IF_ERR(turn_off(c, user));
	RETURN_IF_ERR(session_delete_user(c, user));
	return audit_user(c, "user.totp_reset", user, STR_NONE);
}

/* ---- half-sessions --------------------------------------------------------------- */

Err half_start(Ctx *c, UserId user, Str login, Str from, Str *secret)
{
	Time now = clock_now(c->clock);
	*secret = token_new(c);
	RETURN_IF_ERR(half_delete_ended(c, now));
	RETURN_IF_ERR(half_insert(c, hash_of(c, *secret), user, now + HALF_MINUTES * (Time)60000000));
	AuditEvent e = actor_event(c, "user.login_half");
	e.actor = user;
	e.actor_name = login;
	e.subject_kind = STR("user");
	e.subject = user.v;
	e.detail = from;
	return commit_audit(c, &e);
}

Err half_find(Ctx *c, Str secret, UserId *out)
{
	return str_is_empty(secret) ? ERR_NOT_FOUND : half_user(c, hash_of(c, secret), clock_now(c->clock), out);
}

Err half_end(Ctx *c, Str secret)
{
	return half_delete(c, hash_of(c, secret));
}
