/* Erasing: nobody can be told afterwards, by any page or in any file; the numbers stand; whatever stops it in between,
 * it is finished; and every column of the schema has been thought of. */
#include "feature/erasure/erasure.h"
#include "access/consent.h"
#include "access/oidc_link.h"
#include "base/file.h"
#include "db/engine.h"
#include "db/erasures.h"
#include "db/vault.h"
#include "fates.h"
#include "feature/diagnosis/diagnosis.h"
#include "feature/feature.h"
#include "feature/network/network.h"
#include "vault_sql.h"

#include <string.h>
#include <unistd.h>

#define CANARY "Kanariefugl"

typedef struct {
	TestRegister *r;
	PlacementId placement;
	ContactId contact;
	MentorId mentor;
	QuestionId words, number;
	WaveId wave;
	ResponseId response;
} Canary;

static Err ask_canary(Ctx *c, void *arg)
{
	Canary *k = arg;
	ProgrammeId p = k->r->programme;
	const MentorIn mentor = { .name = STR(CANARY " mentor") };
	QuestionIn in = { .code = STR("words"), .position = 1, .kind = QUESTION_TEXT, .wording = STR("Hvorfor?") };
	RETURN_IF_ERR(survey_question_add(c, p, &in, &k->words));
	in.code = STR("number");
	in.kind = QUESTION_NUMBER;
	RETURN_IF_ERR(survey_question_add(c, p, &in, &k->number));
	const QuestionId asked[] = { k->words, k->number };
	RETURN_IF_ERR(survey_wave_add(c, p, STR("end"), RESPONDENT_CITIZEN, asked, 2, &k->wave));
	RETURN_IF_ERR(survey_invite(c, k->wave, k->r->anna, k->r->bakery, day("2018-06-01"), &k->response));
	const AnswerIn answers[] = { { .question = k->words, .number = (double)NAN, .words = STR(CANARY " words") },
				     { .question = k->number, .number = 43 } };
	RETURN_IF_ERR(survey_answer(c, k->response, day("2018-06-10"), true, answers, 2));
	RETURN_IF_ERR(mentor_add(c, p, &mentor, &k->mentor));
	return mentor_match(c, k->mentor, k->r->anna, day("2017-01-01"));
}

/* What stands by a consent of hers. */
static Err consent_canary(Ctx *c, void *arg)
{
	const Canary *k = arg;
	NetworkId id;
	NetworkIn mother = { .name = STR(CANARY " mor"),
			     .relation = STR(CANARY " mother"),
			     .phone = STR("87654322"),
			     .email = STR("mor@example.dk") };
	const ConsentIn invites = { .purpose = CONSENT_INVITE_NETWORK,
				    .receiver_name = STR(CANARY " invited"),
				    .since = DATE_NONE,
				    .until = DATE_NONE };
	RETURN_IF_ERR(consent_give(c, k->r->anna, &invites, &mother.consent));
	RETURN_IF_ERR(network_add(c, k->r->anna, &mother, &id));
	const ConsentIn allows = {
		.purpose = CONSENT_DIAGNOSES, .receiver_name = STR_NONE, .since = DATE_NONE, .until = DATE_NONE
	};
	const DiagnosisSwitchIn on = { .on = true, .why = STR("test") };
	const DiagnosisIn diagnosis = { .words = STR(CANARY " diagnosis"), .version = INT_NONE };
	const OidcIdentity login = { STR("https://login.example.dk"), STR(CANARY " subject") };
	RETURN_IF_ERR(oidc_citizen_add(c, k->r->anna, &login, STR_NONE));
	RETURN_IF_ERR(consent_give(c, k->r->anna, &allows, &mother.consent));
	RETURN_IF_ERR(diagnosis_turn(c, k->r->programme, &on));
	return diagnosis_write(c, k->r->anna, &diagnosis);
}

/* Anna, and something in every column that is about her. */
static Canary make_canary(TestRegister *r)
{
	Canary k = { .r = r };
	ParticipantIn anna = participant_input(r, CANARY " Ærø", "7506751000", day("2016-09-01"));
	anna.contact_person = r->mette;
	anna.municipality = 751;
	anna.phone = STR("87654321");
	anna.email = STR("kanariefugl@example.dk");
	anna.wishes = STR(CANARY " wishes");
	anna.considerations = STR(CANARY " considerations");
	anna.version = 1;
	assert_ok(change_participant(r, r->anna, &anna));
	PlacementIn job = placement_input(r->bakery, PLACEMENT_ORDINARY, day("2017-01-01"), day("2017-12-31"));
	job.planned_end = day("2018-01-31");
	job.hours_week = 20;
	job.end_reason = STR(CANARY " end");
	assert_ok(put_placement(r, r->anna, &job, &k.placement));
	ContactIn contact = contact_input(r, day("2017-06-07"));
	contact.purpose = PURPOSE_COMPANY_RETENTION;
	contact.company = r->bakery;
	contact.minutes = 45;
	contact.note = STR(CANARY " note");
	contact.member = r->mette;
	contact.place = 0;
	assert_ok(put_contact(r, &contact, &k.contact));
	ctx_clear(r->c);
	assert_ok(commit_run(r->c, ask_canary, &k));
	assert_ok(commit_run(r->c, consent_canary, &k));
	return k;
}

static Err erase(TestRegister *r, Uuid person)
{
	ctx_clear(r->c);
	return erasure_run(r->c, person, STR("asked for it"));
}

static int64_t checked(TestRegister *r, Err (*check)(Ctx *c, int64_t *checked, int64_t *wrong))
{
	int64_t n, wrong;
	begin(r);
	assert_ok(check(r->c, &n, &wrong));
	end(r);
	return wrong;
}

static void assert_whole(TestRegister *r)
{
	ContactCheck contacts;
	assert_int_equal(checked(r, erasure_check_keys), 0);
	assert_int_equal(checked(r, erasure_check_noted), 0);
	begin(r);
	assert_ok(contact_count_check(r->c, &contacts));
	end(r);
	assert_int_equal(contacts.wrong, 0);
}

/* ---- every column ------------------------------------------------------------- */

static const ColumnFate *fate_of(const SchemaColumn *column)
{
	const ColumnFate *found = NULL;
	for (const ColumnFate *f = erasure_fates; f->table != NULL; f++) {
		if (!str_eq_z(column->table, f->table) || (f->column != NULL && !str_eq_z(column->column, f->column)))
			continue;
		if (found != NULL)
			fail_msg("%s.%.*s has two fates", f->table, STR_ARG(column->column));
		found = f;
	}
	return found;
}

static bool names_a_person(Str column)
{
	return str_eq_z(column, "participant") || str_eq_z(column, "person") || str_eq_z(column, "mentor") ||
	       str_eq_z(column, "cpr") || str_eq_z(column, "born");
}

static void every_column__has_a_fate(void **state)
{
	SchemaColumns columns = schema_columns(*state);
	assert_true(columns.n > 200);
	for (size_t i = 0; i < columns.n; i++) {
		const SchemaColumn *k = &columns.at[i];
		const ColumnFate *fate = fate_of(k);
		if (fate == NULL)
			fail_msg("what becomes of %.*s.%.*s when somebody is erased? (erasure_fates.c)",
				 STR_ARG(k->table), STR_ARG(k->column));
		if (names_a_person(k->column) && fate->fate == FATE_NOT_THEIRS)
			fail_msg("%.*s.%.*s is about a person", STR_ARG(k->table), STR_ARG(k->column));
	}
}

static bool is_in(const SchemaColumns *columns, const ColumnFate *f)
{
	for (size_t i = 0; i < columns->n; i++)
		if (str_eq_z(columns->at[i].table, f->table) &&
		    (f->column == NULL || str_eq_z(columns->at[i].column, f->column)))
			return true;
	return false;
}

static void every_fate__is_of_a_column_that_there_is(void **state)
{
	SchemaColumns columns = schema_columns(*state);
	for (const ColumnFate *f = erasure_fates; f->table != NULL; f++)
		if (!is_in(&columns, f))
			fail_msg("%s.%s is no column", f->table, f->column == NULL ? "*" : f->column);
}

/* The column of a table that says whose row it is; NULL: looked at elsewhere. */
static const char *whose(const char *table)
{
	static const struct {
		const char *table, *column;
	} tables[] = { { "participant", "id" },
		       { "placement", "participant" },
		       { "status", "participant" },
		       { "contact", "participant" },
		       { "response", "participant" },
		       { "answer", "respondent" },
		       { "network_person", "participant" },
		       { "diagnosis", "participant" },
		       { "oidc_citizen", "participant" },
		       { "participant_word", "participant" } };
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		if (strcmp(tables[i].table, table) == 0)
			return tables[i].column;
	return NULL;
}

/* A status with a note, past the rules: the day she was admitted on has one already. */
static void note_status(TestRegister *r)
{
	Str anna = uuid_str(r->c->arena, r->anna.v);
	database_script(&r->d, "UPDATE status SET note = x'01', changed_by = 'mette'",
			str_printf(r->c->arena,
				   "UPDATE status SET note = '\\x01', changed_by = 'mette' WHERE participant = '%.*s'",
				   STR_ARG(anna))
				.ptr);
	database_script(&r->d, "UPDATE placement SET changed_by = 'mette'; UPDATE participant SET changed_by = 'mette'",
			"UPDATE placement SET changed_by = 'mette'; UPDATE participant SET changed_by = 'mette'");
}

static bool may_move(const char *column)
{
	return strcmp(column, "version") == 0 || strcmp(column, "erased") == 0 || strcmp(column, "archived") == 0;
}

static void every_column__becomes_what_its_fate_says(void **state)
{
	enum { FATES_MOST = 300 };
	TestRegister *r = *state;
	Canary k = make_canary(r);
	Uuid anna = r->anna.v;
	Str before[FATES_MOST];
	size_t n = 0;
	note_status(r);
	for (const ColumnFate *f = erasure_fates; f->table != NULL; f++, n++) {
		const char *who = whose(f->table), *column = f->column == NULL ? "participant" : f->column;
		assert_true(n < FATES_MOST);
		if (who == NULL)
			continue;
		before[n] = str_dup(r->d.db->arena, rows_text(r, f->table, column, who, anna));
		if (f->fate != FATE_STAYS && rows_filled(r, f->table, column, who, anna) == 0)
			fail_msg("%s.%s is empty: the test has to fill it", f->table, column);
	}
	r->clock = clock_fixed(time_of(day("2018-11-30"), 14 * 60));
	assert_ok(erase(r, anna));
	n = 0;
	for (const ColumnFate *f = erasure_fates; f->table != NULL; f++, n++) {
		const char *who = whose(f->table), *column = f->column == NULL ? "participant" : f->column;
		if (who == NULL)
			continue;
		Str after = rows_text(r, f->table, column, who, anna);
		bool same = str_eq(before[n], after);
		bool gone = f->fate == FATE_EMPTIED || f->fate == FATE_REMOVED;
		if (gone && rows_filled(r, f->table, column, who, anna) > 0)
			fail_msg("%s.%s still stands: %.*s", f->table, column, STR_ARG(after));
		if ((f->fate == FATE_STAYS && !same && !may_move(column)) || (f->fate == FATE_COARSER && same))
			fail_msg("%s.%s: %.*s became %.*s", f->table, column, STR_ARG(before[n]), STR_ARG(after));
	}
	assert_int_equal(rows_filled(r, "mentor", "participant", "id", k.mentor.v), 0);
	assert_int_equal(rows_filled(r, "mentor", "matched", "id", k.mentor.v), 0);
	assert_int_equal(rows_filled(r, "mentor", "name", "id", k.mentor.v), 1); /* is still a mentor */
	assert_int_equal(rows_filled(r, "mentor", "matched", "participant", anna), 1);
	assert_int_equal(rows_filled(r, "mentor", "name", "participant", anna), 0);
	assert_whole(r);
}

/* ---- what can still be found ------------------------------------------------------ */

/* The key as the store keeps it. */
static Str wrapped_key(TestRegister *r, Uuid person)
{
	Ctx c;
	Db *store = NULL;
	WrappedKey key;
	ctx_init(&c);
	assert_ok(db_open(&c, str_printf(c.arena, "sqlite:%s/test.keys", r->d.directory), NULL, &store));
	c.db = store;
	assert_ok(db_begin_read(&c));
	assert_ok(person_key_get(&c, r->c->tenant, person, &key));
	db_end_read(&c);
	Str out = str_dup(r->d.db->arena, key.wrapped);
	db_close(store);
	ctx_release(&c);
	return out;
}

static void no_file__holds_what_was_erased(void **state)
{
	TestRegister *r = *state;
	Canary k = make_canary(r);
	Str key = wrapped_key(r, r->anna.v), others = wrapped_key(r, k.mentor.v);
	Arena *kept = r->d.db->arena;
	Str note = str_dup(kept, rows_bytes(r, "contact", "note", "participant", r->anna.v));
	Str name = str_dup(kept, rows_bytes(r, "participant", "name", "id", r->anna.v));
	Str index = str_dup(kept, rows_bytes(r, "participant", "cpr_index", "id", r->anna.v));
	assert_true(rows_in_key_store(r, key));
	assert_true(rows_in_files(r, note) && rows_in_files(r, name) && rows_in_files(r, index));
	assert_true(rows_in_files(r, STR("Bageren p"))); /* what is in clear is found so */
	assert_false(rows_in_files(r, STR(CANARY)));
	assert_ok(erase(r, r->anna.v));
	assert_false(rows_in_key_store(r, key));
	assert_true(rows_in_key_store(r, others));
	if (r->c->db->engine->is_sqlite) /* PostgreSQL's dead rows are only marked: no key opens them */
		assert_false(rows_in_files(r, note) || rows_in_files(r, name) || rows_in_files(r, index));
	assert_false(rows_in_files(r, STR(CANARY)) || rows_in_key_store(r, STR(CANARY)));
}

static void copy_of_the_register__is_as_unreadable(void **state)
{
	TestRegister *r = *state;
	(void)make_canary(r);
	SealedPlace at = { .place = "participant.name", .person = r->anna.v, .row_len = 16 };
	memcpy(at.row, r->anna.v.b, 16);
	Str sealed = rows_bytes(r, "participant", "name", "id", r->anna.v), text;
	assert_ok(db_begin_read(r->c));
	assert_ok(vault_open(r->c, r->c->arena, &at, sealed, &text));
	db_end_read(r->c);
	assert_true(str_starts(text, STR(CANARY)));
	sealed = str_dup(r->d.db->arena, sealed);
	assert_ok(erase(r, r->anna.v));
	assert_ok(db_begin_read(r->c));
	assert_ok(vault_open(r->c, r->c->arena, &at, sealed, &text));
	db_end_read(r->c);
	assert_true(str_is_none(text));
}

/* ---- nobody any more ----------------------------------------------------------------- */

static void assert_nobody(TestRegister *r)
{
	Scope everything = { .programme = r->programme };
	ParticipantRowList rows;
	Person person;
	ParticipantFacts facts;
	const ParticipantSearch all = { .list = LIST_NOTHING, .status = ENUM_NONE };
	ParticipantSearch cpr = all;
	int64_t total;
	cpr.list.text = STR("7506751000");
	begin(r);
	assert_int_equal(feature_in_scope(r->c, &everything, r->anna, &person), ERR_NOT_FOUND);
	assert_int_equal(participant_facts(r->c, r->anna, r->programme, (OrganisationId){ UUID_NONE }, &facts),
			 ERR_NOT_FOUND);
	assert_ok(participant_search(r->c, &everything, r->programme, &all, day("2018-11-30"), &rows, &total));
	assert_int_equal(total, 0);
	assert_ok(participant_search(r->c, &everything, r->programme, &cpr, day("2018-11-30"), &rows, &total));
	assert_int_equal(total, 0);
	end(r);
}

static void erased_citizen__is_nobody_and_can_be_admitted_again(void **state)
{
	TestRegister *r = *state;
	ParticipantId again;
	(void)make_canary(r);
	assert_ok(erase(r, r->anna.v));
	assert_nobody(r);
	assert_int_equal(erase(r, r->anna.v), ERR_NOT_FOUND);
	ContactIn contact = contact_input(r, day("2018-06-07"));
	contact.note = STR("x");
	assert_int_equal(put_contact(r, &contact, &(ContactId){ UUID_NONE }),
			 ERR_NOT_FOUND); /* no key to seal it with */
	ParticipantIn anna = participant_input(r, "Anna Ærø", "7506751000", day("2016-09-01"));
	assert_ok(put_participant(r, &anna, &again));
	assert_false(uuid_eq(again.v, r->anna.v));
	assert_whole(r);
}

/* Another process has only got as far as destroying the key. */
static void between_the_steps__reading_neither_fails_nor_names_anybody(void **state)
{
	TestRegister *r = *state;
	Scope everything = { .programme = r->programme };
	ParticipantRowList rows;
	Person person;
	int64_t total;
	const ParticipantSearch all = { .list = LIST_NOTHING, .status = ENUM_NONE };
	(void)make_canary(r);
	assert_ok(vault_destroy_key(r->c, r->anna.v));
	begin(r);
	assert_int_equal(feature_in_scope(r->c, &everything, r->anna, &person), ERR_NOT_FOUND);
	assert_ok(participant_search(r->c, &everything, r->programme, &all, day("2018-11-30"), &rows, &total));
	assert_true(rows.n == 1 && str_eq_z(rows.at[0].name, "Slettet borger"));
	end(r);
}

/* ---- stopping in between --------------------------------------------------------------- */

static void noted_only__is_finished(void **state)
{
	TestRegister *r = *state;
	int64_t finished;
	(void)make_canary(r);
	assert_ok(erasures_note(r->c, r->anna.v, STR("numbers")));
	assert_int_equal(checked(r, erasure_check_noted), 1);
	ctx_clear(r->c);
	assert_ok(erasure_finish(r->c, &finished));
	assert_int_equal(finished, 1);
	assert_nobody(r);
	assert_whole(r);
	assert_ok(erasure_finish(r->c, &finished));
	assert_int_equal(finished, 0);
}

static void key_destroyed_only__is_finished(void **state)
{
	TestRegister *r = *state;
	int64_t finished;
	(void)make_canary(r);
	assert_ok(erasures_note(r->c, r->anna.v, STR("nothing")));
	assert_ok(vault_destroy_key(r->c, r->anna.v));
	assert_int_equal(checked(r, erasure_check_keys), 1);
	ctx_clear(r->c);
	assert_ok(erasure_finish(r->c, &finished));
	assert_int_equal(finished, 1);
	assert_int_equal(rows_filled(r, "contact", "id", "participant", r->anna.v), 0); /* as it was noted */
	assert_whole(r);
}

static void what_cannot_be_noted__does_not_happen(void **state)
{
	TestRegister *r = *state;
	bool key = false;
	(void)make_canary(r);
	Str path = str_printf(r->d.db->arena, "%s/nowhere/list", r->d.directory);
	vault_erasures_in(r->d.db, path);
	assert_int_equal(erase(r, r->anna.v), ERR_IO);
	assert_ok(vault_has_key(r->c, r->anna.v, &key));
	assert_true(key);
	assert_int_equal(rows_filled(r, "participant", "erased", "id", r->anna.v), 0);
}

static Str list_path(TestRegister *r)
{
	return str_printf(r->c->arena, "%s/test.erasures", r->d.directory);
}

/* Somebody who may write to the file has not the audit key. */
static void forged_line__erases_nobody(void **state)
{
	TestRegister *r = *state;
	Canary k = make_canary(r);
	Str line, text, anna = uuid_str(r->d.db->arena, r->anna.v);
	int64_t finished;
	ctx_clear(r->c);
	assert_ok(erasures_note(r->c, k.mentor.v, STR("numbers")));
	assert_ok(file_read(r->c, list_path(r), 1000, &text));
	line = str_dup(r->c->arena, text);
	size_t at = str_find_str(line, uuid_str(r->c->arena, k.mentor.v));
	memcpy((char *)(uintptr_t)line.ptr + at, anna.ptr, anna.len);
	assert_ok(file_append(r->c, list_path(r), line));
	assert_int_equal(erasure_finish(r->c, &finished), ERR_INVALID);
	assert_int_equal(r->c->problems[0].row, 2);
}

static void half_written_line__hides_no_other(void **state)
{
	TestRegister *r = *state;
	NotedErasures noted;
	ctx_clear(r->c);
	assert_ok(erasures_note(r->c, r->anna.v, STR("numbers")));
	assert_ok(file_append(r->c, list_path(r), STR("rampe-erasure 1 0000")));
	assert_ok(erasures_note(r->c, r->mette.v, STR("numbers")));
	assert_ok(erasures_read(r->c, &noted));
	assert_true(noted.n == 2 && noted.torn == 1);
	assert_true(uuid_eq(noted.at[0].person, r->anna.v) && uuid_eq(noted.at[1].person, r->mette.v));
}

/* ---- what the programme's rule says -------------------------------------------------------- */

static void set_rule(TestRegister *r, const char *what, const char *keeps)
{
	Arena *a = r->c->arena;
	Str values = str_printf(a, "12, 'programme', '%s', '%s', 1, %s", what, keeps,
				r->c->db->engine->is_sqlite ? "0" : "now()");
	const char *sql = str_printf(a,
				     "INSERT INTO retention_rule (tenant, programme, months, counted_from, what, keeps,"
				     " version, changed) SELECT tenant, id, %.*s FROM programme",
				     STR_ARG(values))
				  .ptr;
	database_script(&r->d, sql, sql);
}

static void rule_that_keeps_nothing__leaves_no_row(void **state)
{
	TestRegister *r = *state;
	static const char *const tables[] = { "placement", "status", "contact", "attendance", "mentor", "response" };
	(void)make_canary(r);
	set_rule(r, "erase", "nothing");
	assert_ok(erase(r, r->anna.v));
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		assert_int_equal(rows_filled(r, tables[i], "tenant", "participant", r->anna.v), 0);
	assert_int_equal(rows_filled(r, "answer", "tenant", "respondent", r->anna.v), 0);
	assert_int_equal(rows_filled(r, "participant", "tenant", "id", r->anna.v), 0);
	assert_whole(r); /* the counters, too */
}

static void municipality__erases_only_what_is_released(void **state)
{
	TestRegister *r = *state;
	ProgrammeIn in = programme_input(r);
	(void)make_canary(r);
	in.owner = r->aarhus;
	in.version = 1;
	assert_ok(change_programme(r, &in));
	assert_int_equal(erase(r, r->anna.v), ERR_INVALID);
	assert_int_equal(rows_filled(r, "participant", "erased", "id", r->anna.v), 0);
	set_rule(r, "erase", "numbers");
	assert_ok(erase(r, r->anna.v));
}

static void programme__is_erased_with_its_mentors(void **state)
{
	TestRegister *r = *state;
	Canary k = make_canary(r);
	int64_t erased = 0;
	ctx_clear(r->c);
	assert_ok(erasure_run_programme(r->c, r->programme, STR_NONE, &erased));
	assert_int_equal(erased, 2);
	assert_int_equal(rows_filled(r, "mentor", "name", "id", k.mentor.v), 0);
	assert_whole(r);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, register_make, register_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(every_column__has_a_fate),
		ON(every_fate__is_of_a_column_that_there_is),
		ON(every_column__becomes_what_its_fate_says),
		ON(no_file__holds_what_was_erased),
		ON(copy_of_the_register__is_as_unreadable),
		ON(erased_citizen__is_nobody_and_can_be_admitted_again),
		ON(between_the_steps__reading_neither_fails_nor_names_anybody),
		ON(noted_only__is_finished),
		ON(key_destroyed_only__is_finished),
		ON(what_cannot_be_noted__does_not_happen),
		ON(forged_line__erases_nobody),
		ON(half_written_line__hides_no_other),
		ON(rule_that_keeps_nothing__leaves_no_row),
		ON(municipality__erases_only_what_is_released),
		ON(programme__is_erased_with_its_mentors),
	};
	return register_run("erasure", tests, sizeof tests / sizeof tests[0]);
}
