#include "analysis/analysis.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBERS_MOST = 100 };

static const double most = 1e15; /* whole numbers are exact so far, and sums of squares finite */

Str analysis_option(const Analysis *a, const char *name)
{
	int i = 0;
	while (strcmp(a->kind->options[i], name) != 0)
		i++;
	return a->options[i];
}

Err analysis_misuse(Analysis *a, const char *name, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	Str message = str_vprintf(a->c->arena, format, args);
	va_end(args);
	a->misused = true;
	return refuse(a->c, name, "%.*s", STR_ARG(message));
}

Err analysis_choice(Analysis *a, const char *name, const char *const *words, int otherwise, int *out)
{
	Str given = analysis_option(a, name);
	*out = otherwise;
	if (str_is_none(given))
		return OK;
	for (int i = 0; words[i] != NULL; i++) {
		*out = i;
		if (str_eq(given, str_of(words[i])))
			return OK;
	}
	Buf *choices = buf_new(a->c->arena, 1 << 10);
	for (int i = 0; words[i] != NULL; i++)
		buf_printf(choices, i == 0 ? "%s" : ", %s", words[i]);
	Str all = buf_str(choices);
	return analysis_misuse(a, name, T(a->c->lang, "“%.*s” is none of the choices: %.*s."), STR_ARG(given),
			       STR_ARG(all));
}

/* What statistics programs write of very small and large numbers: "1.5e-05". */
static bool parse_scientific(Str text, double *out)
{
	size_t e = str_find(text, 'e', 0);
	if (e == SIZE_MAX)
		e = str_find(text, 'E', 0);
	if (e == SIZE_MAX)
		return str_to_real(text, out);
	Str power = str_sub(text, e + 1, text.len);
	if (str_starts(power, STR("+")))
		power = str_sub(power, 1, power.len);
	double front;
	int64_t tens;
	char z[64];
	if (!str_to_real(str_sub(text, 0, e), &front) || !str_to_int(power, &tens) || tens < -400 || tens > 400)
		return false;
	memcpy(z, text.ptr, text.len);
	z[text.len] = '\0';
	*out = strtod(z, NULL); /* in one rounding */
	return true;
}

bool analysis_parse(Str text, double *out)
{
	char copy[64];
	if (text.len == 0 || text.len >= sizeof copy)
		return false;
	memcpy(copy, text.ptr, text.len);
	char *comma = memchr(copy, ',', text.len);
	if (comma != NULL)
		*comma = '.';
	double x;
	if (!parse_scientific((Str){ copy, text.len }, &x) || !(fabs(x) <= most))
		return false;
	*out = x;
	return true;
}

Err analysis_number(Analysis *a, const char *name, double *out)
{
	Str given = analysis_option(a, name);
	*out = NAN;
	if (str_is_none(given) || analysis_parse(given, out))
		return OK;
	return analysis_misuse(a, name, T(a->c->lang, "“%.*s” is no number."), STR_ARG(given));
}

/* "1.234" or "12.345.678": groups of three after one to three digits that do not begin with 0. */
static bool is_grouped(Str text)
{
	size_t i = str_starts(text, STR("-")) ? 1 : 0, digits = 0, groups = 0;
	if (i < text.len && text.ptr[i] == '0')
		return false;
	for (; i < text.len; i++) {
		if (text.ptr[i] == '.') {
			if (digits == 0 || digits > 3 || (groups > 0 && digits != 3))
				return false;
			groups++;
			digits = 0;
		} else if (text.ptr[i] >= '0' && text.ptr[i] <= '9') {
			digits++;
		} else {
			return false;
		}
	}
	return groups > 0 && digits == 3;
}

Err analysis_check_point(const Csv *csv, int column)
{
	Str field = csv_field(csv, column);
	if (csv->separator != ';' || !is_grouped(field))
		return OK;
	return csv_refuse(csv, column,
			  T(csv->c->lang, "“%.*s” can be read in two ways: write it without points between thousands, "
					  "and decimals behind a comma."),
			  STR_ARG(field));
}

Err analysis_read(const Csv *csv, int column, double *out)
{
	Str field = csv_field(csv, column);
	*out = NAN;
	RETURN_IF_ERR(analysis_check_point(csv, column));
	if (field.len == 0 || analysis_parse(field, out))
		return OK;
	return csv_refuse(csv, column, T(csv->c->lang, "“%.*s” is no number."), STR_ARG(field));
}

Err analysis_read_required(const Csv *csv, int column, double *out)
{
	RETURN_IF_ERR(analysis_read(csv, column, out));
	return isnan(*out) ? csv_refuse(csv, column, "%s", T(csv->c->lang, "A number is missing")) : OK;
}

void reals_add(Arena *a, Reals *list, double x)
{
	if (list->n == list->room) {
		list->room = list->room == 0 ? 256 : list->room * 2;
		double *wider = ARENA_ARRAY(a, list->room, double);
		if (list->n > 0)
			memcpy(wider, list->at, list->n * sizeof *wider);
		list->at = wider;
	}
	list->at[list->n++] = x;
}

Err analysis_numbers(Analysis *a, const char *name, Reals *out)
{
	Str rest = analysis_option(a, name), piece;
	char separator = str_find(rest, ';', 0) < rest.len ? ';' : ',';
	while (!str_is_none(rest) && str_split(&rest, separator, &piece)) {
		double x;
		piece = str_trim(piece);
		if (!analysis_parse(piece, &x))
			return analysis_misuse(a, name, T(a->c->lang, "“%.*s” is no number."), STR_ARG(piece));
		if (out->n == NUMBERS_MOST)
			return analysis_misuse(a, name, T(a->c->lang, "There may be at most %d numbers."),
					       NUMBERS_MOST);
		reals_add(a->c->arena, out, x);
	}
	return OK;
}

Err analysis_label(const Csv *csv, int column, Labels *list, size_t most_labels, size_t *out)
{
	Str word = csv_field(csv, column);
	if (word.len == 0)
		return csv_refuse(csv, column, "%s", T(csv->c->lang, "A word or number is missing"));
	int place = labels_place(list, word, (int)most_labels);
	if (place == LABELS_FULL)
		return csv_refuse(csv, column, T(csv->c->lang, "There may be at most %zu different ones."),
				  most_labels);
	*out = (size_t)place;
	return OK;
}
