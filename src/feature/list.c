#include "feature/list.h"

#include "http/form.h"
#include "list_html.h"

enum { ADDRESS_BYTES_MOST = 4096 };

/* The list's address with what `in` holds, on its page. */
static Str address_of(Ctx *c, const List *list, const void *in)
{
	Buf *b = buf_new(c->arena, ADDRESS_BYTES_MOST);
	char before = '?';
	buf_z(b, list->path);
	for (size_t i = 0; i < list->address->n; i++) {
		const Field *f = &list->address->fields[i];
		Str value = field_text(c, f, in, true);
		if (value.len == 0 || (f->type == FIELD_BOOL && !*((const bool *)in + f->offset)))
			continue;
		buf_printf(b, "%c%s=", before, f->name);
		buf_str_add(b, url_encode(c->arena, value));
		before = '&';
	}
	return buf_str(b);
}

/* A copy of the feature's struct, to change what all lists share. */
static ListSearch *copy_of(Ctx *c, const List *list, const void *in)
{
	char *copy = arena_alloc(c->arena, list->typed->size);
	const char *from = in;
	for (size_t i = 0; i < list->typed->size; i++)
		copy[i] = from[i];
	return (ListSearch *)(void *)copy;
}

int64_t list_skip(const ListSearch *search)
{
	return search->page == INT_NONE ? 0 : (search->page - 1) * LIST_PAGE_ROWS;
}

Err list_post(Ctx *c, Request *r, const List *list)
{
	ListSearch *there = copy_of(c, list, r->in);
	if (!str_is_empty(there->text))
		RETURN_IF_ERR(request_seal(c, r, there->text, &there->sealed));
	return answer_redirect(r, address_of(c, list, there), NULL);
}

Err list_unseal(Ctx *c, const Request *r, ListSearch *search)
{
	if (str_is_empty(search->sealed))
		return OK;
	if (request_unseal(c, r, search->sealed, &search->text) != OK)
		return refuse(c, NULL, "%s", T(c->lang, "The search is too old. Search once more."));
	return OK;
}

static Str other_page(Ctx *c, const List *list, const void *search, int64_t page)
{
	ListSearch *there = copy_of(c, list, search);
	there->page = page;
	return address_of(c, list, there);
}

ListPage list_page(Ctx *c, const Request *r, const List *list, const void *search, int64_t total, size_t n)
{
	const ListSearch *s = search;
	int64_t at = s->page == INT_NONE ? 1 : s->page;
	ListPage page = { .total = total, .to = list_skip(s) + (int64_t)n, .partial = request_partial(r) };
	page.from = n == 0 ? 0 : list_skip(s) + 1;
	if (at > 1)
		page.previous = other_page(c, list, search, at - 1);
	if (page.to < total && n > 0)
		page.next = other_page(c, list, search, at + 1);
	return page;
}

static void write_form(Ctx *c, Request *r, Html *h, const ListView *view)
{
	static const char *const chosen[] = { "sort", NULL };
	const char *const hidden[] = { "page", view->hidden, NULL };
	ListSearch *shown = copy_of(c, view->list, view->search);
	shown->page = INT_NONE;
	shown->sort = shown->sort == ENUM_NONE ? 0 : shown->sort;
	page_form(c, r, h,
		  &(FormView){ .form = view->list->typed,
			       .action = str_of(view->list->path),
			       .values = shown,
			       .submit = T(c->lang, "Search"),
			       .options = view->options,
			       .option_count = view->option_count,
			       .hidden = hidden,
			       .chosen = chosen,
			       .search = true });
}

Html *list_open_page(Ctx *c, Request *r, const ListView *view)
{
	Html *h = page_open(c, r, &(Page){ .title = str_of(view->title), .wide = true });
	if (request_partial(r))
		return h;
	list_head_html(h, view);
	list_filters_open_html(h);
	write_form(c, r, h, view);
	list_filters_close_html(h);
	list_found_heading_html(h);
	return h;
}

typedef struct {
	int64_t total, page_size;
} Counts;
static const Field counts_fields[] = {
	FIELD(Counts, total, FIELD_INT, N_("All in all"), .required = true),
	FIELD(Counts, page_size, FIELD_INT, N_("At most on a page"), .required = true),
};
const Form list_answer_form = FORM("list", Counts, counts_fields);

Err list_answer(Ctx *c, Request *r, const void *rows, size_t n, int64_t total)
{
	const ShapePart *list = &r->route->gives->parts[0];
	JsonWriter w = json_writer(answer_json(r));
	json_open_object(&w);
	shape_put_list(c, &w, list->name, list->shape->form, rows, n);
	shape_put_members(c, &w, &list_answer_form, &(Counts){ total, LIST_PAGE_ROWS });
	json_close(&w);
	return OK;
}
