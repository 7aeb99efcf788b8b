#include "access/consent.h"

#include "base/text.h"

static const EnumRow purposes[] = {
	{ "contact_company", N_("Contact a company for me") },
	{ "tell_company", N_("Tell a company about me") },
	{ "tell_mentor", N_("Tell my mentor about me") },
	{ "invite_network", N_("Invite somebody close to me to a talk") },
	{ "diagnoses", N_("Write down my diagnosis") },
	{ "answers", N_("Give my answers to the evaluator, without my name") },
	{ "quotes", N_("Publish what I have said, without my name") },
};
const EnumTable consent_purpose_table = ENUM_TABLE("consent_purpose", purposes);

static const char told[] = N_("What a company or the mentor may be told");
static const Field fields[] = {
	FIELD(ConsentIn, purpose, FIELD_ENUM, N_("What is said yes to"), .required = true,
	      .choices = &consent_purpose_table),
	FIELD(ConsentIn, receiver, FIELD_ID, N_("Which company or mentor"),
	      .hint = N_("What goes to a company or mentor: choose one, or tick below that it is all of them")),
	FIELD(ConsentIn, everyone, FIELD_BOOL, N_("Every company, or whoever is the mentor")),
	FIELD(ConsentIn, receiver_name, FIELD_TEXT, N_("Whom to invite"), .hint = N_("For instance: my mother"),
	      .encrypted = true),
	FIELD(ConsentIn, tells_name, FIELD_BOOL, N_("Name"), .group = told),
	FIELD(ConsentIn, tells_phone, FIELD_BOOL, N_("Phone"), .group = told),
	FIELD(ConsentIn, tells_wishes, FIELD_BOOL, N_("Wishes for work"), .group = told),
	FIELD(ConsentIn, tells_considerations, FIELD_BOOL, N_("Considerations at work"), .group = told),
	FIELD(ConsentIn, tells_situation, FIELD_BOOL, N_("Situation: in a job, sick, on leave"), .group = told),
	FIELD(ConsentIn, since, FIELD_DATE, N_("From"), .hint = N_("Left empty: today")),
	FIELD(ConsentIn, until, FIELD_DATE, N_("Until"), .hint = N_("Left empty: until it is withdrawn")),
	FIELD(ConsentIn, after_no, FIELD_ID, N_("Has the citizen said yes since the no?")),
};
const Form consent_form = FORM("consent", ConsentIn, fields);

/* In words to the citizen. */
static const char *const meanings[] = {
	[CONSENT_CONTACT_COMPANY] = N_("Your contact person may ring or write to companies about a job or an "
				       "internship for you."),
	[CONSENT_TELL_COMPANY] = N_("The company may know what you choose here, and nothing else."),
	[CONSENT_TELL_MENTOR] = N_("Your mentor may know what you choose here, and nothing else."),
	[CONSENT_INVITE_NETWORK] = N_("Your contact person may write down who it is, and invite them to a talk."),
	[CONSENT_DIAGNOSES] = N_("Your contact person may write down what your diagnosis is. Colleagues in the same "
				 "unit and the manager of the programme may read it. Companies and mentors may not."),
	[CONSENT_ANSWERS] = N_("You have answered questionnaires. Those who look into whether the programme works may "
			       "see each of your answers, with a code instead of your name."),
	[CONSENT_QUOTES] = N_("What you have said may stand in the programme's evaluation, which everybody can read. "
			      "Your name does not stand there."),
};

const char *consent_meaning(ConsentPurpose purpose)
{
	return meanings[purpose];
}

bool consent_in_force(const ConsentLine *k, Date day)
{
	return k->withdrawn == TIME_NONE && k->since <= day && (k->until == DATE_NONE || k->until >= day);
}

bool consent_tells(ConsentPurpose purpose)
{
	return purpose == CONSENT_TELL_COMPANY || purpose == CONSENT_TELL_MENTOR;
}

bool consent_goes_to(ConsentPurpose purpose)
{
	return consent_tells(purpose) || purpose == CONSENT_CONTACT_COMPANY;
}

/* `purpose` is a code; none: it stands with the consent. */
static Err audit(Ctx *c, const char *action, ConsentId id, ParticipantId who, Str purpose)
{
	AuditEvent e = actor_event(c, action);
	e.subject_kind = STR("consent");
	e.subject = id.v;
	e.participant = who;
	e.purpose = purpose;
	return commit_audit(c, &e);
}

static Err cover_today(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver, ConsentCover *out)
{
	return consent_covering(c, who, purpose, receiver, clock_today(c->clock), TIME_NONE, out);
}

Err consent_covers(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver, bool *out)
{
	ConsentCover cover;
	RETURN_IF_ERR(cover_today(c, who, purpose, receiver, &cover));
	*out = cover.consents > 0;
	return OK;
}

static Err need(Ctx *c, ConsentPurpose purpose, const ConsentCover *cover)
{
	if (cover->consents > 0)
		return OK;
	(void)refuse(c, NULL,
		     cover->refused > 0 ? T(c->lang, "The citizen has said no to this: “%s”.")
					: T(c->lang, "The citizen has not said yes to this: “%s”."),
		     enum_text(c->lang, &consent_purpose_table, (int)purpose));
	return ERR_DENIED;
}

Err consent_need(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver)
{
	ConsentCover cover;
	RETURN_IF_ERR(cover_today(c, who, purpose, receiver, &cover));
	return need(c, purpose, &cover);
}

Err consent_need_at(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver, Time at, const char *field)
{
	ConsentCover cover;
	Date day = time_date(at);
	RETURN_IF_ERR(consent_covering(c, who, purpose, receiver, day, at, &cover));
	if (cover.consents > 0)
		return OK;
	ConsentLater later;
	Err e = consent_counts_later(c, who, purpose, receiver, day, at, &later);
	if (e == OK && cover.refused == 0) {
		Str from = text_time(c->arena, c->lang, later.counts_from);
		(void)refuse(c, field,
			     T(c->lang, "The citizen had withdrawn the yes to this: “%s”. The one given since counts "
					"from %.*s."),
			     enum_text(c->lang, &consent_purpose_table, (int)purpose), STR_ARG(from));
		return ERR_DENIED;
	}
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	Str when = text_date(c->arena, c->lang, day);
	if (cover.refused > 0) {
		(void)refuse(c, field, T(c->lang, "On %.*s the citizen had said no to this: “%s”."), STR_ARG(when),
			     enum_text(c->lang, &consent_purpose_table, (int)purpose));
		return ERR_DENIED;
	}
	(void)refuse(c, field,
		     T(c->lang, "On %.*s the citizen had not said yes to this: “%s”. Ask the citizen, and write the "
				"consent down first."),
		     STR_ARG(when), enum_text(c->lang, &consent_purpose_table, (int)purpose));
	return ERR_DENIED;
}

Err consent_quotes(Ctx *c, ProgrammeId programme, Date day, QuotedList *out)
{
	return consent_quoted(c, programme, day, clock_today(c->clock), out);
}

Err consent_disclose(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver, Disclosed *out)
{
	ConsentCover cover;
	RETURN_IF_ERR(cover_today(c, who, purpose, receiver, &cover));
	RETURN_IF_ERR(need(c, purpose, &cover));
	return consent_disclosed(c, who, clock_today(c->clock), cover.name > 0, cover.phone > 0, cover.wishes > 0,
				 cover.considerations > 0, cover.situation > 0, out);
}

static bool names_something(const ConsentIn *in)
{
	return in->tells_name || in->tells_phone || in->tells_wishes || in->tells_considerations || in->tells_situation;
}

static Err check(Ctx *c, const ConsentIn *in, Date since)
{
	if (in->purpose < 0 || in->purpose >= CONSENT_PURPOSES)
		return refuse(c, "purpose", "%s", T(c->lang, "This must be filled in."));
	bool tells = consent_tells((ConsentPurpose)in->purpose);
	if (tells && !names_something(in))
		return refuse(c, "tells_name", "%s", T(c->lang, "Choose what may be told."));
	if (!tells && names_something(in))
		return refuse(c, "purpose", "%s", T(c->lang, "Nothing is told by this consent."));
	if (in->purpose == CONSENT_INVITE_NETWORK && str_is_empty(in->receiver_name))
		return refuse(c, "receiver_name", "%s", T(c->lang, "This must be filled in."));
	if (in->purpose != CONSENT_INVITE_NETWORK && !str_is_empty(in->receiver_name))
		return refuse(c, "receiver_name", "%s", T(c->lang, "Nobody is invited by this consent."));
	if (since > date_add_months(clock_today(c->clock), 12))
		return refuse(c, "since", "%s", T(c->lang, "A consent begins within a year from today."));
	if (in->until != DATE_NONE && in->until < since)
		return refuse(c, "until", "%s", T(c->lang, "The consent would end before it begins."));
	return OK;
}

/* A company for what companies are told or asked, a mentor for what the mentor is told, nobody otherwise. All of them
 * only when that is said: what was left out is nobody's yes. */
static Err check_receiver(Ctx *c, const ConsentIn *in)
{
	ConsentReceiver is;
	bool named = !uuid_is_none(in->receiver);
	if (!consent_goes_to((ConsentPurpose)in->purpose) && (named || in->everyone))
		return refuse(c, "receiver", "%s", T(c->lang, "This consent does not go to them."));
	if (consent_goes_to((ConsentPurpose)in->purpose) && named == in->everyone)
		return refuse(c, "receiver", "%s",
			      T(c->lang, "Choose one company or mentor, or tick that it is all of them: not both."));
	if (!named)
		return OK;
	RETURN_IF_ERR(consent_receiver(c, in->receiver, &is));
	bool company = in->purpose == CONSENT_CONTACT_COMPANY || in->purpose == CONSENT_TELL_COMPANY;
	bool fits = company ? is.companies > 0 : in->purpose == CONSENT_TELL_MENTOR && is.mentors > 0;
	return fits ? OK : refuse(c, "receiver", "%s", T(c->lang, "This consent does not go to them."));
}

static Date later(Date a, Date b)
{
	return a == DATE_NONE || (b != DATE_NONE && b > a) ? b : a;
}

static Date day_of(Time t)
{
	return t == TIME_NONE ? DATE_NONE : time_date(t);
}

/* A yes is written down late, but not for days before the citizen was there, nor over the days of a no. */
static Err check_since(Ctx *c, const ConsentEarliest *is, Date since)
{
	Date first = later(is->admitted, later(day_of(is->withdrawn), day_of(is->refused)));
	if (since >= first || since >= clock_today(c->clock))
		return OK;
	Str day = text_date(c->arena, c->lang, first);
	return refuse(c, "since",
		      T(c->lang, "A consent can be written down for days from %.*s on: before, there was no admission "
				 "yet, or there was a no."),
		      STR_ARG(day));
}

/* Whose no a yes to all is written down over: that of the citizen who does not say it now. */
static bool by_another(const Ctx *c)
{
	return c->actor != NULL && c->actor->role != ROLE_CITIZEN;
}

/* Nobody writes a yes down over a no that they have not seen. */
static Err check_mind(Ctx *c, ParticipantId who, const ConsentEarliest *is, const ConsentIn *in)
{
	bool named = !uuid_is_none(in->receiver), known = uuid_eq(in->after_no, named ? in->receiver : who.v);
	Time no = named || in->purpose == CONSENT_INVITE_NETWORK || !by_another(c) ? is->standing : is->ended;
	if (!known && !uuid_is_none(in->after_no))
		return refuse(c, "after_no", "%s", T(c->lang, "This is not one of the choices."));
	if (no == TIME_NONE || known)
		return OK;
	Str day = text_date(c->arena, c->lang, time_date(no));
	return refuse(c, "after_no",
		      T(c->lang, "The citizen said no to this on %.*s. Say that there is a yes since then."),
		      STR_ARG(day));
}

static Err check_earlier(Ctx *c, ParticipantId who, const ConsentIn *in, Date since, ConsentEarliest *out)
{
	RETURN_IF_ERR(consent_earliest(c, who, (ConsentPurpose)in->purpose, in->receiver, clock_now(c->clock), out));
	RETURN_IF_ERR(check_since(c, out, since));
	return check_mind(c, who, out, in);
}

/* What no consent allows any more, and nothing else does either; `withdrawn` may be none. */
static Err forget(Ctx *c, ParticipantId who, ConsentId withdrawn)
{
	int64_t invited = 0, run_out = 0, diagnoses = 0;
	Date today = clock_today(c->clock);
	if (!uuid_is_none(withdrawn.v))
		RETURN_IF_ERR(consent_forget_invited(c, withdrawn, &invited));
	RETURN_IF_ERR(consent_forget_run_out(c, who, today, &run_out));
	if (invited + run_out > 0)
		RETURN_IF_ERR(audit(c, "network.forget", withdrawn, who, STR_NONE));
	RETURN_IF_ERR(consent_forget_diagnosis(c, withdrawn, who, today, &diagnoses));
	return diagnoses == 0 ? OK : audit(c, "diagnosis.erase", withdrawn, who, STR_NONE);
}

/* Asked once more in the commit: a yes may have been given meanwhile. */
static Err forget_all(Ctx *c, void *arg)
{
	ConsentWhoList due;
	(void)arg;
	RETURN_IF_ERR(consent_run_out(c, clock_today(c->clock), &due));
	for (size_t i = 0; i < due.n; i++)
		RETURN_IF_ERR(forget(c, due.at[i].participant, (ConsentId){ UUID_NONE }));
	return due.n == 0 ? ERR_NOT_FOUND : OK;
}

Err consent_sweep(Ctx *c, const atomic_bool *stop, bool *any)
{
	ConsentWhoList due;
	(void)stop; /* nothing here is waited for */
	*any = false;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = consent_run_out(c, clock_today(c->clock), &due);
	db_end_read(c);
	if (e != OK || due.n == 0)
		return e;
	e = commit_run(c, forget_all, NULL);
	*any = e == OK;
	return e == ERR_NOT_FOUND ? OK : e;
}

/* What was so already, and was said once more: by a second press of the button. */
static Err said_again(Ctx *c, ParticipantId who, ConsentPurpose purpose)
{
	AuditEvent e = actor_event(c, "consent.again");
	e.participant = who;
	e.purpose = enum_code(&consent_purpose_table, (int)purpose);
	return commit_audit(c, &e);
}

static Err find_same(Ctx *c, const Consent *row, Time no, ConsentId *out)
{
	ConsentNaming same;
	RETURN_IF_ERR(consent_same(c, row->participant, row->purpose, row->receiver, row->tells_name, row->tells_phone,
				   row->tells_wishes, row->tells_considerations, row->tells_situation, row->since,
				   row->until, no, &same));
	*out = same.id;
	return OK;
}

/* A yes that begins on the day when one was withdrawn counts on that day from the minute when it was given, since what
 * is written down tells no seconds; none: all day. */
static Time counts_from(const ConsentEarliest *is, Date since, Time given)
{
	const Time minute = (Time)60 * 1000000;
	if (is->withdrawn == TIME_NONE || time_date(is->withdrawn) < since)
		return TIME_NONE;
	Time from = given - given % minute, over = time_of(time_date(is->withdrawn) + 1, 0);
	if (from < is->withdrawn)
		from = is->withdrawn;
	return from < over ? from : over;
}

Err consent_give(Ctx *c, ParticipantId who, const ConsentIn *in, ConsentId *out)
{
	Date since = in->since == DATE_NONE ? clock_today(c->clock) : in->since;
	RETURN_IF_ERR(check(c, in, since));
	RETURN_IF_ERR(check_receiver(c, in));
	ConsentEarliest is;
	RETURN_IF_ERR(check_earlier(c, who, in, since, &is));
	Time now = clock_now(c->clock), no = is.standing;
	Time given = no != TIME_NONE && no > now ? no : now; /* said by a clock that is ahead */
	Consent row = { .id = { uuid_v7(c->clock, c->random) },
			.participant = who,
			.purpose = (ConsentPurpose)in->purpose,
			.receiver = in->receiver,
			.receiver_name = str_is_empty(in->receiver_name) ? STR_NONE : in->receiver_name,
			.tells_name = in->tells_name,
			.tells_phone = in->tells_phone,
			.tells_wishes = in->tells_wishes,
			.tells_considerations = in->tells_considerations,
			.tells_situation = in->tells_situation,
			.since = since,
			.until = in->until,
			.given = given,
			.given_by = actor_login(c),
			.counts_from = counts_from(&is, since, given) };
	Err same = find_same(c, &row, no, out);
	if (same != ERR_NOT_FOUND)
		return same == OK ? said_again(c, who, row.purpose) : same;
	RETURN_IF_ERR(forget(c, who, (ConsentId){ UUID_NONE })); /* a new yes brings nothing old back */
	RETURN_IF_ERR(consent_insert(c, &row));
	*out = row.id;
	return audit(c, "consent.give", row.id, who, enum_code(&consent_purpose_table, in->purpose));
}

static Err withdraw(Ctx *c, ParticipantId who, ConsentId id)
{
	int64_t n = 0;
	RETURN_IF_ERR(consent_set_withdrawn(c, id, who, clock_now(c->clock), actor_login(c), &n));
	if (n == 0)
		return ERR_NOT_FOUND;
	RETURN_IF_ERR(forget(c, who, id));
	return audit(c, "consent.withdraw", id, who, STR_NONE);
}

/* On the citizen's list, where it can be changed again. */
static Err answer_no(Ctx *c, ParticipantId who, CompanyId company, Time now)
{
	AuditEvent e = actor_event(c, "wish.no");
	WishId wish;
	Err found = consent_wish(c, who, company.v, &wish);
	if (found == ERR_NOT_FOUND) {
		wish = (WishId){ uuid_v7(c->clock, c->random) };
		found = consent_wish_add(c, wish, who, company.v, now, actor_login(c));
	}
	RETURN_IF_ERR(found);
	e.subject_kind = STR("wish");
	e.subject = wish.v;
	e.participant = who;
	return commit_audit(c, &e);
}

static Err withdraw_all(Ctx *c, ParticipantId who, const ConsentNamingList *of)
{
	for (size_t i = 0; i < of->n; i++)
		RETURN_IF_ERR(withdraw(c, who, of->at[i].id));
	return OK;
}

/* Everything that names the receiver; for one purpose, or (ENUM_NONE) for any. */
static Err withdraw_naming(Ctx *c, ParticipantId who, int purpose, Uuid receiver)
{
	ConsentNamingList named;
	RETURN_IF_ERR(consent_naming(c, who, purpose, receiver, clock_today(c->clock), &named));
	return withdraw_all(c, who, &named);
}

Err consent_refuse_all(Ctx *c, ParticipantId who, ConsentPurpose purpose)
{
	ConsentNamingList given;
	RETURN_IF_ERR(consent_to_all(c, who, purpose, &given));
	return given.n == 0 ? said_again(c, who, purpose) : withdraw_all(c, who, &given);
}

Err consent_refuse(Ctx *c, ParticipantId who, CompanyId company)
{
	Time now = clock_now(c->clock);
	RETURN_IF_ERR(withdraw_naming(c, who, ENUM_NONE, company.v));
	RETURN_IF_ERR(consent_no_say(c, who, CONSENT_CONTACT_COMPANY, company.v, now));
	RETURN_IF_ERR(consent_no_say(c, who, CONSENT_TELL_COMPANY, company.v, now));
	return answer_no(c, who, company, now);
}

Err consent_withdraw(Ctx *c, ParticipantId who, ConsentId id)
{
	ConsentAbout is;
	RETURN_IF_ERR(consent_about(c, id, who, &is));
	if (is.withdrawn != TIME_NONE)
		return said_again(c, who, is.purpose);
	RETURN_IF_ERR(withdraw(c, who, id));
	if (uuid_is_none(is.receiver))
		return OK;
	if (is.purpose == CONSENT_CONTACT_COMPANY)
		return consent_refuse(c, who, (CompanyId){ is.receiver });
	RETURN_IF_ERR(withdraw_naming(c, who, (int)is.purpose, is.receiver));
	return consent_no_say(c, who, is.purpose, is.receiver, clock_now(c->clock));
}

Err consent_accept(Ctx *c, ParticipantId who, CompanyId company)
{
	ConsentId id;
	const ConsentIn in = { .purpose = CONSENT_CONTACT_COMPANY,
			       .receiver = company.v,
			       .receiver_name = STR_NONE,
			       .since = DATE_NONE,
			       .until = DATE_NONE,
			       .after_no = company.v };
	int64_t lifted = 0;
	Time now = clock_now(c->clock);
	RETURN_IF_ERR(consent_no_lift(c, who, CONSENT_CONTACT_COMPANY, company.v, now, &lifted));
	RETURN_IF_ERR(consent_no_lift_told(c, who, company.v, now));
	return consent_give(c, who, &in, &id);
}

Err consent_take_no_back(Ctx *c, ParticipantId who, ConsentPurpose purpose, Uuid receiver)
{
	int64_t ever = 0, lifted = 0;
	Time now = clock_now(c->clock);
	RETURN_IF_ERR(consent_no_ever(c, who, purpose, receiver, &ever));
	if (ever == 0)
		return ERR_NOT_FOUND;
	RETURN_IF_ERR(consent_no_lift(c, who, purpose, receiver, now, &lifted));
	if (lifted == 0)
		return said_again(c, who, purpose);
	if (purpose == CONSENT_CONTACT_COMPANY) /* whose no closed both */
		RETURN_IF_ERR(consent_no_lift_told(c, who, receiver, now));
	AuditEvent e = actor_event(c, "consent.open");
	e.participant = who;
	e.purpose = enum_code(&consent_purpose_table, (int)purpose);
	return commit_audit(c, &e);
}
