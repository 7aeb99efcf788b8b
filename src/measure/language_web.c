/* The page about the language: the parser's own words, with the programme's
 * goals, partners and questions as examples. */
#include "access/page.h"
#include "feature/programme/programme.h"
#include "feature/survey/survey.h"
#include "language_html.h"
#include "measure/goal_web.h"
#include "measure/indicator_rules.h"
#include "measure/language.h"

static const char *behind(Takes takes)
{
	switch (takes) {
	case TAKES_NOTHING: return NULL;
	case TAKES_VALUES: return "is …, …";
	case TAKES_NAMES: return "is \"…\", \"…\"";
	case TAKES_NUMBER: return "at least 30";
	case TAKES_LENGTH: return "over 6 months";
	case TAKES_PERIOD: return "in 2017";
	case TAKES_GROUP: return "job over 6 months";
	case TAKES_ANSWER: return "at least …";
	case TAKES_QUESTION: return "… at … at least …";
	}
	return NULL;
}

static LanguageCodes codes_of(Ctx *c, const EnumTable *t)
{
	LanguageCodes out = { 0 };
	if (t == NULL)
		return out;
	out = (LanguageCodes){ ARENA_ARRAY(c->arena, (size_t)t->n, LanguageCode), (size_t)t->n };
	for (int i = 0; i < t->n; i++)
		out.at[i] = (LanguageCode){ enum_code(t, i), str_of(enum_text(c->lang, t, i)) };
	return out;
}

static LanguageRules rules_of(Ctx *c, ThingsKind kind)
{
	LanguageRules out = { ARENA_ARRAY(c->arena, indicator_rule_count, LanguageRule), 0 };
	for (size_t i = 0; i < indicator_rule_count; i++) {
		const IndicatorRule *r = &indicator_rules[i];
		if ((r->on & (1u << kind)) != 0)
			out.at[out.n++] = (LanguageRule){ r->word, behind(r->takes), r->means, codes_of(c, r->table) };
	}
	return out;
}

static LanguageThingsList all_things(Ctx *c)
{
	static const LanguageThings things[] = {
		[THINGS_PARTICIPANTS] = { .word = "participants", .title = N_("the citizens admitted by the day") },
		[THINGS_CONTACTS] = { .word = "contacts", .title = N_("what was registered by the day") },
		[THINGS_PLACEMENTS] = { .word = "placements",
					.title = N_("also jobs, fleksjobs, ordinary_jobs, wage_subsidies, internships: "
						    "begun by the day, each counted for itself") },
		[THINGS_ACTIVITIES] = { .word = "activities", .title = N_("courses and meetings up to the day") },
		[THINGS_ANSWERS] = { .word = "answers",
				     .title = N_("to a question at a wave: complete questionnaires that answer it") },
	};
	size_t n = sizeof things / sizeof things[0];
	LanguageThingsList out = { ARENA_ARRAY(c->arena, n, LanguageThings), n };
	for (size_t i = 0; i < n; i++) {
		out.at[i] = things[i];
		out.at[i].rules = rules_of(c, (ThingsKind)i);
	}
	return out;
}

static Err fill_examples(Ctx *c, ProgrammeId programme, LanguageExamples *out)
{
	GoalList goals;
	GoalDefinitionList definitions;
	Evaluation *e = evaluation_new(c, programme, clock_today(c->clock), 0); /* for the names alone */
	RETURN_IF_ERR(goal_list(c, programme, &goals));
	RETURN_IF_ERR(goal_definition_list(c, programme, &definitions));
	*out = (LanguageExamples){ ARENA_ARRAY(c->arena, definitions.n, LanguageExample), 0 };
	for (size_t g = 0; g < goals.n; g++) {
		for (size_t i = 0; i < definitions.n; i++) {
			Indicator *in;
			bool fits;
			const GoalDefinition *d = &definitions.at[i];
			if (!uuid_eq(d->goal.v, goals.at[g].id.v))
				continue;
			RETURN_IF_ERR(indicator_parse(c, "expression", d->expression, &in));
			RETURN_IF_ERR(indicator_fits(e, in, &fits));
			out->at[out->n++] =
				(LanguageExample){ goals.at[g].code, d->expression, indicator_words(c, in) };
		}
	}
	return OK;
}

static Err fill_partners(Ctx *c, const Programme *p, LanguageCodes *out)
{
	PartnerRowList partners;
	RETURN_IF_ERR(programme_partners(c, p->id, p->ends, &partners));
	*out = (LanguageCodes){ ARENA_ARRAY(c->arena, partners.n, LanguageCode), partners.n };
	for (size_t i = 0; i < partners.n; i++)
		out->at[i].code = str_printf(c->arena, "\"%.*s\"", STR_ARG(partners.at[i].name));
	return OK;
}

static Err waves_of(Ctx *c, const WaveRowList *waves, QuestionId question, Str *out)
{
	Buf *b = buf_new(c->arena, 4096);
	for (size_t i = 0; i < waves->n; i++) {
		AskedRowList asked;
		RETURN_IF_ERR(wave_questions(c, waves->at[i].id, &asked));
		for (size_t k = 0; k < asked.n; k++)
			if (uuid_eq(asked.at[k].id.v, question.v))
				buf_printf(b, "%s%.*s", b->len > 0 ? ", " : "", STR_ARG(waves->at[i].code));
	}
	*out = buf_str(b);
	return OK;
}

static Err fill_question(Ctx *c, const WaveRowList *waves, const Question *q, LanguageQuestion *out)
{
	QuestionOptionList options;
	RETURN_IF_ERR(question_options(c, q->id, &options));
	RETURN_IF_ERR(waves_of(c, waves, q->id, &out->waves));
	out->code = q->code;
	out->wording = text_in(c->lang, q->wording, q->wording_en);
	out->options = (LanguageCodes){ ARENA_ARRAY(c->arena, options.n, LanguageCode), options.n };
	for (size_t i = 0; i < options.n; i++)
		out->options.at[i] = (LanguageCode){ options.at[i].code,
						     text_in(c->lang, options.at[i].label, options.at[i].label_en) };
	return OK;
}

static Err fill_questions(Ctx *c, ProgrammeId programme, LanguageQuestions *out)
{
	QuestionList questions;
	WaveRowList waves;
	RETURN_IF_ERR(question_all(c, programme, &questions));
	RETURN_IF_ERR(wave_all(c, programme, &waves));
	*out = (LanguageQuestions){ ARENA_ARRAY(c->arena, questions.n, LanguageQuestion), questions.n };
	for (size_t i = 0; i < questions.n; i++)
		RETURN_IF_ERR(fill_question(c, &waves, &questions.at[i], &out->at[i]));
	return OK;
}

static Err fill_programme(Ctx *c, const Programme *p, LanguagePage *page)
{
	page->programme = p->name;
	RETURN_IF_ERR(fill_examples(c, p->id, &page->examples));
	RETURN_IF_ERR(fill_partners(c, p, &page->partners));
	return fill_questions(c, p->id, &page->questions);
}

static Err language_get(Ctx *c, Request *r)
{
	LanguagePage page = { .things = all_things(c) };
	ProgrammeList all = { 0 };
	if (uuid_is_none(r->scope.programme.v)) {
		RETURN_IF_ERR(programme_all(c, &all));
	} else {
		all = (ProgrammeList){ ARENA_NEW(c->arena, Programme), 1 };
		RETURN_IF_ERR(programme_get(c, r->scope.programme, &all.at[0]));
	}
	if (all.n > 0)
		RETURN_IF_ERR(fill_programme(c, &all.at[0], &page));
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "How indicators are written")),
				     .back = STR("/maal"),
				     .back_text = str_of(T(c->lang, "Goals")) });
	language_html(h, &page);
	return page_close(r);
}

static const Route routes[] = {
	ROUTE(GET, "/maal/sprog", language_get, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL),
};
const RouteTable language_routes = ROUTES(routes);
