#include "evidence/dedupe/municipalities.h"

#include "base/danish.h"
#include "evidence/dedupe/normalise.h"

#include <stdlib.h>

enum { NAME_WORDS_MOST = 3, NAMES_MOST = 500 };

/* Names that ended with the reform, and other names in use, by the code of the municipality of today. */
static const struct {
	int code;
	const char *names; /* parted by commas */
} followed[] = {
	{ 169, "Taastrup" },
	{ 210, "Fredensborg-Humlebæk,Karlebo" },
	{ 219, "Skævinge" },
	{ 230, "Birkerød,Søllerød" },
	{ 240, "Ledøje-Smørum,Stenløse,Ølstykke" },
	{ 250, "Jægerspris,Skibby,Slangerup" },
	{ 259, "Skovbo" },
	{ 260, "Frederiksværk,Hundested,Frederiksværk-Hundested" },
	{ 265, "Gundsø,Ramsø" },
	{ 270, "Græsted-Gilleleje,Helsinge" },
	{ 306, "Dragsholm,Nykøbing-Rørvig,Trundholm" },
	{ 316, "Jernløse,Svinninge,Tornved,Tølløse" },
	{ 320, "Fakse,Haslev,Rønnede" },
	{ 326, "Bjergsted,Gørlev,Hvidebæk,Høng" },
	{ 330, "Hashøj,Korsør,Skælskør" },
	{ 336, "Vallø" },
	{ 340, "Dianalund,Stenlille" },
	{ 350, "Bramsnæs,Hvalsø" },
	{ 360, "Holeby,Højreby,Maribo,Nakskov,Ravnsborg,Rudbjerg,Rødby" },
	{ 370, "Fladså,Fuglebjerg,Holmegaard,Suså" },
	{ 376, "Nykøbing Falster,Nørre Alslev,Nysted,Sakskøbing,Stubbekøbing,Sydfalster" },
	{ 390, "Langebæk,Møn,Præstø" },
	{ 400, "Allinge-Gudhjem,Hasle,Nexø,Rønne,Aakirkeby" },
	{ 410, "Ejby,Nørre Aaby" },
	{ 420, "Glamsbjerg,Haarby,Tommerup,Vissenbjerg,Aarup" },
	{ 430, "Broby,Faaborg,Ringe,Ryslinge,Årslev" },
	{ 440, "Langeskov,Munkebo" },
	{ 450, "Ørbæk,Ullerslev" },
	{ 479, "Egebjerg,Gudme" },
	{ 480, "Nordfyn,Bogense,Otterup,Søndersø" },
	{ 482, "Rudkøbing,Sydlangeland,Tranekær" },
	{ 492, "Marstal,Ærøskøbing" },
	{ 510, "Gram,Vojens" },
	{ 530, "Grindsted" },
	{ 540, "Augustenborg,Broager,Gråsten,Nordborg,Sundeved,Sydals" },
	{ 550, "Bredebro,Højer,Løgumkloster,Nørre-Rangstrup,Skærbæk" },
	{ 561, "Bramming,Ribe" },
	{ 573, "Blåbjerg,Blåvandshuk,Helle,Ølgod" },
	{ 575, "Brørup,Holsted,Rødding" },
	{ 580, "Bov,Lundtoft,Rødekro,Tinglev" },
	{ 615, "Brædstrup,Gedved" },
	{ 621, "Christiansfeld,Lunderskov,Vamdrup" },
	{ 630, "Børkop,Egtved,Give,Jelling" },
	{ 657, "Aulum-Haderup,Avlum-Haderup,Trehøje,Aaskov" },
	{ 661, "Ulfborg-Vemb,Vinderup" },
	{ 665, "Thyborøn-Harboøre" },
	{ 671, "Thyholm" },
	{ 706, "Ebeltoft,Midtdjurs,Rosenholm,Rønde" },
	{ 707, "Grenaa,Nørre Djurs,Rougsø,Sønderhald" },
	{ 710, "Hadsten,Hammel,Hinnerup,Hvorslev" },
	{ 730, "Langå,Nørhald,Purhus" },
	{ 740, "Gjern,Kjellerup,Them" },
	{ 746, "Galten,Hørning,Ry" },
	{ 756, "Ikast,Brande,Nørre-Snede" },
	{ 760, "Egvad,Holmsland,Ringkøbing,Skjern,Videbæk" },
	{ 766, "Juelsminde,Tørring-Uldum" },
	{ 773, "Mors" },
	{ 779, "Sallingsund,Spøttrup,Sundsøre" },
	{ 787, "Hanstholm,Sydthy" },
	{ 791, "Bjerringbro,Fjends,Karup,Møldrup,Tjele" },
	{ 810, "Dronninglund" },
	{ 813, "Skagen,Sæby" },
	{ 820, "Vesthimmerland,Farsø,Løgstør,Aars,Aalestrup" },
	{ 840, "Nørager,Skørping,Støvring" },
	{ 846, "Arden,Hadsund,Hobro,Mariager" },
	{ 849, "Aabybro,Brovst,Fjerritslev,Pandrup" },
	{ 851, "Hals,Nibe,Sejlflod" },
	{ 860, "Hirtshals,Løkken-Vrå,Sindal" },
};

typedef struct {
	uint64_t name; /* normalise_joined */
	int code;
} Entry;

struct Municipalities {
	Entry at[NAMES_MOST];
	size_t count;
};

static int by_name(const void *a, const void *b)
{
	uint64_t x = ((const Entry *)a)->name, y = ((const Entry *)b)->name;
	return (x > y) - (x < y);
}

static void add(Municipalities *m, Arena *a, Str name, int code)
{
	m->at[m->count++] = (Entry){ normalise_joined(normalise_words(a, name)), code };
}

const Municipalities *municipalities_new(Arena *a)
{
	Municipalities *m = ARENA_NEW(a, Municipalities);
	for (size_t i = 0; i < municipality_count; i++)
		add(m, a, str_of(municipalities[i].name), municipalities[i].code);
	for (size_t i = 0; i < sizeof followed / sizeof followed[0]; i++) {
		Str names = str_of(followed[i].names), name;
		while (str_split(&names, ',', &name))
			add(m, a, name, followed[i].code);
	}
	qsort(m->at, m->count, sizeof m->at[0], by_name);
	return m;
}

/* 0: nobody is called so; the genitive ("Herning's" in Danish: "Hernings") is tried too. */
static int code_of(const Municipalities *m, Str name)
{
	for (int genitive = 0; genitive < 2 && name.len > 0; genitive++) {
		Entry wanted = { .name = normalise_joined(name) };
		const Entry *found = bsearch(&wanted, m->at, m->count, sizeof wanted, by_name);
		if (found != NULL)
			return found->code;
		if (!str_ends(name, STR("s")))
			return 0;
		name.len--;
	}
	return 0;
}

static bool says_municipality(Str word)
{
	return str_eq(word, STR("kommune")) || str_eq(word, STR("kommunes")) || str_eq(word, STR("kommuner")) ||
	       str_eq(word, STR("kom")) || str_eq(word, STR("municipality"));
}

static bool says_job_centre(Str word)
{
	return str_starts(word, STR("jobcent"));
}

static uint32_t note(int code, int *codes, uint32_t n, uint32_t most)
{
	uint32_t at = 0;
	while (at < n && codes[at] < code)
		at++;
	if (n == most || (at < n && codes[at] == code))
		return n;
	for (uint32_t i = n; i > at; i--)
		codes[i] = codes[i - 1];
	codes[at] = code;
	return n + 1;
}

uint32_t municipalities_named(const Municipalities *m, Arena *a, Str text, bool all, int *codes, uint32_t most)
{
	Str rest = normalise_words(a, text), words[NAME_WORDS_MOST + 2] = { STR("") };
	uint32_t n = 0;
	/* words[1…NAME_WORDS_MOST] is where a name may begin, words[0] what stands before it. */
	for (size_t i = 1; i < NAME_WORDS_MOST + 2; i++)
		if (!normalise_next(&rest, &words[i]))
			words[i] = (Str){ rest.ptr, 0 };
	while (words[1].len > 0) {
		for (size_t length = NAME_WORDS_MOST; length > 0; length--) {
			Str last = words[length], behind = words[length + 1];
			if (last.len == 0)
				continue;
			int code = code_of(m, (Str){ words[1].ptr, (size_t)(last.ptr + last.len - words[1].ptr) });
			if (code == 0 || !(all || says_municipality(behind) || says_job_centre(words[0])))
				continue;
			n = note(code, codes, n, most);
			break;
		}
		for (size_t i = 0; i < NAME_WORDS_MOST + 1; i++)
			words[i] = words[i + 1];
		if (!normalise_next(&rest, &words[NAME_WORDS_MOST + 1]))
			words[NAME_WORDS_MOST + 1] = (Str){ rest.ptr, 0 };
	}
	return n;
}
