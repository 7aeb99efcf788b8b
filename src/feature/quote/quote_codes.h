/* quote_codes: what a sentence is about, and where it was said. Static data. */
#ifndef FEATURE_QUOTE_CODES_H
#define FEATURE_QUOTE_CODES_H

#include "base/enum.h"

typedef enum { QUOTE_WORK, QUOTE_HELP, QUOTE_EVERYDAY, QUOTE_COMPANY } QuoteTopic;
extern const EnumTable quote_topic_table;

typedef enum { SAID_IN_TALK, SAID_AT_COMPANY, SAID_AT_COURSE, SAID_ELSEWHERE } QuoteOccasion;
extern const EnumTable quote_occasion_table;

#endif
