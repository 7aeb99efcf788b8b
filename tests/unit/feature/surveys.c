/* Questions, rounds, invitations, answers; mentors and courses beside them. */
#include "register.h"

typedef struct {
	TestRegister *r;
	QuestionId partner, worry, tools, matters, age, words;
	WaveId wave;
	ResponseId response;
	const AnswerIn *answers;
	size_t n;
	bool complete;
	Date answered;
} Asking;

static const OptionIn yes_no[] = { { { STR_LIT("yes") }, { STR_LIT("Ja") }, { STR_LIT("Yes") }, true },
				   { { STR_LIT("no") }, { STR_LIT("Nej") }, { STR_LIT("No") }, true } };
static const OptionIn degrees[] = {
	{ { STR_LIT("high") }, { STR_LIT("I høj grad") }, { STR_LIT("High") }, true },
	{ { STR_LIT("some") }, { STR_LIT("I nogen grad") }, { STR_LIT("Some") }, true },
	{ { STR_LIT("unknown") }, { STR_LIT("Ved ikke") }, { STR_LIT("Unknown") }, false }
};

static QuestionIn question(const char *code, int kind, const OptionIn *options, size_t n)
{
	return (QuestionIn){ .code = str_of(code),
			     .position = 1,
			     .kind = kind,
			     .wording = str_of(code),
			     .options = options,
			     .option_count = n };
}

static Err make_questions(Ctx *c, void *arg)
{
	Asking *a = arg;
	ProgrammeId p = a->r->programme;
	QuestionIn in = question("partner", QUESTION_YESNO, yes_no, 2);
	RETURN_IF_ERR(survey_question_add(c, p, &in, &a->partner));
	in = question("worry", QUESTION_DEGREE, degrees, 3);
	in.shown_if_question = a->partner;
	in.shown_if_option = STR("yes");
	RETURN_IF_ERR(survey_question_add(c, p, &in, &a->worry));
	in = question("tools", QUESTION_DEGREE, degrees, 3);
	RETURN_IF_ERR(survey_question_add(c, p, &in, &a->tools));
	in = question("matters", QUESTION_MULTIPLE, degrees, 3);
	RETURN_IF_ERR(survey_question_add(c, p, &in, &a->matters));
	in = question("age", QUESTION_NUMBER, NULL, 0);
	RETURN_IF_ERR(survey_question_add(c, p, &in, &a->age));
	in = question("not_asked", QUESTION_TEXT, NULL, 0);
	RETURN_IF_ERR(survey_question_add(c, p, &in, &a->words));
	const QuestionId asked[] = { a->partner, a->worry, a->tools, a->matters, a->age };
	RETURN_IF_ERR(survey_wave_add(c, p, STR("end"), RESPONDENT_CITIZEN, asked, 5, &a->wave));
	return survey_invite(c, a->wave, a->r->anna, (CompanyId){ UUID_NONE }, day("2018-06-01"), &a->response);
}

static Asking asking(TestRegister *r)
{
	Asking a = { .r = r, .complete = true, .answered = day("2018-06-10") };
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, make_questions, &a));
	return a;
}

static Err answer_work(Ctx *c, void *arg)
{
	const Asking *a = arg;
	return survey_answer(c, a->response, a->answered, a->complete, a->answers, a->n);
}

static Err answer(Asking *a, const AnswerIn *answers, size_t n)
{
	a->answers = answers;
	a->n = n;
	ctx_clear(a->r->c);
	return commit_run(a->r->c, answer_work, a);
}

#define CHOICE(question_id, code) ((AnswerIn){ .question = question_id, .choice = STR(code), .number = (double)NAN })

static void answers_are_counted_by_option(void **state)
{
	TestRegister *r = *state;
	Asking a = asking(r);
	OptionCountList counts;
	WaveRowList waves;
	int64_t n = 0;
	const AnswerIn first[] = { CHOICE(a.partner, "yes"),
				   CHOICE(a.worry, "some"),
				   CHOICE(a.matters, "high"),
				   CHOICE(a.matters, "some"),
				   { .question = a.age, .number = 43 } };
	assert_ok(answer(&a, first, 5));
	begin(r);
	assert_ok(survey_option_counts(r->c, a.wave, a.matters, &counts));
	assert_int_equal(counts.n, 3);
	assert_int_equal(counts.at[0].n, 1);
	assert_int_equal(counts.at[1].n, 1);
	assert_int_equal(counts.at[2].n, 0);
	assert_false(counts.at[2].on_scale);
	assert_ok(survey_answered(r->c, a.wave, a.matters, &n));
	assert_int_equal(n, 1); /* one person, two choices */
	assert_ok(wave_all(r->c, r->programme, &waves));
	assert_true(waves.n == 1 && waves.at[0].invited == 1 && waves.at[0].answered == 1);
	end(r);
	a.complete = false; /* answered again, and not to the end: left out of every figure */
	assert_ok(answer(&a, first, 1));
	begin(r);
	assert_ok(survey_option_counts(r->c, a.wave, a.partner, &counts));
	assert_int_equal(counts.at[0].n, 0);
	assert_ok(wave_all(r->c, r->programme, &waves));
	assert_true(waves.at[0].answered == 0 && waves.at[0].incomplete == 1);
	end(r);
}

static void wrong_answers_name_their_question(void **state)
{
	TestRegister *r = *state;
	Asking a = asking(r);
	AnswerIn one = CHOICE(a.tools, "very_much");
	assert_refused(r, answer(&a, &one, 1), ERR_INVALID, "tools"); /* no such option */
	one = (AnswerIn){ .question = a.tools, .number = 4 };
	assert_refused(r, answer(&a, &one, 1), ERR_INVALID, "tools"); /* a number for a choice */
	one = CHOICE(a.age, "high");
	assert_refused(r, answer(&a, &one, 1), ERR_INVALID, "age");
	one = (AnswerIn){ .question = a.words, .number = (double)NAN, .words = STR("x") };
	assert_refused(r, answer(&a, &one, 1), ERR_INVALID, "question"); /* not asked in this round */
	const AnswerIn twice[] = { CHOICE(a.tools, "high"), CHOICE(a.tools, "some") };
	assert_refused(r, answer(&a, twice, 2), ERR_INVALID, "tools");
	const AnswerIn again[] = { CHOICE(a.matters, "high"), CHOICE(a.matters, "high") };
	assert_refused(r, answer(&a, again, 2), ERR_INVALID, "matters");
	const AnswerIn ruled_out[] = { CHOICE(a.partner, "no"), CHOICE(a.worry, "high") };
	assert_refused(r, answer(&a, ruled_out, 2), ERR_INVALID, "worry");
	a.answered = day("2018-05-31");
	assert_refused(r, answer(&a, ruled_out, 1), ERR_INVALID, "answered");
	AnswerRowList rows;
	begin(r);
	assert_ok(answer_of(r->c, a.response, &rows));
	assert_int_equal(rows.n, 0);
	end(r);
}

typedef struct {
	Asking *a;
	QuestionIn in;
} Adding;

static Err add_question(Ctx *c, void *arg)
{
	Adding *adding = arg;
	QuestionId id;
	return survey_question_add(c, adding->a->r->programme, &adding->in, &id);
}

static Err add(Asking *a, QuestionIn in)
{
	Adding adding = { a, in };
	ctx_clear(a->r->c);
	return commit_run(a->r->c, add_question, &adding);
}

static Err invite_again(Ctx *c, void *arg)
{
	Asking *a = arg;
	return survey_invite(c, a->wave, a->r->anna, (CompanyId){ UUID_NONE }, day("2018-07-01"), &a->response);
}

static void wrong_questions_are_refused(void **state)
{
	TestRegister *r = *state;
	Asking a = asking(r);
	const OptionIn twice[] = { yes_no[0], yes_no[0] };
	assert_refused(r, add(&a, question("tools", QUESTION_DEGREE, degrees, 3)), ERR_CONFLICT, "code");
	assert_refused(r, add(&a, question("Med mellemrum", QUESTION_TEXT, NULL, 0)), ERR_INVALID, "code");
	assert_refused(r, add(&a, question("more", QUESTION_YESNO, twice, 2)), ERR_INVALID, "options");
	assert_refused(r, add(&a, question("more", QUESTION_CHOICE, NULL, 0)), ERR_INVALID, "options");
	assert_refused(r, add(&a, question("more", QUESTION_NUMBER, yes_no, 2)), ERR_INVALID, "options");
	QuestionIn routed = question("more", QUESTION_TEXT, NULL, 0);
	routed.shown_if_question = a.partner;
	routed.shown_if_option = STR("perhaps");
	assert_refused(r, add(&a, routed), ERR_INVALID, "shown_if_option");
	ctx_clear(r->c);
	assert_refused(r, commit_run(r->c, invite_again, &a), ERR_CONFLICT, "participant");
}

typedef struct {
	TestRegister *r;
	MentorId mentor;
	ActivityId course;
	int64_t session;
	Date day;
} Beside;

static Err make_beside(Ctx *c, void *arg)
{
	Beside *b = arg;
	MentorIn mentor = { STR("Ole") };
	ActivityIn course = { .kind = ACTIVITY_COURSE,
			      .title = STR("Caféforløb"),
			      .day = day("2017-03-01"),
			      .sessions = 5,
			      .held = true };
	RETURN_IF_ERR(mentor_add(c, b->r->programme, &mentor, &b->mentor));
	return activity_add(c, b->r->programme, &course, &b->course);
}

static Err match(Ctx *c, void *arg)
{
	const Beside *b = arg;
	return mentor_match(c, b->mentor, b->r->anna, b->day);
}

static Err attend(Ctx *c, void *arg)
{
	const Beside *b = arg;
	return activity_attend(c, b->course, b->r->anna, b->session, true);
}

static Err run(Beside *b, Err (*work)(Ctx *c, void *arg))
{
	ctx_clear(b->r->c);
	return commit_run(b->r->c, work, b);
}

/* Five sessions; Anna comes to two of them. Admitted 2016-09-01. */
static void mentors_and_courses_follow_their_days_and_sessions(void **state)
{
	TestRegister *r = *state;
	Beside b = { .r = r, .day = day("2016-08-31") };
	assert_ok(run(&b, make_beside));
	assert_refused(r, run(&b, match), ERR_INVALID, "matched");
	b.day = day("2016-09-01");
	assert_ok(run(&b, match));
	assert_refused(r, run(&b, match), ERR_CONFLICT, "mentor");
	b.session = 6;
	assert_refused(r, run(&b, attend), ERR_INVALID, "session");
	b.session = 5;
	assert_ok(run(&b, attend));
	assert_ok(run(&b, attend)); /* said twice */
	b.session = 1;
	assert_ok(run(&b, attend));
}

#define ON_REGISTER(f) cmocka_unit_test_setup_teardown(f, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_REGISTER(answers_are_counted_by_option),
		ON_REGISTER(wrong_answers_name_their_question),
		ON_REGISTER(wrong_questions_are_refused),
		ON_REGISTER(mentors_and_courses_follow_their_days_and_sessions),
	};
	return register_run("surveys", tests, sizeof tests / sizeof tests[0]);
}
