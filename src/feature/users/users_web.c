#include "feature/users/users_web.h"

#include "feature/organisation/organisation_web.h"
#include "feature/programme/programme.h"
#include "users_html.h"

enum { CHOICES = 3 };

/* ---- the list --------------------------------------------------------------- */

static Str programme_name(const ProgrammeList *list, ProgrammeId id)
{
	for (size_t i = 0; i < list->n; i++)
		if (uuid_eq(list->at[i].id.v, id.v))
			return list->at[i].name;
	return STR_NONE;
}

static Str organisation_name(const OrganisationList *list, OrganisationId id)
{
	for (size_t i = 0; i < list->n; i++)
		if (uuid_eq(list->at[i].id.v, id.v))
			return list->at[i].name;
	return STR_NONE;
}

static Err users_get(Ctx *c, Request *r)
{
	UserList users;
	ProgrammeList programmes;
	OrganisationList organisations;
	RETURN_IF_ERR(user_all(c, &users));
	RETURN_IF_ERR(programme_all(c, &programmes));
	RETURN_IF_ERR(organisation_all(c, &organisations));
	UserLine *at = ARENA_ARRAY(c->arena, users.n, UserLine);
	for (size_t i = 0; i < users.n; i++) {
		const User *u = &users.at[i];
		at[i] = (UserLine){ .id = u->id,
				    .login = u->login,
				    .name = u->name,
				    .role = (int)u->role,
				    .programme = programme_name(&programmes, u->programme),
				    .organisation = organisation_name(&organisations, u->organisation),
				    .closed = u->closed != TIME_NONE };
	}
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Users")), .wide = true });
	users_list_html(h, &(UserLines){ at, users.n });
	return page_close(r);
}

/* ---- the form --------------------------------------------------------------- */

/* Everybody on a team, with the team's programme. */
static Err member_options(Ctx *c, const ProgrammeList *programmes, FormOptions *out)
{
	MemberList *teams = ARENA_ARRAY(c->arena, programmes->n, MemberList);
	size_t most = 0, n = 0;
	for (size_t i = 0; i < programmes->n; i++) {
		RETURN_IF_ERR(programme_team(c, programmes->at[i].id, &teams[i]));
		most += teams[i].n;
	}
	FormOption *items = ARENA_ARRAY(c->arena, most, FormOption);
	for (size_t i = 0; i < programmes->n; i++)
		for (size_t k = 0; k < teams[i].n; k++)
			items[n++] = (FormOption){ uuid_str(c->arena, teams[i].at[k].id.v),
						   str_printf(c->arena, "%.*s (%.*s)", STR_ARG(teams[i].at[k].name),
							      STR_ARG(programmes->at[i].code)) };
	*out = (FormOptions){ "member", items, n };
	return OK;
}

/* What a user may belong to. */
static Err choices(Ctx *c, FormOptions out[CHOICES])
{
	ProgrammeList programmes;
	RETURN_IF_ERR(programme_all(c, &programmes));
	FormOption *items = ARENA_ARRAY(c->arena, programmes.n, FormOption);
	for (size_t i = 0; i < programmes.n; i++)
		items[i] = (FormOption){ uuid_str(c->arena, programmes.at[i].id.v), programmes.at[i].name };
	out[0] = (FormOptions){ "programme", items, programmes.n };
	RETURN_IF_ERR(organisation_options(c, "organisation", &out[1]));
	return member_options(c, &programmes, &out[2]);
}

/* Administrators give out rights: nobody is a visitor. */
static FormOptions role_options(Ctx *c)
{
	FormOption *items = ARENA_ARRAY(c->arena, ROLE_COUNT, FormOption);
	size_t n = 0;
	for (int role = ROLE_PUBLIC + 1; role <= ROLE_LAST_USER; role++)
		items[n++] =
			(FormOption){ enum_code(&role_table, role), str_of(enum_text(c->lang, &role_table, role)) };
	return (FormOptions){ "role", items, n };
}

/* The form with its heading; *h stays open. */
static Err open_form(Ctx *c, Request *r, const char *heading, Str about, const char *lead, FormView view, Html **h)
{
	FormOptions *options = ARENA_ARRAY(c->arena, CHOICES + 1, FormOptions);
	RETURN_IF_ERR(choices(c, options));
	options[CHOICES] = role_options(c);
	view.form = view.form == NULL ? &user_form : view.form;
	view.options = options;
	view.option_count = CHOICES + 1;
	view.cancel = STR("/brugere");
	*h = page_open(
		c, r,
		&(Page){ .title = str_of(heading), .back = STR("/brugere"), .back_text = str_of(T(c->lang, "Users")) });
	users_form_head_html(*h, heading, about, lead);
	page_form(c, r, *h, &view);
	return OK;
}

static Err user_new(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", NULL }, *const filled[] = { "login", "off", NULL };
	UserIn values = { .role = ENUM_NONE, .lang = LANG_DA, .version = INT_NONE };
	Html *h;
	RETURN_IF_ERR(open_form(c, r, T(c->lang, "New user"),
				str_of(T(c->lang, "The program makes a password and shows it on the next page.")),
				T(c->lang, "A contact person and a manager are members of the programme's team, too: "
					   "add them there first, then choose them here."),
				(FormView){ .values = &values, .hidden = hidden, .autocomplete = filled }, &h));
	return page_close(r);
}

static Err user_edit(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "login", "version", NULL };
	User row;
	Html *h;
	UserId id = { request_id(r, "user") };
	Str text = uuid_str(c->arena, id.v);
	RETURN_IF_ERR(user_get(c, id, &row));
	UserIn values = user_in(&row);
	RETURN_IF_ERR(open_form(c, r, T(c->lang, "Change the user"), row.login, NULL,
				(FormView){ .values = &values,
					    .hidden = hidden,
					    .action = str_printf(c->arena, "/bruger/%.*s/ret", STR_ARG(text)) },
				&h));
	users_more_html(h, &(UserPage){ id, row.login, r->csrf, row.closed != TIME_NONE });
	return page_close(r);
}

/* ---- writing ---------------------------------------------------------------- */

static Err show_password(Ctx *c, Request *r, Str login, Str password)
{
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "Password")),
				     .back = STR("/brugere"),
				     .back_text = str_of(T(c->lang, "Users")) });
	users_password_html(h, login, password);
	return page_close(r);
}

typedef struct {
	const UserIn *in;
	UserId id;
	Str hash;
} Job;

static Err add_work(Ctx *c, void *arg)
{
	Job *j = arg;
	return user_add(c, j->in, j->hash, &j->id);
}

static Err user_new_post(Ctx *c, Request *r)
{
	Job j = { .in = r->in };
	Str login = str_lower_ascii(c->arena, j.in->login), password = user_initial_password(c);
	RETURN_IF_ERR(user_hash_password(c, login, password, &j.hash));
	RETURN_IF_ERR(commit_run(c, add_work, &j));
	return show_password(c, r, login, password);
}

static Err user_edit_post(Ctx *c, Request *r)
{
	UserId id = { request_id(r, "user") };
	RETURN_IF_ERR(user_change(c, id, r->in));
	request_forget(r, id);
	return answer_redirect(r, STR("/brugere"), N_("The change is stored."));
}

static Err user_close_post(Ctx *c, Request *r)
{
	UserId id = { request_id(r, "user") };
	RETURN_IF_ERR(user_close(c, id));
	request_forget(r, id);
	return answer_redirect(r, STR("/brugere"), N_("The user is closed."));
}

static Err password_work(Ctx *c, void *arg)
{
	const Job *j = arg;
	return user_change_password(c, j->id, j->hash);
}

static Err user_password_post(Ctx *c, Request *r)
{
	User row;
	Job j = { .id = { request_id(r, "user") } };
	Str password = user_initial_password(c);
	RETURN_IF_ERR(db_begin_read(c));
	Err found = user_get(c, j.id, &row);
	db_end_read(c);
	RETURN_IF_ERR(found);
	if (row.closed != TIME_NONE)
		return ERR_NOT_FOUND;
	RETURN_IF_ERR(user_hash_password(c, row.login, password, &j.hash));
	RETURN_IF_ERR(commit_run(c, password_work, &j));
	request_forget(r, j.id);
	return show_password(c, r, row.login, password);
}

static const Route routes[] = {
	ROUTE(GET, "/brugere", users_get, MAY(ADMINISTER, ANY), NULL, .menu = N_("Users"), .menu_place = 70),
	ROUTE(GET, "/brugere/ny", user_new, MAY(ADMINISTER, ANY), NULL, .proof = true),
	ROUTE(POST, "/brugere/ny", user_new_post, MAY(ADMINISTER, ANY), &user_form, .lane = LANE_PASSWORD,
	      .again = user_new, .proof = true),
	ROUTE(GET, "/bruger/{user}/ret", user_edit, MAY(ADMINISTER, ANY), NULL, .proof = true),
	ROUTE(POST, "/bruger/{user}/ret", user_edit_post, MAY(ADMINISTER, ANY), &user_form, .again = user_edit,
	      .proof = true),
	ROUTE(POST, "/bruger/{user}/kode", user_password_post, MAY(ADMINISTER, ANY), NULL, .lane = LANE_PASSWORD,
	      .proof = true),
	ROUTE(POST, "/bruger/{user}/luk", user_close_post, MAY(ADMINISTER, ANY), NULL, .proof = true),
};
const RouteTable users_routes = ROUTES(routes);
