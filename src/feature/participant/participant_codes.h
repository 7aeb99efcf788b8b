/* participant_codes: closed lists about a citizen. Static data. */
#ifndef FEATURE_PARTICIPANT_CODES_H
#define FEATURE_PARTICIPANT_CODES_H

#include "base/enum.h"

typedef enum { GENDER_FEMALE, GENDER_MALE, GENDER_OTHER } Gender;
extern const EnumTable gender_table;

#endif
