/* Organisations, staff and the people themselves: names and numbers that can
 * belong to nobody. */
#include "demo/maker.h"

#include <string.h>

static void make_organisations(Maker *m)
{
	const Facts *f = m->f;
	Register *reg = m->reg;
	reg->organisation_count = f->organisation_count;
	reg->organisations = ARENA_ARRAY(m->c->arena, (size_t)f->organisation_count, RegOrganisation);
	for (int i = 0; i < f->organisation_count; i++) {
		const FactOrganisation *o = &f->organisations[i];
		reg->organisations[i] = (RegOrganisation){ .role = o->role,
							   .name = o->name,
							   .municipality = o->municipality,
							   .places_original = o->places_original,
							   .places_revised = o->places_revised,
							   .staff_hours_week = o->staff_hours_week };
	}
}

static Str any_of(Random *r, const FactList *list)
{
	return list->items[draw_between(r, 0, list->n - 1)];
}

static Str any_name(Maker *m, bool male)
{
	Str first = any_of(&m->r, male ? &m->f->male : &m->f->female), last = any_of(&m->r, &m->f->surnames);
	return str_printf(m->c->arena, "%.*s %.*s", STR_ARG(first), STR_ARG(last));
}

static void add_member(Maker *m, int organisation, const char *role)
{
	Register *reg = m->reg;
	int n = reg->member_count++;
	reg->members[n] =
		(RegMember){ .organisation = organisation,
			     .role = role,
			     .name = any_name(m, draw_percent(&m->r, 25)),
			     .email = str_printf(m->c->arena, "ansat%d@%.*s", n + 1, STR_ARG(m->f->mail_domain)),
			     .since = m->f->start };
}

static void make_members(Maker *m)
{
	const Facts *f = m->f;
	int most = f->organisation_count;
	for (int i = 0; i < f->organisation_count; i++)
		most += f->organisations[i].contact_persons;
	m->reg->members = ARENA_ARRAY(m->c->arena, (size_t)most, RegMember);
	for (int i = 0; i < f->organisation_count; i++) {
		const FactOrganisation *o = &f->organisations[i];
		if (o->role == FACT_OWNER)
			add_member(m, i, "manager");
		if (o->role == FACT_EVALUATOR)
			add_member(m, i, "evaluator");
		for (int k = 0; o->role == FACT_PARTNER && k < o->contact_persons; k++)
			add_member(m, i, "contact_person");
	}
}

/* Partners by their published numbers, contact persons of a partner in turn. */
static void deal_partners(Maker *m)
{
	const Facts *f = m->f;
	Register *reg = m->reg;
	int *partner = ARENA_ARRAY(m->c->arena, (size_t)m->n, int), n = 0;
	int *turn = ARENA_ARRAY(m->c->arena, (size_t)f->organisation_count, int);
	int *first = ARENA_ARRAY(m->c->arena, (size_t)f->organisation_count, int);
	for (int i = 0; i < f->organisation_count; i++)
		for (int k = 0; k < f->organisations[i].participants; k++)
			partner[n++] = i;
	for (int i = reg->member_count - 1; i >= 0; i--)
		first[reg->members[i].organisation] = i;
	draw_shuffle(&m->r, partner, m->n);
	for (int i = 0; i < m->n; i++) {
		RegParticipant *p = &reg->participants[i];
		p->organisation = partner[i];
		p->municipality = f->organisations[partner[i]].municipality;
		p->member = first[partner[i]] + turn[partner[i]]++ % f->organisations[partner[i]].contact_persons;
	}
}

/* The share that holds among those who answered holds for the others, too. */
static void deal_gender(Maker *m)
{
	const Facts *f = m->f;
	int asked = f->answered[WAVE_START_CITIZEN];
	int women = f->women >= 0 ? f->women : (asked * 6 + 5) / 10;
	int rest = asked > 0 ? (int)(((int64_t)(m->n - asked) * women + asked / 2) / asked) : (m->n - asked) / 2;
	int *order = index_list(m->c->arena, m->n);
	draw_shuffle(&m->r, order, m->n);
	for (int i = 0; i < m->n; i++) {
		int *left = m->lives[order[i]].answers_start ? &women : &rest;
		m->reg->participants[order[i]].male = *left == 0;
		*left -= *left > 0;
	}
}

/* Moves ages by single years towards a sum between `least` and `most`, each
 * within its own limits. False when the limits do not allow it. */
static bool pull_ages(Maker *m, const int *low, const int *high, int64_t least, int64_t most)
{
	RegParticipant *p = m->reg->participants;
	int64_t sum = 0;
	for (int i = 0; i < m->n; i++)
		sum += p[i].age;
	for (bool moved = true; moved && (sum < least || sum > most);) {
		moved = false;
		for (int k = 0; k < m->n && (sum < least || sum > most); k++) {
			int i = draw_between(&m->r, 0, m->n - 1), step = sum < least ? 1 : -1;
			for (int tried = 0; tried < m->n; tried++, i = (i + 1) % m->n)
				if (p[i].age + step >= low[i] && p[i].age + step <= high[i])
					break;
			if (p[i].age + step < low[i] || p[i].age + step > high[i])
				return false;
			p[i].age += step;
			sum += step;
			moved = true;
		}
	}
	return sum >= least && sum <= most;
}

/* The youngest and the oldest are there; so many of those who answered are at
 * least the published age; the sum gives the published mean. */
static Err deal_ages(Maker *m)
{
	const Facts *f = m->f;
	Arena *a = m->c->arena;
	RegParticipant *p = m->reg->participants;
	int *low = ARENA_ARRAY(a, (size_t)m->n, int), *high = ARENA_ARRAY(a, (size_t)m->n, int);
	int *order = index_list(a, m->n), asked = f->answered[WAVE_START_CITIZEN], old = f->age_at_least_count;
	int border = f->age_at_least, rest = old >= 0 && asked > 0 ? (int)((int64_t)(m->n - asked) * old / asked) : 0;
	bool split = old >= 0 && border > f->age_min && border <= f->age_max;
	draw_shuffle(&m->r, order, m->n);
	for (int k = 0; k < m->n; k++) {
		int i = order[k], *left = m->lives[i].answers_start ? &old : &rest;
		bool above = split && *left > 0;
		*left -= above;
		low[i] = above ? border : f->age_min;
		high[i] = split && !above ? border - 1 : f->age_max;
		p[i].age = (draw_between(&m->r, low[i], high[i]) + draw_between(&m->r, low[i], high[i])) / 2;
	}
	int youngest = m->n - 1, oldest = 0;
	while (youngest > 0 && low[order[youngest]] != f->age_min)
		youngest--;
	while (oldest < m->n - 1 && (high[order[oldest]] != f->age_max || oldest == youngest))
		oldest++;
	youngest = order[youngest];
	oldest = order[oldest];
	if (low[youngest] != f->age_min || high[oldest] != f->age_max ||
	    (youngest == oldest && f->age_min != f->age_max))
		return refuse(m->c, "age_min", "%s", T(m->c->lang, "The ages leave out the youngest or the oldest"));
	p[youngest].age = high[youngest] = f->age_min;
	p[oldest].age = low[oldest] = f->age_max;
	/* mean at one decimal: from mean - 0.05 up to just below mean + 0.05 */
	int64_t tenths = (int64_t)(f->age_mean * 10 + 0.5);
	int64_t least = ((2 * tenths - 1) * m->n + 19) / 20, most = ((2 * tenths + 1) * m->n - 1) / 20;
	if (!pull_ages(m, low, high, least, most))
		return refuse(m->c, "age_mean", "%s", T(m->c->lang, "No ages have this mean with these limits"));
	return OK;
}

/* Civil numbers: day + 60, so that the register has none of them. */
typedef struct {
	uint64_t *slots; /* 0: free */
	size_t size;     /* a power of two */
} Taken;

static bool take_number(Taken *t, uint64_t number)
{
	for (size_t i = (number * UINT64_C(0x9e3779b97f4a7c15)) >> 20;; i++) {
		uint64_t *slot = &t->slots[i & (t->size - 1)];
		if (*slot == number)
			return false;
		if (*slot == 0) {
			*slot = number;
			return true;
		}
	}
}

/* The seventh digit tells the century: 0-3 for 19YY; for 20YY 4 up to 2036 and
 * 5 from 2037. */
static uint64_t any_cpr(Random *r, Ymd born, bool male)
{
	int seventh = born.year < 2000 ? draw_between(r, 0, 3) : born.year < 2037 ? 4 : 5;
	int last = 2 * draw_between(r, 0, 4) + (male ? 1 : 0);
	int serial = seventh * 1000 + draw_between(r, 0, 99) * 10 + last;
	return (((uint64_t)(born.day + 60) * 100 + (uint64_t)born.month) * 100 + (uint64_t)(born.year % 100)) * 10000 +
	       (uint64_t)serial;
}

static void give_identity(Maker *m, RegParticipant *p, Taken *taken, int i)
{
	Arena *a = m->c->arena;
	uint64_t number;
	do { /* born so that the age at admission is right: last birthday up to a year less a day before */
		Date birthday = date_add_months(p->admitted, -12 * p->age);
		p->born = birthday - draw_between(&m->r, 0, 363);
		number = any_cpr(&m->r, date_ymd(p->born), p->male);
	} while (!take_number(taken, number));
	p->cpr = str_printf(a, "%010llu", (unsigned long long)number);
	p->name = any_name(m, p->male);
	p->phone = str_printf(a, "00%06d", i % 500000); /* no Danish number begins with 00 */
	p->email = str_printf(a, "borger%d@%.*s", i + 1, STR_ARG(m->f->mail_domain));
}

Err make_people(Maker *m)
{
	Register *reg = m->reg;
	Arena *a = m->c->arena;
	make_organisations(m);
	make_members(m);
	reg->participant_count = m->n;
	reg->participants = ARENA_ARRAY(a, (size_t)m->n, RegParticipant);
	deal_partners(m);
	deal_gender(m);
	RETURN_IF_ERR(deal_ages(m));
	Taken taken = { .size = 64 };
	while (taken.size < 4 * (size_t)m->n)
		taken.size *= 2;
	taken.slots = ARENA_ARRAY(a, taken.size, uint64_t);
	for (int i = 0; i < m->n; i++) {
		RegParticipant *p = &reg->participants[i];
		p->admitted = m->lives[i].admitted;
		p->employed_at_admission = m->lives[i].at_admission;
		p->until = m->lives[i].until;
		give_identity(m, p, &taken, i);
	}
	return OK;
}
