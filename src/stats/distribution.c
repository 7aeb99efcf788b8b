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
