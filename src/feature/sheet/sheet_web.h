/* sheet_web: making a sheet, and the company's page of it. */
#ifndef FEATURE_SHEET_WEB_H
#define FEATURE_SHEET_WEB_H

#include "access/route.h"
#include "feature/company/company.h"
#include "feature/feature.h"
#include "feature/sheet/sheet.h"

extern const RouteTable sheet_routes;

/* What sheet.html shows. */
typedef struct {
	Disclosed told;
	const char *situation; /* translated; NULL: not told */
	Str company;
} SheetView;

typedef struct {
	Person person;
	CompanyId company;
	SheetView view;
	SheetLineList made;
	bool may_contact;
	Str csrf;
} SheetPage;

typedef struct {
	Person person;
	Str code, link;
} SheetLink;

#endif
