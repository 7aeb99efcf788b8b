#include "feature/participant/participant_web.h"

#include "feature/feature_web.h"
#include "feature/programme/programme.h"
#include "feature/referral/referral.h"
#include "participant_html.h"

/* The actor's programme; NOT_FOUND for those who have none. */
static Err own_programme(Ctx *c, const Request *r, Programme *out)
{
	return uuid_is_none(r->scope.programme.v) ? ERR_NOT_FOUND : programme_get(c, r->scope.programme, out);
}

/* Partners to choose from: one's own unit, or all. */
static Err partner_options(Ctx *c, const Request *r, ProgrammeId programme, FormOptions *out)
{
	PartnerRowList partners;
	RETURN_IF_ERR(programme_partners(c, programme, clock_today(c->clock), &partners));
	FormOption *items = ARENA_ARRAY(c->arena, partners.n, FormOption);
	size_t n = 0;
	for (size_t i = 0; i < partners.n; i++) {
		Uuid id = partners.at[i].organisation.v;
		if (uuid_is_none(r->scope.organisation.v) || uuid_eq(id, r->scope.organisation.v))
			items[n++] = (FormOption){ uuid_str(c->arena, id), partners.at[i].name };
	}
	*out = (FormOptions){ "partner", items, n };
	return OK;
}

/* Who chooses among several partners' people is told whose each is. */
static Str person_label(Ctx *c, const Request *r, const Member *m, const PartnerRowList *partners)
{
	for (size_t i = 0; i < partners->n && uuid_is_none(r->scope.organisation.v); i++)
		if (uuid_eq(partners->at[i].organisation.v, m->organisation.v))
			return str_printf(c->arena, "%.*s (%.*s)", STR_ARG(m->name), STR_ARG(partners->at[i].name));
	return m->name;
}

static Err person_options(Ctx *c, const Request *r, ProgrammeId programme, FormOptions *out)
{
	MemberList team;
	PartnerRowList partners;
	Date today = clock_today(c->clock);
	RETURN_IF_ERR(programme_team(c, programme, &team));
	RETURN_IF_ERR(programme_partners(c, programme, today, &partners));
	FormOption *items = ARENA_ARRAY(c->arena, team.n, FormOption);
	size_t n = 0;
	for (size_t i = 0; i < team.n; i++) {
		const Member *m = &team.at[i];
		bool own = uuid_is_none(r->scope.organisation.v) || uuid_eq(m->organisation.v, r->scope.organisation.v);
		if (own && m->role == MEMBER_CONTACT_PERSON && (m->until == DATE_NONE || m->until >= today))
			items[n++] = (FormOption){ uuid_str(c->arena, m->id.v), person_label(c, r, m, &partners) };
	}
	*out = (FormOptions){ "contact_person", items, n };
	return OK;
}

static Err both_options(Ctx *c, const Request *r, ProgrammeId programme, FormOptions out[2])
{
	RETURN_IF_ERR(partner_options(c, r, programme, &out[0]));
	return person_options(c, r, programme, &out[1]);
}

static const List list = { "/borgere", &participant_search_form, &participant_address_form };

static Err participants_get(Ctx *c, Request *r)
{
	static const ParticipantSearch nothing = { .list = LIST_NOTHING, .status = ENUM_NONE };
	ParticipantSearch search = r->in == NULL ? nothing : *(const ParticipantSearch *)r->in;
	ParticipantListPage page = { .may_register = policy_some(c->actor, OP_REGISTER) };
	int64_t total = 0;
	FormOptions options[2];
	Programme programme;
	RETURN_IF_ERR(own_programme(c, r, &programme));
	RETURN_IF_ERR(both_options(c, r, programme.id, options));
	RETURN_IF_ERR(list_unseal(c, r, &search.list));
	RETURN_IF_ERR(
		participant_search(c, &r->scope, programme.id, &search, clock_today(c->clock), &page.rows, &total));
	feature_log_search(c, r, "participant.search");
	page.list = list_page(c, r, &list, &search, total, page.rows.n);
	Html *h = list_open_page(c, r,
				 &(ListView){ .list = &list,
					      .title = T(c->lang, "Citizens"),
					      .add = T(c->lang, "Admit a citizen"),
					      .add_path = "/borgere/ny",
					      .may_add = page.may_register,
					      .search = &search,
					      .options = options,
					      .option_count = 2,
					      .hidden = uuid_is_none(r->scope.organisation.v) ? NULL : "archived" });
	participant_found_html(h, &page, T(c->lang, "Citizens"));
	return page_close(r);
}

static Err participants_post(Ctx *c, Request *r)
{
	return list_post(c, r, &list);
}

static Err form_page(Ctx *c, Request *r, const char *heading, const Programme *programme, FormView view)
{
	FormOptions options[2];
	RETURN_IF_ERR(both_options(c, r, programme->id, options));
	view.form = &participant_form;
	view.options = options;
	view.option_count = 2;
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(heading),
				     .back = STR("/borgere"),
				     .back_text = str_of(T(c->lang, "Citizens")) });
	participant_form_head_html(h, heading, programme->name);
	page_form(c, r, h, &view);
	return page_close(r);
}

static Err participant_new(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", NULL };
	Programme programme;
	RETURN_IF_ERR(own_programme(c, r, &programme));
	ParticipantIn values = { .gender = ENUM_NONE,
				 .municipality = INT_NONE,
				 .partner = r->scope.organisation,
				 .contact_person = c->actor->member,
				 .admitted = DATE_NONE,
				 .status = ENUM_NONE,
				 .version = INT_NONE };
	return form_page(
		c, r, T(c->lang, "Admit a citizen"), &programme,
		(FormView){
			.values = &values, .hidden = hidden, .action = STR("/borgere/ny"), .cancel = STR("/borgere") });
}

/* The partner must be within the scope, too. */
static Err check_scope(Ctx *c, const Request *r, const ParticipantIn *in)
{
	if (uuid_is_none(r->scope.organisation.v) || uuid_eq(r->scope.organisation.v, in->partner.v))
		return OK;
	return refuse(c, "partner", "%s", T(c->lang, "You work for another partner."));
}

/* Allowed, since places are a plan, and told. */
static Err is_over_places(Ctx *c, ProgrammeId programme, OrganisationId partner, bool *out)
{
	PartnerRowList rows;
	RETURN_IF_ERR(programme_partners(c, programme, clock_today(c->clock), &rows));
	*out = false;
	for (size_t i = 0; i < rows.n; i++)
		*out = *out ||
		       (uuid_eq(rows.at[i].organisation.v, partner.v) && programme_places_left(&rows.at[i]) < 0);
	return OK;
}

/* Whoever admits by hand is told of the referral that this has answered: its caseworker follows the citizen now. */
static const char *admitted_notice(bool over, bool referred)
{
	if (referred)
		return over ? N_("The citizen is admitted, and the referral that waited is answered by that. The "
				 "partner now has more citizens than places.")
			    : N_("The citizen is admitted, and the referral that waited is answered by that.");
	return over ? N_("The citizen is admitted. The partner now has more citizens than places.")
		    : N_("The citizen is admitted.");
}

static Err participant_new_post(Ctx *c, Request *r)
{
	Programme programme;
	ParticipantId id;
	bool over;
	ReferralStory story;
	RETURN_IF_ERR(own_programme(c, r, &programme));
	RETURN_IF_ERR(check_scope(c, r, r->in));
	RETURN_IF_ERR(participant_admit(c, programme.id, r->in, &id));
	RETURN_IF_ERR(is_over_places(c, programme.id, ((const ParticipantIn *)r->in)->partner, &over));
	RETURN_IF_ERR(referral_story(c, id, &story));
	return answer_redirect(r, feature_person_path(c, id, ""), admitted_notice(over, story.referred));
}

static Err participant_edit(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", "status", NULL }; /* a status has its own page */
	Person person;
	Participant row;
	Programme programme;
	ParticipantId id = { request_id(r, "participant") };
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, id, &person));
	RETURN_IF_ERR(participant_get(c, id, &row));
	RETURN_IF_ERR(programme_get(c, row.programme, &programme));
	RETURN_IF_ERR(feature_log_read(c, "participant.view", id));
	ParticipantIn values = participant_in(&row);
	return form_page(c, r, T(c->lang, "Change what is known about the citizen"), &programme,
			 (FormView){ .values = &values,
				     .hidden = hidden,
				     .action = feature_person_path(c, id, "/ret"),
				     .cancel = feature_person_path(c, id, "") });
}

static Err participant_edit_post(Ctx *c, Request *r)
{
	Person person;
	ParticipantId id = { request_id(r, "participant") };
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, id, &person));
	RETURN_IF_ERR(check_scope(c, r, r->in));
	RETURN_IF_ERR(participant_change(c, id, r->in));
	return answer_redirect(r, feature_person_path(c, id, ""), N_("The change is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/borgere", participants_get, MAY(SEE_PEOPLE, OWN_UNIT), &participant_address_form,
	      .menu = N_("Citizens"), .menu_place = 20),
	ROUTE(POST, "/borgere", participants_post, MAY(SEE_PEOPLE, OWN_UNIT), &participant_search_form,
	      .lane = LANE_READ, .again = participants_get),
	ROUTE(GET, "/borgere/ny", participant_new, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/borgere/ny", participant_new_post, MAY(REGISTER, OWN_UNIT), &participant_form,
	      .again = participant_new),
	ROUTE(GET, "/borger/{participant}/ret", participant_edit, MAY(DECIDE_WITH, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/ret", participant_edit_post, MAY(DECIDE_WITH, OWN_UNIT), &participant_form,
	      .again = participant_edit),
};
const RouteTable participant_routes = ROUTES(routes);

static const Field row_fields[] = {
	FIELD(ParticipantRow, id, FIELD_ID, N_("Identifier"), .required = true),
	FIELD(ParticipantRow, name, FIELD_TEXT, N_("Name"), .required = true),
	FIELD(ParticipantRow, partner_name, FIELD_TEXT, N_("Partner"), .required = true),
	FIELD(ParticipantRow, contact_person_name, FIELD_TEXT, N_("Contact person")),
	FIELD(ParticipantRow, admitted, FIELD_DATE, N_("Admitted"), .required = true),
	FIELD(ParticipantRow, status, FIELD_ENUM, N_("Status"), .choices = &status_code_table),
	FIELD(ParticipantRow, last_contact, FIELD_DATE, N_("Last contact")),
};
static const Form row_form = FORM("participant", ParticipantRow, row_fields);
static const Shape row_shape = { .form = &row_form };
static const ShapePart list_parts[] = { { "participants", &row_shape, .list = true } };
static const Shape list_shape = LIST_SHAPE(list_parts);

static Err participants_api(Ctx *c, Request *r)
{
	ParticipantRowList rows;
	Programme programme;
	int64_t total = 0;
	RETURN_IF_ERR(own_programme(c, r, &programme));
	RETURN_IF_ERR(participant_search(c, &r->scope, programme.id, r->in, clock_today(c->clock), &rows, &total));
	feature_log_search(c, r, "participant.search");
	return list_answer(c, r, rows.at, rows.n, total);
}

/* A handler's name is an operation's, and each has its own. */
static Err participants_api_search(Ctx *c, Request *r)
{
	return participants_api(c, r);
}

static Err participants_api_post(Ctx *c, Request *r)
{
	Programme programme;
	ParticipantId id;
	RETURN_IF_ERR(own_programme(c, r, &programme));
	RETURN_IF_ERR(check_scope(c, r, r->in));
	RETURN_IF_ERR(participant_admit(c, programme.id, r->in, &id));
	return feature_answer_id(c, r, id.v);
}

static const Route api_routes[] = {
	ROUTE(GET, "/api/v1/participants", participants_api, MAY(SEE_PEOPLE, OWN_UNIT), &participant_filter_form,
	      .summary = N_("The citizens that you may see, by name, page by page"), .gives = &list_shape),
	ROUTE(POST, "/api/v1/participants/search", participants_api_search, MAY(SEE_PEOPLE, OWN_UNIT),
	      &participant_search_form, .lane = LANE_READ,
	      .summary = N_("The same by a part of the name, which stands in no address"), .gives = &list_shape),
	ROUTE(POST, "/api/v1/participants", participants_api_post, MAY(REGISTER, OWN_UNIT), &participant_form,
	      .answer = 201, .summary = N_("Admits a citizen to your programme"), .gives = &id_shape),
};
const RouteTable participant_api_routes = ROUTES(api_routes);
