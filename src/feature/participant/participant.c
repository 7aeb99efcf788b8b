#include "feature/participant/participant.h"

#include "base/danish.h"
#include "feature/feature.h"
#include "feature/programme/programme.h"
#include "feature/status/status.h"

static const EnumRow genders[] = {
	{ "female", N_("Woman") },
	{ "male", N_("Man") },
	{ "other", N_("Other") },
};
const EnumTable gender_table = ENUM_TABLE("gender", genders);

static const EnumRow sorts[] = {
	{ "by_name", N_("Name") },
	{ "by_admitted", N_("Last admitted first") },
	{ "by_last_contact", N_("Longest without contact first") },
};
static const EnumTable sort_table = ENUM_TABLE("participant_sort", sorts);

static const Field fields[] = {
	FIELD(ParticipantIn, name, FIELD_TEXT, N_("Name"), .required = true, .encrypted = true),
	FIELD(ParticipantIn, cpr, FIELD_CPR, N_("CPR number"), .required = true, .encrypted = true,
	      .hint = N_("Ten digits, as 010190-1234")),
	FIELD(ParticipantIn, gender, FIELD_ENUM, N_("Gender"), .choices = &gender_table,
	      .hint = N_("Left empty, it follows from the CPR number")),
	FIELD(ParticipantIn, municipality, FIELD_MUNICIPALITY, N_("Municipality")),
	FIELD(ParticipantIn, partner, FIELD_ID, N_("Partner"), .required = true),
	FIELD(ParticipantIn, contact_person, FIELD_ID, N_("Contact person")),
	FIELD(ParticipantIn, phone, FIELD_PHONE, N_("Phone"), .encrypted = true),
	FIELD(ParticipantIn, email, FIELD_EMAIL, N_("E-mail"), .encrypted = true),
	FIELD(ParticipantIn, admitted, FIELD_DATE, N_("Admitted"), .required = true),
	FIELD(ParticipantIn, employed_at_admission, FIELD_BOOL, N_("Had a job when admitted")),
	FIELD(ParticipantIn, status, FIELD_ENUM, N_("Status on that day"), .choices = &status_code_table,
	      .hint = N_("Left empty: in a job or unemployed, as told above")),
	FIELD(ParticipantIn, wishes, FIELD_NOTE, N_("Wishes for work"), .encrypted = true),
	FIELD(ParticipantIn, considerations, FIELD_NOTE, N_("Considerations at work"), .encrypted = true),
	FIELD(ParticipantIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form participant_form = FORM("participant", ParticipantIn, fields);

static const Field search_fields[] = {
	LIST_TEXT(ParticipantSearch, N_("Name")),
	FIELD(ParticipantSearch, partner, FIELD_ID, N_("Partner")),
	FIELD(ParticipantSearch, contact_person, FIELD_ID, N_("Contact person")),
	FIELD(ParticipantSearch, status, FIELD_ENUM, N_("Status"), .choices = &status_code_table),
	LIST_SORT(ParticipantSearch, &sort_table),
	LIST_PAGE(ParticipantSearch),
	LIST_SEALED(ParticipantSearch),
};
const Form participant_search_form = LIST_FORM_TYPED("participant_search", ParticipantSearch, search_fields);
const Form participant_address_form = LIST_FORM_ADDRESS("participant_list", ParticipantSearch, search_fields);
const Form participant_filter_form = LIST_FORM_FILTERS("participant_filter", ParticipantSearch, search_fields);

static Err check_admission(Ctx *c, const Programme *g, const ParticipantIn *in, const Cpr *cpr)
{
	if (in->admitted < g->intake_first || in->admitted > g->intake_last) {
		Str first = text_date(c->arena, c->lang, g->intake_first);
		Str last = text_date(c->arena, c->lang, g->intake_last);
		return refuse(c, "admitted", T(c->lang, "Participants are admitted from %.*s to %.*s."), STR_ARG(first),
			      STR_ARG(last));
	}
	if (in->admitted < cpr->born)
		return refuse(c, "admitted", "%s", T(c->lang, "The day is before the day of birth."));
	int age = date_age(cpr->born, in->admitted);
	if (age < PARTICIPANT_AGE_LEAST || age > PARTICIPANT_AGE_MOST)
		return refuse(c, "cpr",
			      T(c->lang, "By this CPR number the citizen would be %d years old when admitted."), age);
	if (in->admitted > clock_today(c->clock))
		return refuse(c, "admitted", "%s", T(c->lang, "The day is in the future."));
	return OK;
}

/* Of the citizen's own unit: the others do not see the citizen. */
static Err check_contact_person(Ctx *c, ProgrammeId programme, OrganisationId partner, MemberId id)
{
	if (uuid_is_none(id.v))
		return OK;
	Member m;
	Err e = member_get(c, id, &m);
	if (e == ERR_NOT_FOUND || (e == OK && !uuid_eq(m.programme.v, programme.v)))
		return refuse(c, "contact_person", "%s", T(c->lang, "This person is not on the programme's team."));
	if (e == OK && !uuid_eq(m.organisation.v, partner.v))
		return refuse(c, "contact_person", "%s", T(c->lang, "This person works for another partner."));
	return e;
}

static Err check_partner(Ctx *c, ProgrammeId programme, OrganisationId id)
{
	int64_t found = 0;
	RETURN_IF_ERR(partner_count(c, programme, id, &found));
	return found > 0 ? OK
			 : refuse(c, "partner", "%s", T(c->lang, "The organisation is no partner of the programme."));
}

static Err check_cpr_free(Ctx *c, ProgrammeId programme, const Cpr *cpr, ParticipantId self)
{
	ParticipantId other;
	Err e = participant_by_cpr(c, programme, str_of(cpr->digits), &other);
	if (e == OK && !uuid_eq(other.v, self.v))
		return feature_conflict(c, "cpr",
					T(c->lang, "A participant with this CPR number is registered already."));
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err check(Ctx *c, ProgrammeId programme, const ParticipantIn *in, ParticipantId self, Cpr *cpr)
{
	Programme g;
	RETURN_IF_ERR(programme_get(c, programme, &g));
	if (str_is_empty(in->name))
		return refuse(c, "name", "%s", T(c->lang, "This must be filled in."));
	if (!cpr_parse(in->cpr, cpr))
		return refuse(c, "cpr", "%s", T(c->lang, "This is not a CPR number."));
	RETURN_IF_ERR(check_admission(c, &g, in, cpr));
	RETURN_IF_ERR(check_partner(c, programme, in->partner));
	RETURN_IF_ERR(check_contact_person(c, programme, in->partner, in->contact_person));
	return check_cpr_free(c, programme, cpr, self);
}

static Participant row_of(Ctx *c, ProgrammeId programme, const ParticipantIn *in, ParticipantId id, const Cpr *cpr)
{
	int gender = in->gender != ENUM_NONE ? in->gender : cpr->male ? GENDER_MALE : GENDER_FEMALE;
	return (Participant){ .id = id,
			      .programme = programme,
			      .partner = in->partner,
			      .contact_person = in->contact_person,
			      .name = in->name,
			      .name_sort = danish_sort_key(c->arena, in->name),
			      .cpr = str_dup(c->arena, str_of(cpr->digits)),
			      .born = cpr->born,
			      .gender = (Gender)gender,
			      .municipality = in->municipality,
			      .phone = in->phone,
			      .email = in->email,
			      .admitted = in->admitted,
			      .age_admitted = date_age(cpr->born, in->admitted),
			      .employed_at_admission = in->employed_at_admission,
			      .wishes = in->wishes,
			      .considerations = in->considerations,
			      .version = in->version == INT_NONE ? 1 : in->version,
			      .changed = clock_now(c->clock),
			      .changed_by = feature_actor_name(c) };
}

Err participant_admit(Ctx *c, ProgrammeId programme, const ParticipantIn *in, ParticipantId *out)
{
	Cpr cpr;
	ParticipantId id = { uuid_v7(c->clock, c->random) };
	RETURN_IF_ERR(check(c, programme, in, id, &cpr));
	Participant row = row_of(c, programme, in, id, &cpr);
	row.version = 1;
	RETURN_IF_ERR(participant_insert(c, &row));
	int status = in->status != ENUM_NONE     ? in->status
		     : in->employed_at_admission ? STATUS_EMPLOYED
						 : STATUS_UNEMPLOYED;
	RETURN_IF_ERR(status_add(c, id, &(StatusIn){ .since = in->admitted, .code = status }));
	*out = id;
	return feature_audit(c, "participant.admit", "participant", id.v, id);
}

/* The first status begins with the admission and moves with it; what came after
 * must not come to lie before it, nor the first job. */
static Err move_admission(Ctx *c, const Participant *old, const ParticipantIn *in)
{
	ParticipantNext next;
	if (in->admitted == old->admitted)
		return OK;
	RETURN_IF_ERR(participant_next(c, old->id, old->admitted, &next));
	Str status = text_date(c->arena, c->lang, next.status), job = text_date(c->arena, c->lang, next.job),
	    end = text_date(c->arena, c->lang, next.placement_end);
	if (next.status != DATE_NONE && next.status <= in->admitted)
		return refuse(c, "admitted", T(c->lang, "The citizen has a status from %.*s, before this day."),
			      STR_ARG(status));
	if (next.job != DATE_NONE && next.job < in->admitted && !in->employed_at_admission)
		return refuse(c, "admitted",
			      T(c->lang, "The citizen got a job on %.*s, before this day, and had none when admitted."),
			      STR_ARG(job));
	if (next.placement_end != DATE_NONE && next.placement_end < in->admitted)
		return refuse(c, "admitted", T(c->lang, "A placement of the citizen ended on %.*s, before this day."),
			      STR_ARG(end));
	return status_move(c, old->id, old->admitted, in->admitted);
}

Err participant_change(Ctx *c, ParticipantId id, const ParticipantIn *in)
{
	Cpr cpr;
	Participant old;
	RETURN_IF_ERR(participant_get(c, id, &old));
	RETURN_IF_ERR(feature_check_version(c, in->version, old.version, old.changed, old.changed_by));
	RETURN_IF_ERR(check(c, old.programme, in, id, &cpr));
	if (in->status != ENUM_NONE)
		return refuse(c, "status", "%s", T(c->lang, "A status is corrected where it stands in the time line."));
	RETURN_IF_ERR(move_admission(c, &old, in));
	Participant row = row_of(c, old.programme, in, id, &cpr);
	int64_t changed = 0;
	RETURN_IF_ERR(participant_update(c, &row, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	return feature_audit(c, "participant.change", "participant", id.v, id);
}

ParticipantIn participant_in(const Participant *row)
{
	return (ParticipantIn){ .name = row->name,
				.cpr = row->cpr,
				.gender = (int)row->gender,
				.municipality = row->municipality,
				.partner = row->partner,
				.contact_person = row->contact_person,
				.phone = row->phone,
				.email = row->email,
				.admitted = row->admitted,
				.employed_at_admission = row->employed_at_admission,
				.status = ENUM_NONE,
				.wishes = row->wishes,
				.considerations = row->considerations,
				.version = row->version };
}

/* The narrower of scope and filter; false when they exclude each other. */
static bool narrow(Uuid scope, Uuid filter, Uuid *out)
{
	*out = uuid_is_none(filter) ? scope : filter;
	return uuid_is_none(scope) || uuid_is_none(filter) || uuid_eq(scope, filter);
}

Err participant_search(Ctx *c, const Scope *scope, ProgrammeId programme, const ParticipantSearch *search, Date day,
		       ParticipantRowList *rows, int64_t *total)
{
	OrganisationId partner;
	MemberId person;
	*rows = (ParticipantRowList){ 0 };
	*total = 0;
	if (!uuid_is_none(scope->programme.v) && !uuid_eq(scope->programme.v, programme.v))
		return ERR_NOT_FOUND;
	if (!narrow(scope->organisation.v, search->partner.v, &partner.v) ||
	    !narrow(scope->contact_person.v, search->contact_person.v, &person.v))
		return OK;
	StatusCode status = (StatusCode)search->status;
	Str text = feature_like(c, search->list.text);
	ParticipantListOrder order =
		search->list.sort == ENUM_NONE ? PARTICIPANT_LIST_BY_NAME : (ParticipantListOrder)search->list.sort;
	RETURN_IF_ERR(participant_count(c, programme, partner, person, status, text, day, total));
	return participant_list(c, programme, partner, person, status, text, day, LIST_PAGE_ROWS,
				list_skip(&search->list), order, rows);
}
