#include "base/ctx.h"

#include "base/buf.h"

void ctx_init(Ctx *c)
{
	*c = (Ctx){ .arena = arena_new(),
		    .scratch = arena_new(),
		    .clock = clock_system(),
		    .random = random_system(),
		    .lang = LANG_DA };
}

void ctx_release(Ctx *c)
{
	arena_free(c->arena);
	arena_free(c->scratch);
	*c = (Ctx){ 0 };
}

void ctx_clear(Ctx *c)
{
	arena_clear(c->arena);
	arena_clear(c->scratch);
	c->problems = NULL;
	c->problem_count = 0;
	c->why = STR_NONE;
}

__attribute__((format(printf, 5, 0))) static Err note(Ctx *c, const char *field, int64_t row, int64_t column,
						      const char *format, va_list args)
{
	if (c->problems == NULL)
		c->problems = ARENA_ARRAY(c->arena, PROBLEMS_MOST, Problem);
	if (c->problem_count < PROBLEMS_MOST)
		c->problems[c->problem_count] = (Problem){ str_dup(c->arena, str_of(field == NULL ? "" : field)), row,
							   column, str_vprintf(c->arena, format, args) };
	c->problem_count++;
	return ERR_INVALID;
}

Err refuse(Ctx *c, const char *field, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	Err e = note(c, field, 0, 0, format, args);
	va_end(args);
	return e;
}

Err refuse_at(Ctx *c, const char *field, int64_t row, int64_t column, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	Err e = note(c, field, row, column, format, args);
	va_end(args);
	return e;
}

Err fail(Ctx *c, Err e, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	if (str_is_none(c->why))
		c->why = str_vprintf(c->arena, format, args);
	va_end(args);
	return e;
}

Str ctx_problems_text(Ctx *c)
{
	Buf *b = buf_new(c->arena, 1024 * 1024);
	size_t shown = c->problem_count < PROBLEMS_MOST ? c->problem_count : PROBLEMS_MOST;
	for (size_t i = 0; i < shown; i++) {
		const Problem *p = &c->problems[i];
		if (i > 0)
			buf_char(b, '\n');
		if (p->row > 0)
			buf_printf(b, "%s %lld, ", T(c->lang, "row"), (long long)p->row);
		if (p->field.len > 0)
			buf_printf(b, "%.*s: ", STR_ARG(p->field));
		buf_str_add(b, p->message);
		if (p->column > 0)
			buf_printf(b, " (%s %lld)", T(c->lang, "character"), (long long)p->column);
	}
	return buf_str(b);
}
