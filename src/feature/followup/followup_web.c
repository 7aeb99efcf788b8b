#include "feature/followup/followup_web.h"

#include "access/relation.h"
#include "access/user.h"
#include "feature/decide/decide.h"
#include "feature/feature_web.h"
#include "feature/organisation/organisation.h"
#include "start_html.h"

typedef struct {
	bool all; /* everybody's follow-ups, not only one's own citizens' */
} StartIn;
static const Field start_fields[] = {
	FIELD(StartIn, all, FIELD_BOOL, N_("Everybody's")),
};
static const Form start_form = FORM("start", StartIn, start_fields);

static StartStatuses status_lines(Ctx *c, const StatusTable *t)
{
	StartStatus *at = ARENA_ARRAY(c->arena, STATUS_CODES + 1, StartStatus);
	size_t n = 0;
	for (int i = 0; i < STATUS_CODES; i++)
		if (t->n[i] > 0)
			at[n++] = (StartStatus){ i, t->n[i] };
	if (t->not_registered > 0)
		at[n++] = (StartStatus){ STATUS_NONE, t->not_registered };
	return (StartStatuses){ at, n };
}

static Err fill_programme(Ctx *c, const Programme *g, StartProgramme *out)
{
	StatusTable table;
	Date today = clock_today(c->clock);
	*out = (StartProgramme){ .programme = *g, .over = today > g->ends };
	out->day = out->over ? g->status_date : today;
	RETURN_IF_ERR(programme_partners(c, g->id, out->day, &out->partners));
	for (size_t i = 0; i < out->partners.n; i++) {
		const PartnerRow *p = &out->partners.at[i];
		out->places += p->places == INT_NONE ? 0 : p->places;
		out->admitted += p->admitted;
	}
	RETURN_IF_ERR(status_on(c, g->id, (OrganisationId){ UUID_NONE }, out->day, &table));
	out->statuses = status_lines(c, &table);
	out->total = table.total;
	return OK;
}

static Err fill_programmes(Ctx *c, const Scope *scope, StartPage *page)
{
	ProgrammeList list = { 0 };
	Programme own;
	if (uuid_is_none(scope->programme.v)) {
		RETURN_IF_ERR(programme_all(c, &list));
	} else {
		RETURN_IF_ERR(programme_get(c, scope->programme, &own));
		list = (ProgrammeList){ &own, 1 };
	}
	StartProgramme *at = ARENA_ARRAY(c->arena, list.n, StartProgramme);
	for (size_t i = 0; i < list.n; i++)
		RETURN_IF_ERR(fill_programme(c, &list.at[i], &at[i]));
	page->programmes = (StartProgrammes){ at, list.n };
	return OK;
}

static Err seen_by_manager(Ctx *c, ProgrammeId programme, StartPage *page)
{
	RETURN_IF_ERR(citizen_request_waiting(c, programme, &page->requests));
	return relation_unseen(c, programme, &page->emergencies);
}

static Err fill_followups(Ctx *c, Request *r, StartPage *page)
{
	Scope scope;
	if (policy_scope(c, OP_SEE_PEOPLE, &scope) != OK || page->programmes.n != 1)
		return OK;
	page->sees_people = true;
	page->may_register = policy_some(c->actor, OP_REGISTER);
	RETURN_IF_ERR(referral_count_open(c, scope.programme, scope.organisation, &page->referrals));
	if (policy_may(c->actor, OP_SEE_PEOPLE, REACH_OWN_PROGRAMME) == OK)
		RETURN_IF_ERR(seen_by_manager(c, scope.programme, page));
	MemberId me = c->actor->member;
	page->has_choice = c->actor->role == ROLE_CONTACT_PERSON && !uuid_is_none(me.v);
	page->own_only = page->has_choice && !((const StartIn *)r->in)->all;
	RETURN_IF_ERR(followup_list(c, scope.programme, scope.organisation,
				    page->own_only ? me : (MemberId){ UUID_NONE }, page->programmes.at[0].day,
				    &page->followups));
	for (size_t i = 0; i < page->followups.n; i++) {
		FollowupState state = page->followups.at[i].state;
		page->overdue += state == FOLLOWUP_OVERDUE;
		page->due += state == FOLLOWUP_DUE;
		page->soon += state == FOLLOWUP_SOON;
	}
	if (page->followups.n > START_FOLLOWUPS) {
		page->more = (int64_t)page->followups.n - START_FOLLOWUPS;
		page->followups.n = START_FOLLOWUPS;
	}
	feature_log_search(c, r, "followup.list");
	return OK;
}

/* Until somebody can log in who manages a programme. */
static Err fill_steps(Ctx *c, StartPage *page)
{
	UserList users;
	OrganisationList organisations;
	MemberList team = { 0 };
	StartSteps *s = &page->steps;
	if (!policy_some(c->actor, OP_ADMINISTER))
		return OK;
	RETURN_IF_ERR(user_all(c, &users));
	RETURN_IF_ERR(organisation_all(c, &organisations));
	s->organisation = organisations.n > 0;
	s->programme = page->programmes.n > 0;
	if (s->programme) {
		s->first = page->programmes.at[0].programme.id;
		RETURN_IF_ERR(programme_team(c, s->first, &team));
	}
	s->member = team.n > 0;
	for (size_t i = 0; i < users.n; i++)
		s->manager = s->manager || (users.at[i].role == ROLE_MANAGER && users.at[i].closed == TIME_NONE);
	s->shown = !s->manager;
	return OK;
}

static Err start_get(Ctx *c, Request *r)
{
	StartPage page = { .csrf = r->csrf };
	RETURN_IF_ERR(fill_programmes(c, &r->scope, &page));
	RETURN_IF_ERR(fill_steps(c, &page));
	RETURN_IF_ERR(fill_followups(c, r, &page));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Overview")), .wide = true });
	start_html(h, &page);
	return page_close(r);
}

static const Route routes[] = {
	ROUTE(GET, "/", start_get, MAY(SEE_NUMBERS, OWN_PROGRAMME), &start_form, .menu = N_("Overview"),
	      .menu_place = 10),
};
const RouteTable followup_routes = ROUTES(routes);
