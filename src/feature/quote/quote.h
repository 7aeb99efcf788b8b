/* quote: what a citizen has said, in the citizen's own words, for the evaluation.
 *
 * Owns table quote. Writing a sentence down needs no consent; an evaluation
 * shows only those that consent_quotes (access/consent.h) gives. Functions that
 * write run inside a commit job and carry their audit event. Results live in
 * c->arena.
 */
#ifndef FEATURE_QUOTE_H
#define FEATURE_QUOTE_H

#include "base/field.h"
#include "quote_sql.h"

enum { QUOTE_MOST = 500 };

typedef struct {
	Str words;
	int topic;    /* QuoteTopic */
	int occasion; /* QuoteOccasion */
	Date said;    /* DATE_NONE: today */
} QuoteIn;
extern const Form quote_form;

/* INVALID: no words, a day that has not come, one before the citizen was admitted. */
Err quote_add(Ctx *c, ParticipantId who, const QuoteIn *in, QuoteId *out) MUST_USE;
/* NOT_FOUND: the citizen has said no such thing. */
Err quote_remove(Ctx *c, ParticipantId who, QuoteId id) MUST_USE;

#endif
