/* a: what everything stands on. */
#ifndef BASE_A_H
#define BASE_A_H
void *a_new(void);
#endif
