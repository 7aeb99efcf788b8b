/* End states first: who ends where, with which job, and from when. */
#include "demo/maker.h"

#include <stdlib.h>
#include <string.h>

CareerDays career_days(const Facts *f)
{
	return (CareerDays){ .lead = f->months_to_job_least * 31,
			     .lead_most = f->months_to_job_most * 30,
			     .long_least = f->retention_months * 31 + 6,
			     .short_least = 28,
			     .short_most = f->retention_months * 30 - 5 > 28 ? f->retention_months * 30 - 5 : 28,
			     .gap = f->gap_days + 7,
			     .snap = 6 };
}

int life_tail(const Life *l)
{
	switch (l->final) {
	case REG_STATUS_EMPLOYED: return 0;
	case REG_STATUS_UNEMPLOYED: return l->plan == JOB_NONE ? 0 : 14;
	case REG_STATUS_INTERNSHIP: return 3;
	case REG_STATUS_PENSION_GRANTED: return 90;
	case REG_STATUS_PENSION_IN_PROCESS: return 30;
	case REG_STATUS_SICK:
	case REG_STATUS_LEAVE:
	case REG_STATUS_OTHER_PROVIDER:
	case REG_STATUS_MOVED:
	case REG_STATUS_DECEASED: break;
	}
	return 21;
}

int life_needs(const Facts *f, const Life *l)
{
	CareerDays d = career_days(f);
	bool pension = l->final == REG_STATUS_PENSION_GRANTED || l->final == REG_STATUS_PENSION_IN_PROCESS;
	int days = 7 + life_tail(l);
	if (l->plan != JOB_NONE || pension)
		days += l->at_admission ? 0 : d.lead;
	else if (l->final != REG_STATUS_UNEMPLOYED)
		days += 30;
	if (l->plan != JOB_NONE)
		days += d.snap +
			(l->plan == JOB_LONG_OPEN || l->plan == JOB_LONG_CLOSED ? d.long_least : d.short_least);
	if (l->second_job)
		days += d.snap + d.short_least + d.gap;
	return days;
}

/* Gives `plan` to `count` of the lives in the list that have none and that
 * `fits` accepts. Returns how many it could not place. */
static int give_plan(Life *lives, const int *order, int n, int count, JobPlan plan, bool (*fits)(const Life *))
{
	for (int i = 0; i < n && count > 0; i++) {
		Life *l = &lives[order[i]];
		if (l->plan != JOB_NONE || !fits(l))
			continue;
		l->plan = plan;
		count--;
	}
	return count;
}

static bool is_employed(const Life *l)
{
	return l->final == REG_STATUS_EMPLOYED;
}

static bool may_have_had_long_job(const Life *l)
{
	return l->final != REG_STATUS_EMPLOYED && l->final != REG_STATUS_DECEASED &&
	       l->final != REG_STATUS_PENSION_GRANTED && l->final != REG_STATUS_PENSION_IN_PROCESS;
}

static bool may_have_had_job(const Life *l)
{
	return l->final != REG_STATUS_EMPLOYED && l->final != REG_STATUS_DECEASED;
}

static Err deal_plans(Maker *m, const int *order)
{
	const Facts *f = m->f;
	int open = f->status[REG_STATUS_EMPLOYED], closed = f->ever_employed - open;
	int long_open = (open * f->open_jobs_long_percent + 50) / 100;
	if (long_open > f->employments_long)
		long_open = f->employments_long;
	if (long_open < f->employments_long - closed)
		long_open = f->employments_long - closed;
	int long_closed = f->employments_long - long_open, left = 0;
	left += give_plan(m->lives, order, m->n, long_open, JOB_LONG_OPEN, is_employed);
	left += give_plan(m->lives, order, m->n, open - long_open, JOB_SHORT_OPEN, is_employed);
	left += give_plan(m->lives, order, m->n, long_closed, JOB_LONG_CLOSED, may_have_had_long_job);
	left += give_plan(m->lives, order, m->n, closed - long_closed, JOB_SHORT_CLOSED, may_have_had_job);
	if (left > 0)
		return refuse(m->c, "ever_employed", "%s",
			      T(m->c->lang, "The statuses leave no room for so many who have had a job"));
	return OK;
}

static Err deal_extras(Maker *m, int *order)
{
	const Facts *f = m->f;
	int admission = f->employed_at_admission, second = f->employments - f->ever_employed;
	draw_shuffle(&m->r, order, m->n);
	for (int i = 0; i < m->n; i++) {
		Life *l = &m->lives[order[i]];
		if (admission > 0 && (l->plan == JOB_LONG_OPEN || l->plan == JOB_LONG_CLOSED)) {
			l->at_admission = true;
			admission--;
		} else if (second > 0 && l->plan != JOB_NONE) {
			l->second_job = true;
			second--;
		}
	}
	if (admission + second > 0)
		return refuse(m->c, "employments", "%s", T(m->c->lang, "Too few people for so many jobs"));
	return OK;
}

static int compare_ints(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return (x > y) - (x < y);
}

/* Most come early; the first when intake opens, the last when it closes. */
static Date *admission_dates(Maker *m)
{
	const Facts *f = m->f;
	Date *dates = ARENA_ARRAY(m->c->arena, (size_t)m->n, Date);
	bool split = f->admitted_by != DATE_NONE;
	int early = split ? f->admitted_by_count : m->n;
	Date middle = split ? f->admitted_by : f->intake_last;
	for (int i = 0; i < m->n; i++)
		dates[i] = i < early
				   ? draw_workday(&m->r, f->intake_first, draw_between(&m->r, f->intake_first, middle))
				   : draw_workday(&m->r, middle + 1, f->intake_last);
	if (m->n > 1 && early > 0 && (early < m->n || !split)) {
		dates[0] = f->intake_first;
		dates[m->n - 1] = f->intake_last;
	}
	qsort(dates, (size_t)m->n, sizeof *dates, compare_ints);
	return dates;
}

/* Who needs most time chooses first; latest possible dates are nested, so that
 * this succeeds whenever any distribution does. */
static Err deal_admissions(Maker *m, int *order)
{
	Date *dates = admission_dates(m);
	double *need = ARENA_ARRAY(m->c->arena, (size_t)m->n, double);
	for (int i = 0; i < m->n; i++)
		need[i] = life_needs(m->f, &m->lives[i]) + draw_unit(&m->r);
	order_by_score(need, order, m->n);
	for (int i = 0, left = m->n; i < m->n; i++, left--) {
		Life *l = &m->lives[order[i]];
		Date latest = m->f->status_date - life_needs(m->f, l);
		int fits = 0;
		for (int high = left; fits < high;) { /* how many dates are early enough */
			int middle = fits + (high - fits) / 2;
			if (dates[middle] <= latest)
				fits = middle + 1;
			else
				high = middle;
		}
		if (fits == 0)
			return refuse(m->c, "intake_last", "%s",
				      T(m->c->lang, "Too few are admitted early enough for the jobs and statuses"));
		int chosen = draw_between(&m->r, 0, fits - 1);
		l->admitted = dates[chosen];
		memmove(&dates[chosen], &dates[chosen + 1], (size_t)(left - chosen - 1) * sizeof *dates);
	}
	return OK;
}

static int compare_lives(const void *a, const void *b)
{
	const Life *x = a, *y = b;
	return x->admitted != y->admitted ? compare_ints(&x->admitted, &y->admitted)
					  : compare_ints(&x->serial, &y->serial);
}

Err make_lives(Maker *m)
{
	Ctx *c = m->c;
	m->n = m->f->participants;
	m->lives = ARENA_ARRAY(c->arena, (size_t)m->n, Life);
	for (int s = 0, i = 0; s < FACT_STATUSES; s++)
		for (int k = 0; k < m->f->status[s]; k++)
			m->lives[i++].final = (RegStatusCode)s;
	int *order = index_list(c->arena, m->n);
	draw_shuffle(&m->r, order, m->n);
	RETURN_IF_ERR(deal_plans(m, order));
	RETURN_IF_ERR(deal_extras(m, order));
	RETURN_IF_ERR(deal_admissions(m, order));
	for (int i = 0; i < m->n; i++) {
		double steady = draw_unit(&m->r);
		m->lives[i].serial = i;
		m->lives[i].final_since = m->lives[i].granted = DATE_NONE;
		m->lives[i].health = (steady + draw_unit(&m->r)) / 2;
		m->lives[i].satisfaction = (steady + 2 * draw_unit(&m->r)) / 3;
	}
	qsort(m->lives, (size_t)m->n, sizeof *m->lives, compare_lives);
	return OK;
}
