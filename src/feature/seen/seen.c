#include "feature/seen/seen.h"

#include "base/text.h"
#include "db/audit.h"

/* What an entry's action is in plain words: by its beginning, the first that fits. */
static const struct {
	const char *action, *to_citizen, *to_staff;
} words[] = {
	{ "participant.view", N_("looked at your page"), N_("looked at the citizen's page") },
	{ "participant.form", N_("opened a form about you"), N_("opened a form about the citizen") },
	{ "participant.admit", N_("registered you"), N_("registered the citizen") },
	{ "participant.", N_("changed the facts about you"), N_("changed the facts about the citizen") },
	{ "contact.register", N_("wrote down a talk"), N_("wrote down a talk") },
	{ "contact.view", N_("looked at a talk"), N_("looked at a talk") },
	{ "contact.list", N_("looked at your talks"), N_("looked at the talks") },
	{ "contact.", N_("changed a talk that was written down"), N_("changed a talk that was written down") },
	{ "placement.", N_("wrote something about a company or job"), N_("wrote something about a company or job") },
	{ "status.", N_("wrote down your situation"), N_("wrote down the situation") },
	{ "company.view", N_("saw you on a company's page"), N_("saw the citizen on a company's page") },
	{ "goal.person", N_("saw you behind a number"), N_("saw the citizen behind a number") },
	{ "survey.", N_("wrote something about your answers"), N_("wrote something about the answers") },
	{ "mentor.", N_("wrote something about your mentor"), N_("wrote something about the mentor") },
	{ "activity.", N_("wrote down that you took part"), N_("wrote down an attendance") },
	{ "consent.give", N_("wrote down a yes"), N_("wrote down a yes") },
	{ "consent.withdraw", N_("wrote down a no"), N_("wrote down a no") },
	{ "network.view", N_("looked at whom you let us invite"), N_("looked at whom the citizen lets us invite") },
	{ "network.", N_("wrote down whom you let us invite"), N_("wrote down whom the citizen lets us invite") },
	{ "diagnosis.view", N_("looked at your diagnosis"), N_("looked at the diagnosis") },
	{ "diagnosis.erase", N_("erased your diagnosis"), N_("erased the diagnosis") },
	{ "diagnosis.", N_("wrote down your diagnosis"), N_("wrote down the diagnosis") },
	{ "answers.export", N_("took your answers out for the evaluator, without your name"),
	  N_("took the answers out for the evaluator, without a name") },
	{ "quote.view", N_("looked at what you have said"), N_("looked at what the citizen has said") },
	{ "quote.", N_("wrote down what you have said, or removed it"),
	  N_("wrote down what the citizen has said, or removed it") },
	{ "wish.", N_("wrote on your list of companies"), N_("wrote on the list of companies") },
	{ "sheet.", N_("used the sheet about you for a company"), N_("used the sheet for a company") },
	{ "relation.emergency", N_("opened your page in an emergency"), N_("opened the page in an emergency") },
	{ "relation.", N_("changed who works with you"), N_("changed who works with the citizen") },
	{ "guest.login", N_("came in by a code or a login"), N_("came in by a code or a login") },
	{ "guest.link", N_("chose a login that opens your page"), N_("chose a login that opens the citizen's page") },
	{ "guest.unlink", N_("removed the login that opened your page"),
	  N_("removed the login that opened the citizen's page") },
	{ "guest.", N_("used or made a code for your page"), N_("used or made a code for the citizen's page") },
	{ "decide.view", N_("looked at what you have decided"), N_("looked at what the citizen has decided") },
	{ "shared.view", N_("looked at what you share"), N_("looked at what the citizen shares") },
	{ "referral.make", N_("referred you to the programme"), N_("referred the citizen") },
	{ "referral.view", N_("looked at your referral"), N_("looked at the referral") },
	{ "referral.", N_("answered your referral"), N_("answered the referral") },
	{ "message.", N_("sent you a link to your page"), N_("sent the citizen a link") },
	{ "referred.view", N_("looked at how it goes for you"), N_("looked at how it goes") },
	{ "own.", N_("looked at your own page"), N_("looked at the citizen's own page") },
	{ "preference.", N_("wrote how you would like our talks"), N_("wrote how the talks are to be") },
	{ "request.", N_("asked for something, or answered it"), N_("asked for something, or answered it") },
	{ "audit.extract", N_("looked at who has looked"), N_("looked at who has looked") },
	{ "", N_("did something else"), N_("did something else") },
};

static size_t words_of(Str action)
{
	size_t i = 0;
	while (!str_starts(action, str_of(words[i].action)))
		i++;
	return i;
}

static const char *role_of(const AuditRow *row)
{
	if (str_eq_z(row->actor_name, "citizen"))
		return N_("You");
	if (str_eq_z(row->actor_name, "company"))
		return N_("A company");
	return uuid_is_none(row->actor) ? N_("The program") : N_("Somebody of the staff");
}

/* The last that were seen, as a ring. */
typedef struct {
	Arena *arena;
	SeenLine *at;
	size_t all;
} Ring;

static Err see(void *arg, const AuditRow *row)
{
	Ring *ring = arg;
	size_t w = words_of(row->action);
	ring->at[ring->all++ % SEEN_MOST] = (SeenLine){ .at = row->at,
							.to_citizen = words[w].to_citizen,
							.to_staff = words[w].to_staff,
							.role = role_of(row),
							.actor = str_dup(ring->arena, row->actor_name),
							.outcome = row->outcome };
	return OK;
}

Err seen_newest(Ctx *c, ParticipantId who, SeenLines *out)
{
	Ring ring = { c->arena, ARENA_ARRAY(c->arena, SEEN_MOST, SeenLine), 0 };
	RETURN_IF_ERR(audit_read_about(c, who, see, &ring));
	*out = (SeenLines){ ARENA_ARRAY(c->arena, SEEN_MOST, SeenLine), 0, ring.all };
	for (size_t i = ring.all; i > 0 && out->n < SEEN_MOST; i--)
		out->at[out->n++] = ring.at[(i - 1) % SEEN_MOST];
	return OK;
}
