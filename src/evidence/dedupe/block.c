#include "evidence/dedupe/block.h"

#include <stdlib.h>
#include <string.h>

/* What two copies of one record still share after one kind of fault each. 0: the record has no such key. */
typedef uint64_t Key(const Words *words, const Record *r);

static uint64_t mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xFF51AFD7ED558CCDu;
	return h ^ h >> 32;
}

static uint64_t whole_title(const Words *words, const Record *r)
{
	(void)words;
	return r->title_joined;
}

/* The title's two rarest words, whatever happened to the others; `skip` leaves out as many rarer ones. */
static uint64_t rare_words(const Words *words, const Record *r, uint32_t skip)
{
	enum { RARE_MOST = 4 };
	uint32_t rare[RARE_MOST], n = 0;
	for (uint32_t i = 0; i < r->title_set.count; i++) {
		uint32_t word = r->title_set.at[i], at = n < RARE_MOST ? n++ : RARE_MOST;
		for (; at > 0 && words->at[rare[at - 1]].records > words->at[word].records; at--)
			if (at < RARE_MOST)
				rare[at] = rare[at - 1];
		if (at < RARE_MOST)
			rare[at] = word;
	}
	if (n < skip + 2)
		return n == 1 && skip == 0 ? mix(rare[0], 1) : 0;
	uint32_t x = rare[skip], y = rare[skip + 1];
	return mix(x < y ? x : y, x < y ? y : x);
}

static uint64_t rarest_words(const Words *words, const Record *r)
{
	return rare_words(words, r, 0);
}

/* A misspelt word is always among the rarest. */
static uint64_t next_rarest_words(const Words *words, const Record *r)
{
	return rare_words(words, r, 1);
}

static uint64_t third_rarest_words(const Words *words, const Record *r)
{
	return rare_words(words, r, 2);
}

static uint64_t place_in_print(const Words *words, const Record *r)
{
	(void)words;
	return r->page_digits != 0 && r->volume != RECORD_NONE ? mix(r->page_digits, (uint64_t)r->volume) : 0;
}

static uint64_t author_and_page(const Words *words, const Record *r)
{
	(void)words;
	return r->page_digits != 0 && r->author_count > 0 ? mix(r->page_digits, r->authors[0].surname) : 0;
}

static uint64_t author_and_year(const Words *words, const Record *r)
{
	(void)words;
	return r->year != RECORD_NONE && r->author_count > 0 ? mix((uint64_t)r->year, r->authors[0].surname) : 0;
}

static uint64_t doi(const Words *words, const Record *r)
{
	(void)words;
	return r->doi;
}

static uint64_t head_of_title(const Words *words, const Record *r)
{
	enum { WORDS = 3 };
	uint64_t h = r->title_count;
	(void)words;
	if (r->title_count < WORDS)
		return 0;
	h = 0;
	for (uint32_t i = 0; i < WORDS; i++)
		h = mix(h, r->title[i]);
	return h;
}

static uint64_t rarest_of(const Words *words, RecordSet set)
{
	uint32_t rarest = set.at[0];
	for (uint32_t i = 1; i < set.count; i++)
		if (words->at[set.at[i]].records < words->at[rarest].records)
			rarest = set.at[i];
	return rarest + 1;
}

/* The rarest word, with where the project is. */
static uint64_t place_on_map(const Words *words, const Record *r)
{
	if (r->place_count == 0 || r->title_set.count == 0)
		return 0;
	return mix(rarest_of(words, r->title_set), (uint64_t)r->places[0]);
}

/* The title's rarest word that is not its owner's name, with the owner. */
static uint64_t word_and_owner(const Words *words, const Record *r)
{
	uint32_t rarest = 0;
	RecordSet owner = r->owner.words;
	for (uint32_t i = 0; i < r->title_set.count; i++) {
		uint32_t word = r->title_set.at[i];
		if (words_shared(&word, 1, owner.at, owner.count) == 0 &&
		    (rarest == 0 || words->at[word].records < words->at[rarest - 1].records))
			rarest = word + 1;
	}
	return rarest > 0 && owner.count > 0 ? mix(rarest, rarest_of(words, owner)) : 0;
}

static uint64_t owner_and_place(const Words *words, const Record *r)
{
	return r->owner.words.count > 0 && r->place_count > 0
		       ? mix(rarest_of(words, r->owner.words), (uint64_t)r->places[0])
		       : 0;
}

static uint64_t owner_and_period(const Words *words, const Record *r)
{
	return r->owner.words.count > 0 && r->from != RECORD_NONE
		       ? mix(rarest_of(words, r->owner.words), (uint64_t)r->from)
		       : 0;
}

static uint64_t place_and_period(const Words *words, const Record *r)
{
	(void)words;
	return r->place_count > 0 && r->from != RECORD_NONE ? mix((uint64_t)r->places[0], (uint64_t)r->from) : 0;
}

static Key *const keys[] = { doi,
			     whole_title,
			     rarest_words,
			     next_rarest_words,
			     third_rarest_words,
			     head_of_title,
			     place_in_print,
			     author_and_page,
			     author_and_year,
			     place_on_map,
			     word_and_owner,
			     owner_and_place,
			     owner_and_period,
			     place_and_period };
/* What parts a block that is too large. */
static Key *const further[] = { place_in_print, rarest_words, author_and_year, whole_title };
enum { FURTHER = sizeof further / sizeof further[0] };

typedef struct {
	uint64_t key;
	uint32_t record;
} Keyed;

typedef struct {
	Arena *arena;
	const Words *words;
	const Record *records;
	BlockPair *at;
	size_t count, room;
} Pairs;

static int by_key(const void *a, const void *b)
{
	const Keyed *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->record > y->record) - (x->record < y->record);
}

static int by_records(const void *a, const void *b)
{
	const BlockPair *x = a, *y = b;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/* Sorts and leaves out repetitions. */
static void compact(Pairs *p)
{
	size_t kept = 0;
	qsort(p->at, p->count, sizeof *p->at, by_records);
	for (size_t i = 0; i < p->count; i++)
		if (kept == 0 || by_records(&p->at[kept - 1], &p->at[i]) != 0)
			p->at[kept++] = p->at[i];
	p->count = kept;
}

/* Several keys find the same pairs: memory grows only when leaving repetitions out does not give half of it back. */
static void add(Pairs *p, uint32_t a, uint32_t b)
{
	bool full = p->count == p->room;
	if (full)
		compact(p);
	if (full && p->count > p->room / 2) {
		BlockPair *wider = ARENA_ARRAY(p->arena, p->room * 2, BlockPair);
		memcpy(wider, p->at, p->count * sizeof *wider);
		p->at = wider;
		p->room *= 2;
	}
	p->at[p->count++] = a < b ? (BlockPair){ a, b } : (BlockPair){ b, a };
}

/* Pairs of one block; `level`: how many further keys have parted it. */
static void pair_block(Pairs *p, Keyed *block, uint32_t n, int level)
{
	if (n > BLOCK_MOST && level < FURTHER) {
		for (uint32_t i = 0; i < n; i++)
			block[i].key = further[level](p->words, &p->records[block[i].record]);
		qsort(block, n, sizeof *block, by_key);
		for (uint32_t from = 0, to; from < n; from = to) {
			for (to = from + 1; to < n && block[to].key == block[from].key;)
				to++;
			pair_block(p, block + from, to - from, level + 1);
		}
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = i + 1; j < n && j <= i + BLOCK_MOST; j++)
			add(p, block[i].record, block[j].record);
}

BlockPair *block_pairs(Arena *arena, const Words *words, const Record *records, uint32_t n, size_t *count)
{
	Pairs p = { .arena = arena, .words = words, .records = records, .room = (size_t)n * 4 + 64 };
	Keyed *keyed = ARENA_ARRAY(arena, n, Keyed);
	p.at = ARENA_ARRAY(arena, p.room, BlockPair);
	for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
		uint32_t with = 0;
		for (uint32_t i = 0; i < n; i++) {
			uint64_t key = keys[k](words, &records[i]);
			if (key != 0)
				keyed[with++] = (Keyed){ key, i };
		}
		qsort(keyed, with, sizeof *keyed, by_key);
		for (uint32_t from = 0, to; from < with; from = to) {
			for (to = from + 1; to < with && keyed[to].key == keyed[from].key;)
				to++;
			pair_block(&p, keyed + from, to - from, 0);
		}
	}
	compact(&p);
	*count = p.count;
	return p.at;
}
