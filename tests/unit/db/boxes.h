/* boxes: what the tests of both halves of the contract share. */
#ifndef TEST_BOXES_H
#define TEST_BOXES_H

#include "contract_sql.h"
#include "database.h"
#include "db/commit.h"

extern const DbMigrations contract_migrations;

/* A migrated, empty database with its writer running. */
int set_up(void **state);
int tear_down(void **state);

#define ok(call) check_ok(c, (call), __FILE__, __LINE__)
void check_ok(Ctx *c, Err e, const char *file, int line);

ProgrammeId box_id(unsigned char n);
PlacementId thing_id(unsigned char n);
/* Inside a commit: its audit event. */
Err note_it(Ctx *c);
/* A job that adds the box numbered by the unsigned char at `arg`. */
Err add_box(Ctx *c, void *arg);
Err make_box(Ctx *c, unsigned char n);
/* How many are stored. */
int64_t boxes(Ctx *c);
AuditCheck verified(Ctx *c);

#endif
