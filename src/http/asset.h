/* asset: files that are part of the program: styles, scripts, fonts, icons.
 *
 * The table is made by tools/asset2c at build time, static and sorted by path.
 * Pages name an asset by asset_url, which carries its content's hash, so that
 * browsers may keep it for good; asked for by the plain path it is kept for an
 * hour and revalidated by its ETag.
 */
#ifndef HTTP_ASSET_H
#define HTTP_ASSET_H

#include "http/http.h"

typedef struct {
	const char *path; /* "/assets/style.css" */
	const char *content_type;
	const char *etag; /* with its quotes */
	const unsigned char *bytes;
	size_t size;
	const unsigned char *gzip; /* NULL when it would not be smaller */
	size_t gzip_size;
} Asset;

typedef struct {
	const Asset *items;
	size_t n;
} AssetTable;

/* The program's own. */
extern const AssetTable asset_table;

/* NULL when there is none. */
const Asset *asset_find(const AssetTable *t, Str path);
/* "/assets/style.css?v=4f2a…"; the path itself when there is no such asset. */
Str asset_url(Arena *a, const AssetTable *t, const char *path);
/* Fills x->out (200 or 304) for a GET of x->in.path; false when it is no asset. */
bool asset_serve(HttpExchange *x, const AssetTable *t);

#endif
