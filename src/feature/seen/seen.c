#include "feature/seen/seen.h"

#include "access/consent.h"
#include "base/text.h"
#include "db/audit.h"
#include "seen_sql.h"

#include <stdlib.h>
#include <string.h>

static const EnumRow whos[] = {
	{ "citizen", N_("You") },
	{ "other_citizen", N_("Another citizen") },
	{ "own_contact_person", N_("Your contact person") },
	{ "contact_person", N_("A contact person") },
	{ "manager", N_("A manager") },
	{ "mentor", N_("A mentor") },
	{ "caseworker", N_("A caseworker") },
	{ "administrator", N_("An administrator") },
	{ "evaluator", N_("An evaluator") },
	{ "staff", N_("Somebody of the staff") },
	{ "company", N_("A company") },
	{ "stranger", N_("Somebody who had not logged in") },
	{ "program", N_("The program") },
};
const EnumTable seen_who_table = ENUM_TABLE("seen_who", whos);

/* What an entry's action is in plain words: by its beginning, the first that fits what stands beside it. */
static const struct {
	const char *action, *to_citizen, *to_staff;
	const char *kind;   /* of the subject; NULL: any */
	const char *detail; /* stands in it; NULL: whatever does */
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
	{ "consent.again", N_("said once more what was so already"), N_("said once more what was so already") },
	{ "consent.give", N_("wrote down a yes"), N_("wrote down a yes") },
	{ "consent.open", N_("took back a no"), N_("took back a no") },
	{ "consent.withdraw", N_("wrote down a no"), N_("wrote down a no") },
	{ "network.view", N_("looked at whom you let us invite"), N_("looked at whom the citizen lets us invite") },
	{ "network.forget", N_("erased whom you let us invite"), N_("erased whom the citizen let us invite") },
	{ "network.", N_("wrote down whom you let us invite"), N_("wrote down whom the citizen lets us invite") },
	{ "diagnosis.view", N_("looked at your diagnosis"), N_("looked at the diagnosis") },
	{ "diagnosis.erase", N_("erased your diagnosis"), N_("erased the diagnosis") },
	{ "diagnosis.", N_("wrote down your diagnosis"), N_("wrote down the diagnosis") },
	{ "answers.export", N_("took your answers out for the evaluator, without your name"),
	  N_("took the answers out for the evaluator, without a name") },
	{ "quote.view", N_("looked at what you have said"), N_("looked at what the citizen has said") },
	{ "quote.", N_("wrote down what you have said, or removed it"),
	  N_("wrote down what the citizen has said, or removed it") },
	{ "wish.again", N_("said once more what was so already"), N_("said once more what was so already") },
	{ "wish.", N_("wrote on your list of companies"), N_("wrote on the list of companies") },
	{ "sheet.", N_("used the sheet about you for a company"), N_("used the sheet for a company") },
	{ "relation.emergency", N_("opened your page in an emergency"), N_("opened the page in an emergency") },
	{ "relation.list", N_("looked at why your page was opened in an emergency"),
	  N_("looked at why the page was opened in an emergency") },
	{ "relation.review", N_("looked at why your page was opened in an emergency, and has said so"),
	  N_("looked at why the page was opened in an emergency, and has said so") },
	{ "relation.", N_("changed who works with you"), N_("changed who works with the citizen") },
	{ "guest.login", N_("opened the sheet about you"), N_("opened the sheet about the citizen"), "company" },
	{ "guest.login", N_("came in by a login that you have chosen"),
	  N_("came in by a login that the citizen has chosen"), .detail = "oidc " },
	{ "guest.login", N_("came in by a code"), N_("came in by a code") },
	{ "guest.link", N_("chose a login that opens your page"), N_("chose a login that opens the citizen's page") },
	{ "guest.unlink", N_("removed the login that opened your page"),
	  N_("removed the login that opened the citizen's page") },
	{ "guest.logout", N_("left your page"), N_("left the citizen's page") },
	{ "guest.end", N_("ended the codes for your page"), N_("ended the codes for the citizen's page") },
	{ "guest.", N_("made a code for your page or a sheet"), N_("made a code for the citizen's page or a sheet") },
	{ "decide.view", N_("looked at what you have decided"), N_("looked at what the citizen has decided") },
	{ "shared.view", N_("looked at what you share"), N_("looked at what the citizen shares") },
	{ "referral.make", N_("referred you to the programme"), N_("referred the citizen") },
	{ "referral.view", N_("looked at your referral"), N_("looked at the referral") },
	{ "referral.agree", N_("wrote down that you agree to be referred again"),
	  N_("wrote down that the citizen agrees to be referred again") },
	{ "referral.withdraw", N_("wrote down that you do not want to be referred"),
	  N_("wrote down that the citizen does not want to be referred") },
	{ "referral.archive", N_("put your referral away"), N_("put the referral away") },
	{ "referral.admit", N_("admitted you to the programme"), N_("admitted the citizen to the programme") },
	{ "referral.decide", N_("answered your referral"), N_("answered the referral") },
	{ "message.queue", N_("chose a login, and so word of it is sent to you"),
	  N_("chose a login, and so word of it is sent to the citizen"), .detail = "login" },
	{ "message.try", N_("tried to send you word of a login that opens your page"),
	  N_("tried to send the citizen word of a login"), .detail = "login" },
	{ "message.put_off", N_("could not send you word of a login, and tries again later"),
	  N_("could not send the citizen word of a login, and tries again later"), .detail = "login" },
	{ "message.failed", N_("could not send you word of a login"), N_("could not send the citizen word of a login"),
	  .detail = "login" },
	{ "message.useless", N_("sent you no word of a login: there was nowhere to send it"),
	  N_("sent the citizen no word of a login: there was nowhere to send it"), .detail = "login" },
	{ "message.sent", N_("sent you word of a login that opens your page"), N_("sent the citizen word of a login"),
	  .detail = "login" },
	{ "message.unknown", N_("was interrupted while it sent you word of a login: perhaps it was sent"),
	  N_("was interrupted while it sent the citizen word of a login: perhaps it was sent"), .detail = "login" },
	{ "message.queue", N_("had a link to your page sent to you"), N_("had a link sent to the citizen") },
	{ "message.try", N_("tried to send you a link to your page"), N_("tried to send the citizen a link") },
	{ "message.put_off", N_("could not send you a link, and tries again later"),
	  N_("could not send the citizen a link, and tries again later") },
	{ "message.failed", N_("could not send you a link"), N_("could not send the citizen a link") },
	{ "message.useless", N_("sent you no link: it had ended"), N_("sent the citizen no link: it had ended") },
	{ "message.sent", N_("sent you a link to your page"), N_("sent the citizen a link") },
	{ "message.unknown", N_("was interrupted while it sent you a link: perhaps it was sent"),
	  N_("was interrupted while it sent the citizen a link: perhaps it was sent") },
	{ "referred.view", N_("looked at how it goes for you"), N_("looked at how it goes") },
	{ "own.", N_("looked at your own page"), N_("looked at the citizen's own page") },
	{ "preference.", N_("wrote how you would like our talks"), N_("wrote how the talks are to be") },
	{ "request.again", N_("said once more what was so already"), N_("said once more what was so already") },
	{ "request.list", N_("looked at what you have asked for"), N_("looked at what the citizen has asked for") },
	{ "request.handle", N_("said that what you asked for has been dealt with"),
	  N_("said that what the citizen asked for has been dealt with") },
	{ "request.", N_("asked for something, or answered it"), N_("asked for something, or answered it") },
	{ "access.denied", N_("tried something with what is registered about you"),
	  N_("tried something with what is registered about the citizen") },
	{ "audit.extract", N_("looked at who has looked"), N_("looked at who has looked") },
	{ "", N_("did something else"), N_("did something else") },
};

static bool fits(size_t i, const AuditRow *row)
{
	return str_starts(row->action, str_of(words[i].action)) &&
	       (words[i].kind == NULL || str_eq_z(row->subject_kind, words[i].kind)) &&
	       (words[i].detail == NULL || str_find_str(row->detail, str_of(words[i].detail)) != SIZE_MAX);
}

static size_t words_of(const AuditRow *row)
{
	size_t i = 0;
	while (!fits(i, row))
		i++;
	return i;
}

static int by_guest(const void *key, const void *row)
{
	return memcmp(key, &((const SeenGuest *)row)->id, sizeof(Uuid));
}

static int by_id(const void *key, const void *row)
{
	return memcmp(key, &((const SeenStaff *)row)->id, sizeof(Uuid));
}

static SeenWho who_of_user(const SeenStaff *user)
{
	switch (user->role) {
	case ROLE_CONTACT_PERSON: return user->own ? SEEN_OWN_CONTACT_PERSON : SEEN_CONTACT_PERSON;
	case ROLE_MANAGER: return SEEN_MANAGER;
	case ROLE_MENTOR: return SEEN_MENTOR;
	case ROLE_CASEWORKER: return SEEN_CASEWORKER;
	case ROLE_ADMINISTRATOR: return SEEN_ADMINISTRATOR;
	case ROLE_EVALUATOR: return SEEN_EVALUATOR;
	default: return SEEN_STAFF;
	}
}

/* Who may stand in the log: users, and what the citizen has come by. */
typedef struct {
	SeenStaffList staff;
	SeenGuestList guests;
} People;

/* An entry as it was read; what it means is looked up when all have been. */
typedef struct {
	SeenLine line;
	Str login; /* as the log has it */
	Uuid actor, subject;
	int entered; /* as which guest somebody came in by it; ENUM_NONE: nobody did */
} Entry;

/* Whoever comes in is the citizen from then on, or the company, though the log has the visitor of before. */
static int entered_by(const AuditRow *row)
{
	int role = ENUM_NONE;
	if (!str_eq_z(row->action, "guest.login") || row->outcome != AUDIT_DONE ||
	    !enum_parse(&role_table, row->subject_kind, &role))
		return ENUM_NONE;
	return role;
}

/* A user, by *name, whatever the login is; else a guest, of whom the log has the kind (user.h keeps logins from being
 * one) and what the guest came by. */
static SeenWho who_of(const People *p, const Entry *e, Str *name)
{
	Uuid actor = e->actor;
	Str login = e->entered == ENUM_NONE ? e->login : enum_code(&role_table, e->entered);
	if (e->entered != ENUM_NONE)
		actor = e->subject;
	if (uuid_is_none(actor))
		return str_is_empty(login) || str_eq_z(login, "unknown") ? SEEN_STRANGER : SEEN_PROGRAM;
	const SeenStaff *user =
		p->staff.n == 0 ? NULL : bsearch(&actor, p->staff.at, p->staff.n, sizeof *p->staff.at, by_id);
	if (user != NULL) {
		*name = user->name;
		return who_of_user(user);
	}
	if (str_eq(login, enum_code(&role_table, ROLE_COMPANY)))
		return SEEN_COMPANY;
	if (!str_eq(login, enum_code(&role_table, ROLE_CITIZEN)))
		return SEEN_STAFF;
	bool own =
		p->guests.n > 0 && bsearch(&actor, p->guests.at, p->guests.n, sizeof *p->guests.at, by_guest) != NULL;
	return own ? SEEN_CITIZEN : SEEN_OTHER_CITIZEN;
}

/* The last that were seen, as a ring of at most `most`. */
typedef struct {
	Arena *arena;
	Entry *at;
	size_t room, most, all;
} Ring;

static Entry *next(Ring *ring)
{
	if (ring->all == ring->room && ring->room < ring->most) {
		size_t room = ring->room == 0 ? 64 : ring->room * 2;
		room = room < ring->most ? room : ring->most;
		Entry *at = ARENA_ARRAY(ring->arena, room, Entry);
		if (ring->room > 0)
			memcpy(at, ring->at, ring->room * sizeof *at);
		ring->at = at;
		ring->room = room;
	}
	return &ring->at[ring->all++ % ring->room];
}

static Err see(void *arg, const AuditRow *row)
{
	Ring *ring = arg;
	size_t w = words_of(row);
	int purpose = ENUM_NONE;
	if (!enum_parse(&consent_purpose_table, row->purpose, &purpose))
		purpose = ENUM_NONE;
	*next(ring) = (Entry){ .line = { .at = row->at,
					 .to_citizen = words[w].to_citizen,
					 .to_staff = words[w].to_staff,
					 .name = STR_NONE,
					 .action = str_dup(ring->arena, row->action),
					 .purpose = purpose,
					 .reason = STR_NONE,
					 .outcome = row->outcome },
			       .login = str_dup(ring->arena, row->actor_name),
			       .actor = row->actor,
			       .subject = row->subject,
			       .entered = entered_by(row) };
	return OK;
}

static Str reason_of(const SeenReasonList *reasons, const Entry *e)
{
	for (size_t i = 0; i < reasons->n && str_eq_z(e->line.action, "relation.emergency"); i++)
		if (uuid_eq(reasons->at[i].id.v, e->subject))
			return reasons->at[i].reason;
	return STR_NONE;
}

Err seen_newest(Ctx *c, ParticipantId who, size_t most, SeenLines *out)
{
	Ring ring = { .arena = c->arena, .most = most };
	People people;
	SeenReasonList reasons;
	RETURN_IF_ERR(audit_read_about(c, who, see, &ring));
	RETURN_IF_ERR(seen_staff(c, who, &people.staff));
	RETURN_IF_ERR(seen_guests(c, who, &people.guests));
	RETURN_IF_ERR(seen_reasons(c, who, &reasons));
	*out = (SeenLines){ ARENA_ARRAY(c->arena, ring.room, SeenLine), 0, ring.all };
	for (size_t i = ring.all; i > 0 && out->n < ring.room; i--) {
		const Entry *e = &ring.at[(i - 1) % ring.room];
		SeenLine *line = &out->at[out->n++];
		*line = e->line;
		line->who = who_of(&people, e, &line->name);
		line->reason = reason_of(&reasons, e);
	}
	return OK;
}
