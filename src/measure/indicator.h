/* indicator: what a goal counts, in a language a programme manager can read.
 *
 *   count participants where partner is "Jobcenter Aarhus"
 *   share of participants with had job over 6 months or status is pension_granted, pension_in_process
 *   share of answers to tools_daily_life at end with answer at least some
 *   least of company_contacts per 3 months of jobs
 *   growth of count contacts from 2016 to 2017
 *
 * The grammar stands in docs/developer/indicators.md. An Indicator is a tree in
 * an arena; nothing in it ever becomes SQL text: the evaluator (evaluate.h)
 * chooses among enumerated statements and binds the values. Pure; an Indicator
 * may be shared between threads once parsed and checked.
 */
#ifndef MEASURE_INDICATOR_H
#define MEASURE_INDICATOR_H

#include "base/ctx.h"
#include "base/enum.h"

enum { EXPRESSION_MOST = 1000, VALUES_MOST = 12, DEPTH_MOST = 20 };

typedef enum {
	INDICATOR_COUNT,
	INDICATOR_SHARE,
	INDICATOR_MEAN,
	INDICATOR_MEDIAN,
	INDICATOR_LEAST,
	INDICATOR_MOST,
	INDICATOR_GROWTH, /* the second period's count over the first's, less one */
} IndicatorKind;

typedef enum { THINGS_PARTICIPANTS, THINGS_CONTACTS, THINGS_PLACEMENTS, THINGS_ACTIVITIES, THINGS_ANSWERS } ThingsKind;

/* Kinds of placement as people speak of them: a job is a fleksjob or an
 * ordinary job. */
typedef enum {
	GROUP_ANY,
	GROUP_JOB,
	GROUP_FLEKSJOB,
	GROUP_ORDINARY,
	GROUP_WAGE_SUBSIDY,
	GROUP_INTERNSHIP
} PlacementGroup;

typedef enum { COMPARE_NONE, COMPARE_OVER, COMPARE_AT_LEAST, COMPARE_UNDER, COMPARE_AT_MOST } CompareOp;
typedef enum {
	UNIT_NONE,
	UNIT_DAYS,
	UNIT_WEEKS,
	UNIT_MONTHS,
	UNIT_RETENTION, /* as many months as the programme's rule says; indicator_check looks them up */
} LengthUnit;

typedef struct {
	CompareOp op;
	int64_t n;
	LengthUnit unit; /* UNIT_NONE for plain numbers */
} Compare;

/* Both days belong to it; DATE_NONE leaves an end open. */
typedef struct {
	Date from, to;
} Period;

/* A question, wave, option or partner as the expression names it. */
typedef struct {
	Str code;
	int64_t column; /* 1-based place in the expression */
	Str name;       /* what the programme calls it, in c->lang; none until indicator_check has found it */
} Name;

typedef enum {
	/* of a participant, and of what belongs to one */
	PREDICATE_GENDER,
	PREDICATE_AGE, /* at admission */
	PREDICATE_PARTNER,
	PREDICATE_ADMITTED,
	PREDICATE_EMPLOYED_AT_ADMISSION,
	PREDICATE_STATUS, /* on the day of measuring */
	PREDICATE_HAS,    /* a placement that is open on the day of measuring */
	PREDICATE_HAD,    /* a placement at any time up to that day */
	PREDICATE_MENTOR,
	PREDICATE_ATTENDED,
	PREDICATE_ANSWERED,
	/* of contacts, placements, activities, answers */
	PREDICATE_KIND,
	PREDICATE_PURPOSE,
	PREDICATE_PLACE,
	PREDICATE_DATE,
	PREDICATE_FOLLOW_UP,
	PREDICATE_LENGTH,
	PREDICATE_OPEN,
	PREDICATE_HELD,
	PREDICATE_ANSWER,
} PredicateKind;

typedef struct {
	PredicateKind kind;
	const EnumTable *table; /* of coded values; NULL for names */
	Name values[VALUES_MOST];
	int codes[VALUES_MOST]; /* index in `table` */
	int value_count;
	bool at_least; /* answer at least X: X or better on the scale */
	Compare compare;
	Period period;
	PlacementGroup group;
	Name question, wave;
} Predicate;

typedef struct Condition {
	enum { CONDITION_PREDICATE, CONDITION_AND, CONDITION_OR, CONDITION_NOT } kind;
	Predicate predicate;
	struct Condition *left, *right; /* NOT uses left */
	int64_t column;                 /* of the word that makes it */
} Condition;

typedef enum {
	MEASURE_AGE,
	MEASURE_CONTACTS,          /* contacts of a participant */
	MEASURE_DAYS_TO_FIRST_JOB, /* of those not employed at admission who got one */
	MEASURE_HOURS,             /* a week, of a placement */
	MEASURE_DAYS,              /* length of a placement */
	MEASURE_COMPANY_CONTACTS,  /* fewest in any whole stretch of n months of a placement */
	MEASURE_ANSWER,            /* place of the answer on its scale, 1 the lowest */
} MeasureKind;

typedef struct {
	ThingsKind kind;
	PlacementGroup group; /* placements */
	Name question, wave;  /* answers */
	int64_t column;       /* of the word that names the things */
	Condition *where;     /* NULL: all */
} Things;

typedef struct {
	IndicatorKind kind;
	Things of;
	Condition *with; /* SHARE */
	MeasureKind measure;
	int64_t stretch_months; /* MEASURE_COMPANY_CONTACTS */
	Period before, after;   /* GROWTH */
} Indicator;

/* Parses and checks everything that needs no register: words, kinds, numbers,
 * days, which condition fits which things. INVALID with field `field` and the
 * column of the first wrong word. Result in c->arena. */
MUST_USE Err indicator_parse(Ctx *c, const char *field, Str expression, Indicator **out);

/* What the indicator counts, in plain words of c->lang: "The share of
 * participants who …". Names are the programme's once indicator_check has
 * found them, until then (and where it did not) their codes. In c->arena. */
Str indicator_words(Ctx *c, const Indicator *in);

/* Unit of the value: "count", "share", "growth", "number". */
const char *indicator_unit(const Indicator *in);

#endif
