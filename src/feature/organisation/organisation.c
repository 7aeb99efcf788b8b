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
	FIELD(OrganisationIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form organisation_form = FORM("organisation", OrganisationIn, fields);

static Err check(Ctx *c, const OrganisationIn *in, OrganisationId self)
{
	OrganisationId other;
	if (str_is_empty(in->name))
		return refuse(c, "name", "%s", T(c->lang, "This must be filled in."));
	if (in->kind == ORGANISATION_JOB_CENTRE && in->municipality == INT_NONE)
		return refuse(c, "municipality", "%s", T(c->lang, "A job centre belongs to a municipality."));
	Err e = organisation_named(c, in->name, &other);
	if (e == OK && !uuid_eq(other.v, self.v))
		return feature_conflict(c, "name", T(c->lang, "Another organisation has this name."));
	return e == ERR_NOT_FOUND ? OK : e;
}

static Organisation row_of(const OrganisationIn *in, OrganisationId id, int64_t version)
{
	return (Organisation){ .id = id,
			       .name = in->name,
			       .kind = (OrganisationKind)in->kind,
			       .municipality = in->municipality,
			       .cvr = in->cvr,
			       .version = version };
}

Err organisation_add(Ctx *c, const OrganisationIn *in, OrganisationId *out)
{
	OrganisationId id = { uuid_v7(c->clock, c->random) };
	RETURN_IF_ERR(check(c, in, id));
	Organisation row = row_of(in, id, 1);
	RETURN_IF_ERR(organisation_insert(c, &row));
	*out = id;
	return feature_audit(c, "organisation.add", "organisation", id.v, NOBODY);
}

/* Goals that count a partner's citizens go on doing so under its new name. */
static Err rename_in_indicators(Ctx *c, Str old, Str fresh)
{
	int64_t changed = 0;
	if (str_eq(old, fresh))
		return OK;
	RETURN_IF_ERR(organisation_rename_in_indicators(c, str_printf(c->arena, "\"%.*s\"", STR_ARG(old)),
							str_printf(c->arena, "\"%.*s\"", STR_ARG(fresh)), &changed));
	if (changed > 0 && str_find(fresh, '"', 0) != SIZE_MAX)
		return refuse(c, "name", "%s",
			      T(c->lang, "Goals count this partner's citizens by name, and a name with quotation marks "
					 "cannot stand in their definitions."));
	return OK;
}

Err organisation_change(Ctx *c, OrganisationId id, const OrganisationIn *in)
{
	Organisation old;
	int64_t changed = 0;
	RETURN_IF_ERR(organisation_get(c, id, &old));
	RETURN_IF_ERR(check(c, in, id));
	Organisation row = row_of(in, id, in->version == INT_NONE ? 0 : in->version);
	RETURN_IF_ERR(organisation_update(c, &row, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	RETURN_IF_ERR(rename_in_indicators(c, old.name, in->name));
	return feature_audit(c, "organisation.change", "organisation", id.v, NOBODY);
}

OrganisationIn organisation_in(const Organisation *row)
{
	return (OrganisationIn){ .name = row->name,
				 .kind = (int)row->kind,
				 .municipality = row->municipality,
				 .cvr = row->cvr,
				 .version = row->version };
}
