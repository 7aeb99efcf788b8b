/* What the templates of ok/ show; each has its page_html(h, page) called in English and in Danish. */
#ifndef GOLDEN_DATA_H
#define GOLDEN_DATA_H

#include "html/html.h"

typedef struct {
	Str company;
	Str url;
	Date started, ended;
	int hours;
	double share;
} Row;

typedef struct {
	const Row *at;
	size_t n;
} Rows;

typedef struct {
	const Str *at;
	int n;
} Words;

typedef enum { KIND_FLEKSJOB, KIND_INTERNSHIP } Kind;
extern const EnumTable kind_table;

typedef struct {
	ParticipantId id;
	Str name, note, evil, none;
	const char *label;
	bool employed, away;
	Kind kind;
	int count, one;
	Time at;
	HtmlSafe chart;
	struct {
		Str street;
	} address;
	const Row *first;
} Who;

typedef struct {
	Who who;
	Rows rows, empty;
	Words words;
} Page;

#endif
