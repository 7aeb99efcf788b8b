#include "text/fold.h"

#include <string.h>
#include <utf8proc.h>

enum { RING = 0x030A, DIAERESIS = 0x0308, PIECES_MOST = 32 };

static bool is_ascii_word(unsigned char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9');
}

/* What a code point is to a word: part of it, nothing at all, or its end. */
typedef enum { WORD_LETTER, WORD_UNSEEN, WORD_END } WordPart;

static WordPart part_of(utf8proc_int32_t point)
{
	switch (utf8proc_category(point)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ND: return WORD_LETTER;
	case UTF8PROC_CATEGORY_CF: return WORD_UNSEEN;
	default: return WORD_END;
	}
}

/* The code point at `*at`, which moves on; -1 is never given for valid UTF-8. */
static utf8proc_int32_t next_point(Str text, size_t *at)
{
	utf8proc_int32_t point;
	utf8proc_ssize_t n =
		utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + *at, (utf8proc_ssize_t)(text.len - *at), &point);
	*at += n > 0 ? (size_t)n : 1;
	return point;
}

bool fold_next_word(Str text, size_t *at, Str *word)
{
	size_t from = text.len, i = *at, end = 0;
	while (i < text.len) {
		size_t here = i;
		unsigned char ch = (unsigned char)text.ptr[i];
		WordPart part =
			ch < 0x80 ? (is_ascii_word(ch) ? WORD_LETTER : WORD_END) : part_of(next_point(text, &i));
		i += ch < 0x80;
		if (part == WORD_LETTER) {
			from = from == text.len ? here : from;
			end = i;
		} else if (part == WORD_END && from < text.len) {
			i = here;
			break;
		}
	}
	*at = i;
	*word = str_sub(text, from, end);
	return from < text.len;
}

typedef struct {
	char *out;
	size_t n;
	bool full;
} Folded;

static void put(Folded *f, utf8proc_int32_t point)
{
	utf8proc_uint8_t bytes[4];
	size_t n = (size_t)utf8proc_encode_char(point, bytes);
	if (f->full || f->n + n > FOLD_MOST) {
		f->full = true;
		return;
	}
	memcpy(f->out + f->n, bytes, n);
	f->n += n;
}

/* Gives the letter before it the mark where Danish knows it as a letter; every other mark is dropped. */
static void put_mark(Folded *f, utf8proc_int32_t mark)
{
	char before = f->n > 0 ? f->out[f->n - 1] : '\0';
	utf8proc_int32_t letter = before == 'a' && mark == RING        ? 0xE5
				  : before == 'a' && mark == DIAERESIS ? 0xE6
				  : before == 'o' && mark == DIAERESIS ? 0xF8
								       : 0;
	if (letter == 0)
		return;
	f->n--;
	put(f, letter);
}

size_t fold_word(Str word, char *out)
{
	Folded f = { .out = out };
	for (size_t i = 0; i < word.len && !f.full;) {
		utf8proc_int32_t pieces[PIECES_MOST];
		utf8proc_ssize_t n = utf8proc_decompose_char(
			next_point(word, &i), pieces, PIECES_MOST,
			UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, NULL);
		for (utf8proc_ssize_t k = 0; k < n && k < PIECES_MOST; k++) {
			if (utf8proc_category(pieces[k]) == UTF8PROC_CATEGORY_MN)
				put_mark(&f, pieces[k]);
			else
				put(&f, pieces[k]);
		}
	}
	(void)fold_replace(out, f.n, "aa", "\xC3\xA5");
	return f.n;
}

bool fold_replace(char *word, size_t n, const char from[2], const char to[2])
{
	bool any = false;
	for (size_t i = 0; i + 1 < n; i++)
		if (word[i] == from[0] && word[i + 1] == from[1]) {
			memcpy(word + i++, to, 2);
			any = true;
		}
	return any;
}
