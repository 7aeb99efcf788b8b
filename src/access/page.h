/* page: what every page has around it, and how forms are shown.
 *
 * A page handler opens the page, which writes the top of ui/layout.html (skip
 * link, header with menu and language, notices), writes its own content by its
 * template, and closes it:
 *
 *   Html *h = page_open(c, r, &(Page){ .title = model.name });
 *   participant_page_html(h, &model);
 *   return page_close(r);
 *
 * An error may be returned at any point: what has been written is dropped.
 * Forms are written by page_form, or by their own template around page_fields.
 */
#ifndef ACCESS_PAGE_H
#define ACCESS_PAGE_H

#include "access/route.h"
#include "html/html.h"

typedef struct {
	Str title;     /* in the user's language; " – Rampe" is added */
	bool wide;     /* tables: use the whole width */
	bool bare;     /* without menu (login, errors) */
	Str back;      /* path of the page above; may be none */
	Str back_text; /* its name */
} Page;

/* Begins the page, with status 200 (422 or 409 when called as `again`). htmx
 * asking for a part gets the content alone. */
Html *page_open(Ctx *c, Request *r, const Page *page);
/* LIMIT when the page has become too large. */
Err page_close(Request *r) MUST_USE;

/* One entry of a list to choose from, for FIELD_ID fields. */
typedef struct {
	Str value, label;
} FormOption;

typedef struct {
	const char *field;
	const FormOption *items;
	size_t n;
	/* Too many to choose from at once: above the choice stands a field (named
	 * FIELD_find) to find some of them by. Finding shows the form again, through
	 * the route's `again` with r->again 200. */
	const char *find; /* its label, translated; NULL: these are all */
	Str typed;        /* what was typed into it */
	bool more;        /* more fit than there are items */
} FormOptions;

typedef struct {
	const Form *form;
	Str action;           /* path to post to; none: the page's own */
	const void *values;   /* struct of the form with what stands there now; NULL: empty */
	const char *submit;   /* text of the button, translated; NULL: "Save" */
	Str cancel;           /* path; may be none */
	Str way;              /* path that leads out of a refusal, shown with the problems; may be none */
	const char *way_text; /* translated; with `way` */
	const FormOptions *options;
	size_t option_count;
	const char *const *hidden; /* names of fields that are not shown, NULL-terminated; NULL: none */
	const char *const *chosen; /* names of choices that cannot be left empty, likewise */
	/* What browsers may fill in: field, HTML's autocomplete value, ... NULL. Secrets
	 * without one are "current-password". */
	const char *const *autocomplete;
	bool search; /* searches: an empty choice everywhere; htmx sends it while one types, for #list */
	bool upload; /* multipart */
	/* htmx sends it and swaps #in-place, which stands around it: the answer to a
	 * part (request_partial) holds one, too. */
	bool in_place;
} FormView;

/* Writes the form: labels, hints, required marks, one error per field and a
 * summary that links to them. After bad input (r->again) it shows what was
 * typed instead of `values`. */
void page_form(Ctx *c, Request *r, Html *h, const FormView *view);
/* The fields alone (and the CSRF token), for a <form> written by hand. */
void page_fields(Ctx *c, Request *r, Html *h, const FormView *view);
/* The summary of problems alone; nothing when there are none. */
void page_problems(Ctx *c, Html *h, const Form *form);

#endif
