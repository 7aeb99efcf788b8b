/* organisation_codes: what kinds of organisation take part. Static data. */
#ifndef FEATURE_ORGANISATION_CODES_H
#define FEATURE_ORGANISATION_CODES_H

#include "base/enum.h"

typedef enum {
	ORGANISATION_JOB_CENTRE,
	ORGANISATION_NGO,
	ORGANISATION_FUNDER,
	ORGANISATION_EVALUATOR
} OrganisationKind;
extern const EnumTable organisation_kind_table;

#endif
