#include "measure/measure_web.h"

#include "access/page.h"
#include "board_html.h"
#include "feature/feature_web.h"
#include "measure/goal_print.h"

typedef struct {
	Date date;             /* none: board_day */
	ProgrammeId programme; /* for those who reach several; none: the newest */
} BoardIn;
static const Field board_fields[] = {
	FIELD(BoardIn, date, FIELD_DATE, N_("As of")),
	FIELD(BoardIn, programme, FIELD_ID, N_("Programme")),
};
static const Form board_form = FORM("board", BoardIn, board_fields);

typedef struct {
	Date date;
} GoalsIn;
static const Field goals_fields[] = {
	FIELD(GoalsIn, date, FIELD_DATE, N_("As of"),
	      .hint = N_("The last day that counts; today, or the status date of a programme that is over")),
};
static const Form goals_form = FORM("goals", GoalsIn, goals_fields);

/* The programmes that the actor reaches, newest first. */
static Err reached(Ctx *c, const Scope *scope, ProgrammeList *out)
{
	if (uuid_is_none(scope->programme.v))
		return programme_all(c, out);
	Programme *own = ARENA_NEW(c->arena, Programme);
	*out = (ProgrammeList){ own, 1 };
	return programme_get(c, scope->programme, own);
}

static Err choose_programme(const ProgrammeList *list, ProgrammeId asked, const Programme **out)
{
	for (size_t i = 0; i < list->n; i++) {
		if (uuid_is_none(asked.v) || uuid_eq(list->at[i].id.v, asked.v)) {
			*out = &list->at[i];
			return OK;
		}
	}
	return ERR_NOT_FOUND;
}

static BoardProgrammes choices(Ctx *c, const ProgrammeList *list, ProgrammeId current)
{
	BoardProgrammes out = { ARENA_ARRAY(c->arena, list->n, BoardProgramme), list->n };
	if (list->n < 2)
		return (BoardProgrammes){ 0 };
	for (size_t i = 0; i < list->n; i++)
		out.at[i] = (BoardProgramme){ list->at[i].id, list->at[i].name, uuid_eq(list->at[i].id.v, current.v) };
	return out;
}

static Err read_board(Ctx *c, const Request *r, const BoardIn *in, Board *out)
{
	ProgrammeList list;
	const Programme *programme;
	RETURN_IF_ERR(reached(c, &r->scope, &list));
	if (list.n == 0 && uuid_is_none(in->programme.v))
		return OK;
	RETURN_IF_ERR(choose_programme(&list, in->programme, &programme));
	Date day = in->date == DATE_NONE ? board_day(c, programme) : in->date;
	RETURN_IF_ERR(board_fill(c, programme, day, out));
	out->programmes = choices(c, &list, programme->id);
	out->may_manage = !out->aggregates && policy_some(c->actor, OP_MANAGE);
	return OK;
}

static Err show_board(Ctx *c, Request *r, bool aggregates)
{
	Board board = { .day = DATE_NONE, .aggregates = aggregates };
	RETURN_IF_ERR(db_begin_read(c));
	Err e = read_board(c, r, r->in, &board);
	db_end_read(c);
	RETURN_IF_ERR(e);
	Html *h = page_open(c, r, &(Page){ .title = str_of(T(c->lang, "Goals")), .wide = true });
	if (board.day == DATE_NONE)
		board_none_html(h);
	else
		board_html(h, &board);
	return page_close(r);
}

static Err board_get(Ctx *c, Request *r)
{
	return show_board(c, r, false);
}

static Err steering_get(Ctx *c, Request *r)
{
	return show_board(c, r, true);
}

/* ---- API -------------------------------------------------------------------- */

static Err measure_for_api(Ctx *c, Request *r, Programme *programme, Date *day, GoalResultList *goals)
{
	const GoalsIn *in = r->in;
	RETURN_IF_ERR(programme_get(c, (ProgrammeId){ request_id(r, "programme") }, programme));
	*day = in->date == DATE_NONE ? board_day(c, programme) : in->date;
	return goals_measure(c, programme->id, *day, goals);
}

static Err goals_api(Ctx *c, Request *r)
{
	Programme programme;
	GoalResultList goals;
	Date day = DATE_NONE;
	RETURN_IF_ERR(db_begin_read(c));
	Err e = measure_for_api(c, r, &programme, &day, &goals);
	db_end_read(c);
	RETURN_IF_ERR(e);
	goals_json(c, answer_json(r), programme.code, day, &goals);
	return OK;
}

static const Field programme_fields[] = {
	FIELD(Programme, id, FIELD_ID, N_("Identifier"), .required = true),
	FIELD(Programme, code, FIELD_TEXT, N_("Short name"), .required = true),
	FIELD(Programme, name, FIELD_TEXT, N_("Name"), .required = true),
	FIELD(Programme, starts, FIELD_DATE, N_("First day"), .required = true),
	FIELD(Programme, ends, FIELD_DATE, N_("Last day"), .required = true),
	FIELD(Programme, status_date, FIELD_DATE, N_("Status date"), .required = true),
};
static const Form programme_row_form = FORM("programme_row", Programme, programme_fields);
static const Shape programme_shape = { .form = &programme_row_form };
static const ShapePart programmes_parts[] = { { "programmes", &programme_shape, .list = true } };
static const Shape programmes_shape = SHAPE(NULL, programmes_parts);

static Err programmes_api(Ctx *c, Request *r)
{
	ProgrammeList list;
	RETURN_IF_ERR(reached(c, &r->scope, &list));
	return feature_answer_rows(c, r, list.at, list.n);
}

/* Measuring looks at the whole register: not on the threads that read requests. */
static const Route routes[] = {
	ROUTE(GET, "/maal", board_get, MAY(SEE_NUMBERS, OWN_PROGRAMME), &board_form, .lane = LANE_SLOW,
	      .menu = N_("Goals"), .menu_place = 40),
	ROUTE(GET, "/styregruppe", steering_get, MAY(SEE_AGGREGATES, OWN_PROGRAMME), &board_form, .lane = LANE_SLOW,
	      .menu = N_("For the steering group"), .menu_place = 42),
	ROUTE(GET, "/api/v1/programmes", programmes_api, MAY(SEE_NUMBERS, OWN_PROGRAMME), NULL,
	      .summary = N_("The programmes that one may see, newest first"), .gives = &programmes_shape),
	ROUTE(GET, "/api/v1/programmes/{programme}/goals", goals_api, MAY(SEE_NUMBERS, OWN_PROGRAMME), &goals_form,
	      .lane = LANE_SLOW, .summary = N_("A programme's goals with target, result and status on a day"),
	      .gives = &goals_shape),
};
const RouteTable measure_routes = ROUTES(routes);
