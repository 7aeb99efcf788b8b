#include "base/field.h"

#include "base/danish.h"
#include "base/utf8.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { LINE_MOST = 200, NOTE_MOST = 4000 };

typedef struct {
	Ctx *c;
	const Field *f;
	const FieldSource *source;
	Lang lang;
	char *slot; /* where the value goes */
} Slot;

static Err refuse_field(const Slot *s, const char *message)
{
	return refuse_at(s->c, s->f->name, s->source->row, 0, "%s", message);
}

static void set_none(const Field *f, char *slot)
{
	switch (f->type) {
	case FIELD_DATE: *(Date *)(void *)slot = DATE_NONE; break;
	case FIELD_TIME: *(Time *)(void *)slot = TIME_NONE; break;
	case FIELD_INT:
	case FIELD_MUNICIPALITY: *(int64_t *)(void *)slot = INT_NONE; break;
	case FIELD_REAL: *(double *)(void *)slot = (double)NAN; break;
	case FIELD_BOOL: *(bool *)(void *)slot = false; break;
	case FIELD_ENUM: *(int *)(void *)slot = ENUM_NONE; break;
	case FIELD_ID: *(Uuid *)(void *)slot = UUID_NONE; break;
	default: *(Str *)(void *)slot = STR_NONE; break;
	}
}

static Err take_text(const Slot *s, Str raw)
{
	bool lines = s->f->type == FIELD_NOTE;
	size_t most = s->f->most > 0 ? (size_t)s->f->most : lines ? NOTE_MOST : LINE_MOST;
	if (utf8_length(raw) > most)
		return refuse_at(s->c, s->f->name, s->source->row, 0,
				 T(s->lang, "At most %zu characters are allowed here."), most);
	if (utf8_has_controls(raw) ||
	    (!lines && (str_find(raw, '\n', 0) != SIZE_MAX || str_find(raw, '\r', 0) != SIZE_MAX)))
		return refuse_field(s, T(s->lang, "The text holds characters that cannot be shown."));
	*(Str *)(void *)s->slot = str_dup(s->c->arena, raw);
	return OK;
}

static Err take_email(const Slot *s, Str raw)
{
	size_t at = str_find(raw, '@', 0);
	if (at == SIZE_MAX || at == 0 || str_find(raw, '@', at + 1) != SIZE_MAX || str_find(raw, ' ', 0) != SIZE_MAX ||
	    str_find(raw, '.', at + 2) == SIZE_MAX || raw.ptr[raw.len - 1] == '.')
		return refuse_field(s, T(s->lang, "This is not an e-mail address."));
	return take_text(s, raw);
}

static Err take_phone(const Slot *s, Str raw)
{
	size_t digits = 0;
	for (size_t i = 0; i < raw.len; i++) {
		char ch = raw.ptr[i];
		digits += ch >= '0' && ch <= '9';
		if (!((ch >= '0' && ch <= '9') || ch == ' ' || ch == '-' || (ch == '+' && i == 0)))
			digits = 99;
	}
	if (digits < 8 || digits > 15)
		return refuse_field(s, T(s->lang, "A phone number has 8 to 15 digits."));
	return take_text(s, raw);
}

static Err take_cpr(const Slot *s, Str raw)
{
	Cpr cpr;
	if (!cpr_parse(raw, &cpr))
		return refuse_field(s, T(s->lang, "This is not a CPR number: ten digits, the first six a date."));
	*(Str *)(void *)s->slot = str_dup(s->c->arena, str_of(cpr.digits));
	return OK;
}

static Err take_cvr(const Slot *s, Str raw)
{
	char digits[9];
	if (!cvr_parse(raw, digits))
		return refuse_field(s, T(s->lang, "This is not a CVR number: eight digits with a check digit."));
	*(Str *)(void *)s->slot = str_dup(s->c->arena, str_of(digits));
	return OK;
}

static Err take_p_number(const Slot *s, Str raw)
{
	char digits[11];
	if (!p_number_parse(raw, digits))
		return refuse_field(s, T(s->lang, "A P number has ten digits."));
	*(Str *)(void *)s->slot = str_dup(s->c->arena, str_of(digits));
	return OK;
}

static Err take_limits(const Slot *s, double value)
{
	const Field *f = s->f;
	if ((f->min == 0 && f->max == 0) || (value >= f->min && value <= f->max))
		return OK;
	Str low = text_real(s->c->arena, s->lang, f->min, f->min != floor(f->min));
	Str high = text_real(s->c->arena, s->lang, f->max, f->max != floor(f->max));
	return refuse_at(s->c, f->name, s->source->row, 0, T(s->lang, "Must be from %.*s to %.*s."), STR_ARG(low),
			 STR_ARG(high));
}

static Err take_int(const Slot *s, Str raw)
{
	int64_t n;
	double grouped;
	if (!str_to_int(raw, &n)) {
		if (!s->source->localised || !text_parse_real(s->lang, raw, &grouped) || grouped != floor(grouped) ||
		    fabs(grouped) > 1e15)
			return refuse_field(s, T(s->lang, "This is not a whole number."));
		n = (int64_t)grouped;
	}
	if (n == INT_NONE)
		return refuse_field(s, T(s->lang, "This is not a whole number."));
	RETURN_IF_ERR(take_limits(s, (double)n));
	*(int64_t *)(void *)s->slot = n;
	return OK;
}

static Err take_real(const Slot *s, Str raw)
{
	double x;
	if (!(s->source->localised ? text_parse_real(s->lang, raw, &x) : str_to_real(raw, &x)))
		return refuse_field(s, T(s->lang, "This is not a number."));
	RETURN_IF_ERR(take_limits(s, x));
	*(double *)(void *)s->slot = x;
	return OK;
}

static Err take_municipality(const Slot *s, Str raw)
{
	int64_t code = 0;
	if (!str_to_int(raw, &code)) {
		Str asked = utf8_fold(s->c->arena, raw);
		for (size_t i = 0; i < municipality_count; i++)
			if (str_eq(asked, utf8_fold(s->c->arena, str_of(municipalities[i].name))))
				code = municipalities[i].code;
	}
	if (municipality_name(code) == NULL)
		return refuse_field(s, T(s->lang, "There is no municipality with this code or name."));
	*(int64_t *)(void *)s->slot = code;
	return OK;
}

static Err take_bool(const Slot *s, Str raw)
{
	bool yes = str_eq_z(raw, "true") || str_eq_z(raw, "1") || str_eq_z(raw, "on") || str_eq_z(raw, "ja");
	bool no = str_eq_z(raw, "false") || str_eq_z(raw, "0") || str_eq_z(raw, "nej");
	if (!yes && !no)
		return refuse_field(s, T(s->lang, "Must be yes or no."));
	*(bool *)(void *)s->slot = yes;
	return OK;
}

static Err take_enum(const Slot *s, Str raw)
{
	if (!enum_parse(s->f->choices, raw, (int *)(void *)s->slot))
		return refuse_field(s, T(s->lang, "This is not one of the choices."));
	return OK;
}

/* The id of nothing stands for "no value" inside the program: nobody may send it. */
static Err take_id(const Slot *s, Str raw)
{
	Uuid id;
	if (!uuid_parse(raw, &id) || uuid_is_none(id))
		return refuse_field(s, T(s->lang, "This is not an identifier."));
	*(Uuid *)(void *)s->slot = id;
	return OK;
}

/* Says which days are taken, where the day is one that lies beyond them. */
static Err refuse_day(const Slot *s, Str day, const char *message)
{
	if (!date_is_beyond(day))
		return refuse_field(s, message);
	Str first = text_date(s->c->arena, s->lang, DATE_FIRST), last = text_date(s->c->arena, s->lang, DATE_LAST);
	return refuse_at(s->c, s->f->name, s->source->row, 0, T(s->lang, "Only days from %.*s to %.*s are taken."),
			 STR_ARG(first), STR_ARG(last));
}

static Err take_date(const Slot *s, Str raw)
{
	return date_parse(raw, (Date *)(void *)s->slot) ? OK : refuse_day(s, raw, T(s->lang, "There is no such day."));
}

static Err take_time(const Slot *s, Str raw)
{
	return time_parse(raw, (Time *)(void *)s->slot)
		       ? OK
		       : refuse_day(s, str_sub(raw, 0, 10), T(s->lang, "There is no such time."));
}

static Err take_value(const Slot *s, Str raw)
{
	switch (s->f->type) {
	case FIELD_EMAIL: return take_email(s, raw);
	case FIELD_PHONE: return take_phone(s, raw);
	case FIELD_CPR: return take_cpr(s, raw);
	case FIELD_CVR: return take_cvr(s, raw);
	case FIELD_P_NUMBER: return take_p_number(s, raw);
	case FIELD_DATE: return take_date(s, raw);
	case FIELD_TIME: return take_time(s, raw);
	case FIELD_INT: return take_int(s, raw);
	case FIELD_REAL: return take_real(s, raw);
	case FIELD_MUNICIPALITY: return take_municipality(s, raw);
	case FIELD_BOOL: return take_bool(s, raw);
	case FIELD_ENUM: return take_enum(s, raw);
	case FIELD_ID: return take_id(s, raw);
	default: return take_text(s, raw);
	}
}

Err form_parse(Ctx *c, const Form *form, const FieldSource *source, void *in)
{
	Err worst = OK;
	memset(in, 0, form->size);
	for (size_t i = 0; i < form->n; i++) {
		const Field *f = &form->fields[i];
		Slot s = { c, f, source, c->lang, (char *)in + f->offset };
		bool present = false;
		Str raw = source->get(source, f->name, &present);
		set_none(f, s.slot);
		if (!utf8_valid(raw, NULL)) {
			worst = refuse_field(&s, T(c->lang, "The text is not valid UTF-8."));
			continue;
		}
		if (f->type != FIELD_SECRET)
			raw = str_trim(utf8_visible(c->arena, raw));
		if (!present || raw.len == 0) {
			if (f->required)
				worst = refuse_field(&s, T(c->lang, "This must be filled in."));
			continue;
		}
		Err e = take_value(&s, raw);
		if (e != OK)
			worst = e;
	}
	return worst;
}

static Str text_of_real(Ctx *c, double x, bool localised)
{
	if (isnan(x))
		return STR("");
	Str plain = str_printf(c->arena, "%.10g", x);
	if (!localised || c->lang != LANG_DA)
		return plain;
	char *p = arena_copy(c->arena, plain.ptr, plain.len + 1);
	char *point = memchr(p, '.', plain.len);
	if (point != NULL)
		*point = ',';
	return (Str){ p, plain.len };
}

Str field_text(Ctx *c, const Field *f, const void *in, bool localised)
{
	const char *slot = (const char *)in + f->offset;
	switch (f->type) {
	case FIELD_DATE: return date_iso(c->arena, *(const Date *)(const void *)slot);
	case FIELD_TIME: {
		Time t = *(const Time *)(const void *)slot;
		if (t == TIME_NONE || !localised)
			return time_iso(c->arena, t);
		Str day = date_iso(c->arena, time_date(t)); /* as <input type=datetime-local> takes it */
		return str_printf(c->arena, "%.*sT%02d:%02d", STR_ARG(day), time_minute(t) / 60, time_minute(t) % 60);
	}
	case FIELD_INT:
	case FIELD_MUNICIPALITY: {
		int64_t n = *(const int64_t *)(const void *)slot;
		return n == INT_NONE ? STR("") : str_printf(c->arena, "%lld", (long long)n);
	}
	case FIELD_REAL: return text_of_real(c, *(const double *)(const void *)slot, localised);
	case FIELD_BOOL: return *(const bool *)(const void *)slot ? STR("true") : STR("false");
	case FIELD_ENUM: return enum_code(f->choices, *(const int *)(const void *)slot);
	case FIELD_ID: {
		Uuid u = *(const Uuid *)(const void *)slot;
		return uuid_is_none(u) ? STR("") : uuid_str(c->arena, u);
	}
	case FIELD_SECRET: return STR("");
	default: {
		Str s = *(const Str *)(const void *)slot;
		return str_is_none(s) ? STR("") : s;
	}
	}
}

const Field *form_field(const Form *form, Str name)
{
	for (size_t i = 0; i < form->n; i++)
		if (str_eq_z(name, form->fields[i].name))
			return &form->fields[i];
	return NULL;
}
