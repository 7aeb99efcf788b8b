/* lists: the lists of what the program consists of. A new feature adds one
 * line to each list it has something for. Static data.
 */
#ifndef APP_LISTS_H
#define APP_LISTS_H

#include "access/cli.h"
#include "access/route.h"
#include "convert/convert.h"

/* Pages and API; ends with NULL. */
extern const RouteTable *const feature_routes[];

/* Commands of the command line; ends with NULL. */
extern const Command *const feature_commands[];

/* What reads files that others have sent; ends with NULL. */
extern const ConvertReader *const feature_readers[];

/* Something that must always be true of the stored data. */
typedef struct {
	const char *name; /* "audit" */
	const char *what; /* English, N_(): what is true */
	/* Inside a read. *checked: how many things were looked at; *wrong: how many are not so. */
	Err (*run)(Ctx *c, int64_t *checked, int64_t *wrong);
} StoredCheck;

/* Ends with a NULL name. */
extern const StoredCheck feature_checks[];

#endif
