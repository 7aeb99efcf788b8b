#include "measure/claims_inside.h"

#include "format/json.h"
#include "stats/share.h"

#include <math.h>

enum { CLAIMS_MOST = 100000 };

static const EnumRow verdict_rows[] = { { "ok", N_("right") },
					{ "wrong", N_("wrong") },
					{ "rounded-sum", N_("sum of rounded percentages") } };
const EnumTable claim_verdict_table = ENUM_TABLE("claim_verdict", verdict_rows);

typedef struct {
	int64_t at[CLAIM_PARTS_MOST];
	int n;
	int64_t sum;
} Parts;

static Err read_parts(const ClaimReader *r, Parts *out)
{
	Str rest = csv_field(&r->csv, r->parts), piece;
	*out = (Parts){ 0 };
	if (str_is_empty(rest))
		return OK;
	while (str_split(&rest, '+', &piece)) {
		if (out->n == CLAIM_PARTS_MOST)
			return csv_refuse(&r->csv, r->parts, T(r->c->lang, "At most %d parts."), CLAIM_PARTS_MOST);
		RETURN_IF_ERR(claim_count(r, r->parts, str_trim(piece), &out->at[out->n]));
		out->sum += out->at[out->n++];
	}
	if (out->sum > SHARE_COUNT_MOST)
		return claim_refuse_size(r, r->parts, csv_field(&r->csv, r->parts));
	return OK;
}

/* What the parts' percentages add up to when each is rounded first. */
static int64_t sum_of_rounded(const Parts *parts, int64_t whole, int decimals)
{
	int64_t sum = 0;
	for (int i = 0; i < parts->n; i++)
		sum += share_percent_scaled(parts->at[i], whole, decimals);
	return sum;
}

static void judge_share(ClaimReader *r, const Parts *parts, int64_t part, int64_t whole, const ClaimDecimal *printed,
			Claim *out)
{
	Ctx *c = r->c;
	Str k = text_int(c->arena, c->lang, part), n = text_int(c->arena, c->lang, whole);
	out->computed = (double)part / (double)whole * 100;
	out->is_percent = true;
	out->verdict = CLAIM_WRONG;
	if (part > whole) {
		out->reason = str_of(T(c->lang, "The part is larger than the whole."));
		return;
	}
	if (parts->n > 0 && parts->sum != part) {
		Str sum = text_int(c->arena, c->lang, parts->sum);
		out->reason = str_printf(c->arena, T(c->lang, "The parts add up to %.*s, not to %.*s."), STR_ARG(sum),
					 STR_ARG(k));
		return;
	}
	int64_t right = share_percent_scaled(part, whole, printed->decimals);
	int closer = printed->decimals < 2 ? 2 : printed->decimals;
	Str exact = claim_percent_text(c, share_percent_scaled(part, whole, closer), closer);
	Str rounded = claim_percent_text(c, right, printed->decimals);
	Str shown = claim_percent_text(c, printed->scaled, printed->decimals);
	if (right == printed->scaled) {
		out->verdict = CLAIM_OK;
		out->reason = str_printf(c->arena, T(c->lang, "%.*s of %.*s is %.*s, rounded %.*s."), STR_ARG(k),
					 STR_ARG(n), STR_ARG(exact), STR_ARG(rounded));
	} else if (parts->n > 1 && sum_of_rounded(parts, whole, printed->decimals) == printed->scaled) {
		out->verdict = CLAIM_ROUNDED_SUM;
		out->reason = str_printf(
			c->arena,
			T(c->lang,
			  "%.*s of %.*s is %.*s, rounded %.*s; %.*s is the sum of the parts' rounded percentages."),
			STR_ARG(k), STR_ARG(n), STR_ARG(exact), STR_ARG(rounded), STR_ARG(shown));
	} else {
		out->reason = str_printf(c->arena, T(c->lang, "%.*s of %.*s is %.*s, rounded %.*s, not %.*s."),
					 STR_ARG(k), STR_ARG(n), STR_ARG(exact), STR_ARG(rounded), STR_ARG(shown));
	}
}

static Err read_share(ClaimReader *r)
{
	Parts parts;
	ClaimDecimal printed;
	int64_t part, whole;
	RETURN_IF_ERR(read_parts(r, &parts));
	part = parts.sum;
	if (parts.n == 0 || !str_is_empty(csv_field(&r->csv, r->part)))
		RETURN_IF_ERR(claim_count(r, r->part, csv_field(&r->csv, r->part), &part));
	RETURN_IF_ERR(claim_count(r, r->whole, csv_field(&r->csv, r->whole), &whole));
	if (whole == 0)
		return csv_refuse(&r->csv, r->whole, "%s", T(r->c->lang, "A share of nothing cannot be computed."));
	RETURN_IF_ERR(claim_decimal(r, r->percent, &printed));
	judge_share(r, &parts, part, whole, &printed, claim_next(r, claim_id(r)));
	return OK;
}

static Err read_total(ClaimReader *r)
{
	Ctx *c = r->c;
	Parts parts;
	int64_t total;
	RETURN_IF_ERR(read_parts(r, &parts));
	if (parts.n == 0)
		return csv_refuse(&r->csv, r->parts, "%s", T(c->lang, "This must be filled in."));
	RETURN_IF_ERR(claim_count(r, r->total, csv_field(&r->csv, r->total), &total));
	Claim *out = claim_next(r, claim_id(r));
	Str sum = text_int(c->arena, c->lang, parts.sum), claimed = text_int(c->arena, c->lang, total);
	out->verdict = parts.sum == total ? CLAIM_OK : CLAIM_WRONG;
	out->computed = (double)parts.sum;
	out->reason = parts.sum == total ? str_printf(c->arena, T(c->lang, "The parts add up to %.*s."), STR_ARG(sum))
					 : str_printf(c->arena, T(c->lang, "The parts add up to %.*s, not to %.*s."),
						      STR_ARG(sum), STR_ARG(claimed));
	return OK;
}

static Err find_columns(ClaimReader *r)
{
	const struct {
		Heading heading;
		int *at;
	} columns[] = { { HEADING_PART, &r->part },         { HEADING_PARTS, &r->parts }, { HEADING_WHOLE, &r->whole },
			{ HEADING_PERCENT, &r->percent },   { HEADING_TOTAL, &r->total }, { HEADING_MEAN, &r->mean },
			{ HEADING_ANSWERS, &r->n },         { HEADING_ITEMS, &r->items }, { HEADING_GROUP, &r->group },
			{ HEADING_QUANTITY, &r->quantity }, { HEADING_VALUE, &r->value } };
	RETURN_IF_ERR(heading_required(&r->csv, HEADING_ID, &r->id));
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		*columns[i].at = heading_column(&r->csv, columns[i].heading);
	if (r->total >= 0)
		RETURN_IF_ERR(heading_required(&r->csv, HEADING_PARTS, &r->parts));
	if (r->mean >= 0)
		RETURN_IF_ERR(heading_required(&r->csv, HEADING_ANSWERS, &r->n));
	if (r->group >= 0)
		RETURN_IF_ERR(heading_required(&r->csv, HEADING_PERCENT, &r->percent));
	if (r->quantity >= 0)
		RETURN_IF_ERR(heading_required(&r->csv, HEADING_VALUE, &r->value));
	bool others = r->total >= 0 || r->mean >= 0 || r->group >= 0 || r->quantity >= 0;
	if (others && r->whole < 0 && (r->percent < 0 || r->group >= 0))
		return OK;
	RETURN_IF_ERR(heading_required(&r->csv, HEADING_WHOLE, &r->whole));
	RETURN_IF_ERR(heading_required(&r->csv, HEADING_PERCENT, &r->percent));
	return r->parts >= 0 ? OK : heading_required(&r->csv, HEADING_PART, &r->part);
}

static bool is_filled(const ClaimReader *r, int column)
{
	return !str_is_empty(csv_field(&r->csv, column));
}

Str claim_id(const ClaimReader *r)
{
	return str_dup(r->c->arena, csv_field(&r->csv, r->id));
}

/* Everything that the row says; one that says nothing is asked for the first thing that it could say. */
static Err read_claim(ClaimReader *r)
{
	bool grouped = is_filled(r, r->group),
	     any = is_filled(r, r->total) || is_filled(r, r->mean) || grouped || is_filled(r, r->quantity);
	bool share = is_filled(r, r->whole) || is_filled(r, r->part) || (is_filled(r, r->percent) && !grouped);
	if (!is_filled(r, r->id))
		return csv_refuse(&r->csv, r->id, "%s", T(r->c->lang, "This must be filled in."));
	if (share || (!any && r->whole >= 0))
		RETURN_IF_ERR(read_share(r));
	else if (!any)
		return csv_refuse(&r->csv,
				  r->total >= 0   ? r->total
				  : r->mean >= 0  ? r->mean
				  : r->group >= 0 ? r->group
						  : r->quantity,
				  "%s", T(r->c->lang, "This must be filled in."));
	if (is_filled(r, r->total))
		RETURN_IF_ERR(read_total(r));
	if (is_filled(r, r->mean))
		RETURN_IF_ERR(claim_read_mean(r));
	if (grouped)
		RETURN_IF_ERR(claim_read_group(r));
	return is_filled(r, r->quantity) ? claim_read_quantity(r) : OK;
}

Claim *claim_next(ClaimReader *r, Str id)
{
	ClaimList *list = r->out;
	if (list->n == r->room) {
		r->room = r->room == 0 ? 64 : r->room * 2;
		Claim *wider = ARENA_ARRAY(r->c->arena, r->room, Claim);
		for (size_t i = 0; i < list->n; i++)
			wider[i] = list->at[i];
		list->at = wider;
	}
	list->at[list->n] = (Claim){ .id = id };
	return &list->at[list->n++];
}

Err claims_check(Ctx *c, Str csv, ClaimList *out)
{
	ClaimReader r = { .c = c, .out = out };
	CsvLimits limits = csv_limits;
	limits.rows = CLAIMS_MOST;
	RETURN_IF_ERR(csv_open(c, csv, &limits, &r.csv));
	RETURN_IF_ERR(csv_require_rows(&r.csv));
	RETURN_IF_ERR(find_columns(&r));
	int wrong = 0;
	bool more;
	*out = (ClaimList){ 0 };
	for (;;) {
		RETURN_IF_ERR(csv_next(&r.csv, &more));
		if (!more)
			break;
		if (wrong == CLAIM_WRONG_ROWS_MOST)
			return refuse_at(c, "", r.csv.row, 0,
					 T(c->lang, "Reading stops here: no more than %d wrong rows are told at once."),
					 CLAIM_WRONG_ROWS_MOST);
		wrong += read_claim(&r) != OK;
	}
	if (wrong > 0)
		return ERR_INVALID;
	claims_judge_groups(&r);
	claims_judge_quantities(&r);
	return OK;
}

void claims_json(Buf *out, const ClaimList *claims)
{
	JsonWriter w = json_writer(out);
	json_open_object(&w);
	json_add_list(&w, "claims");
	for (size_t i = 0; i < claims->n; i++) {
		const Claim *k = &claims->at[i];
		json_open_object(&w);
		json_add_text(&w, "id", k->id);
		json_add_text(&w, "verdict", enum_code(&claim_verdict_table, (int)k->verdict));
		json_add_real(&w, "computed", round(k->computed * 1e4) / 1e4);
		json_add_text(&w, "reason", k->reason);
		json_close(&w);
	}
	json_close(&w);
	json_close(&w);
}

static Err check_and_tell(Ctx *c, Str csv, Buf *out, ClaimList *claims)
{
	bool all_right = true;
	RETURN_IF_ERR(claims_check(c, csv, claims));
	for (size_t i = 0; i < claims->n; i++)
		all_right = all_right && claims->at[i].verdict == CLAIM_OK;
	buf_char(out, all_right ? '1' : '0');
	return OK;
}

static Err read_as_json(Ctx *c, Str csv, Buf *out)
{
	ClaimList claims;
	RETURN_IF_ERR(check_and_tell(c, csv, out, &claims));
	claims_json(out, &claims);
	buf_char(out, '\n');
	return OK;
}

static Err read_as_text(Ctx *c, Str csv, Buf *out)
{
	ClaimList claims;
	int64_t right = 0;
	RETURN_IF_ERR(check_and_tell(c, csv, out, &claims));
	for (size_t i = 0; i < claims.n; i++) {
		const Claim *k = &claims.at[i];
		buf_printf(out, "%.*s: %s. %.*s\n", STR_ARG(k->id),
			   enum_text(c->lang, &claim_verdict_table, (int)k->verdict), STR_ARG(k->reason));
		right += k->verdict == CLAIM_OK;
	}
	Str all = text_int(c->arena, c->lang, (int64_t)claims.n), agree = text_int(c->arena, c->lang, right);
	buf_printf(out,
		   (size_t)right == claims.n
			   ? T(c->lang, "\nOf %.*s claims %.*s agree with their own figures.\n")
			   : T(c->lang,
			       "\nOf %.*s claims %.*s agree with their own figures; look at the others in the report: "
			       "what is wrong there may be the claim or a figure behind it.\n"),
		   STR_ARG(all), STR_ARG(agree));
	return OK;
}

const ConvertReader claims_json_reader = { "claims", read_as_json };
const ConvertReader claims_text_reader = { "claims as text", read_as_text };
