#include "measure/indicator_rules.h"

#include "feature/activity/activity_codes.h"
#include "feature/contact/contact_codes.h"
#include "feature/participant/participant_codes.h"
#include "feature/placement/placement_codes.h"
#include "feature/status/status_codes.h"

const IndicatorRule indicator_rules[] = {
	{ "gender", PREDICATE_GENDER, ON_PEOPLE, TAKES_VALUES, &gender_table, N_("gender") },
	{ "age", PREDICATE_AGE, ON_PEOPLE, TAKES_NUMBER, NULL, N_("age in years at admission") },
	{ "partner", PREDICATE_PARTNER, ON_PEOPLE, TAKES_NAMES, NULL,
	  N_("the partner that admitted the citizen, by its name") },
	{ "admitted", PREDICATE_ADMITTED, ON_PARTICIPANTS, TAKES_PERIOD, NULL, N_("day of admission") },
	{ "employed_at_admission", PREDICATE_EMPLOYED_AT_ADMISSION, ON_PARTICIPANTS, TAKES_NOTHING, NULL,
	  N_("was employed when admitted") },
	{ "status", PREDICATE_STATUS, ON_PARTICIPANTS, TAKES_VALUES, &status_code_table,
	  N_("status on the day of measuring") },
	{ "has", PREDICATE_HAS, ON_PARTICIPANTS, TAKES_GROUP, NULL, N_("a placement that goes on on the day") },
	{ "had", PREDICATE_HAD, ON_PARTICIPANTS, TAKES_GROUP, NULL, N_("a placement at any time up to the day") },
	{ "mentor", PREDICATE_MENTOR, ON_PARTICIPANTS, TAKES_NOTHING, NULL,
	  N_("has been matched with a volunteer mentor") },
	{ "attended", PREDICATE_ATTENDED, ON_PARTICIPANTS, TAKES_VALUES, &activity_kind_table,
	  N_("took part in an activity of the kind") },
	{ "answered", PREDICATE_ANSWERED, ON_PARTICIPANTS, TAKES_QUESTION, NULL, N_("gave such an answer in a wave") },
	{ "kind", PREDICATE_KIND, ON_CONTACTS, TAKES_VALUES, &contact_kind_table, N_("kind") },
	{ "kind", PREDICATE_KIND, ON_PLACEMENTS, TAKES_VALUES, &placement_kind_table, N_("kind") },
	{ "kind", PREDICATE_KIND, ON_ACTIVITIES, TAKES_VALUES, &activity_kind_table, N_("kind") },
	{ "purpose", PREDICATE_PURPOSE, ON_CONTACTS, TAKES_VALUES, &contact_purpose_table,
	  N_("purpose of the contact") },
	{ "place", PREDICATE_PLACE, ON_CONTACTS, TAKES_VALUES, &contact_place_table, N_("place of the contact") },
	{ "date", PREDICATE_DATE, ON_CONTACTS | ON_PLACEMENTS | ON_ACTIVITIES, TAKES_PERIOD, NULL,
	  N_("day of the contact or activity, first day of the placement") },
	{ "follow_up", PREDICATE_FOLLOW_UP, ON_CONTACTS, TAKES_NOTHING, NULL, N_("the contact was a follow-up") },
	{ "length", PREDICATE_LENGTH, ON_PLACEMENTS, TAKES_LENGTH, NULL,
	  N_("how long the placement has lasted by the day") },
	{ "open", PREDICATE_OPEN, ON_PLACEMENTS, TAKES_NOTHING, NULL, N_("goes on on the day") },
	{ "held", PREDICATE_HELD, ON_ACTIVITIES, TAKES_NOTHING, NULL, N_("was held, not only planned") },
	{ "answer", PREDICATE_ANSWER, ON_ANSWERS, TAKES_ANSWER, NULL, N_("the answer that was given") },
};
const size_t indicator_rule_count = sizeof indicator_rules / sizeof indicator_rules[0];
