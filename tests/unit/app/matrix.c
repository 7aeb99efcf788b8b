/* The authorization matrix: every route × everybody × rows of every relation,
 * over HTTP, with bodies that pass the form.
 *
 * Out of reach means: 404 or 403 (for an identifier in the body, a refusal),
 * nothing in the database has changed, no canary in the answer. Within reach it
 * means: done, only rows within reach have changed, and the audit says who and
 * about whom. That the walk would find a hole is itself tested, with planted
 * ones of every kind, each beside a route of its kind that has none.
 */
#include "matrix.h"
#include "app/lists.h"

#include "access/page.h"
#include "feature/feature.h"

static size_t route_count(const RouteTable *const *tables)
{
	size_t n = 0;
	for (; *tables != NULL; tables++)
		n += (*tables)->n;
	return n;
}

static void every_route__reaches_as_far_as_it_should(void **state)
{
	(void)state;
	static Matrix m;
	m = (Matrix){ .quiet = false };
	matrix_walk(&m, feature_routes, NULL);
	print_message("# %d requests to %zu routes, %d of them done\n", m.asked, route_count(feature_routes), m.passed);
	assert_int_equal(m.faults, 0);
	assert_true(m.sung[AARHUS] && m.sung[RANDERS] && m.sung[OTHER]);
}

/* What every route does for each kind of people, for where a request takes long: with the sanitizers. */
static void every_route__answers_each_kind_of_people(void **state)
{
	(void)state;
	static Matrix m;
	m = (Matrix){ .brief = true };
	matrix_walk(&m, feature_routes, NULL);
	print_message("# %d requests, %d of them done\n", m.asked, m.passed);
	assert_int_equal(m.faults, 0);
	assert_true(m.passed > 0);
}

/* ---- planted routes ---------------------------------------------------------------- */

/* What the walk of one planted route finds. */
static int faults_of(const Route *planted)
{
	static Matrix m;
	RouteTable table = { planted, 1 };
	const RouteTable *with_it[] = { feature_routes[0], &table, NULL };
	m = (Matrix){ .quiet = true };
	matrix_walk(&m, with_it, &table);
	return m.faults;
}

static void found(Route hole)
{
	assert_true(faults_of(&hole) > 0);
}

static void whole(Route none)
{
	assert_int_equal(faults_of(&none), 0);
}

static ParticipantId asked(const Request *r)
{
	return (ParticipantId){ request_id(r, "participant") };
}

static Err show(Ctx *c, Request *r, ParticipantId who)
{
	Participant row;
	RETURN_IF_ERR(participant_get(c, who, &row));
	buf_printf(answer_json(r), "{\"name\":\"%.*s\"}", STR_ARG(row.name));
	return OK;
}

static Err show_anyone(Ctx *c, Request *r)
{
	RETURN_IF_ERR(feature_log_read(c, "participant.view", asked(r)));
	return show(c, r, asked(r));
}

static Err show_own(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	return show_anyone(c, r);
}

static Err show_unseen(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	return show(c, r, person.id);
}

static Err show_all(Ctx *c, Request *r)
{
	ParticipantRowList rows;
	ParticipantSearch everybody = { .list = LIST_NOTHING, .status = ENUM_NONE };
	Scope all = { 0 };
	int64_t total = 0;
	RETURN_IF_ERR(
		participant_search(c, &all, c->actor->programme, &everybody, clock_today(c->clock), &rows, &total));
	Buf *b = answer_json(r);
	for (size_t i = 0; i < rows.n; i++)
		buf_printf(b, "\"%.*s\" ", STR_ARG(rows.at[i].name));
	AuditEvent e = actor_event(c, "participant.search");
	answer_audited(r, &e);
	return OK;
}

static void hole__open_to_all_is_found(void **state)
{
	(void)state;
	found((Route)ROUTE(GET, "/api/v1/hole", show_all, MAY(PUBLIC, ANY), NULL, .summary = "A hole"));
}

static void hole__missing_permission_is_found(void **state)
{
	(void)state;
	whole((Route)ROUTE(GET, "/api/v1/hole", show_all, MAY(SEE_PEOPLE, OWN_PROGRAMME), NULL, .summary = "None"));
	found((Route)ROUTE(GET, "/api/v1/hole", show_all, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL, .summary = "A hole"));
}

static void hole__missing_scope_is_found(void **state)
{
	(void)state;
	whole((Route)ROUTE(GET, "/api/v1/hole/{participant}", show_own, MAY(SEE_PEOPLE, OWN_UNIT), NULL,
			   .summary = "None"));
	found((Route)ROUTE(GET, "/api/v1/hole/{participant}", show_anyone, MAY(SEE_PEOPLE, OWN_UNIT), NULL,
			   .summary = "A hole"));
}

static void hole__reading_that_is_not_logged_is_found(void **state)
{
	(void)state;
	found((Route)ROUTE(GET, "/api/v1/hole/{participant}", show_unseen, MAY(SEE_PEOPLE, OWN_UNIT), NULL,
			   .summary = "A hole"));
}

static void hole__writing_by_a_permission_to_see_is_found(void **state)
{
	(void)state;
	found((Route)ROUTE(POST, "/api/v1/hole", show_all, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL, .summary = "A hole",
			   .lane = LANE_SLOW));
}

static void hole__what_a_cache_may_keep_of_people_is_found(void **state)
{
	(void)state;
	found((Route)ROUTE(GET, "/api/v1/hole/{participant}", show_own, MAY(SEE_PEOPLE, OWN_UNIT), NULL,
			   .summary = "A hole", .shared = true));
}

/* ---- writing ----------------------------------------------------------------------- */

static Err write_status(Ctx *c, Request *r, ParticipantId who)
{
	RETURN_IF_ERR(status_add(c, who, r->in));
	return answer_redirect(r, STR("/"), NULL);
}

static Err write_own(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	return write_status(c, r, person.id);
}

static Err write_anyones(Ctx *c, Request *r)
{
	return write_status(c, r, asked(r));
}

static void hole__writing_without_scope_is_found(void **state)
{
	(void)state;
	whole((Route)ROUTE(POST, "/borger/{participant}/hole", write_own, MAY(REGISTER, OWN_UNIT), &status_form));
	found((Route)ROUTE(POST, "/borger/{participant}/hole", write_anyones, MAY(REGISTER, OWN_UNIT), &status_form));
}

/* The citizen is one's own; the contact need not be the citizen's. */
static Err remove_any(Ctx *c, Request *r)
{
	Person person;
	Contact k;
	ContactId id = { request_id(r, "contact") };
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	RETURN_IF_ERR(contact_get(c, id, &k));
	RETURN_IF_ERR(contact_remove(c, k.participant, id, k.version));
	return answer_redirect(r, STR("/"), NULL);
}

static void hole__another_rows_identifier_is_found(void **state)
{
	(void)state;
	found((Route)ROUTE(POST, "/borger/{participant}/hole/{contact}", remove_any, MAY(REGISTER, OWN_UNIT), NULL));
}

static Err show_after_refusal(Ctx *c, Request *r)
{
	Html *h = page_open(c, r, &(Page){ .title = STR("") });
	Participant row;
	RETURN_IF_ERR(participant_get(c, asked(r), &row));
	html_str(h, row.name);
	return page_close(r);
}

static void hole__the_form_shown_again_without_scope_is_found(void **state)
{
	(void)state;
	found((Route)ROUTE(POST, "/borger/{participant}/hole", write_own, MAY(REGISTER, OWN_UNIT), &status_form,
			   .again = show_after_refusal));
}

/* ---- fields that are not the sender's to say ------------------------------------------ */

static bool typed_id(const Request *r, const char *name, Uuid *out)
{
	return uuid_parse(request_typed(r, name), out);
}

static Err write_to_typed_person(Ctx *c, Request *r)
{
	Person person;
	ParticipantId who = asked(r);
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, who, &person));
	(void)typed_id(r, "participant", &who.v);
	return write_status(c, r, who);
}

static Err write_typed_programme(Ctx *c, Request *r)
{
	const StatusIn *in = r->in;
	Person person;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	(void)typed_id(r, "programme", &person.programme.v);
	Status row = { person.id, in->since, (StatusCode)in->code, in->note, 1, TIME_NONE, STR_NONE };
	RETURN_IF_ERR(status_insert(c, person.programme, &row));
	RETURN_IF_ERR(feature_audit(c, "status.add", "status", UUID_NONE, person.id));
	return answer_redirect(r, STR("/"), NULL);
}

static Err write_typed_version(Ctx *c, Request *r)
{
	const StatusIn *in = r->in;
	Person person;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	Status row = { person.id, in->since, (StatusCode)in->code, in->note, in->version, TIME_NONE, STR_NONE };
	RETURN_IF_ERR(status_insert(c, person.programme, &row));
	RETURN_IF_ERR(feature_audit(c, "status.add", "status", UUID_NONE, person.id));
	return answer_redirect(r, STR("/"), NULL);
}

static Err write_made_up(Ctx *c, Request *r)
{
	Person person;
	Programme g;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	RETURN_IF_ERR(programme_get(c, person.programme, &g));
	int64_t changed = 0;
	g.made_up = str_eq_z(request_typed(r, "made_up"), "true");
	if (g.made_up)
		RETURN_IF_ERR(programme_update(c, &g, &changed));
	return write_status(c, r, person.id);
}

static void hole__fields_that_the_form_does_not_have_are_found(void **state)
{
	(void)state;
	const Handler takers[] = { write_to_typed_person, write_typed_programme, write_typed_version, write_made_up };
	for (size_t i = 0; i < sizeof takers / sizeof takers[0]; i++)
		found((Route)ROUTE(POST, "/borger/{participant}/hole", takers[i], MAY(REGISTER, OWN_UNIT),
				   &status_form));
}

static Err write_namelessly(Ctx *c, Request *r)
{
	Person person;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	RETURN_IF_ERR(commit_audit(c, &(AuditEvent){ .action = STR("hole") }));
	return write_status(c, r, person.id);
}

/* ---- consents ---------------------------------------------------------------------- */

static Err show_sheet(Ctx *c, Request *r)
{
	Person person;
	Company company;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	RETURN_IF_ERR(company_get(c, (CompanyId){ request_id(r, "company") }, &company));
	RETURN_IF_ERR(feature_log_read(c, "sheet.view", person.id));
	return show(c, r, person.id);
}

/* The dispatcher takes no route between a citizen and a company that names no consent. */
static void hole__route_without_a_consent_is_not_taken(void **state)
{
	(void)state;
	Ctx c;
	Dispatch *d;
	ctx_init(&c);
	Route hole = ROUTE(GET, "/borger/{participant}/virksomhed/{company}/hole", show_sheet, MAY(REGISTER, OWN_UNIT),
			   NULL);
	RouteTable table = { &hole, 1 };
	const RouteTable *tables[] = { &table, NULL };
	DispatchConfig config = { .tables = tables };
	assert_int_equal(dispatch_new(&c, &config, &d), ERR_INVALID);
	assert_true(has(c.why, "needs a consent"));
	ctx_release(&c);
}

/* One that names the wrong consent lets through who has given only that one. */
static void hole__missing_consent_is_found(void **state)
{
	(void)state;
	whole((Route)ROUTE(GET, "/borger/{participant}/virksomhed/{company}/hole", show_sheet, MAY(REGISTER, OWN_UNIT),
			   NULL, .consent = NEEDS(TELL_COMPANY)));
	found((Route)ROUTE(GET, "/borger/{participant}/virksomhed/{company}/hole", show_sheet, MAY(REGISTER, OWN_UNIT),
			   NULL, .consent = NEEDS(TELL_MENTOR)));
}

static Err write_asked(Ctx *c, Request *r)
{
	ContactIn in = *(const ContactIn *)r->in;
	Person person;
	ContactId id;
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	in.participant = person.id;
	RETURN_IF_ERR(contact_register(c, &in, &id));
	return answer_redirect(r, STR("/"), NULL);
}

/* Gives itself the yes that the citizen has not given. */
static Err write_unasked(Ctx *c, Request *r)
{
	Person person;
	ConsentId id;
	const ConsentIn yes = { .purpose = CONSENT_CONTACT_COMPANY,
				.receiver = ((const ContactIn *)r->in)->company.v,
				.receiver_name = STR_NONE,
				.since = day("2017-01-01"),
				.until = DATE_NONE };
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, asked(r), &person));
	RETURN_IF_ERR(consent_give(c, person.id, &yes, &id));
	return write_asked(c, r);
}

static void hole__a_company_contacted_without_consent_is_found(void **state)
{
	(void)state;
	whole((Route)ROUTE(POST, "/borger/{participant}/hole", write_asked, MAY(REGISTER, OWN_UNIT), &contact_form));
	found((Route)ROUTE(POST, "/borger/{participant}/hole", write_unasked, MAY(REGISTER, OWN_UNIT), &contact_form));
}

/* What citizens have said, as an evaluation has it, or whether they let it be published or not. */
static Err show_published(Ctx *c, Request *r)
{
	Programme programme;
	QuotedList quotes;
	RETURN_IF_ERR(programme_get(c, (ProgrammeId){ request_id(r, "programme") }, &programme));
	RETURN_IF_ERR(consent_quotes(c, programme.id, clock_today(c->clock), &quotes));
	Buf *b = answer_json(r);
	for (size_t i = 0; i < quotes.n; i++)
		buf_str_add(b, quotes.at[i].words);
	buf_char(b, ' ');
	return OK;
}

static Err show_unpublished(Ctx *c, Request *r)
{
	ParticipantRowList people;
	ParticipantSearch everybody = { .list = LIST_NOTHING, .status = ENUM_NONE };
	Scope all = { 0 };
	int64_t total = 0;
	Programme programme;
	RETURN_IF_ERR(programme_get(c, (ProgrammeId){ request_id(r, "programme") }, &programme));
	RETURN_IF_ERR(participant_search(c, &all, programme.id, &everybody, clock_today(c->clock), &people, &total));
	Buf *b = answer_json(r);
	for (size_t i = 0; i < people.n; i++) {
		QuoteList quotes;
		RETURN_IF_ERR(quote_of(c, people.at[i].id, &quotes));
		for (size_t k = 0; k < quotes.n; k++)
			buf_str_add(b, quotes.at[k].words);
	}
	return OK;
}

static void hole__quotes_without_consent_are_found(void **state)
{
	(void)state;
	whole((Route)ROUTE(GET, "/api/v1/hole/{programme}", show_published, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL,
			   .summary = "None"));
	found((Route)ROUTE(GET, "/api/v1/hole/{programme}", show_unpublished, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL,
			   .summary = "A hole"));
}

static Err show_to_mentor(Ctx *c, Request *r)
{
	RelatedList own;
	Participant row;
	RETURN_IF_ERR(relation_own(c, c->actor->user, RELATION_MENTOR, clock_now(c->clock), &own));
	Buf *b = answer_json(r);
	for (size_t i = 0; i < own.n; i++) {
		RETURN_IF_ERR(participant_get(c, own.at[i].participant, &row));
		RETURN_IF_ERR(feature_log_read(c, "shared.view", row.id));
		buf_printf(b, "\"%.*s\"", STR_ARG(row.considerations));
	}
	return OK;
}

static void hole__telling_a_mentor_more_than_is_shared_is_found(void **state)
{
	(void)state;
	found((Route)ROUTE(GET, "/hole", show_to_mentor, MAY(SEE_SHARED, OWN_PARTICIPANT), NULL));
}

/* An identifier in the address instead of the actor's own citizen. */
static Err show_wish(Ctx *c, Request *r)
{
	WishLineList wishes;
	RETURN_IF_ERR(wish_list(c, c->actor->participant, &wishes));
	for (size_t i = 0; i < wishes.n; i++)
		if (uuid_eq(wishes.at[i].id.v, request_id(r, "wish")) && wishes.at[i].decision == WISH_YES)
			return ERR_NOT_FOUND;
	return answer_redirect(r, STR("/min"), NULL);
}

static void hole__a_citizen_reaching_anothers_row_is_found(void **state)
{
	(void)state;
	found((Route)ROUTE(GET, "/hole/{wish}", show_wish, MAY(OWN_CASE, OWN_PARTICIPANT), NULL));
}

static void hole__an_entry_that_does_not_say_who_is_found(void **state)
{
	(void)state;
	found((Route)ROUTE(POST, "/borger/{participant}/hole", write_namelessly, MAY(REGISTER, OWN_UNIT),
			   &status_form));
}

int main(int argc, char **argv)
{
	const struct CMUnitTest brief[] = { cmocka_unit_test(every_route__answers_each_kind_of_people) };
	if (argc == 2 && strcmp(argv[1], "--brief") == 0)
		return register_run("matrix", brief, 1);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route__reaches_as_far_as_it_should),
		cmocka_unit_test(hole__open_to_all_is_found),
		cmocka_unit_test(hole__missing_permission_is_found),
		cmocka_unit_test(hole__missing_scope_is_found),
		cmocka_unit_test(hole__reading_that_is_not_logged_is_found),
		cmocka_unit_test(hole__what_a_cache_may_keep_of_people_is_found),
		cmocka_unit_test(hole__writing_by_a_permission_to_see_is_found),
		cmocka_unit_test(hole__writing_without_scope_is_found),
		cmocka_unit_test(hole__another_rows_identifier_is_found),
		cmocka_unit_test(hole__the_form_shown_again_without_scope_is_found),
		cmocka_unit_test(hole__fields_that_the_form_does_not_have_are_found),
		cmocka_unit_test(hole__route_without_a_consent_is_not_taken),
		cmocka_unit_test(hole__missing_consent_is_found),
		cmocka_unit_test(hole__a_company_contacted_without_consent_is_found),
		cmocka_unit_test(hole__quotes_without_consent_are_found),
		cmocka_unit_test(hole__telling_a_mentor_more_than_is_shared_is_found),
		cmocka_unit_test(hole__a_citizen_reaching_anothers_row_is_found),
		cmocka_unit_test(hole__an_entry_that_does_not_say_who_is_found),
	};
	return register_run("matrix", tests, sizeof(tests) / sizeof(tests[0]));
}
