#include "text/distance.h"

#include <stdlib.h>
#include <string.h>

Spelling spelling_of(Str word)
{
	Spelling s = { .n = 0 };
	for (size_t i = 0; i < word.len; i++) {
		unsigned char byte = (unsigned char)word.ptr[i];
		if ((byte & 0xC0) == 0x80 && s.n > 0)
			s.at[s.n - 1] = s.at[s.n - 1] << 8 | byte; /* letters are only compared */
		else if (s.n < SPELLING_MOST)
			s.at[s.n++] = byte;
		else
			break;
	}
	return s;
}

static int least(int x, int y)
{
	return x < y ? x : y;
}

int spelling_distance(const Spelling *a, const Spelling *b, int most)
{
	int rows[3][SPELLING_MOST + 1];
	int *before = rows[0], *last = rows[1], *now = rows[2];
	if (abs((int)a->n - (int)b->n) > most || a->n == SPELLING_MOST || b->n == SPELLING_MOST)
		return most + 1;
	for (size_t k = 0; k <= b->n; k++)
		last[k] = (int)k;
	for (size_t i = 1; i <= a->n; i++) {
		int nearest = now[0] = (int)i;
		for (size_t k = 1; k <= b->n; k++) {
			now[k] = least(least(last[k], now[k - 1]) + 1, last[k - 1] + (a->at[i - 1] != b->at[k - 1]));
			if (i > 1 && k > 1 && a->at[i - 1] == b->at[k - 2] && a->at[i - 2] == b->at[k - 1])
				now[k] = least(now[k], before[k - 2] + 1);
			nearest = least(nearest, now[k]);
		}
		if (nearest > most)
			return most + 1;
		int *free_row = before;
		before = last;
		last = now;
		now = free_row;
	}
	return least(last[b->n], most + 1);
}
