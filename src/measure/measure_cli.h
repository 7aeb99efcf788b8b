/* measure_cli: what the command line has from this room. */
#ifndef MEASURE_MEASURE_CLI_H
#define MEASURE_MEASURE_CLI_H

#include "access/cli.h"

extern const Command goals_command;
extern const Command claims_command;

#endif
