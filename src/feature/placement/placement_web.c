#include "feature/placement/placement_web.h"

#include "feature/company/company_web.h"
#include "feature/feature_web.h"
#include "feature/placement/placement.h"

#include <math.h>

static const char *const hidden[] = { "version", NULL };

static Err placement_new(Ctx *c, Request *r)
{
	Person person;
	FormOptions companies;
	PlacementIn values = { .kind = ENUM_NONE,
			       .starts = clock_today(c->clock),
			       .planned_end = DATE_NONE,
			       .ends = DATE_NONE,
			       .hours_week = (double)NAN,
			       .version = INT_NONE };
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(company_options(c, r, values.company, &companies));
	return feature_person_form(c, r, &person, T(c->lang, "New placement"),
				   (FormView){ .form = &placement_form,
					       .values = &values,
					       .options = &companies,
					       .option_count = 1,
					       .hidden = hidden,
					       .action = feature_person_path(c, person.id, "/forloeb") });
}

/* What the citizen's page says afterwards: a warning when the company now has
 * more unpaid or subsidised people than the ratio allows. Never a refusal. */
static Err notice_for(Ctx *c, const PlacementIn *in, const char **out)
{
	CompanyRatio ratio;
	*out = N_("The placement is registered.");
	if (!placement_takes_place(in->kind))
		return OK;
	RETURN_IF_ERR(company_ratio(c, in->company, clock_today(c->clock), &ratio));
	if (ratio.exceeded)
		*out = N_(
			"The placement is registered. Note: the company has more people on unpaid or subsidised terms "
			"than the reasonableness ratio allows (BEK nr. 2636 af 28/12/2021, § 65).");
	return OK;
}

static Err placement_post(Ctx *c, Request *r)
{
	Person person;
	PlacementId id;
	const char *notice;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(placement_start(c, person.id, r->in, &id));
	RETURN_IF_ERR(notice_for(c, r->in, &notice));
	return answer_redirect(r, feature_person_path(c, person.id, ""), notice);
}

static Err placement_edit(Ctx *c, Request *r)
{
	Person person;
	Placement row;
	FormOptions companies;
	PlacementId id = { request_id(r, "placement") };
	RETURN_IF_ERR(placement_get(c, id, &row));
	request_about(r, row.participant);
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, row.participant, &person));
	RETURN_IF_ERR(company_options(c, r, row.company, &companies));
	PlacementIn values = placement_in(&row);
	Str path = uuid_str(c->arena, id.v);
	return feature_person_form(c, r, &person, T(c->lang, "Change or end the placement"),
				   (FormView){ .form = &placement_form,
					       .values = &values,
					       .options = &companies,
					       .option_count = 1,
					       .hidden = hidden,
					       .action = str_printf(c->arena, "/forloeb/%.*s", STR_ARG(path)) });
}

static Err placement_edit_post(Ctx *c, Request *r)
{
	Person person;
	Placement row;
	PlacementId id = { request_id(r, "placement") };
	const char *notice;
	RETURN_IF_ERR(placement_get(c, id, &row));
	request_about(r, row.participant);
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, row.participant, &person));
	RETURN_IF_ERR(placement_change(c, id, r->in));
	RETURN_IF_ERR(notice_for(c, r->in, &notice));
	return answer_redirect(r, feature_person_path(c, person.id, ""), notice);
}

static Err placement_api_post(Ctx *c, Request *r)
{
	Person person;
	PlacementId id;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(placement_start(c, person.id, r->in, &id));
	return feature_answer_id(c, r, id.v);
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}/forloeb", placement_new, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/forloeb", placement_post, MAY(REGISTER, OWN_UNIT), &placement_form,
	      .again = placement_new),
	ROUTE(GET, "/forloeb/{placement}", placement_edit, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/forloeb/{placement}", placement_edit_post, MAY(REGISTER, OWN_UNIT), &placement_form,
	      .again = placement_edit),
	ROUTE(POST, "/api/v1/participants/{participant}/placements", placement_api_post, MAY(REGISTER, OWN_UNIT),
	      &placement_form, .answer = 201, .summary = N_("Registers a placement of a citizen at a company"),
	      .gives = &id_shape),
};
const RouteTable placement_routes = ROUTES(routes);
