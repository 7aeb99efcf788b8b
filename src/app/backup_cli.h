/* backup_cli: `rampe backup`, `rampe restore`, `rampe backup-key`. */
#ifndef APP_BACKUP_CLI_H
#define APP_BACKUP_CLI_H

#include "access/cli.h"

extern const Command backup_command, restore_command, backup_key_command;

#endif
