/* page: what every page has around it, and how forms are shown.
 *
 * A page handler writes its content, by its template, into page_body(r), then
 * calls page_send, which puts it into ui/layout.html: skip link, header with
 * menu and language, notices, footer. Everything lives in c->arena.
 *
 *   participant_page_html(page_body(r), c, &model);
 *   return page_send(c, r, &(Page){ .title = model.name });
 */
#ifndef ACCESS_PAGE_H
#define ACCESS_PAGE_H

#include "access/route.h"

enum { PAGE_MOST = 8 * 1048576 }; /* bytes of a page's content */

typedef struct {
	Str title;     /* in the user's language; " – Rampe" is added */
	bool wide;     /* tables: use the whole width */
	bool bare;     /* no menu (login, errors) */
	Str back;      /* path of the page above; may be none */
	Str back_text; /* its name */
} Page;

/* The buffer for the content of the page. */
Buf *page_body(Request *r);
/* Sends it, with status 200 (422 or 409 when called as `again`). htmx asking
 * for a part gets the content alone. */
Err page_send(Ctx *c, Request *r, const Page *page) MUST_USE;

/* One entry of a list to choose from, for FIELD_ID fields. */
typedef struct {
	Str value, label;
} FormOption;

typedef struct {
	const char *field;
	const FormOption *items;
	size_t n;
} FormOptions;

typedef struct {
	const Form *form;
	Str action;         /* path to post to */
	const void *values; /* struct of the form with what stands there now; NULL: empty */
	const char *submit; /* text of the button, translated; NULL: "Save" */
	Str cancel;         /* path; may be none */
	const FormOptions *options;
	size_t option_count;
	const char *const *hidden; /* names of fields that are not shown, NULL-terminated; NULL: none */
	const char *method;        /* "get" for searching; NULL: post, with CSRF token */
	bool compact;              /* fields side by side, for filters */
} FormView;

/* Writes the form into b: labels, hints, required marks, one error per field
 * and a summary that links to them. After bad input (r->again) it shows what
 * was typed instead of `values`. */
void page_form(Ctx *c, Request *r, Buf *b, const FormView *view);
/* The same without <form> and button, for pages that lay out their own. */
void page_fields(Ctx *c, Request *r, Buf *b, const FormView *view);
/* The summary of problems alone; nothing when there are none. */
void page_problems(Ctx *c, Buf *b, const Form *form);

#endif
