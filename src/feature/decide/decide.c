#include "feature/decide/decide.h"

#include "access/consent.h"
#include "base/utf8.h"
#include "feature/feature.h"

#define ERASURE STR("erasure")

static const EnumRow decisions[] = {
	{ "own", N_("Own wish") },
	{ "asked", N_("Waits for an answer") },
	{ "yes", N_("Yes, it may be contacted") },
	{ "as_all", N_("Yes, as every company") },
	{ "no", N_("No") },
};
const EnumTable wish_decision_table = ENUM_TABLE("wish_decision", decisions);

static const Field wish_fields[] = {
	FIELD(WishIn, name, FIELD_TEXT, N_("A company or a kind of work"), .required = true, .most = WISH_NAME_MOST,
	      .encrypted = true),
};
const Form wish_form = FORM("wish", WishIn, wish_fields);

static const Field suggest_fields[] = {
	FIELD(SuggestIn, company, FIELD_ID, N_("Company"), .required = true),
};
const Form suggest_form = FORM("suggest", SuggestIn, suggest_fields);

static const Field preference_fields[] = {
	FIELD(PreferenceIn, every_weeks, FIELD_INT, N_("How many weeks between our talks?"),
	      .hint = N_("1 is every week. Left empty: as we agree"), .min = 1, .max = WEEKS_MOST),
	FIELD(PreferenceIn, talk, FIELD_NOTE, N_("What would you like to talk about?"), .most = TALK_MOST,
	      .encrypted = true),
};
const Form preference_form = FORM("preference", PreferenceIn, preference_fields);

static Err add(Ctx *c, ParticipantId who, CompanyId company, Str name)
{
	int64_t n = 0;
	RETURN_IF_ERR(wish_count(c, who, (CompanyId){ UUID_NONE }, &n));
	if (n >= WISHES_MOST) {
		(void)refuse(c, NULL, T(c->lang, "The list is full: it holds %d."), WISHES_MOST);
		return ERR_LIMIT;
	}
	Wish row = { .id = { uuid_v7(c->clock, c->random) },
		     .participant = who,
		     .company = company,
		     .name = name,
		     .made = clock_now(c->clock),
		     .made_by = actor_login(c) };
	RETURN_IF_ERR(wish_insert(c, &row));
	return feature_audit(c, uuid_is_none(company.v) ? "wish.add" : "wish.suggest", "wish", row.id.v, who);
}

Err wish_list(Ctx *c, ParticipantId who, WishLineList *out)
{
	return wish_of(c, who, clock_today(c->clock), out);
}

Err wish_get(Ctx *c, ParticipantId who, WishId id, WishLine *out)
{
	WishLineList list;
	RETURN_IF_ERR(wish_list(c, who, &list));
	for (size_t i = 0; i < list.n; i++) {
		*out = list.at[i];
		if (uuid_eq(out->id.v, id.v))
			return OK;
	}
	return ERR_NOT_FOUND;
}

static bool same_words(Ctx *c, Str a, Str b)
{
	return !str_is_none(a) && str_eq(utf8_fold(c->arena, a), utf8_fold(c->arena, b));
}

Err wish_add(Ctx *c, ParticipantId who, Str name)
{
	WishLineList list;
	Str wished = str_trim(name);
	if (str_is_empty(wished))
		return refuse(c, "name", "%s", T(c->lang, "This must be filled in."));
	RETURN_IF_ERR(wish_list(c, who, &list));
	for (size_t i = 0; i < list.n; i++)
		if (same_words(c, list.at[i].name, wished) || same_words(c, list.at[i].company_name, wished))
			return feature_audit(c, "wish.again", "wish", list.at[i].id.v, who);
	return add(c, who, (CompanyId){ UUID_NONE }, wished);
}

Err wish_suggest(Ctx *c, ParticipantId who, CompanyId company)
{
	int64_t known = 0, there = 0;
	RETURN_IF_ERR(wish_company_known(c, company, &known));
	if (known == 0)
		return refuse(c, "company", "%s", T(c->lang, "There is no such company."));
	RETURN_IF_ERR(wish_count(c, who, company, &there));
	if (there > 0)
		return feature_conflict(c, "company", T(c->lang, "The company stands on the list already."));
	return add(c, who, company, STR_NONE);
}

Err wish_answer(Ctx *c, ParticipantId who, WishId id, bool yes)
{
	WishLine asked;
	RETURN_IF_ERR(wish_get(c, who, id, &asked));
	if (asked.decision == WISH_OWN)
		return ERR_NOT_FOUND;
	if (!yes) /* also a second time: a yes of later may have been written down */
		return consent_refuse(c, who, asked.company);
	if (asked.decision == WISH_YES)
		return feature_audit(c, "wish.again", "wish", id.v, who);
	RETURN_IF_ERR(feature_audit(c, "wish.yes", "wish", id.v, who));
	return consent_accept(c, who, asked.company);
}

Err wish_remove(Ctx *c, ParticipantId who, WishId id)
{
	int64_t n = 0;
	RETURN_IF_ERR(wish_delete_own(c, id, who, &n));
	return n == 0 ? ERR_NOT_FOUND : feature_audit(c, "wish.remove", "wish", id.v, who);
}

Err preference_store(Ctx *c, ParticipantId who, const PreferenceIn *in)
{
	Preference row = { who, in->every_weeks, str_is_empty(in->talk) ? STR_NONE : in->talk, clock_now(c->clock) };
	RETURN_IF_ERR(preference_set(c, &row));
	return feature_audit(c, "preference.set", "participant", who.v, who);
}

Err preference_read(Ctx *c, ParticipantId who, PreferenceIn *out)
{
	Preference row;
	*out = (PreferenceIn){ INT_NONE, STR_NONE };
	Err e = preference_get(c, who, &row);
	if (e == OK)
		*out = (PreferenceIn){ row.every_weeks, row.talk };
	return e == ERR_NOT_FOUND ? OK : e;
}

Err request_erasure(Ctx *c, ParticipantId who)
{
	int64_t waiting = 0;
	CitizenRequest row = {
		.id = { uuid_v7(c->clock, c->random) }, .participant = who, .kind = ERASURE, .made = clock_now(c->clock)
	};
	RETURN_IF_ERR(citizen_request_count(c, who, ERASURE, &waiting));
	if (waiting > 0)
		return feature_conflict(c, NULL, T(c->lang, "You have asked already. Somebody will answer you."));
	RETURN_IF_ERR(decide_programme(c, who, &row.programme));
	RETURN_IF_ERR(citizen_request_insert(c, &row));
	return feature_audit(c, "request.erasure", "request", row.id.v, who);
}

Err request_handle(Ctx *c, ProgrammeId programme, RequestId id)
{
	int64_t n = 0;
	ParticipantId who;
	RETURN_IF_ERR(citizen_request_whose(c, id, programme, &who));
	RETURN_IF_ERR(citizen_request_set_handled(c, id, programme, clock_now(c->clock), actor_login(c), &n));
	return n == 0 ? ERR_NOT_FOUND : feature_audit(c, "request.handle", "request", id.v, who);
}
