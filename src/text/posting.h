/* posting: which documents have a key, as score.h and suggest.h ask for it.
 *
 * What is searched is told by keys: a word as it is written (folded), its stem, the
 * stems of a compound's parts, a value that is no text ("municipality=751"), and the
 * words themselves once more as a list to look through. A PostingSource gives the
 * documents of a key, from memory (index.h) or from a database (search/search.h); a
 * posting carries what scoring needs, so that no document is looked at.
 */
#ifndef TEXT_POSTING_H
#define TEXT_POSTING_H

#include "base/ctx.h"

enum { FIELDS_MOST = 4 };

typedef enum { KEY_WORD, KEY_STEM, KEY_PART, KEY_FACET, KEY_VOCABULARY, KEY_KINDS } KeyKind;

/* A document's field with the key in it. */
typedef struct {
	uint32_t document; /* from 0 */
	uint32_t field;
	uint32_t count;  /* how often */
	uint32_t length; /* the field's words */
	uint32_t place;  /* KEY_WORD: where its places begin, `count` of them, rising */
} Posting;

/* Rising by document, then field. */
typedef struct {
	const Posting *at;
	size_t n;
	const uint32_t *places; /* the words' numbers in their field */
} Postings;

/* Postings as bytes (page.h), documents counted from `first`. */
typedef struct {
	Str postings, places;
	uint32_t first;
} PostingRun;

/* A key's, those of later documents later. */
typedef struct {
	PostingRun *at;
	size_t n, room;
} PostingList;

/* Is handed words; `*enough` ends it. Valid during the call. */
typedef struct {
	Err (*take)(void *arg, Str word, bool *enough);
	void *arg;
} WordSink;

typedef struct {
	void *of;
	uint32_t documents; /* there are */
	uint32_t numbers;   /* all documents' are below */
	size_t fields;
	double weights[FIELDS_MOST], mean_lengths[FIELDS_MOST];
	const uint64_t *gone; /* a bit for each number whose document is no more; NULL: none */
	/* In c->arena; no run where the key stands in no document. */
	Err (*find)(Ctx *c, void *of, KeyKind kind, Str key, PostingList *out);
	/* The words (KEY_WORD) that begin so. In the order of their letters but for pieces of the source that begin
	 * anew, so that a word may come more than once; *enough ends a piece. A word whose documents are all gone
	 * may be among them. */
	Err (*words)(Ctx *c, void *of, Str prefix, WordSink sink);
} PostingSource;

#endif
