#include "feature/contact/contact_api.h"

#include "feature/contact/contact.h"
#include "feature/feature.h"
#include "feature/programme/programme.h"
#include "format/json.h"

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

static void put_id(Ctx *c, JsonWriter *w, const char *key, Uuid id)
{
	json_key(w, key);
	json_put_text(w, uuid_is_none(id) ? STR_NONE : uuid_str(c->arena, id));
}

static void put_code(JsonWriter *w, const char *key, const EnumTable *t, int value)
{
	json_key(w, key);
	json_put_text(w, value == ENUM_NONE ? STR_NONE : enum_code(t, value));
}

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
	JsonWriter w = json_writer(answer_json(r));
	json_open_object(&w);
	put_id(c, &w, "id", id.v);
	json_close(&w);
	return OK;
}

static void put_contact(Ctx *c, JsonWriter *w, const ContactLine *k)
{
	json_open_object(w);
	put_id(c, w, "id", k->id.v);
	json_key(w, "at");
	json_put_text(w, time_iso(c->arena, k->at));
	json_key(w, "day");
	json_put_date(w, k->day);
	put_code(w, "kind", &contact_kind_table, (int)k->kind);
	put_code(w, "purpose", &contact_purpose_table, (int)k->purpose);
	put_code(w, "place", &contact_place_table, (int)k->place);
	put_id(c, w, "company", k->company.v);
	json_key(w, "company_name");
	json_put_text(w, k->company_name);
	put_id(c, w, "placement", k->placement.v);
	json_key(w, "follow_up");
	json_put_bool(w, k->follow_up);
	json_key(w, "minutes");
	if (k->minutes == INT_NONE)
		json_put_null(w);
	else
		json_put_int(w, k->minutes);
	json_key(w, "note");
	json_put_text(w, k->note);
	json_key(w, "member_name");
	json_put_text(w, k->member_name);
	json_close(w);
}

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
	json_key(&w, "contacts");
	json_open_list(&w);
	for (size_t i = 0; i < lines.n; i++)
		put_contact(c, &w, &lines.at[i]);
	json_close(&w);
	json_key(&w, "next");
	json_put_text(&w, (int64_t)lines.n < most ? STR_NONE : contact_cursor_text(c, &lines.at[lines.n - 1]));
	json_close(&w);
	return OK;
}

static void put_sum(Ctx *c, JsonWriter *w, ContactBy by, const ContactSum *s)
{
	json_open_object(w);
	if (by.month) {
		json_key(w, "month");
		json_put_text(w, str_printf(c->arena, "%04d-%02d", (int)(s->month / 100), (int)(s->month % 100)));
	}
	if (by.kind)
		put_code(w, "kind", &contact_kind_table, (int)s->kind);
	if (by.partner)
		put_id(c, w, "partner", s->partner.v);
	if (by.purpose)
		put_code(w, "purpose", &contact_purpose_table, (int)s->purpose);
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
	put_id(c, &w, "programme", programme.v);
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
	      .summary = N_("Registers a contact; with an id, sending twice registers once")),
	ROUTE(GET, "/api/v1/participants/{participant}/contacts", contact_api_list, MAY(SEE_PEOPLE, OWN_UNIT),
	      &contacts_form, .summary = N_("A citizen's contacts, newest first")),
	ROUTE(GET, "/api/v1/programmes/{programme}/contacts/summary", contact_api_summary,
	      MAY(SEE_NUMBERS, OWN_PROGRAMME), &summary_form,
	      .summary = N_("How many contacts, by month, kind, partner, purpose")),
};
const RouteTable contact_api_routes = ROUTES(routes);
