/* trail: audit events on their way into the chains of their tenants.
 *
 * TrailEntries is a list that owns copies of its events until it is emptied. A
 * Trail knows where each tenant's chain stands within one transaction of the
 * writer; a head that has been looked at is locked until that transaction
 * ends. Only for commit.c, on the writer's thread. Errors: of the database.
 */
#ifndef DB_TRAIL_H
#define DB_TRAIL_H

#include "db/audit.h"
#include "db/engine.h"

typedef struct TrailEntry {
	struct TrailEntry *next;
	TenantId tenant;
	AuditEvent event;
} TrailEntry;

typedef struct {
	Arena *arena;
	TrailEntry *first;
	TrailEntry **end;
	size_t n;
} TrailEntries;

/* Empties the list; makes its arena at first use. */
void trail_entries_clear(TrailEntries *list);
void trail_entries_release(TrailEntries *list);
void trail_entries_add(TrailEntries *list, TenantId tenant, const AuditEvent *event);

typedef struct {
	TenantId tenant;
	int64_t seq;
	ChainHash hash;
} TrailHead;

typedef struct {
	Ctx *c; /* the writer's; its arena lives until the transaction ends */
	TrailHead *heads;
	size_t n, room;
} Trail;

/* At the beginning of each transaction. */
void trail_begin(Trail *t, Ctx *c);
/* Locks the head of a tenant. */
Err trail_lock(Trail *t, TenantId tenant) MUST_USE;
/* Locks the heads of all tenants of `list` in one order, so that two servers
 * never wait for each other. */
Err trail_lock_all(Trail *t, const TrailEntries *list) MUST_USE;
/* Writes the entries of both lists (either may be NULL), then the heads. */
Err trail_write(Trail *t, const TrailEntries *first, const TrailEntries *second) MUST_USE;

#endif
