/* Reads an indicator: a hand-written recursive descent over at most
 * EXPRESSION_MOST bytes; each function reads the rule of its name. */
#include "measure/indicator_rules.h"
#include "measure/indicator_token.h"

#include "base/buf.h"
#include "base/utf8.h"

static const Word things_words[] = { { "participants", THINGS_PARTICIPANTS }, { "contacts", THINGS_CONTACTS },
				     { "activities", THINGS_ACTIVITIES },     { "answers", THINGS_ANSWERS },
				     { "placements", THINGS_PLACEMENTS },     { "jobs", THINGS_PLACEMENTS },
				     { "fleksjobs", THINGS_PLACEMENTS },      { "ordinary_jobs", THINGS_PLACEMENTS },
				     { "wage_subsidies", THINGS_PLACEMENTS }, { "internships", THINGS_PLACEMENTS } };
static const Word many_group_words[] = { { "placements", GROUP_ANY },
					 { "jobs", GROUP_JOB },
					 { "fleksjobs", GROUP_FLEKSJOB },
					 { "ordinary_jobs", GROUP_ORDINARY },
					 { "wage_subsidies", GROUP_WAGE_SUBSIDY },
					 { "internships", GROUP_INTERNSHIP } };
static const Word group_words[] = { { "placement", GROUP_ANY },
				    { "job", GROUP_JOB },
				    { "fleksjob", GROUP_FLEKSJOB },
				    { "ordinary_job", GROUP_ORDINARY },
				    { "wage_subsidy", GROUP_WAGE_SUBSIDY },
				    { "internship", GROUP_INTERNSHIP } };
static const Word kind_words[] = { { "count", INDICATOR_COUNT },  { "share", INDICATOR_SHARE },
				   { "mean", INDICATOR_MEAN },    { "median", INDICATOR_MEDIAN },
				   { "least", INDICATOR_LEAST },  { "most", INDICATOR_MOST },
				   { "growth", INDICATOR_GROWTH } };
static const Word measure_words[] = { { "age", MEASURE_AGE },
				      { "contacts", MEASURE_CONTACTS },
				      { "days_to_first_job", MEASURE_DAYS_TO_FIRST_JOB },
				      { "hours", MEASURE_HOURS },
				      { "days", MEASURE_DAYS },
				      { "company_contacts", MEASURE_COMPANY_CONTACTS },
				      { "answer", MEASURE_ANSWER } };
static const Word unit_words[] = { { "days", UNIT_DAYS },  { "day", UNIT_DAYS },      { "weeks", UNIT_WEEKS },
				   { "week", UNIT_WEEKS }, { "months", UNIT_MONTHS }, { "month", UNIT_MONTHS } };

/* A day, a month or a year. */
static Err take_day(Parser *p, Period *out)
{
	if (p->token.period.from == DATE_NONE || (p->token.kind != TOKEN_DATE && p->token.kind != TOKEN_NUMBER))
		return token_refuse(p, T(p->c->lang, "a year, month or day such as 2017, 2017-03 or 2017-03-31"), NULL);
	*out = p->token.period;
	token_next(p);
	return OK;
}

/* "in 2017" | "from 2017-01 to 2017-06" | "by 2017-11-30" | "after 2017-11-30" */
static Err take_period(Parser *p, Period *out)
{
	Period a, b;
	size_t at = p->token.at;
	if (token_take(p, "in"))
		return take_day(p, out);
	if (token_take(p, "from")) {
		RETURN_IF_ERR(take_day(p, &a));
		RETURN_IF_ERR(token_expect(p, "to"));
		RETURN_IF_ERR(take_day(p, &b));
		*out = (Period){ a.from, b.to };
		if (out->to < out->from)
			return refuse_at(p->c, p->field, 0, token_column(p, at), "%s",
					 T(p->c->lang, "The period ends before it starts."));
		return OK;
	}
	if (token_take(p, "by")) {
		RETURN_IF_ERR(take_day(p, &b));
		*out = (Period){ DATE_NONE, b.to };
		return OK;
	}
	if (token_take(p, "after")) {
		RETURN_IF_ERR(take_day(p, &a));
		*out = (Period){ a.to + 1, DATE_NONE };
		return OK;
	}
	return token_refuse(p, "in, from, by, after", NULL);
}

static bool take_compare_op(Parser *p, CompareOp *op)
{
	if (token_take(p, "over"))
		*op = COMPARE_OVER;
	else if (token_take(p, "under"))
		*op = COMPARE_UNDER;
	else if (token_take(p, "at")) {
		if (token_take(p, "least"))
			*op = COMPARE_AT_LEAST;
		else if (token_take(p, "most"))
			*op = COMPARE_AT_MOST;
		else
			*op = COMPARE_NONE;
	} else
		return false;
	return true;
}

static Err take_compare(Parser *p, bool with_unit, Compare *out)
{
	if (!take_compare_op(p, &out->op) || out->op == COMPARE_NONE)
		return token_refuse(p, "over, under, at least, at most", NULL);
	if (with_unit && token_take(p, "retention")) {
		out->unit = UNIT_RETENTION;
		return OK;
	}
	RETURN_IF_ERR(token_take_number(p, &out->n));
	int unit = UNIT_NONE;
	if (with_unit)
		RETURN_IF_ERR(token_take_word(p, WORDS(unit_words), &unit));
	out->unit = (LengthUnit)unit;
	return OK;
}

/* One word of an enum table, or a name in quotes where there is no table. */
static Err take_value(Parser *p, const EnumTable *table, Predicate *out)
{
	if (out->value_count == VALUES_MOST)
		return refuse_at(p->c, p->field, 0, token_column(p, p->token.at), T(p->c->lang, "At most %d values."),
				 VALUES_MOST);
	if (table == NULL) {
		if (p->token.kind != TOKEN_STRING && p->token.kind != TOKEN_WORD)
			return token_refuse(p, T(p->c->lang, "a name"), NULL);
	} else {
		Nearest near = { p->token.text, NULL, 99 };
		Buf *list = buf_new(p->c->arena, 4096);
		for (int i = 0; i < table->n; i++) {
			nearest_add(&near, table->rows[i].code);
			buf_printf(list, "%s%s", i == 0 ? "" : ", ", table->rows[i].code);
		}
		if (p->token.kind != TOKEN_WORD || !enum_parse(table, p->token.text, &out->codes[out->value_count]))
			return token_refuse(p, str_z(p->c->arena, buf_str(list)), &near);
	}
	out->values[out->value_count++] =
		(Name){ .code = str_dup(p->c->arena, p->token.text), .column = token_column(p, p->token.at) };
	token_next(p);
	return OK;
}

static Err take_values(Parser *p, const EnumTable *table, Predicate *out)
{
	out->table = table;
	do
		RETURN_IF_ERR(take_value(p, table, out));
	while (token_take(p, ","));
	return OK;
}

/* code "at" wave */
static Err take_question(Parser *p, Name *question, Name *wave)
{
	for (int i = 0; i < 2; i++) {
		if (p->token.kind != TOKEN_WORD)
			return token_refuse(p,
					    i == 0 ? T(p->c->lang, "the code of a question")
						   : T(p->c->lang, "the code of a wave"),
					    NULL);
		*(i == 0 ? question : wave) = (Name){ .code = p->token.text, .column = token_column(p, p->token.at) };
		token_next(p);
		if (i == 0)
			RETURN_IF_ERR(token_expect(p, "at"));
	}
	return OK;
}

/* "is" values | "at least" value */
static Err take_answer(Parser *p, Predicate *out)
{
	if (token_take(p, "at")) {
		RETURN_IF_ERR(token_expect(p, "least"));
		out->at_least = true;
		return take_value(p, NULL, out);
	}
	RETURN_IF_ERR(token_expect(p, "is"));
	return take_values(p, NULL, out);
}

static Err take_argument(Parser *p, const IndicatorRule *rule, Predicate *out)
{
	int group = GROUP_ANY;
	switch (rule->takes) {
	case TAKES_NOTHING: return OK;
	case TAKES_VALUES:
	case TAKES_NAMES: RETURN_IF_ERR(token_expect(p, "is")); return take_values(p, rule->table, out);
	case TAKES_NUMBER: return take_compare(p, false, &out->compare);
	case TAKES_LENGTH: return take_compare(p, true, &out->compare);
	case TAKES_PERIOD: return take_period(p, &out->period);
	case TAKES_ANSWER: return take_answer(p, out);
	case TAKES_QUESTION: RETURN_IF_ERR(take_question(p, &out->question, &out->wave)); return take_answer(p, out);
	case TAKES_GROUP:
		RETURN_IF_ERR(token_take_word(p, WORDS(group_words), &group));
		out->group = (PlacementGroup)group;
		if (token_is(p, "over") || token_is(p, "under") || token_is(p, "at"))
			return take_compare(p, true, &out->compare);
		return OK;
	}
	return ERR_INTERNAL;
}

static Err take_predicate(Parser *p, ThingsKind things, Predicate *out)
{
	unsigned on = 1u << things;
	Nearest near = { p->token.text, NULL, 99 };
	Buf *list = buf_new(p->c->arena, 4096);
	for (size_t i = 0; i < indicator_rule_count; i++) {
		if ((indicator_rules[i].on & on) == 0)
			continue;
		out->kind = indicator_rules[i].kind;
		if (token_take(p, indicator_rules[i].word))
			return take_argument(p, &indicator_rules[i], out);
		nearest_add(&near, indicator_rules[i].word);
		buf_printf(list, "%s%s", list->len == 0 ? "" : ", ", indicator_rules[i].word);
	}
	return token_refuse(p, str_z(p->c->arena, buf_str(list)), &near);
}

static Err take_condition(Parser *p, ThingsKind things, Condition **out);

static Err take_factor(Parser *p, ThingsKind things, Condition **out)
{
	if (++p->depth > DEPTH_MOST)
		return refuse_at(p->c, p->field, 0, token_column(p, p->token.at), "%s",
				 T(p->c->lang, "The conditions are nested too deeply."));
	Condition *made = ARENA_NEW(p->c->arena, Condition);
	made->column = token_column(p, p->token.at);
	if (token_take(p, "not")) {
		made->kind = CONDITION_NOT;
		RETURN_IF_ERR(take_factor(p, things, &made->left));
		*out = made;
	} else if (token_take(p, "(")) {
		RETURN_IF_ERR(take_condition(p, things, out));
		RETURN_IF_ERR(token_expect(p, ")"));
	} else {
		made->kind = CONDITION_PREDICATE;
		made->predicate.period = (Period){ DATE_NONE, DATE_NONE };
		RETURN_IF_ERR(take_predicate(p, things, &made->predicate));
		*out = made;
	}
	p->depth--;
	return OK;
}

/* Left-associative chain of "and" (joined by take_factor) or "or" (by chains of "and"). */
static Err take_chain(Parser *p, ThingsKind things, bool any, Condition **out)
{
	RETURN_IF_ERR(any ? take_chain(p, things, false, out) : take_factor(p, things, out));
	for (;;) {
		int64_t column = token_column(p, p->token.at);
		if (!token_take(p, any ? "or" : "and"))
			return OK;
		Condition *made = ARENA_NEW(p->c->arena, Condition);
		made->kind = any ? CONDITION_OR : CONDITION_AND;
		made->column = column;
		made->left = *out;
		RETURN_IF_ERR(any ? take_chain(p, things, false, &made->right) : take_factor(p, things, &made->right));
		*out = made;
	}
}

static Err take_condition(Parser *p, ThingsKind things, Condition **out)
{
	return take_chain(p, things, true, out);
}

static Err take_things(Parser *p, Things *out)
{
	int kind = 0, group = GROUP_ANY;
	Token start = p->token;
	size_t next = p->next;
	out->column = token_column(p, start.at);
	RETURN_IF_ERR(token_take_word(p, WORDS(things_words), &kind));
	out->kind = (ThingsKind)kind;
	if (out->kind == THINGS_PLACEMENTS) {
		p->token = start;
		p->next = next;
		RETURN_IF_ERR(token_take_word(p, WORDS(many_group_words), &group));
		out->group = (PlacementGroup)group;
	}
	if (out->kind == THINGS_ANSWERS) {
		RETURN_IF_ERR(token_expect(p, "to"));
		RETURN_IF_ERR(take_question(p, &out->question, &out->wave));
	}
	if (token_take(p, "where"))
		return take_condition(p, out->kind, &out->where);
	return OK;
}

/* Contacts are counted by the database in one pass: no "or", no "not". */
static Err check_contact_condition(Parser *p, const Condition *k)
{
	if (k == NULL || k->kind == CONDITION_PREDICATE)
		return OK;
	if (k->kind != CONDITION_AND)
		return refuse_at(
			p->c, p->field, 0, k->column, "%s",
			T(p->c->lang,
			  "Conditions on contacts can be joined by “and” only; list several values with commas."));
	RETURN_IF_ERR(check_contact_condition(p, k->left));
	return check_contact_condition(p, k->right);
}

static bool measure_fits(MeasureKind measure, ThingsKind things)
{
	switch (measure) {
	case MEASURE_AGE:
	case MEASURE_CONTACTS:
	case MEASURE_DAYS_TO_FIRST_JOB: return things == THINGS_PARTICIPANTS;
	case MEASURE_HOURS:
	case MEASURE_DAYS:
	case MEASURE_COMPANY_CONTACTS: return things == THINGS_PLACEMENTS;
	case MEASURE_ANSWER: return things == THINGS_ANSWERS;
	}
	return false;
}

/* "of" measure ["per" n "months"] "of" things */
static Err take_measured(Parser *p, Indicator *out)
{
	int measure = 0;
	RETURN_IF_ERR(token_expect(p, "of"));
	RETURN_IF_ERR(token_take_word(p, WORDS(measure_words), &measure));
	out->measure = (MeasureKind)measure;
	if (out->measure == MEASURE_COMPANY_CONTACTS) {
		RETURN_IF_ERR(token_expect(p, "per"));
		size_t at = p->token.at;
		RETURN_IF_ERR(token_take_number(p, &out->stretch_months));
		if (out->stretch_months < 1 || out->stretch_months > 120)
			return refuse_at(p->c, p->field, 0, token_column(p, at), "%s",
					 T(p->c->lang, "The stretch must be from 1 to 120 months."));
		RETURN_IF_ERR(token_expect(p, "months"));
	}
	RETURN_IF_ERR(token_expect(p, "of"));
	RETURN_IF_ERR(take_things(p, &out->of));
	if (!measure_fits(out->measure, out->of.kind))
		return refuse_at(p->c, p->field, 0, out->of.column, T(p->c->lang, "“%s” cannot be measured for these."),
				 measure_words[measure].word);
	return OK;
}

/* The period of a growth that is held against the one before. */
static Err take_second(Parser *p, Indicator *out)
{
	size_t at = p->token.at;
	RETURN_IF_ERR(take_day(p, &out->after));
	if (out->after.from <= out->before.to)
		return refuse_at(p->c, p->field, 0, token_column(p, at), "%s",
				 T(p->c->lang, "The second period must come after the first."));
	return OK;
}

static Err take_indicator(Parser *p, Indicator *out)
{
	int kind = 0;
	RETURN_IF_ERR(token_take_word(p, WORDS(kind_words), &kind));
	out->kind = (IndicatorKind)kind;
	switch (out->kind) {
	case INDICATOR_COUNT: return take_things(p, &out->of);
	case INDICATOR_SHARE:
		RETURN_IF_ERR(token_expect(p, "of"));
		RETURN_IF_ERR(take_things(p, &out->of));
		RETURN_IF_ERR(token_expect(p, "with"));
		return take_condition(p, out->of.kind, &out->with);
	case INDICATOR_GROWTH:
		RETURN_IF_ERR(token_expect(p, "of"));
		RETURN_IF_ERR(token_expect(p, "count"));
		RETURN_IF_ERR(take_things(p, &out->of));
		if (out->of.kind == THINGS_ANSWERS)
			return refuse_at(p->c, p->field, 0, out->of.column, "%s",
					 T(p->c->lang, "Answers have no growth."));
		RETURN_IF_ERR(token_expect(p, "from"));
		RETURN_IF_ERR(take_day(p, &out->before));
		RETURN_IF_ERR(token_expect(p, "to"));
		return take_second(p, out);
	default: return take_measured(p, out);
	}
}

Err indicator_parse(Ctx *c, const char *field, Str expression, Indicator **out)
{
	Parser p = { .c = c, .field = field, .source = expression };
	if (expression.len > EXPRESSION_MOST)
		return refuse(c, field, T(c->lang, "At most %d characters are allowed here."), EXPRESSION_MOST);
	if (!utf8_valid(expression, NULL))
		return refuse(c, field, "%s", T(c->lang, "The text is not valid UTF-8."));
	Indicator *made = ARENA_NEW(c->arena, Indicator);
	token_next(&p);
	RETURN_IF_ERR(take_indicator(&p, made));
	if (p.token.kind != TOKEN_END)
		return token_refuse(&p, T(c->lang, "the end, or “and”, “or”"), NULL);
	if (made->of.kind == THINGS_CONTACTS) {
		RETURN_IF_ERR(check_contact_condition(&p, made->of.where));
		RETURN_IF_ERR(check_contact_condition(&p, made->with));
	}
	*out = made;
	return OK;
}

const char *indicator_unit(const Indicator *in)
{
	switch (in->kind) {
	case INDICATOR_COUNT: return "count";
	case INDICATOR_SHARE: return "share";
	case INDICATOR_GROWTH: return "growth";
	default: return "number";
	}
}
