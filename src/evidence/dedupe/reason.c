#include "evidence/dedupe/reason.h"

/* In the order of weights_fields. */
static const char *const words[WEIGHTS_FIELDS][ALIKE_LEVELS] = {
	{ [ALIKE_DIFFERS] = N_("another title"),
	  [ALIKE_RESEMBLES] = N_("titles that resemble each other"),
	  [ALIKE_PARTLY] = N_("one title is part of the other"),
	  [ALIKE_NEARLY] = N_("almost the same title"),
	  [ALIKE_SAME] = N_("same title") },
	{ [ALIKE_DIFFERS] = N_("other authors"),
	  [ALIKE_PARTLY] = N_("some authors in common"),
	  [ALIKE_NEARLY] = N_("same authors in another order"),
	  [ALIKE_SAME] = N_("same authors") },
	{ [ALIKE_DIFFERS] = N_("another year"),
	  [ALIKE_PARTLY] = N_("two years apart"),
	  [ALIKE_NEARLY] = N_("one year apart"),
	  [ALIKE_SAME] = N_("same year") },
	{ [ALIKE_DIFFERS] = N_("another description"),
	  [ALIKE_PARTLY] = N_("descriptions with much in common"),
	  [ALIKE_SAME] = N_("same description") },
	{ [ALIKE_DIFFERS] = N_("another owner"),
	  [ALIKE_PARTLY] = N_("owners with similar names"),
	  [ALIKE_NEARLY] = N_("almost the same owner"),
	  [ALIKE_SAME] = N_("same owner") },
	{ [ALIKE_DIFFERS] = N_("another municipality"),
	  [ALIKE_PARTLY] = N_("a municipality in common"),
	  [ALIKE_SAME] = N_("same municipality") },
	{ [ALIKE_DIFFERS] = N_("another funder"),
	  [ALIKE_PARTLY] = N_("funders with similar names"),
	  [ALIKE_NEARLY] = N_("almost the same funder"),
	  [ALIKE_SAME] = N_("same funder") },
	{ [ALIKE_DIFFERS] = N_("another period"),
	  [ALIKE_PARTLY] = N_("overlapping periods"),
	  [ALIKE_SAME] = N_("same period") },
};

void reason_put(Lang lang, uint32_t pattern, Buf *out)
{
	enum { LITTLE = 2 };
	int known = 0;
	for (int f = 0; f < WEIGHTS_FIELDS; f++) {
		const char *told = words[f][weights_level(pattern, f)];
		if (told == NULL)
			continue;
		buf_printf(out, "%s%s", known > 0 ? ", " : "", T(lang, told));
		known++;
	}
	if (known <= LITTLE)
		buf_printf(out, "; %s", T(lang, "nothing else is told"));
}
