/* fates: what stands in the columns of a database, read past every rule. */
#ifndef TEST_FATES_H
#define TEST_FATES_H

#include "register.h"

typedef struct {
	Str table, column;
} SchemaColumn;

typedef struct {
	SchemaColumn *at;
	size_t n;
} SchemaColumns;

/* Every column of every table but the schema's version. */
SchemaColumns schema_columns(TestRegister *r);
/* In how many rows of `table` where `who` = person the column holds something. */
int64_t rows_filled(TestRegister *r, const char *table, const char *column, const char *who, Uuid person);
/* What the column holds in those rows, as text, in an order of its own. */
Str rows_text(TestRegister *r, const char *table, const char *column, const char *who, Uuid person);
/* The bytes of the one row's column. */
Str rows_bytes(TestRegister *r, const char *table, const char *column, const char *who, Uuid person);
/* Whether the bytes stand in any file that the engine keeps the register in, its logs included. */
bool rows_in_files(TestRegister *r, Str bytes);
/* The same of the key store. */
bool rows_in_key_store(TestRegister *r, Str bytes);

#endif
