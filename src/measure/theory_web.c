#include "measure/theory_web.h"

#include "measure/board.h"
#include "theory_html.h"

enum { GOALS_MOST = 4000 }; /* bytes of the codes at one place */

static ProgrammeId asked(const Request *r)
{
	return (ProgrammeId){ request_id(r, "programme") };
}

static Str theory_path(Ctx *c, ProgrammeId id, const char *below)
{
	Str text = uuid_str(c->arena, id.v);
	return str_printf(c->arena, "/projekt/%.*s/teori%s", STR_ARG(text), below);
}

/* ---- the page --------------------------------------------------------------- */

static Str goals_of(Ctx *c, const GoalResultList *goals, NodeId node)
{
	Buf *b = buf_new(c->arena, GOALS_MOST);
	for (size_t i = 0; i < goals->n; i++)
		if (uuid_eq(goals->at[i].goal.node.v, node.v))
			buf_printf(b, "%s%.*s", b->len > 0 ? ", " : "", STR_ARG(goals->at[i].goal.code));
	return buf_str(b);
}

static TheoryLevels levels_of(Ctx *c, const Theory *t, const GoalResultList *goals)
{
	TheoryLevels out = { ARENA_ARRAY(c->arena, GOAL_LEVELS, TheoryLevel), GOAL_LEVELS };
	for (int i = 0; i < GOAL_LEVELS; i++)
		out.at[i] = (TheoryLevel){ (GoalLevel)i, { ARENA_ARRAY(c->arena, t->nodes.n, TheoryPlace), 0 } };
	for (size_t i = 0; i < t->nodes.n; i++) {
		const TheoryNode *n = &t->nodes.at[i];
		TheoryPlaces *places = &out.at[n->level].places;
		places->at[places->n++] = (TheoryPlace){ n->id, n->code, text_in(c->lang, n->label, n->label_en),
							 goals_of(c, goals, n->id) };
	}
	return out;
}

static Str label_of(const Ctx *c, const Theory *t, NodeId id)
{
	const TheoryNode *n = &t->nodes.at[theory_index(&t->nodes, id)];
	return text_in(c->lang, n->label, n->label_en);
}

/* Numbered as the drawing numbers them. */
static TheoryLines lines_of(const Ctx *c, const Theory *t)
{
	TheoryLines out = { ARENA_ARRAY(c->arena, t->arrows.n, TheoryLine), t->arrows.n };
	int number = 0;
	for (size_t i = 0; i < t->arrows.n; i++) {
		const TheoryArrow *a = &t->arrows.at[i];
		Str assumption = text_in(c->lang, a->assumption, a->assumption_en);
		out.at[i] = (TheoryLine){ a->cause,
					  a->effect,
					  label_of(c, t, a->cause),
					  label_of(c, t, a->effect),
					  assumption,
					  str_is_empty(assumption) ? 0 : ++number };
	}
	return out;
}

static Err read_theory(Ctx *c, const Request *r, TheoryPage *page, Theory *t, GoalResultList *goals)
{
	RETURN_IF_ERR(programme_get(c, asked(r), &page->programme));
	RETURN_IF_ERR(theory_read(c, page->programme.id, t));
	return goals_measure(c, page->programme.id, board_day(c, &page->programme), goals);
}

static Err theory_get(Ctx *c, Request *r)
{
	TheoryPage page = { .may_manage = policy_some(c->actor, OP_MANAGE), .csrf = r->csrf };
	Theory t;
	GoalResultList goals;
	TheoryAssumptionList assumptions;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = read_theory(c, r, &page, &t, &goals);
	db_end_read(c);
	RETURN_IF_ERR(e);
	page.places = t.nodes.n;
	page.levels = levels_of(c, &t, &goals);
	page.arrows = lines_of(c, &t);
	if (t.nodes.n > 0)
		RETURN_IF_ERR(theory_draw(c, &t, &goals, &page.drawing, &assumptions));
	Str text = uuid_str(c->arena, page.programme.id.v);
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "Theory of change")),
				     .wide = true,
				     .back = str_printf(c->arena, "/projekt/%.*s", STR_ARG(text)),
				     .back_text = page.programme.name });
	theory_html(h, &page);
	return page_close(r);
}

Err theory_node_options(Ctx *c, ProgrammeId programme, const char *field, FormOptions *out)
{
	TheoryNodeList nodes;
	RETURN_IF_ERR(theory_node_list(c, programme, &nodes));
	FormOption *items = ARENA_ARRAY(c->arena, nodes.n, FormOption);
	for (size_t i = 0; i < nodes.n; i++)
		items[i] = (FormOption){ nodes.at[i].code, text_in(c->lang, nodes.at[i].label, nodes.at[i].label_en) };
	*out = (FormOptions){ field, items, nodes.n };
	return OK;
}

/* ---- forms ------------------------------------------------------------------ */

/* A form of this room under its heading; *h stays open. */
static Err open_form(Ctx *c, Request *r, const char *heading, FormView view, Html **h)
{
	Programme g;
	RETURN_IF_ERR(programme_get(c, asked(r), &g));
	view.cancel = theory_path(c, g.id, "");
	*h = page_open(c, r,
		       &(Page){ .title = str_of(heading),
				.back = view.cancel,
				.back_text = str_of(T(c->lang, "Theory of change")) });
	theory_form_head_html(*h, heading, g.name);
	page_form(c, r, *h, &view);
	return OK;
}

static const char *const hidden[] = { "version", NULL };

static Err node_new(Ctx *c, Request *r)
{
	TheoryNodeIn values = { .level = ENUM_NONE, .position = INT_NONE, .version = INT_NONE };
	Html *h;
	RETURN_IF_ERR(open_form(c, r, T(c->lang, "New place in the theory of change"),
				(FormView){ .form = &theory_node_form, .values = &values, .hidden = hidden }, &h));
	return page_close(r);
}

static Err saved(Ctx *c, Request *r)
{
	return answer_redirect(r, theory_path(c, asked(r), ""), N_("The change is stored."));
}

static Err node_new_post(Ctx *c, Request *r)
{
	NodeId id;
	RETURN_IF_ERR(theory_add_node(c, asked(r), r->in, &id));
	return saved(c, r);
}

/* The node, if of the programme that is asked for. */
static Err asked_node(Ctx *c, const Request *r, const char *name, TheoryNode *out)
{
	RETURN_IF_ERR(theory_node_get(c, (NodeId){ request_id(r, name) }, out));
	return uuid_eq(out->programme.v, asked(r).v) ? OK : ERR_NOT_FOUND;
}

static Err node_edit(Ctx *c, Request *r)
{
	TheoryNode row;
	Html *h;
	RETURN_IF_ERR(asked_node(c, r, "node", &row));
	TheoryNodeIn values = theory_node_in(&row);
	RETURN_IF_ERR(open_form(c, r, T(c->lang, "Change the place in the theory of change"),
				(FormView){ .form = &theory_node_form, .values = &values, .hidden = hidden }, &h));
	Str id = uuid_str(c->arena, row.id.v);
	theory_remove_html(h, theory_path(c, asked(r), str_printf(c->arena, "/%.*s/fjern", STR_ARG(id)).ptr), r->csrf);
	return page_close(r);
}

static Err node_edit_post(Ctx *c, Request *r)
{
	TheoryNode row;
	RETURN_IF_ERR(asked_node(c, r, "node", &row));
	RETURN_IF_ERR(theory_change_node(c, row.id, r->in));
	return saved(c, r);
}

static Err node_remove_post(Ctx *c, Request *r)
{
	TheoryNode row;
	RETURN_IF_ERR(asked_node(c, r, "node", &row));
	RETURN_IF_ERR(theory_remove_node(c, row.id));
	return saved(c, r);
}

static Err arrow_new(Ctx *c, Request *r)
{
	FormOptions options[2];
	Html *h;
	RETURN_IF_ERR(theory_node_options(c, asked(r), "cause", &options[0]));
	options[1] = options[0];
	options[1].field = "effect";
	RETURN_IF_ERR(open_form(c, r, T(c->lang, "New arrow in the theory of change"),
				(FormView){ .form = &theory_arrow_form, .options = options, .option_count = 2 }, &h));
	return page_close(r);
}

static Err arrow_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(theory_add_arrow(c, asked(r), r->in));
	return saved(c, r);
}

static Err arrow_remove_post(Ctx *c, Request *r)
{
	TheoryNode cause, effect;
	RETURN_IF_ERR(asked_node(c, r, "cause", &cause));
	RETURN_IF_ERR(asked_node(c, r, "effect", &effect));
	RETURN_IF_ERR(theory_remove_arrow(c, cause.id, effect.id));
	return saved(c, r);
}

static const Route routes[] = {
	ROUTE(GET, "/projekt/{programme}/teori", theory_get, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL, .lane = LANE_SLOW),
	ROUTE(GET, "/projekt/{programme}/teori/ny", node_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/teori/ny", node_new_post, MAY(MANAGE, OWN_PROGRAMME), &theory_node_form,
	      .again = node_new),
	ROUTE(GET, "/projekt/{programme}/teori/pil", arrow_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/teori/pil", arrow_post, MAY(MANAGE, OWN_PROGRAMME), &theory_arrow_form,
	      .again = arrow_new),
	ROUTE(POST, "/projekt/{programme}/teori/pil/{cause}/{effect}/fjern", arrow_remove_post,
	      MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(GET, "/projekt/{programme}/teori/{node}/ret", node_edit, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/teori/{node}/ret", node_edit_post, MAY(MANAGE, OWN_PROGRAMME),
	      &theory_node_form, .again = node_edit),
	ROUTE(POST, "/projekt/{programme}/teori/{node}/fjern", node_remove_post, MAY(MANAGE, OWN_PROGRAMME), NULL),
};
const RouteTable theory_routes = ROUTES(routes);
