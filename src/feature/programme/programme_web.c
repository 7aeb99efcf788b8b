#include "feature/programme/programme_web.h"

#include "feature/feature_web.h"
#include "feature/organisation/organisation_web.h"
#include "feature_html.h"
#include "programme_html.h"

#include <math.h>

static ProgrammeId asked(const Request *r)
{
	return (ProgrammeId){ request_id(r, "programme") };
}

static Str programme_path(Ctx *c, ProgrammeId id, const char *below)
{
	Str text = uuid_str(c->arena, id.v);
	return str_printf(c->arena, "/projekt/%.*s%s", STR_ARG(text), below);
}

static Err name_of(Ctx *c, OrganisationId id, Str *out)
{
	Organisation row;
	*out = STR_NONE;
	if (uuid_is_none(id.v))
		return OK;
	RETURN_IF_ERR(organisation_get(c, id, &row));
	*out = row.name;
	return OK;
}

static Err programme_page(Ctx *c, Request *r)
{
	ProgrammePage page = { .may_manage = policy_some(c->actor, OP_MANAGE),
			       .may_see_people = policy_may(c->actor, OP_REGISTER, REACH_OWN_PROGRAMME) == OK,
			       .may_see_pseudonyms =
				       policy_may(c->actor, OP_SEE_PSEUDONYMS, REACH_OWN_PROGRAMME) == OK };
	RETURN_IF_ERR(programme_get(c, asked(r), &page.programme));
	RETURN_IF_ERR(name_of(c, page.programme.owner, &page.owner));
	RETURN_IF_ERR(name_of(c, page.programme.funder, &page.funder));
	RETURN_IF_ERR(programme_partners(c, page.programme.id, clock_today(c->clock), &page.partners));
	RETURN_IF_ERR(places_history(c, page.programme.id, &page.places));
	RETURN_IF_ERR(programme_team(c, page.programme.id, &page.team));
	Html *h = page_open(
		c, r,
		&(Page){ .title = page.programme.name, .back = STR("/"), .back_text = str_of(T(c->lang, "Overview")) });
	programme_html(h, &page);
	return page_close(r);
}

/* A form of this room: heading, the programme's name, the fields. */
static Err form_page(Ctx *c, Request *r, const char *heading, FormView view)
{
	Programme g;
	RETURN_IF_ERR(programme_get(c, asked(r), &g));
	view.cancel = programme_path(c, g.id, "");
	Html *h = page_open(c, r, &(Page){ .title = str_of(heading), .back = view.cancel, .back_text = g.name });
	feature_form_head_html(h, heading, g.name);
	page_form(c, r, h, &view);
	return page_close(r);
}

static Err owner_and_funder(Ctx *c, FormOptions out[2])
{
	RETURN_IF_ERR(organisation_options(c, "owner", &out[0]));
	out[1] = out[0];
	out[1].field = "funder";
	return OK;
}

static Err programme_edit(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", NULL };
	Programme g;
	FormOptions options[2];
	RETURN_IF_ERR(programme_get(c, asked(r), &g));
	RETURN_IF_ERR(owner_and_funder(c, options));
	ProgrammeIn values = programme_in(&g);
	return form_page(c, r, T(c->lang, "Change the programme"),
			 (FormView){ .form = &programme_form,
				     .values = &values,
				     .options = options,
				     .option_count = 2,
				     .hidden = hidden,
				     .action = programme_path(c, g.id, "/ret") });
}

static Err programmes_get(Ctx *c, Request *r)
{
	ProgrammeList list;
	RETURN_IF_ERR(programme_all(c, &list));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Programmes")), .wide = true });
	programme_list_html(h, &list);
	return page_close(r);
}

/* Rules that most programmes have, to begin with; days are for the manager to say. */
static ProgrammeIn usual_programme(void)
{
	return (ProgrammeIn){ .starts = DATE_NONE,
			      .ends = DATE_NONE,
			      .intake_first = DATE_NONE,
			      .intake_last = DATE_NONE,
			      .status_date = DATE_NONE,
			      .gap_days = 7,
			      .retention_months = 6,
			      .followup_job_months = 3,
			      .followup_internship_days = 21,
			      .version = INT_NONE };
}

static Err programme_new(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", NULL };
	FormOptions options[2];
	ProgrammeIn values = usual_programme();
	const char *heading = T(c->lang, "New programme");
	RETURN_IF_ERR(owner_and_funder(c, options));
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(heading),
				     .back = STR("/projekter"),
				     .back_text = str_of(T(c->lang, "Programmes")) });
	programme_new_head_html(h, options[0].n > 0);
	page_form(c, r, h,
		  &(FormView){ .form = &programme_form,
			       .values = &values,
			       .options = options,
			       .option_count = 2,
			       .hidden = hidden,
			       .cancel = STR("/projekter") });
	return page_close(r);
}

static Err programme_new_post(Ctx *c, Request *r)
{
	ProgrammeId id;
	RETURN_IF_ERR(programme_add(c, r->in, &id));
	return answer_redirect(r, programme_path(c, id, ""),
			       N_("The programme is registered. Give it partners, and its manager a user."));
}

static Err programme_api_post(Ctx *c, Request *r)
{
	ProgrammeId id;
	RETURN_IF_ERR(programme_add(c, r->in, &id));
	return feature_answer_id(c, r, id.v);
}

static Err programme_edit_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(programme_change(c, asked(r), r->in));
	return answer_redirect(r, programme_path(c, asked(r), ""), N_("The change is stored."));
}

typedef struct {
	OrganisationId organisation;
	double staff_hours_week;
	int64_t places; /* INT_NONE: not agreed yet */
	Date valid_from;
} PartnerIn;
static const Field partner_fields[] = {
	FIELD(PartnerIn, organisation, FIELD_ID, N_("Organisation"), .required = true),
	FIELD(PartnerIn, staff_hours_week, FIELD_REAL, N_("Staff hours a week"),
	      .hint = N_("Hours of the partner's staff that the programme pays for"), .min = 0, .max = 10000),
	FIELD(PartnerIn, places, FIELD_INT, N_("Places"), .hint = N_("For how many citizens; empty until it is agreed"),
	      .min = 0, .max = 1e6),
	FIELD(PartnerIn, valid_from, FIELD_DATE, N_("Places from"),
	      .hint = N_("Empty: from the programme's first day")),
};
static const Form partner_form = FORM("partner", PartnerIn, partner_fields);

static Err partner_new(Ctx *c, Request *r)
{
	FormOptions options;
	PartnerIn values = { .staff_hours_week = (double)NAN, .places = INT_NONE, .valid_from = DATE_NONE };
	RETURN_IF_ERR(organisation_options(c, "organisation", &options));
	return form_page(c, r, T(c->lang, "New partner"),
			 (FormView){ .form = &partner_form,
				     .values = &values,
				     .options = &options,
				     .option_count = 1,
				     .action = programme_path(c, asked(r), "/partner") });
}

static Err partner_add(Ctx *c, ProgrammeId id, const PartnerIn *in)
{
	Programme g;
	RETURN_IF_ERR(programme_get(c, id, &g));
	RETURN_IF_ERR(programme_partner_add(c, id, in->organisation, in->staff_hours_week));
	if (in->places == INT_NONE)
		return OK;
	Date from = in->valid_from == DATE_NONE ? g.starts : in->valid_from;
	return programme_places_set(c, id, in->organisation, from, in->places, STR_NONE);
}

static Err partner_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(partner_add(c, asked(r), r->in));
	return answer_redirect(r, programme_path(c, asked(r), ""), N_("The partner is registered."));
}

static Err partner_api_post(Ctx *c, Request *r)
{
	const PartnerIn *in = r->in;
	RETURN_IF_ERR(partner_add(c, asked(r), in));
	return feature_answer_id(c, r, in->organisation.v);
}

typedef struct {
	OrganisationId organisation;
	Date valid_from;
	int64_t places;
	Str why;
} PlacesIn;
static const Field places_fields[] = {
	FIELD(PlacesIn, organisation, FIELD_ID, N_("Partner"), .required = true),
	FIELD(PlacesIn, valid_from, FIELD_DATE, N_("From"), .required = true),
	FIELD(PlacesIn, places, FIELD_INT, N_("Places"), .required = true, .min = 0, .max = 1e6),
	FIELD(PlacesIn, why, FIELD_TEXT, N_("Why"), .most = 500),
};
static const Form places_form = FORM("places", PlacesIn, places_fields);

static Err partner_options(Ctx *c, ProgrammeId id, FormOptions *out)
{
	PartnerRowList partners;
	RETURN_IF_ERR(programme_partners(c, id, clock_today(c->clock), &partners));
	FormOption *items = ARENA_ARRAY(c->arena, partners.n, FormOption);
	for (size_t i = 0; i < partners.n; i++)
		items[i] = (FormOption){ uuid_str(c->arena, partners.at[i].organisation.v), partners.at[i].name };
	*out = (FormOptions){ "organisation", items, partners.n };
	return OK;
}

static Err places_new(Ctx *c, Request *r)
{
	FormOptions options;
	PlacesIn values = { .valid_from = clock_today(c->clock), .places = INT_NONE };
	RETURN_IF_ERR(partner_options(c, asked(r), &options));
	return form_page(c, r, T(c->lang, "New number of places"),
			 (FormView){ .form = &places_form,
				     .values = &values,
				     .options = &options,
				     .option_count = 1,
				     .action = programme_path(c, asked(r), "/pladser") });
}

static Err places_post(Ctx *c, Request *r)
{
	const PlacesIn *in = r->in;
	RETURN_IF_ERR(programme_places_set(c, asked(r), in->organisation, in->valid_from, in->places, in->why));
	return answer_redirect(r, programme_path(c, asked(r), ""), N_("The change is stored."));
}

static const char *const member_hidden[] = { "version", NULL };

static Err member_new(Ctx *c, Request *r)
{
	FormOptions options;
	MemberIn values = {
		.role = ENUM_NONE, .since = clock_today(c->clock), .until = DATE_NONE, .version = INT_NONE
	};
	RETURN_IF_ERR(organisation_options(c, "organisation", &options));
	return form_page(c, r, T(c->lang, "New member of the team"),
			 (FormView){ .form = &member_form,
				     .values = &values,
				     .options = &options,
				     .option_count = 1,
				     .hidden = member_hidden,
				     .action = programme_path(c, asked(r), "/hold") });
}

static Err member_post(Ctx *c, Request *r)
{
	MemberId id;
	RETURN_IF_ERR(programme_member_add(c, asked(r), r->in, &id));
	return answer_redirect(r, programme_path(c, asked(r), ""), N_("The change is stored."));
}

/* The member, if of the programme that is asked for. */
static Err asked_member(Ctx *c, const Request *r, Member *out)
{
	RETURN_IF_ERR(member_get(c, (MemberId){ request_id(r, "member") }, out));
	return uuid_eq(out->programme.v, asked(r).v) ? OK : ERR_NOT_FOUND;
}

static Err member_edit(Ctx *c, Request *r)
{
	Member m;
	FormOptions options;
	RETURN_IF_ERR(asked_member(c, r, &m));
	RETURN_IF_ERR(organisation_options(c, "organisation", &options));
	MemberIn values = member_in(&m);
	return form_page(c, r, T(c->lang, "Change the member of the team"),
			 (FormView){ .form = &member_form,
				     .values = &values,
				     .options = &options,
				     .option_count = 1,
				     .hidden = member_hidden });
}

static Err member_edit_post(Ctx *c, Request *r)
{
	Member m;
	RETURN_IF_ERR(asked_member(c, r, &m));
	RETURN_IF_ERR(programme_member_change(c, m.id, r->in));
	return answer_redirect(r, programme_path(c, asked(r), ""), N_("The change is stored."));
}

static Err member_api_post(Ctx *c, Request *r)
{
	MemberId id;
	RETURN_IF_ERR(programme_member_add(c, asked(r), r->in, &id));
	return feature_answer_id(c, r, id.v);
}

static const Route routes[] = {
	ROUTE(GET, "/projekter", programmes_get, MAY(MANAGE, ANY), NULL, .menu = N_("Programmes"), .menu_place = 55),
	ROUTE(GET, "/projekter/ny", programme_new, MAY(MANAGE, ANY), NULL),
	ROUTE(POST, "/projekter/ny", programme_new_post, MAY(MANAGE, ANY), &programme_form, .again = programme_new),
	ROUTE(GET, "/projekt/{programme}", programme_page, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL),
	ROUTE(GET, "/projekt/{programme}/ret", programme_edit, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/ret", programme_edit_post, MAY(MANAGE, OWN_PROGRAMME), &programme_form,
	      .again = programme_edit),
	ROUTE(GET, "/projekt/{programme}/partner", partner_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/partner", partner_post, MAY(MANAGE, OWN_PROGRAMME), &partner_form,
	      .again = partner_new),
	ROUTE(GET, "/projekt/{programme}/pladser", places_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/pladser", places_post, MAY(MANAGE, OWN_PROGRAMME), &places_form,
	      .again = places_new),
	ROUTE(GET, "/projekt/{programme}/hold", member_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/hold", member_post, MAY(MANAGE, OWN_PROGRAMME), &member_form,
	      .again = member_new),
	ROUTE(GET, "/projekt/{programme}/hold/{member}", member_edit, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/hold/{member}", member_edit_post, MAY(MANAGE, OWN_PROGRAMME), &member_form,
	      .again = member_edit),
	ROUTE(POST, "/api/v1/programmes", programme_api_post, MAY(MANAGE, ANY), &programme_form, .answer = 201,
	      .summary = N_("Registers a programme"), .gives = &id_shape),
	ROUTE(POST, "/api/v1/programmes/{programme}/partners", partner_api_post, MAY(MANAGE, OWN_PROGRAMME),
	      &partner_form, .answer = 201, .summary = N_("Makes an organisation a partner of the programme"),
	      .gives = &id_shape),
	ROUTE(POST, "/api/v1/programmes/{programme}/members", member_api_post, MAY(MANAGE, OWN_PROGRAMME), &member_form,
	      .answer = 201, .summary = N_("Adds somebody to the programme's team"), .gives = &id_shape),
};
const RouteTable programme_routes = ROUTES(routes);
