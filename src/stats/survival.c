#include "stats/survival.h"

#include "stats/distribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 6, DIGIT_VALUES = 1 << DIGIT_BITS };

/* A whole number that orders as the time does. */
static uint64_t key_of(const Observation *o)
{
	uint64_t bits;
	double time = o->time + 0.0; /* -0 is 0 */
	memcpy(&bits, &time, sizeof bits);
	return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static bool is_sorted(const Observation *spells, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (spells[i].time < spells[i - 1].time)
			return false;
	return true;
}

/* By digits from the last to the first; a digit that all have in common costs nothing. */
static const Observation *sort(Arena *a, const Observation *spells, size_t n)
{
	if (is_sorted(spells, n))
		return spells;
	Observation *from = arena_copy(a, spells, n * sizeof *spells), *to = ARENA_ARRAY(a, n, Observation);
	size_t(*starts)[DIGIT_VALUES] = arena_array(a, DIGITS, sizeof *starts);
	for (size_t i = 0; i < n; i++)
		for (unsigned d = 0; d < DIGITS; d++)
			starts[d][key_of(&from[i]) >> d * DIGIT_BITS & (DIGIT_VALUES - 1)]++;
	for (unsigned d = 0; d < DIGITS; d++) {
		size_t sum = 0, *start = starts[d];
		if (start[key_of(from) >> d * DIGIT_BITS & (DIGIT_VALUES - 1)] == n)
			continue;
		for (size_t v = 0; v < DIGIT_VALUES; v++) {
			size_t count = start[v];
			start[v] = sum;
			sum += count;
		}
		for (size_t i = 0; i < n; i++)
			to[start[key_of(&from[i]) >> d * DIGIT_BITS & (DIGIT_VALUES - 1)]++] = from[i];
		Observation *swapped = from;
		from = to;
		to = swapped;
	}
	return from;
}

const Observation *survival_sorted(Arena *a, const Observation *spells, size_t *n)
{
	const Observation *sorted = sort(a, spells, *n);
	while (*n > 0 && sorted->time < 0) {
		sorted++;
		(*n)--;
	}
	return sorted;
}

/* The 95 % interval of a share inside (0, 1) on the scale log(-log p). */
static void set_interval(double share, double se, double *low, double *high)
{
	double theta = NORMAL_975 * se / (share * fabs(log(share)));
	*low = pow(share, exp(theta));
	*high = pow(share, exp(-theta));
}

/* `sum` is Greenwood's, without S². */
static void set_uncertainty(SurvivalStep *step, double sum)
{
	step->se = step->survival * sqrt(sum);
	step->low = step->high = 1;
	if (step->survival <= 0)
		step->se = step->low = step->high = NAN;
	else if (step->survival < 1)
		set_interval(step->survival, step->se, &step->low, &step->high);
}

/* First time at which the number at `offset` in the step is at most 1/2. */
static double first_at_half(const Survival *s, size_t offset)
{
	for (size_t i = 0; i < s->count; i++) {
		const double *value = (const double *)(const void *)((const char *)&s->steps[i] + offset);
		/* Nudged: products such as 9/10 × 5/9 are 1/2, also in binary. */
		if (*value <= 0.5 * (1 + 1e-12))
			return s->steps[i].time;
	}
	return NAN;
}

static size_t count_times(const Observation *sorted, size_t n)
{
	size_t times = n > 0;
	for (size_t i = 1; i < n; i++)
		times += sorted[i].time > sorted[i - 1].time;
	return times;
}

Survival survival_estimate(Arena *a, const Observation *spells, size_t n)
{
	Survival s = { .median = NAN, .median_low = NAN, .median_high = NAN };
	if (n == 0)
		return s;
	s.impossible = (int64_t)n;
	const Observation *sorted = survival_sorted(a, spells, &n);
	s.impossible -= (int64_t)n;
	s.total = (int64_t)n;
	s.steps = ARENA_ARRAY(a, count_times(sorted, n), SurvivalStep);
	double survival = 1, sum = 0;
	for (size_t i = 0; i < n;) {
		SurvivalStep *step = &s.steps[s.count++];
		*step = (SurvivalStep){ .time = sorted[i].time, .at_risk = (int64_t)(n - i) };
		for (; i < n && sorted[i].time <= step->time; i++) {
			step->events += sorted[i].cause > 0;
			step->censored += sorted[i].cause == 0;
		}
		double d = (double)step->events, m = (double)step->at_risk;
		survival *= (m - d) / m;
		if (step->events < step->at_risk)
			sum += d / (m * (m - d));
		step->survival = survival;
		set_uncertainty(step, sum);
		s.events += step->events;
	}
	s.median = first_at_half(&s, offsetof(SurvivalStep, survival));
	s.median_low = first_at_half(&s, offsetof(SurvivalStep, low));
	s.median_high = first_at_half(&s, offsetof(SurvivalStep, high));
	return s;
}

/* How many of the steps, which begin with their time, are at `time` or earlier. */
static size_t steps_until(const void *steps, size_t size, size_t count, double time)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const double *at = (const double *)(const void *)((const char *)steps + middle * size);
		if (*at <= time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

SurvivalStep survival_at(const Survival *s, double time)
{
	SurvivalStep at = { .time = time, .at_risk = s->total, .survival = 1, .low = 1, .high = 1 };
	size_t passed = steps_until(s->steps, sizeof *s->steps, s->count, time);
	if (passed > 0) {
		at = s->steps[passed - 1];
		if (at.time < time)
			at.at_risk -= at.events + at.censored;
		at.time = time;
		at.events = at.censored = 0;
	}
	for (size_t i = 0; i < passed; i++) {
		at.events += s->steps[i].events;
		at.censored += s->steps[i].censored;
	}
	if (at.at_risk == 0 && at.survival > 0)
		at.survival = at.se = at.low = at.high = NAN;
	return at;
}

/* Where survival S and incidence F stand, with their variances and covariance. */
typedef struct {
	double survival, incidence;
	double var_s, var_f, cov;
} Course;

/* One time with `m` at risk, `d` events of any cause, `k` of the one. All who are at risk have the same past, so what
 * chance adds here is independent of what it did before, and the two are carried on by the step's own factors:
 * S becomes S (1 - d/m), F becomes F + S k/m. */
static void advance(Course *c, double m, double d, double k)
{
	double all = d / m, stays = (m - d) / m, hit = k / m, s2 = c->survival * c->survival / m;
	c->var_f += 2 * hit * c->cov + hit * hit * c->var_s + s2 * hit * (1 - hit);
	c->cov = stays * (c->cov + hit * c->var_s) - s2 * hit * stays;
	c->var_s = stays * stays * c->var_s + s2 * all * stays;
	c->incidence += c->survival * hit;
	c->survival *= stays;
}

static void set_incidence(IncidenceStep *step, const Course *course, bool others)
{
	step->incidence = course->survival > 0 || others ? course->incidence : 1;
	step->se = step->low = step->high = NAN;
	if (step->incidence < 1) {
		step->se = sqrt(course->var_f);
		set_interval(step->incidence, step->se, &step->low, &step->high);
	}
}

Incidence survival_incidence(Arena *a, const Observation *spells, size_t n, int cause)
{
	Incidence f = { .steps = NULL };
	const Observation *sorted = survival_sorted(a, spells, &n);
	size_t most = 0;
	for (size_t i = 0; i < n; i++)
		most += sorted[i].cause == cause;
	f.steps = ARENA_ARRAY(a, most, IncidenceStep);
	Course course = { .survival = 1 };
	bool others = false; /* another cause has struck */
	for (size_t i = 0; i < n;) {
		IncidenceStep step = { .time = sorted[i].time, .at_risk = (int64_t)(n - i) };
		int64_t events = 0;
		for (; i < n && sorted[i].time <= step.time; i++) {
			events += sorted[i].cause > 0;
			step.events += sorted[i].cause == cause;
		}
		others |= events > step.events;
		advance(&course, (double)step.at_risk, (double)events, (double)step.events);
		if (step.events == 0)
			continue;
		set_incidence(&step, &course, others);
		f.events += step.events;
		f.steps[f.count++] = step;
	}
	return f;
}

IncidenceStep survival_incidence_at(const Incidence *f, const Survival *s, double time)
{
	SurvivalStep seen = survival_at(s, time);
	IncidenceStep at = { .time = time };
	size_t passed = steps_until(f->steps, sizeof *f->steps, f->count, time);
	if (passed > 0) {
		at = f->steps[passed - 1];
		at.time = time;
		at.events = 0;
	}
	for (size_t i = 0; i < passed; i++)
		at.events += f->steps[i].events;
	at.at_risk = seen.at_risk;
	if (isnan(seen.survival))
		at.incidence = at.se = at.low = at.high = NAN;
	return at;
}
