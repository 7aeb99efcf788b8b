#include "evidence/dedupe/rules.h"

#define BIT(field) (1u << (field))

/* A rule fits where every field in `least` reaches its level, every field in `differs` is known to differ, no field in
 * `unless` is, and no field in `without` agrees, not even partly. */
typedef struct {
	Alike least[COMPARED];
	uint32_t differs, unless;
	Ruling ruling;
	uint32_t without;
} Rule;

#define PLACE (BIT(COMPARE_PAGE) | BIT(COMPARE_VOLUME))

/* Whose a project is, where, and what it does. */
#define WHOSE (BIT(COMPARE_AUTHORS) | BIT(COMPARE_ABSTRACT) | BIT(COMPARE_OWNER) | BIT(COMPARE_MUNICIPALITY))

/* Reasons that several tables give. */
static const char dois_contradict[] = N_("The DOIs contradict each other");
static const char correction[] = N_("One is a correction of or an answer to the other");
static const char numbers_differ[] = N_("The titles' numbers differ");
static const char titles_differ[] = N_("The titles differ");
static const char two_parts[] = N_("Two parts of one programme");
static const char municipalities_differ[] = N_("The municipalities differ");

static const Rule rules[] = {
	/* What one work cannot be at once. */
	{ { [COMPARE_TITLE] = ALIKE_SAME, [COMPARE_AUTHORS] = ALIKE_PARTLY, [COMPARE_PAGE] = ALIKE_SAME },
	  BIT(COMPARE_DOI),
	  0,
	  { VERDICT_MAYBE, 0.5, N_("Title and page are the same, but the DOIs contradict each other") } },
	{ { 0 }, BIT(COMPARE_DOI), 0, { VERDICT_DIFFERENT, 0, dois_contradict } },
	{ { 0 }, BIT(COMPARE_NOTICE), 0, { VERDICT_DIFFERENT, 0, correction } },

	/* A DOI is given once. A title that does not resemble is a DOI in the wrong row. */
	{ { [COMPARE_DOI] = ALIKE_SAME, [COMPARE_TITLE] = ALIKE_RESEMBLES },
	  0,
	  BIT(COMPARE_NUMBERS),
	  { VERDICT_SAME, 1, N_("Same DOI, and the titles agree") } },
	{ { [COMPARE_DOI] = ALIKE_SAME }, 0, 0, { VERDICT_MAYBE, 0.6, N_("Same DOI, but the titles do not agree") } },

	/* A text of several pages begins alone on its page, whatever the title became in translation. */
	{ { [COMPARE_TITLE] = ALIKE_DIFFERS,
	    [COMPARE_AUTHORS] = ALIKE_SAME,
	    [COMPARE_PAGE] = ALIKE_SAME,
	    [COMPARE_EXTENT] = ALIKE_SAME,
	    [COMPARE_VOLUME] = ALIKE_SAME,
	    [COMPARE_JOURNAL] = ALIKE_SAME },
	  0,
	  BIT(COMPARE_ISSUE),
	  { VERDICT_SAME, 0.98, N_("Same authors, journal, volume, first and last page") } },

	/* Part 1 and part 2, six and twelve months: numbers tell apart what is named alike. */
	{ { [COMPARE_TITLE] = ALIKE_NEARLY,
	    [COMPARE_AUTHORS] = ALIKE_SAME,
	    [COMPARE_PAGE] = ALIKE_SAME,
	    [COMPARE_VOLUME] = ALIKE_SAME },
	  BIT(COMPARE_NUMBERS),
	  0,
	  { VERDICT_MAYBE, 0.7, N_("Same authors, volume and page, but the titles' numbers differ") } },
	{ { 0 }, BIT(COMPARE_NUMBERS), 0, { VERDICT_DIFFERENT, 0, numbers_differ } },

	/* The same place in print. */
	{ { [COMPARE_TITLE] = ALIKE_SAME, [COMPARE_PAGE] = ALIKE_NEARLY, [COMPARE_VOLUME] = ALIKE_SAME },
	  0,
	  BIT(COMPARE_AUTHORS),
	  { VERDICT_SAME, 0.99, N_("Same title, volume and first page") } },
	{ { [COMPARE_TITLE] = ALIKE_SAME,
	    [COMPARE_PAGE] = ALIKE_NEARLY,
	    [COMPARE_VOLUME] = ALIKE_SAME,
	    [COMPARE_JOURNAL] = ALIKE_SAME },
	  0,
	  0,
	  { VERDICT_SAME, 0.97, N_("Same title, journal, volume and first page") } },
	{ { [COMPARE_TITLE] = ALIKE_RESEMBLES,
	    [COMPARE_PAGE] = ALIKE_NEARLY,
	    [COMPARE_VOLUME] = ALIKE_SAME,
	    [COMPARE_AUTHORS] = ALIKE_PARTLY },
	  0,
	  0,
	  { VERDICT_SAME, 0.98, N_("Titles that agree, a shared author, the same volume and first page") } },
	{ { [COMPARE_TITLE] = ALIKE_NEARLY,
	    [COMPARE_PAGE] = ALIKE_SAME,
	    [COMPARE_AUTHORS] = ALIKE_PARTLY,
	    [COMPARE_YEAR] = ALIKE_NEARLY },
	  0,
	  BIT(COMPARE_VOLUME) | BIT(COMPARE_JOURNAL),
	  { VERDICT_SAME, 0.96, N_("Titles that agree, a shared author, the same first page, and no other journal") } },

	/* A place that one of them does not tell. */
	{ { [COMPARE_TITLE] = ALIKE_NEARLY,
	    [COMPARE_AUTHORS] = ALIKE_SAME,
	    [COMPARE_JOURNAL] = ALIKE_SAME,
	    [COMPARE_YEAR] = ALIKE_NEARLY },
	  0,
	  PLACE | BIT(COMPARE_SUBJECT),
	  { VERDICT_SAME, 0.95, N_("Titles that agree, the same authors and journal, and no other place in it") } },
	/* One volume and one title: pages are told by number, article code or extent, and mistyped. A title that goes
	 * on in one of them may be another work, if both have pages from and to of their own. */
	{ { [COMPARE_TITLE] = ALIKE_SAME,
	    [COMPARE_AUTHORS] = ALIKE_SAME,
	    [COMPARE_JOURNAL] = ALIKE_SAME,
	    [COMPARE_VOLUME] = ALIKE_SAME,
	    [COMPARE_YEAR] = ALIKE_SAME },
	  0,
	  BIT(COMPARE_ISSUE),
	  { VERDICT_SAME, 0.93, N_("Same title, authors, journal, volume and year; the page is told differently") } },
	{ { [COMPARE_TITLE] = ALIKE_PARTLY,
	    [COMPARE_AUTHORS] = ALIKE_SAME,
	    [COMPARE_JOURNAL] = ALIKE_SAME,
	    [COMPARE_VOLUME] = ALIKE_SAME,
	    [COMPARE_YEAR] = ALIKE_SAME },
	  0,
	  BIT(COMPARE_ISSUE) | BIT(COMPARE_EXTENT),
	  { VERDICT_SAME, 0.92,
	    N_("Titles that agree, the same authors, journal, volume and year; the page is told differently") } },

	/* For somebody to look at. */
	{ { [COMPARE_TITLE] = ALIKE_NEARLY, [COMPARE_AUTHORS] = ALIKE_PARTLY },
	  BIT(COMPARE_PAGE),
	  0,
	  { VERDICT_MAYBE, 0.4,
	    N_("Titles and authors agree, but not the place in print: perhaps an abstract and its article") } },
	{ { [COMPARE_TITLE] = ALIKE_NEARLY, [COMPARE_AUTHORS] = ALIKE_PARTLY },
	  0,
	  0,
	  { VERDICT_MAYBE, 0.6, N_("Titles and authors agree, and too little is told about the place in print") } },
	{ { [COMPARE_TITLE] = ALIKE_RESEMBLES, [COMPARE_PAGE] = ALIKE_SAME, [COMPARE_VOLUME] = ALIKE_SAME },
	  0,
	  0,
	  { VERDICT_MAYBE, 0.5,
	    N_("Titles that resemble each other, the same volume and first page, other authors") } },
	{ { [COMPARE_AUTHORS] = ALIKE_SAME, [COMPARE_PAGE] = ALIKE_SAME, [COMPARE_VOLUME] = ALIKE_SAME },
	  0,
	  BIT(COMPARE_TITLE),
	  { VERDICT_MAYBE, 0.7, N_("Same authors, volume and first page, but a title is missing") } },
};

static const Rule ceilings[] = {
	{ { 0 }, BIT(COMPARE_TITLE), 0, { VERDICT_DIFFERENT, 0, titles_differ } },
	{ { 0 }, BIT(COMPARE_DOI), 0, { VERDICT_DIFFERENT, 0, dois_contradict } },
	{ { 0 }, BIT(COMPARE_NOTICE), 0, { VERDICT_DIFFERENT, 0, correction } },
	{ { 0 }, BIT(COMPARE_NUMBERS), 0, { VERDICT_DIFFERENT, 0, numbers_differ } },
	{ { 0 }, BIT(COMPARE_PART), 0, { VERDICT_DIFFERENT, 0, two_parts } },
	{ { [COMPARE_TITLE] = ALIKE_NEARLY },
	  BIT(COMPARE_MUNICIPALITY),
	  0,
	  { VERDICT_MAYBE, 0, N_("The titles agree, but the municipalities differ") } },
	{ { 0 }, BIT(COMPARE_MUNICIPALITY), 0, { VERDICT_DIFFERENT, 0, municipalities_differ } },
	{ { 0 }, BIT(COMPARE_PERIOD), 0, { VERDICT_MAYBE, 0, N_("Another period: perhaps a second round") } },
	{ { 0 }, BIT(COMPARE_SUBJECT), 0, { VERDICT_MAYBE, 0, N_("The titles do not say what it is about") } },
	/* A long title is hardly given twice in a year. */
	{ { [COMPARE_TITLE] = ALIKE_NEARLY, [COMPARE_SUBJECT] = ALIKE_SAME, [COMPARE_YEAR] = ALIKE_SAME },
	  0,
	  BIT(COMPARE_OWNER),
	  { VERDICT_SAME, 1, "" } },
	/* One title may be many projects', even in one year or of one grant, so that two of these must agree. */
	{ { 0 }, 0, 0, { VERDICT_MAYBE, 0, NULL }, WHOSE | BIT(COMPARE_FUNDER) | BIT(COMPARE_PERIOD) },
	{ { 0 }, 0, 0, { VERDICT_MAYBE, 0, NULL }, WHOSE | BIT(COMPARE_PERIOD) | BIT(COMPARE_YEAR) },
	{ { 0 }, 0, 0, { VERDICT_MAYBE, 0, NULL }, WHOSE | BIT(COMPARE_YEAR) | BIT(COMPARE_FUNDER) },
	/* A title that only resembles, or is a part, needs the same owner or the same municipality. */
	{ { [COMPARE_TITLE] = ALIKE_NEARLY }, 0, BIT(COMPARE_OWNER), { VERDICT_SAME, 1, "" } },
	{ { [COMPARE_TITLE] = ALIKE_NEARLY, [COMPARE_MUNICIPALITY] = ALIKE_PARTLY }, 0, 0, { VERDICT_SAME, 1, "" } },
	/* A programme and its part have one owner in one place only where they are one. */
	{ { [COMPARE_PART] = ALIKE_PARTLY, [COMPARE_OWNER] = ALIKE_PARTLY, [COMPARE_MUNICIPALITY] = ALIKE_SAME },
	  0,
	  0,
	  { VERDICT_SAME, 1, "" } },
	{ { [COMPARE_PART] = ALIKE_PARTLY }, 0, 0, { VERDICT_MAYBE, 0, N_("One may be a part of the other") } },
	{ { [COMPARE_TITLE] = ALIKE_PARTLY, [COMPARE_OWNER] = ALIKE_PARTLY }, 0, 0, { VERDICT_SAME, 1, "" } },
	{ { [COMPARE_TITLE] = ALIKE_PARTLY, [COMPARE_MUNICIPALITY] = ALIKE_SAME }, 0, 0, { VERDICT_SAME, 1, "" } },
	{ { [COMPARE_TITLE] = ALIKE_RESEMBLES, [COMPARE_OWNER] = ALIKE_PARTLY, [COMPARE_MUNICIPALITY] = ALIKE_SAME },
	  0,
	  0,
	  { VERDICT_SAME, 1, "" } },
};

/* Two places in print are two works, unless one DOI says otherwise. */
static const Rule contradictions[] = {
	{ { 0 }, BIT(COMPARE_DOI), 0, { VERDICT_DIFFERENT, 0, dois_contradict } },
	{ { [COMPARE_DOI] = ALIKE_SAME }, 0, 0, { VERDICT_SAME, 1, NULL } },
	{ { [COMPARE_PAGE] = ALIKE_SAME,
	    [COMPARE_EXTENT] = ALIKE_SAME,
	    [COMPARE_VOLUME] = ALIKE_SAME,
	    [COMPARE_JOURNAL] = ALIKE_SAME },
	  0,
	  0,
	  { VERDICT_SAME, 1, NULL } },
	{ { 0 }, BIT(COMPARE_NOTICE), 0, { VERDICT_DIFFERENT, 0, correction } },
	{ { 0 }, BIT(COMPARE_NUMBERS), 0, { VERDICT_DIFFERENT, 0, numbers_differ } },
	{ { 0 }, PLACE, 0, { VERDICT_DIFFERENT, 0, N_("Volume and page differ") } },
	{ { 0 }, BIT(COMPARE_PART), 0, { VERDICT_DIFFERENT, 0, two_parts } },
	{ { 0 }, BIT(COMPARE_MUNICIPALITY), 0, { VERDICT_DIFFERENT, 0, municipalities_differ } },
	/* A project has as many titles as lists; one owner in one place holds them together. */
	{ { [COMPARE_OWNER] = ALIKE_PARTLY, [COMPARE_MUNICIPALITY] = ALIKE_PARTLY }, 0, 0, { VERDICT_SAME, 1, NULL } },
	{ { 0 }, BIT(COMPARE_TITLE), 0, { VERDICT_DIFFERENT, 0, titles_differ } },
};

/* A neighbouring year is none in which the same was done. */
static bool agrees(const Comparison *c, uint32_t field)
{
	return c->at[field] >= (field == COMPARE_YEAR ? ALIKE_SAME : ALIKE_PARTLY);
}

static bool fits(const Rule *rule, const Comparison *c)
{
	for (uint32_t i = 0; i < COMPARED; i++) {
		bool differs = c->at[i] == ALIKE_DIFFERS;
		if (c->at[i] < rule->least[i] || ((rule->differs & BIT(i)) && !differs) ||
		    ((rule->unless & BIT(i)) && differs) || ((rule->without & BIT(i)) && agrees(c, i)))
			return false;
	}
	return true;
}

static const Rule *first_fitting(const Rule *at, size_t n, const Comparison *c)
{
	for (size_t i = 0; i < n; i++)
		if (fits(&at[i], c))
			return &at[i];
	return NULL;
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

Ruling rules_decide(const Comparison *c)
{
	const Rule *rule = first_fitting(rules, COUNT(rules), c);
	return rule != NULL ? rule->ruling : (Ruling){ VERDICT_DIFFERENT, 0, NULL };
}

Ruling rules_ceiling(const Comparison *c)
{
	const Rule *rule = first_fitting(ceilings, COUNT(ceilings), c);
	return rule != NULL ? rule->ruling : (Ruling){ VERDICT_MAYBE, 0, NULL };
}

const char *rules_contradict(const Comparison *c)
{
	const Rule *rule = first_fitting(contradictions, COUNT(contradictions), c);
	return rule != NULL ? rule->ruling.reason : NULL;
}
