#include "base/utf8.h"

#include <assert.h>
#include <string.h>

/* Length of the sequence at s[i], or 0 when it is not well-formed. */
static size_t sequence(Str s, size_t i)
{
	unsigned char b0 = (unsigned char)s.ptr[i];
	if (b0 < 0x80)
		return 1;
	size_t n = b0 >= 0xC2 && b0 <= 0xDF ? 2 : (b0 & 0xF0) == 0xE0 ? 3 : b0 >= 0xF0 && b0 <= 0xF4 ? 4 : 0;
	if (n == 0 || i + n > s.len)
		return 0;
	unsigned char b1 = (unsigned char)s.ptr[i + 1];
	unsigned char low = b0 == 0xE0 ? 0xA0 : b0 == 0xF0 ? 0x90 : 0x80;
	unsigned char high = b0 == 0xED ? 0x9F : b0 == 0xF4 ? 0x8F : 0xBF;
	if (b1 < low || b1 > high)
		return 0;
	for (size_t k = 2; k < n; k++)
		if (((unsigned char)s.ptr[i + k] & 0xC0) != 0x80)
			return 0;
	return n;
}

bool utf8_valid(Str s, size_t *bad)
{
	for (size_t i = 0; i < s.len;) {
		/* Most text is ASCII: 32 bytes, or eight, at a time. */
		uint64_t word, four[4];
		if (s.len - i >= sizeof four) {
			memcpy(four, s.ptr + i, sizeof four);
			if (((four[0] | four[1] | four[2] | four[3]) & 0x8080808080808080u) == 0) {
				i += sizeof four;
				continue;
			}
		}
		if (s.len - i >= sizeof word) {
			memcpy(&word, s.ptr + i, sizeof word);
			if ((word & 0x8080808080808080u) == 0) {
				i += sizeof word;
				continue;
			}
		}
		size_t n = sequence(s, i);
		if (n == 0) {
			if (bad != NULL)
				*bad = i;
			return false;
		}
		i += n;
	}
	return true;
}

size_t utf8_length(Str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
	return n;
}

Str utf8_beginning(Str s, size_t most)
{
	if (s.len <= most)
		return s;
	while (most > 0 && ((unsigned char)s.ptr[most] & 0xC0) == 0x80)
		most--;
	return str_sub(s, 0, most);
}

bool utf8_has_controls(Str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];
		if ((ch < 0x20 && ch != '\t' && ch != '\n' && ch != '\r') || ch == 0x7F)
			return true;
		if (ch == 0xC2 && i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xA0)
			return true;
	}
	return false;
}

static uint32_t code_point(Str s, size_t i, size_t n)
{
	static const unsigned char lead[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
	uint32_t at = (unsigned char)s.ptr[i] & lead[n];
	for (size_t k = 1; k < n; k++)
		at = at << 6 | ((unsigned char)s.ptr[i + k] & 0x3F);
	return at;
}

/* Unicode's format characters (category Cf) that stand alone for nothing one sees, by range. */
static bool is_invisible(uint32_t at)
{
	static const uint32_t ranges[][2] = {
		{ 0x00AD, 0x00AD },   /* soft hyphen */
		{ 0x061C, 0x061C },   /* Arabic letter mark */
		{ 0x180E, 0x180E },   /* Mongolian vowel separator */
		{ 0x200B, 0x200F },   /* zero-width space and joiners, marks of direction */
		{ 0x202A, 0x202E },   /* embedding and override of direction */
		{ 0x2060, 0x206F },   /* word joiner, invisible operators, isolates */
		{ 0xFEFF, 0xFEFF },   /* byte order mark */
		{ 0xFFF9, 0xFFFB },   /* interlinear annotation */
		{ 0xE0000, 0xE007F }, /* tags */
	};
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (at >= ranges[i][0] && at <= ranges[i][1])
			return true;
	return false;
}

Str utf8_visible(Arena *a, Str s)
{
	enum { LINE_SEPARATOR = 0x2028, PARAGRAPH_SEPARATOR = 0x2029 };
	if (s.ptr == NULL)
		return s;
	char *p = arena_alloc(a, s.len + 1);
	size_t to = 0;
	for (size_t i = 0, n; i < s.len; i += n) {
		n = sequence(s, i);
		assert(n > 0);
		uint32_t at = code_point(s, i, n);
		if (at == LINE_SEPARATOR || at == PARAGRAPH_SEPARATOR) {
			p[to++] = ' ';
		} else if (!is_invisible(at)) {
			memcpy(p + to, s.ptr + i, n);
			to += n;
		}
	}
	p[to] = '\0';
	return (Str){ p, to };
}

/* The second byte of U+00C0–U+00FF (lead byte C3), folded to lower case; the
 * plain letter where Danish does not tell the accented one apart. */
static char plain_letter(unsigned char low)
{
	switch (low) {
	case 0xA0:
	case 0xA1:
	case 0xA2:
	case 0xA3: return 'a';
	case 0xA7: return 'c';
	case 0xA8:
	case 0xA9:
	case 0xAA:
	case 0xAB: return 'e';
	case 0xAC:
	case 0xAD:
	case 0xAE:
	case 0xAF: return 'i';
	case 0xB1: return 'n';
	case 0xB2:
	case 0xB3:
	case 0xB4:
	case 0xB5: return 'o';
	case 0xB9:
	case 0xBA:
	case 0xBB:
	case 0xBC: return 'u';
	case 0xBD:
	case 0xBF: return 'y';
	default: return 0;
	}
}

Str utf8_fold(Arena *a, Str s)
{
	if (s.ptr == NULL)
		return s;
	char *p = arena_alloc(a, s.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];
		if (ch >= 'A' && ch <= 'Z') {
			p[n++] = (char)(ch + 32);
		} else if (ch == 0xC3 && i + 1 < s.len) {
			unsigned char low = (unsigned char)s.ptr[++i];
			if (low >= 0x80 && low <= 0x9E && low != 0x97)
				low += 0x20;
			if (plain_letter(low) != 0) {
				p[n++] = plain_letter(low);
			} else {
				p[n++] = (char)0xC3;
				p[n++] = (char)low;
			}
		} else {
			p[n++] = (char)ch;
		}
	}
	return (Str){ p, n };
}
