/* demo_cli: `rampe demo`, a made-up programme to look at. */
#ifndef APP_DEMO_CLI_H
#define APP_DEMO_CLI_H

#include "access/cli.h"

extern const Command demo_command;

#endif
