#include "feature/contact/contact.h"

#include "access/consent.h"
#include "base/buf.h"
#include "feature/feature.h"

#include <stdlib.h>

#define MINUTE ((Time)60 * 1000000)

static const EnumRow kinds[] = {
	{ "meeting", N_("Meeting") },
	{ "phone", N_("Phone call") },
	{ "sms", N_("SMS") },
	{ "email", N_("E-mail") },
};
const EnumTable contact_kind_table = ENUM_TABLE("contact_kind", kinds);

static const EnumRow places[] = {
	{ "job_centre", N_("Job centre") },       { "ngo", N_("NGO") },         { "home", N_("At home") },
	{ "walk_and_talk", N_("Walk and talk") }, { "company", N_("Company") }, { "other", N_("Elsewhere") },
};
const EnumTable contact_place_table = ENUM_TABLE("contact_place", places);

static const EnumRow purposes[] = {
	{ "citizen", N_("The citizen") },
	{ "company_job_search", N_("Company: looking for a job") },
	{ "company_retention", N_("Company: keeping the job") },
	{ "network", N_("Professional network") },
};
const EnumTable contact_purpose_table = ENUM_TABLE("contact_purpose", purposes);

static const Field fields[] = {
	FIELD(ContactIn, id, FIELD_ID, N_("Identifier")),
	FIELD(ContactIn, participant, FIELD_ID, N_("Citizen"), .required = true),
	FIELD(ContactIn, at, FIELD_TIME, N_("When")),
	FIELD(ContactIn, kind, FIELD_ENUM, N_("How"), .required = true, .choices = &contact_kind_table),
	FIELD(ContactIn, purpose, FIELD_ENUM, N_("About"), .required = true, .choices = &contact_purpose_table),
	FIELD(ContactIn, place, FIELD_ENUM, N_("Where"), .choices = &contact_place_table),
	FIELD(ContactIn, company, FIELD_ID, N_("Company")),
	FIELD(ContactIn, placement, FIELD_ID, N_("Placement")),
	FIELD(ContactIn, follow_up, FIELD_BOOL, N_("This was a follow-up")),
	FIELD(ContactIn, minutes, FIELD_INT, N_("Minutes"), .min = 0, .max = 1440),
	FIELD(ContactIn, note, FIELD_NOTE, N_("Note"), .most = CONTACT_NOTE_MOST, .encrypted = true),
	FIELD(ContactIn, member, FIELD_ID, N_("Staff member")),
};
const Form contact_form = FORM("contact", ContactIn, fields);

static const Field change_fields[] = {
	FIELD(ContactIn, at, FIELD_TIME, N_("When"), .required = true),
	FIELD(ContactIn, kind, FIELD_ENUM, N_("How"), .required = true, .choices = &contact_kind_table),
	FIELD(ContactIn, purpose, FIELD_ENUM, N_("About"), .required = true, .choices = &contact_purpose_table),
	FIELD(ContactIn, place, FIELD_ENUM, N_("Where"), .choices = &contact_place_table),
	FIELD(ContactIn, company, FIELD_ID, N_("Company")),
	FIELD(ContactIn, follow_up, FIELD_BOOL, N_("This was a follow-up")),
	FIELD(ContactIn, minutes, FIELD_INT, N_("Minutes"), .min = 0, .max = 1440),
	FIELD(ContactIn, note, FIELD_NOTE, N_("Note"), .most = CONTACT_NOTE_MOST, .encrypted = true),
	FIELD(ContactIn, member, FIELD_ID, N_("Staff member")),
	FIELD(ContactIn, version, FIELD_INT, N_("Version"), .required = true, .min = 1, .max = 1e9),
};
const Form contact_change_form = FORM("contact_change", ContactIn, change_fields);

static const Field remove_fields[] = {
	FIELD(ContactRemoveIn, version, FIELD_INT, N_("Version"), .required = true, .min = 1, .max = 1e9),
};
const Form contact_remove_form = FORM("contact_remove", ContactRemoveIn, remove_fields);

static bool is_company_purpose(int purpose)
{
	return purpose == PURPOSE_COMPANY_JOB_SEARCH || purpose == PURPOSE_COMPANY_RETENTION;
}

static Err check_time(Ctx *c, const ContactIn *in, const ContactContext *now, Date day)
{
	if (in->at != TIME_NONE && in->at > clock_now(c->clock) + (Time)CONTACT_AHEAD_MINUTES * 60 * 1000000)
		return refuse(c, "at", "%s", T(c->lang, "The time is in the future."));
	if (day < now->starts || day > now->ends) {
		Str starts = text_date(c->arena, c->lang, now->starts);
		Str ends = text_date(c->arena, c->lang, now->ends);
		return refuse(c, "at", T(c->lang, "The day is outside the programme's period, %.*s to %.*s."),
			      STR_ARG(starts), STR_ARG(ends));
	}
	if (in->purpose == PURPOSE_CITIZEN && now->deceased != DATE_NONE && day > now->deceased)
		return refuse(c, "at", "%s", T(c->lang, "The citizen had died by that day."));
	return OK;
}

static Err check_company(Ctx *c, const ContactIn *in, const ContactContext *now)
{
	bool given = !uuid_is_none(in->company.v);
	if (is_company_purpose(in->purpose) && !given)
		return refuse(c, "company", "%s", T(c->lang, "Say which company it was about."));
	if (given && now->companies == 0)
		return refuse(c, "company", "%s", T(c->lang, "There is no such company."));
	return OK;
}

/* The citizen decides which companies are spoken with: said yes to by the day of the contact, however late it is
 * written down. Working there is no yes, nor does it matter what the contact is said to have been about. */
static Err need_consent(Ctx *c, const Contact *row, const ContactContext *now)
{
	if (uuid_is_none(row->company.v))
		return OK;
	if (!policy_covers(c, OP_DECIDE_WITH, now->programme, now->partner)) { /* whose citizen it is today */
		(void)refuse(c, "company", "%s",
			     T(c->lang,
			       "In an emergency no contact with a company is written down: it would tell what the "
			       "citizen has said yes to."));
		return ERR_DENIED;
	}
	return consent_need_at(c, row->participant, CONSENT_CONTACT_COMPANY, row->company.v, row->at, "company");
}

static Err check_placement(Ctx *c, const ContactIn *in, const ContactContext *now)
{
	if (uuid_is_none(in->placement.v))
		return OK;
	if (!uuid_eq(now->placement_of.v, in->participant.v))
		return refuse(c, "placement", "%s", T(c->lang, "This is not a placement of the citizen."));
	if (!uuid_is_none(in->company.v) && !uuid_eq(now->placement_company.v, in->company.v))
		return refuse(c, "placement", "%s", T(c->lang, "The placement is at another company."));
	return OK;
}

static Err check_member(Ctx *c, const ContactIn *in, const ContactContext *now)
{
	if (uuid_is_none(in->member.v) || uuid_eq(now->member_of.v, now->programme.v))
		return OK;
	return refuse(c, "member", "%s", T(c->lang, "This person is not on the programme's team."));
}

/* A contact with a company belongs to the placement that is open there that day,
 * whether it was about keeping the job or finding one: goals count how often a
 * company was spoken with while it had the citizen. A follow-up needs one. */
static Err find_placement(Ctx *c, Contact *row)
{
	if (!is_company_purpose((int)row->purpose) || !uuid_is_none(row->placement.v))
		return OK;
	Err e = contact_placement_at(c, row->participant, row->company, row->day, &row->placement);
	if (e == ERR_NOT_FOUND && !row->follow_up)
		return OK;
	if (e == ERR_NOT_FOUND)
		return refuse(c, "follow_up", "%s",
			      T(c->lang, "The citizen has no placement at this company to follow up that day."));
	return e;
}

static MemberId actor_member(const Ctx *c)
{
	return c->actor == NULL ? (MemberId){ UUID_NONE } : c->actor->member;
}

static Contact row_of(const Ctx *c, const ContactIn *in, const ContactContext *now, Time at)
{
	return (Contact){ .id = in->id,
			  .participant = in->participant,
			  .at = at,
			  .programme = now->programme,
			  .partner = now->partner,
			  .day = time_date(at),
			  .kind = (ContactKind)in->kind,
			  .purpose = (ContactPurpose)in->purpose,
			  .place = (ContactPlace)in->place,
			  .company = in->company,
			  .placement = in->placement,
			  .follow_up = in->follow_up,
			  .minutes = in->minutes,
			  .note = in->note,
			  .member = uuid_is_none(in->member.v) ? actor_member(c) : in->member,
			  .version = 1 };
}

/* The contact that has the id already: is it this one? What the first
 * registration filled in by itself may be missing in the second. */
static Err same_again(Ctx *c, const ContactIn *in, const Contact *row)
{
	Contact old;
	RETURN_IF_ERR(contact_get(c, in->id, &old));
	bool then = in->at == TIME_NONE || in->at == old.at || in->at == old.at - old.at % MINUTE; /* as it was given */
	bool same = uuid_eq(old.participant.v, row->participant.v) && then && old.kind == row->kind &&
		    old.purpose == row->purpose && (int)old.place == (int)row->place &&
		    uuid_eq(old.company.v, row->company.v) && old.follow_up == row->follow_up &&
		    (uuid_is_none(in->placement.v) || uuid_eq(old.placement.v, row->placement.v)) &&
		    old.minutes == row->minutes && str_eq(old.note, row->note);
	if (!same)
		return feature_conflict(c, "id", T(c->lang, "Another contact has this identifier."));
	return feature_audit(c, "contact.again", "contact", in->id.v, in->participant);
}

Err contact_register(Ctx *c, const ContactIn *in, ContactId *out)
{
	ContactContext now;
	Time clock = clock_now(c->clock), at = in->at;
	if (at == TIME_NONE || at == clock - clock % MINUTE) /* a form tells no seconds: this minute is now */
		at = clock;
	Err e = contact_context(c, in->participant, in->company, in->placement, in->member, in->id, &now);
	if (e == ERR_NOT_FOUND)
		return refuse(c, "participant", "%s", T(c->lang, "There is no such citizen."));
	RETURN_IF_ERR(e);
	Contact row = row_of(c, in, &now, at);
	*out = row.id;
	if (now.registered > 0)
		return same_again(c, in, &row);
	if (uuid_is_none(row.id.v))
		*out = row.id = (ContactId){ uuid_v7(c->clock, c->random) };
	RETURN_IF_ERR(check_time(c, in, &now, row.day));
	RETURN_IF_ERR(check_company(c, in, &now));
	RETURN_IF_ERR(check_placement(c, in, &now));
	RETURN_IF_ERR(check_member(c, in, &now));
	RETURN_IF_ERR(need_consent(c, &row, &now));
	RETURN_IF_ERR(find_placement(c, &row));
	RETURN_IF_ERR(contact_insert(c, &row));
	RETURN_IF_ERR(contact_count_add(c, row.programme, row.partner, date_month(row.day), row.kind, row.purpose));
	return feature_audit(c, "contact.register", "contact", row.id.v, row.participant);
}

/* Which fields are others now, for the audit. */
static Str changed_fields(Ctx *c, const Contact *old, const Contact *row)
{
	const struct {
		const char *name;
		bool changed;
	} fields_of[] = {
		{ "at", old->at != row->at },
		{ "kind", old->kind != row->kind },
		{ "purpose", old->purpose != row->purpose },
		{ "place", (int)old->place != (int)row->place },
		{ "company", !uuid_eq(old->company.v, row->company.v) },
		{ "placement", !uuid_eq(old->placement.v, row->placement.v) },
		{ "follow_up", old->follow_up != row->follow_up },
		{ "minutes", old->minutes != row->minutes },
		{ "note", !str_eq(old->note, row->note) },
		{ "member", !uuid_eq(old->member.v, row->member.v) },
	};
	Buf *b = buf_new(c->arena, AUDIT_TEXT_MOST);
	for (size_t i = 0; i < sizeof fields_of / sizeof fields_of[0]; i++)
		if (fields_of[i].changed)
			buf_printf(b, "%s%s", b->len > 0 ? ", " : "", fields_of[i].name);
	return buf_str(b);
}

/* The counters of the month, kind and purpose that it was and is counted in. */
static Err recount(Ctx *c, const Contact *old, const Contact *row)
{
	int64_t counters = 0;
	if (date_month(old->day) == date_month(row->day) && old->kind == row->kind && old->purpose == row->purpose)
		return OK;
	RETURN_IF_ERR(contact_count_drop(c, old->programme, old->partner, date_month(old->day), old->kind, old->purpose,
					 &counters));
	if (counters != 1)
		return fail(c, ERR_INTERNAL, "contact and counter do not belong together");
	return contact_count_add(c, row->programme, row->partner, date_month(row->day), row->kind, row->purpose);
}

/* The row as it becomes, checked. */
static Err corrected(Ctx *c, const Contact *old, ContactIn *in, Contact *out)
{
	ContactContext now;
	in->participant = old->participant;
	bool there = uuid_eq(in->company.v, old->company.v) &&
		     (time_date(in->at) == old->day || !is_company_purpose(in->purpose));
	in->placement = there ? old->placement : (PlacementId){ UUID_NONE };
	RETURN_IF_ERR(contact_context(c, old->participant, in->company, in->placement, in->member, old->id, &now));
	if (in->at == old->at - old->at % MINUTE) /* a form tells no seconds */
		in->at = old->at;
	*out = row_of(c, in, &now, in->at);
	out->id = old->id;
	out->partner = old->partner;
	out->member = in->member;
	RETURN_IF_ERR(check_time(c, in, &now, out->day));
	RETURN_IF_ERR(check_company(c, in, &now));
	RETURN_IF_ERR(check_placement(c, in, &now));
	RETURN_IF_ERR(check_member(c, in, &now));
	if (out->purpose != old->purpose || !uuid_eq(out->company.v, old->company.v) || out->at != old->at)
		RETURN_IF_ERR(need_consent(c, out, &now));
	return find_placement(c, out);
}

static Err audit_change(Ctx *c, const Contact *old, const Contact *row)
{
	AuditEvent e = actor_event(c, "contact.change");
	e.subject_kind = STR("contact");
	e.subject = row->id.v;
	e.participant = row->participant;
	e.detail = changed_fields(c, old, row);
	return commit_audit(c, &e);
}

Err contact_change(Ctx *c, ParticipantId participant, ContactId id, const ContactIn *in)
{
	Contact old, row;
	ContactIn asked = *in;
	int64_t changed = 0;
	RETURN_IF_ERR(contact_get(c, id, &old));
	if (!uuid_eq(old.participant.v, participant.v))
		return ERR_NOT_FOUND;
	if (in->version != old.version)
		return feature_check_changed(c, 0);
	RETURN_IF_ERR(corrected(c, &old, &asked, &row));
	RETURN_IF_ERR(contact_update(c, id, participant, old.at, row.at, row.day, row.kind, row.purpose, row.place,
				     row.company, row.placement, row.follow_up, row.minutes, row.note, row.member,
				     old.version, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	RETURN_IF_ERR(recount(c, &old, &row));
	return audit_change(c, &old, &row);
}

ContactIn contact_in(const Contact *row)
{
	return (ContactIn){ .id = row->id,
			    .participant = row->participant,
			    .at = row->at,
			    .kind = (int)row->kind,
			    .purpose = (int)row->purpose,
			    .place = (int)row->place,
			    .company = row->company,
			    .placement = row->placement,
			    .follow_up = row->follow_up,
			    .minutes = row->minutes,
			    .note = row->note,
			    .member = row->member,
			    .version = row->version };
}

Err contact_remove(Ctx *c, ParticipantId participant, ContactId id, int64_t version)
{
	Contact k;
	int64_t contacts = 0, counters = 0;
	RETURN_IF_ERR(contact_get(c, id, &k));
	if (!uuid_eq(k.participant.v, participant.v))
		return ERR_NOT_FOUND;
	RETURN_IF_ERR(contact_delete(c, participant, k.at, id, version, &contacts));
	RETURN_IF_ERR(feature_check_changed(c, contacts));
	RETURN_IF_ERR(contact_count_drop(c, k.programme, k.partner, date_month(k.day), k.kind, k.purpose, &counters));
	if (counters != 1)
		return fail(c, ERR_INTERNAL, "contact and counter do not belong together");
	return feature_audit(c, "contact.remove", "contact", id.v, participant);
}

Err contact_follow_placement(Ctx *c, PlacementId placement, ParticipantId participant, CompanyId company, Date starts,
			     Date ends)
{
	RETURN_IF_ERR(contact_unlink_placement(c, placement, participant, company, starts, ends));
	return contact_link_placements(c, participant);
}

bool contact_by_parse(Str s, ContactBy *out)
{
	Str rest = s, word;
	*out = (ContactBy){ 0 };
	while (str_split(&rest, ',', &word)) {
		if (str_eq_z(word, "month"))
			out->month = true;
		else if (str_eq_z(word, "kind"))
			out->kind = true;
		else if (str_eq_z(word, "partner"))
			out->partner = true;
		else if (str_eq_z(word, "purpose"))
			out->purpose = true;
		else
			return false;
	}
	return true;
}

enum { NAMES_KNOWN = 16 };

/* Names that lines before this one have had; the oldest gives way. */
typedef struct {
	struct {
		Uuid id;
		Str name;
	} known[NAMES_KNOWN];
	size_t n;
	Err (*look_up)(Ctx *c, Uuid id, ContactName *out);
} Names;

static Err look_up_company(Ctx *c, Uuid id, ContactName *out)
{
	return contact_company_name(c, (CompanyId){ id }, out);
}

static Err look_up_member(Ctx *c, Uuid id, ContactName *out)
{
	return contact_member_name(c, (MemberId){ id }, out);
}

static Err name_of(Ctx *c, Names *names, Uuid id, Str *out)
{
	size_t filled = names->n < NAMES_KNOWN ? names->n : NAMES_KNOWN;
	ContactName row;
	if (uuid_is_none(id))
		return OK;
	for (size_t i = 0; i < filled; i++) {
		if (uuid_eq(names->known[i].id, id)) {
			*out = names->known[i].name;
			return OK;
		}
	}
	RETURN_IF_ERR(names->look_up(c, id, &row));
	names->known[names->n % NAMES_KNOWN].id = id;
	names->known[names->n++ % NAMES_KNOWN].name = row.name;
	*out = row.name;
	return OK;
}

Err contact_page(Ctx *c, ParticipantId who, Time before_at, ContactId before_id, int64_t most, ContactLineList *out)
{
	Names companies = { .look_up = look_up_company }, members = { .look_up = look_up_member };
	RETURN_IF_ERR(contact_lines(c, who, before_at, before_id, most, out));
	for (size_t i = 0; i < out->n; i++) {
		ContactLine *k = &out->at[i];
		RETURN_IF_ERR(name_of(c, &companies, k->company.v, &k->company_name));
		RETURN_IF_ERR(name_of(c, &members, k->member.v, &k->member_name));
	}
	return OK;
}

Err contact_cursor_read(Ctx *c, Str before, ContactCursor *out)
{
	Str rest = before, number;
	*out = (ContactCursor){ time_of(DATE_LAST, 0), { UUID_NONE } };
	if (str_is_empty(before))
		return OK;
	bool read = str_split(&rest, '.', &number) && str_to_int(number, &out->at) && uuid_parse(rest, &out->id.v);
	if (!read || uuid_is_none(out->id.v) || out->at < time_of(DATE_FIRST, 0) || out->at > time_of(DATE_LAST, 0))
		return refuse(c, "before", "%s", T(c->lang, "This is not where a page ended."));
	return OK;
}

Str contact_cursor_text(Ctx *c, const ContactLine *last)
{
	Str id = uuid_str(c->arena, last->id.v);
	return str_printf(c->arena, "%lld.%.*s", (long long)last->at, STR_ARG(id));
}

Err contact_summary(Ctx *c, ProgrammeId programme, OrganisationId partner, ContactBy by, ContactSumList *out)
{
	return contact_sums(c, programme, partner, by.month, by.kind, by.partner, by.purpose, out);
}

/* By month and what else a counter is of. */
static int key_cmp(const ContactCount *a, const ContactCount *b)
{
	int by = uuid_cmp(a->programme.v, b->programme.v);
	by = by != 0 ? by : uuid_cmp(a->partner.v, b->partner.v);
	by = by != 0 ? by : (a->month > b->month) - (a->month < b->month);
	by = by != 0 ? by : (int)a->kind - (int)b->kind;
	return by != 0 ? by : (int)a->purpose - (int)b->purpose;
}

static int by_key(const void *a, const void *b)
{
	return key_cmp(a, b);
}

typedef struct {
	const ContactCountList *counters; /* sorted by key */
	int64_t *counted;                 /* beside each counter */
	ContactCheck *found;
} FullCount;

static Err count_day(void *arg, const ContactDayCount *row)
{
	FullCount *full = arg;
	ContactCount key = { row->programme, row->partner, date_month(row->day), row->kind, row->purpose, row->n };
	const ContactCount *counter =
		full->counters->n == 0 ? NULL
				       : bsearch(&key, full->counters->at, full->counters->n, sizeof key, by_key);
	full->found->contacts += row->n;
	if (counter == NULL)
		full->found->wrong++;
	else
		full->counted[counter - full->counters->at] += row->n;
	return OK;
}

Err contact_count_check(Ctx *c, ContactCheck *out)
{
	ContactCountList counters;
	*out = (ContactCheck){ 0 };
	RETURN_IF_ERR(contact_counters(c, &counters));
	if (counters.n > 0)
		qsort(counters.at, counters.n, sizeof *counters.at, by_key);
	FullCount full = { &counters, ARENA_ARRAY(c->arena, counters.n, int64_t), out };
	RETURN_IF_ERR(contact_full_count(c, count_day, &full));
	for (size_t i = 0; i < counters.n; i++)
		if (full.counted[i] != counters.at[i].n)
			out->wrong++;
	return OK;
}

Err contact_forget_all(Ctx *c, ParticipantId who)
{
	ContactDayCountList days;
	RETURN_IF_ERR(contact_days_of(c, who, &days));
	for (size_t i = 0; i < days.n; i++) {
		const ContactDayCount *k = &days.at[i];
		Ymd day = date_ymd(k->day);
		int64_t changed = 1;
		for (int64_t n = 0; n < k->n && changed == 1; n++)
			RETURN_IF_ERR(contact_count_drop(c, k->programme, k->partner, day.year * 100 + day.month,
							 k->kind, k->purpose, &changed));
	}
	return contact_delete_all(c, who);
}
