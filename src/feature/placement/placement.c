#include "feature/placement/placement.h"

#include "feature/feature.h"

#include <assert.h>
#include <math.h>

static const EnumRow kinds[] = {
	{ "internship", N_("Internship") },
	{ "wage_subsidy", N_("Wage-subsidised job") },
	{ "fleksjob", N_("Fleksjob") },
	{ "ordinary", N_("Ordinary job") },
};
const EnumTable placement_kind_table = ENUM_TABLE("placement_kind", kinds);

PlacementClass placement_class(int kind)
{
	switch (kind) {
	case PLACEMENT_INTERNSHIP: return PLACEMENT_CLASS_INTERNSHIP;
	case PLACEMENT_WAGE_SUBSIDY: return PLACEMENT_CLASS_SUBSIDISED;
	default: return PLACEMENT_CLASS_JOB;
	}
}

bool placement_is_job(int kind)
{
	return placement_class(kind) == PLACEMENT_CLASS_JOB;
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
	if (in->planned_end != DATE_NONE && in->planned_end < in->starts)
		e = refuse(c, "planned_end", "%s", T(c->lang, "The end is before the start."));
	if (!isnan(in->hours_week) && !(in->hours_week > 0 && in->hours_week <= PLACEMENT_HOURS_MOST))
		e = refuse(c, "hours_week", T(c->lang, "Hours must be more than 0 and at most %d."),
			   PLACEMENT_HOURS_MOST);
	return e;
}

static Err check(Ctx *c, const PlacementIn *in, const PlacementContext *now)
{
	RETURN_IF_ERR(check_days(c, in));
	if (now->companies == 0)
		return refuse(c, "company", "%s", T(c->lang, "There is no such company."));
	if (in->starts > now->programme_ends)
		return refuse(c, "starts", "%s", T(c->lang, "The day is after the programme's end."));
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

bool placement_longer_than(Date starts, Date ends, Date on, int months)
{
	Date last = ends == DATE_NONE || ends > on ? on : ends;
	return last > date_add_months(starts, months);
}

static bool joins(const Spell *earlier, const Spell *later, int64_t gap_days)
{
	if (earlier->class != later->class)
		return false;
	return earlier->ends == DATE_NONE || (int64_t)later->starts - earlier->ends - 1 <= gap_days;
}

static void join(Spell *earlier, const Spell *later)
{
	if (earlier->ends != DATE_NONE && (later->ends == DATE_NONE || later->ends > earlier->ends))
		earlier->ends = later->ends;
	earlier->placements += later->placements;
}

size_t placement_join(Spell *spells, size_t n, int64_t gap_days)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		assert(i == 0 || kept == 0 || spells[i].starts >= spells[kept - 1].starts);
		size_t into = kept;
		while (into > 0 && spells[into - 1].class != spells[i].class)
			into--;
		if (into > 0 && joins(&spells[into - 1], &spells[i], gap_days))
			join(&spells[into - 1], &spells[i]);
		else
			spells[kept++] = spells[i];
	}
	return kept;
}

Err placement_spells(Ctx *c, ParticipantId who, Spell **out, size_t *n)
{
	PlacementLineList lines;
	int64_t gap_days = 0;
	RETURN_IF_ERR(placement_gap_days(c, who, &gap_days));
	RETURN_IF_ERR(placement_of(c, who, &lines));
	*out = ARENA_ARRAY(c->arena, lines.n, Spell);
	for (size_t i = 0; i < lines.n; i++) { /* newest first there, oldest first here */
		const PlacementLine *l = &lines.at[lines.n - 1 - i];
		(*out)[i] = (Spell){ placement_class((int)l->kind), l->starts, l->ends, 1 };
	}
	*n = placement_join(*out, lines.n, gap_days);
	return OK;
}
