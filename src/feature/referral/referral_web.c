#include "feature/referral/referral_web.h"

#include "base/danish.h"
#include "feature/feature_web.h"
#include "feature/programme/programme.h"
#include "feature_html.h"
#include "referral_html.h"

static ParticipantId asked(const Request *r)
{
	return (ParticipantId){ request_id(r, "referral") };
}

static Str path_of(Ctx *c, const char *before, ParticipantId id, const char *below)
{
	Str text = uuid_str(c->arena, id.v);
	return str_printf(c->arena, "%s%.*s%s", before, STR_ARG(text), below);
}

static Err fill(Ctx *c, ReferralPage *page)
{
	PartnerRowList partners;
	page->places = INT_NONE;
	page->partner_name = STR("");
	page->cpr_doubt = participant_cpr_doubt(c, page->row.cpr);
	if (page->row.municipality != INT_NONE)
		page->municipality = municipality_name(page->row.municipality);
	RETURN_IF_ERR(referral_steps(c, page->row.id, &page->steps));
	RETURN_IF_ERR(programme_partners(c, page->row.programme, clock_today(c->clock), &partners));
	for (size_t i = 0; i < partners.n; i++) {
		const PartnerRow *p = &partners.at[i];
		if (!uuid_eq(p->organisation.v, page->row.partner.v))
			continue;
		page->partner_name = p->name;
		page->places = p->places;
		page->taken = p->admitted;
	}
	return feature_log_read(c, "referral.view", page->row.id);
}

/* ---- the caseworker ---------------------------------------------------------- */

static FormOptions partner_options(Ctx *c, const PartnerRowList *partners)
{
	FormOption *items = ARENA_ARRAY(c->arena, partners->n, FormOption);
	for (size_t i = 0; i < partners->n; i++)
		items[i] = (FormOption){ uuid_str(c->arena, partners->at[i].organisation.v), partners->at[i].name };
	return (FormOptions){ "partner", items, partners->n };
}

static ReferralBefore before(Ctx *c, const Programme *programme, const PartnerRowList *partners)
{
	ReferralBefore b = { .intake_ended = clock_today(c->clock) > programme->intake_last ? programme->intake_last
											    : DATE_NONE };
	b.full.at = ARENA_ARRAY(c->arena, partners->n, PartnerRow);
	for (size_t i = 0; i < partners->n; i++)
		if (programme_places_left(&partners->at[i]) <= 0)
			b.full.at[b.full.n++] = partners->at[i];
	return b;
}

static Err refer_get(Ctx *c, Request *r)
{
	Programme programme;
	PartnerRowList partners;
	const char *heading = T(c->lang, "Refer a citizen");
	RETURN_IF_ERR(programme_get(c, r->scope.programme, &programme));
	RETURN_IF_ERR(programme_partners(c, programme.id, clock_today(c->clock), &partners));
	const FormOptions options = partner_options(c, &partners);
	const ReferralBefore known = before(c, &programme, &partners);
	ReferralIn values = { .municipality = INT_NONE };
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(heading),
				     .back = STR("/henviste"),
				     .back_text = str_of(T(c->lang, "Whom I have referred")) });
	feature_form_head_html(h, heading, programme.name);
	referral_before_html(h, &known);
	page_form(c, r, h,
		  &(FormView){ .form = &referral_form,
			       .values = &values,
			       .options = &options,
			       .option_count = 1,
			       .action = STR("/henvis"),
			       .submit = T(c->lang, "Refer"),
			       .cancel = STR("/henviste") });
	return page_close(r);
}

static Err refer_post(Ctx *c, Request *r)
{
	ParticipantId id;
	RETURN_IF_ERR(referral_make(c, r->scope.programme, r->in, &id));
	bool doubt = participant_cpr_doubt(c, ((const ReferralIn *)r->in)->cpr) != NULL;
	return answer_redirect(
		r, STR("/henviste"),
		doubt ? N_("The citizen is referred. The team answers. Look at the CPR number once more: "
			   "the referral says what is unusual about it.")
		      : N_("The citizen is referred. The team answers."));
}

static Err mine_get(Ctx *c, Request *r)
{
	ReferralPage page = { 0 };
	RETURN_IF_ERR(referral_mine(c, r->scope.programme, asked(r), &page.row));
	RETURN_IF_ERR(fill(c, &page));
	Html *h = page_open(c, r,
			    &(Page){ .title = page.row.name,
				     .back = STR("/henviste"),
				     .back_text = str_of(T(c->lang, "Whom I have referred")) });
	referral_mine_page_html(h, &page);
	if (referral_waits(&page.row) || r->again != 0)
		page_form(c, r, h,
			  &(FormView){ .form = &referral_withdrawal_form,
				       .action = path_of(c, "/henvist/", page.row.id, ""),
				       .submit = T(c->lang, "The citizen says no") });
	return page_close(r);
}

static Err mine_post(Ctx *c, Request *r)
{
	Referral row;
	RETURN_IF_ERR(referral_mine(c, r->scope.programme, asked(r), &row));
	RETURN_IF_ERR(referral_withdraw(c, &row, r->in));
	return answer_redirect(r, STR("/henviste"), N_("The change is stored."));
}

/* ---- the team ------------------------------------------------------------------ */

static Err referrals_get(Ctx *c, Request *r)
{
	ReferralsPage page;
	RETURN_IF_ERR(referral_waiting(c, r->scope.programme, r->scope.organisation, &page.waiting));
	RETURN_IF_ERR(referral_declined(c, r->scope.programme, r->scope.organisation, &page.declined));
	feature_log_search(c, r, "referral.list");
	for (size_t i = 0; i < page.waiting.n; i++)
		page.waiting.at[i].name = feature_name(c, page.waiting.at[i].name);
	for (size_t i = 0; i < page.declined.n; i++)
		page.declined.at[i].name = feature_name(c, page.declined.at[i].name);
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Referrals")), .wide = true });
	referral_list_html(h, &page, T(c->lang, "Who waits for an answer"), T(c->lang, "What came to nothing"));
	return page_close(r);
}

static Err referral_page_get(Ctx *c, Request *r)
{
	ReferralPage page = { .may_register = policy_some(c->actor, OP_REGISTER),
			      .may_erase = policy_may(c->actor, OP_REGISTER, REACH_OWN_PROGRAMME) == OK };
	RETURN_IF_ERR(referral_in_scope(c, &r->scope, asked(r), &page.row));
	page.waits = referral_waits(&page.row);
	RETURN_IF_ERR(fill(c, &page));
	Html *h = page_open(c, r,
			    &(Page){ .title = page.row.name,
				     .back = STR("/henvisninger"),
				     .back_text = str_of(T(c->lang, "Referrals")) });
	referral_page_html(h, &page);
	return page_close(r);
}

/* The contact persons of the partner that was asked. */
static Err person_options(Ctx *c, const Referral *row, FormOptions *out)
{
	MemberList team;
	Date today = clock_today(c->clock);
	RETURN_IF_ERR(programme_team(c, row->programme, &team));
	FormOption *items = ARENA_ARRAY(c->arena, team.n, FormOption);
	size_t n = 0;
	for (size_t i = 0; i < team.n; i++) {
		const Member *m = &team.at[i];
		if (uuid_eq(m->organisation.v, row->partner.v) && m->role == MEMBER_CONTACT_PERSON &&
		    (m->until == DATE_NONE || m->until >= today))
			items[n++] = (FormOption){ uuid_str(c->arena, m->id.v), m->name };
	}
	*out = (FormOptions){ "contact_person", items, n };
	return OK;
}

/* The head of both forms: who it is about, and how many places there are. */
static Err open_form(Ctx *c, Request *r, const char *heading, ReferralPage *page, Html **out)
{
	RETURN_IF_ERR(referral_in_scope(c, &r->scope, asked(r), &page->row));
	RETURN_IF_ERR(fill(c, page));
	*out = page_open(c, r,
			 &(Page){ .title = str_of(heading),
				  .back = path_of(c, "/henvisning/", page->row.id, ""),
				  .back_text = page->row.name });
	feature_form_head_html(*out, heading, page->row.name);
	referral_places_html(*out, page);
	return OK;
}

static Err admit_get(Ctx *c, Request *r)
{
	ReferralPage page = { 0 };
	FormOptions options;
	Html *h;
	RETURN_IF_ERR(open_form(c, r, T(c->lang, "Admit a citizen"), &page, &h));
	RETURN_IF_ERR(person_options(c, &page.row, &options));
	const AdmissionIn values = { .admitted = clock_today(c->clock),
				     .contact_person = c->actor->member,
				     .gender = ENUM_NONE,
				     .status = ENUM_NONE };
	page_form(c, r, h,
		  &(FormView){ .form = &admission_form,
			       .values = &values,
			       .options = &options,
			       .option_count = 1,
			       .action = path_of(c, "/henvisning/", page.row.id, "/optag"),
			       .submit = T(c->lang, "Admit"),
			       .cancel = path_of(c, "/henvisning/", page.row.id, "") });
	return page_close(r);
}

static Err admit_post(Ctx *c, Request *r)
{
	Referral row;
	RETURN_IF_ERR(referral_in_scope(c, &r->scope, asked(r), &row));
	RETURN_IF_ERR(referral_admit(c, &row, r->in));
	return answer_redirect(r, feature_person_path(c, row.id, ""), N_("The citizen is admitted."));
}

static Err decide_get(Ctx *c, Request *r)
{
	ReferralPage page = { 0 };
	FormOption items[REFERRAL_ADMITTED];
	FormOptions options = { "state", items, 0 };
	Html *h;
	RETURN_IF_ERR(open_form(c, r, T(c->lang, "Answer a referral"), &page, &h));
	for (int i = REFERRAL_OPEN; i < REFERRAL_ADMITTED; i++)
		if (i != (int)page.row.state)
			items[options.n++] = (FormOption){ enum_code(&referral_state_table, i),
							   str_of(enum_text(c->lang, &referral_state_table, i)) };
	const ReferralDecisionIn values = { .state = ENUM_NONE, .reason = STR_NONE };
	page_form(c, r, h,
		  &(FormView){ .form = &referral_decision_form,
			       .values = &values,
			       .options = &options,
			       .option_count = 1,
			       .action = path_of(c, "/henvisning/", page.row.id, "/svar"),
			       .cancel = path_of(c, "/henvisning/", page.row.id, "") });
	return page_close(r);
}

static Err decide_post(Ctx *c, Request *r)
{
	Referral row;
	RETURN_IF_ERR(referral_in_scope(c, &r->scope, asked(r), &row));
	RETURN_IF_ERR(referral_decide(c, &row, r->in));
	return answer_redirect(r, path_of(c, "/henvisning/", row.id, ""), N_("The change is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/henvis", refer_get, MAY(REFER, OWN_PARTICIPANT), NULL),
	ROUTE(POST, "/henvis", refer_post, MAY(REFER, OWN_PARTICIPANT), &referral_form, .again = refer_get),
	ROUTE(GET, "/henvist/{referral}", mine_get, MAY(REFER, OWN_PARTICIPANT), NULL),
	ROUTE(POST, "/henvist/{referral}", mine_post, MAY(REFER, OWN_PARTICIPANT), &referral_withdrawal_form,
	      .again = mine_get),
	ROUTE(GET, "/henvisninger", referrals_get, MAY(SEE_PEOPLE, OWN_UNIT), NULL, .menu = N_("Referrals"),
	      .menu_place = 22),
	ROUTE(GET, "/henvisning/{referral}", referral_page_get, MAY(SEE_PEOPLE, OWN_UNIT), NULL),
	ROUTE(GET, "/henvisning/{referral}/optag", admit_get, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/henvisning/{referral}/optag", admit_post, MAY(REGISTER, OWN_UNIT), &admission_form,
	      .again = admit_get),
	ROUTE(GET, "/henvisning/{referral}/svar", decide_get, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/henvisning/{referral}/svar", decide_post, MAY(REGISTER, OWN_UNIT), &referral_decision_form,
	      .again = decide_get),
};
const RouteTable referral_routes = ROUTES(routes);
