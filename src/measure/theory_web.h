/* theory_web: a programme's theory of change, drawn and told, and keeping it. */
#ifndef MEASURE_THEORY_WEB_H
#define MEASURE_THEORY_WEB_H

#include "access/page.h"
#include "feature/programme/programme.h"
#include "measure/theory.h"

extern const RouteTable theory_routes;

/* One place, with the codes of the goals that hang on it. */
typedef struct {
	NodeId id;
	Str code, label, goals; /* goals may be empty */
} TheoryPlace;

typedef struct {
	TheoryPlace *at;
	size_t n;
} TheoryPlaces;

typedef struct {
	GoalLevel level;
	TheoryPlaces places;
} TheoryLevel;

typedef struct {
	TheoryLevel *at;
	size_t n;
} TheoryLevels;

typedef struct {
	NodeId cause, effect;
	Str from, to, assumption; /* labels; assumption may be none */
	int number;               /* of the assumption in the drawing; 0: none */
} TheoryLine;

typedef struct {
	TheoryLine *at;
	size_t n;
} TheoryLines;

/* The places of a theory of change, to choose one by its code in `field` of a form. */
Err theory_node_options(Ctx *c, ProgrammeId programme, const char *field, FormOptions *out) MUST_USE;

/* What theory.html shows. */
typedef struct {
	Programme programme;
	TheoryLevels levels; /* all four */
	TheoryLines arrows;
	size_t places;
	HtmlSafe drawing; /* empty: nothing to draw yet */
	bool may_manage;
	Str csrf;
} TheoryPage;

#endif
