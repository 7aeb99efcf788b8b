#include "http/asset.h"

#include "client.h"

#include <zlib.h>

typedef struct {
	Ctx c;
	HttpServer *server;
} Fixture;

static void handle(HttpExchange *x, void *arg)
{
	(void)arg;
	if (!asset_serve(x, &asset_table))
		x->out.status = 404;
	http_answer(x);
}

static int start(void **state)
{
	static Fixture f;
	ctx_init(&f.c);
	*state = &f;
	return http_start(&f.c, &(HttpConfig){ .workers = 1, .handle = handle }, &f.server) != OK;
}

static int stop(void **state)
{
	Fixture *f = *state;
	Err e = http_stop(f->server, 5);
	ctx_release(&f->c);
	return e != OK;
}

static Reply get(Fixture *f, const char *url, const char *headers)
{
	Str request = str_printf(f->c.arena, "GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n", url, headers);
	return client_once(http_port(f->server), f->c.arena, request);
}

static bool inflates_to(Str packed, Str plain)
{
	z_stream z = { 0 };
	Arena *a = arena_new();
	Bytef *to = arena_alloc(a, plain.len + 1);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_in = (Bytef *)(uintptr_t)packed.ptr;
	z.avail_in = (uInt)packed.len;
	z.next_out = to;
	z.avail_out = (uInt)plain.len + 1;
	bool same = inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == plain.len &&
		    memcmp(to, plain.ptr, plain.len) == 0;
	inflateEnd(&z);
	arena_free(a);
	return same;
}

static void every_asset__is_found_and_unpacks_to_itself(void **state)
{
	(void)state;
	size_t bytes = 0;
	assert_true(asset_table.n > 10);
	for (size_t i = 0; i < asset_table.n; i++) {
		const Asset *asset = &asset_table.items[i];
		assert_ptr_equal(asset_find(&asset_table, str_of(asset->path)), asset);
		Str plain = { (const char *)asset->bytes, asset->size };
		Str packed = { (const char *)asset->gzip, asset->gzip_size };
		assert_true(asset->gzip == NULL || inflates_to(packed, plain));
		bytes += plain.len + packed.len;
	}
	assert_true(bytes < 2 * 1024 * 1024); /* the whole program stays under 10 MB */
}

/* What a style sheet names below /assets/ is there; nothing comes from elsewhere. */
static void style_sheets__name_only_what_is_there(void **state)
{
	Fixture *f = *state;
	size_t named = 0;
	for (size_t i = 0; i < asset_table.n; i++) {
		const Asset *asset = &asset_table.items[i];
		if (!str_ends(str_of(asset->path), STR(".css")))
			continue;
		Str rest = { (const char *)asset->bytes, asset->size };
		for (size_t at; (at = str_find_str(rest, STR("url("))) != SIZE_MAX; named++) {
			rest = str_sub(rest, at + 4, rest.len);
			Str name = str_sub(rest, 0, str_find(rest, ')', 0));
			Str base = str_starts(name, STR("../")) ? STR("/assets/dkfds/") : STR("/assets/");
			name = str_starts(name, STR("../")) ? str_sub(name, 3, name.len) : name;
			Str path = str_printf(f->c.arena, "%.*s%.*s", STR_ARG(base), STR_ARG(name));
			if (asset_find(&asset_table, path) == NULL) {
				Str where = str_of(asset->path);
				fail_msg("%.*s names %.*s", STR_ARG(where), STR_ARG(path));
			}
		}
	}
	assert_true(named > 100);
}

static void asset__is_sent_packed_to_those_who_unpack(void **state)
{
	Fixture *f = *state;
	Reply plain = get(f, "/assets/style.css", "");
	Reply packed = get(f, "/assets/style.css", "Accept-Encoding: br, gzip;q=0.8\r\n");
	Reply never = get(f, "/assets/style.css", "Accept-Encoding: gzip;q=0\r\n");
	assert_int_equal(plain.status, 200);
	assert_true(str_eq(reply_header(plain, "Content-Type"), STR("text/css; charset=utf-8")));
	assert_true(str_eq(reply_header(plain, "Vary"), STR("Accept-Encoding")));
	assert_true(str_is_none(reply_header(plain, "Content-Encoding")));
	assert_true(str_eq(reply_header(packed, "Content-Encoding"), STR("gzip")));
	assert_true(inflates_to(packed.body, plain.body));
	assert_true(str_eq(never.body, plain.body));
}

static void asset__unchanged_is_not_sent_again(void **state)
{
	Fixture *f = *state;
	Reply first = get(f, "/assets/style.css", "");
	Str etag = reply_header(first, "ETag");
	Reply again = get(f, "/assets/style.css",
			  str_z(f->c.arena, str_printf(f->c.arena, "If-None-Match: \"x\", W/%.*s\r\n", STR_ARG(etag))));
	assert_int_equal(again.status, 304);
	assert_true(str_eq(reply_header(again, "ETag"), etag));
	assert_int_equal(get(f, "/assets/style.css", "If-None-Match: \"x\"\r\n").status, 200);
}

static void asset__by_its_versioned_url_is_kept_for_good(void **state)
{
	Fixture *f = *state;
	Str url = asset_url(f->c.arena, &asset_table, "/assets/style.css");
	Reply lasting = get(f, str_z(f->c.arena, url), "");
	Reply old = get(f, "/assets/style.css?v=0", "");
	assert_true(str_eq(reply_header(lasting, "Cache-Control"), STR("public, max-age=31536000, immutable")));
	assert_true(str_eq(reply_header(old, "Cache-Control"), STR("public, max-age=3600")));
	assert_int_equal(get(f, "/assets/none.css", "").status, 404);
	assert_int_equal(get(f, "/assets/", "").status, 404);
	assert_true(str_eq(asset_url(f->c.arena, &asset_table, "/x"), STR("/x")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_asset__is_found_and_unpacks_to_itself),
		cmocka_unit_test(style_sheets__name_only_what_is_there),
		cmocka_unit_test(asset__is_sent_packed_to_those_who_unpack),
		cmocka_unit_test(asset__unchanged_is_not_sent_again),
		cmocka_unit_test(asset__by_its_versioned_url_is_kept_for_good),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
