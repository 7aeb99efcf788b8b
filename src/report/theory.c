/* The programme's theory of change, drawn with what came of each goal. */
#include "report/collect.h"

Err report_draw_theory(Ctx *c, Report *r)
{
	Theory t;
	RETURN_IF_ERR(theory_read(c, r->programme.id, &t));
	if (t.nodes.n == 0)
		return OK;
	if (theory_fits(&t))
		r->theory.caption =
			str_of(T(c->lang, "The programme's theory of change with the status of its goals."));
	if (c->convert == NULL)
		return OK;
	r->theory_boxes = (int64_t)t.nodes.n;
	return theory_draw(c, &t, &r->goals, &r->theory.chart, &r->assumptions);
}
