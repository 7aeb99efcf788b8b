#include "feature/erasure/erasure_web.h"

#include "erasure_html.h"
#include "feature/erasure/erasure.h"
#include "feature/feature_web.h"
#include "feature/referral/referral.h"

static Err erasure_get(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
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
	Err e = feature_asked_person(c, r, &person);
	db_end_read(c);
	RETURN_IF_ERR(e);
	if (!in->confirm)
		return refuse(c, "confirm", "%s", T(c->lang, "This must be confirmed."));
	RETURN_IF_ERR(erasure_run(c, person.id.v, in->reason));
	return answer_redirect(r, STR("/borgere"), N_("The citizen is erased."));
}

/* ---- of somebody who was not admitted ------------------------------------------- */

static ParticipantId asked_referral(const Request *r)
{
	return (ParticipantId){ request_id(r, "referral") };
}

static Err referral_erasure_get(Ctx *c, Request *r)
{
	Referral row;
	RETURN_IF_ERR(referral_in_scope(c, &r->scope, asked_referral(r), &row));
	RETURN_IF_ERR(feature_log_read(c, "referral.view", row.id));
	Str id = uuid_str(c->arena, row.id.v), back = str_printf(c->arena, "/henvisning/%.*s", STR_ARG(id));
	Html *h = page_open(
		c, r, &(Page){ .title = str_of(T(c->lang, "Erase a referral")), .back = back, .back_text = row.name });
	erasure_referral_warning_html(h, row.name);
	page_form(c, r, h,
		  &(FormView){ .form = &erasure_form,
			       .action = str_printf(c->arena, "%.*s/slet", STR_ARG(back)),
			       .submit = T(c->lang, "Erase"),
			       .cancel = back });
	return page_close(r);
}

static Err referral_erasure_post(Ctx *c, Request *r)
{
	const ErasureIn *in = r->in;
	Referral row;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = referral_in_scope(c, &r->scope, asked_referral(r), &row);
	db_end_read(c);
	RETURN_IF_ERR(e);
	if (!in->confirm)
		return refuse(c, "confirm", "%s", T(c->lang, "This must be confirmed."));
	RETURN_IF_ERR(erasure_run(c, row.id.v, in->reason));
	return answer_redirect(r, STR("/henvisninger"), N_("The citizen is erased."));
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}/slet", erasure_get, MAY(REGISTER, OWN_PROGRAMME), NULL, .proof = true),
	ROUTE(POST, "/borger/{participant}/slet", erasure_post, MAY(REGISTER, OWN_PROGRAMME), &erasure_form,
	      .lane = LANE_SLOW, .again = erasure_get, .proof = true),
	ROUTE(GET, "/henvisning/{referral}/slet", referral_erasure_get, MAY(REGISTER, OWN_PROGRAMME), NULL,
	      .proof = true),
	ROUTE(POST, "/henvisning/{referral}/slet", referral_erasure_post, MAY(REGISTER, OWN_PROGRAMME), &erasure_form,
	      .lane = LANE_SLOW, .again = referral_erasure_get, .proof = true),
};
const RouteTable erasure_routes = ROUTES(routes);
