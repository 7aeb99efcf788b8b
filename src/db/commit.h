/* commit: the one way to write. Waiting jobs share one transaction.
 *
 * Owns one writer thread and its connection per Db. Jobs wait in a bounded
 * queue; the writer runs them, each in a savepoint, within one transaction,
 * commits once (one fsync), then tells each job how it went. A job that fails
 * rolls back itself only. A job's Ctx belongs to the writer from commit_submit
 * until `done` is called (on the writer's thread: hand over, do not work there).
 *
 * A commit carries its audit event: a job that returns OK without commit_audit
 * is rolled back with ERR_INTERNAL, and so is one that returns OK after a
 * statement of it failed.
 *
 * Errors: ERR_BUSY (queue full; PostgreSQL: deadlock or serialization, try
 * again), ERR_DB (the shared COMMIT failed: nothing of the batch is stored),
 * or what the job returned. An fsync that fails ends the process: what the
 * kernel has dropped cannot be made durable by trying again.
 */
#ifndef DB_COMMIT_H
#define DB_COMMIT_H

#include "base/enum.h"
#include "db/db.h"

typedef enum { AUDIT_DONE, AUDIT_DENIED, AUDIT_FAILED } AuditOutcome;
extern const EnumTable audit_outcome_table;

/* Who did what to whom; becomes one row of table audit. */
typedef struct {
	Time at;                   /* 0: now by c->clock */
	UserId actor;              /* none: the program itself */
	Str actor_name;            /* may be none; for the program's own: "cli", "demo" */
	Str action;                /* code: "contact.register" */
	Str subject_kind;          /* "contact"; may be none */
	Uuid subject;              /* may be none */
	ParticipantId participant; /* the citizen it is about; may be none */
	Str purpose;               /* may be none */
	AuditOutcome outcome;
	Str detail; /* short; never a person's data in clear; may be none */
} AuditEvent;

enum {
	AUDIT_TEXT_MOST = 1000,   /* bytes of each text of an event */
	COMMIT_QUEUE_MOST = 4096, /* jobs waiting */
	COMMIT_READS_MOST = 8192, /* logged reads waiting */
	COMMIT_BATCH_MOST = 256,  /* jobs in one transaction */
	COMMIT_BATCH_MS = 20,     /* a batch takes no further job after so long */
	COMMIT_READS_MS = 100,    /* a logged read is stored after so long at most */
};

typedef struct {
	Err (*work)(Ctx *c, void *arg);
	void (*done)(void *arg, Err e);
	Ctx *c; /* c->conn is the writer while `work` runs */
	void *arg;
} CommitJob;

/* Starts the writer of `db`, which must be migrated. db_close stops it. */
Err commit_start(Ctx *c, Db *db) MUST_USE;
/* Writes what waits (jobs and logged reads), then ends the thread. From here
 * on commit_submit gives ERR_BUSY. */
void commit_stop(Db *db);

/* Queues the job on c->db and returns at once; `done` is called exactly once
 * when OK is returned, never otherwise. */
Err commit_submit(const CommitJob *job) MUST_USE;
/* The same, waiting until it is durable (command line, tests). Not from within
 * a job. */
Err commit_run(Ctx *c, Err (*work)(Ctx *c, void *arg), void *arg) MUST_USE;

/* Inside a job: the event that is stored with it. At least once per job. */
Err commit_audit(Ctx *c, const AuditEvent *event) MUST_USE;
/* Logs that a citizen's data were read: stored by the next group commit. Waits
 * while the queue is full. ERR_BUSY: the writer has stopped. Tenant: c's. */
Err commit_log_read(Ctx *c, const AuditEvent *event) MUST_USE;

typedef struct {
	int64_t entries;        /* read, and found to fit */
	int64_t broken;         /* seq of the first entry that does not fit; 0: none */
	int64_t broken_last;    /* it may be any from `broken` to this one; the same where it is known */
	unsigned char head[32]; /* hash of the last that fits */
} AuditCheck;

/* Walks the chain of c->tenant inside a read: every seq from 1 without gap,
 * every hash, and the head. A chain reckoned anew from some entry on, or cut
 * off at the end together with the head row, can only be seen by comparing
 * with heads noted elsewhere (db/witness.h). */
Err audit_verify(Ctx *c, AuditCheck *out) MUST_USE;

#endif
