/* referral: whom a caseworker proposes for a programme, and what the team answers.
 *
 * Owns tables referral and referral_step. A referral's identifier is the one
 * that the participant gets; it has the person's key from the start, so that
 * whoever is admitted stays the same person. From then on who it is stands in
 * table participant alone. What was decided is only ever added to: who, when
 * and why. A caseworker is never told whether the programme has the citizen
 * already, or from somebody else: the team is. Reads take the actor's scope.
 * Functions that write run inside a commit job and audit themselves.
 */
#ifndef FEATURE_REFERRAL_H
#define FEATURE_REFERRAL_H

#include "access/policy.h"
#include "base/field.h"
#include "feature/participant/participant.h"
#include "feature/referral/referral_codes.h"
#include "referral_sql.h"

enum { REFERRAL_WHY_MOST = 1000, REFERRAL_REASON_MOST = 500 };

typedef struct {
	Str name, cpr;
	int64_t municipality;
	OrganisationId partner;
	Str phone, email;
	Str why;
	bool agreed; /* the citizen knows and agrees */
} ReferralIn;
extern const Form referral_form;

typedef struct {
	int state; /* ReferralState, but not REFERRAL_ADMITTED */
	Str reason;
	bool agreed; /* told when it is taken up again after the citizen's no */
} ReferralDecisionIn;
extern const Form referral_decision_form;

/* The citizen has changed his or her mind. */
typedef struct {
	Str reason;
} ReferralWithdrawalIn;
extern const Form referral_withdrawal_form;

/* What the team adds to a referral when it takes the citizen on. */
typedef struct {
	Date admitted;
	MemberId contact_person;
	int gender;
	bool employed_at_admission;
	int status;
} AdmissionIn;
extern const Form admission_form;

/* INVALID: not agreed, no CPR number or one of somebody too young or too old to be admitted (participant.h), no partner
 * of the programme; CONFLICT: the actor has referred the citizen
 * already, and waits for an answer. */
Err referral_make(Ctx *c, ProgrammeId programme, const ReferralIn *in, ParticipantId *out) MUST_USE;
/* One that has not led to an admission, within the scope; NOT_FOUND outside. */
Err referral_in_scope(Ctx *c, const Scope *scope, ParticipantId id, Referral *out) MUST_USE;
/* The actor's own; NOT_FOUND: somebody else's. */
Err referral_mine(Ctx *c, ProgrammeId programme, ParticipantId id, Referral *out) MUST_USE;
/* CONFLICT: it stands so already, or the citizen has been admitted; INVALID: no reason. */
Err referral_decide(Ctx *c, const Referral *row, const ReferralDecisionIn *in) MUST_USE;
/* Whether it can still lead to an admission as it stands. */
bool referral_waits(const Referral *row);
/* By the caseworker: the citizen has said no. CONFLICT: it does not wait any more; INVALID: no reason. */
Err referral_withdraw(Ctx *c, const Referral *row, const ReferralWithdrawalIn *in) MUST_USE;
/* The rules of participant_admit, for the partner that was asked. CONFLICT: it does not wait, the citizen has said no.
 * The caseworker, if still one of the programme, follows the citizen from now on. */
Err referral_admit(Ctx *c, const Referral *row, const AdmissionIn *in) MUST_USE;

/* For participant_admit. What waits for the partner's answer about the person with this CPR number (keyed, as the
 * register keeps it); NOT_FOUND: nothing. Of several, the oldest: the others are the team's to answer. */
Err referral_find_waiting(Ctx *c, ProgrammeId programme, OrganisationId partner, Str cpr_index, Referral *out) MUST_USE;
/* Closes it as referral_admit does, when the participant has been stored under its identifier. */
Err referral_close(Ctx *c, const Referral *row) MUST_USE;

/* How somebody came to the programme. */
typedef struct {
	bool referred;
	ReferralOrigin origin;
	ReferralStepList steps; /* oldest first */
} ReferralStory;
/* Not referred: `out->referred` is false. */
Err referral_story(Ctx *c, ParticipantId who, ReferralStory *out) MUST_USE;

#endif
