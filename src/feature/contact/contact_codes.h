/* contact_codes: how, where and why people were in touch. Static data. */
#ifndef FEATURE_CONTACT_CODES_H
#define FEATURE_CONTACT_CODES_H

#include "base/enum.h"

typedef enum { CONTACT_MEETING, CONTACT_PHONE, CONTACT_SMS, CONTACT_EMAIL } ContactKind;
extern const EnumTable contact_kind_table;

typedef enum {
	PLACE_NONE = ENUM_NONE, /* not told */
	PLACE_JOB_CENTRE,
	PLACE_NGO,
	PLACE_HOME,
	PLACE_WALK_AND_TALK,
	PLACE_COMPANY,
	PLACE_OTHER
} ContactPlace;
extern const EnumTable contact_place_table;

typedef enum { PURPOSE_CITIZEN, PURPOSE_COMPANY_JOB_SEARCH, PURPOSE_COMPANY_RETENTION, PURPOSE_NETWORK } ContactPurpose;
extern const EnumTable contact_purpose_table;

#endif
