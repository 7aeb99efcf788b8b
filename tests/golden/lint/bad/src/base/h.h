#ifndef BASE_H_H
#define BASE_H_H
/* h: too late */
#endif
