#include "app/oidc_settings.h"

#include "base/file.h"

#include <stdlib.h>
#include <sys/stat.h>

enum { SECRET_FILE_MOST = 4096 };

static Str setting(Cli *cli, const char *option, const char *variable)
{
	Str told = cli_option(cli, option);
	if (str_is_none(told))
		told = str_of(getenv(variable));
	return str_is_empty(told) ? STR_NONE : told;
}

/* The first line of a file that nobody else may read. */
static Err read_secret(Ctx *c, Str path, Str *out)
{
	struct stat at;
	Str text;
	if (str_is_none(path))
		return refuse(c, "--oidc-secret-file", "%s",
			      T(c->lang, "In which file is the secret that the provider gave?"));
	RETURN_IF_ERR(file_read(c, path, SECRET_FILE_MOST, &text));
	if (stat(str_z(c->arena, path), &at) != 0 || (at.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return fail(c, ERR_DENIED, T(c->lang, "%.*s: others than its owner may read the secret (chmod 600)"),
			    STR_ARG(path));
	*out = str_trim(text);
	return OK;
}

Err oidc_settings_read(Cli *cli, Oidc **out)
{
	OidcSettings s = { .issuer = setting(cli, "--oidc", "RAMPE_OIDC"),
			   .client = setting(cli, "--oidc-client", "RAMPE_OIDC_CLIENT"),
			   .redirect = setting(cli, "--oidc-redirect", "RAMPE_OIDC_REDIRECT") };
	Str file = setting(cli, "--oidc-secret-file", "RAMPE_OIDC_SECRET_FILE");
	*out = NULL;
	if (str_is_none(s.issuer) && str_is_none(s.client) && str_is_none(s.redirect) && str_is_none(file))
		return OK;
	RETURN_IF_ERR(read_secret(cli->c, file, &s.secret));
	RETURN_IF_ERR(oidc_check_settings(cli->c, &s));
	*out = oidc_new(&s);
	return OK;
}
