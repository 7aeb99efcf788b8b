/* contact_line: a contact as lists show it.
 *
 * The columns of the statement contact_lines, and the names that contact_page
 * fills in. Lives in the arena of the list.
 */
#ifndef FEATURE_CONTACT_LINE_H
#define FEATURE_CONTACT_LINE_H

#include "base/date.h"
#include "base/ids.h"
#include "feature/contact/contact_codes.h"

typedef struct {
	ContactId id;
	ParticipantId participant;
	Time at;
	Date day;
	ContactKind kind;
	ContactPurpose purpose;
	ContactPlace place; /* may be none */
	CompanyId company;
	Str company_name; /* not read with the row */
	PlacementId placement;
	bool follow_up;
	int64_t minutes; /* INT_NONE: not told */
	Str note;
	MemberId member;
	Str member_name; /* not read with the row */
} ContactLine;

typedef struct {
	ContactLine *at;
	size_t n;
} ContactLineList;

#endif
