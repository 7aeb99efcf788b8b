#include "feature/activity/activity.h"

#include "feature/feature.h"
#include "feature/organisation/organisation.h"
#include "feature/programme/programme.h"

static const EnumRow kinds[] = {
	{ "cafe_course", N_("Group course") },
	{ "training", N_("Training of the team") },
	{ "information_meeting", N_("Meeting for volunteers") },
	{ "mentor_network", N_("Network meeting for mentors") },
	{ "meeting", N_("Meeting") },
	{ "other", N_("Other") },
};
const EnumTable activity_kind_table = ENUM_TABLE("activity_kind", kinds);

static const Field fields[] = {
	FIELD(ActivityIn, organisation, FIELD_ID, N_("Organisation")),
	FIELD(ActivityIn, kind, FIELD_ENUM, N_("Kind"), .required = true, .choices = &activity_kind_table),
	FIELD(ActivityIn, title, FIELD_TEXT, N_("Title"), .required = true),
	FIELD(ActivityIn, day, FIELD_DATE, N_("First day"), .required = true),
	FIELD(ActivityIn, sessions, FIELD_INT, N_("Sessions"), .required = true, .min = 1, .max = 100),
	FIELD(ActivityIn, held, FIELD_BOOL, N_("Was held")),
};
const Form activity_form = FORM("activity", ActivityIn, fields);

Err activity_add(Ctx *c, ProgrammeId programme, const ActivityIn *in, ActivityId *out)
{
	Programme g;
	RETURN_IF_ERR(programme_get(c, programme, &g));
	if (in->day < g.starts || in->day > g.ends)
		return refuse(c, "day", "%s", T(c->lang, "The day is outside the programme's period."));
	if (!uuid_is_none(in->organisation.v)) {
		Organisation organisation;
		Err e = organisation_get(c, in->organisation, &organisation);
		if (e == ERR_NOT_FOUND)
			return refuse(c, "organisation", "%s", T(c->lang, "There is no such organisation."));
		RETURN_IF_ERR(e);
	}
	Activity row = { .id = { uuid_v7(c->clock, c->random) },
			 .programme = programme,
			 .organisation = in->organisation,
			 .kind = (ActivityKind)in->kind,
			 .title = in->title,
			 .day = in->day,
			 .sessions = in->sessions,
			 .held = in->held };
	RETURN_IF_ERR(activity_insert(c, &row));
	*out = row.id;
	return feature_audit(c, "activity.add", "activity", row.id.v, NOBODY);
}

Err activity_attend(Ctx *c, ActivityId activity, ParticipantId who, int64_t session, bool attended)
{
	ActivityContext now;
	RETURN_IF_ERR(activity_context(c, activity, who, &now));
	if (now.same_programme == 0)
		return refuse(c, "participant", "%s", T(c->lang, "There is no such citizen."));
	if (session < 1 || session > now.sessions)
		return refuse(c, "session", "%s", T(c->lang, "There is no such session."));
	RETURN_IF_ERR(attendance_put(c, activity, who, session, attended));
	return feature_audit(c, "activity.attend", "activity", activity.v, who);
}
