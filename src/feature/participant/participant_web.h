/* participant_web: finding citizens, admitting them, changing what is known. */
#ifndef FEATURE_PARTICIPANT_WEB_H
#define FEATURE_PARTICIPANT_WEB_H

#include "access/route.h"
#include "feature/participant/participant.h"
#include "html/html.h"

extern const RouteTable participant_routes;
extern const RouteTable participant_api_routes;

/* What participant.html shows. */
typedef struct {
	ParticipantRowList rows;
	ListPage list;
	bool may_register;
} ParticipantListPage;

#endif
