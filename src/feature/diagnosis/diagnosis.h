/* diagnosis: a citizen's diagnosis, where the programme writes diagnoses down and the citizen has said yes.
 *
 * Owns tables diagnosis and diagnosis_switch. A programme begins without:
 * its manager turns it on. The staff reads by diagnosis_read alone, whose
 * statement finds nothing unless the programme has it turned on and the
 * citizen's consent covers the day. It has no other ground to stand on:
 * withdrawing the consent erases it in the same commit (access/consent.h), and
 * so does turning it off. It goes into no sheet, report, list or export but the
 * citizen's own data. Functions that write run inside a commit job and carry
 * their audit events. Results live in c->arena.
 */
#ifndef FEATURE_DIAGNOSIS_H
#define FEATURE_DIAGNOSIS_H

#include "base/field.h"
#include "diagnosis_sql.h"

enum { DIAGNOSIS_MOST = 2000, DIAGNOSIS_WHY_MOST = 500 };

typedef struct {
	Str words;
	bool erase;      /* what stands there, whatever the words are */
	int64_t version; /* of what is changed; INT_NONE: nothing stands there yet */
} DiagnosisIn;
extern const Form diagnosis_form;

typedef struct {
	bool on;
	int64_t erases; /* how many the page said are erased by turning it off */
	Str why;
} DiagnosisSwitchIn;
extern const Form diagnosis_switch_form;

/* DENIED, with the reason, unless the programme has it turned on and the citizen says yes today. */
Err diagnosis_need(Ctx *c, ParticipantId who) MUST_USE;
/* As diagnosis_need. INVALID: no words, and nothing is to be erased; CONFLICT: in->version is not the stored one. */
Err diagnosis_write(Ctx *c, ParticipantId who, const DiagnosisIn *in) MUST_USE;

/* Whether the programme writes diagnoses down, and of how many something stands. */
Err diagnosis_state(Ctx *c, ProgrammeId programme, bool *on, int64_t *stored) MUST_USE;
/* Turning it off erases all. NOT_FOUND: there is no such programme; CONFLICT: it is so already, or another number
 * stands than in->erases. */
Err diagnosis_turn(Ctx *c, ProgrammeId programme, const DiagnosisSwitchIn *in) MUST_USE;

#endif
