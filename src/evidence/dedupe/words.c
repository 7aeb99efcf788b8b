#include "evidence/dedupe/words.h"

#include <stdlib.h>
#include <string.h>

/* Articles, prepositions and conjunctions of the languages that titles come in; in normal form. */
static const char *const light[] = { "a",   "an",  "and",    "af", "at", "das", "de",   "den", "der", "det", "die",
				     "du",  "el",  "en",     "et", "f",  "for", "from", "i",   "in",  "la",  "le",
				     "m",   "med", "mellem", "of", "og", "on",  "or",   "pa",  "the", "til", "to",
				     "und", "ved", "with",   "y",  "by", "fra", "som",  "v" };

/* What a project calls itself, and what kind of paper a list names instead of it: light, too. */
static const char *const papers[] = { "projekt",
				      "projektet",
				      "project",
				      "projects",
				      "delprojekt",
				      "pilotprojekt",
				      "modelprojekt",
				      "pulje",
				      "puljen",
				      "evaluering",
				      "slutevaluering",
				      "rapport",
				      "slutrapport",
				      "midtvejsevaluering",
				      "evalueringsrapport",
				      "delrapport",
				      "statusrapport" };

/* What organisations are called; in normal form. */
static const char *const common[] = { "kommune",  "kommunes",   "jobcenter", "jobcentret", "jobcentre",
				      "forening", "foreningen", "fond",      "fonden",     "center",
				      "centret",  "aps",        "as",        "dansk",      "danmark",
				      "danske",   "region",     "selskab",   "afdeling",   "landsforeningen" };

static bool is_among(Str word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_z(word, list[i]))
			return true;
	return false;
}

#define AMONG(word, list) is_among(word, list, sizeof(list) / sizeof((list)[0]))

Words words_new(Arena *a)
{
	return (Words){ .arena = a };
}

static Word word_of(Str word)
{
	bool paper = AMONG(word, papers);
	return (Word){ .light = paper || AMONG(word, light), .paper = paper, .common = AMONG(word, common) };
}

uint32_t words_number(Words *w, Str word)
{
	size_t known = w->texts.n;
	uint32_t number = dictionary_number(w->arena, &w->texts, word);
	if (w->texts.n == known)
		return number;
	w->at = arena_grown(w->arena, w->at, known, 1, &w->room, sizeof *w->at);
	w->at[number] = word_of(word);
	return number;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

uint32_t words_sort(uint32_t *numbers, uint32_t count)
{
	uint32_t kept = 0;
	qsort(numbers, count, sizeof *numbers, by_number);
	for (uint32_t i = 0; i < count; i++)
		if (kept == 0 || numbers[kept - 1] != numbers[i])
			numbers[kept++] = numbers[i];
	return kept;
}

uint32_t words_shared(const uint32_t *a, uint32_t a_count, const uint32_t *b, uint32_t b_count)
{
	uint32_t shared = 0;
	for (uint32_t i = 0, j = 0; i < a_count && j < b_count;) {
		shared += a[i] == b[j];
		uint32_t step = a[i] <= b[j];
		j += b[j] <= a[i];
		i += step;
	}
	return shared;
}
