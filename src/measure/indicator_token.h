/* indicator_token: the words of an indicator, one at a time.
 *
 * Private to the parser. A Parser looks at one token; what is wrong is refused
 * with its column, what was expected and the likeliest meaning.
 */
#ifndef MEASURE_INDICATOR_TOKEN_H
#define MEASURE_INDICATOR_TOKEN_H

#include "measure/indicator.h"

typedef enum { TOKEN_END, TOKEN_WORD, TOKEN_NUMBER, TOKEN_DATE, TOKEN_STRING, TOKEN_MARK, TOKEN_WRONG } TokenKind;

typedef struct {
	TokenKind kind;
	Str text;
	int64_t number;
	Period period; /* of a TOKEN_DATE or a year */
	size_t at;
} Token;

typedef struct {
	Ctx *c;
	const char *field;
	Str source;
	size_t next; /* offset behind `token` */
	Token token; /* the one looked at */
	int depth;
} Parser;

typedef struct {
	const char *word;
	int value;
} Word;

#define WORDS(list) (list), sizeof(list) / sizeof((list)[0])

/* The known word nearest to what was typed. */
typedef struct {
	Str typed;
	const char *best;
	int distance;
} Nearest;

void nearest_add(Nearest *n, const char *word);

/* Looks at the next token. */
void token_next(Parser *p);
/* 1-based character of an offset. */
int64_t token_column(const Parser *p, size_t at);
bool token_is(const Parser *p, const char *word);
/* If it is the word, goes on behind it. */
bool token_take(Parser *p, const char *word);

/* Refuses the token looked at; `near` may be NULL. Always INVALID. */
Err token_refuse(Parser *p, const char *expected, const Nearest *near);
MUST_USE Err token_expect(Parser *p, const char *word);
/* One of a list of words; refused with the whole list. */
MUST_USE Err token_take_word(Parser *p, const Word *words, size_t n, int *value);
MUST_USE Err token_take_number(Parser *p, int64_t *n);

#endif
