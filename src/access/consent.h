/* consent: what a citizen has said yes to, and what that lets others know.
 *
 * Owns tables consent and consent_no. A consent names its purpose, its
 * receiver, what may be told, and from when until when; it is never changed,
 * only withdrawn, at once, and stays as history. While a no to one company or
 * mentor stands, a yes to all does not reach it, nor a yes that is written down
 * over its days: only a yes that names it and was given after the no, which says
 * what that receiver is told, and no more. The no itself ends when the citizen
 * takes it back. What the citizen's list of companies answers (table wish,
 * feature/decide) follows from here; a no puts its company there.
 * Which consent covers something at a moment is decided by one statement,
 * consent_covering, and asked for by the functions here; over a stretch of time by
 * consent_could_tell, which a test holds against it. A route that needs one says so (route.h, `consent`);
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
	Uuid receiver;     /* a company or a mentor's user; none: `everyone`, or the purpose goes to nobody */
	bool everyone;     /* any company, or whoever is the mentor: is said, never left out */
	Str receiver_name; /* whom to invite: "my mother" */
	bool tells_name, tells_phone, tells_wishes, tells_considerations, tells_situation;
	Date since, until; /* DATE_NONE: from today, and until it is withdrawn */
	Uuid after_no; /* the receiver once more (nobody named: the citizen), by who knows of the no that went before */
} ConsentIn;
extern const Form consent_form;

/* Whether a consent of the citizen covers the purpose and receiver today. */
Err consent_covers(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver, bool *out) MUST_USE;
/* DENIED, with the reason, when no consent of the citizen covers the purpose and receiver today. */
Err consent_need(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver) MUST_USE;
/* The same of a moment that may lie behind: a consent covered its day and had not been withdrawn by then. One that was
 * given on the day when a yes to all was withdrawn counts on that day from when it was given. The reason names `field`.
 */
Err consent_need_at(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver, Time at,
		    const char *field) MUST_USE;
/* What citizens of the programme have said and let be published, on the day and still today; without their names. */
Err consent_quotes(Ctx *c, ProgrammeId programme, Date day, QuotedList *out) MUST_USE;
/* What the citizen lets the receiver know today: fields that no consent covers are none. DENIED as consent_need. */
Err consent_disclose(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver, Disclosed *out) MUST_USE;
typedef struct {
	bool name, phone, wishes, considerations, situation;
} ConsentTold;
/* What the company could know of the citizen from `begin` to `end`: what consents that were written down by then
 * covered at some moment of that time. */
Err consent_could_tell(Ctx *c, ParticipantId who, CompanyId company, Time begin, Time end, ConsentTold *out) MUST_USE;
/* INVALID: a purpose that is none, a period that ends before it begins, or begins in more than a year, or begins before
 * admission or a no, something to tell where nothing is told, nobody named to invite, neither a receiver nor `everyone`
 * where the purpose goes to somebody, a no to the receiver that stands and is not known of, by the staff also a yes to
 * all that was withdrawn since, `after_no` that is another's. What is said already is not stored twice. */
Err consent_give(Ctx *c, ParticipantId who, const ConsentIn *in, ConsentId *out) MUST_USE;
/* At once, and with it what stands by it alone: those whom it invites, and the
 * diagnosis when no other consent allows it today. One that names a receiver is a no to that one for its purpose,
 * against a yes to all and every other that names it; of contacting a company it is consent_refuse. One that is
 * withdrawn already stays so. NOT_FOUND: not the citizen's. */
Err consent_withdraw(Ctx *c, ParticipantId who, ConsentId id) MUST_USE;
/* Outside reads and commits, now and then: erases, of up to a hundred citizens, those who were invited by a consent
 * that has run out, and the diagnosis that none allows any more. *any: there was something. */
Err consent_sweep(Ctx *c, const atomic_bool *stop, bool *any) MUST_USE;
/* The citizen's no to a purpose: every yes to it that names no company or mentor is withdrawn, coming ones and those
 * that have run out too. */
Err consent_refuse_all(Ctx *c, ParticipantId who, ConsentPurpose purpose) MUST_USE;
/* The citizen's no to a company, to contacting and telling it: every consent that names it is withdrawn, and the answer
 * on the citizen's list is no. */
Err consent_refuse(Ctx *c, ParticipantId who, CompanyId company) MUST_USE;
/* The citizen's yes to being asked for at the company, from today on: also to telling it what every company may be
 * told, where a consent_refuse had ended that. */
Err consent_accept(Ctx *c, ParticipantId who, CompanyId company) MUST_USE;
/* Takes back the no that stands for the purpose and receiver, if one does: a yes to all counts for them again. Of
 * contacting a company also the no to telling it that was said with it. NOT_FOUND: none was ever said. */
Err consent_take_no_back(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver) MUST_USE;
/* Whether the line's consent covers the day. */
bool consent_in_force(const ConsentLine *k, Date day);
/* What a yes means, in a sentence to the citizen; not yet translated. */
const char *consent_meaning(ConsentPurpose purpose);
/* True when the purpose lets its receiver know something about the citizen. */
bool consent_tells(ConsentPurpose purpose);
/* True when the purpose goes to a company or mentor: one, or all of them. */
bool consent_goes_to(ConsentPurpose purpose);

#endif
