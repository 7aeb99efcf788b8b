#include "feature/erasure/erasure.h"

#include "access/actor.h"
#include "db/erasures.h"
#include "db/vault.h"
#include "feature/contact/contact.h"
#include "feature/feature.h"
#include "feature/organisation/organisation_codes.h"

static const EnumRow keeps[] = {
	{ "numbers", N_("Rows without names, from which the numbers are computed") },
	{ "nothing", N_("Nothing; the numbers become smaller") },
};
const EnumTable erasure_keeps_table = ENUM_TABLE("erasure_keeps", keeps);

static const Field fields[] = {
	FIELD(ErasureIn, confirm, FIELD_BOOL, N_("Yes, erase the citizen for good"), .required = true),
	FIELD(ErasureIn, reason, FIELD_TEXT, N_("Why"), .most = ERASURE_REASON_MOST,
	      .hint = N_("For the audit. Do not write names here: this text stays.")),
};
const Form erasure_form = FORM("erasure", ErasureIn, fields);

/* One erasure on its way through the three steps. */
typedef struct {
	Uuid person;
	bool mentor, referral; /* neither: a participant */
	ErasureKeeps keeps;
	ErasureSubject of; /* of a mentor nothing; of a referral only what its rule says */
	Str reason;
} Erasure;

static Err look_up(Ctx *c, Erasure *e, bool *erased)
{
	ErasureMentor mentor;
	ErasureReferral referral;
	e->mentor = e->referral = false; /* whoever was referred may have been admitted since the last look */
	e->of = (ErasureSubject){ 0 };
	Err err = erasure_subject(c, (ParticipantId){ e->person }, &e->of);
	*erased = err == OK && e->of.erased != TIME_NONE;
	if (err != ERR_NOT_FOUND)
		return err;
	err = erasure_referral(c, (ParticipantId){ e->person }, &referral);
	e->referral = err == OK;
	e->mentor = err == ERR_NOT_FOUND;
	if (err == OK) {
		*erased = referral.erased != TIME_NONE;
		e->of = (ErasureSubject){ .owner_kind = referral.owner_kind,
					  .what = referral.what,
					  .keeps = referral.keeps };
	}
	if (err != ERR_NOT_FOUND)
		return err;
	RETURN_IF_ERR(erasure_mentor(c, (MentorId){ e->person }, &mentor));
	*erased = mentor.erased != TIME_NONE;
	return OK;
}

/* ---- the rows ------------------------------------------------------------------ */

static Err erase_mentor_row(Ctx *c, const Erasure *e)
{
	return erase_mentor(c, (MentorId){ e->person }, clock_now(c->clock));
}

/* Names nothing exact: the age when admitted, as a day. */
static Date coarse_birthday(const ErasureSubject *of)
{
	return date_of(date_ymd(of->admitted).year - (int)of->age_admitted, 1, 1);
}

/* Nothing is left to decide, and nobody comes in by it any more. */
static Err forget_decisions(Ctx *c, ParticipantId id)
{
	RETURN_IF_ERR(erase_guests(c, id));
	RETURN_IF_ERR(erase_messages(c, id));
	RETURN_IF_ERR(erase_guest_codes(c, id));
	RETURN_IF_ERR(erase_login(c, id));
	RETURN_IF_ERR(erase_relations(c, id));
	RETURN_IF_ERR(erase_network(c, id));
	RETURN_IF_ERR(erase_diagnosis(c, id));
	RETURN_IF_ERR(erase_consents(c, id));
	RETURN_IF_ERR(erase_consent_nos(c, id));
	RETURN_IF_ERR(erase_sheets(c, id));
	RETURN_IF_ERR(erase_wishes(c, id));
	RETURN_IF_ERR(erase_preference(c, id));
	RETURN_IF_ERR(erase_quotes(c, id));
	return erase_requests(c, id);
}

static Err forget_referral(Ctx *c, const Erasure *e)
{
	ParticipantId id = { e->person };
	if (e->keeps == KEEPS_NOTHING) {
		RETURN_IF_ERR(remove_referral_steps(c, id));
		return remove_referral(c, id);
	}
	RETURN_IF_ERR(erase_referral_steps(c, id));
	return erase_referral(c, id, clock_now(c->clock));
}

static Err keep_numbers(Ctx *c, const Erasure *e)
{
	ParticipantId id = { e->person };
	Time now = clock_now(c->clock);
	RETURN_IF_ERR(erase_participant(c, id, coarse_birthday(&e->of), now));
	RETURN_IF_ERR(erase_words(c, id));
	RETURN_IF_ERR(forget_decisions(c, id));
	RETURN_IF_ERR(erase_placements(c, id, now));
	RETURN_IF_ERR(erase_statuses(c, id));
	RETURN_IF_ERR(erase_contacts(c, id));
	RETURN_IF_ERR(erase_answers(c, id));
	RETURN_IF_ERR(erase_responses(c, id));
	RETURN_IF_ERR(forget_referral(c, e));
	RETURN_IF_ERR(erase_match(c, id, now));
	return erase_unmatch(c, id);
}

static Err keep_nothing(Ctx *c, const Erasure *e)
{
	ParticipantId id = { e->person };
	RETURN_IF_ERR(contact_forget_all(c, id));
	RETURN_IF_ERR(remove_statuses(c, id));
	RETURN_IF_ERR(remove_placements(c, id));
	RETURN_IF_ERR(remove_attendance(c, id));
	RETURN_IF_ERR(remove_answers(c, id));
	RETURN_IF_ERR(remove_responses(c, id));
	RETURN_IF_ERR(remove_stand_in(c, id));
	RETURN_IF_ERR(remove_matches(c, id));
	RETURN_IF_ERR(forget_referral(c, e));
	RETURN_IF_ERR(erase_words(c, id));
	RETURN_IF_ERR(forget_decisions(c, id));
	return remove_participant(c, id);
}

static Err audit(Ctx *c, const Erasure *e)
{
	AuditEvent event = actor_event(c, e->mentor     ? "mentor.erase"
					  : e->referral ? "referral.erase"
							: "participant.erase");
	event.subject_kind = e->mentor ? STR("mentor") : e->referral ? STR("referral") : STR("participant");
	event.subject = e->person;
	event.participant.v = e->mentor ? UUID_NONE : e->person;
	event.detail = e->reason;
	return commit_audit(c, &event);
}

static Err erase_rows(Ctx *c, void *arg)
{
	Erasure *e = arg;
	bool erased = false;
	RETURN_IF_ERR(look_up(c, e, &erased));
	if (erased)
		return ERR_NOT_FOUND; /* somebody else was faster */
	RETURN_IF_ERR(e->mentor                   ? erase_mentor_row(c, e)
		      : e->referral               ? forget_referral(c, e)
		      : e->keeps == KEEPS_NOTHING ? keep_nothing(c, e)
						  : keep_numbers(c, e));
	return audit(c, e);
}

/* ---- the order ------------------------------------------------------------------ */

static Err check_may_erase(Ctx *c, const Erasure *e)
{
	if (e->mentor || e->of.owner_kind != ORGANISATION_JOB_CENTRE || e->of.what == RETENTION_ERASE)
		return OK;
	return refuse(c, NULL, "%s",
		      T(c->lang, "A municipality archives, and erases only what the archives' authority has released: "
				 "the programme's rule has to name its decision."));
}

static Err look_at(Ctx *c, Erasure *e)
{
	bool erased = false;
	RETURN_IF_ERR(look_up(c, e, &erased));
	if (erased)
		return ERR_NOT_FOUND;
	RETURN_IF_ERR(check_may_erase(c, e));
	if (!e->mentor && e->of.keeps == KEEPS_NOTHING)
		e->keeps = KEEPS_NOTHING;
	return OK;
}

static Err note(Ctx *c, const Erasure *e)
{
	return erasures_note(c, e->person, enum_code(&erasure_keeps_table, (int)e->keeps));
}

static Err carry_out(Ctx *c, Erasure *e)
{
	RETURN_IF_ERR(vault_destroy_key(c, e->person));
	return commit_run(c, erase_rows, e);
}

static Err erase(Ctx *c, Uuid person, Str reason)
{
	Erasure e = { .person = person, .reason = reason };
	RETURN_IF_ERR(db_begin_read(c));
	Err err = look_at(c, &e);
	db_end_read(c);
	RETURN_IF_ERR(err);
	RETURN_IF_ERR(note(c, &e));
	return carry_out(c, &e);
}

/* ---- everything about one person ---------------------------------------------------- */

/* Rows with keys of their own that are about the same CPR number; the one that was asked for comes last. */
typedef struct {
	Erasure *at;
	size_t n;
} Erasures;

static Err look_at_all(Ctx *c, Uuid person, Str reason, Erasures *out)
{
	ErasureWhoList same;
	RETURN_IF_ERR(erasure_same_person(c, (ParticipantId){ person }, &same));
	*out = (Erasures){ ARENA_ARRAY(c->arena, same.n + 1, Erasure), same.n + 1 };
	for (size_t i = 0; i < out->n; i++) {
		out->at[i] = (Erasure){ .person = i < same.n ? same.at[i].id : person, .reason = reason };
		RETURN_IF_ERR(look_at(c, &out->at[i]));
	}
	return OK;
}

/* Once the person's own row is gone, nothing leads to the others: all are noted before the first is touched. */
static Err erase_all(Ctx *c, const Erasures *all)
{
	for (size_t i = 0; i < all->n; i++)
		RETURN_IF_ERR(note(c, &all->at[i]));
	for (size_t i = 0; i < all->n; i++) {
		Err e = carry_out(c, &all->at[i]);
		if (e != OK && (e != ERR_NOT_FOUND || i + 1 == all->n))
			return e;
	}
	return OK;
}

Err erasure_tidy(Ctx *c)
{
	RETURN_IF_ERR(vault_tidy(c));
	return db_tidy(
		c, c->db, "PRAGMA wal_checkpoint(TRUNCATE);",
		"VACUUM participant, participant_word, placement, status, contact, attendance, mentor, response, "
		"answer, relation, network_person, diagnosis, consent, consent_no, sheet, wish, preference, quote, "
		"referral, "
		"referral_step, message");
}

/* Readers may stand in the way of tidying; the next one gets it done. */
static Err tidy_if_free(Ctx *c)
{
	Err e = erasure_tidy(c);
	if (e == ERR_BUSY)
		c->why = STR_NONE;
	return e == ERR_BUSY ? OK : e;
}

Err erasure_run(Ctx *c, Uuid person, Str reason)
{
	Erasures all = { 0 };
	RETURN_IF_ERR(db_begin_read(c));
	Err e = look_at_all(c, person, reason, &all);
	db_end_read(c);
	RETURN_IF_ERR(e);
	RETURN_IF_ERR(erase_all(c, &all));
	return tidy_if_free(c);
}

Err erasure_run_all(Ctx *c, const Uuid *people, size_t n, Str reason, int64_t *erased)
{
	*erased = 0;
	for (size_t i = 0; i < n; i++) {
		Err e = erase(c, people[i], reason);
		if (e != OK && e != ERR_NOT_FOUND)
			return e;
		*erased += e == OK;
	}
	return *erased == 0 ? OK : tidy_if_free(c);
}

static Err everybody(Ctx *c, ProgrammeId programme, Uuid **out, size_t *n)
{
	ErasureWhoList people, mentors, referrals;
	RETURN_IF_ERR(erasure_of_programme(c, programme, &people));
	RETURN_IF_ERR(erasure_mentors_of_programme(c, programme, &mentors));
	RETURN_IF_ERR(erasure_referrals_of_programme(c, programme, &referrals));
	*out = ARENA_ARRAY(c->arena, people.n + mentors.n + referrals.n, Uuid);
	for (size_t i = 0; i < people.n; i++)
		(*out)[i] = people.at[i].id;
	for (size_t i = 0; i < mentors.n; i++)
		(*out)[people.n + i] = mentors.at[i].id;
	for (size_t i = 0; i < referrals.n; i++)
		(*out)[people.n + mentors.n + i] = referrals.at[i].id;
	*n = people.n + mentors.n + referrals.n;
	return OK;
}

Err erasure_run_programme(Ctx *c, ProgrammeId programme, Str reason, int64_t *erased)
{
	Uuid *people = NULL;
	size_t n = 0;
	*erased = 0;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = everybody(c, programme, &people, &n);
	db_end_read(c);
	return e != OK ? e : erasure_run_all(c, people, n, reason, erased);
}

/* ---- what was noted --------------------------------------------------------------- */

/* Whether a key or a row still stands. */
static Err is_left(Ctx *c, const NotedErasure *noted, Erasure *e, bool *key, bool *rows)
{
	int how = ENUM_NONE;
	bool erased = false;
	*e = (Erasure){ .person = noted->person };
	if (!enum_parse(&erasure_keeps_table, noted->how, &how))
		return fail(c, ERR_IO, "the list of erasures has a line of a newer version: %.*s", STR_ARG(noted->how));
	e->keeps = (ErasureKeeps)how;
	RETURN_IF_ERR(vault_has_key(c, noted->person, key));
	RETURN_IF_ERR(db_begin_read(c));
	Err err = look_up(c, e, &erased);
	db_end_read(c);
	*rows = err == OK && !erased;
	return err == ERR_NOT_FOUND ? OK : err;
}

static Err finish(Ctx *c, const NotedErasure *noted, int64_t *finished)
{
	Erasure e;
	bool key, rows;
	RETURN_IF_ERR(is_left(c, noted, &e, &key, &rows));
	e.reason = STR("as noted");
	if (key)
		RETURN_IF_ERR(vault_destroy_key(c, noted->person));
	*finished += key || rows;
	Err err = rows ? commit_run(c, erase_rows, &e) : OK;
	return err == ERR_NOT_FOUND ? OK : err;
}

Err erasure_finish(Ctx *c, int64_t *finished)
{
	NotedErasures noted;
	*finished = 0;
	RETURN_IF_ERR(erasures_read(c, &noted));
	for (size_t i = 0; i < noted.n; i++)
		RETURN_IF_ERR(finish(c, &noted.at[i], finished));
	return *finished == 0 ? OK : tidy_if_free(c);
}

/* ---- checking --------------------------------------------------------------------- */

typedef struct {
	Ctx *c;
	int64_t *checked, *wrong;
} Checking;

static Err check_person(void *arg, const ErasurePerson *row)
{
	Checking *k = arg;
	bool key;
	RETURN_IF_ERR(vault_has_key(k->c, row->id, &key));
	++*k->checked;
	*k->wrong += key == row->erased;
	return OK;
}

Err erasure_check_keys(Ctx *c, int64_t *checked, int64_t *wrong)
{
	Checking k = { c, checked, wrong };
	*checked = *wrong = 0;
	return erasure_people(c, check_person, &k);
}

Err erasure_check_noted(Ctx *c, int64_t *checked, int64_t *wrong)
{
	NotedErasures noted;
	*checked = *wrong = 0;
	RETURN_IF_ERR(erasures_read(c, &noted));
	for (size_t i = 0; i < noted.n; i++) {
		Erasure e;
		bool key, rows;
		RETURN_IF_ERR(is_left(c, &noted.at[i], &e, &key, &rows));
		++*checked;
		*wrong += key || rows;
	}
	return OK;
}
