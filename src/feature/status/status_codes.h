/* status_codes: what a citizen's situation can be. Static data. */
#ifndef FEATURE_STATUS_CODES_H
#define FEATURE_STATUS_CODES_H

#include "base/enum.h"

typedef enum {
	STATUS_NONE = ENUM_NONE, /* not registered */
	STATUS_UNEMPLOYED,
	STATUS_INTERNSHIP,
	STATUS_EMPLOYED,
	STATUS_SICK,
	STATUS_LEAVE,
	STATUS_PENSION_GRANTED,
	STATUS_PENSION_IN_PROCESS,
	STATUS_OTHER_PROVIDER,
	STATUS_MOVED,
	STATUS_DECEASED
} StatusCode;
enum { STATUS_CODES = STATUS_DECEASED + 1 };
extern const EnumTable status_code_table;

#endif
