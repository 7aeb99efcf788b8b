#include "db/trail.h"

#include "audit_sql.h"

#include <stdlib.h>
#include <string.h>

void trail_entries_clear(TrailEntries *list)
{
	if (list->arena == NULL)
		list->arena = arena_new();
	arena_clear(list->arena);
	list->first = NULL;
	list->end = &list->first;
	list->n = 0;
}

void trail_entries_add(TrailEntries *list, TenantId tenant, const AuditEvent *event)
{
	TrailEntry *entry = ARENA_NEW(list->arena, TrailEntry);
	entry->tenant = tenant;
	entry->event = *event;
	Str *texts[] = { &entry->event.actor_name, &entry->event.action, &entry->event.subject_kind,
			 &entry->event.purpose, &entry->event.detail };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		*texts[i] = str_dup(list->arena, *texts[i]);
	*list->end = entry;
	list->end = &entry->next;
	list->n++;
}

static int by_tenant(const void *a, const void *b)
{
	return uuid_cmp(((const TenantId *)a)->v, ((const TenantId *)b)->v);
}

static Err load_head(Ctx *c, TrailHead *h)
{
	AuditHead row = { .seq = 0 };
	ChainHash start = CHAIN_START;
	Err e = audit_head_lock(c, h->tenant, &row);
	if (e == ERR_NOT_FOUND) {
		RETURN_IF_ERR(audit_head_make(c, h->tenant, (Str){ (const char *)start.b, sizeof start.b }));
		e = audit_head_lock(c, h->tenant, &row);
	}
	if (e == OK && row.hash.len != CHAIN_HASH)
		e = fail(c, ERR_DB, "a head of the audit trail has no hash");
	if (e != OK)
		return e;
	h->seq = row.seq;
	memcpy(h->hash.b, row.hash.ptr, CHAIN_HASH);
	return OK;
}

/* The head of `tenant`, locked until the commit; valid until the next call. */
static Err head_of(Trail *t, TenantId tenant, TrailHead **out)
{
	for (size_t i = 0; i < t->n; i++) {
		if (uuid_eq(t->heads[i].tenant.v, tenant.v)) {
			*out = &t->heads[i];
			return OK;
		}
	}
	TrailHead h = { .tenant = tenant };
	RETURN_IF_ERR(load_head(t->c, &h));
	if (t->n == t->room) {
		t->room = t->room == 0 ? 16 : t->room * 2;
		TrailHead *more = ARENA_ARRAY(t->c->arena, t->room, TrailHead);
		if (t->n > 0)
			memcpy(more, t->heads, t->n * sizeof *more);
		t->heads = more;
	}
	t->heads[t->n] = h;
	*out = &t->heads[t->n++];
	return OK;
}

static Err write_entry(Trail *t, TrailHead *h, const TrailEntry *entry)
{
	const AuditEvent *e = &entry->event;
	AuditRow row = { .seq = h->seq + 1,
			 .at = e->at,
			 .actor = e->actor.v,
			 .actor_name = e->actor_name,
			 .action = e->action,
			 .subject_kind = e->subject_kind,
			 .subject = e->subject,
			 .participant = e->participant.v,
			 .purpose = e->purpose,
			 .outcome = e->outcome,
			 .detail = e->detail };
	ChainHash hash;
	audit_hash(&h->hash, h->tenant, &row, &hash);
	row.hash = (Str){ (const char *)hash.b, sizeof hash.b };
	RETURN_IF_ERR(audit_insert(t->c, h->tenant, &row));
	h->seq++;
	h->hash = hash;
	return OK;
}

static Err write_entries(Trail *t, const TrailEntries *list)
{
	for (const TrailEntry *entry = list->first; entry != NULL; entry = entry->next) {
		TrailHead *h = NULL;
		RETURN_IF_ERR(head_of(t, entry->tenant, &h));
		RETURN_IF_ERR(write_entry(t, h, entry));
	}
	return OK;
}

static Err write_heads(Trail *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const AuditHead head = { t->heads[i].seq, { (const char *)t->heads[i].hash.b, CHAIN_HASH } };
		RETURN_IF_ERR(audit_head_set(t->c, t->heads[i].tenant, &head));
	}
	return OK;
}

/* The trail of the transaction: what `lists` hold, then the heads. */
Err trail_write(Trail *t, const TrailEntries *first, const TrailEntries *second)
{
	t->c->conn->later = true;
	Err e = first == NULL ? OK : write_entries(t, first);
	if (e == OK && second != NULL)
		e = write_entries(t, second);
	if (e == OK)
		e = write_heads(t);
	t->c->conn->later = false;
	return e;
}

/* Locks the heads of all tenants of `list` in one order, so that two servers
 * never wait for each other. */
Err trail_lock_all(Trail *t, const TrailEntries *list)
{
	TenantId *tenants = ARENA_ARRAY(t->c->arena, list->n, TenantId);
	size_t n = 0;
	for (const TrailEntry *entry = list->first; entry != NULL; entry = entry->next)
		tenants[n++] = entry->tenant;
	qsort(tenants, n, sizeof *tenants, by_tenant);
	for (size_t i = 0; i < n; i++) {
		TrailHead *h = NULL;
		if (i == 0 || !uuid_eq(tenants[i].v, tenants[i - 1].v))
			RETURN_IF_ERR(head_of(t, tenants[i], &h));
	}
	return OK;
}

void trail_begin(Trail *t, Ctx *c)
{
	*t = (Trail){ .c = c };
}

Err trail_lock(Trail *t, TenantId tenant)
{
	TrailHead *h = NULL;
	return head_of(t, tenant, &h);
}

void trail_entries_release(TrailEntries *list)
{
	arena_free(list->arena);
	*list = (TrailEntries){ .arena = NULL };
}
