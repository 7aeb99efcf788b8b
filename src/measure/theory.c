#include "measure/theory.h"

#include "feature/feature.h"
#include "feature/programme/programme.h"

static const Field node_fields[] = {
	FIELD(TheoryNodeIn, code, FIELD_TEXT, N_("Code"), .hint = N_("A short word by which goals name this place"),
	      .required = true, .most = 40),
	FIELD(TheoryNodeIn, level, FIELD_ENUM, N_("Level"), .required = true, .choices = &goal_level_table),
	FIELD(TheoryNodeIn, position, FIELD_INT, N_("Place in the list"), .min = 1, .max = 10000),
	FIELD(TheoryNodeIn, label, FIELD_NOTE, N_("What is done, or what comes of it"), .required = true, .most = 200),
	FIELD(TheoryNodeIn, label_en, FIELD_NOTE, N_("The same in English"), .most = 200),
	FIELD(TheoryNodeIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form theory_node_form = FORM("theory_node", TheoryNodeIn, node_fields);

static const Field arrow_fields[] = {
	FIELD(TheoryArrowIn, cause, FIELD_TEXT, N_("This leads to …"), .required = true, .most = 40),
	FIELD(TheoryArrowIn, effect, FIELD_TEXT, N_("… this"), .required = true, .most = 40),
	FIELD(TheoryArrowIn, assumption, FIELD_NOTE, N_("Assumption"), .hint = N_("What must hold for that to happen"),
	      .most = 500),
	FIELD(TheoryArrowIn, assumption_en, FIELD_NOTE, N_("Assumption in English"), .most = 500),
};
const Form theory_arrow_form = FORM("theory_arrow", TheoryArrowIn, arrow_fields);

Err theory_node_id(Ctx *c, ProgrammeId programme, const char *field, Str code, NodeId *out)
{
	*out = (NodeId){ UUID_NONE };
	if (str_is_empty(code))
		return OK;
	Err e = theory_node_coded(c, programme, code, out);
	if (e == ERR_NOT_FOUND)
		return refuse(c, field, T(c->lang, "The theory of change has no “%.*s”."), STR_ARG(code));
	return e;
}

Err theory_read(Ctx *c, ProgrammeId programme, Theory *out)
{
	RETURN_IF_ERR(theory_node_list(c, programme, &out->nodes));
	return theory_arrow_list(c, programme, &out->arrows);
}

size_t theory_index(const TheoryNodeList *nodes, NodeId id)
{
	size_t i = 0;
	while (i < nodes->n && !uuid_eq(nodes->at[i].id.v, id.v))
		i++;
	return i;
}

/* ---- nodes ------------------------------------------------------------------ */

static Err check_code(Ctx *c, ProgrammeId programme, Str code, NodeId self)
{
	NodeId other;
	Err e = theory_node_coded(c, programme, code, &other);
	if (e == OK && !uuid_eq(other.v, self.v))
		return feature_conflict(c, "code", T(c->lang, "Another place in the theory of change has this code."));
	return e == ERR_NOT_FOUND ? OK : e;
}

static TheoryNode node_of(const TheoryNodeIn *in, NodeId id, ProgrammeId programme, int64_t last, int64_t version)
{
	return (TheoryNode){ .id = id,
			     .programme = programme,
			     .code = in->code,
			     .level = (GoalLevel)in->level,
			     .position = in->position == INT_NONE ? last : in->position,
			     .label = in->label,
			     .label_en = in->label_en,
			     .version = version };
}

/* The position behind all there are. */
static int64_t last_position(const TheoryNodeList *nodes)
{
	return nodes->n == 0 ? 1 : nodes->at[nodes->n - 1].position + 1;
}

Err theory_add_node(Ctx *c, ProgrammeId programme, const TheoryNodeIn *in, NodeId *out)
{
	TheoryNodeList nodes;
	Programme known;
	NodeId id = { uuid_v7(c->clock, c->random) };
	RETURN_IF_ERR(programme_get(c, programme, &known));
	RETURN_IF_ERR(check_code(c, programme, in->code, id));
	RETURN_IF_ERR(theory_node_list(c, programme, &nodes));
	if (nodes.n >= THEORY_NODES_MOST)
		return refuse(c, "code", T(c->lang, "A theory of change has at most %d places."), THEORY_NODES_MOST);
	TheoryNode row = node_of(in, id, programme, last_position(&nodes), 1);
	RETURN_IF_ERR(theory_node_insert(c, &row));
	*out = id;
	return feature_audit(c, "theory.node", "theory_node", id.v, NOBODY);
}

Err theory_change_node(Ctx *c, NodeId id, const TheoryNodeIn *in)
{
	TheoryNode old;
	int64_t changed = 0;
	RETURN_IF_ERR(theory_node_get(c, id, &old));
	RETURN_IF_ERR(check_code(c, old.programme, in->code, id));
	TheoryNode row = node_of(in, id, old.programme, old.position, in->version == INT_NONE ? 0 : in->version);
	RETURN_IF_ERR(theory_node_update(c, &row, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	return feature_audit(c, "theory.node_change", "theory_node", id.v, NOBODY);
}

Err theory_remove_node(Ctx *c, NodeId id)
{
	TheoryNode old;
	TheoryHeld held;
	int64_t gone = 0;
	RETURN_IF_ERR(theory_node_get(c, id, &old));
	RETURN_IF_ERR(theory_node_held(c, id, &held));
	if (held.goals > 0)
		return refuse(c, NULL, "%s", T(c->lang, "Goals hang on this place: it stays."));
	if (held.arrows > 0)
		return refuse(c, NULL, "%s", T(c->lang, "Remove the arrows to and from this place first."));
	RETURN_IF_ERR(theory_node_delete(c, id, &gone));
	return feature_audit(c, "theory.node_remove", "theory_node", id.v, NOBODY);
}

TheoryNodeIn theory_node_in(const TheoryNode *row)
{
	return (TheoryNodeIn){ .code = row->code,
			       .level = (int)row->level,
			       .position = row->position,
			       .label = row->label,
			       .label_en = row->label_en,
			       .version = row->version };
}

/* ---- arrows ----------------------------------------------------------------- */

static Err check_arrow(Ctx *c, ProgrammeId programme, const TheoryArrow *a)
{
	Theory t;
	if (uuid_eq(a->cause.v, a->effect.v))
		return refuse(c, "effect", "%s", T(c->lang, "An arrow leads from one place to another."));
	RETURN_IF_ERR(theory_read(c, programme, &t));
	if (t.arrows.n >= THEORY_ARROWS_MOST)
		return refuse(c, "effect", T(c->lang, "A theory of change has at most %d arrows."), THEORY_ARROWS_MOST);
	for (size_t i = 0; i < t.arrows.n; i++)
		if (uuid_eq(t.arrows.at[i].cause.v, a->cause.v) && uuid_eq(t.arrows.at[i].effect.v, a->effect.v))
			return feature_conflict(c, "effect", T(c->lang, "This arrow is there already."));
	return OK;
}

Err theory_add_arrow(Ctx *c, ProgrammeId programme, const TheoryArrowIn *in)
{
	Programme known;
	TheoryArrow a = { .assumption = in->assumption, .assumption_en = in->assumption_en };
	RETURN_IF_ERR(programme_get(c, programme, &known));
	RETURN_IF_ERR(theory_node_id(c, programme, "cause", in->cause, &a.cause));
	RETURN_IF_ERR(theory_node_id(c, programme, "effect", in->effect, &a.effect));
	RETURN_IF_ERR(check_arrow(c, programme, &a));
	RETURN_IF_ERR(theory_arrow_insert(c, &a));
	return feature_audit(c, "theory.arrow", "theory_node", a.cause.v, NOBODY);
}

Err theory_remove_arrow(Ctx *c, NodeId cause, NodeId effect)
{
	int64_t gone = 0;
	RETURN_IF_ERR(theory_arrow_delete(c, cause, effect, &gone));
	if (gone != 1)
		return ERR_NOT_FOUND;
	return feature_audit(c, "theory.arrow_remove", "theory_node", cause.v, NOBODY);
}
