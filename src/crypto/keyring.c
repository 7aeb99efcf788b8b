#include "crypto/keyring.h"

#include "base/buf.h"
#include "base/file.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEED = crypto_sign_ed25519_SEEDBYTES, FILE_MOST = 65536 };
_Static_assert((int)SEED == (int)SEAL_KEY, "a line of the file holds either");

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

/* A line with a new secret. */
static Str new_line(Ctx *c, const char *name)
{
	unsigned char secret[SEED];
	random_bytes(random_system(), secret, sizeof secret);
	Str hex = hex_write(c->arena, secret, sizeof secret);
	sodium_memzero(secret, sizeof secret);
	return str_printf(c->arena, "%s %.*s\n", name, STR_ARG(hex));
}

Err keyring_make(Ctx *c, Str path)
{
	if (access(str_z(c->arena, path), F_OK) == 0)
		return fail(c, ERR_CONFLICT, T(c->lang, "%.*s: there is a file already"), STR_ARG(path));
	Str audit = new_line(c, "audit"), index = new_line(c, "index"), master = new_line(c, "master");
	return file_write(c, path,
			  str_printf(c->arena, "%.*s\n%.*s%.*s%.*s", STR_ARG(first_line), STR_ARG(audit),
				     STR_ARG(index), STR_ARG(master)));
}

static Err wrong(Ctx *c, Str path, int line)
{
	return fail(c, ERR_INVALID, T(c->lang, "%.*s, line %d: this is no keyring of this version of Rampe"),
		    STR_ARG(path), line);
}

/* One secret; false: none of this version, or one too many. */
static bool take_secret(Keyring *k, bool seen[2], Str name, const unsigned char secret[SEED])
{
	if (str_eq_z(name, "audit") && !seen[0]) {
		(void)crypto_sign_seed_keypair(k->audit_public, k->audit_secret, secret);
		seen[0] = true;
		return true;
	}
	if (str_eq_z(name, "index") && !seen[1]) {
		memcpy(k->index.bytes, secret, SEAL_KEY);
		seen[1] = true;
		return true;
	}
	if (!str_eq_z(name, "master") || k->master_count == KEYRING_MASTERS_MOST)
		return false;
	memcpy(k->masters[k->master_count++].bytes, secret, SEAL_KEY);
	return true;
}

static Err parse(Ctx *c, Str path, Str text, Keyring *out)
{
	Str line;
	int number = 0;
	bool seen[2] = { false, false }; /* audit, index */
	while (str_split(&text, '\n', &line)) {
		unsigned char secret[SEED];
		Str rest = line, name;
		number++;
		if (number == 1 && !str_eq(line, first_line))
			return wrong(c, path, number);
		if (number == 1 || line.len == 0)
			continue;
		(void)str_split(&rest, ' ', &name);
		bool taken = hex_read(rest, secret, sizeof secret) && take_secret(out, seen, name, secret);
		sodium_memzero(secret, sizeof secret);
		if (!taken)
			return wrong(c, path, number);
	}
	return seen[0] && seen[1] && out->master_count > 0 ? OK : wrong(c, path, number);
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

Err keyring_add_master(Ctx *c, Str path)
{
	Keyring before;
	Str text;
	RETURN_IF_ERR(keyring_read(c, path, &before));
	int count = before.master_count;
	keyring_forget(&before);
	if (count == KEYRING_MASTERS_MOST)
		return fail(c, ERR_LIMIT, "%.*s: %d master keys", STR_ARG(path), count);
	RETURN_IF_ERR(file_read(c, path, FILE_MOST, &text));
	Str line = new_line(c, "master");
	return file_write(c, path, str_printf(c->arena, "%.*s%.*s", STR_ARG(text), STR_ARG(line)));
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
