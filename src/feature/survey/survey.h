/* survey: questions, who was asked when, and what was answered.
 *
 * Owns tables question, question_option, wave, wave_question, response and
 * answer. A wave is one round of questions to one kind of respondent. An
 * invitation is a response without a day of answering; incomplete ones are
 * kept, counted apart and left out of every figure. Options beside the scale
 * ("it has not affected me") are marked, so that a mean never counts them.
 * Reads are the statements of survey.sql. Writes run inside a commit job and
 * carry their audit event. Results live in c->arena.
 */
#ifndef FEATURE_SURVEY_H
#define FEATURE_SURVEY_H

#include "base/field.h"
#include "feature/survey/survey_codes.h"
#include "survey_sql.h"

typedef struct {
	Str code;
	Str label, label_en; /* Danish, English (may be none) */
	bool on_scale;
} OptionIn;

typedef struct {
	Str code; /* letters, digits, underscores; unique in the programme */
	int64_t position;
	int kind;                     /* QuestionKind */
	Str wording, wording_en;      /* Danish, English (may be none) */
	QuestionId shown_if_question; /* asked only when this one ... */
	Str shown_if_option;          /* ... was answered so; none: always */
	const OptionIn *options;      /* in order; none for numbers and texts */
	size_t option_count;
} QuestionIn;

enum { OPTIONS_MOST = 100, WAVE_QUESTIONS_MOST = 500, ANSWERS_MOST = 2000, ANSWER_WORDS_MOST = 4000 };

/* INVALID: options missing, twice, or where there are none; routing to a
 * question or option that does not exist; CONFLICT: the code is taken. */
Err survey_question_add(Ctx *c, ProgrammeId programme, const QuestionIn *in, QuestionId *out) MUST_USE;
/* A round that asks `questions` in this order. INVALID: one of another
 * programme, or twice; CONFLICT: the round exists. */
Err survey_wave_add(Ctx *c, ProgrammeId programme, Str code, Respondent respondent, const QuestionId *questions,
		    size_t n, WaveId *out) MUST_USE;

/* Invites one respondent: a citizen, a company (on behalf of a citizen or
 * not), or nobody named. INVALID: a citizen's wave without citizen. CONFLICT:
 * the citizen is invited to this wave already. */
Err survey_invite(Ctx *c, WaveId wave, ParticipantId participant, CompanyId company, Date day,
		  ResponseId *out) MUST_USE;

typedef struct {
	QuestionId question;
	Str choice;    /* code of an option; none for numbers and texts */
	double number; /* NaN: none */
	Str words;
} AnswerIn;

/* Stores the answers of an invitation, instead of earlier ones. INVALID, with
 * the question's code as field: a question that the wave does not ask or that
 * other answers rule out, an option that it does not have, two answers to a
 * single choice, a value of another kind, answered before the invitation. */
Err survey_answer(Ctx *c, ResponseId response, Date answered, bool complete, const AnswerIn *answers,
		  size_t n) MUST_USE;

#endif
