/* Contacts: first the follow-ups that the programme's rules ask for, then the
 * rest of the published numbers, spread by how often each person wants to meet. */
#include "demo/maker.h"

#include <stdlib.h>

/* Notes by purpose, by how the contact was made, and by whether the citizen
 * was at a company then. */
enum { BY_MEETING, BY_PHONE, BY_MESSAGE, WAYS, NOTE_GROUPS = (REG_PURPOSE_NETWORK + 1) * WAYS * 2 };

typedef struct {
	Maker *m;
	int meetings, remote, company; /* still to be made */
	FactList notes[NOTE_GROUPS];
} Talks;

static int note_group(RegPurpose purpose, RegContactKind kind, bool placed)
{
	int way = kind == REG_CONTACT_MEETING ? BY_MEETING : kind == REG_CONTACT_PHONE ? BY_PHONE : BY_MESSAGE;
	return ((int)purpose * WAYS + way) * 2 + placed;
}

static bool note_fits(const FactNote *n, RegPurpose purpose, RegContactKind kind, bool placed)
{
	const char *way = kind == REG_CONTACT_MEETING ? "meeting" : kind == REG_CONTACT_PHONE ? "phone" : "message";
	if (!str_eq_z(n->purpose, reg_purpose_codes[purpose]))
		return false;
	if (!str_eq_z(n->kind, way) && !str_eq_z(n->kind, "any"))
		return false;
	return str_eq_z(n->when, placed ? "placed" : "seeking") || str_eq_z(n->when, "any");
}

static void group_notes(Talks *t)
{
	static const RegContactKind kinds[] = { REG_CONTACT_MEETING, REG_CONTACT_PHONE, REG_CONTACT_SMS };
	const Facts *f = t->m->f;
	for (int purpose = 0; purpose <= REG_PURPOSE_NETWORK; purpose++) {
		for (int way = 0; way < 2 * WAYS; way++) {
			RegContactKind kind = kinds[way / 2];
			FactList *list = &t->notes[note_group((RegPurpose)purpose, kind, way % 2)];
			list->items = ARENA_ARRAY(t->m->c->arena, (size_t)f->note_count, Str);
			for (int i = 0; i < f->note_count; i++)
				if (note_fits(&f->notes[i], (RegPurpose)purpose, kind, way % 2))
					list->items[list->n++] = f->notes[i].text;
		}
	}
}

/* None in two of five. */
static Str any_note(Talks *t, const RegContact *x, bool placed)
{
	const FactList *list = &t->notes[note_group(x->purpose, x->kind, placed)];
	if (list->n == 0 || draw_percent(&t->m->r, 40))
		return STR("");
	return list->items[draw_between(&t->m->r, 0, list->n - 1)];
}

/* Working hours, messages sometimes before or after. */
static Time any_moment(Random *r, Date day, bool message)
{
	if (message && draw_percent(r, 7))
		return time_of(day, draw_percent(r, 25) ? draw_between(r, 420, 479) : draw_between(r, 960, 1170));
	return time_of(day, 480 + 5 * draw_between(r, 0, 91) + (message ? draw_between(r, 0, 4) : 0));
}

static RegContact *add_contact(Talks *t, int who, Date day, RegContactKind kind)
{
	Register *reg = t->m->reg;
	RegContact *x = &reg->contacts[reg->contact_count++];
	*x = (RegContact){ .at = any_moment(&t->m->r, day, kind != REG_CONTACT_MEETING),
			   .day = day,
			   .participant = who,
			   .member = reg->participants[who].member,
			   .company = -1,
			   .placement = -1,
			   .kind = kind,
			   .place = -1 };
	return x;
}

static int any_minutes(Random *r, RegContactKind kind)
{
	switch (kind) {
	case REG_CONTACT_MEETING: return 5 * draw_between(r, 6, 15);
	case REG_CONTACT_PHONE: return draw_between(r, 3, 25);
	case REG_CONTACT_SMS: return draw_between(r, 1, 4);
	case REG_CONTACT_EMAIL: break;
	}
	return draw_between(r, 4, 15);
}

static RegPlace any_place(Random *r, bool placed)
{
	int p = draw_between(r, 0, 99);
	if (placed && p < 35)
		return REG_PLACE_COMPANY;
	p = draw_between(r, 0, 99);
	return p < 48   ? REG_PLACE_JOB_CENTRE
	       : p < 68 ? REG_PLACE_NGO
	       : p < 80 ? REG_PLACE_WALK_AND_TALK
	       : p < 95 ? REG_PLACE_HOME
			: REG_PLACE_OTHER;
}

static int placement_on(const Maker *m, int who, Date day)
{
	for (int p = m->first[who]; p < m->first[who + 1]; p++) {
		const RegPlacement *x = &m->reg->placements[p];
		if (x->starts <= day && (x->ends == DATE_NONE || day <= x->ends))
			return p;
	}
	return -1;
}

static void add_citizen(Talks *t, int who, Date day, bool meeting, bool follow_up)
{
	Random *r = &t->m->r;
	int p = draw_between(r, 0, 99), placement = placement_on(t->m, who, day);
	RegContactKind kind = meeting  ? REG_CONTACT_MEETING
			      : p < 45 ? REG_CONTACT_PHONE
			      : p < 85 ? REG_CONTACT_SMS
				       : REG_CONTACT_EMAIL;
	RegContact *x = add_contact(t, who, day, kind);
	*(meeting ? &t->meetings : &t->remote) -= 1;
	x->purpose = REG_PURPOSE_CITIZEN;
	x->follow_up = follow_up;
	if (follow_up)
		x->placement = placement;
	if (meeting)
		x->place = any_place(r, placement >= 0);
	x->minutes = any_minutes(r, kind);
	x->note = any_note(t, x, placement >= 0);
}

static RegContact *add_company(Talks *t, int who, Date day, int company, RegPurpose purpose)
{
	Random *r = &t->m->r;
	int p = draw_between(r, 0, 99);
	RegContactKind kind = p < 55 ? REG_CONTACT_PHONE : p < 78 ? REG_CONTACT_EMAIL : REG_CONTACT_MEETING;
	RegContact *x = add_contact(t, who, day, kind);
	t->company--;
	x->purpose = purpose;
	x->company = company;
	if (kind == REG_CONTACT_MEETING)
		x->place = REG_PLACE_COMPANY;
	x->minutes = any_minutes(r, kind);
	x->note = any_note(t, x, placement_on(t->m, who, day) >= 0);
	return x;
}

static Err no_room(const Talks *t)
{
	return refuse(t->m->c, "contacts_total", "%s",
		      T(t->m->c->lang, "There are fewer contacts than the follow-up rules ask for"));
}

/* One follow-up with the company and one with the citizen. */
static Err follow_up(Talks *t, int placement, Date day)
{
	const RegPlacement *p = &t->m->reg->placements[placement];
	if (t->company == 0 || t->meetings + t->remote == 0)
		return no_room(t);
	RegContact *x = add_company(t, p->participant, day, p->company, REG_PURPOSE_RETENTION);
	x->placement = placement;
	x->follow_up = true;
	bool meeting = t->remote == 0 || (t->meetings > 0 && draw_percent(&t->m->r, 40));
	add_citizen(t, p->participant, day, meeting, true);
	return OK;
}

static void days_of(const Maker *m, const RegPlacement *p, Date *from, Date *to)
{
	const RegParticipant *who = &m->reg->participants[p->participant];
	*from = p->starts > who->admitted ? p->starts : who->admitted;
	*to = p->ends != DATE_NONE && p->ends < who->until ? p->ends : who->until;
}

/* After about two weeks and then so often that the interval of the rule never
 * passes, up to the end of the job or the status date. */
static Err follow_job(Talks *t, int placement)
{
	Maker *m = t->m;
	int limit = 30 * m->f->followup_job_months - 10;
	Date from, to;
	days_of(m, &m->reg->placements[placement], &from, &to);
	Date day = from + draw_between(&m->r, 10, 20);
	day = near_workday(day, day, day + 5);
	if (day >= to)
		return OK;
	RETURN_IF_ERR(follow_up(t, placement, day));
	while (to - day > limit) {
		day += draw_between(&m->r, limit * 6 / 10, limit - 6);
		day = near_workday(day, day, day + 5);
		RETURN_IF_ERR(follow_up(t, placement, day));
	}
	return OK;
}

/* Usually within the last week before the rule's day. */
static Err follow_internship(Talks *t, int placement)
{
	Maker *m = t->m;
	int due = m->f->followup_internship_days;
	Date from, to;
	days_of(m, &m->reg->placements[placement], &from, &to);
	Date day = from + draw_between(&m->r, due - 7, due - 2);
	if (day + 5 > to || !draw_percent(&m->r, 88))
		return OK;
	return follow_up(t, placement, near_workday(day, day, day + 5));
}

static Err follow_all(Talks *t)
{
	const Register *reg = t->m->reg;
	for (int i = 0; i < reg->placement_count; i++)
		RETURN_IF_ERR(reg->placements[i].kind == REG_KIND_INTERNSHIP ? follow_internship(t, i)
									     : follow_job(t, i));
	return OK;
}

/* A day in the person's time, often around admission or a start. */
static Date any_day(Maker *m, int who)
{
	const RegParticipant *p = &m->reg->participants[who];
	Date day = draw_between(&m->r, p->admitted, p->until);
	if (draw_percent(&m->r, 30)) {
		int event = draw_between(&m->r, m->first[who] - 1, m->first[who + 1] - 1);
		Date start = event < m->first[who] ? p->admitted : m->reg->placements[event].starts;
		day = start + draw_between(&m->r, -10, 30);
	}
	return near_workday(day, p->admitted, p->until);
}

static void spread_citizens(Talks *t, const double *wish)
{
	Maker *m = t->m;
	int *meetings = ARENA_ARRAY(m->c->arena, (size_t)m->n, int),
	    *remote = ARENA_ARRAY(m->c->arena, (size_t)m->n, int);
	double *weights = ARENA_ARRAY(m->c->arena, (size_t)m->n, double);
	for (int i = 0; i < m->n; i++)
		weights[i] = wish[i] * (0.7 + 0.6 * draw_unit(&m->r));
	apportion(m->c->arena, t->meetings, wish, m->n, meetings);
	apportion(m->c->arena, t->remote, weights, m->n, remote);
	for (int i = 0; i < m->n; i++) {
		for (int k = 0; k < meetings[i]; k++)
			add_citizen(t, i, any_day(m, i), true, false);
		for (int k = 0; k < remote[i]; k++)
			add_citizen(t, i, any_day(m, i), false, false);
	}
}

static void spread_retention(Talks *t, int total)
{
	Maker *m = t->m;
	const Register *reg = m->reg;
	int n = reg->placement_count, *count = ARENA_ARRAY(m->c->arena, (size_t)n + 1, int);
	double *weights = ARENA_ARRAY(m->c->arena, (size_t)n + 1, double);
	for (int i = 0; i < n; i++) {
		Date from, to;
		days_of(m, &reg->placements[i], &from, &to);
		weights[i] = (to - from + 1) * (0.3 + draw_unit(&m->r));
	}
	apportion(m->c->arena, total, weights, n, count);
	for (int i = 0; i < n; i++) {
		const RegPlacement *p = &reg->placements[i];
		for (int k = 0; k < count[i]; k++) {
			Date from, to;
			days_of(m, p, &from, &to);
			RegContact *x = add_company(t, p->participant, draw_workday(&m->r, from, to), p->company,
						    REG_PURPOSE_RETENTION);
			x->placement = i;
			x->follow_up = draw_percent(&m->r, 60);
		}
	}
}

static bool in_job(const Maker *m, int who, Date day)
{
	int p = placement_on(m, who, day);
	return p >= 0 && m->reg->placements[p].kind != REG_KIND_INTERNSHIP;
}

/* The workdays on which a job is sought, into `days` (which may be NULL). */
static int search_days(const Maker *m, int who, Date *days)
{
	const RegParticipant *p = &m->reg->participants[who];
	int n = 0;
	for (Date day = p->admitted; day <= p->until; day++) {
		if (date_weekday(day) > 5 || date_is_holiday(day) || in_job(m, who, day))
			continue;
		if (days)
			days[n] = day;
		n++;
	}
	return n;
}

/* The company that a placement soon begins at, or else one of the partner's area. */
static int asked_company(Maker *m, int who, Date day)
{
	for (int p = m->first[who]; p < m->first[who + 1]; p++) {
		Date starts = m->reg->placements[p].starts;
		if (day < starts && starts - day < 40 && draw_percent(&m->r, 60))
			return m->reg->placements[p].company;
	}
	int o = m->reg->participants[who].organisation;
	return draw_between(&m->r, m->company_first[o], m->company_first[o + 1] - 1);
}

static void spread_search(Talks *t, const double *days)
{
	Maker *m = t->m;
	int *count = ARENA_ARRAY(m->c->arena, (size_t)m->n, int);
	double *weights = ARENA_ARRAY(m->c->arena, (size_t)m->n, double);
	for (int i = 0; i < m->n; i++)
		weights[i] = days[i] > 0 ? days[i] * (0.2 + draw_unit(&m->r)) : 0;
	apportion(m->c->arena, t->company, weights, m->n, count);
	Date *choice = ARENA_ARRAY(m->c->arena, (size_t)(m->f->status_date - m->f->intake_first) + 1, Date);
	for (int i = 0; i < m->n; i++) {
		int choices = count[i] > 0 ? search_days(m, i, choice) : 0;
		for (int k = 0; k < count[i]; k++) {
			Date day = choice[draw_between(&m->r, 0, choices - 1)];
			add_company(t, i, day, asked_company(m, i, day), REG_PURPOSE_JOB_SEARCH);
		}
	}
}

static int compare_contacts(const void *a, const void *b)
{
	const RegContact *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->participant != y->participant)
		return x->participant < y->participant ? -1 : 1;
	const int xs[] = { (int)x->purpose, (int)x->kind, x->company, x->place, x->minutes, x->follow_up };
	const int ys[] = { (int)y->purpose, (int)y->kind, y->company, y->place, y->minutes, y->follow_up };
	for (int i = 0; i < 6; i++)
		if (xs[i] != ys[i])
			return xs[i] < ys[i] ? -1 : 1;
	return str_cmp(x->note, y->note);
}

Err make_contacts(Maker *m)
{
	const Facts *f = m->f;
	Register *reg = m->reg;
	Talks t = {
		.m = m, .meetings = f->contacts_meeting, .remote = f->contacts_remote, .company = f->contacts_company
	};
	reg->contacts = ARENA_ARRAY(m->c->arena, (size_t)f->contacts_total, RegContact);
	group_notes(&t);
	RETURN_IF_ERR(follow_all(&t));
	double *wish = ARENA_ARRAY(m->c->arena, (size_t)m->n, double), seeking = 0;
	double *days = ARENA_ARRAY(m->c->arena, (size_t)m->n, double);
	for (int i = 0; i < m->n; i++) {
		const RegParticipant *p = &reg->participants[i];
		double often = draw_unit(&m->r); /* from monthly to weekly, most towards monthly */
		wish[i] = (p->until - p->admitted + 1) * (0.25 + 0.75 * often * often);
		days[i] = search_days(m, i, NULL);
		seeking += days[i];
	}
	spread_citizens(&t, wish);
	int done = f->contacts_company - t.company;
	int retention = (int)((int64_t)f->contacts_company * f->retention_percent / 100) - done;
	if (seeking <= 0)
		retention = t.company;
	if (retention > 0 && reg->placement_count > 0)
		spread_retention(&t, retention);
	spread_search(&t, days);
	if (t.meetings + t.remote + t.company > 0)
		return no_room(&t);
	qsort(reg->contacts, (size_t)reg->contact_count, sizeof *reg->contacts, compare_contacts);
	return OK;
}
