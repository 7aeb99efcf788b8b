/* programme_codes: who is on a programme's team. Static data. */
#ifndef FEATURE_PROGRAMME_CODES_H
#define FEATURE_PROGRAMME_CODES_H

#include "base/enum.h"

typedef enum { MEMBER_MANAGER, MEMBER_CONTACT_PERSON, MEMBER_EVALUATOR } MemberRole;
extern const EnumTable member_role_table;

#endif
