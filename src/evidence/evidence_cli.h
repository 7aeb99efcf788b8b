/* evidence_cli: what the command line has from this room. */
#ifndef EVIDENCE_EVIDENCE_CLI_H
#define EVIDENCE_EVIDENCE_CLI_H

#include "access/cli.h"

extern const Command evidence_command;

#endif
