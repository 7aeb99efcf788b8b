#include "feature/organisation/organisation.h"

#include "feature/feature.h"

static const EnumRow kinds[] = {
	{ "job_centre", N_("Job centre") },
	{ "ngo", N_("NGO") },
	{ "funder", N_("Funder") },
	{ "evaluator", N_("Evaluator") },
};
const EnumTable organisation_kind_table = ENUM_TABLE("organisation_kind", kinds);

static const Field fields[] = {
	FIELD(OrganisationIn, name, FIELD_TEXT, N_("Name"), .required = true),
	FIELD(OrganisationIn, kind, FIELD_ENUM, N_("Kind"), .required = true, .choices = &organisation_kind_table),
	FIELD(OrganisationIn, municipality, FIELD_MUNICIPALITY, N_("Municipality")),
	FIELD(OrganisationIn, cvr, FIELD_CVR, N_("CVR number")),
};
const Form organisation_form = FORM("organisation", OrganisationIn, fields);

Err organisation_add(Ctx *c, const OrganisationIn *in, OrganisationId *out)
{
	if (str_is_empty(in->name))
		return refuse(c, "name", "%s", T(c->lang, "This must be filled in."));
	if (in->kind == ORGANISATION_JOB_CENTRE && in->municipality == INT_NONE)
		return refuse(c, "municipality", "%s", T(c->lang, "A job centre belongs to a municipality."));
	Organisation row = { .id = { uuid_v7(c->clock, c->random) },
			     .name = in->name,
			     .kind = in->kind,
			     .municipality = in->municipality,
			     .cvr = in->cvr,
			     .version = 1 };
	RETURN_IF_ERR(organisation_insert(c, &row));
	*out = row.id;
	return feature_audit(c, "organisation.add", "organisation", row.id.v, NOBODY);
}
