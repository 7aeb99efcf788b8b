#include "boxes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const EnumRow colour_rows[] = { { "red", "red" }, { "green", "green" }, { "deep-blue", "deep blue" } };
const EnumTable colour_table = ENUM_TABLE("colour", colour_rows);

int set_up(void **state)
{
	static Database d;
	database_make(&d, on_pg, &contract_migrations);
	assert_int_equal(commit_start(&d.c, d.db), OK);
	*state = &d;
	return 0;
}

int tear_down(void **state)
{
	database_remove(*state);
	return 0;
}

void check_ok(Ctx *c, Err e, const char *file, int line)
{
	if (e != OK)
		fail_msg("%s:%d: %s: %.*s", file, line, err_name(e), STR_ARG(c->why));
}

ProgrammeId box_id(unsigned char n)
{
	return (ProgrammeId){ { { 0x42, n } } };
}

PlacementId thing_id(unsigned char n)
{
	return (PlacementId){ { { 0x54, n } } };
}

Err note_it(Ctx *c)
{
	return commit_audit(c, &(AuditEvent){ .action = STR("test.write"), .subject_kind = STR("box") });
}

Err add_box(Ctx *c, void *arg)
{
	const unsigned char *n = arg;
	RETURN_IF_ERR(box_add(c, box_id(*n), STR("kasse")));
	return note_it(c);
}

Err make_box(Ctx *c, unsigned char n)
{
	return commit_run(c, add_box, &n);
}

int64_t boxes(Ctx *c)
{
	int64_t n = -1;
	ok(db_begin_read(c));
	ok(box_count(c, &n));
	db_end_read(c);
	return n;
}

AuditCheck verified(Ctx *c)
{
	AuditCheck check = { 0 };
	ok(audit_verify(c, &check));
	return check;
}
