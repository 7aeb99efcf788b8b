/* cli: what a command of the command line is given and gives back.
 *
 * src/app/main.c lists the commands of all rooms; each stands in its room's
 * NAME_cli.c. Results go to standard output (with --json one JSON document),
 * messages to standard error, in the user's language.
 */
#ifndef ACCESS_CLI_H
#define ACCESS_CLI_H

#include "base/ctx.h"
#include "crypto/keyring.h"

#include <stdio.h>

typedef enum {
	CLI_DONE,        /* 0 */
	CLI_WRONG,       /* 1: what was asked to be checked is wrong */
	CLI_USAGE,       /* 2 */
	CLI_REFUSED,     /* 3: input refused, with file, row, column, reason */
	CLI_ENVIRONMENT, /* 4: database, files, network */
} CliStatus;

typedef struct Cli {
	Ctx *c;       /* language, clock, default tenant; c->db after cli_open */
	int argc;     /* the command's own arguments; */
	char **argv;  /* global options are taken out, argv[0] is the first after the name */
	Str db_url;   /* --db, RAMPE_DB or the user's data directory */
	bool db_told; /* --db was given */
	Str keyring_told, keys_told, heads_told,
		erasures_told; /* --keyring, --keys, --audit-heads, --erasures; none: not given */
	bool json;             /* --json */
	bool writes;           /* the writer runs */
} Cli;

typedef struct {
	const char *name;  /* "user" */
	const char *usage; /* "user add LOGIN --role ROLE …", one line per form; English, N_() where it has words */
	const char *about; /* English, N_() */
	CliStatus (*run)(Cli *cli);
	bool converts; /* draws or prints: main starts the converters' broker for it */
	/* For `rampe help NAME`, under the usage: what files and options hold; cli has the words behind NAME. NULL: the
	 * usage says it all. */
	void (*explain)(const Cli *cli, FILE *to);
} Command;

/* Opens cli->db_url; refuses a database that is not migrated. With `writes`
 * the writer is started. main closes it. */
Err cli_open(Cli *cli, bool writes) MUST_USE;
/* Starts the writer of c->db, and notes the heads of its audit trail outside
 * when there is a place for them and a keyring to sign with. main ends both. */
Err cli_start_writer(Cli *cli) MUST_USE;
/* Where the keyring stands: as told, as RAMPE_KEYRING says, or beside an SQLite
 * file; none: nowhere. The noted heads of the audit trail: as told, as
 * RAMPE_AUDIT_HEADS says, or beside the keyring. */
Str cli_keyring_path(const Cli *cli);
Str cli_heads_path(const Cli *cli);
/* The SQLite file of the key store where no other is told: beside the keyring. */
Str cli_keys_path(const Cli *cli);
/* Where the key store is: as told, as RAMPE_KEYS says, or beside the keyring. */
Str cli_keys_url(const Cli *cli);
/* Where erasures are noted: as told, as RAMPE_ERASURES says, or beside the keyring. */
Str cli_erasures_path(const Cli *cli);
/* Opens the key store for c->db (vault.h). IO: there is no keyring. */
Err cli_attach_vault(const Cli *cli) MUST_USE;
/* The keyring of the installation; what is wrong with it is the environment's fault (ERR_IO). */
Err cli_keyring(const Cli *cli, Keyring *out) MUST_USE;
/* Says which database could not be used in front of c->why; the error to go on
 * with: a database of another version is the environment's fault. */
Err cli_database_refused(Cli *cli, Err e) MUST_USE;
/* Takes "--name VALUE" out of the arguments; STR_NONE when it is not there. */
Str cli_option(Cli *cli, const char *name);
/* Takes "--name" out; false when it is not there. */
bool cli_flag(Cli *cli, const char *name);
/* Takes the next plain argument; STR_NONE when there is none left. Options
 * first: what still begins with "--" is an unknown option. */
Str cli_argument(Cli *cli);
/* True when nothing is left over; otherwise says so on standard error. */
bool cli_all_taken(Cli *cli);
/* Status for what a call returned; says why on standard error. */
CliStatus cli_status(Cli *cli, Err e);
/* The same; what is wrong with a file names the file. */
CliStatus cli_status_in(Cli *cli, Str file, Err e);
/* Says on standard error that a file was read as Windows-1252, since it is no UTF-8. */
void cli_say_windows_1252(Ctx *c, Str file);
/* Prints "usage: rampe …" of the command. */
void cli_show_usage(const Cli *cli, const Command *command, FILE *to);
/* The same on standard error; returns CLI_USAGE. */
CliStatus cli_usage(const Cli *cli, const Command *command);

#endif
