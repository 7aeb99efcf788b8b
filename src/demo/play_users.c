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

enum { LOGINS = sizeof logins / sizeof logins[0] };

typedef struct {
	Play *play;
	const RegMember *members[LOGINS]; /* NULL: the facts have none in that role */
	Str hashes[LOGINS];
} NewUsers;

const RegMember *demo_first_in_role(const Register *r, const char *role)
{
	for (int i = 0; i < r->member_count; i++)
		if (strcmp(r->members[i].role, role) == 0)
			return &r->members[i];
	return NULL;
}

static Err write_users(Ctx *c, void *arg)
{
	const NewUsers *u = arg;
	for (size_t i = 0; i < LOGINS; i++) {
		const RegMember *m = u->members[i];
		UserId id;
		if (m == NULL)
			continue;
		UserIn in = { .login = str_of(logins[i].login),
			      .name = m->name,
			      .role = (int)logins[i].role,
			      .organisation = u->play->organisations[m->organisation],
			      .programme = u->play->programme,
			      .member = u->play->members[m - u->play->r->members],
			      .lang = LANG_DA };
		RETURN_IF_ERR(user_add(c, &in, u->hashes[i], &id));
	}
	return OK;
}

bool demo_login(Str login)
{
	for (size_t i = 0; i < LOGINS; i++)
		if (str_eq_z(login, logins[i].login))
			return true;
	return false;
}

/* All in one commit, and after everything else: a demonstration with a login is whole. */
Err play_users(Play *p)
{
	NewUsers u = { .play = p };
	bool any = false;
	for (size_t i = 0; i < LOGINS; i++) {
		u.members[i] = demo_first_in_role(p->r, logins[i].member_role);
		any = any || u.members[i] != NULL;
		if (u.members[i] != NULL)
			RETURN_IF_ERR(user_hash_password(&p->job, str_of(logins[i].login), p->options->password,
							 &u.hashes[i]));
	}
	if (any)
		RETURN_IF_ERR(commit_run(&p->job, write_users, &u));
	ctx_clear(&p->job);
	return OK;
}
