#include "world.h"

#include "access/guest.h"
#include "access/oidc_link.h"
#include "access/session.h"
#include "base/danish.h"
#include "feature/sheet/sheet.h"
#include "session_sql.h"

#include <string.h>

static const World blank[WORLDS] = {
	[AARHUS] = { "Zaarhusia", "Zrampia", "Anna", "7506751002", "trappen", .referred = "7506751020" },
	[RANDERS] = { "Zrandersia", "Zrampia", "Bo", "7506751004", "trappen", .referred = "7506751022" },
	[OTHER] = { "Zanderia", "Zstigia", "Carla", "7506751006", "stigen", .referred = "7506751024" },
	[ABROAD] = { "Zabroadia", "Zudlandia", "Dora", "7506751008", "udlandet", .referred = "7506751026" },
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
	[MENTOR] = { 'T', "m-mentor", ROLE_MENTOR, AARHUS },
	[PAST_MENTOR] = { 'T', "m-forhen", ROLE_MENTOR, AARHUS },
	[CASEWORKER] = { 'W', "m-sagsbeh", ROLE_CASEWORKER, AARHUS },
	[STEERING] = { 'S', "m-styre", ROLE_STEERING_GROUP, AARHUS },
	[ARCHIVE] = { 'R', "m-arkiv", ROLE_ARCHIVE_EDITOR, AARHUS },
	[CITIZEN] = { 'B', "citizen", ROLE_CITIZEN, AARHUS },
	[FAR_CITIZEN] = { 'B', "far citizen", ROLE_CITIZEN, OTHER },
	[COMPANY] = { 'K', "company", ROLE_COMPANY, AARHUS },
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
	w->company = first->company;
	w->suggested = first->suggested;
	if (m->at != AARHUS && m->at != ABROAD)
		return OK;
	RETURN_IF_ERR(company_add(c, &in, &w->company));
	in.name = STR("Mejeriet");
	return company_add(c, &in, &w->suggested);
}

static Err make_citizen(Ctx *c, World *w)
{
	Str note = with(c, "Vil gerne", w->unit), unshared = with(c, WORLD_UNSHARED, w->unit);
	ParticipantIn in = { .name = with(c, w->person, w->unit),
			     .cpr = str_of(w->cpr),
			     .gender = ENUM_NONE,
			     .municipality = INT_NONE,
			     .partner = w->partner,
			     .contact_person = w->member,
			     .phone = STR("12345678"),
			     .email = STR("borger@example.dk"),
			     .admitted = day("2016-09-01"),
			     .wishes = unshared,
			     .considerations = unshared,
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
	return status_add(c, w->participant, &status);
}

static Err make_contact(Ctx *c, World *w)
{
	Str note = with(c, "Vil gerne", w->unit);
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

static const ConsentIn consents[] = {
	{ .purpose = CONSENT_TELL_COMPANY,
	  .everyone = true,
	  .tells_name = true,
	  .receiver_name = { NULL, 0 },
	  .until = DATE_NONE },
	{ .purpose = CONSENT_TELL_MENTOR,
	  .everyone = true,
	  .tells_name = true,
	  .receiver_name = { NULL, 0 },
	  .until = DATE_NONE },
	{ .purpose = CONSENT_CONTACT_COMPANY, .everyone = true, .receiver_name = { NULL, 0 }, .until = DATE_NONE },
	{ .purpose = CONSENT_ANSWERS, .receiver_name = { NULL, 0 }, .until = DATE_NONE },
	{ .purpose = CONSENT_DIAGNOSES, .receiver_name = { NULL, 0 }, .until = DATE_NONE },
	{ .purpose = CONSENT_INVITE_NETWORK, .receiver_name = { "Min mor", 7 }, .until = DATE_NONE },
};

/* The citizen of RANDERS says yes to nothing but what the mentor may know, and no longer to what a company needs. */
static Err make_consents(Ctx *c, World *w, bool all)
{
	ConsentId over;
	ConsentIn once = { .purpose = CONSENT_CONTACT_COMPANY,
			   .everyone = true,
			   .receiver_name = STR_NONE,
			   .since = day("2018-01-01"),
			   .until = day("2018-06-30") };
	for (size_t i = 0; i < sizeof consents / sizeof consents[0]; i++) {
		ConsentIn in = consents[i];
		in.since = day("2018-01-01");
		if (all || in.purpose == CONSENT_TELL_MENTOR)
			RETURN_IF_ERR(consent_give(c, w->participant, &in, &w->consent));
	}
	return all ? OK : consent_give(c, w->participant, &once, &over);
}

/* Nobody lets it be published: in an evaluation it must not sing. */
static Err make_quote(Ctx *c, World *w)
{
	QuoteIn in = { .words = with(c, "Det sagde", w->unit),
		       .topic = QUOTE_WORK,
		       .occasion = SAID_IN_TALK,
		       .said = day("2018-05-02") };
	return quote_add(c, w->participant, &in, &w->quote);
}

/* Whoever is invited nowhere has an identifier all the same. One yes more is for the next one. */
static Err make_network(Ctx *c, World *w, bool invited)
{
	Str name = with(c, "Mor til", w->unit);
	NetworkIn in = {
		.consent = w->consent, .name = name, .relation = STR("mor"), .phone = STR_NONE, .email = STR_NONE
	};
	ConsentIn next = { .purpose = CONSENT_INVITE_NETWORK, .receiver_name = STR("Min ven"), .until = DATE_NONE };
	w->network = (NetworkId){ uuid_v7(c->clock, c->random) };
	if (!invited)
		return OK;
	RETURN_IF_ERR(network_add(c, w->participant, &in, &w->network));
	next.since = day("2018-01-01");
	return consent_give(c, w->participant, &next, &w->consent);
}

static Err make_diagnosis(Ctx *c, World *w)
{
	const DiagnosisSwitchIn on = { .on = true, .why = STR("Aftalt med styregruppen") };
	const DiagnosisIn in = { .words = with(c, WORLD_UNSHARED, w->unit), .version = INT_NONE };
	RETURN_IF_ERR(diagnosis_turn(c, w->programme, &on));
	return diagnosis_write(c, w->participant, &in);
}

/* Something in words, too, which names the unit. */
static Err make_answers(Ctx *c, const Making *m, World *w)
{
	QuestionIn asks = { .code = STR("ord"), .position = 1, .kind = QUESTION_TEXT, .wording = STR("Hvorfor?") };
	Question q;
	ResponseId response;
	w->wave = m->w->worlds[AARHUS].wave;
	if (m->at != RANDERS) {
		QuestionId id;
		RETURN_IF_ERR(survey_question_add(c, w->programme, &asks, &id));
		RETURN_IF_ERR(survey_wave_add(c, w->programme, STR("start"), RESPONDENT_CITIZEN, &id, 1, &w->wave));
	}
	RETURN_IF_ERR(question_by_code(c, w->programme, asks.code, &q));
	RETURN_IF_ERR(
		survey_invite(c, w->wave, w->participant, (CompanyId){ UUID_NONE }, day("2018-06-01"), &response));
	const AnswerIn said = { .question = q.id, .number = (double)NAN, .words = with(c, "Fordi", w->unit) };
	return survey_answer(c, response, day("2018-06-10"), true, &said, 1);
}

static Err make_helper(Ctx *c, World *w, const char *what, Role role, UserId *out)
{
	UserIn in = { .login = str_printf(c->arena, "%s-%s", w->person, what),
		      .name = str_of(w->programme_word),
		      .role = (int)role,
		      .programme = w->programme,
		      .lang = LANG_DA };
	return user_add(c, &in, STR(""), out);
}

/* Somebody else, whom the caseworker has proposed. */
static Err make_referral(Ctx *c, World *w, UserId caseworker, const char *login)
{
	const Actor actor = { .user = caseworker, .role = ROLE_CASEWORKER, .login = str_of(login) };
	const ReferralIn in = { .name = with(c, "Henvist", w->unit),
				.cpr = str_of(w->referred),
				.municipality = INT_NONE,
				.partner = w->partner,
				.why = with(c, "Vil gerne", w->unit),
				.agreed = true };
	c->actor = &actor;
	Err e = referral_make(c, w->programme, &in, &w->referral);
	c->actor = NULL;
	return e;
}

static Err make_no(Ctx *c, World *w)
{
	const ConsentIn in = { .purpose = CONSENT_TELL_MENTOR,
			       .receiver = w->helper.v,
			       .receiver_name = STR_NONE,
			       .tells_name = true,
			       .since = DATE_NONE,
			       .until = DATE_NONE };
	ConsentId given;
	RETURN_IF_ERR(consent_give(c, w->participant, &in, &given));
	return consent_withdraw(c, w->participant, given);
}

/* What the citizen decides about, and who else works with the citizen. */
static Err make_decisions(Ctx *c, World *w)
{
	UserId caseworker;
	WishLineList wishes;
	RelationLineList relations;
	EmergencyLineList emergencies;
	RETURN_IF_ERR(make_helper(c, w, "mentor", ROLE_MENTOR, &w->helper));
	RETURN_IF_ERR(make_no(c, w));
	RETURN_IF_ERR(make_helper(c, w, "sagsbehandler", ROLE_CASEWORKER, &caseworker));
	RETURN_IF_ERR(relation_begin(c, caseworker, w->programme, w->participant));
	if (strcmp(w->person, blank[AARHUS].person) != 0) /* that one is the actor's */
		RETURN_IF_ERR(make_referral(c, w, caseworker, "sagsbehandler"));
	RETURN_IF_ERR(wish_suggest(c, w->participant, w->suggested));
	RETURN_IF_ERR(wish_add(c, w->participant, str_of("Et gartneri")));
	RETURN_IF_ERR(relation_of(c, w->participant, clock_now(c->clock), &relations));
	RETURN_IF_ERR(wish_list(c, w->participant, &wishes));
	w->relation = relations.at[0].id;
	for (size_t i = 0; i < wishes.n; i++)
		*(wishes.at[i].decision == WISH_OWN ? &w->own_wish : &w->wish) = wishes.at[i].id;
	/* Not erasure: that is what the citizen of the matrix asks for. */
	w->request = (RequestId){ uuid_v7(c->clock, c->random) };
	const CitizenRequest request = { w->request, w->programme, w->participant, { "copy", 4 }, clock_now(c->clock) };
	RETURN_IF_ERR(citizen_request_insert(c, &request));
	const Actor breaker = { .user = w->user, .role = ROLE_CONTACT_PERSON, .login = { "brud", 4 } };
	c->actor = &breaker;
	Err e = relation_break_glass(c, w->participant, with(c, WORLD_UNSHARED, w->unit));
	c->actor = NULL;
	RETURN_IF_ERR(e);
	RETURN_IF_ERR(relation_emergencies(c, w->programme, &emergencies));
	for (size_t i = 0; i < emergencies.n; i++)
		if (uuid_eq(emergencies.at[i].participant.v, w->participant.v))
			w->emergency = emergencies.at[i].id;
	const OidcIdentity login = { { "https://login.example.dk", 24 }, str_of(w->cpr) };
	RETURN_IF_ERR(oidc_citizen_add(c, w->participant, &login, STR_NONE));
	return guest_invite(c, ROLE_CITIZEN, w->participant, (SheetId){ UUID_NONE }, &w->guest_code);
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
	RETURN_IF_ERR(make_consents(c, w, m->at != RANDERS));
	RETURN_IF_ERR(make_contact(c, w));
	RETURN_IF_ERR(make_goal(c, w));
	RETURN_IF_ERR(make_theory(c, w));
	RETURN_IF_ERR(make_user(c, w));
	RETURN_IF_ERR(make_quote(c, w));
	RETURN_IF_ERR(make_network(c, w, m->at != RANDERS));
	if (m->at != RANDERS)
		RETURN_IF_ERR(make_diagnosis(c, w));
	RETURN_IF_ERR(make_answers(c, m, w));
	return make_decisions(c, w);
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
	World *home;
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

/* A guest enters by a code; the audit knows the guest by the code's identifier. */
static Err make_guest(Ctx *c, void *arg)
{
	const Hiring *h = arg;
	WorldActor *a = h->a;
	const World *w = h->home;
	Str code = w->guest_code;
	GuestCode row;
	Cpr cpr;
	bool right;
	if (a->role == ROLE_COMPANY)
		RETURN_IF_ERR(sheet_make(c, w->participant, w->company, &code));
	else
		RETURN_IF_ERR(guest_invite(c, ROLE_CITIZEN, w->participant, (SheetId){ UUID_NONE }, &code));
	RETURN_IF_ERR(guest_look(c, code, &row));
	a->id.v = row.id.v;
	assert_true(cpr_parse(str_of(w->cpr), &cpr));
	return guest_enter(c, code, cpr.born, &right, &a->session);
}

/* The mentors' and the caseworker's relation to the citizen of their world. */
static Err relate(Ctx *c, void *arg)
{
	const Hiring *h = arg;
	RelationKind kind;
	RelationLineList all;
	if (!policy_relation(h->a->role, &kind) || kind == RELATION_EMERGENCY)
		return commit_audit(c, &(AuditEvent){ .action = STR("test"), .actor_name = STR("test") });
	RETURN_IF_ERR(relation_begin(c, h->a->id, h->home->programme, h->home->participant));
	if (kind == RELATION_CASEWORKER)
		RETURN_IF_ERR(make_referral(c, h->home, h->a->id, h->a->login));
	if (strcmp(h->a->login, "m-forhen") != 0)
		return OK;
	RETURN_IF_ERR(relation_of(c, h->home->participant, clock_now(c->clock), &all));
	for (size_t i = 0; i < all.n; i++)
		if (str_eq_z(all.at[i].user_name, h->a->login))
			return relation_end(c, h->home->participant, all.at[i].id);
	return ERR_NOT_FOUND;
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
		bool guest = a->role == ROLE_CITIZEN || a->role == ROLE_COMPANY;
		served_wait(&w->s, -ago);
		run(w, guest ? make_guest : make_actor, &h);
		served_wait(&w->s, ago);
		a->token = str_dup(w->s.arena, a->token);
		a->session = str_dup(w->s.arena, a->session);
		run(w, relate, &h);
	}
	run(w, expire, &w->actors[EXPIRED]);
}

static Str page_token(Worlds *w, int actor)
{
	const char *page = actor == VISITOR                        ? "/login"
			   : w->actors[actor].role == ROLE_CITIZEN ? "/min"
			   : w->actors[actor].role == ROLE_COMPANY ? "/ark"
								   : "/konto";
	Reply r = worlds_ask(w, actor, "GET", page, STR(""));
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
		w->worlds[i].guest_code = str_dup(w->s.arena, w->worlds[i].guest_code);
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
	if (api && a->token.len > 0)
		buf_printf(h, "Authorization: Bearer %.*s\r\n", STR_ARG(a->token));
	else if (!api)
		buf_printf(h, "Cookie: rampe_%s=%.*s\r\nX-CSRF-Token: %.*s\r\n",
			   a->login == NULL                                     ? "csrf"
			   : a->role == ROLE_CITIZEN || a->role == ROLE_COMPANY ? "guest"
										: "session",
			   STR_ARG(a->login == NULL ? a->csrf : a->session), STR_ARG(a->csrf));
	if (strcmp(method, "GET") != 0)
		buf_printf(h, "Content-Type: %s\r\n", api ? "application/json" : "application/x-www-form-urlencoded");
	buf_char(h, '\0');
	return served_ask(&w->s, method, target, h->ptr, body);
}
