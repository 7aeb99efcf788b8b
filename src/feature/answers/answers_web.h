/* answers_web: citizens' answers for the evaluator: how many are given, and the files. */
#ifndef FEATURE_ANSWERS_WEB_H
#define FEATURE_ANSWERS_WEB_H

#include "access/route.h"
#include "feature/answers/answers.h"
#include "feature/programme/programme.h"

extern const RouteTable answers_routes;

typedef struct {
	WaveId id;
	Str name;
	int64_t answered, given, kept; /* kept: answered, and not given */
} AnswersLine;

typedef struct {
	AnswersLine *at;
	size_t n;
} AnswersLines;

/* What answers.html shows. */
typedef struct {
	Programme programme;
	AnswersLines rounds;
} AnswersPage;

#endif
