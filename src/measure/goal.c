#include "measure/goal.h"

#include "feature/feature.h"
#include "feature/programme/programme.h"
#include "measure/theory.h"

static const EnumRow level_rows[] = { { "activity", N_("Activities") },
				      { "short_result", N_("Short-term results") },
				      { "long_result", N_("Long-term results") },
				      { "effect", N_("Effects") } };
const EnumTable goal_level_table = ENUM_TABLE("goal_level", level_rows);

static const EnumRow unit_rows[] = { { "count", N_("count") },
				     { "percent", N_("per cent") },
				     { "number", N_("number") } };
const EnumTable goal_unit_table = ENUM_TABLE("goal_unit", unit_rows);

static const EnumRow status_rows[] = { { "met", N_("Met") },
				       { "partly_met", N_("Partly met") },
				       { "not_met", N_("Not met") },
				       { "not_followed_up", N_("Not followed up") },
				       { "not_decidable", N_("Not decidable") } };
const EnumTable goal_status_table = ENUM_TABLE("goal_status", status_rows);

static const Field goal_fields[] = {
	FIELD(GoalIn, code, FIELD_TEXT, N_("Code"), .hint = N_("Letters and a number, as D2"), .required = true,
	      .most = 20),
	FIELD(GoalIn, level, FIELD_ENUM, N_("Level"), .required = true, .choices = &goal_level_table),
	FIELD(GoalIn, unit, FIELD_ENUM, N_("Unit of the target"), .required = true, .choices = &goal_unit_table),
	FIELD(GoalIn, position, FIELD_INT, N_("Place in the list"), .min = 1, .max = 10000),
	FIELD(GoalIn, wording, FIELD_NOTE, N_("Wording"), .required = true, .most = 1000),
	FIELD(GoalIn, wording_en, FIELD_NOTE, N_("Wording in English"), .most = 1000),
	FIELD(GoalIn, proxy, FIELD_NOTE, N_("Measured instead"), .most = 1000),
	FIELD(GoalIn, proxy_en, FIELD_NOTE, N_("Measured instead, in English"), .most = 1000),
	FIELD(GoalIn, node, FIELD_TEXT, N_("Place in the theory of change"), .most = 40),
};
const Form goal_form = FORM("goal", GoalIn, goal_fields);

static const Field target_fields[] = {
	FIELD(GoalTargetIn, valid_from, FIELD_DATE, N_("Valid from"), .required = true),
	FIELD(GoalTargetIn, value, FIELD_REAL, N_("Target"), .required = true, .min = 0, .max = 1e9),
	FIELD(GoalTargetIn, decided_by, FIELD_TEXT, N_("Decided by"), .required = true),
	FIELD(GoalTargetIn, decided_by_en, FIELD_TEXT, N_("Decided by, in English")),
	FIELD(GoalTargetIn, why, FIELD_NOTE, N_("Why"), .most = 1000),
	FIELD(GoalTargetIn, why_en, FIELD_NOTE, N_("Why, in English"), .most = 1000),
};
const Form goal_target_form = FORM("goal_target", GoalTargetIn, target_fields);

static const Field definition_fields[] = {
	FIELD(DefinitionIn, position, FIELD_INT, N_("Place in the list (the first that is in force counts)"),
	      .required = true, .min = 1, .max = 100),
	FIELD(DefinitionIn, name, FIELD_TEXT, N_("Name"), .required = true),
	FIELD(DefinitionIn, name_en, FIELD_TEXT, N_("Name in English")),
	FIELD(DefinitionIn, expression, FIELD_NOTE, N_("Indicator"), .required = true, .most = EXPRESSION_MOST),
	FIELD(DefinitionIn, valid_from, FIELD_DATE, N_("Valid from"), .required = true),
	FIELD(DefinitionIn, decided_by, FIELD_TEXT, N_("Decided by"), .required = true),
	FIELD(DefinitionIn, decided_by_en, FIELD_TEXT, N_("Decided by, in English")),
	FIELD(DefinitionIn, why, FIELD_NOTE, N_("Why"), .most = 1000),
	FIELD(DefinitionIn, why_en, FIELD_NOTE, N_("Why, in English"), .most = 1000),
};
const Form definition_form = FORM("definition", DefinitionIn, definition_fields);

static const Field judgement_fields[] = {
	FIELD(JudgementIn, day, FIELD_DATE, N_("Day"), .required = true),
	FIELD(JudgementIn, judged_by, FIELD_TEXT, N_("Judged by"), .required = true),
	FIELD(JudgementIn, judged_by_en, FIELD_TEXT, N_("Judged by, in English")),
	FIELD(JudgementIn, verdict, FIELD_ENUM, N_("Verdict"), .required = true, .choices = &goal_status_table),
	FIELD(JudgementIn, value, FIELD_REAL, N_("Value"), .min = 0, .max = 1e9),
	FIELD(JudgementIn, reason, FIELD_NOTE, N_("Reason"), .required = true, .most = 1000),
	FIELD(JudgementIn, reason_en, FIELD_NOTE, N_("Reason, in English"), .most = 1000),
};
const Form judgement_form = FORM("judgement", JudgementIn, judgement_fields);

/* ---- writing ---------------------------------------------------------------- */

static bool is_letter(char ch)
{
	return ch >= 'A' && ch <= 'Z';
}

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

/* "d2" is typed, "D2" is read. */
static Err read_code(Ctx *c, Str typed, Str *out)
{
	Str code = str_upper_ascii(c->arena, str_trim(typed));
	size_t letters = 0, digits = 0;
	while (letters < code.len && is_letter(code.ptr[letters]))
		letters++;
	while (letters + digits < code.len && is_digit(code.ptr[letters + digits]))
		digits++;
	if (letters == 0 || digits == 0 || letters + digits < code.len)
		return refuse(c, "code", "%s", T(c->lang, "A goal's code is letters (A–Z) and a number, as D2."));
	*out = code;
	return OK;
}

Err goal_add(Ctx *c, ProgrammeId programme, const GoalIn *in, GoalId *out)
{
	Goal there;
	Programme known;
	Str code;
	RETURN_IF_ERR(programme_get(c, programme, &known));
	RETURN_IF_ERR(read_code(c, in->code, &code));
	Err e = goal_with_code(c, programme, code, &there);
	if (e == OK) {
		refuse(c, "code", T(c->lang, "The programme has a goal “%.*s” already."), STR_ARG(code));
		return ERR_CONFLICT;
	}
	if (e != ERR_NOT_FOUND)
		return e;
	Goal g = { .id = { uuid_is_none(in->id) ? uuid_v7(c->clock, c->random) : in->id },
		   .programme = programme,
		   .code = code,
		   .level = (GoalLevel)in->level,
		   .position = in->position == INT_NONE ? 1000 : in->position,
		   .wording = in->wording,
		   .wording_en = in->wording_en,
		   .unit = (GoalUnit)in->unit,
		   .proxy = in->proxy,
		   .proxy_en = in->proxy_en };
	RETURN_IF_ERR(theory_node_id(c, programme, "node", in->node, &g.node));
	RETURN_IF_ERR(goal_insert(c, &g));
	*out = g.id;
	return feature_audit(c, "goal.add", "goal", g.id.v, NOBODY);
}

/* A target or a judgement of a day that the programme does not have would rewrite its history. */
static Err check_day(Ctx *c, ProgrammeId programme, const char *field, Date day)
{
	GoalRules rules;
	RETURN_IF_ERR(goal_rules(c, programme, &rules));
	if (day < rules.starts || day > rules.ends)
		return refuse(c, field, "%s", T(c->lang, "The day is outside the programme's period."));
	return OK;
}

Err goal_set_target(Ctx *c, GoalId goal, const GoalTargetIn *in)
{
	Goal g;
	Date last;
	RETURN_IF_ERR(goal_with_id(c, goal, &g));
	RETURN_IF_ERR(check_day(c, g.programme, "valid_from", in->valid_from));
	if (g.unit == GOAL_PERCENT && in->value > 100)
		return refuse(c, "value", "%s", T(c->lang, "A target in per cent is at most 100."));
	RETURN_IF_ERR(goal_target_last(c, goal, &last));
	if (last != DATE_NONE && in->valid_from <= last) {
		Str when = text_date(c->arena, c->lang, last);
		(void)refuse(c, "valid_from",
			     T(c->lang, "A newer target must be of a day after %.*s, the newest there is."),
			     STR_ARG(when));
		return ERR_CONFLICT;
	}
	GoalTarget t = { goal, in->valid_from, in->value, in->decided_by, in->decided_by_en, in->why, in->why_en };
	RETURN_IF_ERR(goal_target_insert(c, &t));
	return feature_audit(c, "goal.target", "goal", goal.v, NOBODY);
}

/* What goes ahead of other definitions decides from its day on; of an earlier day
 * than theirs it would decide what they have decided already. */
static Err check_defined_after(Ctx *c, GoalId goal, const DefinitionIn *in)
{
	Date newest = DATE_NONE;
	RETURN_IF_ERR(goal_definition_newest(c, goal, in->position, &newest));
	if (newest == DATE_NONE || in->valid_from > newest)
		return OK;
	Str when = text_date(c->arena, c->lang, newest);
	(void)refuse(c, "valid_from",
		     T(c->lang,
		       "Ahead of others a definition must be of a day after %.*s, the newest of theirs. Behind "
		       "them it stands for comparison."),
		     STR_ARG(when));
	return ERR_CONFLICT;
}

Err goal_define(Ctx *c, GoalId goal, const DefinitionIn *in, DefinitionId *out)
{
	Goal g;
	Indicator *indicator;
	RETURN_IF_ERR(goal_with_id(c, goal, &g));
	RETURN_IF_ERR(indicator_parse(c, "expression", in->expression, &indicator));
	RETURN_IF_ERR(indicator_check(evaluation_new(c, g.programme, in->valid_from, 0), "expression", indicator));
	GoalUnit unit = goal_unit_of(indicator_unit(indicator));
	if (unit != g.unit)
		return refuse(c, "expression", T(c->lang, "It gives “%s”, and the goal's unit is “%s”."),
			      enum_text(c->lang, &goal_unit_table, (int)unit),
			      enum_text(c->lang, &goal_unit_table, (int)g.unit));
	RETURN_IF_ERR(check_day(c, g.programme, "valid_from", in->valid_from));
	RETURN_IF_ERR(check_defined_after(c, goal, in));
	RETURN_IF_ERR(goal_definition_make_room(c, goal, in->position));
	GoalDefinition d = { .id = { uuid_v7(c->clock, c->random) },
			     .goal = goal,
			     .position = in->position,
			     .name = in->name,
			     .name_en = in->name_en,
			     .expression = in->expression,
			     .valid_from = in->valid_from,
			     .decided_by = in->decided_by,
			     .decided_by_en = in->decided_by_en,
			     .why = in->why,
			     .why_en = in->why_en };
	RETURN_IF_ERR(goal_definition_insert(c, &d));
	*out = d.id;
	return feature_audit(c, "goal.define", "goal", goal.v, NOBODY);
}

Err goal_judge(Ctx *c, GoalId goal, const JudgementIn *in, JudgementId *out)
{
	Goal g;
	RETURN_IF_ERR(goal_with_id(c, goal, &g));
	RETURN_IF_ERR(check_day(c, g.programme, "day", in->day));
	if (in->day > clock_today(c->clock))
		return refuse(c, "day", "%s", T(c->lang, "The day is in the future."));
	GoalJudgement j = { .id = { uuid_v7(c->clock, c->random) },
			    .goal = goal,
			    .day = in->day,
			    .judged_by = in->judged_by,
			    .judged_by_en = in->judged_by_en,
			    .verdict = (GoalStatus)in->verdict,
			    .value = in->value,
			    .reason = in->reason,
			    .reason_en = in->reason_en };
	RETURN_IF_ERR(goal_judgement_insert(c, &j));
	*out = j.id;
	return feature_audit(c, "goal.judge", "goal", goal.v, NOBODY);
}
