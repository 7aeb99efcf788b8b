/* survival: how long until something happens, when not all have been followed
 * equally long (Kaplan–Meier), and which of several things happens (Aalen–Johansen).
 *
 * Times are in the caller's unit. A negative time is impossible: it is left out
 * of everything. What is censored at the time of an event counts as at risk
 * there. Equal times are equal numbers; nothing is rounded. Every function takes
 * observations in any order, and is quick when they are sorted already
 * (survival_sorted). Results live in the arena. Pure.
 */
#ifndef STATS_SURVIVAL_H
#define STATS_SURVIVAL_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* One person (or job): seen for `time`, and what it ended with. */
typedef struct {
	double time; /* no NaN */
	int cause;   /* 0: only the watching ended (censored); 1, 2, …: the event of that kind */
	int group;   /* 0, 1, …; only logrank.h looks at it */
} Observation;

/* What happened at one time. */
typedef struct {
	double time;
	int64_t at_risk; /* seen at least so long */
	int64_t events;  /* of any cause */
	int64_t censored;
	double survival;  /* share without an event after this time */
	double se;        /* Greenwood's standard error of it; NaN when survival is 0 */
	double low, high; /* 95 % interval; [1, 1] before the first event, NaN when survival is 0 */
} SurvivalStep;

typedef struct {
	SurvivalStep *steps; /* every distinct time, ascending */
	size_t count;
	int64_t total, events;
	int64_t impossible; /* left out */
	/* First time at which survival is 1/2 or less; NaN when it never is. (R takes the middle of a stretch at
	 * exactly 1/2.) */
	double median;
	/* Where the interval's ends reach 1/2 (Brookmeyer and Crowley 1982, Biometrics 38:29–41); NaN: never. */
	double median_low, median_high;
} Survival;

/* The `*n` observations by time, those of one time in their order; the same memory when they stand so already. The
 * impossible ones are left out: `*n` becomes the number of the others. */
const Observation *survival_sorted(Arena *a, const Observation *spells, size_t *n);

/* Kaplan and Meier (1958, J. Am. Stat. Assoc. 53:457–481): S(t) is the product of (m - d)/m over the times up to t,
 * with d events of any cause among m at risk; its variance is S² times the sum of d / (m (m - d)) (Greenwood 1926). The
 * interval is the 95 % log(-log) one (Kalbfleisch and Prentice 1980), which stays inside [0, 1]. `n` may be 0: no
 * steps, no median. */
Survival survival_estimate(Arena *a, const Observation *spells, size_t n);

/* As a step at any time: survival is that of the last step up to then, events and censored are all that happened up to
 * then, and at_risk are those seen at least so long. NaN beyond the last step, unless survival has come to 0: nobody
 * was seen so long. */
SurvivalStep survival_at(const Survival *s, double time);

/* One time at which the cause struck. */
typedef struct {
	double time;
	int64_t at_risk;
	int64_t events;   /* of this cause */
	double incidence; /* share to whom it has happened up to this time, as the first of all events */
	double se;
	double low, high; /* 95 % interval; with se NaN when incidence is 1 */
} IncidenceStep;

typedef struct {
	IncidenceStep *steps; /* every time with an event of the cause, ascending; between them nothing changes */
	size_t count;
	int64_t events;
} Incidence;

/* Cumulative incidence of `cause` > 0 where the other causes compete with it (Aalen and Johansen 1978, Scand. J. Stat.
 * 5:141–150): F(t) is the sum of S(t-) d/m over its times, so that survival and the incidences of all causes add up
 * to 1. The variance is that of Greenwood's kind (Andersen, Borgan, Gill and Keiding 1993, Statistical Models Based on
 * Counting Processes, IV.4), the same as Gaynor et al. 1993 (J. Am. Stat. Assoc. 88:400–409); the interval is that on
 * the scale log(-log F) (Choudhury 2002, Stat. Med. 21:1129–1144). */
Incidence survival_incidence(Arena *a, const Observation *spells, size_t n, int cause);

/* As a step at any time: incidence is that of the last step up to then, events are all up to then. `s` is of
 * the same observations and tells how many are at risk; NaN where survival_at is. */
IncidenceStep survival_incidence_at(const Incidence *f, const Survival *s, double time);

#endif
