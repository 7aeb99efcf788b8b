#include "format/qr.h"

#include "format/svg.h"

#include <qrencode.h>
#include <string.h>

enum { QUIET = 4 }; /* modules around it */

static bool dark(const QRcode *code, int x, int y)
{
	return (code->data[y * code->width + x] & 1) != 0; /* the lowest bit is the colour */
}

/* Neighbours in a row are one piece: a third of the elements, and no hair lines between them. */
static void draw_row(Buf *out, const QRcode *code, int y)
{
	for (int x = 0, end = 0; x < code->width; x = end + 1) {
		for (end = x; end < code->width && dark(code, end, y); end++)
			;
		if (end > x)
			buf_printf(out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, end - x, end - x);
	}
}

bool qr_svg(Buf *out, Str text, Str title, Str desc, Lang lang)
{
	char typed[QR_TEXT_MOST + 1];
	if (text.len == 0 || text.len > QR_TEXT_MOST || memchr(text.ptr, '\0', text.len) != NULL)
		return false;
	memcpy(typed, text.ptr, text.len);
	typed[text.len] = '\0';
	QRcode *code = QRcode_encodeString8bit(typed, 0, QR_ECLEVEL_M);
	if (code == NULL)
		return false;
	int side = code->width + 2 * QUIET;
	svg_open(out, "qr", side, side, title, desc, lang);
	svg_rect(out, 0, 0, side, side, "#fff");
	buf_z(out, "<path fill=\"#000\" d=\"");
	for (int y = 0; y < code->width; y++)
		draw_row(out, code, y);
	buf_z(out, "\"/>\n");
	svg_close(out);
	QRcode_free(code);
	return true;
}
