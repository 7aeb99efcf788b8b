#include "measure/indicator_token.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

static bool is_word_byte(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '_';
}

/* A run of digits and hyphens: a number, or a year, month or day. */
static Token number_token(Str run, size_t at)
{
	Token t = { .kind = TOKEN_NUMBER, .text = run, .at = at, .period = { DATE_NONE, DATE_NONE } };
	Date day;
	if (run.len == 10 && date_parse(run, &day)) {
		t.kind = TOKEN_DATE;
		t.period = (Period){ day, day };
		return t;
	}
	int64_t year, month;
	if (run.len == 7 && run.ptr[4] == '-' && str_to_int(str_sub(run, 0, 4), &year) &&
	    str_to_int(str_sub(run, 5, 7), &month) && (day = date_of((int)year, (int)month, 1)) != DATE_NONE) {
		t.kind = TOKEN_DATE;
		t.period = (Period){ day, date_add_months(day, 1) - 1 };
		return t;
	}
	if (run.len > 9 || !str_to_int(run, &t.number))
		t.kind = TOKEN_WRONG;
	else if (run.len == 4 && (day = date_of((int)t.number, 1, 1)) != DATE_NONE)
		t.period = (Period){ day, date_of((int)t.number, 12, 31) };
	return t;
}

static Token read_token(Parser *p)
{
	Str s = p->source;
	size_t i = p->next;
	while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\t' || s.ptr[i] == '\n' || s.ptr[i] == '\r'))
		i++;
	Token t = { .kind = TOKEN_END, .at = i, .text = str_sub(s, i, i) };
	size_t end = i;
	if (i == s.len) {
		p->next = i;
		return t;
	}
	if (s.ptr[i] >= '0' && s.ptr[i] <= '9') {
		while (end < s.len && (is_word_byte(s.ptr[end]) || s.ptr[end] == '-'))
			end++;
		t = number_token(str_sub(s, i, end), i);
	} else if (is_word_byte(s.ptr[i])) {
		while (end < s.len && is_word_byte(s.ptr[end]))
			end++;
		t.kind = TOKEN_WORD;
		t.text = str_lower_ascii(p->c->arena, str_sub(s, i, end));
	} else if (s.ptr[i] == '"') {
		end = str_find(s, '"', i + 1);
		t.kind = end == SIZE_MAX ? TOKEN_WRONG : TOKEN_STRING;
		end = end == SIZE_MAX ? s.len : end + 1;
		t.text = t.kind == TOKEN_STRING ? str_sub(s, i + 1, end - 1) : str_sub(s, i, end);
	} else {
		end = i + 1;
		while (end < s.len && ((unsigned char)s.ptr[end] & 0xC0) == 0x80)
			end++;
		t.text = str_sub(s, i, end);
		t.kind =
			t.text.ptr[0] == '(' || t.text.ptr[0] == ')' || t.text.ptr[0] == ',' ? TOKEN_MARK : TOKEN_WRONG;
	}
	p->next = end;
	return t;
}

void token_next(Parser *p)
{
	p->token = read_token(p);
}

int64_t token_column(const Parser *p, size_t at)
{
	return (int64_t)utf8_length(str_sub(p->source, 0, at)) + 1;
}

bool token_is(const Parser *p, const char *word)
{
	return (p->token.kind == TOKEN_WORD || p->token.kind == TOKEN_MARK) && str_eq_z(p->token.text, word);
}

bool token_take(Parser *p, const char *word)
{
	if (!token_is(p, word))
		return false;
	token_next(p);
	return true;
}

/* Edit distance with swaps, up to 3; words of the language are short. */
static int distance(Str a, const char *b)
{
	enum { MOST = 32 };
	int row[3][MOST + 1];
	size_t n = strlen(b);
	if (a.len > MOST || n > MOST)
		return 99;
	for (size_t j = 0; j <= n; j++)
		row[0][j] = (int)j;
	int *before = row[2], *last = row[0], *now = row[1];
	for (size_t i = 1; i <= a.len; i++) {
		now[0] = (int)i;
		for (size_t j = 1; j <= n; j++) {
			int best = last[j - 1] + (a.ptr[i - 1] != b[j - 1]);
			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a.ptr[i - 1] == b[j - 2] && a.ptr[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
		int *spare = before;
		before = last;
		last = now;
		now = spare;
	}
	return last[n];
}

void nearest_add(Nearest *n, const char *word)
{
	int d = distance(n->typed, word);
	if (d < n->distance) {
		n->distance = d;
		n->best = word;
	}
}

/* Refuses the word looked at: what was expected, and the likely meaning. */
Err token_refuse(Parser *p, const char *expected, const Nearest *near)
{
	Ctx *c = p->c;
	int64_t column = token_column(p, p->token.at);
	if (p->token.kind == TOKEN_END)
		return refuse_at(c, p->field, 0, column, T(c->lang, "The expression ends too early. Expected: %s."),
				 expected);
	if (near != NULL && near->best != NULL && near->distance <= 2)
		return refuse_at(c, p->field, 0, column, T(c->lang, "“%.*s” is not known here. Did you mean “%s”?"),
				 STR_ARG(p->token.text), near->best);
	return refuse_at(c, p->field, 0, column, T(c->lang, "“%.*s” is not known here. Expected: %s."),
			 STR_ARG(p->token.text), expected);
}

Err token_expect(Parser *p, const char *word)
{
	Nearest near = { p->token.text, NULL, 99 };
	nearest_add(&near, word);
	return token_take(p, word) ? OK : token_refuse(p, word, &near);
}

/* One of a list of words; refused with the whole list. */
Err token_take_word(Parser *p, const Word *words, size_t n, int *value)
{
	Nearest near = { p->token.text, NULL, 99 };
	for (size_t i = 0; i < n; i++) {
		if (token_take(p, words[i].word)) {
			*value = words[i].value;
			return OK;
		}
		nearest_add(&near, words[i].word);
	}
	Buf *list = buf_new(p->c->arena, 4096);
	for (size_t i = 0; i < n; i++)
		buf_printf(list, "%s%s", i == 0 ? "" : ", ", words[i].word);
	return token_refuse(p, str_z(p->c->arena, buf_str(list)), &near);
}

Err token_take_number(Parser *p, int64_t *n)
{
	if (p->token.kind != TOKEN_NUMBER)
		return token_refuse(p, T(p->c->lang, "a number"), NULL);
	*n = p->token.number;
	token_next(p);
	return OK;
}
