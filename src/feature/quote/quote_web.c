#include "feature/quote/quote_web.h"

#include "access/consent.h"
#include "feature/feature_web.h"
#include "quote_html.h"

static Str page_path(Ctx *c, ParticipantId who)
{
	return feature_person_path(c, who, "/udsagn");
}

static Err quotes_get(Ctx *c, Request *r)
{
	QuotePage page = { .csrf = r->csrf };
	QuoteIn values = { .topic = ENUM_NONE, .occasion = SAID_IN_TALK, .said = DATE_NONE };
	RETURN_IF_ERR(feature_asked_person(c, r, &page.person));
	RETURN_IF_ERR(quote_of(c, page.person.id, &page.quotes));
	RETURN_IF_ERR(consent_covers(c, page.person.id, CONSENT_QUOTES, UUID_NONE, &page.may_publish));
	RETURN_IF_ERR(feature_log_read(c, "quote.view", page.person.id));
	Html *h = page_open(c, r,
			    &(Page){ .title = page.person.name,
				     .back = feature_person_path(c, page.person.id, ""),
				     .back_text = page.person.name });
	quotes_html(h, &page);
	page_form(c, r, h,
		  &(FormView){ .form = &quote_form,
			       .values = &values,
			       .action = page_path(c, page.person.id),
			       .submit = T(c->lang, "Write it down") });
	return page_close(r);
}

static Err quote_post(Ctx *c, Request *r)
{
	Person person;
	QuoteId id;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(quote_add(c, person.id, r->in, &id));
	return answer_redirect(r, page_path(c, person.id), N_("It is written down."));
}

static Err quote_remove_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(quote_remove(c, person.id, (QuoteId){ request_id(r, "quote") }));
	return answer_redirect(r, page_path(c, person.id), N_("It is removed."));
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}/udsagn", quotes_get, MAY(DECIDE_WITH, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/udsagn", quote_post, MAY(DECIDE_WITH, OWN_UNIT), &quote_form,
	      .again = quotes_get),
	ROUTE(POST, "/borger/{participant}/udsagn/{quote}/fjern", quote_remove_post, MAY(DECIDE_WITH, OWN_UNIT), NULL),
};
const RouteTable quote_routes = ROUTES(routes);
