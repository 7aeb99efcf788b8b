/* consent_codes: what a consent may be for. Static data. */
#ifndef ACCESS_CONSENT_CODES_H
#define ACCESS_CONSENT_CODES_H

#include "base/enum.h"

typedef enum {
	CONSENT_CONTACT_COMPANY, /* contacting a company on the citizen's behalf */
	CONSENT_TELL_COMPANY,    /* what the sheet for a company may say */
	CONSENT_TELL_MENTOR,     /* what the mentor may see */
	CONSENT_INVITE_NETWORK,  /* inviting somebody close to a talk */
	CONSENT_DIAGNOSES,       /* writing diagnoses down */
	CONSENT_ANSWERS,         /* giving answers to the evaluator, under a pseudonym */
	CONSENT_QUOTES,          /* publishing what the citizen has said */
} ConsentPurpose;
enum { CONSENT_PURPOSES = CONSENT_QUOTES + 1 };
extern const EnumTable consent_purpose_table;

#endif
