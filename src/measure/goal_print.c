#include "measure/goal_print.h"

#include <math.h>
#include <string.h>

static void put_code(JsonWriter *w, const char *key, const EnumTable *table, int value)
{
	json_key(w, key);
	json_put_text(w, enum_code(table, value));
}

static void put_text(JsonWriter *w, const char *key, Str text)
{
	json_key(w, key);
	json_put_text(w, str_is_empty(text) ? STR_NONE : text);
}

/* A percentage has no more digits than its counts can carry. */
static double tidy(double x)
{
	return round(x * 1e9) / 1e9;
}

static void put_count(JsonWriter *w, const char *key, int64_t n)
{
	json_key(w, key);
	if (n != INT_NONE)
		json_put_int(w, n);
	else
		json_put_null(w);
}

/* In per cent, as the share it belongs to; null where there is none. */
static void put_interval(JsonWriter *w, Interval i)
{
	json_key(w, "lo");
	json_put_real(w, tidy(i.low * 100));
	json_key(w, "hi");
	json_put_real(w, tidy(i.high * 100));
}

/* A count is of nothing by itself; as a goal it is so many of those aimed at: 125 of 125. */
static int64_t denominator_of(const GoalResult *g, const Measured *m)
{
	bool aimed = g->goal.unit == GOAL_COUNT && m->denominator == INT_NONE && m->numerator != INT_NONE;
	return aimed && g->targets.n > 0 ? (int64_t)g->targets.at[g->targets.n - 1].value : m->denominator;
}

static void put_measured(JsonWriter *w, const GoalResult *g, const Measured *m, const char *unit)
{
	put_count(w, "numerator", m->numerator);
	put_count(w, "denominator", denominator_of(g, m));
	json_key(w, "value");
	json_put_real(w, tidy(measured_value(unit, m)));
	if (strcmp(unit, "growth") == 0) {
		put_count(w, "before", m->before);
		put_count(w, "after", m->after);
	}
	put_interval(w, measured_interval(m));
}

/* Nothing was counted; people may have said a value. */
static void put_judged(JsonWriter *w, const GoalResult *g)
{
	put_count(w, "numerator", INT_NONE);
	put_count(w, "denominator", INT_NONE);
	json_key(w, "value");
	json_put_real(w, goal_value(g));
	put_interval(w, (Interval){ (double)NAN, (double)NAN });
}

static void put_targets(JsonWriter *w, const GoalTargetList *targets)
{
	json_key(w, "target");
	if (targets->n > 0)
		json_put_real(w, targets->at[targets->n - 1].value);
	else
		json_put_null(w);
	json_key(w, "targets");
	json_open_list(w);
	for (size_t i = 0; i < targets->n; i++) {
		const GoalTarget *t = &targets->at[i];
		json_open_object(w);
		json_key(w, "value");
		json_put_real(w, t->value);
		json_key(w, "from");
		json_put_date(w, t->valid_from);
		put_text(w, "by", t->decided_by);
		put_text(w, "why", t->why);
		json_close(w);
	}
	json_close(w);
}

static void put_definitions(JsonWriter *w, const GoalResult *g)
{
	json_key(w, "definitions");
	json_open_list(w);
	for (size_t i = 0; i < g->definition_count; i++) {
		const DefinitionResult *d = &g->definitions[i];
		json_open_object(w);
		put_text(w, "name", d->definition.name);
		put_text(w, "expression", d->definition.expression);
		put_text(w, "words", d->words);
		put_measured(w, g, &d->measured, d->unit);
		put_code(w, "status", &goal_status_table, (int)d->status);
		json_key(w, "from");
		json_put_date(w, d->definition.valid_from);
		put_text(w, "by", d->definition.decided_by);
		put_text(w, "why", d->definition.why);
		json_close(w);
	}
	json_close(w);
}

static void put_judgement(JsonWriter *w, const GoalResult *g)
{
	json_key(w, "judgement");
	if (!g->judged) {
		json_put_null(w);
		return;
	}
	json_open_object(w);
	json_key(w, "date");
	json_put_date(w, g->judgement.day);
	put_text(w, "by", g->judgement.judged_by);
	put_code(w, "verdict", &goal_status_table, (int)g->judgement.verdict);
	json_key(w, "value");
	json_put_real(w, g->judgement.value);
	put_text(w, "reason", g->judgement.reason);
	json_close(w);
}

static void put_goal(Ctx *c, JsonWriter *w, const GoalResult *g)
{
	const DefinitionResult *main = g->definition_count > 0 ? &g->definitions[0] : NULL;
	json_open_object(w);
	put_text(w, "code", g->goal.code);
	put_code(w, "level", &goal_level_table, (int)g->goal.level);
	put_text(w, "wording", g->wording);
	put_targets(w, &g->targets);
	if (main != NULL)
		put_measured(w, g, &main->measured, main->unit);
	else
		put_judged(w, g);
	put_code(w, "unit", &goal_unit_table, (int)g->goal.unit);
	put_code(w, "status", &goal_status_table, (int)g->status);
	put_code(w, "status_original_target", &goal_status_table, (int)g->status_original);
	put_text(w, "definition", goal_definition_text(c, g));
	put_text(w, "proxy", g->proxy);
	put_definitions(w, g);
	put_judgement(w, g);
	json_close(w);
}

void goals_json_list(Ctx *c, JsonWriter *w, const GoalResultList *goals)
{
	json_open_list(w);
	for (size_t i = 0; i < goals->n; i++)
		put_goal(c, w, &goals->at[i]);
	json_close(w);
}

void goals_json(Ctx *c, Buf *out, Str programme, Date day, const GoalResultList *goals)
{
	JsonWriter w = json_writer(out);
	json_open_object(&w);
	put_text(&w, "programme", programme);
	json_key(&w, "date");
	json_put_date(&w, day);
	json_key(&w, "goals");
	goals_json_list(c, &w, goals);
	json_close(&w);
	buf_char(out, '\n');
}

/* ---- what it looks like ---------------------------------------------------------- */

#define MEASURED_FIELDS                                                                                     \
	SHAPE_FIELD(numerator, FIELD_INT, N_("Numerator")), SHAPE_FIELD(denominator, FIELD_INT, N_("of")),  \
		SHAPE_FIELD(value, FIELD_REAL, N_("Result")), SHAPE_FIELD(before, FIELD_INT, N_("Before")), \
		SHAPE_FIELD(after, FIELD_INT, N_("After")), SHAPE_FIELD(lo, FIELD_REAL, N_("95 %, lower")), \
		SHAPE_FIELD(hi, FIELD_REAL, N_("95 %, upper")),                                             \
		SHAPE_FIELD(status, FIELD_ENUM, N_("Status"), .required = true, .choices = &goal_status_table)

static const Field target_fields[] = {
	SHAPE_FIELD(value, FIELD_REAL, N_("Target"), .required = true),
	SHAPE_FIELD(from, FIELD_DATE, N_("From"), .required = true),
	SHAPE_FIELD(by, FIELD_TEXT, N_("Decided by")),
	SHAPE_FIELD(why, FIELD_TEXT, N_("Why")),
};
static const Field definition_fields[] = {
	SHAPE_FIELD(name, FIELD_TEXT, N_("Name")),
	SHAPE_FIELD(expression, FIELD_TEXT, N_("In Rampe's language"), .required = true),
	SHAPE_FIELD(words, FIELD_TEXT, N_("In words"), .required = true),
	MEASURED_FIELDS,
	SHAPE_FIELD(from, FIELD_DATE, N_("In force from"), .required = true),
	SHAPE_FIELD(by, FIELD_TEXT, N_("Decided by")),
	SHAPE_FIELD(why, FIELD_TEXT, N_("Why")),
};
static const Field judgement_fields[] = {
	SHAPE_FIELD(date, FIELD_DATE, N_("Day"), .required = true),
	SHAPE_FIELD(by, FIELD_TEXT, N_("Judged by"), .required = true),
	SHAPE_FIELD(verdict, FIELD_ENUM, N_("Verdict"), .required = true, .choices = &goal_status_table),
	SHAPE_FIELD(value, FIELD_REAL, N_("Result")),
	SHAPE_FIELD(reason, FIELD_TEXT, N_("Reason")),
};
static const Field goal_fields[] = {
	SHAPE_FIELD(code, FIELD_TEXT, N_("Code"), .required = true),
	SHAPE_FIELD(level, FIELD_ENUM, N_("Level"), .required = true, .choices = &goal_level_table),
	SHAPE_FIELD(wording, FIELD_TEXT, N_("What was to be reached"), .required = true),
	SHAPE_FIELD(target, FIELD_REAL, N_("Target")),
	SHAPE_FIELD(unit, FIELD_ENUM, N_("Unit"), .required = true, .choices = &goal_unit_table),
	MEASURED_FIELDS,
	SHAPE_FIELD(status_original_target, FIELD_ENUM, N_("Status against the original target"), .required = true,
		    .choices = &goal_status_table),
	SHAPE_FIELD(definition, FIELD_TEXT, N_("Definition")),
	SHAPE_FIELD(proxy, FIELD_TEXT, N_("Measured by")),
};
static const Field goals_fields[] = {
	SHAPE_FIELD(programme, FIELD_TEXT, N_("Programme"), .required = true),
	SHAPE_FIELD(date, FIELD_DATE, N_("As of"), .required = true),
};
static const Form target_shape_form = SHAPE_FORM("target", target_fields),
		  definition_shape_form = SHAPE_FORM("definition", definition_fields),
		  judgement_shape_form = SHAPE_FORM("judgement", judgement_fields),
		  goal_shape_form = SHAPE_FORM("goal", goal_fields),
		  goals_shape_form = SHAPE_FORM("goals", goals_fields);
static const Shape target_shape = { .form = &target_shape_form }, definition_shape = { .form = &definition_shape_form },
		   judgement_shape = { .form = &judgement_shape_form };
static const ShapePart goal_parts[] = { { "targets", &target_shape, .list = true },
					{ "definitions", &definition_shape, .list = true },
					{ "judgement", &judgement_shape, .list = false } };
static const Shape goal_shape = SHAPE(&goal_shape_form, goal_parts);
static const ShapePart goals_parts[] = { { "goals", &goal_shape, .list = true } };
const Shape goals_shape = SHAPE(&goals_shape_form, goals_parts);
