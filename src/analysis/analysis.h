/* analysis: what `rampe stats NAME FILE.csv` makes of a file.
 *
 * Each analysis reads the columns it wants of a file that is open already, has
 * stats/ compute, and tells the result as one JSON document or as lines to read.
 * stats_cli.c holds the list of them; everything about options and files is done
 * there, so that an analysis is one function and what it needs. An Analysis
 * belongs to one thread; what it makes lives in c->arena.
 */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H

#include "analysis/labels.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "format/csv.h"
#include "format/heading.h"
#include "format/json.h"
#include "stats/share.h"

enum { ANALYSIS_OPTIONS_MOST = 6 };

typedef struct AnalysisKind AnalysisKind;

typedef struct {
	Ctx *c;
	const AnalysisKind *kind;
	Str options[ANALYSIS_OPTIONS_MOST]; /* what was given for kind->options; none: not given */
	Csv csv;                            /* at its first row */
	bool json;
	JsonWriter w; /* into `out`, where json */
	Buf *out;
	bool misused; /* what was refused is an option, not the file */
} Analysis;

struct AnalysisKind {
	const char *name; /* "share" */
	const char *help; /* what it is for, columns, options, an example; English, N_() */
	const char *options[ANALYSIS_OPTIONS_MOST + 1]; /* "--method", each with a value; ends with NULL */
	/* INVALID, with column and row: what the file or an option lacks. */
	Err (*run)(Analysis *a);
};

extern const AnalysisKind analysis_share, analysis_paired, analysis_compare, analysis_alpha, analysis_kappa,
	analysis_survival, analysis_suppress;

/* The option's value; none when it was not given. It stands in kind->options. */
Str analysis_option(const Analysis *a, const char *name);
/* Notes why the option is refused: a wrong use, not a wrong file. */
Err analysis_misuse(Analysis *a, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* One of the words, "exact|wilson", as its place among them; `otherwise` when the option was not given. INVALID:
 * another word; as with every option, a misuse. */
Err analysis_choice(Analysis *a, const char *name, const char *const *words, int otherwise, int *out) MUST_USE;
/* A number with a decimal point or comma. INVALID: it is none. NaN when it was not given. */
Err analysis_number(Analysis *a, const char *name, double *out) MUST_USE;

/* A number with a decimal point, or a comma where there is no point, and perhaps a power of ten ("1.5e-05"), up to 1e15
 * in size; false and *out unchanged: it is none. */
bool analysis_parse(Str text, double *out);
/* INVALID: a number such as 1.234 in a file that is separated by semicolons, as spreadsheets save where decimals stand
 * behind a comma: is the point one between thousands? */
Err analysis_check_point(const Csv *csv, int column) MUST_USE;
/* The row's number, with a decimal point or comma; NaN where the field is empty. INVALID: as analysis_check_point;
 * something else; larger than 1e15 in size. */
Err analysis_read(const Csv *csv, int column, double *out) MUST_USE;
/* The same; INVALID where it is empty. */
Err analysis_read_required(const Csv *csv, int column, double *out) MUST_USE;

/* What all files have in common, for the help; English, to be translated. */
extern const char *const analysis_files_help;

/* Numbers that grow; zeroed at first. */
typedef struct {
	double *at;
	size_t n, room;
} Reals;
void reals_add(Arena *a, Reals *list, double x);

/* The option's numbers, separated by commas, or by semicolons: then a comma may be a decimal one. None when it was not
 * given. INVALID: one is none, or there are more than 100. */
Err analysis_numbers(Analysis *a, const char *name, Reals *out) MUST_USE;

/* The place of the row's word in the list, to which it is added when it is new. INVALID: it is empty, or would be one
 * more than `most` <= LABELS_MOST. */
Err analysis_label(const Csv *csv, int column, Labels *list, size_t most, size_t *out) MUST_USE;

/* ---- lines to read ---- */

/* A table in letters of one width: text to the left, numbers to the right. */
typedef struct {
	Ctx *c;
	size_t columns, cells, room;
	Str *at;     /* of the heading, then row by row */
	bool *right; /* of each column: numbers stand in it */
} PrintTable;

/* Headings, translated here; ends with NULL. */
PrintTable print_table(Ctx *c, const char *const *headings);
/* Headings as they are: a file's own. */
PrintTable print_table_of(Ctx *c, const Str *headings, size_t columns);
/* Without headings, unless the first cells are some. */
PrintTable print_table_bare(Ctx *c, size_t columns);
/* The next cell; after `columns` of them the row is full. */
void print_table_text(PrintTable *t, Str cell);
/* A number that is written out already. */
void print_table_number(PrintTable *t, Str cell);
void print_table_int(PrintTable *t, int64_t n);
/* `decimals` after the comma; NaN: a dash. */
void print_table_real(PrintTable *t, double x, int decimals);
/* A share in [0, 1] as a percentage with one decimal; NaN: a dash. */
void print_table_percent(PrintTable *t, double share);
/* With a blank line before it where something stands in `out` already. */
void print_table_put(const PrintTable *t, Buf *out);
/* "0,012", "under 0,001" */
Str p_text(Ctx *c, double p);
/* The same as people count, "1 of 120 cases", "62 of 100 cases". */
Str chance_text(Ctx *c, double p);
/* The sentence that sums up, below a blank line. */
void print_sentence(Analysis *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* What a test of chance says, behind what was found: how often chance alone would bring a difference so large, and what
 * that does not show. NaN: nothing. */
void print_chance(Analysis *a, double p);

/* The ends as members "lo" and "hi" of a JSON object; null where they are NaN. */
void json_put_interval(JsonWriter *w, Interval i);

#endif
