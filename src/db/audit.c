#include "db/audit.h"

#include "audit_sql.h"
#include "db/witness.h"

#include <assert.h>
#include <string.h>

static const EnumRow audit_outcome_rows[] = {
	{ "done", N_("done") },
	{ "denied", N_("denied") },
	{ "failed", N_("failed") },
};
const EnumTable audit_outcome_table = ENUM_TABLE("audit_outcome", audit_outcome_rows);

void audit_hash(const ChainHash *before, TenantId tenant, const AuditRow *row, ChainHash *out)
{
	ChainEntry e;
	chain_begin(&e, before);
	chain_uuid(&e, tenant.v);
	chain_int(&e, row->seq);
	chain_int(&e, row->at);
	chain_uuid(&e, row->actor);
	chain_text(&e, row->actor_name);
	chain_text(&e, row->action);
	chain_text(&e, row->subject_kind);
	chain_uuid(&e, row->subject);
	chain_uuid(&e, row->participant);
	chain_text(&e, row->purpose);
	chain_text(&e, enum_code(&audit_outcome_table, (int)row->outcome));
	chain_text(&e, row->detail);
	bool fits = chain_end(&e, out);
	if (!fits) /* only a row edited in the database can be so long: it then matches nothing */
		memset(out->b, 0xff, sizeof out->b);
}

typedef struct {
	TenantId tenant;
	ChainHash last;
	const NotedHeads *noted;
	size_t seen; /* of the noted heads that agree */
	AuditCheck check;
} Walk;

/* The entry does not fit, or one since the last noted head that did. */
static Err broken(Walk *w, int64_t first, int64_t last)
{
	w->check.broken = first;
	w->check.broken_last = last;
	return ERR_CONFLICT;
}

/* The first entry that no noted head vouches for. */
static int64_t first_doubtful(const Walk *w)
{
	return w->seen == 0 ? 1 : w->noted->at[w->seen - 1].seq + 1;
}

/* Whether the chain, which fits as far as `seq`, is the one that was noted there. */
static Err compare(Walk *w, int64_t seq)
{
	for (; w->seen < w->noted->n && w->noted->at[w->seen].seq == seq; w->seen++)
		if (memcmp(w->noted->at[w->seen].hash, w->last.b, CHAIN_HASH) != 0)
			return broken(w, first_doubtful(w), seq);
	return OK;
}

/* Not an error of the walk, but where it may end. */
static Err verify_row(void *arg, const AuditRow *row)
{
	Walk *w = arg;
	ChainHash expected;
	audit_hash(&w->last, w->tenant, row, &expected);
	if (row->seq != w->check.entries + 1 || row->hash.len != CHAIN_HASH ||
	    memcmp(expected.b, row->hash.ptr, CHAIN_HASH) != 0)
		return broken(w, w->check.entries + 1, w->check.entries + 1);
	w->check.entries++;
	w->last = expected;
	return compare(w, row->seq);
}

/* What has been read to its end, against where it should end. */
static void verify_end(Walk *w, bool started, const AuditHead *head)
{
	int64_t next = w->check.entries + 1;
	bool head_fits = !started ? w->check.entries == 0
				  : head->seq == w->check.entries && head->hash.len == CHAIN_HASH &&
					    memcmp(head->hash.ptr, w->last.b, CHAIN_HASH) == 0;
	if (w->seen < w->noted->n)
		(void)broken(w, first_doubtful(w), next);
	else if (!head_fits)
		(void)broken(w, next, next);
}

Err witness_verify(Ctx *c, const NotedHeads *noted, AuditCheck *out)
{
	Walk w = { .tenant = c->tenant, .last = CHAIN_START, .noted = noted };
	AuditHead head = { .seq = 0 };
	RETURN_IF_ERR(db_begin_read(c));
	Err e = audit_head_get(c, &head);
	bool started = e == OK;
	if (e == OK || e == ERR_NOT_FOUND)
		e = audit_walk(c, verify_row, &w);
	db_end_read(c);
	if (w.check.broken == 0 && e == OK)
		verify_end(&w, started, &head);
	*out = w.check;
	memcpy(out->head, w.last.b, sizeof out->head);
	return w.check.broken > 0 ? OK : e;
}

Err audit_verify(Ctx *c, AuditCheck *out)
{
	return witness_verify(c, &(NotedHeads){ 0 }, out);
}

Err audit_read_entry(Ctx *c, int64_t seq, AuditRow *out)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = audit_entry(c, seq, out);
	db_end_read(c);
	return e;
}

Err audit_read_about(Ctx *c, ParticipantId who, Err (*fn)(void *arg, const AuditRow *row), void *arg)
{
	return audit_about(c, who, fn, arg);
}
