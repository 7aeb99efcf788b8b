#include "evidence/dedupe/compare.h"

#include "evidence/dedupe/names.h"
#include "evidence/dedupe/similar.h"

#include <math.h>
#include <string.h>

enum { SET_MOST = RECORD_ABSTRACT_MOST, LEFT_MOST = 12 };

/* ---- sets of words ---- */

/* Words of `a` that `b` lacks; at most LEFT_MOST. */
static uint32_t left_over(RecordSet a, RecordSet b, uint32_t *left)
{
	uint32_t n = 0;
	for (uint32_t i = 0, j = 0; i < a.count && n < LEFT_MOST; i++) {
		while (j < b.count && b.at[j] < a.at[i])
			j++;
		if (j == b.count || b.at[j] != a.at[i])
			left[n++] = a.at[i];
	}
	return n;
}

/* Pairs of left-over words that are one word all the same. */
static uint32_t slips(const Words *words, RecordSet a, RecordSet b)
{
	static const double least = 0.92;
	uint32_t x[LEFT_MOST], y[LEFT_MOST], found = 0;
	uint32_t x_count = left_over(a, b, x), y_count = left_over(b, a, y);
	for (uint32_t i = 0; i < x_count; i++)
		for (uint32_t j = 0; j < y_count; j++)
			if (similar_slip(words_text(words, x[i]), words_text(words, y[j]), least)) {
				found++;
				y[j] = y[--y_count];
				break;
			}
	return found;
}

double compare_sets(const Words *words, RecordSet a, RecordSet b)
{
	if (a.count == 0 || b.count == 0)
		return 0;
	uint32_t shared = words_shared(a.at, a.count, b.at, b.count), fewer = a.count < b.count ? a.count : b.count;
	if (shared < fewer && shared * 3 >= fewer)
		shared += slips(words, a, b);
	return 2.0 * shared / (a.count + b.count);
}

static double contained(const Words *words, RecordSet a, RecordSet b)
{
	uint32_t fewer = a.count < b.count ? a.count : b.count;
	return fewer == 0 ? 0 : compare_sets(words, a, b) * (a.count + b.count) / 2.0 / fewer;
}

/* ---- titles ---- */

static bool in_set(RecordSet set, uint32_t word)
{
	for (uint32_t i = 0; i < set.count; i++)
		if (set.at[i] == word)
			return true;
	return false;
}

/* A project's title without the names of funder and municipality, and its own owner's in brackets, which one writer
 * puts there and the other does not. All of it, when nothing else is left. */
static RecordSet bare_title(const Words *words, const Record *r, const Record *other, uint32_t *to)
{
	RecordSet bare = { to, 0 };
	if (r->bibliographic)
		return r->title_set;
	for (uint32_t i = 0; i < r->title_set.count; i++) {
		uint32_t word = r->title_set.at[i];
		bool repeats = in_set(r->own_name, word) && !in_set(other->title_set, word);
		if (!repeats && !words->at[word].common && !in_set(r->context, word) && !in_set(other->context, word))
			to[bare.count++] = word;
	}
	return bare.count > 0 ? bare : r->title_set;
}

static bool same_words(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
	return a_count == b_count && memcmp(a, b, a_count * sizeof *a) == 0;
}

/* The shorter title is the beginning or the end of the longer: a subtitle left out, a programme's name put before. A
 * single word or two say that only where the longer has its dash or colon at that place. */
static bool is_part(const Record *a, const Record *b)
{
	enum { WORDS_LEAST = 4 };
	const Record *shorter = a->title_count <= b->title_count ? a : b, *longer = shorter == a ? b : a;
	uint32_t n = shorter->title_count, rest = longer->title_count - n;
	if (n == 0)
		return false;
	bool begins = same_words(shorter->title, n, longer->title, n);
	bool ends = same_words(shorter->title, n, longer->title + rest, n);
	return ((begins || ends) && n >= WORDS_LEAST) || (begins && longer->head_count == n) ||
	       (ends && longer->head_count == rest && rest > 0);
}

/* "rehabil" or "intl" for "rehabilitation", "international": the same first letter, and all letters in order. */
static bool abbreviates(Str brief, Str whole)
{
	if (brief.len == 0 || brief.len > whole.len || brief.ptr[0] != whole.ptr[0])
		return false;
	size_t j = 0;
	for (size_t i = 0; i < whole.len && j < brief.len; i++)
		j += whole.ptr[i] == brief.ptr[j];
	return j == brief.len;
}

/* Every word of one is a word of the other, or its abbreviation, in the same order. */
static bool is_abbreviation(const Words *words, const Record *a, const Record *b)
{
	if (a->title_count != b->title_count || (a->abbreviated | b->abbreviated) == 0)
		return false;
	for (uint32_t i = 0; i < a->title_count; i++) {
		Str x = words_text(words, a->title[i]), y = words_text(words, b->title[i]);
		bool x_short = a->abbreviated >> i & 1, y_short = b->abbreviated >> i & 1;
		if (a->title[i] != b->title[i] && !(x_short && abbreviates(x, y)) && !(y_short && abbreviates(y, x)))
			return false;
	}
	return true;
}

/* How many words of the title of `a` are, as one word, two neighbours in that of `b`: "fleksjobindsats" and "fleksjob
 * indsats". */
static uint32_t joined_words(const Words *words, const Record *a, const Record *b)
{
	uint32_t found = 0;
	for (uint32_t i = 0; i < a->title_count; i++) {
		Str whole = words_text(words, a->title[i]);
		for (uint32_t j = 0; j + 1 < b->title_count; j++) {
			Str x = words_text(words, b->title[j]), y = words_text(words, b->title[j + 1]);
			if (x.len + y.len == whole.len && str_starts(whole, x) && str_ends(whole, y)) {
				found++;
				break;
			}
		}
	}
	return found;
}

/* Agreement of the titles' words, words that only one of them writes as one counting as such. */
static double compare_title_sets(const Words *words, const Record *a, const Record *b, RecordSet x, RecordSet y)
{
	double alike = compare_sets(words, x, y);
	uint32_t joined = alike < 1 ? joined_words(words, a, b) : 0, parted = alike < 1 ? joined_words(words, b, a) : 0;
	if (joined + parted == 0)
		return alike;
	/* Two words on one side and one on the other are one word more that agrees, and one word fewer in all. */
	double all = x.count + y.count, more = joined + parted;
	double same = (alike * all + 2 * more) / (all - more);
	return all > more && same < 1 ? same : 1;
}

/* All words of the shorter stand in the longer, whatever their order: how lists shorten a project's title. One word
 * says so only where few records have it. */
static bool is_contained(const Words *words, RecordSet a, RecordSet b)
{
	enum { RARE_MOST = 6 };
	RecordSet fewer = a.count <= b.count ? a : b;
	return contained(words, a, b) >= 0.99 && (fewer.count > 1 || words->at[fewer.at[0]].records <= RARE_MOST);
}

static Alike compare_titles(const Words *words, const Record *a, const Record *b)
{
	static const double nearly = 0.9, resembles = 0.6;
	uint32_t room[2][RECORD_TITLE_MOST];
	if (a->title_count == 0 || b->title_count == 0)
		return ALIKE_UNKNOWN;
	if (a->title_joined == b->title_joined)
		return ALIKE_SAME;
	RecordSet x = bare_title(words, a, b, room[0]), y = bare_title(words, b, a, room[1]);
	double alike = compare_title_sets(words, a, b, x, y);
	if (alike >= nearly || is_abbreviation(words, a, b))
		return ALIKE_NEARLY;
	if (is_part(a, b) || (!(a->bibliographic && b->bibliographic) && is_contained(words, x, y)))
		return ALIKE_PARTLY;
	return alike >= resembles ? ALIKE_RESEMBLES : ALIKE_DIFFERS;
}

/* The numbers of `a` are all among those of `b`. */
static bool numbers_in(const Record *a, const Record *b)
{
	uint32_t j = 0;
	for (uint32_t i = 0; i < a->number_count; i++, j++) {
		while (j < b->number_count && b->numbers[j] < a->numbers[i])
			j++;
		if (j >= b->number_count || b->numbers[j] != a->numbers[i])
			return false;
	}
	return true;
}

static Alike compare_numbers(const Record *a, const Record *b, Alike titles)
{
	if (a->number_count == 0 && b->number_count == 0)
		return ALIKE_UNKNOWN;
	bool a_in = numbers_in(a, b), b_in = numbers_in(b, a);
	if (a_in && b_in)
		return ALIKE_SAME;
	return titles == ALIKE_PARTLY && (a_in || b_in) ? ALIKE_NEARLY : ALIKE_DIFFERS;
}

static Alike compare_subjects(const Record *a, const Record *b, Alike titles)
{
	if (titles == ALIKE_UNKNOWN)
		return ALIKE_UNKNOWN;
	if (!a->has_subject || !b->has_subject)
		return ALIKE_DIFFERS;
	return a->tells_much && b->tells_much ? ALIKE_SAME : ALIKE_PARTLY;
}

static RecordSet tail(const Record *r, uint32_t *to)
{
	RecordSet set = { to, r->title_count - r->head_count };
	memcpy(to, r->title + r->head_count, set.count * sizeof *to);
	set.count = words_sort(to, set.count);
	return set;
}

/* Words of the part's name in order, without light ones. */
static uint32_t part_name(const Words *words, const Record *r, uint32_t *to)
{
	uint32_t n = 0;
	for (uint32_t i = r->head_count; i < r->title_count; i++)
		if (!words->at[r->title[i]].light)
			to[n++] = r->title[i];
	return n;
}

/* One part's name is the beginning or the end of the other's: it was shortened, or goes on. */
static bool is_part_shortened(const Words *words, const Record *a, const Record *b)
{
	enum { WORDS_LEAST = 2 };
	uint32_t x[RECORD_TITLE_MOST], y[RECORD_TITLE_MOST];
	uint32_t x_count = part_name(words, a, x), y_count = part_name(words, b, y);
	uint32_t n = x_count < y_count ? x_count : y_count;
	return n >= WORDS_LEAST && (same_words(x, n, y, n) || same_words(x + x_count - n, n, y + y_count - n, n));
}

static Alike compare_parts(const Words *words, const Record *a, const Record *b, Alike titles)
{
	static const double same = 0.9;
	uint32_t room[2][RECORD_TITLE_MOST];
	if ((a->head_count == 0 && b->head_count == 0) || (a->bibliographic && b->bibliographic))
		return ALIKE_UNKNOWN;
	if (a->head_count == 0 || b->head_count == 0) {
		const Record *whole = a->head_count == 0 ? a : b, *part = whole == a ? b : a;
		return same_words(whole->title, whole->title_count, part->title, part->head_count) ? ALIKE_PARTLY
												   : ALIKE_UNKNOWN;
	}
	if (titles == ALIKE_SAME)
		return ALIKE_SAME;
	if (!same_words(a->title, a->head_count, b->title, b->head_count))
		return ALIKE_UNKNOWN;
	if (compare_sets(words, tail(a, room[0]), tail(b, room[1])) >= same)
		return ALIKE_SAME;
	return is_part_shortened(words, a, b) ? ALIKE_PARTLY : ALIKE_DIFFERS;
}

/* ---- print ---- */

static Alike compare_authors(const Words *words, const Record *a, const Record *b)
{
	static const double most = 0.7, some = 0.4;
	bool first;
	double share = names_share(words, a, b, &first);
	if (isnan(share))
		return ALIKE_UNKNOWN;
	if (share >= most)
		return first ? ALIKE_SAME : ALIKE_NEARLY;
	return first || share >= some ? ALIKE_PARTLY : ALIKE_DIFFERS;
}

static Alike compare_years(int a, int b)
{
	if (a == RECORD_NONE || b == RECORD_NONE)
		return ALIKE_UNKNOWN;
	int apart = a > b ? a - b : b - a;
	return apart == 0 ? ALIKE_SAME : apart == 1 ? ALIKE_NEARLY : apart == 2 ? ALIKE_PARTLY : ALIKE_DIFFERS;
}

static Alike same_or_differs(int a, int b)
{
	return a == RECORD_NONE || b == RECORD_NONE ? ALIKE_UNKNOWN : a == b ? ALIKE_SAME : ALIKE_DIFFERS;
}

static Alike same_hash(uint64_t a, uint64_t b)
{
	return a == 0 || b == 0 ? ALIKE_UNKNOWN : a == b ? ALIKE_SAME : ALIKE_DIFFERS;
}

static Alike compare_pages(const Record *a, const Record *b)
{
	Alike whole = same_hash(a->page, b->page);
	return whole == ALIKE_DIFFERS && a->page_digits == b->page_digits ? ALIKE_NEARLY : whole;
}

static Alike compare_volumes(const Record *a, const Record *b)
{
	if (a->volume == RECORD_NONE && b->volume != RECORD_NONE && a->issue == b->volume)
		return ALIKE_SAME;
	if (b->volume == RECORD_NONE && a->volume != RECORD_NONE && b->issue == a->volume)
		return ALIKE_SAME;
	return same_or_differs(a->volume, b->volume);
}

static bool is_acronym(const Words *words, RecordSet brief, RecordSet whole)
{
	enum { LETTERS_LEAST = 3 };
	if (brief.count != 1 || whole.count < LETTERS_LEAST)
		return false;
	Str letters = words_text(words, brief.at[0]);
	if (letters.len != whole.count)
		return false;
	for (uint32_t i = 0; i < whole.count; i++)
		if (words_text(words, whole.at[i]).ptr[0] != letters.ptr[i])
			return false;
	return true;
}

/* One name is the other's abbreviation, or its first words (from two on), abbreviated or not. */
static bool same_journal(const Words *words, RecordSet a, RecordSet b)
{
	enum { WORDS_LEAST = 2 };
	RecordSet fewer = a.count <= b.count ? a : b, more = a.count <= b.count ? b : a;
	if (is_acronym(words, fewer, more))
		return true;
	if (fewer.count == 0 || (fewer.count < WORDS_LEAST && more.count != fewer.count))
		return false;
	for (uint32_t i = 0; i < fewer.count; i++) {
		Str x = words_text(words, fewer.at[i]), y = words_text(words, more.at[i]);
		if (fewer.at[i] != more.at[i] && !abbreviates(x, y) && !abbreviates(y, x))
			return false;
	}
	return true;
}

static Alike compare_journals(const Words *words, const Record *a, const Record *b)
{
	if (a->journal_joined[0] == 0 || b->journal_joined[0] == 0)
		return ALIKE_UNKNOWN;
	for (int i = 0; i < 2; i++)
		for (int j = 0; j < 2; j++) {
			if (a->journal_joined[i] == 0 || b->journal_joined[j] == 0)
				continue;
			if (a->journal_joined[i] == b->journal_joined[j] ||
			    same_journal(words, a->journal[i], b->journal[j]))
				return ALIKE_SAME;
		}
	return ALIKE_DIFFERS;
}

/* ---- projects ---- */

static Alike compare_abstracts(const Record *a, const Record *b)
{
	enum { WORDS_LEAST = 8 };
	uint32_t fewer = a->abstract.count < b->abstract.count ? a->abstract.count : b->abstract.count;
	if (fewer < WORDS_LEAST)
		return ALIKE_UNKNOWN;
	uint32_t shared = words_shared(a->abstract.at, a->abstract.count, b->abstract.at, b->abstract.count);
	return shared * 10 >= fewer * 8 ? ALIKE_SAME : shared * 2 >= fewer ? ALIKE_PARTLY : ALIKE_DIFFERS;
}

static Alike compare_names(const Words *words, const RecordOrganisation *a, const RecordOrganisation *b)
{
	static const double all = 0.99, half = 0.5;
	RecordSet x = a->words, y = b->words;
	if (x.count == 0 || y.count == 0)
		return ALIKE_UNKNOWN;
	if (a->joined == b->joined || (x.count == y.count && words_shared(x.at, x.count, y.at, y.count) == x.count))
		return ALIKE_SAME;
	double share = contained(words, x, y);
	return share >= all ? ALIKE_NEARLY : share > half ? ALIKE_PARTLY : ALIKE_DIFFERS;
}

static Alike compare_places(const Record *a, const Record *b)
{
	if (a->place_count == 0 || b->place_count == 0)
		return ALIKE_UNKNOWN;
	uint32_t shared = 0;
	for (uint32_t i = 0; i < a->place_count; i++)
		for (uint32_t j = 0; j < b->place_count; j++)
			shared += a->places[i] == b->places[j];
	if (shared == 0)
		return ALIKE_DIFFERS;
	if (a->places_in_title && b->places_in_title)
		return ALIKE_UNKNOWN;
	return shared == a->place_count && shared == b->place_count ? ALIKE_SAME : ALIKE_PARTLY;
}

static Alike compare_periods(const Record *a, const Record *b)
{
	if (a->from == RECORD_NONE || b->from == RECORD_NONE)
		return ALIKE_UNKNOWN;
	if (a->from == b->from && a->to == b->to)
		return ALIKE_SAME;
	return a->from <= b->to && b->from <= a->to ? ALIKE_PARTLY : ALIKE_DIFFERS;
}

Comparison compare_records(const Words *words, const Record *a, const Record *b)
{
	Comparison c = { { ALIKE_UNKNOWN } };
	Alike titles = compare_titles(words, a, b);
	c.at[COMPARE_TITLE] = (uint8_t)titles;
	c.at[COMPARE_DOI] = (uint8_t)same_hash(a->doi, b->doi);
	c.at[COMPARE_PAGE] = (uint8_t)compare_pages(a, b);
	if (titles == ALIKE_DIFFERS && c.at[COMPARE_DOI] != ALIKE_SAME && c.at[COMPARE_PAGE] != ALIKE_SAME &&
	    a->bibliographic && b->bibliographic)
		return c;
	c.at[COMPARE_NUMBERS] = (uint8_t)compare_numbers(a, b, titles);
	c.at[COMPARE_NOTICE] = a->notice == b->notice ? ALIKE_SAME : ALIKE_DIFFERS;
	c.at[COMPARE_SUBJECT] = (uint8_t)compare_subjects(a, b, titles);
	c.at[COMPARE_PART] = (uint8_t)compare_parts(words, a, b, titles);
	c.at[COMPARE_AUTHORS] = (uint8_t)compare_authors(words, a, b);
	c.at[COMPARE_YEAR] = (uint8_t)compare_years(a->year, b->year);
	c.at[COMPARE_EXTENT] = (uint8_t)same_or_differs(a->last_page, b->last_page);
	c.at[COMPARE_VOLUME] = (uint8_t)compare_volumes(a, b);
	c.at[COMPARE_ISSUE] = (uint8_t)same_or_differs(a->issue, b->issue);
	c.at[COMPARE_JOURNAL] = (uint8_t)compare_journals(words, a, b);
	c.at[COMPARE_ABSTRACT] = (uint8_t)compare_abstracts(a, b);
	c.at[COMPARE_OWNER] = (uint8_t)compare_names(words, &a->owner, &b->owner);
	c.at[COMPARE_MUNICIPALITY] = (uint8_t)compare_places(a, b);
	c.at[COMPARE_FUNDER] = (uint8_t)compare_names(words, &a->funder, &b->funder);
	c.at[COMPARE_PERIOD] = (uint8_t)compare_periods(a, b);
	return c;
}
