/* feature_web: the page of a form about a citizen, as several rooms have it. */
#ifndef FEATURE_FEATURE_WEB_H
#define FEATURE_FEATURE_WEB_H

#include "access/page.h"
#include "feature/feature.h"

/* The citizen that the address names, if within the scope; else NOT_FOUND. */
Err feature_asked_person(Ctx *c, const Request *r, Person *out) MUST_USE;
/* A page with a heading, the citizen's name and a form; going back and
 * cancelling lead to the citizen's page, and showing it is logged. `view`
 * without `cancel`. */
Err feature_person_form(Ctx *c, Request *r, const Person *person, const char *heading, FormView view) MUST_USE;
/* The same, left open for what stands below the form; ends with page_close. */
Err feature_person_form_open(Ctx *c, Request *r, const Person *person, const char *heading, FormView view,
			     Html **out) MUST_USE;
/* A list across people is in the audit before its page leaves. */
void feature_log_search(Ctx *c, Request *r, const char *action);
/* {"id": "0190…"} with the route's status, whose .gives is id_shape. */
extern const Shape id_shape;
Err feature_answer_id(Ctx *c, Request *r, Uuid id) MUST_USE;
/* The n structs as the one list that the route's .gives has. */
Err feature_answer_rows(Ctx *c, Request *r, const void *rows, size_t n) MUST_USE;

#endif
