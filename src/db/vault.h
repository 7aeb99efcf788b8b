/* vault: the keys of persons, and what they seal.
 *
 * What identifies or describes a person is sealed (crypto/seal.h) with a key of
 * that person, about its table and column, row, person and tenant: in another
 * place it does not open. Statements say which of their fields are sealed
 * (docs/developer/sql.md); nobody calls this room for it. The keys, wrapped by
 * the keyring's last master key, live in a store of their own, a database
 * beside the register's: a key destroyed there is destroyed for every backup of
 * the register. Unwrapped keys are kept in memory for VAULT_FRESH_SECONDS, and
 * those that have grown older are overwritten when the next one is asked for.
 * Safe from any thread. Errors: of the store (ERR_BUSY, ERR_DB), ERR_DB when
 * something does not open, ERR_INTERNAL without a vault.
 */
#ifndef DB_VAULT_H
#define DB_VAULT_H

#include "crypto/keyring.h"
#include "db/migrate.h"

enum { VAULT_FRESH_SECONDS = 60, VAULT_CACHED = 16384 };

/* The store's own tables, from sql/keys. */
extern const DbMigrations key_migrations;

/* Opens the store (as db_open; it is made when missing) for `db`, which keeps
 * it until db_close. CONFLICT: it belongs to another register, or its keys to
 * another keyring; IO: the keyring cannot be read. The keyring is read again
 * when the store names a master key that is newer. */
Err vault_attach(Ctx *c, Db *db, Str url, Str keyring_path) MUST_USE;
/* Makes the key of a new person of c->tenant. It is durable, and has been read
 * again, when this returns: before anything that it seals. CONFLICT: there is one. */
Err vault_make_key(Ctx *c, Uuid person) MUST_USE;
/* Destroys a person's key, durably, and forgets it here at once; other processes
 * do within VAULT_FRESH_SECONDS. OK when there is none. */
Err vault_destroy_key(Ctx *c, Uuid person) MUST_USE;
/* Whether the store, not the memory, has a key of the person. */
Err vault_has_key(Ctx *c, Uuid person, bool *out) MUST_USE;
/* Leaves no remains of destroyed keys in the store's free pages and log. Takes
 * the store for itself, a second for a million keys. */
Err vault_tidy(Ctx *c) MUST_USE;
/* Wraps by the last master key what an earlier one has wrapped; how many keys
 * that were. Others may go on working meanwhile. */
Err vault_rewrap(Ctx *c, int64_t *changed) MUST_USE;

enum { VAULT_BLIND = 16 };
/* What stands in an index for a text that is sealed: the same for the same text
 * of c->tenant in the same place ("participant.cpr"), and nothing that the text
 * could be told from without the keyring. BLAKE2b (RFC 7693), keyed. */
Err vault_blind(Ctx *c, const char *place, Str text, Str *out) MUST_USE;

enum { VAULT_PSEUDONYM = 16 }; /* bytes; twice as many hexadecimal digits */
/* What stands for a person where rows leave the program: the same in everything of one programme, another in the
 * next, and nothing that the person could be told from without the keyring. BLAKE2b keyed by a key of its own, which
 * is made from the index key and never rotates. */
Err vault_pseudonym(Ctx *c, ProgrammeId programme, ParticipantId who, Str *out) MUST_USE;

/* A short text of a *user* (the secret of the codes), who has no key of an own: staff leave and come back, but are
 * not forgotten one by one. Sealed about the place, c->tenant and the user, by a key that is made from the keyring's
 * index key (keyed BLAKE2b, personalised): that one is never exchanged, so that nothing has to be sealed anew when
 * the master keys rotate, and no number of a key has to stand beside it. Whoever has stolen a keyring can read such
 * texts also of later: then the users' codes are to be reset as well. */
Err vault_seal_user(Ctx *c, const char *place, UserId user, Str text, Str *out) MUST_USE;
/* ERR_DB when it does not open. */
Err vault_open_user(Ctx *c, const char *place, UserId user, Str sealed, Str *out) MUST_USE;
/* Where erasures are noted (db/erasures.h): told, or beside the keyring. */
void vault_erasures_in(Db *db, Str path);
Err vault_erasures_path(Ctx *c, Str *out) MUST_USE;
/* The keyring's audit key signs, and what it signs with can be checked. */
Err vault_sign(Ctx *c, Str text, unsigned char out[SIGNATURE]) MUST_USE;
Err vault_sign_public(Ctx *c, unsigned char out[SIGN_PUBLIC]) MUST_USE;

/* Where a sealed text stands: what it says it is about. */
typedef struct {
	const char *place; /* "contact.note" */
	Uuid person;
	unsigned char row[16]; /* what names the row within its table */
	size_t row_len;
} SealedPlace;

/* For statement.c, on c->conn, which keeps the key at hand until its read or commit ends. Seals, and opens again what
 * it has sealed: nothing is stored that cannot be read. NOT_FOUND: the person has no key, as after an erasure. */
Err vault_seal(Ctx *c, const SealedPlace *at, Str text, Str *out) MUST_USE;
/* In `to`. STR_NONE when the person's key has been destroyed. */
Err vault_open(Ctx *c, Arena *to, const SealedPlace *at, Str sealed, Str *out) MUST_USE;

#endif
