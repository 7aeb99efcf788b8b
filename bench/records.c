/* records: a file of made-up records for measuring de-duplication.
 *
 *     records N articles|projects [SEED]
 *
 * Prints N records as CSV. Words, names and journals are drawn from a
 * vocabulary with Zipf's frequencies, so that blocks are as uneven as in real
 * files; every second work has one to three further records, each with the
 * faults of a database or an informant: initials for names, an abbreviated
 * journal, a subtitle left out, a letter mistyped, a page missing, another
 * municipality's name. An ID is "WORK.COPY", so that what is found can be
 * counted. The same seed gives the same file.
 */
#include "base/danish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 20000, SURNAMES = 4000, JOURNALS = 600, TITLE_MOST = 14, AUTHORS_MOST = 6, TEXT_MOST = 600 };

static uint64_t state;

/* splitmix64, Steele, Lea and Flood 2014 */
static uint64_t draw(void)
{
	uint64_t z = state += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

static uint32_t below(uint32_t n)
{
	return (uint32_t)(draw() % n);
}

/* Small numbers often: frequency falls as 1/rank. */
static uint32_t zipf(uint32_t n)
{
	uint32_t span = n;
	while (span > 1 && below(4) != 0)
		span = span * 3 / 4;
	return below(span);
}

/* Word `i` of a language that does not exist: syllables of its digits. */
static void put_word(char *to, uint32_t i, const char *ending)
{
	static const char *const syllables[] = { "ra",  "ne", "ti", "ko",  "lu",  "ve",  "sta", "mi", "dor", "gen",
						 "pla", "si", "fo", "ber", "kan", "hel", "tro", "be", "na",  "ud" };
	char word[64] = "";
	size_t n = 0;
	for (uint32_t rest = i + 7; rest > 0; rest /= 20)
		n += (size_t)snprintf(word + n, sizeof word - n, "%s", syllables[rest % 20]);
	snprintf(to, 64, "%s%s", word, ending);
}

typedef struct {
	uint32_t title[TITLE_MOST], authors[AUTHORS_MOST], journal, words, author_count, volume, issue, page, pages,
		year;
	uint32_t municipality, owner, funder;
} Work;

static Work make_work(void)
{
	Work w = { .words = 4 + below(TITLE_MOST - 4), .author_count = 1 + below(AUTHORS_MOST) };
	for (uint32_t i = 0; i < w.words; i++)
		w.title[i] = zipf(WORDS);
	for (uint32_t i = 0; i < w.author_count; i++)
		w.authors[i] = zipf(SURNAMES) * 26 + below(26);
	w.journal = zipf(JOURNALS);
	w.volume = 1 + below(120);
	w.issue = 1 + below(12);
	w.page = 1 + below(1500);
	w.pages = 3 + below(12);
	w.year = 1995 + below(30);
	w.municipality = below((uint32_t)municipality_count);
	w.owner = zipf(400);
	w.funder = zipf(30);
	return w;
}

static void put_title(const Work *w, uint32_t copy)
{
	uint32_t words = copy > 0 && w->words > 8 && below(10) == 0 ? w->words - 3 : w->words;
	uint32_t mistyped = copy > 0 && below(6) == 0 ? below(words) : words;
	for (uint32_t i = 0; i < words; i++) {
		char word[64];
		put_word(word, w->title[i], "");
		if (i == mistyped && strlen(word) > 5)
			word[3] = 'x';
		if (copy > 0 && below(40) == 0)
			word[0] = (char)(word[0] - 32);
		printf("%s%s", i == 0 ? "" : " ", word);
	}
	putchar(copy % 2 == 1 ? '.' : ' ');
}

static void put_authors(const Work *w, uint32_t copy)
{
	for (uint32_t i = 0; i < w->author_count; i++) {
		char surname[64], given[64];
		put_word(surname, w->authors[i] / 26, "sen");
		put_word(given, w->authors[i], "");
		surname[0] = (char)(surname[0] - 32);
		given[0] = (char)('A' + w->authors[i] % 26);
		printf(copy % 2 == 1 ? "%s%s, %.1s." : "%s%s, %s", i == 0 ? "" : " and ", surname, given);
	}
}

static void put_journal(const Work *w, uint32_t copy)
{
	char first[64], second[64];
	put_word(first, w->journal, "ik");
	put_word(second, w->journal * 7 % WORDS, "logi");
	first[0] = (char)(first[0] - 32);
	if (copy == 2)
		printf("Tidsskr %.4s %.5s", first, second);
	else
		printf("Tidsskrift for %s og %s", first, second);
}

static void put_article(const Work *w, uint32_t work, uint32_t copy)
{
	printf("%u.%u,\"", work, copy);
	put_title(w, copy);
	printf("\",%u,\"", w->year);
	put_authors(w, copy);
	if (copy > 0 && below(8) == 0)
		printf("\",,");
	else if (copy % 2 == 1)
		printf("\",%u-%u,", w->page, (w->page + w->pages) % 100);
	else
		printf("\",%u-%u,", w->page, w->page + w->pages);
	printf("%u,%u,\"", w->volume, w->issue);
	put_journal(w, copy);
	puts("\"");
}

static void put_project(const Work *w, uint32_t work, uint32_t copy)
{
	char owner[64], funder[64];
	const char *place = municipalities[w->municipality].name;
	put_word(owner, w->owner, "huset");
	put_word(funder, w->funder, "fonden");
	printf("%u.%u,\"%s", work, copy, copy == 1 ? "Projekt " : "");
	put_title(w, copy);
	printf("\",%u,\"%s%s\",\"%s%s\",\"%s\",%u-%u\n", w->year, owner, copy == 2 ? " ApS" : "", place,
	       copy == 1 ? " Kommune" : "", copy > 0 && below(3) == 0 ? "" : funder, w->year, w->year + 2);
}

int main(int argc, char **argv)
{
	int64_t n = 0, seed = 1;
	bool articles = argc > 2 && strcmp(argv[2], "articles") == 0;
	if (argc < 3 || !str_to_int(str_of(argv[1]), &n) || (argc > 3 && !str_to_int(str_of(argv[3]), &seed)))
		return fputs("usage: records N articles|projects [SEED]\n", stderr), 2;
	state = (uint64_t)seed;
	puts(articles ? "ID,title,year,author,pages,volume,number,journal"
		      : "ID,title,year,owner,municipality,funder,period");
	for (uint32_t work = 1; n > 0; work++) {
		Work w = make_work();
		uint32_t copies = below(2) == 0 ? 1 : 2 + below(3);
		for (uint32_t copy = 0; copy < copies && n > 0; copy++, n--)
			articles ? put_article(&w, work, copy) : put_project(&w, work, copy);
	}
	return 0;
}
