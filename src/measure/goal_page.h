/* goal_page: what stands behind one number of the goal board.
 *
 * The models of goal.html and how they are filled. Texts are in c->lang;
 * everything lives in c->arena.
 */
#ifndef MEASURE_GOAL_PAGE_H
#define MEASURE_GOAL_PAGE_H

#include "measure/board.h"

enum { HISTORY_MOST = 120, PEOPLE_SHOWN_MOST = 1000 };

/* One way of computing the goal. */
typedef struct {
	DefinitionId id;
	Str name, words, expression, result, interval, decided_by, why;
	Date from;
	GoalStatus status;
	bool counts, looked_at; /* the one that decides; the one whose people and course are shown */
} DefinitionLine;

typedef struct {
	DefinitionLine *at;
	size_t n;
} DefinitionLines;

typedef struct {
	Date from;
	Str value, by, why;
} TargetLine;

typedef struct {
	TargetLine *at;
	size_t n;
} TargetLines;

typedef struct {
	Date day;
	Str by, value, reason; /* value: none when there is none */
	GoalStatus verdict;
} JudgementLine;

typedef struct {
	JudgementLine *at;
	size_t n;
} JudgementLines;

/* The value at the end of a month (the last: on the day itself). */
typedef struct {
	Date day;
	double value, target; /* in the goal's unit; NaN: none */
	Str counts, value_text, target_text;
} HistoryPoint;

typedef struct {
	HistoryPoint *at;
	size_t n;
} HistoryPoints;

/* Somebody behind the number; without a name, told apart by `number` alone. No id: erased or archived. */
typedef struct {
	ParticipantId id;
	Str name, partner;
	int64_t number;
} BehindPerson;

typedef struct {
	BehindPerson *at;
	size_t n;
} BehindPeople;

typedef struct {
	bool people;                      /* citizens stand behind it (and not contacts or activities) */
	bool names;                       /* the actor may see who they are */
	bool pseudonyms;                  /* the actor may see that they are, one by one */
	int64_t all, elsewhere, left_out; /* behind it; of them at other partners; beyond PEOPLE_SHOWN_MOST */
	BehindPeople shown;
} Behind;

typedef struct {
	Goal goal;
	BoardGoal head; /* as on the board */
	Programme programme;
	Date day;
	Str definition;                 /* in words */
	Str code;                       /* the expression; none when people judge */
	int64_t numerator, denominator; /* INT_NONE: none */
	bool share;
	Str chosen; /* name of the definition that is looked at, when it is not the one that counts */
	DefinitionLines definitions;
	TargetLines targets;
	JudgementLines judgements;
	HistoryPoints history;
	HtmlSafe chart;
	Behind behind;
	bool open;          /* the list of those behind the number is shown */
	DefinitionId asked; /* none: the one that counts */
	bool may_manage;
} GoalPage;

/* Fills everything on the goal and day; `definition` none: the one that counts.
 * NOT_FOUND: the goal has no such definition. Inside a read. */
MUST_USE Err goal_page_fill(Ctx *c, const Goal *goal, const Programme *programme, Date day, DefinitionId definition,
			    GoalPage *out);

/* The value of an indicator at month ends from the programme's start to `day`. */
MUST_USE Err goal_history(Ctx *c, const GoalResult *g, const DefinitionResult *d, const Programme *programme, Date day,
			  HistoryPoints *out);
/* The course of the value with the target, as steps. */
HtmlSafe goal_chart(Ctx *c, const GoalResult *g, const HistoryPoints *history);

/* Those behind a measurement, as far as the actor may see them. */
MUST_USE Err goal_behind(Ctx *c, ProgrammeId programme, const Measured *m, Behind *out);

#endif
