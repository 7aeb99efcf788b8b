#include "demo/play_inside.h"

#include "feature/activity/activity.h"
#include "feature/company/company.h"
#include "feature/contact/contact.h"
#include "feature/mentor/mentor.h"
#include "feature/organisation/organisation.h"
#include "feature/participant/participant.h"
#include "feature/placement/placement.h"
#include "feature/programme/programme.h"
#include "feature/status/status.h"

#include <math.h>

enum { ROWS_A_COMMIT = 200 };

/* ---- commits -------------------------------------------------------------- */

typedef struct {
	Play *play;
	PlayOne *one;
	int from, to;
} Slice;

static Err write_slice(Ctx *c, void *arg)
{
	const Slice *s = arg;
	for (int i = s->from; i < s->to; i++)
		RETURN_IF_ERR(s->one(c, s->play, i));
	return OK;
}

Err play_all(Play *p, const char *what, int n, PlayOne *one)
{
	for (int from = 0; from < n; from += ROWS_A_COMMIT) {
		Slice s = { p, one, from, n - from < ROWS_A_COMMIT ? n : from + ROWS_A_COMMIT };
		RETURN_IF_ERR(commit_run(&p->job, write_slice, &s));
		ctx_clear(&p->job);
		if (p->options->progress != NULL)
			p->options->progress(p->options->progress_arg, what, s.to, n);
	}
	return OK;
}

/* The value of a code that the generator uses; the tables agree by code. */
static int code_of(const EnumTable *table, const char *code)
{
	int value = ENUM_NONE;
	enum_parse(table, str_of(code), &value);
	return value;
}

static Str text_or_none(Str s)
{
	return str_is_empty(s) ? STR_NONE : s;
}

/* ---- the programme ----------------------------------------------------------- */

static Err play_organisation(Ctx *c, Play *p, int i)
{
	static const int kinds[FACT_COUNT] = { [FACT_OWNER] = ORGANISATION_NGO,
					       [FACT_PARTNER] = ORGANISATION_JOB_CENTRE,
					       [FACT_FUNDER] = ORGANISATION_FUNDER,
					       [FACT_EVALUATOR] = ORGANISATION_EVALUATOR };
	const RegOrganisation *o = &p->r->organisations[i];
	OrganisationIn in = { .name = o->name,
			      .kind = kinds[o->role],
			      .municipality = o->municipality > 0 ? o->municipality : INT_NONE };
	return organisation_add(c, &in, &p->organisations[i]);
}

static OrganisationId organisation_in_role(const Play *p, FactRole role)
{
	for (int i = 0; i < p->r->organisation_count; i++)
		if (p->r->organisations[i].role == role)
			return p->organisations[i];
	return (OrganisationId){ UUID_NONE };
}

static Err play_programme(Ctx *c, Play *p, int i)
{
	const Facts *f = p->r->facts;
	(void)i;
	ProgrammeIn in = { .code = f->code,
			   .name = f->name,
			   .owner = organisation_in_role(p, FACT_OWNER),
			   .funder = organisation_in_role(p, FACT_FUNDER),
			   .starts = f->start,
			   .ends = f->end,
			   .intake_first = f->intake_first,
			   .intake_last = f->intake_last,
			   .status_date = f->status_date,
			   .gap_days = f->gap_days,
			   .retention_months = f->retention_months,
			   .followup_job_months = f->followup_job_months,
			   .followup_internship_days = f->followup_internship_days,
			   .made_up = true };
	return programme_add(c, &in, &p->programme);
}

/* The first month of the revised target, as goals.csv dates it ("2018-03"). */
static Date revised_from(const Facts *f)
{
	for (int i = 0; i < f->goal_count; i++) {
		Date day;
		Str month = str_sub(f->goals[i].target_changed, 0, 7);
		char iso[11] = "0000-00-01";
		for (size_t k = 0; k < month.len; k++)
			iso[k] = month.ptr[k];
		if (month.len == 7 && date_parse(str_of(iso), &day))
			return day;
	}
	return f->start + 1;
}

static Err play_partner(Ctx *c, Play *p, int i)
{
	const RegOrganisation *o = &p->r->organisations[i];
	const Facts *f = p->r->facts;
	if (o->role != FACT_PARTNER)
		return OK;
	OrganisationId id = p->organisations[i];
	RETURN_IF_ERR(programme_partner_add(c, p->programme, id,
					    o->staff_hours_week > 0 ? o->staff_hours_week : (double)NAN));
	RETURN_IF_ERR(programme_places_set(c, p->programme, id, f->start, o->places_original, STR_NONE));
	if (o->places_revised == o->places_original)
		return OK;
	return programme_places_set(c, p->programme, id, revised_from(f), o->places_revised, f->places_why);
}

static Err play_member(Ctx *c, Play *p, int i)
{
	const RegMember *m = &p->r->members[i];
	MemberIn in = { .organisation = p->organisations[m->organisation],
			.name = m->name,
			.role = code_of(&member_role_table, m->role),
			.email = text_or_none(m->email),
			.since = m->since,
			.until = DATE_NONE };
	return programme_member_add(c, p->programme, &in, &p->members[i]);
}

/* ---- people and companies ------------------------------------------------------ */

static Err play_participant(Ctx *c, Play *p, int i)
{
	const RegParticipant *x = &p->r->participants[i];
	ParticipantIn in = { .name = x->name,
			     .cpr = x->cpr,
			     .gender = x->male ? GENDER_MALE : GENDER_FEMALE,
			     .municipality = x->municipality > 0 ? x->municipality : INT_NONE,
			     .partner = p->organisations[x->organisation],
			     .contact_person = p->members[x->member],
			     .phone = text_or_none(x->phone),
			     .email = text_or_none(x->email),
			     .admitted = x->admitted,
			     .employed_at_admission = x->employed_at_admission,
			     .status =
				     code_of(&status_code_table, reg_status_codes[reg_status_on(p->r, i, x->admitted)]),
			     .version = INT_NONE };
	return participant_admit(c, p->programme, &in, &p->participants[i]);
}

static Err play_company(Ctx *c, Play *p, int i)
{
	const RegCompany *x = &p->r->companies[i];
	CompanyIn in = { .name = x->name,
			 .branch = text_or_none(x->branch),
			 .municipality = x->municipality > 0 ? x->municipality : INT_NONE,
			 .ordinary_employees = x->employees,
			 .subsidised_now = INT_NONE,
			 .phone = text_or_none(x->phone),
			 .email = text_or_none(x->email),
			 .version = INT_NONE };
	return company_add(c, &in, &p->companies[i]);
}

static Err play_placement(Ctx *c, Play *p, int i)
{
	const RegPlacement *x = &p->r->placements[i];
	PlacementIn in = { .company = p->companies[x->company],
			   .kind = code_of(&placement_kind_table, reg_placement_codes[x->kind]),
			   .starts = x->starts,
			   .planned_end = x->planned_end,
			   .ends = x->ends,
			   .hours_week = x->hours_week,
			   .job_expected = x->job_expected,
			   .end_reason = text_or_none(x->end_reason),
			   .version = INT_NONE };
	return placement_start(c, p->participants[x->participant], &in, &p->placements[i]);
}

/* Those after the one that a citizen was admitted with. */
static int list_later_statuses(Play *p)
{
	int n = 0;
	p->later_statuses = ARENA_ARRAY(p->arena, (size_t)p->r->status_count, int);
	for (int i = 0; i < p->r->status_count; i++) {
		const RegStatus *x = &p->r->statuses[i];
		if (x->since > p->r->participants[x->participant].admitted)
			p->later_statuses[n++] = i;
	}
	return n;
}

static Err play_status(Ctx *c, Play *p, int i)
{
	const RegStatus *x = &p->r->statuses[p->later_statuses[i]];
	StatusIn in = { .since = x->since, .code = code_of(&status_code_table, reg_status_codes[x->code]) };
	return status_add(c, p->participants[x->participant], &in);
}

static Err play_contact(Ctx *c, Play *p, int i)
{
	const RegContact *x = &p->r->contacts[i];
	ContactId id;
	ContactIn in = { .participant = p->participants[x->participant],
			 .at = x->at,
			 .kind = code_of(&contact_kind_table, reg_contact_codes[x->kind]),
			 .purpose = code_of(&contact_purpose_table, reg_purpose_codes[x->purpose]),
			 .place = x->place < 0 ? ENUM_NONE : code_of(&contact_place_table, reg_place_codes[x->place]),
			 .follow_up = x->follow_up,
			 .minutes = x->minutes,
			 .note = text_or_none(x->note),
			 .member = p->members[x->member] };
	if (x->company >= 0)
		in.company = p->companies[x->company];
	if (x->placement >= 0)
		in.placement = p->placements[x->placement];
	return contact_register(c, &in, &id);
}

static Err play_activity(Ctx *c, Play *p, int i)
{
	const RegActivity *x = &p->r->activities[i];
	ActivityIn in = { .kind = code_of(&activity_kind_table, x->kind),
			  .title = x->title,
			  .day = x->day,
			  .sessions = x->sessions,
			  .held = x->held };
	if (x->organisation >= 0)
		in.organisation = p->organisations[x->organisation];
	return activity_add(c, p->programme, &in, &p->activities[i]);
}

static Err play_attendance(Ctx *c, Play *p, int i)
{
	const RegAttendance *x = &p->r->attendances[i];
	return activity_attend(c, p->activities[x->activity], p->participants[x->participant], x->session, x->attended);
}

static Err play_mentor(Ctx *c, Play *p, int i)
{
	const RegMentor *x = &p->r->mentors[i];
	MentorId id;
	RETURN_IF_ERR(mentor_add(c, p->programme, &(MentorIn){ x->name }, &id));
	return x->participant < 0 ? OK : mentor_match(c, id, p->participants[x->participant], x->matched);
}

/* ---- all of it ------------------------------------------------------------------- */

Time play_moment(const Play *p)
{
	return time_of(p->r->facts->end + 1, 12 * 60);
}

static void start(Play *p, const Ctx *c, const Register *r)
{
	p->clock = clock_fixed(play_moment(p));
	random_seed(&p->random, 1);
	ctx_init(&p->job);
	p->job.clock = &p->clock;
	p->job.random = &p->random;
	p->job.lang = c->lang;
	p->job.tenant = c->tenant;
	p->job.db = c->db;
	p->organisations = ARENA_ARRAY(p->arena, (size_t)r->organisation_count, OrganisationId);
	p->members = ARENA_ARRAY(p->arena, (size_t)r->member_count, MemberId);
	p->participants = ARENA_ARRAY(p->arena, (size_t)r->participant_count, ParticipantId);
	p->companies = ARENA_ARRAY(p->arena, (size_t)r->company_count, CompanyId);
	p->placements = ARENA_ARRAY(p->arena, (size_t)r->placement_count, PlacementId);
	p->activities = ARENA_ARRAY(p->arena, (size_t)r->activity_count, ActivityId);
	p->questions = ARENA_ARRAY(p->arena, (size_t)r->facts->question_count, QuestionId);
	p->responses = ARENA_ARRAY(p->arena, (size_t)r->response_count, ResponseId);
	p->consents = ARENA_ARRAY(p->arena, (size_t)r->consent_count, ConsentId);
	p->goals = ARENA_ARRAY(p->arena, (size_t)r->facts->goal_count, GoalId);
}

static Err play_register(Play *p)
{
	const Register *r = p->r;
	RETURN_IF_ERR(play_all(p, N_("organisations"), r->organisation_count, play_organisation));
	RETURN_IF_ERR(play_all(p, N_("the programme"), 1, play_programme));
	RETURN_IF_ERR(play_all(p, N_("partners"), r->organisation_count, play_partner));
	RETURN_IF_ERR(play_all(p, N_("the team"), r->member_count, play_member));
	RETURN_IF_ERR(play_all(p, N_("citizens"), r->participant_count, play_participant));
	RETURN_IF_ERR(play_all(p, N_("companies"), r->company_count, play_company));
	RETURN_IF_ERR(play_all(p, N_("placements"), r->placement_count, play_placement));
	RETURN_IF_ERR(play_all(p, N_("statuses"), list_later_statuses(p), play_status));
	RETURN_IF_ERR(play_consents(p));
	RETURN_IF_ERR(play_all(p, N_("contacts"), r->contact_count, play_contact));
	RETURN_IF_ERR(play_afterthoughts(p));
	RETURN_IF_ERR(play_all(p, N_("courses and meetings"), r->activity_count, play_activity));
	RETURN_IF_ERR(play_all(p, N_("attendance"), r->attendance_count, play_attendance));
	RETURN_IF_ERR(play_all(p, N_("mentors"), r->mentor_count, play_mentor));
	return play_surveys(p);
}

/* What the job's context was refused with, for the caller's. */
static void hand_over(Ctx *c, const Ctx *job)
{
	for (size_t i = 0; i < job->problem_count && i < PROBLEMS_MOST; i++) {
		const Problem *q = &job->problems[i];
		refuse_at(c, str_z(c->arena, q->field), q->row, q->column, "%.*s", STR_ARG(q->message));
	}
	if (!str_is_none(job->why))
		fail(c, ERR_INTERNAL, "%.*s", STR_ARG(job->why));
}

Err demo_play(Ctx *c, const Register *r, const PlayOptions *options, ProgrammeId *out)
{
	Play p = { .r = r, .options = options, .arena = c->arena };
	start(&p, c, r);
	Err e = play_register(&p);
	if (e == OK)
		e = play_goals(c, &p);
	if (e == OK && options->logins)
		e = play_users(&p);
	if (e != OK)
		hand_over(c, &p.job);
	ctx_release(&p.job);
	*out = p.programme;
	return e;
}
