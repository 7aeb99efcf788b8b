/* participant: the citizens of a programme.
 *
 * Owns table participant. One row per person and programme; CPR is unique in
 * the programme; birthday, and gender unless told, follow from the CPR. Reads
 * are the statements of participant.sql: those that take programme, partner
 * and contact person are bound to the actor's scope. Writes run inside a
 * commit job and carry their audit event. Results live in c->arena.
 */
#ifndef FEATURE_PARTICIPANT_H
#define FEATURE_PARTICIPANT_H

#include "base/danish.h"
#include "feature/list.h"
#include "feature/participant/participant_codes.h"
#include "participant_sql.h"

typedef struct {
	Str name;
	Str cpr;
	int gender; /* Gender; ENUM_NONE: as the CPR says */
	int64_t municipality;
	OrganisationId partner;  /* the programme's partner that has admitted the citizen */
	MemberId contact_person; /* may be none */
	Str phone, email;
	Date admitted;
	bool employed_at_admission;
	int status; /* StatusCode from the day of admission; ENUM_NONE: in a job or unemployed, as told above */
	Str wishes, considerations;
	int64_t version; /* of what is changed; INT_NONE: something new */
} ParticipantIn;
extern const Form participant_form;

/* Admits with a first status, so that the citizen has exactly one on any day.
 * INVALID: admitted outside the intake window, in the future or before birth, no partner of
 * the programme, contact person not on the team or of another partner;
 * CONFLICT: the CPR number is registered already. Whoever the partner has a referral of that waits is admitted by it:
 * under its identifier, and it is closed (referral.h). */
Err participant_admit(Ctx *c, ProgrammeId programme, const ParticipantIn *in, ParticipantId *out) MUST_USE;
/* The same of somebody who has the identifier, and its key, from a referral. */
Err participant_admit_referred(Ctx *c, ProgrammeId programme, const ParticipantIn *in, ParticipantId id) MUST_USE;
/* The checks of participant_admit, and INVALID when `admitted` comes to lie behind the second
 * status, a placement's end or, unless employed at admission, the first job, and with a status; CONFLICT when
 * in->version is not the stored one. */
Err participant_change(Ctx *c, ParticipantId id, const ParticipantIn *in) MUST_USE;
/* What a form for changing shows. */
ParticipantIn participant_in(const Participant *row);

/* What an admission asks for, and a referral does, too. INVALID, at "cpr": no CPR number; by it the citizen would be
 * too young or too old on the day (PARTICIPANT_AGE_LEAST, _MOST); at "partner": no partner of the programme. */
Err participant_check_number(Ctx *c, Str number, Cpr *out) MUST_USE;
Err participant_check_age(Ctx *c, const Cpr *cpr, Date day) MUST_USE;
Err participant_check_partner(Ctx *c, ProgrammeId programme, OrganisationId id) MUST_USE;
/* What deserves a second look in a CPR number, for people; NULL: nothing. Never a reason to refuse. */
const char *participant_cpr_doubt(const Ctx *c, Str number);

/* Whoever has this CPR number in the programme. NOT_FOUND: nobody. */
Err participant_find_cpr(Ctx *c, ProgrammeId programme, Str cpr, ParticipantId *out) MUST_USE;

typedef enum {
	PARTICIPANTS_BY_NAME,
	PARTICIPANTS_BY_ADMITTED,
	PARTICIPANTS_BY_LAST_CONTACT,
} ParticipantOrder;

/* Searching a programme's participants. */
typedef struct {
	ListSearch list;         /* text: how words of the name begin, else a part of it, or a CPR number; sort:
				    ParticipantOrder */
	OrganisationId partner;  /* none: all */
	MemberId contact_person; /* none: all */
	int status;              /* StatusCode; ENUM_NONE: all */
	bool archived;           /* those instead; nobody's within one unit */
} ParticipantSearch;
extern const Form participant_search_form, participant_address_form, participant_filter_form;
enum { PARTICIPANT_AGE_LEAST = 15, PARTICIPANT_AGE_MOST = 100 }; /* years, when admitted: beyond lies a typing error */

/* One page of those within the scope on `day`, and how many there are on all. */
Err participant_search(Ctx *c, const Scope *scope, ProgrammeId programme, const ParticipantSearch *search, Date day,
		       ParticipantRowList *rows, int64_t *total) MUST_USE;

#endif
