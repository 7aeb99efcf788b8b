#include "feature/message/message_web.h"

#include "feature/feature_web.h"

static Err message_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(message_link(c, person.id, r->in));
	return answer_redirect(r, feature_person_path(c, person.id, "/beslutter"),
			       N_("The link is on its way. Below stands what came of it."));
}

static const Route routes[] = {
	ROUTE(POST, "/borger/{participant}/besked", message_post, MAY(DECIDE_WITH, OWN_UNIT), &message_form),
};
const RouteTable message_routes = ROUTES(routes);
