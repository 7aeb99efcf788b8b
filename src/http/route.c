#include "http/route.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

typedef struct Node {
	Str literal;           /* the segment that leads here; of a parameter: none */
	struct Node *children; /* literals, a list while building and in matching order */
	struct Node *next;
	struct Node *parameter;
	int routes[HTTP_OPTIONS + 1]; /* by method, -1: none */
	unsigned allowed;
} Node;

typedef struct {
	size_t n;
	Str names[ROUTE_PARAMS_MOST];
} RouteNames;

struct Router {
	Arena *arena;
	Node *root;
	RouteNames *names; /* by route */
};

static Node *node_new(Arena *a, Str literal)
{
	Node *node = ARENA_NEW(a, Node);
	node->literal = literal;
	for (int m = 0; m <= HTTP_OPTIONS; m++)
		node->routes[m] = -1;
	return node;
}

static Node *literal_child(const Node *node, Str segment)
{
	Node *child = node->children;
	while (child != NULL && !str_eq(child->literal, segment))
		child = child->next;
	return child;
}

static bool parameter_name(Str segment, Str *name)
{
	if (segment.len < 3 || segment.ptr[0] != '{' || segment.ptr[segment.len - 1] != '}')
		return false;
	*name = str_sub(segment, 1, segment.len - 1);
	return true;
}

static bool segment_ok(Str segment)
{
	return segment.len > 0 && str_find(segment, '{', 0) == SIZE_MAX && str_find(segment, '}', 0) == SIZE_MAX;
}

static Node *step(Arena *a, Node *node, Str segment, bool parameter)
{
	if (parameter) {
		if (node->parameter == NULL)
			node->parameter = node_new(a, STR_NONE);
		return node->parameter;
	}
	Node *child = literal_child(node, segment);
	if (child == NULL) {
		child = node_new(a, segment);
		child->next = node->children;
		node->children = child;
	}
	return child;
}

static Err add(Ctx *c, Router *r, const RouteKey *key, int route)
{
	Str pattern = str_of(key->pattern);
	RouteNames *names = &r->names[route];
	Node *node = r->root;
	if (pattern.len == 0 || pattern.ptr[0] != '/')
		return fail(c, ERR_INVALID, "route %s: a pattern begins with /", key->pattern);
	Str rest = str_sub(pattern, 1, pattern.len), segment;
	for (int depth = 0; pattern.len > 1 && str_split(&rest, '/', &segment); depth++) {
		Str name = STR_NONE;
		bool parameter = parameter_name(segment, &name);
		if (depth == ROUTE_SEGMENTS_MOST || !segment_ok(parameter ? name : segment))
			return fail(c, ERR_INVALID, "route %s: malformed pattern", key->pattern);
		if (parameter && names->n == ROUTE_PARAMS_MOST)
			return fail(c, ERR_INVALID, "route %s: too many parameters", key->pattern);
		if (parameter)
			names->names[names->n++] = name;
		node = step(r->arena, node, segment, parameter);
	}
	if (node->routes[key->method] >= 0)
		return fail(c, ERR_INVALID, "route %s %s: given twice", http_method_name(key->method), key->pattern);
	node->routes[key->method] = route;
	node->allowed |= 1U << key->method;
	return OK;
}

Err router_new(Ctx *c, const RouteKey *keys, size_t n, Router **out)
{
	Arena *a = arena_new();
	Router *r = ARENA_NEW(a, Router);
	r->arena = a;
	r->root = node_new(a, STR_NONE);
	r->names = ARENA_ARRAY(a, n, RouteNames);
	for (size_t i = 0; i < n; i++) {
		Err e = add(c, r, &keys[i], (int)i);
		if (e != OK) {
			arena_free(a);
			return e;
		}
	}
	*out = r;
	return OK;
}

void router_free(Router *r)
{
	if (r != NULL)
		arena_free(r->arena);
}

/* Depth is bounded by the patterns' own. Parameter values are noted on the way
 * and overwritten after stepping back. */
static const Node *find(const Node *node, Str rest, bool at_end, RouteMatch *m, size_t params)
{
	if (at_end) {
		m->params = params;
		return node->allowed != 0 ? node : NULL;
	}
	size_t slash = str_find(rest, '/', 0);
	Str segment = str_sub(rest, 0, slash);
	bool last = slash == SIZE_MAX;
	Str after = last ? STR_NONE : str_sub(rest, slash + 1, rest.len);
	const Node *child = literal_child(node, segment);
	const Node *found = child != NULL ? find(child, after, last, m, params) : NULL;
	if (found != NULL || node->parameter == NULL || segment.len == 0 || params == ROUTE_PARAMS_MOST)
		return found;
	m->value[params] = segment;
	return find(node->parameter, after, last, m, params + 1);
}

bool route_match(const Router *r, HttpMethod method, Str path, RouteMatch *out)
{
	out->route = -1;
	out->allowed = 0;
	out->params = 0;
	if (path.len == 0 || path.ptr[0] != '/')
		return false;
	const Node *node = find(r->root, str_sub(path, 1, path.len), path.len == 1, out, 0);
	if (node == NULL)
		return false;
	out->allowed = node->allowed;
	out->route = node->routes[method];
	if (out->route < 0)
		return false;
	memcpy(out->name, r->names[out->route].names, sizeof out->name);
	return true;
}

Str route_param(const RouteMatch *m, const char *name)
{
	for (size_t i = 0; i < m->params; i++)
		if (str_eq_z(m->name[i], name))
			return m->value[i];
	return STR_NONE;
}

Str route_allow(Arena *a, unsigned allowed)
{
	Buf *b = buf_new(a, 100);
	for (HttpMethod m = HTTP_GET; m <= HTTP_OPTIONS; m++) {
		if ((allowed & 1U << m) == 0)
			continue;
		buf_z(b, b->len > 0 ? ", " : "");
		buf_z(b, m == HTTP_GET ? "GET, HEAD" : http_method_name(m));
	}
	return buf_str(b);
}
