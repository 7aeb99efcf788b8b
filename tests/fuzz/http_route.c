/* Paths against a router with literals, parameters and dead ends. */
#include "http/route.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const RouteKey keys[] = {
	{ HTTP_GET, "/" },          { HTTP_GET, "/a" },       { HTTP_GET, "/a/{x}" },           { HTTP_POST, "/a/b" },
	{ HTTP_GET, "/{x}/b/{y}" }, { HTTP_GET, "/a/b/c/d" }, { HTTP_PUT, "/{x}/{y}/{z}/{w}" },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx c;
	Router *r = NULL;
	RouteMatch m;
	ctx_init(&c);
	if (router_new(&c, keys, sizeof keys / sizeof keys[0], &r) != OK)
		abort();
	for (HttpMethod method = HTTP_GET; method <= HTTP_OPTIONS; method++) {
		bool found = route_match(r, method, (Str){ (const char *)data, size }, &m);
		if (found != (m.route >= 0) || (found && (m.allowed & 1U << method) == 0))
			abort();
		for (size_t i = 0; i < m.params && found; i++)
			if (m.value[i].len == 0 || str_find(m.value[i], '/', 0) != SIZE_MAX)
				abort();
	}
	router_free(r);
	ctx_release(&c);
	return 0;
}
