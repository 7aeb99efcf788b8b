/* placement_codes: on which terms a participant is at a company. Static data. */
#ifndef FEATURE_PLACEMENT_CODES_H
#define FEATURE_PLACEMENT_CODES_H

#include "base/enum.h"

#include <stdbool.h>

typedef enum { PLACEMENT_INTERNSHIP, PLACEMENT_WAGE_SUBSIDY, PLACEMENT_FLEKSJOB, PLACEMENT_ORDINARY } PlacementKind;
extern const EnumTable placement_kind_table;

/* Employment in the evaluations' sense: fleksjob and ordinary job. A
 * wage-subsidised place is none: it is a measure with an end. */
bool placement_is_job(int kind);
/* Takes up a place under the reasonableness ratio: unpaid or subsidised;
 * a fleksjob does not. */
bool placement_takes_place(int kind);

#endif
