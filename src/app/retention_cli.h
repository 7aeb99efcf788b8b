/* retention_cli: `rampe retention`, who is due to be erased or archived, and doing it. */
#ifndef APP_RETENTION_CLI_H
#define APP_RETENTION_CLI_H

#include "access/cli.h"

extern const Command retention_command;

#endif
