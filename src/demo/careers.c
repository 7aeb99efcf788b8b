/* Careers built backwards from the end states: first the final status and the
 * jobs that it asks for, then internships into the days that are left. */
#include "demo/maker.h"

#include <stdlib.h>

/* Days without a job or final status, where an internship may lie. */
typedef struct {
	int participant;
	Date from, to;
	int before; /* the job that begins the day after `to`; -1 */
} Gap;

typedef struct {
	Maker *m;
	Gap *gaps;
	int gap_count;
	RegStatus *sick; /* spells between */
	Date *sick_to;   /* their last days */
	int sick_count;
} Careers;

static int less(int a, int b)
{
	return a < b ? a : b;
}

static int more(int a, int b)
{
	return a > b ? a : b;
}

/* How long ago a final status may have begun, in days. */
static int final_oldest(const Facts *f, RegStatusCode status)
{
	switch (status) {
	case REG_STATUS_INTERNSHIP: return 7 * f->internship_weeks_most - 10;
	case REG_STATUS_SICK: return 150;
	case REG_STATUS_LEAVE: return 220;
	case REG_STATUS_DECEASED: return 120;
	case REG_STATUS_PENSION_GRANTED:
	case REG_STATUS_PENSION_IN_PROCESS: return 320;
	case REG_STATUS_OTHER_PROVIDER:
	case REG_STATUS_MOVED:
	case REG_STATUS_UNEMPLOYED:
	case REG_STATUS_EMPLOYED: break;
	}
	return 400;
}

static void place_final(Maker *m, Life *l)
{
	Date end = m->f->status_date;
	l->until = end;
	if (l->final == REG_STATUS_EMPLOYED || l->final == REG_STATUS_UNEMPLOYED)
		return;
	Date earliest = l->admitted + life_needs(m->f, l) - life_tail(l), latest = end - life_tail(l);
	earliest = more(earliest, end - final_oldest(m->f, l->final));
	l->final_since = draw_between(&m->r, less(earliest, latest), latest);
	switch (l->final) {
	case REG_STATUS_PENSION_GRANTED:
		l->granted = draw_workday(&m->r, l->final_since + 30, end - 10);
		l->until = l->granted;
		break;
	case REG_STATUS_OTHER_PROVIDER:
	case REG_STATUS_MOVED:
	case REG_STATUS_DECEASED: l->until = l->final_since - 1; break;
	case REG_STATUS_INTERNSHIP:
		l->final_since = near_workday(l->final_since, l->final_since - 5, l->final_since);
		break;
	case REG_STATUS_UNEMPLOYED:
	case REG_STATUS_EMPLOYED:
	case REG_STATUS_SICK:
	case REG_STATUS_LEAVE:
	case REG_STATUS_PENSION_IN_PROCESS: break;
	}
}

static int add_placement(Maker *m, int participant, RegPlacementKind kind, Date starts, Date ends)
{
	Register *reg = m->reg;
	int hours = kind == REG_KIND_INTERNSHIP ? draw_between(&m->r, 6, 18) : draw_between(&m->r, 5, 20);
	reg->placements[reg->placement_count] =
		(RegPlacement){ .participant = participant,
				.company = -1,
				.kind = kind,
				.starts = starts,
				.ends = ends,
				.planned_end = kind == REG_KIND_INTERNSHIP ? ends : DATE_NONE,
				.hours_week = hours,
				.job_expected = kind != REG_KIND_INTERNSHIP };
	return reg->placement_count++;
}

/* One after another from admission: lead, job, gap, job, rest. */
enum { PART_LEAD, PART_FIRST, PART_GAP, PART_SECOND, PART_REST, PARTS };

typedef struct {
	int least, most, days;
} Part;

static void job_parts(Maker *m, const Life *l, Part part[PARTS], bool *planned_second)
{
	CareerDays d = career_days(m->f);
	bool is_open = l->plan == JOB_LONG_OPEN || l->plan == JOB_SHORT_OPEN;
	bool is_long = l->plan == JOB_LONG_OPEN || l->plan == JOB_LONG_CLOSED;
	int longest = l->plan == JOB_LONG_OPEN ? 100000 : d.long_least + 200;
	Part planned = { is_long ? d.long_least : d.short_least, is_long ? longest : d.short_most, 0 };
	Part other = { d.short_least, d.short_most, 0 };
	*planned_second = l->second_job && (is_open || draw_percent(&m->r, 60));
	part[PART_LEAD] = l->at_admission ? (Part){ 0, 0, 0 } : (Part){ d.lead, d.lead_most, 0 };
	part[PART_FIRST] = *planned_second ? other : planned;
	part[PART_GAP] = l->second_job ? (Part){ d.gap + d.snap, 200, 0 } : (Part){ 0, 0, 0 };
	part[PART_SECOND] = !l->second_job ? (Part){ 0, 0, 0 } : *planned_second ? planned : other;
	part[PART_REST] = is_open ? (Part){ 0, 0, 0 } : (Part){ 1, 100000, 0 };
	if (!is_open && l->final == REG_STATUS_UNEMPLOYED)
		part[PART_REST].least = 14;
}

/* Spreads `span` days: everything gets its least, then a share of what is left
 * by chance (the lead a large one: most take long), and the rest goes where
 * there is room. */
static void stretch(Maker *m, Part part[PARTS], int span, const int fill[PARTS])
{
	int slack = span;
	for (int i = 0; i < PARTS; i++) {
		part[i].days = part[i].least;
		slack -= part[i].least;
	}
	for (int i = 0; i < PARTS; i++) {
		double share = draw_unit(&m->r), again = draw_unit(&m->r);
		if (i == PART_LEAD && again > share)
			share = again;
		int extra = (int)(share * less(slack, part[i].most - part[i].least));
		part[i].days += extra;
		slack -= extra;
	}
	for (int i = 0; i < PARTS; i++) {
		Part *p = &part[fill[i]];
		int extra = i == PARTS - 1 ? slack : less(slack, p->most - p->days);
		p->days += extra;
		slack -= extra;
	}
}

static void add_gap(Careers *k, int participant, Date from, Date to, int before)
{
	if (to - from >= 7)
		k->gaps[k->gap_count++] = (Gap){ participant, from, to, before };
}

/* A job after the free days since `from`; its first day is moved to a workday,
 * its last one stays. Returns the day after it. */
static Date place_job(Careers *k, int who, Date from, Date starts, Date ends, bool open)
{
	Maker *m = k->m;
	const Life *l = &m->lives[who];
	/* begun so shortly before admission that the first follow-up comes in time */
	int before = draw_between(&m->r, 7, less(50, 30 * m->f->followup_job_months - 35));
	if (l->at_admission && from == l->admitted)
		starts = near_workday(l->admitted - before, l->admitted - before - 5, l->admitted - 3);
	else
		starts = near_workday(starts, starts, starts + 5);
	int job = add_placement(m, who, REG_KIND_FLEKSJOB, starts, open ? DATE_NONE : ends);
	add_gap(k, who, from, starts - 1, job);
	return ends + 1;
}

static void place_jobs(Careers *k, int who)
{
	static const int fill_open[PARTS] = { PART_REST, PART_SECOND, PART_FIRST, PART_GAP, PART_LEAD };
	static const int fill_closed[PARTS] = { PART_LEAD, PART_FIRST, PART_SECOND, PART_GAP, PART_REST };
	Maker *m = k->m;
	const Life *l = &m->lives[who];
	Date last = l->final_since == DATE_NONE ? m->f->status_date : l->final_since - 1, from = l->admitted;
	if (l->plan != JOB_NONE) {
		bool open = l->plan == JOB_LONG_OPEN || l->plan == JOB_SHORT_OPEN, planned_second;
		Part part[PARTS];
		job_parts(m, l, part, &planned_second);
		stretch(m, part, last - l->admitted + 1, open ? fill_open : fill_closed);
		Date first = from + part[PART_LEAD].days, first_end = first + part[PART_FIRST].days - 1;
		from = place_job(k, who, from, first, first_end, open && !l->second_job);
		Date second = from + part[PART_GAP].days;
		if (l->second_job)
			from = place_job(k, who, from, second, second + part[PART_SECOND].days - 1, open);
	}
	add_gap(k, who, from, last, -1);
	if (l->final == REG_STATUS_INTERNSHIP) {
		int weeks = (m->f->status_date - l->final_since) / 7 + 1;
		int job = add_placement(m, who, REG_KIND_INTERNSHIP, l->final_since, DATE_NONE);
		m->reg->placements[job].planned_end = l->final_since +
						      7 * draw_between(&m->r, more(weeks, m->f->internship_weeks_least),
								       m->f->internship_weeks_most) -
						      1;
	}
}

static bool gap_holds(const Facts *f, const Gap *g)
{
	return g->to - g->from + 1 >= 7 * f->internship_weeks_least + 21;
}

/* Puts an internship into the gap and leaves what remains beside it as gaps. */
static void place_internship(Careers *k, int at)
{
	Maker *m = k->m;
	const Facts *f = m->f;
	Gap g = k->gaps[at];
	k->gaps[at] = k->gaps[--k->gap_count];
	int room = (g.to - g.from + 1 - 21) / 7;
	int days = 7 * draw_between(&m->r, f->internship_weeks_least, less(room, f->internship_weeks_most - 1));
	bool leads = g.before >= 0 && draw_percent(&m->r, 65);
	Date ends = leads ? g.to : draw_between(&m->r, g.from + days + 13, g.to - 7);
	Date starts = near_workday(ends - days + 1, ends - days - 6, ends - days + 1);
	int placement = add_placement(m, g.participant, REG_KIND_INTERNSHIP, starts, ends);
	if (leads) {
		m->led_to[placement] = g.before;
		m->reg->placements[placement].job_expected = true;
	}
	add_gap(k, g.participant, g.from, starts - 8, -1);
	if (!leads)
		add_gap(k, g.participant, ends + 8, g.to, g.before);
}

static Err place_internships(Careers *k)
{
	Maker *m = k->m;
	int left = m->f->internships - m->f->status[REG_STATUS_INTERNSHIP], holding = 0;
	for (int i = 0; i < k->gap_count; i++) { /* those that hold one stand first */
		if (!gap_holds(m->f, &k->gaps[i]))
			continue;
		Gap g = k->gaps[holding];
		k->gaps[holding++] = k->gaps[i];
		k->gaps[i] = g;
	}
	int small = k->gap_count - holding;
	Gap *aside = ARENA_ARRAY(m->c->arena, (size_t)k->gap_count + (size_t)left * 2 + 1, Gap);
	for (int i = 0; i < small; i++)
		aside[i] = k->gaps[holding + i];
	for (k->gap_count = holding; left > 0 && k->gap_count > 0; left--) {
		place_internship(k, draw_between(&m->r, 0, k->gap_count - 1));
		for (int i = more(k->gap_count - 2, 0); i < k->gap_count;) {
			if (gap_holds(m->f, &k->gaps[i])) {
				i++;
				continue;
			}
			aside[small++] = k->gaps[i];
			k->gaps[i] = k->gaps[--k->gap_count];
		}
	}
	for (int i = 0; i < small; i++)
		k->gaps[k->gap_count++] = aside[i];
	if (left > 0)
		return refuse(m->c, "internships", T(m->c->lang, "There is no time for %d of the internships"), left);
	return OK;
}

/* Some are sick for some weeks in between. */
static void place_sickness(Careers *k)
{
	Random *r = &k->m->r;
	for (int i = 0; i < k->gap_count; i++) {
		const Gap *g = &k->gaps[i];
		if (g->to - g->from < 80 || !draw_percent(r, 14))
			continue;
		int days = draw_between(r, 14, 50);
		Date since = draw_between(r, g->from + 14, g->to - days - 10);
		k->sick[k->sick_count] = (RegStatus){ g->participant, since, REG_STATUS_SICK };
		k->sick_to[k->sick_count++] = since + days - 1;
	}
}

/* Statuses: every change as an event; on one day the one that says more wins. */
static int compare_statuses(const void *a, const void *b)
{
	const RegStatus *x = a, *y = b;
	if (x->participant != y->participant)
		return x->participant < y->participant ? -1 : 1;
	if (x->since != y->since)
		return x->since < y->since ? -1 : 1;
	return (x->code == REG_STATUS_UNEMPLOYED) - (y->code == REG_STATUS_UNEMPLOYED);
}

static int add_spell(RegStatus *s, int n, int participant, Date since, Date to, RegStatusCode code)
{
	s[n++] = (RegStatus){ participant, since, code };
	if (to != DATE_NONE)
		s[n++] = (RegStatus){ participant, to + 1, REG_STATUS_UNEMPLOYED };
	return n;
}

static void write_statuses(Careers *k)
{
	Maker *m = k->m;
	Register *reg = m->reg;
	size_t most = 3 * (size_t)m->n + 2 * (size_t)(reg->placement_count + k->sick_count);
	RegStatus *s = ARENA_ARRAY(m->c->arena, most, RegStatus);
	int n = 0;
	for (int i = 0; i < m->n; i++) {
		const Life *l = &m->lives[i];
		n = add_spell(s, n, i, l->admitted, DATE_NONE, REG_STATUS_UNEMPLOYED);
		if (l->final_since != DATE_NONE)
			n = add_spell(s, n, i, l->final_since, DATE_NONE,
				      l->granted != DATE_NONE ? REG_STATUS_PENSION_IN_PROCESS : l->final);
		if (l->granted != DATE_NONE)
			n = add_spell(s, n, i, l->granted, DATE_NONE, l->final);
	}
	for (int i = 0; i < reg->placement_count; i++) {
		const RegPlacement *p = &reg->placements[i];
		n = add_spell(s, n, p->participant, more(p->starts, m->lives[p->participant].admitted), p->ends,
			      p->kind == REG_KIND_INTERNSHIP ? REG_STATUS_INTERNSHIP : REG_STATUS_EMPLOYED);
	}
	for (int i = 0; i < k->sick_count; i++)
		n = add_spell(s, n, k->sick[i].participant, k->sick[i].since, k->sick_to[i], REG_STATUS_SICK);
	qsort(s, (size_t)n, sizeof *s, compare_statuses);
	int kept = 0;
	for (int i = 0; i < n; i++) {
		const RegStatus *last = kept > 0 ? &s[kept - 1] : NULL;
		if (last && last->participant == s[i].participant &&
		    (last->since == s[i].since || last->code == s[i].code))
			continue;
		s[kept++] = s[i];
	}
	reg->statuses = s;
	reg->status_count = kept;
}

static int compare_placements(const void *a, const void *b, void *placements)
{
	const RegPlacement *x = (const RegPlacement *)placements + *(const int *)a;
	const RegPlacement *y = (const RegPlacement *)placements + *(const int *)b;
	if (x->participant != y->participant)
		return x->participant < y->participant ? -1 : 1;
	return (x->starts > y->starts) - (x->starts < y->starts);
}

/* Puts placements in order of person and start, and finds each person's. */
static void sort_placements(Maker *m)
{
	Register *reg = m->reg;
	int n = reg->placement_count, *order = index_list(m->c->arena, n), *where = index_list(m->c->arena, n);
	qsort_r(order, (size_t)n, sizeof *order, compare_placements, reg->placements);
	RegPlacement *sorted = ARENA_ARRAY(m->c->arena, (size_t)n, RegPlacement);
	int *led_to = ARENA_ARRAY(m->c->arena, (size_t)n, int);
	for (int i = 0; i < n; i++)
		where[order[i]] = i;
	for (int i = 0; i < n; i++) {
		sorted[i] = reg->placements[order[i]];
		led_to[i] = m->led_to[order[i]] < 0 ? -1 : where[m->led_to[order[i]]];
	}
	reg->placements = sorted;
	m->led_to = led_to;
	m->first = ARENA_ARRAY(m->c->arena, (size_t)m->n + 1, int);
	for (int i = 0, p = 0; i <= m->n; i++) {
		while (p < n && sorted[p].participant < i)
			p++;
		m->first[i] = p;
	}
}

static void give_end_reasons(Maker *m)
{
	const Facts *f = m->f;
	int *reasons = index_list(m->c->arena, f->note_count), n = 0;
	for (int i = 0; i < f->note_count; i++)
		if (str_eq_z(f->notes[i].purpose, "end_reason"))
			reasons[n++] = i;
	for (int i = 0; i < m->reg->placement_count; i++) {
		RegPlacement *p = &m->reg->placements[i];
		p->end_reason = STR("");
		if (n > 0 && p->kind != REG_KIND_INTERNSHIP && p->ends != DATE_NONE)
			p->end_reason = f->notes[reasons[draw_between(&m->r, 0, n - 1)]].text;
	}
}

Err make_careers(Maker *m)
{
	Arena *a = m->c->arena;
	size_t jobs = (size_t)m->f->employments, internships = (size_t)m->f->internships;
	size_t gaps = 3 * (size_t)m->n + jobs + 2 * internships + 1;
	Careers k = { .m = m,
		      .gaps = ARENA_ARRAY(a, gaps, Gap),
		      .sick = ARENA_ARRAY(a, gaps, RegStatus),
		      .sick_to = ARENA_ARRAY(a, gaps, Date) };
	m->reg->placements = ARENA_ARRAY(a, jobs + internships, RegPlacement);
	m->led_to = ARENA_ARRAY(a, jobs + internships, int);
	for (size_t i = 0; i < jobs + internships; i++)
		m->led_to[i] = -1;
	for (int i = 0; i < m->n; i++) {
		place_final(m, &m->lives[i]);
		place_jobs(&k, i);
	}
	RETURN_IF_ERR(place_internships(&k));
	place_sickness(&k);
	write_statuses(&k);
	sort_placements(m);
	give_end_reasons(m);
	return OK;
}
