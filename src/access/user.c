#include "access/user.h"

#include "access/policy.h"
#include "base/utf8.h"
#include "crypto/password.h"
#include "crypto/token.h"
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
};
const Form user_form = FORM("user", UserIn, user_fields);

static bool is_login_char(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '.' || ch == '-' || ch == '_' || ch == '@';
}

static Err check_login(Ctx *c, Str login)
{
	bool good = login.len > 0 && login.len <= LOGIN_MOST;
	for (size_t i = 0; i < login.len; i++)
		good = good && is_login_char(login.ptr[i]);
	return good ? OK : refuse(c, "login", "%s", T(c->lang, "A login has letters a–z, digits and . - _ @ only."));
}

/* A role that reaches only some rows must be told which. */
static Err check_role(Ctx *c, const UserIn *in)
{
	if (in->role <= ROLE_PUBLIC || in->role >= ROLE_COUNT)
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

static Err one_changed(int64_t changed)
{
	return changed == 1 ? OK : ERR_NOT_FOUND;
}

Err user_change_password(Ctx *c, UserId user, Str hash)
{
	int64_t changed = 0;
	RETURN_IF_ERR(user_set_password(c, user, hash, &changed));
	RETURN_IF_ERR(one_changed(changed));
	RETURN_IF_ERR(session_delete_user(c, user));
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
	int64_t changed = 0;
	RETURN_IF_ERR(user_set_closed(c, user, clock_now(c->clock), &changed));
	RETURN_IF_ERR(one_changed(changed));
	RETURN_IF_ERR(session_delete_user(c, user));
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
