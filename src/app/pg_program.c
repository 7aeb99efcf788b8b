#include "app/pg_program.h"

#include "db/dump.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { VARIABLES_MOST = 1000 };

/* This process's environment, but for the settings that are given. */
static bool is_given(const PgEnvironment *given, const char *variable)
{
	size_t name = strcspn(variable, "=");
	for (size_t i = 0; given->at[i] != NULL; i++)
		if (strncmp(given->at[i], variable, name + 1) == 0)
			return true;
	return false;
}

static char **environment_with(Ctx *c, const PgEnvironment *given)
{
	char **out = ARENA_ARRAY(c->arena, VARIABLES_MOST + PG_SETTINGS_MOST + 1, char *);
	size_t n = 0;
	for (size_t i = 0; given->at[i] != NULL; i++)
		out[n++] = (char *)(uintptr_t)given->at[i];
	for (size_t i = 0; environ[i] != NULL && n < VARIABLES_MOST; i++)
		if (!is_given(given, environ[i]))
			out[n++] = environ[i];
	return out;
}

static Err run(Ctx *c, Str url, const char *const arguments[])
{
	PgEnvironment settings;
	pid_t child;
	int status = 0;
	RETURN_IF_ERR(dump_pg_environment(c, url, &settings));
	int why = posix_spawnp(&child, arguments[0], NULL, NULL, (char **)(uintptr_t)arguments,
			       environment_with(c, &settings));
	if (why != 0)
		return fail(c, ERR_IO, T(c->lang, "%s cannot be run (%s): install postgresql-client"), arguments[0],
			    strerror(why));
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return fail(c, ERR_IO, "%s: %s", arguments[0], strerror(errno));
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? OK
							     : fail(c, ERR_IO, T(c->lang, "%s failed"), arguments[0]);
}

Err pg_program_dump(Ctx *c, Str url, Str to)
{
	const char *const arguments[] = { "pg_dump", "--format=custom",   "--no-password",
					  "--file",  str_z(c->arena, to), NULL };
	return run(c, url, arguments);
}

Err pg_program_restore(Ctx *c, Str from, Str url)
{
	PgEnvironment settings;
	RETURN_IF_ERR(dump_pg_environment(c, url, &settings));
	const char *database = settings.database == NULL ? "postgres" : settings.database;
	const char *const arguments[] = { "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner",
					  "--clean",    "--if-exists",     "--no-privileges",      "--no-password",
					  "--dbname",   database,          str_z(c->arena, from),  NULL };
	return run(c, url, arguments);
}
