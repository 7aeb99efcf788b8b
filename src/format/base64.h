/* base64: bytes as text (RFC 4648, section 4, with padding). Pure. */
#ifndef FORMAT_BASE64_H
#define FORMAT_BASE64_H

#include "base/buf.h"

void base64_add(Buf *out, const void *bytes, size_t n);

#endif
