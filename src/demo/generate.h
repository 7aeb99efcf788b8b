/* generate: makes up people, companies, contacts, placements and answers.
 *
 * One way in. The same facts and seed give the same register on every machine;
 * other facts give another one. Nothing is searched for: end states are dealt
 * out first, careers are built backwards from them, counts are spread by largest
 * remainder, so that every figure of the facts comes out exactly.
 */
#ifndef DEMO_GENERATE_H
#define DEMO_GENERATE_H

#include "demo/register.h"

/* The register lives in c->arena and refers to `f`. INVALID: the facts leave no
 * room for each other (the problem names which). */
Err demo_generate(Ctx *c, const Facts *f, uint64_t seed, Register **out) MUST_USE;

#endif
