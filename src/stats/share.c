#include "stats/share.h"

#include "stats/distribution.h"

#include <assert.h>
#include <math.h>

double share_of(int64_t k, int64_t n)
{
	return n == 0 ? NAN : (double)k / (double)n;
}

int64_t share_percent(int64_t k, int64_t n)
{
	return share_percent_scaled(k, n, 0);
}

int64_t share_percent_scaled(int64_t k, int64_t n, int decimals)
{
	assert(k >= 0 && k <= SHARE_COUNT_MOST && n >= 0 && n <= SHARE_COUNT_MOST && decimals >= 0 &&
	       decimals <= (k > n ? 4 : SHARE_DECIMALS_MOST));
	if (n == 0)
		return -1;
	/* Long division, digit by digit: k times the units would not fit. */
	int64_t whole = k / n, left = k % n;
	for (int i = 0; i < decimals + 2; i++) {
		whole = whole * 10 + left * 10 / n;
		left = left * 10 % n;
	}
	return whole + (2 * left >= n);
}

Interval share_wilson(int64_t k, int64_t n)
{
	assert(k >= 0 && k <= n);
	if (n == 0)
		return (Interval){ NAN, NAN };
	const double z = NORMAL_975;
	double p = (double)k / (double)n, m = (double)n;
	double scale = 1 + z * z / m;
	double centre = (p + z * z / (2 * m)) / scale;
	double half = z * sqrt(p * (1 - p) / m + z * z / (4 * m * m)) / scale;
	return (Interval){ k == 0 ? 0 : centre - half, k == n ? 1 : centre + half };
}

Interval share_exact(int64_t k, int64_t n)
{
	assert(k >= 0 && k <= n);
	if (n == 0)
		return (Interval){ NAN, NAN };
	double hits = (double)k, others = (double)(n - k);
	return (Interval){ k == 0 ? 0 : beta_quantile(0.025, hits, others + 1),
			   k == n ? 1 : beta_quantile(0.975, hits + 1, others) };
}
