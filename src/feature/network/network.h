/* network: relatives and others close to a citizen, whom the citizen invites.
 *
 * Owns table network_person. Each stands by one consent to invite
 * (access/consent.h) that names the person; the staff reads them by
 * network_invited alone, whose statement leaves out everybody whose consent does
 * not cover the day, and withdrawing the consent removes them in the same
 * commit. The citizen reads all by network_of. Functions that write run inside a
 * commit job and carry their audit event. Results live in c->arena.
 */
#ifndef FEATURE_NETWORK_H
#define FEATURE_NETWORK_H

#include "base/field.h"
#include "network_sql.h"

enum { NETWORK_MOST = 20, NETWORK_NAME_MOST = 120, NETWORK_RELATION_MOST = 60 };

typedef struct {
	ConsentId consent; /* the citizen's, that invites the person */
	Str name, relation;
	Str phone, email; /* may be none */
} NetworkIn;
extern const Form network_form;

/* INVALID, in field "consent": not the citizen's, not to invite anybody, or not in force today; LIMIT: NETWORK_MOST
 * stand already. */
Err network_add(Ctx *c, ParticipantId who, const NetworkIn *in, NetworkId *out) MUST_USE;
/* NOT_FOUND: not the citizen's. */
Err network_remove(Ctx *c, ParticipantId who, NetworkId id) MUST_USE;

#endif
