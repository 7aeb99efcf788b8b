#include "demo/generate.h"

#include "demo/maker.h"

Err demo_generate(Ctx *c, const Facts *f, uint64_t seed, Register **out)
{
	RETURN_IF_ERR(facts_check(c, f));
	Maker m = { .c = c, .f = f, .reg = ARENA_NEW(c->arena, Register) };
	m.reg->facts = f;
	random_seed(&m.r, seed);
	RETURN_IF_ERR(make_lives(&m));
	RETURN_IF_ERR(make_careers(&m));
	RETURN_IF_ERR(make_respondents(&m));
	RETURN_IF_ERR(make_people(&m));
	make_companies(&m);
	RETURN_IF_ERR(make_activities(&m));
	RETURN_IF_ERR(make_contacts(&m));
	RETURN_IF_ERR(make_answers(&m));
	make_consents(&m);
	*out = m.reg;
	return OK;
}
