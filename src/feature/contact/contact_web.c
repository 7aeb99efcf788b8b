#include "feature/contact/contact_web.h"

#include "contact_html.h"
#include "feature/company/company_web.h"
#include "feature/contact/contact.h"
#include "feature/feature_web.h"
#include "feature/programme/programme.h"

/* Kind and place in one choice, so that a phone needs one input for both. */
enum { HOW_MEETINGS = 6 };
static const EnumRow hows[] = {
	{ "job_centre", N_("Meeting at the job centre") },
	{ "ngo", N_("Meeting at the NGO") },
	{ "home", N_("Meeting at home") },
	{ "walk_and_talk", N_("Walk and talk") },
	{ "company", N_("Meeting at a company") },
	{ "other", N_("Meeting elsewhere") },
	{ "phone", N_("Phone call") },
	{ "sms", N_("SMS") },
	{ "email", N_("E-mail") },
};
static const EnumTable how_table = ENUM_TABLE("contact_how", hows);

typedef struct {
	ContactId id;
	int how;
	Str about; /* "citizen", "network", "job_search:COMPANY", "retention:COMPANY" */
	int64_t minutes;
	Str note;
	bool follow_up;
} QuickIn;
static const Field quick_fields[] = {
	FIELD(QuickIn, id, FIELD_ID, N_("Identifier")),
	FIELD(QuickIn, how, FIELD_ENUM, N_("How"), .required = true, .choices = &how_table),
	FIELD(QuickIn, about, FIELD_TEXT, N_("About"), .required = true, .most = 60),
	FIELD(QuickIn, minutes, FIELD_INT, N_("Minutes"), .min = 0, .max = 1440),
	FIELD(QuickIn, note, FIELD_NOTE, N_("Note"), .most = CONTACT_NOTE_MOST, .encrypted = true),
	FIELD(QuickIn, follow_up, FIELD_BOOL, N_("This was a follow-up")),
};
static const Form quick_form = FORM("contact_quick", QuickIn, quick_fields);

/* What a link to the form may have chosen already. */
typedef struct {
	Str about;
	bool follow_up;
} PrefillIn;
static const Field prefill_fields[] = {
	FIELD(PrefillIn, about, FIELD_TEXT, N_("About"), .most = 60),
	FIELD(PrefillIn, follow_up, FIELD_BOOL, N_("This was a follow-up")),
};
static const Form prefill_form = FORM("contact_prefill", PrefillIn, prefill_fields);

static ParticipantId asked_participant(const Request *r)
{
	return (ParticipantId){ request_id(r, "participant") };
}

static Str about_company(Ctx *c, const char *purpose, CompanyId id)
{
	Str text = uuid_str(c->arena, id.v);
	return str_printf(c->arena, "%s:%.*s", purpose, STR_ARG(text));
}

static FormOption option_of(Ctx *c, const ContactCompany *v)
{
	bool placed = v->placed > 0;
	const char *what = placed ? T(c->lang, "keeping the job") : T(c->lang, "looking for a job");
	return (FormOption){ about_company(c, placed ? "retention" : "job_search", v->id),
			     str_printf(c->arena, "%.*s: %s", STR_ARG(v->name), what) };
}

/* What the citizen says yes to is for those alone who write it down: not for an emergency. */
static bool may_decide(const Ctx *c, const Person *person)
{
	return policy_covers(c, OP_DECIDE_WITH, person->programme, person->partner);
}

/* The citizen, the companies there has been something with, the network. In an emergency no companies: who stands there
 * would tell what the citizen says yes to. */
static Err about_options(Ctx *c, const Person *person, FormOptions *out)
{
	ContactCompanyList companies = { NULL, 0 };
	if (may_decide(c, person))
		RETURN_IF_ERR(contact_companies(c, person->id, clock_today(c->clock), &companies));
	FormOption *items = ARENA_ARRAY(c->arena, companies.n + 2, FormOption);
	size_t n = 0;
	items[n++] = (FormOption){ STR("citizen"), str_of(T(c->lang, "The citizen")) };
	for (size_t i = 0; i < companies.n; i++)
		items[n++] = option_of(c, &companies.at[i]);
	items[n++] = (FormOption){ STR("network"), str_of(T(c->lang, "Professional network")) };
	*out = (FormOptions){ "about", items, n };
	return OK;
}

static QuickIn quick_values(Ctx *c, const Request *r)
{
	const PrefillIn *in = r->in;
	QuickIn q = {
		.id = { uuid_v7(c->clock, c->random) }, .how = ENUM_NONE, .about = STR("citizen"), .minutes = INT_NONE
	};
	if (in != NULL && !str_is_empty(in->about))
		q.about = in->about;
	if (in != NULL)
		q.follow_up = in->follow_up;
	return q;
}

/* Whom a form that is shown again was about; none: the citizen. */
static Str asked_company(const Request *r)
{
	Str about = request_typed(r, "about"), word;
	return str_split(&about, ':', &word) && !str_is_none(about) ? about : request_typed(r, "company");
}

/* From a refusal for want of the citizen's yes to writing that down. */
static void show_way(Ctx *c, const Request *r, const Person *person, FormView *view)
{
	if (!r->denied || !may_decide(c, person))
		return;
	Str company = url_encode(c->arena, asked_company(r));
	Str below = str_printf(c->arena, "/samtykke?purpose=contact_company&receiver=%.*s", STR_ARG(company));
	view->way = feature_person_path(c, person->id, str_z(c->arena, below));
	view->way_text = T(c->lang, "Write down the citizen's consent");
}

/* The page that both forms stand on; `view` without what they share. */
static Err contact_page_with(Ctx *c, Request *r, FormView view, bool all)
{
	static const char *const hidden[] = { "id", "participant", "placement", "member", NULL };
	ContactPage model = { .all = all };
	RETURN_IF_ERR(feature_asked_person(c, r, &model.person));
	RETURN_IF_ERR(feature_log_read(c, "participant.form", model.person.id));
	view.cancel = feature_person_path(c, model.person.id, "");
	view.submit = T(c->lang, "Register now");
	view.hidden = hidden;
	view.in_place = true;
	show_way(c, r, &model.person, &view);
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "Register a contact")),
				     .back = view.cancel,
				     .back_text = model.person.name });
	contact_head_html(h, &model);
	contact_place_open_html(h);
	page_form(c, r, h, &view);
	contact_place_close_html(h);
	contact_foot_html(h, &model);
	return page_close(r);
}

static Err contact_new(Ctx *c, Request *r)
{
	QuickIn values = quick_values(c, r);
	Person person;
	FormOptions about;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(about_options(c, &person, &about));
	return contact_page_with(c, r,
				 (FormView){ .form = &quick_form,
					     .values = &values,
					     .action = feature_person_path(c, asked_participant(r), "/kontakt"),
					     .options = &about,
					     .option_count = 1 },
				 false);
}

static Err contact_all_new(Ctx *c, Request *r)
{
	ContactIn values = { .id = { uuid_v7(c->clock, c->random) },
			     .participant = asked_participant(r),
			     .at = clock_now(c->clock),
			     .kind = ENUM_NONE,
			     .purpose = ENUM_NONE,
			     .place = ENUM_NONE,
			     .minutes = INT_NONE };
	FormOptions companies;
	RETURN_IF_ERR(company_options(c, r, values.company, &companies));
	return contact_page_with(c, r,
				 (FormView){ .form = &contact_form,
					     .values = &values,
					     .action = feature_person_path(c, values.participant, "/kontakt/alle"),
					     .options = &companies,
					     .option_count = 1 },
				 true);
}

/* "retention:0190…" into purpose and company. */
static Err take_about(Ctx *c, Str about, ContactIn *out)
{
	Str rest = about, word = STR_NONE;
	(void)str_split(&rest, ':', &word);
	if (str_eq_z(word, "citizen"))
		out->purpose = PURPOSE_CITIZEN;
	else if (str_eq_z(word, "network"))
		out->purpose = PURPOSE_NETWORK;
	else if (str_eq_z(word, "retention") && uuid_parse(rest, &out->company.v))
		out->purpose = PURPOSE_COMPANY_RETENTION;
	else if (str_eq_z(word, "job_search") && uuid_parse(rest, &out->company.v))
		out->purpose = PURPOSE_COMPANY_JOB_SEARCH;
	else
		return refuse(c, "about", "%s", T(c->lang, "This is not one of the choices."));
	return OK;
}

/* In the form's place what was registered, as it is stored. */
static Err show_done(Ctx *c, Request *r, ContactId id, ContactDone *done)
{
	Company company;
	RETURN_IF_ERR(contact_get(c, id, &done->contact));
	if (!uuid_is_none(done->contact.company.v)) {
		RETURN_IF_ERR(company_get(c, done->contact.company, &company));
		done->company = company.name;
	}
	contact_done_html(page_open(c, r, &(Page){ .title = done->person.name }), done);
	return page_close(r);
}

static Err register_and_return(Ctx *c, Request *r, const ContactIn *in)
{
	ContactDone done = { 0 };
	ContactId id;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, in->participant, &done.person));
	RETURN_IF_ERR(contact_register(c, in, &id));
	if (request_partial(r))
		return show_done(c, r, id, &done);
	return answer_redirect(r, feature_person_path(c, in->participant, ""), N_("The contact is registered."));
}

static Err contact_post(Ctx *c, Request *r)
{
	const QuickIn *q = r->in;
	bool met = q->how < HOW_MEETINGS;
	ContactIn in = { .id = q->id,
			 .participant = asked_participant(r),
			 .at = TIME_NONE,
			 .kind = met ? CONTACT_MEETING : CONTACT_PHONE + (q->how - HOW_MEETINGS),
			 .place = met ? q->how : ENUM_NONE,
			 .follow_up = q->follow_up,
			 .minutes = q->minutes,
			 .note = q->note };
	RETURN_IF_ERR(take_about(c, q->about, &in));
	Err e = register_and_return(c, r, &in);
	for (size_t i = 0; i < c->problem_count && i < PROBLEMS_MOST; i++)
		if (str_eq_z(c->problems[i].field, "company")) /* what this form calls "about" */
			c->problems[i].field = STR("about");
	return e;
}

static Err contact_all_post(Ctx *c, Request *r)
{
	ContactIn in = *(const ContactIn *)r->in;
	in.participant = asked_participant(r);
	return register_and_return(c, r, &in);
}

static Err contact_removing(Ctx *c, Request *r)
{
	ContactRemovePage page = { .csrf = r->csrf };
	RETURN_IF_ERR(feature_asked_person(c, r, &page.person));
	RETURN_IF_ERR(contact_get(c, (ContactId){ request_id(r, "contact") }, &page.contact));
	if (!uuid_eq(page.contact.participant.v, page.person.id.v))
		return ERR_NOT_FOUND;
	RETURN_IF_ERR(feature_log_read(c, "contact.view", page.person.id));
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "Remove the contact?")),
				     .back = feature_person_path(c, page.person.id, ""),
				     .back_text = page.person.name });
	contact_remove_html(h, &page);
	return page_close(r);
}

static Err contact_remove_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(contact_remove(c, person.id, (ContactId){ request_id(r, "contact") },
				     ((const ContactRemoveIn *)r->in)->version));
	return answer_redirect(r, feature_person_path(c, person.id, ""), N_("The contact is removed."));
}

/* Everybody who is or was on the programme's team. */
static Err member_options(Ctx *c, ProgrammeId programme, FormOptions *out)
{
	MemberList team;
	RETURN_IF_ERR(programme_team(c, programme, &team));
	FormOption *items = ARENA_ARRAY(c->arena, team.n, FormOption);
	for (size_t i = 0; i < team.n; i++)
		items[i] = (FormOption){ uuid_str(c->arena, team.at[i].id.v), team.at[i].name };
	*out = (FormOptions){ "member", items, team.n };
	return OK;
}

static Err contact_edit(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", NULL };
	Person person;
	Contact row;
	FormOptions options[2];
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(contact_get(c, (ContactId){ request_id(r, "contact") }, &row));
	if (!uuid_eq(row.participant.v, person.id.v))
		return ERR_NOT_FOUND;
	RETURN_IF_ERR(company_options(c, r, row.company, &options[0]));
	RETURN_IF_ERR(member_options(c, person.programme, &options[1]));
	RETURN_IF_ERR(feature_log_read(c, "contact.view", person.id));
	ContactIn values = contact_in(&row);
	FormView view = {
		.form = &contact_change_form, .values = &values, .options = options, .option_count = 2, .hidden = hidden
	};
	Html *h;
	show_way(c, r, &person, &view);
	RETURN_IF_ERR(feature_person_form_open(c, r, &person, T(c->lang, "Correct the contact"), view, &h));
	contact_to_remove_html(h, person.id, row.id);
	return page_close(r);
}

static Err contact_edit_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(contact_change(c, person.id, (ContactId){ request_id(r, "contact") }, r->in));
	return answer_redirect(r, feature_person_path(c, person.id, ""), N_("The change is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}/kontakt", contact_new, MAY(REGISTER, OWN_UNIT), &prefill_form),
	ROUTE(POST, "/borger/{participant}/kontakt", contact_post, MAY(REGISTER, OWN_UNIT), &quick_form,
	      .again = contact_new),
	ROUTE(GET, "/borger/{participant}/kontakt/alle", contact_all_new, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/kontakt/alle", contact_all_post, MAY(REGISTER, OWN_UNIT), &contact_form,
	      .again = contact_all_new),
	ROUTE(GET, "/borger/{participant}/kontakt/{contact}/ret", contact_edit, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/kontakt/{contact}/ret", contact_edit_post, MAY(REGISTER, OWN_UNIT),
	      &contact_change_form, .again = contact_edit),
	ROUTE(GET, "/borger/{participant}/kontakt/{contact}/fjern", contact_removing, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/kontakt/{contact}/fjern", contact_remove_post, MAY(REGISTER, OWN_UNIT),
	      &contact_remove_form, .again = contact_removing),
};
const RouteTable contact_routes = ROUTES(routes);
