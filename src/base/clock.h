/* clock: what time it is, so that tests can turn it. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/date.h"

typedef struct Clock {
	Time (*now)(const struct Clock *self);
	Time fixed; /* what a fixed clock shows; how far a shifted one is ahead */
} Clock;

const Clock *clock_system(void);
/* A clock that stands still at `at`. */
Clock clock_fixed(Time at);
/* The system's clock, `by` microseconds ahead (behind when negative), so that a
 * demonstration can live in its own days. */
Clock clock_shifted(Time by);
Time clock_now(const Clock *c);
/* Today in Denmark. */
Date clock_today(const Clock *c);

#endif
