#include "feature/survey/survey_web.h"

#include "access/page.h"
#include "survey_html.h"

enum { OPTIONS_TEXT_MOST = 100000 }; /* bytes of one question's options in a row */

static Err options_of(Ctx *c, QuestionId id, Str *out)
{
	QuestionOptionList options;
	RETURN_IF_ERR(question_options(c, id, &options));
	Buf *b = buf_new(c->arena, OPTIONS_TEXT_MOST);
	for (size_t i = 0; i < options.n; i++) {
		Str label = text_in(c->lang, options.at[i].label, options.at[i].label_en);
		buf_printf(b, "%s%.*s", i > 0 ? " · " : "", STR_ARG(label));
	}
	*out = buf_str(b);
	return OK;
}

static Err fill_questions(Ctx *c, ProgrammeId programme, SurveyQuestions *out)
{
	QuestionList list;
	RETURN_IF_ERR(question_all(c, programme, &list));
	*out = (SurveyQuestions){ ARENA_ARRAY(c->arena, list.n, SurveyQuestion), list.n };
	for (size_t i = 0; i < list.n; i++) {
		const Question *q = &list.at[i];
		out->at[i] = (SurveyQuestion){ .code = q->code,
					       .wording = text_in(c->lang, q->wording, q->wording_en),
					       .kind = (int)q->kind };
		RETURN_IF_ERR(options_of(c, q->id, &out->at[i].options));
	}
	return OK;
}

static Err fill_waves(Ctx *c, ProgrammeId programme, SurveyWaves *out)
{
	WaveRowList list;
	RETURN_IF_ERR(wave_all(c, programme, &list));
	*out = (SurveyWaves){ ARENA_ARRAY(c->arena, list.n, SurveyWave), list.n };
	for (size_t i = 0; i < list.n; i++) {
		const WaveRow *w = &list.at[i];
		out->at[i] = (SurveyWave){ wave_name(c->lang, w->code), (int)w->respondent, w->invited, w->answered,
					   w->incomplete };
	}
	return OK;
}

static Err survey_get(Ctx *c, Request *r)
{
	SurveyPage page;
	RETURN_IF_ERR(programme_get(c, (ProgrammeId){ request_id(r, "programme") }, &page.programme));
	RETURN_IF_ERR(fill_waves(c, page.programme.id, &page.waves));
	RETURN_IF_ERR(fill_questions(c, page.programme.id, &page.questions));
	Str text = uuid_str(c->arena, page.programme.id.v);
	Html *h = page_open(c, r,
			    &(Page){ .title = str_of(T(c->lang, "Questions")),
				     .wide = true,
				     .back = str_printf(c->arena, "/projekt/%.*s", STR_ARG(text)),
				     .back_text = page.programme.name });
	survey_html(h, &page);
	return page_close(r);
}

static const Route routes[] = {
	ROUTE(GET, "/projekt/{programme}/spoergsmaal", survey_get, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL),
};
const RouteTable survey_routes = ROUTES(routes);
