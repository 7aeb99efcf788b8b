/* Consents: who lets companies be contacted, from before the first contact until after the last; and what some have
 * said. */
#include "demo/maker.h"

enum { FEW = 6 }; /* so many contacts with companies can go by consents to single ones */

/* One citizen's contacts with companies. */
typedef struct {
	int n, company[FEW];
	Date first, last, day[FEW];
} Asked;

static Asked *list_asked(const Maker *m)
{
	Asked *asked = ARENA_ARRAY(m->c->arena, (size_t)m->n, Asked);
	for (int i = 0; i < m->reg->contact_count; i++) {
		const RegContact *x = &m->reg->contacts[i];
		Asked *a = &asked[x->participant];
		if (x->company < 0)
			continue;
		if (a->n == 0)
			a->first = x->day;
		if (a->n < FEW) {
			a->company[a->n] = x->company;
			a->day[a->n] = x->day;
		}
		a->last = x->day;
		a->n++;
	}
	return asked;
}

static Time moment(Random *r, Date day)
{
	return time_of(day, 480 + 5 * draw_between(r, 0, 91));
}

static RegConsent *give(Maker *m, int who, const char *purpose, Date day)
{
	RegConsent *x = &m->reg->consents[m->reg->consent_count++];
	*x = (RegConsent){ .participant = who,
			   .purpose = purpose,
			   .company = -1,
			   .given = moment(&m->r, day),
			   .withdrawn = TIME_NONE,
			   .by_staff = draw_percent(&m->r, 60) };
	return x;
}

/* That day or up to `days` before it, never before admission. */
static Date before(Maker *m, int who, Date day, int days)
{
	Date admitted = m->reg->participants[who].admitted;
	Date chosen = day - draw_between(&m->r, 0, days);
	return chosen > admitted ? chosen : admitted;
}

static void give_each(Maker *m, int who, const Asked *a)
{
	for (int i = 0; i < a->n; i++) {
		bool known = false;
		for (int k = 0; k < i; k++)
			known = known || a->company[k] == a->company[i];
		if (!known)
			give(m, who, "contact_company", before(m, who, a->day[i], 5))->company = a->company[i];
	}
}

/* Companies in general for most; single ones for some of those with few contacts. Some say no when it is over. */
static void let_contact(Maker *m, int who, const Asked *a)
{
	if (a->n == 0)
		return;
	if (a->n <= FEW && draw_percent(&m->r, 60)) {
		give_each(m, who, a);
		return;
	}
	RegConsent *x = give(m, who, "contact_company", before(m, who, a->first, 30));
	if (m->f->status_date - a->last > 45 && draw_percent(&m->r, 25))
		x->withdrawn = moment(&m->r, a->last + draw_between(&m->r, 1, 30));
}

/* Where somebody works whose considerations the company may know. */
static void let_tell(Maker *m, int who)
{
	for (int p = m->first[who]; p < m->first[who + 1]; p++) {
		const RegPlacement *x = &m->reg->placements[p];
		if (x->ends != DATE_NONE || !draw_percent(&m->r, 40))
			continue;
		RegConsent *told = give(m, who, "tell_company", before(m, who, x->starts, 10));
		told->company = x->company;
		told->tells = true;
	}
}

/* Three of four who are quoted have agreed; one of those has changed their mind. */
static void make_quotes(Maker *m)
{
	Register *reg = m->reg;
	int quoted = 0;
	for (int i = 0; i < m->f->note_count; i++) {
		const FactNote *n = &m->f->notes[i];
		if (!str_eq_z(n->purpose, "quote"))
			continue;
		int who = draw_between(&m->r, 0, m->n - 1);
		const RegParticipant *p = &reg->participants[who];
		Date said = draw_workday(&m->r, p->admitted, p->until);
		reg->quotes[reg->quote_count++] = (RegQuote){ who, n->text, n->kind, n->when, said };
		quoted++;
		if (quoted % 4 == 0)
			continue;
		RegConsent *x = give(m, who, "quotes", said);
		if (quoted == 6 && said + 20 < m->f->status_date)
			x->withdrawn = moment(&m->r, said + draw_between(&m->r, 5, 20));
	}
}

void make_consents(Maker *m)
{
	Register *reg = m->reg;
	const Asked *asked = list_asked(m);
	size_t most = (size_t)m->n * (FEW + 1) + (size_t)reg->placement_count + (size_t)m->f->note_count;
	reg->consents = ARENA_ARRAY(m->c->arena, most, RegConsent);
	reg->quotes = ARENA_ARRAY(m->c->arena, (size_t)m->f->note_count, RegQuote);
	for (int i = 0; i < m->n; i++) {
		let_contact(m, i, &asked[i]);
		let_tell(m, i);
		if (m->lives[i].answers_start && draw_percent(&m->r, 80))
			give(m, i, "answers", reg->participants[i].admitted);
	}
	make_quotes(m);
}
