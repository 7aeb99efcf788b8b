/* Every row of an accepted file of claims has a verdict with a reason and a possible number; a refused one says why. */
#include "fuzz.h"

#include "base/utf8.h"
#include "measure/claims.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	ClaimList claims;
	Err e = claims_check(c, (Str){ (const char *)data, size }, &claims);
	HOLDS(e == OK || e == ERR_INVALID);
	HOLDS((e == OK) == (c->problem_count == 0));
	for (size_t i = 0; e == OK && i < claims.n; i++) {
		const Claim *k = &claims.at[i];
		HOLDS(k->id.len > 0 && k->reason.len > 0 && utf8_valid(k->reason, NULL));
		HOLDS(isfinite(k->computed) && k->computed >= 0 &&
		      (!k->is_percent || k->computed <= 100 || k->verdict == CLAIM_WRONG));
		HOLDS(k->verdict != CLAIM_ROUNDED_SUM || k->is_percent);
	}
	return 0;
}
