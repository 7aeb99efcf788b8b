#include "crypto/totp.h"

#include <liboath/oath.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

static void start(void)
{
	(void)oath_init(); /* what fails here fails again where it is used */
}

static void need_oath(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	(void)pthread_once(&once, start);
}

Str totp_secret_new(Ctx *c)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned char bytes[TOTP_SECRET * 8 / 5];
	char *to = arena_alloc(c->arena, sizeof bytes);
	random_bytes(c->random, bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		to[i] = letters[bytes[i] & 31]; /* five bits each: nothing is rounded */
	sodium_memzero(bytes, sizeof bytes);
	return (Str){ to, sizeof bytes };
}

static bool is_code(Str code)
{
	bool digits = code.len == TOTP_DIGITS;
	for (size_t i = 0; i < code.len; i++)
		digits = digits && code.ptr[i] >= '0' && code.ptr[i] <= '9';
	return digits;
}

Err totp_check(Ctx *c, Str secret, Str code, Time now, int64_t *step)
{
	char *bytes = NULL;
	size_t n = 0;
	uint64_t counter = 0;
	if (!is_code(code))
		return ERR_NOT_FOUND;
	need_oath();
	if (oath_base32_decode(secret.ptr, secret.len, &bytes, &n) != OATH_OK)
		return fail(c, ERR_INTERNAL, "a TOTP secret that is no base32");
	int found = oath_totp_validate3(bytes, n, (time_t)(now / 1000000), TOTP_SECONDS, 0, TOTP_WINDOW, NULL, &counter,
					str_z(c->arena, code));
	sodium_memzero(bytes, n);
	free(bytes);
	*step = (int64_t)counter;
	return found >= 0 ? OK : ERR_NOT_FOUND;
}

Str totp_address(Arena *a, Str login, Str secret)
{
	return str_printf(a, "otpauth://totp/Rampe:%.*s?secret=%.*s&issuer=Rampe&algorithm=SHA1&digits=%d&period=%d",
			  STR_ARG(login), STR_ARG(secret), TOTP_DIGITS, TOTP_SECONDS);
}
