#include "affix.h"

#include <string.h>

enum { DEPTH_MOST = 4 };

struct SuffixRule {
	const SuffixRule *next;
	Str strip, add, condition;
	Flags flags; /* of the form it gives */
};

static bool next_word(Str *line, Str *word)
{
	while (line->len > 0 && (*line->ptr == ' ' || *line->ptr == '\t'))
		*line = str_sub(*line, 1, line->len);
	size_t n = 0;
	while (n < line->len && line->ptr[n] != ' ' && line->ptr[n] != '\t')
		n++;
	*word = str_sub(*line, 0, n);
	*line = str_sub(*line, n, line->len);
	return n > 0;
}

bool affix_flags(Str text, Flags *out)
{
	Str piece;
	out->n = 0;
	while (str_split(&text, ',', &piece)) {
		int64_t flag;
		if (!str_to_int(piece, &flag) || flag < 0 || flag >= FLAG_VALUES || out->n == FLAGS_MOST)
			return false;
		out->at[out->n++] = (int)flag;
	}
	return true;
}

bool affix_has(const Flags *flags, int flag)
{
	for (size_t i = 0; i < flags->n; i++)
		if (flags->at[i] == flag)
			return true;
	return false;
}

/* "SFX flag strip add[/flags] condition"; the heading of a class, "SFX flag Y 4", is told by its letter. */
static const char *read_suffix(Arena *a, Str line, Affixes *out)
{
	Str flag, strip, add, condition, own;
	int64_t number;
	if (!next_word(&line, &flag) || !str_to_int(flag, &number) || number < 0 || number >= FLAG_VALUES)
		return "a suffix rule without a number";
	if (!next_word(&line, &strip) || !next_word(&line, &add))
		return "a suffix rule that is too short";
	bool heading = str_eq_z(strip, "Y") || str_eq_z(strip, "N");
	if (heading)
		return NULL;
	SuffixRule *rule = ARENA_NEW(a, SuffixRule);
	Str form = add;
	(void)str_split(&form, '/', &own);
	if (form.len > 0 && !affix_flags(form, &rule->flags))
		return "a suffix rule with flags that are no numbers";
	rule->strip = str_eq_z(strip, "0") ? STR("") : strip;
	rule->add = str_eq_z(own, "0") ? STR("") : own;
	rule->condition = next_word(&line, &condition) ? condition : STR(".");
	rule->next = out->by_flag[number];
	out->by_flag[number] = rule;
	return NULL;
}

static const char *read_line(Arena *a, Str line, Affixes *out)
{
	const struct {
		const char *name;
		int *flag;
	} named[] = { { "COMPOUNDBEGIN", &out->begin },
		      { "COMPOUNDMIDDLE", &out->middle },
		      { "COMPOUNDEND", &out->end },
		      { "ONLYINCOMPOUND", &out->only_in_compound },
		      { "NEEDAFFIX", &out->need_affix } };
	Str word, value;
	int64_t number;
	if (!next_word(&line, &word))
		return NULL;
	if (str_eq_z(word, "SFX"))
		return read_suffix(a, line, out);
	for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
		if (str_eq_z(word, named[i].name)) {
			if (!next_word(&line, &value) || !str_to_int(value, &number))
				return "a flag that is no number";
			*named[i].flag = (int)number;
		}
	return NULL;
}

const char *affix_read(Arena *a, Str file, Affixes *out)
{
	Str line;
	const char *wrong = NULL;
	*out = (Affixes){ ARENA_ARRAY(a, FLAG_VALUES, const SuffixRule *), -1, -1, -1, -1, -1 };
	while (wrong == NULL && str_split(&file, '\n', &line))
		wrong = read_line(a, str_trim(line), out);
	return wrong;
}

static size_t letter_before(Str word, size_t end)
{
	do
		end--;
	while (end > 0 && ((unsigned char)word.ptr[end] & 0xC0) == 0x80);
	return end;
}

/* One element at the end of a condition: a letter, a dot, or a set "[^abc]". Where it begins. */
static size_t element_before(Str condition, size_t end)
{
	if (condition.ptr[end - 1] != ']')
		return letter_before(condition, end);
	while (end > 0 && condition.ptr[end - 1] != '[')
		end--;
	return end > 0 ? end - 1 : 0;
}

static bool element_fits(Str element, Str letter)
{
	if (element.ptr[0] != '[')
		return str_eq_z(element, ".") || str_eq(element, letter);
	bool other = element.len > 1 && element.ptr[1] == '^';
	Str set = str_sub(element, other ? 2 : 1, element.len - 1);
	return (str_find_str(set, letter) != SIZE_MAX) != other;
}

/* The word's end is as the condition says. */
static bool condition_fits(Str condition, Str word)
{
	size_t end = word.len;
	for (size_t c = condition.len; c > 0;) {
		size_t from = element_before(condition, c);
		if (end == 0)
			return str_eq_z(str_sub(condition, 0, c), ".");
		size_t letter = letter_before(word, end);
		if (!element_fits(str_sub(condition, from, c), str_sub(word, letter, end)))
			return false;
		end = letter;
		c = from;
	}
	return true;
}

static void tell_forms(Arena *a, const Affixes *x, Str word, const Flags *flags, int depth, AffixTell tell, void *to)
{
	tell(to, word, flags);
	for (size_t i = 0; i < flags->n && depth < DEPTH_MOST; i++)
		for (const SuffixRule *r = x->by_flag[flags->at[i]]; r != NULL; r = r->next)
			if (word.len >= r->strip.len && str_ends(word, r->strip) &&
			    condition_fits(r->condition, word)) {
				Str kept = str_sub(word, 0, word.len - r->strip.len);
				Str form = str_printf(a, "%.*s%.*s", STR_ARG(kept), STR_ARG(r->add));
				tell_forms(a, x, form, &r->flags, depth + 1, tell, to);
			}
}

void affix_forms(Arena *a, const Affixes *x, Str word, const Flags *flags, AffixTell tell, void *to)
{
	tell_forms(a, x, word, flags, 0, tell, to);
}
