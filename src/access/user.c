#include "access/user.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "crypto/password.h"
#include "crypto/token.h"
#include "second_sql.h"
#include "session_sql.h"

static const EnumRow lang_rows[] = {
	{ "da", N_("Danish") },
	{ "en", N_("English") },
};
const EnumTable lang_table = ENUM_TABLE("lang", lang_rows);

static const Field user_fields[] = {
	FIELD(UserIn, login, FIELD_TEXT, N_("Login"), .hint = N_("Letters, digits and . - _ @"), .required = true,
	      .most = LOGIN_MOST),
	FIELD(UserIn, name, FIELD_TEXT, N_("Name"), .required = true, .most = 100),
	FIELD(UserIn, role, FIELD_ENUM, N_("Role"), .required = true, .choices = &role_table),
	FIELD(UserIn, organisation, FIELD_ID, N_("Unit"), .required = false),
	FIELD(UserIn, programme, FIELD_ID, N_("Programme"), .required = false),
	FIELD(UserIn, member, FIELD_ID, N_("Member of the team"), .required = false),
	FIELD(UserIn, lang, FIELD_ENUM, N_("Language"), .required = true, .choices = &lang_table),
	FIELD(UserIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form user_form = FORM("user", UserIn, user_fields);

static bool is_login_char(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '.' || ch == '-' || ch == '_' || ch == '@';
}

/* What the audit calls those who are no users. */
static bool is_reserved(Str login)
{
	static const char *const names[] = { "cli", "demo", "unknown" };
	int role;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (str_eq_z(login, names[i]))
			return true;
	return enum_parse(&role_table, login, &role) && (role == ROLE_PUBLIC || role > ROLE_LAST_USER);
}

static Err check_login(Ctx *c, Str login)
{
	bool good = login.len > 0 && login.len <= LOGIN_MOST;
	for (size_t i = 0; i < login.len; i++)
		good = good && is_login_char(login.ptr[i]);
	if (!good)
		return refuse(c, "login", "%s", T(c->lang, "A login has letters a–z, digits and . - _ @ only."));
	if (is_reserved(login))
		return refuse(c, "login", "%s", T(c->lang, "The program itself uses this login: choose another one."));
	return OK;
}

/* A role that reaches only some rows must be told which. */
static Err check_role(Ctx *c, const UserIn *in)
{
	if (in->role <= ROLE_PUBLIC || in->role > ROLE_LAST_USER)
		return refuse(c, "role", "%s", T(c->lang, "Nobody can be given this role."));
	bool unit = false, programme = false;
	for (int op = 0; op < OPERATION_COUNT; op++) {
		Reach reach = policy_reach((Role)in->role, (Operation)op);
		programme = programme || (reach != REACH_NONE && reach <= REACH_OWN_PROGRAMME);
		unit = unit || reach == REACH_OWN_UNIT;
	}
	if (programme && uuid_is_none(in->programme.v))
		return refuse(c, "programme", "%s", T(c->lang, "This role belongs to a programme: which one?"));
	if (unit && uuid_is_none(in->organisation.v))
		return refuse(c, "organisation", "%s", T(c->lang, "This role belongs to a unit: which one?"));
	return OK;
}

/* What the user is said to belong to must exist and fit together. */
static Err check_belongs(Ctx *c, const UserIn *in)
{
	UserBelongs b;
	RETURN_IF_ERR(user_belongs(c, in->programme, in->organisation, in->member, &b));
	if (!uuid_is_none(in->programme.v) && b.programmes == 0)
		return refuse(c, "programme", "%s", T(c->lang, "There is no such programme."));
	if (!uuid_is_none(in->organisation.v) && b.organisations == 0)
		return refuse(c, "organisation", "%s", T(c->lang, "There is no such organisation."));
	if (in->role == ROLE_CONTACT_PERSON && b.partners == 0)
		return refuse(c, "organisation", "%s", T(c->lang, "The organisation is no partner of the programme."));
	if (uuid_is_none(in->member.v))
		return OK;
	if (uuid_is_none(in->programme.v) || !uuid_eq(b.member_programme.v, in->programme.v))
		return refuse(c, "member", "%s", T(c->lang, "This person is not on the programme's team."));
	if (!uuid_is_none(in->organisation.v) && !uuid_eq(b.member_organisation.v, in->organisation.v))
		return refuse(c, "member", "%s", T(c->lang, "This person works for another partner."));
	return OK;
}

/* Without an administrator nobody could let anybody in. */
static Err check_left(Ctx *c, const User *user)
{
	int64_t others = 0;
	if (user->role != ROLE_ADMINISTRATOR || user->closed != TIME_NONE)
		return OK;
	RETURN_IF_ERR(user_administrators(c, user->id, &others));
	return others > 0
		       ? OK
		       : refuse(c, NULL, "%s", T(c->lang, "This is the last administrator: make another one first."));
}

Str user_initial_password(Ctx *c)
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
	enum { GROUPS = 4, GROUP = 4 };
	Buf *b = buf_new(c->arena, GROUPS * (GROUP + 1));
	for (int i = 0; i < GROUPS * GROUP; i++) {
		if (i > 0 && i % GROUP == 0)
			buf_char(b, '-');
		buf_char(b, letters[random_below(c->random, sizeof letters - 1)]);
	}
	return buf_str(b);
}

Err user_check_password(Ctx *c, Str login, Str password)
{
	if (!utf8_valid(password, NULL))
		return refuse(c, "password", "%s", T(c->lang, "The text is not valid UTF-8."));
	size_t n = utf8_length(password);
	if (n < PASSWORD_LEAST)
		return refuse(c, "password", T(c->lang, "A password has at least %d characters."), PASSWORD_LEAST);
	if (n > PASSWORD_MOST)
		return refuse(c, "password", T(c->lang, "At most %d characters are allowed here."), PASSWORD_MOST);
	if (str_eq(utf8_fold(c->arena, password), utf8_fold(c->arena, login)))
		return refuse(c, "password", "%s", T(c->lang, "The password may not be the login."));
	return OK;
}

Err user_hash_password(Ctx *c, Str login, Str password, Str *hash)
{
	RETURN_IF_ERR(user_check_password(c, login, password));
	return password_hash(c, password, hash);
}

static Err audit_user(Ctx *c, const char *action, UserId user, Str detail)
{
	AuditEvent e = actor_event(c, action);
	e.subject_kind = STR("user");
	e.subject = user.v;
	e.detail = detail;
	return commit_audit(c, &e);
}

Err user_add(Ctx *c, const UserIn *in, Str hash, UserId *out)
{
	Str login = str_lower_ascii(c->arena, in->login);
	User known;
	RETURN_IF_ERR(check_login(c, login));
	RETURN_IF_ERR(check_role(c, in));
	RETURN_IF_ERR(check_belongs(c, in));
	Err taken = user_by_login(c, login, &known);
	if (taken == OK) {
		(void)refuse(c, "login", "%s", T(c->lang, "This login is taken."));
		return ERR_CONFLICT;
	}
	if (taken != ERR_NOT_FOUND)
		return taken;
	User u = { .id = { uuid_v7(c->clock, c->random) },
		   .login = login,
		   .name = in->name,
		   .password_hash = str_is_none(hash) ? STR("") : hash,
		   .role = (Role)in->role,
		   .organisation = in->organisation,
		   .programme = in->programme,
		   .member = in->member,
		   .lang = str_of(lang_code((Lang)in->lang)),
		   .closed = TIME_NONE,
		   .version = 1 };
	RETURN_IF_ERR(user_insert(c, &u));
	*out = u.id;
	return audit_user(c, "user.add", u.id, enum_code(&role_table, (int)u.role));
}

Err user_change(Ctx *c, UserId id, const UserIn *in)
{
	User old;
	int64_t changed = 0;
	RETURN_IF_ERR(user_get(c, id, &old));
	RETURN_IF_ERR(check_role(c, in));
	RETURN_IF_ERR(check_belongs(c, in));
	if (in->role != ROLE_ADMINISTRATOR)
		RETURN_IF_ERR(check_left(c, &old));
	RETURN_IF_ERR(user_update(c, id, in->version == INT_NONE ? 0 : in->version, in->name, (Role)in->role,
				  in->organisation, in->programme, in->member, str_of(lang_code((Lang)in->lang)),
				  &changed));
	if (changed != 1) {
		(void)refuse(c, "version", "%s",
			     T(c->lang, "Somebody else changed this after you opened it. Load it again."));
		return ERR_CONFLICT;
	}
	return audit_user(c, "user.change", id, enum_code(&role_table, in->role));
}

UserIn user_in(const User *row)
{
	Lang lang = LANG_DA;
	(void)lang_parse(row->lang, &lang);
	return (UserIn){ .login = row->login,
			 .name = row->name,
			 .role = (int)row->role,
			 .organisation = row->organisation,
			 .programme = row->programme,
			 .member = row->member,
			 .lang = (int)lang,
			 .version = row->version };
}

static Err one_changed(int64_t changed)
{
	return changed == 1 ? OK : ERR_NOT_FOUND;
}

Err user_change_password(Ctx *c, UserId user, Str hash)
{
	int64_t changed = 0;
	bool own = c->actor != NULL && uuid_eq(c->actor->user.v, user.v);
	RETURN_IF_ERR(user_set_password(c, user, hash, &changed));
	RETURN_IF_ERR(one_changed(changed));
	RETURN_IF_ERR(session_delete_user(c, user));
	RETURN_IF_ERR(half_delete_user(c, user));
	if (!own)
		RETURN_IF_ERR(token_revoke_all(c, user, clock_now(c->clock)));
	return audit_user(c, "user.password", user, STR_NONE);
}

Err user_change_lang(Ctx *c, UserId user, Lang lang)
{
	int64_t changed = 0;
	RETURN_IF_ERR(user_set_lang(c, user, str_of(lang_code(lang)), &changed));
	RETURN_IF_ERR(one_changed(changed));
	return audit_user(c, "user.lang", user, str_of(lang_code(lang)));
}

Err user_close(Ctx *c, UserId user)
{
	User old;
	int64_t changed = 0;
	RETURN_IF_ERR(user_get(c, user, &old));
	RETURN_IF_ERR(check_left(c, &old));
	RETURN_IF_ERR(user_set_closed(c, user, clock_now(c->clock), &changed));
	RETURN_IF_ERR(one_changed(changed));
	RETURN_IF_ERR(session_delete_user(c, user));
	RETURN_IF_ERR(half_delete_user(c, user));
	return audit_user(c, "user.close", user, STR_NONE);
}

Err user_find(Ctx *c, Str login, User *out)
{
	return user_by_login(c, str_lower_ascii(c->arena, login), out);
}

Err user_add_token(Ctx *c, UserId user, Str name, Str *secret)
{
	unsigned char hash[32];
	TokenId id = { uuid_v7(c->clock, c->random) };
	*secret = token_new(c);
	token_hash(*secret, hash);
	RETURN_IF_ERR(token_insert(c, id, (Str){ (const char *)hash, sizeof hash }, user, name, clock_now(c->clock)));
	return audit_user(c, "token.add", user, uuid_str(c->arena, id.v));
}

Err user_revoke_token(Ctx *c, UserId user, TokenId token)
{
	int64_t changed = 0;
	RETURN_IF_ERR(token_revoke(c, token, user, clock_now(c->clock), &changed));
	RETURN_IF_ERR(one_changed(changed));
	return audit_user(c, "token.revoke", user, uuid_str(c->arena, token.v));
}

Err user_count(Ctx *c, size_t *n)
{
	UserList users;
	RETURN_IF_ERR(user_all(c, &users));
	*n = users.n;
	return OK;
}
