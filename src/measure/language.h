/* language: the page that explains how indicators are written. Its model. */
#ifndef MEASURE_LANGUAGE_H
#define MEASURE_LANGUAGE_H

#include "html/html.h"
#include "measure/goal.h"

typedef struct {
	Str code, label;
} LanguageCode;

typedef struct {
	LanguageCode *at;
	size_t n;
} LanguageCodes;

/* One condition with what may stand behind it. */
typedef struct {
	const char *word, *behind; /* behind: an example, none when nothing follows */
	const char *means;         /* English, N_() */
	LanguageCodes codes;
} LanguageRule;

typedef struct {
	LanguageRule *at;
	size_t n;
} LanguageRules;

typedef struct {
	const char *word, *title; /* title: English, N_() */
	LanguageRules rules;
} LanguageThings;

typedef struct {
	LanguageThings *at;
	size_t n;
} LanguageThingsList;

typedef struct {
	Str goal, expression, words;
} LanguageExample;

typedef struct {
	LanguageExample *at;
	size_t n;
} LanguageExamples;

/* A question with the waves that ask it and its options. */
typedef struct {
	Str code, wording, waves;
	LanguageCodes options;
} LanguageQuestion;

typedef struct {
	LanguageQuestion *at;
	size_t n;
} LanguageQuestions;

typedef struct {
	Str programme; /* none: there is none yet */
	LanguageExamples examples;
	LanguageThingsList things;
	LanguageCodes partners; /* labels only */
	LanguageQuestions questions;
} LanguagePage;

#endif
