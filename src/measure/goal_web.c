#include "measure/goal_web.h"

#include "access/page.h"
#include "feature/feature.h"
#include "goal_html.h"
#include "measure/goal_page.h"

typedef struct {
	Date date;
	DefinitionId definition;
	bool people; /* show who is behind the number */
} GoalPageIn;
static const Field page_fields_of_goal[] = {
	FIELD(GoalPageIn, date, FIELD_DATE, N_("As of")),
	FIELD(GoalPageIn, definition, FIELD_ID, N_("Definition")),
	FIELD(GoalPageIn, people, FIELD_BOOL, N_("Who is behind the number")),
};
static const Form goal_page_form = FORM("goal_page", GoalPageIn, page_fields_of_goal);

static Err read_goal(Ctx *c, const Request *r, GoalPage *page)
{
	const GoalPageIn *in = r->in;
	Goal goal;
	Programme programme;
	RETURN_IF_ERR(goal_with_id(c, (GoalId){ request_id(r, "goal") }, &goal));
	RETURN_IF_ERR(policy_programme(c, r->route->may.operation, goal.programme));
	RETURN_IF_ERR(programme_get(c, goal.programme, &programme));
	Date day = in->date == DATE_NONE ? board_day(c, &programme) : in->date;
	return goal_page_fill(c, &goal, &programme, day, in->definition, page);
}

/* Names beside a result say something about each person: that so many were shown
 * is in the audit before the page leaves, and each one's own entry follows. */
static Err log_people(Ctx *c, Request *r, const GoalPage *page)
{
	for (size_t i = 0; i < page->behind.shown.n && page->behind.names; i++)
		RETURN_IF_ERR(feature_log_read(c, "goal.person", page->behind.shown.at[i].id));
	AuditEvent e = actor_event(c, page->behind.names ? "goal.people" : "goal.pseudonyms");
	e.subject_kind = STR("goal");
	e.subject = page->goal.id.v;
	e.detail = str_printf(c->arena, "%.*s: %zu", STR_ARG(page->goal.code), page->behind.shown.n);
	answer_audited(r, &e);
	return OK;
}

static Err goal_get(Ctx *c, Request *r)
{
	GoalPage page;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = read_goal(c, r, &page);
	db_end_read(c);
	RETURN_IF_ERR(e);
	const GoalPageIn *in = r->in;
	page.open = in->people;
	page.asked = in->definition;
	if (page.open && page.behind.shown.n > 0)
		RETURN_IF_ERR(log_people(c, r, &page));
	Html *h = page_open(c, r,
			    &(Page){ .title = str_printf(c->arena, "%.*s %.*s", STR_ARG(page.goal.code),
							 STR_ARG(page.head.wording)),
				     .back = STR("/maal"),
				     .back_text = str_of(T(c->lang, "Goals")) });
	if (request_partial(r))
		goal_people_html(h, &page);
	else
		goal_html(h, &page);
	return page_close(r);
}

/* Measured month by month: on the threads for what is slow. */
static const Route routes[] = {
	ROUTE(GET, "/maal/{goal}", goal_get, MAY(SEE_NUMBERS, OWN_PROGRAMME), &goal_page_form, .lane = LANE_SLOW),
};
const RouteTable goal_routes = ROUTES(routes);
