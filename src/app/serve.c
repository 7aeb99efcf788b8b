#include "app/serve.h"

#include "access/actor.h"
#include "access/consent.h"
#include "access/dispatch.h"
#include "app/database_cli.h"
#include "app/lists.h"
#include "app/message_settings.h"
#include "app/oidc_settings.h"
#include "app/worker.h"
#include "db/commit.h"
#include "db/migrate.h"
#include "feature/erasure/erasure.h"
#include "feature/message/message.h"
#include "http/http.h"

#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

enum {
	STOP_SECONDS = 20,
	WORKERS = 2,
	SEND_SECONDS = 2,
	SEND_AGAIN_MOST_SECONDS = 60,
	SWEEP_SECONDS = 3600,
	SWEEP_AGAIN_SECONDS = 60
};

typedef struct {
	const char *address;
	uint16_t port;
	bool https, proxy;
	Oidc *oidc; /* NULL: no provider */
	MessageSettings messages;
	bool sends; /* by those */
	unsigned second_roles;
	Clock clock; /* shifted to --today */
} Options;

static void log_line(Ctx *c, Str line)
{
	Str at = time_iso(c->arena, clock_now(c->clock));
	fprintf(stderr, "%.*s %.*s\n", STR_ARG(at), STR_ARG(line));
}

/* "administrator,manager": who must have a second step. */
static Err read_roles(Ctx *c, Str roles, unsigned *out)
{
	Str name;
	int role = ROLE_PUBLIC;
	while (!str_is_none(roles) && str_split(&roles, ',', &name)) {
		if (!enum_parse(&role_table, name, &role) || role == ROLE_PUBLIC || role > ROLE_LAST_USER)
			return refuse(c, "--require-totp", T(c->lang, "There is no role called %.*s."), STR_ARG(name));
		*out |= 1u << role;
	}
	return OK;
}

static Err read_options(Cli *cli, Options *out)
{
	Ctx *c = cli->c;
	Str address = cli_option(cli, "--address"), port = cli_option(cli, "--port");
	Str today = cli_option(cli, "--today");
	Date day = clock_today(clock_system());
	int64_t number = 8080;
	Str roles = cli_option(cli, "--require-totp");
	out->https = cli_flag(cli, "--https");
	out->proxy = cli_flag(cli, "--behind-proxy");
	out->address = str_is_none(address) ? NULL : str_z(c->arena, address);
	if (!str_is_none(port) && (!str_to_int(port, &number) || number < 0 || number > 65535))
		return refuse(c, "--port", "%s", T(c->lang, "A port is a number from 0 to 65535."));
	out->port = (uint16_t)number;
	if (!str_is_none(today) && !date_parse(today, &day))
		return refuse(c, "--today", "%s", T(c->lang, "There is no such day."));
	RETURN_IF_ERR(oidc_settings_read(cli, &out->oidc));
	if (out->oidc != NULL && !str_is_none(today))
		return refuse(c, "--today", "%s", T(c->lang, "A provider's logins are of the real day."));
	RETURN_IF_ERR(message_settings_read(cli, &out->messages, &out->sends));
	RETURN_IF_ERR(read_roles(c, roles, &out->second_roles));
	out->clock = clock_shifted((Time)(day - clock_today(clock_system())) * 86400 * 1000000);
	return OK;
}

/* Until SIGINT or SIGTERM, which every other thread leaves to this one. */
static void wait_for_signal(const sigset_t *stop)
{
	int got = 0;
	while (sigwait(stop, &got) != 0)
		;
}

static Err run_server(Cli *cli, const Options *options, Dispatch *dispatch, const sigset_t *stop)
{
	Ctx *c = cli->c;
	HttpConfig config = { .address = options->address,
			      .port = options->port,
			      .workers = WORKERS,
			      .behind_proxy = options->proxy,
			      .handle = dispatch_handle,
			      .body_limit = dispatch_body_limit,
			      .refused = dispatch_refused,
			      .arg = dispatch };
	HttpServer *server = NULL;
	RETURN_IF_ERR(http_start(c, &config, &server));
	printf("http://%s:%u/\n", options->address == NULL ? "127.0.0.1" : options->address, http_port(server));
	fflush(stdout);
	wait_for_signal(stop);
	fprintf(stderr, "rampe: %s\n", T(c->lang, "finishing what is under way"));
	return http_stop(server, STOP_SECONDS);
}

/* Threads are still at work on what nothing may take from under them: what
 * waits to be written is written, and the process ends as it stands. */
static void end_hard(Ctx *c)
{
	commit_stop(c->db);
	log_line(c, str_of(T(c->lang, "what was under way did not end in time and is cut off")));
	_exit(CLI_ENVIRONMENT);
}

/* What a run before this one has begun and not ended, or what a restored backup does not know of. */
static Err finish_erasures(Ctx *c)
{
	int64_t finished = 0;
	RETURN_IF_ERR(erasure_finish(c, &finished));
	if (finished > 0)
		fprintf(stderr, T(c->lang, "rampe: erasures that were noted and not carried out until now: %lld\n"),
			(long long)finished);
	return OK;
}

Err serve_sweep(Ctx *c, const atomic_bool *stop, bool *any)
{
	Err recovered = message_recover(c), swept = consent_sweep(c, stop, any);
	if (swept == OK && *any)
		return OK; /* more may be due: the messages are asked for again with it */
	return swept != OK ? swept : recovered;
}

/* The server, with the threads that do what nobody asks for. */
static Err run_all(Cli *cli, const Options *options, Dispatch *dispatch, const sigset_t *stop)
{
	Ctx *c = cli->c;
	Worker *sender = NULL, *sweeper = NULL;
	WorkerConfig config = { .name = "sweep",
				.work = serve_sweep,
				.seconds = SWEEP_SECONDS,
				.again = SWEEP_AGAIN_SECONDS,
				.most = SWEEP_SECONDS,
				.db = c->db,
				.tenant = c->tenant,
				.clock = &options->clock,
				.log = log_line };
	Err e = worker_start(c, &config, &sweeper);
	config.name = "messages";
	config.work = message_send_next;
	config.seconds = config.again = SEND_SECONDS;
	config.most = SEND_AGAIN_MOST_SECONDS;
	config.messages = &options->messages;
	if (e == OK && options->sends)
		e = worker_start(c, &config, &sender);
	if (e == OK)
		e = run_server(cli, options, dispatch, stop);
	worker_stop(sender);
	worker_stop(sweeper);
	return e;
}

static Err serve_with(Cli *cli, const Options *options, const sigset_t *stop)
{
	Ctx *c = cli->c;
	Dispatch *dispatch = NULL;
	DispatchConfig config = { .tenant = c->tenant,
				  .clock = &options->clock,
				  .tables = feature_routes,
				  .assets = &asset_table,
				  .oidc = options->oidc,
				  .convert = c->convert,
				  .messages = options->sends ? &options->messages : NULL,
				  .linked = message_tell_linked,
				  .second_roles = options->second_roles,
				  .secure = options->https,
				  .log = log_line };
	RETURN_IF_ERR(database_prepare(cli));
	Err login = db_check_login(c, c->db);
	if (login != OK)
		return cli_database_refused(cli, login);
	RETURN_IF_ERR(cli_start_writer(cli));
	RETURN_IF_ERR(finish_erasures(c));
	config.db = c->db;
	RETURN_IF_ERR(dispatch_new(c, &config, &dispatch));
	Err e = run_all(cli, options, dispatch, stop);
	if (e == ERR_BUSY)
		end_hard(c);
	dispatch_free(dispatch);
	return e;
}

static CliStatus serve(Cli *cli)
{
	Options options = { 0 };
	sigset_t stop;
	Err e = read_options(cli, &options);
	if (e != OK || !cli_all_taken(cli)) {
		oidc_free(options.oidc);
		return e != OK ? cli_status(cli, e) : cli_usage(cli, &serve_command);
	}
	(void)sigemptyset(&stop);
	(void)sigaddset(&stop, SIGINT);
	(void)sigaddset(&stop, SIGTERM);
	(void)pthread_sigmask(SIG_BLOCK, &stop, NULL);
	(void)mallopt(M_ARENA_MAX, 2); /* threads share what they free: half the memory */
	CliStatus status = cli_status(cli, serve_with(cli, &options, &stop));
	oidc_free(options.oidc);
	return status;
}

const Command serve_command = {
	"serve",
	N_("serve [--address A] [--port P] [--https] [--behind-proxy] [--require-totp ROLE,ROLE] [--today DATE]\n"
	   "serve … --oidc ISSUER --oidc-client ID --oidc-secret-file FILE --oidc-redirect URL\n"
	   "serve … --mail RELAY --mail-from ADDRESS --site URL [--mail-login-file FILE] [--mail-sms ADDRESS]"),
	N_("serve the pages and the API until it is told to stop"),
	serve,
	.converts = true,
};
