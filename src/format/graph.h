/* graph: a theory of change as a drawing.
 *
 * graph_dot describes the graph in graphviz's language; `dot -Tsvg`, run by
 * convert/convert.h, lays it out; graph_svg makes an accessible, scalable
 * element of a page from what comes back. Levels stand in columns or rows; boxes
 * have a fixed width and wrap their text, so that a page of A4 in portrait
 * holds four levels. Everything people typed is escaped, for DOT (where \N and
 * &amp; would expand) and for SVG. Pure.
 */
#ifndef FORMAT_GRAPH_H
#define FORMAT_GRAPH_H

#include "base/ctx.h"
#include "format/svg_chart.h"

/* What dot lays out in seconds and a page can hold; a larger graph is no drawing. */
enum {
	GRAPH_NODES_MOST = 200,
	GRAPH_ARROWS_MOST = 1000,
};

/* How a box is tinted; what it means must stand in its status text as well. */
typedef enum { GRAPH_PLAIN, GRAPH_GOOD, GRAPH_MIXED, GRAPH_BAD, GRAPH_OPEN } GraphTone;

typedef struct {
	int level; /* index of its level */
	Str label;
	Str status; /* a bold line of its own: "Met: 75 of 80"; may be empty */
	GraphTone tone;
} GraphNode;

typedef struct {
	size_t from, to; /* nodes by index */
	Str assumption;  /* why the one should lead to the other; may be empty */
} GraphArrow;

typedef struct {
	const Str *levels; /* headings: "Activities", … */
	size_t level_count;
	const GraphNode *nodes;
	size_t node_count;
	const GraphArrow *arrows;
	size_t arrow_count;
	bool rows; /* levels as rows from top to bottom, for at most three boxes a level; else columns */
} Graph;

/* Whether it is small enough to be drawn. */
bool graph_fits(const Graph *g);

/* Arrows with an assumption carry its number: 1 for the first such arrow, and
 * so on; whoever shows the graph lists the assumptions under it. */
void graph_dot(Buf *out, Arena *a, const Graph *g);

/* `drawn` is what dot made of it. INTERNAL: it is no such drawing. An empty
 * head.desc is put together from the graph: levels, boxes, arrows. */
Err graph_svg(Ctx *c, Buf *out, ChartHead head, const Graph *g, Str drawn) MUST_USE;

#endif
