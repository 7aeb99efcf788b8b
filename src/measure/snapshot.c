#include "measure/snapshot.h"

#include <string.h>

Evaluation *evaluation_new(Ctx *c, ProgrammeId programme, Date day, int64_t gap_days)
{
	Evaluation *e = ARENA_NEW(c->arena, Evaluation);
	e->c = c;
	e->programme = programme;
	e->day = day;
	e->gap_days = gap_days;
	return e;
}

Err snapshot_people(Evaluation *e)
{
	if (e->has_people)
		return OK;
	RETURN_IF_ERR(eval_people(e->c, e->programme, e->day, &e->people));
	e->has_people = true;
	return OK;
}

size_t snapshot_person(const Evaluation *e, ParticipantId id)
{
	size_t low = 0, high = e->people.n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = uuid_cmp(e->people.at[mid].id.v, id.v);
		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return SIZE_MAX;
}

Err snapshot_placements(Evaluation *e)
{
	if (e->has_placements)
		return OK;
	RETURN_IF_ERR(snapshot_people(e));
	RETURN_IF_ERR(eval_placements(e->c, e->programme, e->day, &e->placements));
	e->spells = ARENA_ARRAY(e->c->arena, e->placements.n, Spell);
	e->first_placement = ARENA_ARRAY(e->c->arena, e->people.n + 1, size_t);
	e->spell_count = ARENA_ARRAY(e->c->arena, e->people.n + 1, size_t);
	for (size_t i = 0; i < e->placements.n;) {
		ParticipantId who = e->placements.at[i].participant;
		size_t person = snapshot_person(e, who), first = i;
		for (; i < e->placements.n && uuid_eq(e->placements.at[i].participant.v, who.v); i++)
			e->spells[i] = (Spell){ e->placements.at[i].kind, e->placements.at[i].starts,
						e->placements.at[i].ends };
		if (person == SIZE_MAX)
			continue; /* admitted later: placements of before do not count yet */
		e->first_placement[person] = first;
		e->spell_count[person] = spell_join(e->spells + first, i - first, e->gap_days, e->day);
	}
	e->has_placements = true;
	return OK;
}

bool compare_number(int64_t n, const Compare *k)
{
	switch (k->op) {
	case COMPARE_NONE: return true;
	case COMPARE_OVER: return n > k->n;
	case COMPARE_AT_LEAST: return n >= k->n;
	case COMPARE_UNDER: return n < k->n;
	case COMPARE_AT_MOST: return n <= k->n;
	}
	return false;
}

bool period_holds(const Period *k, Date d)
{
	return (k->from == DATE_NONE || d >= k->from) && (k->to == DATE_NONE || d <= k->to);
}

bool has_code(const Predicate *k, int code)
{
	for (int i = 0; i < k->value_count; i++)
		if (k->codes[i] == code)
			return true;
	return false;
}

static bool has_name(const Predicate *k, Str name)
{
	for (int i = 0; i < k->value_count; i++)
		if (str_eq(k->values[i].code, name))
			return true;
	return false;
}

EvalOption option_coded(const EvalOptionList *options, Str code)
{
	for (size_t i = 0; i < options->n; i++)
		if (str_eq(options->at[i].code, code))
			return options->at[i];
	return (EvalOption){ 0 };
}

Err snapshot_option(Evaluation *e, Str question, Str code, EvalOption *out)
{
	EvalOptionList options;
	RETURN_IF_ERR(eval_options(e->c, e->programme, question, &options));
	*out = option_coded(&options, code);
	return OK;
}

bool answer_fits(const EvalAnswer *a, const Predicate *k, const EvalOption *limit)
{
	if (k->at_least)
		return a->on_scale && a->position <= limit->position;
	return has_name(k, a->choice);
}

static Err mark_answered(Evaluation *e, const Predicate *k, bool *member)
{
	EvalAnswerList answers;
	EvalOption limit;
	RETURN_IF_ERR(snapshot_option(e, k->question.code, k->values[0].code, &limit));
	RETURN_IF_ERR(eval_answers(e->c, e->programme, k->question.code, k->wave.code, e->day, &answers));
	for (size_t i = 0; i < answers.n; i++) {
		size_t person = snapshot_person(e, answers.at[i].participant);
		if (person != SIZE_MAX && answer_fits(&answers.at[i], k, &limit))
			member[person] = true;
	}
	return OK;
}

static void mark_ids(const Evaluation *e, const EvalMemberList *ids, bool *member)
{
	for (size_t i = 0; i < ids->n; i++) {
		size_t person = snapshot_person(e, ids->at[i].participant);
		if (person != SIZE_MAX)
			member[person] = true;
	}
}

static Err mark_placed(Evaluation *e, const Predicate *k, bool *member)
{
	RETURN_IF_ERR(snapshot_placements(e));
	for (size_t i = 0; i < e->people.n; i++) {
		const Spell *spells = e->spells + e->first_placement[i];
		for (size_t j = 0; j < e->spell_count[i]; j++)
			if (spell_in_group(spells[j].kind, k->group) &&
			    spell_compares(&spells[j], e->day, &k->compare) &&
			    (k->kind == PREDICATE_HAD || spell_is_open(&spells[j], e->day)))
				member[i] = true;
	}
	return OK;
}

static bool person_fits(const EvalPerson *p, const Predicate *k)
{
	switch (k->kind) {
	case PREDICATE_GENDER: return has_code(k, (int)p->gender);
	case PREDICATE_AGE: return compare_number(p->age, &k->compare);
	case PREDICATE_PARTNER: return has_name(k, p->partner_name);
	case PREDICATE_ADMITTED: return period_holds(&k->period, p->admitted);
	case PREDICATE_EMPLOYED_AT_ADMISSION: return p->employed;
	case PREDICATE_STATUS: return (int)p->status != ENUM_NONE && has_code(k, (int)p->status);
	default: return false;
	}
}

Err snapshot_mark(Evaluation *e, const Predicate *k, bool *member)
{
	EvalMemberList ids;
	RETURN_IF_ERR(snapshot_people(e));
	switch (k->kind) {
	case PREDICATE_HAS:
	case PREDICATE_HAD: return mark_placed(e, k, member);
	case PREDICATE_ANSWERED: return mark_answered(e, k, member);
	case PREDICATE_MENTOR:
		RETURN_IF_ERR(eval_mentored(e->c, e->programme, e->day, &ids));
		mark_ids(e, &ids, member);
		return OK;
	case PREDICATE_ATTENDED:
		for (int i = 0; i < k->value_count; i++) {
			RETURN_IF_ERR(eval_attended(e->c, e->programme, (ActivityKind)k->codes[i], e->day, &ids));
			mark_ids(e, &ids, member);
		}
		return OK;
	default:
		for (size_t i = 0; i < e->people.n; i++)
			member[i] = person_fits(&e->people.at[i], k);
		return OK;
	}
}

Err snapshot_mark_all(Evaluation *e, const Condition *k, bool *member)
{
	RETURN_IF_ERR(snapshot_people(e));
	size_t n = e->people.n;
	memset(member, k == NULL, n * sizeof *member);
	if (k == NULL)
		return OK;
	if (k->kind == CONDITION_PREDICATE)
		return snapshot_mark(e, &k->predicate, member);
	RETURN_IF_ERR(snapshot_mark_all(e, k->left, member));
	if (k->kind == CONDITION_NOT) {
		for (size_t i = 0; i < n; i++)
			member[i] = !member[i];
		return OK;
	}
	bool *right = ARENA_ARRAY(e->c->arena, n, bool);
	RETURN_IF_ERR(snapshot_mark_all(e, k->right, right));
	for (size_t i = 0; i < n; i++)
		member[i] = k->kind == CONDITION_AND ? member[i] && right[i] : member[i] || right[i];
	return OK;
}
