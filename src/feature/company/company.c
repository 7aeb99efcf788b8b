#include "feature/company/company.h"

#include "base/danish.h"
#include "feature/feature.h"

#include <math.h>

static const EnumRow sorts[] = {
	{ "by_name", N_("Name") },
	{ "by_last_contact", N_("Last contact first") },
};
static const EnumTable sort_table = ENUM_TABLE("company_sort", sorts);

static const Field fields[] = {
	FIELD(CompanyIn, name, FIELD_TEXT, N_("Name"), .required = true),
	FIELD(CompanyIn, cvr, FIELD_CVR, N_("CVR number"), .hint = N_("Eight digits")),
	FIELD(CompanyIn, p_number, FIELD_P_NUMBER, N_("P-number"), .hint = N_("Ten digits, of the workplace")),
	FIELD(CompanyIn, branch, FIELD_TEXT, N_("Branch")),
	FIELD(CompanyIn, municipality, FIELD_MUNICIPALITY, N_("Municipality")),
	FIELD(CompanyIn, ordinary_employees, FIELD_REAL, N_("Ordinary employees"), .min = 0, .max = 1e6,
	      .hint = N_("Full-time, average of the last four months")),
	FIELD(CompanyIn, subsidised_now, FIELD_INT, N_("Unpaid or subsidised from elsewhere"), .min = 0, .max = 1e6),
	FIELD(CompanyIn, phone, FIELD_PHONE, N_("Phone")),
	FIELD(CompanyIn, email, FIELD_EMAIL, N_("E-mail")),
	FIELD(CompanyIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form company_form = FORM("company", CompanyIn, fields);

static const Field search_fields[] = {
	LIST_TEXT(CompanySearch, N_("Name or CVR number")),
	LIST_SORT(CompanySearch, &sort_table),
	LIST_PAGE(CompanySearch),
	LIST_SEALED(CompanySearch),
};
const Form company_search_form = LIST_FORM_TYPED("company_search", CompanySearch, search_fields);
const Form company_address_form = LIST_FORM_ADDRESS("company_list", CompanySearch, search_fields);

static Err check(Ctx *c, const CompanyIn *in, CompanyId self)
{
	if (str_is_empty(in->name))
		return refuse(c, "name", "%s", T(c->lang, "This must be filled in."));
	if (str_is_empty(in->cvr))
		return OK;
	if (!cvr_parse(in->cvr, NULL))
		return refuse(c, "cvr", "%s", T(c->lang, "This is not a CVR number."));
	CompanyList same;
	RETURN_IF_ERR(company_same(c, in->cvr, &same));
	for (size_t i = 0; i < same.n; i++)
		if (!uuid_eq(same.at[i].id.v, self.v) && str_eq(same.at[i].p_number, in->p_number))
			return feature_conflict(c, str_is_empty(in->p_number) ? "cvr" : "p_number",
						T(c->lang, "This workplace is registered already."));
	return OK;
}

static Company row_of(Ctx *c, const CompanyIn *in, CompanyId id)
{
	return (Company){ .id = id,
			  .name = in->name,
			  .name_sort = danish_sort_key(c->arena, in->name),
			  .cvr = in->cvr,
			  .p_number = in->p_number,
			  .branch = in->branch,
			  .municipality = in->municipality,
			  .ordinary_employees = in->ordinary_employees,
			  .subsidised_now = in->subsidised_now,
			  .phone = in->phone,
			  .email = in->email,
			  .version = in->version,
			  .changed = clock_now(c->clock),
			  .changed_by = feature_actor_name(c) };
}

Err company_add(Ctx *c, const CompanyIn *in, CompanyId *out)
{
	Company row = row_of(c, in, (CompanyId){ uuid_v7(c->clock, c->random) });
	row.version = 1;
	RETURN_IF_ERR(check(c, in, row.id));
	RETURN_IF_ERR(company_insert(c, &row));
	*out = row.id;
	return feature_audit(c, "company.add", "company", row.id.v, NOBODY);
}

Err company_change(Ctx *c, CompanyId id, const CompanyIn *in)
{
	Company old;
	int64_t changed = 0;
	RETURN_IF_ERR(company_get(c, id, &old));
	RETURN_IF_ERR(feature_check_version(c, in->version, old.version, old.changed, old.changed_by));
	RETURN_IF_ERR(check(c, in, id));
	Company row = row_of(c, in, id);
	RETURN_IF_ERR(company_update(c, &row, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	return feature_audit(c, "company.change", "company", id.v, NOBODY);
}

CompanyIn company_in(const Company *row)
{
	return (CompanyIn){ .name = row->name,
			    .cvr = row->cvr,
			    .p_number = row->p_number,
			    .branch = row->branch,
			    .municipality = row->municipality,
			    .ordinary_employees = row->ordinary_employees,
			    .subsidised_now = row->subsidised_now,
			    .phone = row->phone,
			    .email = row->email,
			    .version = row->version };
}

int64_t company_places(double ordinary_employees)
{
	if (isnan(ordinary_employees))
		return -1;
	if (ordinary_employees <= 0)
		return 0;
	if (ordinary_employees < 5)
		return 1;
	if (ordinary_employees <= 50)
		return (int64_t)floor(ordinary_employees / 5);
	return 10 + (int64_t)floor((ordinary_employees - 50) / 10);
}

CompanyRatio company_ratio_of(double ordinary_employees, int64_t subsidised_now, int64_t places_used)
{
	CompanyRatio r = { .places = company_places(ordinary_employees), .used = places_used };
	if (subsidised_now != INT_NONE)
		r.used += subsidised_now;
	r.exceeded = r.places >= 0 && r.used > r.places;
	return r;
}

Err company_ratio(Ctx *c, CompanyId id, Date day, CompanyRatio *out)
{
	Company row;
	int64_t used = 0;
	RETURN_IF_ERR(company_get(c, id, &row));
	RETURN_IF_ERR(company_places_used(c, id, day, &used));
	*out = company_ratio_of(row.ordinary_employees, row.subsidised_now, used);
	return OK;
}

/* What was typed is a CVR number or a part of a name. */
static void read_typed(Ctx *c, Str typed, Str *text, Str *cvr)
{
	char digits[9];
	bool number = cvr_parse(typed, digits);
	*cvr = number ? str_dup(c->arena, str_of(digits)) : STR_NONE;
	*text = number ? STR_NONE : feature_like(c, typed);
}

Err company_find(Ctx *c, Str typed, CompanyId chosen, CompanyNameList *out, bool *more)
{
	Str text, cvr;
	read_typed(c, typed, &text, &cvr);
	RETURN_IF_ERR(company_choices(c, text, cvr, chosen, COMPANY_CHOICES + 1, out));
	*more = out->n > COMPANY_CHOICES;
	out->n = *more ? COMPANY_CHOICES : out->n;
	return OK;
}

Err company_search(Ctx *c, const CompanySearch *search, Date day, CompanyRowList *rows, int64_t *total)
{
	Str text, cvr;
	read_typed(c, search->list.text, &text, &cvr);
	CompanyListOrder order =
		search->list.sort == ENUM_NONE ? COMPANY_LIST_BY_NAME : (CompanyListOrder)search->list.sort;
	RETURN_IF_ERR(company_count(c, text, cvr, total));
	return company_list(c, text, cvr, day, LIST_PAGE_ROWS, list_skip(&search->list), order, rows);
}
