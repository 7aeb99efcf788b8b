/* The published figures of the programme, counted in the made-up register. All
 * numbers here stand in the two printed evaluations, except where a comment
 * shows how one follows from a printed percentage. */
#include "made.h"

#include "format/csv.h"

enum { SEEDS = 6 };

static struct {
	Ctx c;
	Facts *f;
	Register *r[SEEDS];
} made;

static int make(void **state)
{
	(void)state;
	ctx_init(&made.c);
	made.c.lang = LANG_EN;
	made.f = facts_of(&made.c, "demo/rampen");
	for (int i = 0; i < SEEDS; i++)
		made.r[i] = register_of(&made.c, made.f, (uint64_t)i * 977 + 1);
	return 0;
}

static int unmake(void **state)
{
	(void)state;
	ctx_release(&made.c);
	return 0;
}

#define EACH_REGISTER(r)                            \
	for (int seed_ = 0; seed_ < SEEDS; seed_++) \
		for (const Register *r = made.r[seed_]; r; r = NULL)

static const Date status_date = 17865; /* 2018-11-30 */

static void people__125_of_three_job_centres(void **state)
{
	(void)state;
	assert_int_equal(status_date, date_of(2018, 11, 30));
	EACH_REGISTER(r)
	{
		int by[3] = { 0 }, early = 0;
		Date first = DATE_LAST, last = DATE_FIRST;
		assert_int_equal(r->participant_count, 125);
		for (int i = 0; i < r->participant_count; i++) {
			const RegParticipant *p = &r->participants[i];
			by[p->municipality == 751 ? 0 : p->municipality == 730 ? 1 : 2]++;
			early += p->admitted <= date_of(2017, 11, 30);
			first = p->admitted < first ? p->admitted : first;
			last = p->admitted > last ? p->admitted : last;
		}
		assert_int_equal(by[0], 57); /* Aarhus */
		assert_int_equal(by[1], 38); /* Randers */
		assert_int_equal(by[2], 30); /* Odder */
		assert_int_equal(early, 110);
		assert_int_equal(first, date_of(2016, 8, 1));
		assert_int_equal(last, date_of(2018, 5, 31));
	}
}

static void people__ages_from_23_to_61_with_mean_42_2(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		int sum = 0, least = 99, most = 0;
		for (int i = 0; i < r->participant_count; i++) {
			const RegParticipant *p = &r->participants[i];
			int age = date_age(p->born, p->admitted);
			assert_int_equal(p->age, age);
			sum += age;
			least = age < least ? age : least;
			most = age > most ? age : most;
		}
		assert_int_equal(least, 23);
		assert_int_equal(most, 61);
		/* 42.15 x 125 = 5268.75 and 42.25 x 125 = 5281.25 */
		assert_in_range(sum, 5269, 5281);
	}
}

static void contacts__7841_by_kind(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		int meeting = 0, remote = 0, company = 0;
		assert_int_equal(r->contact_count, 7841);
		for (int i = 0; i < r->contact_count; i++) {
			const RegContact *x = &r->contacts[i];
			if (x->purpose != REG_PURPOSE_CITIZEN)
				company++;
			else if (x->kind == REG_CONTACT_MEETING)
				meeting++;
			else
				remote++;
		}
		assert_int_equal(meeting, 1504);
		assert_int_equal(remote, 3871);
		assert_int_equal(company, 2466);
	}
}

/* Days and calendar months up to the last day, or the status date. */
static bool over_six_months(const RegPlacement *p)
{
	Date to = p->ends == DATE_NONE || p->ends > status_date ? status_date : p->ends;
	bool by_months = to > date_add_months(p->starts, 6), by_days = to - p->starts > 183;
	assert_true(by_months == by_days);
	return by_months;
}

static void jobs__80_of_75_people_51_of_them_over_six_months(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		int jobs = 0, longs = 0, internships = 0, ever = 0, employed = 0;
		int last = -1, last_long = -1;
		for (int i = 0; i < r->placement_count; i++) {
			const RegPlacement *p = &r->placements[i];
			internships += p->kind == REG_KIND_INTERNSHIP;
			if (!is_job(p))
				continue;
			assert_int_equal(p->kind, REG_KIND_FLEKSJOB);
			jobs++;
			ever += p->participant != last;
			last = p->participant;
			employed += covers(p, status_date);
			if (!over_six_months(p))
				continue;
			longs++;
			assert_int_not_equal(p->participant, last_long); /* distinct persons */
			last_long = p->participant;
			int final = reg_status_on(r, p->participant, status_date);
			assert_int_not_equal(final, REG_STATUS_PENSION_GRANTED);
			assert_int_not_equal(final, REG_STATUS_PENSION_IN_PROCESS);
		}
		assert_int_equal(internships, 111);
		assert_int_equal(jobs, 80);
		assert_int_equal(longs, 51);
		assert_int_equal(ever, 75);
		assert_int_equal(employed, 50);
	}
}

static void statuses__as_in_the_external_evaluation(void **state)
{
	(void)state;
	static const struct {
		RegStatusCode code;
		int people;
	} printed[] = { { REG_STATUS_EMPLOYED, 50 },      { REG_STATUS_INTERNSHIP, 15 }, { REG_STATUS_LEAVE, 3 },
			{ REG_STATUS_MOVED, 4 },          { REG_STATUS_DECEASED, 1 },    { REG_STATUS_SICK, 11 },
			{ REG_STATUS_OTHER_PROVIDER, 5 }, { REG_STATUS_UNEMPLOYED, 26 } };
	EACH_REGISTER(r)
	{
		int people[FACT_STATUSES] = { 0 };
		for (int i = 0; i < r->participant_count; i++)
			people[reg_status_on(r, i, status_date)]++;
		for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++)
			assert_int_equal(people[printed[i].code], printed[i].people);
		assert_int_equal(people[REG_STATUS_PENSION_GRANTED] + people[REG_STATUS_PENSION_IN_PROCESS], 10);
		assert_true(people[REG_STATUS_PENSION_GRANTED] > 0 && people[REG_STATUS_PENSION_IN_PROCESS] > 0);
	}
}

static void answers__113_80_and_24_and_5_incomplete(void **state)
{
	(void)state;
	static const int complete[] = { 113, 80, 24 }, incomplete[] = { 0, 5, 0 };
	EACH_REGISTER(r)
	{
		int all[FACT_WAVES] = { 0 }, half[FACT_WAVES] = { 0 }, invited[FACT_WAVES] = { 0 };
		for (int i = 0; i < r->response_count; i++) {
			const RegResponse *x = &r->responses[i];
			invited[x->wave]++;
			all[x->wave] += x->complete;
			half[x->wave] += !x->complete && x->answered != DATE_NONE;
			assert_true(!x->complete || x->answered != DATE_NONE);
			assert_true(x->answered == DATE_NONE || x->answered >= x->invited);
		}
		for (int w = 0; w < FACT_WAVES; w++) {
			assert_int_equal(all[w], complete[w]);
			assert_int_equal(half[w], incomplete[w]);
		}
		assert_int_equal(invited[WAVE_START_CITIZEN], 125);
		assert_int_equal(invited[WAVE_END_CITIZEN], 125);
	}
}

static int question_index(const Facts *f, const char *code)
{
	for (int i = 0; i < f->question_count; i++)
		if (str_eq_z(f->questions[i].code, code))
			return i;
	fail_msg("no question %s", code);
	return -1;
}

/* Complete responses of a wave that chose the option; `option` NULL: any. */
static int chosen(const Register *r, int wave, const char *code, const char *option)
{
	int question = question_index(r->facts, code), n = 0, last = -1;
	for (int i = 0; i < r->answer_count; i++) {
		const RegAnswer *a = &r->answers[i];
		const RegResponse *x = &r->responses[a->response];
		if (a->question != question || x->wave != wave || !x->complete)
			continue;
		if (option ? str_eq_z(r->facts->questions[question].options[a->option].code, option)
			   : a->response != last)
			n++;
		last = a->response;
	}
	return n;
}

static Str file_text(Ctx *c, const char *path)
{
	FILE *file = fopen(source_path(c->arena, path), "rb");
	assert_non_null(file);
	char *text = arena_alloc(c->arena, 1 << 16);
	size_t n = fread(text, 1, (1 << 16) - 1, file);
	fclose(file);
	return (Str){ text, n };
}

static void answers__each_printed_count_of_surveys_csv(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		Csv csv;
		bool more;
		int rows = 0;
		assert_int_equal(csv_open(&made.c, file_text(&made.c, "demo/rampen/surveys.csv"), NULL, &csv), OK);
		while (csv_next(&csv, &more) == OK && more) {
			int wave = str_eq_z(csv_field(&csv, csv_column(&csv, "respondent")), "company")
					   ? WAVE_END_COMPANY
					   : WAVE_END_CITIZEN;
			const char *code = str_z(made.c.arena, csv_field(&csv, csv_column(&csv, "question_code")));
			const char *option = str_z(made.c.arena, csv_field(&csv, csv_column(&csv, "option_code")));
			int64_t n, count;
			assert_int_equal(csv_int(&csv, csv_column(&csv, "n"), &n), OK);
			assert_int_equal(csv_int(&csv, csv_column(&csv, "count"), &count), OK);
			assert_int_equal(chosen(r, wave, code, NULL), n);
			assert_int_equal(chosen(r, wave, code, option), count);
			rows++;
		}
		assert_int_equal(rows, 68); /* lines of the file under its heading */
		/* 7 + 18 + 34 printed of 80: the rest is not printed and lies below "some" */
		assert_int_equal(chosen(r, WAVE_END_CITIZEN, "tools_daily_life", "little") +
					 chosen(r, WAVE_END_CITIZEN, "tools_daily_life", "none"),
				 21);
	}
}

static int percent(int n, int of)
{
	return (int)floor(100.0 * n / of + 0.5);
}

static void answers__start_and_end_percentages(void **state)
{
	(void)state;
	static const struct {
		const char *question, *option;
		int start, end;
	} printed[] = { { "self_rated_health", "very_good", 10, 21 },
			{ "self_rated_health", "poor", 10, 5 },
			{ "felt_sad_4_weeks", "never", 4, 18 } };
	EACH_REGISTER(r)
	for (size_t i = 0; i < 3; i++) {
		const char *q = printed[i].question, *o = printed[i].option;
		assert_int_equal(percent(chosen(r, WAVE_START_CITIZEN, q, o), 113), printed[i].start);
		assert_int_equal(percent(chosen(r, WAVE_END_CITIZEN, q, o), 80), printed[i].end);
		assert_int_equal(chosen(r, WAVE_START_CITIZEN, q, NULL), 113);
		assert_int_equal(chosen(r, WAVE_END_CITIZEN, q, NULL), 80);
	}
}

static void profile__percentages_of_113(void **state)
{
	(void)state;
	static const struct {
		const char *question, *option;
		int percent;
	} printed[] = { { "education", "higher", 32 },
			{ "education", "primary", 28 },
			{ "work_experience", "over_5_years", 71 },
			{ "work_experience", "under_1_year", 8 },
			{ "last_job", "over_36_months", 37 },
			{ "earlier_fleksjob", "yes", 61 },
			{ "parents_mental_illness", "yes", 46 },
			{ "parents_mental_illness", "unknown", 22 },
			{ "siblings_mental_illness", "yes", 36 } };
	EACH_REGISTER(r)
	{
		int women = 0, forty = 0, n = 0;
		for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++)
			assert_int_equal(
				percent(chosen(r, WAVE_START_CITIZEN, printed[i].question, printed[i].option), 113),
				printed[i].percent);
		/* more than 2 years: 25 to 36 months and over 36 months together */
		assert_int_equal(percent(chosen(r, WAVE_START_CITIZEN, "last_job", "months_25_36") +
						 chosen(r, WAVE_START_CITIZEN, "last_job", "over_36_months"),
					 113),
				 39);
		for (int i = 0; i < r->response_count; i++) {
			const RegResponse *x = &r->responses[i];
			if (x->wave != WAVE_START_CITIZEN || !x->complete)
				continue;
			n++;
			women += !r->participants[x->participant].male;
			forty += r->participants[x->participant].age >= 40;
		}
		assert_int_equal(percent(women, n), 65);
		assert_int_equal(percent(forty, n), 63);
	}
}

static void activities__courses_meetings_and_mentors(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		int cafe[3] = { 0 }, training = 0, information = 0, network = 0, held = 0, matched = 0;
		for (int i = 0; i < r->activity_count; i++) {
			const RegActivity *x = &r->activities[i];
			if (strcmp(x->kind, "cafe_course") == 0) {
				int municipality = r->organisations[x->organisation].municipality;
				cafe[municipality == 751 ? 0 : municipality == 730 ? 1 : 2]++;
				assert_int_equal(x->sessions, 5);
			}
			training += strcmp(x->kind, "training") == 0 && x->held;
			information += strcmp(x->kind, "information_meeting") == 0 && x->held;
			network += strcmp(x->kind, "mentor_network") == 0;
			held += strcmp(x->kind, "mentor_network") == 0 && x->held;
		}
		assert_int_equal(cafe[0], 4);
		assert_int_equal(cafe[1], 2);
		assert_int_equal(cafe[2], 2);
		assert_int_equal(training, 3);
		assert_int_equal(information, 3);
		assert_int_equal(network, 4);
		assert_int_equal(held, 1);
		bool came[125] = { 0 };
		int people = 0;
		for (int i = 0; i < r->attendance_count; i++) {
			const RegAttendance *x = &r->attendances[i];
			people += x->attended && !came[x->participant];
			came[x->participant] |= x->attended;
		}
		assert_int_equal(people, 75);
		for (int i = 0; i < r->mentor_count; i++)
			matched += r->mentors[i].participant >= 0;
		assert_int_equal(matched, 10);
	}
}

static void staff__fifteen_hours_per_job_centre(void **state)
{
	(void)state;
	EACH_REGISTER(r)
	{
		int partners = 0, managers = 0;
		for (int i = 0; i < r->organisation_count; i++) {
			if (r->organisations[i].role != FACT_PARTNER)
				continue;
			int staff = 0;
			for (int k = 0; k < r->member_count; k++)
				staff += r->members[k].organisation == i;
			assert_in_range(staff, 2, 3);
			assert_int_equal(r->organisations[i].staff_hours_week, 15);
			partners++;
		}
		for (int k = 0; k < r->member_count; k++)
			managers += strcmp(r->members[k].role, "manager") == 0;
		assert_int_equal(partners, 3);
		assert_int_equal(managers, 1);
	}
}

static void goals__counted_as_published(void **state)
{
	(void)state;
	assert_int_equal(made.f->goal_count, 20);
	assert_int_equal(made.f->places_original, 165);
	EACH_REGISTER(r)
	{
		/* B1: 59 of 80; B5: 18 of 24 */
		assert_int_equal(chosen(r, WAVE_END_CITIZEN, "tools_daily_life", "very_high") +
					 chosen(r, WAVE_END_CITIZEN, "tools_daily_life", "high") +
					 chosen(r, WAVE_END_CITIZEN, "tools_daily_life", "some"),
				 59);
		assert_int_equal(chosen(r, WAVE_END_COMPANY, "company_insight", "very_high") +
					 chosen(r, WAVE_END_COMPANY, "company_insight", "high") +
					 chosen(r, WAVE_END_COMPANY, "company_insight", "some"),
				 18);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people__125_of_three_job_centres),
		cmocka_unit_test(people__ages_from_23_to_61_with_mean_42_2),
		cmocka_unit_test(contacts__7841_by_kind),
		cmocka_unit_test(jobs__80_of_75_people_51_of_them_over_six_months),
		cmocka_unit_test(statuses__as_in_the_external_evaluation),
		cmocka_unit_test(answers__113_80_and_24_and_5_incomplete),
		cmocka_unit_test(answers__each_printed_count_of_surveys_csv),
		cmocka_unit_test(answers__start_and_end_percentages),
		cmocka_unit_test(profile__percentages_of_113),
		cmocka_unit_test(activities__courses_meetings_and_mentors),
		cmocka_unit_test(staff__fifteen_hours_per_job_centre),
		cmocka_unit_test(goals__counted_as_published),
	};
	return cmocka_run_group_tests(tests, make, unmake);
}
