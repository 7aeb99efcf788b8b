/* logrank: do groups differ in how long it takes until something happens?
 *
 * The log-rank test for two or more groups (Mantel 1966, Cancer Chemother. Rep.
 * 50:163–170; Peto and Peto 1972, J. R. Stat. Soc. A 135:185–207). Results live
 * in the arena. Pure.
 */
#ifndef STATS_LOGRANK_H
#define STATS_LOGRANK_H

#include "stats/survival.h"

/* Every time takes work by the square of their number. */
#define LOGRANK_GROUPS_MOST 100

typedef struct {
	double *observed; /* events of each group, */
	double *expected; /* and what they would be if the groups did not differ */
	double chisq;     /* NaN when nothing can be compared */
	int df;           /* groups that could have had an event, less one; 0 when nothing can be compared */
	double p;         /* of chi-square with df; NaN when nothing can be compared */
} LogRank;

/* At every time with d events among n at risk, m of these in group g, the group expects d m/n; variances and
 * covariances are those of the hypergeometric distribution, so that ties are dealt with exactly. chisq is the form of
 * observed - expected in the inverse of their sum. Groups of which nobody was there at any event are left out.
 * `cause` 0: any event; otherwise events of that cause, and the others count as censored (a comparison of the cause's
 * hazards). Groups of the observations are in [0, groups), groups in [1, LOGRANK_GROUPS_MOST]. `n` may be 0. */
LogRank logrank_test(Arena *a, const Observation *spells, size_t n, size_t groups, int cause);

#endif
