/* types: what every.sql takes from elsewhere. */
#ifndef GOLDEN_TYPES_H
#define GOLDEN_TYPES_H

#include "base/enum.h"
#include "db/db.h"

typedef enum { THING_ROUND, THING_SQUARE } ThingKind;
extern const EnumTable thing_kind_table;

typedef struct {
	int64_t n;
} Bare;

#endif
