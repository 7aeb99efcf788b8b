/* board: what a programme's goal board shows, goal by goal.
 *
 * The model of board.html and how it is filled. Everything is in c->lang and
 * lives in c->arena.
 */
#ifndef MEASURE_BOARD_H
#define MEASURE_BOARD_H

#include "feature/programme/programme.h"
#include "html/html.h"
#include "measure/goal.h"

typedef struct {
	GoalId id;
	Str code, wording, proxy;     /* proxy: what was measured instead; may be none */
	Str target, original, result; /* original: empty when the target was never changed */
	Str interval;                 /* empty where a result has none */
	GoalStatus status, status_original;
	bool measured; /* by an indicator or by people */
} BoardGoal;

typedef struct {
	BoardGoal *at;
	size_t n;
} BoardGoals;

typedef struct {
	GoalLevel level;
	BoardGoals goals;
} BoardLevel;

typedef struct {
	BoardLevel *at;
	size_t n;
} BoardLevels;

typedef struct {
	ProgrammeId id;
	Str name;
	bool current;
} BoardProgramme;

typedef struct {
	BoardProgramme *at;
	size_t n;
} BoardProgrammes;

typedef struct {
	Programme programme;
	Date day;
	BoardLevels levels;         /* those that have goals */
	Str tally;                  /* of the goals, in words */
	BoardProgrammes programmes; /* to choose among; empty when there is no choice */
	bool may_manage;
	bool aggregates; /* for those who see no small numbers: nothing leads to people */
} Board;

enum { SMALL_BELOW = 5 };
/* True when a number between 1 and SMALL_BELOW - 1 of people stands in what was measured, or can be had from it: of
 * those who are counted, of the rest, or of all (domain: fewer than five are not shown). */
bool board_small(const Measured *m);

/* The day that is looked at when none is asked for: of a programme that is over, or whose people are made up, its
 * status date, otherwise today. */
Date board_day(const Ctx *c, const Programme *programme);

BoardGoal board_goal(Ctx *c, const GoalResult *g);

/* Measures the programme's goals on `day` and fills levels and counts; with out->aggregates small numbers are left out.
 * Inside a read. */
MUST_USE Err board_fill(Ctx *c, const Programme *programme, Date day, Board *out);

#endif
