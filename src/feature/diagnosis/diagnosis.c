#include "feature/diagnosis/diagnosis.h"

#include "feature/feature.h"
#include "feature/programme/programme.h"

static const Field fields[] = {
	FIELD(DiagnosisIn, words, FIELD_NOTE, N_("Diagnosis"), .most = DIAGNOSIS_MOST, .encrypted = true),
	FIELD(DiagnosisIn, erase, FIELD_BOOL, N_("Yes, erase the diagnosis for good"),
	      .hint = N_("Nobody can bring it back")),
	FIELD(DiagnosisIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form diagnosis_form = FORM("diagnosis", DiagnosisIn, fields);

static const Field switch_fields[] = {
	FIELD(DiagnosisSwitchIn, on, FIELD_BOOL, N_("Diagnoses may be written down")),
	FIELD(DiagnosisSwitchIn, erases, FIELD_INT, N_("How many are erased"), .required = true, .max = 1e9),
	FIELD(DiagnosisSwitchIn, why, FIELD_TEXT, N_("Why"), .required = true, .most = DIAGNOSIS_WHY_MOST),
};
const Form diagnosis_switch_form = FORM("diagnosis_switch", DiagnosisSwitchIn, switch_fields);

Err diagnosis_need(Ctx *c, ParticipantId who)
{
	int64_t may = 0;
	RETURN_IF_ERR(diagnosis_may(c, who, clock_today(c->clock), &may));
	if (may > 0)
		return OK;
	(void)refuse(c, NULL, "%s", T(c->lang, "Diagnoses are not written down here."));
	return ERR_DENIED;
}

/* Over what stands there. */
static Err replace(Ctx *c, const Diagnosis *old, const Diagnosis *row, bool erase)
{
	int64_t changed = 0;
	RETURN_IF_ERR(feature_check_version(c, row->version, old->version, old->changed, old->changed_by));
	if (erase)
		RETURN_IF_ERR(diagnosis_delete(c, row->participant, row->version, &changed));
	else
		RETURN_IF_ERR(diagnosis_update(c, row, &changed));
	return feature_check_changed(c, changed);
}

Err diagnosis_write(Ctx *c, ParticipantId who, const DiagnosisIn *in)
{
	Diagnosis old, row = { .participant = who,
			       .words = str_trim(in->words),
			       .version = in->version,
			       .changed = clock_now(c->clock),
			       .changed_by = actor_login(c) };
	RETURN_IF_ERR(diagnosis_need(c, who));
	Err e = diagnosis_read(c, who, clock_today(c->clock), &old);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	bool erase = e == OK && in->erase;
	if (!erase && str_is_empty(row.words))
		return refuse(c, "words", "%s",
			      e == OK ? T(c->lang, "Write something, or tick that the diagnosis is to be erased.")
				      : T(c->lang, "This must be filled in."));
	if (e == OK) {
		RETURN_IF_ERR(replace(c, &old, &row, erase));
	} else {
		RETURN_IF_ERR(feature_check_changed(c, in->version == INT_NONE)); /* erased since */
		row.version = 1;
		RETURN_IF_ERR(diagnosis_insert(c, &row));
	}
	return feature_audit(c, erase ? "diagnosis.erase" : "diagnosis.write", "participant", who.v, who);
}

Err diagnosis_state(Ctx *c, ProgrammeId programme, bool *on, int64_t *stored)
{
	DiagnosisSwitchList switches;
	DiagnosisWhoList people;
	RETURN_IF_ERR(diagnosis_switches(c, programme, &switches));
	RETURN_IF_ERR(diagnosis_people(c, programme, &people));
	*on = switches.n > 0 && switches.at[0].turned_on;
	*stored = (int64_t)people.n;
	return OK;
}

/* Every citizen is told that it happened. */
static Err erase_all(Ctx *c, ProgrammeId programme, int64_t *erased)
{
	DiagnosisWhoList people;
	RETURN_IF_ERR(diagnosis_people(c, programme, &people));
	RETURN_IF_ERR(diagnosis_delete_all(c, programme));
	for (size_t i = 0; i < people.n; i++)
		RETURN_IF_ERR(feature_audit(c, "diagnosis.erase", "participant", people.at[i].participant.v,
					    people.at[i].participant));
	*erased = (int64_t)people.n;
	return OK;
}

Err diagnosis_turn(Ctx *c, ProgrammeId programme, const DiagnosisSwitchIn *in)
{
	bool on;
	int64_t stored;
	DiagnosisSwitchList switches;
	Programme g;
	RETURN_IF_ERR(programme_get(c, programme, &g));
	RETURN_IF_ERR(diagnosis_state(c, programme, &on, &stored));
	if (on == in->on)
		return feature_conflict(c, NULL, T(c->lang, "It is so already."));
	if (!in->on && stored != in->erases)
		return feature_conflict(c, NULL,
					T(c->lang, "Another number would be erased by now. Load the page again."));
	RETURN_IF_ERR(diagnosis_switches(c, programme, &switches));
	DiagnosisSwitch row = { .programme = programme,
				.seq = switches.n > 0 ? switches.at[0].seq + 1 : 1,
				.turned_on = in->on,
				.why = in->why,
				.at = clock_now(c->clock),
				.changed_by = actor_login(c) };
	if (!in->on)
		RETURN_IF_ERR(erase_all(c, programme, &row.erased));
	RETURN_IF_ERR(diagnosis_switch_insert(c, &row));
	return feature_audit(c, in->on ? "diagnosis.on" : "diagnosis.off", "programme", programme.v, NOBODY);
}
