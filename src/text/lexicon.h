/* lexicon: the words that Danish compounds are made of, within the program.
 *
 * tools/words2c makes it of hunspell-da's word list when the program is built: an
 * acyclic graph whose paths are the folded forms (Daciuk et al. 2000,
 * Computational Linguistics 26:3–16), walked letter by letter, so that all words
 * that begin at a place are found in one pass. Constant, shared by all threads;
 * no file is read at run time.
 */
#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H

#include "base/str.h"

/* How the form stands before another word: as it is (job|center), with a letter of its own added (arbejdsmarked|s|),
 * or with one in the place of its last (arbejde, arbejds|marked). */
typedef enum { LINK_NONE, LINK_ADDED, LINK_CHANGED } Link;

/* What a form may be. Costs are in bits (compound.h), rounded to classes. */
typedef struct {
	bool word;      /* stands alone */
	int begin_cost; /* before another word; 0: it does not stand there */
	int end_cost;   /* last; 0: it does not stand there */
	Link link;      /* where begin_cost > 0 */
} LexiconForm;

enum { LEXICON_CLASSES = 16 };

/* An edge: the byte it stands for, whether it is its node's last, and the first edge of the node it leads to (0: none).
 * `forms` says beside each edge what the path ending with it is. */
typedef struct {
	const uint32_t *edges;
	const uint16_t *forms;
	uint32_t root; /* first edge */
} Lexicon;

enum { EDGE_LAST = 1 << 8, EDGE_TARGET_SHIFT = 9 };

/* Of hunspell-da. */
extern const Lexicon lexicon_danish;

/* From the node `*at` (lexicon->root at first) by one byte. False: nothing goes on so. */
bool lexicon_step(const Lexicon *x, uint32_t *at, char byte, LexiconForm *form);
/* A whole form. False: it is none. */
bool lexicon_find(const Lexicon *x, Str word, LexiconForm *form);

/* The class whose cost is nearest to `bits` (1 and above), and the packed form of the tables. */
int lexicon_class(double bits);
uint16_t lexicon_pack(bool word, int begin_class, int end_class, Link link);

#endif
