/* own: everything that is registered about one citizen, collected for the citizen (GDPR art. 15).
 *
 * Owns no table. A table about people that is added is added here: a test goes
 * through those that erasing knows. Who of the staff something was is told as a
 * role. The copy is whole or none: a list too long for its ceiling, which is far
 * above what a life fills, is LIMIT, never cut. Within one read; results live in
 * c->arena.
 */
#ifndef FEATURE_OWN_H
#define FEATURE_OWN_H

#include "access/consent.h"
#include "access/oidc_link.h"
#include "feature/contact/contact.h"
#include "feature/decide/decide.h"
#include "feature/diagnosis/diagnosis.h"
#include "feature/network/network.h"
#include "feature/participant/participant.h"
#include "feature/placement/placement.h"
#include "feature/quote/quote.h"
#include "feature/referral/referral.h"
#include "feature/seen/seen.h"
#include "feature/sheet/sheet.h"
#include "feature/status/status.h"
#include "own_sql.h"

/* A question in its own words, and what the citizen said. */
typedef struct {
	Date day; /* DATE_NONE: not known */
	Respondent by;
	Str company; /* none: none was asked */
	Str asked, answer;
} OwnAnswer;

typedef struct {
	OwnAnswer *at;
	size_t n;
} OwnAnswers;

/* A sheet, and what it could tell while its link opened it. */
typedef struct {
	OwnSheet sheet;
	int answer; /* SheetAnswer; ENUM_NONE: not answered */
	ConsentTold told;
} OwnSheetLine;

typedef struct {
	OwnSheetLine *at;
	size_t n;
} OwnSheetLines;

typedef struct {
	ParticipantFacts facts;
	const char *municipality; /* NULL: not known */
	StatusList statuses;      /* newest first */
	PlacementLineList placements;
	ContactLineList contacts; /* all, newest first */
	ConsentLineList consents;
	ConsentNoList noes;
	Str diagnosis;             /* none: none is written down */
	NetworkPersonList network; /* also those whose invitation has run out */
	WishLineList wishes;
	PreferenceIn preference;
	OwnAnswers answers;
	QuoteList quotes;
	bool quotes_published; /* a consent covers it today */
	ReferralStory story;
	OidcCitizen login; /* at a provider, which opens the own page; .host none: there is none */
	OwnSheetLines sheets;
	OwnRelationList relations;
	OwnAttendanceList attendance;
	OwnMatchList matches;
	OwnRoundList rounds;
	OwnCodeList codes;
	OwnMessageList messages;
	OwnRequestList requests;
} Own;

/* NOT_FOUND: there is no such citizen. */
Err own_collect(Ctx *c, ParticipantId who, Own *out) MUST_USE;
/* One JSON document, in the terms of the API (RFC 8259), with who has looked; `a` for what it takes on the way. */
void own_json(Arena *a, Buf *out, const Own *own, const SeenLines *seen);

#endif
