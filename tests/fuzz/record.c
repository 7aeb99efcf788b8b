/* What is read of any record's fields lies within its bounds. A line of the input is a field. */
#include "fuzz.h"

#include "base/utf8.h"
#include "evidence/dedupe/record.h"

enum { INPUT_MOST = 512 };

static void check_set(RecordSet set, const Words *words)
{
	for (uint32_t i = 0; i < set.count; i++)
		HOLDS(set.at[i] < words->texts.n && (i == 0 || set.at[i - 1] < set.at[i]));
}

static void check_record(const Record *r, const Words *words)
{
	HOLDS(r->title_count <= RECORD_TITLE_MOST && r->head_count <= r->title_count);
	for (uint32_t i = 0; i < r->title_count; i++)
		HOLDS(r->title[i] < words->texts.n);
	HOLDS(r->number_count <= RECORD_NUMBERS_MOST && r->author_count <= RECORD_AUTHORS_MOST);
	for (uint32_t i = 0; i < r->author_count; i++)
		HOLDS(r->authors[i].tokens <= RECORD_TOKENS_MOST);
	HOLDS(r->year == RECORD_NONE || (r->year >= 1000 && r->year <= 2999));
	HOLDS(r->place_count <= RECORD_PLACES_MOST && r->from <= r->to);
	check_set(r->title_set, words);
	check_set(r->abstract, words);
	check_set(r->owner.words, words);
	check_set(r->funder.words, words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Arena *lasting;
	static const Municipalities *municipalities;
	Str rest = { (const char *)data, size }, field;
	DedupeRecord record = { { STR_NONE } };
	if (lasting == NULL)
		municipalities = municipalities_new(lasting = arena_new());
	if (!utf8_valid(rest, NULL))
		return 0;
	Words words = words_new(fuzz_ctx()->arena);
	for (int i = 0; i < DEDUPE_FIELDS && str_split(&rest, '\n', &field); i++)
		record.field[i] = field;
	Record r = record_read(&words, municipalities, &record);
	check_record(&r, &words);
	return 0;
}
