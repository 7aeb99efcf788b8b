/* heading: columns by what they mean, whatever language their heading is in.
 *
 * Commands that read a file with certain columns ask for them here: each has
 * its English name, which the documentation uses, and the Danish ones that
 * evaluators write (heading.c holds the table). The English name comes first
 * where a file has several; letters are compared without case. Pure.
 */
#ifndef FORMAT_HEADING_H
#define FORMAT_HEADING_H

#include "format/csv.h"

typedef enum {
	/* two numbers of one person */
	HEADING_BEFORE,
	HEADING_AFTER,
	/* people of several groups */
	HEADING_GROUP,
	HEADING_VALUE,
	/* so many of so many */
	HEADING_K,
	HEADING_OF,
	/* what two people made of one thing */
	HEADING_FIRST,
	HEADING_SECOND,
	/* how long until what happened */
	HEADING_TIME,
	HEADING_EVENT,
	/* a cell of a table */
	HEADING_COUNT,
	HEADING_TABLE,
	/* what a report says */
	HEADING_ID,
	HEADING_PART,
	HEADING_PARTS,
	HEADING_WHOLE,
	HEADING_PERCENT,
	HEADING_TOTAL,
	HEADING_MEAN,
	HEADING_ANSWERS,
	HEADING_ITEMS,
	HEADING_QUANTITY,
	/* who or what a row is */
	HEADING_ROW,
	HEADINGS
} Heading;

/* Is the column called so? */
bool heading_is(const Csv *csv, int column, Heading h);
/* Index of the column; -1: there is none. */
int heading_column(const Csv *csv, Heading h);
/* The same for one that must be there. INVALID: it is not; told are the names it can have, and those that were found.
 */
Err heading_required(const Csv *csv, Heading h, int *out) MUST_USE;
#endif
