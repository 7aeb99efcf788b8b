/* GRIM: can whole numbers have this mean? (Brown and Heathers 2017, Social Psychological and Personality Science
 * 8:363–369.)
 *
 * The mean of n answers in whole numbers is T / n for a whole T; of a scale of
 * several items, T / (n · items). A mean printed with d decimals is possible
 * when some T / N lies within half a unit of its last digit, both ends
 * included, since programs differ in how they round a half. With N >= 10^d every
 * mean is possible, and the test says nothing. */
#include "measure/claims_inside.h"

#include <math.h>

enum { SCALED_MOST = 1000000000, ANSWERS_MOST = 1000000, ITEMS_MOST = 1000 };

static Err read_between(const ClaimReader *r, int column, int64_t most, int64_t *out)
{
	RETURN_IF_ERR(claim_count(r, column, csv_field(&r->csv, column), out));
	return csv_int_between(&r->csv, column, 1, most, out);
}

/* `mean` of `answers` whole numbers. No product here exceeds 10^18. */
static void judge(Ctx *c, ClaimDecimal mean, int64_t answers, Claim *out)
{
	int64_t unit = (int64_t)pow(10, mean.decimals);
	int64_t below = mean.scaled * answers / unit; /* the sum, rounded down */
	int64_t short_of = mean.scaled * answers - below * unit;
	bool up = 2 * short_of > unit;
	int64_t sum = below + up, off = up ? unit - short_of : short_of;
	Str n = text_int(c->arena, c->lang, answers), said = claim_decimal_text(c, mean);
	Str total = text_int(c->arena, c->lang, sum);
	out->computed = (double)sum / (double)answers;
	out->verdict = 2 * off <= answers ? CLAIM_OK : CLAIM_WRONG;
	if (out->verdict == CLAIM_OK) {
		out->reason =
			str_printf(c->arena, T(c->lang, "%.*s whole numbers with the sum %.*s have the mean %.*s."),
				   STR_ARG(n), STR_ARG(total), STR_ARG(said));
		return;
	}
	Str low = text_real(c->arena, c->lang, (double)below / (double)answers, mean.decimals + 2);
	Str high = text_real(c->arena, c->lang, (double)(below + 1) / (double)answers, mean.decimals + 2);
	out->reason = str_printf(c->arena,
				 T(c->lang, "No %.*s whole numbers have the mean %.*s; the nearest are %.*s and %.*s."),
				 STR_ARG(n), STR_ARG(said), STR_ARG(low), STR_ARG(high));
}

Err claim_read_mean(ClaimReader *r)
{
	ClaimDecimal mean;
	int64_t n, items = 1;
	RETURN_IF_ERR(claim_decimal(r, r->mean, &mean));
	if (mean.scaled > SCALED_MOST)
		return csv_refuse(&r->csv, r->mean, T(r->c->lang, "At most %d digits."), 9);
	RETURN_IF_ERR(read_between(r, r->n, ANSWERS_MOST, &n));
	if (!str_is_empty(csv_field(&r->csv, r->items)))
		RETURN_IF_ERR(read_between(r, r->items, ITEMS_MOST, &items));
	judge(r->c, mean, n * items, claim_next(r, claim_id(r)));
	return OK;
}
