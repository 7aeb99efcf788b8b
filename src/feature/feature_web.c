#include "feature/feature_web.h"

#include "feature_html.h"
#include "format/json.h"

Err feature_asked_person(Ctx *c, const Request *r, Person *out)
{
	return feature_in_scope(c, &r->scope, (ParticipantId){ request_id(r, "participant") }, out);
}

Err feature_person_form_open(Ctx *c, Request *r, const Person *person, const char *heading, FormView view, Html **out)
{
	RETURN_IF_ERR(feature_log_read(c, "participant.form", person->id));
	view.cancel = feature_person_path(c, person->id, "");
	Html *h = page_open(c, r, &(Page){ .title = str_of(heading), .back = view.cancel, .back_text = person->name });
	feature_form_head_html(h, heading, person->name);
	page_form(c, r, h, &view);
	*out = h;
	return OK;
}

Err feature_person_form(Ctx *c, Request *r, const Person *person, const char *heading, FormView view)
{
	Html *h;
	RETURN_IF_ERR(feature_person_form_open(c, r, person, heading, view, &h));
	return page_close(r);
}

void feature_log_search(Ctx *c, Request *r, const char *action)
{
	AuditEvent e = actor_event(c, action);
	answer_audited(r, &e);
}

typedef struct {
	Uuid id;
} Made;
static const Field made_fields[] = { FIELD(Made, id, FIELD_ID, N_("Identifier"), .required = true) };
static const Form made_form = FORM("id", Made, made_fields);
const Shape id_shape = { .form = &made_form };

Err feature_answer_id(Ctx *c, Request *r, Uuid id)
{
	JsonWriter w = json_writer(answer_json(r));
	json_open_object(&w);
	shape_put_members(c, &w, &made_form, &(Made){ id });
	json_close(&w);
	return OK;
}

Err feature_answer_rows(Ctx *c, Request *r, const void *rows, size_t n)
{
	const ShapePart *list = &r->route->gives->parts[0];
	JsonWriter w = json_writer(answer_json(r));
	json_open_object(&w);
	shape_put_list(c, &w, list->name, list->shape->form, rows, n);
	json_close(&w);
	return OK;
}
