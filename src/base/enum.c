#include "base/enum.h"

#include <assert.h>

Str enum_code(const EnumTable *t, int value)
{
	assert(value >= ENUM_NONE && value < t->n);
	return value == ENUM_NONE ? STR("") : str_of(t->rows[value].code);
}

const char *enum_label(const EnumTable *t, int value)
{
	assert(value >= ENUM_NONE && value < t->n);
	return value == ENUM_NONE ? "" : t->rows[value].label;
}

const char *enum_text(Lang lang, const EnumTable *t, int value)
{
	const char *english = enum_label(t, value);
	if (lang == LANG_EN || value == ENUM_NONE)
		return english;
	const char *danish = atomic_load_explicit(&t->labels[value].danish, memory_order_relaxed);
	if (danish == NULL) {
		danish = T(lang, english);
		atomic_store_explicit(&t->labels[value].danish, danish, memory_order_relaxed);
	}
	return danish;
}

/* Rows are read by the thousand: most codes differ in their first letter. */
static bool is_code(const char *code, Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (code[i] != s.ptr[i] || code[i] == '\0')
			return false;
	return code[s.len] == '\0';
}

bool enum_parse(const EnumTable *t, Str code, int *value)
{
	for (int i = 0; i < t->n; i++) {
		if (is_code(t->rows[i].code, code)) {
			*value = i;
			return true;
		}
	}
	return false;
}
