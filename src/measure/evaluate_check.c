/* Do the names in an indicator exist in its programme, and what does it call them? */
#include "measure/snapshot.h"

#include "base/text.h"
#include "feature/survey/survey_codes.h"

typedef struct {
	Evaluation *e;
	const char *field;
	Str question; /* of the answers that a condition looks at */
} Check;

static Err refuse_name(const Check *k, const Name *name, const char *message)
{
	return refuse_at(k->e->c, k->field, 0, name->column, T(k->e->c->lang, "%s: “%.*s”"), message,
			 STR_ARG(name->code));
}

static Err check_question(const Check *k, Name *question, Name *wave)
{
	Ctx *c = k->e->c;
	EvalOptionList options;
	EvalQuestion words;
	int64_t waves = 0;
	RETURN_IF_ERR(eval_options(c, k->e->programme, question->code, &options));
	if (options.n == 0)
		return refuse_name(k, question,
				   T(c->lang, "The programme asks no question with this code and options"));
	RETURN_IF_ERR(eval_question(c, k->e->programme, question->code, &words));
	question->name = text_in(c->lang, words.wording, words.wording_en);
	RETURN_IF_ERR(eval_wave_asks(c, k->e->programme, question->code, wave->code, &waves));
	if (waves == 0)
		return refuse_name(k, wave, T(c->lang, "The question is not asked in this wave"));
	wave->name = wave_name(c->lang, wave->code);
	return OK;
}

static Err check_options(const Check *k, Predicate *p, Str question)
{
	Ctx *c = k->e->c;
	for (int i = 0; i < p->value_count; i++) {
		EvalOption option;
		RETURN_IF_ERR(snapshot_option(k->e, question, p->values[i].code, &option));
		if (option.position == 0)
			return refuse_name(k, &p->values[i], T(c->lang, "The question has no such option"));
		if (p->at_least && !option.on_scale)
			return refuse_name(k, &p->values[i], T(c->lang, "This option lies outside the scale"));
		p->values[i].name = text_in(c->lang, option.label, option.label_en);
	}
	return OK;
}

/* A partner is written by its name, which has one language. */
static Err check_partners(const Check *k, const Predicate *p)
{
	Ctx *c = k->e->c;
	for (int i = 0; i < p->value_count; i++) {
		OrganisationId id;
		Err e = eval_partner_id(c, k->e->programme, p->values[i].code, &id);
		if (e == ERR_NOT_FOUND)
			return refuse_name(k, &p->values[i], T(c->lang, "The programme has no partner of this name"));
		RETURN_IF_ERR(e);
	}
	return OK;
}

static Err check_condition(const Check *k, Condition *condition)
{
	if (condition == NULL)
		return OK;
	if (condition->kind != CONDITION_PREDICATE) {
		RETURN_IF_ERR(check_condition(k, condition->left));
		return check_condition(k, condition->right);
	}
	Predicate *p = &condition->predicate;
	if (p->compare.unit == UNIT_RETENTION)
		RETURN_IF_ERR(eval_retention(k->e->c, k->e->programme, &p->compare.n));
	switch (p->kind) {
	case PREDICATE_PARTNER: return check_partners(k, p);
	case PREDICATE_ANSWER: return check_options(k, p, k->question);
	case PREDICATE_ANSWERED:
		RETURN_IF_ERR(check_question(k, &p->question, &p->wave));
		return check_options(k, p, p->question.code);
	default: return OK;
	}
}

Err indicator_check(Evaluation *e, const char *field, Indicator *in)
{
	Check k = { e, field, in->of.question.code };
	if (in->of.kind == THINGS_ANSWERS)
		RETURN_IF_ERR(check_question(&k, &in->of.question, &in->of.wave));
	RETURN_IF_ERR(check_condition(&k, in->of.where));
	return check_condition(&k, in->with);
}

Err indicator_fits(Evaluation *e, Indicator *in, bool *fits)
{
	size_t problems = e->c->problem_count;
	Err checked = indicator_check(e, "expression", in);
	*fits = checked == OK;
	e->c->problem_count = problems;
	return checked == ERR_INVALID ? OK : checked;
}
