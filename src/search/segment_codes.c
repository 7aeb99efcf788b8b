#include "search/segment_codes.h"

static const EnumRow states[] = { { "growing", NULL }, { "ready", NULL }, { "leaving", NULL } };
const EnumTable segment_state_table = ENUM_TABLE("segment_state", states);
