#include "evidence/dedupe/organisations.h"

#include "evidence/dedupe/normalise.h"

/* Names and abbreviations, in normal form, with the name of today. */
static const struct {
	const char *name, *today;
} names[] = {
	{ "ams", "STAR" },
	{ "arbejdsmarkedsstyrelsen", "STAR" },
	{ "styrelsen for fastholdelse og rekruttering", "STAR" },
	{ "sfr", "STAR" },
	{ "styrelsen for arbejdsmarked og rekruttering", "STAR" },
	{ "servicestyrelsen", "Socialstyrelsen" },
	{ "social og boligstyrelsen", "Socialstyrelsen" },
	{ "esf", "Den Europæiske Socialfond" },
	{ "socialfonden", "Den Europæiske Socialfond" },
	{ "eus socialfond", "Den Europæiske Socialfond" },
	{ "european social fund", "Den Europæiske Socialfond" },
	{ "velfardsministeriet", "Socialministeriet" },
	{ "indenrigs og socialministeriet", "Socialministeriet" },
	{ "social og integrationsministeriet", "Socialministeriet" },
	{ "dsi", "Danske Handicaporganisationer" },
	{ "dh", "Danske Handicaporganisationer" },
	{ "de samvirkende invalideorganisationer", "Danske Handicaporganisationer" },
	{ "spastikerforeningen", "CP Danmark" },
	{ "dansk blindesamfund", "DBS" },
	{ "danske doves landsforbund", "DDL" },
	{ "instituttet for blinde og svagsynede", "IBOS" },
	{ "instituttet for blinde og svagtseende", "IBOS" },
};

Str organisation_today(Arena *a, Str text)
{
	Str form = normalise_words(a, text);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (str_eq_z(form, names[i].name))
			return str_of(names[i].today);
	return text;
}
