#include "stats/distribution.h"

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
	double p = pchisq(x, df, 0, 0);
	pthread_mutex_unlock(&lock);
	return p;
}
