/* consent_could_tell: over a stretch of time the days of a yes and the moments of a no are laid over each other here;
 * consent_covering asks for one moment alone. */
#include "access/consent.h"

static Time soonest(Time a, Time b)
{
	return a == TIME_NONE || (b != TIME_NONE && b < a) ? b : a;
}

/* Where the no stops keeping the yes away: when it is taken back, or by a yes that was given to the receiver alone
 * after it. */
static Time bar_ends(const ConsentBar *no, const ConsentReach *k)
{
	bool alone = !uuid_is_none(k->receiver) && k->given >= no->said;
	return soonest(no->lifted, alone ? k->given : TIME_NONE);
}

/* Whether the yes covers any moment from `begin` to `end`; noes are ordered by when they were said. */
static bool reaches(const ConsentReach *k, const ConsentBarList *noes, Time begin, Time end)
{
	Time at = time_of(k->since, 0);
	if (at < begin)
		at = begin;
	if (at < k->given) /* written down late: until then the company saw nothing by it */
		at = k->given;
	for (size_t i = 0; i < noes->n; i++) {
		Time open = bar_ends(&noes->at[i], k);
		if (noes->at[i].said > at || (open != TIME_NONE && open <= at))
			continue;
		if (open == TIME_NONE)
			return false;
		at = open;
	}
	Time over = soonest(k->withdrawn, k->until == DATE_NONE ? TIME_NONE : time_of(k->until + 1, 0));
	return at <= end && (over == TIME_NONE || at < over);
}

Err consent_could_tell(Ctx *c, ParticipantId who, CompanyId company, Time begin, Time end, ConsentTold *out)
{
	ConsentReachList yeses;
	ConsentBarList noes;
	*out = (ConsentTold){ 0 };
	RETURN_IF_ERR(consent_reaching(c, who, CONSENT_TELL_COMPANY, company.v, end, &yeses));
	RETURN_IF_ERR(consent_barring(c, who, CONSENT_TELL_COMPANY, company.v, &noes));
	for (size_t i = 0; i < yeses.n; i++) {
		const ConsentReach *k = &yeses.at[i];
		if (!reaches(k, &noes, begin, end))
			continue;
		out->name |= k->tells_name;
		out->phone |= k->tells_phone;
		out->wishes |= k->tells_wishes;
		out->considerations |= k->tells_considerations;
		out->situation |= k->tells_situation;
	}
	return OK;
}
