#include "format/heading.h"

#include "base/utf8.h"

/* In lower case, the English name first. A name may mean one thing here and another there ("antal"), but never two in
 * one command. */
static const char *const names[HEADINGS] = {
	[HEADING_BEFORE] = "before, før, foer, inden, start, førmåling",
	[HEADING_AFTER] = "after, efter, slut, eftermåling",
	[HEADING_GROUP] = "group, gruppe, hold",
	[HEADING_VALUE] = "value, værdi, vaerdi, svar, resultat",
	[HEADING_K] = "k, antal, ja",
	[HEADING_OF] = "n, i alt, ialt, ud af, total",
	[HEADING_FIRST] = "a, bedømmer 1, bedømmer a, første",
	[HEADING_SECOND] = "b, bedømmer 2, bedømmer b, anden",
	[HEADING_TIME] = "time, tid, varighed, måneder, uger, dage",
	[HEADING_EVENT] = "event, hændelse, haendelse, udfald",
	[HEADING_COUNT] = "n, antal",
	[HEADING_TABLE] = "table, tabel",
	[HEADING_ID] = "id, nr, nr., nummer, påstand",
	[HEADING_PART] = "part, del, antal",
	[HEADING_PARTS] = "parts, dele",
	[HEADING_WHOLE] = "whole, helhed, i alt, ialt, ud af",
	[HEADING_PERCENT] = "percent, procent, pct., pct, andel",
	[HEADING_TOTAL] = "total, sum",
	[HEADING_MEAN] = "mean, gennemsnit, middel",
	[HEADING_ANSWERS] = "n, antal svar, besvarelser",
	[HEADING_ITEMS] = "items, spørgsmål",
	[HEADING_QUANTITY] = "quantity, størrelse",
	[HEADING_ROW] =
		"id, nr, nr., nummer, løbenr, løbenr., løbenummer, respondent, respondentid, person, navn, name",
};

static bool next_name(Str *rest, Str *name)
{
	bool more = str_split(rest, ',', name);
	*name = str_trim(*name);
	return more;
}

static bool is_called(const Csv *csv, int column, Str name)
{
	Arena *a = csv->c->arena;
	return str_eq(utf8_fold(a, csv->heads[column]), utf8_fold(a, name));
}

bool heading_is(const Csv *csv, int column, Heading h)
{
	Str rest = str_of(names[h]), name;
	while (next_name(&rest, &name))
		if (is_called(csv, column, name))
			return true;
	return false;
}

int heading_column(const Csv *csv, Heading h)
{
	Str rest = str_of(names[h]), name;
	while (next_name(&rest, &name))
		for (int i = 0; i < (int)csv->columns; i++)
			if (is_called(csv, i, name))
				return i;
	return -1;
}

Err heading_required(const Csv *csv, Heading h, int *out)
{
	Str rest = str_of(names[h]), name;
	*out = heading_column(csv, h);
	if (*out >= 0)
		return OK;
	(void)next_name(&rest, &name);
	return csv_refuse_lacking(csv, name, str_trim(rest));
}
