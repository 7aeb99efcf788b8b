/* organisation: job centres, NGOs, funders and evaluators.
 *
 * Owns table organisation. Companies are employers and live in feature/company.
 * Reads are the statements of organisation.sql (organisation_get,
 * organisation_all). Writes run inside a commit job and carry their audit
 * event. Results live in c->arena.
 */
#ifndef FEATURE_ORGANISATION_H
#define FEATURE_ORGANISATION_H

#include "base/field.h"
#include "feature/organisation/organisation_codes.h"
#include "organisation_sql.h"

typedef struct {
	Str name;
	int kind; /* OrganisationKind */
	int64_t municipality;
	Str cvr;
	int64_t version; /* of what is changed; not looked at when added */
} OrganisationIn;
extern const Form organisation_form;

/* INVALID: no name, unknown municipality, or a job centre without one;
 * CONFLICT: another organisation has the name, by which people tell them apart. */
Err organisation_add(Ctx *c, const OrganisationIn *in, OrganisationId *out) MUST_USE;
/* The same, and CONFLICT when in->version is not the stored one. */
Err organisation_change(Ctx *c, OrganisationId id, const OrganisationIn *in) MUST_USE;
/* What a form for changing shows. */
OrganisationIn organisation_in(const Organisation *row);

#endif
