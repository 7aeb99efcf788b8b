/* sheet: what a company is told about a citizen, and what it answers.
 *
 * Owns table sheet. What a sheet says is read each time it is looked at, through
 * consent_disclose: withdrawing a consent empties it at once, and nothing about
 * the citizen is copied into it. A company comes by a link (access/guest.h) and
 * sees its own sheet only. Functions that write run inside a commit job and
 * carry their audit event.
 */
#ifndef FEATURE_SHEET_H
#define FEATURE_SHEET_H

#include "access/consent.h"
#include "base/field.h"
#include "sheet_sql.h"

enum { SHEET_NOTE_MOST = 1000 };

typedef struct {
	int answer; /* SheetAnswer */
	Str note;
} SheetIn;
extern const Form sheet_form;

/* A sheet for the company and a code that opens it; earlier codes of the citizen's for other companies stay. */
Err sheet_make(Ctx *c, ParticipantId who, CompanyId company, Str *code) MUST_USE;
/* Once. CONFLICT: it has been answered; DENIED: the citizen's consent is gone. */
Err sheet_answer(Ctx *c, ParticipantId who, SheetId id, const SheetIn *in) MUST_USE;

#endif
