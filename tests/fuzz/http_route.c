/* Paths against a router with literals, parameters and dead ends. */
#include "fuzz.h"

#include "http/route.h"

static const RouteKey keys[] = {
	{ HTTP_GET, "/" },          { HTTP_GET, "/a" },       { HTTP_GET, "/a/{x}" },           { HTTP_POST, "/a/b" },
	{ HTTP_GET, "/{x}/b/{y}" }, { HTTP_GET, "/a/b/c/d" }, { HTTP_PUT, "/{x}/{y}/{z}/{w}" },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Router *r;
	RouteMatch m;
	if (r == NULL)
		HOLDS(router_new(fuzz_ctx(), keys, sizeof keys / sizeof keys[0], &r) == OK);
	for (HttpMethod method = HTTP_GET; method <= HTTP_OPTIONS; method++) {
		bool found = route_match(r, method, (Str){ (const char *)data, size }, &m);
		HOLDS(found == (m.route >= 0) && (!found || (m.allowed & 1U << method) != 0));
		for (size_t i = 0; i < m.params && found; i++)
			HOLDS(m.value[i].len > 0 && str_find(m.value[i], '/', 0) == SIZE_MAX);
	}
	return 0;
}
