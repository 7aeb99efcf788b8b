#include "evidence/dedupe/dedupe.h"

#include "base/buf.h"
#include "evidence/dedupe/block.h"
#include "evidence/dedupe/groups.h"
#include "evidence/dedupe/reason.h"
#include "evidence/dedupe/rules.h"
#include "evidence/dedupe/weights.h"

#include <stdlib.h>
#include <string.h>

/* What a pattern is told as; the one before is remembered, since many pairs in a row look alike. */
typedef struct {
	const double *bits; /* NULL: none was told yet */
	Str reason;
	uint32_t pattern;
} Told;

typedef struct {
	Ctx *c;
	Words words;
	Record *records;
	uint32_t n;
	const BlockPair *pairs;
	size_t pair_count;
	Weights weights;
	Buf *line;
	Told told;
} Engine;

/* A pair that is same or doubtful, before its reason is put into words. */
typedef struct {
	uint32_t a, b;
	double score;
	Verdict verdict;
	const char *reason; /* a rule's; NULL: what agrees and what does not */
	bool weighed;
	uint32_t pattern; /* where it was weighed */
} Found;

typedef struct {
	Arena *arena;
	Found *at;
	size_t count, room;
} FoundList;

static FoundList found_new(Arena *a)
{
	enum { FIRST = 1024 };
	return (FoundList){ a, ARENA_ARRAY(a, FIRST, Found), 0, FIRST };
}

static void found_add(FoundList *list, Found found)
{
	if (list->count == list->room) {
		list->room *= 2;
		Found *wider = ARENA_ARRAY(list->arena, list->room, Found);
		memcpy(wider, list->at, list->count * sizeof *wider);
		list->at = wider;
	}
	list->at[list->count++] = found;
}

/* A channel that brought everything tells nothing: with one alone, sources are forgotten. */
static void forget_single_source(Record *records, uint32_t n)
{
	uint32_t only = 0;
	bool several = false;
	for (uint32_t i = 0; i < n; i++) {
		several |= only != 0 && records[i].source != 0 && records[i].source != only;
		only = records[i].source != 0 ? records[i].source : only;
	}
	for (uint32_t i = 0; i < n && !several; i++)
		records[i].source = 0;
}

static void read_records(Engine *e, const DedupeRecord *from)
{
	const Municipalities *m = municipalities_new(e->c->arena);
	e->words = words_new(e->c->arena);
	e->records = ARENA_ARRAY(e->c->arena, e->n, Record);
	for (uint32_t i = 0; i < e->n; i++)
		e->records[i] = record_read(&e->words, m, &from[i]);
	forget_single_source(e->records, e->n);
}

/* ---- decisions ---- */

static bool by_rules(const Record *a, const Record *b)
{
	return a->bibliographic && b->bibliographic;
}

static int by_pattern(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

static Comparison compare_pair(const Engine *e, BlockPair pair)
{
	return compare_records(&e->words, &e->records[pair.a], &e->records[pair.b]);
}

/* From all pairs that rules do not decide. */
static Weights estimate(const Engine *e)
{
	size_t n = 0, kinds = 0;
	for (size_t i = 0; i < e->pair_count; i++)
		n += !by_rules(&e->records[e->pairs[i].a], &e->records[e->pairs[i].b]);
	uint32_t *patterns = ARENA_ARRAY(e->c->arena, n, uint32_t);
	n = 0;
	for (size_t i = 0; i < e->pair_count; i++) {
		if (by_rules(&e->records[e->pairs[i].a], &e->records[e->pairs[i].b]))
			continue;
		Comparison c = compare_pair(e, e->pairs[i]);
		patterns[n++] = weights_pattern(&c);
	}
	qsort(patterns, n, sizeof *patterns, by_pattern);
	for (size_t i = 0; i < n; i++)
		kinds += i == 0 || patterns[i] != patterns[i - 1];
	WeightsCount *counts = ARENA_ARRAY(e->c->arena, kinds, WeightsCount);
	kinds = 0;
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || patterns[i] != patterns[i - 1])
			counts[kinds++].pattern = patterns[i];
		counts[kinds - 1].pairs++;
	}
	return weights_estimate(counts, kinds);
}

static Found decide_by_weights(const Engine *e, BlockPair pair, const Comparison *c)
{
	static const double sure = 0.95, doubtful = 0.3;
	Ruling ceiling = rules_ceiling(c);
	Found found = { pair.a, pair.b, 0, VERDICT_DIFFERENT, NULL, true, weights_pattern(c) };
	if (ceiling.verdict == VERDICT_DIFFERENT)
		return found;
	found.score = weights_probability(&e->weights, found.pattern);
	found.verdict = found.score >= sure       ? VERDICT_SAME
			: found.score >= doubtful ? VERDICT_MAYBE
						  : VERDICT_DIFFERENT;
	if (found.verdict > ceiling.verdict) {
		found.verdict = ceiling.verdict;
		found.reason = ceiling.reason;
		found.score *= sure; /* what speaks against it is no part of the probability */
	}
	return found;
}

static Found decide(const Engine *e, BlockPair pair)
{
	const Record *a = &e->records[pair.a], *b = &e->records[pair.b];
	Comparison c = compare_pair(e, pair);
	if (!by_rules(a, b))
		return decide_by_weights(e, pair, &c);
	Ruling ruling = rules_decide(&c);
	return (Found){ pair.a, pair.b, ruling.score, ruling.verdict, ruling.reason, false, 0 };
}

/* ---- reasons ---- */

static const Told *tell(Engine *e, uint32_t pattern)
{
	Arena *a = e->c->arena;
	if (e->told.bits != NULL && e->told.pattern == pattern)
		return &e->told;
	double *bits = ARENA_ARRAY(a, WEIGHTS_FIELDS, double);
	for (int f = 0; f < WEIGHTS_FIELDS; f++)
		bits[f] = weights_field(&e->weights, pattern, f);
	buf_clear(e->line);
	reason_put(e->c->lang, pattern, e->line);
	e->told = (Told){ bits, str_dup(a, buf_str(e->line)), pattern };
	return &e->told;
}

static DedupePair in_words(Engine *e, const Found *found)
{
	DedupePair pair = { found->a, found->b, found->score, STR_NONE, NULL };
	if (found->weighed) {
		const Told *told = tell(e, found->pattern);
		pair.bits = told->bits;
		pair.reason = told->reason;
	}
	if (found->reason != NULL)
		pair.reason = str_of(T(e->c->lang, found->reason));
	return pair;
}

/* ---- result ---- */

static int surest_first(const void *a, const void *b)
{
	const Found *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

static int by_records(const void *a, const void *b)
{
	const DedupePair *x = a, *y = b;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

/* Surest first. What a group refuses is doubtful; what it has already needs no second reason. */
static void join(Engine *e, Groups *groups, FoundList *found)
{
	qsort(found->at, found->count, sizeof *found->at, surest_first);
	for (size_t i = 0; i < found->count; i++) {
		Found *f = &found->at[i];
		const char *why;
		if (f->verdict != VERDICT_SAME)
			continue;
		GroupsJoin done = groups_join(e->c->arena, groups, &e->words, e->records, f->a, f->b, &why);
		if (done == GROUPS_ONE_ALREADY)
			f->verdict = VERDICT_DIFFERENT;
		if (done != GROUPS_REFUSED)
			continue;
		f->verdict = VERDICT_MAYBE;
		f->reason = why;
	}
}

/* Leaves out doubts about one group, and a record's further ones. */
static void thin_doubts(const Engine *e, const Groups *groups, FoundList *found)
{
	uint8_t *doubts = ARENA_ARRAY(e->c->arena, e->n, uint8_t);
	for (size_t i = 0; i < found->count; i++) {
		Found *f = &found->at[i];
		if (f->verdict != VERDICT_MAYBE)
			continue;
		if (groups->at[f->a].head == groups->at[f->b].head || doubts[f->a] == DEDUPE_DOUBTS_MOST)
			f->verdict = VERDICT_DIFFERENT;
		else
			doubts[f->a]++;
	}
}

static DedupePair *put_pairs(Engine *e, const FoundList *found, Verdict verdict, size_t *count)
{
	for (size_t i = 0; i < found->count; i++)
		*count += found->at[i].verdict == verdict;
	DedupePair *pairs = ARENA_ARRAY(e->c->arena, *count, DedupePair);
	size_t n = 0;
	for (size_t i = 0; i < found->count; i++)
		if (found->at[i].verdict == verdict)
			pairs[n++] = in_words(e, &found->at[i]);
	return pairs;
}

static void put_groups(Engine *e, const Groups *groups, DedupeResult *out)
{
	for (uint32_t i = 0; i < e->n; i++)
		out->group_count += groups->at[i].head == i && groups->at[i].count > 1;
	out->groups = ARENA_ARRAY(e->c->arena, out->group_count, DedupeGroup);
	uint32_t *place = ARENA_ARRAY(e->c->arena, e->n, uint32_t); /* of each head's group */
	size_t n = 0;
	for (uint32_t i = 0; i < e->n; i++) {
		uint32_t head = groups->at[i].head, members = groups->at[head].count;
		if (members < 2)
			continue;
		if (groups->at[head].lowest == i) {
			place[head] = (uint32_t)n;
			out->groups[n++].members = ARENA_ARRAY(e->c->arena, members, uint32_t);
		}
		DedupeGroup *group = &out->groups[place[head]];
		group->members[group->count++] = i;
	}
}

Err dedupe_find(Ctx *c, const DedupeRecord *records, size_t n, DedupeResult *out)
{
	*out = (DedupeResult){ .compared = 0 };
	if (n > DEDUPE_RECORDS_MOST)
		return fail(c, ERR_LIMIT, "%zu records, at most %d", n, DEDUPE_RECORDS_MOST);
	Engine e = { .c = c, .n = (uint32_t)n, .line = buf_new(c->arena, REASON_MOST) };
	FoundList found = found_new(c->arena);
	read_records(&e, records);
	e.pairs = block_pairs(c->arena, &e.words, e.records, e.n, &e.pair_count);
	e.weights = estimate(&e);
	for (size_t i = 0; i < e.pair_count; i++) {
		Found f = decide(&e, e.pairs[i]);
		if (f.verdict != VERDICT_DIFFERENT)
			found_add(&found, f);
	}
	Groups groups = groups_new(c->arena, e.records, e.n);
	join(&e, &groups, &found);
	thin_doubts(&e, &groups, &found);
	out->pairs = put_pairs(&e, &found, VERDICT_SAME, &out->pair_count);
	out->maybe = put_pairs(&e, &found, VERDICT_MAYBE, &out->maybe_count);
	qsort(out->pairs, out->pair_count, sizeof *out->pairs, by_records);
	put_groups(&e, &groups, out);
	out->compared = e.pair_count;
	return OK;
}
