#include "feature/citizen/citizen_web.h"

#include "access/oidc_web.h"
#include "access/page.h"
#include "citizen_html.h"
#include "convert/convert.h"
#include "feature/feature.h"
#include "feature/printed.h"
#include "seen_html.h"

static ParticipantId myself(const Ctx *c)
{
	return c->actor->participant;
}

static Err citizen_get(Ctx *c, Request *r)
{
	CitizenPage page = { .today = clock_today(c->clock), .csrf = r->csrf };
	int64_t asked = 0;
	RETURN_IF_ERR(own_collect(c, myself(c), &page.own));
	RETURN_IF_ERR(citizen_request_count(c, myself(c), STR("erasure"), &asked));
	page.erasure_asked = asked > 0;
	for (size_t i = 0; i < page.own.statuses.n && page.status == NULL; i++)
		if (page.own.statuses.at[i].since <= page.today)
			page.status = &page.own.statuses.at[i];
	RETURN_IF_ERR(feature_log_read(c, "own.view", myself(c)));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "My page")) });
	citizen_nav_html(h, &page);
	citizen_now_html(h, &page);
	citizen_network_html(h, &page);
	citizen_wishes_html(h, &page);
	page_form(c, r, h,
		  &(FormView){
			  .form = &wish_form, .action = STR("/min/oenske"), .submit = T(c->lang, "Put on my list") });
	citizen_last_html(h, &page);
	page_form(c, r, h,
		  &(FormView){
			  .form = &preference_form, .values = &page.own.preference, .action = STR("/min/samtaler") });
	citizen_quotes_html(h, &page);
	RETURN_IF_ERR(oidc_write_citizen_link(c, r, h));
	citizen_end_html(h, &page);
	return page_close(r);
}

/* ---- companies and talks -------------------------------------------------------- */

static Err wish_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(wish_add(c, myself(c), ((const WishIn *)r->in)->name));
	return answer_redirect(r, STR("/min"), N_("It stands on your list."));
}

static Err answer_wish(Ctx *c, Request *r, bool yes)
{
	RETURN_IF_ERR(wish_answer(c, myself(c), (WishId){ request_id(r, "wish") }, yes));
	return answer_redirect(r, STR("/min"), N_("Thank you, your answer is stored."));
}

static Err wish_yes_post(Ctx *c, Request *r)
{
	return answer_wish(c, r, true);
}

static Err wish_no_post(Ctx *c, Request *r)
{
	return answer_wish(c, r, false);
}

static Err wish_remove_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(wish_remove(c, myself(c), (WishId){ request_id(r, "own_wish") }));
	return answer_redirect(r, STR("/min"), N_("It is off your list."));
}

static Err preference_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(preference_store(c, myself(c), r->in));
	return answer_redirect(r, STR("/min"), N_("The change is stored."));
}

/* Asked twice it is one request, which waits. */
static Err erasure_post(Ctx *c, Request *r)
{
	int64_t waiting = 0;
	RETURN_IF_ERR(citizen_request_count(c, myself(c), STR("erasure"), &waiting));
	RETURN_IF_ERR(waiting > 0 ? feature_audit(c, "request.again", "participant", myself(c).v, myself(c))
				  : request_erasure(c, myself(c)));
	return answer_redirect(r, STR("/min"), N_("You have asked to be erased."));
}

/* ---- consents -------------------------------------------------------------------- */

/* What is in force for a purpose, or will be, and names nobody, newest first; *single: something names a company or a
 * person. */
static ConsentLineList said_yes(Ctx *c, const ConsentLineList *all, ConsentPurpose purpose, bool *single)
{
	Date today = clock_today(c->clock);
	ConsentLineList out = { ARENA_ARRAY(c->arena, all->n, ConsentLine), 0 };
	*single = false;
	for (size_t i = 0; i < all->n; i++) {
		const ConsentLine *k = &all->at[i];
		bool over = k->withdrawn != TIME_NONE || (k->until != DATE_NONE && k->until < today);
		if (k->purpose != purpose || over)
			continue;
		if (str_is_none(k->company_name) && str_is_none(k->user_name) && str_is_none(k->receiver_name))
			out.at[out.n++] = *k;
		else
			*single = true;
	}
	return out;
}

static Err consents_get(Ctx *c, Request *r)
{
	ConsentsPage page = { .today = clock_today(c->clock), .csrf = r->csrf };
	ConsentSwitch *at = ARENA_ARRAY(c->arena, CONSENT_PURPOSES, ConsentSwitch);
	RETURN_IF_ERR(consent_of(c, myself(c), &page.history));
	RETURN_IF_ERR(consent_noes(c, myself(c), false, page.today, &page.noes));
	RETURN_IF_ERR(feature_log_read(c, "own.view", myself(c)));
	for (int i = 0; i < CONSENT_PURPOSES; i++) {
		at[i] = (ConsentSwitch){
			.purpose = (ConsentPurpose)i,
			.tells = consent_tells((ConsentPurpose)i),
			.meaning = consent_meaning((ConsentPurpose)i),
		};
		at[i].on = said_yes(c, &page.history, at[i].purpose, &at[i].single);
		for (size_t k = 0; k < at[i].on.n; k++)
			at[i].today |= consent_in_force(&at[i].on.at[k], page.today);
	}
	page.switches = (ConsentSwitches){ at, CONSENT_PURPOSES };
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "What I say yes to")) });
	citizen_consents_html(h, &page);
	return page_close(r);
}

typedef struct {
	int purpose;
} PurposeIn;
static const Field purpose_fields[] = {
	FIELD(PurposeIn, purpose, FIELD_ENUM, N_("What I say yes to"), .required = true,
	      .choices = &consent_purpose_table),
};
static const Form purpose_form = FORM("consent_purpose", PurposeIn, purpose_fields);

/* Not yet translated; NULL: the purpose goes to nobody. */
static const char *to_whom(ConsentPurpose purpose)
{
	if (!consent_goes_to(purpose))
		return NULL;
	return purpose == CONSENT_TELL_MENTOR
		       ? N_("Your yes is for whoever is your mentor.")
		       : N_("Your yes is for every company. You can say no to single companies on your page.");
}

static Err yes_get(Ctx *c, Request *r)
{
	static const char *const simple[] = { "receiver",
					      "everyone",
					      "receiver_name",
					      "tells_name",
					      "tells_phone",
					      "tells_wishes",
					      "tells_considerations",
					      "tells_situation",
					      "purpose",
					      "after_no",
					      NULL };
	static const char *const telling[] = { "receiver", "everyone", "receiver_name", "purpose", "after_no", NULL };
	static const char *const inviting[] = {
		"receiver",        "everyone", "tells_name", "tells_phone", "tells_wishes", "tells_considerations",
		"tells_situation", "purpose",  "after_no",   NULL
	};
	ConsentIn values = { .purpose = r->in == NULL ? ENUM_NONE : ((const PurposeIn *)r->in)->purpose,
			     .since = DATE_NONE,
			     .until = DATE_NONE };
	if (r->again != 0 && !enum_parse(&consent_purpose_table, request_typed(r, "purpose"), &values.purpose))
		values.purpose = ENUM_NONE;
	if (values.purpose == ENUM_NONE)
		return ERR_NOT_FOUND;
	ConsentPurpose purpose = (ConsentPurpose)values.purpose;
	values.everyone = consent_goes_to(purpose);
	const char *heading = enum_text(c->lang, &consent_purpose_table, values.purpose);
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(heading),
				     .back = STR("/min/samtykker"),
				     .back_text = str_of(T(c->lang, "What I say yes to")) });
	citizen_yes_html(h, heading, consent_meaning(purpose), to_whom(purpose));
	page_form(c, r, h,
		  &(FormView){ .form = &consent_form,
			       .values = &values,
			       .action = STR("/min/samtykke/ja"),
			       .submit = T(c->lang, "Yes"),
			       .cancel = STR("/min/samtykker"),
			       .hidden = consent_tells(purpose)              ? telling
					 : purpose == CONSENT_INVITE_NETWORK ? inviting
									     : simple });
	return page_close(r);
}

static Err yes_post(Ctx *c, Request *r)
{
	ConsentId id;
	RETURN_IF_ERR(consent_give(c, myself(c), r->in, &id));
	return answer_redirect(r, STR("/min/samtykker"), N_("Your yes is stored."));
}

static Err no_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(consent_withdraw(c, myself(c), (ConsentId){ request_id(r, "consent") }));
	return answer_redirect(r, STR("/min/samtykker"), N_("Your no is stored."));
}

static Err no_to_all_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(consent_refuse_all(c, myself(c), (ConsentPurpose)((const PurposeIn *)r->in)->purpose));
	return answer_redirect(r, STR("/min/samtykker"), N_("Your no is stored."));
}

static Err no_taken_back_post(Ctx *c, Request *r)
{
	ConsentPurpose purpose = (ConsentPurpose)((const PurposeIn *)r->in)->purpose;
	RETURN_IF_ERR(consent_take_no_back(c, myself(c), purpose, request_id(r, "refused")));
	return answer_redirect(r, STR("/min/samtykker"), N_("Your no is taken back."));
}

/* ---- the own data ------------------------------------------------------------------- */

static Err collect(Ctx *c, Own *own)
{
	RETURN_IF_ERR(own_collect(c, myself(c), own));
	return feature_log_read(c, "own.data", myself(c));
}

static Err data_get(Ctx *c, Request *r)
{
	Own own;
	RETURN_IF_ERR(collect(c, &own));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "My data")) });
	own_head_html(h, &own);
	own_links_html(h);
	own_data_html(h, &own);
	return page_close(r);
}

/* With who has looked: reading the audit log takes its time. */
static Err collect_copy(Ctx *c, size_t entries, Own *own, SeenLines *seen)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = collect(c, own);
	if (e == OK)
		e = seen_newest(c, myself(c), entries, seen);
	db_end_read(c);
	return e;
}

static Err data_json_get(Ctx *c, Request *r)
{
	Own own;
	SeenLines seen;
	RETURN_IF_ERR(collect_copy(c, SEEN_ALL, &own, &seen));
	own_json(c->arena, answer_file(r, "application/json", "mine-oplysninger.json"), &own, &seen);
	return OK;
}

/* The document that is printed: large type, as on the citizen's own page. */
static void own_document(Ctx *c, Buf *out, const Own *own, const SeenLines *seen)
{
	Html h;
	html_init(&h, out, c->lang);
	buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title><style>",
		   lang_code(c->lang), T(c->lang, "My data"));
	printed_styles(out, "/assets/own.css");
	buf_z(out, "</style></head><body>");
	own_printed_head_html(&h, own, clock_today(c->clock));
	own_data_html(&h, own);
	seen_printed_html(&h, seen);
	buf_z(out, "</body></html>");
}

static Err data_pdf_get(Ctx *c, Request *r)
{
	Own own;
	SeenLines seen;
	Str pdf;
	RETURN_IF_ERR(collect_copy(c, SEEN_PRINT_MOST, &own, &seen));
	if (c->convert == NULL)
		return fail(c, ERR_IO, "a PDF needs the converters' broker");
	Buf *out = buf_new(c->arena, CONVERT_INPUT_MOST);
	own_document(c, out, &own, &seen);
	if (out->failed)
		return ERR_LIMIT;
	RETURN_IF_ERR(convert_run(c, c->convert, CONVERT_PDF, buf_str(out), &pdf));
	buf_str_add(answer_file(r, "application/pdf", "mine-oplysninger.pdf"), pdf);
	return OK;
}

static const Route routes[] = {
	ROUTE(GET, "/min", citizen_get, MAY(OWN_CASE, OWN_PARTICIPANT), NULL, .menu = N_("My page"), .menu_place = 12),
	ROUTE(GET, "/min/samtykker", consents_get, MAY(OWN_CASE, OWN_PARTICIPANT), NULL,
	      .menu = N_("What I say yes to"), .menu_place = 14),
	ROUTE(GET, "/min/samtykke/ja", yes_get, MAY(OWN_CASE, OWN_PARTICIPANT), &purpose_form),
	ROUTE(POST, "/min/samtykke/ja", yes_post, MAY(OWN_CASE, OWN_PARTICIPANT), &consent_form, .again = yes_get),
	ROUTE(POST, "/min/samtykke/{consent}/nej", no_post, MAY(OWN_CASE, OWN_PARTICIPANT), NULL),
	ROUTE(POST, "/min/samtykke/nej", no_to_all_post, MAY(OWN_CASE, OWN_PARTICIPANT), &purpose_form),
	ROUTE(POST, "/min/nej/{refused}/tilbage", no_taken_back_post, MAY(OWN_CASE, OWN_PARTICIPANT), &purpose_form),
	ROUTE(POST, "/min/oenske", wish_post, MAY(OWN_CASE, OWN_PARTICIPANT), &wish_form, .again = citizen_get),
	ROUTE(POST, "/min/oenske/{wish}/ja", wish_yes_post, MAY(OWN_CASE, OWN_PARTICIPANT), NULL),
	ROUTE(POST, "/min/oenske/{wish}/nej", wish_no_post, MAY(OWN_CASE, OWN_PARTICIPANT), NULL),
	ROUTE(POST, "/min/oenske/{own_wish}/fjern", wish_remove_post, MAY(OWN_CASE, OWN_PARTICIPANT), NULL),
	ROUTE(POST, "/min/samtaler", preference_post, MAY(OWN_CASE, OWN_PARTICIPANT), &preference_form,
	      .again = citizen_get),
	ROUTE(POST, "/min/sletning", erasure_post, MAY(OWN_CASE, OWN_PARTICIPANT), NULL),
	ROUTE(GET, "/min/data", data_get, MAY(OWN_CASE, OWN_PARTICIPANT), NULL, .menu = N_("My data"),
	      .menu_place = 18),
	ROUTE(GET, "/min/data/json", data_json_get, MAY(OWN_CASE, OWN_PARTICIPANT), NULL, .lane = LANE_SLOW),
	ROUTE(GET, "/min/data/pdf", data_pdf_get, MAY(OWN_CASE, OWN_PARTICIPANT), NULL, .lane = LANE_SLOW),
};
const RouteTable citizen_routes = ROUTES(routes);
