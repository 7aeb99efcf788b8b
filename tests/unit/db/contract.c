/* What both engines promise: values, rows, reads, migrations. Every test runs on SQLite and on a private PostgreSQL. */
#include "boxes.h"
#include "db/engine.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* --- values --- */

static Thing full_thing(void)
{
	return (Thing){ .id = thing_id(1),
			.u = { { 0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0x80 } },
			.i = -9223372036854775807,
			.r = -0.1,
			.b = true,
			.t = STR("Søren Ærø “citat” 👍"),
			.y = { "\0\xff\x01", 3 },
			.d = date_of(2018, 11, 30),
			.m = 1543579200123456, /* 2018-11-30T12:00:00.123456Z */
			.k = COLOUR_DEEP_BLUE,
			.nu = box_id(9),
			.ni = INT64_MAX,
			.nr = 1e300,
			.nb = 0,
			.nt = STR(""),
			.ny = STR(""),
			.nd = DATE_FIRST,
			.nm = -1,
			.nk = COLOUR_RED };
}

static Thing bare_thing(void)
{
	return (Thing){ .id = thing_id(2),
			.u = { { 1 } },
			.t = STR(""),
			.y = STR(""),
			.d = DATE_LAST,
			.ni = INT_NONE,
			.nr = REAL_NONE,
			.nb = BOOL_NONE,
			.nd = DATE_NONE,
			.nm = TIME_NONE,
			.nk = (Colour)ENUM_NONE };
}

static Err add_thing(Ctx *c, void *arg)
{
	RETURN_IF_ERR(thing_add(c, arg));
	return note_it(c);
}

static Thing stored(Ctx *c, Thing *t)
{
	Thing back = { .i = 0 };
	int64_t same = 0;
	ok(commit_run(c, add_thing, t));
	ok(db_begin_read(c));
	ok(thing_get(c, t->id, &back));
	ok(thing_same(c, t, &same));
	db_end_read(c);
	assert_int_equal(same, 1);
	return back;
}

static void values_come_back_as_they_went_in(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	Thing t = full_thing(), back = stored(c, &t);
	assert_true(uuid_eq(back.id.v, t.id.v) && uuid_eq(back.u, t.u) && uuid_eq(back.nu.v, t.nu.v));
	assert_true(back.i == t.i && back.ni == t.ni);
	assert_true(back.r == t.r && back.nr == t.nr);
	assert_true(back.b && back.nb == 0);
	assert_true(str_eq(back.t, t.t) && str_eq(back.y, t.y));
	assert_true(!str_is_none(back.nt) && back.nt.len == 0 && !str_is_none(back.ny) && back.ny.len == 0);
	assert_true(back.d == t.d && back.nd == t.nd && back.m == t.m && back.nm == t.nm);
	assert_true(back.k == COLOUR_DEEP_BLUE && back.nk == COLOUR_RED);
}

static void no_value_comes_back_as_no_value(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	Thing t = bare_thing(), back = stored(c, &t);
	assert_true(uuid_is_none(back.nu.v));
	assert_true(back.ni == INT_NONE && isnan(back.nr) && back.nb == BOOL_NONE);
	assert_true(str_is_none(back.nt) && str_is_none(back.ny));
	assert_true(back.nd == DATE_NONE && back.nm == TIME_NONE && (int)back.nk == ENUM_NONE);
	assert_true(back.i == 0 && back.r == 0 && !back.b && back.t.len == 0 && back.d == DATE_LAST && back.m == 0);
	Date day = 0;
	ok(db_begin_read(c));
	ok(thing_day(c, t.id, &day));
	db_end_read(c);
	assert_int_equal(day, DATE_NONE);
}

static void a_required_value_may_not_be_missing(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	Thing good = full_thing(), t = good;
	t.t = STR_NONE;
	assert_int_equal(commit_run(c, add_thing, &t), ERR_INTERNAL);
	t = good;
	t.d = DATE_NONE;
	assert_int_equal(commit_run(c, add_thing, &t), ERR_INTERNAL);
	t = good;
	t.u = UUID_NONE;
	assert_int_equal(commit_run(c, add_thing, &t), ERR_INTERNAL);
	t = good;
	t.r = NAN;
	assert_int_equal(commit_run(c, add_thing, &t), ERR_INTERNAL);
	t = good;
	t.k = (Colour)3;
	assert_int_equal(commit_run(c, add_thing, &t), ERR_INTERNAL);
	t = good;
	t.t = STR("half a \xc3");
	assert_int_equal(commit_run(c, add_thing, &t), ERR_INTERNAL);
	t = good;
	t.t = STR("a\0b");
	assert_int_equal(commit_run(c, add_thing, &t), ERR_INTERNAL);
}

static Err paint_wrong(Ctx *c, void *arg)
{
	(void)arg;
	RETURN_IF_ERR(thing_paint(c, thing_id(1), STR("beige")));
	return note_it(c);
}

static void an_unknown_code_in_the_database_is_an_error(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	Thing t = full_thing();
	ok(commit_run(c, add_thing, &t));
	ok(commit_run(c, paint_wrong, NULL));
	ok(db_begin_read(c));
	assert_int_equal(thing_get(c, t.id, &t), ERR_DB);
	db_end_read(c);
}

static void a_difference_of_dates_is_days(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	Thing t = full_thing();
	int64_t days = 0;
	ok(commit_run(c, add_thing, &t));
	ok(db_begin_read(c));
	ok(thing_days(c, t.id, date_of(2018, 10, 30), &days)); /* October has 31 days */
	db_end_read(c);
	assert_int_equal(days, 31);
}

/* --- rows --- */

typedef struct {
	unsigned char box;
	int64_t from, n;
} Fill;

static Err fill_box(Ctx *c, void *arg)
{
	const Fill *f = arg;
	for (int64_t i = f->from; i < f->from + f->n; i++) {
		const Item item = { i, str_printf(c->arena, "nr. %03d", (int)(i % 7)) };
		RETURN_IF_ERR(item_add(c, box_id(f->box), &item));
	}
	return note_it(c);
}

static void filled_box(Ctx *c, int64_t n)
{
	Fill f = { 1, 0, n };
	ok(make_box(c, 1));
	ok(commit_run(c, fill_box, &f));
}

static void no_row_is_not_found(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	Str name = STR_NONE;
	ok(db_begin_read(c));
	assert_int_equal(box_name(c, box_id(77), &name), ERR_NOT_FOUND);
	ItemList items = { NULL, 9 };
	ok(item_list(c, box_id(77), ITEM_LIST_BY_NUMBER, &items));
	assert_int_equal(items.n, 0);
	db_end_read(c);
}

static void lists_come_in_the_order_asked_for(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	ItemList items;
	filled_box(c, 20);
	ok(db_begin_read(c));
	ok(item_list(c, box_id(1), ITEM_LIST_BY_NUMBER, &items));
	assert_int_equal(items.n, 20);
	for (size_t i = 0; i < 20; i++)
		assert_int_equal(items.at[i].n, i);
	ok(item_list(c, box_id(1), ITEM_LIST_BY_LABEL, &items)); /* 6, 13, 5, 12, 19, 4, ... */
	assert_int_equal(items.at[0].n, 6);
	assert_int_equal(items.at[1].n, 13);
	assert_int_equal(items.at[2].n, 5);
	assert_true(str_eq_z(items.at[0].label, "nr. 006"));
	db_end_read(c);
}

static void more_rows_than_the_ceiling_are_refused(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	ItemList items;
	filled_box(c, 101);
	ok(db_begin_read(c));
	assert_int_equal(item_list(c, box_id(1), ITEM_LIST_BY_NUMBER, &items), ERR_LIMIT);
	db_end_read(c);
}

static void sums_and_means_are_numbers(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	Sums sums;
	filled_box(c, 4); /* 0 + 1 + 2 + 3 = 6, mean 1.5 */
	ok(db_begin_read(c));
	ok(item_sums(c, box_id(1), &sums));
	assert_int_equal(sums.total, 6);
	assert_true(sums.average == 1.5);
	assert_int_equal(sums.many, 4);
	ok(item_sums(c, box_id(2), &sums));
	assert_true(sums.total == INT_NONE && isnan(sums.average) && sums.many == 0);
	db_end_read(c);
}

typedef struct {
	Ctx *c;
	int64_t seen, inner, stop_at;
} Walk;

static Err count_inner(void *arg, const Item *row)
{
	Walk *w = arg;
	w->inner += row->n >= 0;
	return OK;
}

static Err walk_item(void *arg, const Item *row)
{
	Walk *w = arg;
	char expected[10];
	snprintf(expected, sizeof expected, "nr. %03d", (int)(w->seen % 7));
	assert_int_equal(row->n, w->seen);
	assert_true(str_eq_z(row->label, expected));
	if (w->seen++ == w->stop_at)
		return ERR_LIMIT;
	if (row->n != 1000)
		return OK;
	Str name;
	RETURN_IF_ERR(box_name(w->c, box_id(1), &name));
	return item_walk(w->c, box_id(1), count_inner, w);
}

static void a_walk_sees_every_row_and_may_ask_on_the_way(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	Walk w = { .c = c, .stop_at = -1 };
	filled_box(c, 2500);
	ok(db_begin_read(c));
	ok(item_walk(c, box_id(1), walk_item, &w));
	assert_int_equal(w.seen, 2500);
	assert_int_equal(w.inner, 2500);
	w = (Walk){ .c = c, .stop_at = 3 };
	assert_int_equal(item_walk(c, box_id(1), walk_item, &w), ERR_LIMIT);
	assert_int_equal(w.seen, 4);
	w = (Walk){ .c = c, .stop_at = -1 };
	ok(item_walk(c, box_id(1), walk_item, &w)); /* the statement is free again */
	assert_int_equal(w.seen, 2500);
	db_end_read(c);
}

typedef struct {
	ProgrammeId id;
	Str before, after;
	int64_t changed;
} Rename;

static Err rename_box(Ctx *c, void *arg)
{
	Rename *r = arg;
	RETURN_IF_ERR(box_rename(c, r->id, r->before, r->after, &r->changed));
	return note_it(c);
}

static void changed_rows_are_counted(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	ok(make_box(c, 1));
	Rename r = { box_id(1), STR("kasse"), STR("skab"), -1 };
	ok(commit_run(c, rename_box, &r));
	assert_int_equal(r.changed, 1);
	ok(commit_run(c, rename_box, &r));
	assert_int_equal(r.changed, 0);
}

static Err take_item(Ctx *c, void *arg)
{
	Item *item = arg;
	RETURN_IF_ERR(item_take(c, box_id(1), 2, item));
	return note_it(c);
}

static void what_is_deleted_can_be_returned(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	Item item = { 0 };
	filled_box(c, 3);
	ok(commit_run(c, take_item, &item));
	assert_int_equal(item.n, 2);
	assert_int_equal(commit_run(c, take_item, &item), ERR_NOT_FOUND);
}

static void keys_that_collide_or_dangle_are_conflicts(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	ok(make_box(c, 1));
	assert_int_equal(make_box(c, 1), ERR_CONFLICT);
	Fill dangling = { 9, 0, 1 }, negative = { 1, -1, 1 };
	assert_int_equal(commit_run(c, fill_box, &dangling), ERR_CONFLICT);
	assert_int_equal(commit_run(c, fill_box, &negative), ERR_DB); /* CHECK (n >= 0) */
	assert_int_equal(boxes(c), 1);
}

static void tenants_do_not_see_each_other(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	ok(make_box(c, 1));
	c->tenant.v.b[0] ^= 1;
	assert_int_equal(boxes(c), 0);
	ok(make_box(c, 1));
	ok(make_box(c, 2));
	assert_int_equal(verified(c).entries, 2);
	c->tenant.v.b[0] ^= 1;
	assert_int_equal(verified(c).entries, 1);
}

/* --- reads --- */

static void a_read_sees_one_state(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c, other;
	int64_t before = -1, after = -1;
	ctx_init(&other);
	other.db = d->db;
	other.tenant = c->tenant;
	ok(make_box(c, 1));
	ok(db_begin_read(c));
	ok(box_count(c, &before));
	ok(make_box(&other, 2));
	ok(db_begin_read(c)); /* joins */
	ok(box_count(c, &after));
	db_end_read(c);
	assert_non_null(c->conn);
	db_end_read(c);
	assert_null(c->conn);
	assert_int_equal(before, 1);
	assert_int_equal(after, 1);
	assert_int_equal(boxes(c), 2);
	ctx_release(&other);
}

static void a_read_cannot_write(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	ok(db_begin_read(c));
	assert_int_equal(box_add(c, box_id(1), STR("kasse")), ERR_DB);
	db_end_read(c);
	assert_int_equal(boxes(c), 0);
	int64_t n;
	assert_int_equal(box_count(c, &n), ERR_INTERNAL); /* neither read nor commit */
}

static void a_forgotten_read_ends_with_the_arena(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	for (int i = 0; i < 50; i++) { /* more often than there are readers */
		ok(db_begin_read(c));
		ctx_clear(c);
		assert_null(c->conn);
	}
	assert_int_equal(boxes(c), 0);
}

static void readers_are_bounded(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c, a, b;
	Db *db = NULL;
	const DbOptions one = { .readers = 1, .wait_ms = 50 };
	ok(db_open(c, d->url, &one, &db));
	ctx_init(&a);
	ctx_init(&b);
	a.db = b.db = db;
	ok(db_begin_read(&a));
	assert_int_equal(db_begin_read(&b), ERR_BUSY);
	db_end_read(&a);
	ok(db_begin_read(&b));
	db_end_read(&b);
	ctx_release(&a);
	ctx_release(&b);
	db_close(db);
}

/* --- migrations --- */

static int set_up_empty(void **state)
{
	static Database d;
	database_make(&d, on_pg, NULL);
	*state = &d;
	return 0;
}

static void migrations_run_once(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	assert_int_equal(db_check_version(c, d->db, &contract_migrations), ERR_CONFLICT);
	const DbMigrations first = { contract_migrations.list, 1 };
	ok(db_migrate(c, d->admin, &first));
	assert_int_equal(db_check_version(c, d->db, &contract_migrations), ERR_CONFLICT);
	ok(db_migrate(c, d->admin, &contract_migrations));
	ok(db_migrate(c, d->admin, &contract_migrations));
	ok(db_check_version(c, d->db, &contract_migrations));
	assert_int_equal(db_migrate(c, d->admin, &first), ERR_CONFLICT); /* an older program */
	Str name = STR_NONE;
	ok(db_begin_read(c));
	ok(engine_name(c, &name));
	db_end_read(c);
	assert_true(str_eq_z(name, db_engine_name(d->db)));
}

static void a_changed_migration_is_refused(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	DbMigration list[2] = { contract_migrations.list[0], contract_migrations.list[1] };
	ok(db_migrate(c, d->admin, &contract_migrations));
	list[1].checksum = "0123456789abcdef";
	assert_int_equal(db_migrate(c, d->admin, &(DbMigrations){ list, 2 }), ERR_CONFLICT);
}

static void a_migration_that_fails_leaves_nothing_behind(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	DbMigration list[3] = { contract_migrations.list[0],
				contract_migrations.list[1],
				{ 2, "broken", "00", "CREATE TABLE one (x INTEGER); CREATE TABLE one (x INTEGER);",
				  "CREATE TABLE one (x bigint); CREATE TABLE one (x bigint);" } };
	assert_true(db_migrate(c, d->admin, &(DbMigrations){ list, 3 }) != OK);
	ctx_clear(c);
	ok(db_migrate(c, d->admin, &contract_migrations)); /* from the beginning: no table is in the way */
}

static void addresses_of_other_kinds_are_refused(void **state)
{
	Ctx *c = &((Database *)*state)->c;
	Db *db = NULL;
	assert_int_equal(db_open(c, STR("mysql://x"), NULL, &db), ERR_INVALID);
	assert_int_equal(db_open(c, STR("sqlite:"), NULL, &db), ERR_INVALID);
	assert_int_equal(db_open(c, STR("sqlite:/no/such/folder/x.db"), NULL, &db), ERR_DB);
	ctx_clear(c);
	assert_int_equal(db_open(c, STR("postgres://me:sesame@/x?host=/no/such/folder"), NULL, &db), ERR_DB);
	assert_true(str_find_str(c->why, STR("sesame")) == SIZE_MAX);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define EMPTY(test) cmocka_unit_test_setup_teardown(test, set_up_empty, tear_down)

static int run_contract(const char *name)
{
	const struct CMUnitTest tests[] = {
		ON(values_come_back_as_they_went_in),
		ON(no_value_comes_back_as_no_value),
		ON(a_required_value_may_not_be_missing),
		ON(an_unknown_code_in_the_database_is_an_error),
		ON(a_difference_of_dates_is_days),
		ON(no_row_is_not_found),
		ON(lists_come_in_the_order_asked_for),
		ON(more_rows_than_the_ceiling_are_refused),
		ON(sums_and_means_are_numbers),
		ON(a_walk_sees_every_row_and_may_ask_on_the_way),
		ON(changed_rows_are_counted),
		ON(what_is_deleted_can_be_returned),
		ON(keys_that_collide_or_dangle_are_conflicts),
		ON(tenants_do_not_see_each_other),
		ON(a_read_sees_one_state),
		ON(a_read_cannot_write),
		ON(a_forgotten_read_ends_with_the_arena),
		ON(readers_are_bounded),
		EMPTY(migrations_run_once),
		EMPTY(a_changed_migration_is_refused),
		EMPTY(a_migration_that_fails_leaves_nothing_behind),
		EMPTY(addresses_of_other_kinds_are_refused),
	};
	return cmocka_run_group_tests_name(name, tests, NULL, NULL);
}

int main(void)
{
	return on_both_engines(run_contract);
}
