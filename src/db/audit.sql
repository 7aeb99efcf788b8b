-- The audit trail (commit.h). Written by the writer at the end of each group commit.
-- include: db/audit.h

-- type: AuditHead {seq: int, hash: bytes}
-- type: AuditTenantHead {tenant: TenantId, seq: int, hash: bytes}
-- type: AuditRow extern {
--   seq: int, at: time, actor: uuid?, actor_name: text?, action: text, subject_kind: text?, subject: uuid?,
--   participant: uuid?, purpose: text?, outcome: AuditOutcome, detail: text?, hash: bytes}

-- name: audit_head_lock :one any-tenant (tenant: TenantId) -> AuditHead
-- Where the chain of a tenant stands; no other server can extend it until the commit.
-- sqlite:
SELECT seq, hash FROM audit_head WHERE tenant = :tenant;
-- pg:
SELECT seq, hash FROM audit_head WHERE tenant = :tenant FOR UPDATE;

-- name: audit_head_get :one -> AuditHead
SELECT seq, hash FROM audit_head WHERE tenant = :tenant;

-- name: audit_head_make :exec any-tenant (tenant: TenantId, hash: bytes)
INSERT INTO audit_head (tenant, seq, hash) VALUES (:tenant, 0, :hash) ON CONFLICT (tenant) DO NOTHING;

-- name: audit_head_set :exec any-tenant (tenant: TenantId, AuditHead)
UPDATE audit_head SET seq = :seq, hash = :hash WHERE tenant = :tenant;

-- name: audit_insert :exec any-tenant (tenant: TenantId, AuditRow)
INSERT INTO audit (tenant, seq, at, actor, actor_name, action, subject_kind, subject, participant, purpose, outcome,
                   detail, hash)
VALUES (:tenant, :seq, :at, :actor, :actor_name, :action, :subject_kind, :subject, :participant, :purpose, :outcome,
        :detail, :hash);

-- name: audit_walk :each -> AuditRow
-- Every entry of the tenant in the order of its chain.
SELECT seq, at, actor, actor_name, action, subject_kind, subject, participant, purpose, outcome, detail, hash
  FROM audit
 WHERE tenant = :tenant
 ORDER BY seq;

-- name: audit_heads :many any-tenant -> AuditTenantHead
-- Where the chains of all tenants stand.
SELECT tenant, seq, hash FROM audit_head ORDER BY tenant;

-- name: audit_entry :one (seq: int) -> AuditRow
SELECT seq, at, actor, actor_name, action, subject_kind, subject, participant, purpose, outcome, detail, hash
  FROM audit
 WHERE tenant = :tenant AND seq = :seq;

-- name: audit_about :each (participant: ParticipantId) -> AuditRow
-- Everything about a citizen, oldest first. Reads the whole trail, which has no index but its order.
SELECT seq, at, actor, actor_name, action, subject_kind, subject, participant, purpose, outcome, detail, hash
  FROM audit
 WHERE tenant = :tenant AND participant = :participant
 ORDER BY seq;
