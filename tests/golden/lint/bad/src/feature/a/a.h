/* b: the name of another */
#ifndef A_H
#define A_H
#endif
