/* answers: citizens' answers for the evaluator, one row a response, under a pseudonym.
 *
 * Owns no table. Only of citizens whose consent to give them covers today
 * (CONSENT_ANSWERS), by one statement that finds nobody else; those who do not
 * consent are a count. No name, no number, no day: the month is the finest, the
 * rows stand in the order of their pseudonyms, and what was said in words is
 * left out. A citizen's pseudonym is the same in all rounds of a programme
 * (vault_pseudonym), so that start and end can be paired. The numbers of
 * evaluations are computed from all answers, as ever. Within one read; results
 * live in c->arena.
 */
#ifndef FEATURE_ANSWERS_H
#define FEATURE_ANSWERS_H

#include "answers_sql.h"
#include "base/buf.h"
#include "feature/survey/survey.h"

/* A column of the table: a question's, or one option's of a question with several answers. */
typedef struct {
	Str name; /* the question's code, "_" and the option's behind it */
	QuestionId question;
	QuestionKind kind;
	Str option; /* none: the whole question */
	Str wording;
	QuestionOptionList options;
} AnswersColumn;

typedef struct {
	Str choice;    /* none: not answered so */
	double number; /* NaN: none */
} AnswersCell;

typedef struct {
	ParticipantId who; /* for the audit; written nowhere */
	Str pseudonym;
	int64_t month; /* yyyymm */
	bool complete;
	AnswersCell *cells; /* as many as columns */
} AnswersRow;

typedef struct {
	Str code; /* the round's */
	AnswersColumn *columns;
	size_t column_count;
	AnswersRow *rows;
	size_t row_count;
} Answers;

/* The round's columns alone: nobody's answers are read. NOT_FOUND: no citizens' round of the programme. */
Err answers_columns(Ctx *c, ProgrammeId programme, WaveId wave, Answers *out) MUST_USE;
/* The rows, too. LIMIT: too many of them. */
Err answers_collect(Ctx *c, ProgrammeId programme, WaveId wave, Answers *out) MUST_USE;
/* The rows, with codes (format/csv_put.h). */
void answers_csv(Buf *out, const Answers *a);
/* What the columns and codes mean, in c->lang. */
void answers_codes_csv(Ctx *c, Buf *out, const Answers *a);

#endif
