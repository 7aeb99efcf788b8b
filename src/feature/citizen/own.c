#include "feature/citizen/own.h"

#include "base/danish.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

enum { CHUNK = 500 };

/* Page by page, as they are kept; all of them, however many. */
static Err all_contacts(Ctx *c, ParticipantId who, ContactLineList *out)
{
	ContactCursor from;
	ContactLineList some;
	size_t room = 0;
	*out = (ContactLineList){ 0 };
	RETURN_IF_ERR(contact_cursor_read(c, STR(""), &from));
	do {
		RETURN_IF_ERR(contact_page(c, who, from.at, from.id, CHUNK, &some));
		if (some.n == 0)
			break;
		if (out->n + some.n > room) {
			room = 2 * room + CHUNK;
			ContactLine *at = ARENA_ARRAY(c->arena, room, ContactLine);
			if (out->n > 0)
				memcpy(at, out->at, out->n * sizeof *at);
			out->at = at;
		}
		memcpy(out->at + out->n, some.at, some.n * sizeof *some.at);
		out->n += some.n;
		from = (ContactCursor){ some.at[some.n - 1].at, some.at[some.n - 1].id };
	} while (some.n == CHUNK);
	return OK;
}

static Str said(Ctx *c, const OwnAnswerRow *row)
{
	if (!str_is_none(row->words))
		return row->words;
	if (!isnan(row->number))
		return text_real(c->arena, c->lang, row->number, row->number == floor(row->number) ? 0 : 1);
	return str_is_none(row->label) ? row->choice : row->label;
}

static Err all_answers(Ctx *c, ParticipantId who, OwnAnswers *out)
{
	OwnAnswerRowList rows;
	RETURN_IF_ERR(own_answers(c, who, &rows));
	*out = (OwnAnswers){ ARENA_ARRAY(c->arena, rows.n, OwnAnswer), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		out->at[i] = (OwnAnswer){ rows.at[i].day, rows.at[i].by, rows.at[i].company_name, rows.at[i].asked,
					  said(c, &rows.at[i]) };
	return OK;
}

static Err own_diagnosis(Ctx *c, ParticipantId who, Str *out)
{
	Diagnosis row;
	Err e = diagnosis_own(c, who, &row);
	*out = e == OK ? row.words : STR_NONE;
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err own_login(Ctx *c, ParticipantId who, OidcCitizen *out)
{
	Err e = oidc_citizen_get(c, who, out);
	if (e == ERR_NOT_FOUND)
		*out = (OidcCitizen){ .host = STR_NONE, .created = TIME_NONE };
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err told_by(Ctx *c, const OwnSheet *sheet, OwnSheetLine *out)
{
	Time until = sheet->opened_until == TIME_NONE ? sheet->made : sheet->opened_until, now = clock_now(c->clock);
	if (until > now)
		until = now;
	*out = (OwnSheetLine){ .sheet = *sheet, .answer = ENUM_NONE };
	if (!enum_parse(&sheet_answer_table, sheet->answer, &out->answer))
		out->answer = ENUM_NONE;
	return consent_could_tell(c, sheet->participant, sheet->company, sheet->made, until, &out->told);
}

static Err all_sheets(Ctx *c, ParticipantId who, OwnSheetLines *out)
{
	OwnSheetList rows;
	RETURN_IF_ERR(own_sheets(c, who, &rows));
	*out = (OwnSheetLines){ ARENA_ARRAY(c->arena, rows.n, OwnSheetLine), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		RETURN_IF_ERR(told_by(c, &rows.at[i], &out->at[i]));
	return OK;
}

/* Who came in, what was sent, who came by other ways than the unit. */
static Err around(Ctx *c, ParticipantId who, Own *out)
{
	RETURN_IF_ERR(all_sheets(c, who, &out->sheets));
	RETURN_IF_ERR(own_relations(c, who, &out->relations));
	RETURN_IF_ERR(own_attendance(c, who, &out->attendance));
	RETURN_IF_ERR(own_matches(c, who, &out->matches));
	RETURN_IF_ERR(own_rounds(c, who, &out->rounds));
	RETURN_IF_ERR(own_codes(c, who, &out->codes));
	RETURN_IF_ERR(own_messages(c, who, &out->messages));
	return own_requests(c, who, &out->requests);
}

Err own_collect(Ctx *c, ParticipantId who, Own *out)
{
	*out = (Own){ 0 };
	RETURN_IF_ERR(
		participant_facts(c, who, (ProgrammeId){ UUID_NONE }, (OrganisationId){ UUID_NONE }, &out->facts));
	if (out->facts.municipality != INT_NONE)
		out->municipality = municipality_name(out->facts.municipality);
	RETURN_IF_ERR(status_timeline(c, who, &out->statuses));
	RETURN_IF_ERR(placement_of(c, who, &out->placements));
	RETURN_IF_ERR(all_contacts(c, who, &out->contacts));
	RETURN_IF_ERR(consent_of(c, who, &out->consents));
	RETURN_IF_ERR(consent_noes(c, who, true, clock_today(c->clock), &out->noes));
	RETURN_IF_ERR(own_login(c, who, &out->login));
	RETURN_IF_ERR(own_diagnosis(c, who, &out->diagnosis));
	RETURN_IF_ERR(network_of(c, who, &out->network));
	RETURN_IF_ERR(wish_list(c, who, &out->wishes));
	RETURN_IF_ERR(preference_read(c, who, &out->preference));
	RETURN_IF_ERR(quote_of(c, who, &out->quotes));
	RETURN_IF_ERR(consent_covers(c, who, CONSENT_QUOTES, UUID_NONE, &out->quotes_published));
	RETURN_IF_ERR(referral_story(c, who, &out->story));
	for (size_t i = 0; i < out->story.steps.n; i++)
		out->story.steps.at[i].made_by = STR_NONE; /* names of staff are told after an assessment */
	out->story.origin.user_name = STR_NONE;
	RETURN_IF_ERR(around(c, who, out));
	return all_answers(c, who, &out->answers);
}
