#include "feature/contact/contact_api.h"

#include "feature/contact/contact.h"
#include "feature/feature_web.h"
#include "feature/programme/programme.h"

enum { CONTACTS_MOST = 500 };

/* One page of a citizen's contacts. */
typedef struct {
	Str before;   /* what `next` of the page before said */
	int64_t most; /* INT_NONE: 50 */
} ContactsIn;
static const Field contacts_fields[] = {
	FIELD(ContactsIn, before, FIELD_TEXT, N_("Continue at"), .most = 80),
	FIELD(ContactsIn, most, FIELD_INT, N_("At most"), .min = 1, .max = CONTACTS_MOST),
};
static const Form contacts_form = FORM("contacts", ContactsIn, contacts_fields);

typedef struct {
	Str by; /* "month,kind" */
	OrganisationId partner;
} SummaryIn;
static const Field summary_fields[] = {
	FIELD(SummaryIn, by, FIELD_TEXT, N_("By"), .hint = N_("Of month, kind, partner, purpose, with commas"),
	      .most = 60),
	FIELD(SummaryIn, partner, FIELD_ID, N_("Partner")),
};
static const Form summary_form = FORM("contact_summary", SummaryIn, summary_fields);

static Err contact_api_post(Ctx *c, Request *r)
{
	const ContactIn *in = r->in;
	Person person;
	ContactId id;
	Err e = feature_in_scope(c, &r->scope, in->participant, &person);
	if (e == ERR_NOT_FOUND)
		return refuse(c, "participant", "%s", T(c->lang, "There is no such citizen."));
	RETURN_IF_ERR(e);
	RETURN_IF_ERR(contact_register(c, in, &id));
	return feature_answer_id(c, r, id.v);
}

static const Field line_fields[] = {
	FIELD(ContactLine, id, FIELD_ID, N_("Identifier"), .required = true),
	FIELD(ContactLine, at, FIELD_TIME, N_("When"), .required = true),
	FIELD(ContactLine, day, FIELD_DATE, N_("Day"), .required = true),
	FIELD(ContactLine, kind, FIELD_ENUM, N_("How"), .required = true, .choices = &contact_kind_table),
	FIELD(ContactLine, purpose, FIELD_ENUM, N_("Purpose"), .required = true, .choices = &contact_purpose_table),
	FIELD(ContactLine, place, FIELD_ENUM, N_("Where"), .choices = &contact_place_table),
	FIELD(ContactLine, company, FIELD_ID, N_("Company")),
	FIELD(ContactLine, company_name, FIELD_TEXT, N_("The company's name")),
	FIELD(ContactLine, placement, FIELD_ID, N_("Placement")),
	FIELD(ContactLine, follow_up, FIELD_BOOL, N_("This was a follow-up"), .required = true),
	FIELD(ContactLine, minutes, FIELD_INT, N_("Minutes")),
	FIELD(ContactLine, note, FIELD_NOTE, N_("Note")),
	FIELD(ContactLine, member_name, FIELD_TEXT, N_("Staff member")),
};
static const Form line_form = FORM("contact_line", ContactLine, line_fields);
static const Shape line_shape = { .form = &line_form };
static const ShapePart list_parts[] = { { "contacts", &line_shape, .list = true } };
static const Field next_fields[] = { SHAPE_FIELD(next, FIELD_TEXT, N_("Continue at")) };
static const Form next_form = SHAPE_FORM("next", next_fields);
static const Shape list_shape = SHAPE(&next_form, list_parts);

static Err contact_api_list(Ctx *c, Request *r)
{
	const ContactsIn *in = r->in;
	ParticipantId who = { request_id(r, "participant") };
	int64_t most = in->most == INT_NONE ? 50 : in->most;
	ContactLineList lines;
	ContactCursor from;
	Person person;
	RETURN_IF_ERR(contact_cursor_read(c, in->before, &from));
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, who, &person));
	RETURN_IF_ERR(contact_page(c, who, from.at, from.id, most, &lines));
	RETURN_IF_ERR(feature_log_read(c, "contact.list", who));
	JsonWriter w = json_writer(answer_json(r));
	json_open_object(&w);
	shape_put_list(c, &w, "contacts", &line_form, lines.at, lines.n);
	json_key(&w, "next");
	json_put_text(&w, (int64_t)lines.n < most ? STR_NONE : contact_cursor_text(c, &lines.at[lines.n - 1]));
	json_close(&w);
	return OK;
}

static const Field sum_fields[] = {
	SHAPE_FIELD(month, FIELD_TEXT, N_("Month")),
	SHAPE_FIELD(kind, FIELD_ENUM, N_("How"), .choices = &contact_kind_table),
	SHAPE_FIELD(partner, FIELD_ID, N_("Partner")),
	SHAPE_FIELD(purpose, FIELD_ENUM, N_("Purpose"), .choices = &contact_purpose_table),
	SHAPE_FIELD(n, FIELD_INT, N_("Number"), .required = true),
};
static const Form sum_form = SHAPE_FORM("contact_sum", sum_fields);
static const Shape sum_shape = { .form = &sum_form };
static const ShapePart summary_parts[] = { { "sums", &sum_shape, .list = true } };
static const Field total_fields[] = {
	SHAPE_FIELD(programme, FIELD_ID, N_("Programme"), .required = true),
	SHAPE_FIELD(total, FIELD_INT, N_("All in all"), .required = true),
};
static const Form total_form = SHAPE_FORM("contact_total", total_fields);
static const Shape summary_shape = SHAPE(&total_form, summary_parts);

static void put_text(JsonWriter *w, const char *key, Str text)
{
	json_key(w, key);
	json_put_text(w, text);
}

/* Only what was asked for. */
static void put_sum(Ctx *c, JsonWriter *w, ContactBy by, const ContactSum *s)
{
	json_open_object(w);
	if (by.month)
		put_text(w, "month", str_printf(c->arena, "%04d-%02d", (int)(s->month / 100), (int)(s->month % 100)));
	if (by.kind)
		put_text(w, "kind", enum_code(&contact_kind_table, (int)s->kind));
	if (by.partner)
		put_text(w, "partner", uuid_str(c->arena, s->partner.v));
	if (by.purpose)
		put_text(w, "purpose", enum_code(&contact_purpose_table, (int)s->purpose));
	json_key(w, "n");
	json_put_int(w, s->n);
	json_close(w);
}

static Err contact_api_summary(Ctx *c, Request *r)
{
	const SummaryIn *in = r->in;
	ProgrammeId programme = { request_id(r, "programme") };
	ContactSumList sums;
	Programme known;
	ContactBy by = { 0 };
	int64_t total = 0;
	if (!str_is_empty(in->by) && !contact_by_parse(in->by, &by))
		return refuse(c, "by", "%s", T(c->lang, "Allowed are month, kind, partner and purpose, with commas."));
	RETURN_IF_ERR(programme_get(c, programme, &known));
	RETURN_IF_ERR(contact_summary(c, programme, in->partner, by, &sums));
	JsonWriter w = json_writer(answer_json(r));
	json_open_object(&w);
	put_text(&w, "programme", uuid_str(c->arena, programme.v));
	json_key(&w, "sums");
	json_open_list(&w);
	for (size_t i = 0; i < sums.n; i++) {
		put_sum(c, &w, by, &sums.at[i]);
		total += sums.at[i].n;
	}
	json_close(&w);
	json_key(&w, "total");
	json_put_int(&w, total);
	json_close(&w);
	return OK;
}

static const Route routes[] = {
	ROUTE(POST, "/api/v1/contacts", contact_api_post, MAY(REGISTER, OWN_UNIT), &contact_form, .answer = 201,
	      .summary = N_("Registers a contact; with an id, sending twice registers once"), .gives = &id_shape),
	ROUTE(GET, "/api/v1/participants/{participant}/contacts", contact_api_list, MAY(SEE_PEOPLE, OWN_UNIT),
	      &contacts_form, .summary = N_("A citizen's contacts, newest first"), .gives = &list_shape),
	ROUTE(GET, "/api/v1/programmes/{programme}/contacts/summary", contact_api_summary,
	      MAY(SEE_NUMBERS, OWN_PROGRAMME), &summary_form,
	      .summary = N_("How many contacts, by month, kind, partner, purpose"), .gives = &summary_shape),
};
const RouteTable contact_api_routes = ROUTES(routes);
