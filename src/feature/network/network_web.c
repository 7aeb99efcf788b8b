#include "feature/network/network_web.h"

#include "access/consent.h"
#include "feature/feature_web.h"
#include "network_html.h"

/* The consents in force that invite somebody, by whom they name. */
static Err invitations(Ctx *c, ParticipantId who, FormOptions *out)
{
	ConsentLineList all;
	Date today = clock_today(c->clock);
	RETURN_IF_ERR(consent_of(c, who, &all));
	FormOption *items = ARENA_ARRAY(c->arena, all.n, FormOption);
	size_t n = 0;
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].purpose == CONSENT_INVITE_NETWORK && consent_in_force(&all.at[i], today))
			items[n++] = (FormOption){ uuid_str(c->arena, all.at[i].id.v), all.at[i].receiver_name };
	*out = (FormOptions){ .field = "consent", .items = items, .n = n };
	return OK;
}

static Err network_get(Ctx *c, Request *r)
{
	NetworkPage page = { .csrf = r->csrf };
	FormOptions options;
	RETURN_IF_ERR(feature_asked_person(c, r, &page.person));
	RETURN_IF_ERR(network_invited(c, page.person.id, clock_today(c->clock), &page.people));
	RETURN_IF_ERR(invitations(c, page.person.id, &options));
	RETURN_IF_ERR(feature_log_read(c, "network.view", page.person.id));
	Html *h = page_open(c, r,
			    &(Page){ .title = page.person.name,
				     .back = feature_person_path(c, page.person.id, "/beslutter"),
				     .back_text = page.person.name });
	network_html(h, &page);
	page_form(c, r, h,
		  &(FormView){ .form = &network_form,
			       .options = &options,
			       .option_count = 1,
			       .action = feature_person_path(c, page.person.id, "/netvaerk") });
	return page_close(r);
}

static Err network_post(Ctx *c, Request *r)
{
	Person person;
	NetworkId id;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(network_add(c, person.id, r->in, &id));
	return answer_redirect(r, feature_person_path(c, person.id, "/netvaerk"), N_("The change is stored."));
}

static Err network_remove_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(network_remove(c, person.id, (NetworkId){ request_id(r, "network") }));
	return answer_redirect(r, feature_person_path(c, person.id, "/netvaerk"), N_("The change is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}/netvaerk", network_get, MAY(DECIDE_WITH, OWN_UNIT), NULL,
	      .consent = NEEDS(INVITE_NETWORK)),
	ROUTE(POST, "/borger/{participant}/netvaerk", network_post, MAY(DECIDE_WITH, OWN_UNIT), &network_form,
	      .again = network_get, .consent = NEEDS(INVITE_NETWORK)),
	ROUTE(POST, "/borger/{participant}/netvaerk/{network}/fjern", network_remove_post, MAY(DECIDE_WITH, OWN_UNIT),
	      NULL, .consent = NEEDS(INVITE_NETWORK)),
};
const RouteTable network_routes = ROUTES(routes);
