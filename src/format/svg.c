#include "format/svg.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void svg_number(Buf *out, double x)
{
	char digits[40];
	double hundredths = round(x * 100);
	int n = snprintf(digits, sizeof digits, "%.2f", hundredths == 0 ? 0 : hundredths / 100);
	while (n > 0 && digits[n - 1] == '0')
		n--;
	if (n > 0 && digits[n - 1] == '.')
		n--;
	buf_add(out, digits, (size_t)n);
}

void svg_escape(Buf *out, Str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char ch = text.ptr[i];
		switch (ch) {
		case '<': buf_z(out, "&lt;"); break;
		case '>': buf_z(out, "&gt;"); break;
		case '&': buf_z(out, "&amp;"); break;
		case '"': buf_z(out, "&quot;"); break;
		case '\'': buf_z(out, "&#39;"); break;
		default:
			if ((unsigned char)ch >= 0x20 || ch == '\n' || ch == '\t')
				buf_char(out, ch);
		}
	}
}

static void attribute(Buf *out, const char *name, double x)
{
	buf_printf(out, " %s=\"", name);
	svg_number(out, x);
	buf_char(out, '"');
}

void svg_open(Buf *out, const char *id, double width, double height, Str title, Str desc, Lang lang)
{
	buf_printf(out,
		   "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" lang=\"%s\""
		   " aria-labelledby=\"%s-title %s-desc\" viewBox=\"0 0 ",
		   lang_code(lang), id, id);
	svg_number(out, width);
	buf_char(out, ' ');
	svg_number(out, height);
	buf_printf(out, "\" font-family=\"'IBM Plex Sans', system-ui, sans-serif\">\n<title id=\"%s-title\">", id);
	svg_escape(out, title);
	buf_printf(out, "</title>\n<desc id=\"%s-desc\">", id);
	svg_escape(out, desc);
	buf_z(out, "</desc>\n");
}

void svg_close(Buf *out)
{
	buf_z(out, "</svg>\n");
}

void svg_rect(Buf *out, double x, double y, double width, double height, const char *fill)
{
	buf_z(out, "<rect");
	attribute(out, "x", x);
	attribute(out, "y", y);
	attribute(out, "width", width);
	attribute(out, "height", height);
	buf_printf(out, " fill=\"%s\"/>\n", fill);
}

void svg_line(Buf *out, double x1, double y1, double x2, double y2, const char *colour, double width)
{
	buf_z(out, "<line");
	attribute(out, "x1", x1);
	attribute(out, "y1", y1);
	attribute(out, "x2", x2);
	attribute(out, "y2", y2);
	buf_printf(out, " stroke=\"%s\"", colour);
	attribute(out, "stroke-width", width);
	buf_z(out, "/>\n");
}

void svg_text(Buf *out, double x, double y, SvgFont font, Str text)
{
	static const char *const anchors[] = { "start", "middle", "end" };
	buf_z(out, "<text");
	attribute(out, "x", x);
	attribute(out, "y", y);
	attribute(out, "font-size", font.size);
	if (font.anchor != SVG_START)
		buf_printf(out, " text-anchor=\"%s\"", anchors[font.anchor]);
	if (font.bold)
		buf_z(out, " font-weight=\"600\"");
	buf_printf(out, " fill=\"%s\">", font.colour);
	svg_escape(out, text);
	buf_z(out, "</text>\n");
}

/* Hundredths of the font size, from DejaVu Sans, the widest of the usual fallbacks. */
static int glyph_width(const unsigned char *p, size_t len)
{
	static const unsigned char ascii[95] = {
		32, 40, 46, 84, 64, 95, 78, 27, 39,  39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
		64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79,
		60, 79, 69, 63, 61, 73, 68, 99, 69,  61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63,
		63, 28, 28, 58, 28, 97, 63, 61, 63,  63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
	};
	if (p[0] >= 0x20 && p[0] < 0x7F)
		return ascii[p[0] - 0x20];
	if (len == 1 || p[0] < 0x80)
		return 60;
	if (p[0] == 0xC2 && p[1] == 0xA0)
		return 32;
	if (p[0] == 0xC3 && (p[1] == 0x86 || p[1] == 0xA6))
		return 98; /* Æ, æ */
	if (p[0] == 0xC3)
		return p[1] < 0xA0 ? 79 : 63;
	return p[0] < 0xE0 ? 70 : 100;
}

static size_t glyph_bytes(Str s, size_t i)
{
	size_t n = 1;
	while (i + n < s.len && ((unsigned char)s.ptr[i + n] & 0xC0) == 0x80)
		n++;
	return n;
}

double svg_text_width(Str s, double size)
{
	int hundredths = 0;
	for (size_t i = 0; i < s.len;) {
		size_t n = glyph_bytes(s, i);
		hundredths += glyph_width((const unsigned char *)s.ptr + i, n);
		i += n;
	}
	return hundredths * size / 100;
}

/* Bytes of `s` that fit into `width`: up to a space or behind a hyphen, inside
 * a word only when there is no other place. At least one character. */
static size_t fitting(Str s, double size, double width)
{
	size_t at_space = 0, i = 0;
	while (i < s.len) {
		size_t n = glyph_bytes(s, i);
		if (s.ptr[i] == ' ')
			at_space = i;
		if (i > 0 && svg_text_width(str_sub(s, 0, i + n), size) > width)
			return at_space > 0 ? at_space : i;
		i += n;
		if (s.ptr[i - n] == '-' && i < s.len)
			at_space = i;
	}
	return s.len;
}

static Str with_ellipsis(Arena *a, Str s, double size, double width)
{
	size_t n = fitting(s, size, width - size);
	Str begin = str_trim(str_sub(s, 0, n));
	return str_printf(a, "%.*s…", STR_ARG(begin));
}

Str svg_fit(Arena *a, Str text, double size, double width)
{
	return svg_text_width(text, size) <= width ? text : with_ellipsis(a, text, size, width);
}

SvgLines svg_wrap(Arena *a, Str text, double size, double width)
{
	SvgLines lines = { .count = 0 };
	Str rest = str_trim(text);
	while (rest.len > 0 && lines.count < SVG_LINES_MOST) {
		size_t n = fitting(rest, size, width);
		bool last = lines.count == SVG_LINES_MOST - 1 && n < rest.len;
		lines.line[lines.count++] = last ? with_ellipsis(a, rest, size, width) : str_trim(str_sub(rest, 0, n));
		rest = str_trim(str_sub(rest, n, rest.len));
	}
	return lines;
}
