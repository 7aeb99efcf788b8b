#include "feature/erasure/retention_web.h"

#include "feature/feature_web.h"
#include "feature_html.h"
#include "retention_html.h"

/* Saying that what the preview shows is meant. */
typedef struct {
	bool confirm;
	int64_t due; /* how many it showed */
} ApplyIn;
static const Field apply_fields[] = {
	FIELD(ApplyIn, confirm, FIELD_BOOL, N_("Yes, for everybody who is due"), .required = true),
	FIELD(ApplyIn, due, FIELD_INT, N_("Due now"), .required = true, .min = 0, .max = 1e9),
};
static const Form apply_form = FORM("retention_apply", ApplyIn, apply_fields);

static ProgrammeId asked(const Request *r)
{
	return (ProgrammeId){ request_id(r, "programme") };
}

static Str path_of(Ctx *c, ProgrammeId id, const char *below)
{
	Str text = uuid_str(c->arena, id.v);
	return str_printf(c->arena, "/projekt/%.*s%s", STR_ARG(text), below);
}

static Err retention_get(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "due", NULL };
	RetentionPage page = { .id = asked(r) };
	RETURN_IF_ERR(retention_preview(c, page.id, &page.preview));
	page.shown = page.preview.people;
	page.shown.n = page.shown.n > RETENTION_SHOWN_MOST ? RETENTION_SHOWN_MOST : page.shown.n;
	page.left_out = (int64_t)(page.preview.people.n - page.shown.n);
	feature_log_search(c, r, "retention.preview");
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "How long data are kept")),
				     .back = path_of(c, page.id, ""),
				     .back_text = page.preview.programme });
	retention_html(h, &page);
	const ApplyIn values = { .due = page.preview.due };
	if (page.preview.due > 0 || r->again != 0)
		page_form(c, r, h,
			  &(FormView){ .form = &apply_form,
				       .values = &values,
				       .hidden = hidden,
				       .action = path_of(c, page.id, "/opbevaring"),
				       .submit = page.preview.rule.what == RETENTION_ERASE ? T(c->lang, "Erase")
											   : T(c->lang, "Archive") });
	return page_close(r);
}

static Err retention_post(Ctx *c, Request *r)
{
	const ApplyIn *in = r->in;
	int64_t done = 0;
	if (!in->confirm)
		return refuse(c, "confirm", "%s", T(c->lang, "This must be confirmed."));
	RETURN_IF_ERR(retention_apply(c, asked(r), in->due, &done));
	return answer_redirect(r, path_of(c, asked(r), "/opbevaring"),
			       done > 0 ? N_("What was due has been done.") : N_("Nobody was due."));
}

static Err retention_edit(Ctx *c, Request *r)
{
	static const char *const hidden[] = { "version", NULL };
	static const char *const chosen[] = { "counted_from", "what", "keeps", NULL };
	RetentionIn values;
	RetentionOf of;
	ProgrammeId id = asked(r);
	RETURN_IF_ERR(retention_of(c, id, &of));
	RETURN_IF_ERR(retention_rule(c, id, &values));
	const char *heading = T(c->lang, "Rule for keeping data");
	FormView view = { .form = &retention_form,
			  .values = &values,
			  .hidden = hidden,
			  .chosen = chosen,
			  .action = path_of(c, id, "/opbevaring/ret"),
			  .cancel = path_of(c, id, "") };
	Html *h = page_open(c, r, &(Page){ .title = str_of(heading), .back = view.cancel, .back_text = of.name });
	feature_form_head_html(h, heading, of.name);
	page_form(c, r, h, &view);
	return page_close(r);
}

static Err retention_edit_post(Ctx *c, Request *r)
{
	RETURN_IF_ERR(retention_set(c, asked(r), r->in));
	return answer_redirect(r, path_of(c, asked(r), ""), N_("The change is stored."));
}

static const Route routes[] = {
	ROUTE(GET, "/projekt/{programme}/opbevaring", retention_get, MAY(REGISTER, OWN_PROGRAMME), NULL, .proof = true),
	ROUTE(POST, "/projekt/{programme}/opbevaring", retention_post, MAY(REGISTER, OWN_PROGRAMME), &apply_form,
	      .lane = LANE_SLOW, .again = retention_get, .proof = true),
	ROUTE(GET, "/projekt/{programme}/opbevaring/ret", retention_edit, MAY(MANAGE, OWN_PROGRAMME), NULL),
	ROUTE(POST, "/projekt/{programme}/opbevaring/ret", retention_edit_post, MAY(MANAGE, OWN_PROGRAMME),
	      &retention_form, .again = retention_edit),
};
const RouteTable retention_routes = ROUTES(routes);
