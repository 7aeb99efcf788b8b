#include "feature/diagnosis/diagnosis_web.h"

#include "diagnosis_html.h"
#include "feature/feature_web.h"
#include "feature/programme/programme.h"

/* ---- a citizen's ----------------------------------------------------------------- */

static Err person_of(Ctx *c, const Request *r, Person *out)
{
	RETURN_IF_ERR(feature_asked_person(c, r, out));
	return diagnosis_need(c, out->id);
}

static Err diagnosis_get(Ctx *c, Request *r)
{
	static const char *const written[] = { "version", NULL }, *const fresh[] = { "version", "erase", NULL };
	Person person;
	Diagnosis row;
	DiagnosisIn values = { STR_NONE, false, INT_NONE };
	RETURN_IF_ERR(person_of(c, r, &person));
	Err e = diagnosis_read(c, person.id, clock_today(c->clock), &row);
	if (e == OK)
		values = (DiagnosisIn){ row.words, false, row.version };
	else if (e != ERR_NOT_FOUND)
		return e;
	RETURN_IF_ERR(feature_log_read(c, "diagnosis.view", person.id));
	FormView view = { .form = &diagnosis_form,
			  .values = &values,
			  .hidden = e == OK ? written : fresh,
			  .action = feature_person_path(c, person.id, "/diagnose"),
			  .cancel = feature_person_path(c, person.id, "") };
	Html *h = page_open(c, r, &(Page){ .title = person.name, .back = view.cancel, .back_text = person.name });
	diagnosis_head_html(h, person.name);
	page_form(c, r, h, &view);
	return page_close(r);
}

static Err diagnosis_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(person_of(c, r, &person));
	RETURN_IF_ERR(diagnosis_write(c, person.id, r->in));
	return answer_redirect(r, feature_person_path(c, person.id, ""), N_("The change is stored."));
}

/* ---- the programme's switch -------------------------------------------------------- */

static Str switch_path(Ctx *c, ProgrammeId id, const char *below)
{
	Str text = uuid_str(c->arena, id.v);
	return str_printf(c->arena, "/projekt/%.*s%s", STR_ARG(text), below);
}

static Err switch_get(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "on", "erases", NULL };
	ProgrammeId id = { request_id(r, "programme") };
	Programme programme;
	DiagnosisSwitchPage page = { 0 };
	RETURN_IF_ERR(programme_get(c, id, &programme));
	RETURN_IF_ERR(diagnosis_state(c, id, &page.on, &page.stored));
	RETURN_IF_ERR(diagnosis_switches(c, id, &page.history));
	page.programme = programme.name;
	const DiagnosisSwitchIn values = { .on = !page.on, .erases = page.on ? page.stored : 0 };
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "Diagnoses")),
				     .back = switch_path(c, id, ""),
				     .back_text = programme.name });
	diagnosis_switch_html(h, &page);
	page_form(c, r, h,
		  &(FormView){ .form = &diagnosis_switch_form,
			       .values = &values,
			       .hidden = hidden,
			       .action = switch_path(c, id, "/diagnoser"),
			       .submit = page.on ? T(c->lang, "Turn off and erase") : T(c->lang, "Turn on"),
			       .cancel = switch_path(c, id, "") });
	return page_close(r);
}

static Err switch_post(Ctx *c, Request *r)
{
	ProgrammeId id = { request_id(r, "programme") };
	RETURN_IF_ERR(diagnosis_turn(c, id, r->in));
	return answer_redirect(r, switch_path(c, id, "/diagnoser"), N_("The change is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}/diagnose", diagnosis_get, MAY(DECIDE_WITH, OWN_UNIT), NULL,
	      .consent = NEEDS(DIAGNOSES)),
	ROUTE(POST, "/borger/{participant}/diagnose", diagnosis_post, MAY(DECIDE_WITH, OWN_UNIT), &diagnosis_form,
	      .again = diagnosis_get, .consent = NEEDS(DIAGNOSES)),
	ROUTE(GET, "/projekt/{programme}/diagnoser", switch_get, MAY(MANAGE, OWN_PROGRAMME), NULL, .proof = true),
	ROUTE(POST, "/projekt/{programme}/diagnoser", switch_post, MAY(MANAGE, OWN_PROGRAMME), &diagnosis_switch_form,
	      .again = switch_get, .proof = true),
};
const RouteTable diagnosis_routes = ROUTES(routes);
