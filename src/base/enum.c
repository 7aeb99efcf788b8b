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

bool enum_parse(const EnumTable *t, Str code, int *value)
{
	for (int i = 0; i < t->n; i++) {
		if (str_eq_z(code, t->rows[i].code)) {
			*value = i;
			return true;
		}
	}
	return false;
}
