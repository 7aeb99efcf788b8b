/* rampe demo: plays a published programme with made-up people into a database
 * of its own and prints its evaluation. */
#include "app/demo_cli.h"

#include "access/user.h"
#include "app/database_cli.h"
#include "db/commit.h"
#include "db/migrate.h"
#include "demo/generate.h"
#include "demo/play.h"
#include "feature/programme/programme.h"
#include "report/report_cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SCALE_MOST = 1000 };

typedef struct {
	Str folder, facts;
	int64_t seed, scale;
	bool no_report, keep, replace;
} Options;

/* Everybody may know it: it opens nothing but made-up people. */
static const Str demo_password = { STR_LIT("rampe-demo-2018") };

/* demo/rampen below the working directory, else where it was installed. */
static Str default_facts(void)
{
	return access("demo/rampen/programme.csv", R_OK) == 0 ? STR("demo/rampen") : STR(RAMPE_DATA "/demo/rampen");
}

static Err read_number(Ctx *c, const char *name, Str text, int64_t most, int64_t *out)
{
	if (str_is_none(text))
		return OK;
	if (!str_to_int(text, out) || *out < 1 || *out > most)
		return refuse(c, name, T(c->lang, "A whole number from 1 to %lld."), (long long)most);
	return OK;
}

static Err read_options(Cli *cli, Options *out)
{
	Ctx *c = cli->c;
	Str folder = cli_option(cli, "--folder"), facts = cli_option(cli, "--facts");
	Str seed = cli_option(cli, "--seed"), scale = cli_option(cli, "--scale");
	*out = (Options){ .folder = str_is_none(folder) ? STR("rampe-demo") : folder,
			  .facts = str_is_none(facts) ? default_facts() : facts,
			  .seed = 1,
			  .scale = 1,
			  .no_report = cli_flag(cli, "--no-report"),
			  .keep = cli_flag(cli, "--keep"),
			  .replace = cli_flag(cli, "--replace") };
	if (!cli->db_told)
		cli->db_url = str_printf(c->arena, "sqlite:%.*s/rampe.db", STR_ARG(out->folder));
	RETURN_IF_ERR(read_number(c, "--seed", seed, INT64_MAX, &out->seed));
	return read_number(c, "--scale", scale, SCALE_MOST, &out->scale);
}

/* ---- the database ------------------------------------------------------------- */

/* The database file; none on a server. */
static const char *database_file(const Cli *cli)
{
	Str prefix = STR("sqlite:");
	if (!str_starts(cli->db_url, prefix))
		return NULL;
	return str_z(cli->c->arena, str_sub(cli->db_url, prefix.len, cli->db_url.len));
}

/* What a database holds. */
typedef struct {
	size_t programmes, real; /* all; those of real people */
	size_t users, strangers; /* all; those that no demonstration made */
} Holding;

static Err count(Ctx *c, Holding *out)
{
	ProgrammeList programmes;
	UserList users;
	*out = (Holding){ 0 };
	RETURN_IF_ERR(programme_all(c, &programmes));
	RETURN_IF_ERR(user_all(c, &users));
	out->programmes = programmes.n;
	out->users = users.n;
	for (size_t i = 0; i < programmes.n; i++)
		out->real += !programmes.at[i].made_up;
	for (size_t i = 0; i < users.n; i++)
		out->strangers += !demo_login(users.at[i].login);
	return OK;
}

static Err look(Ctx *c, Holding *out)
{
	RETURN_IF_ERR(db_begin_read(c));
	Err e = count(c, out);
	db_end_read(c);
	return e;
}

/* Looks into a database that is there already. CONFLICT when it is somebody's. */
static Err look_into(Cli *cli, Holding *out)
{
	Ctx *c = cli->c;
	Err e = cli_open(cli, false);
	if (e == OK)
		e = look(c, out);
	db_close(c->db);
	c->db = NULL;
	RETURN_IF_ERR(e);
	if (out->real > 0)
		(void)refuse(c, "--db", T(c->lang, "%.*s holds a programme with real people. It is left as it is."),
			     STR_ARG(cli->db_url));
	else if (out->strangers > 0)
		(void)refuse(c, "--db", T(c->lang, "%.*s holds users that no demonstration made. It is left as it is."),
			     STR_ARG(cli->db_url));
	return out->real + out->strangers > 0 ? ERR_CONFLICT : OK;
}

static Err remove_file(Ctx *c, const char *file)
{
	return unlink(file) == 0 || errno == ENOENT ? OK : fail(c, ERR_IO, "%s: %s", file, strerror(errno));
}

static Err remove_database(Ctx *c, const char *file)
{
	static const char *const parts[] = { "", "-wal", "-shm" };
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		RETURN_IF_ERR(remove_file(c, str_printf(c->arena, "%s%s", file, parts[i]).ptr));
	return OK;
}

/* True when a place was told neither for the keyring nor for what stands beside it, so that all is the database's own.
 */
static bool beside_database(const Cli *cli, Str told, const char *variable)
{
	return database_file(cli) != NULL && str_is_none(cli->keyring_told) && getenv("RAMPE_KEYRING") == NULL &&
	       str_is_none(told) && getenv(variable) == NULL;
}

/* A new demonstration begins a new audit trail: what was noted of the earlier one beside it would accuse it. */
static Err remove_heads(const Cli *cli)
{
	return beside_database(cli, cli->heads_told, "RAMPE_AUDIT_HEADS")
		       ? remove_file(cli->c, str_z(cli->c->arena, cli_heads_path(cli)))
		       : OK;
}

/* The keys of people that were made up go with them, since they come again under the same identifiers; and so does the
 * list of those who were erased, who would be erased once more. Only after a look at who they are. */
static Err remove_keys(const Cli *cli)
{
	Ctx *c = cli->c;
	if (beside_database(cli, cli->erasures_told, "RAMPE_ERASURES"))
		RETURN_IF_ERR(remove_file(c, str_z(c->arena, cli_erasures_path(cli))));
	return beside_database(cli, cli->keys_told, "RAMPE_KEYS")
		       ? remove_database(c, str_z(c->arena, cli_keys_path(cli)))
		       : OK;
}

/* A whole demonstration makes room for a new one when that is asked for, since somebody may have registered in it; one
 * that broke off has no logins yet, with which anybody could. Anything else stays. */
static Err make_room(Cli *cli, bool replace)
{
	Ctx *c = cli->c;
	const char *file = database_file(cli);
	struct stat st;
	if (file == NULL || stat(file, &st) != 0 || st.st_size == 0)
		return remove_heads(cli);
	Holding held;
	RETURN_IF_ERR(look_into(cli, &held));
	if (held.programmes == 0)
		return OK;
	if (held.users > 0 && !replace) {
		(void)refuse(c, "--db",
			     T(c->lang,
			       "%.*s holds a demonstration already. --keep goes on with it as it is, --replace puts a "
			       "new one in its place, and what was registered in it is lost."),
			     STR_ARG(cli->db_url));
		return ERR_CONFLICT;
	}
	fprintf(stderr, T(c->lang, "The earlier demonstration in %s is replaced by a new one.\n"), file);
	RETURN_IF_ERR(remove_database(c, file));
	RETURN_IF_ERR(remove_keys(cli));
	return remove_heads(cli);
}

/* Goes on with what is there, brought up to this version of the program; *kept is false when that is nothing. */
static Err keep(Cli *cli, bool *kept)
{
	Ctx *c = cli->c;
	const char *file = database_file(cli);
	struct stat st;
	Holding held;
	*kept = false;
	if (file != NULL && (stat(file, &st) != 0 || st.st_size == 0))
		return OK;
	Err e = database_prepare(cli);
	if (e == OK)
		e = look(c, &held);
	if (e != OK) {
		fprintf(stderr, T(c->lang, "%.*s is left as it is. Where it is moved away, a new one is made.\n"),
			STR_ARG(cli->db_url));
		return e;
	}
	*kept = held.programmes > 0 && held.users > 0;
	if (*kept) {
		fprintf(stderr, T(c->lang, "%.*s holds a demonstration already, which is used as it is.\n"),
			STR_ARG(cli->db_url));
		return OK;
	}
	db_close(c->db);
	c->db = NULL;
	return OK;
}

/* What could not make room, a server's database or one with users, must be
 * empty: made-up people and logins with a known password do not come among real
 * ones. */
static Err must_be_empty(const Cli *cli)
{
	Ctx *c = cli->c;
	Holding held;
	RETURN_IF_ERR(look(c, &held));
	if (held.programmes + held.users == 0)
		return OK;
	(void)refuse(c, "--db",
		     T(c->lang, "%.*s holds a programme or users already. A demonstration needs an empty database."),
		     STR_ARG(cli->db_url));
	return ERR_CONFLICT;
}

/* ---- playing --------------------------------------------------------------------- */

/* One line on standard error, written over where that is a terminal. */
static void show_progress(void *arg, const char *what, int done, int all)
{
	const Ctx *c = arg;
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K%s: %d/%d%s", T(c->lang, what), done, all, done == all ? "\n" : "");
	else if (done == all)
		fprintf(stderr, "%s: %d\n", T(c->lang, what), all);
}

/* Plays what was made up, unless there is something to go on with. */
static Err play(Cli *cli, const Options *options, const Register *people)
{
	Ctx *c = cli->c;
	ProgrammeId id;
	bool kept = false;
	PlayOptions how = { .folder = options->facts,
			    .logins = true,
			    .password = demo_password,
			    .progress = show_progress,
			    .progress_arg = c };
	if (options->keep)
		RETURN_IF_ERR(keep(cli, &kept));
	if (kept)
		return OK;
	RETURN_IF_ERR(make_room(cli, options->replace));
	RETURN_IF_ERR(database_prepare(cli));
	RETURN_IF_ERR(must_be_empty(cli));
	RETURN_IF_ERR(cli_start_writer(cli));
	return demo_play(c, people, &how, &id);
}

/* Whatever is wrong with the facts shows before a database is touched. */
static Err make_up(Cli *cli, const Options *options, Register **out)
{
	Ctx *c = cli->c;
	Facts *facts;
	RETURN_IF_ERR(facts_read(c, str_z(c->arena, options->facts), &facts));
	demo_scale(facts, (int)options->scale);
	return demo_generate(c, facts, (uint64_t)options->seed, out);
}

static Err print_evaluation(Ctx *c, Str code, Str folder)
{
	Report r;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = report_collect(c, code, DATE_NONE, &r);
	db_end_read(c);
	RETURN_IF_ERR(e);
	Str html = str_printf(c->arena, "%.*s/rapport.html", STR_ARG(folder));
	Str pdf = str_printf(c->arena, "%.*s/rapport.pdf", STR_ARG(folder));
	RETURN_IF_ERR(report_write(c, &r, REPORT_HTML, html));
	RETURN_IF_ERR(report_write(c, &r, REPORT_PDF, pdf));
	printf("%s: %.*s, %.*s\n", T(c->lang, "The evaluation"), STR_ARG(html), STR_ARG(pdf));
	return OK;
}

static void show_logins(const Cli *cli, const Register *people)
{
	Lang lang = cli->c->lang;
	printf("%s: %.*s\n", T(lang, "The database"), STR_ARG(cli->db_url));
	printf("%s:\n", T(lang, "Logins of the demonstration"));
	printf("  leder      %s\n", T(lang, "programme manager"));
	const RegMember *contact = demo_first_in_role(people, "contact_person");
	if (contact != NULL) {
		Str place = people->organisations[contact->organisation].name;
		printf("  kontakt    %s, %.*s\n", T(lang, "contact person"), STR_ARG(place));
	}
	printf("  evaluator  %s\n", T(lang, "evaluator"));
	printf("  %s: %.*s\n", T(lang, "Password of all three"), STR_ARG(demo_password));
	Str today = date_iso(cli->c->arena, people->facts->status_date);
	printf("%s: rampe serve --today %.*s --db %.*s\n", T(lang, "To look at it"), STR_ARG(today),
	       STR_ARG(cli->db_url));
}

static CliStatus run_demo(Cli *cli)
{
	Options options;
	Register *people = NULL;
	Err e = read_options(cli, &options);
	if (e != OK)
		return cli_status(cli, e);
	if (!cli_all_taken(cli) || (options.keep && options.replace))
		return cli_usage(cli, &demo_command);
	e = database_folders(cli->c, str_printf(cli->c->arena, "%.*s/", STR_ARG(options.folder)));
	if (e == OK)
		e = make_up(cli, &options, &people);
	if (e == OK)
		e = play(cli, &options, people);
	if (e == OK && !options.no_report)
		e = print_evaluation(cli->c, people->facts->code, options.folder);
	if (e == OK)
		show_logins(cli, people);
	return cli_status(cli, e);
}

const Command demo_command = {
	"demo",
	N_("demo [--folder DIR] [--facts DIR] [--seed N] [--scale K] [--no-report] [--keep | --replace]"),
	N_("play a published programme with made-up people into a new database"),
	run_demo,
	.converts = true,
};
