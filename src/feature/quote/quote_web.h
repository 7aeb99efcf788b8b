/* quote_web: what a citizen has said, as the staff writes it down. */
#ifndef FEATURE_QUOTE_WEB_H
#define FEATURE_QUOTE_WEB_H

#include "access/route.h"
#include "feature/feature.h"
#include "feature/quote/quote.h"

extern const RouteTable quote_routes;

/* What quote.html shows. */
typedef struct {
	Person person;
	QuoteList quotes;
	bool may_publish; /* the citizen's consent covers it today */
	Str csrf;
} QuotePage;

#endif
