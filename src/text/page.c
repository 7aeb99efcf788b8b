#include "text/page.h"

#include "text/fold.h"

#include <assert.h>

enum { BUFFER_MOST = 1 << 30 };

Str page_key(KeyKind kind, Str text, char room[PAGE_KEY_MOST])
{
	size_t n = text.len < PAGE_KEY_MOST - 1 ? text.len : PAGE_KEY_MOST - 1;
	room[0] = (char)kind;
	memcpy(room + 1, text.ptr, n);
	return (Str){ room, n + 1 };
}

KeyKind page_key_kind(Str key)
{
	return (KeyKind)(unsigned char)key.ptr[0];
}

Str page_key_text(Str key)
{
	return str_sub(key, 1, key.len);
}

/* A number of up to 35 bits from the front of `rest`: a difference of documents and three bits more. False: it is not
 * whole. */
static inline bool take_wide(Str *rest, uint64_t *out)
{
	uint64_t value = 0;
	size_t most = rest->len < 5 ? rest->len : 5;
	for (size_t i = 0; i < most; i++) {
		unsigned char byte = (unsigned char)rest->ptr[i];
		value |= (uint64_t)(byte & 0x7F) << (7 * i);
		if (byte < 0x80) {
			rest->ptr += i + 1;
			rest->len -= i + 1;
			*out = value;
			return true;
		}
	}
	return false;
}

/* The same; false also above 32 bits. */
static inline bool take_number(Str *rest, uint32_t *out)
{
	uint64_t value;
	if (!take_wide(rest, &value) || value > UINT32_MAX)
		return false;
	*out = (uint32_t)value;
	return true;
}

static void put_number(Buf *b, uint64_t value)
{
	char bytes[10];
	size_t n = 0;
	for (; value >= 0x80; value >>= 7)
		bytes[n++] = (char)(value | 0x80);
	bytes[n++] = (char)value;
	buf_add(b, bytes, n);
}

static bool take_bytes(Str *rest, size_t n, Str *out)
{
	if (n > rest->len)
		return false;
	*out = (Str){ rest->ptr, n };
	rest->ptr += n;
	rest->len -= n;
	return true;
}

PageReader page_reader(Str page)
{
	return (PageReader){ .rest = page };
}

static bool read_entry(PageReader *r, Entry *out)
{
	uint32_t shared, more, postings, places;
	Str letters;
	if (!take_number(&r->rest, &shared) || !take_number(&r->rest, &more) || shared > r->key_len ||
	    more > PAGE_KEY_MOST - shared || shared + more == 0 || !take_bytes(&r->rest, more, &letters))
		return false;
	memcpy(r->key + shared, letters.ptr, more);
	r->key_len = shared + more;
	out->key = (Str){ r->key, r->key_len };
	return take_number(&r->rest, &out->last) && take_number(&r->rest, &postings) &&
	       take_number(&r->rest, &places) && take_bytes(&r->rest, postings, &out->postings) &&
	       take_bytes(&r->rest, places, &out->places);
}

bool page_next(PageReader *r, Entry *out)
{
	if (r->broken || r->rest.len == 0)
		return false;
	r->broken = !read_entry(r, out);
	return !r->broken;
}

PostingReader posting_reader(Str postings, uint32_t first)
{
	return (PostingReader){ .rest = postings, .document = first };
}

static inline bool read_posting(PostingReader *r, Posting *out)
{
	uint64_t head;
	uint32_t more = 0;
	if (!take_wide(&r->rest, &head))
		return false;
	r->document += head >> 3;
	if (r->document > UINT32_MAX || ((head & 1) != 0 && !take_number(&r->rest, &more)) || more > UINT32_MAX - 2)
		return false;
	*out = (Posting){ .document = (uint32_t)r->document,
			  .field = (uint32_t)(head >> 1 & 3),
			  .count = (head & 1) != 0 ? more + 2 : 1 };
	return take_number(&r->rest, &out->length);
}

size_t posting_next(PostingReader *r, Posting *out, size_t most)
{
	size_t n = 0;
	while (n < most && r->rest.len > 0 && !r->broken) {
		if (read_posting(r, &out[n]))
			n++;
		else
			r->broken = true;
	}
	return r->broken ? 0 : n;
}

bool posting_places(Str places, Posting *at, size_t n, uint32_t *out, size_t room)
{
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t place = 0, step;
		if (at[i].count > room - used)
			return false;
		at[i].place = (uint32_t)used;
		for (uint32_t k = 0; k < at[i].count; k++) {
			if (!take_number(&places, &step) || step > UINT32_MAX - place)
				return false;
			out[used++] = place += step;
		}
	}
	return places.len == 0;
}

void page_writer_init(PageWriter *w, Arena *a, Err (*put)(Ctx *c, void *arg, Str first_key, uint32_t piece, Str page),
		      void *arg)
{
	*w = (PageWriter){ .put = put, .arg = arg };
	w->page = buf_new(a, BUFFER_MOST);
	w->postings = buf_new(a, BUFFER_MOST);
	w->places = buf_new(a, BUFFER_MOST);
}

void page_begin(PageWriter *w, Str key)
{
	assert(key.len > 0 && key.len <= PAGE_KEY_MOST);
	memcpy(w->key, key.ptr, key.len);
	w->key_len = key.len;
	w->last = 0;
	w->piece = 0;
	w->alone = false;
}

void posting_put(Buf *postings, Buf *places, const Postings *p, uint32_t first, uint64_t *last)
{
	for (size_t i = 0; i < p->n; i++) {
		const Posting *at = &p->at[i];
		uint64_t document = at->document - first;
		put_number(postings, (document - *last) << 3 | at->field << 1 | (at->count > 1));
		if (at->count > 1)
			put_number(postings, at->count - 2);
		put_number(postings, at->length);
		*last = document;
		for (uint32_t k = 0, before = 0; p->places != NULL && k < at->count; k++) {
			uint32_t place = p->places[at->place + k];
			put_number(places, place - before);
			before = place;
		}
	}
}

void page_add(PageWriter *w, const Postings *postings, uint32_t first)
{
	posting_put(w->postings, w->places, postings, first, &w->last);
}

bool page_join(PageWriter *w, const Entry *e, uint32_t shift)
{
	Str rest = e->postings;
	uint64_t head, document;
	if (e->postings.len == 0)
		return true;
	if (!take_wide(&rest, &head))
		return false;
	document = (head >> 3) + shift;
	if (document < w->last || (uint64_t)e->last + shift < document || (uint64_t)e->last + shift > UINT32_MAX)
		return false;
	put_number(w->postings, (document - w->last) << 3 | (head & 7));
	buf_str_add(w->postings, rest);
	buf_str_add(w->places, e->places);
	w->last = (uint64_t)e->last + shift;
	return true;
}

/* The waiting entry, to the page. */
static void put_entry(PageWriter *w)
{
	size_t shared = 0;
	if (w->page->len == 0) {
		memcpy(w->first, w->key, w->key_len);
		w->first_len = w->key_len;
		w->before_len = 0;
	}
	while (shared < w->before_len && shared < w->key_len && w->before[shared] == w->key[shared])
		shared++;
	put_number(w->page, shared);
	put_number(w->page, w->key_len - shared);
	buf_add(w->page, w->key + shared, w->key_len - shared);
	put_number(w->page, w->last);
	put_number(w->page, w->postings->len);
	put_number(w->page, w->places->len);
	buf_str_add(w->page, buf_str(w->postings));
	buf_str_add(w->page, buf_str(w->places));
	memcpy(w->before, w->key, w->key_len);
	w->before_len = w->key_len;
	buf_clear(w->postings);
	buf_clear(w->places);
}

static Err put_page(Ctx *c, PageWriter *w, uint32_t piece)
{
	if (w->page->len == 0)
		return OK;
	if (w->page->failed || w->postings->failed || w->places->failed)
		return fail(c, ERR_LIMIT, "search index: a key has more than %d bytes", BUFFER_MOST);
	w->bytes += (int64_t)w->page->len;
	RETURN_IF_ERR(w->put(c, w->arg, (Str){ w->first, w->first_len }, piece, buf_str(w->page)));
	buf_clear(w->page);
	return OK;
}

static Err put_piece(Ctx *c, PageWriter *w)
{
	if (!w->alone)
		RETURN_IF_ERR(put_page(c, w, 0));
	w->alone = true;
	put_entry(w);
	w->last = 0;
	return put_page(c, w, w->piece++);
}

Err page_part(Ctx *c, PageWriter *w)
{
	return w->postings->len + w->places->len >= PIECE_BYTES ? put_piece(c, w) : OK;
}

Err page_end(Ctx *c, PageWriter *w)
{
	size_t waiting = w->postings->len + w->places->len;
	if (w->alone)
		return waiting > 0 ? put_piece(c, w) : OK;
	if (waiting >= PAGE_BYTES)
		return put_piece(c, w);
	if (waiting == 0 && w->key[0] != KEY_VOCABULARY)
		return OK;
	put_entry(w);
	return w->page->len >= PAGE_BYTES ? put_page(c, w, 0) : OK;
}

Err page_flush(Ctx *c, PageWriter *w)
{
	return put_page(c, w, 0);
}
