#include "feature/referral/referral.h"

#include "access/relation.h"
#include "base/danish.h"
#include "db/vault.h"
#include "feature/feature.h"
#include "feature/programme/programme.h"
#include "feature/status/status.h"

static const EnumRow states[] = {
	{ "open", N_("Waits for an answer") },
	{ "standby", N_("On standby") },
	{ "declined", N_("Declined by the team") },
	{ "citizen_declined", N_("Declined by the citizen") },
	{ "admitted", N_("Admitted") },
};
const EnumTable referral_state_table = ENUM_TABLE("referral_state", states);

static const Field fields[] = {
	FIELD(ReferralIn, name, FIELD_TEXT, N_("Name"), .required = true, .encrypted = true),
	FIELD(ReferralIn, cpr, FIELD_CPR, N_("CPR number"), .required = true, .encrypted = true,
	      .hint = N_("Ten digits, as 010190-1234")),
	FIELD(ReferralIn, municipality, FIELD_MUNICIPALITY, N_("Municipality")),
	FIELD(ReferralIn, partner, FIELD_ID, N_("Partner"), .required = true),
	FIELD(ReferralIn, phone, FIELD_PHONE, N_("Phone"), .encrypted = true),
	FIELD(ReferralIn, email, FIELD_EMAIL, N_("E-mail"), .encrypted = true),
	FIELD(ReferralIn, why, FIELD_NOTE, N_("Why the programme fits the citizen"), .required = true,
	      .most = REFERRAL_WHY_MOST, .encrypted = true,
	      .hint = N_("Wishes and what must be taken into account. No diagnoses.")),
	FIELD(ReferralIn, agreed, FIELD_BOOL, N_("The citizen knows about the referral and agrees to it"),
	      .required = true),
};
const Form referral_form = FORM("referral", ReferralIn, fields);

static const Field decision_fields[] = {
	FIELD(ReferralDecisionIn, state, FIELD_ENUM, N_("Answer"), .required = true, .choices = &referral_state_table),
	FIELD(ReferralDecisionIn, reason, FIELD_NOTE, N_("Why"), .required = true, .most = REFERRAL_REASON_MOST,
	      .encrypted = true, .hint = N_("The caseworker who referred can read it.")),
	FIELD(ReferralDecisionIn, agreed, FIELD_BOOL, N_("The citizen now agrees to the referral"),
	      .hint = N_("Only when the citizen has said no before, and the referral is taken up again")),
};
const Form referral_decision_form = FORM("referral_decision", ReferralDecisionIn, decision_fields);

static const Field withdrawal_fields[] = {
	FIELD(ReferralWithdrawalIn, reason, FIELD_NOTE, N_("Why"), .required = true, .most = REFERRAL_REASON_MOST,
	      .encrypted = true),
};
const Form referral_withdrawal_form = FORM("referral_withdrawal", ReferralWithdrawalIn, withdrawal_fields);

static const Field admission_fields[] = {
	FIELD(AdmissionIn, admitted, FIELD_DATE, N_("Admitted"), .required = true),
	FIELD(AdmissionIn, contact_person, FIELD_ID, N_("Contact person"), .required = true),
	FIELD(AdmissionIn, gender, FIELD_ENUM, N_("Gender"), .choices = &gender_table,
	      .hint = N_("Left empty, it follows from the CPR number")),
	FIELD(AdmissionIn, employed_at_admission, FIELD_BOOL, N_("Had a job when admitted")),
	FIELD(AdmissionIn, status, FIELD_ENUM, N_("Status on that day"), .choices = &status_code_table,
	      .hint = N_("Left empty: in a job or unemployed, as told above")),
};
const Form admission_form = FORM("admission", AdmissionIn, admission_fields);

static UserId asking(const Ctx *c)
{
	return c->actor == NULL ? (UserId){ UUID_NONE } : c->actor->user;
}

static Err add_step(Ctx *c, ParticipantId referral, ReferralState state, Str reason)
{
	const ReferralStep step = { .id = { uuid_v7(c->clock, c->random) },
				    .referral = referral,
				    .state = state,
				    .at = clock_now(c->clock),
				    .made_by = feature_actor_name(c),
				    .reason = reason };
	return referral_step_insert(c, &step);
}

/* The day nearest to this one on which somebody can be admitted. After the intake that is its last day: whom the team
 * had agreed to take by then can still be referred, and admitted on a day before. */
static Date intake_day(const Ctx *c, const Programme *g)
{
	Date today = clock_today(c->clock);
	return today < g->intake_first ? g->intake_first : today > g->intake_last ? g->intake_last : today;
}

static Err check(Ctx *c, ProgrammeId programme, const ReferralIn *in, Cpr *cpr)
{
	Programme g;
	if (!in->agreed)
		return refuse(c, "agreed", "%s",
			      T(c->lang, "Nobody is referred without knowing it and agreeing to it."));
	RETURN_IF_ERR(programme_get(c, programme, &g));
	RETURN_IF_ERR(participant_check_number(c, in->cpr, cpr));
	RETURN_IF_ERR(participant_check_age(c, cpr, intake_day(c, &g)));
	return participant_check_partner(c, programme, in->partner);
}

Err referral_make(Ctx *c, ProgrammeId programme, const ReferralIn *in, ParticipantId *out)
{
	Cpr cpr;
	int64_t same = 0;
	RETURN_IF_ERR(check(c, programme, in, &cpr));
	Referral row = { .id = { uuid_v7(c->clock, c->random) },
			 .programme = programme,
			 .partner = in->partner,
			 .made = clock_now(c->clock),
			 .made_by = asking(c),
			 .name = in->name,
			 .cpr = str_dup(c->arena, str_of(cpr.digits)),
			 .municipality = in->municipality,
			 .phone = in->phone,
			 .email = in->email,
			 .why = in->why,
			 .state = REFERRAL_OPEN,
			 .agreed = clock_now(c->clock) };
	RETURN_IF_ERR(vault_blind(c, "participant.cpr", row.cpr, &row.cpr_index));
	RETURN_IF_ERR(referral_same(c, programme, row.made_by, row.cpr_index, &same));
	if (same > 0)
		return feature_conflict(c, "cpr",
					T(c->lang, "You have referred this citizen already, and wait for an answer."));
	RETURN_IF_ERR(vault_make_key(c, row.id.v));
	RETURN_IF_ERR(referral_insert(c, &row));
	RETURN_IF_ERR(add_step(c, row.id, REFERRAL_OPEN, STR_NONE));
	*out = row.id;
	return feature_audit(c, "referral.make", "referral", row.id.v, row.id);
}

/* Whoever is being erased has lost the key already. */
static Err readable(const Referral *row)
{
	return str_is_none(row->name) ? ERR_NOT_FOUND : OK;
}

Err referral_in_scope(Ctx *c, const Scope *scope, ParticipantId id, Referral *out)
{
	RETURN_IF_ERR(referral_get(c, id, scope->programme, scope->organisation, (UserId){ UUID_NONE }, out));
	return readable(out);
}

Err referral_mine(Ctx *c, ProgrammeId programme, ParticipantId id, Referral *out)
{
	RETURN_IF_ERR(referral_get(c, id, programme, (OrganisationId){ UUID_NONE }, asking(c), out));
	return readable(out);
}

bool referral_waits(const Referral *row)
{
	return row->archived == TIME_NONE && row->agreed != TIME_NONE &&
	       (row->state == REFERRAL_OPEN || row->state == REFERRAL_STANDBY);
}

/* Whether the citizen agrees after this answer, and since when. A no holds through every other answer. */
static Err agreement(Ctx *c, const Referral *row, const ReferralDecisionIn *in, Time *out)
{
	bool takes_up = in->state == REFERRAL_OPEN || in->state == REFERRAL_STANDBY;
	*out = in->state == REFERRAL_CITIZEN_DECLINED ? TIME_NONE : row->agreed;
	if (!takes_up || row->agreed != TIME_NONE)
		return OK;
	if (!in->agreed)
		return refuse(c, "agreed", "%s",
			      T(c->lang, "The citizen has said no. Ask again before the referral is taken up again."));
	*out = clock_now(c->clock);
	return feature_audit(c, "referral.agree", "referral", row->id.v, row->id);
}

Err referral_decide(Ctx *c, const Referral *row, const ReferralDecisionIn *in)
{
	int64_t changed = 0;
	Time agreed;
	if (in->state == REFERRAL_ADMITTED)
		return refuse(c, "state", "%s", T(c->lang, "A citizen is admitted by the form for that."));
	if (str_is_empty(in->reason))
		return refuse(c, "reason", "%s", T(c->lang, "This must be filled in."));
	if (row->archived != TIME_NONE)
		return feature_conflict(c, "state", T(c->lang, "The referral is archived."));
	RETURN_IF_ERR(agreement(c, row, in, &agreed));
	RETURN_IF_ERR(referral_set_state(c, row->id, (ReferralState)in->state, agreed, &changed));
	if (changed == 0)
		return feature_conflict(c, "state", T(c->lang, "That is how the referral stands already."));
	RETURN_IF_ERR(add_step(c, row->id, (ReferralState)in->state, in->reason));
	return feature_audit(c, "referral.decide", "referral", row->id.v, row->id);
}

Err referral_withdraw(Ctx *c, const Referral *row, const ReferralWithdrawalIn *in)
{
	int64_t changed = 0;
	if (str_is_empty(in->reason))
		return refuse(c, "reason", "%s", T(c->lang, "This must be filled in."));
	RETURN_IF_ERR(referral_set_withdrawn(c, row->id, &changed));
	if (changed == 0)
		return feature_conflict(c, "reason", T(c->lang, "The referral has been answered already."));
	RETURN_IF_ERR(add_step(c, row->id, REFERRAL_CITIZEN_DECLINED, in->reason));
	return feature_audit(c, "referral.withdraw", "referral", row->id.v, row->id);
}

/* A caseworker who has left follows nobody. */
static Err let_referrer_follow(Ctx *c, const Referral *row)
{
	RelationKind kind;
	bool fits;
	RETURN_IF_ERR(relation_fits(c, row->made_by, row->programme, &kind, &fits));
	return fits && kind == RELATION_CASEWORKER ? relation_begin(c, row->made_by, row->programme, row->id) : OK;
}

static Err close_admitted(Ctx *c, const Referral *row)
{
	RETURN_IF_ERR(add_step(c, row->id, REFERRAL_ADMITTED, STR_NONE));
	RETURN_IF_ERR(let_referrer_follow(c, row));
	return feature_audit(c, "referral.admit", "referral", row->id.v, row->id);
}

Err referral_find_waiting(Ctx *c, ProgrammeId programme, OrganisationId partner, Str cpr_index, Referral *out)
{
	RETURN_IF_ERR(referral_waiting_about(c, programme, partner, cpr_index, out));
	return readable(out);
}

Err referral_close(Ctx *c, const Referral *row)
{
	int64_t changed = 0;
	RETURN_IF_ERR(referral_set_admitted(c, row->id, &changed));
	return changed == 1 ? close_admitted(c, row) : fail(c, ERR_INTERNAL, "the referral does not wait");
}

Err referral_admit(Ctx *c, const Referral *row, const AdmissionIn *in)
{
	int64_t changed = 0;
	const ParticipantIn participant = { .name = row->name,
					    .cpr = row->cpr,
					    .gender = in->gender,
					    .municipality = row->municipality,
					    .partner = row->partner,
					    .contact_person = in->contact_person,
					    .phone = row->phone,
					    .email = row->email,
					    .admitted = in->admitted,
					    .employed_at_admission = in->employed_at_admission,
					    .status = in->status,
					    .wishes = STR_NONE,
					    .considerations = STR_NONE,
					    .version = INT_NONE };
	RETURN_IF_ERR(referral_set_admitted(c, row->id, &changed));
	if (changed == 0)
		return feature_conflict(
			c, NULL,
			T(c->lang, "Nobody is admitted after a no. Answer first that the referral is taken up again."));
	RETURN_IF_ERR(participant_admit_referred(c, row->programme, &participant, row->id));
	return close_admitted(c, row);
}

Err referral_story(Ctx *c, ParticipantId who, ReferralStory *out)
{
	*out = (ReferralStory){ 0 };
	Err e = referral_origin(c, who, &out->origin);
	if (e == ERR_NOT_FOUND)
		return OK;
	RETURN_IF_ERR(e);
	out->referred = true;
	return referral_steps(c, who, &out->steps);
}
