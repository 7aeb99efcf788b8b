#include "feature/printed.h"

#include "format/base64.h"
#include "http/asset.h"

static void add_font(Buf *out, int weight, const char *path)
{
	const Asset *font = asset_find(&asset_table, str_of(path));
	if (font == NULL)
		return; /* the reader's system has a font of its own */
	buf_printf(out, "@font-face{font-family:\"IBM Plex Sans\";font-weight:%d;src:url(data:font/woff2;base64,",
		   weight);
	base64_add(out, font->bytes, font->size);
	buf_z(out, ") format(\"woff2\")}\n");
}

void printed_styles(Buf *out, const char *css)
{
	add_font(out, 400, "/assets/fonts/regular.woff2");
	add_font(out, 600, "/assets/fonts/semibold.woff2");
	add_font(out, 700, "/assets/fonts/bold.woff2");
	const Asset *sheet = asset_find(&asset_table, str_of(css));
	if (sheet != NULL)
		buf_add(out, sheet->bytes, sheet->size);
}
