#include "feature/decide/decide_web.h"

#include "access/guest.h"
#include "access/user.h"
#include "decide_html.h"
#include "feature/company/company_web.h"
#include "feature/feature_web.h"

static Str back_path(Ctx *c, ParticipantId who)
{
	return feature_person_path(c, who, "/beslutter");
}

static Err login_of(Ctx *c, ParticipantId who, OidcCitizen *out)
{
	Err e = oidc_citizen_get(c, who, out);
	if (e == ERR_NOT_FOUND)
		*out = (OidcCitizen){ .host = STR_NONE, .created = TIME_NONE };
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err decide_get(Ctx *c, Request *r)
{
	DecidePage page = { .today = clock_today(c->clock), .csrf = r->csrf };
	RETURN_IF_ERR(feature_asked_person(c, r, &page.person));
	RETURN_IF_ERR(consent_of(c, page.person.id, &page.consents));
	RETURN_IF_ERR(consent_covers(c, page.person.id, CONSENT_INVITE_NETWORK, UUID_NONE, &page.invites));
	RETURN_IF_ERR(consent_noes(c, page.person.id, false, page.today, &page.noes));
	RETURN_IF_ERR(wish_list(c, page.person.id, &page.wishes));
	RETURN_IF_ERR(preference_read(c, page.person.id, &page.preference));
	RETURN_IF_ERR(relation_of(c, page.person.id, clock_now(c->clock), &page.relations));
	RETURN_IF_ERR(referral_story(c, page.person.id, &page.story));
	RETURN_IF_ERR(message_offer(c, page.person.id, &page.offer));
	RETURN_IF_ERR(login_of(c, page.person.id, &page.login));
	RETURN_IF_ERR(feature_log_read(c, "decide.view", page.person.id));
	Html *h = page_open(c, r,
			    &(Page){ .title = page.person.name,
				     .back = feature_person_path(c, page.person.id, ""),
				     .back_text = page.person.name });
	decide_html(h, &page, T(c->lang, "Send a link by e-mail"), T(c->lang, "Send a link by text message"));
	return page_close(r);
}

/* ---- consents ---------------------------------------------------------------- */

/* What a link to the form has chosen already. */
typedef struct {
	int purpose;
	Uuid receiver;
} ConsentPrefillIn;
static const Field prefill_fields[] = {
	FIELD(ConsentPrefillIn, purpose, FIELD_ENUM, N_("What the citizen says yes to"),
	      .choices = &consent_purpose_table),
	FIELD(ConsentPrefillIn, receiver, FIELD_ID, N_("Which company or mentor")),
};
static const Form prefill_form = FORM("consent_prefill", ConsentPrefillIn, prefill_fields);

static bool stands_in(const FormOption *items, size_t n, Str value)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(items[i].value, value))
			return true;
	return false;
}

/* Of the programme, and not closed. */
static bool helps(const User *u, ProgrammeId programme)
{
	return u->closed == TIME_NONE && uuid_eq(u->programme.v, programme.v);
}

static FormOption helper_option(Ctx *c, const User *u)
{
	return (FormOption){ uuid_str(c->arena, u->id.v), str_printf(c->arena, "%.*s (%s)", STR_ARG(u->name),
								     enum_text(c->lang, &role_table, (int)u->role)) };
}

/* The companies on the citizen's list, the programme's mentors, and who has been chosen. */
static Err receivers(Ctx *c, const Person *person, Uuid chosen, FormOptions *out)
{
	WishLineList wishes;
	UserList users;
	RETURN_IF_ERR(wish_list(c, person->id, &wishes));
	RETURN_IF_ERR(user_all(c, &users));
	FormOption *items = ARENA_ARRAY(c->arena, wishes.n + users.n + 1, FormOption);
	size_t n = 0;
	for (size_t i = 0; i < wishes.n; i++)
		if (!uuid_is_none(wishes.at[i].company.v))
			items[n++] =
				(FormOption){ uuid_str(c->arena, wishes.at[i].company.v), wishes.at[i].company_name };
	for (size_t i = 0; i < users.n; i++)
		if (users.at[i].role == ROLE_MENTOR && helps(&users.at[i], person->programme))
			items[n++] = helper_option(c, &users.at[i]);
	Str id = uuid_str(c->arena, chosen);
	if (!uuid_is_none(chosen) && !stands_in(items, n, id)) {
		Company company;
		Err e = company_get(c, (CompanyId){ chosen }, &company);
		if (e == OK)
			items[n++] = (FormOption){ id, company.name };
		else if (e != ERR_NOT_FOUND)
			return e;
	}
	*out = (FormOptions){ "receiver", items, n };
	return OK;
}

/* For whom a no stands, where that was found, or has been answered before: to be said of that one alone. */
static Err after_no_options(Ctx *c, const Request *r, ParticipantId who, Uuid receiver, const FormOptions *receivers,
			    FormOptions *out)
{
	bool asked = !str_is_empty(request_typed(r, "after_no"));
	for (size_t i = 0; i < c->problem_count && i < PROBLEMS_MOST; i++)
		asked = asked || str_eq_z(c->problems[i].field, "after_no");
	*out = (FormOptions){ "after_no", NULL, 0 };
	if (r->again == 0 || !asked)
		return OK;
	FormOption *yes = ARENA_NEW(c->arena, FormOption);
	Str id = uuid_str(c->arena, receiver);
	if (uuid_is_none(receiver)) {
		*yes = (FormOption){ uuid_str(c->arena, who.v), str_of(T(c->lang, "Yes")) };
		*out = (FormOptions){ "after_no", yes, 1 };
	}
	for (size_t i = 0; i < receivers->n; i++) {
		const FormOption *is = &receivers->items[i];
		if (!str_eq(is->value, id))
			continue;
		*yes = (FormOption){ id, str_printf(c->arena, T(c->lang, "Yes, to %.*s"), STR_ARG(is->label)) };
		*out = (FormOptions){ "after_no", yes, 1 };
	}
	return OK;
}

static const char *const not_after_no[] = { "after_no", NULL };

static Err consent_new(Ctx *c, Request *r)
{
	Person person;
	FormOptions options[2];
	const ConsentPrefillIn *in = r->in;
	ConsentIn values = { .purpose = in == NULL ? ENUM_NONE : in->purpose, .since = DATE_NONE, .until = DATE_NONE };
	if (in != NULL)
		values.receiver = in->receiver;
	if (r->again != 0)
		(void)uuid_parse(request_typed(r, "receiver"), &values.receiver);
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(receivers(c, &person, values.receiver, &options[0]));
	RETURN_IF_ERR(after_no_options(c, r, person.id, values.receiver, &options[0], &options[1]));
	return feature_person_form(c, r, &person, T(c->lang, "Write down a consent"),
				   (FormView){ .form = &consent_form,
					       .hidden = options[1].n == 0 ? not_after_no : NULL,
					       .values = &values,
					       .options = options,
					       .option_count = 2,
					       .action = feature_person_path(c, person.id, "/samtykke") });
}

static Err consent_post(Ctx *c, Request *r)
{
	Person person;
	ConsentId id;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(consent_give(c, person.id, r->in, &id));
	return answer_redirect(r, back_path(c, person.id), N_("The consent is registered."));
}

static Err consent_withdraw_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(consent_withdraw(c, person.id, (ConsentId){ request_id(r, "consent") }));
	return answer_redirect(r, back_path(c, person.id), N_("The consent is withdrawn."));
}

/* ---- suggested companies -------------------------------------------------------- */

static Err suggest_new(Ctx *c, Request *r)
{
	Person person;
	FormOptions options;
	SuggestIn values = { { UUID_NONE } };
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(company_options(c, r, values.company, &options));
	return feature_person_form(c, r, &person, T(c->lang, "Suggest a company"),
				   (FormView){ .form = &suggest_form,
					       .values = &values,
					       .options = &options,
					       .option_count = 1,
					       .action = feature_person_path(c, person.id, "/forslag") });
}

static Err suggest_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(wish_suggest(c, person.id, ((const SuggestIn *)r->in)->company));
	return answer_redirect(r, back_path(c, person.id), N_("The citizen can now answer."));
}

/* ---- the code for the citizen's page ---------------------------------------------- */

static Err code_post(Ctx *c, Request *r)
{
	CodePage page = { 0 };
	RETURN_IF_ERR(feature_asked_person(c, r, &page.person));
	RETURN_IF_ERR(guest_invite(c, ROLE_CITIZEN, page.person.id, (SheetId){ UUID_NONE }, &page.code));
	page.link = message_link_text(c, page.code);
	Html *h = page_open(c, r, &(Page){ .title = page.person.name });
	decide_code_html(h, &page);
	return page_close(r);
}

static Err ways_end_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(guest_end_own(c, person.id));
	RETURN_IF_ERR(message_end_waiting(c, person.id));
	return answer_redirect(r, back_path(c, person.id), N_("No code opens the citizen's page any more."));
}

static Err login_remove_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(oidc_citizen_remove(c, person.id, STR_NONE));
	return answer_redirect(r, back_path(c, person.id), N_("The login is removed."));
}

/* ---- caseworkers and mentors --------------------------------------------------------- */

typedef struct {
	UserId user;
} RelationIn;
static const Field relation_fields[] = {
	FIELD(RelationIn, user, FIELD_ID, N_("Caseworker or mentor"), .required = true),
};
static const Form relation_form = FORM("relation", RelationIn, relation_fields);

static Err helpers_of(Ctx *c, ProgrammeId programme, FormOptions *out)
{
	UserList users;
	RelationKind kind;
	RETURN_IF_ERR(user_all(c, &users));
	FormOption *items = ARENA_ARRAY(c->arena, users.n, FormOption);
	size_t n = 0;
	for (size_t i = 0; i < users.n; i++) {
		const User *u = &users.at[i];
		if (helps(u, programme) && policy_relation(u->role, &kind) && kind != RELATION_EMERGENCY)
			items[n++] = helper_option(c, u);
	}
	*out = (FormOptions){ "user", items, n };
	return OK;
}

static Err relation_new(Ctx *c, Request *r)
{
	Person person;
	FormOptions options;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(helpers_of(c, person.programme, &options));
	return feature_person_form(c, r, &person, T(c->lang, "Let a caseworker or mentor in"),
				   (FormView){ .form = &relation_form,
					       .options = &options,
					       .option_count = 1,
					       .action = feature_person_path(c, person.id, "/relation") });
}

static Err relation_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(relation_begin(c, ((const RelationIn *)r->in)->user, person.programme, person.id));
	return answer_redirect(r, back_path(c, person.id), N_("The change is stored."));
}

static Err relation_end_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(relation_end(c, person.id, (RelationId){ request_id(r, "relation") }));
	return answer_redirect(r, back_path(c, person.id), N_("The change is stored."));
}

/* ---- requests ----------------------------------------------------------------------- */

static Err requests_get(Ctx *c, Request *r)
{
	RequestsPage page = { .csrf = r->csrf };
	RETURN_IF_ERR(citizen_request_open(c, r->scope.programme, &page.requests));
	for (size_t i = 0; i < page.requests.n; i++)
		RETURN_IF_ERR(feature_log_read(c, "request.list", page.requests.at[i].participant));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Requests from citizens")) });
	decide_requests_html(h, &page);
	return page_close(r);
}

static Err request_handled_post(Ctx *c, Request *r)
{
	RequestId id = { request_id(r, "request") };
	ParticipantId who;
	RETURN_IF_ERR(citizen_request_about(c, id, &who));
	request_about(r, who);
	RETURN_IF_ERR(request_handle(c, r->scope.programme, id));
	return answer_redirect(r, STR("/henvendelser"), N_("The change is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}/beslutter", decide_get, MAY(DECIDE_WITH, OWN_UNIT), NULL),
	ROUTE(GET, "/borger/{participant}/samtykke", consent_new, MAY(DECIDE_WITH, OWN_UNIT), &prefill_form),
	ROUTE(POST, "/borger/{participant}/samtykke", consent_post, MAY(DECIDE_WITH, OWN_UNIT), &consent_form,
	      .again = consent_new),
	ROUTE(POST, "/borger/{participant}/samtykke/{consent}/tilbage", consent_withdraw_post,
	      MAY(DECIDE_WITH, OWN_UNIT), NULL),
	ROUTE(GET, "/borger/{participant}/forslag", suggest_new, MAY(DECIDE_WITH, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/forslag", suggest_post, MAY(DECIDE_WITH, OWN_UNIT), &suggest_form,
	      .again = suggest_new),
	ROUTE(POST, "/borger/{participant}/kode", code_post, MAY(DECIDE_WITH, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/kode/slut", ways_end_post, MAY(DECIDE_WITH, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/login/fjern", login_remove_post, MAY(DECIDE_WITH, OWN_UNIT), NULL),
	ROUTE(GET, "/borger/{participant}/relation", relation_new, MAY(DECIDE_WITH, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/relation", relation_post, MAY(DECIDE_WITH, OWN_UNIT), &relation_form,
	      .again = relation_new),
	ROUTE(POST, "/borger/{participant}/relation/{relation}/slut", relation_end_post, MAY(DECIDE_WITH, OWN_UNIT),
	      NULL),
	ROUTE(GET, "/henvendelser", requests_get, MAY(SEE_PEOPLE, OWN_PROGRAMME), NULL, .menu = N_("Requests"),
	      .menu_place = 45),
	ROUTE(POST, "/henvendelser/{request}/svaret", request_handled_post, MAY(REGISTER, OWN_PROGRAMME), NULL),
};
const RouteTable decide_routes = ROUTES(routes);
