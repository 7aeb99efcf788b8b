/* keyring: the installation's long-lived secrets, in a file outside the database.
 *
 * A text file that only its owner may read, one secret a line:
 *
 *   rampe-keyring 1
 *   audit 64 hexadecimal digits       the seed of the key that signs where the audit trail stood
 *   index 64 hexadecimal digits       what names and CPR numbers are found by
 *   master 64 hexadecimal digits      a key that wraps the keys of persons; the last one is used for new ones
 *
 * Without it nothing that is sealed can be read again, and whoever has it with
 * the key store can read everything: keep a copy where the database's backups
 * are not. Functions of the file system; a Keyring is the caller's, read-only
 * after reading, and wiped by keyring_forget.
 */
#ifndef CRYPTO_KEYRING_H
#define CRYPTO_KEYRING_H

#include "crypto/seal.h"

enum { SIGN_PUBLIC = 32, SIGN_SECRET = 64, SIGNATURE = 64 }; /* Ed25519 (RFC 8032), bytes */
enum { KEYRING_MASTERS_MOST = 100 };

typedef struct {
	unsigned char audit_public[SIGN_PUBLIC];
	unsigned char audit_secret[SIGN_SECRET];
	SealKey index;
	SealKey masters[KEYRING_MASTERS_MOST];
	int master_count; /* 1 or more; they are numbered from 1 */
} Keyring;

/* Makes the file, with new secrets, for its owner only. CONFLICT: a file stands there; IO. */
Err keyring_make(Ctx *c, Str path) MUST_USE;
/* NOT_FOUND: no such file; DENIED: others may read it; INVALID: it is no
 * keyring; IO. c->why says which and where. */
Err keyring_read(Ctx *c, Str path, Keyring *out) MUST_USE;
void keyring_forget(Keyring *k);
/* Adds a new master key at the end of the file, which wraps from then on. As keyring_read; LIMIT. */
Err keyring_add_master(Ctx *c, Str path) MUST_USE;

void keyring_sign(const Keyring *k, Str text, unsigned char out[SIGNATURE]);
bool signature_fits(const unsigned char public_key[SIGN_PUBLIC], Str text, const unsigned char signature[SIGNATURE]);

/* Lower-case hexadecimal digits, 2 × n, in the arena. */
Str hex_write(Arena *a, const unsigned char *bytes, size_t n);
/* False: not exactly 2 × n hexadecimal digits. */
bool hex_read(Str hex, unsigned char *out, size_t n);

#endif
