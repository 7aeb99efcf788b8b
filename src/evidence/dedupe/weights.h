/* weights: how likely two records are one, where no rule decides.
 *
 * Fellegi and Sunter's model with levels: among pairs that are one (share s of
 * all compared) field f agrees at level l with probability m[f][l], among others
 * with u[f][l], the fields independently of each other. A level's weight is
 * log2(m/u); the probability of a pair is
 *
 *     s · Π m / (s · Π m + (1 − s) · Π u)
 *
 * over the fields that both records have: what is unknown says nothing. s, m and u
 * are estimated from the compared pairs themselves, without labels, by
 * expectation and maximisation, held by a start from experience that counts as
 * so many pairs, so that a small file does not learn nonsense.
 *
 * Fellegi, I. P. and Sunter, A. B. (1969), Journal of the American Statistical
 * Association 64, 1183–1210. Winkler, W. E. (1988), Proceedings of the Section on
 * Survey Research Methods, ASA, 667–671. Pure.
 */
#ifndef EVIDENCE_DEDUPE_WEIGHTS_H
#define EVIDENCE_DEDUPE_WEIGHTS_H

#include "evidence/dedupe/compare.h"

enum { WEIGHTS_FIELDS = DEDUPE_WEIGHED };

/* The fields that are weighed, in the order of dedupe_weighed. */
extern const Compared weights_fields[WEIGHTS_FIELDS];

/* A comparison of these fields as a number; equal comparisons, equal numbers. */
uint32_t weights_pattern(const Comparison *c);
Alike weights_level(uint32_t pattern, int f);

typedef struct {
	uint32_t pattern;
	double pairs; /* how many compared pairs look so */
} WeightsCount;

typedef struct {
	double share;
	double m[WEIGHTS_FIELDS][ALIKE_LEVELS], u[WEIGHTS_FIELDS][ALIKE_LEVELS];
} Weights;

/* The start from experience; the unknown level has no probability. */
Weights weights_start(void);

/* One round: every pair belongs to the ones by its probability, then s, m and u are the shares so weighted. The
 * start counts as `held_m` pairs that are one and `held_u` that are not; with 0, a level nobody reaches gets
 * probability 0, and a field that no pair has stays as it was. No counts: unchanged. */
Weights weights_round(const Weights *now, const Weights *start, double held_m, double held_u,
		      const WeightsCount *counts, size_t n);

/* Rounds until s moves by less than 1e-9, at most 500. */
Weights weights_estimate(const WeightsCount *counts, size_t n);

/* Weight of field `f` in bits; 0 where it is unknown. */
double weights_field(const Weights *w, uint32_t pattern, int f);
/* Probability in [0, 1]. */
double weights_probability(const Weights *w, uint32_t pattern);

#endif
