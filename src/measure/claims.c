#include "measure/claims.h"

#include "format/csv.h"
#include "format/json.h"
#include "stats/share.h"

#include <math.h>

enum { CLAIMS_MOST = 100000 };

static const EnumRow verdict_rows[] = { { "ok", N_("right") },
					{ "wrong", N_("wrong") },
					{ "rounded-sum", N_("sum of rounded percentages") } };
const EnumTable claim_verdict_table = ENUM_TABLE("claim_verdict", verdict_rows);

typedef struct {
	Ctx *c;
	Csv csv;
	int id, part, parts, whole, percent, total;
} Reader;

typedef struct {
	int64_t at[CLAIM_PARTS_MOST];
	int n;
	int64_t sum;
} Parts;

/* A published percentage as printed: 41 or 40.8 or 40,8 → units of its last digit. */
typedef struct {
	int64_t scaled;
	int decimals;
} Percent;

static bool all_digits(Str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return text.len > 0;
}

static Err refuse_size(const Reader *r, int column, Str text)
{
	Str most = text_int(r->c->arena, r->c->lang, SHARE_COUNT_MOST);
	return csv_refuse(&r->csv, column, T(r->c->lang, "“%.*s” is more than %.*s, the largest number here."),
			  STR_ARG(text), STR_ARG(most));
}

static Err read_count(const Reader *r, int column, Str text, int64_t *out)
{
	bool number = str_to_int(text, out);
	if (all_digits(text) && (!number || *out > SHARE_COUNT_MOST))
		return refuse_size(r, column, text);
	if (!number || *out < 0)
		return csv_refuse(&r->csv, column, T(r->c->lang, "“%.*s” is not a whole number of at least 0."),
				  STR_ARG(text));
	return OK;
}

static Err read_parts(const Reader *r, Parts *out)
{
	Str rest = csv_field(&r->csv, r->parts), piece;
	*out = (Parts){ 0 };
	if (str_is_empty(rest))
		return OK;
	while (str_split(&rest, '+', &piece)) {
		if (out->n == CLAIM_PARTS_MOST)
			return csv_refuse(&r->csv, r->parts, T(r->c->lang, "At most %d parts."), CLAIM_PARTS_MOST);
		RETURN_IF_ERR(read_count(r, r->parts, str_trim(piece), &out->at[out->n]));
		out->sum += out->at[out->n++];
	}
	if (out->sum > SHARE_COUNT_MOST)
		return refuse_size(r, r->parts, csv_field(&r->csv, r->parts));
	return OK;
}

/* "41", "41%", "41 %", with whatever space a text program puts there. */
static Str without_sign(Str text)
{
	static const Str spaces[] = { { STR_LIT("\xC2\xA0") },
				      { STR_LIT("\xE2\x80\xAF") } }; /* no-break, narrow no-break */
	if (!str_ends(text, STR("%")))
		return text;
	text = str_trim(str_sub(text, 0, text.len - 1));
	for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
		if (str_ends(text, spaces[i]))
			text = str_sub(text, 0, text.len - spaces[i].len);
	return text;
}

static Err read_percent(const Reader *r, Percent *out)
{
	Str text = without_sign(csv_field(&r->csv, r->percent));
	*out = (Percent){ 0 };
	bool point = false;
	for (size_t i = 0; i < text.len; i++) {
		char ch = text.ptr[i];
		if ((ch == '.' || ch == ',') && !point && i > 0 && i + 1 < text.len) {
			point = true;
		} else if (ch >= '0' && ch <= '9' && out->scaled < SHARE_COUNT_MOST) {
			out->scaled = out->scaled * 10 + (ch - '0');
			out->decimals += point;
		} else {
			return csv_refuse(&r->csv, r->percent, T(r->c->lang, "“%.*s” is not a percentage."),
					  STR_ARG(text));
		}
	}
	if (text.len == 0)
		return csv_refuse(&r->csv, r->percent, "%s", T(r->c->lang, "This must be filled in."));
	if (out->decimals > SHARE_DECIMALS_MOST)
		return csv_refuse(&r->csv, r->percent, T(r->c->lang, "“%.*s” has more than %d decimals."),
				  STR_ARG(text), SHARE_DECIMALS_MOST);
	return OK;
}

static Str percent_text(Ctx *c, int64_t scaled, int decimals)
{
	return text_percent(c->arena, c->lang, (double)scaled / pow(10, decimals + 2), decimals);
}

/* What the parts' percentages add up to when each is rounded first. */
static int64_t sum_of_rounded(const Parts *parts, int64_t whole, int decimals)
{
	int64_t sum = 0;
	for (int i = 0; i < parts->n; i++)
		sum += share_percent_scaled(parts->at[i], whole, decimals);
	return sum;
}

static void judge_share(Reader *r, const Parts *parts, int64_t part, int64_t whole, const Percent *printed, Claim *out)
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
	Str exact = percent_text(c, share_percent_scaled(part, whole, closer), closer);
	Str rounded = percent_text(c, right, printed->decimals);
	Str shown = percent_text(c, printed->scaled, printed->decimals);
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

static Err read_share(Reader *r, Claim *out)
{
	Parts parts;
	Percent printed;
	int64_t part, whole;
	RETURN_IF_ERR(read_parts(r, &parts));
	part = parts.sum;
	if (parts.n == 0 || !str_is_empty(csv_field(&r->csv, r->part)))
		RETURN_IF_ERR(read_count(r, r->part, csv_field(&r->csv, r->part), &part));
	RETURN_IF_ERR(read_count(r, r->whole, csv_field(&r->csv, r->whole), &whole));
	if (whole == 0)
		return csv_refuse(&r->csv, r->whole, "%s", T(r->c->lang, "A share of nothing cannot be computed."));
	RETURN_IF_ERR(read_percent(r, &printed));
	judge_share(r, &parts, part, whole, &printed, out);
	return OK;
}

static Err read_total(Reader *r, Claim *out)
{
	Ctx *c = r->c;
	Parts parts;
	int64_t total;
	RETURN_IF_ERR(read_parts(r, &parts));
	if (parts.n == 0)
		return csv_refuse(&r->csv, r->parts, "%s", T(c->lang, "This must be filled in."));
	RETURN_IF_ERR(read_count(r, r->total, csv_field(&r->csv, r->total), &total));
	Str sum = text_int(c->arena, c->lang, parts.sum), claimed = text_int(c->arena, c->lang, total);
	out->verdict = parts.sum == total ? CLAIM_OK : CLAIM_WRONG;
	out->computed = (double)parts.sum;
	out->reason = parts.sum == total ? str_printf(c->arena, T(c->lang, "The parts add up to %.*s."), STR_ARG(sum))
					 : str_printf(c->arena, T(c->lang, "The parts add up to %.*s, not to %.*s."),
						      STR_ARG(sum), STR_ARG(claimed));
	return OK;
}

static Err find_columns(Reader *r)
{
	RETURN_IF_ERR(csv_column_required(&r->csv, "id", &r->id));
	r->part = csv_column(&r->csv, "part");
	r->parts = csv_column(&r->csv, "parts");
	r->whole = csv_column(&r->csv, "whole");
	r->percent = csv_column(&r->csv, "percent");
	r->total = csv_column(&r->csv, "total");
	if (r->total >= 0)
		RETURN_IF_ERR(csv_column_required(&r->csv, "parts", &r->parts));
	if (r->total >= 0 && r->whole < 0 && r->percent < 0)
		return OK;
	RETURN_IF_ERR(csv_column_required(&r->csv, "whole", &r->whole));
	RETURN_IF_ERR(csv_column_required(&r->csv, "percent", &r->percent));
	return r->parts >= 0 ? OK : csv_column_required(&r->csv, "part", &r->part);
}

static Err read_claim(Reader *r, Claim *out)
{
	out->id = str_dup(r->c->arena, csv_field(&r->csv, r->id));
	if (str_is_empty(out->id))
		return csv_refuse(&r->csv, r->id, "%s", T(r->c->lang, "This must be filled in."));
	bool totals = r->total >= 0 && (r->percent < 0 || !str_is_empty(csv_field(&r->csv, r->total)));
	return totals ? read_total(r, out) : read_share(r, out);
}

static Claim *next_claim(Ctx *c, ClaimList *list, size_t *room)
{
	if (list->n == *room) {
		Claim *wider = ARENA_ARRAY(c->arena, *room * 2, Claim);
		for (size_t i = 0; i < *room; i++)
			wider[i] = list->at[i];
		list->at = wider;
		*room *= 2;
	}
	return &list->at[list->n++];
}

Err claims_check(Ctx *c, Str csv, ClaimList *out)
{
	Reader r = { .c = c };
	CsvLimits limits = csv_limits;
	limits.rows = CLAIMS_MOST;
	RETURN_IF_ERR(csv_open(c, csv, &limits, &r.csv));
	RETURN_IF_ERR(find_columns(&r));
	size_t room = 64;
	int wrong = 0;
	bool more;
	*out = (ClaimList){ ARENA_ARRAY(c->arena, room, Claim), 0 };
	for (;;) {
		RETURN_IF_ERR(csv_next(&r.csv, &more));
		if (!more)
			return wrong == 0 ? OK : ERR_INVALID;
		if (wrong == CLAIM_WRONG_ROWS_MOST)
			return refuse_at(c, "", r.csv.row, 0,
					 T(c->lang, "Reading stops here: no more than %d wrong rows are told at once."),
					 CLAIM_WRONG_ROWS_MOST);
		wrong += read_claim(&r, next_claim(c, out, &room)) != OK;
	}
}

void claims_json(Buf *out, const ClaimList *claims)
{
	JsonWriter w = json_writer(out);
	json_open_object(&w);
	json_key(&w, "claims");
	json_open_list(&w);
	for (size_t i = 0; i < claims->n; i++) {
		const Claim *k = &claims->at[i];
		json_open_object(&w);
		json_key(&w, "id");
		json_put_text(&w, k->id);
		json_key(&w, "verdict");
		json_put_text(&w, enum_code(&claim_verdict_table, (int)k->verdict));
		json_key(&w, "computed");
		json_put_real(&w, round(k->computed * 1e4) / 1e4);
		json_key(&w, "reason");
		json_put_text(&w, k->reason);
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
	RETURN_IF_ERR(check_and_tell(c, csv, out, &claims));
	for (size_t i = 0; i < claims.n; i++) {
		const Claim *k = &claims.at[i];
		buf_printf(out, "%.*s: %s. %.*s\n", STR_ARG(k->id),
			   enum_text(c->lang, &claim_verdict_table, (int)k->verdict), STR_ARG(k->reason));
	}
	return OK;
}

const ConvertReader claims_json_reader = { "claims", read_as_json };
const ConvertReader claims_text_reader = { "claims as text", read_as_text };
