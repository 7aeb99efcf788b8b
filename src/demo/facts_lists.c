#include "demo/facts_table.h"

static Err activity_row(FactLoader *l, const Csv *csv)
{
	Facts *f = l->f;
	Arena *a = l->c->arena;
	if (!f->activities)
		f->activities = ARENA_ARRAY(a, l->rows, FactActivity);
	FactActivity *x = &f->activities[f->activity_count++];
	x->kind = str_dup(a, facts_field(l, csv, 0));
	x->organisation = -1;
	Str organisation = facts_field(l, csv, 1);
	for (int i = 0; i < f->organisation_count; i++)
		if (str_eq(organisation, f->organisations[i].name))
			x->organisation = i;
	if (!str_is_empty(organisation) && x->organisation < 0)
		return csv_refuse(csv, l->column[1], "%s", T(l->c->lang, "No organisation has this name"));
	if (!date_parse(facts_field(l, csv, 2), &x->day) || x->day < f->start || x->day > f->end)
		return csv_refuse(csv, l->column[2], "%s", T(l->c->lang, "A day within the programme is needed"));
	x->held = str_eq_z(facts_field(l, csv, 3), "yes");
	x->title_da = str_dup(a, facts_field(l, csv, 4));
	x->title_en = str_dup(a, facts_field(l, csv, 5));
	return OK;
}

static Err goal_row(FactLoader *l, const Csv *csv)
{
	Facts *f = l->f;
	if (!f->goals)
		f->goals = ARENA_ARRAY(l->c->arena, l->rows, FactGoal);
	FactGoal *g = &f->goals[f->goal_count++];
	Str *texts[] = { &g->code,       &g->level,          &g->what,           &g->target,
			 &g->target_was, &g->target_changed, &g->reported,       &g->reported_status,
			 &g->note,       &g->wording_da,     &g->wording_en,     &g->unit,
			 &g->proxy_da,   &g->proxy_en,       &g->decided_by,     &g->decided_by_en,
			 &g->changed_by, &g->changed_by_en,  &g->changed_why_da, &g->changed_why_en };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		*texts[i] = str_dup(l->c->arena, facts_field(l, csv, (int)i));
	return OK;
}

static int node_of(const Facts *f, Str code)
{
	for (int i = 0; i < f->node_count; i++)
		if (str_eq(f->nodes[i].code, code))
			return i;
	return -1;
}

static Err arrow_row(FactLoader *l, const Csv *csv)
{
	Facts *f = l->f;
	FactArrow *x = &f->arrows[f->arrow_count++];
	x->from = node_of(f, facts_field(l, csv, 1));
	x->to = node_of(f, facts_field(l, csv, 2));
	if (x->from < 0 || x->to < 0)
		return csv_refuse(csv, l->column[x->from < 0 ? 1 : 2], "%s",
				  T(l->c->lang, "No node above has this code"));
	x->assumption_da = str_dup(l->c->arena, facts_field(l, csv, 4));
	x->assumption_en = str_dup(l->c->arena, facts_field(l, csv, 5));
	return OK;
}

static Err theory_row(FactLoader *l, const Csv *csv)
{
	Facts *f = l->f;
	Arena *a = l->c->arena;
	if (!f->nodes) {
		f->nodes = ARENA_ARRAY(a, l->rows, FactNode);
		f->arrows = ARENA_ARRAY(a, l->rows, FactArrow);
	}
	if (str_eq_z(facts_field(l, csv, 0), "arrow"))
		return arrow_row(l, csv);
	Str code = facts_field(l, csv, 1);
	if (node_of(f, code) >= 0)
		return csv_refuse(csv, l->column[1], "%s", T(l->c->lang, "A node with this code stands above"));
	FactNode *n = &f->nodes[f->node_count++];
	n->code = str_dup(a, code);
	n->level = str_dup(a, facts_field(l, csv, 3));
	n->text_da = str_dup(a, facts_field(l, csv, 4));
	n->text_en = str_dup(a, facts_field(l, csv, 5));
	n->goals = str_dup(a, facts_field(l, csv, 6));
	return OK;
}

static Err name_row(FactLoader *l, const Csv *csv)
{
	Str kind = facts_field(l, csv, 0);
	FactList *list = str_eq_z(kind, "female") ? &l->f->female
			 : str_eq_z(kind, "male") ? &l->f->male
						  : &l->f->surnames;
	if (!list->items)
		list->items = ARENA_ARRAY(l->c->arena, l->rows, Str);
	list->items[list->n++] = str_dup(l->c->arena, facts_field(l, csv, 1));
	return OK;
}

static Err company_row(FactLoader *l, const Csv *csv)
{
	Facts *f = l->f;
	Arena *a = l->c->arena;
	if (!f->firsts) {
		f->firsts = ARENA_ARRAY(a, l->rows, FactCompanyPart);
		f->trades = ARENA_ARRAY(a, l->rows, FactCompanyPart);
	}
	Str text = str_dup(a, facts_field(l, csv, 1));
	if (str_eq_z(facts_field(l, csv, 0), "first")) {
		f->firsts[f->first_count++].first = text;
		return OK;
	}
	FactCompanyPart *p = &f->trades[f->trade_count++];
	p->trade = text;
	p->branch = str_dup(a, facts_field(l, csv, 2));
	p->branch_name = str_dup(a, facts_field(l, csv, 3));
	RETURN_IF_ERR(facts_int(l, csv, 4, &p->employees_least));
	return facts_int(l, csv, 5, &p->employees_most);
}

static Err note_row(FactLoader *l, const Csv *csv)
{
	Facts *f = l->f;
	Arena *a = l->c->arena;
	if (!f->notes)
		f->notes = ARENA_ARRAY(a, l->rows, FactNote);
	FactNote *n = &f->notes[f->note_count++];
	n->purpose = str_dup(a, facts_field(l, csv, 0));
	n->kind = str_dup(a, facts_field(l, csv, 1));
	n->when = str_dup(a, facts_field(l, csv, 2));
	n->text = str_dup(a, facts_field(l, csv, 3));
	return OK;
}

Err facts_read_lists(FactLoader *l)
{
	RETURN_IF_ERR(
		facts_each_row(l, "activities.csv", "kind organisation day held title_da title_en", activity_row));
	RETURN_IF_ERR(facts_each_row(l, "goals.csv",
				     "code level what_is_measured target target_was target_changed reported "
				     "reported_status note wording_da wording_en unit proxy_da proxy_en "
				     "decided_by decided_by_en changed_by changed_by_en changed_why_da changed_why_en",
				     goal_row));
	RETURN_IF_ERR(facts_each_row(l, "theory.csv", "row code to level text_da text_en goals", theory_row));
	RETURN_IF_ERR(facts_each_row(l, "../names.csv", "kind name", name_row));
	RETURN_IF_ERR(facts_each_row(l, "../companies.csv", "part text branch branch_da employees_least employees_most",
				     company_row));
	RETURN_IF_ERR(facts_each_row(l, "../notes.csv", "purpose kind when note", note_row));
	const Facts *f = l->f;
	if (f->female.n == 0 || f->male.n == 0 || f->surnames.n == 0 || f->first_count == 0 || f->trade_count == 0 ||
	    f->note_count == 0)
		return refuse(l->c, "", "%s",
			      T(l->c->lang, "The lists of names, companies and notes are not complete"));
	return OK;
}
