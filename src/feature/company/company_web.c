#include "feature/company/company_web.h"

#include "base/danish.h"
#include "company_html.h"
#include "feature/feature_web.h"

#include <math.h>

static Str company_path(Ctx *c, CompanyId id, const char *below)
{
	Str text = uuid_str(c->arena, id.v);
	return str_printf(c->arena, "/virksomhed/%.*s%s", STR_ARG(text), below);
}

Err company_options(Ctx *c, const Request *r, CompanyId stored, FormOptions *out)
{
	CompanyNameList names;
	CompanyId chosen = stored;
	bool more = false;
	*out = (FormOptions){ .field = "company" };
	if (r->again != 0) {
		out->typed = request_typed(r, "company_find");
		(void)uuid_parse(request_typed(r, "company"), &chosen.v); /* else what is stored */
	}
	RETURN_IF_ERR(company_find(c, out->typed, chosen, &names, &more));
	FormOption *items = ARENA_ARRAY(c->arena, names.n, FormOption);
	for (size_t i = 0; i < names.n; i++)
		items[i] = (FormOption){ uuid_str(c->arena, names.at[i].id.v), names.at[i].name };
	out->items = items;
	out->n = names.n;
	out->more = more;
	if (more || !str_is_empty(out->typed))
		out->find = T(c->lang, "Find a company by its name or CVR number");
	return OK;
}

static const List list = { "/virksomheder", &company_search_form, &company_address_form };

static Err companies_get(Ctx *c, Request *r)
{
	static const CompanySearch nothing = { .list = LIST_NOTHING };
	CompanySearch search = r->in == NULL ? nothing : *(const CompanySearch *)r->in;
	CompanyListPage page;
	int64_t total = 0;
	RETURN_IF_ERR(list_unseal(c, r, &search.list));
	RETURN_IF_ERR(company_search(c, &search, clock_today(c->clock), &page.rows, &total));
	page.list = list_page(c, r, &list, &search, total, page.rows.n);
	Html *h = list_open_page(c, r,
				 &(ListView){ .list = &list,
					      .title = T(c->lang, "Companies"),
					      .add = T(c->lang, "New company"),
					      .add_path = "/virksomheder/ny",
					      .may_add = policy_some(c->actor, OP_REGISTER),
					      .search = &search });
	company_found_html(h, &page, T(c->lang, "Companies"));
	return page_close(r);
}

static Err companies_post(Ctx *c, Request *r)
{
	return list_post(c, r, &list);
}

static bool is_among(const ParticipantId *seen, size_t n, ParticipantId id)
{
	for (size_t i = 0; i < n; i++)
		if (uuid_eq(seen[i].v, id.v))
			return true;
	return false;
}

/* Whoever is named on the company's page was seen, each once. */
static Err log_people(Ctx *c, const CompanyPage *page)
{
	size_t named = page->people.n + page->contacts.n, n = 0;
	ParticipantId *seen = ARENA_ARRAY(c->arena, named, ParticipantId);
	for (size_t i = 0; i < named; i++) {
		ParticipantId id = i < page->people.n ? page->people.at[i].participant
						      : page->contacts.at[i - page->people.n].participant;
		if (is_among(seen, n, id))
			continue;
		seen[n++] = id;
		RETURN_IF_ERR(feature_log_read(c, "company.view", id));
	}
	return OK;
}

static Err company_page(Ctx *c, Request *r)
{
	const Scope *s = &r->scope;
	CompanyPage page = { .id = { request_id(r, "company") }, .may_register = policy_some(c->actor, OP_REGISTER) };
	RETURN_IF_ERR(company_get(c, page.id, &page.company));
	RETURN_IF_ERR(company_ratio(c, page.id, clock_today(c->clock), &page.ratio));
	RETURN_IF_ERR(company_people(c, page.id, s->programme, s->organisation, &page.people));
	RETURN_IF_ERR(company_contacts(c, page.id, s->programme, s->organisation, &page.contacts));
	for (size_t i = 0; i < page.people.n; i++)
		page.people.at[i].participant_name = feature_name(c, page.people.at[i].participant_name);
	for (size_t i = 0; i < page.contacts.n; i++)
		page.contacts.at[i].participant_name = feature_name(c, page.contacts.at[i].participant_name);
	RETURN_IF_ERR(log_people(c, &page));
	if (page.company.municipality != INT_NONE)
		page.municipality = municipality_name(page.company.municipality);
	Html *h = page_open(c, r,
			    &(Page){ .title = page.company.name,
				     .back = STR("/virksomheder"),
				     .back_text = str_of(T(c->lang, "Companies")) });
	company_html(h, &page);
	return page_close(r);
}

static Err form_page(Ctx *c, Request *r, const char *heading, FormView view)
{
	static const char *const hidden[] = { "version", NULL };
	view.form = &company_form;
	view.hidden = hidden;
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(heading),
				     .back = STR("/virksomheder"),
				     .back_text = str_of(T(c->lang, "Companies")) });
	company_form_head_html(h, heading);
	page_form(c, r, h, &view);
	return page_close(r);
}

static Err company_new(Ctx *c, Request *r)
{
	CompanyIn values = { .municipality = INT_NONE,
			     .ordinary_employees = (double)NAN,
			     .subsidised_now = INT_NONE,
			     .version = INT_NONE };
	return form_page(
		c, r, T(c->lang, "New company"),
		(FormView){ .values = &values, .action = STR("/virksomheder/ny"), .cancel = STR("/virksomheder") });
}

static Err company_new_post(Ctx *c, Request *r)
{
	CompanyId id;
	RETURN_IF_ERR(company_add(c, r->in, &id));
	return answer_redirect(r, company_path(c, id, ""), N_("The company is registered."));
}

static Err company_edit(Ctx *c, Request *r)
{
	Company row;
	CompanyId id = { request_id(r, "company") };
	RETURN_IF_ERR(company_get(c, id, &row));
	CompanyIn values = company_in(&row);
	return form_page(c, r, T(c->lang, "Change the company"),
			 (FormView){ .values = &values,
				     .action = company_path(c, id, "/ret"),
				     .cancel = company_path(c, id, "") });
}

static Err company_edit_post(Ctx *c, Request *r)
{
	CompanyId id = { request_id(r, "company") };
	RETURN_IF_ERR(company_change(c, id, r->in));
	return answer_redirect(r, company_path(c, id, ""), N_("The change is stored."));
}

static Err company_api_post(Ctx *c, Request *r)
{
	CompanyId id;
	RETURN_IF_ERR(company_add(c, r->in, &id));
	return feature_answer_id(c, r, id.v);
}

static const Field row_fields[] = {
	FIELD(CompanyRow, id, FIELD_ID, N_("Identifier"), .required = true),
	FIELD(CompanyRow, name, FIELD_TEXT, N_("Name"), .required = true),
	FIELD(CompanyRow, cvr, FIELD_CVR, N_("CVR number")),
	FIELD(CompanyRow, p_number, FIELD_P_NUMBER, N_("P number")),
	FIELD(CompanyRow, here, FIELD_INT, N_("Citizens there now"), .required = true),
	FIELD(CompanyRow, last_contact, FIELD_DATE, N_("Last contact")),
};
static const Form row_form = FORM("company", CompanyRow, row_fields);
static const Shape row_shape = { .form = &row_form };
static const ShapePart list_parts[] = { { "companies", &row_shape, .list = true } };
static const Shape list_shape = LIST_SHAPE(list_parts);

static Err companies_api(Ctx *c, Request *r)
{
	CompanyRowList rows;
	int64_t total = 0;
	RETURN_IF_ERR(company_search(c, r->in, clock_today(c->clock), &rows, &total));
	return list_answer(c, r, rows.at, rows.n, total);
}

static const Route routes[] = {
	ROUTE(GET, "/virksomheder", companies_get, MAY(SEE_PEOPLE, OWN_UNIT), &company_address_form,
	      .menu = N_("Companies"), .menu_place = 30),
	ROUTE(POST, "/virksomheder", companies_post, MAY(SEE_PEOPLE, OWN_UNIT), &company_search_form, .lane = LANE_READ,
	      .again = companies_get),
	ROUTE(GET, "/virksomheder/ny", company_new, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/virksomheder/ny", company_new_post, MAY(REGISTER, OWN_UNIT), &company_form, .again = company_new),
	ROUTE(GET, "/virksomhed/{company}", company_page, MAY(SEE_PEOPLE, OWN_UNIT), NULL),
	ROUTE(GET, "/virksomhed/{company}/ret", company_edit, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/virksomhed/{company}/ret", company_edit_post, MAY(REGISTER, OWN_UNIT), &company_form,
	      .again = company_edit),
	ROUTE(GET, "/api/v1/companies", companies_api, MAY(SEE_PEOPLE, OWN_UNIT), &company_search_form,
	      .summary = N_("Companies by name or CVR number, page by page"), .gives = &list_shape),
	ROUTE(POST, "/api/v1/companies", company_api_post, MAY(REGISTER, OWN_UNIT), &company_form, .answer = 201,
	      .summary = N_("Registers a company"), .gives = &id_shape),
};
const RouteTable company_routes = ROUTES(routes);
