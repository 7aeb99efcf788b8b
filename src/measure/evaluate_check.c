/* Do the names in an indicator exist in its programme? */
#include "measure/snapshot.h"

typedef struct {
	Evaluation *e;
	const char *field;
	Str question, wave; /* of the answers that a condition looks at */
} Check;

static Err refuse_name(const Check *k, int64_t column, const char *message, Str name)
{
	return refuse_at(k->e->c, k->field, 0, column, "%s: “%.*s”", message, STR_ARG(name));
}

static Err check_question(const Check *k, Str question, Str wave, int64_t column, int64_t wave_column)
{
	Ctx *c = k->e->c;
	EvalOptionList options;
	int64_t waves = 0;
	RETURN_IF_ERR(eval_options(c, k->e->programme, question, &options));
	if (options.n == 0)
		return refuse_name(k, column, T(c->lang, "The programme asks no question with this code and options"),
				   question);
	RETURN_IF_ERR(eval_wave_asks(c, k->e->programme, question, wave, &waves));
	return waves > 0 ? OK : refuse_name(k, wave_column, T(c->lang, "The question is not asked in this wave"), wave);
}

static Err check_options(const Check *k, const Predicate *p, Str question)
{
	Ctx *c = k->e->c;
	for (int i = 0; i < p->value_count; i++) {
		EvalOption option;
		RETURN_IF_ERR(snapshot_option(k->e, question, p->values[i], &option));
		if (option.position == 0)
			return refuse_name(k, p->value_columns[i], T(c->lang, "The question has no such option"),
					   p->values[i]);
		if (p->at_least && !option.on_scale)
			return refuse_name(k, p->value_columns[i], T(c->lang, "This option lies outside the scale"),
					   p->values[i]);
	}
	return OK;
}

static Err check_partners(const Check *k, const Predicate *p)
{
	Ctx *c = k->e->c;
	for (int i = 0; i < p->value_count; i++) {
		OrganisationId id;
		Err e = eval_partner_id(c, k->e->programme, p->values[i], &id);
		if (e == ERR_NOT_FOUND)
			return refuse_name(k, p->value_columns[i],
					   T(c->lang, "The programme has no partner of this name"), p->values[i]);
		RETURN_IF_ERR(e);
	}
	return OK;
}

static Err check_condition(const Check *k, const Condition *condition)
{
	if (condition == NULL)
		return OK;
	if (condition->kind != CONDITION_PREDICATE) {
		RETURN_IF_ERR(check_condition(k, condition->left));
		return check_condition(k, condition->right);
	}
	const Predicate *p = &condition->predicate;
	switch (p->kind) {
	case PREDICATE_PARTNER: return check_partners(k, p);
	case PREDICATE_ANSWER: return check_options(k, p, k->question);
	case PREDICATE_ANSWERED:
		RETURN_IF_ERR(check_question(k, p->question, p->wave, p->question_column, p->wave_column));
		return check_options(k, p, p->question);
	default: return OK;
	}
}

Err indicator_check(Evaluation *e, const char *field, const Indicator *in)
{
	Check k = { e, field, in->of.question, in->of.wave };
	if (in->of.kind == THINGS_ANSWERS)
		RETURN_IF_ERR(
			check_question(&k, in->of.question, in->of.wave, in->of.question_column, in->of.wave_column));
	RETURN_IF_ERR(check_condition(&k, in->of.where));
	return check_condition(&k, in->with);
}
