/* erasure_codes: what an erasure leaves, and what becomes of a programme's people in the end. Static data. */
#ifndef FEATURE_ERASURE_CODES_H
#define FEATURE_ERASURE_CODES_H

#include "base/enum.h"

typedef enum {
	KEEPS_NUMBERS, /* rows without a name that the programme's numbers are computed from */
	KEEPS_NOTHING, /* none, and the numbers become smaller */
} ErasureKeeps;
extern const EnumTable erasure_keeps_table;

typedef enum { RETENTION_ERASE, RETENTION_ARCHIVE } RetentionWhat;
extern const EnumTable retention_what_table;

typedef enum {
	FROM_PROGRAMME, /* the programme's last day */
	FROM_CITIZEN,   /* the last day that anything is registered about the citizen */
} RetentionFrom;
extern const EnumTable retention_from_table;

#endif
