#include "base/danish.h"

#include <string.h>

const Municipality municipalities[] = {
	{ 101, "" }, { 147, "" }, { 151, "" }, { 153, "" }, { 155, "" }, { 157, "" }, { 159, "" }, { 161, "" },
	{ 163, "" }, { 165, "" }, { 167, "" }, { 169, "" }, { 173, "" }, { 175, "" }, { 183, "" }, { 185, "" },
	{ 187, "" }, { 190, "" }, { 201, "" }, { 210, "" }, { 217, "" }, { 219, "" }, { 223, "" }, { 230, "" },
	{ 240, "" }, { 250, "" }, { 253, "" }, { 259, "" }, { 260, "" }, { 265, "" }, { 269, "" }, { 270, "" },
	{ 306, "" }, { 316, "" }, { 320, "" }, { 326, "" }, { 329, "" }, { 330, "" }, { 336, "" }, { 340, "" },
	{ 350, "" }, { 360, "" }, { 370, "" }, { 376, "" }, { 390, "" }, { 400, "" }, { 410, "" }, { 420, "" },
	{ 430, "" }, { 440, "" }, { 450, "" }, { 461, "" }, { 479, "" }, { 480, "" }, { 482, "" }, { 492, "" },
	{ 510, "" }, { 530, "" }, { 540, "" }, { 550, "" }, { 561, "" }, { 563, "" }, { 573, "" }, { 575, "" },
	{ 580, "" }, { 607, "" }, { 615, "" }, { 621, "" }, { 630, "" }, { 657, "" }, { 661, "" }, { 665, "" },
	{ 671, "" }, { 706, "" }, { 707, "" }, { 710, "" }, { 727, "" }, { 730, "" }, { 740, "" }, { 741, "" },
	{ 746, "" }, { 751, "" }, { 756, "" }, { 760, "" }, { 766, "" }, { 773, "" }, { 779, "" }, { 787, "" },
	{ 791, "" }, { 810, "" }, { 813, "" }, { 820, "" }, { 825, "" }, { 840, "" }, { 846, "" }, { 849, "" },
	{ 851, "" }, { 860, "" },
};
const size_t municipality_count = sizeof municipalities / sizeof municipalities[0];

const char *municipality_name(int64_t code)
{
	for (size_t i = 0; i < municipality_count; i++)
		if (municipalities[i].code == code)
			return municipalities[i].name;
	return NULL;
}

/* Copies the digits of `s`, dropping `skip` characters; false unless exactly n. */
static bool take_digits(Str s, const char *skip, size_t n, char *out)
{
	size_t have = 0;
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (ch != '\0' && strchr(skip, ch) != NULL)
			continue;
		if (ch < '0' || ch > '9' || have == n)
			return false;
		out[have++] = ch;
	}
	out[have] = '\0';
	return have == n;
}

static int weighted_sum(const char *digits, const int *weights, int n)
{
	int sum = 0;
	for (int i = 0; i < n; i++)
		sum += (digits[i] - '0') * weights[i];
	return sum;
}

static int two(const char *at)
{
	return (at[0] - '0') * 10 + (at[1] - '0');
}

static int century(int digit7, int yy)
{
	if (digit7 <= 3)
		return 1900;
	if (digit7 == 4 || digit7 == 9)
		return yy <= 36 ? 2000 : 1900;
	return yy <= 57 ? 2000 : 1800;
}

bool cpr_parse(Str s, Cpr *out)
{
	static const int weights[] = { 4, 3, 2, 7, 6, 5, 4, 3, 2, 1 };
	Cpr v = { 0 };
	size_t mark = s.len >= 5 ? s.len - 5 : 0;
	bool marked = s.len == 11 && (s.ptr[mark] == '-' || s.ptr[mark] == ' ');
	if (s.len != (marked ? 11u : 10u) || !take_digits(s, marked ? "- " : "", 10, v.digits))
		return false;
	int day = two(v.digits), month = two(v.digits + 2), yy = two(v.digits + 4);
	v.replacement = day > 60;
	v.born = date_of(century(v.digits[6] - '0', yy) + yy, month, v.replacement ? day - 60 : day);
	v.male = (v.digits[9] - '0') % 2 == 1;
	v.checks = weighted_sum(v.digits, weights, 10) % 11 == 0;
	if (v.born == DATE_NONE)
		return false;
	*out = v;
	return true;
}

bool cvr_parse(Str s, char digits[9])
{
	static const int weights[] = { 2, 7, 6, 5, 4, 3, 2, 1 };
	char d[9];
	if (!take_digits(s, " ", 8, d) || d[0] == '0' || weighted_sum(d, weights, 8) % 11 != 0)
		return false;
	if (digits != NULL)
		memcpy(digits, d, sizeof d);
	return true;
}

bool p_number_parse(Str s, char digits[11])
{
	char d[11];
	if (!take_digits(s, " ", 10, d))
		return false;
	if (digits != NULL)
		memcpy(digits, d, sizeof d);
	return true;
}
