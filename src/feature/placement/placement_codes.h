/* placement_codes: on which terms a participant is at a company. Static data. */
#ifndef FEATURE_PLACEMENT_CODES_H
#define FEATURE_PLACEMENT_CODES_H

#include "base/enum.h"

#include <stdbool.h>

typedef enum { PLACEMENT_INTERNSHIP, PLACEMENT_WAGE_SUBSIDY, PLACEMENT_FLEKSJOB, PLACEMENT_ORDINARY } PlacementKind;
extern const EnumTable placement_kind_table;

/* Kinds that join to one spell of the same person. */
typedef enum { PLACEMENT_CLASS_INTERNSHIP, PLACEMENT_CLASS_SUBSIDISED, PLACEMENT_CLASS_JOB } PlacementClass;

PlacementClass placement_class(int kind);
/* Employment in the evaluations' sense: fleksjob and ordinary job. A
 * wage-subsidised place is none: it is a measure with an end. */
bool placement_is_job(int kind);
/* Takes up a place under the reasonableness ratio: unpaid or subsidised;
 * a fleksjob does not. */
bool placement_takes_place(int kind);

#endif
