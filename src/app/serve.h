/* serve: `rampe serve`, the web application. */
#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "access/cli.h"

extern const Command serve_command;

#endif
