/* maker: what the generator's parts share while a register is being made.
 *
 * The parts run in the order in which they stand here; each reads what the
 * earlier ones have filled in. Internal to src/demo.
 */
#ifndef DEMO_MAKER_H
#define DEMO_MAKER_H

#include "demo/draw.h"
#include "demo/register.h"

/* Long: over the programme's retention threshold. Open: at the status date. */
typedef enum { JOB_NONE, JOB_LONG_OPEN, JOB_SHORT_OPEN, JOB_LONG_CLOSED, JOB_SHORT_CLOSED } JobPlan;

/* How one person's time in the programme goes; lives[i] is participants[i]. */
typedef struct {
	int serial;
	RegStatusCode final; /* at the status date */
	JobPlan plan;
	bool second_job; /* a short one beside the planned one, before or after it */
	bool at_admission;
	Date admitted;
	Date final_since; /* DATE_NONE: the last job or unemployment runs on */
	Date granted;     /* pension; DATE_NONE: none */
	Date until;       /* last day on which the programme follows the person */
	bool answers_start, answers_end;
	bool in_job_at_end; /* in a job on the day of the end questionnaire */
	Date end_invited, end_answered;
	double health, satisfaction; /* what answers lean on, about 0 to 1 */
	bool cafe, mentor;
} Life;

typedef struct {
	Ctx *c;
	const Facts *f;
	Random r;
	Register *reg;
	Life *lives;
	int n;              /* participants */
	int *led_to;        /* per placement: the one that follows at the same company; -1 */
	int *first;         /* per participant: first placement; n + 1 entries */
	int *company_first; /* per organisation: first company; one more entry than organisations */
} Maker;

/* Days of careers, from the programme's rules. */
typedef struct {
	int lead; /* least from admission to the first job */
	int lead_most;
	int long_least; /* longer than the threshold however months are counted */
	int short_least, short_most;
	int gap;  /* least between two jobs, so that they do not join */
	int snap; /* what moving a start to a workday may cost */
} CareerDays;

CareerDays career_days(const Facts *f);
/* Least days from admission to status date that the life needs. */
int life_needs(const Facts *f, const Life *l);
/* Least days from the start of the final status to the status date. */
int life_tail(const Life *l);

Err make_lives(Maker *m) MUST_USE;       /* end states, job plans, admissions */
Err make_careers(Maker *m) MUST_USE;     /* placements without company, statuses */
Err make_respondents(Maker *m) MUST_USE; /* who answers, when */
Err make_people(Maker *m) MUST_USE;      /* organisations, members, participants */
void make_companies(Maker *m);           /* companies, and one for each placement */
Err make_activities(Maker *m) MUST_USE;  /* courses, meetings, mentors */
Err make_contacts(Maker *m) MUST_USE;
Err make_answers(Maker *m) MUST_USE;
void make_consents(Maker *m); /* last: what the others draw does not depend on it */

#endif
