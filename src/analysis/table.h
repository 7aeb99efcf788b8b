/* table: rows of a file counted by one to three keys, with margins.
 *
 * A key is a column, by its name, or a part of the day in one: year(day),
 * quarter(day), month(day), or år(dag), kvartal(dag), måned(dag). Rows are counted for every combination that there
 * is; with a column to sum, its numbers are added up too (an empty field adds
 * nothing). A row whose key is empty is counted under the empty value. Values
 * are sorted: numbers by size, then words as Danes do, the empty one last. One
 * reading fills several tables. What is made lives in c->arena.
 */
#ifndef ANALYSIS_TABLE_H
#define ANALYSIS_TABLE_H

#include "format/csv.h"

enum {
	TABLES_MOST = 8,
	TABLE_KEYS_MOST = 3,
	TABLE_VALUES_MOST = 100000, /* of one column */
	TABLE_CELLS_MOST = 200000,  /* of one table, without margins */
};
#define TABLE_TOTAL UINT32_MAX

typedef struct {
	uint32_t at[TABLE_KEYS_MOST]; /* the value's place among the key's sorted ones; TABLE_TOTAL */
	int64_t n;
	double sum;
} TableCell;

typedef struct {
	Str name; /* "kind", "month(day)" */
	Str *values;
	size_t n;
} TableKey;

typedef struct {
	size_t key_count;
	const TableKey *keys[TABLE_KEYS_MOST];
	TableCell *cells; /* sorted by the first key, then the second…, totals behind; those that have no row are not
			     there */
	size_t n;
} Table;

typedef struct {
	Str summed;   /* the column's name; none: rows are only counted */
	bool misused; /* what was refused is what to count by, not the file */
	int64_t rows;
	Table tables[TABLES_MOST];
	size_t n;
} TableSet;

/* `by` has `n` texts such as "kind,month(day)", 1 to TABLES_MOST. INVALID: a column that there is not, too many keys,
 * values or cells, a field that is no day or no number. */
Err tables_read(Csv *csv, const Str *by, size_t n, Str sum, TableSet *out) MUST_USE;

/* As a table to read: the last key's values beside each other where there are two or more keys, and a column for
 * each fits. */
void table_put_text(Ctx *c, const TableSet *set, const Table *t, Buf *out);

#endif
