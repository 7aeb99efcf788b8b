/* layout: what the templates of ui/ show around and between the features. */
#ifndef ACCESS_LAYOUT_H
#define ACCESS_LAYOUT_H

#include "html/html.h"

typedef struct {
	Str path, text;
	bool current;
	bool slow; /* may take more than a second */
} MenuEntry;

typedef struct {
	const MenuEntry *at;
	size_t n;
} MenuEntries;

typedef struct {
	Str title;
	const char *lang, *other_lang; /* "da"; none when there is nothing to switch on */
	const char *other_name;        /* in its own language */
	Str path;                      /* this page, to come back to */
	Str user, csrf;                /* none for visitors */
	bool guest;                    /* a citizen or company, without an account */
	MenuEntries menu;
	Str notice, back, back_text;
	bool failed, wide, bare, made_up;
	/* What browsers tell versions of the assets by. */
	Str icon, dkfds_css, dkfds_js, style, layout, htmx, script;
	const char *version;
} Layout;

typedef enum { SHAPE_LINE, SHAPE_NOTE, SHAPE_SELECT, SHAPE_RADIO, SHAPE_CHECK, SHAPE_HIDDEN, SHAPE_GROUP } FieldShape;

typedef struct {
	Str value, label;
	bool selected;
} FieldChoice;

typedef struct {
	const FieldChoice *at;
	size_t n;
} FieldChoices;

typedef struct {
	const struct FieldModel *at;
	size_t n;
} FieldModels;

/* One field of a form as it is shown, or a group of them. */
typedef struct FieldModel {
	FieldShape shape;
	const char *name, *id;
	const char *type; /* of the input element */
	const char *inputmode, *autocomplete;
	const char *lang; /* of what is typed, where the field says so; NULL: the page's */
	Str label, hint, error, value;
	Str described; /* ids of hint and error */
	bool required, mark_required, checked, empty_choice, filters, narrow;
	int most;
	FieldChoices choices;
	Str find, find_typed, find_told; /* how others are found; none: these are all */
	Str action;                      /* of the form */
	FieldModels fields;              /* of a group, whose heading is the label */
} FieldModel;

typedef struct {
	Str target; /* id to jump to; none: concerns the whole */
	Str label, message;
} ProblemModel;

typedef struct {
	const ProblemModel *at;
	size_t n;
} ProblemModels;

typedef struct {
	Str action, cancel, submit, csrf, way;
	const char *way_text; /* translated; with `way` */
	bool search, upload, in_place, finds;
	FieldModels fields;
	ProblemModels problems;
} FormModel;

/* What stood in a field of a form that could not be taken. */
typedef struct {
	const char *name;
	Str label, text;
} TypedModel;

typedef struct {
	const TypedModel *at;
	size_t n;
} TypedModels;

typedef struct {
	Str heading, message;
	ProblemModels problems;
	TypedModels typed;
	Str next;               /* where the login page leads on to; may be none */
	Str first;              /* what has to be done before; may be none */
	bool to_login, to_door; /* the staff's, or that of citizens and companies */
	bool not_stored;        /* something was to be, and nothing of it is given back */
} ErrorModel;

#endif
