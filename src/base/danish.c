#include "base/danish.h"

#include "base/utf8.h"

#include <string.h>

const Municipality municipalities[] = {
	{ 101, "København" },
	{ 147, "Frederiksberg" },
	{ 151, "Ballerup" },
	{ 153, "Brøndby" },
	{ 155, "Dragør" },
	{ 157, "Gentofte" },
	{ 159, "Gladsaxe" },
	{ 161, "Glostrup" },
	{ 163, "Herlev" },
	{ 165, "Albertslund" },
	{ 167, "Hvidovre" },
	{ 169, "Høje-Taastrup" },
	{ 173, "Lyngby-Taarbæk" },
	{ 175, "Rødovre" },
	{ 183, "Ishøj" },
	{ 185, "Tårnby" },
	{ 187, "Vallensbæk" },
	{ 190, "Furesø" },
	{ 201, "Allerød" },
	{ 210, "Fredensborg" },
	{ 217, "Helsingør" },
	{ 219, "Hillerød" },
	{ 223, "Hørsholm" },
	{ 230, "Rudersdal" },
	{ 240, "Egedal" },
	{ 250, "Frederikssund" },
	{ 253, "Greve" },
	{ 259, "Køge" },
	{ 260, "Halsnæs" },
	{ 265, "Roskilde" },
	{ 269, "Solrød" },
	{ 270, "Gribskov" },
	{ 306, "Odsherred" },
	{ 316, "Holbæk" },
	{ 320, "Faxe" },
	{ 326, "Kalundborg" },
	{ 329, "Ringsted" },
	{ 330, "Slagelse" },
	{ 336, "Stevns" },
	{ 340, "Sorø" },
	{ 350, "Lejre" },
	{ 360, "Lolland" },
	{ 370, "Næstved" },
	{ 376, "Guldborgsund" },
	{ 390, "Vordingborg" },
	{ 400, "Bornholm" },
	{ 410, "Middelfart" },
	{ 420, "Assens" },
	{ 430, "Faaborg-Midtfyn" },
	{ 440, "Kerteminde" },
	{ 450, "Nyborg" },
	{ 461, "Odense" },
	{ 479, "Svendborg" },
	{ 480, "Nordfyns" },
	{ 482, "Langeland" },
	{ 492, "Ærø" },
	{ 510, "Haderslev" },
	{ 530, "Billund" },
	{ 540, "Sønderborg" },
	{ 550, "Tønder" },
	{ 561, "Esbjerg" },
	{ 563, "Fanø" },
	{ 573, "Varde" },
	{ 575, "Vejen" },
	{ 580, "Aabenraa" },
	{ 607, "Fredericia" },
	{ 615, "Horsens" },
	{ 621, "Kolding" },
	{ 630, "Vejle" },
	{ 657, "Herning" },
	{ 661, "Holstebro" },
	{ 665, "Lemvig" },
	{ 671, "Struer" },
	{ 706, "Syddjurs" },
	{ 707, "Norddjurs" },
	{ 710, "Favrskov" },
	{ 727, "Odder" },
	{ 730, "Randers" },
	{ 740, "Silkeborg" },
	{ 741, "Samsø" },
	{ 746, "Skanderborg" },
	{ 751, "Aarhus" },
	{ 756, "Ikast-Brande" },
	{ 760, "Ringkøbing-Skjern" },
	{ 766, "Hedensted" },
	{ 773, "Morsø" },
	{ 779, "Skive" },
	{ 787, "Thisted" },
	{ 791, "Viborg" },
	{ 810, "Brønderslev" },
	{ 813, "Frederikshavn" },
	{ 820, "Vesthimmerlands" },
	{ 825, "Læsø" },
	{ 840, "Rebild" },
	{ 846, "Mariagerfjord" },
	{ 849, "Jammerbugt" },
	{ 851, "Aalborg" },
	{ 860, "Hjørring" },
};
const size_t municipality_count = sizeof municipalities / sizeof municipalities[0];

const char *municipality_name(int64_t code)
{
	for (size_t i = 0; i < municipality_count; i++)
		if (municipalities[i].code == code)
			return municipalities[i].name;
	return NULL;
}

/* Copies the digits of `s`, dropping `skip` characters; false unless exactly n. */
static bool take_digits(Str s, const char *skip, size_t n, char *out)
{
	size_t have = 0;
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (ch != '\0' && strchr(skip, ch) != NULL)
			continue;
		if (ch < '0' || ch > '9' || have == n)
			return false;
		out[have++] = ch;
	}
	out[have] = '\0';
	return have == n;
}

static int weighted_sum(const char *digits, const int *weights, int n)
{
	int sum = 0;
	for (int i = 0; i < n; i++)
		sum += (digits[i] - '0') * weights[i];
	return sum;
}

static int two(const char *at)
{
	return (at[0] - '0') * 10 + (at[1] - '0');
}

static int century(int digit7, int yy)
{
	if (digit7 <= 3)
		return 1900;
	if (digit7 == 4 || digit7 == 9)
		return yy <= 36 ? 2000 : 1900;
	return yy <= 57 ? 2000 : 1800;
}

bool cpr_parse(Str s, Cpr *out)
{
	static const int weights[] = { 4, 3, 2, 7, 6, 5, 4, 3, 2, 1 };
	Cpr v = { 0 };
	size_t mark = s.len >= 5 ? s.len - 5 : 0;
	bool marked = s.len == 11 && (s.ptr[mark] == '-' || s.ptr[mark] == ' ');
	if (s.len != (marked ? 11u : 10u) || !take_digits(s, marked ? "- " : "", 10, v.digits))
		return false;
	int day = two(v.digits), month = two(v.digits + 2), yy = two(v.digits + 4);
	v.replacement = day > 60;
	v.born = date_of(century(v.digits[6] - '0', yy) + yy, month, v.replacement ? day - 60 : day);
	v.male = (v.digits[9] - '0') % 2 == 1;
	v.checks = weighted_sum(v.digits, weights, 10) % 11 == 0;
	if (v.born == DATE_NONE)
		return false;
	*out = v;
	return true;
}

bool cvr_parse(Str s, char digits[9])
{
	static const int weights[] = { 2, 7, 6, 5, 4, 3, 2, 1 };
	char d[9];
	if (!take_digits(s, " ", 8, d) || d[0] == '0' || weighted_sum(d, weights, 8) % 11 != 0)
		return false;
	if (digits != NULL)
		memcpy(digits, d, sizeof d);
	return true;
}

bool p_number_parse(Str s, char digits[11])
{
	char d[11];
	if (!take_digits(s, " ", 10, d))
		return false;
	if (digits != NULL)
		memcpy(digits, d, sizeof d);
	return true;
}

Str danish_sort_key(Arena *a, Str s)
{
	Str folded = utf8_fold(a, s);
	char *out = arena_alloc(a, folded.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < folded.len; i++) {
		unsigned char next = i + 1 < folded.len ? (unsigned char)folded.ptr[i + 1] : 0;
		bool danish = (unsigned char)folded.ptr[i] == 0xC3 && (next == 0xA6 || next == 0xB8 || next == 0xA5);
		if (folded.ptr[i] == 'a' && next == 'a') {
			out[n++] = '}'; /* Aagaard stands at å */
			i++;
		} else if (danish) {
			out[n++] = next == 0xA6 ? '{' : next == 0xB8 ? '|' : '}';
			i++;
		} else {
			out[n++] = folded.ptr[i];
		}
	}
	return (Str){ out, n };
}

Str danish_search_key(Arena *a, Str s)
{
	Str key = danish_sort_key(a, s);
	char *out = arena_alloc(a, 2 * key.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < key.len; i++) {
		bool long_a = key.ptr[i] == '}';
		out[n++] = long_a ? 'a' : key.ptr[i];
		if (long_a)
			out[n++] = 'a';
	}
	return (Str){ out, n };
}
