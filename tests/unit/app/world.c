#include "world.h"

#include "access/session.h"
#include "session_sql.h"

#include <string.h>

static const World blank[WORLDS] = {
	[AARHUS] = { "Zaarhusia", "Zrampia", "Anna", "7506751002", "trappen" },
	[RANDERS] = { "Zrandersia", "Zrampia", "Bo", "7506751004", "trappen" },
	[OTHER] = { "Zanderia", "Zstigia", "Carla", "7506751006", "stigen" },
	[ABROAD] = { "Zabroadia", "Zudlandia", "Dora", "7506751008", "udlandet" },
};

static const WorldActor cast[ACTORS] = {
	[VISITOR] = { 'V', NULL, ROLE_PUBLIC, AARHUS },
	[ADMIN] = { 'A', "m-admin", ROLE_ADMINISTRATOR, AARHUS },
	[MANAGER] = { 'M', "m-leder", ROLE_MANAGER, AARHUS },
	[PERSON] = { 'C', "m-aarhus", ROLE_CONTACT_PERSON, AARHUS },
	[NEIGHBOUR] = { 'C', "m-randers", ROLE_CONTACT_PERSON, RANDERS },
	[EVALUATOR] = { 'E', "m-maaler", ROLE_EVALUATOR, AARHUS },
	[FAR_MANAGER] = { 'M', "f-leder", ROLE_MANAGER, OTHER },
	[FAR_PERSON] = { 'C', "f-person", ROLE_CONTACT_PERSON, OTHER },
	[FAR_EVALUATOR] = { 'E', "f-maaler", ROLE_EVALUATOR, OTHER },
	[CLOSED] = { '-', "lukket", ROLE_MANAGER, AARHUS },
	[EXPIRED] = { '-', "udloebet", ROLE_MANAGER, AARHUS },
};
/* Whose token stands in which world. */
static const int token_of_whom[WORLDS] = { PERSON, NEIGHBOUR, FAR_PERSON, CLOSED };

typedef struct {
	Worlds *w;
	int at;
} Making;

static Str with(Ctx *c, const char *before, const char *canary)
{
	return str_printf(c->arena, "%s %s", before, canary);
}

static Err make_programme(Ctx *c, World *w)
{
	OrganisationIn owner = { .name = with(c, "SIND", w->code), .kind = ORGANISATION_NGO, .municipality = INT_NONE };
	RETURN_IF_ERR(organisation_add(c, &owner, &w->owner));
	ProgrammeIn in = { .code = str_of(w->code),
			   .name = with(c, "Projekt", w->programme_word),
			   .owner = w->owner,
			   .starts = day("2016-01-01"),
			   .ends = day("2018-12-31"),
			   .intake_first = day("2016-08-01"),
			   .intake_last = day("2018-05-31"),
			   .status_date = day("2018-11-30"),
			   .gap_days = 14,
			   .retention_months = 6,
			   .followup_job_months = 3,
			   .followup_internship_days = 21 };
	return programme_add(c, &in, &w->programme);
}

static Err make_unit(Ctx *c, World *w)
{
	OrganisationIn in = { .name = with(c, "Jobcenter", w->person),
			      .kind = ORGANISATION_JOB_CENTRE,
			      .municipality = 751 };
	RETURN_IF_ERR(organisation_add(c, &in, &w->partner));
	RETURN_IF_ERR(programme_partner_add(c, w->programme, w->partner, (double)NAN));
	MemberIn member = { .organisation = w->partner,
			    .name = with(c, "Mette", w->programme_word),
			    .role = MEMBER_CONTACT_PERSON,
			    .since = day("2016-01-01"),
			    .until = DATE_NONE };
	return programme_member_add(c, w->programme, &member, &w->member);
}

static Err make_company(Ctx *c, const Making *m, World *w)
{
	const World *first = &m->w->worlds[AARHUS];
	CompanyIn in = { .name = STR("Bageriet"),
			 .municipality = 751,
			 .ordinary_employees = (double)NAN,
			 .subsidised_now = INT_NONE,
			 .version = INT_NONE };
	if (m->at == AARHUS || m->at == ABROAD)
		return company_add(c, &in, &w->company);
	w->company = first->company;
	return OK;
}

static Err make_citizen(Ctx *c, World *w)
{
	Str note = with(c, "Vil gerne", w->unit);
	ParticipantIn in = { .name = with(c, w->person, w->unit),
			     .cpr = str_of(w->cpr),
			     .gender = ENUM_NONE,
			     .municipality = INT_NONE,
			     .partner = w->partner,
			     .contact_person = w->member,
			     .admitted = day("2016-09-01"),
			     .wishes = note,
			     .considerations = note,
			     .version = INT_NONE };
	RETURN_IF_ERR(participant_admit(c, w->programme, &in, &w->participant));
	PlacementIn placement = { .company = w->company,
				  .kind = PLACEMENT_ORDINARY,
				  .starts = day("2018-04-02"),
				  .planned_end = DATE_NONE,
				  .ends = day("2018-10-31"),
				  .hours_week = (double)NAN,
				  .end_reason = note,
				  .version = INT_NONE };
	RETURN_IF_ERR(placement_start(c, w->participant, &placement, &w->placement));
	StatusIn status = { .since = day(WORLD_STATUS_DAY), .code = STATUS_INTERNSHIP, .note = note };
	RETURN_IF_ERR(status_add(c, w->participant, &status));
	ContactIn contact = { .participant = w->participant,
			      .at = time_of(day("2018-05-02"), 600),
			      .kind = CONTACT_PHONE,
			      .purpose = PURPOSE_COMPANY_RETENTION,
			      .place = ENUM_NONE,
			      .company = w->company,
			      .minutes = INT_NONE,
			      .note = note,
			      .member = w->member };
	return contact_register(c, &contact, &w->contact);
}

static Err make_goal(Ctx *c, World *w)
{
	Str word = str_of(w->programme_word);
	GoalIn in = { .code = str_printf(c->arena, "%s1", w->person),
		      .level = LEVEL_ACTIVITY,
		      .unit = GOAL_COUNT,
		      .position = 1,
		      .wording = word };
	GoalTargetIn target = { .valid_from = day("2016-01-01"), .value = 2, .decided_by = word, .why = word };
	DefinitionIn definition = { .position = 1,
				    .name = word,
				    .expression = STR("count participants"),
				    .valid_from = day("2016-01-01"),
				    .decided_by = word,
				    .why = word };
	JudgementIn judgement = { .day = day("2018-06-01"), .judged_by = word, .value = (double)NAN, .reason = word };
	JudgementId judged;
	RETURN_IF_ERR(goal_add(c, w->programme, &in, &w->goal));
	RETURN_IF_ERR(goal_set_target(c, w->goal, &target));
	RETURN_IF_ERR(goal_define(c, w->goal, &definition, &w->definition));
	return goal_judge(c, w->goal, &judgement, &judged);
}

/* Two places with an arrow, and one that nothing leads to. */
static Err make_theory(Ctx *c, World *w)
{
	Str person = str_of(w->person);
	TheoryNodeIn in = { .code = person, .position = 1, .label = str_of(w->programme_word) };
	TheoryArrowIn arrow = { .cause = str_printf(c->arena, "%.*s-1", STR_ARG(person)),
				.effect = str_printf(c->arena, "%.*s-2", STR_ARG(person)) };
	RETURN_IF_ERR(theory_add_node(c, w->programme, &in, &w->node));
	in.code = arrow.cause;
	RETURN_IF_ERR(theory_add_node(c, w->programme, &in, &w->cause));
	in.code = arrow.effect;
	RETURN_IF_ERR(theory_add_node(c, w->programme, &in, &w->effect));
	return theory_add_arrow(c, w->programme, &arrow);
}

static Err make_user(Ctx *c, World *w)
{
	UserIn in = { .login = str_printf(c->arena, "%s-bruger", w->person),
		      .name = str_of(w->programme_word),
		      .role = ROLE_CONTACT_PERSON,
		      .organisation = w->partner,
		      .programme = w->programme,
		      .member = w->member,
		      .lang = LANG_DA };
	return user_add(c, &in, STR(""), &w->user);
}

static Err make_world(Ctx *c, void *arg)
{
	const Making *m = arg;
	World *w = &m->w->worlds[m->at];
	if (m->at == RANDERS) {
		w->programme = m->w->worlds[AARHUS].programme;
		w->owner = m->w->worlds[AARHUS].owner;
	} else {
		RETURN_IF_ERR(make_programme(c, w));
	}
	RETURN_IF_ERR(make_unit(c, w));
	RETURN_IF_ERR(make_company(c, m, w));
	RETURN_IF_ERR(make_citizen(c, w));
	RETURN_IF_ERR(make_goal(c, w));
	RETURN_IF_ERR(make_theory(c, w));
	return make_user(c, w);
}

/* Making another of the same password would take long. */
static Str password_hash_of(Worlds *w)
{
	Ctx *c = w->s.register_->c;
	User admin;
	begin(w->s.register_);
	assert_ok(user_find(c, STR("admin"), &admin));
	Str hash = str_dup(w->s.arena, admin.password_hash);
	end(w->s.register_);
	return hash;
}

typedef struct {
	WorldActor *a;
	const World *home;
	Str hash;
} Hiring;

static Err make_actor(Ctx *c, void *arg)
{
	Hiring *h = arg;
	WorldActor *a = h->a;
	UserIn in = { .login = str_of(a->login), .name = str_of(a->login), .role = (int)a->role, .lang = LANG_EN };
	if (a->role != ROLE_ADMINISTRATOR)
		in.programme = h->home->programme;
	if (a->role == ROLE_CONTACT_PERSON) {
		in.organisation = h->home->partner;
		in.member = h->home->member;
	}
	RETURN_IF_ERR(user_add(c, &in, h->hash, &a->id));
	RETURN_IF_ERR(user_add_token(c, a->id, STR("test"), &a->token));
	if (a->letter == '-') /* whoever keeps the secrets of a user that is closed */
		RETURN_IF_ERR(user_close(c, a->id));
	return session_start(c, &(SessionStart){ .user = a->id, .login = in.login }, &a->session);
}

/* EXPIRED logged in so long ago that the session has ended since; the token is revoked. */
static Err expire(Ctx *c, void *arg)
{
	const WorldActor *a = arg;
	ApiTokenList tokens;
	int64_t changed = 0;
	RETURN_IF_ERR(user_set_closed(c, a->id, TIME_NONE, &changed));
	RETURN_IF_ERR(token_of_user(c, a->id, &tokens));
	return user_revoke_token(c, a->id, tokens.at[0].id);
}

typedef struct {
	UserId owner;
	TokenId *out;
	SessionId *session;
} Token;

static Err make_session(Ctx *c, const Token *t)
{
	Str secret;
	Time now = clock_now(c->clock);
	SessionLineList list;
	SessionStart another = { .user = t->owner, .login = STR("another"), .browser = STR("another") };
	RETURN_IF_ERR(session_start(c, &another, &secret));
	RETURN_IF_ERR(session_of_user(c, t->owner, now, 0, &list));
	for (size_t i = 0; i < list.n; i++)
		if (str_eq_z(list.at[i].browser, "another"))
			*t->session = list.at[i].id;
	return OK;
}

static Err make_token(Ctx *c, void *arg)
{
	const Token *t = arg;
	ApiTokenList list;
	Str secret;
	RETURN_IF_ERR(user_add_token(c, t->owner, STR("another"), &secret));
	RETURN_IF_ERR(token_of_user(c, t->owner, &list));
	for (size_t i = 0; i < list.n; i++)
		if (str_eq_z(list.at[i].name, "another"))
			*t->out = list.at[i].id;
	return make_session(c, t);
}

static void run(Worlds *w, Err (*work)(Ctx *c, void *arg), void *arg)
{
	Ctx *c = w->s.register_->c;
	ctx_clear(c);
	Err e = commit_run(c, work, arg);
	Str problems = ctx_problems_text(c);
	if (e != OK)
		fail_msg("%.*s %.*s", STR_ARG(problems), STR_ARG(c->why));
}

static void hire(Worlds *w, Str hash)
{
	for (int i = ADMIN; i < ACTORS; i++) {
		WorldActor *a = &w->actors[i];
		Hiring h = { a, &w->worlds[a->home], hash };
		int64_t ago = i == EXPIRED ? 2 * SESSION_IDLE_MINUTES * 60 : 0;
		served_wait(&w->s, -ago);
		run(w, make_actor, &h);
		served_wait(&w->s, ago);
		a->token = str_dup(w->s.arena, a->token);
		a->session = str_dup(w->s.arena, a->session);
	}
	run(w, expire, &w->actors[EXPIRED]);
}

static Str page_token(Worlds *w, int actor)
{
	Reply r = worlds_ask(w, actor, "GET", actor == VISITOR ? "/login" : "/konto", STR(""));
	size_t at = str_find_str(r.body, STR("name=\"csrf\" value=\""));
	return at == SIZE_MAX ? STR("") : str_sub(r.body, at + 19, str_find(r.body, '"', at + 19));
}

void worlds_make(Worlds *w, const RouteTable *const *tables)
{
	served_make(&w->s, tables);
	Ctx *c = w->s.register_->c;
	TenantId here = c->tenant;
	memcpy(w->worlds, blank, sizeof blank);
	memcpy(w->actors, cast, sizeof cast);
	for (int i = 0; i < WORLDS; i++) {
		c->tenant = here;
		c->tenant.v.b[0] ^= i == ABROAD ? 0xff : 0;
		w->worlds[i].tenant = c->tenant;
		run(w, make_world, &(Making){ w, i });
	}
	c->tenant = here;
	hire(w, password_hash_of(w));
	for (int i = 0; i < WORLDS; i++) {
		w->worlds[i].token_owner = w->actors[token_of_whom[i]].id;
		run(w, make_token, &(Token){ w->worlds[i].token_owner, &w->worlds[i].token, &w->worlds[i].session });
	}
	for (int i = VISITOR; i < CLOSED; i++)
		w->actors[i].csrf = page_token(w, i);
}

void worlds_remove(Worlds *w)
{
	served_remove(&w->s);
}

Reply worlds_ask(Worlds *w, int actor, const char *method, const char *target, Str body)
{
	const WorldActor *a = &w->actors[actor];
	bool api = strncmp(target, "/api/", 5) == 0;
	Buf *h = buf_new(w->s.arena, 10000);
	buf_z(h, "Accept-Language: en\r\n");
	if (api && a->login != NULL)
		buf_printf(h, "Authorization: Bearer %.*s\r\n", STR_ARG(a->token));
	else if (!api)
		buf_printf(h, "Cookie: rampe_%s=%.*s\r\nX-CSRF-Token: %.*s\r\n", a->login == NULL ? "csrf" : "session",
			   STR_ARG(a->login == NULL ? a->csrf : a->session), STR_ARG(a->csrf));
	if (strcmp(method, "GET") != 0)
		buf_printf(h, "Content-Type: %s\r\n", api ? "application/json" : "application/x-www-form-urlencoded");
	buf_char(h, '\0');
	return served_ask(&w->s, method, target, h->ptr, body);
}
