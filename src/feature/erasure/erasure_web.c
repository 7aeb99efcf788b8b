#include "feature/erasure/erasure_web.h"

#include "erasure_html.h"
#include "feature/erasure/erasure.h"
#include "feature/feature_web.h"

static Err erasure_get(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, (ParticipantId){ request_id(r, "participant") }, &person));
	RETURN_IF_ERR(feature_log_read(c, "participant.form", person.id));
	FormView view = { .form = &erasure_form,
			  .action = feature_person_path(c, person.id, "/slet"),
			  .submit = T(c->lang, "Erase"),
			  .cancel = feature_person_path(c, person.id, "") };
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "Erase a citizen")),
				     .back = view.cancel,
				     .back_text = person.name });
	erasure_warning_html(h, person.name);
	page_form(c, r, h, &view);
	return page_close(r);
}

/* The three steps have commits of their own, and are not the writer's to wait for. */
static Err erasure_post(Ctx *c, Request *r)
{
	const ErasureIn *in = r->in;
	Person person;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = feature_in_scope(c, &r->scope, (ParticipantId){ request_id(r, "participant") }, &person);
	db_end_read(c);
	RETURN_IF_ERR(e);
	if (!in->confirm)
		return refuse(c, "confirm", "%s", T(c->lang, "This must be confirmed."));
	RETURN_IF_ERR(erasure_run(c, person.id.v, in->reason));
	return answer_redirect(r, STR("/borgere"), N_("The citizen is erased."));
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}/slet", erasure_get, MAY(REGISTER, OWN_PROGRAMME), NULL, .proof = true),
	ROUTE(POST, "/borger/{participant}/slet", erasure_post, MAY(REGISTER, OWN_PROGRAMME), &erasure_form,
	      .lane = LANE_SLOW, .again = erasure_get, .proof = true),
};
const RouteTable erasure_routes = ROUTES(routes);
