#include "feature/participant/participant.h"

#include "base/danish.h"
#include "db/vault.h"
#include "feature/feature.h"
#include "feature/programme/programme.h"
#include "feature/referral/referral.h"
#include "feature/status/status.h"

#include <stdlib.h>
#include <string.h>

static const EnumRow genders[] = {
	{ "female", N_("Woman") },
	{ "male", N_("Man") },
	{ "other", N_("Other") },
};
const EnumTable gender_table = ENUM_TABLE("gender", genders);

static const EnumRow sorts[] = {
	{ "by_name", N_("Name") },
	{ "by_admitted", N_("Last admitted first") },
	{ "by_last_contact", N_("Longest without contact first") },
};
static const EnumTable sort_table = ENUM_TABLE("participant_sort", sorts);

static const Field fields[] = {
	FIELD(ParticipantIn, name, FIELD_TEXT, N_("Name"), .required = true, .encrypted = true),
	FIELD(ParticipantIn, cpr, FIELD_CPR, N_("CPR number"), .required = true, .encrypted = true,
	      .hint = N_("Ten digits, as 010190-1234")),
	FIELD(ParticipantIn, gender, FIELD_ENUM, N_("Gender"), .choices = &gender_table,
	      .hint = N_("Left empty, it follows from the CPR number")),
	FIELD(ParticipantIn, municipality, FIELD_MUNICIPALITY, N_("Municipality")),
	FIELD(ParticipantIn, partner, FIELD_ID, N_("Partner"), .required = true),
	FIELD(ParticipantIn, contact_person, FIELD_ID, N_("Contact person")),
	FIELD(ParticipantIn, phone, FIELD_PHONE, N_("Phone"), .encrypted = true),
	FIELD(ParticipantIn, email, FIELD_EMAIL, N_("E-mail"), .encrypted = true),
	FIELD(ParticipantIn, admitted, FIELD_DATE, N_("Admitted"), .required = true),
	FIELD(ParticipantIn, employed_at_admission, FIELD_BOOL, N_("Had a job when admitted")),
	FIELD(ParticipantIn, status, FIELD_ENUM, N_("Status on that day"), .choices = &status_code_table,
	      .hint = N_("Left empty: in a job or unemployed, as told above")),
	FIELD(ParticipantIn, wishes, FIELD_NOTE, N_("Wishes for work"), .encrypted = true),
	FIELD(ParticipantIn, considerations, FIELD_NOTE, N_("Considerations at work"), .encrypted = true),
	FIELD(ParticipantIn, version, FIELD_INT, N_("Version"), .min = 1, .max = 1e9),
};
const Form participant_form = FORM("participant", ParticipantIn, fields);

static const Field search_fields[] = {
	LIST_TEXT(ParticipantSearch, N_("Name")),
	FIELD(ParticipantSearch, partner, FIELD_ID, N_("Partner")),
	FIELD(ParticipantSearch, contact_person, FIELD_ID, N_("Contact person")),
	FIELD(ParticipantSearch, status, FIELD_ENUM, N_("Status"), .choices = &status_code_table),
	FIELD(ParticipantSearch, archived, FIELD_BOOL, N_("Archived citizens")),
	LIST_SORT(ParticipantSearch, &sort_table),
	LIST_PAGE(ParticipantSearch),
	LIST_SEALED(ParticipantSearch),
};
const Form participant_search_form = LIST_FORM_TYPED("participant_search", ParticipantSearch, search_fields);
const Form participant_address_form = LIST_FORM_ADDRESS("participant_list", ParticipantSearch, search_fields);
const Form participant_filter_form = LIST_FORM_FILTERS("participant_filter", ParticipantSearch, search_fields);

Err participant_check_number(Ctx *c, Str number, Cpr *out)
{
	return cpr_parse(number, out) ? OK : refuse(c, "cpr", "%s", T(c->lang, "This is not a CPR number."));
}

Err participant_check_age(Ctx *c, const Cpr *cpr, Date day)
{
	int age = date_age(cpr->born, day);
	if (age < PARTICIPANT_AGE_LEAST || age > PARTICIPANT_AGE_MOST)
		return refuse(c, "cpr",
			      T(c->lang, "By this CPR number the citizen would be %d years old when admitted."), age);
	return OK;
}

const char *participant_cpr_doubt(const Ctx *c, Str number)
{
	Cpr cpr;
	if (!cpr_parse(number, &cpr) || (cpr.checks && !cpr.replacement))
		return NULL;
	return cpr.replacement ? T(c->lang, "replacement number")
			       : T(c->lang, "fails modulus 11; valid numbers since 2007 may");
}

static Err check_admission(Ctx *c, const Programme *g, const ParticipantIn *in, const Cpr *cpr)
{
	if (in->admitted < g->intake_first || in->admitted > g->intake_last) {
		Str first = text_date(c->arena, c->lang, g->intake_first);
		Str last = text_date(c->arena, c->lang, g->intake_last);
		return refuse(c, "admitted", T(c->lang, "Participants are admitted from %.*s to %.*s."), STR_ARG(first),
			      STR_ARG(last));
	}
	if (in->admitted < cpr->born)
		return refuse(c, "admitted", "%s", T(c->lang, "The day is before the day of birth."));
	RETURN_IF_ERR(participant_check_age(c, cpr, in->admitted));
	if (in->admitted > clock_today(c->clock))
		return refuse(c, "admitted", "%s", T(c->lang, "The day is in the future."));
	return OK;
}

/* Of the citizen's own unit: the others do not see the citizen. */
static Err check_contact_person(Ctx *c, ProgrammeId programme, OrganisationId partner, MemberId id)
{
	if (uuid_is_none(id.v))
		return OK;
	Member m;
	Err e = member_get(c, id, &m);
	if (e == ERR_NOT_FOUND || (e == OK && !uuid_eq(m.programme.v, programme.v)))
		return refuse(c, "contact_person", "%s", T(c->lang, "This person is not on the programme's team."));
	if (e == OK && !uuid_eq(m.organisation.v, partner.v))
		return refuse(c, "contact_person", "%s", T(c->lang, "This person works for another partner."));
	return e;
}

Err participant_check_partner(Ctx *c, ProgrammeId programme, OrganisationId id)
{
	int64_t found = 0;
	RETURN_IF_ERR(partner_count(c, programme, id, &found));
	return found > 0 ? OK
			 : refuse(c, "partner", "%s", T(c->lang, "The organisation is no partner of the programme."));
}

/* Who has this CPR number in the programme; none: nobody. */
static Err find_by_cpr(Ctx *c, ProgrammeId programme, const Cpr *cpr, ParticipantId *out)
{
	Str index;
	*out = (ParticipantId){ UUID_NONE };
	RETURN_IF_ERR(vault_blind(c, "participant.cpr", str_of(cpr->digits), &index));
	Err e = participant_by_cpr(c, programme, index, out);
	return e == ERR_NOT_FOUND ? OK : e;
}

Err participant_find_cpr(Ctx *c, ProgrammeId programme, Str cpr, ParticipantId *out)
{
	Cpr read;
	if (!cpr_parse(cpr, &read))
		return ERR_NOT_FOUND;
	RETURN_IF_ERR(find_by_cpr(c, programme, &read, out));
	return uuid_is_none(out->v) ? ERR_NOT_FOUND : OK;
}

static Err check_cpr_free(Ctx *c, ProgrammeId programme, const Cpr *cpr, ParticipantId self)
{
	ParticipantId other;
	RETURN_IF_ERR(find_by_cpr(c, programme, cpr, &other));
	if (uuid_is_none(other.v) || uuid_eq(other.v, self.v))
		return OK;
	return feature_conflict(c, "cpr", T(c->lang, "A participant with this CPR number is registered already."));
}

static Err check(Ctx *c, ProgrammeId programme, const ParticipantIn *in, ParticipantId self, Cpr *cpr)
{
	Programme g;
	RETURN_IF_ERR(programme_get(c, programme, &g));
	if (str_is_empty(in->name))
		return refuse(c, "name", "%s", T(c->lang, "This must be filled in."));
	RETURN_IF_ERR(participant_check_number(c, in->cpr, cpr));
	RETURN_IF_ERR(check_admission(c, &g, in, cpr));
	RETURN_IF_ERR(participant_check_partner(c, programme, in->partner));
	RETURN_IF_ERR(check_contact_person(c, programme, in->partner, in->contact_person));
	return check_cpr_free(c, programme, cpr, self);
}

enum { WORD_LEAST = 3 }; /* letters of a word that a name is found by */

/* The next word of a folded name; false: there is none. */
static bool next_word(Str *rest, Str *word)
{
	size_t from = 0, to;
	while (from < rest->len && (rest->ptr[from] == ' ' || rest->ptr[from] == '-'))
		from++;
	for (to = from; to < rest->len && rest->ptr[to] != ' ' && rest->ptr[to] != '-'; to++)
		;
	*word = str_sub(*rest, from, to);
	*rest = str_sub(*rest, to, rest->len);
	return word->len > 0;
}

static Err row_of(Ctx *c, ProgrammeId programme, const ParticipantIn *in, ParticipantId id, const Cpr *cpr,
		  Participant *out)
{
	int gender = in->gender != ENUM_NONE ? in->gender : cpr->male ? GENDER_MALE : GENDER_FEMALE;
	*out = (Participant){ .id = id,
			      .programme = programme,
			      .partner = in->partner,
			      .contact_person = in->contact_person,
			      .name = in->name,
			      .cpr = str_dup(c->arena, str_of(cpr->digits)),
			      .born = cpr->born,
			      .gender = (Gender)gender,
			      .municipality = in->municipality,
			      .phone = in->phone,
			      .email = in->email,
			      .admitted = in->admitted,
			      .age_admitted = date_age(cpr->born, in->admitted),
			      .employed_at_admission = in->employed_at_admission,
			      .wishes = in->wishes,
			      .considerations = in->considerations,
			      .version = in->version == INT_NONE ? 1 : in->version,
			      .changed = clock_now(c->clock),
			      .changed_by = feature_actor_name(c) };
	return vault_blind(c, "participant.cpr", out->cpr, &out->cpr_index);
}

/* What the name is found by: the first letters of each word, keyed. */
static Err index_name(Ctx *c, const Participant *row)
{
	Str key = danish_search_key(c->arena, row->name), word, blind;
	RETURN_IF_ERR(participant_word_forget(c, row->id));
	while (next_word(&key, &word)) {
		if (word.len < WORD_LEAST)
			continue;
		RETURN_IF_ERR(vault_blind(c, "participant.name", str_sub(word, 0, WORD_LEAST), &blind));
		RETURN_IF_ERR(participant_word_add(c, row->programme, blind, row->id));
	}
	return OK;
}

static Err admit(Ctx *c, const Participant *row, const ParticipantIn *in)
{
	RETURN_IF_ERR(participant_insert(c, row));
	RETURN_IF_ERR(index_name(c, row));
	int status = in->status != ENUM_NONE     ? in->status
		     : in->employed_at_admission ? STATUS_EMPLOYED
						 : STATUS_UNEMPLOYED;
	RETURN_IF_ERR(status_add(c, row->id, &(StatusIn){ .since = in->admitted, .code = status }));
	return feature_audit(c, "participant.admit", "participant", row->id.v, row->id);
}

static Err new_row(Ctx *c, ProgrammeId programme, const ParticipantIn *in, ParticipantId id, Participant *row)
{
	Cpr cpr;
	RETURN_IF_ERR(check(c, programme, in, id, &cpr));
	RETURN_IF_ERR(row_of(c, programme, in, id, &cpr, row));
	row->version = 1;
	return OK;
}

Err participant_admit(Ctx *c, ProgrammeId programme, const ParticipantIn *in, ParticipantId *out)
{
	Participant row;
	Referral referral;
	RETURN_IF_ERR(new_row(c, programme, in, (ParticipantId){ uuid_v7(c->clock, c->random) }, &row));
	Err found = referral_find_waiting(c, programme, in->partner, row.cpr_index, &referral);
	if (found != OK && found != ERR_NOT_FOUND)
		return found;
	if (found == OK)
		row.id = referral.id; /* which has its key */
	else
		RETURN_IF_ERR(vault_make_key(c, row.id.v));
	*out = row.id;
	RETURN_IF_ERR(admit(c, &row, in));
	return found == OK ? referral_close(c, &referral) : OK;
}

Err participant_admit_referred(Ctx *c, ProgrammeId programme, const ParticipantIn *in, ParticipantId id)
{
	Participant row;
	RETURN_IF_ERR(new_row(c, programme, in, id, &row));
	return admit(c, &row, in);
}

/* The first status begins with the admission and moves with it; what came after
 * must not come to lie before it, nor the first job. */
static Err move_admission(Ctx *c, const Participant *old, const ParticipantIn *in)
{
	ParticipantNext next;
	if (in->admitted == old->admitted)
		return OK;
	RETURN_IF_ERR(participant_next(c, old->id, old->admitted, &next));
	Str status = text_date(c->arena, c->lang, next.status), job = text_date(c->arena, c->lang, next.job),
	    end = text_date(c->arena, c->lang, next.placement_end);
	if (next.status != DATE_NONE && next.status <= in->admitted)
		return refuse(c, "admitted", T(c->lang, "The citizen has a status from %.*s, before this day."),
			      STR_ARG(status));
	if (next.job != DATE_NONE && next.job < in->admitted && !in->employed_at_admission)
		return refuse(c, "admitted",
			      T(c->lang, "The citizen got a job on %.*s, before this day, and had none when admitted."),
			      STR_ARG(job));
	if (next.placement_end != DATE_NONE && next.placement_end < in->admitted)
		return refuse(c, "admitted", T(c->lang, "A placement of the citizen ended on %.*s, before this day."),
			      STR_ARG(end));
	return status_move(c, old->id, old->programme, old->admitted, in->admitted);
}

Err participant_change(Ctx *c, ParticipantId id, const ParticipantIn *in)
{
	Cpr cpr;
	Participant old;
	RETURN_IF_ERR(participant_get(c, id, &old));
	RETURN_IF_ERR(feature_check_version(c, in->version, old.version, old.changed, old.changed_by));
	RETURN_IF_ERR(check(c, old.programme, in, id, &cpr));
	if (in->status != ENUM_NONE)
		return refuse(c, "status", "%s", T(c->lang, "A status is corrected where it stands in the time line."));
	RETURN_IF_ERR(move_admission(c, &old, in));
	Participant row;
	int64_t changed = 0;
	RETURN_IF_ERR(row_of(c, old.programme, in, id, &cpr, &row));
	RETURN_IF_ERR(participant_update(c, &row, &changed));
	RETURN_IF_ERR(feature_check_changed(c, changed));
	RETURN_IF_ERR(index_name(c, &row));
	return feature_audit(c, "participant.change", "participant", id.v, id);
}

ParticipantIn participant_in(const Participant *row)
{
	return (ParticipantIn){ .name = row->name,
				.cpr = row->cpr,
				.gender = (int)row->gender,
				.municipality = row->municipality,
				.partner = row->partner,
				.contact_person = row->contact_person,
				.phone = row->phone,
				.email = row->email,
				.admitted = row->admitted,
				.employed_at_admission = row->employed_at_admission,
				.status = ENUM_NONE,
				.wishes = row->wishes,
				.considerations = row->considerations,
				.version = row->version };
}

/* The narrower of scope and filter; false when they exclude each other. */
static bool narrow(Uuid scope, Uuid filter, Uuid *out)
{
	*out = uuid_is_none(filter) ? scope : filter;
	return uuid_is_none(scope) || uuid_is_none(filter) || uuid_eq(scope, filter);
}

/* ---- searching: names can be compared and sorted only where they can be read ------------- */

enum { FOUND_MOST = 100000, WORDS_TYPED_MOST = 10 };

typedef struct {
	ParticipantId id;
	Str key; /* the name as Danes sort it */
	Date admitted, seen;
} Found;

typedef struct {
	Ctx *c;
	Str words[WORDS_TYPED_MOST]; /* folded */
	int word_count;
	bool anywhere;      /* the words may stand within those of the name, too */
	ParticipantId only; /* whose CPR number was typed; none: a name was */
	Found *at;
	size_t n, room;
} Finding;

/* Every word that was typed begins some word of the name, or stands in it. */
static bool matches(const Finding *f, Str name)
{
	Str key = danish_search_key(f->c->scratch, name);
	for (int i = 0; i < f->word_count; i++) {
		Str rest = key, word;
		bool found = f->anywhere && str_find_str(key, f->words[i]) != SIZE_MAX;
		while (!found && next_word(&rest, &word))
			found = str_starts(word, f->words[i]);
		if (!found)
			return false;
	}
	return true;
}

static Err take(void *arg, const ParticipantCandidate *row)
{
	Finding *f = arg;
	arena_clear(f->c->scratch);
	if (uuid_is_none(f->only.v) ? !matches(f, row->name) : !uuid_eq(f->only.v, row->id.v))
		return OK;
	if (f->n == FOUND_MOST)
		return ERR_LIMIT;
	if (f->n == f->room) {
		f->room = f->room == 0 ? 128 : f->room * 2;
		Found *more = ARENA_ARRAY(f->c->arena, f->room, Found);
		if (f->n > 0)
			memcpy(more, f->at, f->n * sizeof *more);
		f->at = more;
	}
	f->at[f->n++] = (Found){ row->id, danish_sort_key(f->c->arena, row->name), row->admitted, row->seen };
	return OK;
}

static int by_name(const void *a, const void *b)
{
	const Found *x = a, *y = b;
	int order = str_cmp(x->key, y->key);
	return order != 0 ? order : uuid_cmp(x->id.v, y->id.v);
}

static int last_admitted_first(const void *a, const void *b)
{
	const Found *x = a, *y = b;
	int order = (x->admitted < y->admitted) - (x->admitted > y->admitted);
	return order != 0 ? order : uuid_cmp(x->id.v, y->id.v);
}

static int longest_without_contact_first(const void *a, const void *b)
{
	const Found *x = a, *y = b;
	int order = (x->seen > y->seen) - (x->seen < y->seen);
	return order != 0 ? order : by_name(a, b);
}

/* What was typed: a CPR number, or words. *word: what those are found by; none: everybody is looked at. */
static Err understand(Ctx *c, ProgrammeId programme, Str typed, Finding *f, Str *word)
{
	Cpr cpr;
	*word = STR_NONE;
	if (cpr_parse(typed, &cpr)) {
		RETURN_IF_ERR(find_by_cpr(c, programme, &cpr, &f->only));
		if (uuid_is_none(f->only.v))
			f->only.v.b[0] = 0xff; /* nobody's */
		return OK;
	}
	Str rest = danish_search_key(c->arena, typed);
	while (f->word_count < WORDS_TYPED_MOST && next_word(&rest, &f->words[f->word_count])) {
		Str typed_word = f->words[f->word_count++];
		if (str_is_none(*word) && typed_word.len >= WORD_LEAST)
			RETURN_IF_ERR(vault_blind(c, "participant.name", str_sub(typed_word, 0, WORD_LEAST), word));
	}
	return OK;
}

static Err show_page(Ctx *c, const Finding *f, const ListSearch *list, Date day, ParticipantRowList *rows)
{
	size_t from = (size_t)list_skip(list), to = from + LIST_PAGE_ROWS;
	to = to < f->n ? to : f->n;
	if (from >= to)
		return OK;
	rows->at = ARENA_ARRAY(c->arena, to - from, ParticipantRow);
	for (size_t i = from; i < to; i++) {
		ParticipantRow *row = &rows->at[rows->n++];
		RETURN_IF_ERR(participant_row(c, f->at[i].id, day, row));
		row->name = feature_name(c, row->name);
	}
	return OK;
}

Err participant_search(Ctx *c, const Scope *scope, ProgrammeId programme, const ParticipantSearch *search, Date day,
		       ParticipantRowList *rows, int64_t *total)
{
	static int (*const orders[])(const void *, const void *) = { by_name, last_admitted_first,
								     longest_without_contact_first };
	OrganisationId partner;
	Finding f = { .c = c };
	Str word;
	*rows = (ParticipantRowList){ 0 };
	*total = 0;
	if (!uuid_is_none(scope->programme.v) && !uuid_eq(scope->programme.v, programme.v))
		return ERR_NOT_FOUND;
	if (!narrow(scope->organisation.v, search->partner.v, &partner.v))
		return OK;
	if (search->archived && !uuid_is_none(scope->organisation.v))
		return OK;
	RETURN_IF_ERR(understand(c, programme, search->list.text, &f, &word));
	RETURN_IF_ERR(participant_candidates(c, programme, partner, search->contact_person, (StatusCode)search->status,
					     word, search->archived, day, take, &f));
	if (f.n == 0 && f.word_count > 0) { /* no word begins so */
		f.anywhere = true;
		RETURN_IF_ERR(participant_candidates(c, programme, partner, search->contact_person,
						     (StatusCode)search->status, STR_NONE, search->archived, day, take,
						     &f));
	}
	if (f.n > 0)
		qsort(f.at, f.n, sizeof *f.at, orders[search->list.sort == ENUM_NONE ? 0 : search->list.sort]);
	*total = (int64_t)f.n;
	return show_page(c, &f, &search->list, day, rows);
}
