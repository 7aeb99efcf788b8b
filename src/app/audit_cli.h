/* audit_cli: the audit trail on the command line: checked against what was
 * noted outside, and what it says about one citizen. */
#ifndef APP_AUDIT_CLI_H
#define APP_AUDIT_CLI_H

#include "access/cli.h"

/* `rampe check audit`, its name taken. */
CliStatus audit_check(Cli *cli);

extern const Command audit_command;

#endif
