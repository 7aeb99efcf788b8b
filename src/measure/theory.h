/* theory: a programme's theory of change: what is done, and what is expected to
 * come of it.
 *
 * Owns tables theory_node and theory_arrow. Nodes stand on the four levels of
 * the goals, which hang on them; an arrow leads from a cause to an effect and
 * carries the assumption under which it does. Writes run inside a commit job
 * and carry their audit event; results live in c->arena.
 */
#ifndef MEASURE_THEORY_H
#define MEASURE_THEORY_H

#include "html/html.h"
#include "measure/goal.h"
#include "theory_sql.h"

enum { THEORY_NODES_MOST = 1000, THEORY_ARROWS_MOST = 5000 };

typedef struct {
	Str code;
	int level;        /* GoalLevel */
	int64_t position; /* in the list; INT_NONE: last */
	Str label, label_en;
	int64_t version; /* of what is changed; not looked at when added */
} TheoryNodeIn;
extern const Form theory_node_form;

typedef struct {
	Str cause, effect; /* codes of nodes */
	Str assumption, assumption_en;
} TheoryArrowIn;
extern const Form theory_arrow_form;

/* NOT_FOUND: no such programme; INVALID: more than THEORY_NODES_MOST; CONFLICT: the code is taken. */
MUST_USE Err theory_add_node(Ctx *c, ProgrammeId programme, const TheoryNodeIn *in, NodeId *out);
/* The same, and CONFLICT when in->version is not the stored one. */
MUST_USE Err theory_change_node(Ctx *c, NodeId id, const TheoryNodeIn *in);
/* INVALID: goals hang on it, or arrows. */
MUST_USE Err theory_remove_node(Ctx *c, NodeId id);
/* NOT_FOUND: no such programme; INVALID: no such node, to itself, more than THEORY_ARROWS_MOST; CONFLICT: there is one.
 */
MUST_USE Err theory_add_arrow(Ctx *c, ProgrammeId programme, const TheoryArrowIn *in);
/* NOT_FOUND: there is none. */
MUST_USE Err theory_remove_arrow(Ctx *c, NodeId cause, NodeId effect);
/* What a form for changing shows. */
TheoryNodeIn theory_node_in(const TheoryNode *row);
/* The node with a code, none for an empty one. INVALID, naming the field: there is none. */
MUST_USE Err theory_node_id(Ctx *c, ProgrammeId programme, const char *field, Str code, NodeId *out);

typedef struct {
	TheoryNodeList nodes;   /* by position */
	TheoryArrowList arrows; /* by the positions of cause and effect */
} Theory;

/* Inside a read. */
MUST_USE Err theory_read(Ctx *c, ProgrammeId programme, Theory *out);
/* Where in `nodes` it stands; nodes->n: nowhere. */
size_t theory_index(const TheoryNodeList *nodes, NodeId id);

typedef struct {
	int number; /* on the drawing's arrow */
	Str text;
} TheoryAssumption;

typedef struct {
	TheoryAssumption *at;
	size_t n;
} TheoryAssumptionList;

/* Whether it is small enough to be drawn. */
bool theory_fits(const Theory *theory);
/* Drawn by dot in c->convert, with what came of each goal, unless it is too
 * large (then *out is empty), and the assumptions behind the numbers on its
 * arrows. Needs no read. */
MUST_USE Err theory_draw(Ctx *c, const Theory *theory, const GoalResultList *goals, HtmlSafe *out,
			 TheoryAssumptionList *assumptions);

#endif
