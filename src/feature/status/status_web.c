#include "feature/status/status_web.h"

#include "feature/feature_web.h"
#include "feature/programme/programme.h"
#include "feature/status/status.h"
#include "format/json.h"

static Err status_new(Ctx *c, Request *r)
{
	Person person;
	static const char *const hidden[] = { "version", NULL };
	StatusIn values = { .since = clock_today(c->clock), .code = ENUM_NONE, .version = INT_NONE };
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	return feature_person_form(c, r, &person, T(c->lang, "New status"),
				   (FormView){ .form = &status_form,
					       .values = &values,
					       .hidden = hidden,
					       .action = feature_person_path(c, person.id, "/status") });
}

static Err status_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(status_add(c, person.id, r->in));
	return answer_redirect(r, feature_person_path(c, person.id, ""), N_("The status is registered."));
}

/* Putting right the status that began on a day. */
typedef struct {
	Date since;
} SinceIn;
static const Field since_fields[] = {
	FIELD(SinceIn, since, FIELD_DATE, N_("From"), .required = true),
};
static const Form since_form = FORM("status_since", SinceIn, since_fields);

static Err status_edit(Ctx *c, Request *r)
{
	Person person;
	Status now;
	static const char *const hidden[] = { "since", "version", NULL };
	StatusIn values = { .since = DATE_NONE, .code = ENUM_NONE, .version = INT_NONE };
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	if (r->in != NULL) {
		Date since = ((const SinceIn *)r->in)->since;
		RETURN_IF_ERR(status_at(c, person.id, since, &now));
		if (now.since != since)
			return ERR_NOT_FOUND;
		values = (StatusIn){ now.since, (int)now.code, now.note, now.version };
	}
	return feature_person_form(c, r, &person, T(c->lang, "Correct the status"),
				   (FormView){ .form = &status_form,
					       .values = &values,
					       .hidden = hidden,
					       .action = feature_person_path(c, person.id, "/status/ret") });
}

static Err status_edit_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(status_correct(c, person.id, r->in));
	return answer_redirect(r, feature_person_path(c, person.id, ""), N_("The change is stored."));
}

static Err status_api_post(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_asked_person(c, r, &person));
	RETURN_IF_ERR(status_add(c, person.id, r->in));
	return feature_answer_id(c, r, person.id.v);
}

/* Answers with how many had which status on a day. */
typedef struct {
	Date date;
	OrganisationId partner;
} StatusesIn;
static const Field statuses_fields[] = {
	FIELD(StatusesIn, date, FIELD_DATE, N_("Day")),
	FIELD(StatusesIn, partner, FIELD_ID, N_("Partner")),
};
static const Form statuses_form = FORM("statuses", StatusesIn, statuses_fields);

typedef struct {
	Date date;
	StatusTable table;
} Statuses;
#define STATUS_COUNT(code, status, label_text)                                                                    \
	{                                                                                                         \
		.name = code, .type = FIELD_INT, .offset = offsetof(Statuses, table.n[status]), .required = true, \
		.label = label_text                                                                               \
	}
static const Field answer_fields[] = {
	FIELD(Statuses, date, FIELD_DATE, N_("Day"), .required = true),
	STATUS_COUNT("unemployed", STATUS_UNEMPLOYED, N_("Unemployed")),
	STATUS_COUNT("internship", STATUS_INTERNSHIP, N_("In an internship")),
	STATUS_COUNT("employed", STATUS_EMPLOYED, N_("In a job")),
	STATUS_COUNT("sick", STATUS_SICK, N_("Sick")),
	STATUS_COUNT("leave", STATUS_LEAVE, N_("On leave")),
	STATUS_COUNT("pension_granted", STATUS_PENSION_GRANTED, N_("Pension granted")),
	STATUS_COUNT("pension_in_process", STATUS_PENSION_IN_PROCESS, N_("Pension in process")),
	STATUS_COUNT("other_provider", STATUS_OTHER_PROVIDER, N_("With another provider")),
	STATUS_COUNT("moved", STATUS_MOVED, N_("Moved away")),
	STATUS_COUNT("deceased", STATUS_DECEASED, N_("Deceased")),
	{ .name = "not_registered",
	  .type = FIELD_INT,
	  .offset = offsetof(Statuses, table.not_registered),
	  .required = true,
	  .label = N_("Not registered") },
	{ .name = "total",
	  .type = FIELD_INT,
	  .offset = offsetof(Statuses, table.total),
	  .required = true,
	  .label = N_("All in all") },
};
_Static_assert(sizeof answer_fields / sizeof answer_fields[0] == STATUS_CODES + 3, "every status is told");
static const Form answer_form = FORM("statuses_answer", Statuses, answer_fields);
static const Shape statuses_shape = { .form = &answer_form };

static Err statuses_api(Ctx *c, Request *r)
{
	const StatusesIn *in = r->in;
	ProgrammeId programme = { request_id(r, "programme") };
	Statuses t = { .date = in->date == DATE_NONE ? clock_today(c->clock) : in->date };
	Programme known;
	RETURN_IF_ERR(programme_get(c, programme, &known));
	RETURN_IF_ERR(status_on(c, programme, in->partner, t.date, &t.table));
	JsonWriter w = json_writer(answer_json(r));
	json_open_object(&w);
	shape_put_members(c, &w, &answer_form, &t);
	json_close(&w);
	return OK;
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}/status", status_new, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/status", status_post, MAY(REGISTER, OWN_UNIT), &status_form,
	      .again = status_new),
	ROUTE(GET, "/borger/{participant}/status/ret", status_edit, MAY(REGISTER, OWN_UNIT), &since_form),
	ROUTE(POST, "/borger/{participant}/status/ret", status_edit_post, MAY(REGISTER, OWN_UNIT), &status_form,
	      .again = status_edit),
	ROUTE(POST, "/api/v1/participants/{participant}/statuses", status_api_post, MAY(REGISTER, OWN_UNIT),
	      &status_form, .answer = 201, .summary = N_("Registers that a citizen's situation has changed"),
	      .gives = &id_shape),
	ROUTE(GET, "/api/v1/programmes/{programme}/statuses", statuses_api, MAY(SEE_NUMBERS, OWN_PROGRAMME),
	      &statuses_form, .summary = N_("How many citizens had which status on a day"), .gives = &statuses_shape),
};
const RouteTable status_routes = ROUTES(routes);
