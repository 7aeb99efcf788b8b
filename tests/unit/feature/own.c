/* The copy that a citizen gets holds something of every table about people (GDPR art. 15), and who has looked, why and
 * how it went. */
#include "feature/citizen/own.h"
#include "access/guest.h"
#include "access/oidc_link.h"
#include "access/relation.h"
#include "access/user.h"
#include "db/engine.h"
#include "feature/erasure/erasure.h"
#include "feature/feature.h"
#include "feature/message/message.h"
#include "feature/referral/referral.h"
#include "feature/sheet/sheet.h"
#include "register.h"

#include <string.h>

/* Where the rows of a table about people are in the copy. */
static const struct {
	const char *table, *key;
} parts[] = {
	{ "participant", "citizen" },
	{ "placement", "placements" },
	{ "status", "statuses" },
	{ "contact", "contacts" },
	{ "attendance", "activities" },
	{ "mentor", "volunteer_mentors" },
	{ "response", "rounds" },
	{ "answer", "answers" },
	{ "referral", "referral" },
	{ "referral_step", "referral" },
	{ "relation", "relations" },
	{ "network_person", "network" },
	{ "diagnosis", "diagnosis" },
	{ "consent", "consents" },
	{ "consent_no", "noes" },
	{ "message", "messages" },
	{ "guest_code", "codes" },
	{ "sheet", "sheets" },
	{ "wish", "wishes" },
	{ "preference", "would_like_to_talk_about" },
	{ "quote", "quotes" },
	{ "citizen_request", "requests" },
	{ "oidc_citizen", "login_with" },
	{ "audit", "log" },
};

/* What is about a person and not in the copy. */
static const struct {
	const char *table, *why;
} exceptions[] = {
	{ "participant_word", "keyed hashes of the name, which is in the copy" },
	{ "guest_session", "a secret's hash, for an hour; that somebody came in stands in the log" },
};

typedef struct {
	TestRegister *r;
	ParticipantId who; /* was referred, and admitted */
	UserId manager, mette, caseworker;
	Str code;
	GuestCodeId came_by;
} Life;

static Err add_user(Ctx *c, const Life *l, const char *login, Role role, UserId *out)
{
	const UserIn in = { .login = str_of(login),
			    .name = str_of(login),
			    .role = (int)role,
			    .organisation = l->r->aarhus,
			    .programme = l->r->programme,
			    .member = role == ROLE_CONTACT_PERSON ? l->r->mette : (MemberId){ UUID_NONE },
			    .lang = LANG_EN };
	return user_add(c, &in, STR_NONE, out);
}

static Err surveys(Ctx *c, const Life *l)
{
	const TestRegister *r = l->r;
	QuestionId why;
	WaveId wave;
	ResponseId response;
	QuestionIn in = { .code = STR("why"), .position = 1, .kind = QUESTION_TEXT, .wording = STR("Hvorfor?") };
	RETURN_IF_ERR(survey_question_add(c, r->programme, &in, &why));
	RETURN_IF_ERR(survey_wave_add(c, r->programme, STR("end"), RESPONDENT_COMPANY, &why, 1, &wave));
	RETURN_IF_ERR(survey_invite(c, wave, l->who, r->bakery, day("2018-06-01"), &response));
	const AnswerIn answer = { .question = why, .number = (double)NAN, .words = STR("Hun er dygtig") };
	return survey_answer(c, response, day("2018-06-10"), true, &answer, 1);
}

static Err activities(Ctx *c, const Life *l)
{
	const TestRegister *r = l->r;
	ActivityId activity;
	MentorId mentor;
	const ActivityIn in = { .organisation = r->aarhus,
				.kind = ACTIVITY_COURSE,
				.title = STR("Kursus i kasser"),
				.day = day("2018-06-04"),
				.sessions = 2,
				.held = true };
	const MentorIn volunteer = { .name = STR("Viggo") };
	RETURN_IF_ERR(activity_add(c, r->programme, &in, &activity));
	RETURN_IF_ERR(activity_attend(c, activity, l->who, 2, true));
	RETURN_IF_ERR(mentor_add(c, r->programme, &volunteer, &mentor));
	return mentor_match(c, mentor, l->who, day("2018-06-01"));
}

static Err only_with_consent(Ctx *c, const Life *l)
{
	ParticipantId who = l->who;
	NetworkId network;
	QuoteId quote;
	ConsentId consent;
	NetworkIn mother = { .name = STR("Karen"), .relation = STR("mor"), .phone = STR_NONE, .email = STR_NONE };
	ConsentIn in = {
		.purpose = CONSENT_INVITE_NETWORK, .receiver_name = STR("mor"), .since = DATE_NONE, .until = DATE_NONE
	};
	RETURN_IF_ERR(consent_give(c, who, &in, &mother.consent));
	RETURN_IF_ERR(network_add(c, who, &mother, &network));
	in.purpose = CONSENT_DIAGNOSES;
	in.receiver_name = STR_NONE;
	RETURN_IF_ERR(consent_give(c, who, &in, &consent));
	in.purpose = CONSENT_CONTACT_COMPANY;
	in.everyone = true;
	RETURN_IF_ERR(consent_give(c, who, &in, &consent));
	in.purpose = CONSENT_TELL_COMPANY;
	in.everyone = false;
	in.receiver = l->r->bakery.v;
	in.tells_phone = true;
	RETURN_IF_ERR(consent_give(c, who, &in, &consent));
	RETURN_IF_ERR(diagnosis_turn(c, l->r->programme, &(DiagnosisSwitchIn){ .on = true, .why = STR("test") }));
	RETURN_IF_ERR(diagnosis_write(c, who, &(DiagnosisIn){ .words = STR("Migræne"), .version = INT_NONE }));
	return quote_add(c, who, &(QuoteIn){ .words = STR("Ja"), .said = day("2018-05-02") }, &quote);
}

static Err decisions(Ctx *c, Life *l)
{
	ParticipantId who = l->who;
	SheetLineList sheets;
	RETURN_IF_ERR(wish_add(c, who, STR("Et gartneri")));
	RETURN_IF_ERR(consent_refuse(c, who, l->r->garage));
	RETURN_IF_ERR(preference_store(c, who, &(PreferenceIn){ 2, STR("Om børnene") }));
	RETURN_IF_ERR(request_erasure(c, who));
	RETURN_IF_ERR(sheet_make(c, who, l->r->garage, &l->code));
	RETURN_IF_ERR(sheet_make(c, who, l->r->bakery, &l->code));
	RETURN_IF_ERR(sheet_between(c, who, l->r->bakery, &sheets));
	RETURN_IF_ERR(sheet_answer(c, who, sheets.at[0].id, &(SheetIn){ SHEET_TALK, STR("Ring til Bent") }));
	return message_link(c, who, &(MessageIn){ MESSAGE_SMS });
}

/* The caseworker proposes her, and the team takes her on: the caseworker follows her. */
static Err come(Ctx *c, void *arg)
{
	Life *l = arg;
	Referral row;
	Scope scope = { .programme = l->r->programme };
	const ReferralIn in = { .name = STR("Bodil Bak"),
				.cpr = STR("0707614285"),
				.municipality = 751,
				.partner = l->r->aarhus,
				.phone = STR("87654321"),
				.email = STR_NONE,
				.why = STR("Hun vil gerne"),
				.agreed = true };
	const AdmissionIn admission = {
		.admitted = day("2018-05-01"), .contact_person = l->r->mette, .gender = ENUM_NONE, .status = ENUM_NONE
	};
	RETURN_IF_ERR(add_user(c, l, "leder", ROLE_MANAGER, &l->manager));
	RETURN_IF_ERR(add_user(c, l, "mette", ROLE_CONTACT_PERSON, &l->mette));
	RETURN_IF_ERR(add_user(c, l, "sara", ROLE_CASEWORKER, &l->caseworker));
	const Actor caseworker = { .user = l->caseworker,
				   .role = ROLE_CASEWORKER,
				   .login = STR("sara"),
				   .name = STR("Sara"),
				   .organisation = l->r->aarhus,
				   .programme = l->r->programme };
	c->actor = &caseworker;
	Err e = referral_make(c, l->r->programme, &in, &l->who);
	c->actor = NULL;
	RETURN_IF_ERR(e);
	RETURN_IF_ERR(referral_in_scope(c, &scope, l->who, &row));
	return referral_admit(c, &row, &admission);
}

static Err live(Ctx *c, void *arg)
{
	Life *l = arg;
	RETURN_IF_ERR(surveys(c, l));
	RETURN_IF_ERR(activities(c, l));
	const OidcIdentity login = { .issuer = STR("https://id.example.dk"), .subject = STR("anna-1") };
	RETURN_IF_ERR(only_with_consent(c, l));
	RETURN_IF_ERR(oidc_citizen_add(c, l->who, &login, STR_NONE));
	return decisions(c, l);
}

static Life make_life(TestRegister *r)
{
	static const MessageSettings messages = { .relay = { .relay = { STR_LIT("smtp://127.0.0.1:9") } },
						  .from = { STR_LIT("rampe@example.dk") },
						  .site = { STR_LIT("https://rampe.example.dk") },
						  .sms = { STR_LIT("%s@sms.example.dk") } };
	Life l = { .r = r };
	ctx_clear(r->c);
	r->c->messages = &messages;
	if (commit_run(r->c, come, &l) != OK || commit_run(r->c, live, &l) != OK)
		fail_msg("%.*s %.*s", STR_ARG(r->c->why), STR_ARG(r->c->problems[0].message));
	PlacementId placement;
	ContactId contact;
	PlacementIn job = placement_input(r->bakery, PLACEMENT_ORDINARY, day("2018-11-01"), day("2018-11-20"));
	ContactIn talk = contact_input(r, day("2018-11-20"));
	talk.participant = l.who;
	talk.place = PLACE_WALK_AND_TALK;
	talk.minutes = 45;
	assert_ok(put_placement(r, l.who, &job, &placement));
	assert_ok(put_contact(r, &talk, &contact));
	return l;
}

static Str copy_of(TestRegister *r, ParticipantId who)
{
	Own own;
	SeenLines seen;
	begin(r);
	assert_ok(own_collect(r->c, who, &own));
	assert_ok(seen_newest(r->c, who, SEEN_ALL, &seen));
	end(r);
	Buf *json = buf_new(r->d.db->arena, 1 << 20);
	own_json(r->c->arena, json, &own, &seen);
	return buf_str(json);
}

static bool has(Str text, const char *part)
{
	return str_find_str(text, str_of(part)) != SIZE_MAX;
}

/* A key with something in it. */
static bool has_part(Arena *a, Str json, const char *key)
{
	static const char *const filled[] = { "[{", "{", "\"" };
	for (size_t i = 0; i < sizeof filled / sizeof filled[0]; i++)
		if (has(json, str_printf(a, "\"%s\":%s", key, filled[i]).ptr))
			return true;
	return false;
}

static const char *part_of(const char *table)
{
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (strcmp(parts[i].table, table) == 0)
			return parts[i].key;
	return NULL;
}

static bool is_excepted(const char *table)
{
	for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++)
		if (strcmp(exceptions[i].table, table) == 0)
			return true;
	return false;
}

static void every_table_about_people_is_in_the_copy(void **state)
{
	TestRegister *r = *state;
	Str json = copy_of(r, make_life(r).who);
	size_t tables = 0;
	const char *last = "";
	for (const ColumnFate *f = erasure_fates; f->table != NULL; f++) {
		if (f->fate == FATE_NOT_THEIRS || strcmp(f->table, last) == 0)
			continue;
		last = f->table;
		tables++;
		const char *key = part_of(f->table);
		if ((key == NULL) != is_excepted(f->table))
			fail_msg("is %s in the copy of a citizen's data, or why not?", f->table);
		if (key != NULL && !has_part(r->c->arena, json, key))
			fail_msg("nothing of %s in the copy: %.*s", f->table, STR_ARG(json));
	}
	assert_int_equal(tables, sizeof parts / sizeof parts[0] + sizeof exceptions / sizeof exceptions[0]);
}

static void the_copy_says_where_a_talk_was_and_how_long(void **state)
{
	TestRegister *r = *state;
	Str json = copy_of(r, make_life(r).who);
	assert_true(has(json, "\"place\":\"walk_and_talk\"") && has(json, "\"follow_up\":false") &&
		    has(json, "\"minutes\":45"));
}

/* Told to the bakery alone: the phone; what it answered, by sheet and by questionnaire. */
static void the_copy_says_what_companies_were_told_and_answered(void **state)
{
	TestRegister *r = *state;
	Own own;
	ParticipantId who = make_life(r).who;
	begin(r);
	assert_ok(own_collect(r->c, who, &own));
	end(r);
	assert_int_equal(own.sheets.n, 2);
	for (size_t i = 0; i < 2; i++) {
		const OwnSheetLine *l = &own.sheets.at[i];
		bool bakery = uuid_eq(l->sheet.company.v, r->bakery.v);
		assert_int_equal(l->told.phone, bakery);
		assert_false(l->told.name || l->told.wishes || l->told.considerations || l->told.situation);
		assert_int_equal(l->answer, bakery ? SHEET_TALK : ENUM_NONE);
		assert_int_equal(l->sheet.opened_until - l->sheet.made, (Time)GUEST_SHEET_DAYS * 86400 * 1000000);
	}
	Str json = copy_of(r, who);
	assert_true(has(json, "Ring til Bent") && has(json, "Hun er dygtig") && has(json, "\"by\":\"company\""));
	assert_true(has(json, "Kursus i kasser") && has(json, "\"session\":2"));
	assert_false(has(json, "mette") || has(json, "sara") || has(json, "Viggo"));
	TenantId here = r->c->tenant;
	r->c->tenant.v.b[0] ^= 0xff;
	begin(r);
	assert_int_equal(own_collect(r->c, who, &own), ERR_NOT_FOUND);
	end(r);
	r->c->tenant = here;
}

static Err come_by_login(Ctx *c, void *arg)
{
	Str secret;
	return guest_enter_named(c, ((const Life *)arg)->who, STR("oidc https://id.example.dk"), &secret);
}

static void a_login_is_told_as_one_and_not_as_a_code(void **state)
{
	TestRegister *r = *state;
	Life l = make_life(r);
	Own before, after;
	ctx_clear(r->c);
	begin(r);
	assert_ok(own_collect(r->c, l.who, &before));
	end(r);
	assert_ok(commit_run(r->c, come_by_login, &l));
	begin(r);
	assert_ok(own_collect(r->c, l.who, &after));
	end(r);
	size_t logins = 0;
	for (size_t i = 0; i < after.codes.n; i++)
		logins += after.codes.at[i].by_login;
	assert_int_equal(after.codes.n, before.codes.n + 1);
	assert_int_equal(logins, 1);
	Str json = copy_of(r, l.who);
	assert_true(has(json, "\"logins\":[\"20"));
	size_t codes = 0, at = 0;
	for (Str rest = json; (at = str_find_str(rest, STR("\"for\":"))) != SIZE_MAX; codes++)
		rest = str_sub(rest, at + 1, rest.len);
	assert_int_equal(codes, before.codes.n);
}

/* More than any list was cut at, or refused at. */
static void the_copy_holds_all_however_long_the_lists_are(void **state)
{
	enum { MORE = 6000 };
	TestRegister *r = *state;
	Life l = make_life(r);
	Own before, after;
	begin(r);
	assert_ok(own_collect(r->c, l.who, &before));
	end(r);
	database_script(
		&r->d,
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) INSERT INTO answer "
		"(tenant, response, question, choice, respondent) SELECT tenant, response, question, 'x' || i, "
		"respondent FROM (SELECT * FROM answer LIMIT 1) a, n;"
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000) INSERT INTO "
		"guest_code (tenant, id, hash, role, participant, made, expires, ended, tries) SELECT tenant, "
		"randomblob(16), randomblob(32), role, participant, made, expires, made, 0 FROM (SELECT * FROM "
		"guest_code LIMIT 1) k, n",
		"INSERT INTO answer (tenant, response, question, choice, respondent) SELECT tenant, response, "
		"question, 'x' || i, respondent FROM (SELECT * FROM answer LIMIT 1) a, generate_series(1, 6000) i;"
		"INSERT INTO guest_code (tenant, id, hash, role, participant, made, expires, ended, tries) SELECT "
		"tenant, gen_random_uuid(), decode(md5(i::text), 'hex'), role, participant, made, expires, made, 0 "
		"FROM (SELECT * FROM guest_code LIMIT 1) k, generate_series(1, 6000) i");
	begin(r);
	assert_ok(own_collect(r->c, l.who, &after));
	end(r);
	assert_int_equal(after.answers.n, before.answers.n + MORE);
	assert_int_equal(after.codes.n, before.codes.n + MORE);
}

/* ---- who has looked ---------------------------------------------------------------- */

/* As the actor, in a commit of its own. */
static void does(Life *l, const Actor *actor, Err (*work)(Ctx *c, void *arg))
{
	TestRegister *r = l->r;
	ctx_clear(r->c);
	r->c->actor = actor;
	assert_ok(commit_run(r->c, work, l));
	r->c->actor = NULL;
}

static Err breaks_the_glass(Ctx *c, void *arg)
{
	return relation_break_glass(c, ((const Life *)arg)->who, STR("Hun svarer ikke på telefonen"));
}

static Err changes(Ctx *c, void *arg)
{
	const Life *l = arg;
	return feature_audit(c, "participant.change", "participant", l->who.v, l->who);
}

static Err says_yes(Ctx *c, void *arg)
{
	static int said; /* each with another end: none that is said already */
	ConsentId id;
	const ConsentIn in = { .purpose = CONSENT_QUOTES,
			       .receiver_name = STR_NONE,
			       .since = DATE_NONE,
			       .until = day("2030-01-01") + said++ };
	return consent_give(c, ((const Life *)arg)->who, &in, &id);
}

/* With a wrong birthday. */
static Err tries_a_code(Ctx *c, void *arg)
{
	bool right;
	Str code, secret;
	RETURN_IF_ERR(guest_invite(c, ROLE_CITIZEN, ((const Life *)arg)->who, (SheetId){ UUID_NONE }, &code));
	return guest_enter(c, code, day("1999-01-01"), &right, &secret);
}

/* With the right one, in the role. */
static Err comes_in(Ctx *c, const Life *l, Role role, GuestCodeId *by)
{
	bool right;
	Str code, secret;
	GuestCode row;
	Date born = DATE_NONE;
	RETURN_IF_ERR(guest_born(c, l->who, &born));
	if (role == ROLE_COMPANY)
		RETURN_IF_ERR(sheet_make(c, l->who, l->r->garage, &code));
	else
		RETURN_IF_ERR(guest_invite(c, ROLE_CITIZEN, l->who, (SheetId){ UUID_NONE }, &code));
	RETURN_IF_ERR(guest_look(c, code, &row));
	*by = row.id;
	return guest_enter(c, code, born, &right, &secret);
}

static Err comes_in_by_code(Ctx *c, void *arg)
{
	Life *l = arg;
	return comes_in(c, l, ROLE_CITIZEN, &l->came_by);
}

static Err comes_in_by_sheet(Ctx *c, void *arg)
{
	GuestCodeId by;
	return comes_in(c, arg, ROLE_COMPANY, &by);
}

static Err comes_in_by_login(Ctx *c, void *arg)
{
	Str secret;
	return guest_enter_named(c, ((const Life *)arg)->who, STR("127.0.0.1 oidc https://id.example.dk"), &secret);
}

static SeenLine newest(Life *l)
{
	TestRegister *r = l->r;
	SeenLines lines;
	begin(r);
	assert_ok(seen_newest(r->c, l->who, SEEN_MOST, &lines));
	end(r);
	return lines.at[0];
}

static void the_log_says_who_and_why(void **state)
{
	Life l = make_life(*state);
	const Actor manager = { .user = l.manager, .role = ROLE_MANAGER, .login = STR("leder") };
	const Actor mette = { .user = l.mette, .role = ROLE_CONTACT_PERSON, .login = STR("mette") };
	const Actor sara = { .user = l.caseworker, .role = ROLE_CASEWORKER, .login = STR("sara") };
	does(&l, &actor_public, comes_in_by_code);
	const Actor citizen = { .role = ROLE_CITIZEN, .login = STR("citizen"), .guest = l.came_by };
	const Actor other = { .role = ROLE_CITIZEN, .login = STR("citizen"), .guest = { l.who.v } };
	const Actor company = { .role = ROLE_COMPANY, .login = STR("company"), .guest = { l.who.v } };
	const struct {
		const Actor *actor;
		SeenWho who;
	} cases[] = { { &manager, SEEN_MANAGER }, { &mette, SEEN_OWN_CONTACT_PERSON }, { &sara, SEEN_CASEWORKER },
		      { &citizen, SEEN_CITIZEN }, { &other, SEEN_OTHER_CITIZEN },      { &company, SEEN_COMPANY },
		      { NULL, SEEN_PROGRAM },     { &actor_public, SEEN_STRANGER } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		does(&l, cases[i].actor, changes);
		assert_int_equal(newest(&l).who, cases[i].who);
	}
	does(&l, &manager, breaks_the_glass);
	assert_true(str_eq_z(newest(&l).reason, "Hun svarer ikke på telefonen"));
	does(&l, &citizen, says_yes);
	assert_int_equal(newest(&l).purpose, CONSENT_QUOTES);
	assert_true(str_is_none(newest(&l).reason));
	does(&l, &actor_public, tries_a_code);
	assert_int_equal(newest(&l).outcome, AUDIT_FAILED);
	assert_int_equal(newest(&l).who, SEEN_STRANGER);
	assert_string_equal(newest(&l).to_citizen, "came in by a code");
	Str json = copy_of(l.r, l.who);
	assert_true(has(json, "\"who\":\"own_contact_person\",\"action\":\"participant.change\""));
	assert_true(has(json, "\"action\":\"relation.emergency\",\"purpose\":null,\"reason\":\"Hun svarer"));
	assert_true(has(json, "\"action\":\"guest.login\",\"purpose\":null,\"reason\":null,\"outcome\":\"failed\""));
}

/* The log has the visitor that each of them was until then. */
static void coming_in__is_who_came_and_by_what(void **state)
{
	Life l = make_life(*state);
	const struct {
		Err (*work)(Ctx *c, void *arg);
		SeenWho who;
		const char *what;
	} cases[] = { { comes_in_by_code, SEEN_CITIZEN, "came in by a code" },
		      { comes_in_by_login, SEEN_CITIZEN, "came in by a login that you have chosen" },
		      { comes_in_by_sheet, SEEN_COMPANY, "opened the sheet about you" } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		does(&l, &actor_public, cases[i].work);
		assert_int_equal(newest(&l).who, cases[i].who);
		assert_string_equal(newest(&l).to_citizen, cases[i].what);
	}
}

static void a_consent_says_who_gave_it(void **state)
{
	static const Actor citizen = { .role = ROLE_CITIZEN,
				       .login = { STR_LIT("citizen") },
				       .name = { STR_LIT("Borger") } };
	static const Actor mette = { .role = ROLE_CONTACT_PERSON,
				     .login = { STR_LIT("mette") },
				     .name = { STR_LIT("citizen") } };
	const struct {
		const Actor *actor;
		const char *by;
	} cases[] = { { &citizen, "citizen" }, { &mette, "mette" }, { NULL, "cli" } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		Life l = { .r = *state, .who = ((TestRegister *)*state)->anna };
		ConsentLineList all;
		size_t given = 0;
		does(&l, cases[i].actor, says_yes);
		begin(l.r);
		assert_ok(consent_of(l.r->c, l.who, &all));
		end(l.r);
		for (size_t k = 0; k < all.n; k++)
			given += all.at[k].purpose == CONSENT_QUOTES && str_eq_z(all.at[k].given_by, cases[i].by);
		assert_int_equal(given, 1);
	}
}

/* A login from before such were refused. */
static void a_login_does_not_say_who(void **state)
{
	Life l = make_life(*state);
	const char *names[] = { "citizen", "company", "cli", "unknown", "" };
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const Actor manager = { .user = l.manager, .role = ROLE_MANAGER, .login = str_of(names[i]) };
		does(&l, &manager, changes);
		assert_int_equal(newest(&l).who, SEEN_MANAGER);
	}
}

static void the_newest_are_the_newest(void **state)
{
	Life l = make_life(*state);
	SeenLines all, some;
	for (int i = 0; i < 100; i++)
		does(&l, NULL, changes);
	does(&l, NULL, says_yes);
	begin(l.r);
	assert_ok(seen_newest(l.r->c, l.who, SEEN_ALL, &all));
	assert_ok(seen_newest(l.r->c, l.who, 70, &some));
	end(l.r);
	assert_true(all.n > 110);
	assert_int_equal(all.n, all.all);
	assert_int_equal(some.n, 70);
	assert_int_equal(some.all, all.n);
	assert_true(str_eq_z(some.at[0].action, "consent.give") && str_eq_z(some.at[69].action, "participant.change"));
	assert_true(str_eq_z(all.at[all.n - 1].action, "referral.make"));
}

#define LIFE(f) cmocka_unit_test_setup_teardown(f, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		LIFE(every_table_about_people_is_in_the_copy),
		LIFE(the_copy_says_what_companies_were_told_and_answered),
		LIFE(the_copy_says_where_a_talk_was_and_how_long),
		LIFE(a_login_is_told_as_one_and_not_as_a_code),
		LIFE(the_copy_holds_all_however_long_the_lists_are),
		LIFE(the_log_says_who_and_why),
		LIFE(coming_in__is_who_came_and_by_what),
		LIFE(a_consent_says_who_gave_it),
		LIFE(a_login_does_not_say_who),
		LIFE(the_newest_are_the_newest),
	};
	return register_run("own", tests, sizeof tests / sizeof tests[0]);
}
