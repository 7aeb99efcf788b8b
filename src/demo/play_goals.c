/* Goals with the history of their targets, how they are measured, who judged
 * them, and the theory of change they hang on. */
#include "demo/play_inside.h"

#include "base/file.h"
#include "format/csv.h"
#include "measure/theory.h"

#include <assert.h>
#include <math.h>

enum { LIST_MOST = 1 << 20, COLUMNS_MOST = 10 };

static int in_table(const EnumTable *table, Str code)
{
	int value = ENUM_NONE;
	enum_parse(table, code, &value);
	return value;
}

/* ---- theory of change ----------------------------------------------------------- */

static Err play_node(Ctx *c, Play *p, int i)
{
	const FactNode *n = &p->r->facts->nodes[i];
	TheoryNodeIn in = { .code = n->code,
			    .level = in_table(&goal_level_table, n->level),
			    .position = i + 1,
			    .label = n->text_da,
			    .label_en = n->text_en };
	NodeId id;
	return theory_add_node(c, p->programme, &in, &id);
}

static Err play_arrow(Ctx *c, Play *p, int i)
{
	const Facts *f = p->r->facts;
	const FactArrow *a = &f->arrows[i];
	TheoryArrowIn in = { f->nodes[a->from].code, f->nodes[a->to].code, a->assumption_da, a->assumption_en };
	return theory_add_arrow(c, p->programme, &in);
}

static Str node_of_goal(const Facts *f, Str code)
{
	for (int i = 0; i < f->node_count; i++) {
		Str rest = f->nodes[i].goals, one;
		while (str_split(&rest, ' ', &one))
			if (str_eq(one, code))
				return f->nodes[i].code;
	}
	return STR_NONE;
}

/* ---- goals ------------------------------------------------------------------------ */

static int unit_of(const FactGoal *g)
{
	if (str_eq_z(g->unit, "percent"))
		return GOAL_PERCENT;
	return str_eq_z(g->unit, "count") ? GOAL_COUNT : GOAL_NUMBER;
}

static Err add_target(Ctx *c, GoalId goal, Str value, GoalTargetIn in)
{
	if (!str_to_real(value, &in.value))
		return OK; /* no target is published */
	return goal_set_target(c, goal, &in);
}

static Err play_goal(Ctx *c, Play *p, int i)
{
	const FactGoal *g = &p->r->facts->goals[i];
	GoalIn in = { .code = g->code,
		      .level = in_table(&goal_level_table, g->level),
		      .unit = unit_of(g),
		      .position = i + 1,
		      .wording = g->wording_da,
		      .wording_en = g->wording_en,
		      .proxy = str_is_empty(g->proxy_da) ? STR_NONE : g->proxy_da,
		      .proxy_en = str_is_empty(g->proxy_en) ? STR_NONE : g->proxy_en,
		      .node = node_of_goal(p->r->facts, g->code) };
	RETURN_IF_ERR(goal_add(c, p->programme, &in, &p->goals[i]));
	bool revised = !str_is_empty(g->target_was);
	RETURN_IF_ERR(add_target(c, p->goals[i], revised ? g->target_was : g->target,
				 (GoalTargetIn){ .valid_from = p->r->facts->start,
						 .decided_by = g->decided_by,
						 .decided_by_en = g->decided_by_en }));
	Date changed;
	Str iso = str_printf(c->arena, "%.*s-01", STR_ARG(g->target_changed));
	if (!revised || !date_parse(iso, &changed))
		return OK;
	return add_target(c, p->goals[i], g->target,
			  (GoalTargetIn){ .valid_from = changed,
					  .decided_by = g->changed_by,
					  .decided_by_en = g->changed_by_en,
					  .why = g->changed_why_da,
					  .why_en = g->changed_why_en });
}

/* ---- definitions and judgements ------------------------------------------------------- */

typedef struct {
	Str field[COLUMNS_MOST];
	int64_t row;
} ListRow;

typedef struct {
	ListRow *at;
	int n;
} List;

/* All rows of a file of the programme's folder, the columns in the given order. */
static Err read_list(Ctx *c, const Play *p, const char *name, const char *columns, List *out)
{
	Str path = str_printf(c->arena, "%.*s/%s", STR_ARG(p->options->folder), name), bytes;
	Csv csv;
	int column[COLUMNS_MOST], n = 0;
	RETURN_IF_ERR(file_read(c, path, LIST_MOST, &bytes));
	RETURN_IF_ERR(csv_open(c, bytes, NULL, &csv));
	Str rest = str_of(columns), one;
	while (str_split(&rest, ' ', &one)) {
		assert(n < COLUMNS_MOST);
		RETURN_IF_ERR(csv_column_required(&csv, str_z(c->arena, one), &column[n++]));
	}
	size_t room = 1;
	for (size_t at = 0; (at = str_find(bytes, '\n', at)) != SIZE_MAX; at++)
		room++;
	*out = (List){ ARENA_ARRAY(c->arena, room, ListRow), 0 };
	for (bool more;;) {
		RETURN_IF_ERR(csv_next(&csv, &more));
		if (!more)
			return OK;
		ListRow *row = &out->at[out->n++];
		row->row = csv.row;
		for (int i = 0; i < n; i++)
			row->field[i] = csv_field(&csv, column[i]);
	}
}

typedef struct {
	Play *play;
	List definitions, judgements;
} Measures;

static Err goal_coded(Ctx *c, const Play *p, const ListRow *row, GoalId *out)
{
	for (int i = 0; i < p->r->facts->goal_count; i++) {
		if (str_eq(p->r->facts->goals[i].code, row->field[0])) {
			*out = p->goals[i];
			return OK;
		}
	}
	return refuse_at(c, "goal", row->row, 0, T(c->lang, "The programme has no goal “%.*s”."),
			 STR_ARG(row->field[0]));
}

static Err refuse_cell(Ctx *c, const char *column, const ListRow *row)
{
	return refuse_at(c, column, row->row, 0, "%s", T(c->lang, "This must be filled in."));
}

static Err write_definition(Ctx *c, const Play *p, const ListRow *row)
{
	GoalId goal;
	DefinitionId id;
	DefinitionIn in = { .name = row->field[2],
			    .name_en = row->field[3],
			    .expression = row->field[4],
			    .decided_by = row->field[6],
			    .decided_by_en = row->field[7],
			    .why = row->field[8],
			    .why_en = row->field[9] };
	RETURN_IF_ERR(goal_coded(c, p, row, &goal));
	if (!str_to_int(row->field[1], &in.position))
		return refuse_cell(c, "position", row);
	if (!date_parse(row->field[5], &in.valid_from))
		return refuse_cell(c, "valid_from", row);
	return goal_define(c, goal, &in, &id);
}

static Err write_judgement(Ctx *c, const Play *p, const ListRow *row)
{
	GoalId goal;
	JudgementId id;
	JudgementIn in = { .judged_by = row->field[2],
			   .judged_by_en = row->field[3],
			   .verdict = in_table(&goal_status_table, row->field[4]),
			   .value = (double)NAN,
			   .reason = row->field[6],
			   .reason_en = row->field[7] };
	RETURN_IF_ERR(goal_coded(c, p, row, &goal));
	if (!date_parse(row->field[1], &in.day))
		return refuse_cell(c, "day", row);
	if (in.verdict == ENUM_NONE)
		return refuse_cell(c, "verdict", row);
	if (!str_is_empty(row->field[5]) && !str_to_real(row->field[5], &in.value))
		return refuse_cell(c, "value", row);
	return goal_judge(c, goal, &in, &id);
}

static Err write_measures(Ctx *c, void *arg)
{
	const Measures *m = arg;
	for (int i = 0; i < m->definitions.n; i++)
		RETURN_IF_ERR(write_definition(c, m->play, &m->definitions.at[i]));
	for (int i = 0; i < m->judgements.n; i++)
		RETURN_IF_ERR(write_judgement(c, m->play, &m->judgements.at[i]));
	return OK;
}

Err play_goals(Ctx *c, Play *p)
{
	const Facts *f = p->r->facts;
	Measures m = { .play = p };
	RETURN_IF_ERR(play_all(p, N_("theory of change"), f->node_count, play_node));
	RETURN_IF_ERR(play_all(p, N_("arrows of the theory of change"), f->arrow_count, play_arrow));
	RETURN_IF_ERR(play_all(p, N_("goals"), f->goal_count, play_goal));
	RETURN_IF_ERR(
		read_list(c, p, "indicators.csv",
			  "goal position name_da name_en expression valid_from decided_by decided_by_en why why_en",
			  &m.definitions));
	RETURN_IF_ERR(read_list(c, p, "judgements.csv",
				"goal day judged_by judged_by_en verdict value reason_da reason_en", &m.judgements));
	return commit_run(&p->job, write_measures, &m);
}
