/* survey_web: what a programme asks, whom and when. */
#ifndef FEATURE_SURVEY_WEB_H
#define FEATURE_SURVEY_WEB_H

#include "access/route.h"
#include "feature/programme/programme.h"
#include "feature/survey/survey.h"
#include "html/html.h"

extern const RouteTable survey_routes;

typedef struct {
	Str code, wording;
	int kind;    /* QuestionKind */
	Str options; /* in order, with " · " between; empty: none */
} SurveyQuestion;

typedef struct {
	SurveyQuestion *at;
	size_t n;
} SurveyQuestions;

typedef struct {
	Str name;
	int respondent; /* Respondent */
	int64_t invited, answered, incomplete;
} SurveyWave;

typedef struct {
	SurveyWave *at;
	size_t n;
} SurveyWaves;

/* What survey.html shows. */
typedef struct {
	Programme programme;
	SurveyWaves waves;
	SurveyQuestions questions;
} SurveyPage;

#endif
