/* sheet_codes: what a company may answer. Static data. */
#ifndef FEATURE_SHEET_CODES_H
#define FEATURE_SHEET_CODES_H

#include "base/enum.h"

typedef enum { SHEET_TALK, SHEET_LATER, SHEET_NO } SheetAnswer;
extern const EnumTable sheet_answer_table;

#endif
