/* What several rows say together: percentages of one whole, and one quantity said twice. */
#include "measure/claims_inside.h"

#include "base/utf8.h"
#include "stats/share.h"

#include <math.h>
#include <stdlib.h>

static Err add_member(ClaimReader *r, ClaimMembers *list, int name, int said)
{
	Arena *a = r->c->arena;
	ClaimMember m = { .id = claim_id(r), .name = str_dup(a, csv_field(&r->csv, name)), .at = list->n };
	m.key = utf8_fold(a, m.name);
	RETURN_IF_ERR(claim_decimal(r, said, &m.said));
	if (list->n == list->room) {
		list->room = list->room == 0 ? 64 : list->room * 2;
		ClaimMember *wider = ARENA_ARRAY(a, list->room, ClaimMember);
		for (size_t i = 0; i < list->n; i++)
			wider[i] = list->at[i];
		list->at = wider;
	}
	list->at[list->n++] = m;
	return OK;
}

Err claim_read_group(ClaimReader *r)
{
	return add_member(r, &r->groups, r->group, r->percent);
}

Err claim_read_quantity(ClaimReader *r)
{
	return add_member(r, &r->quantities, r->quantity, r->value);
}

static int by_key(const void *left, const void *right)
{
	const ClaimMember *a = left, *b = right;
	int order = str_cmp(a->key, b->key);
	return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

/* Calls `judge` with the members of each key, in the order of keys and then of the file. */
static void judge_each(ClaimReader *r, ClaimMembers *list, void (*judge)(Ctx *, const ClaimMember *, size_t, Claim *))
{
	if (list->n > 0)
		qsort(list->at, list->n, sizeof *list->at, by_key);
	for (size_t from = 0, to; from < list->n; from = to) {
		for (to = from + 1; to < list->n && str_eq(list->at[to].key, list->at[from].key);)
			to++;
		judge(r->c, &list->at[from], to - from, claim_next(r, list->at[from].name));
	}
}

/* The number in halves of a unit with `decimals`, which it has no more of. */
static int64_t in_halves(ClaimDecimal d, int decimals)
{
	return 2 * d.scaled * (int64_t)pow(10, decimals - d.decimals);
}

/* A percentage p, rounded half up to a unit u, stands for a share from p - u/2 up to and without p + u/2, and within 0
 * and 100. The shares are 100 together, so the printed sum lies above 100 less what rounding can have taken (at 100
 * itself, where it can have taken nothing), and at most as far above as it can have given. */
static void judge_group(Ctx *c, const ClaimMember *m, size_t n, Claim *out)
{
	int finest = 0;
	for (size_t i = 0; i < n; i++)
		finest = m[i].said.decimals > finest ? m[i].said.decimals : finest;
	int64_t unit = 2, whole = in_halves((ClaimDecimal){ 100, 0 }, finest), sum = 0, given = 0, taken = 0;
	out->verdict = CLAIM_WRONG;
	for (size_t i = 0; i < n; i++) {
		Str said = claim_percent_text(c, m[i].said.scaled, m[i].said.decimals);
		if (m[i].said.scaled > 100 * (int64_t)pow(10, m[i].said.decimals)) {
			out->computed = (double)m[i].said.scaled / pow(10, m[i].said.decimals);
			out->reason = str_printf(c->arena, T(c->lang, "%.*s is more than the whole."), STR_ARG(said));
			return;
		}
		int64_t p = in_halves(m[i].said, finest),
			half = in_halves((ClaimDecimal){ 1, m[i].said.decimals }, finest) / 2;
		sum += p;
		given += p > 0 ? half : 0;
		taken += p < whole ? half : 0;
	}
	/* In whole units: the first above whole - taken, the last up to whole + given. */
	int64_t least = taken == 0 ? whole : (whole - taken) / unit * unit + unit, most = (whole + given) / unit * unit;
	least = least < 0 ? 0 : least;
	Str added = claim_percent_text(c, sum / 2, finest), low = claim_percent_text(c, least / 2, finest);
	Str high = claim_percent_text(c, most / 2, finest), count = text_int(c->arena, c->lang, (int64_t)n);
	out->computed = (double)sum / (double)whole * 100;
	out->verdict = sum >= least && sum <= most ? CLAIM_OK : CLAIM_WRONG;
	out->reason = str_printf(
		c->arena,
		T(c->lang, "The %.*s percentages add up to %.*s; rounded one by one, they can make %.*s to %.*s."),
		STR_ARG(count), STR_ARG(added), STR_ARG(low), STR_ARG(high));
}

void claims_judge_groups(ClaimReader *r)
{
	judge_each(r, &r->groups, judge_group);
}

/* Is `coarse` what `fine` is when rounded half up to as many decimals? */
static bool is_rounded(ClaimDecimal coarse, ClaimDecimal fine)
{
	int64_t unit = (int64_t)pow(10, fine.decimals - coarse.decimals);
	return (fine.scaled + unit / 2) / unit == coarse.scaled;
}

/* The number with most decimals is taken for what is meant; the others are it, or rounded from it. */
static void judge_quantity(Ctx *c, const ClaimMember *m, size_t n, Claim *out)
{
	enum { SHOWN_MOST = 10 };
	Buf *b = buf_new(c->arena, 1 << 20);
	size_t finest = 0;
	bool same = true;
	for (size_t i = 0; i < n; i++)
		finest = m[i].said.decimals > m[finest].said.decimals ? i : finest;
	for (size_t i = 0; i < n; i++)
		same = same && is_rounded(m[i].said, m[finest].said);
	for (size_t i = 0; i < n && i < SHOWN_MOST; i++) {
		Str said = claim_decimal_text(c, m[i].said);
		buf_printf(b, "%s%.*s (%.*s)", i == 0 ? "" : ", ", STR_ARG(said), STR_ARG(m[i].id));
	}
	if (n > SHOWN_MOST)
		buf_z(b, ", …");
	Str list = buf_str(b);
	out->computed = (double)m[finest].said.scaled / pow(10, m[finest].said.decimals);
	out->verdict = same ? CLAIM_OK : CLAIM_WRONG;
	out->reason =
		str_printf(c->arena, same ? T(c->lang, "Said alike: %.*s.") : T(c->lang, "Said differently: %.*s."),
			   STR_ARG(list));
}

void claims_judge_quantities(ClaimReader *r)
{
	judge_each(r, &r->quantities, judge_quantity);
}
