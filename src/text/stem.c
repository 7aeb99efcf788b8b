#include "text/stem.h"

#include <assert.h>
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	Str form, stem;
} Exception;

enum { EXCEPTION_SLOTS = 1024 }; /* some four times as many as there are forms */

struct Stemmer {
	struct sb_stemmer *snowball;
	Exception exceptions[EXCEPTION_SLOTS]; /* by the form's hash */
};

/* Forms and the stem they get. */
static const struct {
	const char *forms, *stem;
} exceptions[] = {
	/* Another vowel. */
	{ "bøger bøgerne bøgernes bøgers", "bog" },
	{ "børn børnene børnenes børns børne", "barn" },
	{ "mænd mændene mændenes mænds", "mand" },
	{ "hænder hænderne hændernes hænders", "hånd" },
	{ "tænder tænderne tændernes", "tand" },
	{ "fødder fødderne føddernes", "fod" },
	{ "nætter nætterne", "nat" },
	{ "kræfter kræfterne kræfters", "kraft" },
	{ "rødder rødderne", "rod" },
	{ "ænder ænderne", "and" },
	{ "stænger stængerne", "stang" },
	{ "tænger tængerne", "tang" },
	{ "gæs gæssene", "gås" },
	{ "mus musene", "mus" },
	{ "bønder bønderne bøndernes", "bond" },
	{ "brødre brødrene brødrenes bror broren broder", "bror" },
	{ "mødre mødrene mødrenes mødres mor moren moder moderen", "mor" },
	{ "fædre fædrene fædrenes far faren fader faderen", "far" },
	{ "døtre døtrene døtrenes datter datteren", "datt" },
	{ "øje øjet øjne øjnene øjnenes", "øj" },
	{ "får fik fået få", "få" },
	{ "går gik gået gå gående", "gå" },
	{ "står stod stået stå stående", "stå" },
	{ "ser så set se", "se" },
	{ "giver gav givet give givne", "giv" },
	{ "tager tog taget tage tagne", "tag" },
	{ "hjælper hjalp hjulpet hjælpe hjælp hjælpen", "hjælp" },
	{ "finder fandt fundet finde fundne", "find" },
	{ "skriver skrev skrevet skrive skrevne", "skriv" },
	{ "bliver blev blevet blive blevne", "bliv" },
	{ "kommer kom kommet komme", "kom" },
	{ "siger sagde sagt sige", "sig" },
	{ "søger søgte søgt søge", "søg" },
	{ "vælger valgte valgt vælge", "vælg" },
	{ "sælger solgte solgt sælge", "sælg" },
	{ "spørger spurgte spurgt spørge", "spørg" },
	{ "gør gjorde gjort gøre", "gør" },
	{ "bryder brød brudt bryde", "bryd" },
	{ "lider led lidt lide", "lid" },
	{ "ansat ansatte ansattes ansætte ansætter ansættes ansættelse ansættelsen ansættelser", "ansæt" },
	{ "fastsat fastsatte fastsætte fastsætter", "fastsæt" },
	{ "iværksat iværksatte iværksætte iværksætter iværksættere", "iværksæt" },
	/* Words that are joined with others otherwise: tal, led, ret, virksom, under, lære. */
	{ "tale talen talens taler talerne talernes talte talt", "tale" },
	{ "ledig ledige lediges ledigt ledighed ledigheden ledighedens ledigheds", "ledig" },
	{ "virksomhed virksomheden virksomhedens virksomheder virksomhederne virksomhedernes virksomheders "
	  "virksomheds",
	  "virksomhed" },
	{ "mulighed muligheden muligheder mulighederne mulighedernes muligheders muligheds", "mulighed" },
	{ "enhed enheden enheder enhederne enheders enheds", "enhed" },
	{ "unge unges ung ungt", "ung" },
	{ "lighed ligheden ligheder lighederne", "lighed" },
	{ "frihed friheden friheder", "frihed" },
	{ "nyhed nyheden nyheder nyhederne", "nyhed" },
	{ "lærer læreren lærere lærerne lærernes læreres", "lærer" },
	{ "leder lederen ledere lederne ledernes lederes ledelse ledelsen ledelsens ledelser lede ledet ledede",
	  "leder" },
};

static size_t exception_slot(const Stemmer *s, Str form)
{
	size_t i = str_hash_quick(form) % EXCEPTION_SLOTS;
	while (s->exceptions[i].form.ptr != NULL && !str_eq(s->exceptions[i].form, form))
		i = (i + 1) % EXCEPTION_SLOTS;
	return i;
}

Str stem_exception(const Stemmer *s, Str word)
{
	return s->exceptions[exception_slot(s, word)].stem;
}

static void release(void *snowball)
{
	sb_stemmer_delete(snowball);
}

Stemmer *stem_new(Arena *a)
{
	Stemmer *s = ARENA_NEW(a, Stemmer);
	s->snowball = sb_stemmer_new("danish", "UTF_8");
	if (s->snowball == NULL)
		abort(); /* as an arena does without memory: the language is in every libstemmer */
	arena_defer(a, release, s->snowball);
	for (size_t i = 0; i < sizeof exceptions / sizeof exceptions[0]; i++) {
		Str forms = str_of(exceptions[i].forms), form;
		while (str_split(&forms, ' ', &form))
			s->exceptions[exception_slot(s, form)] = (Exception){ form, str_of(exceptions[i].stem) };
	}
	return s;
}

Str stem_snowball(Stemmer *s, Str word)
{
	const sb_symbol *stem = sb_stemmer_stem(s->snowball, (const sb_symbol *)word.ptr, (int)word.len);
	if (stem == NULL)
		return word;
	return (Str){ (const char *)stem, (size_t)sb_stemmer_length(s->snowball) };
}

static bool is_consonant(char ch)
{
	return ch != '\0' && strchr("bcdfghjklmnpqrstvwxz", ch) != NULL;
}

/* Cuts `ending` off where `least` bytes remain. */
static bool cut(Str *word, const char *ending, size_t least)
{
	Str end = str_of(ending);
	if (!str_ends(*word, end) || word->len < end.len + least)
		return false;
	word->len -= end.len;
	return true;
}

/* The verb that a noun is made of: afklar(ing), behandl(ing), vejled(ning), aktiv(ering), motiv(ation). */
static void cut_noun_endings(Str *stem)
{
	enum { LEAST = 4 };
	if (cut(stem, "ation", LEAST) || cut(stem, "ering", LEAST) || !cut(stem, "ing", LEAST))
		return;
	size_t n = stem->len;
	if (n > LEAST && stem->ptr[n - 1] == 'n' && is_consonant(stem->ptr[n - 2]))
		stem->len--;
}

/* "middel", "midler": midl; "center", "centre": cent. Both letters of a pair that the e has doubled become one. */
static size_t drop_fleeting_e(char *stem, size_t n)
{
	enum { LEAST = 4 };
	if (n >= LEAST && stem[n - 1] == 'l' && stem[n - 2] == 'e' && is_consonant(stem[n - 3])) {
		size_t kept = n >= LEAST + 1 && stem[n - 3] == stem[n - 4] ? n - 3 : n - 2;
		stem[kept] = 'l';
		return kept + 1;
	}
	bool fleeting = n >= LEAST && stem[n - 1] == 'r' && is_consonant(stem[n - 2]) && stem[n - 2] != 'r';
	return fleeting ? n - 1 : n;
}

Str stem_word(Stemmer *s, Str word, char *out)
{
	Str stem = stem_exception(s, word);
	if (!str_is_none(stem))
		return stem;
	assert(word.len <= STEM_MOST);
	stem = stem_snowball(s, word);
	cut_noun_endings(&stem);
	memcpy(out, stem.ptr, stem.len);
	return (Str){ out, drop_fleeting_e(out, stem.len) };
}
