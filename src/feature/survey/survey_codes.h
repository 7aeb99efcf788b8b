/* survey_codes: kinds of question and who is asked. Static data. */
#ifndef FEATURE_SURVEY_CODES_H
#define FEATURE_SURVEY_CODES_H

#include "base/enum.h"
#include "base/text.h"

#include <stdbool.h>

typedef enum {
	QUESTION_DEGREE,   /* very high … not at all */
	QUESTION_IMPACT,   /* direction of an influence, and "none" beside the scale */
	QUESTION_MEANING,  /* the same for what something meant */
	QUESTION_CHANGE,   /* much better … much worse, and "unchanged" */
	QUESTION_YESNO,    /* yes, no, do not know */
	QUESTION_MULTIPLE, /* any number of the options */
	QUESTION_CHOICE,   /* one of the options */
	QUESTION_NUMBER,
	QUESTION_TEXT
} QuestionKind;
extern const EnumTable question_kind_table;

typedef enum { RESPONDENT_CITIZEN, RESPONDENT_COMPANY, RESPONDENT_MENTOR, RESPONDENT_TEAM } Respondent;
extern const EnumTable respondent_table;

/* What people call a wave: those at the start and at the end in the reader's language, others by their code. */
Str wave_name(Lang lang, Str code);

/* Answered by one or more of its options. */
bool question_has_options(int kind);

#endif
