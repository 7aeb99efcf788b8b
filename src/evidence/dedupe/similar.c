#include "evidence/dedupe/similar.h"

#include <string.h>

static Str bounded(Str s)
{
	return str_sub(s, 0, SIMILAR_LENGTH_MOST);
}

double similar_jaro(Str a, Str b)
{
	bool a_used[SIMILAR_LENGTH_MOST] = { false }, b_used[SIMILAR_LENGTH_MOST] = { false };
	a = bounded(a);
	b = bounded(b);
	if (str_eq(a, b) || (a.len == 0 && b.len == 0))
		return 1;
	size_t longer = a.len > b.len ? a.len : b.len, window = longer / 2 > 0 ? longer / 2 - 1 : 0, agree = 0;
	for (size_t i = 0; i < a.len; i++) {
		size_t from = i > window ? i - window : 0, to = i + window + 1 < b.len ? i + window + 1 : b.len;
		for (size_t j = from; j < to; j++)
			if (!b_used[j] && a.ptr[i] == b.ptr[j]) {
				a_used[i] = b_used[j] = true;
				agree++;
				break;
			}
	}
	if (agree == 0)
		return 0;
	size_t misplaced = 0;
	for (size_t i = 0, j = 0; i < a.len; i++) {
		if (!a_used[i])
			continue;
		while (!b_used[j])
			j++;
		misplaced += a.ptr[i] != b.ptr[j++];
	}
	double m = (double)agree, t = (double)(misplaced / 2);
	return (m / (double)a.len + m / (double)b.len + (m - t) / m) / 3;
}

double similar_jaro_winkler(Str a, Str b)
{
	double jaro = similar_jaro(a, b);
	size_t start = 0;
	while (start < 4 && start < a.len && start < b.len && a.ptr[start] == b.ptr[start])
		start++;
	return jaro + 0.1 * (double)start * (1 - jaro);
}

static bool has_digit(Str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
			return true;
	return false;
}

bool similar_slip(Str a, Str b, double least)
{
	size_t apart = a.len > b.len ? a.len - b.len : b.len - a.len;
	return apart <= 2 && !has_digit(a) && !has_digit(b) && similar_jaro_winkler(a, b) >= least;
}
