/* compare: how alike two records are, field by field.
 *
 * A comparison is a level per field and nothing else, so that what decides
 * (rules, weights) can be read without knowing how texts are compared, and so
 * that equal comparisons get equal verdicts. It allocates nothing.
 */
#ifndef EVIDENCE_DEDUPE_COMPARE_H
#define EVIDENCE_DEDUPE_COMPARE_H

#include "evidence/dedupe/record.h"

/* In rising order. Fields that know fewer levels leave some out. */
typedef enum {
	ALIKE_UNKNOWN, /* one of the two does not say */
	ALIKE_DIFFERS,
	ALIKE_RESEMBLES,
	ALIKE_PARTLY,
	ALIKE_NEARLY,
	ALIKE_SAME,
	ALIKE_LEVELS
} Alike;

typedef enum {
	/* same: the same letters. nearly: word sets agree to 0.9 (Dice), slips of the pen, abbreviations and order
	 * aside. partly: one is the beginning or the end of the other, or, of projects, has
	 * all of its words. resembles: word sets agree to 0.6. */
	COMPARE_TITLE,
	/* Numbers in the titles: same; nearly: one title is part of the other, and so are its numbers; differs. */
	COMPARE_NUMBERS,
	/* What the titles announce (a correction, an answer): same or differs. */
	COMPARE_NOTICE,
	/* differs: one of the titles names no subject, such as "Evaluering af projekt"; partly: both do; same: in
	 * several words each. */
	COMPARE_SUBJECT,
	/* Where both titles name a programme and a part of it: same programme, same part: same; same programme, another
	 * part: differs; one names the whole programme only, or its part is the beginning or the end of the other's:
	 * partly. Unknown otherwise, and in print, where what stands behind a colon is a subtitle. */
	COMPARE_PART,
	/* same: the first authors match, and 0.7 of the shorter list; nearly: 0.7, in another order; partly: the first,
	 * or 0.4. */
	COMPARE_AUTHORS,
	/* same; nearly: a year apart; partly: two. */
	COMPARE_YEAR,
	/* First pages: same; nearly: but for a letter before them. */
	COMPARE_PAGE,
	/* Last pages, where both lie behind the first: same or differs. A text of several pages begins alone on its
	 * page; on one page several abstracts may stand. */
	COMPARE_EXTENT,
	/* same or differs; the number stands for a volume that is missing. */
	COMPARE_VOLUME,
	COMPARE_ISSUE,
	/* same: one may be the other's abbreviation, acronym or first words; differs. */
	COMPARE_JOURNAL,
	COMPARE_DOI,
	/* Share of the shorter's words that the longer has: same from 0.8, partly from 0.5. */
	COMPARE_ABSTRACT,
	/* Names of organisations by their words: same; nearly: one has all of the other's; partly: more than half. */
	COMPARE_OWNER,
	/* same; partly: one of several; differs: none in common. Unknown where they agree and both were read out of the
	 * title, since the title has said so already. */
	COMPARE_MUNICIPALITY,
	COMPARE_FUNDER,
	/* same; partly: they overlap. */
	COMPARE_PERIOD,
	COMPARED
} Compared;

typedef struct {
	uint8_t at[COMPARED]; /* Alike */
} Comparison;

/* All fields; where titles differ, and neither DOIs nor first pages agree, the title alone, since nothing else could
 * make them one. */
Comparison compare_records(const Words *words, const Record *a, const Record *b);

/* The word sets' agreement in [0, 1] (Dice: 2·shared / (|a| + |b|)), a word matching itself, its abbreviation or a slip
 * of the pen of it. 0 when either is empty. */
double compare_sets(const Words *words, RecordSet a, RecordSet b);

#endif
