/* erase_cli: `rampe erase`, a person or everybody of a programme. */
#ifndef APP_ERASE_CLI_H
#define APP_ERASE_CLI_H

#include "access/cli.h"

extern const Command erase_command;

#endif
