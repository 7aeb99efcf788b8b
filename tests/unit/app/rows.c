#include "rows.h"

#include "db/engine.h"

#include <stdlib.h>
#include <string.h>

/* Not looked at: what every request may add to. */
static const char *const left_out[] = { "audit", "audit_head", "session", "guest_session", "schema_version" };

typedef struct {
	Str name, expression;
} Column;

static const DbField table_columns[] = { { "name", DB_TEXT, false, offsetof(Column, name), NULL },
					 { "expression", DB_TEXT, false, offsetof(Column, expression), NULL } };
static const DbStatement tables_statement = {
	.name = "test_tables",
	.sqlite = "SELECT m.name, group_concat('quote(\"' || p.name || '\")', '||'' ''||') FROM sqlite_master m"
		  " JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
		  " AND m.name NOT LIKE 'keep_%' GROUP BY m.name ORDER BY m.name",
	.pg = "SELECT tablename::text, 't::text' FROM pg_tables WHERE schemaname = 'public'"
	      " AND tablename NOT LIKE 'keep_%' ORDER BY tablename",
	.columns = table_columns,
	.column_count = 2,
	.row_size = sizeof(Column),
	.any_tenant = true,
};

typedef struct {
	int64_t table;
	Str text;
} Row;

static const DbField row_columns[] = { { "place", DB_INT, false, offsetof(Row, table), NULL },
				       { "text", DB_TEXT, false, offsetof(Row, text), NULL } };

enum { KEYS = 13 }; /* of one group */

/* Of the database that is open; made by rows_keep. */
static struct {
	DbStatement dump;
	Buf *sql, *keep;
	Str restore[TABLES_MOST];  /* by the table's place; none for what stays as it is */
	uint64_t sessions;         /* their places: no part of the sums, and put back every time */
	int participant, referral; /* their places: with whoever was erased, the key is put back */
	Str keys[GROUPS][KEYS];
	bool uses_sqlite;
} open_;

static bool is_left_out(Str table)
{
	for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++)
		if (str_eq_z(table, left_out[i]))
			return true;
	return false;
}

static Str key_of(Worlds *w, Uuid id)
{
	static const char digits[] = "0123456789ABCDEF";
	if (!open_.uses_sqlite)
		return uuid_str(w->s.arena, id);
	char *to = arena_alloc(w->s.arena, 33);
	for (size_t i = 0; i < sizeof id.b; i++) {
		to[2 * i] = digits[id.b[i] >> 4];
		to[2 * i + 1] = digits[id.b[i] & 15];
	}
	return str_of(to);
}

/* A programme's own things are those of the worlds in it; RANDERS has none for itself. */
static void fill_keys(Worlds *w)
{
	for (int i = 0; i < WORLDS; i++) {
		const World *v = &w->worlds[i];
		Uuid unit[] = { v->partner.v, v->participant.v, v->placement.v, v->contact.v, v->referral.v };
		Uuid own[] = { v->programme.v, v->member.v, v->goal.v, v->definition.v };
		bool shared = i == AARHUS || i == RANDERS;
		Str *to = open_.keys[i];
		for (size_t k = 0; k < 4; k++)
			to[k] = key_of(w, unit[k]);
		to[12] = key_of(w, unit[4]);
		for (size_t k = 0; k < 4 && !shared; k++)
			to[4 + k] = key_of(w, own[k]);
		if (i != ABROAD) {
			to[8] = key_of(w, v->token_owner.v);
			to[9] = key_of(w, v->token.v);
		} else {
			to[8] = key_of(w, v->tenant.v);
		}
		for (size_t k = 0; k < 4 && shared; k++)
			open_.keys[PROGRAMME][k + (i == AARHUS ? 0 : 4)] = key_of(w, own[k]);
	}
}

static void add_table(const Column *t, int place)
{
	Buf *b = open_.sql;
	buf_printf(b, "%sSELECT %d, %.*s FROM %.*s t", b->len > 0 ? " UNION ALL " : "", place, STR_ARG(t->expression),
		   STR_ARG(t->name));
}

static void add_kept(Worlds *w, const Column *t, int place)
{
	buf_printf(open_.keep, "CREATE TABLE keep_%.*s AS SELECT * FROM %.*s;", STR_ARG(t->name), STR_ARG(t->name));
	open_.restore[place] = str_printf(w->s.arena, "DELETE FROM %.*s; INSERT INTO %.*s SELECT * FROM keep_%.*s;",
					  STR_ARG(t->name), STR_ARG(t->name), STR_ARG(t->name));
}

static Str made(Buf *b)
{
	buf_char(b, '\0');
	return buf_str(b);
}

void rows_keep(Worlds *w)
{
	Ctx *c = w->s.register_->c;
	Column *tables;
	size_t n;
	open_.uses_sqlite = c->db->engine->is_sqlite;
	open_.sql = buf_new(w->s.arena, 1 << 20);
	open_.keep = buf_new(w->s.arena, 1 << 20);
	memset(open_.restore, 0, sizeof open_.restore);
	open_.sessions = 0;
	fill_keys(w);
	c->conn = database_intruder(&w->s.register_->d); /* no wall hides a row from it */
	assert_ok(db_many(c, &tables_statement, NULL, 1000, (void **)&tables, &n));
	assert_true(n > 20 && n < TABLES_MOST);
	for (int i = 0; i < (int)n; i++) {
		bool session = str_eq_z(tables[i].name, "session") || str_eq_z(tables[i].name, "guest_session");
		if (session)
			open_.sessions |= (uint64_t)1 << i;
		if (str_eq_z(tables[i].name, "participant"))
			open_.participant = i;
		if (str_eq_z(tables[i].name, "referral"))
			open_.referral = i;
		if (!is_left_out(tables[i].name))
			add_table(&tables[i], i);
		if (session || !is_left_out(tables[i].name))
			add_kept(w, &tables[i], i);
	}
	c->conn = NULL;
	open_.dump = (DbStatement){ .name = "test_dump",
				    .sqlite = made(open_.sql).ptr,
				    .pg = open_.sql->ptr,
				    .columns = row_columns,
				    .column_count = 2,
				    .row_size = sizeof(Row),
				    .any_tenant = true };
	Str keep = made(open_.keep);
	ctx_clear(c);
	database_script(&w->s.register_->d, keep.ptr, keep.ptr);
	database_keys_script(&w->s.register_->d, "CREATE TABLE keep_key AS SELECT * FROM person_key");
}

static void add_row(const Row *row, Rows *sum)
{
	uint64_t hash = str_hash(row->text) * 31 + (uint64_t)row->table;
	hash ^= hash >> 29;
	sum->all += hash;
	sum->table[row->table] += hash;
	sum->count++;
	sum->marked = sum->marked || has(row->text, ROWS_MARK);
	for (int g = 0; g < GROUPS; g++)
		for (size_t k = 0; k < KEYS; k++)
			if (open_.keys[g][k].len > 0 && str_find_str(row->text, open_.keys[g][k]) != SIZE_MAX) {
				sum->group[g] += hash;
				break;
			}
}

Rows rows_now(Worlds *w)
{
	Ctx *c = w->s.register_->c;
	Rows sum = { 0 };
	Row *rows;
	size_t n;
	c->conn = database_intruder(&w->s.register_->d); /* no wall hides a row from it */
	assert_ok(db_many(c, &open_.dump, NULL, 100000, (void **)&rows, &n));
	for (size_t i = 0; i < n; i++)
		add_row(&rows[i], &sum);
	c->conn = NULL;
	return sum;
}

unsigned rows_groups_changed(const Rows *a, const Rows *b)
{
	unsigned changed = 0;
	for (int g = 0; g < GROUPS; g++)
		changed |= a->group[g] != b->group[g] ? 1u << g : 0;
	return changed;
}

uint64_t rows_tables_changed(const Rows *a, const Rows *b)
{
	uint64_t changed = 0;
	for (int t = 0; t < TABLES_MOST; t++)
		changed |= a->table[t] != b->table[t] ? (uint64_t)1 << t : 0;
	return changed;
}

void rows_restore(Worlds *w, uint64_t tables)
{
	Buf *b = buf_new(w->s.arena, 1 << 20);
	buf_z(b, open_.uses_sqlite ? "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE;"
				   : "BEGIN; SET LOCAL session_replication_role = replica;");
	for (int i = 0; i < TABLES_MOST; i++)
		if (((open_.sessions | tables) >> i & 1) != 0)
			buf_str_add(b, open_.restore[i]);
	buf_z(b, "COMMIT;");
	Str script = made(b);
	ctx_clear(w->s.register_->c);
	database_script(&w->s.register_->d, script.ptr, script.ptr);
	if (((tables >> open_.participant | tables >> open_.referral) & 1) != 0)
		database_keys_script(&w->s.register_->d, "INSERT OR IGNORE INTO person_key SELECT * FROM keep_key");
}

/* ---- the audit --------------------------------------------------------------- */

typedef struct {
	int64_t seq;
	Uuid actor, participant;
	Str action;
} Entry;

static const DbField entry_columns[] = { { "seq", DB_INT, false, offsetof(Entry, seq), NULL },
					 { "actor", DB_UUID, true, offsetof(Entry, actor), NULL },
					 { "participant", DB_UUID, true, offsetof(Entry, participant), NULL },
					 { "action", DB_TEXT, false, offsetof(Entry, action), NULL } };
static const DbField since_params[] = { { "seq", DB_INT, false, 0, NULL } };
static const DbStatement since_statement = {
	.name = "test_since",
	.sqlite = "SELECT seq, actor, participant, action FROM audit WHERE seq > ?1 ORDER BY seq",
	.pg = "SELECT seq, actor, participant, action FROM audit WHERE seq > $1::bigint ORDER BY seq",
	.params = since_params,
	.param_count = 1,
	.columns = entry_columns,
	.column_count = 4,
	.row_size = sizeof(Entry),
	.any_tenant = true,
};

static const char flushed[] = "test.flush";

static Err flush_work(Ctx *c, void *arg)
{
	(void)arg;
	AuditEvent e = actor_event(c, flushed);
	return commit_audit(c, &e);
}

static bool is_list(Str action)
{
	static const char *const lists[] = { "participant.search", "company.search", "referral.list",
					     "followup.list",      "goal.people",    "retention.preview" };
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (str_eq_z(action, lists[i]))
			return true;
	return false;
}

static void add_entry(const Worlds *w, const Entry *e, int actor, Trace *t)
{
	if (str_eq_z(e->action, flushed))
		return;
	t->n++;
	t->nameless = t->nameless || uuid_is_none(e->actor);
	if (!uuid_eq(e->actor, w->actors[actor].id.v))
		return;
	t->searched = t->searched || is_list(e->action);
	for (int i = 0; i < WORLDS; i++) {
		bool about = uuid_eq(e->participant, w->worlds[i].participant.v) ||
			     uuid_eq(e->participant, w->worlds[i].referral.v);
		t->about[i] = t->about[i] || about;
		t->denied[i] = t->denied[i] || (about && str_eq_z(e->action, "access.denied"));
	}
}

Trace rows_trace(Worlds *w, int actor, bool flush)
{
	Ctx *c = w->s.register_->c;
	Trace t = { 0 };
	Entry *entries;
	size_t n;
	ctx_clear(c);
	if (flush)
		assert_ok(commit_run(c, flush_work, NULL));
	c->conn = database_intruder(&w->s.register_->d); /* no wall hides a row from it */
	DbValue after = db_of_int(w->audit_seen);
	assert_ok(db_many(c, &since_statement, &after, 100000, (void **)&entries, &n));
	for (size_t i = 0; i < n; i++) {
		add_entry(w, &entries[i], actor, &t);
		w->audit_seen = entries[i].seq > w->audit_seen ? entries[i].seq : w->audit_seen;
	}
	c->conn = NULL;
	return t;
}
