#include "base/a.h"
#include "t_parts.h"
void *p(void)
{
	return malloc(3);
}
