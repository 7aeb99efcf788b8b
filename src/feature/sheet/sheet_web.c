#include "feature/sheet/sheet_web.h"
#include "feature/feature_web.h"

#include "access/page.h"
#include "feature/message/message.h"
#include "feature/status/status.h"
#include "sheet_html.h"

static Err view_of(Ctx *c, ParticipantId who, CompanyId company, SheetView *out)
{
	int status = ENUM_NONE;
	RETURN_IF_ERR(consent_disclose(c, who, CONSENT_TELL_COMPANY, company.v, &out->told));
	if (!str_is_none(out->told.situation) && enum_parse(&status_code_table, out->told.situation, &status))
		out->situation = enum_text(c->lang, &status_code_table, status);
	return OK;
}

static Err sheet_page(Ctx *c, Request *r)
{
	Company company;
	SheetPage page = { .company = { request_id(r, "company") }, .csrf = r->csrf };
	RETURN_IF_ERR(feature_asked_person(c, r, &page.person));
	RETURN_IF_ERR(company_get(c, page.company, &company));
	page.view.company = company.name;
	RETURN_IF_ERR(view_of(c, page.person.id, page.company, &page.view));
	RETURN_IF_ERR(consent_covers(c, page.person.id, CONSENT_CONTACT_COMPANY, page.company.v, &page.may_contact));
	RETURN_IF_ERR(sheet_between(c, page.person.id, page.company, &page.made));
	RETURN_IF_ERR(feature_log_read(c, "sheet.view", page.person.id));
	Html *h = page_open(c, r,
			    &(Page){ .title = page.person.name,
				     .back = feature_person_path(c, page.person.id, "/beslutter"),
				     .back_text = page.person.name });
	sheet_html(h, &page);
	return page_close(r);
}

static Err sheet_post(Ctx *c, Request *r)
{
	SheetLink page = { 0 };
	Company company;
	RETURN_IF_ERR(feature_asked_person(c, r, &page.person));
	RETURN_IF_ERR(company_get(c, (CompanyId){ request_id(r, "company") }, &company));
	RETURN_IF_ERR(consent_need(c, page.person.id, CONSENT_TELL_COMPANY, company.id.v));
	RETURN_IF_ERR(sheet_make(c, page.person.id, company.id, &page.code));
	page.link = message_link_text(c, page.code);
	Html *h = page_open(c, r, &(Page){ .title = page.person.name });
	sheet_link_html(h, &page);
	return page_close(r);
}

/* The company's own: which sheet stands in the Actor. */
static Err own_sheet_get(Ctx *c, Request *r)
{
	SheetLine sheet;
	SheetView view = { 0 };
	bool shared;
	RETURN_IF_ERR(sheet_get(c, c->actor->sheet, c->actor->participant, &sheet));
	view.company = sheet.company_name;
	RETURN_IF_ERR(consent_covers(c, sheet.participant, CONSENT_TELL_COMPANY, sheet.company.v, &shared));
	if (shared)
		RETURN_IF_ERR(view_of(c, sheet.participant, sheet.company, &view));
	RETURN_IF_ERR(feature_log_read(c, "sheet.open", sheet.participant));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "A sheet for you")) });
	if (!shared) {
		sheet_gone_html(h);
		return page_close(r);
	}
	sheet_for_company_html(h, &view, &sheet);
	if (sheet.answered == TIME_NONE)
		page_form(c, r, h,
			  &(FormView){ .form = &sheet_form,
				       .action = STR("/ark"),
				       .submit = T(c->lang, "Send the answer") });
	return page_close(r);
}

static Err own_sheet_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(sheet_answer(c, c->actor->participant, c->actor->sheet, r->in));
	return answer_redirect(r, STR("/ark"), N_("Thank you, your answer is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}/virksomhed/{company}/ark", sheet_page, MAY(DECIDE_WITH, OWN_UNIT), NULL,
	      .consent = NEEDS(TELL_COMPANY)),
	ROUTE(POST, "/borger/{participant}/virksomhed/{company}/ark", sheet_post, MAY(DECIDE_WITH, OWN_UNIT), NULL,
	      .consent = NEEDS(CONTACT_COMPANY)),
	ROUTE(GET, "/ark", own_sheet_get, MAY(OWN_SHEET, OWN_PARTICIPANT), NULL, .menu = N_("The sheet"),
	      .menu_place = 12),
	ROUTE(POST, "/ark", own_sheet_post, MAY(OWN_SHEET, OWN_PARTICIPANT), &sheet_form, .again = own_sheet_get),
};
const RouteTable sheet_routes = ROUTES(routes);
