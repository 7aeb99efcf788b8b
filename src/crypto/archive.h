/* archive: a file sealed for whoever holds a private key that is kept elsewhere.
 *
 * The machine that makes archives has the public key alone and cannot read them
 * again: whoever takes it over gets no old copy. A file is
 *
 *   rampe-backup 1 KIND ENGINE ID TIME \n     what it is, in clear
 *   the stream's key, sealed to the public key (crypto_box_seal, libsodium)
 *   the stream's header (secretstream, XChaCha20-Poly1305)
 *   pieces: length in four bytes, then at most ARCHIVE_PIECE bytes and a tag
 *
 * Every piece is bound to the first line. The last piece, marked as such, is a
 * signature of the keyring's audit key over the first line and a hash of all
 * before it (BLAKE2b): a public key is no secret, so that anybody could make an
 * archive, but not one that this installation has made. What is cut off,
 * changed, put together or not ours is refused before anything is used.
 * Streams: a piece in memory at a time. Functions of the file system.
 */
#ifndef CRYPTO_ARCHIVE_H
#define CRYPTO_ARCHIVE_H

#include "crypto/keyring.h"

enum { ARCHIVE_KEY = 32, ARCHIVE_PIECE = 65536, ARCHIVE_LINE_MOST = 200 };

typedef struct {
	Str kind;   /* "data" or "keys" */
	Str engine; /* "sqlite" or "postgres": what the file inside is for */
	Uuid id;    /* the two files of one backup have the same */
	Time at;
} ArchiveHead;

/* Told how far it has come, bytes of all bytes; may be NULL. */
typedef void ArchiveProgress(void *arg, int64_t done, int64_t all);

/* Makes the pair: the private key at `path`, for its owner only, the public one
 * at `path`.pub. CONFLICT: one of them stands there; IO. */
Err archive_keys_make(Ctx *c, Str path) MUST_USE;
/* NOT_FOUND, INVALID: no such key; of the private one DENIED: others may read it. */
Err archive_public_read(Ctx *c, Str path, unsigned char out[ARCHIVE_KEY]) MUST_USE;
Err archive_private_read(Ctx *c, Str path, unsigned char out[ARCHIVE_KEY]) MUST_USE;

/* Seals the file `from` into the new file `to`, which is durable when it
 * returns, and has been opened again with the stream's key, which is then
 * forgotten. IO. */
Err archive_seal(Ctx *c, const ArchiveHead *head, const unsigned char recipient[ARCHIVE_KEY], const Keyring *keyring,
		 Str from, Str to, ArchiveProgress *progress, void *arg) MUST_USE;
/* What the first line says; nothing of it is proved yet. INVALID: no archive. */
Err archive_head(Ctx *c, Str path, ArchiveHead *out) MUST_USE;
/* Opens `from` into the new file `to`. INVALID: not sealed to this key, cut off,
 * changed, or not made by this keyring's installation; IO. What has been written
 * until then is removed. */
Err archive_open(Ctx *c, Str from, const unsigned char private_key[ARCHIVE_KEY],
		 const unsigned char signed_by[SIGN_PUBLIC], Str to, ArchiveProgress *progress, void *arg) MUST_USE;

#endif
