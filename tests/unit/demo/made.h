/* made: registers for the tests of src/demo. */
#ifndef TESTS_DEMO_MADE_H
#define TESTS_DEMO_MADE_H

#include "demo/generate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The path of a file of the source tree. */
static inline const char *source_path(Arena *a, const char *path)
{
	return str_z(a, str_printf(a, "%s/../%s", TESTS_FOLDER, path));
}

static inline void show_problems(Ctx *c)
{
	Str text = ctx_problems_text(c);
	if (text.len > 0 || c->why.len > 0)
		printf("%.*s %.*s\n", STR_ARG(text), STR_ARG(c->why));
}

static inline Facts *facts_of(Ctx *c, const char *folder)
{
	Facts *f = NULL;
	Err e = facts_read(c, source_path(c->arena, folder), &f);
	show_problems(c);
	assert_int_equal(e, OK);
	return f;
}

static inline Register *register_of(Ctx *c, const Facts *f, uint64_t seed)
{
	Register *r = NULL;
	Err e = demo_generate(c, f, seed, &r);
	show_problems(c);
	assert_int_equal(e, OK);
	return r;
}

/* A Ctx that speaks English, in `state`. */
static inline int english_setup(void **state)
{
	static Ctx c;
	ctx_init(&c);
	c.lang = LANG_EN;
	*state = &c;
	return 0;
}

static inline int english_teardown(void **state)
{
	ctx_release(*state);
	return 0;
}

static inline bool is_job(const RegPlacement *p)
{
	return p->kind != REG_KIND_INTERNSHIP;
}

static inline bool covers(const RegPlacement *p, Date day)
{
	return p->starts <= day && (p->ends == DATE_NONE || day <= p->ends);
}

#endif
