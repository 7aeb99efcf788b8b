/* page: keys with their postings, sorted, as bytes.
 *
 * A segment is a run of documents' keys in order, cut into pages that a database
 * keeps as rows: by the page's first key and, where one key's postings fill several
 * pages, the piece. Two segments of documents that follow one another are merged by
 * joining the bytes of each key: documents are counted from the segment's first, each
 * from the one before, and only the first of what is joined is counted anew.
 *
 *     page     { shared, more, letters, last, size of postings, size of places, postings, places }
 *     postings { (document - the one before) · 8 + field · 2 + (count > 1), [count - 2], length }
 *     places   { place - the one before in the field }
 *
 * Numbers are of seven bits a byte, the lowest first (LEB128); a key is its kind's
 * byte and the folded text, `shared` bytes of it as in the key before. Pages are read
 * with suspicion: what no writer wrote ends as `broken`.
 */
#ifndef TEXT_PAGE_H
#define TEXT_PAGE_H

#include "base/buf.h"
#include "text/posting.h"

enum {
	PAGE_KEY_MOST = 256,
	PAGE_BYTES = 8 << 10,   /* a page is closed when it has so many */
	PIECE_BYTES = 32 << 10, /* the same of a page with one key alone */
};

/* The key of a kind and text in `room`; longer texts are cut. */
Str page_key(KeyKind kind, Str text, char room[PAGE_KEY_MOST]);
KeyKind page_key_kind(Str key);
Str page_key_text(Str key);

typedef struct {
	Str key;
	uint32_t last; /* document, from the segment's first */
	Str postings, places;
} Entry;

typedef struct {
	Str rest;
	char key[PAGE_KEY_MOST];
	size_t key_len;
	bool broken;
} PageReader;

PageReader page_reader(Str page);
/* The next entry, valid until the next but one is asked for. False: there is none, or the page is broken. */
bool page_next(PageReader *r, Entry *out);

/* The bytes of postings, to `postings` and `places` (where they have any); documents are counted from `first`, that of
 * the one before them is `*last`, from `first` too: 0 at the beginning. */
void posting_put(Buf *postings, Buf *places, const Postings *p, uint32_t first, uint64_t *last);

typedef struct {
	Str rest;
	uint64_t document; /* the last one's number */
	bool broken;
} PostingReader;

/* Documents are numbered from `first`. */
PostingReader posting_reader(Str postings, uint32_t first);
/* The next ones, at most `most`; 0: there are none, or they are broken. */
size_t posting_next(PostingReader *r, Posting *out, size_t most);
/* The places of n postings, `room` of them; sets each one's `place`. False: broken, or they are not so many. */
bool posting_places(Str places, Posting *at, size_t n, uint32_t *out, size_t room);

typedef struct {
	/* One page, in the order of keys and pieces. */
	Err (*put)(Ctx *c, void *arg, Str first_key, uint32_t piece, Str page);
	void *arg;
	Buf *page, *postings,
		*places; /* what is not put yet: whole entries, and those of the key that is being written */
	char first[PAGE_KEY_MOST], before[PAGE_KEY_MOST], key[PAGE_KEY_MOST];
	size_t first_len, before_len, key_len;
	uint64_t last;
	uint32_t piece;
	bool alone;    /* the key has pages of its own */
	int64_t bytes; /* put */
} PageWriter;

void page_writer_init(PageWriter *w, Arena *a, Err (*put)(Ctx *c, void *arg, Str first_key, uint32_t piece, Str page),
		      void *arg);
/* A key begins, above all before. */
void page_begin(PageWriter *w, Str key);
/* Postings of documents above all of this key before; `first` is the segment's first document. */
void page_add(PageWriter *w, const Postings *postings, uint32_t first);
/* The same of another segment that begins `shift` documents behind this one. False: they are broken. */
bool page_join(PageWriter *w, const Entry *e, uint32_t shift);
/* Puts what is too much of the key to wait for its end. Errors are `put`'s, and LIMIT: no row takes so much. */
Err page_part(Ctx *c, PageWriter *w) MUST_USE;
/* The key is complete; one that no document has left is dropped. */
Err page_end(Ctx *c, PageWriter *w) MUST_USE;
/* Puts what waits; afterwards a key may begin that follows in order. */
Err page_flush(Ctx *c, PageWriter *w) MUST_USE;

#endif
