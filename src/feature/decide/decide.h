/* decide: what the citizen decides besides consents: which companies, how often
 * to meet, what to talk about, and that it is to end.
 *
 * Owns tables wish, preference and citizen_request. A company that the staff
 * suggests is not contacted before the citizen has said yes; saying yes is a
 * consent (access/consent.h) that can be withdrawn. Functions that write run
 * inside a commit job and carry their audit event. Results live in c->arena.
 */
#ifndef FEATURE_DECIDE_H
#define FEATURE_DECIDE_H

#include "base/field.h"
#include "decide_sql.h"

enum { WISH_NAME_MOST = 120, WEEKS_MOST = 26, TALK_MOST = 1000, WISHES_MOST = 100 };

typedef struct {
	Str name;
} WishIn;
extern const Form wish_form;
typedef struct {
	CompanyId company;
} SuggestIn;
extern const Form suggest_form;
typedef struct {
	int64_t every_weeks; /* INT_NONE: no wish */
	Str talk;
} PreferenceIn;
extern const Form preference_form;

/* The citizen's list, what waits for an answer first. */
Err wish_list(Ctx *c, ParticipantId who, WishLineList *out) MUST_USE;
/* NOT_FOUND: it does not stand on the citizen's list. */
Err wish_get(Ctx *c, ParticipantId who, WishId id, WishLine *out) MUST_USE;
/* The citizen's own wish. Words that stand on the list stay as they are. INVALID: no name; LIMIT: WISHES_MOST stand
 * already. */
Err wish_add(Ctx *c, ParticipantId who, Str name) MUST_USE;
/* For the citizen to decide. INVALID: no such company; CONFLICT: it stands on the list. */
Err wish_suggest(Ctx *c, ParticipantId who, CompanyId company) MUST_USE;
/* Yes is a consent to contacting the company, no ends every consent that names it; the citizen may think better of
 * either. An answer that is so already stays so. NOT_FOUND: nothing that the citizen was asked. */
Err wish_answer(Ctx *c, ParticipantId who, WishId id, bool yes) MUST_USE;
/* The citizen's own wish is gone: nothing hangs on it. NOT_FOUND: not an own wish of this citizen. */
Err wish_remove(Ctx *c, ParticipantId who, WishId id) MUST_USE;
Err preference_store(Ctx *c, ParticipantId who, const PreferenceIn *in) MUST_USE;
/* None yet: weeks and text are none. */
Err preference_read(Ctx *c, ParticipantId who, PreferenceIn *out) MUST_USE;
/* CONFLICT: the citizen has asked already, and nobody has dealt with it. */
Err request_erasure(Ctx *c, ParticipantId who) MUST_USE;
/* NOT_FOUND: not in the programme, or dealt with. */
Err request_handle(Ctx *c, ProgrammeId programme, RequestId id) MUST_USE;

#endif
