#include "base/clock.h"

#include <time.h>

static Time system_now(const Clock *self)
{
	(void)self;
	struct timespec ts;
	clock_gettime(CLOCK_REALTIME, &ts);
	return (Time)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

const Clock *clock_system(void)
{
	static const Clock system_clock = { .now = system_now };
	return &system_clock;
}

static Time fixed_now(const Clock *self)
{
	return self->fixed;
}

Clock clock_fixed(Time at)
{
	return (Clock){ .now = fixed_now, .fixed = at };
}

static Time shifted_now(const Clock *self)
{
	return system_now(self) + self->fixed;
}

Clock clock_shifted(Time by)
{
	return (Clock){ .now = shifted_now, .fixed = by };
}

Time clock_now(const Clock *c)
{
	return c->now(c);
}

Date clock_today(const Clock *c)
{
	return time_date(clock_now(c));
}
