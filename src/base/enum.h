/* enum: closed lists of values that are stored by code and shown by label.
 *
 * A feature declares `typedef enum { ... } ContactKind;` and one table in the
 * same order, named by the type: `const EnumTable contact_kind_table`. The
 * codes go into the database and the API, the labels (English, marked N_ for
 * translation) to people. Static data.
 */
#ifndef BASE_ENUM_H
#define BASE_ENUM_H

#include "base/text.h"

typedef struct {
	const char *code;
	const char *label;
} EnumRow;

typedef struct EnumTable {
	const char *name;
	const EnumRow *rows;
	int n;
	TextOnce *labels; /* one a row, filled when first asked for */
} EnumTable;

/* const EnumTable x = ENUM_TABLE("x", rows); outside functions. */
#define ENUM_TABLE(name, rows)                                               \
	{                                                                    \
		name, rows, ENUM_COUNT_(rows), (TextOnce[ENUM_COUNT_(rows)]) \
		{                                                            \
			TEXT_ONCE(NULL)                                      \
		}                                                            \
	}
#define ENUM_COUNT_(rows) (int)(sizeof(rows) / sizeof((rows)[0]))

/* A nullable enum without value. */
#define ENUM_NONE (-1)

/* The code; empty for ENUM_NONE. `value` must be of the table. */
Str enum_code(const EnumTable *t, int value);
/* English label; empty for ENUM_NONE. */
const char *enum_label(const EnumTable *t, int value);
/* The label in `lang`. */
const char *enum_text(Lang lang, const EnumTable *t, int value);
/* False when no row has the code. */
bool enum_parse(const EnumTable *t, Str code, int *value);

#endif
