/* danish: identifiers and lists that Denmark gives. Pure, static data.
 *
 * Sources: CPR-kontoret, "Personnummeret i CPR" (structure, century by digit 7,
 * modulus 11 no longer kept since October 2007); Erhvervsstyrelsen (CVR
 * modulus 11); the 98 municipalities with their codes since 2007.
 */
#ifndef BASE_DANISH_H
#define BASE_DANISH_H

#include "base/date.h"

typedef struct {
	char digits[11]; /* ten digits and NUL */
	Date born;       /* the day that a replacement number stands for, too */
	bool male;
	bool replacement; /* day + 60: belongs to nobody in the civil register */
	bool checks;      /* passes modulus 11: a warning when not, never a refusal */
} Cpr;

/* "DDMMYYSSSS", hyphen or space before the last four allowed. False when it is
 * not ten digits or names no day. */
bool cpr_parse(Str s, Cpr *out);

/* Eight digits that pass modulus 11; spaces allowed. `digits` may be NULL. */
bool cvr_parse(Str s, char digits[9]);

/* Ten digits. */
bool p_number_parse(Str s, char digits[11]);

typedef struct {
	int code;
	const char *name;
} Municipality;

extern const Municipality municipalities[];
extern const size_t municipality_count;
/* Official name, or NULL when no municipality has the code. */
const char *municipality_name(int64_t code);

/* What names are sorted by: folded (base/utf8.h), with æ, ø, å (and
 * aa, which is å in names) as the three bytes after z, so that plain byte order is the Danish one. Valid
 * UTF-8 in; in the arena. */
Str danish_sort_key(Arena *a, Str s);
/* What a part of a name is searched by, in replace(name_sort, '}', 'aa'): as the
 * sort key, with å and aa both written out, so that half of an aa finds it. */
Str danish_search_key(Arena *a, Str s);

#endif
