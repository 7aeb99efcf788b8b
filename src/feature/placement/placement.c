#include "feature/placement/placement.h"

#include "feature/contact/contact.h"
#include "feature/feature.h"

#include <math.h>

static const EnumRow kinds[] = {
	{ "internship", N_("Internship") },
	{ "wage_subsidy", N_("Wage-subsidised job") },
	{ "fleksjob", N_("Fleksjob") },
	{ "ordinary", N_("Ordinary job") },
};
const EnumTable placement_kind_table = ENUM_TABLE("placement_kind", kinds);

bool placement_is_job(int kind)
{
	return kind == PLACEMENT_FLEKSJOB || kind == PLACEMENT_ORDINARY;
}

bool placement_takes_place(int kind)
{
	return !placement_is_job(kind);
}

static const Field fields[] = {
	FIELD(PlacementIn, company, FIELD_ID, N_("Company"), .required = true),
	FIELD(PlacementIn, kind, FIELD_ENUM, N_("Kind"), .required = true, .choices = &placement_kind_table),
	FIELD(PlacementIn, starts, FIELD_DATE, N_("First day"), .required = true),
	FIELD(PlacementIn, planned_end, FIELD_DATE, N_("Planned last day")),
	FIELD(PlacementIn, ends, FIELD_DATE, N_("Last day"), .hint = N_("Empty while it goes on")),
	FIELD(PlacementIn, hours_week, FIELD_REAL, N_("Hours a week"), .min = 0, .max = PLACEMENT_HOURS_MOST),
	FIELD(PlacementIn, job_expected, FIELD_BOOL, N_("A job is expected afterwards")),
	FIELD(PlacementIn, end_reason, FIELD_TEXT, N_("Why it ended"), .most = 500),
	FIELD(PlacementIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form placement_form = FORM("placement", PlacementIn, fields);

static Err check_days(Ctx *c, const PlacementIn *in)
{
	Err e = OK;
	if (in->starts == DATE_NONE)
		return refuse(c, "starts", "%s", T(c->lang, "This must be filled in."));
	if (in->ends != DATE_NONE && in->ends < in->starts)
		e = refuse(c, "ends", "%s", T(c->lang, "The end is before the start."));
	if (in->ends == DATE_NONE && !str_is_empty(in->end_reason))
		e = refuse(c, "end_reason", "%s",
			   T(c->lang, "It goes on: without a last day there is no reason why it ended."));
	if (in->planned_end != DATE_NONE && in->planned_end < in->starts)
		e = refuse(c, "planned_end", "%s", T(c->lang, "The end is before the start."));
	if (!isnan(in->hours_week) && !(in->hours_week > 0 && in->hours_week <= PLACEMENT_HOURS_MOST))
		e = refuse(c, "hours_week", T(c->lang, "Hours must be more than 0 and at most %d."),
			   PLACEMENT_HOURS_MOST);
	return e;
}

/* A job that the citizen came with belongs to the register; what was over before
 * admission does not, and it would change what the programme is measured on. */
static Err check_period(Ctx *c, const PlacementIn *in, const PlacementContext *now)
{
	if (in->starts < now->born)
		return refuse(c, "starts", "%s", T(c->lang, "The day is before the day of birth."));
	if (date_ymd(in->starts).year < PLACEMENT_YEAR_FIRST)
		return refuse(c, "starts", T(c->lang, "The day is before %d."), PLACEMENT_YEAR_FIRST);
	if (in->starts > now->programme_ends)
		return refuse(c, "starts", "%s", T(c->lang, "The day is after the programme's end."));
	if (!placement_is_job(in->kind) && in->starts < now->programme_starts)
		return refuse(c, "starts", "%s", T(c->lang, "The day is before the programme's start."));
	if (in->ends != DATE_NONE && in->ends < now->admitted)
		return refuse(c, "ends", "%s", T(c->lang, "It had ended before the citizen was admitted."));
	return OK;
}

static Err check(Ctx *c, const PlacementIn *in, const PlacementContext *now)
{
	RETURN_IF_ERR(check_days(c, in));
	if (now->companies == 0)
		return refuse(c, "company", "%s", T(c->lang, "There is no such company."));
	RETURN_IF_ERR(check_period(c, in, now));
	if ((int)now->status_then == STATUS_DECEASED || (int)now->status_then == STATUS_MOVED)
		return refuse(c, "starts", "%s", T(c->lang, "The citizen had moved away or died by that day."));
	if (now->deceased != DATE_NONE && (in->ends == DATE_NONE || in->ends > now->deceased))
		return refuse(c, "ends", "%s", T(c->lang, "The placement must end by the citizen's death."));
	if (now->same > 0)
		return feature_conflict(c, "company", T(c->lang, "This placement is registered already."));
	return OK;
}

static Placement row_of(Ctx *c, const PlacementIn *in, PlacementId id, ProgrammeId programme, ParticipantId who)
{
	return (Placement){ .id = id,
			    .programme = programme,
			    .participant = who,
			    .company = in->company,
			    .kind = (PlacementKind)in->kind,
			    .starts = in->starts,
			    .planned_end = in->planned_end,
			    .ends = in->ends,
			    .hours_week = in->hours_week,
			    .job_expected = in->job_expected,
			    .end_reason = in->end_reason,
			    .version = in->version,
			    .changed = clock_now(c->clock),
			    .changed_by = feature_actor_name(c) };
}

Err placement_start(Ctx *c, ParticipantId who, const PlacementIn *in, PlacementId *out)
{
	PlacementContext now;
	PlacementId id = { uuid_v7(c->clock, c->random) };
	RETURN_IF_ERR(placement_context(c, who, in->company, (PlacementKind)in->kind, in->starts, id, &now));
	RETURN_IF_ERR(check(c, in, &now));
	Placement row = row_of(c, in, id, now.programme, who);
	row.version = 1;
	RETURN_IF_ERR(placement_insert(c, &row));
	RETURN_IF_ERR(contact_follow_placement(c, row.id, who, in->company, in->starts, in->ends));
	*out = id;
	return feature_audit(c, "placement.start", "placement", id.v, who);
}

Err placement_change(Ctx *c, PlacementId id, const PlacementIn *in)
{
	Placement old;
	PlacementContext now;
	int64_t changed = 0;
	RETURN_IF_ERR(placement_get(c, id, &old));
	RETURN_IF_ERR(feature_check_version(c, in->version, old.version, old.changed, old.changed_by));
	RETURN_IF_ERR(
		placement_context(c, old.participant, in->company, (PlacementKind)in->kind, in->starts, id, &now));
	RETURN_IF_ERR(check(c, in, &now));
	Placement row = row_of(c, in, id, old.programme, old.participant);
	RETURN_IF_ERR(placement_update(c, &row, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	RETURN_IF_ERR(contact_follow_placement(c, id, old.participant, in->company, in->starts, in->ends));
	return feature_audit(c, "placement.change", "placement", id.v, old.participant);
}

PlacementIn placement_in(const Placement *row)
{
	return (PlacementIn){ .company = row->company,
			      .kind = (int)row->kind,
			      .starts = row->starts,
			      .planned_end = row->planned_end,
			      .ends = row->ends,
			      .hours_week = row->hours_week,
			      .job_expected = row->job_expected,
			      .end_reason = row->end_reason,
			      .version = row->version };
}
