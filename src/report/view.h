/* view: the words of an evaluation's tables, as they are printed.
 *
 * Turns results into ready texts in the reader's language, so that the template
 * only places them and every printer says the same. Private to the room.
 */
#ifndef REPORT_VIEW_H
#define REPORT_VIEW_H

#include "report/report.h"

/* One way of computing a goal. */
typedef struct {
	Str name, words, expression, result, interval, since, decided_by, why; /* interval: empty for none */
	const Measured *measured;
	GoalStatus status;
	bool counts; /* the one that decides */
} DefinitionView;

typedef struct {
	DefinitionView *at;
	size_t n;
} DefinitionViewList;

typedef struct {
	Str from, value, by, why;
} TargetView;

typedef struct {
	TargetView *at;
	size_t n;
} TargetViewList;

typedef struct {
	Str code, wording, proxy;
	Str target, original; /* original: empty when it was never revised */
	Str result;           /* "61 of 125 = 48.8%"; "judged: met" */
	Str interval;         /* empty where the result has none */
	Str definition;       /* words, or who judged, when and why */
	GoalStatus status, status_original;
	bool revised, judged;
	TargetViewList targets;
	DefinitionViewList definitions;
	DefinitionViewList redefinitions; /* those that have counted, in turn; empty for one only */
} GoalView;

typedef struct {
	GoalView *at;
	size_t n;
} GoalViewList;

typedef struct {
	GoalLevel level;
	const char *title;
	GoalViewList goals;
} LevelView;

typedef struct {
	LevelView *at;
	size_t n;
} LevelViewList;

/* Questions to one kind of respondent in one wave. */
typedef struct {
	Str title; /* "The citizens at the end" */
	ReportQuestion *at;
	size_t n;
} AnswerView;

typedef struct {
	AnswerView *at;
	size_t n;
} AnswerViewList;

typedef struct {
	const Report *r;
	LevelViewList levels;
	AnswerViewList answers;
	const char *notice; /* NULL: real people */
	Str verdicts;       /* how many goals have which status */
	int64_t met;        /* goals */
	Str date, period, intake, made, owner, funder, partners, places;
	Str age_mean;
	bool has_theory, theory_drawn, has_contacts, has_network;
	bool revised, redefined; /* some goal */
} ReportView;

ReportView report_view(Ctx *c, const Report *r);

#endif
