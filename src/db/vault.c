#include "db/vault.h"

#include "db/engine.h"
#include "db/known_keys.h"
#include "vault_sql.h"

#include <sodium.h>
#include <string.h>

enum { ABOUT_MOST = 128 };

struct Vault {
	Str keyring_path, erasures_path;
	Db *store;
	pthread_mutex_t lock; /* guards what follows */
	Keyring keyring;
	Ctx c; /* of the store's one connection */
	KnownKeys *known;
};

/* ---- the keys in their store, under the lock ------------------------------------- */

static Str about_key(char to[ABOUT_MOST], TenantId tenant, Uuid person)
{
	static const Str what = { STR_LIT("person_key") };
	memcpy(to, what.ptr, what.len);
	memcpy(to + what.len, tenant.v.b, sizeof tenant.v.b);
	memcpy(to + what.len + sizeof tenant.v.b, person.b, sizeof person.b);
	return (Str){ to, what.len + sizeof tenant.v.b + sizeof person.b };
}

/* Another process may have added a master key since. */
static Err read_keyring(Ctx *c, Vault *v)
{
	Keyring newer;
	if (keyring_read(c, v->keyring_path, &newer) != OK)
		return ERR_IO;
	v->keyring = newer;
	keyring_forget(&newer);
	return OK;
}

static Err need_master(Ctx *c, Vault *v, int64_t master)
{
	if (master <= v->keyring.master_count)
		return OK;
	RETURN_IF_ERR(read_keyring(c, v));
	return master <= v->keyring.master_count
		       ? OK
		       : fail(c, ERR_DB, "the keyring lacks master key %lld", (long long)master);
}

static Err unwrap(Ctx *c, Vault *v, TenantId tenant, Uuid person, const WrappedKey *row, SealKey *out)
{
	char room[ABOUT_MOST];
	Str about = about_key(room, tenant, person), key;
	RETURN_IF_ERR(need_master(c, v, row->master));
	if (row->master < 1 ||
	    seal_open_bytes(v->c.arena, &v->keyring.masters[row->master - 1], row->wrapped, about, &key) != OK ||
	    key.len != SEAL_KEY)
		return fail(c, ERR_DB, "a person's key does not open by this keyring");
	memcpy(out->bytes, key.ptr, SEAL_KEY);
	sodium_memzero((char *)(uintptr_t)key.ptr, SEAL_KEY);
	return OK;
}

static Err wrap(Vault *v, TenantId tenant, Uuid person, const SealKey *key, StoredKey *out)
{
	char room[ABOUT_MOST];
	Str about = about_key(room, tenant, person), text = { (const char *)key->bytes, SEAL_KEY };
	int last = v->keyring.master_count;
	*out = (StoredKey){ .tenant = tenant, .person = person, .master = last };
	return seal_bytes(&v->c, &v->keyring.masters[last - 1], text, about, &out->wrapped);
}

/* What the store's statements said, to whoever asked. */
static Err told(Ctx *c, const Vault *v, Err e)
{
	return e == OK || e == ERR_NOT_FOUND ? e : fail(c, e, "key store: %.*s", STR_ARG(v->c.why));
}

/* A connection that failed is made anew: what is asked next may succeed. */
static Err reconnect(Ctx *c, Vault *v)
{
	if (v->c.conn != NULL && !v->c.conn->broken && !v->c.conn->failed)
		return OK;
	if (v->c.conn != NULL)
		v->c.conn->engine->close(v->c.conn);
	v->c.conn = NULL;
	return db_open_writer(c, v->store, &v->c.conn);
}

static Err load(Ctx *c, Vault *v, Uuid person, SealKey *out)
{
	WrappedKey row;
	ctx_clear(&v->c);
	RETURN_IF_ERR(reconnect(c, v));
	RETURN_IF_ERR(told(c, v, person_key_get(&v->c, c->tenant, person, &row)));
	return unwrap(c, v, c->tenant, person, &row, out);
}

void vault_put_away(DbConn *conn)
{
	sodium_memzero(&conn->at_hand, sizeof conn->at_hand);
}

static Err look_up(Ctx *c, Vault *v, Uuid person, SealKey *out)
{
	Err e = OK;
	pthread_mutex_lock(&v->lock);
	if (!known_get(v->known, c->tenant, person, out)) {
		e = load(c, v, person, out);
		if (e == OK)
			known_put(v->known, c->tenant, person, out);
		else
			known_drop(v->known, c->tenant, person);
	}
	known_sweep(v->known);
	pthread_mutex_unlock(&v->lock);
	return e;
}

/* The person's key, from c->conn when it has it at hand. Valid until the next call on the connection. */
static Err key_of(Ctx *c, Vault *v, Uuid person, const SealKey **out)
{
	if (c->conn == NULL)
		return fail(c, ERR_INTERNAL, "a person's key outside a read and outside a commit");
	DbKeyAtHand *at = &c->conn->at_hand;
	*out = &at->key;
	if (at->used && uuid_eq(at->person, person) && uuid_eq(at->tenant.v, c->tenant.v))
		return OK;
	vault_put_away(c->conn);
	RETURN_IF_ERR(look_up(c, v, person, &at->key));
	at->tenant = c->tenant;
	at->person = person;
	at->used = true;
	return OK;
}

static Err vault_of(Ctx *c, Vault **out)
{
	*out = c->db == NULL ? NULL : c->db->vault;
	if (*out != NULL)
		return OK;
	(void)fail(c, ERR_INTERNAL, "no vault for what is sealed");
	return ERR_INTERNAL;
}

static Err make_key(Ctx *c, Vault *v, Uuid person)
{
	SealKey key, stored;
	StoredKey row;
	seal_key_make(&key);
	ctx_clear(&v->c);
	Err e = reconnect(c, v);
	if (e == OK)
		e = wrap(v, c->tenant, person, &key, &row);
	if (e == OK)
		e = told(c, v, person_key_insert(&v->c, &row));
	if (e == OK)
		e = load(c, v, person, &stored);
	if (e == OK && sodium_memcmp(key.bytes, stored.bytes, SEAL_KEY) != 0)
		e = fail(c, ERR_DB, "a new key is not what was stored");
	if (e == OK)
		known_put(v->known, c->tenant, person, &key);
	sodium_memzero(&key, sizeof key);
	sodium_memzero(&stored, sizeof stored);
	return e;
}

Err vault_make_key(Ctx *c, Uuid person)
{
	Vault *v;
	RETURN_IF_ERR(vault_of(c, &v));
	pthread_mutex_lock(&v->lock);
	Err e = make_key(c, v, person);
	pthread_mutex_unlock(&v->lock);
	return e;
}

static Err destroy_key(Ctx *c, Vault *v, Uuid person)
{
	ctx_clear(&v->c);
	known_drop(v->known, c->tenant, person);
	RETURN_IF_ERR(reconnect(c, v));
	return told(c, v, person_key_destroy(&v->c, c->tenant, person));
}

Err vault_destroy_key(Ctx *c, Uuid person)
{
	Vault *v;
	RETURN_IF_ERR(vault_of(c, &v));
	if (c->conn != NULL)
		vault_put_away(c->conn);
	pthread_mutex_lock(&v->lock);
	Err e = destroy_key(c, v, person);
	pthread_mutex_unlock(&v->lock);
	return e;
}

static Err has_key(Ctx *c, Vault *v, Uuid person, bool *out)
{
	WrappedKey row;
	ctx_clear(&v->c);
	RETURN_IF_ERR(reconnect(c, v));
	Err e = told(c, v, person_key_get(&v->c, c->tenant, person, &row));
	*out = e == OK;
	return e == ERR_NOT_FOUND ? OK : e;
}

Err vault_has_key(Ctx *c, Uuid person, bool *out)
{
	Vault *v;
	*out = false;
	RETURN_IF_ERR(vault_of(c, &v));
	pthread_mutex_lock(&v->lock);
	Err e = has_key(c, v, person, out);
	pthread_mutex_unlock(&v->lock);
	return e;
}

Err vault_tidy(Ctx *c)
{
	Vault *v;
	RETURN_IF_ERR(vault_of(c, &v));
	return db_tidy(c, v->store, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);", "VACUUM FULL person_key");
}

/* ---- sealing ------------------------------------------------------------------- */

static Str about_text(char to[ABOUT_MOST], TenantId tenant, const SealedPlace *at)
{
	size_t n = strlen(at->place) + 1;
	if (n + 3 * sizeof(Uuid) > ABOUT_MOST)
		n = ABOUT_MOST - 3 * sizeof(Uuid);
	memcpy(to, at->place, n);
	memcpy(to + n, tenant.v.b, sizeof tenant.v.b);
	memcpy(to + n + 16, at->person.b, sizeof at->person.b);
	memcpy(to + n + 32, at->row, at->row_len);
	return (Str){ to, n + 32 + at->row_len };
}

Err vault_seal(Ctx *c, const SealedPlace *at, Str text, Str *out)
{
	char room[ABOUT_MOST];
	Vault *v;
	const SealKey *key;
	Str about = about_text(room, c->tenant, at), again;
	RETURN_IF_ERR(vault_of(c, &v));
	Err e = key_of(c, v, at->person, &key);
	if (e == ERR_NOT_FOUND)
		return fail(c, ERR_NOT_FOUND, "%s: the person has no key", at->place);
	RETURN_IF_ERR(e);
	RETURN_IF_ERR(seal_bytes(c, key, text, about, out));
	if (seal_open_bytes(c->arena, key, *out, about, &again) != OK || !str_eq(again, text))
		return fail(c, ERR_INTERNAL, "%s: what was sealed does not open", at->place);
	return OK;
}

Err vault_open(Ctx *c, Arena *to, const SealedPlace *at, Str sealed, Str *out)
{
	char room[ABOUT_MOST];
	Vault *v;
	const SealKey *key;
	*out = STR_NONE;
	RETURN_IF_ERR(vault_of(c, &v));
	Err e = key_of(c, v, at->person, &key);
	if (e == ERR_NOT_FOUND)
		return OK;
	RETURN_IF_ERR(e);
	if (seal_open_bytes(to, key, sealed, about_text(room, c->tenant, at), out) != OK)
		return fail(c, ERR_DB, "%s: a stored text does not open", at->place);
	return OK;
}

Err vault_blind(Ctx *c, const char *place, Str text, Str *out)
{
	Vault *v;
	RETURN_IF_ERR(vault_of(c, &v));
	unsigned char *to = arena_alloc(c->arena, VAULT_BLIND);
	crypto_generichash_state state;
	pthread_mutex_lock(&v->lock);
	(void)crypto_generichash_init(&state, v->keyring.index.bytes, SEAL_KEY, VAULT_BLIND);
	pthread_mutex_unlock(&v->lock);
	(void)crypto_generichash_update(&state, c->tenant.v.b, sizeof c->tenant.v.b);
	(void)crypto_generichash_update(&state, (const unsigned char *)place, strlen(place) + 1);
	(void)crypto_generichash_update(&state, (const unsigned char *)(text.len > 0 ? text.ptr : ""), text.len);
	(void)crypto_generichash_final(&state, to, VAULT_BLIND);
	*out = (Str){ (const char *)to, VAULT_BLIND };
	return OK;
}

/* Of the keyring's index key, for one purpose. */
static void derived_key(Vault *v, const char *purpose, SealKey *out)
{
	unsigned char what[crypto_generichash_blake2b_PERSONALBYTES] = { 0 };
	memcpy(what, purpose, strnlen(purpose, sizeof what));
	pthread_mutex_lock(&v->lock);
	(void)crypto_generichash_blake2b_salt_personal(out->bytes, SEAL_KEY, NULL, 0, v->keyring.index.bytes, SEAL_KEY,
						       NULL, what);
	pthread_mutex_unlock(&v->lock);
}

Err vault_pseudonym(Ctx *c, ProgrammeId programme, ParticipantId who, Str *out)
{
	unsigned char hash[VAULT_PSEUDONYM];
	Vault *v;
	SealKey key;
	crypto_generichash_state state;
	RETURN_IF_ERR(vault_of(c, &v));
	derived_key(v, "rampe pseudonym", &key);
	(void)crypto_generichash_init(&state, key.bytes, SEAL_KEY, sizeof hash);
	(void)crypto_generichash_update(&state, c->tenant.v.b, sizeof c->tenant.v.b);
	(void)crypto_generichash_update(&state, programme.v.b, sizeof programme.v.b);
	(void)crypto_generichash_update(&state, who.v.b, sizeof who.v.b);
	(void)crypto_generichash_final(&state, hash, sizeof hash);
	sodium_memzero(&key, sizeof key);
	*out = hex_write(c->arena, hash, sizeof hash);
	return OK;
}

/* ---- what belongs to users ------------------------------------------------------- */

static Str about_user(char to[ABOUT_MOST], TenantId tenant, const char *place, UserId user)
{
	return about_text(to, tenant, &(SealedPlace){ .place = place, .person = user.v });
}

Err vault_seal_user(Ctx *c, const char *place, UserId user, Str text, Str *out)
{
	char room[ABOUT_MOST];
	Vault *v;
	SealKey key;
	RETURN_IF_ERR(vault_of(c, &v));
	derived_key(v, "rampe user seal", &key);
	Err e = seal_bytes(c, &key, text, about_user(room, c->tenant, place, user), out);
	sodium_memzero(&key, sizeof key);
	return e;
}

Err vault_open_user(Ctx *c, const char *place, UserId user, Str sealed, Str *out)
{
	char room[ABOUT_MOST];
	Vault *v;
	SealKey key;
	RETURN_IF_ERR(vault_of(c, &v));
	derived_key(v, "rampe user seal", &key);
	Err e = seal_open_bytes(c->arena, &key, sealed, about_user(room, c->tenant, place, user), out);
	sodium_memzero(&key, sizeof key);
	return e == OK ? OK : fail(c, ERR_DB, "%s: a user's text does not open", place);
}

/* ---- what is noted beside the keyring ------------------------------------------------ */

void vault_erasures_in(Db *db, Str path)
{
	db->vault->erasures_path = str_dup(db->arena, path);
}

Err vault_erasures_path(Ctx *c, Str *out)
{
	Vault *v;
	RETURN_IF_ERR(vault_of(c, &v));
	*out = v->erasures_path;
	return OK;
}

Err vault_sign(Ctx *c, Str text, unsigned char out[SIGNATURE])
{
	Vault *v;
	RETURN_IF_ERR(vault_of(c, &v));
	pthread_mutex_lock(&v->lock);
	keyring_sign(&v->keyring, text, out);
	pthread_mutex_unlock(&v->lock);
	return OK;
}

Err vault_sign_public(Ctx *c, unsigned char out[SIGN_PUBLIC])
{
	Vault *v;
	RETURN_IF_ERR(vault_of(c, &v));
	memcpy(out, v->keyring.audit_public, SIGN_PUBLIC);
	return OK;
}

/* ---- rotation ------------------------------------------------------------------ */

static Err rewrap_one(Ctx *c, Vault *v, const StoredKey *old, int64_t *changed)
{
	SealKey key;
	StoredKey row;
	int64_t n = 0;
	const WrappedKey wrapped = { old->master, old->wrapped };
	RETURN_IF_ERR(unwrap(c, v, old->tenant, old->person, &wrapped, &key));
	Err e = wrap(v, old->tenant, old->person, &key, &row);
	sodium_memzero(&key, sizeof key);
	if (e == OK)
		e = told(c, v, person_key_rewrap(&v->c, &row, &n));
	*changed += n;
	return e;
}

static Err rewrap_some(Ctx *c, Vault *v, int64_t *changed, bool *more)
{
	StoredKeyList older;
	ctx_clear(&v->c);
	RETURN_IF_ERR(reconnect(c, v));
	RETURN_IF_ERR(told(c, v, person_key_older(&v->c, v->keyring.master_count, &older)));
	*more = older.n > 0;
	for (size_t i = 0; i < older.n; i++)
		RETURN_IF_ERR(rewrap_one(c, v, &older.at[i], changed));
	return OK;
}

Err vault_rewrap(Ctx *c, int64_t *changed)
{
	Vault *v;
	Err e = OK;
	bool more = true;
	*changed = 0;
	RETURN_IF_ERR(vault_of(c, &v));
	pthread_mutex_lock(&v->lock);
	e = read_keyring(c, v);
	pthread_mutex_unlock(&v->lock);
	while (e == OK && more) {
		pthread_mutex_lock(&v->lock);
		e = rewrap_some(c, v, changed, &more);
		pthread_mutex_unlock(&v->lock);
	}
	return e;
}

/* ---- opening ------------------------------------------------------------------- */

static Err name_of(Ctx *c, Uuid *out)
{
	*out = UUID_NONE;
	Err e = key_store_id(c, out);
	return e == ERR_NOT_FOUND ? OK : e;
}

/* True when the store holds the key of somebody. */
static Err holds_keys(Ctx *c, Vault *v, bool *out)
{
	StoredKey any;
	Err e = told(c, v, person_key_any(&v->c, &any));
	*out = e == OK;
	return e == ERR_NOT_FOUND ? OK : e;
}

/* The register and its store bear one name; a new register takes that of its store, unless somebody's keys are there.
 */
static Err pair(Ctx *c, Vault *v)
{
	Uuid here, there;
	bool used;
	RETURN_IF_ERR(name_of(c, &here));
	RETURN_IF_ERR(told(c, v, name_of(&v->c, &there)));
	RETURN_IF_ERR(holds_keys(c, v, &used));
	if (uuid_is_none(here) && uuid_is_none(there)) {
		there = uuid_v7(c->clock, c->random);
		RETURN_IF_ERR(told(c, v, key_store_name(&v->c, there)));
	}
	if (uuid_is_none(here) && !used)
		return key_store_name(c, there);
	return uuid_eq(here, there)
		       ? OK
		       : fail(c, ERR_CONFLICT, T(c->lang, "%s: the keys of this register are not in this store"),
			      v->store->url);
}

static Err pair_with(Ctx *c, Db *db, Vault *v)
{
	DbConn *outer = c->conn;
	RETURN_IF_ERR(db_open_writer(c, db, &c->conn));
	Err e = pair(c, v);
	c->conn->engine->close(c->conn);
	c->conn = outer;
	return e;
}

static Err check_keyring(Ctx *c, Vault *v)
{
	StoredKey any;
	SealKey key;
	Err e = told(c, v, person_key_any(&v->c, &any));
	if (e == ERR_NOT_FOUND)
		return OK;
	const WrappedKey wrapped = { any.master, any.wrapped };
	if (e == OK && unwrap(c, v, any.tenant, any.person, &wrapped, &key) != OK)
		e = fail(c, ERR_CONFLICT, T(c->lang, "%.*s: the keyring is not the one of this key store"),
			 STR_ARG(v->keyring_path));
	return e;
}

static Err open_store(Ctx *c, Vault *v, Str url)
{
	const DbOptions one = { .readers = 1, .wait_ms = 10000 };
	RETURN_IF_ERR(db_open(c, url, &one, &v->store));
	RETURN_IF_ERR(db_migrate(c, v->store, &key_migrations));
	v->c.db = v->store;
	return db_open_writer(c, v->store, &v->c.conn);
}

/* rampe.keyring: rampe.erasures. */
static Str beside(Arena *a, Str keyring)
{
	Str ending = STR(".keyring");
	Str stem = str_ends(keyring, ending) ? str_sub(keyring, 0, keyring.len - ending.len) : keyring;
	return str_printf(a, "%.*s.erasures", STR_ARG(stem));
}

Err vault_attach(Ctx *c, Db *db, Str url, Str keyring_path)
{
	Vault *v = ARENA_NEW(db->arena, Vault);
	v->keyring_path = str_dup(db->arena, keyring_path);
	v->erasures_path = beside(db->arena, keyring_path);
	v->known = known_new();
	pthread_mutex_init(&v->lock, NULL);
	ctx_init(&v->c);
	db->vault = v;
	Err e = v->known == NULL ? fail(c, ERR_INTERNAL, "no memory for the keys") : OK;
	if (e == OK)
		e = read_keyring(c, v);
	if (e == OK)
		e = open_store(c, v, url);
	if (e == OK)
		e = check_keyring(c, v);
	if (e == OK)
		e = pair_with(c, db, v);
	if (e != OK)
		vault_release(db);
	return e;
}

void vault_release(Db *db)
{
	Vault *v = db->vault;
	if (v == NULL)
		return;
	if (v->c.conn != NULL)
		v->c.conn->engine->close(v->c.conn);
	v->c.conn = NULL;
	db_close(v->store);
	ctx_release(&v->c);
	keyring_forget(&v->keyring);
	known_free(v->known);
	pthread_mutex_destroy(&v->lock);
	db->vault = NULL;
}
