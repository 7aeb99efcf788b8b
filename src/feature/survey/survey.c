#include "feature/survey/survey.h"

#include "base/utf8.h"
#include "db/vault.h"
#include "feature/feature.h"
#include "feature/programme/programme.h"

#include <math.h>

static const EnumRow kinds[] = {
	{ "degree", N_("Degree") },     { "impact", N_("Influence") }, { "meaning", N_("Importance") },
	{ "change", N_("Change") },     { "yesno", N_("Yes or no") },  { "multiple", N_("Several choices") },
	{ "choice", N_("One choice") }, { "number", N_("Number") },    { "text", N_("Text") },
};
const EnumTable question_kind_table = ENUM_TABLE("question_kind", kinds);

static const EnumRow respondents[] = {
	{ "citizen", N_("Citizen") },
	{ "company", N_("Company") },
	{ "mentor", N_("Mentor") },
	{ "team", N_("Team") },
};
const EnumTable respondent_table = ENUM_TABLE("respondent", respondents);

Str wave_name(Lang lang, Str code)
{
	if (str_eq_z(code, "start"))
		return str_of(T(lang, "start"));
	if (str_eq_z(code, "end"))
		return str_of(T(lang, "end"));
	return code;
}

bool question_has_options(int kind)
{
	return kind != QUESTION_NUMBER && kind != QUESTION_TEXT;
}

static bool is_code(Str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (!((ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_'))
			return false;
	}
	return s.len > 0 && s.len <= 64;
}

static Err check_code(Ctx *c, const char *field, Str code)
{
	return is_code(code) ? OK
			     : refuse(c, field, "%s",
				      T(c->lang, "Only small letters a-z, digits and underscores are allowed here."));
}

static Err check_options(Ctx *c, const QuestionIn *in)
{
	if (!question_has_options(in->kind))
		return in->option_count == 0
			       ? OK
			       : refuse(c, "options", "%s", T(c->lang, "A question of this kind has no options."));
	if (in->option_count < 1 || in->option_count > OPTIONS_MOST)
		return refuse(c, "options", T(c->lang, "A question of this kind has 1 to %d options."), OPTIONS_MOST);
	for (size_t i = 0; i < in->option_count; i++) {
		RETURN_IF_ERR(check_code(c, "options", in->options[i].code));
		for (size_t k = 0; k < i; k++)
			if (str_eq(in->options[i].code, in->options[k].code))
				return refuse(c, "options", T(c->lang, "The option %.*s stands twice."),
					      STR_ARG(in->options[i].code));
	}
	return OK;
}

static Err check_routing(Ctx *c, ProgrammeId programme, const QuestionIn *in)
{
	if (uuid_is_none(in->shown_if_question.v))
		return OK;
	Question other;
	int64_t found = 0;
	Err e = question_get(c, in->shown_if_question, &other);
	if (e == ERR_NOT_FOUND || (e == OK && !uuid_eq(other.programme.v, programme.v)))
		return refuse(c, "shown_if_question", "%s", T(c->lang, "There is no such question."));
	RETURN_IF_ERR(e);
	RETURN_IF_ERR(question_option_count(c, in->shown_if_question, in->shown_if_option, &found));
	return found > 0 ? OK : refuse(c, "shown_if_option", "%s", T(c->lang, "The question has no such option."));
}

static Err check_question(Ctx *c, ProgrammeId programme, const QuestionIn *in)
{
	Programme g;
	Question other;
	RETURN_IF_ERR(programme_get(c, programme, &g));
	RETURN_IF_ERR(check_code(c, "code", in->code));
	if (str_is_empty(in->wording))
		return refuse(c, "wording", "%s", T(c->lang, "This must be filled in."));
	RETURN_IF_ERR(check_options(c, in));
	RETURN_IF_ERR(check_routing(c, programme, in));
	Err e = question_by_code(c, programme, in->code, &other);
	if (e == OK)
		return feature_conflict(c, "code", T(c->lang, "Another question has this code."));
	return e == ERR_NOT_FOUND ? OK : e;
}

Err survey_question_add(Ctx *c, ProgrammeId programme, const QuestionIn *in, QuestionId *out)
{
	RETURN_IF_ERR(check_question(c, programme, in));
	Question row = { .id = { uuid_v7(c->clock, c->random) },
			 .programme = programme,
			 .code = in->code,
			 .position = in->position,
			 .kind = (QuestionKind)in->kind,
			 .wording = in->wording,
			 .wording_en = in->wording_en,
			 .shown_if_question = in->shown_if_question,
			 .shown_if_option = in->shown_if_option };
	RETURN_IF_ERR(question_insert(c, &row));
	for (size_t i = 0; i < in->option_count; i++) {
		const OptionIn *o = &in->options[i];
		QuestionOption option = { row.id, o->code, (int64_t)i + 1, o->label, o->label_en, o->on_scale };
		RETURN_IF_ERR(question_option_insert(c, &option));
	}
	*out = row.id;
	return feature_audit(c, "question.add", "question", row.id.v, NOBODY);
}

static Err check_asked(Ctx *c, ProgrammeId programme, const QuestionId *questions, size_t n)
{
	if (n > WAVE_QUESTIONS_MOST)
		return ERR_LIMIT;
	for (size_t i = 0; i < n; i++) {
		Question q;
		Err e = question_get(c, questions[i], &q);
		if (e == ERR_NOT_FOUND || (e == OK && !uuid_eq(q.programme.v, programme.v)))
			return refuse(c, "questions", "%s", T(c->lang, "There is no such question."));
		RETURN_IF_ERR(e);
		for (size_t k = 0; k < i; k++)
			if (uuid_eq(questions[i].v, questions[k].v))
				return refuse(c, "questions", T(c->lang, "The question %.*s stands twice."),
					      STR_ARG(q.code));
	}
	return OK;
}

Err survey_wave_add(Ctx *c, ProgrammeId programme, Str code, Respondent respondent, const QuestionId *questions,
		    size_t n, WaveId *out)
{
	Wave row = { { uuid_v7(c->clock, c->random) }, programme, code, respondent };
	Wave other;
	RETURN_IF_ERR(check_code(c, "code", code));
	RETURN_IF_ERR(check_asked(c, programme, questions, n));
	Err e = wave_by_code(c, programme, code, respondent, &other);
	if (e == OK)
		return feature_conflict(c, "code", T(c->lang, "This round exists already."));
	if (e != ERR_NOT_FOUND)
		return e;
	RETURN_IF_ERR(wave_insert(c, &row));
	for (size_t i = 0; i < n; i++)
		RETURN_IF_ERR(wave_question_insert(c, row.id, questions[i], (int64_t)i + 1));
	*out = row.id;
	return feature_audit(c, "wave.add", "wave", row.id.v, NOBODY);
}

Err survey_invite(Ctx *c, WaveId wave, ParticipantId participant, CompanyId company, Date day, ResponseId *out)
{
	Wave w;
	ResponseId earlier;
	RETURN_IF_ERR(wave_get(c, wave, &w));
	if (w.respondent == RESPONDENT_CITIZEN) {
		if (uuid_is_none(participant.v))
			return refuse(c, "participant", "%s", T(c->lang, "This must be filled in."));
		Err e = response_of_participant(c, wave, participant, &earlier);
		if (e == OK)
			return feature_conflict(c, "participant", T(c->lang, "The citizen is invited already."));
		if (e != ERR_NOT_FOUND)
			return e;
	}
	if (day == DATE_NONE)
		return refuse(c, "invited", "%s", T(c->lang, "This must be filled in."));
	Response row = { .id = { uuid_v7(c->clock, c->random) },
			 .wave = wave,
			 .participant = participant,
			 .company = company,
			 .invited = day,
			 .answered = DATE_NONE,
			 .complete = false };
	RETURN_IF_ERR(response_insert(c, &row));
	*out = row.id;
	return feature_audit(c, "survey.invite", "response", row.id.v, participant);
}

static const AskedRow *asked_find(const AskedRowList *asked, QuestionId id)
{
	for (size_t i = 0; i < asked->n; i++)
		if (uuid_eq(asked->at[i].id.v, id.v))
			return &asked->at[i];
	return NULL;
}

/* Is the question's condition met by the answers that came with it? */
static bool is_shown(const AskedRow *q, const AnswerIn *answers, size_t n)
{
	if (uuid_is_none(q->shown_if_question.v))
		return true;
	for (size_t i = 0; i < n; i++)
		if (uuid_eq(answers[i].question.v, q->shown_if_question.v) &&
		    str_eq(answers[i].choice, q->shown_if_option))
			return true;
	return false;
}

static Err check_choice(Ctx *c, const AskedRow *q, const AnswerIn *a, const char *field)
{
	int64_t found = 0;
	if (str_is_none(a->choice) || !isnan(a->number) || !str_is_none(a->words))
		return refuse(c, field, "%s", T(c->lang, "This question is answered by one of its options."));
	RETURN_IF_ERR(question_option_count(c, q->id, a->choice, &found));
	return found > 0 ? OK : refuse(c, field, T(c->lang, "The question has no option %.*s."), STR_ARG(a->choice));
}

static Err check_value(Ctx *c, const AskedRow *q, const AnswerIn *a, const char *field)
{
	if (question_has_options((int)q->kind))
		return check_choice(c, q, a, field);
	if (q->kind == QUESTION_NUMBER && (isnan(a->number) || !str_is_none(a->choice) || !str_is_none(a->words)))
		return refuse(c, field, "%s", T(c->lang, "This question is answered by a number."));
	if (q->kind == QUESTION_TEXT && (str_is_none(a->words) || !str_is_none(a->choice) || !isnan(a->number)))
		return refuse(c, field, "%s", T(c->lang, "This question is answered by a text."));
	if (!utf8_valid(a->words, NULL))
		return refuse(c, field, "%s", T(c->lang, "The text is not valid UTF-8."));
	if (utf8_length(a->words) > ANSWER_WORDS_MOST)
		return refuse(c, field, T(c->lang, "At most %zu characters are allowed here."),
			      (size_t)ANSWER_WORDS_MOST);
	return OK;
}

static Err check_answer(Ctx *c, const AskedRowList *asked, const AnswerIn *answers, size_t n, size_t i)
{
	const AnswerIn *a = &answers[i];
	const AskedRow *q = asked_find(asked, a->question);
	if (q == NULL)
		return refuse(c, "question", "%s", T(c->lang, "This round does not ask that question."));
	const char *field = str_z(c->arena, q->code);
	if (!is_shown(q, answers, n))
		return refuse(c, field, "%s", T(c->lang, "The other answers rule this question out."));
	for (size_t k = 0; k < i; k++) {
		if (!uuid_eq(answers[k].question.v, a->question.v))
			continue;
		if (q->kind != QUESTION_MULTIPLE)
			return refuse(c, field, "%s", T(c->lang, "Only one answer can be given here."));
		if (str_eq(answers[k].choice, a->choice))
			return refuse(c, field, "%s", T(c->lang, "The same answer is given twice."));
	}
	return check_value(c, q, a, field);
}

/* Whose key seals what is said in words. Who is no citizen has one from the first time on. */
static Err respondent_of(Ctx *c, const Response *r, const AnswerIn *answers, size_t n, Uuid *out)
{
	bool words = false, has = false;
	*out = uuid_is_none(r->participant.v) ? r->id.v : r->participant.v;
	for (size_t i = 0; i < n; i++)
		words = words || !str_is_none(answers[i].words);
	if (!words || !uuid_is_none(r->participant.v))
		return OK;
	RETURN_IF_ERR(vault_has_key(c, *out, &has));
	return has ? OK : vault_make_key(c, *out);
}

Err survey_answer(Ctx *c, ResponseId response, Date answered, bool complete, const AnswerIn *answers, size_t n)
{
	Response r;
	AskedRowList asked;
	Uuid respondent;
	int64_t changed = 0;
	if (n > ANSWERS_MOST)
		return ERR_LIMIT;
	RETURN_IF_ERR(response_get(c, response, &r));
	if (answered == DATE_NONE || answered < r.invited)
		return refuse(c, "answered", "%s", T(c->lang, "The day is before the invitation."));
	RETURN_IF_ERR(wave_questions(c, r.wave, &asked));
	for (size_t i = 0; i < n; i++)
		RETURN_IF_ERR(check_answer(c, &asked, answers, n, i));
	RETURN_IF_ERR(respondent_of(c, &r, answers, n, &respondent));
	RETURN_IF_ERR(answer_delete_all(c, response));
	for (size_t i = 0; i < n; i++) {
		const AnswerIn *a = &answers[i];
		AnswerRow row = { respondent, a->question, str_is_none(a->choice) ? STR("") : a->choice, a->number,
				  a->words };
		RETURN_IF_ERR(answer_insert(c, response, &row));
	}
	RETURN_IF_ERR(response_set_answered(c, response, answered, complete, &changed));
	return feature_audit(c, "survey.answer", "response", response.v, r.participant);
}
