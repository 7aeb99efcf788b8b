#include "feature/quote/quote.h"

#include "feature/feature.h"

static const EnumRow topics[] = {
	{ "work", N_("About work") },
	{ "help", N_("About the help") },
	{ "everyday", N_("About everyday life") },
	{ "company", N_("About a workplace") },
};
const EnumTable quote_topic_table = ENUM_TABLE("quote_topic", topics);

static const EnumRow occasions[] = {
	{ "talk", N_("In a talk") },
	{ "company", N_("At a company") },
	{ "course", N_("At a course") },
	{ "other", N_("Elsewhere") },
};
const EnumTable quote_occasion_table = ENUM_TABLE("quote_occasion", occasions);

static const Field fields[] = {
	FIELD(QuoteIn, words, FIELD_NOTE, N_("In the citizen's own words"), .required = true, .most = QUOTE_MOST,
	      .encrypted = true,
	      .hint = N_("Leave out names, and what would show who it is. Read it aloud to the citizen")),
	FIELD(QuoteIn, topic, FIELD_ENUM, N_("What it is about"), .required = true, .choices = &quote_topic_table),
	FIELD(QuoteIn, occasion, FIELD_ENUM, N_("Where it was said"), .required = true,
	      .choices = &quote_occasion_table),
	FIELD(QuoteIn, said, FIELD_DATE, N_("Day"), .hint = N_("Left empty: today")),
};
const Form quote_form = FORM("quote", QuoteIn, fields);

Err quote_add(Ctx *c, ParticipantId who, const QuoteIn *in, QuoteId *out)
{
	Date admitted, today = clock_today(c->clock), said = in->said == DATE_NONE ? today : in->said;
	Str words = str_trim(in->words);
	if (str_is_empty(words))
		return refuse(c, "words", "%s", T(c->lang, "This must be filled in."));
	if (said > today)
		return refuse(c, "said", "%s", T(c->lang, "The day is in the future."));
	RETURN_IF_ERR(quote_admitted(c, who, &admitted));
	if (said < admitted)
		return refuse(c, "said", "%s", T(c->lang, "The citizen had not been admitted by that day."));
	Quote row = { .id = { uuid_v7(c->clock, c->random) },
		      .participant = who,
		      .words = words,
		      .topic = (QuoteTopic)in->topic,
		      .occasion = (QuoteOccasion)in->occasion,
		      .said = said,
		      .made = clock_now(c->clock),
		      .made_by = feature_actor_name(c) };
	RETURN_IF_ERR(quote_insert(c, &row));
	*out = row.id;
	return feature_audit(c, "quote.add", "quote", row.id.v, who);
}

Err quote_remove(Ctx *c, ParticipantId who, QuoteId id)
{
	int64_t n = 0;
	RETURN_IF_ERR(quote_delete(c, id, who, &n));
	return n == 0 ? ERR_NOT_FOUND : feature_audit(c, "quote.remove", "quote", id.v, who);
}
