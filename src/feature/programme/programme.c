#include "feature/programme/programme.h"

#include "feature/feature.h"
#include "feature/organisation/organisation.h"

#include <math.h>

static const EnumRow roles[] = {
	{ "manager", N_("Manager") },
	{ "contact_person", N_("Contact person") },
	{ "evaluator", N_("Evaluator") },
};
const EnumTable member_role_table = ENUM_TABLE("member_role", roles);

static const Field fields[] = {
	FIELD(ProgrammeIn, code, FIELD_TEXT, N_("Short name"), .required = true, .most = 40),
	FIELD(ProgrammeIn, name, FIELD_TEXT, N_("Name"), .required = true),
	FIELD(ProgrammeIn, owner, FIELD_ID, N_("Owner"), .required = true),
	FIELD(ProgrammeIn, funder, FIELD_ID, N_("Funder")),
	FIELD(ProgrammeIn, starts, FIELD_DATE, N_("First day"), .required = true),
	FIELD(ProgrammeIn, ends, FIELD_DATE, N_("Last day"), .required = true),
	FIELD(ProgrammeIn, intake_first, FIELD_DATE, N_("First day of intake"), .required = true),
	FIELD(ProgrammeIn, intake_last, FIELD_DATE, N_("Last day of intake"), .required = true),
	FIELD(ProgrammeIn, status_date, FIELD_DATE, N_("Status date"), .required = true),
	FIELD(ProgrammeIn, gap_days, FIELD_INT, N_("Most days between two jobs that count as one"), .required = true,
	      .min = 0, .max = 366),
	FIELD(ProgrammeIn, retention_months, FIELD_INT, N_("Months a job must last to count as retained"),
	      .required = true, .min = 1, .max = 120),
	FIELD(ProgrammeIn, followup_job_months, FIELD_INT, N_("Months between follow-ups on a job"), .required = true,
	      .min = 1, .max = 36),
	FIELD(ProgrammeIn, followup_internship_days, FIELD_INT, N_("Days from an internship's start to its follow-up"),
	      .required = true, .min = 1, .max = 366),
	FIELD(ProgrammeIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form programme_form = FORM("programme", ProgrammeIn, fields);

static const Field member_fields[] = {
	FIELD(MemberIn, organisation, FIELD_ID, N_("Organisation"), .required = true),
	FIELD(MemberIn, name, FIELD_TEXT, N_("Name"), .required = true),
	FIELD(MemberIn, role, FIELD_ENUM, N_("Role"), .required = true, .choices = &member_role_table),
	FIELD(MemberIn, email, FIELD_EMAIL, N_("E-mail")),
	FIELD(MemberIn, since, FIELD_DATE, N_("From"), .required = true),
	FIELD(MemberIn, until, FIELD_DATE, N_("Last day on the team"), .hint = N_("Empty while it goes on")),
	FIELD(MemberIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form member_form = FORM("member", MemberIn, member_fields);

static bool is_code(Str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		bool letter = (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9');
		if (!letter && (ch != '-' || i == 0))
			return false;
	}
	return s.len > 0;
}

static Err check_dates(Ctx *c, const ProgrammeIn *in)
{
	Err e = OK;
	if (in->ends < in->starts)
		e = refuse(c, "ends", "%s", T(c->lang, "The end is before the start."));
	if (in->intake_first < in->starts || in->intake_first > in->ends)
		e = refuse(c, "intake_first", "%s", T(c->lang, "The day is outside the programme's period."));
	if (in->intake_last < in->starts || in->intake_last > in->ends)
		e = refuse(c, "intake_last", "%s", T(c->lang, "The day is outside the programme's period."));
	if (in->intake_last < in->intake_first)
		e = refuse(c, "intake_last", "%s", T(c->lang, "The end is before the start."));
	if (in->status_date < in->starts || in->status_date > in->ends)
		e = refuse(c, "status_date", "%s", T(c->lang, "The day is outside the programme's period."));
	return e;
}

static Err check_organisation(Ctx *c, const char *field, OrganisationId id)
{
	Organisation row;
	Err e = organisation_get(c, id, &row);
	return e == ERR_NOT_FOUND ? refuse(c, field, "%s", T(c->lang, "There is no such organisation.")) : e;
}

static Err check_programme(Ctx *c, const ProgrammeIn *in, ProgrammeId self)
{
	Err e = check_dates(c, in);
	if (!is_code(in->code))
		e = refuse(c, "code", "%s", T(c->lang, "Only small letters a-z, digits and hyphens are allowed here."));
	if (e != OK)
		return e;
	RETURN_IF_ERR(check_organisation(c, "owner", in->owner));
	if (!uuid_is_none(in->funder.v))
		RETURN_IF_ERR(check_organisation(c, "funder", in->funder));
	Programme other;
	e = programme_by_code(c, in->code, &other);
	if (e == OK && !uuid_eq(other.id.v, self.v))
		return feature_conflict(c, "code", T(c->lang, "Another programme has this short name."));
	return e == ERR_NOT_FOUND ? OK : e;
}

static Programme row_of(Ctx *c, const ProgrammeIn *in, ProgrammeId id, int64_t version)
{
	return (Programme){ .id = id,
			    .code = in->code,
			    .name = in->name,
			    .owner = in->owner,
			    .funder = in->funder,
			    .starts = in->starts,
			    .ends = in->ends,
			    .intake_first = in->intake_first,
			    .intake_last = in->intake_last,
			    .status_date = in->status_date,
			    .gap_days = in->gap_days,
			    .retention_months = in->retention_months,
			    .followup_job_months = in->followup_job_months,
			    .followup_internship_days = in->followup_internship_days,
			    .made_up = in->made_up,
			    .version = version,
			    .changed = clock_now(c->clock),
			    .changed_by = feature_actor_name(c) };
}

Err programme_add(Ctx *c, const ProgrammeIn *in, ProgrammeId *out)
{
	RETURN_IF_ERR(check_programme(c, in, (ProgrammeId){ UUID_NONE }));
	Programme row = row_of(c, in, (ProgrammeId){ uuid_v7(c->clock, c->random) }, 1);
	RETURN_IF_ERR(programme_insert(c, &row));
	*out = row.id;
	return feature_audit(c, "programme.add", "programme", row.id.v, NOBODY);
}

/* What has been registered stays within the rules it was registered under. */
static Err check_held(Ctx *c, ProgrammeId id, const ProgrammeIn *in)
{
	ProgrammeHeld held;
	Err e = OK;
	RETURN_IF_ERR(programme_held(c, id, &held));
	const struct {
		const char *field;
		Date first, last; /* of what is held; the first must not be before, the last not after `day` */
		Date day;
		const char *what;
	} rules[] = {
		{ "intake_first", held.first_admitted, DATE_NONE, in->intake_first,
		  N_("A citizen was admitted then:") },
		{ "intake_last", DATE_NONE, held.last_admitted, in->intake_last, N_("A citizen was admitted then:") },
		{ "starts", held.first_contact, DATE_NONE, in->starts, N_("A contact is registered then:") },
		{ "ends", DATE_NONE, held.last_contact, in->ends, N_("A contact is registered then:") },
		{ "ends", DATE_NONE, held.last_placement, in->ends, N_("A placement begins then:") },
	};
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		bool before = rules[i].first != DATE_NONE && rules[i].first < rules[i].day;
		bool after = rules[i].last != DATE_NONE && rules[i].last > rules[i].day;
		Str when = text_date(c->arena, c->lang, before ? rules[i].first : rules[i].last);
		if (before || after)
			e = refuse(c, rules[i].field, "%s %.*s", T(c->lang, rules[i].what), STR_ARG(when));
	}
	return e;
}

Err programme_change(Ctx *c, ProgrammeId id, const ProgrammeIn *in)
{
	Programme old;
	RETURN_IF_ERR(programme_get(c, id, &old));
	RETURN_IF_ERR(feature_check_version(c, in->version, old.version, old.changed, old.changed_by));
	RETURN_IF_ERR(check_programme(c, in, id));
	RETURN_IF_ERR(check_held(c, id, in));
	Programme row = row_of(c, in, id, in->version);
	row.made_up = old.made_up;
	int64_t changed = 0;
	RETURN_IF_ERR(programme_update(c, &row, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	return feature_audit(c, "programme.change", "programme", id.v, NOBODY);
}

ProgrammeIn programme_in(const Programme *row)
{
	return (ProgrammeIn){ .code = row->code,
			      .name = row->name,
			      .owner = row->owner,
			      .funder = row->funder,
			      .starts = row->starts,
			      .ends = row->ends,
			      .intake_first = row->intake_first,
			      .intake_last = row->intake_last,
			      .status_date = row->status_date,
			      .gap_days = row->gap_days,
			      .retention_months = row->retention_months,
			      .followup_job_months = row->followup_job_months,
			      .followup_internship_days = row->followup_internship_days,
			      .version = row->version };
}

static Err require_partner(Ctx *c, ProgrammeId programme, OrganisationId organisation, const char *field)
{
	int64_t found = 0;
	RETURN_IF_ERR(partner_count(c, programme, organisation, &found));
	return found > 0 ? OK : refuse(c, field, "%s", T(c->lang, "The organisation is no partner of the programme."));
}

Err programme_partner_add(Ctx *c, ProgrammeId programme, OrganisationId organisation, double staff_hours_week)
{
	Programme p;
	int64_t found = 0;
	RETURN_IF_ERR(programme_get(c, programme, &p));
	RETURN_IF_ERR(check_organisation(c, "organisation", organisation));
	RETURN_IF_ERR(partner_count(c, programme, organisation, &found));
	if (found > 0)
		return feature_conflict(c, "organisation", T(c->lang, "The organisation is a partner already."));
	if (!isnan(staff_hours_week) && staff_hours_week < 0)
		return refuse(c, "staff_hours_week", "%s", T(c->lang, "The number may not be negative."));
	RETURN_IF_ERR(partner_insert(c, programme, organisation, staff_hours_week));
	return feature_audit(c, "programme.partner", "organisation", organisation.v, NOBODY);
}

int64_t programme_places_left(const PartnerRow *partner)
{
	return partner->places == INT_NONE ? INT64_MAX : partner->places - partner->admitted;
}

Err programme_places_set(Ctx *c, ProgrammeId programme, OrganisationId organisation, Date valid_from, int64_t places,
			 Str why)
{
	int64_t found = 0;
	Programme p;
	if (places < 0)
		return refuse(c, "places", "%s", T(c->lang, "The number may not be negative."));
	if (valid_from == DATE_NONE)
		return refuse(c, "valid_from", "%s", T(c->lang, "This must be filled in."));
	RETURN_IF_ERR(programme_get(c, programme, &p));
	if (valid_from < p.starts || valid_from > p.ends)
		return refuse(c, "valid_from", "%s", T(c->lang, "The day is outside the programme's period."));
	RETURN_IF_ERR(require_partner(c, programme, organisation, "organisation"));
	RETURN_IF_ERR(places_count(c, programme, organisation, valid_from, &found));
	if (found > 0)
		return feature_conflict(c, "valid_from",
					T(c->lang, "A number of places from that day exists already."));
	RETURN_IF_ERR(places_insert(c, programme, organisation, valid_from, places, why));
	return feature_audit(c, "programme.places", "organisation", organisation.v, NOBODY);
}

static Err check_member(Ctx *c, ProgrammeId programme, const MemberIn *in)
{
	Programme p;
	RETURN_IF_ERR(programme_get(c, programme, &p));
	if (in->until != DATE_NONE && in->until < in->since)
		return refuse(c, "until", "%s", T(c->lang, "The end is before the start."));
	if (in->role == MEMBER_EVALUATOR) /* comes from outside */
		return check_organisation(c, "organisation", in->organisation);
	if (uuid_eq(in->organisation.v, p.owner.v))
		return OK;
	return require_partner(c, programme, in->organisation, "organisation");
}

static Member member_of(const MemberIn *in, MemberId id, ProgrammeId programme, int64_t version)
{
	return (Member){ .id = id,
			 .programme = programme,
			 .organisation = in->organisation,
			 .name = in->name,
			 .role = (MemberRole)in->role,
			 .email = in->email,
			 .since = in->since,
			 .until = in->until,
			 .version = version };
}

Err programme_member_add(Ctx *c, ProgrammeId programme, const MemberIn *in, MemberId *out)
{
	RETURN_IF_ERR(check_member(c, programme, in));
	Member row = member_of(in, (MemberId){ uuid_v7(c->clock, c->random) }, programme, 1);
	RETURN_IF_ERR(member_insert(c, &row));
	*out = row.id;
	return feature_audit(c, "member.add", "member", row.id.v, NOBODY);
}

/* A citizen's contact person works for the citizen's partner. */
static Err check_moved(Ctx *c, const Member *old, const MemberIn *in)
{
	int64_t citizens = 0;
	if (uuid_eq(old->organisation.v, in->organisation.v))
		return OK;
	RETURN_IF_ERR(member_citizens(c, old->id, &citizens));
	return citizens == 0
		       ? OK
		       : refuse(c, "organisation", "%s",
				T(c->lang, "Citizens of the former organisation still have this contact person."));
}

Err programme_member_change(Ctx *c, MemberId id, const MemberIn *in)
{
	Member old;
	int64_t changed = 0;
	RETURN_IF_ERR(member_get(c, id, &old));
	RETURN_IF_ERR(check_member(c, old.programme, in));
	RETURN_IF_ERR(check_moved(c, &old, in));
	Member row = member_of(in, id, old.programme, in->version == INT_NONE ? 0 : in->version);
	RETURN_IF_ERR(member_update(c, &row, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	return feature_audit(c, "member.change", "member", id.v, NOBODY);
}

MemberIn member_in(const Member *row)
{
	return (MemberIn){ .organisation = row->organisation,
			   .name = row->name,
			   .role = (int)row->role,
			   .email = row->email,
			   .since = row->since,
			   .until = row->until,
			   .version = row->version };
}
