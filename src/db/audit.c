#include "db/audit.h"

#include "audit_sql.h"

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
	AuditCheck check;
} Walk;

/* Not an error of the walk, but where it may end. */
static Err verify_row(void *arg, const AuditRow *row)
{
	Walk *w = arg;
	ChainHash expected;
	audit_hash(&w->last, w->tenant, row, &expected);
	if (row->seq != w->check.entries + 1 || row->hash.len != CHAIN_HASH ||
	    memcmp(expected.b, row->hash.ptr, CHAIN_HASH) != 0) {
		w->check.broken = w->check.entries + 1;
		return ERR_CONFLICT;
	}
	w->check.entries++;
	w->last = expected;
	return OK;
}

Err audit_verify(Ctx *c, AuditCheck *out)
{
	Walk w = { .tenant = c->tenant, .last = CHAIN_START };
	AuditHead head = { .seq = 0 };
	RETURN_IF_ERR(db_begin_read(c));
	Err e = audit_head_get(c, &head);
	bool started = e == OK;
	if (e == OK || e == ERR_NOT_FOUND)
		e = audit_walk(c, verify_row, &w);
	db_end_read(c);
	*out = w.check;
	memcpy(out->head, w.last.b, sizeof out->head);
	if (w.check.broken > 0)
		return OK;
	RETURN_IF_ERR(e);
	bool head_fits = !started ? w.check.entries == 0
				  : head.seq == w.check.entries && head.hash.len == CHAIN_HASH &&
					    memcmp(head.hash.ptr, w.last.b, CHAIN_HASH) == 0;
	if (!head_fits)
		out->broken = w.check.entries + 1;
	return OK;
}
