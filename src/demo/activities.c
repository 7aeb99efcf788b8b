/* Courses and who came, meetings, volunteer mentors. */
#include "demo/maker.h"

static void list_activities(Maker *m)
{
	const Facts *f = m->f;
	Register *reg = m->reg;
	reg->activities = ARENA_ARRAY(m->c->arena, (size_t)(f->activity_count + f->cafe_courses), RegActivity);
	for (int i = 0; i < f->activity_count; i++) {
		const FactActivity *x = &f->activities[i];
		reg->activities[reg->activity_count++] = (RegActivity){ .kind = str_z(m->c->arena, x->kind),
									.title = x->title_da,
									.organisation = x->organisation,
									.day = x->day,
									.sessions = 1,
									.held = x->held };
	}
}

static bool sessions_on_workdays(Date day, int sessions)
{
	for (int s = 0; s < sessions; s++)
		if (date_is_holiday(day + 7 * s))
			return false;
	return true;
}

/* A partner's courses are spread over the time in which it has participants. */
static void plan_courses(Maker *m, int organisation)
{
	const Facts *f = m->f;
	Register *reg = m->reg;
	int n = f->organisations[organisation].cafe_courses, length = 7 * (f->cafe_sessions - 1);
	Date first = f->intake_first + 90, last = f->status_date - 60 - length;
	for (int i = 0; i < n; i++) {
		Date day =
			first + (int)((int64_t)(last - first) * (2 * i + 1) / (2 * n)) + draw_between(&m->r, -10, 10);
		day = near_workday(day, day, day + 5);
		for (int tries = 0; tries < 9 && !sessions_on_workdays(day, f->cafe_sessions); tries++)
			day += 7;
		reg->activities[reg->activity_count++] =
			(RegActivity){ .kind = "cafe_course",
				       .title = str_printf(m->c->arena, "Caféforløb %d", i + 1),
				       .organisation = organisation,
				       .day = day,
				       .sessions = f->cafe_sessions,
				       .held = true };
	}
}

static bool may_attend(const Maker *m, const RegActivity *x, int who)
{
	const RegParticipant *p = &m->reg->participants[who];
	return !m->lives[who].cafe && p->organisation == x->organisation && p->admitted < x->day &&
	       x->day + 7 * (x->sessions - 1) <= p->until;
}

static void attend(Maker *m, int activity, int who)
{
	Register *reg = m->reg;
	int sessions = reg->activities[activity].sessions, sure = draw_between(&m->r, 1, sessions);
	m->lives[who].cafe = true;
	for (int s = 1; s <= sessions; s++)
		reg->attendances[reg->attendance_count++] =
			(RegAttendance){ activity, who, s, s == sure || draw_percent(&m->r, 80) };
}

/* Up to `wanted` people in the order given; returns how many came. */
static int fill_course(Maker *m, int activity, int wanted, const int *order)
{
	int came = 0;
	for (int i = 0; i < m->n && came < wanted; i++) {
		if (!may_attend(m, &m->reg->activities[activity], order[i]))
			continue;
		attend(m, activity, order[i]);
		came++;
	}
	return came;
}

static Err fill_courses(Maker *m, int first, const int *order)
{
	const Facts *f = m->f;
	Register *reg = m->reg;
	Arena *a = m->c->arena;
	int n = reg->activity_count - first, left = f->cafe_participants;
	double *weights = ARENA_ARRAY(a, (size_t)n + 1, double);
	int *wanted = ARENA_ARRAY(a, (size_t)n + 1, int);
	for (int i = 0; i < n; i++) {
		const FactOrganisation *o = &f->organisations[reg->activities[first + i].organisation];
		weights[i] = (double)o->participants / o->cafe_courses;
	}
	apportion(a, left, weights, n, wanted);
	for (int i = 0; i < n; i++)
		left -= fill_course(m, first + i, wanted[i], order);
	for (int i = n - 1; i >= 0 && left > 0; i--) /* later courses have more to choose from */
		left -= fill_course(m, first + i, left, order);
	if (left > 0)
		return refuse(m->c, "cafe_participants",
			      T(m->c->lang, "%d course participants find no course in their time"), left);
	return OK;
}

/* Volunteers, most of them matched; who answers at the end comes first, since
 * answers tell of mentors. */
static Err match_mentors(Maker *m, const int *order)
{
	const Facts *f = m->f;
	Register *reg = m->reg;
	reg->mentors = ARENA_ARRAY(m->c->arena, (size_t)(f->mentors_matched + f->mentors_unmatched), RegMentor);
	for (int i = 0; i < m->n && reg->mentor_count < f->mentors_matched; i++) {
		Life *l = &m->lives[order[i]];
		Date latest = l->answers_end ? l->end_answered : l->until;
		if (latest < l->admitted + 60)
			continue;
		l->mentor = true;
		Date matched = draw_workday(&m->r, l->admitted + 30, latest - 14);
		reg->mentors[reg->mentor_count++] = (RegMentor){ .participant = order[i], .matched = matched };
	}
	if (reg->mentor_count < f->mentors_matched)
		return refuse(m->c, "mentors_matched", "%s", T(m->c->lang, "Too few people have time for a mentor"));
	for (int i = 0; i < f->mentors_unmatched; i++)
		reg->mentors[reg->mentor_count++] = (RegMentor){ .participant = -1, .matched = DATE_NONE };
	for (int i = 0; i < reg->mentor_count; i++) {
		const FactList *first = draw_percent(&m->r, 35) ? &f->male : &f->female;
		Str given = first->items[draw_between(&m->r, 0, first->n - 1)];
		Str family = f->surnames.items[draw_between(&m->r, 0, f->surnames.n - 1)];
		reg->mentors[i].name = str_printf(m->c->arena, "%.*s %.*s", STR_ARG(given), STR_ARG(family));
	}
	return OK;
}

Err make_activities(Maker *m)
{
	const Facts *f = m->f;
	Arena *a = m->c->arena;
	int *order = index_list(a, m->n);
	double *eager = ARENA_ARRAY(a, (size_t)m->n, double);
	list_activities(m);
	int first = m->reg->activity_count;
	for (int o = 0; o < f->organisation_count; o++)
		plan_courses(m, o);
	m->reg->attendances = ARENA_ARRAY(a, (size_t)f->cafe_participants * (size_t)f->cafe_sessions, RegAttendance);
	for (int i = 0; i < m->n; i++)
		eager[i] = draw_unit(&m->r) + 0.3 * m->lives[i].answers_end;
	order_by_score(eager, order, m->n);
	RETURN_IF_ERR(fill_courses(m, first, order));
	for (int i = 0; i < m->n; i++)
		eager[i] = draw_unit(&m->r) + m->lives[i].answers_end;
	order_by_score(eager, order, m->n);
	return match_mentors(m, order);
}
