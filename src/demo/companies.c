/* Companies, and one for each placement: nobody shares a company at a time, and
 * no company employs two of the programme's participants, so that the
 * questionnaire reaches as many companies as there are employments. */
#include "demo/maker.h"

static void make_company(Maker *m, RegCompany *company, int i, int organisation)
{
	const Facts *f = m->f;
	Arena *a = m->c->arena;
	int names = f->first_count * f->trade_count, round = i / names;
	int mixed = (int)(((int64_t)i * 7919 + round) % names); /* neighbours differ */
	const FactCompanyPart *first = &f->firsts[mixed % f->first_count];
	const FactCompanyPart *trade = &f->trades[mixed / f->first_count];
	Str name = str_printf(a, "%.*s %.*s", STR_ARG(first->first), STR_ARG(trade->trade));
	*company = (RegCompany){ .name = round == 0 ? name : str_printf(a, "%.*s %d", STR_ARG(name), round + 1),
				 .branch = trade->branch,
				 .organisation = organisation,
				 .municipality = f->organisations[organisation].municipality,
				 .employees = draw_between(&m->r, trade->employees_least, trade->employees_most),
				 .phone = str_printf(a, "00%06d", 500000 + i % 500000),
				 .email = str_printf(a, "virksomhed%d@%.*s", i + 1, STR_ARG(f->mail_domain)) };
}

/* Each partner's companies stand together: one for every placement there and
 * a quarter more that were only asked. */
static void make_all(Maker *m)
{
	Register *reg = m->reg;
	int orgs = reg->organisation_count, total = 0;
	int *count = ARENA_ARRAY(m->c->arena, (size_t)orgs + 1, int);
	for (int p = 0; p < reg->placement_count; p++)
		count[reg->participants[reg->placements[p].participant].organisation]++;
	m->company_first = ARENA_ARRAY(m->c->arena, (size_t)orgs + 1, int);
	for (int o = 0; o < orgs; o++) {
		m->company_first[o] = total;
		if (reg->organisations[o].role == FACT_PARTNER)
			total += count[o] + count[o] / 4 + 1;
	}
	m->company_first[orgs] = total;
	reg->companies = ARENA_ARRAY(m->c->arena, (size_t)total, RegCompany);
	reg->company_count = total;
	for (int o = 0; o < orgs; o++)
		for (int i = m->company_first[o]; i < m->company_first[o + 1]; i++)
			make_company(m, &reg->companies[i], i, o);
}

typedef struct {
	Date *free_from; /* per company */
	bool *employs;
} Use;

/* There are as many companies as placements, so that one is always free. */
static int free_company(Maker *m, const Use *use, int organisation, Date starts, bool job)
{
	int first = m->company_first[organisation], n = m->company_first[organisation + 1] - first;
	int offset = draw_between(&m->r, 0, n - 1);
	for (int k = 0; k < n; k++) {
		int i = first + (offset + k) % n;
		if (use->free_from[i] <= starts && !(job && use->employs[i]))
			return i;
	}
	return first + offset;
}

void make_companies(Maker *m)
{
	Register *reg = m->reg;
	Arena *a = m->c->arena;
	int n = reg->placement_count, *order = index_list(a, n);
	double *early = ARENA_ARRAY(a, (size_t)n, double);
	bool *follows = ARENA_ARRAY(a, (size_t)n, bool);
	make_all(m);
	Use use = { ARENA_ARRAY(a, (size_t)reg->company_count, Date),
		    ARENA_ARRAY(a, (size_t)reg->company_count, bool) };
	for (int i = 0; i < n; i++) {
		early[i] = -reg->placements[i].starts;
		if (m->led_to[i] >= 0)
			follows[m->led_to[i]] = true;
	}
	order_by_score(early, order, n);
	for (int k = 0; k < n; k++) {
		int i = order[k], last = m->led_to[i] >= 0 ? m->led_to[i] : i;
		RegPlacement *p = &reg->placements[i], *end = &reg->placements[last];
		if (follows[i])
			continue;
		bool job = end->kind != REG_KIND_INTERNSHIP;
		int company = free_company(m, &use, reg->participants[p->participant].organisation, p->starts, job);
		p->company = end->company = company;
		use.employs[company] |= job;
		use.free_from[company] = end->ends == DATE_NONE ? DATE_LAST : end->ends + 1;
	}
}
