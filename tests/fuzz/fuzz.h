/* fuzz: what the fuzz targets share.
 *
 * HOLDS stops the process, also where assert() is compiled out, so that
 * libFuzzer keeps the input that broke the property.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "base/ctx.h"

#include <stddef.h>
#include <stdint.h>

#define HOLDS(property) ((property) ? (void)0 : __builtin_trap())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The same Ctx at each input, with nothing in it: making it anew takes longer than most inputs do. */
static inline Ctx *fuzz_ctx(void)
{
	static Ctx c;
	if (c.arena == NULL)
		ctx_init(&c);
	ctx_clear(&c);
	c.lang = LANG_DA;
	return &c;
}

#endif
