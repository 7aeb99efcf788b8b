#include "crypto/archive.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	STREAM_KEY = crypto_secretstream_xchacha20poly1305_KEYBYTES,
	STREAM_HEADER = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	TAG = crypto_secretstream_xchacha20poly1305_ABYTES,
	SEALED_KEY = STREAM_KEY + crypto_box_SEALBYTES,
	HASH = 32,
	KEY_FILE_MOST = 200,
};
_Static_assert((int)ARCHIVE_KEY == (int)crypto_box_PUBLICKEYBYTES, "keys of crypto_box");

static const Str line_mark = { STR_LIT("rampe-backup 1 ") };
static const Str private_mark = { STR_LIT("rampe-backup-private 1\n") };
static const Str public_mark = { STR_LIT("rampe-backup-public 1\n") };

/* ---- keys --------------------------------------------------------------------- */

static Err write_key(Ctx *c, Str path, Str mark, const unsigned char key[ARCHIVE_KEY])
{
	Str hex = hex_write(c->arena, key, ARCHIVE_KEY);
	return file_write(c, path, str_printf(c->arena, "%.*s%.*s\n", STR_ARG(mark), STR_ARG(hex)));
}

Err archive_keys_make(Ctx *c, Str path)
{
	unsigned char public_key[ARCHIVE_KEY], private_key[ARCHIVE_KEY];
	Str public_path = str_printf(c->arena, "%.*s.pub", STR_ARG(path));
	if (access(str_z(c->arena, path), F_OK) == 0 || access(public_path.ptr, F_OK) == 0)
		return fail(c, ERR_CONFLICT, T(c->lang, "%.*s: there is a file already"), STR_ARG(path));
	(void)crypto_box_keypair(public_key, private_key);
	Err e = write_key(c, public_path, public_mark, public_key);
	if (e == OK)
		e = write_key(c, path, private_mark, private_key);
	sodium_memzero(private_key, sizeof private_key);
	return e;
}

static Err read_key(Ctx *c, Str path, Str mark, unsigned char out[ARCHIVE_KEY])
{
	Str text;
	RETURN_IF_ERR(file_read(c, path, KEY_FILE_MOST, &text));
	if (str_starts(text, mark) && hex_read(str_trim(str_sub(text, mark.len, text.len)), out, ARCHIVE_KEY))
		return OK;
	return fail(c, ERR_INVALID, T(c->lang, "%.*s: this is no such key of a backup"), STR_ARG(path));
}

Err archive_public_read(Ctx *c, Str path, unsigned char out[ARCHIVE_KEY])
{
	return read_key(c, path, public_mark, out);
}

Err archive_private_read(Ctx *c, Str path, unsigned char out[ARCHIVE_KEY])
{
	struct stat at;
	RETURN_IF_ERR(read_key(c, path, private_mark, out));
	if (stat(str_z(c->arena, path), &at) == 0 && (at.st_mode & (S_IRWXG | S_IRWXO)) == 0)
		return OK;
	return fail(c, ERR_DENIED, T(c->lang, "%.*s: others than its owner may read the key (chmod 600)"),
		    STR_ARG(path));
}

/* ---- the first line -------------------------------------------------------------- */

static Str first_line(Ctx *c, const ArchiveHead *head)
{
	Str id = uuid_str(c->arena, head->id), time = time_iso(c->arena, head->at);
	return str_printf(c->arena, "%.*s%.*s %.*s %.*s %.*s \n", STR_ARG(line_mark), STR_ARG(head->kind),
			  STR_ARG(head->engine), STR_ARG(id), STR_ARG(time));
}

static Err no_archive(Ctx *c, Str path)
{
	return fail(c, ERR_INVALID, T(c->lang, "%.*s: this is no backup of this version of Rampe"), STR_ARG(path));
}

static Err parse_line(Ctx *c, Str path, Str line, ArchiveHead *out)
{
	Str rest = str_sub(line, line_mark.len, line.len), id, time;
	if (!str_starts(line, line_mark) || !str_split(&rest, ' ', &out->kind) ||
	    !str_split(&rest, ' ', &out->engine) || !str_split(&rest, ' ', &id) || !str_split(&rest, ' ', &time) ||
	    !uuid_parse(id, &out->id) || !time_parse(time, &out->at) || !str_eq_z(rest, "\n"))
		return no_archive(c, path);
	return OK;
}

/* ---- a stream on its way ----------------------------------------------------------- */

typedef struct {
	Ctx *c;
	FILE *in, *out;
	Str in_path, out_path;
	Str line;
	crypto_secretstream_xchacha20poly1305_state state;
	crypto_generichash_state hash; /* of the first line and everything inside */
	ArchiveProgress *progress;
	void *arg;
	int64_t done, all;
} Stream;

static Err io(const Stream *s, Str path)
{
	return file_refused(s->c, path, errno);
}

static void advance(Stream *s, size_t n)
{
	s->done += (int64_t)n;
	if (s->progress != NULL)
		s->progress(s->arg, s->done, s->all);
}

static Err open_both(Stream *s, Str from, Str to)
{
	struct stat at;
	s->in_path = from;
	s->out_path = to;
	s->in = fopen(str_z(s->c->arena, from), "rbe");
	if (s->in == NULL)
		return io(s, from);
	s->all = fstat(fileno(s->in), &at) == 0 ? at.st_size : 0;
	if (str_is_none(to))
		return OK;
	int fd = open(str_z(s->c->arena, to), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	s->out = fd < 0 ? NULL : fdopen(fd, "wb");
	return s->out != NULL ? OK : io(s, to);
}

/* Closes, makes durable what went well and removes what did not. */
static Err close_both(Stream *s, Err e)
{
	if (s->in != NULL)
		fclose(s->in);
	if (s->out == NULL)
		return e;
	errno = 0;
	bool written = fflush(s->out) == 0 && fsync(fileno(s->out)) == 0;
	if (e == OK && !written)
		e = io(s, s->out_path);
	if (fclose(s->out) != 0 && e == OK)
		e = io(s, s->out_path);
	if (e != OK)
		(void)unlink(str_z(s->c->arena, s->out_path));
	return e;
}

static Err put(Stream *s, const void *bytes, size_t n)
{
	errno = 0;
	return fwrite(bytes, 1, n, s->out) == n ? OK : io(s, s->out_path);
}

static void begin_hash(Stream *s)
{
	(void)crypto_generichash_init(&s->hash, NULL, 0, HASH);
	(void)crypto_generichash_update(&s->hash, (const unsigned char *)s->line.ptr, s->line.len);
}

/* What is signed: the hash, and that it is one of a backup. */
static Str hash_said(Stream *s)
{
	unsigned char hash[HASH];
	(void)crypto_generichash_final(&s->hash, hash, sizeof hash);
	Str hex = hex_write(s->c->arena, hash, sizeof hash);
	return str_printf(s->c->arena, "rampe-backup-hash 1 %.*s", STR_ARG(hex));
}

/* ---- sealing ------------------------------------------------------------------------ */

static Err put_piece(Stream *s, const unsigned char *bytes, size_t n, bool last)
{
	unsigned char piece[ARCHIVE_PIECE + TAG];
	size_t len = n + TAG;
	const unsigned char length[4] = { (unsigned char)(len >> 24), (unsigned char)(len >> 16),
					  (unsigned char)(len >> 8), (unsigned char)len };
	(void)crypto_secretstream_xchacha20poly1305_push(&s->state, piece, NULL, bytes, n,
							 (const unsigned char *)s->line.ptr, s->line.len,
							 last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
							      : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
	RETURN_IF_ERR(put(s, length, sizeof length));
	return put(s, piece, len);
}

static Err put_all(Stream *s, const Keyring *keyring)
{
	unsigned char bytes[ARCHIVE_PIECE], signature[SIGNATURE];
	size_t n;
	errno = 0;
	while ((n = fread(bytes, 1, sizeof bytes, s->in)) > 0) {
		(void)crypto_generichash_update(&s->hash, bytes, n);
		RETURN_IF_ERR(put_piece(s, bytes, n, false));
		advance(s, n);
	}
	if (ferror(s->in) != 0)
		return io(s, s->in_path);
	sodium_memzero(bytes, sizeof bytes);
	keyring_sign(keyring, hash_said(s), signature);
	return put_piece(s, signature, sizeof signature, true);
}

static Err seal_stream(Stream *s, const unsigned char recipient[ARCHIVE_KEY], const Keyring *keyring,
		       const unsigned char key[STREAM_KEY])
{
	unsigned char sealed[SEALED_KEY], header[STREAM_HEADER];
	if (crypto_box_seal(sealed, key, STREAM_KEY, recipient) != 0)
		return fail(s->c, ERR_INVALID, "%s", T(s->c->lang, "Nothing can be sealed to this key."));
	(void)crypto_secretstream_xchacha20poly1305_init_push(&s->state, header, key);
	begin_hash(s);
	RETURN_IF_ERR(put(s, s->line.ptr, s->line.len));
	RETURN_IF_ERR(put(s, sealed, sizeof sealed));
	RETURN_IF_ERR(put(s, header, sizeof header));
	return put_all(s, keyring);
}

/* ---- opening ------------------------------------------------------------------------ */

static Err damaged(const Stream *s)
{
	return fail(s->c, ERR_INVALID, T(s->c->lang, "%.*s: the backup is cut off or was changed"),
		    STR_ARG(s->in_path));
}

/* Exactly n bytes; what is missing was cut off. */
static Err get(Stream *s, void *to, size_t n)
{
	errno = 0;
	if (fread(to, 1, n, s->in) == n)
		return OK;
	return ferror(s->in) != 0 ? io(s, s->in_path) : damaged(s);
}

/* One piece, opened; *last: it is the final one. */
static Err get_piece(Stream *s, unsigned char *to, size_t *n, bool *last)
{
	unsigned char length[4], piece[ARCHIVE_PIECE + TAG], tag = 0;
	unsigned long long opened = 0;
	RETURN_IF_ERR(get(s, length, sizeof length));
	size_t len = (size_t)length[0] << 24 | (size_t)length[1] << 16 | (size_t)length[2] << 8 | length[3];
	if (len < TAG || len > sizeof piece)
		return damaged(s);
	RETURN_IF_ERR(get(s, piece, len));
	if (crypto_secretstream_xchacha20poly1305_pull(&s->state, to, &opened, &tag, piece, len,
						       (const unsigned char *)s->line.ptr, s->line.len) != 0)
		return damaged(s);
	advance(s, len + sizeof length);
	*n = (size_t)opened;
	*last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	return OK;
}

static Err check_end(Stream *s, const unsigned char *signature, size_t n, const unsigned char signed_by[SIGN_PUBLIC])
{
	if (n != SIGNATURE || fgetc(s->in) != EOF)
		return damaged(s);
	return signature_fits(signed_by, hash_said(s), signature)
		       ? OK
		       : fail(s->c, ERR_INVALID, T(s->c->lang, "%.*s: the backup was not made with this keyring"),
			      STR_ARG(s->in_path));
}

/* Without `out` it is only read. */
static Err open_pieces(Stream *s, const unsigned char signed_by[SIGN_PUBLIC])
{
	unsigned char bytes[ARCHIVE_PIECE];
	size_t n = 0;
	bool last = false;
	for (;;) {
		RETURN_IF_ERR(get_piece(s, bytes, &n, &last));
		if (last)
			return check_end(s, bytes, n, signed_by);
		(void)crypto_generichash_update(&s->hash, bytes, n);
		if (s->out != NULL)
			RETURN_IF_ERR(put(s, bytes, n));
	}
}

static Err get_line(Stream *s)
{
	char line[ARCHIVE_LINE_MOST];
	errno = 0;
	if (fgets(line, sizeof line, s->in) == NULL)
		return ferror(s->in) != 0 ? io(s, s->in_path) : no_archive(s->c, s->in_path);
	s->line = str_dup(s->c->arena, str_of(line));
	return OK;
}

/* From behind the first line; `key` is what the stream was sealed with. */
static Err begin_pieces(Stream *s, const unsigned char key[STREAM_KEY])
{
	unsigned char header[STREAM_HEADER];
	RETURN_IF_ERR(get(s, header, sizeof header));
	begin_hash(s);
	return crypto_secretstream_xchacha20poly1305_init_pull(&s->state, header, key) == 0 ? OK : damaged(s);
}

/* Reads what was just written, as whoever restores it will. */
static Err read_back(Ctx *c, Str path, const Keyring *keyring, const unsigned char key[STREAM_KEY])
{
	unsigned char sealed[SEALED_KEY];
	Stream s = { .c = c };
	Err e = open_both(&s, path, STR_NONE);
	if (e == OK)
		e = get_line(&s);
	if (e == OK)
		e = get(&s, sealed, sizeof sealed);
	if (e == OK)
		e = begin_pieces(&s, key);
	if (e == OK)
		e = open_pieces(&s, keyring->audit_public);
	return close_both(&s, e);
}

Err archive_seal(Ctx *c, const ArchiveHead *head, const unsigned char recipient[ARCHIVE_KEY], const Keyring *keyring,
		 Str from, Str to, ArchiveProgress *progress, void *arg)
{
	unsigned char key[STREAM_KEY];
	Stream s = { .c = c, .line = first_line(c, head), .progress = progress, .arg = arg };
	crypto_secretstream_xchacha20poly1305_keygen(key);
	Err e = open_both(&s, from, to);
	if (e == OK)
		e = seal_stream(&s, recipient, keyring, key);
	e = close_both(&s, e);
	sodium_memzero(&s.state, sizeof s.state);
	if (e == OK)
		e = read_back(c, to, keyring, key);
	sodium_memzero(key, sizeof key);
	return e;
}

Err archive_head(Ctx *c, Str path, ArchiveHead *out)
{
	Stream s = { .c = c };
	Err e = open_both(&s, path, STR_NONE);
	if (e == OK)
		e = get_line(&s);
	if (e == OK)
		e = parse_line(c, path, s.line, out);
	return close_both(&s, e);
}

static Err open_stream(Stream *s, const unsigned char private_key[ARCHIVE_KEY],
		       const unsigned char signed_by[SIGN_PUBLIC])
{
	ArchiveHead head;
	unsigned char sealed[SEALED_KEY], key[STREAM_KEY], public_key[ARCHIVE_KEY];
	RETURN_IF_ERR(get_line(s));
	RETURN_IF_ERR(parse_line(s->c, s->in_path, s->line, &head));
	RETURN_IF_ERR(get(s, sealed, sizeof sealed));
	(void)crypto_scalarmult_base(public_key, private_key);
	if (crypto_box_seal_open(key, sealed, sizeof sealed, public_key, private_key) != 0)
		return fail(s->c, ERR_INVALID, T(s->c->lang, "%.*s: this key does not open the backup"),
			    STR_ARG(s->in_path));
	Err e = begin_pieces(s, key);
	sodium_memzero(key, sizeof key);
	return e != OK ? e : open_pieces(s, signed_by);
}

Err archive_open(Ctx *c, Str from, const unsigned char private_key[ARCHIVE_KEY],
		 const unsigned char signed_by[SIGN_PUBLIC], Str to, ArchiveProgress *progress, void *arg)
{
	Stream s = { .c = c, .progress = progress, .arg = arg };
	Err e = open_both(&s, from, to);
	if (e == OK)
		e = open_stream(&s, private_key, signed_by);
	e = close_both(&s, e);
	sodium_memzero(&s.state, sizeof s.state);
	return e;
}
