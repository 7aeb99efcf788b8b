/* oidc_cli: `rampe user link`, `user unlink`, `user links`: which login at a
 * provider of OpenID Connect opens whose account. Their lines of usage stand in
 * user_command.
 */
#ifndef ACCESS_OIDC_CLI_H
#define ACCESS_OIDC_CLI_H

#include "access/cli.h"

/* The database is open, for writing where something is written. */
CliStatus oidc_cli_link(Cli *cli);
CliStatus oidc_cli_unlink(Cli *cli);
CliStatus oidc_cli_list(Cli *cli);

#endif
