/* facts_table: one CSV file of facts, row by row; shared by facts*.c only. */
#ifndef DEMO_FACTS_TABLE_H
#define DEMO_FACTS_TABLE_H

#include "demo/facts.h"
#include "format/csv.h"

enum { FACT_COLUMNS_MOST = 24, FACT_NUMBER_MOST = 10000000 };

typedef struct FactLoader {
	Ctx *c;
	const char *folder;
	Facts *f;
	size_t rows;       /* at most so many in the file that is being read */
	const int *column; /* where the wanted columns stand, in their order */
	uint64_t keys_seen;
	struct FactOptionRow *options;
	int option_count;
} FactLoader;

typedef Err (*FactRow)(FactLoader *l, const Csv *csv);

/* Calls `row` for every row of `file`. `columns` are names with spaces between,
 * all required. Problems get the file's name in front. */
Err facts_each_row(FactLoader *l, const char *file, const char *columns, FactRow row) MUST_USE;

/* The field of the i-th wanted column. */
Str facts_field(const FactLoader *l, const Csv *csv, int i);
/* The same as a whole number from 0 to FACT_NUMBER_MOST. */
Err facts_int(const FactLoader *l, const Csv *csv, int i, int *out) MUST_USE;
/* An empty field gives `none`. */
Err facts_int_or(const FactLoader *l, const Csv *csv, int i, int none, int *out) MUST_USE;

/* options, questions, surveys, prepost, profile, in this order. */
Err facts_read_questions(FactLoader *l) MUST_USE;
/* activities, goals, theory and the lists beside the folder. */
Err facts_read_lists(FactLoader *l) MUST_USE;

#endif
