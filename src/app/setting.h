/* setting: options that may stand in the environment too, and files with secrets. */
#ifndef APP_SETTING_H
#define APP_SETTING_H

#include "access/cli.h"

/* The option, else the variable; empty counts as none. */
Str setting_of(Cli *cli, const char *option, const char *variable);
/* The text of a file. DENIED: others than its owner may read it. */
Err setting_secret_file(Ctx *c, Str path, Str *out) MUST_USE;

#endif
