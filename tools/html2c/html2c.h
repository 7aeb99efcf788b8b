/* html2c: templates into C. The grammar stands in docs/developer/templates.md.
 *
 * Four files: parse.c reads directives and makes the tree, words.c reads what
 * stands inside them (names, conditions, texts), where.c follows the HTML and
 * says what may be interpolated where, emit.c writes the C. Everything lives in
 * the arena that the caller gives. Pure: no files, no globals.
 */
#ifndef HTML2C_HTML2C_H
#define HTML2C_HTML2C_H

#include "base/buf.h"

enum {
	SOURCE_MOST = 1024 * 1024, /* bytes of a template file */
	OUTPUT_MOST = 32 * 1024 * 1024,
};

typedef struct {
	Str path;   /* for #line */
	Str name;   /* of the file without ".html": gives NAME_html.h */
	Str source; /* valid UTF-8 or refused */
} Html2cIn;

typedef struct {
	size_t line, column; /* 1-based; columns count characters */
	const char *message;
} Html2cProblem;

/* False when the template is refused, with the first reason in *problem. The
 * message lives in the arena. */
bool html2c_compile(Arena *a, const Html2cIn *in, Buf *header, Buf *code, Html2cProblem *problem);

#endif
