/* lists: the lists of what the program consists of. A new feature adds one
 * line to each list it has something for. Static data.
 */
#ifndef APP_LISTS_H
#define APP_LISTS_H

#include "access/cli.h"
#include "access/route.h"
#include "base/buf.h"
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
	/* What somebody is to look into: it can have come about rightly or before there was such a rule, so it is
	 * neither wrong nor in the way of a backup. Names the first of them, a line each. NULL: what is not so is
	 * wrong. */
	Err (*name_some)(Ctx *c, Buf *out);
} StoredCheck;

/* Ends with a NULL name. */
extern const StoredCheck feature_checks[];

#endif
