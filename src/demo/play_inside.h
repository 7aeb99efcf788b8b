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
	ConsentId *consents;
	int *withdrawn; /* indices of the register's consents */
	GoalId *goals;
	int next_answer; /* of the response written next */
} Play;

enum { ANSWERS_PER_RESPONSE_MOST = 200 };

/* When everything is written but what has a moment of its own. */
Time play_moment(const Play *p);

/* One kind of row: how many there are, and what writes number i. */
typedef Err PlayOne(Ctx *c, Play *p, int i);

/* Writes all of them, some hundreds per commit. */
MUST_USE Err play_all(Play *p, const char *what, int n, PlayOne *one);

/* Once the companies are there, and before anybody speaks with one. */
MUST_USE Err play_consents(Play *p);
/* After that: what citizens have withdrawn and said. */
MUST_USE Err play_afterthoughts(Play *p);
/* Goals, targets, definitions, judgements and the theory of change. */
MUST_USE Err play_goals(Ctx *c, Play *p);
/* Questions, waves, responses and answers. */
MUST_USE Err play_surveys(Play *p);
/* Logins of the demonstration. */
MUST_USE Err play_users(Play *p);

#endif
