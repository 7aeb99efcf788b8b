/* claims: published figures, computed again.
 *
 * A file of claims says "61 of 125 is 60 %" or "51 + 15 + 10 makes 125", one
 * per row. What it says is checked by arithmetic alone; columns that hold
 * somebody's verdict are not read. Pure; results in c->arena.
 *
 * Columns: id, and one or more of
 *   part, whole, percent   a share (parts: the part as a sum of counts, "3+10+4")
 *   parts, total           a sum
 *   mean, n, items         a mean of n whole numbers, or of n people's scales of
 *                          so many items: can it be? (GRIM; claims_mean.c)
 *   group, percent         the percentages of a group's rows make 100, but for
 *                          rounding: a claim for each group, named by it
 *   quantity, value        rows that name the same quantity say the same, or one
 *                          the other rounded: a claim for each quantity
 * What a row does not say stands empty; further columns are passed over. Columns
 * go by their Danish names too (format/heading.h). A file with a heading only is refused.
 */
#ifndef MEASURE_CLAIMS_H
#define MEASURE_CLAIMS_H

#include "base/buf.h"
#include "base/ctx.h"
#include "base/enum.h"
#include "convert/convert.h"

typedef enum {
	CLAIM_OK,
	CLAIM_WRONG,
	/* The percentage is the sum of its parts' rounded percentages, and not
	 * the rounded share. */
	CLAIM_ROUNDED_SUM,
} ClaimVerdict;
extern const EnumTable claim_verdict_table; /* ok, wrong, rounded-sum */

typedef struct {
	Str id;
	ClaimVerdict verdict;
	double computed; /* per cent (unrounded), the sum of the parts or percentages, the nearest mean that can be, the
			    quantity as it is said most closely */
	bool is_percent; /* of a share */
	Str reason;      /* in c->lang */
} Claim;

typedef struct {
	Claim *at;
	size_t n;
} ClaimList;

enum { CLAIM_PARTS_MOST = 100, CLAIM_WRONG_ROWS_MOST = 20 };

/* Percentages count as right when they are the share rounded half up to the
 * digits they are printed with. INVALID, with row and column: a column is
 * missing, a number is none, the whole is 0, a row says nothing; every such row is told, up to
 * CLAIM_WRONG_ROWS_MOST. A part larger than its whole is a wrong claim. */
MUST_USE Err claims_check(Ctx *c, Str csv, ClaimList *out);

/* {"claims": [{"id", "verdict", "computed", "reason"}]} */
void claims_json(Buf *out, const ClaimList *claims);

/* For convert_read: "1" when every claim is right, else "0"; then claims_json
 * and a line end, or a line of text for each claim. */
extern const ConvertReader claims_json_reader, claims_text_reader;

#endif
