/* Archives: what comes out is what went in, whatever its length, and nothing comes out of what was cut off, changed,
 * lengthened, put together anew, sealed to somebody else or made by somebody else. */
#include "crypto/archive.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { SMALL = 100, FILE_MOST = 1 << 20 };

typedef struct {
	Ctx c;
	char folder[64];
	Keyring keyring;
	unsigned char public_key[ARCHIVE_KEY], private_key[ARCHIVE_KEY];
} Made;

static Made made;

static Str path(const char *name)
{
	return str_printf(made.c.arena, "%s/%s", made.folder, name);
}

static void ok(Err e)
{
	if (e != OK)
		fail_msg("%s: %.*s", err_name(e), STR_ARG(made.c.why));
}

static int set_up(void **state)
{
	(void)state;
	memset(&made, 0, sizeof made);
	ctx_init(&made.c);
	bool memory = access("/dev/shm", W_OK) == 0; /* thousands of files: none has to outlive the machine */
	snprintf(made.folder, sizeof made.folder, "%s/rampe-archive-XXXXXX", memory ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(made.folder));
	ok(keyring_make(&made.c, path("keyring")));
	ok(keyring_read(&made.c, path("keyring"), &made.keyring));
	ok(archive_keys_make(&made.c, path("key")));
	ok(archive_public_read(&made.c, path("key.pub"), made.public_key));
	ok(archive_private_read(&made.c, path("key"), made.private_key));
	return 0;
}

static int tear_down(void **state)
{
	static const char *const files[] = { "keyring",  "keyring2", "key",    "key.pub", "key2",
					     "key2.pub", "in",       "sealed", "changed", "out" };
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		(void)unlink(path(files[i]).ptr);
	assert_int_equal(rmdir(made.folder), 0); /* nothing else was left */
	ctx_release(&made.c);
	return 0;
}

static Str bytes_of(size_t n)
{
	char *at = arena_alloc(made.c.arena, n + 1);
	for (size_t i = 0; i < n; i++)
		at[i] = (char)(i * 31 + i / 251);
	return (Str){ at, n };
}

static ArchiveHead head(void)
{
	return (ArchiveHead){ .kind = STR("data"),
			      .engine = STR("sqlite"),
			      .id = uuid_v7(made.c.clock, made.c.random),
			      .at = clock_now(made.c.clock) };
}

/* The sealed file's bytes. */
static Str seal(size_t n)
{
	Str sealed;
	const ArchiveHead h = head();
	(void)unlink(path("sealed").ptr);
	ok(file_write(&made.c, path("in"), bytes_of(n)));
	ok(archive_seal(&made.c, &h, made.public_key, &made.keyring, path("in"), path("sealed"), NULL, NULL));
	ok(file_read(&made.c, path("sealed"), FILE_MOST, &sealed));
	return sealed;
}

static Err open_as(Str changed)
{
	ok(file_write(&made.c, path("changed"), changed));
	made.c.why = STR_NONE;
	return archive_open(&made.c, path("changed"), made.private_key, made.keyring.audit_public, path("out"), NULL,
			    NULL);
}

static void refused(Str changed)
{
	Err e = open_as(changed);
	if (e != ERR_INVALID)
		fail_msg("%zu bytes: %s", changed.len, err_name(e));
	assert_int_not_equal(access(path("out").ptr, F_OK), 0); /* nothing of it is left */
}

static void any_length__comes_out_as_it_went_in(void **state)
{
	const size_t lengths[] = {
		0, 1, SMALL, ARCHIVE_PIECE - 1, ARCHIVE_PIECE, ARCHIVE_PIECE + 1, 3 * ARCHIVE_PIECE
	};
	(void)state;
	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		Str sealed = seal(lengths[i]), out;
		if (lengths[i] >= SMALL)
			assert_true(str_find_str(sealed, str_sub(bytes_of(lengths[i]), 0, 16)) == SIZE_MAX);
		ok(open_as(sealed));
		ok(file_read(&made.c, path("out"), FILE_MOST, &out));
		assert_true(str_eq(out, bytes_of(lengths[i])));
		(void)unlink(path("out").ptr);
	}
}

static void cut_off_anywhere__is_refused(void **state)
{
	(void)state;
	Str sealed = seal(SMALL);
	for (size_t n = 0; n < sealed.len; n++)
		refused(str_sub(sealed, 0, n));
	refused(str_printf(made.c.arena, "%.*s", 0, ""));
	char *longer = arena_alloc(made.c.arena, sealed.len + 1);
	memcpy(longer, sealed.ptr, sealed.len);
	refused((Str){ longer, sealed.len + 1 });
}

/* Every bit of it. */
static void changed_anywhere__is_refused(void **state)
{
	(void)state;
	Str sealed = seal(SMALL);
	char *at = arena_alloc(made.c.arena, sealed.len);
	memcpy(at, sealed.ptr, sealed.len);
	for (size_t i = 0; i < sealed.len * 8; i++) {
		at[i / 8] = (char)(at[i / 8] ^ 1 << i % 8);
		refused((Str){ at, sealed.len });
		at[i / 8] = (char)(at[i / 8] ^ 1 << i % 8);
	}
	ok(open_as((Str){ at, sealed.len }));
}

static void pieces__are_not_left_out_or_exchanged(void **state)
{
	enum { ON_DISK = ARCHIVE_PIECE + 17 + 4 };
	(void)state;
	Str sealed = seal(3 * ARCHIVE_PIECE);
	size_t first = str_find(sealed, '\n', 0) + 1 + 32 + 48 + 24;
	char *at = arena_alloc(made.c.arena, sealed.len);
	assert_int_equal(sealed.len, first + 3 * ON_DISK + 4 + 17 + SIGNATURE);
	memcpy(at, sealed.ptr, first);
	memcpy(at + first, sealed.ptr + first + ON_DISK, sealed.len - first - ON_DISK);
	refused((Str){ at, sealed.len - ON_DISK }); /* without the first */
	memcpy(at, sealed.ptr, sealed.len);
	memcpy(at + first, sealed.ptr + first + ON_DISK, ON_DISK);
	memcpy(at + first + ON_DISK, sealed.ptr + first, ON_DISK);
	refused((Str){ at, sealed.len }); /* the first two exchanged */
	memcpy(at, sealed.ptr, sealed.len);
	memcpy(at + first + 2 * ON_DISK, sealed.ptr + first + 3 * ON_DISK, sealed.len - first - 3 * ON_DISK);
	refused((Str){ at, sealed.len - ON_DISK }); /* ends before its end */
}

static void another_key__opens_nothing(void **state)
{
	unsigned char other[ARCHIVE_KEY];
	(void)state;
	(void)seal(SMALL);
	ok(archive_keys_make(&made.c, path("key2")));
	ok(archive_private_read(&made.c, path("key2"), other));
	assert_int_equal(
		archive_open(&made.c, path("sealed"), other, made.keyring.audit_public, path("out"), NULL, NULL),
		ERR_INVALID);
}

/* The public key is no secret: somebody else may seal to it. */
static void archive_of_another_installation__is_refused(void **state)
{
	Keyring other;
	(void)state;
	(void)seal(SMALL);
	ok(keyring_make(&made.c, path("keyring2")));
	ok(keyring_read(&made.c, path("keyring2"), &other));
	assert_int_equal(
		archive_open(&made.c, path("sealed"), made.private_key, other.audit_public, path("out"), NULL, NULL),
		ERR_INVALID);
	assert_int_not_equal(access(path("out").ptr, F_OK), 0);
}

static void nothing__is_written_over(void **state)
{
	const ArchiveHead h = head();
	(void)state;
	(void)seal(SMALL);
	assert_int_equal(
		archive_seal(&made.c, &h, made.public_key, &made.keyring, path("in"), path("sealed"), NULL, NULL),
		ERR_IO);
	assert_int_equal(archive_keys_make(&made.c, path("key")), ERR_CONFLICT);
}

static void head__says_what_it_is(void **state)
{
	ArchiveHead told;
	(void)state;
	(void)seal(SMALL);
	ok(archive_head(&made.c, path("sealed"), &told));
	assert_true(str_eq_z(told.kind, "data") && str_eq_z(told.engine, "sqlite"));
	assert_int_equal(archive_head(&made.c, path("in"), &told), ERR_INVALID);
}

static void keys__are_not_taken_for_each_other(void **state)
{
	unsigned char key[ARCHIVE_KEY];
	(void)state;
	assert_int_equal(archive_public_read(&made.c, path("key"), key), ERR_INVALID);
	assert_int_equal(archive_private_read(&made.c, path("key.pub"), key), ERR_INVALID);
	assert_int_equal(chmod(path("key").ptr, 0640), 0);
	assert_int_equal(archive_private_read(&made.c, path("key"), key), ERR_DENIED);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON(any_length__comes_out_as_it_went_in),
		ON(cut_off_anywhere__is_refused),
		ON(changed_anywhere__is_refused),
		ON(pieces__are_not_left_out_or_exchanged),
		ON(another_key__opens_nothing),
		ON(archive_of_another_installation__is_refused),
		ON(nothing__is_written_over),
		ON(head__says_what_it_is),
		ON(keys__are_not_taken_for_each_other),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
