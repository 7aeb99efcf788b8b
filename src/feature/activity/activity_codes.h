/* activity_codes: what a programme holds for many. Static data. */
#ifndef FEATURE_ACTIVITY_CODES_H
#define FEATURE_ACTIVITY_CODES_H

#include "base/enum.h"

typedef enum {
	ACTIVITY_COURSE,
	ACTIVITY_TRAINING,
	ACTIVITY_VOLUNTEER_MEETING,
	ACTIVITY_NETWORK_MEETING,
	ACTIVITY_MEETING,
	ACTIVITY_OTHER
} ActivityKind;
extern const EnumTable activity_kind_table;

#endif
