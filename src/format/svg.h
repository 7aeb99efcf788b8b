/* svg: the pencil with which charts are drawn.
 *
 * Writes elements into a Buf, whose error sticks; everything textual is
 * escaped. Styling is by presentation attributes only, so that a page's strict
 * content security policy keeps it. Widths of text are estimated from a table
 * for a rather wide sans serif, so that what fits here fits everywhere.
 * Coordinates are in viewBox units (about a CSS pixel at full size). Pure.
 */
#ifndef FORMAT_SVG_H
#define FORMAT_SVG_H

#include "base/buf.h"
#include "base/text.h"

/* Text colours pass WCAG AA on white; the chart colours differ in lightness
 * too, so that they differ in grey and for the colour-blind. */
#define SVG_INK "#1a1a1a"
#define SVG_QUIET "#545b63"
#define SVG_GRID "#dfe4ea"
#define SVG_TRACK "#eef2f6"
#define SVG_DARK "#0b4a86"
#define SVG_MIDDLE "#7094ba"

typedef enum { SVG_START, SVG_MIDDLE_OF, SVG_END } SvgAnchor;

typedef struct {
	double size;
	const char *colour;
	SvgAnchor anchor;
	bool bold;
} SvgFont;

/* <svg> with role, title and description tied to it by ids made from `id`. */
void svg_open(Buf *out, const char *id, double width, double height, Str title, Str desc, Lang lang);
void svg_close(Buf *out);
void svg_rect(Buf *out, double x, double y, double width, double height, const char *fill);
void svg_line(Buf *out, double x1, double y1, double x2, double y2, const char *colour, double width);
/* `y` is the base line. */
void svg_text(Buf *out, double x, double y, SvgFont font, Str text);
/* A number with at most two decimals and a point, whatever the locale. */
void svg_number(Buf *out, double x);
/* < > & " ' escaped; bytes XML forbids are left out. */
void svg_escape(Buf *out, Str text);

/* Estimated width of one line. */
double svg_text_width(Str text, double size);
/* The text, or as much of its beginning as fits with "…" behind it. */
Str svg_fit(Arena *a, Str text, double size, double width);

enum { SVG_LINES_MOST = 6 };

typedef struct {
	Str line[SVG_LINES_MOST];
	int count;
} SvgLines;

/* Breaks at spaces, and inside a word only where it alone is too wide (then at
 * a hyphen or after a letter). What does not fit into the last line ends in "…". */
SvgLines svg_wrap(Arena *a, Str text, double size, double width);

#endif
