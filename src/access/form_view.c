#include "access/inside.h"

#include "base/danish.h"
#include "form_html.h"

#include <stdlib.h>
#include <string.h>

enum { RADIO_MOST = 4, NOTE_MOST = 4000, LINE_MOST = 200 };

/* A form while its model is made. */
typedef struct {
	Ctx *c;
	Request *r;
	const FormView *view;
} Making;

static bool is_named(const char *const *names, const Field *f)
{
	for (const char *const *name = names; name != NULL && *name != NULL; name++)
		if (strcmp(*name, f->name) == 0)
			return true;
	return false;
}

/* The first problem of a field. */
static Str error_of(const Ctx *c, const char *name)
{
	size_t shown = c->problem_count < PROBLEMS_MOST ? c->problem_count : PROBLEMS_MOST;
	for (size_t i = 0; i < shown; i++)
		if (str_eq_z(c->problems[i].field, name))
			return c->problems[i].message;
	return STR_NONE;
}

/* What stands in the field: what was typed before, or the value given. */
static Str value_of(const Making *m, const Field *f)
{
	if (f->type == FIELD_SECRET)
		return STR("");
	if (m->r->again != 0) {
		Str typed = request_typed(m->r, f->name);
		return str_is_none(typed) ? STR("") : typed;
	}
	return m->view->values == NULL ? STR("") : field_text(m->c, f, m->view->values, true);
}

static FieldChoices enum_choices(const Making *m, const EnumTable *t, Str value)
{
	FieldChoice *at = ARENA_ARRAY(m->c->arena, (size_t)t->n, FieldChoice);
	for (int i = 0; i < t->n; i++) {
		Str code = enum_code(t, i);
		at[i] = (FieldChoice){ code, str_of(enum_text(m->c->lang, t, i)), str_eq(code, value) };
	}
	return (FieldChoices){ at, (size_t)t->n };
}

typedef struct {
	Str key; /* sorts as Danes do: æ, ø and å last */
	const Municipality *of;
} Place;

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const Place *)a)->key, ((const Place *)b)->key);
}

/* By name, as people look for them, not by their codes. */
static FieldChoices municipality_choices(const Making *m, Str value)
{
	Arena *arena = m->c->arena;
	FieldChoice *at = ARENA_ARRAY(arena, municipality_count, FieldChoice);
	Place *places = ARENA_ARRAY(arena, municipality_count, Place);
	for (size_t i = 0; i < municipality_count; i++)
		places[i] = (Place){ danish_sort_key(arena, str_of(municipalities[i].name)), &municipalities[i] };
	qsort(places, municipality_count, sizeof *places, by_key);
	for (size_t i = 0; i < municipality_count; i++) {
		Str code = str_printf(arena, "%d", places[i].of->code);
		at[i] = (FieldChoice){ code, str_of(places[i].of->name), str_eq(code, value) };
	}
	return (FieldChoices){ at, municipality_count };
}

static const FormOptions *options_of(const FormView *view, const Field *f)
{
	for (size_t i = 0; i < view->option_count; i++)
		if (strcmp(view->options[i].field, f->name) == 0)
			return &view->options[i];
	return NULL;
}

static Str action_of(const Making *m)
{
	return str_is_none(m->view->action) ? m->r->x->in.path : m->view->action;
}

static FieldChoices option_choices(const Making *m, const FormOptions *options, Str value)
{
	FieldChoice *at = ARENA_ARRAY(m->c->arena, options->n, FieldChoice);
	for (size_t i = 0; i < options->n; i++)
		at[i] = (FieldChoice){ options->items[i].value, options->items[i].label,
				       str_eq(options->items[i].value, value) };
	return (FieldChoices){ at, options->n };
}

static void shape_find(const Making *m, const FormOptions *options, FieldModel *out)
{
	if (options->find == NULL)
		return;
	out->find = str_of(options->find);
	out->find_typed = options->typed;
	out->action = action_of(m);
	if (options->more)
		out->find_told = str_printf(
			m->c->arena, T(m->c->lang, "The first %zu are shown. Type more of the name."), options->n);
	else if (!str_is_empty(options->typed))
		out->find_told = str_printf(m->c->arena, T(m->c->lang, "%zu to choose from."), options->n);
}

static void shape_choices(const Making *m, const Field *f, FieldModel *out)
{
	const FormOptions *options = options_of(m->view, f);
	if (options != NULL) {
		out->choices = option_choices(m, options, out->value);
		shape_find(m, options, out);
	} else if (f->type == FIELD_ENUM)
		out->choices = enum_choices(m, f->choices, out->value);
	else
		out->choices = municipality_choices(m, out->value);
	bool few = f->type == FIELD_ENUM && options == NULL && f->required && out->choices.n <= RADIO_MOST;
	out->shape = few && !m->view->search ? SHAPE_RADIO : SHAPE_SELECT;
	out->empty_choice =
		out->shape == SHAPE_SELECT && (!f->required || out->value.len == 0) && !is_named(m->view->chosen, f);
	out->filters = m->view->search;
}

static void shape_line(const Field *f, FieldModel *out)
{
	out->most = f->most > 0 ? f->most : LINE_MOST;
	switch (f->type) {
	case FIELD_EMAIL: out->type = "email"; break;
	case FIELD_PHONE: out->type = "tel"; break;
	case FIELD_SECRET: out->type = "password"; break;
	case FIELD_DATE: out->type = "date"; break;
	case FIELD_TIME: out->type = "datetime-local"; break;
	case FIELD_CPR:
	case FIELD_CVR:
	case FIELD_P_NUMBER:
	case FIELD_INT: out->inputmode = "numeric"; break;
	case FIELD_REAL: out->inputmode = "decimal"; break;
	default: return;
	}
	out->narrow = f->type != FIELD_EMAIL && f->type != FIELD_SECRET;
	if (f->type == FIELD_DATE || f->type == FIELD_TIME)
		out->most = 0;
}

static void shape(const Making *m, const Field *f, FieldModel *out)
{
	out->type = "text";
	if (is_named(m->view->hidden, f))
		out->shape = SHAPE_HIDDEN;
	else if (f->type == FIELD_ENUM || f->type == FIELD_MUNICIPALITY || options_of(m->view, f) != NULL)
		shape_choices(m, f, out);
	else if (f->type == FIELD_BOOL)
		out->shape = SHAPE_CHECK;
	else if (f->type == FIELD_NOTE)
		out->shape = SHAPE_NOTE;
	else
		shape_line(f, out);
	if (out->shape == SHAPE_NOTE)
		out->most = f->most > 0 ? f->most : NOTE_MOST;
}

static const char *autocomplete_of(const FormView *view, const Field *f)
{
	for (const char *const *a = view->autocomplete; a != NULL && *a != NULL; a += 2)
		if (strcmp(*a, f->name) == 0)
			return a[1];
	return f->type == FIELD_SECRET ? "current-password" : NULL;
}

/* The ids of the hint and the error, as form_notes gives them. */
static Str described_by(Ctx *c, const FieldModel *f)
{
	bool hint = f->hint.len > 0, error = f->error.len > 0;
	return str_printf(c->arena, "%s%s%s%s%s", hint ? f->id : "", hint ? "-hint" : "", hint && error ? " " : "",
			  error ? f->id : "", error ? "-error" : "");
}

static FieldModel field_model(const Making *m, const Field *f)
{
	Ctx *c = m->c;
	FieldModel out = { .name = f->name,
			   .id = f->name,
			   .label = str_of(T(c->lang, f->label)),
			   .hint = f->hint == NULL ? STR_NONE : str_of(T(c->lang, f->hint)),
			   .error = m->r->again != 0 ? error_of(c, f->name) : STR_NONE,
			   .value = value_of(m, f),
			   .required = f->required && !m->view->search };
	out.checked = str_eq_z(out.value, "true");
	out.mark_required = out.required;
	out.described = described_by(c, &out);
	if (str_ends(str_of(f->name), STR("_en")))
		out.lang = "en"; /* read aloud as such */
	out.autocomplete = autocomplete_of(m->view, f);
	shape(m, f, &out);
	return out;
}

ProblemModels page_problem_models(Ctx *c, const Form *form)
{
	size_t n = c->problem_count < PROBLEMS_MOST ? c->problem_count : PROBLEMS_MOST;
	ProblemModel *at = ARENA_ARRAY(c->arena, n, ProblemModel);
	for (size_t i = 0; i < n; i++) {
		const Problem *p = &c->problems[i];
		const Field *f = form == NULL ? NULL : form_field(form, p->field);
		const char *label = f == NULL ? NULL : f->type == FIELD_BOOL && f->group != NULL ? f->group : f->label;
		at[i] = (ProblemModel){ f == NULL ? STR_NONE : p->field,
					f == NULL ? p->field : str_of(T(c->lang, label)), p->message };
	}
	return (ProblemModels){ at, n };
}

/* A problem of a field that is not shown concerns the whole form. */
static ProblemModels shown_problems(const Making *m)
{
	ProblemModels all = page_problem_models(m->c, m->view->form);
	ProblemModel *at = ARENA_ARRAY(m->c->arena, all.n, ProblemModel);
	for (size_t i = 0; i < all.n; i++) {
		const Field *f = form_field(m->view->form, all.at[i].target);
		at[i] = all.at[i];
		if (f != NULL && is_named(m->view->hidden, f))
			at[i].target = STR_NONE;
	}
	return (ProblemModels){ at, all.n };
}

/* Of several forms on a page the one that was refused. */
static bool is_sent(const Making *m)
{
	return m->r->route == NULL || m->r->route->form == NULL || m->r->route->form == m->view->form;
}

static bool same_group(const Field *a, const Field *b)
{
	return a->group != NULL && b->group != NULL && strcmp(a->group, b->group) == 0;
}

/* What is wrong with a tick of a group is wrong with the choice as a whole, and stands at the group: the first such. */
static void error_to_group(const Making *m, const Field *fields, FieldModel *at, FieldModel *group)
{
	for (size_t i = 0; i < group->fields.n; i++) {
		if (fields[i].type != FIELD_BOOL || at[i].error.len == 0)
			continue;
		if (group->error.len == 0)
			group->error = at[i].error;
		at[i].error = STR_NONE;
		at[i].described = described_by(m->c, &at[i]);
	}
	group->id = str_printf(m->c->arena, "%s-group", at[0].id).ptr;
	group->described = described_by(m->c, group);
}

/* The models with those of one group as one. */
static FieldModels grouped(const Making *m, FieldModel *at)
{
	const Form *form = m->view->form;
	FieldModel *out = ARENA_ARRAY(m->c->arena, form->n, FieldModel);
	size_t n = 0;
	for (size_t i = 0, end; i < form->n; i = end) {
		const Field *first = &form->fields[i];
		end = i + 1;
		if (first->group == NULL || is_named(m->view->hidden, first)) {
			out[n++] = at[i];
			continue;
		}
		while (end < form->n && same_group(first, &form->fields[end]))
			end++;
		out[n] = (FieldModel){ .shape = SHAPE_GROUP,
				       .label = str_of(T(m->c->lang, first->group)),
				       .fields = { &at[i], end - i } };
		error_to_group(m, first, &at[i], &out[n++]);
	}
	return (FieldModels){ out, n };
}

static FormModel form_model(const Making *m)
{
	Ctx *c = m->c;
	const FormView *v = m->view;
	FieldModel *at = ARENA_ARRAY(c->arena, v->form->n, FieldModel);
	for (size_t i = 0; i < v->form->n; i++)
		at[i] = field_model(m, &v->form->fields[i]);
	bool finds = false;
	for (size_t i = 0; i < v->form->n; i++)
		finds = finds || at[i].find.len > 0;
	FormModel out = { .action = action_of(m),
			  .cancel = v->cancel,
			  .way = v->way,
			  .way_text = v->way_text,
			  .submit = str_of(v->submit == NULL ? T(c->lang, "Save") : v->submit),
			  .csrf = page_csrf(m->r),
			  .search = v->search,
			  .upload = v->upload,
			  .finds = finds,
			  .in_place = v->in_place,
			  .fields = grouped(m, at) };
	if (m->r->again != 0 && is_sent(m))
		out.problems = shown_problems(m);
	if (m->r->again == 409 && is_sent(m) && out.problems.n == 0) {
		ProblemModel *changed = ARENA_NEW(c->arena, ProblemModel);
		changed->message = str_of(page_error_message(c, 409));
		out.problems = (ProblemModels){ changed, 1 };
	}
	return out;
}

void page_form(Ctx *c, Request *r, Html *h, const FormView *view)
{
	Making m = { c, r, view };
	FormModel model = form_model(&m);
	form_html(h, &model);
}

void page_fields(Ctx *c, Request *r, Html *h, const FormView *view)
{
	Making m = { c, r, view };
	FormModel model = form_model(&m);
	form_fields_html(h, &model);
}

void page_problems(Ctx *c, Html *h, const Form *form)
{
	FormModel model = { .problems = page_problem_models(c, form) };
	form_problems_html(h, &model);
}
