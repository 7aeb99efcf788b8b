/* company_web: finding companies, one company's page, its form. */
#ifndef FEATURE_COMPANY_WEB_H
#define FEATURE_COMPANY_WEB_H

#include "access/route.h"
#include "feature/company/company.h"
#include "html/html.h"

extern const RouteTable company_routes;

/* What company.html shows. */
typedef struct {
	CompanyRowList rows;
	int64_t total, from, to; /* rows from–to of total */
	Str previous, next;      /* paths of other pages; none: there is none */
	bool may_register;
} CompanyListPage;

typedef struct {
	CompanyId id;
	Company company;
	const char *municipality; /* name; NULL: unknown */
	CompanyRatio ratio;
	CompanyPersonList people;
	CompanyContactList contacts;
	bool may_register;
} CompanyPage;

#endif
