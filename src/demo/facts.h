/* facts: the published figures of one programme, read from its folder.
 *
 * A folder (demo/rampen) holds one programme as CSV files, its parent the
 * lists that every made-up register draws on (names, companies, notes).
 * demo/README.md says what stands in which file and which choices were made
 * where reports contradict themselves. Percentages become whole counts here, so
 * that what follows only counts. Everything lives in c->arena. Not changed
 * after reading, except by demo_scale. Errors are problems with file, row,
 * column and reason.
 */
#ifndef DEMO_FACTS_H
#define DEMO_FACTS_H

#include "base/ctx.h"

typedef enum { FACT_OWNER, FACT_PARTNER, FACT_FUNDER, FACT_EVALUATOR, FACT_COUNT } FactRole;

typedef struct {
	FactRole role;
	Str name;
	int municipality; /* code; 0: none */
	int participants, places_original, places_revised;
	int cafe_courses;
	int contact_persons;
	int staff_hours_week;
} FactOrganisation;

/* Statuses in the order of the codes in register.h. */
enum { FACT_STATUSES = 10 };

typedef struct {
	Str code, label_da, label_en;
	bool on_scale; /* a point on the scale; "no effect" is none */
	double weight[2];
	Str needs; /* who can choose it: "", cafe, mentor, placement, employed_at_admission */
} FactOption;

enum { WAVE_START_CITIZEN, WAVE_END_CITIZEN, WAVE_END_COMPANY, FACT_WAVES };

typedef enum { LEAN_CHANCE, LEAN_AGE, LEAN_HEALTH, LEAN_SATISFACTION } FactLean;

/* A question with how often each option is chosen in each wave. */
typedef struct {
	Str code, text_da, text_en;
	Str scale; /* list of options.csv: "degree" */
	bool multiple;
	FactLean leans_on;
	FactOption *options;
	int option_count;
	bool in_job;                      /* asked of those in a job when they answer */
	int asked_question, asked_option; /* asked of those who chose it; -1: everybody */
	int n[FACT_WAVES];                /* answers; 0: not asked in that wave */
	int *counts[FACT_WAVES];          /* per option; sums to n unless multiple */
} FactQuestion;

typedef struct {
	Str kind, title_da, title_en;
	int organisation; /* -1: the programme's own */
	Date day;
	bool held;
} FactActivity;

typedef struct {
	Str code, level, wording_da, wording_en, what, unit, target, target_was, target_changed, reported,
		reported_status, note;
	Str proxy_da, proxy_en;        /* what was measured instead; empty: the thing itself */
	Str decided_by, decided_by_en; /* who set the first target */
	Str changed_by, changed_by_en; /* who revised it */
	Str changed_why_da, changed_why_en;
} FactGoal;

typedef struct {
	Str code, level, text_da, text_en;
	Str goals; /* codes with spaces between */
} FactNode;

typedef struct {
	int from, to; /* indexes of nodes */
	Str assumption_da, assumption_en;
} FactArrow;

typedef struct {
	Str first, trade, branch, branch_name;
	int employees_least, employees_most;
} FactCompanyPart; /* `first` alone, or a trade with its branch */

typedef struct {
	Str purpose; /* of a contact, or end_reason, or quote */
	Str kind;    /* meeting, phone, message, any; of a quote what it is about */
	Str when;    /* the citizen is placed, seeking, any; of a quote where it was said */
	Str text;
} FactNote;

typedef struct {
	Str *items;
	int n;
} FactList;

typedef struct Facts {
	Str code, name;
	Date start, end, intake_first, intake_last, status_date;

	FactOrganisation *organisations; /* the owner first, then the partners */
	int organisation_count;

	int participants;
	int places_original, places_revised;
	Str places_why;   /* the reason for the revision */
	Date admitted_by; /* DATE_NONE: nothing known */
	int admitted_by_count;
	int employed_at_admission;
	int age_min, age_max;
	double age_mean;                      /* at one decimal */
	int women;                            /* among those who answered at the start; -1: not known */
	int age_at_least, age_at_least_count; /* the same; count -1: not known */

	int status[FACT_STATUSES]; /* people per status at the status date */

	int internships, employments, employments_long, ever_employed;
	int retention_months, gap_days;
	int open_jobs_long_percent;
	int months_to_job_least, months_to_job_most;
	int followup_job_months, followup_internship_days;
	int internship_weeks_least, internship_weeks_most;

	int contacts_total;
	int contacts_meeting, contacts_remote, contacts_company; /* citizens; citizens; companies */
	int retention_percent;

	int cafe_courses, cafe_participants, cafe_sessions;
	int mentors_matched, mentors_unmatched;
	int mentor_meetings_held;

	int answered[FACT_WAVES]; /* complete responses */
	int end_incomplete;
	Date end_wave_opens;
	Str mail_domain;

	FactQuestion *questions;
	int question_count;
	FactActivity *activities;
	int activity_count;
	FactGoal *goals;
	int goal_count;
	FactNode *nodes;
	int node_count;
	FactArrow *arrows;
	int arrow_count;

	FactList female, male, surnames;
	FactCompanyPart *firsts, *trades;
	int first_count, trade_count;
	FactNote *notes;
	int note_count;
} Facts;

/* Reads `folder` and the lists beside it. IO: a file is missing; INVALID: a
 * column, key, number, date or code is missing or wrong, a percentage belongs
 * to no whole count, or facts_check's refusals. */
Err facts_read(Ctx *c, const char *folder, Facts **out) MUST_USE;

/* The arithmetic that any register must fulfil: parts that add up, parts no
 * larger than the whole, questions routed to as many as answered. INVALID
 * names the facts that cannot hold together. */
Err facts_check(Ctx *c, const Facts *f) MUST_USE;

/* A programme `k` times as large with the same shares: every count of people,
 * contacts, placements, courses and answers. k from 1 to 1000. */
void demo_scale(Facts *f, int k);

#endif
