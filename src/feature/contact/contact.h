/* contact: meetings, calls, SMS and e-mails with a citizen, or with a company
 * or others on the citizen's behalf.
 *
 * Owns tables contact and contact_count. Contacts are kept in the order in
 * which they are read: per participant, by time. The counters (programme,
 * partner, month, kind, purpose) are changed by the commit that registers a
 * contact and never computed while somebody waits. Reads are the statements of
 * contact.sql. Writes run inside a commit job and carry their audit event.
 * Results live in c->arena.
 */
#ifndef FEATURE_CONTACT_H
#define FEATURE_CONTACT_H

#include "base/field.h"
#include "contact_sql.h"
#include "feature/contact/contact_codes.h"

typedef struct {
	ContactId id; /* given by the client: sending twice registers once; none: made here */
	ParticipantId participant;
	Time at;               /* TIME_NONE, or the minute that it is: now */
	int kind;              /* ContactKind */
	int purpose;           /* ContactPurpose */
	int place;             /* ContactPlace; ENUM_NONE: not told */
	CompanyId company;     /* required when the purpose is a company's */
	PlacementId placement; /* what is followed up; may be none for a citizen */
	bool follow_up;
	int64_t minutes; /* 0-1440; INT_NONE: not told */
	Str note;
	MemberId member; /* who had it; none: the actor */
	int64_t version; /* of what is changed; not looked at when registered */
} ContactIn;
extern const Form contact_form;        /* registering */
extern const Form contact_change_form; /* without identifier and citizen, with version */

enum { CONTACT_NOTE_MOST = 2000, CONTACT_AHEAD_MINUTES = 10 };

/* Registers a contact. One with a company, about keeping a job or finding one, is
 * of the placement that is open there that day, when there is one and none is
 * named; a follow-up with a company must have one; a follow-up with the citizen
 * without a placement is of all of them. INVALID: outside the programme's
 * period, more than ten minutes ahead of the clock, company missing or
 * unknown, a staff member of another programme, placement of somebody else or another company, a follow-up with a
 * company that has no open placement; DENIED, at "company": the citizen had not
 * said yes to contacting it by that day; CONFLICT: the id stands for another
 * contact. The same id with the same content is OK and changes nothing. */
Err contact_register(Ctx *c, const ContactIn *in, ContactId *out) MUST_USE;

/* After a placement was registered or changed: contacts that it no longer covers,
 * with another company or on another day, are its own no longer; every contact
 * with a company that belongs to no placement goes to the one that was open
 * there that day (the contact may have been registered first). */
Err contact_follow_placement(Ctx *c, PlacementId placement, ParticipantId participant, CompanyId company, Date starts,
			     Date ends) MUST_USE;

/* The participant's contacts before (before_at, before_id), newest first, with
 * the names of companies and members. `before_id` none: before that moment. */
Err contact_page(Ctx *c, ParticipantId who, Time before_at, ContactId before_id, int64_t most,
		 ContactLineList *out) MUST_USE;

/* Where a page of contacts ended, as "1543579200000000.0190…": microseconds and
 * id of the last one shown. Empty: from the newest. */
typedef struct {
	Time at;
	ContactId id;
} ContactCursor;
/* INVALID, in field "before": not what contact_cursor_text has made. */
Err contact_cursor_read(Ctx *c, Str before, ContactCursor *out) MUST_USE;
Str contact_cursor_text(Ctx *c, const ContactLine *last);

/* Corrects a contact by the same rules; counters follow. Whose it is stays, and
 * `placement` is found anew when the company or, for a contact with it, the day is another. The audit
 * names the fields that became others, never what stands in them. DENIED: as
 * above, when it becomes about another company, another day, or a company at all. NOT_FOUND:
 * the participant has no such contact; CONFLICT: in->version is not the stored
 * one. */
Err contact_change(Ctx *c, ParticipantId participant, ContactId id, const ContactIn *in) MUST_USE;
/* What a form for changing shows. */
ContactIn contact_in(const Contact *row);

/* Takes back a contact that was registered by mistake; its counters with it.
 * NOT_FOUND: the participant has no such contact. CONFLICT: it has been changed
 * since that version. */
typedef struct {
	int64_t version;
} ContactRemoveIn;
extern const Form contact_remove_form;
Err contact_remove(Ctx *c, ParticipantId participant, ContactId id, int64_t version) MUST_USE;

/* What a summary is divided by. */
typedef struct {
	bool month, kind, partner, purpose;
} ContactBy;

/* "month,kind" as in the API; false when a word is not known. */
bool contact_by_parse(Str s, ContactBy *out);
/* From the counters alone; `partner` none: all. */
Err contact_summary(Ctx *c, ProgrammeId programme, OrganisationId partner, ContactBy by, ContactSumList *out) MUST_USE;

typedef struct {
	int64_t contacts; /* there are */
	int64_t wrong;    /* counters that differ from a full count, or days that none counts */
} ContactCheck;

/* Compares every counter with a full count of the tenant. Reads all contacts. */
Err contact_count_check(Ctx *c, ContactCheck *out) MUST_USE;

/* For `rampe check`: contact_unasked says which contacts name a company although no consent
 * covers it at their moment. What is registered here has one (contact_register); what was brought from elsewhere, or
 * was there before consents were asked for, may not. */

/* Removes every contact of an erased citizen; the counters follow. Inside a
 * commit job, whose event is the caller's. */
Err contact_forget_all(Ctx *c, ParticipantId who) MUST_USE;

#endif
