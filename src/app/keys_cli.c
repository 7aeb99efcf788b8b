#include "app/keys_cli.h"

#include "access/actor.h"
#include "db/vault.h"

#include <stdio.h>

static Err log_rotation(Ctx *c, void *arg)
{
	AuditEvent e = actor_event(c, "keys.rotate");
	(void)arg;
	return commit_audit(c, &e);
}

/* A new master key, and every person's key wrapped by it; servers go on meanwhile. */
static CliStatus rotate(Cli *cli)
{
	Ctx *c = cli->c;
	int64_t changed = 0;
	Err e = cli_open(cli, true);
	if (e == OK)
		e = commit_run(c, log_rotation, NULL);
	if (e == OK)
		e = keyring_add_master(c, cli_keyring_path(cli));
	if (e == OK)
		e = vault_rewrap(c, &changed);
	if (e == OK)
		fprintf(stderr, T(c->lang, "rampe: a new master key; keys of people wrapped by it: %lld\n"),
			(long long)changed);
	return cli_status(cli, e);
}

static CliStatus keys(Cli *cli)
{
	Str what = cli_argument(cli);
	return cli_all_taken(cli) && str_eq_z(what, "rotate") ? rotate(cli) : cli_usage(cli, &keys_command);
}

const Command keys_command = { "keys", "keys rotate", N_("the keys that seal what is registered about people"), keys };
