/* user_cli: `rampe user …`, for whoever runs the installation. */
#ifndef ACCESS_USER_CLI_H
#define ACCESS_USER_CLI_H

#include "access/cli.h"

extern const Command user_command;

#endif
