/* utf8: is it text, and how long is it. Pure. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* Well-formed UTF-8 (RFC 3629: no surrogates, nothing over-long). On failure
 * *bad, if given, is the offset of the first wrong byte. */
bool utf8_valid(Str s, size_t *bad);
/* Code points in valid UTF-8. */
size_t utf8_length(Str s);
/* At most `most` bytes of valid UTF-8 from its beginning, cut between two letters. */
Str utf8_beginning(Str s, size_t most);
/* Holds control characters other than tab, line feed and carriage return. */
bool utf8_has_controls(Str s);
/* Without what nobody sees and what turns the order of the letters around: zero-width and soft characters, marks and
 * overrides of direction, tags. Line and paragraph separators become blanks. Valid UTF-8 in and out, in the arena. */
Str utf8_visible(Arena *a, Str s);
/* Lower case for searching and sorting: ASCII, Latin-1 and the Danish letters;
 * é becomes e, aa stays. Valid UTF-8 in, valid UTF-8 out, in the arena. */
Str utf8_fold(Arena *a, Str s);

#endif
