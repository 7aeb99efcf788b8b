/* goal_form: what the forms around a goal show. Models of goal_form.html. */
#ifndef MEASURE_GOAL_FORM_H
#define MEASURE_GOAL_FORM_H

#include "html/html.h"
#include "measure/goal.h"

/* An expression with the place where it stops making sense. */
typedef struct {
	Str before, wrong, after, message;
	int64_t character;
	bool shown;
} WrongPlace;

/* What an expression says and gives today, before it is stored. */
typedef struct {
	Str words, result, interval; /* interval: empty where there is none */
	GoalStatus status;
	Date day;
} DefinitionPreview;

typedef struct {
	Str heading;
	Str goal_code, goal_wording; /* none for a new goal */
} GoalFormPage;

#endif
