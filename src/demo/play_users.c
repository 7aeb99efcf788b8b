/* The logins of the demonstration: who can look at it, with one password. */
#include "demo/play_inside.h"

#include "access/user.h"

#include <string.h>

typedef struct {
	const char *login, *member_role;
	Role role;
} Login;

static const Login logins[] = { { "leder", "manager", ROLE_MANAGER },
				{ "kontakt", "contact_person", ROLE_CONTACT_PERSON },
				{ "evaluator", "evaluator", ROLE_EVALUATOR } };

typedef struct {
	Play *play;
	const Login *login;
	const RegMember *member;
	Str hash;
} NewUser;

const RegMember *demo_first_in_role(const Register *r, const char *role)
{
	for (int i = 0; i < r->member_count; i++)
		if (strcmp(r->members[i].role, role) == 0)
			return &r->members[i];
	return NULL;
}

static Err write_user(Ctx *c, void *arg)
{
	const NewUser *u = arg;
	const RegMember *m = u->member;
	UserId id;
	UserIn in = { .login = str_of(u->login->login),
		      .name = m->name,
		      .role = (int)u->login->role,
		      .organisation = u->play->organisations[m->organisation],
		      .programme = u->play->programme,
		      .member = u->play->members[m - u->play->r->members],
		      .lang = LANG_DA };
	return user_add(c, &in, u->hash, &id);
}

bool demo_login(Str login)
{
	for (size_t i = 0; i < sizeof logins / sizeof logins[0]; i++)
		if (str_eq_z(login, logins[i].login))
			return true;
	return false;
}

Err play_users(Play *p)
{
	for (size_t i = 0; i < sizeof logins / sizeof logins[0]; i++) {
		NewUser u = { .play = p,
			      .login = &logins[i],
			      .member = demo_first_in_role(p->r, logins[i].member_role) };
		if (u.member == NULL)
			continue;
		RETURN_IF_ERR(user_hash_password(&p->job, str_of(u.login->login), p->options->password, &u.hash));
		RETURN_IF_ERR(commit_run(&p->job, write_user, &u));
		ctx_clear(&p->job);
	}
	return OK;
}
