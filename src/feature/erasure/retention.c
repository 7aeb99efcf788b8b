#include "feature/erasure/retention.h"

#include "access/guest.h"
#include "feature/erasure/erasure.h"
#include "feature/feature.h"
#include "feature/message/message.h"

#include <stdlib.h>

static const EnumRow whats[] = {
	{ "erase", N_("Erased") },
	{ "archive", N_("Archived") },
};
const EnumTable retention_what_table = ENUM_TABLE("retention_what", whats);

static const EnumRow froms[] = {
	{ "programme", N_("The programme's last day") },
	{ "citizen", N_("The last day that anything is registered about the citizen") },
};
const EnumTable retention_from_table = ENUM_TABLE("retention_from", froms);

static const Field fields[] = {
	FIELD(RetentionIn, months, FIELD_INT, N_("Months that data about citizens are kept"), .required = true,
	      .min = 0, .max = RETENTION_MONTHS_MOST),
	FIELD(RetentionIn, counted_from, FIELD_ENUM, N_("Counted from"), .required = true,
	      .choices = &retention_from_table),
	FIELD(RetentionIn, what, FIELD_ENUM, N_("Then they are"), .required = true, .choices = &retention_what_table),
	FIELD(RetentionIn, keeps, FIELD_ENUM, N_("What an erasure leaves"), .required = true,
	      .choices = &erasure_keeps_table),
	FIELD(RetentionIn, authority, FIELD_TEXT, N_("Decision of the archives' authority"),
	      .hint = N_("Only a municipality that erases needs it")),
	FIELD(RetentionIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form retention_form = FORM("retention", RetentionIn, fields);

/* ---- the rule ------------------------------------------------------------------- */

Err retention_rule(Ctx *c, ProgrammeId programme, RetentionIn *out)
{
	RetentionRule row;
	RetentionOf of;
	RETURN_IF_ERR(retention_of(c, programme, &of));
	*out = (RetentionIn){ .months = RETENTION_MONTHS_USUAL,
			      .counted_from = FROM_PROGRAMME,
			      .what = of.owner_kind == ORGANISATION_JOB_CENTRE ? RETENTION_ARCHIVE : RETENTION_ERASE,
			      .keeps = KEEPS_NUMBERS,
			      .version = INT_NONE };
	Err e = retention_rule_get(c, programme, &row);
	if (e == OK)
		*out = (RetentionIn){ row.months,     (int)row.counted_from, (int)row.what,
				      (int)row.keeps, row.authority,         row.version };
	return e == ERR_NOT_FOUND ? OK : e;
}

Err retention_set(Ctx *c, ProgrammeId programme, const RetentionIn *in)
{
	RetentionOf of;
	int64_t changed = 0;
	RETURN_IF_ERR(retention_of(c, programme, &of));
	if (of.owner_kind == ORGANISATION_JOB_CENTRE && in->what == RETENTION_ERASE && str_is_empty(in->authority))
		return refuse(c, "authority", "%s",
			      T(c->lang, "A municipality may delete only what the archives' authority has released."));
	RetentionRule row = { .programme = programme,
			      .months = in->months,
			      .counted_from = (RetentionFrom)in->counted_from,
			      .what = (RetentionWhat)in->what,
			      .keeps = (ErasureKeeps)in->keeps,
			      .authority = in->authority,
			      .version = 1,
			      .changed = clock_now(c->clock),
			      .changed_by = feature_actor_name(c) };
	RETURN_IF_ERR(retention_rule_insert(c, &row, &changed)); /* the first: nobody's that could be overwritten */
	row.version = in->version == INT_NONE ? 0 : in->version;
	if (changed == 0)
		RETURN_IF_ERR(retention_rule_update(c, &row, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	return feature_audit(c, "retention.rule", "programme", programme.v, NOBODY);
}

/* ---- the preview ------------------------------------------------------------------ */

static Date later(Date a, Date b)
{
	return a > b ? a : b; /* no value is the smallest there is */
}

static Date last_day(const RetentionCitizen *k)
{
	return later(later(later(k->admitted, k->contact), later(k->started, k->ended)), k->status);
}

static int by_due(const void *a, const void *b)
{
	const RetentionPerson *x = a, *y = b;
	int order = (x->due > y->due) - (x->due < y->due);
	return order != 0 ? order : uuid_cmp(x->id, y->id);
}

static void add(RetentionPreview *p, RetentionPerson person)
{
	person.due = date_add_months(person.last, (int)p->rule.months);
	person.now = person.due <= p->today;
	p->people.at[p->people.n++] = person;
	p->due += person.now;
}

Err retention_preview(Ctx *c, ProgrammeId programme, RetentionPreview *out)
{
	RetentionOf of;
	RetentionCitizenList citizens;
	RetentionMentorList mentors;
	RetentionReferralList referrals;
	*out = (RetentionPreview){ .today = clock_today(c->clock) };
	RETURN_IF_ERR(retention_of(c, programme, &of));
	RETURN_IF_ERR(retention_rule(c, programme, &out->rule));
	RETURN_IF_ERR(retention_citizens(c, programme, &citizens));
	RETURN_IF_ERR(retention_mentors(c, programme, &mentors));
	RETURN_IF_ERR(retention_referrals(c, programme, &referrals));
	out->programme = of.name;
	out->people.at = ARENA_ARRAY(c->arena, citizens.n + mentors.n + referrals.n, RetentionPerson);
	bool erases = out->rule.what == RETENTION_ERASE, of_citizen = out->rule.counted_from == FROM_CITIZEN;
	for (size_t i = 0; i < citizens.n; i++) {
		const RetentionCitizen *k = &citizens.at[i];
		if (erases || k->archived == TIME_NONE)
			add(out, (RetentionPerson){ .id = k->id.v,
						    .name = feature_name(c, k->name),
						    .last = of_citizen ? last_day(k) : of.ends });
	}
	for (size_t i = 0; i < mentors.n && erases; i++) /* nobody's citizen: as long as the programme */
		add(out, (RetentionPerson){ .id = mentors.at[i].id.v,
					    .mentor = true,
					    .name = feature_name(c, mentors.at[i].name),
					    .last = of.ends });
	for (size_t i = 0; i < referrals.n; i++) {
		const RetentionReferral *k = &referrals.at[i];
		if (erases || k->archived == TIME_NONE)
			add(out, (RetentionPerson){ .id = k->id.v,
						    .referral = true,
						    .name = feature_name(c, k->name),
						    .last = of_citizen ? time_date(k->last) : of.ends });
	}
	if (out->people.n > 0)
		qsort(out->people.at, out->people.n, sizeof *out->people.at, by_due);
	return OK;
}

/* ---- doing it ---------------------------------------------------------------------- */

static Err archive(Ctx *c, const RetentionPerson *person)
{
	int64_t changed = 0;
	ParticipantId id = { person->id };
	Time now = clock_now(c->clock);
	RETURN_IF_ERR(person->referral ? retention_archive_referral(c, id, now, &changed)
				       : retention_archive(c, id, now, &changed));
	if (changed == 0)
		return OK; /* somebody else was faster */
	if (person->referral)
		return feature_audit(c, "referral.archive", "referral", id.v, id);
	RETURN_IF_ERR(guest_end(c, ROLE_CITIZEN, id));
	RETURN_IF_ERR(guest_end(c, ROLE_COMPANY, id));
	RETURN_IF_ERR(message_end_waiting(c, id));
	return feature_audit(c, "participant.archive", "participant", id.v, id);
}

static Err archive_due(Ctx *c, void *arg)
{
	const RetentionPreview *p = arg;
	for (size_t i = 0; i < p->people.n; i++)
		if (p->people.at[i].now)
			RETURN_IF_ERR(archive(c, &p->people.at[i]));
	return feature_audit(c, "retention.apply", NULL, UUID_NONE, NOBODY);
}

static Err erase_due(Ctx *c, const RetentionPreview *p, int64_t *done)
{
	Uuid *due = ARENA_ARRAY(c->arena, p->people.n, Uuid);
	size_t n = 0;
	for (size_t i = 0; i < p->people.n; i++)
		if (p->people.at[i].now)
			due[n++] = p->people.at[i].id;
	return erasure_run_all(c, due, n, STR("retention"), done);
}

Err retention_apply(Ctx *c, ProgrammeId programme, int64_t expected, int64_t *done)
{
	RetentionPreview p;
	*done = 0;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = retention_preview(c, programme, &p);
	db_end_read(c);
	RETURN_IF_ERR(e);
	if (p.due != expected)
		return feature_conflict(c, NULL,
					T(c->lang, "Other citizens are due now than when you looked. Look again."));
	if (p.due == 0)
		return OK;
	if (p.rule.what == RETENTION_ERASE)
		return erase_due(c, &p, done);
	*done = p.due;
	return commit_run(c, archive_due, &p);
}
