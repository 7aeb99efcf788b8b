/* referral_codes: where a referral stands. Static data. */
#ifndef FEATURE_REFERRAL_CODES_H
#define FEATURE_REFERRAL_CODES_H

#include "base/enum.h"

typedef enum {
	REFERRAL_OPEN,
	REFERRAL_STANDBY,
	REFERRAL_DECLINED,         /* by the team */
	REFERRAL_CITIZEN_DECLINED, /* by the citizen */
	REFERRAL_ADMITTED,
} ReferralState;
extern const EnumTable referral_state_table;

#endif
