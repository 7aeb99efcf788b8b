/* claims_inside: what the files of claims share while one is read. Not for others. */
#ifndef MEASURE_CLAIMS_INSIDE_H
#define MEASURE_CLAIMS_INSIDE_H

#include "format/csv.h"
#include "format/heading.h"
#include "measure/claims.h"

/* A published number as printed: 41 or 40.8 or 40,8 → units of its last digit. */
typedef struct {
	int64_t scaled;
	int decimals;
} ClaimDecimal;

/* A row's part in something that several rows say. */
typedef struct {
	Str key;  /* of the group or quantity: its name, folded */
	Str name; /* as it stands */
	Str id;
	ClaimDecimal said;
	size_t at; /* which of them it is in the file */
} ClaimMember;

typedef struct {
	ClaimMember *at;
	size_t n, room;
} ClaimMembers;

typedef struct {
	Ctx *c;
	Csv csv;
	ClaimList *out;
	size_t room;
	int id, part, parts, whole, percent, total, mean, n, items, group, quantity, value;
	ClaimMembers groups, quantities;
} ClaimReader;

/* A claim behind those that are there, with its id. */
Claim *claim_next(ClaimReader *r, Str id);
/* The row's id, in the arena. */
Str claim_id(const ClaimReader *r);

/* A whole number from 0 to SHARE_COUNT_MOST. INVALID otherwise. */
Err claim_count(const ClaimReader *r, int column, Str text, int64_t *out) MUST_USE;
/* Refuses what is larger than any count. */
Err claim_refuse_size(const ClaimReader *r, int column, Str text);
/* A number of at least 0 as printed, a percent sign behind it or none. INVALID: none, or more digits than counts have,
 * or more decimals than SHARE_DECIMALS_MOST. */
Err claim_decimal(const ClaimReader *r, int column, ClaimDecimal *out) MUST_USE;
Str claim_decimal_text(Ctx *c, ClaimDecimal d);
Str claim_percent_text(Ctx *c, int64_t scaled, int decimals);

/* The row's mean (claims_mean.c). */
Err claim_read_mean(ClaimReader *r) MUST_USE;
/* The row's part in a group or a quantity, and what becomes of them at the end (claims_joint.c). */
Err claim_read_group(ClaimReader *r) MUST_USE;
Err claim_read_quantity(ClaimReader *r) MUST_USE;
void claims_judge_groups(ClaimReader *r);
void claims_judge_quantities(ClaimReader *r);

#endif
