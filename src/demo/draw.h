/* draw: chance and apportionment for the generator. Pure but for the source. */
#ifndef DEMO_DRAW_H
#define DEMO_DRAW_H

#include "base/ctx.h"

/* Uniform in [lo, hi]; lo when hi < lo. */
int draw_between(Random *r, int lo, int hi);
/* Uniform in [0, 1). */
double draw_unit(Random *r);
/* True in `percent` of 100 cases. */
bool draw_percent(Random *r, int percent);
void draw_shuffle(Random *r, int *values, int n);
/* A workday in [from, to]; the nearest day inside when there is none. */
Date draw_workday(Random *r, Date from, Date to);
/* The workday at or after `d`, or else before it, inside [from, to]. */
Date near_workday(Date d, Date from, Date to);

/* 0, 1, ... n-1, in the arena. */
int *index_list(Arena *a, int n);
/* Sorts indexes by falling score; equal scores by index. */
void order_by_score(const double *score, int *index, int n);
/* Splits `total` in proportion to the weights, which are not all 0 unless
 * total is, by largest remainder: the parts sum to total and each is within one
 * of its exact share. Needs scratch memory. */
void apportion(Arena *a, int total, const double *weights, int n, int *parts);

#endif
