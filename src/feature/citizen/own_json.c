#include "base/text.h"
#include "feature/citizen/own.h"
#include "format/json.h"

static void put_text(JsonWriter *w, const char *key, Str value)
{
	json_key(w, key);
	json_put_text(w, value);
}

static void put_day(JsonWriter *w, const char *key, Date value)
{
	json_key(w, key);
	json_put_date(w, value);
}

static void put_number(JsonWriter *w, const char *key, int64_t value)
{
	json_key(w, key);
	if (value == INT_NONE)
		json_put_null(w);
	else
		json_put_int(w, value);
}

static void put_truth(JsonWriter *w, const char *key, bool value)
{
	json_key(w, key);
	json_put_bool(w, value);
}

static void put_moment(JsonWriter *w, Arena *a, const char *key, Time value)
{
	put_text(w, key, value == TIME_NONE ? STR_NONE : time_iso(a, value));
}

static void put_facts(JsonWriter *w, Arena *a, const Own *own)
{
	const ParticipantFacts *f = &own->facts;
	json_key(w, "citizen");
	json_open_object(w);
	put_text(w, "name", f->name);
	put_text(w, "cpr", f->cpr);
	put_day(w, "born", f->born);
	put_text(w, "gender", enum_code(&gender_table, (int)f->gender));
	put_text(w, "municipality", own->municipality == NULL ? STR_NONE : str_of(own->municipality));
	put_text(w, "phone", f->phone);
	put_text(w, "email", f->email);
	put_text(w, "programme", f->programme_name);
	put_text(w, "partner", f->partner_name);
	put_text(w, "contact_person", f->contact_person_name);
	put_day(w, "admitted", f->admitted);
	put_truth(w, "employed_at_admission", f->employed_at_admission);
	put_text(w, "wishes", f->wishes);
	put_text(w, "considerations", f->considerations);
	put_text(w, "diagnosis", own->diagnosis);
	put_number(w, "meet_every_weeks", own->preference.every_weeks);
	put_text(w, "would_like_to_talk_about", own->preference.talk);
	put_text(w, "login_with", own->login.host);
	put_moment(w, a, "login_linked", own->login.created);
	json_close(w);
}

static void put_life(JsonWriter *w, const Own *own)
{
	json_key(w, "statuses");
	json_open_list(w);
	for (size_t i = 0; i < own->statuses.n; i++) {
		const Status *s = &own->statuses.at[i];
		json_open_object(w);
		put_day(w, "since", s->since);
		put_text(w, "status", enum_code(&status_code_table, (int)s->code));
		put_text(w, "note", s->note);
		json_close(w);
	}
	json_close(w);
	json_key(w, "placements");
	json_open_list(w);
	for (size_t i = 0; i < own->placements.n; i++) {
		const PlacementLine *p = &own->placements.at[i];
		json_open_object(w);
		put_text(w, "company", p->company_name);
		put_text(w, "kind", enum_code(&placement_kind_table, (int)p->kind));
		put_day(w, "starts", p->starts);
		put_day(w, "ends", p->ends);
		put_text(w, "end_reason", p->end_reason);
		json_close(w);
	}
	json_close(w);
}

static void put_contacts(JsonWriter *w, Arena *a, const Own *own)
{
	json_key(w, "contacts");
	json_open_list(w);
	for (size_t i = 0; i < own->contacts.n; i++) {
		const ContactLine *k = &own->contacts.at[i];
		json_open_object(w);
		put_moment(w, a, "at", k->at);
		put_text(w, "kind", enum_code(&contact_kind_table, (int)k->kind));
		put_text(w, "place",
			 k->place == PLACE_NONE ? STR_NONE : enum_code(&contact_place_table, (int)k->place));
		put_text(w, "purpose", enum_code(&contact_purpose_table, (int)k->purpose));
		put_truth(w, "follow_up", k->follow_up);
		put_text(w, "company", k->company_name);
		put_text(w, "with", k->member_name);
		put_number(w, "minutes", k->minutes);
		put_text(w, "note", k->note);
		json_close(w);
	}
	json_close(w);
}

static void put_consent(JsonWriter *w, Arena *a, const ConsentLine *k)
{
	json_open_object(w);
	put_text(w, "purpose", enum_code(&consent_purpose_table, (int)k->purpose));
	put_text(w, "receiver",
		 !str_is_none(k->company_name) ? k->company_name
		 : !str_is_none(k->user_name)  ? k->user_name
					       : k->receiver_name);
	put_truth(w, "tells_name", k->tells_name);
	put_truth(w, "tells_phone", k->tells_phone);
	put_truth(w, "tells_wishes", k->tells_wishes);
	put_truth(w, "tells_considerations", k->tells_considerations);
	put_truth(w, "tells_situation", k->tells_situation);
	put_day(w, "since", k->since);
	put_day(w, "until", k->until);
	put_moment(w, a, "given", k->given);
	put_moment(w, a, "counts_from", k->counts_from);
	put_moment(w, a, "withdrawn", k->withdrawn);
	json_close(w);
}

static void put_noes(JsonWriter *w, Arena *a, const Own *own)
{
	json_key(w, "noes");
	json_open_list(w);
	for (size_t i = 0; i < own->noes.n; i++) {
		const ConsentNo *k = &own->noes.at[i];
		json_open_object(w);
		put_text(w, "purpose", enum_code(&consent_purpose_table, (int)k->purpose));
		put_text(w, "receiver", k->receiver_name);
		put_moment(w, a, "said", k->said);
		put_moment(w, a, "lifted", k->lifted);
		json_close(w);
	}
	json_close(w);
}

static void put_decisions(JsonWriter *w, Arena *a, const Own *own)
{
	json_key(w, "consents");
	json_open_list(w);
	for (size_t i = 0; i < own->consents.n; i++)
		put_consent(w, a, &own->consents.at[i]);
	json_close(w);
	put_noes(w, a, own);
	json_key(w, "network");
	json_open_list(w);
	for (size_t i = 0; i < own->network.n; i++) {
		const NetworkPerson *k = &own->network.at[i];
		json_open_object(w);
		put_text(w, "name", k->name);
		put_text(w, "relation", k->relation);
		put_text(w, "phone", k->phone);
		put_text(w, "email", k->email);
		put_moment(w, a, "added", k->added);
		json_close(w);
	}
	json_close(w);
	json_key(w, "wishes");
	json_open_list(w);
	for (size_t i = 0; i < own->wishes.n; i++) {
		const WishLine *l = &own->wishes.at[i];
		json_open_object(w);
		put_text(w, "company", str_is_none(l->company_name) ? l->name : l->company_name);
		put_text(w, "decision", enum_code(&wish_decision_table, (int)l->decision));
		json_close(w);
	}
	json_close(w);
	json_key(w, "answers");
	json_open_list(w);
	for (size_t i = 0; i < own->answers.n; i++) {
		const OwnAnswer *said = &own->answers.at[i];
		json_open_object(w);
		put_day(w, "day", said->day);
		put_text(w, "by", enum_code(&respondent_table, (int)said->by));
		put_text(w, "company", said->company);
		put_text(w, "question", said->asked);
		put_text(w, "answer", said->answer);
		json_close(w);
	}
	json_close(w);
}

static void put_quotes(JsonWriter *w, const Own *own)
{
	json_key(w, "quotes");
	json_open_list(w);
	for (size_t i = 0; i < own->quotes.n; i++) {
		const Quote *q = &own->quotes.at[i];
		json_open_object(w);
		put_day(w, "said", q->said);
		put_text(w, "topic", enum_code(&quote_topic_table, (int)q->topic));
		put_text(w, "occasion", enum_code(&quote_occasion_table, (int)q->occasion));
		put_text(w, "words", q->words);
		json_close(w);
	}
	json_close(w);
	put_truth(w, "quotes_may_be_published", own->quotes_published);
}

static void put_story(JsonWriter *w, Arena *a, const ReferralStory *s)
{
	json_key(w, "referral");
	json_open_list(w);
	for (size_t i = 0; i < s->steps.n; i++) {
		const ReferralStep *step = &s->steps.at[i];
		json_open_object(w);
		put_moment(w, a, "at", step->at);
		put_text(w, "state", enum_code(&referral_state_table, (int)step->state));
		put_text(w, "why", i == 0 ? s->origin.why : step->reason);
		json_close(w);
	}
	json_close(w);
}

static void put_sheets(JsonWriter *w, Arena *a, const Own *own)
{
	json_key(w, "sheets");
	json_open_list(w);
	for (size_t i = 0; i < own->sheets.n; i++) {
		const OwnSheetLine *l = &own->sheets.at[i];
		json_open_object(w);
		put_text(w, "company", l->sheet.company_name);
		put_moment(w, a, "made", l->sheet.made);
		put_moment(w, a, "opened_until", l->sheet.opened_until);
		put_truth(w, "tells_name", l->told.name);
		put_truth(w, "tells_phone", l->told.phone);
		put_truth(w, "tells_wishes", l->told.wishes);
		put_truth(w, "tells_considerations", l->told.considerations);
		put_truth(w, "tells_situation", l->told.situation);
		put_moment(w, a, "answered", l->sheet.answered);
		put_text(w, "answer", l->sheet.answer);
		put_text(w, "note", l->sheet.answer_note);
		json_close(w);
	}
	json_close(w);
}

static void put_people(JsonWriter *w, Arena *a, const Own *own)
{
	json_key(w, "relations");
	json_open_list(w);
	for (size_t i = 0; i < own->relations.n; i++) {
		const OwnRelation *l = &own->relations.at[i];
		json_open_object(w);
		put_text(w, "kind", enum_code(&relation_kind_table, (int)l->kind));
		put_moment(w, a, "since", l->since);
		put_moment(w, a, "until", l->until);
		put_text(w, "reason", l->reason);
		put_moment(w, a, "looked_into", l->reviewed);
		json_close(w);
	}
	json_close(w);
	json_key(w, "volunteer_mentors");
	json_open_list(w);
	for (size_t i = 0; i < own->matches.n; i++) {
		json_open_object(w);
		put_day(w, "since", own->matches.at[i].matched);
		json_close(w);
	}
	json_close(w);
	json_key(w, "activities");
	json_open_list(w);
	for (size_t i = 0; i < own->attendance.n; i++) {
		const OwnAttendance *l = &own->attendance.at[i];
		json_open_object(w);
		put_text(w, "title", l->title);
		put_text(w, "kind", enum_code(&activity_kind_table, (int)l->kind));
		put_day(w, "day", l->day);
		put_number(w, "session", l->session);
		put_truth(w, "attended", l->attended);
		json_close(w);
	}
	json_close(w);
}

static void put_ways_in(JsonWriter *w, Arena *a, const Own *own)
{
	json_key(w, "codes");
	json_open_list(w);
	for (size_t i = 0; i < own->codes.n; i++) {
		const OwnCode *l = &own->codes.at[i];
		if (l->by_login)
			continue;
		json_open_object(w);
		put_text(w, "for", enum_code(&role_table, (int)l->role));
		put_moment(w, a, "made", l->made);
		put_moment(w, a, "expires", l->expires);
		put_moment(w, a, "ended", l->ended);
		json_close(w);
	}
	json_close(w);
	json_key(w, "logins");
	json_open_list(w);
	for (size_t i = 0; i < own->codes.n; i++)
		if (own->codes.at[i].by_login)
			json_put_text(w, time_iso(a, own->codes.at[i].made));
	json_close(w);
	json_key(w, "messages");
	json_open_list(w);
	for (size_t i = 0; i < own->messages.n; i++) {
		const OwnMessage *l = &own->messages.at[i];
		json_open_object(w);
		put_text(w, "kind", enum_code(&message_kind_table, (int)l->kind));
		put_text(w, "by", enum_code(&message_channel_table, (int)l->channel));
		put_moment(w, a, "made", l->made);
		put_text(w, "state", enum_code(&message_state_table, (int)l->state));
		put_moment(w, a, "since", l->changed);
		json_close(w);
	}
	json_close(w);
}

static void put_asked(JsonWriter *w, Arena *a, const Own *own)
{
	json_key(w, "rounds");
	json_open_list(w);
	for (size_t i = 0; i < own->rounds.n; i++) {
		const OwnRound *l = &own->rounds.at[i];
		json_open_object(w);
		put_text(w, "round", l->round);
		put_text(w, "by", enum_code(&respondent_table, (int)l->by));
		put_text(w, "company", l->company_name);
		put_day(w, "invited", l->invited);
		put_day(w, "answered", l->answered);
		put_truth(w, "complete", l->complete);
		json_close(w);
	}
	json_close(w);
	json_key(w, "requests");
	json_open_list(w);
	for (size_t i = 0; i < own->requests.n; i++) {
		const OwnRequest *l = &own->requests.at[i];
		json_open_object(w);
		put_text(w, "kind", l->kind);
		put_moment(w, a, "made", l->made);
		put_moment(w, a, "handled", l->handled);
		json_close(w);
	}
	json_close(w);
}

static void put_seen(JsonWriter *w, Arena *a, const SeenLines *seen)
{
	json_key(w, "log");
	json_open_list(w);
	for (size_t i = 0; i < seen->n; i++) {
		const SeenLine *l = &seen->at[i];
		json_open_object(w);
		put_moment(w, a, "at", l->at);
		put_text(w, "who", enum_code(&seen_who_table, (int)l->who));
		put_text(w, "action", l->action);
		put_text(w, "purpose",
			 l->purpose == ENUM_NONE ? STR_NONE : enum_code(&consent_purpose_table, l->purpose));
		put_text(w, "reason", l->reason);
		put_text(w, "outcome", enum_code(&audit_outcome_table, (int)l->outcome));
		json_close(w);
	}
	json_close(w);
}

void own_json(Arena *a, Buf *out, const Own *own, const SeenLines *seen)
{
	JsonWriter w = json_writer(out);
	json_open_object(&w);
	put_facts(&w, a, own);
	put_life(&w, own);
	put_contacts(&w, a, own);
	put_decisions(&w, a, own);
	put_quotes(&w, own);
	put_story(&w, a, &own->story);
	put_sheets(&w, a, own);
	put_people(&w, a, own);
	put_ways_in(&w, a, own);
	put_asked(&w, a, own);
	put_seen(&w, a, seen);
	json_close(&w);
}
