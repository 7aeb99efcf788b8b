/* company_web: finding companies, one company's page, its form. */
#ifndef FEATURE_COMPANY_WEB_H
#define FEATURE_COMPANY_WEB_H

#include "access/page.h"
#include "feature/company/company.h"
#include "html/html.h"

extern const RouteTable company_routes;

/* The choice of a form's field "company": `stored` stands among them, and what
 * has been chosen since; the others are found by what is typed above them. */
Err company_options(Ctx *c, const Request *r, CompanyId stored, FormOptions *out) MUST_USE;

/* What company.html shows. */
typedef struct {
	CompanyRowList rows;
	ListPage list;
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
