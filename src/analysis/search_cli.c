/* rampe search: a file is indexed in memory and asked.
 *
 * It stands among the analyses because it needs what they need, a file and no
 * register.
 */
#include "access/cli_table.h"
#include "analysis/analysis.h"
#include "analysis/analysis_cli.h"
#include "text/index.h"
#include "text/snippet.h"
#include "text/suggest.h"

#include <stdlib.h>

enum { FIELD_TITLE, FIELD_TEXT, FIELDS };
enum { SHOWN_DEFAULT = 10, SHOWN_MOST = 10000, SNIPPET_BYTES_MOST = 16 << 10 };
/* MB. Measured: 56 MB of Danish words take 1,064; of words that are all different, such as keys and hashes, 17 MB take
 * so much, and what grows may briefly take a third more. */
enum { MEMORY_DEFAULT = 1536, MEMORY_MOST = 65536 };

static const double weights[FIELDS] = { 3, 1 };

typedef struct {
	Str id, title, facet;
	Str text; /* the other columns, joined */
} Document;

typedef struct {
	Ctx *c;
	bool json;
	Str asked, facet;               /* the query; the facet's column, none: none is asked for */
	size_t shown_most, memory_most; /* hits, bytes */
	int id_column, title_column, facet_column;
	Document *documents;
	size_t count, room;
	Index *index;
	Query query;                   /* what is looked for: mended where a word was misspelt */
	Str written[QUERY_WORDS_MOST]; /* the misspelt word; none: it was not */
	Hits hits;
	Buf *out;
} Search;

typedef struct {
	Str value;
	int64_t count;
} Facet;

static Err find_columns(Search *s, const Csv *csv)
{
	static const char *const also_id[] = { "no", "nr", "nr." };
	s->id_column = csv_column(csv, "id");
	for (size_t i = 0; s->id_column < 0 && i < sizeof also_id / sizeof also_id[0]; i++)
		s->id_column = csv_column(csv, also_id[i]);
	s->title_column = csv_column(csv, "title");
	if (s->title_column < 0)
		s->title_column = csv_column(csv, "titel");
	s->facet_column = -1;
	if (str_is_none(s->facet))
		return OK;
	s->facet_column = csv_column(csv, str_z(s->c->arena, s->facet));
	return s->facet_column >= 0
		       ? OK
		       : refuse(s->c, "--facet", T(s->c->lang, "There is no column “%.*s”."), STR_ARG(s->facet));
}

static Document *new_document(Search *s)
{
	if (s->count == s->room) {
		s->room = s->room == 0 ? 256 : s->room * 2;
		Document *wider = ARENA_ARRAY(s->c->arena, s->room, Document);
		for (size_t i = 0; i < s->count; i++)
			wider[i] = s->documents[i];
		s->documents = wider;
	}
	return &s->documents[s->count++];
}

/* The row as a document of the index; a column is a piece of the text. */
static void add_row(Search *s, const Csv *csv, Buf *text)
{
	Document *d = new_document(s);
	Str id = csv_field(csv, s->id_column);
	(void)index_add_document(s->index);
	d->id = id.len > 0 ? id : str_printf(s->c->arena, "%lld", (long long)csv->row);
	d->title = csv_field(csv, s->title_column);
	d->facet = csv_field(csv, s->facet_column);
	index_add_text(s->index, FIELD_TITLE, d->title);
	buf_clear(text);
	for (int i = 0; i < (int)csv->columns; i++) {
		Str field = csv_field(csv, i);
		if (i == s->id_column || i == s->title_column || field.len == 0)
			continue;
		index_add_text(s->index, FIELD_TEXT, field);
		buf_z(text, text->len > 0 ? " · " : "");
		buf_str_add(text, field);
	}
	d->text = str_dup(s->c->arena, buf_str(text));
}

/* Looked at before each row, so that no more than a row goes beyond. */
static Err check_memory(const Search *s, const Csv *csv)
{
	if (arena_bytes(s->c->arena) <= s->memory_most)
		return OK;
	return csv_refuse(csv, -1,
			  T(s->c->lang,
			    "So far the file takes more than the %lld MB of memory that a search may take: leave "
			    "out columns that are not searched, part the file, or allow more with --memory."),
			  (long long)(s->memory_most >> 20));
}

static Err read_documents(Search *s, Str path)
{
	Csv csv;
	bool more = true;
	RETURN_IF_ERR(cli_table_open(s->c, path, &csv));
	RETURN_IF_ERR(find_columns(s, &csv));
	s->index = index_new(s->c->arena, FIELDS, weights);
	Buf *text = buf_new(s->c->arena, csv_limits.bytes);
	for (;;) {
		RETURN_IF_ERR(csv_next(&csv, &more));
		if (!more)
			return OK;
		RETURN_IF_ERR(check_memory(s, &csv));
		add_row(s, &csv, text);
	}
}

/* Numbers by their size before texts by their letters. */
static int by_id(Str a, Str b)
{
	int64_t x, y;
	bool x_is = str_to_int(a, &x), y_is = str_to_int(b, &y);
	if (x_is && y_is && x != y)
		return x < y ? -1 : 1;
	if (x_is != y_is)
		return x_is ? -1 : 1;
	return str_cmp(a, b);
}

static int by_score_and_id(const void *x, const void *y, void *of)
{
	const Search *s = of;
	const Hit *a = x, *b = y;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	int order = by_id(s->documents[a->document].id, s->documents[b->document].id);
	return order != 0 ? order : (a->document > b->document) - (a->document < b->document);
}

static int by_value(const void *x, const void *y)
{
	const Facet *a = x, *b = y;
	return str_cmp(a->value, b->value);
}

static int by_count(const void *x, const void *y)
{
	const Facet *a = x, *b = y;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return by_value(x, y);
}

/* How many of the hits have each value; "a;b" in a field is two. */
static Facet *count_facets(const Search *s, size_t *n)
{
	size_t most = 0, found = 0;
	for (size_t i = 0; i < s->hits.n; i++) {
		Str rest = s->documents[s->hits.at[i].document].facet, value;
		while (str_split(&rest, ';', &value))
			most++;
	}
	Facet *all = ARENA_ARRAY(s->c->arena, most, Facet);
	for (size_t i = 0; i < s->hits.n; i++) {
		Str rest = s->documents[s->hits.at[i].document].facet, value;
		while (str_split(&rest, ';', &value))
			all[found++] = (Facet){ str_trim(value), 1 };
	}
	qsort(all, found, sizeof *all, by_value);
	*n = 0;
	for (size_t i = 0; i < found; i++) {
		if (*n > 0 && str_eq(all[*n - 1].value, all[i].value))
			all[*n - 1].count++;
		else
			all[(*n)++] = all[i];
	}
	qsort(all, *n, sizeof *all, by_count);
	return all;
}

static Str snippet_of(const Search *s, const Document *d)
{
	Buf *b = buf_new(s->c->arena, SNIPPET_BYTES_MOST);
	snippet_put(index_analyser(s->index), &s->query, d->text, STR("["), STR("]"), b);
	return b->failed ? STR("") : buf_str(b);
}

static void put_json_hits(const Search *s, JsonWriter *w)
{
	json_key(w, "hits");
	json_open_list(w);
	for (size_t i = 0; i < s->hits.n && i < s->shown_most; i++) {
		const Document *d = &s->documents[s->hits.at[i].document];
		json_open_object(w);
		json_key(w, "id");
		json_put_text(w, d->id);
		json_key(w, "score");
		json_put_real(w, s->hits.at[i].score);
		json_key(w, "title");
		json_put_text(w, d->title);
		json_key(w, "snippet");
		json_put_text(w, snippet_of(s, d));
		json_close(w);
	}
	json_close(w);
}

static void put_json_facets(const Search *s, JsonWriter *w)
{
	size_t n;
	const Facet *facets = count_facets(s, &n);
	json_key(w, "facets");
	json_open_list(w);
	for (size_t i = 0; i < n; i++) {
		json_open_object(w);
		json_key(w, "value");
		json_put_text(w, facets[i].value);
		json_key(w, "count");
		json_put_int(w, facets[i].count);
		json_close(w);
	}
	json_close(w);
}

static void put_json_suggestions(const Search *s, JsonWriter *w)
{
	json_key(w, "suggestions");
	json_open_list(w);
	for (size_t i = 0; i < s->query.n; i++) {
		if (str_is_none(s->written[i]))
			continue;
		json_open_object(w);
		json_key(w, "word");
		json_put_text(w, s->written[i]);
		json_key(w, "meant");
		json_put_text(w, s->query.words[i].word->folded);
		json_close(w);
	}
	json_close(w);
}

static void put_json(const Search *s)
{
	JsonWriter w = json_writer(s->out);
	json_open_object(&w);
	json_key(&w, "total");
	json_put_int(&w, (int64_t)s->hits.n);
	put_json_hits(s, &w);
	if (s->facet_column >= 0)
		put_json_facets(s, &w);
	put_json_suggestions(s, &w);
	json_close(&w);
}

static void put_lines(const Search *s)
{
	Ctx *c = s->c;
	buf_printf(s->out, TN(c->lang, "%lld hit\n", "%lld hits\n", (int64_t)s->hits.n), (long long)s->hits.n);
	for (size_t i = 0; i < s->hits.n && i < s->shown_most; i++) {
		const Document *d = &s->documents[s->hits.at[i].document];
		Str snippet = snippet_of(s, d), score = text_real(c->arena, c->lang, s->hits.at[i].score, 2);
		buf_printf(s->out, "\n%.*s  %.*s  (%.*s)\n    %.*s\n", STR_ARG(d->id), STR_ARG(d->title),
			   STR_ARG(score), STR_ARG(snippet));
	}
	for (size_t i = 0; i < s->query.n; i++)
		if (!str_is_none(s->written[i])) {
			Str meant = s->query.words[i].word->folded;
			buf_printf(s->out, T(c->lang, "\n“%.*s” is not found; “%.*s” was looked for.\n"),
				   STR_ARG(s->written[i]), STR_ARG(meant));
		}
	if (s->facet_column < 0)
		return;
	const char *const headings[] = { N_("Value"), N_("Hits"), NULL };
	PrintTable table = print_table(c, headings);
	size_t n;
	const Facet *facets = count_facets(s, &n);
	for (size_t i = 0; i < n; i++) {
		print_table_text(&table, facets[i].value);
		print_table_int(&table, facets[i].count);
	}
	print_table_put(&table, s->out);
}

static Err search(Search *s, Str path)
{
	RETURN_IF_ERR(read_documents(s, path));
	query_parse(index_analyser(s->index), s->asked, &s->query);
	if (s->query.n == 0)
		fprintf(stderr, "rampe: %s\n", T(s->c->lang, "There is no word in what is looked for."));
	PostingSource source = index_source(s->index);
	RETURN_IF_ERR(suggest_for_query(s->c, &source, index_analyser(s->index), &s->query, s->written));
	s->hits.arena = s->c->arena;
	RETURN_IF_ERR(score_query(s->c, &source, &s->query, STR_NONE, (HitSink){ hits_take, &s->hits }));
	if (s->hits.n > 0)
		qsort_r(s->hits.at, s->hits.n, sizeof *s->hits.at, by_score_and_id, s);
	s->out = buf_new(s->c->arena, CLI_PRINT_MOST);
	if (s->json)
		put_json(s);
	else
		put_lines(s);
	return cli_print(s->c, s->out, s->json);
}

/* From 1 to `most`; `out` stays where the option is not given. */
static bool number_option(Cli *cli, const char *name, int64_t most, int64_t *out)
{
	Str given = cli_option(cli, name);
	return str_is_none(given) || (str_to_int(given, out) && *out >= 1 && *out <= most);
}

static CliStatus run_search(Cli *cli)
{
	Search s = { .c = cli->c, .json = cli->json, .facet = cli_option(cli, "--facet") };
	int64_t shown = SHOWN_DEFAULT, memory = MEMORY_DEFAULT;
	bool numbers = number_option(cli, "--most", SHOWN_MOST, &shown) &&
		       number_option(cli, "--memory", MEMORY_MOST, &memory);
	Str path = cli_argument(cli);
	s.asked = cli_argument(cli);
	if (str_is_none(path) || str_is_none(s.asked) || !numbers || !cli_all_taken(cli))
		return cli_usage(cli, &search_command);
	s.shown_most = (size_t)shown;
	s.memory_most = (size_t)memory << 20;
	return cli_status_in(cli, path, search(&s, path));
}

static void explain(const Cli *cli, FILE *to)
{
	Lang lang = cli->c->lang;
	fprintf(to, "\n%s\n\n%s\n\n%s\n\n%s\n",
		T(lang,
		  "FILE.csv has a heading and is separated by semicolons or commas; - reads standard input. Every\n"
		  "column is searched; what stands in title (or titel) weighs most. id, no or nr is the row's name;\n"
		  "without it the row's number is."),
		T(lang,
		  "QUERY is words in any order, in all their forms and inside compounds. “Words in quotation marks”\n"
		  "stand side by side; a word* may go on. A row need not have all of them: the best come first."),
		T(lang, "--facet COLUMN  also counts the hits by what stands in the column; a;b is two\n"
			"--most N        shows at most N hits, 10 unless told; all are counted\n"
			"--memory MB     takes at most so much memory, 1536 unless told; a larger file is refused\n"
			"--json          one document: total, hits, facets, suggestions"),
		T(lang, "Examples:\n"
			"  rampe search projects.csv 'job for deaf people' --facet municipality\n"
			"  cat projects.csv | rampe search - 'mentor*' --most 50 --json"));
}

const Command search_command = { "search",
				 N_("search FILE.csv|- QUERY [--facet COLUMN] [--most N] [--memory MB] [--json]"),
				 N_("find rows of a file by Danish words"), run_search, .explain = explain };
