/* The forms with which a manager keeps the goals: all of them add, none
 * overwrites. */
#include "access/page.h"
#include "feature/feature.h"
#include "goal_form_html.h"
#include "measure/board.h"
#include "measure/goal_form.h"
#include "measure/goal_text.h"
#include "measure/goal_web.h"
#include "measure/theory_web.h"

#include "base/utf8.h"

#include <math.h>

/* The same as definition_form; a preview needs the expression only. */
static const Field preview_fields[] = {
	FIELD(DefinitionIn, position, FIELD_INT, N_("Place in the list (1 is the one that counts)"), .min = 1,
	      .max = 100),
	FIELD(DefinitionIn, name, FIELD_TEXT, N_("Name")),
	FIELD(DefinitionIn, name_en, FIELD_TEXT, N_("Name in English")),
	FIELD(DefinitionIn, expression, FIELD_NOTE, N_("Indicator"), .required = true, .most = EXPRESSION_MOST),
	FIELD(DefinitionIn, valid_from, FIELD_DATE, N_("Valid from")),
	FIELD(DefinitionIn, decided_by, FIELD_TEXT, N_("Decided by")),
	FIELD(DefinitionIn, decided_by_en, FIELD_TEXT, N_("Decided by, in English")),
	FIELD(DefinitionIn, why, FIELD_NOTE, N_("Why"), .most = 1000),
	FIELD(DefinitionIn, why_en, FIELD_NOTE, N_("Why, in English"), .most = 1000),
};
static const Form preview_form = FORM("preview", DefinitionIn, preview_fields);

static Err asked_goal(Ctx *c, const Request *r, Goal *out)
{
	RETURN_IF_ERR(goal_with_id(c, (GoalId){ request_id(r, "goal") }, out));
	return policy_programme(c, r->route->may.operation, out->programme);
}

static Str goal_path(Ctx *c, GoalId id, const char *below)
{
	Str text = uuid_str(c->arena, id.v);
	return str_printf(c->arena, "/maal/%.*s%s", STR_ARG(text), below);
}

static GoalFormPage form_page(const Ctx *c, const Goal *goal, const char *heading)
{
	return (GoalFormPage){ .heading = str_of(heading),
			       .goal_code = goal->code,
			       .goal_wording = text_in(c->lang, goal->wording, goal->wording_en) };
}

static Html *open_form(Ctx *c, Request *r, const GoalFormPage *page, Str back)
{
	Html *h = page_open(c, r,
			    &(Page){ .title = page->heading, .back = back, .back_text = str_of(T(c->lang, "Back")) });
	goal_form_head_html(h, page);
	return h;
}

/* One of the plain forms about a goal. */
static Err show_form(Ctx *c, Request *r, const char *heading, const Form *form, const void *values)
{
	Goal goal;
	RETURN_IF_ERR(asked_goal(c, r, &goal));
	GoalFormPage page = form_page(c, &goal, heading);
	Str back = goal_path(c, goal.id, "");
	Html *h = open_form(c, r, &page, back);
	page_form(c, r, h, &(FormView){ .form = form, .values = values, .cancel = back });
	return page_close(r);
}

static Err saved(Ctx *c, Request *r, GoalId id)
{
	return answer_redirect(r, goal_path(c, id, ""), N_("Saved."));
}

/* ---- target, judgement, goal ------------------------------------------------------- */

static Err target_new(Ctx *c, Request *r)
{
	GoalTargetIn in = { .valid_from = clock_today(c->clock),
			    .value = (double)NAN,
			    .decided_by = feature_actor_name(c) };
	return show_form(c, r, T(c->lang, "New target"), &goal_target_form, &in);
}

static Err target_post(Ctx *c, Request *r)
{
	Goal goal;
	RETURN_IF_ERR(asked_goal(c, r, &goal));
	RETURN_IF_ERR(goal_set_target(c, goal.id, r->in));
	return saved(c, r, goal.id);
}

static Err judgement_new(Ctx *c, Request *r)
{
	JudgementIn in = { .day = clock_today(c->clock),
			   .judged_by = feature_actor_name(c),
			   .verdict = ENUM_NONE,
			   .value = (double)NAN };
	return show_form(c, r, T(c->lang, "Judge the goal"), &judgement_form, &in);
}

static Err judgement_post(Ctx *c, Request *r)
{
	Goal goal;
	JudgementId id;
	RETURN_IF_ERR(asked_goal(c, r, &goal));
	RETURN_IF_ERR(goal_judge(c, goal.id, r->in, &id));
	return saved(c, r, goal.id);
}

static Err goal_new(Ctx *c, Request *r)
{
	GoalIn in = { .level = ENUM_NONE, .unit = ENUM_NONE, .position = INT_NONE };
	GoalFormPage page = { .heading = str_of(T(c->lang, "Add a goal")) };
	Programme programme;
	FormOptions nodes;
	RETURN_IF_ERR(programme_get(c, (ProgrammeId){ request_id(r, "programme") }, &programme));
	RETURN_IF_ERR(theory_node_options(c, programme.id, "node", &nodes));
	Html *h = open_form(c, r, &page, STR("/maal"));
	page_form(c, r, h,
		  &(FormView){ .form = &goal_form,
			       .values = &in,
			       .cancel = STR("/maal"),
			       .options = &nodes,
			       .option_count = 1 });
	return page_close(r);
}

static Err goal_post(Ctx *c, Request *r)
{
	GoalId id;
	RETURN_IF_ERR(goal_add(c, (ProgrammeId){ request_id(r, "programme") }, r->in, &id));
	return saved(c, r, id);
}

/* ---- definition ---------------------------------------------------------------------- */

/* The byte at which a character (1-based) begins. */
static size_t byte_of(Str s, int64_t character)
{
	size_t at = 0;
	for (int64_t i = 1; i < character && at < s.len; i++)
		do
			at++;
		while (at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80);
	return at;
}

/* Where the expression that was typed stops making sense. */
static WrongPlace wrong_place(const Ctx *c, const Request *r)
{
	Str typed = str_trim(request_typed(r, "expression"));
	for (size_t i = 0; i < c->problem_count && i < PROBLEMS_MOST && utf8_valid(typed, NULL); i++) {
		const Problem *p = &c->problems[i];
		if (!str_eq_z(p->field, "expression") || p->column <= 0)
			continue;
		size_t from = byte_of(typed, p->column), to = from;
		while (to < typed.len && typed.ptr[to] != ' ' && typed.ptr[to] != '\n' && typed.ptr[to] != ',')
			to++;
		to = to == from && to < typed.len ? to + 1 : to;
		return (WrongPlace){ .before = str_sub(typed, 0, from),
				     .wrong = from < typed.len ? str_sub(typed, from, to) : STR("…"),
				     .after = str_sub(typed, to, typed.len),
				     .message = p->message,
				     .character = p->column,
				     .shown = true };
	}
	return (WrongPlace){ 0 };
}

static Err show_definition(Ctx *c, Request *r, const Goal *goal, const DefinitionIn *in,
			   const DefinitionPreview *preview)
{
	GoalFormPage page = form_page(c, goal, T(c->lang, "New definition"));
	Str back = goal_path(c, goal->id, "");
	FormView view = { .form = &definition_form, .values = in };
	Html *h = open_form(c, r, &page, back);
	goal_form_language_html(h);
	if (r->again != 0) {
		WrongPlace wrong = wrong_place(c, r);
		page_problems(c, h, &definition_form);
		if (wrong.shown)
			goal_form_wrong_html(h, &wrong);
	}
	if (preview != NULL)
		goal_form_preview_html(h, preview);
	Str save = goal_path(c, goal->id, "/definition"), look = goal_path(c, goal->id, "/definition/vis");
	goal_form_definition_open_html(h, save, look, back);
	page_fields(c, r, h, &view);
	goal_form_definition_close_html(h, save, look, back);
	return page_close(r);
}

static Err definition_new(Ctx *c, Request *r)
{
	Goal goal;
	DefinitionIn in = { .position = 1, .valid_from = clock_today(c->clock), .decided_by = feature_actor_name(c) };
	RETURN_IF_ERR(asked_goal(c, r, &goal));
	return show_definition(c, r, &goal, &in, NULL);
}

static Err definition_post(Ctx *c, Request *r)
{
	Goal goal;
	DefinitionId id;
	RETURN_IF_ERR(asked_goal(c, r, &goal));
	RETURN_IF_ERR(goal_define(c, goal.id, r->in, &id));
	return saved(c, r, goal.id);
}

static Err preview(Ctx *c, const Goal *goal, Str expression, DefinitionPreview *out)
{
	Programme programme;
	Indicator *in;
	GoalResult g;
	RETURN_IF_ERR(programme_get(c, goal->programme, &programme));
	out->day = board_day(c, &programme);
	Evaluation *e = evaluation_new(c, goal->programme, out->day, programme.gap_days);
	RETURN_IF_ERR(indicator_parse(c, "expression", expression, &in));
	RETURN_IF_ERR(indicator_check(e, "expression", in));
	DefinitionResult d = { .unit = indicator_unit(in) };
	RETURN_IF_ERR(indicator_evaluate(e, in, &d.measured));
	RETURN_IF_ERR(goal_measure(c, goal, out->day, &g));
	double target = g.targets.n > 0 ? g.targets.at[g.targets.n - 1].value : (double)NAN;
	out->words = indicator_words(c, in);
	out->result = goal_measured_text(c, &d);
	out->interval = goal_interval_text(c, &d.measured);
	out->status = goal_compare(goal->unit, target, d.unit, &d.measured);
	return OK;
}

static Err preview_in_read(Ctx *c, Request *r)
{
	const DefinitionIn *in = r->in;
	Goal goal;
	DefinitionPreview seen = { 0 };
	RETURN_IF_ERR(asked_goal(c, r, &goal));
	RETURN_IF_ERR(preview(c, &goal, in->expression, &seen));
	return show_definition(c, r, &goal, in, &seen);
}

/* Stores nothing, so it is no job for the writer. */
static Err preview_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = preview_in_read(c, r);
	db_end_read(c);
	return e;
}

static const Route routes[] = {
	ROUTE(GET, "/projekt/{programme}/maal/ny", goal_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/maal/ny", goal_post, MAY(MANAGE, OWN_PROGRAMME), &goal_form,
	      .again = goal_new),
	ROUTE(GET, "/maal/{goal}/maaltal", target_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/maal/{goal}/maaltal", target_post, MAY(MANAGE, OWN_PROGRAMME), &goal_target_form,
	      .again = target_new),
	ROUTE(GET, "/maal/{goal}/vurdering", judgement_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/maal/{goal}/vurdering", judgement_post, MAY(MANAGE, OWN_PROGRAMME), &judgement_form,
	      .again = judgement_new),
	ROUTE(GET, "/maal/{goal}/definition", definition_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/maal/{goal}/definition", definition_post, MAY(MANAGE, OWN_PROGRAMME), &definition_form,
	      .again = definition_new),
	ROUTE(POST, "/maal/{goal}/definition/vis", preview_post, MAY(MANAGE, OWN_PROGRAMME), &preview_form,
	      .lane = LANE_SLOW, .again = definition_new),
};
const RouteTable goal_form_routes = ROUTES(routes);
