/* route: which entry of a table a path means.
 *
 * A Router is compiled once from (method, pattern) entries and then only read,
 * by any number of threads. Patterns are paths whose segments are literals or
 * one parameter, as in "/borger/{participant}/forloeb"; a literal beats a
 * parameter, also when that needs stepping back. Matching allocates nothing.
 */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H

#include "http/http.h"

enum { ROUTE_PARAMS_MOST = 8, ROUTE_SEGMENTS_MOST = 16 };

typedef struct {
	HttpMethod method;
	const char *pattern;
} RouteKey;

typedef struct {
	int route;        /* index into the keys; -1: none */
	unsigned allowed; /* methods of a path that exists, 1 << HttpMethod each */
	size_t params;
	Str name[ROUTE_PARAMS_MOST]; /* "participant" */
	Str value[ROUTE_PARAMS_MOST];
} RouteMatch;

typedef struct Router Router;

/* INVALID with the reason in c->why: two equal patterns of one method, a
 * malformed pattern, too many parameters. The patterns must outlive the router. */
Err router_new(Ctx *c, const RouteKey *keys, size_t n, Router **out) MUST_USE;
void router_free(Router *r);

/* True when the path exists and has the method. Otherwise out->allowed is 0
 * for 404, and the methods for 405 (see route_allow). */
bool route_match(const Router *r, HttpMethod method, Str path, RouteMatch *out);
/* STR_NONE when the pattern has no such parameter. */
Str route_param(const RouteMatch *m, const char *name);
/* The Allow header: "GET, HEAD, POST". */
Str route_allow(Arena *a, unsigned allowed);

#endif
