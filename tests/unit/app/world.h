/* world: what the authorization matrix plays with: four worlds with a row of
 * everything, and everybody who may ask for them.
 *
 * AARHUS and RANDERS are units of one programme, OTHER is the only unit of a
 * second one, ABROAD belongs to another tenant. Each has a citizen with a
 * contact, a placement and a status, a member of the team, a goal with target,
 * definition and judgement, three places in the theory of change, a user, and
 * somebody's API token and session. Two words stand in no
 * other world: `unit` in whatever describes the citizen, `programme` in what the
 * programme says of itself. The company is one for the first three.
 */
#ifndef TEST_WORLD_H
#define TEST_WORLD_H

#include "../access/served.h"
#include "access/consent.h"
#include "access/relation.h"
#include "feature/decide/decide.h"
#include "feature/diagnosis/diagnosis.h"
#include "feature/network/network.h"
#include "feature/referral/referral.h"
#include "measure/theory.h"

enum { AARHUS, RANDERS, OTHER, ABROAD, WORLDS };

typedef struct {
	const char *unit, *programme_word; /* the canaries */
	const char *person;                /* how the citizen's name begins */
	const char *cpr, *code;            /* of the citizen; of the programme */
	TenantId tenant;
	OrganisationId owner, partner;
	ProgrammeId programme;
	MemberId member;
	CompanyId company, suggested; /* where the citizen works; what the citizen has been asked about */
	ParticipantId participant;
	PlacementId placement;
	ContactId contact;
	GoalId goal;
	DefinitionId definition;
	NodeId node, cause, effect; /* of the theory of change; an arrow leads from cause to effect */
	UserId user;                /* nobody who asks */
	UserId token_owner;
	TokenId token;
	ConsentId consent; /* to invite somebody, where the citizen says yes */
	WaveId wave;       /* a round of questions; RANDERS answers that of AARHUS */
	NetworkId network; /* who is invited by it */
	QuoteId quote;
	WishId wish;          /* a company that the citizen has been asked about */
	WishId own_wish;      /* the citizen's own */
	RelationId emergency; /* a broken glass that nobody has looked at */
	RelationId relation;  /* of a caseworker, to be ended */
	RequestId request;
	ParticipantId referral; /* somebody whom nobody has answered yet */
	const char *referred;   /* the CPR number */
	UserId helper;          /* a mentor with nobody yet */
	Str guest_code;         /* lets the citizen in */
	SessionId session;      /* of the same owner, in another browser */
} World;

/* By the letter that the matrix's rules name them by. */
enum {
	VISITOR,
	ADMIN,
	MANAGER,
	PERSON,
	NEIGHBOUR,
	EVALUATOR,
	FAR_MANAGER,
	FAR_PERSON,
	FAR_EVALUATOR,
	MENTOR,      /* of the citizen of AARHUS, who shares the name and nothing else */
	PAST_MENTOR, /* whose relation has ended */
	CASEWORKER,
	STEERING,
	ARCHIVE,
	CITIZEN,
	FAR_CITIZEN,
	COMPANY, /* with a sheet about the citizen of AARHUS */
	CLOSED,
	EXPIRED,
	ACTORS
};

typedef struct {
	char letter;       /* V, A, M, C, E, T, W, S, R, B, K (walk.c); '-': turned away like a visitor */
	const char *login; /* also the name; of guests for the messages only */
	Role role;
	int home; /* world whose rows are the actor's own */
	UserId id;
	Str session, csrf, token;
} WorldActor;

typedef struct {
	Served s;
	World worlds[WORLDS];
	WorldActor actors[ACTORS];
	int64_t audit_seen; /* of rows_trace */
} Worlds;

/* Stands in what the citizen shares with nobody. */
#define WORLD_UNSHARED "Qhensyn"
#define WORLD_STATUS_DAY "2018-03-01" /* from when on every citizen has the status that can be corrected */

/* Serves the tables, with everything above in the database. */
void worlds_make(Worlds *w, const RouteTable *const *tables);
void worlds_remove(Worlds *w);
/* A request as the actor: by session, or by token under /api/; a form's CSRF token is sent along. */
Reply worlds_ask(Worlds *w, int actor, const char *method, const char *target, Str body);

#endif
