/* list: things that are searched for, filtered, sorted and shown some at a time.
 *
 * What all such lists share: the inputs, the two routes of one path, the page
 * around the rows, the ways to its other pages. A feature's own search struct
 * begins with a ListSearch, and its table of fields with LIST_TEXT and ends
 * with LIST_SORT, LIST_PAGE, LIST_SEALED; its filters stand between them.
 *
 *   POST path   takes what was typed and leads on to
 *   GET path    where filters, order and page stand as they are and the text
 *               stands sealed: a name never gets into an address, and so into
 *               no proxy's log and no browser's history.
 *
 * With htmx the form sends itself while one types, and only what stands below
 * it is swapped; list_open_page then leaves out everything above. Without
 * JavaScript the same routes make whole pages. Stateless; results in c->arena.
 */
#ifndef FEATURE_LIST_H
#define FEATURE_LIST_H

#include "access/page.h"
#include "crypto/seal.h"

enum { LIST_PAGE_ROWS = 25, LIST_PAGES_MOST = 100000, LIST_TEXT_MOST = 100 };

/* The first member of a list's search struct. */
typedef struct {
	Str text;     /* what is searched for */
	int sort;     /* a value of the list's order; ENUM_NONE: the first */
	int64_t page; /* from 1; INT_NONE: 1 */
	Str sealed;   /* the text as it stands in an address */
} ListSearch;
#define LIST_NOTHING                                \
	{                                           \
		.sort = ENUM_NONE, .page = INT_NONE \
	}

#define LIST_MEMBER(T, member_name, field_type, ...)                                                   \
	{                                                                                              \
		.name = #member_name, .type = field_type,                                              \
		.offset = offsetof(T, list) + offsetof(ListSearch, member_name), .label = __VA_ARGS__, \
	}
#define LIST_TEXT(T, label_text) LIST_MEMBER(T, text, FIELD_TEXT, label_text, .most = LIST_TEXT_MOST)
#define LIST_SORT(T, orders) LIST_MEMBER(T, sort, FIELD_ENUM, N_("Order"), .choices = orders)
#define LIST_PAGE(T) LIST_MEMBER(T, page, FIELD_INT, N_("Page"), .min = 1, .max = LIST_PAGES_MOST)
#define LIST_SEALED(T) LIST_MEMBER(T, sealed, FIELD_TEXT, N_("Search"), .most = SEAL_WRITTEN_MOST)

/* Forms made of parts of one such table of n fields. */
#define LIST_FORM_TYPED(form_name, T, table) /* what is typed: all but the sealed text */ \
	{                                                                                 \
		form_name, table, sizeof(table) / sizeof((table)[0]) - 1, sizeof(T)       \
	}
#define LIST_FORM_ADDRESS(form_name, T, table) /* what stands in an address: all but the text */ \
	{                                                                                        \
		form_name, (table) + 1, sizeof(table) / sizeof((table)[0]) - 1, sizeof(T)        \
	}
#define LIST_FORM_FILTERS(form_name, T, table) /* neither text nor sealed text */         \
	{                                                                                 \
		form_name, (table) + 1, sizeof(table) / sizeof((table)[0]) - 2, sizeof(T) \
	}

typedef struct {
	const char *path;
	const Form *typed, *address;
} List;

/* Row to begin with, from 0. */
int64_t list_skip(const ListSearch *search);

/* The POST handler: leads to the address of what was typed. */
Err list_post(Ctx *c, Request *r, const List *list) MUST_USE;
/* Opens the sealed text of r->in, copied to *search before. INVALID: it is not
 * of this person, or from before the program was started. */
Err list_unseal(Ctx *c, const Request *r, ListSearch *search) MUST_USE;

/* What the templates show around the rows. */
typedef struct {
	int64_t total, from, to; /* rows from–to of total */
	Str previous, next;      /* addresses of other pages; none: there is none */
	bool partial;            /* only what is swapped is written */
} ListPage;

/* `search`: the feature's struct; `n`: rows on this page. */
ListPage list_page(Ctx *c, const Request *r, const List *list, const void *search, int64_t total, size_t n);

typedef struct {
	const List *list;
	const char *title; /* translated, as are the others */
	const char *add, *add_path;
	bool may_add;
	const void *search; /* the feature's struct */
	const FormOptions *options;
	size_t option_count;
	const char *hidden; /* a filter that this person has no use for; NULL: none */
} ListView;

/* Opens the page and writes what stands above the rows (nothing when a part was
 * asked for); the feature's template and page_close follow. */
Html *list_open_page(Ctx *c, Request *r, const ListView *view);
/* The API's answer: the n structs as the one list that the route's .gives has,
 * which is LIST_SHAPE(parts), and how many there are in all. */
extern const Form list_answer_form;
#define LIST_SHAPE(parts) SHAPE(&list_answer_form, parts)
Err list_answer(Ctx *c, Request *r, const void *rows, size_t n, int64_t total) MUST_USE;

#endif
