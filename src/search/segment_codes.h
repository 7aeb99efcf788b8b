/* segment_codes: how far a piece of an index has come. Static data. */
#ifndef SEARCH_SEGMENT_CODES_H
#define SEARCH_SEGMENT_CODES_H

#include "base/enum.h"

/* Growing: is being merged from others, not read yet. Ready: read. Leaving: merged into another, its pages go. */
typedef enum { SEGMENT_GROWING, SEGMENT_READY, SEGMENT_LEAVING } SegmentState;
extern const EnumTable segment_state_table;

#endif
