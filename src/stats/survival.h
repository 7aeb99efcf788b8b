/* survival: how long until something happens, when not all have been followed
 * equally long (Kaplan–Meier).
 *
 * Times are whole numbers in the caller's unit, mostly days. The estimate is
 * that of Kaplan and Meier (1958) with Greenwood's variance; the interval is
 * the 95 % log(-log) interval (Kalbfleisch and Prentice 1980), which stays
 * inside [0, 1]. A censoring at the time of an event counts as at risk there.
 * Results live in the arena. Pure.
 */
#ifndef STATS_SURVIVAL_H
#define STATS_SURVIVAL_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* One person (or job): seen for `time`, and whether it ended with the event or
 * only the watching ended (censored). */
typedef struct {
	int time; /* a negative one is impossible: it is left out of everything and counted */
	bool event;
} Observation;

/* What happened at one time. */
typedef struct {
	int time;
	int64_t at_risk; /* seen at least so long */
	int64_t events;
	int64_t censored;
	double survival;  /* share without the event after this time */
	double se;        /* Greenwood's standard error of it; NaN when survival is 0 */
	double low, high; /* 95 % interval; [1, 1] before the first event, NaN when survival is 0 */
} SurvivalStep;

typedef struct {
	SurvivalStep *steps; /* every distinct time, ascending */
	size_t count;
	int64_t total, events;
	int64_t impossible; /* left out */
	/* First time at which survival is 1/2 or less; -1 when it never is. */
	int median;
	/* Where the interval's ends reach 1/2 (Brookmeyer and Crowley 1982); -1: never. */
	int median_low, median_high;
} Survival;

/* `n` may be 0: no steps, no median. Sorts a copy. */
Survival survival_estimate(Arena *a, const Observation *spells, size_t n);

#endif
