#include "feature/mentor/mentor.h"

#include "db/vault.h"
#include "feature/feature.h"
#include "feature/programme/programme.h"

static const Field fields[] = {
	FIELD(MentorIn, name, FIELD_TEXT, N_("Name"), .required = true, .encrypted = true),
};
const Form mentor_form = FORM("mentor", MentorIn, fields);

Err mentor_add(Ctx *c, ProgrammeId programme, const MentorIn *in, MentorId *out)
{
	Programme g;
	RETURN_IF_ERR(programme_get(c, programme, &g));
	Mentor row = { .id = { uuid_v7(c->clock, c->random) },
		       .programme = programme,
		       .name = in->name,
		       .participant = NOBODY,
		       .matched = DATE_NONE };
	RETURN_IF_ERR(vault_make_key(c, row.id.v));
	RETURN_IF_ERR(mentor_insert(c, &row));
	*out = row.id;
	return feature_audit(c, "mentor.add", "mentor", row.id.v, NOBODY);
}

Err mentor_match(Ctx *c, MentorId mentor, ParticipantId who, Date day)
{
	Mentor m;
	Date admitted;
	int64_t changed = 0;
	RETURN_IF_ERR(mentor_get(c, mentor, &m));
	Err e = mentor_citizen(c, who, m.programme, &admitted);
	if (e == ERR_NOT_FOUND)
		return refuse(c, "participant", "%s", T(c->lang, "There is no such citizen."));
	RETURN_IF_ERR(e);
	if (day < admitted)
		return refuse(c, "matched", "%s", T(c->lang, "The day is before the citizen was admitted."));
	RETURN_IF_ERR(mentor_set_match(c, mentor, who, day, &changed));
	if (changed == 0)
		return feature_conflict(c, "mentor", T(c->lang, "The mentor is matched already."));
	return feature_audit(c, "mentor.match", "mentor", mentor.v, who);
}
