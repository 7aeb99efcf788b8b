/* What the citizens of the demonstration decide, each on its own day. */
#include "demo/play_inside.h"

#include "access/consent.h"
#include "feature/quote/quote.h"

static const Actor citizen = { .role = ROLE_CITIZEN, .login = { "citizen", 7 } };
static const Actor contact_person = { .role = ROLE_CONTACT_PERSON, .login = { "kontakt", 7 } };

/* Whoever writes down what the citizen says: the one contact person with a login, or nobody. */
static const Actor *writer_of(const Play *p, int participant)
{
	const RegMember *kontakt = demo_first_in_role(p->r, "contact_person");
	const RegMember *own = &p->r->members[p->r->participants[participant].member];
	return p->options->logins && kontakt == own ? &contact_person : NULL;
}

static void go_to(Ctx *c, Play *p, Time at, const Actor *actor)
{
	p->clock = clock_fixed(at);
	c->actor = actor;
}

static void come_back(Ctx *c, Play *p)
{
	go_to(c, p, play_moment(p), NULL);
}

static Err play_consent(Ctx *c, Play *p, int i)
{
	const RegConsent *x = &p->r->consents[i];
	const Actor *writer = x->by_staff ? writer_of(p, x->participant) : NULL;
	ConsentIn in = { .receiver_name = STR_NONE,
			 .tells_name = x->tells,
			 .tells_considerations = x->tells,
			 .since = DATE_NONE,
			 .until = DATE_NONE };
	enum_parse(&consent_purpose_table, str_of(x->purpose), &in.purpose);
	if (x->company >= 0)
		in.receiver = p->companies[x->company].v;
	in.everyone = x->company < 0 && consent_goes_to((ConsentPurpose)in.purpose);
	go_to(c, p, x->given, writer != NULL ? writer : &citizen);
	Err e = consent_give(c, p->participants[x->participant], &in, &p->consents[i]);
	come_back(c, p);
	return e;
}

Err play_consents(Play *p)
{
	return play_all(p, N_("consents"), p->r->consent_count, play_consent);
}

static Err play_withdrawal(Ctx *c, Play *p, int i)
{
	const RegConsent *x = &p->r->consents[p->withdrawn[i]];
	go_to(c, p, x->withdrawn, &citizen);
	Err e = consent_withdraw(c, p->participants[x->participant], p->consents[p->withdrawn[i]]);
	come_back(c, p);
	return e;
}

static int list_withdrawn(Play *p)
{
	int n = 0;
	p->withdrawn = ARENA_ARRAY(p->arena, (size_t)p->r->consent_count, int);
	for (int i = 0; i < p->r->consent_count; i++)
		if (p->r->consents[i].withdrawn != TIME_NONE)
			p->withdrawn[n++] = i;
	return n;
}

static Err play_quote(Ctx *c, Play *p, int i)
{
	const RegQuote *x = &p->r->quotes[i];
	QuoteId id;
	QuoteIn in = { .words = x->words, .topic = ENUM_NONE, .occasion = ENUM_NONE, .said = x->said };
	if (!enum_parse(&quote_topic_table, x->topic, &in.topic) ||
	    !enum_parse(&quote_occasion_table, x->occasion, &in.occasion))
		return refuse(c, "notes.csv", "%s", T(c->lang, "A quote is about something, and was said somewhere"));
	go_to(c, p, time_of(x->said, 16 * 60), writer_of(p, x->participant));
	Err e = quote_add(c, p->participants[x->participant], &in, &id);
	come_back(c, p);
	return e;
}

Err play_afterthoughts(Play *p)
{
	RETURN_IF_ERR(play_all(p, N_("withdrawn consents"), list_withdrawn(p), play_withdrawal));
	return play_all(p, N_("quotes"), p->r->quote_count, play_quote);
}
