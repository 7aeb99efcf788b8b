/* database_cli: `rampe init`, `rampe migrate`, `rampe check`. */
#ifndef APP_DATABASE_CLI_H
#define APP_DATABASE_CLI_H

#include "access/cli.h"

extern const Command init_command, migrate_command, check_command;

/* Makes every folder above the file `path` that is missing, for its owner only. */
Err database_folders(Ctx *c, Str path) MUST_USE;
/* Runs every check of what is stored (lists.h) on c->db; *wrong: how many things are not as they must be. */
Err database_check(Ctx *c, int64_t *wrong) MUST_USE;
/* Makes the folder of an embedded database where it is missing, opens and
 * migrates it; c->db is set. */
Err database_prepare(Cli *cli) MUST_USE;

#endif
