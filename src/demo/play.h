/* play: writes a made-up register into a database, through the features.
 *
 * Everything passes the same rules and the same commit as what people type, so
 * the demonstration proves them too. The same facts and seed give the same
 * database but for passwords. Owns nothing that outlives the call.
 */
#ifndef DEMO_PLAY_H
#define DEMO_PLAY_H

#include "base/ids.h"
#include "demo/register.h"

/* Called now and then with what is being written and how much of it is done. */
typedef void PlayProgress(void *arg, const char *what, int done, int all);

typedef struct {
	Str folder;  /* of the facts; indicators.csv and judgements.csv are read too */
	bool logins; /* users leder, kontakt and evaluator with the password `password` */
	Str password;
	PlayProgress *progress; /* may be NULL */
	void *progress_arg;
} PlayOptions;

/* The first of the team in that role; job centres' come in the facts' order.
 * NULL: none. */
const RegMember *demo_first_in_role(const Register *r, const char *role);

/* c->db must be migrated and its writer started. CONFLICT: the programme is
 * there already. */
MUST_USE Err demo_play(Ctx *c, const Register *r, const PlayOptions *options, ProgrammeId *out);
/* True for the logins that demo_play makes. */
bool demo_login(Str login);

#endif
