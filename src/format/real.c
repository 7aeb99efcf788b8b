#include "format/real.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_EXPONENT = -4, LEAST_DIGITS = 15, MOST_DIGITS = 17, MANTISSA = 53 };

__extension__ typedef unsigned __int128 Wide;

static Wide power_of_ten(int n)
{
	Wide p = 1;
	while (n-- > 0)
		p *= 10;
	return p;
}

/* 123 with 2 decimals is 1.23; no zeros at the end. */
static size_t put_decimal(char out[REAL_MOST], bool negative, uint64_t n, int decimals)
{
	char *end = out + REAL_MOST, *p = end;
	for (; decimals > 0 && n % 10 == 0; decimals--)
		n /= 10;
	for (int i = 0; n > 0 || i <= decimals; i++, n /= 10) {
		if (i == decimals && i > 0)
			*--p = '.';
		*--p = (char)('0' + n % 10);
	}
	if (negative)
		*--p = '-';
	memmove(out, p, (size_t)(end - p));
	return (size_t)(end - p);
}

/* Numbers of everyday size are m / 2^shift with few enough bits that m 10^decimals is exact in 128 of them: the digits
 * are its quotient, and they read back as x when they are off by less than half of what x's last bit is worth. 0: this
 * is for the library, a number of another size or one exactly between two. */
static size_t put_quickly(char out[REAL_MOST], double x)
{
	static const double tens[] = { 1e-4, 1e-3, 1e-2, 1e-1, 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,
				       1e6,  1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
	double size = fabs(x);
	int binary, ten = 0;
	if (!(size >= tens[0] && size < tens[sizeof tens / sizeof *tens - 1]))
		return 0;
	while (size >= tens[ten + 1])
		ten++;
	uint64_t m = (uint64_t)ldexp(frexp(size, &binary), MANTISSA);
	int shift = MANTISSA - binary, decimals = LEAST_DIGITS - 1 - (LEAST_EXPONENT + ten);
	bool uneven = m == (uint64_t)1 << (MANTISSA - 1); /* the next number below is nearer than the one above */
	Wide unit = power_of_ten(decimals), whole = (Wide)1 << shift;
	for (int digits = LEAST_DIGITS; digits <= MOST_DIGITS; digits++, decimals++, unit *= 10) {
		Wide scaled = m * unit, n = scaled >> shift, rest = scaled - (n << shift);
		Wide off = 2 * rest > whole ? whole - rest : rest;
		if (2 * rest == whole || (off > 0 && (uneven || 2 * off == unit)))
			return 0;
		if (2 * off < unit || digits == MOST_DIGITS)
			return put_decimal(out, x < 0, (uint64_t)n + (2 * rest > whole), decimals);
	}
	return 0;
}

size_t real_put(char out[REAL_MOST], double x)
{
	size_t n = put_quickly(out, x);
	for (int digits = LEAST_DIGITS; n == 0 && digits <= MOST_DIGITS; digits++) {
		int len = snprintf(out, REAL_MOST, "%.*g", digits, x == 0 ? 0.0 : x);
		if (digits == MOST_DIGITS || strtod(out, NULL) == x)
			n = (size_t)len;
	}
	return n;
}
