#include "feature/followup/followup.h"

#include "feature/feature.h"
#include "feature/programme/programme.h"
#include "followup_sql.h"

#include <stdlib.h>

static const EnumRow sides[] = {
	{ "citizen", N_("With the citizen") },
	{ "company", N_("With the company") },
};
const EnumTable followup_side_table = ENUM_TABLE("followup_side", sides);

static const EnumRow states[] = {
	{ "overdue", N_("Overdue") },
	{ "due", N_("Due") },
	{ "soon", N_("Soon") },
	{ "later", N_("Later") },
};
const EnumTable followup_state_table = ENUM_TABLE("followup_state", states);

Date followup_due(FollowupRules rules, int kind, Date starts, Date last)
{
	if (kind == PLACEMENT_INTERNSHIP)
		return last == DATE_NONE ? date_next_workday(starts + rules.internship_days) : DATE_NONE;
	return date_next_workday(date_add_months(last == DATE_NONE ? starts : last, rules.job_months));
}

FollowupState followup_state(Date due, Date today)
{
	if (due < today)
		return FOLLOWUP_OVERDUE;
	if (due <= today + FOLLOWUP_DUE_DAYS)
		return FOLLOWUP_DUE;
	return due <= today + FOLLOWUP_SOON_DAYS ? FOLLOWUP_SOON : FOLLOWUP_LATER;
}

static bool is_followed(const FollowupRow *row)
{
	return (int)row->status != STATUS_DECEASED && (int)row->status != STATUS_MOVED &&
	       (int)row->status != STATUS_OTHER_PROVIDER;
}

static void add_side(FollowupList *list, const FollowupRow *row, FollowupSide side, FollowupRules rules, Date today)
{
	Date last = side == FOLLOWUP_CITIZEN ? row->citizen_last : row->company_last;
	Date due = followup_due(rules, (int)row->kind, row->starts, last);
	if (due == DATE_NONE || followup_state(due, today) == FOLLOWUP_LATER)
		return;
	list->at[list->n++] = (Followup){ .placement = row->placement,
					  .participant = row->participant,
					  .participant_name = row->participant_name,
					  .contact_person = row->contact_person,
					  .contact_person_name = row->contact_person_name,
					  .company = row->company,
					  .company_name = row->company_name,
					  .kind = (int)row->kind,
					  .side = side,
					  .last = last,
					  .due = due,
					  .state = followup_state(due, today) };
}

static int by_due(const void *a, const void *b)
{
	const Followup *x = a, *y = b;
	int by = (x->due > y->due) - (x->due < y->due);
	by = by != 0 ? by : str_cmp(x->participant_name, y->participant_name);
	by = by != 0 ? by : uuid_cmp(x->placement.v, y->placement.v);
	return by != 0 ? by : (int)x->side - (int)y->side;
}

Err followup_list(Ctx *c, ProgrammeId programme, OrganisationId partner, MemberId contact_person, Date today,
		  FollowupList *out)
{
	Programme g;
	FollowupRowList rows;
	RETURN_IF_ERR(programme_get(c, programme, &g));
	RETURN_IF_ERR(followup_open(c, programme, partner, contact_person, today, &rows));
	FollowupRules rules = { (int)g.followup_job_months, (int)g.followup_internship_days };
	*out = (FollowupList){ ARENA_ARRAY(c->arena, 2 * rows.n, Followup), 0 };
	for (size_t i = 0; i < rows.n; i++) {
		if (!is_followed(&rows.at[i]))
			continue;
		rows.at[i].participant_name = feature_name(c, rows.at[i].participant_name);
		add_side(out, &rows.at[i], FOLLOWUP_CITIZEN, rules, today);
		add_side(out, &rows.at[i], FOLLOWUP_COMPANY, rules, today);
	}
	if (out->n > 0)
		qsort(out->at, out->n, sizeof *out->at, by_due);
	return OK;
}
