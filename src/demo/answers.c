/* Answers: each option goes to as many as published, to those whose age,
 * health or contentment makes it most likely. Health stays with a person from
 * start to end, so that both waves are paired. */
#include "demo/maker.h"

#include <stdlib.h>

enum { NO_CHOICE = -1, INCOMPLETE_QUESTIONS = 4 };

typedef struct {
	Maker *m;
	int first[FACT_WAVES + 1]; /* responses of a wave stand together */
	int *choice;               /* [question][response]: option of a single choice */
	double *mood;              /* per response of a company */
} Asking;

static RegResponse *add_response(Maker *m, int wave, Date invited)
{
	RegResponse *x = &m->reg->responses[m->reg->response_count++];
	*x = (RegResponse){ .wave = wave, .participant = -1, .company = -1, .invited = invited, .answered = DATE_NONE };
	return x;
}

static void ask_citizens(Maker *m)
{
	for (int i = 0; i < m->n; i++) {
		const Life *l = &m->lives[i];
		RegResponse *x = add_response(m, WAVE_START_CITIZEN, l->admitted);
		Date latest = l->until < l->admitted + 28 ? l->until : l->admitted + 28;
		x->participant = i;
		x->complete = l->answers_start;
		if (x->complete)
			x->answered = draw_workday(&m->r, l->admitted, latest);
	}
}

static void ask_citizens_again(Maker *m)
{
	int incomplete = m->f->end_incomplete, *order = index_list(m->c->arena, m->n);
	int first = m->reg->response_count;
	for (int i = 0; i < m->n; i++) {
		const Life *l = &m->lives[i];
		RegResponse *x = add_response(m, WAVE_END_CITIZEN, l->end_invited);
		x->participant = i;
		x->complete = l->answers_end;
		if (x->complete)
			x->answered = l->end_answered;
	}
	draw_shuffle(&m->r, order, m->n);
	for (int i = 0; i < m->n && incomplete > 0; i++) {
		const Life *l = &m->lives[order[i]];
		if (l->answers_end || l->final == REG_STATUS_DECEASED)
			continue;
		m->reg->responses[first + order[i]].answered = l->end_answered;
		incomplete--;
	}
}

/* Every company that has had a participant in a job is asked. */
static void ask_companies(Maker *m)
{
	Register *reg = m->reg;
	bool *employs = ARENA_ARRAY(m->c->arena, (size_t)reg->company_count, bool);
	for (int i = 0; i < reg->placement_count; i++)
		if (reg->placements[i].kind != REG_KIND_INTERNSHIP)
			employs[reg->placements[i].company] = true;
	Date asked = near_workday(m->f->status_date - 45, m->f->status_date - 45, m->f->status_date - 40);
	int first = reg->response_count;
	for (int i = 0; i < reg->company_count; i++)
		if (employs[i])
			add_response(m, WAVE_END_COMPANY, asked)->company = i;
	int n = reg->response_count - first, *order = index_list(m->c->arena, n);
	draw_shuffle(&m->r, order, n);
	for (int i = 0; i < m->f->answered[WAVE_END_COMPANY] && i < n; i++) {
		RegResponse *x = &reg->responses[first + order[i]];
		x->complete = true;
		x->answered = draw_workday(&m->r, asked + 1, asked + 35);
	}
}

static int *choice_of(const Asking *k, int question, int response)
{
	return &k->choice[(size_t)question * (size_t)k->m->reg->response_count + (size_t)response];
}

static void choose(Asking *k, int response, int question, int option)
{
	Register *reg = k->m->reg;
	reg->answers[reg->answer_count++] = (RegAnswer){ response, question, option };
	*choice_of(k, question, response) = option;
}

static bool is_asked(const Asking *k, const FactQuestion *q, int response)
{
	int who = k->m->reg->responses[response].participant;
	if (q->in_job && (who < 0 || !k->m->lives[who].in_job_at_end))
		return false;
	return q->asked_question < 0 || *choice_of(k, q->asked_question, response) == q->asked_option;
}

static bool meets_need(const Maker *m, Str need, int who)
{
	const Life *l = &m->lives[who];
	if (str_eq_z(need, "cafe"))
		return l->cafe;
	if (str_eq_z(need, "mentor"))
		return l->mentor;
	if (str_eq_z(need, "placement"))
		return m->first[who + 1] > m->first[who];
	return str_eq_z(need, "employed_at_admission") && l->at_admission;
}

/* Larger: rather one of the first options. */
static double leaning(const Asking *k, const FactQuestion *q, int response)
{
	const Maker *m = k->m;
	int who = m->reg->responses[response].participant;
	double chance = draw_unit(&k->m->r);
	if (who < 0)
		return k->mood[response] + 0.4 * chance;
	switch (q->leans_on) {
	case LEAN_AGE: return m->reg->participants[who].age + 12 * chance;
	case LEAN_HEALTH: return m->lives[who].health + 0.3 * chance;
	case LEAN_SATISFACTION:
		return m->lives[who].satisfaction + (m->lives[who].in_job_at_end ? 0.15 : 0) + 0.35 * chance;
	case LEAN_CHANCE: break;
	}
	return chance;
}

/* Those who meet an option's need take it, before anybody else chooses. */
static int take_needs(Asking *k, int question, int wave, int *asked, int n, int *left)
{
	const FactQuestion *q = &k->m->f->questions[question];
	for (int o = 0; o < q->option_count; o++) {
		left[o] = q->counts[wave][o];
		if (str_is_empty(q->options[o].needs))
			continue;
		int kept = 0;
		for (int i = 0; i < n; i++) {
			if (left[o] > 0 &&
			    meets_need(k->m, q->options[o].needs, k->m->reg->responses[asked[i]].participant)) {
				choose(k, asked[i], question, o);
				left[o]--;
			} else {
				asked[kept++] = asked[i];
			}
		}
		n = kept;
	}
	return n;
}

static Err answer_single(Asking *k, int question, int wave, int *asked, int n)
{
	Arena *a = k->m->c->arena;
	const FactQuestion *q = &k->m->f->questions[question];
	int *left = ARENA_ARRAY(a, (size_t)q->option_count, int), *order = NULL;
	n = take_needs(k, question, wave, asked, n, left);
	double *score = ARENA_ARRAY(a, (size_t)n + 1, double);
	for (int i = 0; i < n; i++)
		score[i] = leaning(k, q, asked[i]);
	order = index_list(a, n);
	order_by_score(score, order, n);
	int at = 0;
	for (int o = 0; o < q->option_count; o++)
		for (; left[o] > 0 && at < n; left[o]--)
			choose(k, asked[order[at++]], question, o);
	for (int o = 0; o < q->option_count; o++)
		if (left[o] > 0 || at < n)
			return refuse(k->m->c, str_z(a, q->code), T(k->m->c->lang, "%.*s: too few can answer this way"),
				      STR_ARG(q->code));
	return OK;
}

/* The option chosen most goes first; who has chosen nothing yet comes first. */
static Err answer_multiple(Asking *k, int question, int wave, const int *asked, int n)
{
	Maker *m = k->m;
	Arena *a = m->c->arena;
	const FactQuestion *q = &m->f->questions[question];
	double *size = ARENA_ARRAY(a, (size_t)q->option_count, double), *score = ARENA_ARRAY(a, (size_t)n + 1, double);
	int *options = index_list(a, q->option_count), *order = index_list(a, n);
	for (int o = 0; o < q->option_count; o++)
		size[o] = q->counts[wave][o];
	order_by_score(size, options, q->option_count);
	for (int nth = 0; nth < q->option_count; nth++) {
		int o = options[nth], wanted = q->counts[wave][o], able = 0;
		Str need = q->options[o].needs;
		for (int i = 0; i < n; i++) {
			bool can = str_is_empty(need) || meets_need(m, need, m->reg->responses[asked[i]].participant);
			able += can;
			score[i] = draw_unit(&m->r) + (can ? 10 : 0) +
				   (*choice_of(k, question, asked[i]) == NO_CHOICE ? 2 : 0);
		}
		if (able < wanted)
			return refuse(m->c, str_z(a, q->code), T(m->c->lang, "%.*s: too few can answer this way"),
				      STR_ARG(q->code));
		order_by_score(score, order, n);
		for (int i = 0; i < wanted; i++)
			choose(k, asked[order[i]], question, o);
	}
	return OK;
}

static Err answer_question(Asking *k, int question, int wave)
{
	const FactQuestion *q = &k->m->f->questions[question];
	const Register *reg = k->m->reg;
	int from = k->first[wave], to = k->first[wave + 1], n = 0;
	int *asked = ARENA_ARRAY(k->m->c->arena, (size_t)(to - from) + 1, int);
	for (int i = from; i < to; i++)
		if (reg->responses[i].complete && is_asked(k, q, i))
			asked[n++] = i;
	return q->multiple ? answer_multiple(k, question, wave, asked, n) : answer_single(k, question, wave, asked, n);
}

/* Those who gave up answered the first questions, as others did. */
static void answer_incomplete(Asking *k, int response)
{
	const Facts *f = k->m->f;
	int given = 0;
	for (int i = 0; i < f->question_count && given < INCOMPLETE_QUESTIONS; i++) {
		const FactQuestion *q = &f->questions[i];
		int n = q->n[WAVE_END_CITIZEN];
		if (n <= 0 || q->multiple || q->in_job || q->asked_question >= 0)
			continue;
		int at = draw_between(&k->m->r, 0, n - 1), option = 0;
		while (at >= q->counts[WAVE_END_CITIZEN][option])
			at -= q->counts[WAVE_END_CITIZEN][option++];
		choose(k, response, i, option);
		given++;
	}
}

static int compare_answers(const void *a, const void *b)
{
	const RegAnswer *x = a, *y = b;
	if (x->response != y->response)
		return x->response < y->response ? -1 : 1;
	if (x->question != y->question)
		return x->question < y->question ? -1 : 1;
	return (x->option > y->option) - (x->option < y->option);
}

static size_t answers_most(const Facts *f)
{
	size_t n = (size_t)f->end_incomplete * INCOMPLETE_QUESTIONS;
	for (int i = 0; i < f->question_count; i++)
		for (int w = 0; w < FACT_WAVES; w++)
			for (int o = 0; f->questions[i].counts[w] && o < f->questions[i].option_count; o++)
				n += (size_t)f->questions[i].counts[w][o];
	return n;
}

static void send_out(Asking *k)
{
	Maker *m = k->m;
	Register *reg = m->reg;
	Arena *a = m->c->arena;
	reg->responses = ARENA_ARRAY(a, 2 * (size_t)m->n + (size_t)reg->company_count, RegResponse);
	ask_citizens(m);
	k->first[WAVE_END_CITIZEN] = reg->response_count;
	ask_citizens_again(m);
	k->first[WAVE_END_COMPANY] = reg->response_count;
	ask_companies(m);
	k->first[FACT_WAVES] = reg->response_count;
	size_t choices = (size_t)m->f->question_count * (size_t)reg->response_count;
	k->choice = ARENA_ARRAY(a, choices, int);
	for (size_t i = 0; i < choices; i++)
		k->choice[i] = NO_CHOICE;
	k->mood = ARENA_ARRAY(a, (size_t)reg->response_count, double);
	for (int i = k->first[WAVE_END_COMPANY]; i < reg->response_count; i++)
		k->mood[i] = draw_unit(&m->r);
	reg->answers = ARENA_ARRAY(a, answers_most(m->f), RegAnswer);
}

Err make_answers(Maker *m)
{
	Asking k = { .m = m };
	Register *reg = m->reg;
	send_out(&k);
	for (int w = 0; w < FACT_WAVES; w++)
		for (int i = 0; i < m->f->question_count; i++)
			if (m->f->questions[i].counts[w])
				RETURN_IF_ERR(answer_question(&k, i, w));
	for (int i = 0; i < reg->response_count; i++)
		if (reg->responses[i].answered != DATE_NONE && !reg->responses[i].complete)
			answer_incomplete(&k, i);
	qsort(reg->answers, (size_t)reg->answer_count, sizeof *reg->answers, compare_answers);
	return OK;
}
