/* reason: why two records are one, or may be, in words that anybody understands.
 *
 * For pairs that no rule with a sentence of its own decides: what is known of
 * both is told field by field, "same title, same year, another owner", and that
 * nothing else is known where that is little.
 */
#ifndef EVIDENCE_DEDUPE_REASON_H
#define EVIDENCE_DEDUPE_REASON_H

#include "base/buf.h"
#include "base/text.h"
#include "evidence/dedupe/weights.h"

enum { REASON_MOST = 1024 }; /* bytes */

/* `pattern` as weights_pattern gives it. */
void reason_put(Lang lang, uint32_t pattern, Buf *out);

#endif
