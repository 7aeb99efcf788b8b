#include "feature/participant/participant_web.h"

#include "access/page.h"
#include "feature/feature.h"
#include "feature/programme/programme.h"
#include "feature_html.h"
#include "format/json.h"
#include "participant_html.h"

/* The actor's programme; NOT_FOUND for those who have none. */
static Err own_programme(Ctx *c, const Request *r, Programme *out)
{
	return uuid_is_none(r->scope.programme.v) ? ERR_NOT_FOUND : programme_get(c, r->scope.programme, out);
}

/* Partners to choose from: one's own unit, or all. */
static Err partner_options(Ctx *c, const Request *r, ProgrammeId programme, FormOptions *out)
{
	PartnerRowList partners;
	RETURN_IF_ERR(programme_partners(c, programme, clock_today(c->clock), &partners));
	FormOption *items = ARENA_ARRAY(c->arena, partners.n, FormOption);
	size_t n = 0;
	for (size_t i = 0; i < partners.n; i++) {
		Uuid id = partners.at[i].organisation.v;
		if (uuid_is_none(r->scope.organisation.v) || uuid_eq(id, r->scope.organisation.v))
			items[n++] = (FormOption){ uuid_str(c->arena, id), partners.at[i].name };
	}
	*out = (FormOptions){ "partner", items, n };
	return OK;
}

static Err person_options(Ctx *c, const Request *r, ProgrammeId programme, FormOptions *out)
{
	MemberList team;
	Date today = clock_today(c->clock);
	RETURN_IF_ERR(programme_team(c, programme, &team));
	FormOption *items = ARENA_ARRAY(c->arena, team.n, FormOption);
	size_t n = 0;
	for (size_t i = 0; i < team.n; i++) {
		const Member *m = &team.at[i];
		bool own = uuid_is_none(r->scope.organisation.v) || uuid_eq(m->organisation.v, r->scope.organisation.v);
		if (own && m->role == MEMBER_CONTACT_PERSON && (m->until == DATE_NONE || m->until >= today))
			items[n++] = (FormOption){ uuid_str(c->arena, m->id.v), m->name };
	}
	*out = (FormOptions){ "contact_person", items, n };
	return OK;
}

static Err both_options(Ctx *c, const Request *r, ProgrammeId programme, FormOptions out[2])
{
	RETURN_IF_ERR(partner_options(c, r, programme, &out[0]));
	return person_options(c, r, programme, &out[1]);
}

/* The list's path with the same search on another page. */
static Str page_path(Ctx *c, const ParticipantSearch *search, int64_t page)
{
	ParticipantSearch there = *search;
	Buf *b = buf_new(c->arena, 4096);
	there.page = page;
	buf_z(b, "/borgere?");
	for (size_t i = 0; i < participant_search_form.n; i++) {
		const Field *f = &participant_search_form.fields[i];
		Str value = field_text(c, f, &there, true);
		if (value.len == 0)
			continue;
		buf_printf(b, "%s%s=", b->len > 9 ? "&" : "", f->name);
		buf_str_add(b, url_encode(c->arena, value));
	}
	return buf_str(b);
}

static void fill_pages(Ctx *c, const ParticipantSearch *search, ParticipantListPage *page)
{
	int64_t at = search->page == INT_NONE ? 1 : search->page;
	page->from = page->rows.n == 0 ? 0 : (at - 1) * PARTICIPANT_PAGE + 1;
	page->to = (at - 1) * PARTICIPANT_PAGE + (int64_t)page->rows.n;
	if (at > 1)
		page->previous = page_path(c, search, at - 1);
	if (page->to < page->total && page->rows.n > 0)
		page->next = page_path(c, search, at + 1);
}

static Err participants_get(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "page", NULL }, *const chosen[] = { "sort", NULL };
	const ParticipantSearch *search = r->in;
	ParticipantSearch shown = *search;
	ParticipantListPage page = { .may_register = policy_some(c->actor, OP_REGISTER) };
	FormOptions options[2];
	Programme programme;
	shown.page = INT_NONE;
	shown.sort = search->sort == ENUM_NONE ? PARTICIPANT_LIST_BY_NAME : search->sort;
	RETURN_IF_ERR(own_programme(c, r, &programme));
	RETURN_IF_ERR(both_options(c, r, programme.id, options));
	RETURN_IF_ERR(
		participant_search(c, &r->scope, programme.id, search, clock_today(c->clock), &page.rows, &page.total));
	RETURN_IF_ERR(feature_log_read(c, "participant.search", NOBODY));
	fill_pages(c, search, &page);
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Citizens")), .wide = true });
	participant_list_head_html(h, page.may_register);
	feature_filters_open_html(h);
	page_form(c, r, h,
		  &(FormView){ .form = &participant_search_form,
			       .action = STR("/borgere"),
			       .values = &shown,
			       .submit = T(c->lang, "Search"),
			       .options = options,
			       .option_count = 2,
			       .hidden = hidden,
			       .chosen = chosen,
			       .get = true });
	feature_filters_close_html(h);
	participant_list_rows_html(h, &page);
	return page_close(r);
}

static Err form_page(Ctx *c, Request *r, const char *heading, const Programme *programme, FormView view)
{
	FormOptions options[2];
	RETURN_IF_ERR(both_options(c, r, programme->id, options));
	view.form = &participant_form;
	view.options = options;
	view.option_count = 2;
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(heading),
				     .back = STR("/borgere"),
				     .back_text = str_of(T(c->lang, "Citizens")) });
	participant_form_head_html(h, heading, programme->name);
	page_form(c, r, h, &view);
	return page_close(r);
}

static Err participant_new(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", NULL };
	Programme programme;
	RETURN_IF_ERR(own_programme(c, r, &programme));
	ParticipantIn values = { .gender = ENUM_NONE,
				 .municipality = INT_NONE,
				 .partner = r->scope.organisation,
				 .contact_person = c->actor->member,
				 .admitted = DATE_NONE,
				 .status = ENUM_NONE,
				 .version = INT_NONE };
	return form_page(
		c, r, T(c->lang, "Admit a citizen"), &programme,
		(FormView){
			.values = &values, .hidden = hidden, .action = STR("/borgere/ny"), .cancel = STR("/borgere") });
}

/* The partner must be within the scope, too. */
static Err check_scope(Ctx *c, const Request *r, const ParticipantIn *in)
{
	if (uuid_is_none(r->scope.organisation.v) || uuid_eq(r->scope.organisation.v, in->partner.v))
		return OK;
	return refuse(c, "partner", "%s", T(c->lang, "You work for another partner."));
}

static Err participant_new_post(Ctx *c, Request *r)
{
	Programme programme;
	ParticipantId id;
	RETURN_IF_ERR(own_programme(c, r, &programme));
	RETURN_IF_ERR(check_scope(c, r, r->in));
	RETURN_IF_ERR(participant_admit(c, programme.id, r->in, &id));
	return answer_redirect(r, feature_person_path(c, id, ""), N_("The citizen is admitted."));
}

static Err participant_edit(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", "status", NULL }; /* a status has its own page */
	Person person;
	Participant row;
	Programme programme;
	ParticipantId id = { request_id(r, "participant") };
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, id, &person));
	RETURN_IF_ERR(participant_get(c, id, &row));
	RETURN_IF_ERR(programme_get(c, row.programme, &programme));
	RETURN_IF_ERR(feature_log_read(c, "participant.view", id));
	ParticipantIn values = participant_in(&row);
	return form_page(c, r, T(c->lang, "Change what is known about the citizen"), &programme,
			 (FormView){ .values = &values,
				     .hidden = hidden,
				     .action = feature_person_path(c, id, "/ret"),
				     .cancel = feature_person_path(c, id, "") });
}

static Err participant_edit_post(Ctx *c, Request *r)
{
	Person person;
	ParticipantId id = { request_id(r, "participant") };
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, id, &person));
	RETURN_IF_ERR(check_scope(c, r, r->in));
	RETURN_IF_ERR(participant_change(c, id, r->in));
	return answer_redirect(r, feature_person_path(c, id, ""), N_("The change is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/borgere", participants_get, MAY(SEE_PEOPLE, OWN_UNIT), &participant_search_form,
	      .menu = N_("Citizens"), .menu_place = 20),
	ROUTE(GET, "/borgere/ny", participant_new, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/borgere/ny", participant_new_post, MAY(REGISTER, OWN_UNIT), &participant_form,
	      .again = participant_new),
	ROUTE(GET, "/borger/{participant}/ret", participant_edit, MAY(REGISTER, OWN_UNIT), NULL),
	ROUTE(POST, "/borger/{participant}/ret", participant_edit_post, MAY(REGISTER, OWN_UNIT), &participant_form,
	      .again = participant_edit),
};
const RouteTable participant_routes = ROUTES(routes);

static void put_row(Ctx *c, JsonWriter *w, const ParticipantRow *p)
{
	json_open_object(w);
	json_key(w, "id");
	json_put_text(w, uuid_str(c->arena, p->id.v));
	json_key(w, "name");
	json_put_text(w, p->name);
	json_key(w, "partner_name");
	json_put_text(w, p->partner_name);
	json_key(w, "contact_person_name");
	json_put_text(w, p->contact_person_name);
	json_key(w, "admitted");
	json_put_date(w, p->admitted);
	json_key(w, "status");
	json_put_text(w, p->status == STATUS_NONE ? STR_NONE : enum_code(&status_code_table, (int)p->status));
	json_key(w, "last_contact");
	json_put_date(w, p->last_contact);
	json_close(w);
}

static Err participants_api(Ctx *c, Request *r)
{
	ParticipantRowList rows;
	Programme programme;
	int64_t total = 0;
	RETURN_IF_ERR(own_programme(c, r, &programme));
	RETURN_IF_ERR(participant_search(c, &r->scope, programme.id, r->in, clock_today(c->clock), &rows, &total));
	RETURN_IF_ERR(feature_log_read(c, "participant.search", NOBODY));
	JsonWriter w = json_writer(answer_json(r));
	json_open_object(&w);
	json_key(&w, "participants");
	json_open_list(&w);
	for (size_t i = 0; i < rows.n; i++)
		put_row(c, &w, &rows.at[i]);
	json_close(&w);
	json_key(&w, "total");
	json_put_int(&w, total);
	json_key(&w, "page_size");
	json_put_int(&w, PARTICIPANT_PAGE);
	json_close(&w);
	return OK;
}

static Err participants_api_post(Ctx *c, Request *r)
{
	Programme programme;
	ParticipantId id;
	RETURN_IF_ERR(own_programme(c, r, &programme));
	RETURN_IF_ERR(check_scope(c, r, r->in));
	RETURN_IF_ERR(participant_admit(c, programme.id, r->in, &id));
	JsonWriter w = json_writer(answer_json(r));
	json_open_object(&w);
	json_key(&w, "id");
	json_put_text(&w, uuid_str(c->arena, id.v));
	json_close(&w);
	return OK;
}

static const Route api_routes[] = {
	ROUTE(GET, "/api/v1/participants", participants_api, MAY(SEE_PEOPLE, OWN_UNIT), &participant_search_form,
	      .summary = N_("The citizens that you may see, by name, page by page")),
	ROUTE(POST, "/api/v1/participants", participants_api_post, MAY(REGISTER, OWN_UNIT), &participant_form,
	      .answer = 201, .summary = N_("Admits a citizen to your programme")),
};
const RouteTable participant_api_routes = ROUTES(api_routes);
