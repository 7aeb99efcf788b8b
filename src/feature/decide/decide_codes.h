/* decide_codes: what has become of a company on a citizen's list. Static data. */
#ifndef FEATURE_DECIDE_CODES_H
#define FEATURE_DECIDE_CODES_H

#include "base/enum.h"

typedef enum {
	WISH_OWN,   /* the citizen's own wish */
	WISH_ASKED, /* suggested by the staff, for the citizen to decide */
	WISH_YES,
	WISH_AS_ALL, /* nothing is said of it alone, and yes to every company */
	WISH_NO,
} WishDecision;
extern const EnumTable wish_decision_table;

#endif
