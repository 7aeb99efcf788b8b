/* Facts that are wrong or cannot hold together are refused, with the place. */
#include "made.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A programme's folder with one file changed. */
typedef struct {
	Ctx c;
	char folder[64];
} Bench;

static void copy_changed(const char *from, const char *to, const char *find, const char *put, bool *changed)
{
	static char text[1 << 16];
	FILE *in = fopen(from, "rb");
	assert_non_null(in);
	size_t n = fread(text, 1, sizeof text - 1, in);
	fclose(in);
	text[n] = 0;
	char *at = find ? strstr(text, find) : NULL;
	FILE *out = fopen(to, "wb");
	assert_non_null(out);
	if (at) {
		fwrite(text, 1, (size_t)(at - text), out);
		fputs(put, out);
		fputs(at + strlen(find), out);
		*changed = true;
	} else {
		fwrite(text, 1, n, out);
	}
	fclose(out);
}

static const char *const files[] = { "programme.csv",  "choices.csv", "organisations.csv", "status.csv",
				     "activities.csv", "goals.csv",   "theory.csv",        "options.csv",
				     "questions.csv",  "surveys.csv", "prepost.csv",       "profile.csv" };

/* The small programme with `find` in `file` replaced; *out as facts_read and
 * then demo_generate give it. */
static Err with_change(Bench *b, const char *file, const char *find, const char *put, Facts **out)
{
	Arena *a = b->c.arena;
	bool changed = false;
	const char *lists[] = { "names.csv", "companies.csv", "notes.csv" };
	for (int i = 0; i < 3; i++)
		copy_changed(source_path(a, str_z(a, str_printf(a, "tests/unit/demo/other/%s", lists[i]))),
			     str_z(a, str_printf(a, "%s/%s", b->folder, lists[i])), NULL, NULL, &changed);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		copy_changed(source_path(a, str_z(a, str_printf(a, "tests/unit/demo/other/facts/%s", files[i]))),
			     str_z(a, str_printf(a, "%s/facts/%s", b->folder, files[i])),
			     strcmp(files[i], file) == 0 ? find : NULL, put, &changed);
	assert_true(changed);
	return facts_read(&b->c, str_z(a, str_printf(a, "%s/facts", b->folder)), out);
}

static int setup(void **state)
{
	static Bench b;
	memset(&b, 0, sizeof b);
	ctx_init(&b.c);
	b.c.lang = LANG_EN;
	snprintf(b.folder, sizeof b.folder, "%s", "/tmp/rampe-facts-XXXXXX");
	assert_non_null(mkdtemp(b.folder));
	assert_int_equal(mkdir(str_z(b.c.arena, str_printf(b.c.arena, "%s/facts", b.folder)), 0700), 0);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	Bench *b = *state;
	Arena *a = b->c.arena;
	const char *lists[] = { "names.csv", "companies.csv", "notes.csv" };
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		unlink(str_z(a, str_printf(a, "%s/facts/%s", b->folder, files[i])));
	for (int i = 0; i < 3; i++)
		unlink(str_z(a, str_printf(a, "%s/%s", b->folder, lists[i])));
	rmdir(str_z(a, str_printf(a, "%s/facts", b->folder)));
	rmdir(b->folder);
	ctx_release(&b->c);
	return 0;
}

/* What is refused says each of the words somewhere. */
static void assert_refused(void **state, const char *file, const char *find, const char *put, const char *reason,
			   const char *place)
{
	Bench *b = *state;
	Facts *f = NULL;
	Register *r = NULL;
	Err e = with_change(b, file, find, put, &f);
	if (e == OK)
		e = demo_generate(&b->c, f, 1, &r);
	const char *problems = str_z(b->c.arena, ctx_problems_text(&b->c));
	if (e != ERR_INVALID || !strstr(problems, reason) || !strstr(problems, place))
		fail_msg("%s: \"%s\" for \"%s\" gave %s: %s", file, put, find, err_name(e), problems);
}

static void more_ever_employed_than_participants__refused(void **state)
{
	assert_refused(state, "programme.csv", "ever_employed,11", "ever_employed,25",
		       "ever_employed is 25, more than participants with 24", "ever_employed");
}

static void statuses_that_do_not_add_up__refused(void **state)
{
	assert_refused(state, "status.csv", "sick,2", "sick,3", "the parts add up to 25, not to 24", "status");
}

static void partners_that_do_not_add_up__refused(void **state)
{
	assert_refused(state, "organisations.csv", "710,14,", "710,15,", "add up to 25, not to 24", "participants");
}

static void contacts_that_do_not_add_up__refused(void **state)
{
	assert_refused(state, "programme.csv", "contacts_remote,400", "contacts_remote,401",
		       "add up to 901, not to 900", "contacts_total");
}

static void more_long_jobs_than_people__refused(void **state)
{
	assert_refused(state, "programme.csv", "employments_over_6_months,7", "employments_over_6_months,12",
		       "more than ever_employed with 11", "employments_long");
}

static void fewer_jobs_than_people_with_a_job__refused(void **state)
{
	assert_refused(state, "programme.csv", "employments,13", "employments,10", "more than employments with 10",
		       "ever_employed");
}

static void answers_that_do_not_add_up__refused(void **state)
{
	assert_refused(state, "surveys.csv", "partner,end,citizen,15,yes,8", "partner,end,citizen,15,yes,16",
		       "add up to 16, not to 15", "partner");
}

static void question_asked_of_others_than_answered__refused(void **state)
{
	assert_refused(state, "surveys.csv", "partner,end,citizen,15,yes,8", "partner,end,citizen,15,yes,9",
		       "partner_works: 8 answers, but another number was asked", "partner_works");
}

static void percentage_of_no_whole_count__refused(void **state)
{
	/* 2 of 22 are 9.1, 3 of 22 are 13.6: nothing is 11 */
	assert_refused(state, "prepost.csv", ",9,20", ",11,20", "No whole number of 22 is 11 percent", "row 2");
}

static void unknown_status__refused_with_its_row(void **state)
{
	assert_refused(state, "status.csv", "sick,2", "ill,2", "status.csv: There is no status ill", "row 8");
}

static void missing_key__refused(void **state)
{
	assert_refused(state, "programme.csv", "internships,14,\n", "", "internships is missing", "internships");
}

static void number_that_is_none__refused_with_its_row(void **state)
{
	assert_refused(state, "programme.csv", "internships,14", "internships,many", "must be a whole number",
		       "row 21");
}

static void missing_column__refused(void **state)
{
	assert_refused(state, "surveys.csv", "option_code", "option", "surveys.csv", "option_code");
}

static void unknown_option__refused_with_its_row(void **state)
{
	assert_refused(state, "surveys.csv", "helped,end,citizen,15,cafe,5", "helped,end,citizen,15,coffee,5",
		       "surveys.csv: The question has no such option", "row 4");
}

static void dates_out_of_order__refused(void **state)
{
	assert_refused(state, "programme.csv", "status_date,2021-10-31", "status_date,2021-03-01", "out of order",
		       "start");
}

static void ages_without_such_a_mean__refused(void **state)
{
	assert_refused(state, "programme.csv", "age_mean,35.5", "age_mean,58.5", "mean age lies outside", "age_mean");
}

static void ages_whose_mean_cannot_be_reached__refused(void **state)
{
	/* one is 19 and 23 at most 58: (19 + 23 x 58) / 24 = 56.5 */
	assert_refused(state, "programme.csv", "age_mean,35.5", "age_mean,57.0", "No ages have this mean", "age_mean");
}

static void contacts_too_few_for_the_follow_ups__refused(void **state)
{
	assert_refused(state, "programme.csv", "contacts_total,900,\ncontacts_meeting,250,\ncontacts_remote,400,",
		       "contacts_total,252,\ncontacts_meeting,1,\ncontacts_remote,1,",
		       "fewer contacts than the follow-up rules", "contacts_total");
}

static void internships_without_time__refused(void **state)
{
	assert_refused(state, "programme.csv", "internships,14", "internships,1400", "There is no time for",
		       "internships");
}

static void jobs_longer_than_the_programme_allows__refused(void **state)
{
	assert_refused(state, "choices.csv", "retention_months,5", "retention_months,20", "admitted early enough",
		       "intake_last");
}

static void rule_out_of_range__refused(void **state)
{
	assert_refused(state, "choices.csv", "followup_job_months,2", "followup_job_months,25",
		       "followup_job_months must be from 1 to 24", "followup_job_months");
}

static void missing_folder__is_an_io_error(void **state)
{
	Bench *b = *state;
	Facts *f;
	assert_int_equal(facts_read(&b->c, "/nowhere", &f), ERR_IO);
}

static void same_seed__same_register(void **state)
{
	Bench *b = *state;
	const Facts *f = facts_of(&b->c, "demo/rampen");
	const Register *x = register_of(&b->c, f, 7), *y = register_of(&b->c, f, 7), *z = register_of(&b->c, f, 8);
	bool same = true;
	for (int i = 0; i < x->contact_count; i++) {
		assert_true(x->contacts[i].at == y->contacts[i].at);
		assert_true(str_eq(x->contacts[i].note, y->contacts[i].note));
		same = same && x->contacts[i].at == z->contacts[i].at;
	}
	for (int i = 0; i < x->participant_count; i++)
		assert_true(str_eq(x->participants[i].cpr, y->participants[i].cpr));
	assert_int_equal(x->answer_count, y->answer_count);
	assert_memory_equal(x->answers, y->answers, (size_t)x->answer_count * sizeof *x->answers);
	assert_false(same);
}

static void scaled__a_hundred_times_as_large_with_the_same_shares(void **state)
{
	Bench *b = *state;
	Facts *f = facts_of(&b->c, "demo/rampen");
	demo_scale(f, 100);
	assert_int_equal(facts_check(&b->c, f), OK);
	const Register *r = register_of(&b->c, f, 1);
	Date day = date_of(2018, 11, 30);
	int employed = 0, early = 0;
	int64_t ages = 0;
	assert_int_equal(r->participant_count, 12500);
	assert_int_equal(r->contact_count, 784100);
	assert_int_equal(r->placement_count, 11100 + 8000);
	for (int i = 0; i < r->participant_count; i++) {
		employed += reg_status_on(r, i, day) == REG_STATUS_EMPLOYED;
		early += r->participants[i].admitted <= date_of(2017, 11, 30);
		ages += r->participants[i].age;
	}
	assert_int_equal(employed, 5000);
	assert_int_equal(early, 11000);
	assert_in_range(ages, 526875, 528124); /* 42.15 and just below 42.25 times 12,500 */
}

#define REFUSAL(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		REFUSAL(more_ever_employed_than_participants__refused),
		REFUSAL(statuses_that_do_not_add_up__refused),
		REFUSAL(partners_that_do_not_add_up__refused),
		REFUSAL(contacts_that_do_not_add_up__refused),
		REFUSAL(more_long_jobs_than_people__refused),
		REFUSAL(fewer_jobs_than_people_with_a_job__refused),
		REFUSAL(answers_that_do_not_add_up__refused),
		REFUSAL(question_asked_of_others_than_answered__refused),
		REFUSAL(percentage_of_no_whole_count__refused),
		REFUSAL(unknown_status__refused_with_its_row),
		REFUSAL(missing_key__refused),
		REFUSAL(number_that_is_none__refused_with_its_row),
		REFUSAL(missing_column__refused),
		REFUSAL(unknown_option__refused_with_its_row),
		REFUSAL(dates_out_of_order__refused),
		REFUSAL(ages_without_such_a_mean__refused),
		REFUSAL(ages_whose_mean_cannot_be_reached__refused),
		REFUSAL(contacts_too_few_for_the_follow_ups__refused),
		REFUSAL(internships_without_time__refused),
		REFUSAL(jobs_longer_than_the_programme_allows__refused),
		REFUSAL(rule_out_of_range__refused),
		REFUSAL(missing_folder__is_an_io_error),
		REFUSAL(same_seed__same_register),
		REFUSAL(scaled__a_hundred_times_as_large_with_the_same_shares),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
