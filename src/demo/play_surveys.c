/* Questions, waves and what was answered. */
#include "demo/play_inside.h"

#include "feature/survey/survey.h"

#include <math.h>

static int kind_of(const FactQuestion *q)
{
	int kind = QUESTION_CHOICE;
	if (q->multiple)
		return QUESTION_MULTIPLE;
	enum_parse(&question_kind_table, q->scale, &kind);
	return kind;
}

static Err play_question(Ctx *c, Play *p, int i)
{
	const FactQuestion *q = &p->r->facts->questions[i];
	OptionIn *options = ARENA_ARRAY(c->arena, (size_t)q->option_count, OptionIn);
	for (int k = 0; k < q->option_count; k++)
		options[k] = (OptionIn){ q->options[k].code, q->options[k].label_da, q->options[k].label_en,
					 q->options[k].on_scale };
	QuestionIn in = { .code = q->code,
			  .position = i + 1,
			  .kind = kind_of(q),
			  .wording = q->text_da,
			  .wording_en = q->text_en,
			  .shown_if_option = STR_NONE,
			  .options = options,
			  .option_count = (size_t)q->option_count };
	if (q->asked_question >= 0) {
		in.shown_if_question = p->questions[q->asked_question];
		in.shown_if_option = p->r->facts->questions[q->asked_question].options[q->asked_option].code;
	}
	return survey_question_add(c, p->programme, &in, &p->questions[i]);
}

static Err play_wave(Ctx *c, Play *p, int wave)
{
	const Facts *f = p->r->facts;
	QuestionId *asked = ARENA_ARRAY(c->arena, (size_t)f->question_count, QuestionId);
	size_t n = 0;
	for (int i = 0; i < f->question_count; i++)
		if (f->questions[i].n[wave] > 0)
			asked[n++] = p->questions[i];
	Respondent who = wave == WAVE_END_COMPANY ? RESPONDENT_COMPANY : RESPONDENT_CITIZEN;
	Str code = wave == WAVE_START_CITIZEN ? STR("start") : STR("end");
	return survey_wave_add(c, p->programme, code, who, asked, n, &p->waves[wave]);
}

/* Answers stand in the order of their responses. */
static Err play_response(Ctx *c, Play *p, int i)
{
	const RegResponse *x = &p->r->responses[i];
	const Facts *f = p->r->facts;
	ParticipantId who = { UUID_NONE };
	CompanyId company = { UUID_NONE };
	if (x->participant >= 0)
		who = p->participants[x->participant];
	if (x->company >= 0)
		company = p->companies[x->company];
	RETURN_IF_ERR(survey_invite(c, p->waves[x->wave], who, company, x->invited, &p->responses[i]));
	AnswerIn answers[ANSWERS_PER_RESPONSE_MOST];
	size_t n = 0;
	for (; p->next_answer < p->r->answer_count && p->r->answers[p->next_answer].response == i; p->next_answer++) {
		const RegAnswer *a = &p->r->answers[p->next_answer];
		if (n == ANSWERS_PER_RESPONSE_MOST)
			return fail(c, ERR_LIMIT, "too many answers in one response");
		answers[n++] = (AnswerIn){ p->questions[a->question], f->questions[a->question].options[a->option].code,
					   (double)NAN, STR_NONE };
	}
	return x->answered == DATE_NONE ? OK : survey_answer(c, p->responses[i], x->answered, x->complete, answers, n);
}

Err play_surveys(Play *p)
{
	RETURN_IF_ERR(play_all(p, N_("questions"), p->r->facts->question_count, play_question));
	RETURN_IF_ERR(play_all(p, N_("rounds of questions"), FACT_WAVES, play_wave));
	return play_all(p, N_("answers"), p->r->response_count, play_response);
}
