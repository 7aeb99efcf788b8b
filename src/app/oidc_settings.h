/* oidc_settings: which provider of OpenID Connect `rampe serve` is told of. */
#ifndef APP_OIDC_SETTINGS_H
#define APP_OIDC_SETTINGS_H

#include "access/cli.h"
#include "access/oidc.h"

/* Takes --oidc, --oidc-client, --oidc-secret-file and --oidc-redirect, or what
 * RAMPE_OIDC, RAMPE_OIDC_CLIENT, RAMPE_OIDC_SECRET_FILE and RAMPE_OIDC_REDIRECT
 * say. NULL: no provider. INVALID: one without the others, or what
 * oidc_check_settings refuses; DENIED: others may read the secret. */
Err oidc_settings_read(Cli *cli, Oidc **out) MUST_USE;

#endif
