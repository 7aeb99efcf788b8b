#include "feature/sheet/sheet.h"

#include "access/guest.h"
#include "feature/feature.h"

static const EnumRow answers[] = {
	{ "talk", N_("We would like to talk") },
	{ "later", N_("Not now, ask again later") },
	{ "no", N_("No") },
};
const EnumTable sheet_answer_table = ENUM_TABLE("sheet_answer", answers);

static const Field fields[] = {
	FIELD(SheetIn, answer, FIELD_ENUM, N_("Your answer"), .required = true, .choices = &sheet_answer_table),
	FIELD(SheetIn, note, FIELD_NOTE, N_("Anything else"), .most = SHEET_NOTE_MOST, .encrypted = true,
	      .hint = N_("For instance whom to call, and when")),
};
const Form sheet_form = FORM("sheet", SheetIn, fields);

Err sheet_make(Ctx *c, ParticipantId who, CompanyId company, Str *code)
{
	Sheet row = { .id = { uuid_v7(c->clock, c->random) },
		      .participant = who,
		      .company = company,
		      .made = clock_now(c->clock),
		      .made_by = feature_actor_name(c) };
	Time archived = TIME_NONE;
	RETURN_IF_ERR(sheet_archived(c, who, &archived));
	if (archived != TIME_NONE)
		return refuse(c, NULL, "%s", T(c->lang, "The citizen is archived: no company gets a sheet."));
	RETURN_IF_ERR(sheet_insert(c, &row));
	RETURN_IF_ERR(guest_invite(c, ROLE_COMPANY, who, row.id, code));
	return feature_audit(c, "sheet.make", "sheet", row.id.v, who);
}

Err sheet_answer(Ctx *c, ParticipantId who, SheetId id, const SheetIn *in)
{
	SheetLine sheet;
	int64_t n = 0;
	RETURN_IF_ERR(sheet_get(c, id, who, &sheet));
	RETURN_IF_ERR(consent_need(c, who, CONSENT_CONTACT_COMPANY, sheet.company.v));
	Str note = str_is_empty(in->note) ? STR_NONE : in->note;
	RETURN_IF_ERR(sheet_set_answer(c, id, who, (SheetAnswer)in->answer, note, clock_now(c->clock), &n));
	if (n == 0)
		return feature_conflict(c, NULL, T(c->lang, "The sheet has been answered already."));
	return feature_audit(c, "sheet.answer", "sheet", id.v, who);
}
