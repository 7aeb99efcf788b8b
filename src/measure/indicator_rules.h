/* indicator_rules: the conditions of the language, as the parser reads them and
 * the page about the language shows them. Static data. */
#ifndef MEASURE_INDICATOR_RULES_H
#define MEASURE_INDICATOR_RULES_H

#include "measure/indicator.h"

/* Which things a condition may be asked of: bit 1 << ThingsKind. */
enum {
	ON_PARTICIPANTS = 1 << THINGS_PARTICIPANTS,
	ON_CONTACTS = 1 << THINGS_CONTACTS,
	ON_PLACEMENTS = 1 << THINGS_PLACEMENTS,
	ON_ACTIVITIES = 1 << THINGS_ACTIVITIES,
	ON_ANSWERS = 1 << THINGS_ANSWERS,
	ON_PEOPLE = ON_PARTICIPANTS | ON_CONTACTS | ON_PLACEMENTS | ON_ANSWERS,
};

/* What stands behind the word. */
typedef enum {
	TAKES_NOTHING,
	TAKES_VALUES, /* is a, b */
	TAKES_NAMES,  /* is "A", "B" */
	TAKES_NUMBER, /* over 30 */
	TAKES_LENGTH, /* over 6 months */
	TAKES_PERIOD, /* in 2017 */
	TAKES_GROUP,  /* job [over 6 months] */
	TAKES_ANSWER, /* at least some */
	TAKES_QUESTION
} Takes;

typedef struct {
	const char *word;
	PredicateKind kind;
	unsigned on;
	Takes takes;
	const EnumTable *table; /* of TAKES_VALUES */
	const char *means;      /* English, N_() */
} IndicatorRule;

extern const IndicatorRule indicator_rules[];
extern const size_t indicator_rule_count;

#endif
