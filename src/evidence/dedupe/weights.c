#include "evidence/dedupe/weights.h"

#include <math.h>

enum { LEVEL_BITS = 3 };

const Compared weights_fields[WEIGHTS_FIELDS] = { COMPARE_TITLE, COMPARE_AUTHORS,      COMPARE_YEAR,   COMPARE_ABSTRACT,
						  COMPARE_OWNER, COMPARE_MUNICIPALITY, COMPARE_FUNDER, COMPARE_PERIOD };
const DedupeField dedupe_weighed[DEDUPE_WEIGHED] = { DEDUPE_TITLE, DEDUPE_AUTHOR,       DEDUPE_YEAR,   DEDUPE_ABSTRACT,
						     DEDUPE_OWNER, DEDUPE_MUNICIPALITY, DEDUPE_FUNDER, DEDUPE_PERIOD };

uint32_t weights_pattern(const Comparison *c)
{
	uint32_t pattern = 0;
	for (int f = 0; f < WEIGHTS_FIELDS; f++)
		pattern |= (uint32_t)c->at[weights_fields[f]] << (LEVEL_BITS * f);
	return pattern;
}

Alike weights_level(uint32_t pattern, int f)
{
	return (Alike)(pattern >> (LEVEL_BITS * f) & ((1u << LEVEL_BITS) - 1));
}

Weights weights_start(void)
{
	/*                          unknown differs resembles partly nearly same */
	return (Weights){ .share = 0.05,
			  .m = { { 0, 0.02, 0.10, 0.13, 0.20, 0.55 },
				 { 0, 0.10, 0.00, 0.10, 0.10, 0.70 },
				 { 0, 0.05, 0.00, 0.05, 0.15, 0.75 },
				 { 0, 0.15, 0.00, 0.35, 0.00, 0.50 },
				 { 0, 0.15, 0.00, 0.20, 0.20, 0.45 },
				 { 0, 0.02, 0.00, 0.08, 0.00, 0.90 },
				 { 0, 0.20, 0.00, 0.15, 0.15, 0.50 },
				 { 0, 0.10, 0.00, 0.30, 0.00, 0.60 } },
			  .u = { { 0, 0.950, 0.035, 0.008, 0.004, 0.003 },
				 { 0, 0.970, 0.000, 0.010, 0.010, 0.010 },
				 { 0, 0.600, 0.000, 0.140, 0.160, 0.100 },
				 { 0, 0.950, 0.000, 0.030, 0.000, 0.020 },
				 { 0, 0.850, 0.000, 0.060, 0.050, 0.040 },
				 { 0, 0.900, 0.000, 0.030, 0.000, 0.070 },
				 { 0, 0.600, 0.000, 0.100, 0.100, 0.200 },
				 { 0, 0.500, 0.000, 0.400, 0.000, 0.100 } } };
}

double weights_field(const Weights *w, uint32_t pattern, int f)
{
	Alike level = weights_level(pattern, f);
	return level == ALIKE_UNKNOWN ? 0 : log2(w->m[f][level] / w->u[f][level]);
}

double weights_probability(const Weights *w, uint32_t pattern)
{
	double same = w->share, other = 1 - w->share;
	for (int f = 0; f < WEIGHTS_FIELDS; f++) {
		Alike level = weights_level(pattern, f);
		if (level == ALIKE_UNKNOWN)
			continue;
		same *= w->m[f][level];
		other *= w->u[f][level];
	}
	return same + other > 0 ? same / (same + other) : 0;
}

/* Shares of the levels of one field; as before where no pair has it. */
static void shares(double *out, const double *sums, const double *start, double held, const double *now)
{
	double all = held;
	for (int l = ALIKE_DIFFERS; l < ALIKE_LEVELS; l++)
		all += sums[l];
	for (int l = ALIKE_DIFFERS; l < ALIKE_LEVELS; l++)
		out[l] = all > 0 ? (sums[l] + held * start[l]) / all : now[l];
}

Weights weights_round(const Weights *now, const Weights *start, double held_m, double held_u,
		      const WeightsCount *counts, size_t n)
{
	double m[WEIGHTS_FIELDS][ALIKE_LEVELS] = { { 0 } }, u[WEIGHTS_FIELDS][ALIKE_LEVELS] = { { 0 } };
	double same = 0, all = 0;
	Weights next = *now;
	for (size_t i = 0; i < n; i++) {
		double ones = counts[i].pairs * weights_probability(now, counts[i].pattern);
		same += ones;
		all += counts[i].pairs;
		for (int f = 0; f < WEIGHTS_FIELDS; f++) {
			m[f][weights_level(counts[i].pattern, f)] += ones;
			u[f][weights_level(counts[i].pattern, f)] += counts[i].pairs - ones;
		}
	}
	if (all <= 0)
		return next;
	next.share = (same + held_m * start->share) / (all + held_m);
	for (int f = 0; f < WEIGHTS_FIELDS; f++) {
		shares(next.m[f], m[f], start->m[f], held_m, now->m[f]);
		shares(next.u[f], u[f], start->u[f], held_u, now->u[f]);
	}
	return next;
}

Weights weights_estimate(const WeightsCount *counts, size_t n)
{
	enum { ROUNDS_MOST = 500 };
	/* Two titles that are not one project's are hardly ever the same: that is known before any file is seen, and a
	 * small one must not unlearn it. */
	static const double held_m = 50, held_u = 1000, still = 1e-9;
	Weights start = weights_start(), now = start;
	for (int i = 0; i < ROUNDS_MOST; i++) {
		Weights next = weights_round(&now, &start, held_m, held_u, counts, n);
		bool rests = fabs(next.share - now.share) < still;
		now = next;
		if (rests)
			break;
	}
	return now;
}
