/* People whose parts fit together, in registers of several seeds and of two
 * programmes. The rules are those of the domain, not the generator's. */
#include "made.h"

#include "base/danish.h"

#include <string.h>

enum { SEEDS = 8, REGISTERS = 2 * SEEDS };

static struct {
	Ctx c;
	Register *r[REGISTERS];
} made;

static int make(void **state)
{
	(void)state;
	ctx_init(&made.c);
	made.c.lang = LANG_EN;
	const Facts *rampen = facts_of(&made.c, "demo/rampen"),
		    *other = facts_of(&made.c, "tests/unit/demo/other/facts");
	for (int i = 0; i < SEEDS; i++) {
		made.r[i] = register_of(&made.c, rampen, (uint64_t)i);
		made.r[SEEDS + i] = register_of(&made.c, other, (uint64_t)i);
	}
	return 0;
}

static int unmake(void **state)
{
	(void)state;
	ctx_release(&made.c);
	return 0;
}

#define EACH_REGISTER(r)                                   \
	for (int which_ = 0; which_ < REGISTERS; which_++) \
		for (const Register *r = made.r[which_]; r; r = NULL)

static bool leaves(int code)
{
	return code == REG_STATUS_MOVED || code == REG_STATUS_DECEASED || code == REG_STATUS_OTHER_PROVIDER ||
	       code == REG_STATUS_PENSION_GRANTED;
}

static void status__agrees_with_placements_on_every_day(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		int next = 0;
		for (int i = 0; i < r->participant_count; i++) {
			const RegParticipant *p = &r->participants[i];
			int first = next;
			while (next < r->placement_count && r->placements[next].participant == i)
				next++;
			assert_int_equal(reg_status_on(r, i, p->admitted - 1), -1);
			for (Date day = p->admitted; day <= r->facts->status_date; day++) {
				int jobs = 0, internships = 0, code = reg_status_on(r, i, day);
				for (int k = first; k < next; k++) {
					jobs += is_job(&r->placements[k]) && covers(&r->placements[k], day);
					internships += !is_job(&r->placements[k]) && covers(&r->placements[k], day);
				}
				assert_true(jobs + internships <= 1);
				assert_int_equal(jobs, code == REG_STATUS_EMPLOYED);
				assert_int_equal(internships, code == REG_STATUS_INTERNSHIP);
			}
			assert_int_equal(reg_status_on(r, i, p->admitted) == REG_STATUS_EMPLOYED,
					 p->employed_at_admission);
		}
		assert_int_equal(next, r->placement_count);
	}
}

static void status__one_a_day_and_no_way_back_from_leaving(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	for (int i = 1; i < r->status_count; i++) {
		const RegStatus *a = &r->statuses[i - 1], *b = &r->statuses[i];
		if (a->participant != b->participant) {
			assert_int_equal(a->participant + 1, b->participant);
			assert_int_equal(b->since, r->participants[b->participant].admitted);
			continue;
		}
		assert_true(a->since < b->since);
		assert_int_not_equal(a->code, b->code);
		assert_false(leaves((int)a->code));
		assert_true(b->since <= r->facts->status_date);
	}
}

static void leaving__nothing_happens_afterwards(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		for (int i = 0; i < r->contact_count; i++) {
			const RegContact *x = &r->contacts[i];
			const RegParticipant *p = &r->participants[x->participant];
			int code = reg_status_on(r, x->participant, x->day);
			assert_true(x->day >= p->admitted && x->day <= p->until);
			assert_true(!leaves(code) || (code == REG_STATUS_PENSION_GRANTED && x->day == p->until));
		}
		for (int i = 0; i < r->placement_count; i++) {
			const RegPlacement *p = &r->placements[i];
			assert_true(p->starts <= r->participants[p->participant].until);
			assert_true(p->ends == DATE_NONE || p->ends <= r->participants[p->participant].until);
			assert_true(p->ends == DATE_NONE || p->ends >= p->starts);
		}
		for (int i = 0; i < r->response_count; i++) {
			const RegResponse *x = &r->responses[i];
			if (x->participant >= 0 && x->answered != DATE_NONE)
				assert_in_range(x->answered, r->participants[x->participant].admitted,
						r->participants[x->participant].until);
		}
		for (int i = 0; i < r->attendance_count; i++) {
			const RegAttendance *x = &r->attendances[i];
			const RegActivity *course = &r->activities[x->activity];
			const RegParticipant *p = &r->participants[x->participant];
			assert_in_range(course->day + 7 * (x->session - 1), p->admitted, p->until);
			assert_int_equal(course->organisation, p->organisation);
		}
		for (int i = 0; i < r->mentor_count; i++) {
			const RegMentor *x = &r->mentors[i];
			if (x->participant >= 0)
				assert_in_range(x->matched, r->participants[x->participant].admitted,
						r->participants[x->participant].until);
		}
	}
}

static void jobs__of_one_person_never_join(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		const RegPlacement *last = NULL;
		for (int i = 0; i < r->placement_count; i++) {
			const RegPlacement *p = &r->placements[i];
			if (!is_job(p))
				continue;
			if (last && last->participant == p->participant)
				assert_true(last->ends != DATE_NONE && p->starts - last->ends - 1 > r->facts->gap_days);
			last = p;
		}
	}
}

/* Three months to two years, for those who came without a job. */
static void jobs__the_first_takes_its_time(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		int last = -1, found = 0, slow = 0;
		for (int i = 0; i < r->placement_count; i++) {
			const RegPlacement *p = &r->placements[i];
			const RegParticipant *who = &r->participants[p->participant];
			if (!is_job(p) || p->participant == last)
				continue;
			last = p->participant;
			if (who->employed_at_admission) {
				assert_in_range(who->admitted - p->starts, 1, 60);
				continue;
			}
			found++;
			slow += p->starts - who->admitted > 183;
			assert_true(p->starts >= date_add_months(who->admitted, r->facts->months_to_job_least));
			assert_true(p->starts <= date_add_months(who->admitted, r->facts->months_to_job_most));
		}
		if (which_ < SEEDS) /* the programme of two and a half years */
			assert_true(slow * 2 > found);
	}
}

static void internships__last_4_to_13_weeks(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	for (int i = 0; i < r->placement_count; i++) {
		const RegPlacement *p = &r->placements[i];
		if (is_job(p))
			continue;
		Date ends = p->ends != DATE_NONE ? p->ends : p->planned_end;
		assert_in_range(ends - p->starts + 1, 7 * r->facts->internship_weeks_least,
				7 * r->facts->internship_weeks_most);
		assert_true(p->ends != DATE_NONE || p->planned_end >= r->facts->status_date);
	}
}

static void retention__company_and_citizen_are_spoken_to_every_three_months(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	for (int i = 0; i < r->placement_count; i++) {
		const RegPlacement *p = &r->placements[i];
		if (!is_job(p))
			continue;
		Date company = p->starts, citizen = p->starts;
		Date to = p->ends != DATE_NONE ? p->ends : r->facts->status_date;
		int months = r->facts->followup_job_months;
		for (int k = 0; k < r->contact_count; k++) {
			const RegContact *x = &r->contacts[k];
			if (x->participant != p->participant || x->day < p->starts || x->day > to)
				continue;
			if (x->purpose == REG_PURPOSE_CITIZEN) {
				assert_true(x->day <= date_add_months(citizen, months));
				citizen = x->day;
			} else if (x->placement == i) {
				assert_int_equal(x->company, p->company);
				assert_true(x->day <= date_add_months(company, months));
				company = x->day;
			}
		}
		assert_true(to <= date_add_months(company, months));
		assert_true(to <= date_add_months(citizen, months));
	}
}

static void internships__most_are_followed_up_after_three_weeks(void **state)
{
	(void)state;
	int done = 0, all = 0;
	EACH_REGISTER(r)
	{
		for (int i = 0; i < r->placement_count; i++) {
			const RegPlacement *p = &r->placements[i];
			if (is_job(p) || (p->ends != DATE_NONE ? p->ends : r->facts->status_date) < p->starts + 35)
				continue;
			bool found = false;
			for (int k = 0; k < r->contact_count; k++) {
				const RegContact *x = &r->contacts[k];
				found |= x->placement == i && x->follow_up && x->purpose == REG_PURPOSE_RETENTION &&
					 x->day - p->starts >= 18 && x->day - p->starts <= 35;
			}
			done += found;
			all++;
		}
	}
	assert_true(done * 100 > all * 80); /* usually: not always */
}

static void contacts__workdays_in_working_hours_by_the_contact_person_in_order(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		int early_or_late = 0, noted = 0;
		for (int i = 0; i < r->contact_count; i++) {
			const RegContact *x = &r->contacts[i];
			int minute = time_minute(x->at);
			assert_int_equal(time_date(x->at), x->day);
			assert_true(i == 0 || r->contacts[i - 1].at <= x->at);
			assert_true(date_weekday(x->day) <= 5 && !date_is_holiday(x->day));
			assert_in_range(x->day, r->facts->start, r->facts->status_date);
			assert_int_equal(x->member, r->participants[x->participant].member);
			assert_int_equal(r->members[x->member].organisation,
					 r->participants[x->participant].organisation);
			assert_true((x->company >= 0) == (x->purpose != REG_PURPOSE_CITIZEN));
			assert_true((x->place >= 0) == (x->kind == REG_CONTACT_MEETING));
			assert_true(x->minutes > 0 && x->minutes < 120);
			early_or_late += minute < 480 || minute >= 960;
			noted += x->note.len > 0;
		}
		assert_true(early_or_late * 10 < r->contact_count);
		assert_true(noted > r->contact_count / 3 && noted < r->contact_count);
	}
}

static void contacts__some_people_want_many_more_than_others(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		double least = 1e9, most = 0;
		for (int i = 0; i < r->participant_count; i++) {
			int n = 0;
			for (int k = 0; k < r->contact_count; k++)
				n += r->contacts[k].participant == i && r->contacts[k].purpose == REG_PURPOSE_CITIZEN;
			double a_month = 30.0 * n / (r->participants[i].until - r->participants[i].admitted + 1);
			least = a_month < least ? a_month : least;
			most = a_month > most ? a_month : most;
		}
		assert_true(most > 2 * least);
		assert_true(least > 0);
	}
}

static void identity__numbers_fit_and_belong_to_nobody(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	for (int i = 0; i < r->participant_count; i++) {
		const RegParticipant *p = &r->participants[i];
		Cpr cpr;
		assert_true(cpr_parse(p->cpr, &cpr));
		assert_true(cpr.replacement);
		assert_in_range(p->cpr.ptr[0], '6', '9'); /* day + 60 */
		assert_int_equal(cpr.born, p->born);
		assert_int_equal(cpr.male, p->male);
		assert_true(str_ends(p->email, STR(".example")));
		for (int k = 0; k < i; k++)
			assert_false(str_eq(p->cpr, r->participants[k].cpr));
	}
}

static void companies__have_one_participant_at_a_time(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	for (int i = 0; i < r->placement_count; i++) {
		const RegPlacement *a = &r->placements[i];
		assert_in_range(a->company, 0, r->company_count - 1);
		for (int k = 0; k < i; k++) {
			const RegPlacement *b = &r->placements[k];
			if (a->company == b->company)
				assert_false(covers(a, b->starts) || covers(b, a->starts));
		}
	}
}

/* Index of the option that a response chose; -1 when it was not asked. */
static int choice(const Register *r, int response, const char *code)
{
	for (int i = 0; i < r->answer_count; i++)
		if (r->answers[i].response == response &&
		    str_eq_z(r->facts->questions[r->answers[i].question].code, code))
			return r->answers[i].option;
	return -1;
}

static void answers__follow_the_routing(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	for (int i = 0; i < r->answer_count; i++) {
		const RegAnswer *a = &r->answers[i];
		const RegResponse *x = &r->responses[a->response];
		const FactQuestion *q = &r->facts->questions[a->question];
		Str need = q->options[a->option].needs;
		assert_true(x->answered != DATE_NONE);
		if (q->in_job)
			assert_int_equal(reg_status_on(r, x->participant, x->answered), REG_STATUS_EMPLOYED);
		if (q->asked_question >= 0)
			assert_int_equal(choice(r, a->response,
						str_z(made.c.arena, r->facts->questions[q->asked_question].code)),
					 q->asked_option);
		if (str_eq_z(need, "employed_at_admission"))
			assert_true(r->participants[x->participant].employed_at_admission);
		bool mentor = !str_eq_z(need, "mentor"), cafe = !str_eq_z(need, "cafe");
		for (int k = 0; !mentor && k < r->mentor_count; k++)
			mentor = r->mentors[k].participant == x->participant;
		for (int k = 0; !cafe && k < r->attendance_count; k++)
			cafe = r->attendances[k].participant == x->participant;
		assert_true(mentor && cafe);
	}
}

static void answers__end_respondents_answered_at_the_start_and_feel_alike(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		int n = r->participant_count, paired = 0, far = 0;
		for (int i = 0; i < n; i++) { /* responses stand by wave, then participant */
			const RegResponse *start = &r->responses[i], *end = &r->responses[n + i];
			assert_true(start->participant == i && end->participant == i);
			if (!end->complete)
				continue;
			assert_true(start->complete);
			assert_true(start->answered < end->answered);
			int step = choice(r, i, "self_rated_health") - choice(r, n + i, "self_rated_health");
			paired++;
			far += step > 2 || step < -2;
		}
		assert_int_equal(paired, r->facts->answered[WAVE_END_CITIZEN]);
		assert_true(far * 10 <= paired); /* hardly anybody jumps three steps of five */
	}
}

static bool allows(const RegConsent *k, const RegContact *x)
{
	return k->participant == x->participant && strcmp(k->purpose, "contact_company") == 0 &&
	       (k->company < 0 || k->company == x->company) && time_date(k->given) <= x->day &&
	       (k->withdrawn == TIME_NONE || k->withdrawn > x->at);
}

/* Nobody is spoken about with a company before having said yes, or after having said no. */
static void consents__every_contact_with_a_company_has_one(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		int single = 0, withdrawn = 0;
		for (int i = 0; i < r->contact_count; i++) {
			int allowing = r->contacts[i].company < 0;
			for (int k = 0; k < r->consent_count && allowing == 0; k++)
				allowing = allows(&r->consents[k], &r->contacts[i]);
			assert_int_equal(allowing, 1);
		}
		for (int k = 0; k < r->consent_count; k++) {
			const RegConsent *x = &r->consents[k];
			single += x->company >= 0 && strcmp(x->purpose, "contact_company") == 0;
			withdrawn += x->withdrawn != TIME_NONE;
			assert_true(time_date(x->given) <= r->facts->status_date);
			assert_true(time_date(x->given) >= r->participants[x->participant].admitted);
		}
		if (which_ < SEEDS) /* a whole programme has some of each */
			assert_true(single > 0 && withdrawn > 0 && withdrawn * 4 < r->participant_count);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status__agrees_with_placements_on_every_day),
		cmocka_unit_test(status__one_a_day_and_no_way_back_from_leaving),
		cmocka_unit_test(leaving__nothing_happens_afterwards),
		cmocka_unit_test(jobs__of_one_person_never_join),
		cmocka_unit_test(jobs__the_first_takes_its_time),
		cmocka_unit_test(internships__last_4_to_13_weeks),
		cmocka_unit_test(retention__company_and_citizen_are_spoken_to_every_three_months),
		cmocka_unit_test(internships__most_are_followed_up_after_three_weeks),
		cmocka_unit_test(contacts__workdays_in_working_hours_by_the_contact_person_in_order),
		cmocka_unit_test(consents__every_contact_with_a_company_has_one),
		cmocka_unit_test(contacts__some_people_want_many_more_than_others),
		cmocka_unit_test(identity__numbers_fit_and_belong_to_nobody),
		cmocka_unit_test(companies__have_one_participant_at_a_time),
		cmocka_unit_test(answers__follow_the_routing),
		cmocka_unit_test(answers__end_respondents_answered_at_the_start_and_feel_alike),
	};
	return cmocka_run_group_tests(tests, make, unmake);
}
