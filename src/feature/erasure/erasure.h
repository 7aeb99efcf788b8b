/* erasure: a person is taken out of everything that is kept, and the programme's numbers stand.
 *
 * In this order, so that no half erasure can be forgotten:
 *   1. it is noted in a file outside register and key store (db/erasures.h);
 *   2. the person's key is destroyed: what was sealed with it opens nowhere any
 *      more, in no copy of the register either;
 *   3. in one audited commit the rows lose what describes the person.
 * What died in between is carried out by erasure_finish, which the server does
 * when it starts. Someone erased reads as nobody in the meantime.
 *
 * What stays in 3 (erasure_fates.c, column by column). A name, a number and a
 * note are gone with the key; what could still tell who a row is about are the
 * day of birth, the municipality, the company and the hour somebody was seen
 * there, and which colleague or mentor that was. They go. What the published
 * numbers are computed from stays, as rows under an identifier that means
 * nothing: gender, age in years when admitted, unit, days and codes of
 * statuses, kinds and days of placements and contacts, choices among answers.
 * Somebody who knows all these days of a person by heart could still find the
 * row, so it is pseudonymous, not anonymous, and may be used for statistics
 * only (databeskyttelsesloven § 10; GDPR art. 17(3)(d), 89): no page shows it
 * as a person's, no form takes it. A programme that may not keep even that (an
 * NGO whose consent does not cover statistics) says so in its rule, keeps
 * "nothing": then every row goes, and the numbers become smaller. The audit
 * keeps the identifier: that somebody was looked at has to stay told.
 *
 * Calls are made outside reads and commits. Results live in c->arena.
 */
#ifndef FEATURE_ERASURE_H
#define FEATURE_ERASURE_H

#include "base/field.h"
#include "erasure_sql.h"
#include "feature/erasure/erasure_codes.h"

enum { ERASURE_REASON_MOST = 200 };

typedef struct {
	bool confirm;
	Str reason; /* for the audit, without names; may be none */
} ErasureIn;
extern const Form erasure_form;

/* Erases a participant, a mentor, or somebody who was referred and not admitted; with the person go the referrals of
 * the same CPR number to the programme that led to no admission, each with its own key. NOT_FOUND: there is none, or no
 * longer; INVALID: a municipality's, which may not delete what the archives' authority has not released (its rule says
 * archive); IO: it could not be noted, and nothing has happened. What goes wrong later is left for erasure_finish. */
Err erasure_run(Ctx *c, Uuid person, Str reason) MUST_USE;
/* Several rows whose time is over, and nothing beside them: those who are gone already are passed over. */
Err erasure_run_all(Ctx *c, const Uuid *people, size_t n, Str reason, int64_t *erased) MUST_USE;
/* The same for everybody of a programme, mentors and those referred included. */
Err erasure_run_programme(Ctx *c, ProgrammeId programme, Str reason, int64_t *erased) MUST_USE;
/* Carries out what was noted and not done: after a crash, or because a backup
 * was restored that knows nothing of it. How many that were. */
Err erasure_finish(Ctx *c, int64_t *finished) MUST_USE;
/* Leaves no remains of what was erased in free pages and logs, as far as the
 * engine lets one (docs/developer/backup.md). BUSY: others are reading; try again. */
Err erasure_tidy(Ctx *c) MUST_USE;

/* Inside a read. Everybody has a key, and whoever was erased has none. */
Err erasure_check_keys(Ctx *c, int64_t *checked, int64_t *wrong) MUST_USE;
/* Everything that was noted has been carried out. */
Err erasure_check_noted(Ctx *c, int64_t *checked, int64_t *wrong) MUST_USE;

/* What becomes of a column. */
typedef enum {
	FATE_STAYS,      /* says nothing of the person, or the numbers are computed from it */
	FATE_EMPTIED,    /* no value, or an empty one */
	FATE_COARSER,    /* as exact as the numbers need it */
	FATE_REMOVED,    /* its whole row goes */
	FATE_NOT_THEIRS, /* nothing about a participant or mentor stands in it */
} Fate;

typedef struct {
	const char *table;
	const char *column; /* NULL: every one of the table */
	Fate fate;
} ColumnFate;

/* The one table of it: whoever adds a column about people adds its fate here. Ends with a NULL table. */
extern const ColumnFate erasure_fates[];

#endif
