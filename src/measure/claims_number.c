#include "measure/claims_inside.h"

#include "stats/share.h"

#include <math.h>

static bool all_digits(Str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return text.len > 0;
}

Err claim_refuse_size(const ClaimReader *r, int column, Str text)
{
	Str most = text_int(r->c->arena, r->c->lang, SHARE_COUNT_MOST);
	return csv_refuse(&r->csv, column, T(r->c->lang, "“%.*s” is more than %.*s, the largest number here."),
			  STR_ARG(text), STR_ARG(most));
}

Err claim_count(const ClaimReader *r, int column, Str text, int64_t *out)
{
	bool number = str_to_int(text, out);
	if (all_digits(text) && (!number || *out > SHARE_COUNT_MOST))
		return claim_refuse_size(r, column, text);
	if (!number || *out < 0)
		return csv_refuse(&r->csv, column, T(r->c->lang, "“%.*s” is not a whole number of at least 0."),
				  STR_ARG(text));
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

Err claim_decimal(const ClaimReader *r, int column, ClaimDecimal *out)
{
	Str text = without_sign(csv_field(&r->csv, column));
	*out = (ClaimDecimal){ 0 };
	bool point = false;
	for (size_t i = 0; i < text.len; i++) {
		char ch = text.ptr[i];
		if ((ch == '.' || ch == ',') && !point && i > 0 && i + 1 < text.len) {
			point = true;
		} else if (ch >= '0' && ch <= '9' && out->scaled < SHARE_COUNT_MOST) {
			out->scaled = out->scaled * 10 + (ch - '0');
			out->decimals += point;
		} else {
			return csv_refuse(&r->csv, column,
					  column == r->percent ? T(r->c->lang, "“%.*s” is not a percentage.")
							       : T(r->c->lang, "“%.*s” is no number."),
					  STR_ARG(text));
		}
	}
	if (text.len == 0)
		return csv_refuse(&r->csv, column, "%s", T(r->c->lang, "This must be filled in."));
	if (out->decimals > SHARE_DECIMALS_MOST)
		return csv_refuse(&r->csv, column, T(r->c->lang, "“%.*s” has more than %d decimals."), STR_ARG(text),
				  SHARE_DECIMALS_MOST);
	return OK;
}

Str claim_decimal_text(Ctx *c, ClaimDecimal d)
{
	return text_real(c->arena, c->lang, (double)d.scaled / pow(10, d.decimals), d.decimals);
}

Str claim_percent_text(Ctx *c, int64_t scaled, int decimals)
{
	return text_percent(c->arena, c->lang, (double)scaled / pow(10, decimals + 2), decimals);
}
