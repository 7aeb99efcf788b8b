/* totp: the six digits that change every half minute (RFC 6238), by liboath.
 *
 * HMAC-SHA-1, steps of 30 seconds from 1970, 6 digits: what every authenticator
 * on a phone does. The step before and the one after count, too, since clocks
 * differ. A code holds for up to 90 seconds, so that whoever checks one keeps the
 * step it was of and takes nothing up to that one again. Pure but for the random
 * source; results in c->arena.
 */
#ifndef CRYPTO_TOTP_H
#define CRYPTO_TOTP_H

#include "base/clock.h"
#include "base/ctx.h"

enum { TOTP_SECRET = 20, TOTP_SECONDS = 30, TOTP_WINDOW = 1, TOTP_DIGITS = 6 };

/* A new secret, as it is written in every authenticator: 32 letters and digits (base32, RFC 4648). */
Str totp_secret_new(Ctx *c);
/* Which step this is the code of, around `now`. NOT_FOUND: of none; INTERNAL:
 * the secret is no base32. */
Err totp_check(Ctx *c, Str secret, Str code, Time now, int64_t *step) MUST_USE;
/* The address that an authenticator reads from a picture: otpauth://totp/Rampe:LOGIN?secret=… */
Str totp_address(Arena *a, Str login, Str secret);

#endif
