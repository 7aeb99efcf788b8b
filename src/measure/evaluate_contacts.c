/* Contacts are too many to look at one by one: a filter is made of the conditions
 * and the database counts, from the counters where they suffice. */
#include "measure/snapshot.h"

enum { CODES_MOST = 6 }; /* of the longest list: places */

typedef struct {
	Period period;
	OrganisationId partners[VALUES_MOST]; /* none: all */
	int partner_count;
	bool impossible; /* conditions that exclude each other */
	int kinds[CODES_MOST], purposes[CODES_MOST], places[CODES_MOST], genders[CODES_MOST];
	int64_t age_from, age_to;
	bool follow_up;
} ContactFilter;

/* Keeps of `codes` (none: all) those that the predicate names. */
static void narrow_codes(ContactFilter *f, int *codes, const Predicate *k)
{
	int kept[CODES_MOST], n = 0;
	for (int i = 0; i < k->value_count; i++) {
		bool wanted = codes[0] == ENUM_NONE;
		for (int j = 0; j < CODES_MOST && !wanted; j++)
			wanted = codes[j] == k->codes[i];
		for (int j = 0; j < n; j++)
			wanted = wanted && kept[j] != k->codes[i];
		if (wanted && n < CODES_MOST) /* no list has more codes */
			kept[n++] = k->codes[i];
	}
	f->impossible = f->impossible || n == 0;
	for (int j = 0; j < CODES_MOST; j++)
		codes[j] = j < n ? kept[j] : ENUM_NONE;
}

static void narrow_period(Period *a, const Period *b)
{
	if (b->from != DATE_NONE && (a->from == DATE_NONE || b->from > a->from))
		a->from = b->from;
	if (b->to != DATE_NONE && (a->to == DATE_NONE || b->to < a->to))
		a->to = b->to;
}

static void narrow_age(ContactFilter *f, const Compare *k)
{
	int64_t from = k->op == COMPARE_OVER ? k->n + 1 : k->op == COMPARE_AT_LEAST ? k->n : 0;
	int64_t to = k->op == COMPARE_UNDER ? k->n - 1 : k->op == COMPARE_AT_MOST ? k->n : 200;
	f->age_from = from > f->age_from ? from : f->age_from;
	f->age_to = to < f->age_to ? to : f->age_to;
}

static Err narrow_partners(Evaluation *e, ContactFilter *f, const Predicate *k)
{
	OrganisationId kept[VALUES_MOST];
	int n = 0;
	for (int i = 0; i < k->value_count; i++) {
		OrganisationId id;
		RETURN_IF_ERR(eval_partner_id(e->c, e->programme, k->values[i].code, &id));
		bool allowed = f->partner_count == 0;
		for (int j = 0; j < f->partner_count && !allowed; j++)
			allowed = uuid_eq(f->partners[j].v, id.v);
		for (int j = 0; j < n; j++)
			allowed = allowed && !uuid_eq(kept[j].v, id.v);
		if (allowed)
			kept[n++] = id;
	}
	f->impossible = f->impossible || n == 0;
	f->partner_count = n;
	for (int i = 0; i < n; i++)
		f->partners[i] = kept[i];
	return OK;
}

static Err narrow(Evaluation *e, ContactFilter *f, const Condition *k)
{
	if (k == NULL)
		return OK;
	if (k->kind == CONDITION_AND) {
		RETURN_IF_ERR(narrow(e, f, k->left));
		return narrow(e, f, k->right);
	}
	const Predicate *p = &k->predicate;
	switch (p->kind) {
	case PREDICATE_KIND: narrow_codes(f, f->kinds, p); return OK;
	case PREDICATE_PURPOSE: narrow_codes(f, f->purposes, p); return OK;
	case PREDICATE_PLACE: narrow_codes(f, f->places, p); return OK;
	case PREDICATE_GENDER: narrow_codes(f, f->genders, p); return OK;
	case PREDICATE_AGE: narrow_age(f, &p->compare); return OK;
	case PREDICATE_DATE: narrow_period(&f->period, &p->period); return OK;
	case PREDICATE_FOLLOW_UP: f->follow_up = true; return OK;
	case PREDICATE_PARTNER: return narrow_partners(e, f, p);
	default: return fail(e->c, ERR_INTERNAL, "a condition that contacts do not have");
	}
}

static bool counters_suffice(const ContactFilter *f)
{
	return f->places[0] == ENUM_NONE && f->genders[0] == ENUM_NONE && f->age_from <= 0 && f->age_to >= 200 &&
	       !f->follow_up && date_ymd(f->period.from).day == 1 && date_ymd(f->period.to + 1).day == 1;
}

static Err count_of_partner(Evaluation *e, const ContactFilter *f, OrganisationId partner, int64_t *n)
{
	const int *k = f->kinds, *u = f->purposes, *l = f->places, *g = f->genders;
	if (counters_suffice(f))
		return eval_contact_total(e->c, e->programme, date_month(f->period.from), date_month(f->period.to),
					  partner, k[0], k[1], k[2], k[3], u[0], u[1], u[2], u[3], n);
	return eval_contact_scan(e->c, e->programme, f->period.from, f->period.to, partner, k[0], k[1], k[2], k[3],
				 u[0], u[1], u[2], u[3], l[0], l[1], l[2], l[3], l[4], l[5], g[0], g[1], g[2],
				 f->age_from, f->age_to, f->follow_up, n);
}

static ContactFilter all_contacts(Period period)
{
	ContactFilter f = { .period = period, .age_to = 200 };
	for (int i = 0; i < CODES_MOST; i++)
		f.kinds[i] = f.purposes[i] = f.places[i] = f.genders[i] = ENUM_NONE;
	return f;
}

static Err count_filtered(Evaluation *e, const ContactFilter *f, int64_t *n)
{
	*n = 0;
	if (f->impossible || f->period.to < f->period.from || f->age_to < f->age_from)
		return OK;
	if (f->partner_count == 0)
		return count_of_partner(e, f, (OrganisationId){ UUID_NONE }, n);
	for (int i = 0; i < f->partner_count; i++) {
		int64_t some;
		RETURN_IF_ERR(count_of_partner(e, f, f->partners[i], &some));
		*n += some;
	}
	return OK;
}

Err snapshot_contacts(Evaluation *e, const Things *of, const Condition *with, Period period, int64_t *base,
		      int64_t *numerator)
{
	if (period.from == DATE_NONE)
		period.from = date_of(1900, 1, 1);
	if (period.to == DATE_NONE || period.to > e->day)
		period.to = e->day;
	ContactFilter f = all_contacts(period);
	RETURN_IF_ERR(narrow(e, &f, of->where));
	RETURN_IF_ERR(count_filtered(e, &f, base));
	RETURN_IF_ERR(narrow(e, &f, with));
	return count_filtered(e, &f, numerator);
}
