/* record: one record, read once, in the form that comparing wants.
 *
 * Everything is a number, a set of numbers or a short normal form, so that a
 * comparison allocates nothing. Unknown is 0, an empty set or INT_NONE. Lives in
 * the arena of the Words it was made with.
 */
#ifndef EVIDENCE_DEDUPE_RECORD_H
#define EVIDENCE_DEDUPE_RECORD_H

#include "evidence/dedupe/dedupe.h"
#include "evidence/dedupe/municipalities.h"
#include "evidence/dedupe/words.h"

enum {
	RECORD_TITLE_MOST = 60,   /* words of a title that are looked at */
	RECORD_NUMBERS_MOST = 8,  /* numbers in a title */
	RECORD_AUTHORS_MOST = 12, /* authors, from the first */
	RECORD_TOKENS_MOST = 4,   /* words of one author's name */
	RECORD_ABSTRACT_MOST = 120,
	RECORD_PLACES_MOST = 6, /* municipalities */
	RECORD_NONE = -1,
};

typedef struct {
	uint32_t surname; /* its words as one: "van Wijck" and "vanWijck" agree */
	uint32_t token[RECORD_TOKENS_MOST];
	uint8_t tokens;
	char initial; /* of the first given name; 0: none */
} RecordName;

/* A set of words, sorted. */
typedef struct {
	uint32_t *at;
	uint32_t count;
} RecordSet;

typedef struct {
	RecordSet words; /* of the name it has today, with its initials */
	uint64_t joined; /* the name's letters without blanks: "Hoved-Huset" is "Hovedhuset" */
} RecordOrganisation;

/* What a title announces about another text: a correction of it, an answer to it, an abstract of it. */
typedef enum { NOTICE_NONE, NOTICE_CORRECTION, NOTICE_REPLY, NOTICE_RETRACTION } RecordNotice;

typedef struct {
	uint32_t *title; /* words in order */
	uint32_t title_count;
	uint32_t head_count;   /* words before the first dash or colon, when words stand on both sides; else 0 */
	uint64_t abbreviated;  /* bit i: a full stop stood behind title[i] */
	RecordSet title_set;   /* without light words, unless there are no others */
	uint64_t title_joined; /* letters without blanks */
	uint32_t numbers[RECORD_NUMBERS_MOST]; /* in the title, Roman ones too; sorted */
	uint32_t number_count;
	RecordNotice notice;
	RecordSet own_name; /* brackets at its end that hold the owner's, funder's or municipality's name only */
	bool has_subject;   /* says more than which kind of paper or project it is: "Evaluering af projekt 2" */
	bool tells_much;    /* has at least five words that are neither light nor numbers */

	RecordName *authors;
	uint32_t author_count; /* at most RECORD_AUTHORS_MOST */

	int year;
	uint64_t page, page_digits; /* first page: hash of "e1129", and of "1129" */
	int last_page;              /* where it is told and lies behind the first; RECORD_NONE */
	int volume, issue;          /* first number in the field */
	uint64_t doi;
	RecordSet journal[2]; /* in order, not sorted: name, and the one in brackets or behind a colon */
	uint64_t journal_joined[2];
	RecordSet abstract, context; /* context: words of funder and municipality */
	RecordOrganisation owner, funder;
	int places[RECORD_PLACES_MOST]; /* municipalities' codes since 2007, sorted */
	uint32_t place_count;
	bool places_in_title; /* nothing else names them */
	int from, to;         /* years of the period */
	uint32_t source;      /* number + 1 of the channel; 0: unknown */
	bool bibliographic;   /* has an author, a journal, pages, a volume or a DOI */
} Record;

Record record_read(Words *words, const Municipalities *m, const DedupeRecord *from);

/* The pieces, for tests: */

/* First page as written, "e1129", in lower case without leading zeros; empty for an extent ("62 p") and for no digit.
 */
Str record_first_page(Arena *a, Str pages);
/* Last page, "901-7" being 907; RECORD_NONE: none is told, or it is the first. */
int record_last_page(Str pages);
/* First run of digits that no "suppl", "part" stands before; RECORD_NONE: there is none, or one above 99,999. */
int record_first_number(Str s);
/* The first year, 1000 to 2999, alone or in a date ("2009-03", "marts 2009", "2009/2010", "20090301"); RECORD_NONE. */
int record_year(Str s);
/* The first and the last year: "2005-2007", "2005-07", "1.1.2005 - 31.12.2007"; RECORD_NONE. */
void record_period(Str period, int *from, int *to);

#endif
