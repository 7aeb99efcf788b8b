#include "crypto/keyring.h"

#include "base/buf.h"
#include "base/file.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEED = crypto_sign_ed25519_SEEDBYTES, FILE_MOST = 65536 };

static const Str first_line = { STR_LIT("rampe-keyring 1") };

Str hex_write(Arena *a, const unsigned char *bytes, size_t n)
{
	char *to = arena_alloc(a, 2 * n + 1);
	sodium_bin2hex(to, 2 * n + 1, bytes, n);
	return (Str){ to, 2 * n };
}

bool hex_read(Str hex, unsigned char *out, size_t n)
{
	size_t got = 0;
	return hex.len == 2 * n && sodium_hex2bin(out, n, hex.ptr, hex.len, NULL, &got, NULL) == 0 && got == n;
}

Err keyring_make(Ctx *c, Str path)
{
	unsigned char seed[SEED];
	if (access(str_z(c->arena, path), F_OK) == 0)
		return fail(c, ERR_CONFLICT, T(c->lang, "%.*s: there is a file already"), STR_ARG(path));
	random_bytes(c->random, seed, sizeof seed);
	Str hex = hex_write(c->arena, seed, sizeof seed);
	Str text = str_printf(c->arena, "%.*s\naudit %.*s\n", STR_ARG(first_line), STR_ARG(hex));
	sodium_memzero(seed, sizeof seed);
	return file_write(c, path, text);
}

static Err wrong(Ctx *c, Str path, int line)
{
	return fail(c, ERR_INVALID, T(c->lang, "%.*s, line %d: this is no keyring of this version of Rampe"),
		    STR_ARG(path), line);
}

static Err parse(Ctx *c, Str path, Str text, Keyring *out)
{
	Str line;
	int number = 0;
	bool audit = false;
	while (str_split(&text, '\n', &line)) {
		unsigned char seed[SEED];
		Str rest = line, name;
		if (++number == 1 ? !str_eq(line, first_line) : line.len > 0 && audit)
			return wrong(c, path, number);
		if (number == 1 || line.len == 0)
			continue;
		(void)str_split(&rest, ' ', &name);
		if (!str_eq_z(name, "audit") || !hex_read(rest, seed, sizeof seed))
			return wrong(c, path, number);
		(void)crypto_sign_seed_keypair(out->audit_public, out->audit_secret, seed);
		sodium_memzero(seed, sizeof seed);
		audit = true;
	}
	return audit ? OK : wrong(c, path, number);
}

Err keyring_read(Ctx *c, Str path, Keyring *out)
{
	struct stat at;
	Str text;
	*out = (Keyring){ 0 };
	if (stat(str_z(c->arena, path), &at) != 0 && errno == ENOENT)
		return fail(c, ERR_NOT_FOUND, T(c->lang, "%.*s: there is no keyring"), STR_ARG(path));
	RETURN_IF_ERR(file_read(c, path, FILE_MOST, &text));
	if ((at.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return fail(c, ERR_DENIED, T(c->lang, "%.*s: others than its owner may read the keyring (chmod 600)"),
			    STR_ARG(path));
	return parse(c, path, text, out);
}

void keyring_forget(Keyring *k)
{
	sodium_memzero(k, sizeof *k);
}

void keyring_sign(const Keyring *k, Str text, unsigned char out[SIGNATURE])
{
	(void)crypto_sign_detached(out, NULL, (const unsigned char *)text.ptr, text.len, k->audit_secret);
}

bool signature_fits(const unsigned char public_key[SIGN_PUBLIC], Str text, const unsigned char signature[SIGNATURE])
{
	return crypto_sign_verify_detached(signature, (const unsigned char *)text.ptr, text.len, public_key) == 0;
}
