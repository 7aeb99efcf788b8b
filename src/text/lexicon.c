#include "text/lexicon.h"

/* Packed: begin class in bits 0–3, end class in 4–7, link in 8–9, word in 10. */
static const int class_costs[LEXICON_CLASSES] = { 0, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 21, 25, 32, 45, 70 };

int lexicon_class(double bits)
{
	int k = 1;
	while (k + 1 < LEXICON_CLASSES && bits * 2 > class_costs[k] + class_costs[k + 1])
		k++;
	return k;
}

uint16_t lexicon_pack(bool word, int begin_class, int end_class, Link link)
{
	return (uint16_t)(begin_class | end_class << 4 | (int)link << 8 | (int)word << 10);
}

static LexiconForm unpack(uint16_t packed)
{
	return (LexiconForm){ .word = packed >> 10 & 1,
			      .begin_cost = class_costs[packed & 15],
			      .end_cost = class_costs[packed >> 4 & 15],
			      .link = (Link)(packed >> 8 & 3) };
}

bool lexicon_step(const Lexicon *x, uint32_t *at, char byte, LexiconForm *form)
{
	uint32_t edge = *at;
	if (edge == 0)
		return false;
	while ((char)(x->edges[edge] & 0xFF) != byte) {
		if (x->edges[edge] & EDGE_LAST)
			return false;
		edge++;
	}
	*at = x->edges[edge] >> EDGE_TARGET_SHIFT;
	*form = unpack(x->forms[edge]);
	return true;
}

bool lexicon_find(const Lexicon *x, Str word, LexiconForm *form)
{
	uint32_t at = x->root;
	*form = (LexiconForm){ 0 };
	for (size_t i = 0; i < word.len; i++)
		if (!lexicon_step(x, &at, word.ptr[i], form))
			return false;
	return word.len > 0 && (form->word || form->begin_cost > 0 || form->end_cost > 0);
}
