/* Registering through pages and API, over HTTP: what is right is stored once,
 * what is wrong is refused with its field and reason, and nothing half. */
#include "../access/served.h"
#include "app/lists.h"

#include <math.h>
#include <string.h>

static Served served;

static int set_up(void **state)
{
	served_make(&served, feature_routes);
	*state = &served;
	return 0;
}

static int tear_down(void **state)
{
	served_remove(*state);
	return 0;
}

static const char form_type[] = "application/x-www-form-urlencoded";

static const char *anna_path(Served *s, const char *before, const char *below)
{
	Str id = uuid_str(s->arena, s->register_->anna.v);
	return str_printf(s->arena, "%s%.*s%s", before, STR_ARG(id), below).ptr;
}

static int64_t contacts(Served *s)
{
	TestRegister *r = s->register_;
	ContactCheck check;
	begin(r);
	assert_ok(contact_count_check(r->c, &check));
	end(r);
	assert_int_equal(check.wrong, 0);
	return check.contacts;
}

static int occurrences(Str text, const char *part)
{
	int n = 0;
	for (size_t at = str_find_str(text, str_of(part)); at != SIZE_MAX; at = str_find_str(text, str_of(part))) {
		text = str_sub(text, at + 1, text.len);
		n++;
	}
	return n;
}

/* Between the contact form's tags, the logout form's are not counted. */
static Str main_part(Str page)
{
	return str_sub(page, str_find_str(page, STR("<main")), page.len);
}

static void a_contact_needs_at_most_five_inputs(void **state)
{
	Served *s = *state;
	Reply page = served_get(s, WHO_AARHUS, anna_path(s, "/borger/", "/kontakt"));
	assert_int_equal(page.status, 200);
	Str form = main_part(page.body);
	int inputs = occurrences(form, "<input ") - occurrences(form, "type=\"hidden\"") +
		     occurrences(form, "<select ") + occurrences(form, "<textarea ");
	assert_int_equal(inputs, 5);
}

static void a_contact_is_registered_from_the_phone(void **state)
{
	Served *s = *state;
	const char *path = anna_path(s, "/borger/", "/kontakt");
	Str body = STR("id=01890000-0000-7000-8000-000000000001&how=walk_and_talk&about=citizen&minutes=40&"
		       "note=%C3%85en+rundt&follow_up=true");
	Reply r = served_as(s, WHO_AARHUS, "POST", path, form_type, body);
	assert_int_equal(r.status, 303);
	assert_true(has(r.head, anna_path(s, "Location: /borger/", "\r\n")));
	assert_int_equal(served_as(s, WHO_AARHUS, "POST", path, form_type, body).status, 303); /* sent twice */
	assert_int_equal(contacts(s), 1);
	Reply page = served_get(s, WHO_AARHUS, anna_path(s, "/borger/", ""));
	assert_true(has(page.body, "\303\205en rundt"));
	assert_true(has(page.body, "Walk and talk"));
	assert_true(has(page.body, "40 min."));
	assert_true(has(page.body, "30/11/2018")); /* the clock's day */
	assert_int_equal(served_audited(s, "contact.register", AUDIT_DONE), 1);
}

static void what_was_typed_stays_after_a_refusal(void **state)
{
	Served *s = *state;
	Str body = STR("how=phone&about=retention:01890000-0000-7000-8000-000000000009&minutes=2000&note=Husk+mig");
	Reply r = served_as(s, WHO_AARHUS, "POST", anna_path(s, "/borger/", "/kontakt"), form_type, body);
	assert_int_equal(r.status, 422);
	assert_true(has(r.body, "href=\"#minutes\""));
	assert_true(has(r.body, "Husk mig"));
	assert_true(has(r.body, "value=\"2000\""));
	assert_int_equal(contacts(s), 0);
}

static Str contact_json(Served *s, const char *rest)
{
	Str id = uuid_str(s->arena, s->register_->anna.v);
	return str_printf(s->arena, "{\"participant\":\"%.*s\",%s}", STR_ARG(id), rest);
}

static Reply post_json(Served *s, const char *target, Str body)
{
	return served_as(s, WHO_AARHUS, "POST", target, "application/json", body);
}

static void the_api_registers_once_per_identifier(void **state)
{
	Served *s = *state;
	const char *one = "\"id\":\"01890000-0000-7000-8000-000000000001\",\"at\":\"2018-05-02T10:00:00Z\","
			  "\"kind\":\"phone\",\"purpose\":\"citizen\",\"minutes\":5";
	const char *other = "\"id\":\"01890000-0000-7000-8000-000000000001\",\"at\":\"2018-05-02T10:00:00Z\","
			    "\"kind\":\"sms\",\"purpose\":\"citizen\",\"minutes\":5";
	Reply r = post_json(s, "/api/v1/contacts", contact_json(s, one));
	assert_int_equal(r.status, 201);
	assert_true(has(r.body, "01890000-0000-7000-8000-000000000001"));
	assert_int_equal(post_json(s, "/api/v1/contacts", contact_json(s, one)).status, 201);
	assert_int_equal(post_json(s, "/api/v1/contacts", contact_json(s, other)).status, 409);
	assert_int_equal(contacts(s), 1);
	Str programme = uuid_str(s->arena, s->register_->programme.v);
	const char *summary =
		str_printf(s->arena, "/api/v1/programmes/%.*s/contacts/summary?by=month,kind", STR_ARG(programme)).ptr;
	r = served_get(s, WHO_EVALUATOR, summary);
	assert_int_equal(r.status, 200);
	assert_true(has(r.body, "{\"month\":\"2018-05\",\"kind\":\"phone\",\"n\":1}"));
	assert_true(has(r.body, "\"total\":1"));
	r = served_get(s, WHO_AARHUS, anna_path(s, "/api/v1/participants/", "/contacts?most=1"));
	assert_true(has(r.body, "\"at\":\"2018-05-02T10:00:00Z\""));
	assert_true(has(r.body, "\"next\":\"1525255200000000."));
}

static void a_mistaken_contact_is_taken_back_everywhere(void **state)
{
	Served *s = *state;
	const char *remove = anna_path(s, "/borger/", "/kontakt/01890000-0000-7000-8000-000000000001/fjern");
	const char *body = "\"id\":\"01890000-0000-7000-8000-000000000001\",\"kind\":\"phone\",\"purpose\":\"citizen\"";
	assert_int_equal(post_json(s, "/api/v1/contacts", contact_json(s, body)).status, 201);
	const char *change = anna_path(s, "/borger/", "/kontakt/01890000-0000-7000-8000-000000000001/ret");
	assert_true(has(served_get(s, WHO_AARHUS, change).body, str_printf(s->arena, "href=\"%s\"", remove).ptr));
	assert_true(has(served_get(s, WHO_AARHUS, remove).body, "Remove the contact?"));
	assert_int_equal(served_as(s, WHO_RANDERS, "POST", remove, form_type, STR("version=1")).status, 404);
	assert_int_equal(served_as(s, WHO_AARHUS, "POST", remove, form_type, STR("version=2")).status, 409);
	assert_int_equal(contacts(s), 1); /* somebody else's, and another version */
	assert_int_equal(served_as(s, WHO_AARHUS, "POST", remove, form_type, STR("version=1")).status, 303);
	assert_int_equal(contacts(s), 0); /* and the counters agree */
	assert_int_equal(served_as(s, WHO_AARHUS, "POST", remove, form_type, STR("version=1")).status, 404);
	assert_int_equal(served_audited(s, "contact.remove", AUDIT_DONE), 1);
}

/* Section by section of what may come in: each is refused, with its field. */
static void bad_contacts_name_their_field(void **state)
{
	Served *s = *state;
	static const struct {
		const char *body;
		int status;
		const char *field; /* as it stands in the JSON */
	} bad[] = {
		{ "\"kind\":\"phone\",\"purpose\":\"citizen\",\"at\":\"2018-02-30T10:00:00Z\"", 422,
		  "\"field\":\"at\"" },
		{ "\"kind\":\"phone\",\"purpose\":\"citizen\",\"at\":\"2015-12-31T10:00:00Z\"", 422,
		  "\"field\":\"at\"" },
		{ "\"kind\":\"phone\",\"purpose\":\"citizen\",\"at\":\"2018-12-01T10:00:00Z\"", 422,
		  "\"field\":\"at\"" },
		{ "\"kind\":\"fax\",\"purpose\":\"citizen\"", 422, "\"field\":\"kind\"" },
		{ "\"purpose\":\"citizen\"", 422, "\"field\":\"kind\"" },
		{ "\"kind\":\"phone\",\"purpose\":\"company_retention\"", 422, "\"field\":\"company\"" },
		{ "\"kind\":\"phone\",\"purpose\":\"citizen\",\"minutes\":-1", 422, "\"field\":\"minutes\"" },
		{ "\"kind\":\"phone\",\"purpose\":\"citizen\",\"minutes\":1441", 422, "\"field\":\"minutes\"" },
		{ "\"kind\":\"phone\",\"purpose\":\"citizen\",\"note\":\"\xff\"", 400, "" },
		{ "\"kind\":\"phone\",\"purpose\":\"citizen\",\"colour\":\"red\"", 422, "\"field\":\"colour\"" },
		{ "\"kind\":\"phone\",\"purpose\":", 400, "" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		Reply r = post_json(s, "/api/v1/contacts", contact_json(s, bad[i].body));
		if (r.status != bad[i].status || !has(r.body, bad[i].field))
			fail_msg("%s: %d %.*s", bad[i].body, r.status, STR_ARG(r.body));
	}
	Buf *longer = buf_new(s->arena, 10000);
	buf_z(longer, "\"kind\":\"phone\",\"purpose\":\"citizen\",\"note\":\"");
	for (int i = 0; i <= CONTACT_NOTE_MOST; i++)
		buf_char(longer, 'x');
	buf_z(longer, "\"");
	buf_char(longer, '\0');
	Reply r = post_json(s, "/api/v1/contacts", contact_json(s, longer->ptr));
	assert_int_equal(r.status, 422);
	assert_true(has(r.body, "\"field\":\"note\""));
	assert_int_equal(contacts(s), 0);
}

static void bad_people_and_companies_name_their_field(void **state)
{
	Served *s = *state;
	Str partner = uuid_str(s->arena, s->register_->aarhus.v);
	static const struct {
		const char *rest, *field;
	} bad[] = {
		{ "\"name\":\"Bo\",\"cpr\":\"3102901234\",\"admitted\":\"2017-01-01\"", "\"field\":\"cpr\"" },
		{ "\"name\":\"Bo\",\"cpr\":\"010190-0000\",\"admitted\":\"2017-02-29\"", "\"field\":\"admitted\"" },
		{ "\"name\":\"Bo\",\"cpr\":\"010190-0000\",\"admitted\":\"2017-01-01\",\"municipality\":999",
		  "\"field\":\"municipality\"" },
		{ "\"name\":\"\",\"cpr\":\"010190-0000\",\"admitted\":\"2017-01-01\"", "\"field\":\"name\"" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		Str body = str_printf(s->arena, "{\"partner\":\"%.*s\",%s}", STR_ARG(partner), bad[i].rest);
		Reply r = post_json(s, "/api/v1/participants", body);
		if (r.status != 422 || !has(r.body, bad[i].field))
			fail_msg("%s: %d %.*s", bad[i].rest, r.status, STR_ARG(r.body));
	}
	Reply r = post_json(s, "/api/v1/companies", STR("{\"name\":\"Kantinen\",\"cvr\":\"24256791\"}"));
	assert_int_equal(r.status, 422);
	assert_true(has(r.body, "\"field\":\"cvr\""));
	assert_int_equal(post_json(s, "/api/v1/companies", STR("{\"name\":\"Kantinen\",\"cvr\":\"24256790\"}")).status,
			 201);
	assert_int_equal(post_json(s, "/api/v1/companies", STR("{\"name\":\"Kantinen\",\"cvr\":\"24256790\"}")).status,
			 409);
	r = served_get(s, WHO_AARHUS, "/api/v1/participants");
	assert_true(has(r.body, "\"total\":1")); /* Anna alone */
}

static void statuses_and_placements_are_refused_by_field(void **state)
{
	Served *s = *state;
	Str bakery = uuid_str(s->arena, s->register_->bakery.v);
	const char *statuses = anna_path(s, "/api/v1/participants/", "/statuses");
	const char *placements = anna_path(s, "/api/v1/participants/", "/placements");
	Str sick = STR("{\"since\":\"2018-01-01\",\"code\":\"sick\"}");
	assert_int_equal(post_json(s, statuses, sick).status, 201);
	Reply r = post_json(s, statuses, sick); /* a second one that is open from the same day */
	assert_int_equal(r.status, 409);
	assert_true(has(r.body, "\"field\":\"since\""));
	Str body = str_printf(s->arena,
			      "{\"company\":\"%.*s\",\"kind\":\"fleksjob\",\"starts\":\"2018-03-01\",\"ends\":"
			      "\"2018-02-28\",\"hours_week\":12.5}",
			      STR_ARG(bakery));
	r = post_json(s, placements, body);
	assert_int_equal(r.status, 422);
	assert_true(has(r.body, "\"field\":\"ends\""));
	body = str_printf(s->arena,
			  "{\"company\":\"%.*s\",\"kind\":\"fleksjob\",\"starts\":\"2018-03-01\",\"hours_week\":38}",
			  STR_ARG(bakery));
	r = post_json(s, placements, body);
	assert_true(r.status == 422 && has(r.body, "\"field\":\"hours_week\""));
}

/* Version 1 is Anna's; the second change still believes in it. */
static void an_older_version_is_a_conflict_that_shows_what_was_typed(void **state)
{
	Served *s = *state;
	Str partner = uuid_str(s->arena, s->register_->aarhus.v);
	Str body = str_printf(s->arena,
			      "name=Anna+Ny&cpr=7506751000&gender=female&partner=%.*s&admitted=2016-09-01&version=1",
			      STR_ARG(partner));
	const char *path = anna_path(s, "/borger/", "/ret");
	assert_int_equal(served_as(s, WHO_AARHUS, "POST", path, form_type, body).status, 303);
	Reply r = served_as(s, WHO_MANAGER, "POST", path, form_type, body);
	assert_int_equal(r.status, 409);
	assert_true(has(r.body, "Anna Ny"));
	assert_true(has(r.body, "aarhus changed this on")); /* who, by name */
}

static void seeing_a_citizen_is_logged(void **state)
{
	Served *s = *state;
	assert_int_equal(served_get(s, WHO_AARHUS, anna_path(s, "/borger/", "")).status, 200);
	assert_int_equal(served_get(s, WHO_RANDERS, anna_path(s, "/borger/", "")).status, 404);
	for (int i = 0; i < 100 && served_audited(s, "participant.view", AUDIT_DONE) == 0; i++)
		usleep(20000);
	assert_int_equal(served_audited(s, "participant.view", AUDIT_DONE), 1);
}

static void the_managers_log_names_who_has_looked(void **state)
{
	Served *s = *state;
	const char *log = anna_path(s, "/borger/", "/log");
	assert_int_equal(served_get(s, WHO_AARHUS, anna_path(s, "/borger/", "")).status, 200);
	for (int i = 0; i < 100 && served_audited(s, "participant.view", AUDIT_DONE) == 0; i++)
		usleep(20000);
	assert_int_equal(served_get(s, WHO_AARHUS, log).status, 403);
	Reply page = served_get(s, WHO_MANAGER, log);
	assert_int_equal(page.status, 200);
	assert_int_equal(occurrences(page.body, "looked at the citizen&#39;s page"), 1);
	assert_int_equal(occurrences(page.body, "looked at who has looked"), 0);
	for (int i = 0; i < 100 && served_audited(s, "audit.extract", AUDIT_DONE) == 0; i++)
		usleep(20000);
	assert_int_equal(occurrences(served_get(s, WHO_MANAGER, log).body, "looked at who has looked"), 1);
}

/* 60 contacts: fifty on the first page, ten on the next, each once. */
static void the_time_line_goes_on_over_pages(void **state)
{
	Served *s = *state;
	for (int i = 0; i < 60; i++) {
		ContactIn in = contact_input(s->register_, day("2018-01-01") + i);
		ContactId id;
		assert_ok(put_contact(s->register_, &in, &id));
	}
	assert_ok(put_status(s->register_, s->register_->anna, STATUS_SICK, day("2018-01-05")));
	Reply page = served_get(s, WHO_AARHUS, anna_path(s, "/borger/", ""));
	assert_int_equal(occurrences(page.body, "<time "), 50);
	assert_int_equal(occurrences(page.body, "rampe-line-status"), 0); /* it is older */
	size_t at = str_find_str(page.body, STR("?before="));
	assert_true(at != SIZE_MAX);
	Str rest = str_sub(page.body, at, page.body.len);
	Str link = str_sub(rest, 0, str_find(rest, '"', 0));
	Str older = str_printf(s->arena, "%.*s", STR_ARG(link));
	page = served_get(s, WHO_AARHUS, anna_path(s, "/borger/", older.ptr));
	assert_int_equal(occurrences(page.body, "<time "), 10);
	assert_int_equal(occurrences(page.body, "rampe-line-status"), 2); /* and the one of the admission */
	static const char *const wrong[] = {
		"x", "-9223372036854775808.01890000-0000-7000-8000-000000000001",
		"9223372036854775807.01890000-0000-7000-8000-000000000001",
		"1543579200000000.00000000-0000-0000-0000-000000000000",
		"13569465600000001.01890000-0000-7000-8000-000000000001" /* after 2399 */
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		const char *query = str_printf(s->arena, "?before=%s", wrong[i]).ptr;
		assert_int_equal(served_get(s, WHO_AARHUS, anna_path(s, "/borger/", query)).status, 422);
		query = str_printf(s->arena, "/contacts%s", query).ptr;
		assert_int_equal(served_get(s, WHO_AARHUS, anna_path(s, "/api/v1/participants/", query)).status, 422);
	}
}

static void markup_in_a_name_is_text(void **state)
{
	Served *s = *state;
	Str partner = uuid_str(s->arena, s->register_->aarhus.v);
	Str body = str_printf(
		s->arena, "name=%%3Cscript%%3Ealert(1)%%3C/script%%3E&cpr=0101900000&partner=%.*s&admitted=2017-01-01",
		STR_ARG(partner));
	assert_int_equal(served_as(s, WHO_AARHUS, "POST", "/borgere/ny", form_type, body).status, 303);
	Reply page = served_get(s, WHO_AARHUS, "/borgere");
	assert_false(has(page.body, "<script>alert"));
	assert_true(has(page.body, "&lt;script&gt;alert(1)"));
}

static void the_start_page_fits_whom_it_is_for(void **state)
{
	Served *s = *state;
	Reply r = served_get(s, WHO_AARHUS, "/");
	assert_true(r.status == 200 && has(r.body, "Follow-ups") && has(r.body, "Jobcenter Aarhus"));
	r = served_get(s, WHO_EVALUATOR, "/");
	assert_true(r.status == 200 && !has(r.body, "Follow-ups") && has(r.body, "Jobcenter Aarhus"));
	r = served_get(s, WHO_ADMIN, "/");
	assert_true(r.status == 200 && !has(r.body, "Follow-ups"));
	assert_int_equal(served_get(s, WHO_PUBLIC, "/").status, 303);
}

#define MEMBER "name=Mette+Holm&role=contact_person&organisation=%.*s&since=2016-01-01&until=%s&version=1"

/* 57 places from 2018-03-15; the same day once more is a conflict. */
static void a_manager_revises_places_and_rules(void **state)
{
	Served *s = *state;
	Str programme = uuid_str(s->arena, s->register_->programme.v),
	    partner = uuid_str(s->arena, s->register_->aarhus.v);
	const char *path = str_printf(s->arena, "/projekt/%.*s", STR_ARG(programme)).ptr;
	const char *places = str_printf(s->arena, "%s/pladser", path).ptr;
	const char *rules = str_printf(s->arena, "%s/ret", path).ptr;
	Str body =
		str_printf(s->arena, "organisation=%.*s&valid_from=2018-03-15&places=57&why=Aftalt", STR_ARG(partner));
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", places, form_type, body).status, 303);
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", places, form_type, body).status, 409);
	Reply r = served_get(s, WHO_MANAGER, path);
	assert_true(r.status == 200 && has(r.body, "15/03/2018") && has(r.body, "Aftalt"));
	Str mette = uuid_str(s->arena, s->register_->mette.v);
	const char *member = str_printf(s->arena, "%s/hold/%.*s", path, STR_ARG(mette)).ptr;
	assert_true(has(served_get(s, WHO_MANAGER, member).body, "Mette Holm"));
	Str early = str_printf(s->arena, MEMBER, STR_ARG(partner), "2015-12-31");
	Str last = str_printf(s->arena, MEMBER, STR_ARG(partner), "2018-06-30");
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", member, form_type, early).status, 422); /* since 2016 */
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", member, form_type, last).status, 303);
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", member, form_type, last).status, 409);
	Str owner = uuid_str(s->arena, s->register_->ngo.v);
	body = str_printf(
		s->arena,
		"code=rampen&name=Rampen&owner=%.*s&starts=2016-01-01&ends=2018-12-31&intake_first=2016-08-01&"
		"intake_last=2018-05-31&status_date=2018-11-30&gap_days=0&retention_months=6&"
		"followup_job_months=2&followup_internship_days=21&version=1",
		STR_ARG(owner));
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", rules, form_type, body).status, 303);
	assert_int_equal(served_as(s, WHO_MANAGER, "POST", rules, form_type, body).status, 409);
	r = served_get(s, WHO_EVALUATOR, "/api/v1/programmes");
	assert_true(has(r.body, "\"name\":\"Rampen\""));
}

static const char *unit_path(Served *s, const char *before, Uuid id)
{
	Str text = uuid_str(s->arena, id);
	return str_printf(s->arena, "%s%.*s", before, STR_ARG(text)).ptr;
}

/* 2,100 companies, and the last of the alphabet: no list of the first N holds it. */
static void a_placement_ends_however_many_companies_there_are(void **state)
{
	Served *s = *state;
	TestRegister *r = s->register_;
	CompanyId last = { UUID_NONE }, other;
	PlacementId job;
	for (int i = 0; i < 2100; i++) {
		CompanyIn in = { .name = str_printf(s->arena, "Firma %04d", i),
				 .municipality = INT_NONE,
				 .ordinary_employees = (double)NAN,
				 .subsidised_now = INT_NONE,
				 .version = INT_NONE };
		assert_ok(put_company(r, &in, &other));
	}
	CompanyIn in = { .name = STR("Aagaards Tømrerfirma"),
			 .municipality = INT_NONE,
			 .ordinary_employees = (double)NAN,
			 .subsidised_now = INT_NONE,
			 .version = INT_NONE };
	assert_ok(put_company(r, &in, &last));
	PlacementIn began = placement_input(last, PLACEMENT_FLEKSJOB, day("2018-05-01"), DATE_NONE);
	assert_ok(put_placement(r, r->anna, &began, &job));
	const char *path = unit_path(s, "/forloeb/", job.v);
	Str id = uuid_str(s->arena, last.v);
	const char *selected = str_printf(s->arena, "value=\"%.*s\" selected", STR_ARG(id)).ptr;
	Reply page = served_get(s, WHO_AARHUS, path);
	assert_true(has(page.body, selected));
	assert_int_equal(occurrences(page.body, "<option value=\""), 50);
	/* Another is looked for; the chosen one stays, and what was typed. */
	Str find = str_printf(s->arena, "find=company&company_find=firma+2099&company=%.*s&hours_week=ti", STR_ARG(id));
	page = served_as(s, WHO_AARHUS, "POST", path, form_type, find);
	assert_int_equal(page.status, 200);
	assert_true(has(page.body, selected) && has(page.body, ">Firma 2099</option>"));
	assert_int_equal(occurrences(page.body, "<option value=\""), 2);
	assert_true(has(page.body, "value=\"ti\"") && !has(page.body, "id=\"problems\""));
	Str ended = str_printf(s->arena, "company=%.*s&kind=fleksjob&starts=2018-05-01&ends=2018-11-01&version=1",
			       STR_ARG(id));
	assert_int_equal(served_as(s, WHO_AARHUS, "POST", path, form_type, ended).status, 303);
	/* To look for something takes the same rights and the same token. */
	assert_int_equal(served_as(s, WHO_RANDERS, "POST", path, form_type, find).status, 404);
	assert_int_equal(served_as(s, WHO_EVALUATOR, "POST", path, form_type, find).status, 403);
}

/* What is searched for stands sealed in the address, for the one who searched. */
static void a_name_that_is_searched_for_stands_in_no_address(void **state)
{
	Served *s = *state;
	Reply r = served_as(s, WHO_MANAGER, "POST", "/borgere", form_type, STR("text=Anna"));
	assert_int_equal(r.status, 303);
	Str to = reply_header(r, "Location");
	assert_true(str_starts(to, STR("/borgere?sealed=")) && !has(to, "Anna"));
	const char *path = str_z(s->arena, to);
	Reply found = served_get(s, WHO_MANAGER, path);
	assert_int_equal(found.status, 200);
	assert_true(has(found.body, "value=\"Anna\"") && has(found.body, "1 to 1 of 1 citizens"));
	assert_int_equal(served_get(s, WHO_AARHUS, path).status, 422);
	assert_int_equal(served_get(s, WHO_MANAGER, "/borgere?sealed=Anna").status, 422);
	/* In an address it is no search at all. */
	assert_true(!has(served_get(s, WHO_MANAGER, "/borgere?text=Nobody").body, "value=\"Nobody\""));
	const char *json = "application/json";
	r = served_as(s, WHO_MANAGER, "POST", "/api/v1/participants/search", json, STR("{\"text\": \"anna\"}"));
	assert_int_equal(r.status, 200);
	assert_true(has(r.body, "\"total\":1"));
	r = served_as(s, WHO_MANAGER, "POST", "/api/v1/participants/search", json, STR("{\"text\": \"bodil\"}"));
	assert_true(has(r.body, "\"total\":0"));
	assert_int_equal(served_get(s, WHO_MANAGER, "/api/v1/participants?text=anna").status, 422);
}

/* Two have opened the same status: the second to save hears who was first. */
static void a_status_is_not_overwritten_unseen(void **state)
{
	Served *s = *state;
	const char *path = anna_path(s, "/borger/", "/status/ret");
	assert_ok(put_status(s->register_, s->register_->anna, STATUS_INTERNSHIP, day("2018-01-05")));
	Reply page = served_get(s, WHO_MANAGER, anna_path(s, "/borger/", "/status/ret?since=2018-01-05"));
	assert_true(has(page.body, "name=\"version\" value=\"1\""));
	assert_int_equal(served_post(s, WHO_MANAGER, path, "since=2018-01-05&code=sick&version=1").status, 303);
	Reply second = served_post(s, WHO_AARHUS, path, "since=2018-01-05&code=employed&version=1");
	assert_int_equal(second.status, 409);
	assert_true(has(second.body, "leder changed this"));
	assert_int_equal(served_post(s, WHO_AARHUS, path, "since=2018-01-05&code=employed").status, 409);
	Status now;
	begin(s->register_);
	assert_ok(status_at(s->register_->c, s->register_->anna, day("2018-01-05"), &now));
	assert_int_equal(now.code, STATUS_SICK);
	end(s->register_);
	assert_int_equal(served_post(s, WHO_AARHUS, path, "since=2018-01-05&code=employed&version=2").status, 303);
}

#define SERVED(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_contact_needs_at_most_five_inputs),
		SERVED(a_contact_is_registered_from_the_phone),
		SERVED(a_status_is_not_overwritten_unseen),
		SERVED(what_was_typed_stays_after_a_refusal),
		SERVED(the_api_registers_once_per_identifier),
		SERVED(a_mistaken_contact_is_taken_back_everywhere),
		SERVED(bad_contacts_name_their_field),
		SERVED(bad_people_and_companies_name_their_field),
		SERVED(statuses_and_placements_are_refused_by_field),
		SERVED(an_older_version_is_a_conflict_that_shows_what_was_typed),
		SERVED(seeing_a_citizen_is_logged),
		SERVED(the_managers_log_names_who_has_looked),
		SERVED(the_time_line_goes_on_over_pages),
		SERVED(markup_in_a_name_is_text),
		SERVED(a_placement_ends_however_many_companies_there_are),
		SERVED(a_name_that_is_searched_for_stands_in_no_address),
		SERVED(the_start_page_fits_whom_it_is_for),
		SERVED(a_manager_revises_places_and_rules),
	};
	return register_run("pages", tests, sizeof tests / sizeof tests[0]);
}
