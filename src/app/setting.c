#include "app/setting.h"

#include "base/file.h"

#include <stdlib.h>
#include <sys/stat.h>

enum { SECRET_FILE_MOST = 4096 };

Str setting_of(Cli *cli, const char *option, const char *variable)
{
	Str told = cli_option(cli, option);
	if (str_is_none(told))
		told = str_of(getenv(variable));
	return str_is_empty(told) ? STR_NONE : told;
}

Err setting_secret_file(Ctx *c, Str path, Str *out)
{
	struct stat at;
	RETURN_IF_ERR(file_read(c, path, SECRET_FILE_MOST, out));
	if (stat(str_z(c->arena, path), &at) != 0 || (at.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return fail(c, ERR_DENIED, T(c->lang, "%.*s: others than its owner may read the secret (chmod 600)"),
			    STR_ARG(path));
	return OK;
}
