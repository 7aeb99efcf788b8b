#include "evidence/evidence_cli.h"

#include "access/cli_table.h"
#include "base/utf8.h"
#include "evidence/dedupe/dedupe.h"
#include "format/json.h"

#include <stdlib.h>

/* ---- columns ---- */

/* What else a column may be called, beside its name in dedupe_fields: as Danish lists and other programs call it. Of
 * several the first that is there is read. */
static const char *const also_called[DEDUPE_FIELDS] = {
	[DEDUPE_ID] = "nr, nr., løbenr, løbenummer",
	[DEDUPE_TITLE] = "titel, projekttitel, projektnavn, projekt",
	[DEDUPE_YEAR] = "år, årstal, udgivelsesår, dato, date",
	[DEDUPE_AUTHOR] = "authors, forfatter, forfattere",
	[DEDUPE_PAGES] = "sider, side, sidetal",
	[DEDUPE_VOLUME] = "årgang, bind",
	[DEDUPE_NUMBER] = "issue, nummer, hæfte",
	[DEDUPE_JOURNAL] = "tidsskrift",
	[DEDUPE_DOI] = "doi-nummer",
	[DEDUPE_ABSTRACT] = "resumé, resume, sammendrag, beskrivelse, formål",
	[DEDUPE_BOOKTITLE] = "bogtitel, antologi",
	[DEDUPE_OWNER] = "ejer, projektejer, projektholder, organisation, ansvarlig",
	[DEDUPE_MUNICIPALITY] = "kommune, kommuner",
	[DEDUPE_FUNDER] = "finansiering, pulje, bevillingsgiver, tilskudsgiver",
	[DEDUPE_PERIOD] = "periode, projektperiode",
	[DEDUPE_SOURCE] = "kilde, database",
};

static int column_called(const Csv *csv, Str name)
{
	Arena *a = csv->c->arena;
	for (size_t i = 0; i < csv->columns; i++)
		if (str_eq(utf8_fold(a, csv->heads[i]), utf8_fold(a, name)))
			return (int)i;
	return -1;
}

static int column_of(const Csv *csv, DedupeField field)
{
	int column = column_called(csv, str_of(dedupe_fields[field]));
	Str rest = str_of(also_called[field]), name;
	while (column < 0 && rest.len > 0 && str_split(&rest, ',', &name))
		column = column_called(csv, str_trim(name));
	return column;
}

static Err find_columns(const Csv *csv, int columns[DEDUPE_FIELDS])
{
	Ctx *c = csv->c;
	for (int f = 0; f < DEDUPE_FIELDS; f++)
		columns[f] = column_of(csv, (DedupeField)f);
	if (columns[DEDUPE_TITLE] >= 0 || columns[DEDUPE_DOI] >= 0)
		return OK;
	return refuse_at(c, dedupe_fields[DEDUPE_TITLE], 1, 0,
			 T(c->lang, "The file has no such column, which may also be called %s, and none called DOI."),
			 also_called[DEDUPE_TITLE]);
}

/* ---- reading ---- */

typedef struct {
	DedupeRecord *at;
	size_t count, room;
	size_t nameless; /* have neither title nor DOI */
} Records;

static DedupeRecord *record_add(Arena *a, Records *list)
{
	if (list->count == list->room) {
		list->room = list->room == 0 ? 1024 : list->room * 2;
		DedupeRecord *wider = ARENA_ARRAY(a, list->room, DedupeRecord);
		for (size_t i = 0; i < list->count; i++)
			wider[i] = list->at[i];
		list->at = wider;
	}
	return &list->at[list->count++];
}

typedef struct {
	Str id;
	int64_t row;
} IdAt;

static int by_id(const void *a, const void *b)
{
	const IdAt *x = a, *y = b;
	int order = str_cmp(x->id, y->id);
	return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* Refuses the second use of an ID, by its row. */
static Err check_ids(Ctx *c, IdAt *ids, size_t n)
{
	const IdAt *twice = NULL;
	qsort(ids, n, sizeof *ids, by_id);
	for (size_t i = 1; i < n; i++)
		if (str_eq(ids[i].id, ids[i - 1].id) && (twice == NULL || ids[i].row < twice->row))
			twice = &ids[i];
	if (twice == NULL)
		return OK;
	return refuse_at(c, dedupe_fields[DEDUPE_ID], twice->row, 0, T(c->lang, "“%.*s” stands here twice."),
			 STR_ARG(twice->id));
}

/* Without a column ID, a record is called by its row. */
static Err read_rows(Csv *csv, const int *columns, Records *list, IdAt **ids)
{
	Ctx *c = csv->c;
	size_t room = 0;
	bool more;
	for (;;) {
		RETURN_IF_ERR(csv_next(csv, &more));
		if (!more)
			return OK;
		DedupeRecord *record = record_add(c->arena, list);
		for (int f = 0; f < DEDUPE_FIELDS; f++)
			record->field[f] = csv_field(csv, columns[f]);
		Str *id = &record->field[DEDUPE_ID];
		if (columns[DEDUPE_ID] < 0)
			*id = str_printf(c->arena, "%lld", (long long)csv->row);
		if (id->len == 0)
			return csv_refuse(csv, columns[DEDUPE_ID], "%s",
					  T(c->lang,
					    "This field is empty: either every record has an ID, or the file no "
					    "column for it."));
		list->nameless += record->field[DEDUPE_TITLE].len == 0 && record->field[DEDUPE_DOI].len == 0;
		if (list->count > room) {
			IdAt *wider = ARENA_ARRAY(c->arena, list->room, IdAt);
			for (size_t i = 0; i < room; i++)
				wider[i] = (*ids)[i];
			*ids = wider;
			room = list->room;
		}
		(*ids)[list->count - 1] = (IdAt){ *id, csv->row };
	}
}

static Err read_records(Ctx *c, Str path, Records *list)
{
	Csv csv;
	int columns[DEDUPE_FIELDS];
	IdAt *ids = ARENA_NEW(c->arena, IdAt);
	RETURN_IF_ERR(cli_table_open(c, path, &csv));
	RETURN_IF_ERR(find_columns(&csv, columns));
	RETURN_IF_ERR(read_rows(&csv, columns, list, &ids));
	return check_ids(c, ids, list->count);
}

/* ---- printing ---- */

/* Only what is known of both has a weight. */
static void put_json_bits(JsonWriter *w, const double *bits)
{
	if (bits == NULL)
		return;
	json_key(w, "bits");
	json_open_object(w);
	for (int i = 0; i < DEDUPE_WEIGHED; i++) {
		if (bits[i] == 0)
			continue;
		json_key(w, dedupe_fields[dedupe_weighed[i]]);
		json_put_real(w, bits[i]);
	}
	json_close(w);
}

static void put_json_pairs(JsonWriter *w, const Records *records, const DedupePair *pairs, size_t n)
{
	json_open_list(w);
	for (size_t i = 0; i < n; i++) {
		json_open_object(w);
		json_key(w, "a");
		json_put_text(w, records->at[pairs[i].a].field[DEDUPE_ID]);
		json_key(w, "b");
		json_put_text(w, records->at[pairs[i].b].field[DEDUPE_ID]);
		json_key(w, "score");
		json_put_real(w, pairs[i].score);
		json_key(w, "reason");
		json_put_text(w, pairs[i].reason);
		put_json_bits(w, pairs[i].bits);
		json_close(w);
	}
	json_close(w);
}

static void put_json(Buf *out, const Records *records, const DedupeResult *r)
{
	JsonWriter w = json_writer(out);
	json_open_object(&w);
	json_key(&w, "groups");
	json_open_list(&w);
	for (size_t g = 0; g < r->group_count; g++) {
		json_open_list(&w);
		for (uint32_t i = 0; i < r->groups[g].count; i++)
			json_put_text(&w, records->at[r->groups[g].members[i]].field[DEDUPE_ID]);
		json_close(&w);
	}
	json_close(&w);
	json_key(&w, "pairs");
	put_json_pairs(&w, records, r->pairs, r->pair_count);
	json_key(&w, "maybe");
	put_json_pairs(&w, records, r->maybe, r->maybe_count);
	json_close(&w);
}

static void put_record(Buf *out, const Records *records, uint32_t i)
{
	const Str *field = records->at[i].field;
	buf_z(out, "  ");
	buf_str_add(out, field[DEDUPE_ID]);
	buf_z(out, "  ");
	buf_str_add(out, field[DEDUPE_TITLE]);
	if (field[DEDUPE_YEAR].len > 0)
		buf_printf(out, " (%.*s)", STR_ARG(field[DEDUPE_YEAR]));
	buf_char(out, '\n');
}

static void put_reason(Buf *out, const Records *records, const DedupePair *pair)
{
	Str a = records->at[pair->a].field[DEDUPE_ID], b = records->at[pair->b].field[DEDUPE_ID];
	buf_printf(out, "    %.*s = %.*s: %.*s\n", STR_ARG(a), STR_ARG(b), STR_ARG(pair->reason));
}

/* Each group with its records, then with what joined them. */
static void put_groups(Ctx *c, Buf *out, const Records *records, const DedupeResult *r)
{
	uint32_t *group_of = ARENA_ARRAY(c->arena, records->count, uint32_t);
	for (size_t g = 0; g < r->group_count; g++)
		for (uint32_t i = 0; i < r->groups[g].count; i++)
			group_of[r->groups[g].members[i]] = (uint32_t)g;
	size_t *next = ARENA_ARRAY(c->arena, r->pair_count, size_t),
	       *first = ARENA_ARRAY(c->arena, r->group_count, size_t);
	for (size_t p = r->pair_count; p-- > 0;) {
		next[p] = first[group_of[r->pairs[p].a]];
		first[group_of[r->pairs[p].a]] = p + 1;
	}
	for (size_t g = 0; g < r->group_count; g++) {
		buf_printf(out, T(c->lang, "Group %zu\n"), g + 1);
		for (uint32_t i = 0; i < r->groups[g].count; i++)
			put_record(out, records, r->groups[g].members[i]);
		for (size_t p = first[g]; p > 0; p = next[p - 1])
			put_reason(out, records, &r->pairs[p - 1]);
	}
}

static void put_text(Ctx *c, Buf *out, const Records *records, const DedupeResult *r)
{
	size_t more = 0;
	for (size_t g = 0; g < r->group_count; g++)
		more += r->groups[g].count - 1;
	put_groups(c, out, records, r);
	for (size_t i = 0; i < r->maybe_count; i++) {
		buf_printf(out, "%s\n", T(c->lang, "Perhaps the same"));
		put_record(out, records, r->maybe[i].a);
		put_record(out, records, r->maybe[i].b);
		put_reason(out, records, &r->maybe[i]);
	}
	buf_printf(out, T(c->lang, "Records: %zu; groups: %zu; records more than works: %zu; pairs to look at: %zu\n"),
		   records->count, r->group_count, more, r->maybe_count);
	if (records->nameless > 0)
		buf_printf(out, T(c->lang, "Records with neither title nor DOI, which are never certain: %zu\n"),
			   records->nameless);
}

static Err dedupe(const Cli *cli, Str path)
{
	Ctx *c = cli->c;
	Records records = { .count = 0 };
	DedupeResult result;
	RETURN_IF_ERR(read_records(c, path, &records));
	RETURN_IF_ERR(dedupe_find(c, records.at, records.count, &result));
	Buf *out = buf_new(c->arena, CLI_PRINT_MOST);
	if (cli->json)
		put_json(out, &records, &result);
	else
		put_text(c, out, &records, &result);
	return cli_print(c, out, cli->json);
}

/* ---- the command ---- */

static CliStatus run_evidence(Cli *cli)
{
	Str what = cli_argument(cli), path = cli_argument(cli);
	if (!str_eq_z(what, "dedupe") || str_is_none(path) || !cli_all_taken(cli))
		return cli_usage(cli, &evidence_command);
	return cli_status_in(cli, path, dedupe(cli, path));
}

static void explain(const Cli *cli, FILE *to)
{
	Lang lang = cli->c->lang;
	fprintf(to, "\n%s\n\n",
		T(lang, "FILE.csv has a heading, and a record in each row, separated by semicolons or commas; - reads\n"
			"standard input. The columns below are read where they are there; a title or a DOI must be. "
			"Others are passed\n"
			"over. Without an ID a record is called by its row."));
	for (int f = 0; f < DEDUPE_FIELDS; f++)
		fprintf(to, "  %-14s%s\n", dedupe_fields[f], also_called[f]);
	fprintf(to, "\n%s\n\n%s\n",
		T(lang,
		  "The answer is groups of records that are one work or project, then pairs that may be, each with\n"
		  "the reason. --json gives all of it as one document, with the number of each decision: score from\n"
		  "0 to 1, and where it was weighed what each column said for or against it, in bits."),
		T(lang, "Examples:\n"
			"  rampe evidence dedupe projects.csv\n"
			"  cat list1.csv | rampe evidence dedupe - --json > answer.json"));
}

const Command evidence_command = { "evidence", N_("evidence dedupe FILE.csv|- [--json]"),
				   N_("find records of the same work or project"), run_evidence, .explain = explain };
