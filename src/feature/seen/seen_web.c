#include "feature/seen/seen_web.h"

#include "access/page.h"
#include "seen_html.h"

static Err own_get(Ctx *c, Request *r)
{
	SeenLines lines;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = seen_newest(c, c->actor->participant, SEEN_MOST, &lines);
	db_end_read(c);
	RETURN_IF_ERR(e);
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Who has looked")) });
	seen_own_html(h, &lines);
	return page_close(r);
}

static Err read_log(Ctx *c, const Request *r, ParticipantId who, SeenPage *out)
{
	RETURN_IF_ERR(feature_in_scope(c, &r->scope, who, &out->person));
	return seen_newest(c, who, SEEN_MOST, &out->lines);
}

/* That somebody has read the log is itself something that was done with the citizen's data. */
static Err log_get(Ctx *c, Request *r)
{
	SeenPage page;
	ParticipantId who = { request_id(r, "participant") };
	RETURN_IF_ERR(db_begin_read(c));
	Err e = read_log(c, r, who, &page);
	db_end_read(c);
	RETURN_IF_ERR(e);
	RETURN_IF_ERR(feature_log_read(c, "audit.extract", who));
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "Who has looked")),
				     .back = feature_person_path(c, who, ""),
				     .back_text = page.person.name });
	seen_log_html(h, &page);
	return page_close(r);
}

static const Route routes[] = {
	ROUTE(GET, "/min/set", own_get, MAY(OWN_CASE, OWN_PARTICIPANT), NULL, .lane = LANE_SLOW,
	      .menu = N_("Who has looked"), .menu_place = 16),
	ROUTE(GET, "/borger/{participant}/log", log_get, MAY(SEE_PEOPLE, OWN_PROGRAMME), NULL, .lane = LANE_SLOW),
};
const RouteTable seen_routes = ROUTES(routes);
