/* programme_web: a programme's facts, rules, partners and team; changing them. */
#ifndef FEATURE_PROGRAMME_WEB_H
#define FEATURE_PROGRAMME_WEB_H

#include "access/route.h"
#include "feature/programme/programme.h"
#include "html/html.h"

extern const RouteTable programme_routes;

/* What programme.html shows. */
typedef struct {
	Programme programme;
	Str owner, funder;       /* names; no funder: none */
	PartnerRowList partners; /* as they are today */
	PlacesRowList places;
	MemberList team;
	bool may_manage, may_see_people, may_see_pseudonyms;
} ProgrammePage;

#endif
