/* where: where in the HTML the reader stands, hence what may be written there.
 *
 * A Where is a value: branches start from a copy and are compared at the end.
 * The lists it points at live in the arena and never change.
 */
#ifndef HTML2C_WHERE_H
#define HTML2C_WHERE_H

#include "tree.h"

typedef enum {
	IN_TEXT,
	IN_PLAIN,     /* textarea, title: text only */
	IN_TAG,       /* white space stands before: an attribute may begin */
	IN_TAG_TIGHT, /* directly behind a name or a value */
	IN_VALUE      /* of an attribute, in quotes */
} Place;

typedef enum {
	URL_NOT,
	URL_START,   /* nothing yet */
	URL_LITERAL, /* static bytes that may still become a scheme */
	URL_DYNAMIC, /* a value has been written, and no '/', '?' or '#' */
	URL_ADDRESS, /* behind mailto: or tel: */
	URL_OPEN,    /* the scheme is decided */
	URL_UNSURE   /* depends on a branch */
} UrlPlace;

typedef struct Open {
	struct Open *under;
	Str name;
	size_t at, depth;
	bool pre, foreign; /* white space counts; inside svg or math */
} Open;

typedef struct Attr {
	struct Attr *before;
	Str name;
	size_t count;
} Attr;

typedef struct Where {
	Place place;
	Open *open;
	int gap;    /* white space not yet written: 0 none, 1 space, 2 line end */
	bool fresh; /* nothing stands before: white space is dropped */
	/* in a tag */
	Str tag;
	size_t tag_at;
	Attr *attrs;
	bool has_alt, slash;
	/* in a value */
	Str attr;
	char quote;
	const char *refusal; /* why nothing may be interpolated, or NULL */
	bool code_url;       /* loads code or markup: only a literal path may begin it */
	UrlPlace url;
	Str literal; /* static bytes at the start of the URL */
} Where;

/* Reads static bytes from p->at up to the next `{` or the end of the source. */
void where_static(Parse *p, Where *w);
/* How a value at `at` is to be written; fails where none may stand. */
Escape where_value(Parse *p, Where *w, size_t at);
/* A block begins or ends here: white space in waiting is written. */
void where_directive(Parse *p, Where *w);
/* Joins the end of one branch with the end of another; fails when they differ. */
Where where_join(Parse *p, const Where *a, const Where *b, size_t at, const char *what);
/* Everything is closed, down to `base`. */
void where_end(Parse *p, const Where *w, const Open *base, size_t at);

/* Facts about HTML (facts.c). */
bool html_is_void(Str name);
/* Closes an open <p> by itself. */
bool html_ends_p(Str name);
bool html_is_url(Str attr);
/* NULL: a value may stand there. */
const char *html_refuses(Str tag, Str attr);
/* The URL loads code, styles or markup into the page. */
bool html_loads_code(Str tag, Str attr);
bool html_scheme_is_safe(Str scheme);

#endif
