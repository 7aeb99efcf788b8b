/* words: how fast Danish text is analysed.
 *
 *     words < TEXT
 *
 * Prints in a line the words of a running text, the different ones among them, and words a second of one processor's
 * time: of the text once, each word new at first, and of the same text again. */
#include "base/buf.h"
#include "base/utf8.h"
#include "text/analyse.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { TEXT_BYTES_MOST = 256 << 20, PIECE = 1 << 16 };

static double seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double per_second(Analyser *an, Str text, size_t *words)
{
	double start = seconds();
	size_t at = 0;
	Str raw;
	*words = 0;
	while (analyse_next(an, text, &at, &raw) != NULL)
		(*words)++;
	return (double)*words / (seconds() - start);
}

int main(void)
{
	Arena *a = arena_new();
	Buf *b = buf_new(a, TEXT_BYTES_MOST);
	size_t words;
	ssize_t n = 1;
	while (n > 0) {
		char *room = buf_room(b, PIECE);
		n = room == NULL ? 0 : read(STDIN_FILENO, room, PIECE);
		b->len += n > 0 ? (size_t)n : 0;
	}
	Str text = buf_str(b);
	if (b->failed || n < 0 || !utf8_valid(text, NULL)) {
		fprintf(stderr, "words: no UTF-8, or more than %d bytes\n", TEXT_BYTES_MOST);
		return 1;
	}
	Analyser *an = analyse_new(a);
	double first = per_second(an, text, &words), again = per_second(an, text, &words);
	printf("%zu words, %u different; a second: first %.0f, again %.0f\n", words, analyse_count(an), first, again);
	arena_free(a);
	return 0;
}
