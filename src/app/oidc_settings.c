#include "app/oidc_settings.h"

#include "app/setting.h"

/* The first line of a file that nobody else may read. */
static Err read_secret(Ctx *c, Str path, Str *out)
{
	Str text;
	if (str_is_none(path))
		return refuse(c, "--oidc-secret-file", "%s",
			      T(c->lang, "In which file is the secret that the provider gave?"));
	RETURN_IF_ERR(setting_secret_file(c, path, &text));
	*out = str_trim(text);
	return OK;
}

Err oidc_settings_read(Cli *cli, Oidc **out)
{
	OidcSettings s = { .issuer = setting_of(cli, "--oidc", "RAMPE_OIDC"),
			   .client = setting_of(cli, "--oidc-client", "RAMPE_OIDC_CLIENT"),
			   .redirect = setting_of(cli, "--oidc-redirect", "RAMPE_OIDC_REDIRECT") };
	Str file = setting_of(cli, "--oidc-secret-file", "RAMPE_OIDC_SECRET_FILE");
	*out = NULL;
	if (str_is_none(s.issuer) && str_is_none(s.client) && str_is_none(s.redirect) && str_is_none(file))
		return OK;
	RETURN_IF_ERR(read_secret(cli->c, file, &s.secret));
	RETURN_IF_ERR(oidc_check_settings(cli->c, &s));
	*out = oidc_new(&s);
	return OK;
}
