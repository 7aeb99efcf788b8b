#include "http/asset.h"

#include <stdlib.h>
#include <string.h>

static int by_path(const void *key, const void *item)
{
	return str_cmp(*(const Str *)key, str_of(((const Asset *)item)->path));
}

const Asset *asset_find(const AssetTable *t, Str path)
{
	return bsearch(&path, t->items, t->n, sizeof(Asset), by_path);
}

/* The etag without its quotes. */
static Str version_of(const Asset *asset)
{
	Str etag = str_of(asset->etag);
	return str_sub(etag, 1, etag.len - 1);
}

Str asset_url(Arena *a, const AssetTable *t, const char *path)
{
	const Asset *asset = asset_find(t, str_of(path));
	if (asset == NULL)
		return str_of(path);
	Str version = version_of(asset);
	return str_printf(a, "%s?v=%.*s", path, STR_ARG(version));
}

/* True when one of the tags in If-None-Match (RFC 9110, weak comparison) is `etag`. */
static bool none_match(Str header, const char *etag)
{
	Str piece;
	while (header.len > 0 && str_split(&header, ',', &piece)) {
		piece = str_trim(piece);
		if (str_starts(piece, STR("W/")))
			piece = str_sub(piece, 2, piece.len);
		if (str_eq_z(piece, etag) || str_eq(piece, STR("*")))
			return true;
	}
	return false;
}

/* gzip named in Accept-Encoding and not with q=0. */
static bool accepts_gzip(Str header)
{
	Str piece;
	while (header.len > 0 && str_split(&header, ',', &piece)) {
		size_t semicolon = str_find(piece, ';', 0);
		if (!str_eq_nocase(str_trim(str_sub(piece, 0, semicolon)), STR("gzip")))
			continue;
		Str q = semicolon == SIZE_MAX ? STR("q=1") : str_trim(str_sub(piece, semicolon + 1, piece.len));
		double weight = 0;
		return str_starts(q, STR("q=")) && str_to_real(str_sub(q, 2, q.len), &weight) && weight > 0;
	}
	return false;
}

bool asset_serve(HttpExchange *x, const AssetTable *t)
{
	const Asset *asset = asset_find(t, x->in.path);
	if (asset == NULL || x->in.method != HTTP_GET)
		return false;
	bool lasting = str_eq(http_query(x, "v"), version_of(asset));
	http_set(x, "Cache-Control",
		 lasting ? STR("public, max-age=31536000, immutable") : STR("public, max-age=3600"));
	http_set(x, "ETag", str_of(asset->etag));
	if (asset->gzip != NULL)
		http_set(x, "Vary", STR("Accept-Encoding"));
	if (none_match(http_header(x, "If-None-Match"), asset->etag)) {
		x->out.status = 304;
		return true;
	}
	x->out.status = 200;
	http_set(x, "Content-Type", str_of(asset->content_type));
	x->out.fixed = (Str){ (const char *)asset->bytes, asset->size };
	if (asset->gzip != NULL && accepts_gzip(http_header(x, "Accept-Encoding"))) {
		http_set(x, "Content-Encoding", STR("gzip"));
		x->out.fixed = (Str){ (const char *)asset->gzip, asset->gzip_size };
	}
	return true;
}
