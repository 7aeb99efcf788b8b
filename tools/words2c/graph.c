#include "graph.h"

#include <assert.h>
#include <string.h>

enum { FORM_MOST = 240, EDGES_MOST = 1 << 22, TABLE_SIZE = 1 << 22 };

/* The path of the form added last: its nodes may still get edges. */
typedef struct {
	uint32_t edges[256];
	uint16_t forms[256];
	size_t n;
} OpenNode;

struct Graph {
	Arena *arena;
	OpenNode *open; /* FORM_MOST + 1 */
	char last[FORM_MOST];
	size_t last_len;
	uint32_t *edges;
	uint16_t *forms;
	size_t n;
	uint32_t *table; /* of finished nodes, by what they are */
};

Graph *graph_new(Arena *a)
{
	Graph *g = ARENA_NEW(a, Graph);
	g->arena = a;
	g->open = ARENA_ARRAY(a, FORM_MOST + 1, OpenNode);
	g->edges = ARENA_ARRAY(a, EDGES_MOST, uint32_t);
	g->forms = ARENA_ARRAY(a, EDGES_MOST, uint16_t);
	g->table = ARENA_ARRAY(a, TABLE_SIZE, uint32_t);
	g->n = 1; /* edge 0 leads nowhere */
	return g;
}

static bool same(const Graph *g, uint32_t at, const OpenNode *node)
{
	return at + node->n <= g->n && memcmp(g->edges + at, node->edges, node->n * sizeof *node->edges) == 0 &&
	       memcmp(g->forms + at, node->forms, node->n * sizeof *node->forms) == 0;
}

/* The first edge of a finished node like this one, which is made when there is none; the node is empty then. */
static uint32_t finish(Graph *g, OpenNode *node)
{
	if (node->n == 0)
		return 0;
	node->edges[node->n - 1] |= EDGE_LAST;
	uint64_t hash = str_hash((Str){ (const char *)node->edges, node->n * sizeof *node->edges }) * 31 +
			str_hash((Str){ (const char *)node->forms, node->n * sizeof *node->forms });
	size_t slot = hash % TABLE_SIZE;
	while (g->table[slot] != 0 && !same(g, g->table[slot], node))
		slot = (slot + 1) % TABLE_SIZE;
	if (g->table[slot] == 0) {
		assert(g->n + node->n <= EDGES_MOST);
		memcpy(g->edges + g->n, node->edges, node->n * sizeof *node->edges);
		memcpy(g->forms + g->n, node->forms, node->n * sizeof *node->forms);
		g->table[slot] = (uint32_t)g->n;
		g->n += node->n;
	}
	node->n = 0;
	return g->table[slot];
}

/* Finishes the open nodes deeper than `depth`, each hung on the last edge of the one above. */
static void finish_below(Graph *g, size_t depth)
{
	for (size_t i = g->last_len; i > depth; i--) {
		uint32_t target = finish(g, &g->open[i]);
		OpenNode *above = &g->open[i - 1];
		above->edges[above->n - 1] |= target << EDGE_TARGET_SHIFT;
	}
}

void graph_add(Graph *g, Str form, uint16_t packed)
{
	size_t common = 0;
	assert(form.len > 0 && form.len <= FORM_MOST);
	while (common < form.len && common < g->last_len && form.ptr[common] == g->last[common])
		common++;
	assert(common < form.len);
	finish_below(g, common);
	for (size_t i = common; i < form.len; i++) {
		OpenNode *node = &g->open[i];
		node->edges[node->n] = (unsigned char)form.ptr[i];
		node->forms[node->n++] = i + 1 == form.len ? packed : 0;
	}
	memcpy(g->last, form.ptr, form.len);
	g->last_len = form.len;
}

Lexicon graph_end(Graph *g, size_t *edges)
{
	finish_below(g, 0);
	uint32_t root = finish(g, &g->open[0]);
	*edges = g->n;
	return (Lexicon){ g->edges, g->forms, root };
}
