/* A theory of change, drawn with what came of each goal. */
#include "convert/convert.h"
#include "format/graph.h"
#include "measure/theory.h"

enum { DRAWING_MOST = 4 << 20, CODES_MOST = 1 << 16 };

typedef struct {
	Ctx *c;
	const Theory *theory;
	const GoalResultList *goals;
} Drawing;

static GraphTone tone_of(GoalStatus status)
{
	switch (status) {
	case GOAL_MET: return GRAPH_GOOD;
	case GOAL_PARTLY_MET: return GRAPH_MIXED;
	case GOAL_NOT_MET: return GRAPH_BAD;
	case GOAL_NOT_FOLLOWED_UP:
	case GOAL_NOT_DECIDABLE: break;
	}
	return GRAPH_OPEN;
}

/* Goals hung on a node: their codes and how many were met; the worst decides the tone. */
static void add_goals(const Drawing *t, NodeId node, GraphNode *out)
{
	Ctx *c = t->c;
	Buf *codes = buf_new(c->arena, CODES_MOST);
	GoalStatus worst = GOAL_MET;
	int n = 0, met = 0;
	for (size_t i = 0; i < t->goals->n; i++) {
		const GoalResult *g = &t->goals->at[i];
		if (!uuid_eq(g->goal.node.v, node.v))
			continue;
		buf_printf(codes, "%s%.*s", n == 0 ? "" : ", ", STR_ARG(g->goal.code));
		n++;
		met += g->status == GOAL_MET;
		worst = g->status > worst ? g->status : worst;
	}
	if (n == 0)
		return;
	out->tone = tone_of(worst);
	const char *verdict = enum_text(c->lang, &goal_status_table, (int)worst);
	Str all = buf_str(codes);
	if (n == 1 || met == n)
		out->status = str_printf(c->arena, "%.*s: %s", STR_ARG(all), verdict);
	else
		out->status = str_printf(c->arena, T(c->lang, "%.*s: %d of %d met"), STR_ARG(all), met, n);
}

static Graph graph_of(const Drawing *t)
{
	Ctx *c = t->c;
	Str *levels = ARENA_ARRAY(c->arena, GOAL_LEVELS, Str);
	GraphNode *nodes = ARENA_ARRAY(c->arena, t->theory->nodes.n, GraphNode);
	GraphArrow *arrows = ARENA_ARRAY(c->arena, t->theory->arrows.n, GraphArrow);
	for (int i = 0; i < GOAL_LEVELS; i++)
		levels[i] = str_of(enum_text(c->lang, &goal_level_table, i));
	for (size_t i = 0; i < t->theory->nodes.n; i++) {
		const TheoryNode *n = &t->theory->nodes.at[i];
		nodes[i] = (GraphNode){ .level = (int)n->level, .label = text_in(c->lang, n->label, n->label_en) };
		add_goals(t, n->id, &nodes[i]);
	}
	for (size_t i = 0; i < t->theory->arrows.n; i++) {
		const TheoryArrow *a = &t->theory->arrows.at[i];
		arrows[i] = (GraphArrow){ theory_index(&t->theory->nodes, a->cause),
					  theory_index(&t->theory->nodes, a->effect),
					  text_in(c->lang, a->assumption, a->assumption_en) };
	}
	return (Graph){ .levels = levels,
			.level_count = GOAL_LEVELS,
			.nodes = nodes,
			.node_count = t->theory->nodes.n,
			.arrows = arrows,
			.arrow_count = t->theory->arrows.n };
}

static void list_assumptions(Ctx *c, const Graph *g, TheoryAssumptionList *out)
{
	*out = (TheoryAssumptionList){ ARENA_ARRAY(c->arena, g->arrow_count, TheoryAssumption), 0 };
	for (size_t i = 0; i < g->arrow_count; i++) {
		if (str_is_empty(g->arrows[i].assumption))
			continue;
		TheoryAssumption *a = &out->at[out->n];
		*a = (TheoryAssumption){ (int)++out->n, g->arrows[i].assumption };
	}
}

bool theory_fits(const Theory *theory)
{
	return graph_fits(&(Graph){ .node_count = theory->nodes.n, .arrow_count = theory->arrows.n });
}

Err theory_draw(Ctx *c, const Theory *theory, const GoalResultList *goals, HtmlSafe *out,
		TheoryAssumptionList *assumptions)
{
	Drawing t = { c, theory, goals };
	Graph g = graph_of(&t);
	*out = (HtmlSafe){ STR_NONE };
	list_assumptions(c, &g, assumptions);
	if (!graph_fits(&g))
		return OK;
	Buf *dot = buf_new(c->arena, DRAWING_MOST), *svg = buf_new(c->arena, DRAWING_MOST);
	Str drawn;
	graph_dot(dot, c->arena, &g);
	RETURN_IF_ERR(convert_run(c, c->convert, CONVERT_DOT, buf_str(dot), &drawn));
	ChartHead head = { .id = "theory", .title = str_of(T(c->lang, "Theory of change")), .lang = c->lang };
	RETURN_IF_ERR(graph_svg(c, svg, head, &g, drawn));
	*out = (HtmlSafe){ buf_str(svg) };
	return OK;
}
