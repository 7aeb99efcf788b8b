#include "feature/programme/programme_web.h"

#include "access/page.h"
#include "feature/organisation/organisation.h"
#include "feature_html.h"
#include "programme_html.h"

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
	ProgrammePage page = { .may_manage = policy_some(c->actor, OP_MANAGE) };
	RETURN_IF_ERR(programme_get(c, asked(r), &page.programme));
	RETURN_IF_ERR(name_of(c, page.programme.owner, &page.owner));
	RETURN_IF_ERR(name_of(c, page.programme.funder, &page.funder));
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

static Err organisation_options(Ctx *c, const char *field, FormOptions *out)
{
	OrganisationList list;
	RETURN_IF_ERR(organisation_all(c, &list));
	FormOption *items = ARENA_ARRAY(c->arena, list.n, FormOption);
	for (size_t i = 0; i < list.n; i++)
		items[i] = (FormOption){ uuid_str(c->arena, list.at[i].id.v), list.at[i].name };
	*out = (FormOptions){ field, items, list.n };
	return OK;
}

static Err programme_edit(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", NULL };
	Programme g;
	FormOptions options[2];
	RETURN_IF_ERR(programme_get(c, asked(r), &g));
	RETURN_IF_ERR(organisation_options(c, "owner", &options[0]));
	options[1] = options[0];
	options[1].field = "funder";
	ProgrammeIn values = programme_in(&g);
	return form_page(c, r, T(c->lang, "Change the programme"),
			 (FormView){ .form = &programme_form,
				     .values = &values,
				     .options = options,
				     .option_count = 2,
				     .hidden = hidden,
				     .action = programme_path(c, g.id, "/ret") });
}

static Err programme_edit_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(programme_change(c, asked(r), r->in));
	return answer_redirect(r, programme_path(c, asked(r), ""), N_("The change is stored."));
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

static Err member_new(Ctx *c, Request *r)
{
	FormOptions options;
	MemberIn values = { .role = ENUM_NONE, .since = clock_today(c->clock), .until = DATE_NONE };
	RETURN_IF_ERR(organisation_options(c, "organisation", &options));
	return form_page(c, r, T(c->lang, "New member of the team"),
			 (FormView){ .form = &member_form,
				     .values = &values,
				     .options = &options,
				     .option_count = 1,
				     .action = programme_path(c, asked(r), "/hold") });
}

static Err member_post(Ctx *c, Request *r)
{
	MemberId id;
	RETURN_IF_ERR(programme_member_add(c, asked(r), r->in, &id));
	return answer_redirect(r, programme_path(c, asked(r), ""), N_("The change is stored."));
}

typedef struct {
	Date until;
	int64_t version;
} MemberEndIn;
static const Field member_end_fields[] = {
	FIELD(MemberEndIn, until, FIELD_DATE, N_("Last day on the team"), .hint = N_("Empty while it goes on")),
	FIELD(MemberEndIn, version, FIELD_INT, N_("Version"), .required = true, .min = 1, .max = 1e9),
};
static const Form member_end_form = FORM("member_end", MemberEndIn, member_end_fields);

/* The member, if of the programme that is asked for. */
static Err asked_member(Ctx *c, const Request *r, Member *out)
{
	RETURN_IF_ERR(member_get(c, (MemberId){ request_id(r, "member") }, out));
	return uuid_eq(out->programme.v, asked(r).v) ? OK : ERR_NOT_FOUND;
}

static Err member_end(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", NULL };
	Member m;
	RETURN_IF_ERR(asked_member(c, r, &m));
	MemberEndIn values = { m.until, m.version };
	return form_page(c, r, str_z(c->arena, m.name),
			 (FormView){ .form = &member_end_form, .values = &values, .hidden = hidden });
}

static Err member_end_post(Ctx *c, Request *r)
{
	const MemberEndIn *in = r->in;
	Member m;
	RETURN_IF_ERR(asked_member(c, r, &m));
	RETURN_IF_ERR(programme_member_end(c, m.id, in->version, in->until));
	return answer_redirect(r, programme_path(c, asked(r), ""), N_("The change is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/projekt/{programme}", programme_page, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL),
	ROUTE(GET, "/projekt/{programme}/ret", programme_edit, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/ret", programme_edit_post, MAY(MANAGE, OWN_PROGRAMME), &programme_form,
	      .again = programme_edit),
	ROUTE(GET, "/projekt/{programme}/pladser", places_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/pladser", places_post, MAY(MANAGE, OWN_PROGRAMME), &places_form,
	      .again = places_new),
	ROUTE(GET, "/projekt/{programme}/hold", member_new, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/hold", member_post, MAY(MANAGE, OWN_PROGRAMME), &member_form,
	      .again = member_new),
	ROUTE(GET, "/projekt/{programme}/hold/{member}", member_end, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/hold/{member}", member_end_post, MAY(MANAGE, OWN_PROGRAMME), &member_end_form,
	      .again = member_end),
};
const RouteTable programme_routes = ROUTES(routes);
