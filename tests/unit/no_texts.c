/* The empty table of Danish texts, until the program's own is built. */
#include "base/text.h"

const TextTable text_table_da = { 0 };
