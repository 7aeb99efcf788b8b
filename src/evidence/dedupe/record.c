#include "evidence/dedupe/record.h"

#include "base/date.h"
#include "evidence/dedupe/names.h"
#include "evidence/dedupe/normalise.h"
#include "evidence/dedupe/organisations.h"

#include <string.h>

const char *const dedupe_fields[DEDUPE_FIELDS] = { "ID",           "title",    "year",      "author",
						   "pages",        "volume",   "number",    "journal",
						   "doi",          "abstract", "booktitle", "owner",
						   "municipality", "funder",   "period",    "source" };

static bool is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

/* ---- numbers and places in print ---- */

/* What eight digits are as a date, 20090301; RECORD_NONE: none. */
static int year_of_date(int64_t digits)
{
	int64_t month = digits / 100 % 100, day = digits % 100;
	return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? (int)(digits / 10000) : RECORD_NONE;
}

/* The next year, of which *rest is left to read; RECORD_NONE: there is none. */
static int next_year(Str *rest)
{
	enum { YEAR_DIGITS = 4, DATE_DIGITS = 8 };
	for (size_t i = 0, end; i < rest->len; i = end + 1) {
		for (end = i; end < rest->len && is_digit(rest->ptr[end]);)
			end++;
		int64_t digits;
		if ((end - i != YEAR_DIGITS && end - i != DATE_DIGITS) || !str_to_int(str_sub(*rest, i, end), &digits))
			continue;
		int year = end - i == YEAR_DIGITS ? (int)digits : year_of_date(digits);
		if (year < 1000 || year >= 3000)
			continue;
		*rest = str_sub(*rest, end, rest->len);
		return year;
	}
	*rest = STR("");
	return RECORD_NONE;
}

int record_year(Str s)
{
	return next_year(&s);
}

int record_first_number(Str s)
{
	enum { DIGITS_MOST = 5 };
	size_t i = 0, end;
	while (i < s.len && !is_digit(s.ptr[i])) {
		Str here = str_sub(s, i, i + 4);
		if (str_eq_nocase(here, STR("supp")) || str_eq_nocase(here, STR("part")))
			return RECORD_NONE;
		i++;
	}
	for (end = i; end < s.len && is_digit(s.ptr[end]);)
		end++;
	int64_t number;
	return end > i && end - i <= DIGITS_MOST && str_to_int(str_sub(s, i, end), &number) ? (int)number : RECORD_NONE;
}

static bool is_extent(Str word)
{
	return str_eq(word, STR("p")) || str_eq(word, STR("pp")) || str_eq(word, STR("s")) ||
	       str_eq(word, STR("pages")) || str_eq(word, STR("sider"));
}

Str record_first_page(Arena *a, Str pages)
{
	Str rest = normalise_words(a, pages), word, next;
	while (normalise_next(&rest, &word)) {
		size_t digits = 0;
		while (digits < word.len && !is_digit(word.ptr[digits]))
			digits++;
		if (digits == word.len)
			continue;
		Str behind = rest;
		if (normalise_next(&behind, &next) && is_extent(next) && behind.len == 0)
			return STR("");
		if (digits > 0)
			return word;
		while (word.len > 1 && word.ptr[0] == '0' && is_digit(word.ptr[1]))
			word = str_sub(word, 1, word.len);
		return word;
	}
	return STR("");
}

int record_last_page(Str pages)
{
	enum { DIGITS_MOST = 8 };
	int64_t first = 0, last = 0;
	size_t i = 0, digits[2] = { 0, 0 };
	while (i < pages.len && !is_digit(pages.ptr[i]))
		i++;
	for (; i < pages.len && is_digit(pages.ptr[i]) && digits[0] < DIGITS_MOST; digits[0]++)
		first = first * 10 + (pages.ptr[i++] - '0');
	while (i < pages.len && !is_digit(pages.ptr[i]) && strchr(",;.+", pages.ptr[i]) == NULL)
		i++;
	for (; i < pages.len && is_digit(pages.ptr[i]) && digits[1] < DIGITS_MOST; digits[1]++)
		last = last * 10 + (pages.ptr[i++] - '0');
	int64_t scale = 1;
	for (size_t k = 0; k < digits[1]; k++)
		scale *= 10;
	if (digits[1] > 0 && digits[1] < digits[0])
		last += first / scale * scale;
	return digits[1] > 0 && last > first ? (int)last : RECORD_NONE;
}

static void read_pages(Arena *a, Record *r, Str pages)
{
	Str first = record_first_page(a, pages);
	r->last_page = first.len > 0 ? record_last_page(pages) : RECORD_NONE;
	if (first.len == 0)
		return;
	size_t from = 0;
	while (!is_digit(first.ptr[from]))
		from++;
	while (first.ptr[from] == '0' && from + 1 < first.len && is_digit(first.ptr[from + 1]))
		from++;
	size_t to = from;
	while (to < first.len && is_digit(first.ptr[to]))
		to++;
	r->page = str_hash(first);
	r->page_digits = str_hash(str_sub(first, from, to));
}

/* The year that two digits behind `from` stand for, "2005-07", "2005/07"; RECORD_NONE: there are none, or what they
 * stand for is no later year. */
static int short_year(int from, Str behind)
{
	behind = str_trim(behind);
	const char *const dashes[] = { "-", "/", "–" };
	for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
		if (!str_starts(behind, str_of(dashes[i])))
			continue;
		Str digits = str_trim(str_sub(behind, strlen(dashes[i]), behind.len));
		int64_t year;
		if (digits.len == 2 && str_to_int(digits, &year) && year > from % 100)
			return from / 100 * 100 + (int)year;
	}
	return RECORD_NONE;
}

void record_period(Str period, int *from, int *to)
{
	*from = *to = next_year(&period);
	if (*from == RECORD_NONE)
		return;
	Str behind = period;
	for (int year; (year = next_year(&period)) != RECORD_NONE;)
		*to = year > *to ? year : *to;
	int year = short_year(*from, behind);
	*to = year > *to ? year : *to;
}

/* ---- title ---- */

/* Without a note in brackets at the end that is one word: "[Chinese]", "(abstract)". */
static Str without_note(Str title)
{
	Str s = str_trim(title);
	while (s.len > 0 && s.ptr[s.len - 1] == '.')
		s = str_trim(str_sub(s, 0, s.len - 1));
	if (!str_ends(s, STR("]")) && !str_ends(s, STR(")")))
		return s;
	for (size_t i = s.len - 1; i > 0; i--) {
		if (s.ptr[i - 1] == ' ' || s.ptr[i - 1] == '-')
			return s;
		if (s.ptr[i - 1] == '[' || s.ptr[i - 1] == '(')
			return i > 1 && s.ptr[i - 2] == ' ' && s.ptr[i - 1] == '[' ? str_sub(s, 0, i - 1) : s;
	}
	return s;
}

static bool in_set(RecordSet set, uint32_t word)
{
	for (uint32_t i = 0; i < set.count; i++)
		if (set.at[i] == word)
			return true;
	return false;
}

/* Words in brackets at the end of a title that repeat what the record's own owner, funder or municipality is called;
 * none where another stands among them. */
static RecordSet own_name(Words *words, const Record *r, Str title)
{
	enum { WORDS_MOST = 8 };
	RecordSet set = { ARENA_ARRAY(words->arena, WORDS_MOST, uint32_t), 0 };
	size_t open = title.len;
	while (open > 0 && title.ptr[open - 1] != '(')
		open--;
	if (open == 0 || !str_ends(title, STR(")")))
		return set;
	Str form = normalise_words(words->arena, str_sub(title, open, title.len)), word;
	while (normalise_next(&form, &word)) {
		uint32_t number = words_number(words, word);
		bool own =
			in_set(r->owner.words, number) || in_set(r->funder.words, number) || in_set(r->context, number);
		if (!own || set.count == WORDS_MOST)
			return (RecordSet){ set.at, 0 };
		set.at[set.count++] = number;
	}
	return set;
}

static void note_number(Record *r, uint32_t number)
{
	uint32_t at = r->number_count;
	if (at == RECORD_NUMBERS_MOST)
		return;
	for (; at > 0 && r->numbers[at - 1] > number; at--)
		r->numbers[at] = r->numbers[at - 1];
	r->numbers[at] = number;
	r->number_count++;
}

static uint32_t roman(Str word)
{
	static const char *const from_two[] = { "ii", "iii", "iv", NULL, "vi", "vii", "viii", "ix" };
	for (uint32_t i = 0; i < sizeof from_two / sizeof from_two[0]; i++)
		if (from_two[i] != NULL && str_eq_z(word, from_two[i]))
			return i + 2;
	return 0;
}

/* "del ii" as "del 2". */
static Str with_digits(Arena *a, Str form)
{
	char *to = arena_alloc(a, form.len + 1);
	size_t n = 0;
	Str word;
	while (normalise_next(&form, &word)) {
		uint32_t number = roman(word);
		if (n > 0)
			to[n++] = ' ';
		if (number == 0)
			memcpy(to + n, word.ptr, word.len);
		else
			to[n] = (char)('0' + number);
		n += number == 0 ? word.len : 1;
	}
	return (Str){ to, n };
}

/* Digits anywhere in a word count: "alpha2" and "alpha 2" hold the same number. */
static void note_numbers(Record *r, Str word)
{
	for (size_t i = 0; i < word.len; i++) {
		uint32_t number = 0;
		if (!is_digit(word.ptr[i]))
			continue;
		for (; i < word.len && is_digit(word.ptr[i]); i++)
			number = number * 10 + (uint32_t)(word.ptr[i] - '0');
		note_number(r, number);
	}
}

static RecordNotice notice_of(Str words)
{
	static const struct {
		const char *beginning;
		RecordNotice notice;
	} notices[] = {
		{ "corrigendum", NOTICE_CORRECTION },
		{ "erratum", NOTICE_CORRECTION },
		{ "errata", NOTICE_CORRECTION },
		{ "correction to", NOTICE_CORRECTION },
		{ "rettelse", NOTICE_CORRECTION },
		{ "retraction", NOTICE_RETRACTION },
		{ "retracted", NOTICE_RETRACTION },
		{ "reply to", NOTICE_REPLY },
		{ "re ", NOTICE_REPLY },
		{ "comment on", NOTICE_REPLY },
		{ "comments on", NOTICE_REPLY },
		{ "authors reply", NOTICE_REPLY },
		{ "svar pa", NOTICE_REPLY },
	};
	for (size_t i = 0; i < sizeof notices / sizeof notices[0]; i++)
		if (str_starts(words, str_of(notices[i].beginning)))
			return notices[i].notice;
	return NOTICE_NONE;
}

static RecordSet set_of(Words *words, const uint32_t *from, uint32_t count)
{
	RecordSet set = { ARENA_ARRAY(words->arena, count, uint32_t), 0 };
	for (int light = 0; light < 2 && set.count == 0; light++)
		for (uint32_t i = 0; i < count; i++)
			if (light == 1 || !words->at[from[i]].light)
				set.at[set.count++] = from[i];
	set.count = words_sort(set.at, set.count);
	for (uint32_t i = 0; i < set.count; i++)
		words->at[set.at[i]].records++;
	return set;
}

/* Words before the first " - ", " – " or ": " of the title as written; 0 where nothing stands before or behind it. */
static uint32_t words_in_head(Arena *a, Str title)
{
	static const char *const dashes[] = { " - ", " – ", " — ", ": ", " / " };
	size_t first = SIZE_MAX;
	for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
		size_t at = str_find_str(title, str_of(dashes[i]));
		first = at < first ? at : first;
	}
	uint32_t count = 0;
	if (first == SIZE_MAX || normalise_words(a, str_sub(title, first + 1, title.len)).len == 0)
		return 0;
	Str head = normalise_words(a, str_sub(title, 0, first)), word;
	while (normalise_next(&head, &word))
		count++;
	return count;
}

static bool is_number(Str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (!is_digit(word.ptr[i]))
			return false;
	return true;
}

static void read_title(Words *words, Record *r, Str title)
{
	Arena *a = words->arena;
	title = without_note(normalise_plain(a, title));
	r->own_name = own_name(words, r, title);
	Str written = normalise_words(a, title), marked = normalise_abbreviated(a, title), word, same;
	Str form = with_digits(a, written);
	r->title_joined = normalise_joined(form);
	r->notice = notice_of(written);
	enum { TELLING_LEAST = 5 };
	uint32_t telling = 0;
	bool names_paper = false;
	r->title = ARENA_ARRAY(a, RECORD_TITLE_MOST, uint32_t);
	while (normalise_next(&form, &word) && normalise_next(&marked, &same)) {
		note_numbers(r, word);
		if (r->title_count == RECORD_TITLE_MOST)
			continue;
		r->abbreviated |= (uint64_t)(same.len > word.len) << r->title_count;
		uint32_t number = words_number(words, word);
		r->title[r->title_count++] = number;
		telling += !words->at[number].light && !is_number(word);
		names_paper |= words->at[number].paper;
	}
	r->has_subject = telling > 0 || !names_paper;
	r->tells_much = telling >= TELLING_LEAST;
	r->title_set = set_of(words, r->title, r->title_count);
	uint32_t head = words_in_head(a, title);
	r->head_count = head < r->title_count ? head : 0;
}

/* ---- the rest ---- */

static RecordSet read_set(Words *words, Str text, uint32_t most)
{
	uint32_t *numbers = ARENA_ARRAY(words->arena, most, uint32_t), count = 0;
	Str form = normalise_words(words->arena, text), word;
	while (count < most && normalise_next(&form, &word))
		numbers[count++] = words_number(words, word);
	RecordSet set = { numbers, count };
	uint32_t kept = 0;
	for (uint32_t i = 0; i < count; i++)
		if (!words->at[numbers[i]].light)
			numbers[kept++] = numbers[i];
	set.count = words_sort(numbers, kept);
	return set;
}

/* Initials of three to eight words, as one word more, since one list says "DDL" and another "Danske Døves
 * Landsforbund". */
static void add_acronym(Words *words, RecordSet *set, Str form)
{
	enum { LETTERS_LEAST = 3, LETTERS_MOST = 8 };
	char letters[LETTERS_MOST];
	size_t n = 0;
	Str word;
	while (n < LETTERS_MOST && normalise_next(&form, &word))
		if (!words->at[words_number(words, word)].light)
			letters[n++] = word.ptr[0];
	if (n >= LETTERS_LEAST && form.len == 0)
		set->at[set->count++] = words_number(words, (Str){ letters, n });
}

/* An organisation's name by the name it has today, without what half of all organisations are called, unless it has no
 * other word. */
static RecordOrganisation read_organisation(Words *words, Str text)
{
	enum { WORDS_MOST = 30 };
	Str today = organisation_today(words->arena, text), form = normalise_words(words->arena, today);
	RecordSet all = read_set(words, today, WORDS_MOST),
		  own = { ARENA_ARRAY(words->arena, all.count + 1, uint32_t), 0 };
	RecordOrganisation read = { all, normalise_joined(form) };
	for (uint32_t i = 0; i < all.count; i++)
		if (!words->at[all.at[i]].common)
			own.at[own.count++] = all.at[i];
	if (own.count == 0)
		return read;
	add_acronym(words, &own, form);
	own.count = words_sort(own.at, own.count);
	read.words = own;
	return read;
}

/* Words of the names that some put into a project's title: funder and municipality. Not the owner's, after whom a part
 * of a programme may be called. */
static RecordSet read_context(Words *words, const DedupeRecord *from)
{
	enum { WORDS_MOST = 60 };
	Str funder = from->field[DEDUPE_FUNDER], place = from->field[DEDUPE_MUNICIPALITY];
	return read_set(words, str_printf(words->arena, "%.*s %.*s", STR_ARG(funder), STR_ARG(place)), WORDS_MOST);
}

/* Words in order, light ones left out. */
static void read_journal_name(Words *words, Record *r, int which, Str name)
{
	enum { WORDS_MOST = 16 };
	RecordSet *set = &r->journal[which];
	Str form = normalise_words(words->arena, name), word;
	r->journal_joined[which] = normalise_joined(form);
	set->at = ARENA_ARRAY(words->arena, WORDS_MOST, uint32_t);
	while (set->count < WORDS_MOST && normalise_next(&form, &word)) {
		uint32_t number = words_number(words, word);
		if (!words->at[number].light)
			set->at[set->count++] = number;
	}
}

/* "Zhongguo zhen jiu [Chinese acupuncture & moxibustion]", "Trials (Electronic)", "JINS : the journal of …": a name and
 * perhaps another. */
static void read_journal(Words *words, Record *r, Str journal)
{
	Str plain = normalise_plain(words->arena, journal);
	size_t part = plain.len;
	for (size_t i = 1; i < plain.len && part == plain.len; i++)
		if (strchr("[(=:;/", plain.ptr[i]) != NULL)
			part = i;
	read_journal_name(words, r, 0, str_sub(plain, 0, part));
	if (part < plain.len)
		read_journal_name(words, r, 1, str_sub(plain, part, plain.len));
}

static Str either(const DedupeRecord *from, DedupeField first, DedupeField second)
{
	return str_is_empty(from->field[first]) ? from->field[second] : from->field[first];
}

static void read_places(const Municipalities *m, Arena *a, const DedupeRecord *from, Record *r)
{
	Str place = from->field[DEDUPE_MUNICIPALITY], owner = from->field[DEDUPE_OWNER];
	r->place_count = municipalities_named(m, a, place, true, r->places, RECORD_PLACES_MOST);
	if (r->place_count == 0)
		r->place_count = municipalities_named(m, a, owner, false, r->places, RECORD_PLACES_MOST);
	if (r->place_count > 0)
		return;
	r->place_count = municipalities_named(m, a, from->field[DEDUPE_TITLE], false, r->places, RECORD_PLACES_MOST);
	r->places_in_title = r->place_count > 0;
}

Record record_read(Words *words, const Municipalities *m, const DedupeRecord *from)
{
	Record r = { .year = record_year(from->field[DEDUPE_YEAR]),
		     .volume = record_first_number(from->field[DEDUPE_VOLUME]),
		     .issue = record_first_number(from->field[DEDUPE_NUMBER]) };
	RecordName authors[RECORD_AUTHORS_MOST];
	Str source = str_trim(from->field[DEDUPE_SOURCE]), doi = normalise_doi(words->arena, from->field[DEDUPE_DOI]);
	r.owner = read_organisation(words, from->field[DEDUPE_OWNER]);
	r.funder = read_organisation(words, from->field[DEDUPE_FUNDER]);
	r.context = read_context(words, from);
	read_title(words, &r, from->field[DEDUPE_TITLE]);
	r.author_count = names_read(words, from->field[DEDUPE_AUTHOR], authors);
	r.authors = arena_copy(words->arena, authors, r.author_count * sizeof authors[0]);
	read_pages(words->arena, &r, from->field[DEDUPE_PAGES]);
	record_period(from->field[DEDUPE_PERIOD], &r.from, &r.to);
	read_journal(words, &r, either(from, DEDUPE_JOURNAL, DEDUPE_BOOKTITLE));
	r.doi = doi.len > 0 ? str_hash(doi) : 0;
	r.abstract = read_set(words, from->field[DEDUPE_ABSTRACT], RECORD_ABSTRACT_MOST);
	read_places(m, words->arena, from, &r);
	r.source = source.len > 0 ? words_number(words, normalise_words(words->arena, source)) + 1 : 0;
	r.bibliographic =
		r.author_count > 0 || r.journal_joined[0] != 0 || r.page != 0 || r.volume != RECORD_NONE || r.doi != 0;
	return r;
}
