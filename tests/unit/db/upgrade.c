/* What migrations make of rows that were there before them, on both engines. The rows are written as the schema of then
 * had them; what must become of them is said here by hand, next to each. */
#include "base/buf.h"
#include "database.h"
#include "db/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { SQL_MOST = 16 << 10, BEFORE_0013 = 13 }; /* migrations 0000 to 0012 */

/* "{7}" at p, with `marks` for its brackets: its characters, and the 7; 0: something else. */
static int marked(const char *p, const char *marks, int *n)
{
	int i = 1;
	*n = 0;
	for (; p[0] == marks[0] && p[i] >= '0' && p[i] <= '9'; i++)
		*n = *n * 10 + p[i] - '0';
	return i > 1 && p[i] == marks[1] ? i + 1 : 0;
}

/* `text` for the engine: {7} an identifier, [7] the second 7 since 1970, <7> the day 7, ! false, # no bytes. */
static Str sql_for(Ctx *c, const char *text, bool pg)
{
	Buf *b = buf_new(c->arena, SQL_MOST);
	for (const char *p = text; *p != '\0';) {
		int n = 0, taken = 0;
		if ((taken = marked(p, "{}", &n)) > 0)
			buf_printf(b, "%s%012d%s", pg ? "'00000000-0000-0000-0000-" : "X'00000000000000000000", n,
				   pg ? "'::uuid" : "'");
		else if ((taken = marked(p, "[]", &n)) > 0)
			buf_printf(b, "%s%d%s", pg ? "to_timestamp(" : "", n, pg ? ")" : "000000");
		else if ((taken = marked(p, "<>", &n)) > 0)
			buf_printf(b, "%s%d%s", pg ? "(DATE '1970-01-01' + " : "", n, pg ? ")" : "");
		else if (*p == '!')
			buf_z(b, pg ? "false" : "0");
		else if (*p == '#')
			buf_z(b, pg ? "''::bytea" : "X''");
		else
			buf_char(b, *p);
		p += taken > 0 ? taken : 1;
	}
	buf_char(b, '\0');
	assert_false(b->failed);
	return buf_str(b);
}

static void put(Database *d, const char *text)
{
	database_script(d, sql_for(&d->c, text, false).ptr, sql_for(&d->c, text, true).ptr);
}

typedef struct {
	int64_t n;
} Counted;
static const DbField counted_columns[] = { { "n", DB_INT, false, offsetof(Counted, n), NULL, { 0 } } };

/* Rows of the table that fulfil the condition, whoever's they are. */
static int64_t rows(Database *d, const char *table, const char *condition)
{
	Ctx *c = &d->c;
	static DbStatement statements[100]; /* a connection knows them by their place */
	static size_t asked;
	Counted *found;
	size_t n = 0;
	Str text = str_printf(c->arena, "SELECT count(*) FROM %s WHERE %s", table, condition);
	assert_true(asked < sizeof statements / sizeof statements[0]);
	DbStatement *s = &statements[asked++];
	*s = (DbStatement){ .name = "rows",
			    .sqlite = sql_for(c, text.ptr, false).ptr,
			    .pg = sql_for(c, text.ptr, true).ptr,
			    .columns = counted_columns,
			    .column_count = 1,
			    .row_size = sizeof(Counted),
			    .any_tenant = true };
	c->conn = database_intruder(d);
	Err e = db_many(c, s, NULL, 1, (void **)&found, &n);
	c->conn = NULL;
	if (e != OK || n != 1)
		fail_msg("%.*s", STR_ARG(c->why));
	return found->n;
}

static int set_up(void **state)
{
	static Database d;
	static DbMigrations before[2]; /* another one each time: PostgreSQL's tables are made anew then */
	static int turn;
	DbMigrations *m = &before[turn++ % 2];
	*m = (DbMigrations){ db_migrations.list, BEFORE_0013 };
	assert_int_equal(m->list[BEFORE_0013 - 1].version, 12);
	database_make(&d, on_pg, m);
	/* Tenant 1, organisation 2, programme 3, citizen 4, companies 10 and up. */
	put(&d, "INSERT INTO organisation (tenant, id, name, kind) VALUES ({1}, {2}, 'O', 'municipality');"
		"INSERT INTO programme (tenant, id, code, name, owner, starts, ends, intake_first, intake_last, "
		"status_date,"
		" gap_days, retention_months, followup_job_months, followup_internship_days, made_up, changed) VALUES"
		" ({1}, {3}, 'p', 'P', {2}, <1>, <900>, <1>, <900>, <900>, 1, 1, 1, 1, !, [1]);"
		"INSERT INTO participant (tenant, id, programme, partner, name, cpr, cpr_index, born, gender, admitted,"
		" age_admitted, employed_at_admission, changed) VALUES"
		" ({1}, {4}, {3}, {2}, #, #, #, <1>, 'female', <1>, 30, !, [1]);");
	for (int i = 10; i < 16; i++)
		put(&d, str_printf(d.c.arena,
				   "INSERT INTO company (tenant, id, name, name_sort, changed) VALUES ({1}, {%d}, 'C', "
				   "'c', [1])",
				   i)
				.ptr);
	*state = &d;
	return 0;
}

static int tear_down(void **state)
{
	database_remove(*state);
	return 0;
}

static void upgrade(Database *d)
{
	ctx_clear(&d->c);
	if (db_migrate(&d->c, d->admin, &db_migrations) != OK)
		fail_msg("%.*s", STR_ARG(d->c.why));
}

/* A consent of the citizen: [given], and [withdrawn] or "NULL". */
static void consent(Database *d, int id, const char *purpose, const char *receiver, const char *given,
		    const char *withdrawn)
{
	put(d, str_printf(d->c.arena,
			  "INSERT INTO consent (tenant, id, participant, purpose, receiver, tells_name, tells_phone,"
			  " tells_wishes, tells_considerations, tells_situation, since, given, given_by, withdrawn)"
			  " VALUES ({1}, {%d}, {4}, '%s', %s, !, !, !, !, !, <1>, %s, 'x', %s)",
			  id, purpose, receiver, given, withdrawn)
		       .ptr);
}

static void wish(Database *d, int id, const char *company, const char *decision)
{
	put(d, str_printf(d->c.arena,
			  "INSERT INTO wish (tenant, id, participant, company, made, made_by, decision, decided)"
			  " VALUES ({1}, {%d}, {4}, %s, [5], 'x', '%s', [20])",
			  id, company, decision)
		       .ptr);
}

static void noes__become_rows_that_later_yeses_have_ended(void **state)
{
	Database *d = *state;
	wish(d, 100, "{10}", "no"); /* a no on the list, and a named yes after it */
	consent(d, 110, "contact_company", "{10}", "[30]", "NULL");
	wish(d, 101, "{11}", "yes"); /* said yes, withdrawn, said yes again */
	consent(d, 111, "contact_company", "{11}", "[20]", "[25]");
	consent(d, 112, "contact_company", "{11}", "[30]", "NULL");
	wish(d, 102, "{12}", "yes"); /* said yes and withdrawn */
	consent(d, 113, "contact_company", "{12}", "[20]", "[40]");
	consent(d, 114, "contact_company", "{13}", "[20]", "[40]"); /* the same, without a line on the list */
	consent(d, 115, "tell_company", "{14}", "[20]", "[60]");    /* a younger one stands */
	consent(d, 116, "tell_company", "{14}", "[30]", "NULL");
	consent(d, 117, "contact_company", "NULL", "[10]", "[15]"); /* names nobody */
	upgrade(d);
	assert_int_equal(rows(d, "consent_no",
			      "receiver = {10} AND purpose = 'contact_company' AND said = [20] AND lifted = [30]"),
			 1);
	assert_int_equal(rows(d, "consent_no",
			      "receiver = {10} AND purpose = 'tell_company' AND said = [20] AND lifted IS NULL"),
			 1);
	assert_int_equal(rows(d, "consent_no", "receiver = {11} AND said = [25] AND lifted = [30]"), 1);
	assert_int_equal(rows(d, "consent_no",
			      "receiver = {12} AND purpose = 'contact_company' AND said = [40] AND lifted IS NULL"),
			 1);
	assert_int_equal(rows(d, "consent_no",
			      "receiver = {13} AND purpose = 'contact_company' AND said = [40] AND lifted IS NULL"),
			 1);
	assert_int_equal(rows(d, "wish", "company = {13}"), 1);
	assert_int_equal(rows(d, "consent_no", "receiver = {14}"), 0);
	assert_int_equal(rows(d, "consent_no", "tenant = {1}"), 7);
	assert_int_equal(rows(d, "wish", "tenant = {1}"), 4);
}

/* 0016: what 0014 took for standing had run out, and a no on the list had withdrawn nothing. */
static void a_withdrawn_yes__is_a_no_whatever_has_run_out(void **state)
{
	Database *d = *state;
	consent(d, 110, "tell_company", "{12}", "[10]", "NULL");
	put(d, "UPDATE consent SET until = <5> WHERE id = {110}");
	consent(d, 111, "tell_company", "{12}", "[1000000]", "[1000040]");
	consent(d, 113, "tell_company", "{14}", "[10]",
		"NULL"); /* renewed before it ran out, and the renewal withdrawn */
	put(d, "UPDATE consent SET until = <500> WHERE id = {113}");
	consent(d, 114, "tell_company", "{14}", "[1000000]", "[1000040]");
	put(d, "UPDATE consent SET since = <12> WHERE id IN ({111}, {114})");
	wish(d, 100, "{13}", "no"); /* at 20, over a yes of before */
	consent(d, 112, "contact_company", "{13}", "[10]", "NULL");
	upgrade(d);
	assert_int_equal(rows(d, "consent_no", "receiver = {12} AND said = [1000040] AND lifted IS NULL"), 1);
	assert_int_equal(rows(d, "consent_no", "receiver = {14} AND said = [1000040] AND lifted IS NULL"), 1);
	assert_int_equal(rows(d, "consent", "id = {113} AND withdrawn = [1000040]"), 1);
	assert_int_equal(rows(d, "consent", "id = {112} AND withdrawn = [20]"), 1);
}

/* As 0012 has left them in PostgreSQL, where it reached no row. */
static void referrals__have_the_agreement_of_their_day(void **state)
{
	Database *d = *state;
	static const char *const states[] = { "open", "standby", "citizen_declined", "open" };
	for (int i = 0; i < 4; i++) {
		put(d, str_printf(d->c.arena,
				  "INSERT INTO referral (tenant, id, programme, partner, made, state) VALUES"
				  " ({1}, {%d}, {3}, {2}, [50], '%s')",
				  120 + i, states[i])
			       .ptr);
	}
	put(d, "INSERT INTO referral_step (tenant, id, referral, state, at) VALUES ({1}, {130}, {123}, "
	       "'citizen_declined', [55])");
	upgrade(d);
	assert_int_equal(rows(d, "referral", "id IN ({120}, {121}) AND agreed = [50]"), 2);
	assert_int_equal(rows(d, "referral", "id IN ({122}, {123}) AND agreed IS NULL"), 2);
}

#define ON(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

static int run(const char *engine)
{
	const struct CMUnitTest tests[] = {
		ON(noes__become_rows_that_later_yeses_have_ended),
		ON(a_withdrawn_yes__is_a_no_whatever_has_run_out),
		ON(referrals__have_the_agreement_of_their_day),
	};
	return cmocka_run_group_tests_name(engine, tests, NULL, NULL);
}

int main(void)
{
	return on_both_engines(run);
}
