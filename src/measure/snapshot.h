/* snapshot: the parts of the register that indicators look at, loaded once.
 *
 * Private to evaluation: one programme, one day. People are in order of id, so
 * that every set of people is an array of bools beside `people`.
 */
#ifndef MEASURE_SNAPSHOT_H
#define MEASURE_SNAPSHOT_H

#include "evaluate_sql.h"
#include "measure/evaluate.h"
#include "measure/spell.h"

struct Evaluation {
	Ctx *c;
	ProgrammeId programme;
	Date day;
	int64_t gap_days;
	bool has_people, has_placements;
	EvalPersonList people;
	EvalPlacementList placements;
	size_t *first_placement; /* people.n + 1 offsets into `spells` */
	Spell *spells;           /* joined, per person */
	size_t *spell_count;
};

MUST_USE Err snapshot_people(Evaluation *e);
/* Placements and, per person, their joined spells. */
MUST_USE Err snapshot_placements(Evaluation *e);
/* Index into people, or SIZE_MAX. */
size_t snapshot_person(const Evaluation *e, ParticipantId id);

/* Marks in `member` (people.n) those for whom the predicate is true. */
MUST_USE Err snapshot_mark(Evaluation *e, const Predicate *k, bool *member);
/* The same for a whole condition; NULL marks everybody. */
MUST_USE Err snapshot_mark_all(Evaluation *e, const Condition *k, bool *member);

/* A question's option; its position (best first) is 0 when there is none of the code. */
EvalOption option_coded(const EvalOptionList *options, Str code);
MUST_USE Err snapshot_option(Evaluation *e, Str question, Str code, EvalOption *out);

/* Does a row of answers say what the predicate asks? `limit` is the option of "at least". */
bool answer_fits(const EvalAnswer *a, const Predicate *k, const EvalOption *limit);

/* Contacts in the period (and up to the day) that fulfil `of`'s condition, and
 * those that fulfil `with` too. */
MUST_USE Err snapshot_contacts(Evaluation *e, const Things *of, const Condition *with, Period period, int64_t *base,
			       int64_t *numerator);

bool compare_number(int64_t n, const Compare *k);
bool period_holds(const Period *k, Date d);
bool has_code(const Predicate *k, int code);

#endif
