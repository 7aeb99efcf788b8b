/* fuzz: what the fuzz targets share.
 *
 * HOLDS stops the process, also where assert() is compiled out, so that
 * libFuzzer keeps the input that broke the property.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#define HOLDS(property) ((property) ? (void)0 : __builtin_trap())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
