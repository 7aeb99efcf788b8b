/* analysis_cli: what the command line has from this room. */
#ifndef ANALYSIS_ANALYSIS_CLI_H
#define ANALYSIS_ANALYSIS_CLI_H

#include "access/cli.h"

extern const Command stats_command, table_command, search_command;

#endif
