#include "feature/organisation/organisation_web.h"

#include "base/danish.h"
#include "feature/feature_web.h"
#include "organisation_html.h"

Err organisation_options(Ctx *c, const char *field, FormOptions *out)
{
	OrganisationList list;
	RETURN_IF_ERR(organisation_all(c, &list));
	FormOption *items = ARENA_ARRAY(c->arena, list.n, FormOption);
	for (size_t i = 0; i < list.n; i++)
		items[i] = (FormOption){ uuid_str(c->arena, list.at[i].id.v), list.at[i].name };
	*out = (FormOptions){ field, items, list.n };
	return OK;
}

static Err organisations_get(Ctx *c, Request *r)
{
	OrganisationList list;
	RETURN_IF_ERR(organisation_all(c, &list));
	OrganisationLine *at = ARENA_ARRAY(c->arena, list.n, OrganisationLine);
	for (size_t i = 0; i < list.n; i++) {
		const Organisation *o = &list.at[i];
		const char *place = o->municipality == INT_NONE ? NULL : municipality_name(o->municipality);
		at[i] = (OrganisationLine){ o->id, o->name, (int)o->kind, place, o->cvr };
	}
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Organisations")), .wide = true });
	organisation_list_html(h, &(OrganisationLines){ at, list.n });
	return page_close(r);
}

static Err form_page(Ctx *c, Request *r, const char *heading, const OrganisationIn *values)
{
	static const char *const hidden[] = { "version", NULL };
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(heading),
				     .back = STR("/organisationer"),
				     .back_text = str_of(T(c->lang, "Organisations")) });
	organisation_form_head_html(h, heading);
	page_form(c, r, h,
		  &(FormView){ .form = &organisation_form,
			       .values = values,
			       .hidden = hidden,
			       .cancel = STR("/organisationer") });
	return page_close(r);
}

static Err organisation_new(Ctx *c, Request *r)
{
	OrganisationIn values = { .kind = ENUM_NONE, .municipality = INT_NONE, .version = INT_NONE };
	return form_page(c, r, T(c->lang, "New organisation"), &values);
}

static Err organisation_new_post(Ctx *c, Request *r)
{
	OrganisationId id;
	RETURN_IF_ERR(organisation_add(c, r->in, &id));
	return answer_redirect(r, STR("/organisationer"), N_("The organisation is registered."));
}

static Err organisation_edit(Ctx *c, Request *r)
{
	Organisation row;
	RETURN_IF_ERR(organisation_get(c, (OrganisationId){ request_id(r, "organisation") }, &row));
	OrganisationIn values = organisation_in(&row);
	return form_page(c, r, T(c->lang, "Change the organisation"), &values);
}

static Err organisation_edit_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(organisation_change(c, (OrganisationId){ request_id(r, "organisation") }, r->in));
	return answer_redirect(r, STR("/organisationer"), N_("The change is stored."));
}

static const Field row_fields[] = {
	FIELD(Organisation, id, FIELD_ID, N_("Identifier"), .required = true),
	FIELD(Organisation, name, FIELD_TEXT, N_("Name"), .required = true),
	FIELD(Organisation, kind, FIELD_ENUM, N_("Kind"), .required = true, .choices = &organisation_kind_table),
	FIELD(Organisation, municipality, FIELD_MUNICIPALITY, N_("Municipality")),
	FIELD(Organisation, cvr, FIELD_CVR, N_("CVR number")),
};
static const Form row_form = FORM("organisation_row", Organisation, row_fields);
static const Shape row_shape = { .form = &row_form };
static const ShapePart list_parts[] = { { "organisations", &row_shape, .list = true } };
static const Shape list_shape = SHAPE(NULL, list_parts);

static Err organisations_api(Ctx *c, Request *r)
{
	OrganisationList list;
	RETURN_IF_ERR(organisation_all(c, &list));
	return feature_answer_rows(c, r, list.at, list.n);
}

static Err organisation_api_post(Ctx *c, Request *r)
{
	OrganisationId id;
	RETURN_IF_ERR(organisation_add(c, r->in, &id));
	return feature_answer_id(c, r, id.v);
}

static const Route routes[] = {
	ROUTE(GET, "/organisationer", organisations_get, MAY(MANAGE, ANY), NULL, .menu = N_("Organisations"),
	      .menu_place = 60),
	ROUTE(GET, "/organisationer/ny", organisation_new, MAY(MANAGE, ANY), NULL),
	ROUTE(POST, "/organisationer/ny", organisation_new_post, MAY(MANAGE, ANY), &organisation_form,
	      .again = organisation_new),
	ROUTE(GET, "/organisation/{organisation}/ret", organisation_edit, MAY(MANAGE, ANY), NULL),
	ROUTE(POST, "/organisation/{organisation}/ret", organisation_edit_post, MAY(MANAGE, ANY), &organisation_form,
	      .again = organisation_edit),
	ROUTE(GET, "/api/v1/organisations", organisations_api, MAY(MANAGE, ANY), NULL,
	      .summary = N_("Every organisation, by name"), .gives = &list_shape),
	ROUTE(POST, "/api/v1/organisations", organisation_api_post, MAY(MANAGE, ANY), &organisation_form, .answer = 201,
	      .summary = N_("Registers an organisation"), .gives = &id_shape),
};
const RouteTable organisation_routes = ROUTES(routes);
