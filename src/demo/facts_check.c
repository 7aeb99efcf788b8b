#include "demo/register.h"

#include <assert.h>

static Err expect_sum(Ctx *c, const char *field, int sum, int total)
{
	if (sum == total)
		return OK;
	return refuse(c, field, T(c->lang, "%s: the parts add up to %d, not to %d"), field, sum, total);
}

static Err expect_most(Ctx *c, const char *part, int n, const char *whole, int most)
{
	if (n <= most)
		return OK;
	return refuse(c, part, T(c->lang, "%s is %d, more than %s with %d"), part, n, whole, most);
}

/* Every problem is noted; the first error is returned. */
static void note(Err *all, Err e)
{
	if (*all == OK)
		*all = e;
}

static Err check_people(Ctx *c, const Facts *f)
{
	Err e = OK;
	int participants = 0, original = 0, revised = 0, people = 0, staffed = 0, partners = 0, courses = 0;
	for (int i = 0; i < f->organisation_count; i++) {
		const FactOrganisation *o = &f->organisations[i];
		participants += o->participants;
		original += o->places_original;
		revised += o->places_revised;
		courses += o->cafe_courses;
		partners += o->role == FACT_PARTNER;
		staffed += o->role == FACT_PARTNER && o->contact_persons > 0;
		if (o->role != FACT_PARTNER && o->participants + o->cafe_courses > 0)
			note(&e, refuse(c, "organisations",
					T(c->lang, "%.*s is no partner and cannot have participants or courses"),
					STR_ARG(o->name)));
	}
	if (f->organisation_count == 0 || f->organisations[0].role != FACT_OWNER || partners == 0 || staffed < partners)
		note(&e, refuse(c, "organisations", "%s",
				T(c->lang, "The owner comes first, then partners with contact persons")));
	for (int s = 0; s < FACT_STATUSES; s++)
		people += f->status[s];
	if (f->participants < 1)
		note(&e, refuse(c, "participants", "%s", T(c->lang, "A programme without participants")));
	note(&e, expect_sum(c, "participants", participants, f->participants));
	note(&e, expect_sum(c, "participants_target_original", original, f->places_original));
	note(&e, expect_sum(c, "participants_target_revised", revised, f->places_revised));
	note(&e, expect_sum(c, "cafe_courses", courses, f->cafe_courses));
	note(&e, expect_sum(c, "contacts_total", f->contacts_meeting + f->contacts_remote + f->contacts_company,
			    f->contacts_total));
	note(&e, expect_sum(c, "status", people, f->participants));
	note(&e, expect_most(c, "pension_granted", f->status[REG_STATUS_PENSION_GRANTED], "pension",
			     f->status[REG_STATUS_PENSION_GRANTED] + f->status[REG_STATUS_PENSION_IN_PROCESS]));
	note(&e, expect_most(c, "admitted_by_count", f->admitted_by_count, "participants", f->participants));
	note(&e, expect_most(c, "cafe_participants", f->cafe_participants, "participants", f->participants));
	note(&e, expect_most(c, "mentors_matched", f->mentors_matched, "participants", f->participants));
	if (f->age_min < 18 || f->age_max > 99 || f->age_mean < f->age_min || f->age_mean > f->age_max)
		note(&e,
		     refuse(c, "age_mean", "%s", T(c->lang, "The mean age lies outside the youngest and the oldest")));
	return e;
}

static Err check_dates(Ctx *c, const Facts *f)
{
	bool fits = f->start <= f->intake_first && f->intake_first <= f->intake_last &&
		    f->intake_last < f->status_date && f->status_date <= f->end;
	if (f->admitted_by != DATE_NONE)
		fits = fits && f->intake_first <= f->admitted_by && f->admitted_by < f->intake_last;
	fits = fits && f->end_wave_opens <= f->status_date - 30 && f->end_wave_opens > f->intake_first;
	if (fits)
		return OK;
	return refuse(c, "start", "%s",
		      T(c->lang, "The dates are out of order: start, intake, end of intake, status date, end"));
}

static Err check_meetings(Ctx *c, const Facts *f)
{
	int held = 0;
	for (int i = 0; i < f->activity_count; i++)
		held += f->activities[i].held && str_eq_z(f->activities[i].kind, "mentor_network");
	return expect_sum(c, "mentor_network_meetings_held", held, f->mentor_meetings_held);
}

/* What a programme may reasonably rule; days and months stay far from overflow. */
static Err check_rules(Ctx *c, const Facts *f)
{
	const struct {
		const char *key;
		int value, least, most;
	} rules[] = {
		{ "retention_months", f->retention_months, 1, 60 },
		{ "gap_days", f->gap_days, 0, 365 },
		{ "months_to_job_least", f->months_to_job_least, 0, 119 },
		{ "months_to_job_most", f->months_to_job_most, f->months_to_job_least + 1, 120 },
		{ "followup_job_months", f->followup_job_months, 1, 24 },
		{ "followup_internship_days", f->followup_internship_days, 10, 90 },
		{ "internship_weeks_least", f->internship_weeks_least, 1, 52 },
		{ "internship_weeks_most", f->internship_weeks_most, f->internship_weeks_least, 104 },
		{ "company_contacts_retention_percent", f->retention_percent, 0, 100 },
		{ "open_jobs_long_percent", f->open_jobs_long_percent, 0, 100 },
		{ "cafe_sessions", f->cafe_sessions, 1, 52 },
	};
	Err e = OK;
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if (rules[i].value < rules[i].least || rules[i].value > rules[i].most)
			note(&e, refuse(c, rules[i].key, T(c->lang, "%s must be from %d to %d"), rules[i].key,
					rules[i].least, rules[i].most));
	return e;
}

static Err check_jobs(Ctx *c, const Facts *f)
{
	Err e = OK;
	int open = f->status[REG_STATUS_EMPLOYED];
	int pension = f->status[REG_STATUS_PENSION_GRANTED] + f->status[REG_STATUS_PENSION_IN_PROCESS];
	int closed = f->participants - open - f->status[REG_STATUS_DECEASED];
	note(&e, expect_most(c, "ever_employed", f->ever_employed, "participants", f->participants));
	note(&e, expect_most(c, "employed", open, "ever_employed", f->ever_employed));
	note(&e, expect_most(c, "ever_employed", f->ever_employed - open, "closed jobs", closed));
	note(&e, expect_most(c, "ever_employed", f->ever_employed, "employments", f->employments));
	note(&e, expect_most(c, "employments", f->employments - f->ever_employed, "people with room for a second job",
			     f->ever_employed - f->employed_at_admission));
	note(&e, expect_most(c, "employments_long", f->employments_long, "ever_employed", f->ever_employed));
	note(&e, expect_most(c, "employments_long", f->employments_long, "participants without a pension",
			     open + closed - pension));
	note(&e, expect_most(c, "employed_at_admission", f->employed_at_admission, "employments_long",
			     f->employments_long));
	note(&e, expect_most(c, "internship", f->status[REG_STATUS_INTERNSHIP], "internships", f->internships));
	note(&e, check_rules(c, f));
	return e;
}

static Err check_question(Ctx *c, const Facts *f, const FactQuestion *q, int w)
{
	Err e = OK;
	const char *code = str_z(c->arena, q->code);
	int sum = 0;
	for (int i = 0; i < q->option_count; i++) {
		sum += q->counts[w][i];
		note(&e, expect_most(c, code, q->counts[w][i], "n", q->n[w]));
	}
	if (!q->multiple)
		note(&e, expect_sum(c, code, sum, q->n[w]));
	if (q->asked_question >= 0) {
		const FactQuestion *from = &f->questions[q->asked_question];
		if (!from->counts[w] || from->counts[w][q->asked_option] != q->n[w])
			note(&e, refuse(c, code, T(c->lang, "%s: %d answers, but another number was asked"), code,
					q->n[w]));
	} else if (q->in_job) {
		note(&e, expect_most(c, code, q->n[w], "employed", f->status[REG_STATUS_EMPLOYED]));
	} else {
		note(&e, expect_sum(c, code, q->n[w], f->answered[w]));
	}
	return e;
}

static Err check_answers(Ctx *c, const Facts *f)
{
	Err e = OK;
	int asked_in_job = -1, start = f->answered[WAVE_START_CITIZEN], end = f->answered[WAVE_END_CITIZEN];
	note(&e, expect_most(c, "start_questionnaires", start, "participants", f->participants));
	note(&e, expect_most(c, "end_questionnaires", end, "start_questionnaires", start));
	note(&e, expect_most(c, "end_incomplete", end + f->end_incomplete, "participants",
			     f->participants - f->status[REG_STATUS_DECEASED]));
	note(&e,
	     expect_most(c, "company_questionnaires", f->answered[WAVE_END_COMPANY], "employments", f->employments));
	note(&e, expect_most(c, "employed_at_admission", f->employed_at_admission, "start_questionnaires", start));
	note(&e, expect_most(c, "women", f->women, "start_questionnaires", start));
	note(&e, expect_most(c, "age", f->age_at_least_count, "start_questionnaires", start));
	for (int i = 0; i < f->question_count; i++) {
		const FactQuestion *q = &f->questions[i];
		for (int w = 0; w < FACT_WAVES; w++)
			if (q->counts[w])
				note(&e, check_question(c, f, q, w));
		if (!q->in_job)
			continue;
		if (asked_in_job >= 0 && q->n[WAVE_END_CITIZEN] != asked_in_job)
			note(&e, refuse(c, str_z(c->arena, q->code), "%s",
					T(c->lang, "Two questions to those in a job have different n")));
		asked_in_job = q->n[WAVE_END_CITIZEN];
	}
	return e;
}

Err facts_check(Ctx *c, const Facts *f)
{
	Err e = OK;
	note(&e, check_people(c, f));
	note(&e, check_dates(c, f));
	note(&e, check_meetings(c, f));
	note(&e, check_jobs(c, f));
	note(&e, check_answers(c, f));
	return e;
}

static void scale_question(FactQuestion *q, int k)
{
	for (int w = 0; w < FACT_WAVES; w++) {
		q->n[w] *= k;
		for (int i = 0; q->counts[w] && i < q->option_count; i++)
			q->counts[w][i] *= k;
	}
}

void demo_scale(Facts *f, int k)
{
	assert(k >= 1 && k <= 1000);
	int *counts[] = { &f->participants,          &f->places_original,   &f->places_revised,   &f->admitted_by_count,
			  &f->internships,           &f->employments,       &f->employments_long, &f->ever_employed,
			  &f->contacts_total,        &f->cafe_courses,      &f->contacts_meeting, &f->contacts_remote,
			  &f->contacts_company,      &f->cafe_participants, &f->mentors_matched,  &f->mentors_unmatched,
			  &f->employed_at_admission, &f->end_incomplete };
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		*counts[i] *= k;
	for (int i = 0; i < f->organisation_count; i++) {
		FactOrganisation *o = &f->organisations[i];
		o->participants *= k;
		o->places_original *= k;
		o->places_revised *= k;
		o->cafe_courses *= k;
		o->contact_persons *= k;
	}
	for (int s = 0; s < FACT_STATUSES; s++)
		f->status[s] *= k;
	for (int w = 0; w < FACT_WAVES; w++)
		f->answered[w] *= k;
	if (f->women >= 0)
		f->women *= k;
	if (f->age_at_least_count >= 0)
		f->age_at_least_count *= k;
	for (int i = 0; i < f->question_count; i++)
		scale_question(&f->questions[i], k);
}
