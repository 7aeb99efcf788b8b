#include "stats/distribution.h"

#include <math.h>
#include <pthread.h>

#define MATHLIB_STANDALONE
#include <Rmath.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

double beta_quantile(double p, double a, double b)
{
	pthread_mutex_lock(&lock);
	double x = qbeta(p, a, b, 1, 0);
	pthread_mutex_unlock(&lock);
	return x;
}

double binomial_tail(int64_t k, int64_t n, double p)
{
	pthread_mutex_lock(&lock);
	double tail = pbinom((double)k, (double)n, p, 1, 0);
	pthread_mutex_unlock(&lock);
	return tail;
}

double f_quantile(double p, double df1, double df2)
{
	pthread_mutex_lock(&lock);
	double x = qf(p, df1, df2, 1, 0);
	pthread_mutex_unlock(&lock);
	return x;
}

double chi_square_tail(double x, double df)
{
	pthread_mutex_lock(&lock);
	double tail = pchisq(x, df, 0, 0);
	pthread_mutex_unlock(&lock);
	return tail;
}

double normal_corrected_p(double distance, double sd)
{
	if (distance == 0 || sd == 0)
		return 1;
	return erfc(fabs(fabs(distance) - 0.5) / (sd * sqrt(2)));
}
