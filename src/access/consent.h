/* consent: what a citizen has said yes to, and what that lets others know.
 *
 * Owns table consent. A consent names its purpose, its receiver, what may be
 * told, and from when until when; it is never changed, only withdrawn, at once,
 * and stays as history. A route that needs one says so (route.h, `consent`);
 * what a receiver may know is read by consent_disclose alone, whose statement
 * leaves out every field that no consent covers. Functions that write run
 * inside a commit job and audit themselves.
 */
#ifndef ACCESS_CONSENT_H
#define ACCESS_CONSENT_H

#include "access/actor.h"
#include "access/consent_codes.h"
#include "base/field.h"
#include "consent_sql.h"

#include <stdatomic.h>

typedef struct {
	int purpose;       /* ConsentPurpose */
	Uuid receiver;     /* a company or a mentor's user; none: any whom the purpose names */
	Str receiver_name; /* whom to invite: "my mother" */
	bool tells_name, tells_phone, tells_wishes, tells_considerations, tells_situation;
	Date since, until; /* DATE_NONE: from today, and until it is withdrawn */
} ConsentIn;
extern const Form consent_form;

/* Whether a consent of the citizen covers the purpose and receiver today. */
Err consent_covers(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver, bool *out) MUST_USE;
/* DENIED, with the reason, when no consent of the citizen covers the purpose and receiver today. */
Err consent_need(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver) MUST_USE;
/* The same of a moment that may lie behind: a consent covered its day and had not been withdrawn by then. The reason
 * names `field`. */
Err consent_need_at(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver, Time at,
		    const char *field) MUST_USE;
/* What citizens of the programme have said and let be published, on the day and still today; without their names. */
Err consent_quotes(Ctx *c, ProgrammeId programme, Date day, QuotedList *out) MUST_USE;
/* What the citizen lets the receiver know today: fields that no consent covers are none. DENIED as consent_need. */
Err consent_disclose(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver, Disclosed *out) MUST_USE;
/* INVALID: a purpose that is none, a period that ends before it begins, or begins before admission or a no, something
 * to tell where nothing is told, nobody named to invite. `by` is "citizen" or a login. */
Err consent_give(Ctx *c, ParticipantId who, const ConsentIn *in, ConsentId *out) MUST_USE;
/* At once, and with it what stands by it alone: those whom it invites, and the
 * diagnosis when no other consent allows it today. NOT_FOUND: not the citizen's, or withdrawn already. */
Err consent_withdraw(Ctx *c, ParticipantId who, ConsentId id) MUST_USE;
/* Outside reads and commits, now and then: erases, of up to a hundred citizens, those who were invited by a consent
 * that has run out, and the diagnosis that none allows any more. *any: there was something. */
Err consent_sweep(Ctx *c, const atomic_bool *stop, bool *any) MUST_USE;
/* Whether the line's consent covers the day. */
bool consent_in_force(const ConsentLine *k, Date day);
/* What a yes means, in a sentence to the citizen; not yet translated. */
const char *consent_meaning(ConsentPurpose purpose);
/* True when the purpose lets its receiver know something about the citizen. */
bool consent_tells(ConsentPurpose purpose);

#endif
