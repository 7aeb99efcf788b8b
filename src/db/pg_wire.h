/* pg_wire: PostgreSQL's binary form of values, both ways.
 *
 * Numbers are big-endian; dates are days and moments microseconds from
 * 2000-01-01; numeric is digits to the base 10,000 (src/backend/utils/adt of
 * PostgreSQL: int8recv, float8recv, date_recv, timestamptz_recv, numeric_recv).
 * Pure.
 */
#ifndef DB_PG_WIRE_H
#define DB_PG_WIRE_H

#include "db/statement.h"

/* One parameter as libpq takes it; `bytes` is room for numbers. */
typedef struct {
	unsigned char bytes[8];
	const char *at; /* NULL: no value */
	int len;
} PgParam;

void pg_encode(const DbField *f, const DbValue *v, PgParam *out);

/* Whether a column of the engine's type can be read as the field's. */
bool pg_reads(DbType type, unsigned oid);
/* False: the bytes are not a value of that type, or it does not fit. */
bool pg_decode(DbType type, unsigned oid, Str bytes, DbValue *out);

#endif
