#include "feature/timeline/timeline.h"

#include "access/consent.h"
#include "access/page.h"
#include "access/relation.h"
#include "feature/diagnosis/diagnosis.h"
#include "feature/feature.h"
#include "feature/referral/referral.h"
#include "timeline_html.h"

/* Which page of the line. */
typedef struct {
	Str before; /* microseconds and id of the last contact shown, with a dot */
} TimelineIn;
static const Field fields[] = {
	FIELD(TimelineIn, before, FIELD_TEXT, N_("Continue at"), .most = 80),
};
static const Form timeline_form = FORM("timeline", TimelineIn, fields);

static bool within(Date day, Date from, Date to)
{
	return (from == DATE_NONE || day > from) && (to == DATE_NONE || day <= to);
}

/* The day of the next line of each kind; DATE_NONE at the end. */
typedef struct {
	const ContactLineList *contacts;
	const PlacementLineList *placements;
	const StatusList *statuses;
	size_t contact, placement, status;
	Date from, to;
} Merge;

static void skip(Merge *m)
{
	while (m->placement < m->placements->n && !within(m->placements->at[m->placement].starts, m->from, m->to))
		m->placement++;
	while (m->status < m->statuses->n && !within(m->statuses->at[m->status].since, m->from, m->to))
		m->status++;
}

static bool next_line(Merge *m, TimelineLine *out)
{
	skip(m);
	const ContactLine *k = m->contact < m->contacts->n ? &m->contacts->at[m->contact] : NULL;
	const PlacementLine *p = m->placement < m->placements->n ? &m->placements->at[m->placement] : NULL;
	const Status *s = m->status < m->statuses->n ? &m->statuses->at[m->status] : NULL;
	Date day = DATE_NONE; /* the smallest there is */
	day = k != NULL && k->day > day ? k->day : day;
	day = p != NULL && p->starts > day ? p->starts : day;
	day = s != NULL && s->since > day ? s->since : day;
	if (s != NULL && s->since == day) {
		*out = (TimelineLine){ .kind = LINE_STATUS, .day = day, .status = s };
		m->status++;
	} else if (p != NULL && p->starts == day) {
		*out = (TimelineLine){ .kind = LINE_PLACEMENT, .day = day, .placement = p };
		m->placement++;
	} else if (k != NULL) {
		*out = (TimelineLine){ .kind = LINE_CONTACT, .day = day, .contact = k };
		m->contact++;
	} else {
		return false;
	}
	return true;
}

TimelineLines timeline_merge(Arena *a, const ContactLineList *contacts, const PlacementLineList *placements,
			     const StatusList *statuses, Date from, Date to)
{
	Merge m = { .contacts = contacts, .placements = placements, .statuses = statuses, .from = from, .to = to };
	TimelineLine *at = ARENA_ARRAY(a, contacts->n + placements->n + statuses->n, TimelineLine);
	size_t n = 0;
	while (next_line(&m, &at[n]))
		n++;
	return (TimelineLines){ at, n };
}

static Str older_path(Ctx *c, ParticipantId who, const ContactLine *last)
{
	Str before = contact_cursor_text(c, last);
	return feature_person_path(c, who, str_printf(c->arena, "?before=%.*s", STR_ARG(before)).ptr);
}

static Err fill_lines(Ctx *c, Str before, TimelinePage *page)
{
	ContactCursor start;
	ContactLineList contacts;
	StatusList statuses;
	RETURN_IF_ERR(contact_cursor_read(c, before, &start));
	RETURN_IF_ERR(contact_page(c, page->id, start.at, start.id, TIMELINE_CONTACTS + 1, &contacts));
	RETURN_IF_ERR(placement_of(c, page->id, &page->placements));
	RETURN_IF_ERR(status_timeline(c, page->id, &statuses));
	Date today = clock_today(c->clock);
	for (size_t i = 0; i < statuses.n && page->status == NULL; i++)
		if (statuses.at[i].since <= today)
			page->status = &statuses.at[i];
	bool more = contacts.n > TIMELINE_CONTACTS;
	contacts.n = more ? TIMELINE_CONTACTS : contacts.n;
	Date from = more ? contacts.at[contacts.n - 1].day : DATE_NONE;
	page->first = str_is_empty(before);
	page->lines = timeline_merge(c->arena, &contacts, &page->placements, &statuses, from,
				     page->first ? DATE_NONE : time_date(start.at));
	if (more)
		page->older = older_path(c, page->id, &contacts.at[contacts.n - 1]);
	return OK;
}

/* As feature_in_scope, in one statement for those whose unit it is. */
static Err facts_in_scope(Ctx *c, const Scope *scope, ParticipantId who, ParticipantFacts *out)
{
	Err e = participant_facts(c, who, scope->programme, scope->organisation, out);
	if (e != ERR_NOT_FOUND)
		return e;
	RETURN_IF_ERR(relation_reaches(c, scope, who));
	return participant_facts(c, who, scope->programme, (OrganisationId){ UUID_NONE }, out);
}

/* A job may have been found without anybody's asking: a placement needs no consent. Following it up with the company
 * does, and whoever does that is told before. */
static Err find_unasked(Ctx *c, TimelinePage *page)
{
	Date today = clock_today(c->clock);
	page->unasked.at = ARENA_ARRAY(c->arena, page->placements.n, PlacementLine);
	for (size_t i = 0; i < page->placements.n; i++) {
		const PlacementLine *p = &page->placements.at[i];
		bool covered = p->ends != DATE_NONE && p->ends < today;
		if (!covered)
			RETURN_IF_ERR(consent_covers(c, page->id, CONSENT_CONTACT_COMPANY, p->company.v, &covered));
		if (!covered)
			page->unasked.at[page->unasked.n++] = *p;
	}
	return OK;
}

/* Why the citizen was referred, and when: an admission on an earlier day is right where the team had agreed to it by
 * then, and else a typing error, so that it is shown. */
static Err find_referral(Ctx *c, TimelinePage *page)
{
	ReferralOrigin origin;
	Err e = referral_origin(c, page->id, &origin);
	if (e == OK) {
		page->why = origin.why;
		page->referred = time_date(origin.made);
	}
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err timeline_get(Ctx *c, Request *r)
{
	TimelinePage page = { .id = { request_id(r, "participant") },
			      .referred = DATE_NONE,
			      .may_register = policy_some(c->actor, OP_REGISTER),
			      .may_erase = policy_may(c->actor, OP_REGISTER, REACH_OWN_PROGRAMME) == OK,
			      .may_see_log = policy_may(c->actor, OP_SEE_PEOPLE, REACH_OWN_PROGRAMME) == OK };
	RETURN_IF_ERR(facts_in_scope(c, &r->scope, page.id, &page.facts));
	if (str_is_none(page.facts.name)) /* being erased */
		return ERR_NOT_FOUND;
	page.may_decide = policy_covers(c, OP_DECIDE_WITH, page.facts.programme, page.facts.partner);
	RETURN_IF_ERR(fill_lines(c, ((const TimelineIn *)r->in)->before, &page));
	if (page.may_decide) { /* in an emergency nobody learns what the citizen has said yes to */
		RETURN_IF_ERR(find_unasked(c, &page));
		RETURN_IF_ERR(find_referral(c, &page));
		RETURN_IF_ERR(network_invited(c, page.id, clock_today(c->clock), &page.network));
	}
	int64_t diagnoses = 0;
	RETURN_IF_ERR(diagnosis_may(c, page.id, clock_today(c->clock), &diagnoses));
	page.diagnoses = diagnoses > 0;
	page.municipality = page.facts.municipality == INT_NONE ? NULL : municipality_name(page.facts.municipality);
	page.cpr_doubt = participant_cpr_doubt(c, page.facts.cpr);
	RETURN_IF_ERR(feature_log_read(c, "participant.view", page.id));
	page.partial = request_partial(r) && !page.first;
	Html *h = page_open(c, r,
			    &(Page){ .title = page.facts.name,
				     .wide = true,
				     .back = STR("/borgere"),
				     .back_text = str_of(T(c->lang, "Citizens")) });
	if (page.partial)
		timeline_more_html(h, &page);
	else
		timeline_html(h, &page);
	return page_close(r);
}

static const Route routes[] = {
	ROUTE(GET, "/borger/{participant}", timeline_get, MAY(SEE_PEOPLE, OWN_UNIT), &timeline_form),
};
const RouteTable timeline_routes = ROUTES(routes);
