/* Who answers the questionnaires, and on which day. */
#include "demo/maker.h"

static bool in_job_on(const Maker *m, int who, Date day)
{
	for (int p = m->first[who]; p < m->first[who + 1]; p++) {
		const RegPlacement *x = &m->reg->placements[p];
		if (x->kind != REG_KIND_INTERNSHIP && x->starts <= day && (x->ends == DATE_NONE || day <= x->ends))
			return true;
	}
	return false;
}

/* Those who are still followed when the end questionnaire opens are asked
 * then, the others when they leave. */
static void date_end_answer(Maker *m, int who)
{
	Life *l = &m->lives[who];
	Date opens = m->f->end_wave_opens, latest = l->until;
	Date asked = latest - 30 > opens ? draw_workday(&m->r, opens, opens + 10) : latest - 20;
	if (asked < l->admitted)
		asked = l->admitted;
	Date from = asked;
	const RegPlacement *job = NULL;
	for (int p = m->first[who]; p < m->first[who + 1]; p++)
		if (m->reg->placements[p].kind != REG_KIND_INTERNSHIP)
			job = &m->reg->placements[p];
	if (job && job->ends == DATE_NONE && from < job->starts + 7)
		from = job->starts + 7; /* asked in a job: some days after its start */
	if (job && job->ends != DATE_NONE && from <= job->ends && job->ends < latest)
		from = job->ends + 1; /* or after its end */
	Date to = from + 25 < latest ? from + 25 : latest;
	l->end_invited = asked;
	l->end_answered = draw_workday(&m->r, from, to);
	l->in_job_at_end = in_job_on(m, who, l->end_answered);
}

/* In the order given: `in_job` of those in a job, `others` of those without. */
static bool choose_end(Maker *m, const int *order, int in_job, int others)
{
	for (int i = 0; i < m->n; i++) {
		Life *l = &m->lives[order[i]];
		int *left = l->in_job_at_end ? &in_job : &others;
		if (*left == 0 || l->final == REG_STATUS_DECEASED)
			continue;
		l->answers_end = true;
		(*left)--;
	}
	return in_job == 0 && others == 0;
}

/* How many of the end respondents were in a job; -1 when nobody was asked. */
static int in_job_answers(const Facts *f)
{
	for (int i = 0; i < f->question_count; i++)
		if (f->questions[i].in_job)
			return f->questions[i].n[WAVE_END_CITIZEN];
	return -1;
}

/* All who answer at the end answered at the start; those in a job at
 * admission did, since their number is known from it. */
static void choose_start(Maker *m, const int *order)
{
	int left = m->f->answered[WAVE_START_CITIZEN];
	for (int i = 0; i < m->n; i++) {
		Life *l = &m->lives[i];
		l->answers_start = l->answers_end || l->at_admission;
		left -= l->answers_start;
	}
	for (int i = 0; i < m->n && left > 0; i++) {
		Life *l = &m->lives[order[i]];
		left -= !l->answers_start;
		l->answers_start = true;
	}
}

Err make_respondents(Maker *m)
{
	const Facts *f = m->f;
	int end = f->answered[WAVE_END_CITIZEN], in_job = in_job_answers(f), *order = index_list(m->c->arena, m->n);
	double *eager = ARENA_ARRAY(m->c->arena, (size_t)m->n, double);
	int employed = 0;
	for (int i = 0; i < m->n; i++) {
		const Life *l = &m->lives[i];
		date_end_answer(m, i);
		employed += l->in_job_at_end;
		/* who is content, was employed at admission or still takes part, answers more readily */
		eager[i] = draw_unit(&m->r) + 0.4 * l->satisfaction + (l->at_admission ? 0.5 : 0) +
			   (l->until == f->status_date ? 0.3 : 0);
	}
	order_by_score(eager, order, m->n);
	if (in_job < 0)
		in_job = (int)((int64_t)employed * end / m->n);
	int others = end - in_job;
	if (!choose_end(m, order, in_job, others))
		return refuse(m->c, "end_questionnaires", "%s",
			      T(m->c->lang, "Too few people could answer the questions about the job"));
	int admission_only = 0;
	for (int i = 0; i < m->n; i++)
		admission_only += m->lives[i].at_admission && !m->lives[i].answers_end;
	if (end + admission_only > f->answered[WAVE_START_CITIZEN])
		return refuse(m->c, "start_questionnaires", "%s",
			      T(m->c->lang, "Fewer answered at the start than are known from it"));
	choose_start(m, order);
	return OK;
}
