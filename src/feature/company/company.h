/* company: employers, shared by all who work with citizens.
 *
 * Owns table company. One row per workplace: a CVR number may stand once
 * without and any number of times with different P-numbers. The reasonableness
 * ratio says how many unpaid or subsidised people a workplace may have per
 * ordinary employee; it warns with its legal reference and never blocks. Reads
 * are the statements of company.sql. Writes run inside a commit job and carry
 * their audit event. Results live in c->arena.
 */
#ifndef FEATURE_COMPANY_H
#define FEATURE_COMPANY_H

#include "company_sql.h"
#include "feature/list.h"

typedef struct {
	Str name;
	Str cvr, p_number;
	Str branch;
	int64_t municipality;
	double ordinary_employees; /* full-time equivalents, average of four months */
	int64_t subsidised_now;    /* people there on unpaid or subsidised terms from elsewhere */
	Str phone, email;
	int64_t version; /* of what is changed; INT_NONE: something new */
} CompanyIn;
extern const Form company_form;

/* INVALID: no name, wrong CVR; CONFLICT: the workplace is registered already. */
Err company_add(Ctx *c, const CompanyIn *in, CompanyId *out) MUST_USE;
/* The same, and CONFLICT when in->version is not the stored one. */
Err company_change(Ctx *c, CompanyId id, const CompanyIn *in) MUST_USE;
/* What a form for changing shows. */
CompanyIn company_in(const Company *row);

/* Places for unpaid or subsidised people by ordinary full-time equivalents: one
 * per 5 up to 50, at least one; above 50 one more per 10 (BEK 2636/2021 § 65).
 * Without ordinary employees there is none; -1 when their number is unknown. */
int64_t company_places(double ordinary_employees);

typedef struct {
	int64_t places; /* -1: unknown */
	int64_t used;   /* from elsewhere, and placements in the register open on the day */
	bool exceeded;
} CompanyRatio;

CompanyRatio company_ratio_of(double ordinary_employees, int64_t subsidised_now, int64_t places_used);
Err company_ratio(Ctx *c, CompanyId id, Date day, CompanyRatio *out) MUST_USE;

/* Searching. */
typedef struct {
	ListSearch list; /* text: part of the name, or a CVR number; sort: CompanyListOrder */
} CompanySearch;
extern const Form company_search_form, company_address_form;

/* Companies to choose one from: `chosen` (none: nothing is) before all others,
 * then the first that fit what was typed (a part of the name, or a CVR number;
 * none: all), COMPANY_CHOICES at most; *more: there are others. */
enum { COMPANY_CHOICES = 50 };
Err company_find(Ctx *c, Str typed, CompanyId chosen, CompanyNameList *out, bool *more) MUST_USE;

Err company_search(Ctx *c, const CompanySearch *search, Date day, CompanyRowList *rows, int64_t *total) MUST_USE;

#endif
