/* play_inside: the state of writing a register, shared by play*.c. */
#ifndef DEMO_PLAY_INSIDE_H
#define DEMO_PLAY_INSIDE_H

#include "db/commit.h"
#include "demo/play.h"

typedef struct {
	const Register *r;
	const PlayOptions *options;
	Ctx job;     /* what the commits run with; cleared after each */
	Clock clock; /* the day after the programme's end: nothing lies in the future */
	Random random;
	Arena *arena; /* of the ids */
	ProgrammeId programme;
	Str owner_name;
	OrganisationId *organisations;
	MemberId *members;
	ParticipantId *participants;
	int *later_statuses; /* indices of the register's */
	CompanyId *companies;
	PlacementId *placements;
	ActivityId *activities;
	QuestionId *questions;
	WaveId waves[FACT_WAVES];
	ResponseId *responses;
	GoalId *goals;
	int next_answer; /* of the response written next */
} Play;

enum { ANSWERS_PER_RESPONSE_MOST = 200 };

/* One kind of row: how many there are, and what writes number i. */
typedef Err PlayOne(Ctx *c, Play *p, int i);

/* Writes all of them, some hundreds per commit. */
MUST_USE Err play_all(Play *p, const char *what, int n, PlayOne *one);

/* Goals, targets, definitions, judgements and the theory of change. */
MUST_USE Err play_goals(Ctx *c, Play *p);
/* Questions, waves, responses and answers. */
MUST_USE Err play_surveys(Play *p);
/* Logins of the demonstration. */
MUST_USE Err play_users(Play *p);

#endif
