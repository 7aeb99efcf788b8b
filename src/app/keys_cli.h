/* keys_cli: the keys of the installation on the command line. */
#ifndef APP_KEYS_CLI_H
#define APP_KEYS_CLI_H

#include "access/cli.h"

extern const Command keys_command;

#endif
