/* report_page: what stands above the evaluation on its page. Private to the room. */
#ifndef REPORT_REPORT_PAGE_H
#define REPORT_REPORT_PAGE_H

#include "feature/programme/programme.h"

typedef struct {
	const Programme *programme; /* shown; NULL: there is none */
	ProgrammeList programmes;   /* that the actor reaches */
	bool has_choice;
	Date day;
	Str css; /* version of the style sheet */
} ReportPage;

#endif
