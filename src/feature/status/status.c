#include "feature/status/status.h"

#include "feature/feature.h"

static const EnumRow codes[] = {
	{ "unemployed", N_("Unemployed") },
	{ "internship", N_("In an internship") },
	{ "employed", N_("In a job") },
	{ "sick", N_("Sick") },
	{ "leave", N_("On leave") },
	{ "pension_granted", N_("Pension granted") },
	{ "pension_in_process", N_("Pension in process") },
	{ "other_provider", N_("With another provider") },
	{ "moved", N_("Moved away") },
	{ "deceased", N_("Deceased") },
};
const EnumTable status_code_table = ENUM_TABLE("status_code", codes);
_Static_assert(sizeof(codes) / sizeof(codes[0]) == STATUS_CODES, "every status has its code");

static const Field fields[] = {
	FIELD(StatusIn, since, FIELD_DATE, N_("From"), .required = true),
	FIELD(StatusIn, code, FIELD_ENUM, N_("Status"), .required = true, .choices = &status_code_table),
	FIELD(StatusIn, note, FIELD_NOTE, N_("Note"), .most = 500, .encrypted = true),
	FIELD(StatusIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form status_form = FORM("status", StatusIn, fields);

static Err check(Ctx *c, const StatusContext *now, const StatusIn *in)
{
	if (in->since < now->admitted)
		return refuse(c, "since", "%s", T(c->lang, "The day is before the citizen was admitted."));
	if (in->since > clock_today(c->clock))
		return refuse(c, "since", "%s", T(c->lang, "The day is in the future."));
	if (now->deceased != DATE_NONE && now->deceased < in->since)
		return refuse(c, "since", "%s", T(c->lang, "No status can follow a death."));
	if (in->code == STATUS_DECEASED && now->later > 0)
		return refuse(c, "since", "%s",
			      T(c->lang, "A later status is registered; no status can follow a death."));
	if (in->code == STATUS_DECEASED && now->last_talk != DATE_NONE && now->last_talk > in->since) {
		Str when = text_date(c->arena, c->lang, now->last_talk);
		return refuse(c, "since",
			      T(c->lang, "A contact with the citizen is registered on %.*s, after this day."),
			      STR_ARG(when));
	}
	if (in->code == STATUS_DECEASED && now->open_placements > 0)
		return refuse(c, "since", "%s", T(c->lang, "A placement has not ended by that day; end it first."));
	return OK;
}

static Status row_of(const Ctx *c, ParticipantId participant, const StatusIn *in, int64_t version)
{
	return (Status){ .participant = participant,
			 .since = in->since,
			 .code = (StatusCode)in->code,
			 .note = in->note,
			 .version = version,
			 .changed = clock_now(c->clock),
			 .changed_by = feature_actor_name(c) };
}

Err status_add(Ctx *c, ParticipantId participant, const StatusIn *in)
{
	StatusContext now;
	RETURN_IF_ERR(status_context(c, participant, in->since, &now));
	if ((int)now.same_day != ENUM_NONE)
		return feature_conflict(c, "since", T(c->lang, "A status from that day exists already."));
	if ((int)now.before == in->code)
		return refuse(c, "code", "%s", T(c->lang, "This is the citizen's status already."));
	RETURN_IF_ERR(check(c, &now, in));
	Status row = row_of(c, participant, in, 1);
	RETURN_IF_ERR(status_insert(c, now.programme, &row));
	return feature_audit(c, "status.add", "status", UUID_NONE, participant);
}

Err status_correct(Ctx *c, ParticipantId participant, const StatusIn *in)
{
	StatusContext now;
	Status old;
	int64_t changed = 0;
	RETURN_IF_ERR(status_context(c, participant, in->since, &now));
	if ((int)now.same_day == ENUM_NONE)
		return ERR_NOT_FOUND;
	RETURN_IF_ERR(status_at(c, participant, in->since, &old));
	RETURN_IF_ERR(feature_check_version(c, in->version, old.version, old.changed, old.changed_by));
	RETURN_IF_ERR(check(c, &now, in));
	Status row = row_of(c, participant, in, old.version);
	RETURN_IF_ERR(status_replace(c, &row, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	return feature_audit(c, "status.correct", "status", UUID_NONE, participant);
}

Err status_move(Ctx *c, ParticipantId participant, ProgrammeId programme, Date from, Date to)
{
	Status row;
	RETURN_IF_ERR(status_at(c, participant, from, &row));
	RETURN_IF_ERR(status_delete(c, participant, row.since));
	row.since = to;
	return status_insert(c, programme, &row);
}

Err status_on(Ctx *c, ProgrammeId programme, OrganisationId partner, Date day, StatusTable *out)
{
	StatusCountRowList rows;
	*out = (StatusTable){ 0 };
	RETURN_IF_ERR(status_counts(c, programme, partner, day, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		if ((int)rows.at[i].code == ENUM_NONE)
			out->not_registered = rows.at[i].n;
		else
			out->n[rows.at[i].code] = rows.at[i].n;
		out->total += rows.at[i].n;
	}
	return OK;
}
