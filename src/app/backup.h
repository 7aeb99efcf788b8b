/* backup: the register and its key store, each a sealed file (crypto/archive.h).
 *
 * Made online: servers go on reading and writing. In this order:
 *   1. both databases are dumped, the register first: whoever is admitted in
 *      between has a key that is not needed, and nobody lacks one;
 *   2. the dumps are restored into scratch databases, and everything that
 *      `rampe check` knows is checked there: the audit's chain, the counters,
 *      a key for everybody, the schema's steps. It happens before sealing,
 *      because the private key is not here. Somebody erased between the two
 *      dumps looks like damage: it is then tried again;
 *   3. the dumps are sealed, and each archive is read back with its stream's key
 *      and compared by hash before that key is forgotten;
 *   4. both get their places, the keys first: where FILE.data stands, FILE.keys
 *      does as well.
 * Until 4 everything stands in FILE.part/, which a run that was stopped leaves
 * and the next one empties. The keyring is in neither file: without it they are
 * of no use, and with it in the same place sealing would be none.
 */
#ifndef APP_BACKUP_H
#define APP_BACKUP_H

#include "access/cli.h"

typedef struct {
	Str to;        /* FILE */
	Str recipient; /* file of the public key */
	bool anyway;   /* also when a check finds something wrong, which is told */
} BackupIn;

/* CONFLICT: FILE.data stands there; DB: what is stored is not as it must be; IO. */
Err backup_make(Cli *cli, const BackupIn *in) MUST_USE;

typedef struct {
	Str data, keys; /* files of one backup */
	Str key;        /* file of the private key */
	Str db, keys_db;
} RestoreIn;

typedef struct {
	int64_t erased; /* people, once more */
	int64_t users;  /* who can log in */
} Restored;

/* Opens both files, and makes the databases, which must not be there yet
 * (SQLite) or be empty (PostgreSQL). The schema is brought up to date, every
 * session, code and token in it ends (access/restored.h), what was erased since the backup is erased once more
 * (db/erasures.h), everything is checked; only then SQLite's files get their names, and a PostgreSQL database in which
 * that failed is emptied again. CONFLICT: something stands there; INVALID: no pair of files of one backup, not of this
 * keyring, cut off, changed, or of the other engine; DB: a check found something wrong. */
Err backup_restore(Cli *cli, const RestoreIn *in, Restored *out) MUST_USE;

#endif
