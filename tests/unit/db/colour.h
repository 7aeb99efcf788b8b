/* colour: an enum for the contract's statements. */
#ifndef DB_COLOUR_H
#define DB_COLOUR_H

#include "base/enum.h"

typedef enum { COLOUR_RED, COLOUR_GREEN, COLOUR_DEEP_BLUE } Colour;
extern const EnumTable colour_table;

#endif
