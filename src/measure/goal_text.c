#include "measure/goal_text.h"

#include "base/buf.h"

#include <math.h>
#include <string.h>

Str goal_number_text(Ctx *c, GoalUnit unit, double value)
{
	int decimals = value == floor(value) ? 0 : 1;
	return unit == GOAL_PERCENT ? text_percent(c->arena, c->lang, value / 100, decimals)
				    : text_real(c->arena, c->lang, value, decimals);
}

static Str growth_text(Ctx *c, const Measured *m)
{
	Str before = text_int(c->arena, c->lang, m->before), after = text_int(c->arena, c->lang, m->after);
	Str growth = text_percent(c->arena, c->lang, m->value, 1);
	return str_printf(c->arena, T(c->lang, "from %.*s to %.*s: %s%.*s"), STR_ARG(before), STR_ARG(after),
			  m->value > 0 ? "+" : "", STR_ARG(growth));
}

Str goal_measured_text(Ctx *c, const DefinitionResult *d)
{
	const Measured *m = &d->measured;
	if (!m->decidable)
		return STR("–");
	if (strcmp(d->unit, "growth") == 0)
		return growth_text(c, m);
	if (strcmp(d->unit, "share") != 0)
		return goal_number_text(c, GOAL_NUMBER, m->value);
	Str k = text_int(c->arena, c->lang, m->numerator), n = text_int(c->arena, c->lang, m->denominator);
	Str share = text_percent(c->arena, c->lang, m->value, 1);
	return str_printf(c->arena, T(c->lang, "%.*s of %.*s = %.*s"), STR_ARG(k), STR_ARG(n), STR_ARG(share));
}

Str goal_interval_text(Ctx *c, const Measured *m)
{
	Interval i = measured_interval(m);
	if (isnan(i.low))
		return STR("");
	Str low = text_real(c->arena, c->lang, i.low * 100, 1), high = text_percent(c->arena, c->lang, i.high, 1);
	return str_printf(c->arena, T(c->lang, "95 %% confidence interval %.*s–%.*s"), STR_ARG(low), STR_ARG(high));
}

Str goal_result_text(Ctx *c, const GoalResult *g)
{
	if (g->definition_count > 0)
		return goal_measured_text(c, &g->definitions[0]);
	if (!g->judged)
		return STR("–");
	if (isnan(g->judgement.value))
		return str_of(T(c->lang, "judged by people"));
	Str value = goal_number_text(c, g->goal.unit, g->judgement.value);
	return str_printf(c->arena, T(c->lang, "%.*s (judged by people)"), STR_ARG(value));
}

Str goal_target_text(Ctx *c, const GoalResult *g)
{
	return g->targets.n == 0 ? STR("–") : goal_number_text(c, g->goal.unit, g->targets.at[g->targets.n - 1].value);
}

Str goal_original_text(Ctx *c, const GoalResult *g)
{
	return g->targets.n == 0 ? STR("–") : goal_number_text(c, g->goal.unit, g->targets.at[0].value);
}

Str goal_tally_text(Ctx *c, const GoalTally *tally)
{
	static const char *const words[GOAL_STATUSES] = {
		[GOAL_MET] = N_("met"),
		[GOAL_PARTLY_MET] = N_("partly met"),
		[GOAL_NOT_MET] = N_("not met"),
		[GOAL_NOT_FOLLOWED_UP] = N_("not followed up"),
		[GOAL_NOT_DECIDABLE] = N_("not decidable"),
	};
	Buf *b = buf_new(c->arena, 1000);
	long long all = tally->all;
	buf_printf(b, TN(c->lang, "There is %lld goal", "There are %lld goals", all), all);
	const char *before = ": ";
	for (int status = 0; status < GOAL_STATUSES; status++) {
		if (tally->n[status] == 0)
			continue;
		buf_printf(b, "%s%lld %s", before, (long long)tally->n[status], T(c->lang, words[status]));
		before = ", ";
	}
	buf_char(b, '.');
	return buf_str(b);
}
