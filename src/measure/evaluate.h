/* evaluate: what an indicator gives on a day, and who is behind it.
 *
 * An Evaluation holds what the register says of one programme on one day; it
 * loads each part once, by enumerated statements, when an indicator first asks
 * for it, so twenty goals cost little more than one. The number and the people
 * behind it are the same set, so they cannot differ. Everything lives in
 * c->arena; call inside one db_begin_read so that all parts fit together.
 */
#ifndef MEASURE_EVALUATE_H
#define MEASURE_EVALUATE_H

#include "measure/indicator.h"
#include "stats/share.h"

typedef struct Evaluation Evaluation;

/* What was measured. A share: numerator of denominator. A count: numerator,
 * which is of nothing (denominator INT_NONE). Mean and its like: `value` over
 * denominator things; numerator unused (INT_NONE). Growth: from `before` to
 * `after`, which are counts of their own (numerator and denominator INT_NONE). */
typedef struct {
	int64_t numerator, denominator;
	int64_t before, after;
	double value;   /* share in [0,1], growth of before, count, mean; NaN when there is nothing to measure */
	bool decidable; /* something was there to measure */
	bool estimate;  /* a share of people or of answers: chance could have moved it */
	/* The citizens behind the numerator (all of them for a mean), each once,
	 * in order of id; none for contacts and activities. */
	ParticipantId *behind;
	size_t behind_count;
} Measured;

/* `gap_days` joins spells; `day` is the last day that counts. */
Evaluation *evaluation_new(Ctx *c, ProgrammeId programme, Date day, int64_t gap_days);

/* INVALID (with field and column) when a question, wave, option or partner of
 * the expression does not exist in the programme. Those that do get the name
 * that the programme gives them, in c->lang (indicator_words says it), and
 * "retention" the months of the programme's rule. */
MUST_USE Err indicator_check(Evaluation *e, const char *field, Indicator *in);

/* The same for an indicator that was stored: a partner or option may be gone
 * since. Then it does not fit, and nothing is refused. */
MUST_USE Err indicator_fits(Evaluation *e, Indicator *in, bool *fits);

/* The indicator must have passed indicator_check. */
MUST_USE Err indicator_evaluate(Evaluation *e, const Indicator *in, Measured *out);

/* Where a share lies by its 95 % confidence interval (share_wilson), in [0,1].
 * Both ends NaN where an interval would say nothing: for counts, means and
 * growth, and for shares of contacts, placements and activities, many of which
 * come from one person. */
Interval measured_interval(const Measured *m);

#endif
