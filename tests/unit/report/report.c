/* Evaluations of registers that nobody expected: none, very many partners, a job
 * from 1991, a day far away, days that contradict each other. The small register
 * of tests/unit/feature: Anna alone was admitted. */
#include "report/report.h"

#include "../feature/register.h"

#include <stdio.h>
#include <string.h>

enum { OUT_MOST = 64 << 20, PARTNERS = 40 };

/* On the day; printed in every form that needs no other program. */
static Report evaluated(const TestRegister *r, const char *on)
{
	Report report;
	ctx_clear(r->c);
	r->c->lang = LANG_EN;
	assert_ok(db_begin_read(r->c));
	assert_ok(report_collect(r->c, STR("rampen"), day(on), &report));
	db_end_read(r->c);
	Buf *html = buf_new(r->c->arena, OUT_MOST);
	assert_ok(report_html(r->c, html, &report));
	assert_ok(report_json(r->c, buf_new(r->c->arena, OUT_MOST), &report));
	assert_ok(report_xlsx(r->c, buf_new(r->c->arena, OUT_MOST), &report));
	assert_null(strstr(str_z(r->c->arena, buf_str(html)), "nan"));
	return report;
}

static Err add_partners(Ctx *c, void *arg)
{
	TestRegister *r = arg;
	for (int i = 0; i < PARTNERS; i++) {
		OrganisationId id;
		OrganisationIn in = { .name = str_printf(c->arena, "Jobcenter %02d", i),
				      .kind = ORGANISATION_JOB_CENTRE,
				      .municipality = 751 };
		RETURN_IF_ERR(organisation_add(c, &in, &id));
		RETURN_IF_ERR(programme_partner_add(c, r->programme, id, (double)NAN));
		/* Two citizens at the last, none at the first, one at each of the others. */
		for (int k = 0; k < (i == PARTNERS - 1 ? 2 : i > 0); k++) {
			ParticipantId who;
			char cpr[11];
			snprintf(cpr, sizeof cpr, "61%02d80%04d", i % 12 + 1, 2 * i + k);
			ParticipantIn person =
				participant_input(r, "Bo Bak", str_z(c->arena, str_of(cpr)), day("2016-09-01"));
			person.partner = id;
			RETURN_IF_ERR(participant_admit(c, r->programme, &person, &who));
		}
	}
	return OK;
}

static void evaluation__of_nobody_and_of_any_day_is_printed(void **state)
{
	static const char *const days[] = { "1900-01-01", "2016-08-31", "2018-11-30", "2045-01-01", "2399-12-31" };
	static const int64_t people[] = { 0, 0, 1, 1, 1 };
	const TestRegister *r = *state;
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(evaluated(r, days[i]).participants, people[i]);
}

/* All, the last partner with its two citizens, and by name the first two of
 * those with one. 42 - 3 are named instead. */
static void evaluation__draws_the_largest_partners_and_names_the_others(void **state)
{
	TestRegister *r = *state;
	assert_ok(commit_run(r->c, add_partners, r));
	Report report = evaluated(r, "2018-11-30");
	assert_int_equal(report.partner_count, PARTNERS + 2);
	assert_int_equal(report.first_job.n, PARTNERS + 3);
	const char *chart = str_z(r->c->arena, report.first_job_figure.chart.v);
	assert_non_null(strstr(chart, ">Jobcenter 39, median not reached<"));
	assert_non_null(strstr(chart, ">Jobcenter 01, median not reached<"));
	assert_non_null(strstr(chart, ">Jobcenter 02, median not reached<"));
	Str rest = report.first_job.not_drawn, one;
	size_t named = 0;
	while (str_split(&rest, ',', &one))
		named++;
	assert_int_equal(named, PARTNERS + 2 - 3);
	assert_non_null(strstr(str_z(r->c->arena, report.first_job.not_drawn), "Jobcenter Randers")); /* nobody there */
}

/* A job that somebody brought along: from 2 January 1991, 335 months and more. */
static void evaluation__holds_a_job_of_decades(void **state)
{
	TestRegister *r = *state;
	PlacementId id;
	PlacementIn job = placement_input(r->bakery, PLACEMENT_ORDINARY, day("1991-01-02"), DATE_NONE);
	assert_ok(put_placement(r, r->anna, &job, &id));
	Report report = evaluated(r, "2018-11-30");
	assert_int_equal(report.job.at[0].people, 1);
	assert_int_equal(report.ever_employed, 1);
	assert_int_equal(report.first_job.at[0].people, 1); /* it is not the first since admission */
}

typedef struct {
	Participant row;
} Moved;

/* As an import or an older program could have stored it. */
static Err move_admission(Ctx *c, void *arg)
{
	Moved *m = arg;
	int64_t n;
	m->row.admitted += 400;
	RETURN_IF_ERR(participant_update(c, &m->row, &n));
	return commit_audit(c, &(AuditEvent){ .action = STR("test"), .subject_kind = STR("participant") });
}

static void evaluation__leaves_out_who_left_before_being_admitted_and_says_so(void **state)
{
	TestRegister *r = *state;
	Moved m;
	assert_ok(put_status(r, r->anna, STATUS_MOVED, day("2016-10-01")));
	assert_int_equal(evaluated(r, "2018-11-30").first_job.impossible, 0);
	ctx_clear(r->c);
	assert_ok(db_begin_read(r->c));
	assert_ok(participant_get(r->c, r->anna, &m.row));
	db_end_read(r->c);
	assert_ok(commit_run(r->c, move_admission, &m));
	Report report = evaluated(r, "2018-11-30");
	assert_int_equal(report.participants, 1);
	assert_int_equal(report.first_job.impossible, 1);
	assert_int_equal(report.first_job.at[0].people, 0);
	Buf *html = buf_new(r->c->arena, OUT_MOST);
	assert_ok(report_html(r->c, html, &report));
	assert_non_null(strstr(str_z(r->c->arena, buf_str(html)), "1 citizen had left the programme before"));
}

static Err ask_in_four_waves(Ctx *c, void *arg)
{
	const TestRegister *r = arg;
	static const OptionIn options[] = { { { STR_LIT("yes") }, { STR_LIT("Ja") }, { STR_LIT("Yes") }, true } };
	const QuestionIn in = { .code = STR("well"),
				.position = 1,
				.kind = QUESTION_YESNO,
				.wording = STR("Godt?"),
				.options = options,
				.option_count = 1 };
	QuestionId id;
	WaveId wave;
	RETURN_IF_ERR(survey_question_add(c, r->programme, &in, &id));
	RETURN_IF_ERR(survey_wave_add(c, r->programme, STR("end"), RESPONDENT_CITIZEN, &id, 1, &wave));
	RETURN_IF_ERR(survey_wave_add(c, r->programme, STR("year1"), RESPONDENT_CITIZEN, &id, 1, &wave));
	RETURN_IF_ERR(survey_wave_add(c, r->programme, STR("start"), RESPONDENT_CITIZEN, &id, 1, &wave));
	return survey_wave_add(c, r->programme, STR("year1"), RESPONDENT_COMPANY, &id, 1, &wave);
}

/* Nobody has answered, so nothing is compared: each wave stands for itself. */
static void evaluation__titles_answers_by_their_wave(void **state)
{
	TestRegister *r = *state;
	assert_ok(commit_run(r->c, ask_in_four_waves, r));
	Report report = evaluated(r, "2018-11-30");
	Buf *html = buf_new(r->c->arena, OUT_MOST);
	assert_ok(report_html(r->c, html, &report));
	const char *text = str_z(r->c->arena, buf_str(html));
	assert_non_null(strstr(text, "<h3>The citizens: year1</h3>"));
	assert_non_null(strstr(text, "<h3>The citizens at the end</h3>"));
	assert_non_null(strstr(text, "<h3>The companies</h3>"));
	assert_int_equal(report.background.n, 1);
	assert_int_equal(report.questions.n, 3);
}

/* Anna is quoted while she lets it happen, and nobody learns that it was she. */
static void evaluation__quotes_whoever_lets_it(void **state)
{
	TestRegister *r = *state;
	QuoteIn in = { .words = STR("Nu <har> jeg en nøgle"), .topic = QUOTE_COMPANY, .said = day("2018-05-02") };
	QuoteId quote;
	ConsentId consent;
	assert_ok(put_quote(r, r->anna, &in, &quote));
	Report report = evaluated(r, "2018-11-30");
	assert_int_equal(report.quotes.n, 0);
	assert_ok(put_consent(r, r->anna, CONSENT_QUOTES, UUID_NONE, day("2018-05-02"), DATE_NONE, &consent));
	report = evaluated(r, "2018-11-30");
	assert_int_equal(report.quotes.n, 1);
	Buf *html = buf_new(r->c->arena, OUT_MOST), *json = buf_new(r->c->arena, OUT_MOST);
	assert_ok(report_html(r->c, html, &report));
	assert_ok(report_json(r->c, json, &report));
	const char *text = str_z(r->c->arena, buf_str(html));
	assert_non_null(strstr(text, "<p>Nu &lt;har&gt; jeg en nøgle</p>"));
	assert_non_null(strstr(text, "<p class=\"report-note\">About a workplace</p>"));
	assert_null(strstr(text, "Anna"));
	assert_non_null(strstr(str_z(r->c->arena, buf_str(json)),
			       "{\"topic\":\"company\",\"words\":\"Nu <har> jeg en nøgle\"}"));
	assert_ok(withdraw_consent(r, r->anna, consent));
	assert_int_equal(evaluated(r, "2018-11-30").quotes.n, 0);
}

#define ON_REGISTER(f) cmocka_unit_test_setup_teardown(f, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_REGISTER(evaluation__of_nobody_and_of_any_day_is_printed),
		ON_REGISTER(evaluation__draws_the_largest_partners_and_names_the_others),
		ON_REGISTER(evaluation__holds_a_job_of_decades),
		ON_REGISTER(evaluation__quotes_whoever_lets_it),
		ON_REGISTER(evaluation__titles_answers_by_their_wave),
		ON_REGISTER(evaluation__leaves_out_who_left_before_being_admitted_and_says_so),
	};
	return register_run("evaluations", tests, sizeof tests / sizeof tests[0]);
}
