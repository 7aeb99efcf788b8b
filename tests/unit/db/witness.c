/* Heads of the audit trail noted outside, on both engines: whatever somebody does to the trail who may write anything
 * in the database, and reckons every hash anew, is found; and so is where. */
#include "db/witness.h"
#include "audit_sql.h"
#include "base/file.h"
#include "boxes.h"
#include "db/audit.h"
#include "db/engine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { ENTRIES = 60, EVERY = 16, TAMPERINGS_SQLITE = 10000, TAMPERINGS_PG = 500 };

typedef struct {
	AuditRow rows[ENTRIES + 1];
	int64_t n;
	AuditHead head;
} Trail_;

typedef struct {
	Database *d;
	Trail_ whole; /* as the program has written it */
	NotedHead noted[ENTRIES];
	NotedHeads heads;
	Random random;
	Arena *arena; /* of the rows' texts */
} Case;

static void begin(Ctx *c)
{
	ok(db_begin_read(c));
}

/* ---- a trail of sixty entries, of which every sixteenth and the last are noted ------------ */

static Err add_entry(Ctx *c, void *arg)
{
	const int *n = arg;
	AuditEvent e = { .action = STR("test.write"), .subject_kind = STR("box"), .purpose = STR("to see") };
	e.actor.v.b[0] = (unsigned char)(1 + *n % 7);
	e.actor_name = STR("leder");
	e.subject.b[0] = (unsigned char)(*n + 1);
	e.participant.v.b[0] = (unsigned char)(1 + *n % 3);
	e.outcome = *n % 5 == 0 ? AUDIT_DENIED : AUDIT_DONE;
	return commit_audit(c, &e);
}

static Err keep_row(void *arg, const AuditRow *row)
{
	Case *t = arg;
	Arena *a = t->arena;
	AuditRow *to = &t->whole.rows[t->whole.n++];
	*to = *row;
	to->actor_name = str_dup(a, row->actor_name);
	to->action = str_dup(a, row->action);
	to->subject_kind = str_dup(a, row->subject_kind);
	to->purpose = str_dup(a, row->purpose);
	to->detail = STR_NONE;
	to->hash = str_dup(a, row->hash);
	return OK;
}

static void make_case(Case *t, Database *d)
{
	Ctx *c = &d->c;
	*t = (Case){ .d = d, .arena = arena_new() };
	random_seed(&t->random, 20181130);
	for (int i = 0; i < ENTRIES; i++)
		ok(commit_run(c, add_entry, &i));
	begin(c);
	ok(audit_walk(c, keep_row, t));
	ok(audit_head_get(c, &t->whole.head));
	t->whole.head.hash = str_dup(t->arena, t->whole.head.hash);
	db_end_read(c);
	assert_int_equal(t->whole.n, ENTRIES);
	for (int i = 0; i < ENTRIES; i++) {
		if ((i + 1) % EVERY != 0 && i + 1 != ENTRIES)
			continue;
		NotedHead *h = &t->noted[t->heads.n++];
		h->seq = i + 1;
		memcpy(h->hash, t->whole.rows[i].hash.ptr, sizeof h->hash);
	}
	t->heads.at = t->noted;
}

/* ---- tampering --------------------------------------------------------------------------- */

static void edit(Case *t, AuditRow *row)
{
	static const Str other = { STR_LIT("other") };
	switch (random_below(&t->random, 9)) {
	case 0: row->at++; break;
	case 1: row->actor.b[3] ^= 1; break;
	case 2: row->actor_name = other; break;
	case 3: row->action = other; break;
	case 4: row->subject_kind = other; break;
	case 5: row->subject.b[3] ^= 1; break;
	case 6: row->participant.b[3] ^= 1; break;
	case 7: row->outcome = row->outcome == AUDIT_DENIED ? AUDIT_DONE : AUDIT_DENIED; break;
	default: row->detail = other; break;
	}
}

static void renumber(Trail_ *trail)
{
	for (int64_t i = 0; i < trail->n; i++)
		trail->rows[i].seq = i + 1;
}

/* Does one thing to the trail; the place (from 0) of the first entry that is not what it was. */
static int64_t tamper(Case *t, Trail_ *trail)
{
	int64_t at = (int64_t)random_below(&t->random, (uint64_t)trail->n), other;
	size_t rest = (size_t)(trail->n - at);
	switch (random_below(&t->random, 5)) {
	case 0: edit(t, &trail->rows[at]); return at;
	case 1:
		memmove(&trail->rows[at], &trail->rows[at + 1], (rest - 1) * sizeof trail->rows[0]);
		trail->n--;
		break;
	case 2:
		memmove(&trail->rows[at + 1], &trail->rows[at], rest * sizeof trail->rows[0]);
		edit(t, &trail->rows[at]);
		trail->n++;
		break;
	case 3: {
		other = (int64_t)random_below(&t->random, (uint64_t)trail->n);
		if (other == at)
			other = (at + 1) % trail->n;
		AuditRow row = trail->rows[at];
		trail->rows[at] = trail->rows[other];
		trail->rows[other] = row;
		at = other < at ? other : at;
		break;
	}
	default: trail->n = at; break;
	}
	renumber(trail);
	return at;
}

/* As the program itself would write it, from `from` on. */
static void reckon(Trail_ *trail, TenantId tenant, int64_t from, ChainHash *hashes)
{
	ChainHash last = CHAIN_START;
	if (from > 0)
		memcpy(last.b, trail->rows[from - 1].hash.ptr, sizeof last.b);
	for (int64_t i = from; i < trail->n; i++) {
		audit_hash(&last, tenant, &trail->rows[i], &hashes[i]);
		last = hashes[i];
		trail->rows[i].hash = (Str){ (const char *)hashes[i].b, CHAIN_HASH };
	}
	trail->head.seq = trail->n;
	if (trail->n > 0)
		trail->head.hash = trail->rows[trail->n - 1].hash;
}

/* On a connection that no rule of the program binds, and undone afterwards. */
static AuditCheck checked_after(Case *t, const Trail_ *trail)
{
	Ctx *c = &t->d->c;
	AuditCheck check = { 0 };
	database_script(t->d, "BEGIN IMMEDIATE; DELETE FROM audit", "BEGIN; DELETE FROM audit");
	c->conn = t->d->intruder;
	for (int64_t i = 0; i < trail->n; i++)
		ok(audit_insert(c, c->tenant, &trail->rows[i]));
	ok(audit_head_set(c, c->tenant, &trail->head));
	ok(witness_verify(c, &t->heads, &check));
	c->conn = NULL;
	database_script(t->d, "ROLLBACK", "ROLLBACK");
	return check;
}

static void check_found(const AuditCheck *check, int64_t first, bool reckoned, int64_t left)
{
	bool cut = first == left;
	if (check->broken == 0)
		fail_msg("a change of entry %lld was not seen", (long long)first + 1);
	assert_true(check->broken <= first + 1 && first + 1 <= check->broken_last);
	assert_true(check->broken_last - check->broken < EVERY);
	if (!reckoned && !cut)
		assert_int_equal(check->broken, check->broken_last);
}

static void tampering__is_found_and_named_whatever_it_is(void **state)
{
	static Case t;
	static ChainHash hashes[ENTRIES + 1];
	make_case(&t, *state);
	AuditCheck sound = checked_after(&t, &t.whole);
	assert_int_equal(sound.broken, 0);
	assert_int_equal(sound.entries, ENTRIES);
	for (int i = 0; i < (on_pg ? TAMPERINGS_PG : TAMPERINGS_SQLITE); i++) {
		Trail_ trail = t.whole;
		bool reckoned = random_below(&t.random, 2) == 0;
		int64_t first = tamper(&t, &trail);
		if (reckoned)
			reckon(&trail, t.d->c.tenant, first, hashes);
		AuditCheck check = checked_after(&t, &trail);
		check_found(&check, first, reckoned, trail.n);
		ctx_clear(&t.d->c);
	}
	arena_free(t.arena);
}

/* ---- the file ---------------------------------------------------------------------------- */

typedef struct {
	char folder[40];
	Str keyring_path, heads_path;
	Keyring keyring;
} Place_;

static void make_place(Ctx *c, Place_ *p)
{
	snprintf(p->folder, sizeof p->folder, "/tmp/rampe-witness-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	p->keyring_path = str_printf(c->arena, "%s/keyring", p->folder);
	p->heads_path = str_printf(c->arena, "%s/heads", p->folder);
	ok(keyring_make(c, p->keyring_path));
	ok(keyring_read(c, p->keyring_path, &p->keyring));
}

static void remove_place(const Place_ *p)
{
	(void)unlink(p->keyring_path.ptr);
	(void)unlink(p->heads_path.ptr);
	assert_int_equal(rmdir(p->folder), 0);
}

static void append_text(const Place_ *p, const char *text)
{
	FILE *f = fopen(p->heads_path.ptr, "a");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* Writes `n` boxes with the witness at work, as one run of the program. */
static void run_program(Database *d, const Place_ *p, unsigned char first, unsigned char n)
{
	Ctx *c = &d->c;
	ok(witness_start(c, d->db, &p->keyring, p->heads_path));
	for (unsigned char i = 0; i < n; i++)
		ok(make_box(c, (unsigned char)(first + i)));
	witness_release(d->db);
}

static void heads__are_noted_at_the_end_of_each_run_and_agree(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	Place_ p;
	NotedHeads heads;
	AuditCheck check;
	make_place(c, &p);
	run_program(d, &p, 1, 3);
	run_program(d, &p, 4, 0);             /* nothing new: no line */
	append_text(&p, "rampe-head 1 0000"); /* the machine stopped */
	run_program(d, &p, 4, 2);
	ok(witness_read(c, p.heads_path, p.keyring.audit_public, &heads));
	assert_int_equal(heads.n, 3);
	assert_int_equal(heads.torn, 1);
	assert_int_equal(heads.at[0].seq, 3);
	assert_int_equal(heads.at[1].seq, 3);
	assert_int_equal(heads.at[2].seq, 5);
	ok(witness_verify(c, &heads, &check));
	assert_int_equal(check.broken, 0);
	assert_int_equal(check.entries, 5);
	remove_place(&p);
}

static void heads__of_another_key_or_changed_are_refused_with_their_row(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	Place_ p, other;
	NotedHeads heads;
	make_place(c, &p);
	make_place(c, &other);
	run_program(d, &p, 1, 2);
	assert_int_equal(witness_read(c, p.heads_path, other.keyring.audit_public, &heads), ERR_INVALID);
	assert_int_equal(c->problems[0].row, 1);
	assert_int_equal(witness_read(c, other.heads_path, p.keyring.audit_public, &heads), ERR_NOT_FOUND);
	FILE *f = fopen(p.heads_path.ptr, "r+");
	assert_non_null(f);
	fseek(f, (long)strlen("rampe-head 1 00000000-0000-0000-0000-000000000000 "), SEEK_SET);
	fputc('1', f); /* 2 entries: 1 is claimed */
	fclose(f);
	assert_int_equal(witness_read(c, p.heads_path, p.keyring.audit_public, &heads), ERR_INVALID);
	remove_place(&p);
	remove_place(&other);
}

static void keyring__that_others_may_read_or_that_is_none_is_refused(void **state)
{
	Database *d = *state;
	Ctx *c = &d->c;
	Place_ p;
	Keyring k;
	make_place(c, &p);
	assert_int_equal(keyring_make(c, p.keyring_path), ERR_CONFLICT);
	assert_int_equal(chmod(p.keyring_path.ptr, 0640), 0);
	assert_int_equal(keyring_read(c, p.keyring_path, &k), ERR_DENIED);
	assert_int_equal(chmod(p.keyring_path.ptr, 0600), 0);
	static const char *const wrong[] = { "", "rampe-keyring 1\n", "rampe-keyring 2\naudit 00\n",
					     "rampe-keyring 1\naudit 00\n", "rampe-keyring 1\nother 00\n" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		ok(file_write(c, p.keyring_path, str_of(wrong[i])));
		assert_int_equal(keyring_read(c, p.keyring_path, &k), ERR_INVALID);
	}
	remove_place(&p);
}

/* RFC 8032, section 7.1, test 2: the seed, its public key, and the signature over the byte 0x72. */
static void signing__is_ed25519(void **state)
{
	(void)state;
	Arena *a = arena_new();
	Ctx c;
	Keyring k;
	unsigned char signature[SIGNATURE];
	ctx_init(&c);
	char path[] = "/tmp/rampe-keyring-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(file_write(&c, str_of(path),
				    STR("rampe-keyring 1\n"
					"audit 4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb\n"
					"index 0000000000000000000000000000000000000000000000000000000000000001\n"
					"master 0000000000000000000000000000000000000000000000000000000000000002\n")),
			 OK);
	assert_int_equal(keyring_read(&c, str_of(path), &k), OK);
	unlink(path);
	assert_true(str_eq_z(hex_write(a, k.audit_public, sizeof k.audit_public),
			     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
	keyring_sign(&k, STR("\x72"), signature);
	assert_true(str_eq_z(hex_write(a, signature, sizeof signature),
			     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
			     "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
	assert_true(signature_fits(k.audit_public, STR("\x72"), signature));
	assert_false(signature_fits(k.audit_public, STR("\x73"), signature));
	keyring_forget(&k);
	arena_free(a);
	ctx_release(&c);
}

#define ON(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

static int run_witness(const char *name)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signing__is_ed25519),
		ON(keyring__that_others_may_read_or_that_is_none_is_refused),
		ON(heads__are_noted_at_the_end_of_each_run_and_agree),
		ON(heads__of_another_key_or_changed_are_refused_with_their_row),
		ON(tampering__is_found_and_named_whatever_it_is),
	};
	return cmocka_run_group_tests_name(name, tests, NULL, NULL);
}

int main(void)
{
	return on_both_engines(run_witness);
}
