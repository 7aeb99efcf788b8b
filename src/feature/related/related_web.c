#include "feature/related/related_web.h"

#include "access/page.h"
#include "feature/feature.h"
#include "feature/participant/participant.h"
#include "feature/status/status.h"
#include "related_html.h"

/* ---- the mentor ------------------------------------------------------------------ */

static Err share(Ctx *c, ParticipantId who, SharedLine *out)
{
	int status = ENUM_NONE;
	bool shares;
	*out = (SharedLine){ 0 };
	RETURN_IF_ERR(consent_covers(c, who, CONSENT_TELL_MENTOR, c->actor->user.v, &shares));
	out->nothing = !shares;
	if (!shares)
		return OK;
	RETURN_IF_ERR(consent_disclose(c, who, CONSENT_TELL_MENTOR, c->actor->user.v, &out->told));
	if (!str_is_none(out->told.situation) && enum_parse(&status_code_table, out->told.situation, &status))
		out->situation = enum_text(c->lang, &status_code_table, status);
	return feature_log_read(c, "shared.view", who);
}

static Err shared_get(Ctx *c, Request *r)
{
	RelatedList own;
	RETURN_IF_ERR(relation_own(c, c->actor->user, RELATION_MENTOR, clock_now(c->clock), &own));
	SharedLines lines = { ARENA_ARRAY(c->arena, own.n, SharedLine), own.n };
	for (size_t i = 0; i < own.n; i++)
		RETURN_IF_ERR(share(c, own.at[i].participant, &lines.at[i]));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Whom I am the mentor of")) });
	related_shared_html(h, &lines);
	return page_close(r);
}

/* ---- the caseworker ----------------------------------------------------------------- */

static Err referred_get(Ctx *c, Request *r)
{
	RelatedList own;
	Date today = clock_today(c->clock);
	RETURN_IF_ERR(relation_own(c, c->actor->user, RELATION_CASEWORKER, clock_now(c->clock), &own));
	ReferredPage page = { .lines = { ARENA_ARRAY(c->arena, own.n, Referred), 0 } };
	for (size_t i = 0; i < own.n; i++) {
		RETURN_IF_ERR(related_referred(c, own.at[i].participant, today, &page.lines.at[page.lines.n++]));
		RETURN_IF_ERR(feature_log_read(c, "referred.view", own.at[i].participant));
	}
	RETURN_IF_ERR(referral_own(c, r->scope.programme, c->actor->user, &page.waiting));
	for (size_t i = 0; i < page.waiting.n; i++) {
		page.waiting.at[i].name = feature_name(c, page.waiting.at[i].name);
		RETURN_IF_ERR(feature_log_read(c, "referral.view", page.waiting.at[i].id));
	}
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Whom I have referred")), .wide = true });
	related_referred_html(h, &page, T(c->lang, "Who has not been admitted"));
	return page_close(r);
}

/* ---- breaking the glass ---------------------------------------------------------------- */

typedef struct {
	Str cpr, reason;
} GlassIn;
static const Field glass_fields[] = {
	FIELD(GlassIn, cpr, FIELD_CPR, N_("CPR number"), .required = true, .encrypted = true),
	FIELD(GlassIn, reason, FIELD_NOTE, N_("Why it cannot wait"), .required = true, .most = EMERGENCY_REASON_MOST,
	      .encrypted = true),
};
static const Form glass_form = FORM("glass", GlassIn, glass_fields);

static Err glass_get(Ctx *c, Request *r)
{
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Access in an emergency")) });
	related_glass_html(h);
	page_form(c, r, h,
		  &(FormView){ .form = &glass_form,
			       .action = STR("/noed"),
			       .submit = T(c->lang, "Open the citizen's page") });
	return page_close(r);
}

static Err glass_post(Ctx *c, Request *r)
{
	const GlassIn *in = r->in;
	ParticipantId who;
	RETURN_IF_ERR(relation_check_reason(c, in->reason));
	Err e = participant_find_cpr(c, r->scope.programme, in->cpr, &who);
	if (e == ERR_NOT_FOUND) {
		(void)refuse(c, "cpr", "%s", T(c->lang, "The programme has no citizen with this number."));
		return ERR_DENIED; /* and with that in the audit: numbers are not tried out unseen */
	}
	RETURN_IF_ERR(e);
	RETURN_IF_ERR(relation_break_glass(c, who, in->reason));
	return answer_redirect(r, feature_person_path(c, who, ""), N_("You reach the citizen for four hours."));
}

static Err emergencies_get(Ctx *c, Request *r)
{
	EmergencyPage page = { .csrf = r->csrf };
	RETURN_IF_ERR(relation_emergencies(c, r->scope.programme, &page.lines));
	for (size_t i = 0; i < page.lines.n; i++)
		RETURN_IF_ERR(feature_log_read(c, "relation.list", page.lines.at[i].participant));
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Access in an emergency")) });
	related_emergencies_html(h, &page);
	return page_close(r);
}

static Err emergency_seen_post(Ctx *c, Request *r)
{
	RelationId id = { request_id(r, "relation") };
	ParticipantId who;
	RETURN_IF_ERR(relation_about(c, id, &who));
	request_about(r, who);
	RETURN_IF_ERR(relation_review(c, r->scope.programme, id));
	return answer_redirect(r, STR("/noedadgange"), N_("The change is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/mentor", shared_get, MAY(SEE_SHARED, OWN_PARTICIPANT), NULL, .menu = N_("Whom I am the mentor of"),
	      .menu_place = 12),
	ROUTE(GET, "/henviste", referred_get, MAY(SEE_REFERRED, OWN_PARTICIPANT), NULL,
	      .menu = N_("Whom I have referred"), .menu_place = 12),
	ROUTE(GET, "/noed", glass_get, MAY(BREAK_GLASS, OWN_PROGRAMME), NULL, .menu = N_("In an emergency"),
	      .menu_place = 60),
	ROUTE(POST, "/noed", glass_post, MAY(BREAK_GLASS, OWN_PROGRAMME), &glass_form, .again = glass_get),
	ROUTE(GET, "/noedadgange", emergencies_get, MAY(SEE_PEOPLE, OWN_PROGRAMME), NULL, .menu = N_("Emergencies"),
	      .menu_place = 60),
	ROUTE(POST, "/noedadgange/{relation}/set", emergency_seen_post, MAY(REGISTER, OWN_PROGRAMME), NULL),
};
const RouteTable related_routes = ROUTES(routes);
