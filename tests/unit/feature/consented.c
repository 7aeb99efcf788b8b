/* What stands by a citizen's consent alone, over HTTP: without the consent it is neither taken nor shown, and when
 * the consent is withdrawn it is gone. */
#include "../access/served.h"
#include "access/consent.h"
#include "app/lists.h"
#include "fates.h"
#include "feature/answers/answers.h"
#include "feature/citizen/own.h"
#include "feature/diagnosis/diagnosis.h"
#include "feature/network/network.h"
#include "feature/seen/seen.h"

#include <string.h>

static Served served;

static int set_up(void **state)
{
	served_make(&served, feature_routes);
	*state = &served;
	return 0;
}

static int tear_down(void **state)
{
	served_remove(*state);
	return 0;
}

static Str anna(Served *s, const char *below)
{
	Str id = uuid_str(s->arena, s->register_->anna.v);
	return str_printf(s->arena, "/borger/%.*s%s", STR_ARG(id), below);
}

static Reply get(Served *s, int who, Str target)
{
	return served_as(s, who, "GET", target.ptr, NULL, STR(""));
}

static Reply post(Served *s, int who, Str target, const char *body)
{
	return served_as(s, who, "POST", target.ptr, "application/x-www-form-urlencoded", str_of(body));
}

/* Of a yes that was given by the staff's form: the newest. */
static ConsentId says_yes(Served *s, const char *body)
{
	TestRegister *r = s->register_;
	ConsentLineList all;
	Str id = uuid_str(s->arena, r->anna.v), said = str_printf(s->arena, "%s&after_no=%.*s", body, STR_ARG(id));
	served_wait(s, 1);
	assert_int_equal(post(s, WHO_AARHUS, anna(s, "/samtykke"), str_z(s->arena, said)).status, 303);
	begin(r);
	assert_ok(consent_of(r->c, r->anna, &all));
	end(r);
	return all.at[0].id;
}

static void says_no(Served *s, ConsentId id)
{
	Str text = uuid_str(s->arena, id.v);
	Str path = str_printf(s->arena, "/samtykke/%.*s/tilbage", STR_ARG(text));
	assert_int_equal(post(s, WHO_AARHUS, anna(s, path.ptr), "x=1").status, 303);
}

/* ---- those close to the citizen ------------------------------------------------------ */

static Reply write_down(Served *s, ConsentId consent, const char *rest)
{
	Str id = uuid_str(s->arena, consent.v);
	return post(s, WHO_AARHUS, anna(s, "/netvaerk"),
		    str_printf(s->arena, "consent=%.*s&%s", STR_ARG(id), rest).ptr);
}

static const char karen[] = "name=Karen+Kanariefugl&relation=mor&phone=87654321&email=karen%40example.dk";

static NetworkPersonList invited(Served *s, Date on)
{
	TestRegister *r = s->register_;
	NetworkPersonList list;
	begin(r);
	assert_ok(network_invited(r->c, r->anna, on, &list));
	end(r);
	return list;
}

static int64_t written_down(Served *s)
{
	TestRegister *r = s->register_;
	return rows_filled(r, "network_person", "name", "participant", r->anna.v);
}

static void network__is_written_down_only_by_the_citizens_invitation(void **state)
{
	Served *s = *state;
	ConsentId other = says_yes(s, "purpose=quotes");
	assert_int_equal(get(s, WHO_AARHUS, anna(s, "/netvaerk")).status, 403);
	assert_int_equal(write_down(s, other, karen).status, 403);
	assert_int_equal(write_down(s, other, "name=").status, 403); /* nor is the form shown again */
	assert_false(has(get(s, WHO_AARHUS, anna(s, "/beslutter")).body, "/netvaerk"));
	ConsentId mother = says_yes(s, "purpose=invite_network&receiver_name=Min+mor");
	assert_true(has(get(s, WHO_AARHUS, anna(s, "/beslutter")).body, "/netvaerk"));
	assert_true(has(get(s, WHO_AARHUS, anna(s, "/netvaerk")).body, "Min mor"));
	Reply wrong = write_down(s, other, karen);
	assert_int_equal(wrong.status, 422);
	assert_true(has(wrong.body, "id=\"consent-error\"") || has(wrong.body, "#consent"));
	assert_int_equal(write_down(s, mother, "name=Karen").status, 422);
	assert_int_equal(written_down(s), 0);
	assert_int_equal(write_down(s, mother, karen).status, 303);
	assert_int_equal(written_down(s), 1);
	assert_int_equal(served_audited(s, "network.add", AUDIT_DONE), 1);
	Reply page = get(s, WHO_AARHUS, anna(s, ""));
	assert_true(has(page.body, "Karen Kanariefugl") && has(page.body, "87654321"));
	assert_int_equal(get(s, WHO_MANAGER, anna(s, "/netvaerk")).status, 200);
	assert_int_equal(get(s, WHO_RANDERS, anna(s, "/netvaerk")).status, 404);
	assert_int_equal(get(s, WHO_EVALUATOR, anna(s, "/netvaerk")).status, 403);
	assert_false(rows_in_files(s->register_, STR("Kanariefugl")) ||
		     rows_in_files(s->register_, STR("karen@example.dk")));
}

static void network__is_gone_with_the_invitation_and_with_no_other(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	ConsentId mother = says_yes(s, "purpose=invite_network&receiver_name=Min+mor");
	ConsentId friend = says_yes(s, "purpose=invite_network&receiver_name=Ole");
	assert_int_equal(write_down(s, mother, karen).status, 303);
	assert_int_equal(write_down(s, friend, "name=Ole+Odde&relation=ven").status, 303);
	says_no(s, mother);
	Reply page = get(s, WHO_AARHUS, anna(s, ""));
	assert_true(has(page.body, "Ole Odde") && !has(page.body, "Karen"));
	assert_int_equal(written_down(s), 1);
	Own own;
	begin(r);
	assert_ok(own_collect(r->c, r->anna, &own));
	end(r);
	assert_int_equal(own.network.n, 1);
	assert_true(str_eq_z(own.network.at[0].relation, "ven"));
	Str id = uuid_str(s->arena, own.network.at[0].id.v);
	Str path = anna(s, str_printf(s->arena, "/netvaerk/%.*s/fjern", STR_ARG(id)).ptr);
	assert_int_equal(post(s, WHO_RANDERS, path, "x=1").status, 404);
	assert_int_equal(written_down(s), 1);
	assert_int_equal(post(s, WHO_AARHUS, path, "x=1").status, 303);
	assert_int_equal(post(s, WHO_AARHUS, path, "x=1").status, 404);
	assert_int_equal(written_down(s), 0);
}

static void network__is_not_shown_when_the_invitation_has_run_out(void **state)
{
	Served *s = *state;
	ConsentId mother =
		says_yes(s, "purpose=invite_network&receiver_name=Min+mor&since=2018-11-01&until=2018-11-30");
	assert_int_equal(write_down(s, mother, karen).status, 303);
	assert_int_equal(invited(s, day("2018-11-30")).n, 1);
	assert_int_equal(invited(s, day("2018-12-01")).n, 0);
	assert_int_equal(invited(s, day("2018-10-31")).n, 0);
	ConsentId past = says_yes(s, "purpose=invite_network&receiver_name=Ole&since=2018-01-01&until=2018-11-29");
	assert_int_equal(write_down(s, past, "name=Ole&relation=ven").status, 422);
}

static bool swept(Served *s)
{
	TestRegister *r = s->register_;
	bool any = false;
	ctx_clear(r->c);
	const Clock *clock = r->c->clock;
	r->c->clock = &s->clock.clock;
	assert_ok(consent_sweep(r->c, NULL, &any));
	r->c->clock = clock;
	return any;
}

/* Entries about Anna. */
static int64_t told(Served *s, const char *action)
{
	TestRegister *r = s->register_;
	SeenLines seen;
	int64_t n = 0;
	begin(r);
	assert_ok(seen_newest(r->c, r->anna, SEEN_MOST, &seen));
	end(r);
	for (size_t i = 0; i < seen.n; i++)
		n += str_eq_z(seen.at[i].action, action);
	return n;
}

static void network__is_erased_when_the_invitation_has_run_out_or_is_withdrawn(void **state)
{
	Served *s = *state;
	ConsentId mother =
		says_yes(s, "purpose=invite_network&receiver_name=Min+mor&since=2018-11-01&until=2018-11-30");
	ConsentId friend = says_yes(s, "purpose=invite_network&receiver_name=Ole");
	assert_int_equal(write_down(s, mother, karen).status, 303);
	assert_int_equal(write_down(s, friend, "name=Ole+Odde&relation=ven").status, 303);
	assert_false(swept(s));
	says_no(s, friend);
	assert_int_equal(told(s, "network.forget"), 1);
	assert_int_equal(written_down(s), 1);
	served_wait(s, 24 * 3600);
	assert_true(swept(s));
	assert_int_equal(written_down(s), 0);
	assert_int_equal(told(s, "network.forget"), 2);
	assert_false(swept(s));
}

/* ---- diagnoses ---------------------------------------------------------------------- */

static Str programme(Served *s, const char *below)
{
	Str id = uuid_str(s->arena, s->register_->programme.v);
	return str_printf(s->arena, "/projekt/%.*s%s", STR_ARG(id), below);
}

static void turn_on(Served *s)
{
	assert_int_equal(post(s, WHO_MANAGER, programme(s, "/diagnoser"), "on=true&erases=0&why=Aftalt").status, 303);
}

static int64_t diagnoses(Served *s)
{
	TestRegister *r = s->register_;
	return rows_filled(r, "diagnosis", "words", "participant", r->anna.v);
}

static const char canary[] = "words=Kanariefugl+i+hovedet";

static Reply write_diagnosis(Served *s, const char *body)
{
	return post(s, WHO_AARHUS, anna(s, "/diagnose"), body);
}

static void diagnosis__wants_both_the_programme_and_the_citizen(void **state)
{
	Served *s = *state;
	Str page = anna(s, "/diagnose");
	assert_int_equal(get(s, WHO_AARHUS, page).status, 403);
	assert_int_equal(write_diagnosis(s, canary).status, 403);
	ConsentId yes = says_yes(s, "purpose=diagnoses");
	assert_int_equal(get(s, WHO_AARHUS, page).status, 403);
	assert_int_equal(write_diagnosis(s, canary).status, 403);
	says_no(s, yes);
	turn_on(s);
	assert_int_equal(get(s, WHO_AARHUS, page).status, 403);
	assert_int_equal(write_diagnosis(s, canary).status, 403);
	assert_false(has(get(s, WHO_AARHUS, anna(s, "")).body, "/diagnose"));
	assert_int_equal(diagnoses(s), 0);
	(void)says_yes(s, "purpose=diagnoses");
	assert_true(has(get(s, WHO_AARHUS, anna(s, "")).body, "/diagnose"));
	assert_int_equal(write_diagnosis(s, "words=").status, 422);
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	assert_int_equal(write_diagnosis(s, canary).status, 409); /* something stands there by now */
	assert_true(has(get(s, WHO_AARHUS, page).body, "Kanariefugl i hovedet"));
	assert_true(has(get(s, WHO_MANAGER, page).body, "Kanariefugl i hovedet"));
	assert_int_equal(get(s, WHO_RANDERS, page).status, 404);
	assert_int_equal(get(s, WHO_EVALUATOR, page).status, 403);
	assert_int_equal(get(s, WHO_ADMIN, page).status, 403);
	assert_false(rows_in_files(s->register_, STR("Kanariefugl")));
	assert_int_equal(write_diagnosis(s, "version=1&words=Kanariefugl+igen").status, 303);
	assert_int_equal(write_diagnosis(s, "version=1&words=x").status, 409);
	assert_int_equal(write_diagnosis(s, "version=2&words=").status, 422); /* nothing is erased by the way */
	assert_int_equal(write_diagnosis(s, "version=2&words=Kanariefugl+igen&erase=true").status, 303);
	assert_int_equal(diagnoses(s), 0);
}

static void diagnosis__stands_on_no_page_but_its_own(void **state)
{
	Served *s = *state;
	turn_on(s);
	(void)says_yes(s, "purpose=diagnoses");
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	const Str pages[] = { anna(s, ""), anna(s, "/beslutter"), anna(s, "/ret"),         STR("/borgere"),
			      STR("/"),    STR("/evaluering"),    STR("/evaluering/html"), programme(s, "/diagnoser") };
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		Reply r = get(s, WHO_MANAGER, pages[i]);
		assert_int_equal(r.status, 200);
		assert_false(has(r.body, "Kanariefugl"));
	}
	TestRegister *r = s->register_;
	Own own;
	begin(r);
	assert_ok(own_collect(r->c, r->anna, &own));
	Buf *json = buf_new(r->c->arena, 1 << 20);
	own_json(r->c->arena, json, &own, &(SeenLines){ 0 });
	end(r);
	assert_true(has(buf_str(json), "Kanariefugl i hovedet"));
}

static void diagnosis__is_erased_when_the_citizen_says_no(void **state)
{
	Served *s = *state;
	turn_on(s);
	ConsentId yes = says_yes(s, "purpose=diagnoses&until=2030-01-01"), again = says_yes(s, "purpose=diagnoses");
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	says_no(s, says_yes(s, "purpose=quotes"));
	says_no(s, again);
	assert_int_equal(diagnoses(s), 1); /* the other one allows it */
	says_no(s, yes);
	assert_int_equal(diagnoses(s), 0);
	assert_int_equal(served_audited(s, "diagnosis.erase", AUDIT_DONE), 1);
	assert_int_equal(get(s, WHO_AARHUS, anna(s, "/diagnose")).status, 403);
	(void)says_yes(s, "purpose=diagnoses");
	assert_false(has(get(s, WHO_AARHUS, anna(s, "/diagnose")).body, "Kanariefugl"));
}

/* The row is there still; a yes that has run out shows it neither on the page nor when the form is sent wrongly. */
static void diagnosis__is_not_shown_when_the_yes_has_run_out(void **state)
{
	Served *s = *state;
	Reply r;
	turn_on(s);
	ConsentId yes = says_yes(s, "purpose=diagnoses&since=2018-11-01&until=2018-11-30");
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	served_wait(s, 24 * 3600);
	Str session = served_login(s, "aarhus", PASSWORD, &r);
	Str headers = str_printf(s->arena, "Cookie: rampe_session=%.*s\r\n", STR_ARG(session));
	Str page = served_ask(s, "GET", anna(s, "/beslutter").ptr, headers.ptr, STR("")).body;
	size_t at = str_find_str(page, STR("name=\"csrf\" value=\"")) + 19;
	Str csrf = str_sub(page, at, str_find(page, '"', at));
	assert_int_equal(served_ask(s, "GET", anna(s, "/diagnose").ptr, headers.ptr, STR("")).status, 403);
	headers = str_printf(s->arena, "%.*sX-CSRF-Token: %.*s\r\nContent-Type: application/x-www-form-urlencoded\r\n",
			     STR_ARG(headers), STR_ARG(csrf));
	r = served_ask(s, "POST", anna(s, "/diagnose").ptr, headers.ptr, STR("version=wrong"));
	assert_int_equal(r.status, 403);
	assert_false(has(r.body, "Kanariefugl"));
	assert_int_equal(diagnoses(s), 1);
	Str id = uuid_str(s->arena, yes.v);
	Str path = anna(s, str_printf(s->arena, "/samtykke/%.*s/tilbage", STR_ARG(id)).ptr);
	assert_int_equal(served_ask(s, "POST", path.ptr, headers.ptr, STR("x=1")).status, 303);
	assert_int_equal(diagnoses(s), 0);
}

static void diagnosis__is_erased_when_the_yes_has_run_out(void **state)
{
	Served *s = *state;
	turn_on(s);
	(void)says_yes(s, "purpose=diagnoses&since=2018-11-01&until=2018-11-30");
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	assert_false(swept(s));
	served_wait(s, 24 * 3600);
	assert_true(swept(s));
	assert_int_equal(diagnoses(s), 0);
	assert_int_equal(told(s, "diagnosis.erase"), 1);
	assert_false(swept(s));
}

static void diagnosis__is_erased_when_the_programme_turns_it_off(void **state)
{
	Served *s = *state;
	Str page = programme(s, "/diagnoser");
	turn_on(s);
	(void)says_yes(s, "purpose=diagnoses");
	assert_int_equal(write_diagnosis(s, canary).status, 303);
	assert_int_equal(post(s, WHO_MANAGER, page, "on=true&erases=1&why=Igen").status, 409);
	assert_int_equal(post(s, WHO_MANAGER, page, "erases=0&why=Slut").status, 409);
	assert_int_equal(post(s, WHO_MANAGER, page, "erases=1").status, 422);
	assert_int_equal(post(s, WHO_AARHUS, page, "erases=1&why=Slut").status, 403);
	assert_int_equal(diagnoses(s), 1);
	assert_true(has(get(s, WHO_MANAGER, page).body, "Something is written down about one citizen"));
	assert_int_equal(post(s, WHO_MANAGER, page, "erases=1&why=Slut+nu").status, 303);
	assert_int_equal(diagnoses(s), 0);
	assert_int_equal(served_audited(s, "diagnosis.erase", AUDIT_DONE), 1);
	assert_int_equal(served_audited(s, "diagnosis.off", AUDIT_DONE), 1);
	assert_true(has(get(s, WHO_MANAGER, page).body, "Slut nu"));
	assert_int_equal(get(s, WHO_AARHUS, anna(s, "/diagnose")).status, 403);
	turn_on(s);
	assert_false(has(get(s, WHO_AARHUS, anna(s, "/diagnose")).body, "Kanariefugl"));
}

/* ---- answers for the evaluator --------------------------------------------------------- */

typedef struct {
	TestRegister *r;
	ParticipantId bo, carla;
	QuestionId degree, several, number, words;
	WaveId start, end, companies;
} Asked;

static const OptionIn degrees[] = { { .code = { "high", 4 }, .label = { "I høj grad", 11 }, .on_scale = true },
				    { .code = { "low", 3 }, .label = { "=Slet ikke", 10 }, .on_scale = true } };
static const OptionIn helped[] = { { .code = { "talk", 4 }, .label = { "Samtaler", 8 } },
				   { .code = { "job", 3 }, .label = { "Praktik", 7 } } };

static Err add_question(Ctx *c, const Asked *a, const char *code, int kind, const OptionIn *options, QuestionId *out)
{
	static int64_t position;
	QuestionIn in = { .code = str_of(code),
			  .position = ++position,
			  .kind = kind,
			  .wording = STR("Hvad?"),
			  .options = options,
			  .option_count = options == NULL ? 0 : 2 };
	return survey_question_add(c, a->r->programme, &in, out);
}

static Err answer(Ctx *c, WaveId wave, ParticipantId who, const char *on, const AnswerIn *answers, size_t n)
{
	ResponseId id;
	RETURN_IF_ERR(survey_invite(c, wave, who, (CompanyId){ UUID_NONE }, day("2018-01-02"), &id));
	return survey_answer(c, id, day(on), n > 1, answers, n);
}

/* Anna and Bo answer at the start and the end, Carla at the start; a company answers about Anna. */
static Err ask_all(Ctx *c, void *arg)
{
	Asked *a = arg;
	RETURN_IF_ERR(add_question(c, a, "degree", QUESTION_DEGREE, degrees, &a->degree));
	RETURN_IF_ERR(add_question(c, a, "helped", QUESTION_MULTIPLE, helped, &a->several));
	RETURN_IF_ERR(add_question(c, a, "hours", QUESTION_NUMBER, NULL, &a->number));
	RETURN_IF_ERR(add_question(c, a, "why", QUESTION_TEXT, NULL, &a->words));
	const QuestionId all[] = { a->degree, a->several, a->number, a->words };
	ProgrammeId p = a->r->programme;
	RETURN_IF_ERR(survey_wave_add(c, p, STR("start"), RESPONDENT_CITIZEN, all, 4, &a->start));
	RETURN_IF_ERR(survey_wave_add(c, p, STR("end"), RESPONDENT_CITIZEN, all, 4, &a->end));
	RETURN_IF_ERR(survey_wave_add(c, p, STR("end"), RESPONDENT_COMPANY, all, 4, &a->companies));
	const double none = (double)NAN;
	const AnswerIn full[] = {
		{ .question = a->degree, .choice = STR("high"), .number = none, .words = STR_NONE },
		{ .question = a->several, .choice = STR("job"), .number = none, .words = STR_NONE },
		{ .question = a->number, .choice = STR_NONE, .number = 7.5, .words = STR_NONE },
		{ .question = a->words, .choice = STR_NONE, .number = none, .words = STR("Kanariefugl og det hele") }
	};
	const AnswerIn part = { .question = a->degree, .choice = STR("low"), .number = none, .words = STR_NONE };
	RETURN_IF_ERR(answer(c, a->start, a->r->anna, "2018-01-17", full, 4));
	RETURN_IF_ERR(answer(c, a->start, a->bo, "2018-02-03", full, 4));
	RETURN_IF_ERR(answer(c, a->start, a->carla, "2018-02-04", full, 4));
	RETURN_IF_ERR(answer(c, a->end, a->r->anna, "2018-11-05", &part, 1));
	RETURN_IF_ERR(answer(c, a->end, a->bo, "2018-11-06", full, 4));
	return answer(c, a->companies, a->r->anna, "2018-11-07", full, 4);
}

typedef struct {
	ParticipantId who;
	const char *since, *until;
	ConsentId id;
} Giving;

static Err give_answers(Ctx *c, void *arg)
{
	Giving *g = arg;
	const ConsentIn in = { .purpose = CONSENT_ANSWERS,
			       .receiver_name = STR_NONE,
			       .since = day(g->since),
			       .until = g->until == NULL ? DATE_NONE : day(g->until) };
	return consent_give(c, g->who, &in, &g->id);
}

static Err take_back(Ctx *c, void *arg)
{
	const Giving *g = arg;
	return consent_withdraw(c, g->who, g->id);
}

static void run(Served *s, Err (*work)(Ctx *c, void *arg), void *arg)
{
	ctx_clear(s->register_->c);
	assert_ok(commit_run(s->register_->c, work, arg));
}

static Asked ask_everybody(Served *s)
{
	TestRegister *r = s->register_;
	Asked a = { .r = r };
	ParticipantIn bo = participant_input(r, "Bo Bæk", "7506751002", day("2016-09-01"));
	ParticipantIn carla = participant_input(r, "Carla Dal", "7506751004", day("2016-09-01"));
	assert_ok(put_participant(r, &bo, &a.bo));
	assert_ok(put_participant(r, &carla, &a.carla));
	run(s, ask_all, &a);
	return a;
}

static Str answers_path(Served *s, WaveId wave, const char *file)
{
	Str id = uuid_str(s->arena, wave.v);
	return programme(s, str_printf(s->arena, "/svar/%.*s/%s", STR_ARG(id), file).ptr);
}

static Reply rows_of(Served *s, WaveId wave)
{
	Reply r = get(s, WHO_EVALUATOR, answers_path(s, wave, "csv"));
	assert_int_equal(r.status, 200);
	return r;
}

static int lines(Str file)
{
	int n = 0;
	for (size_t i = 0; i < file.len; i++)
		n += file.ptr[i] == '\n';
	return n;
}

/* The pseudonym that a row which ends so begins with. */
static Str pseudonym_before(Str file, const char *rest)
{
	size_t at = str_find_str(file, str_of(rest));
	assert_true(at != SIZE_MAX && at >= 32);
	return str_sub(file, at - 32, at);
}

static void answers__are_given_of_those_alone_who_say_yes_today(void **state)
{
	Served *s = *state;
	Asked a = ask_everybody(s);
	Giving anna_gives = { .who = s->register_->anna, .since = "2018-11-01" };
	Giving bo_gave = { .who = a.bo, .since = "2018-01-01", .until = "2018-11-29" };
	Giving carla_will = { .who = a.carla, .since = "2018-12-01" };
	assert_true(str_eq_z(rows_of(s, a.start).body,
			     "\xef\xbb\xbf"
			     "pseudonym;month;complete;degree;helped_talk;helped_job;hours\r\n"));
	run(s, give_answers, &anna_gives);
	run(s, give_answers, &bo_gave);
	run(s, give_answers, &carla_will);
	Str start = rows_of(s, a.start).body, end = rows_of(s, a.end).body;
	Str me = pseudonym_before(start, ";201801;1;high;0;1;7,5\r\n");
	assert_true(str_eq(me, pseudonym_before(end, ";201811;0;low;;;\r\n"))); /* start and end can be paired */
	assert_int_equal(lines(start), 2);                                      /* the heading, and nobody else's row */
	assert_int_equal(lines(end), 2);
	assert_false(has(start, "Kanariefugl") || has(start, "Anna") || has(start, "2018-01") || has(start, "7506"));
	Str page = get(s, WHO_EVALUATOR, programme(s, "/svar")).body;
	assert_true(has(page, ">3</td><td class=\"align-text-right\">1</td><td class=\"align-text-right\">2</td>"));
	run(s, give_answers, &(Giving){ .who = a.bo, .since = "2018-11-30" });
	Str both = rows_of(s, a.start).body;
	Str bo = pseudonym_before(both, ";201802;1;high;0;1;7,5\r\n");
	assert_false(str_eq(me, bo));
	assert_true((str_cmp(me, bo) < 0) == (str_find_str(both, me) < str_find_str(both, bo))); /* in no other order */
	TestRegister *r = s->register_;
	Answers alone;
	begin(r);
	assert_ok(answers_columns(r->c, r->programme, a.start, &alone)); /* reads nobody's answers */
	assert_int_equal(alone.column_count, 4);
	assert_true(alone.row_count == 0 && alone.rows == NULL);
	assert_int_equal(answers_columns(r->c, r->programme, a.companies, &alone), ERR_NOT_FOUND);
	db_end_read(r->c);
	run(s, take_back, &anna_gives);
	assert_false(has(rows_of(s, a.start).body, str_z(s->arena, me)));
	assert_false(has(rows_of(s, a.end).body, str_z(s->arena, me)));
}

static void answers__go_to_the_evaluator_and_the_manager_with_proof_and_trace(void **state)
{
	Served *s = *state;
	Asked a = ask_everybody(s);
	Str csv = answers_path(s, a.start, "csv"), codes = answers_path(s, a.start, "koder");
	run(s, give_answers, &(Giving){ .who = s->register_->anna, .since = "2018-11-01" });
	assert_int_equal(get(s, WHO_AARHUS, csv).status, 403);
	assert_int_equal(get(s, WHO_ADMIN, csv).status, 403);
	assert_int_equal(get(s, WHO_EVALUATOR, answers_path(s, a.companies, "csv")).status, 404);
	assert_int_equal(get(s, WHO_EVALUATOR, answers_path(s, (WaveId){ s->register_->anna.v }, "csv")).status, 404);
	assert_int_equal(served_audited(s, "answers.export", AUDIT_DONE), 0);
	assert_int_equal(get(s, WHO_MANAGER, csv).status, 200);
	run(s, give_answers,
	    &(Giving){ .who = a.bo, .since = "2018-11-01" }); /* and what waits for the audit is in it */
	assert_int_equal(served_audited(s, "answers.export", AUDIT_DONE), 2); /* the file, and Anna's in it */
	Str told = get(s, WHO_EVALUATOR, codes).body;
	assert_true(has(told, "degree;Hvad?;high;I høj grad\r\n") && has(told, "degree;Hvad?;low;'=Slet ikke\r\n"));
	assert_true(has(told, "helped_job;Hvad?;1;Praktik\r\n") && has(told, "hours;Hvad?;;\r\n"));
	assert_false(has(told, "why"));
	served_wait(s, 601);
	Reply late = get(s, WHO_EVALUATOR, csv);
	assert_int_equal(late.status, 303);
	assert_true(has(late.head, "/konto/bekraeft"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(network__is_written_down_only_by_the_citizens_invitation, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(network__is_gone_with_the_invitation_and_with_no_other, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(network__is_not_shown_when_the_invitation_has_run_out, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(network__is_erased_when_the_invitation_has_run_out_or_is_withdrawn,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__wants_both_the_programme_and_the_citizen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__stands_on_no_page_but_its_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__is_erased_when_the_yes_has_run_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__is_erased_when_the_citizen_says_no, set_up, tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__is_not_shown_when_the_yes_has_run_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(diagnosis__is_erased_when_the_programme_turns_it_off, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(answers__are_given_of_those_alone_who_say_yes_today, set_up, tear_down),
		cmocka_unit_test_setup_teardown(answers__go_to_the_evaluator_and_the_manager_with_proof_and_trace,
						set_up, tear_down),
	};
	return register_run("consented", tests, sizeof(tests) / sizeof(tests[0]));
}
