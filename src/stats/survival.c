#include "stats/survival.h"

#include "stats/distribution.h"

#include <math.h>
#include <stdlib.h>

static int by_time(const void *left, const void *right)
{
	const Observation *a = left, *b = right;
	return (a->time > b->time) - (a->time < b->time);
}

/* The interval on the scale log(-log S); `sum` is Greenwood's, without S². */
static void set_interval(SurvivalStep *step, double sum)
{
	const double z = NORMAL_975;
	double s = step->survival;
	step->se = s * sqrt(sum);
	step->low = step->high = 1;
	if (s <= 0) {
		step->se = step->low = step->high = NAN;
	} else if (s < 1) {
		double theta = z * sqrt(sum) / fabs(log(s));
		step->low = pow(s, exp(theta));
		step->high = pow(s, exp(-theta));
	}
}

/* First time at which the number at `offset` in the step is at most 1/2. */
static int first_at_half(const Survival *s, size_t offset)
{
	for (size_t i = 0; i < s->count; i++) {
		const double *value = (const double *)(const void *)((const char *)&s->steps[i] + offset);
		/* Nudged: products such as 9/10 × 5/9 are 1/2, also in binary. */
		if (*value <= 0.5 * (1 + 1e-12))
			return s->steps[i].time;
	}
	return -1;
}

Survival survival_estimate(Arena *a, const Observation *spells, size_t n)
{
	Survival s = { .median = -1, .median_low = -1, .median_high = -1 };
	if (n == 0)
		return s;
	Observation *sorted = arena_copy(a, spells, n * sizeof *spells);
	qsort(sorted, n, sizeof *sorted, by_time);
	while (n > 0 && sorted->time < 0) {
		s.impossible++;
		sorted++;
		n--;
	}
	s.total = (int64_t)n;
	s.steps = ARENA_ARRAY(a, n, SurvivalStep);
	double survival = 1, sum = 0;
	for (size_t i = 0; i < n;) {
		SurvivalStep *step = &s.steps[s.count++];
		*step = (SurvivalStep){ .time = sorted[i].time, .at_risk = (int64_t)(n - i) };
		for (; i < n && sorted[i].time == step->time; i++) {
			step->events += sorted[i].event;
			step->censored += !sorted[i].event;
		}
		double d = (double)step->events, m = (double)step->at_risk;
		survival *= (m - d) / m;
		if (step->events < step->at_risk)
			sum += d / (m * (m - d));
		step->survival = survival;
		set_interval(step, sum);
		s.events += step->events;
	}
	s.median = first_at_half(&s, offsetof(SurvivalStep, survival));
	s.median_low = first_at_half(&s, offsetof(SurvivalStep, low));
	s.median_high = first_at_half(&s, offsetof(SurvivalStep, high));
	return s;
}
