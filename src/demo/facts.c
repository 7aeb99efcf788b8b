#include "base/file.h"
#include "demo/facts_table.h"
#include "demo/register.h"

#include <assert.h>
#include <string.h>

enum { FILE_MOST = 1 << 20 };

static size_t lines_of(Str bytes)
{
	size_t lines = 1;
	for (size_t at = 0; (at = str_find(bytes, '\n', at)) != SIZE_MAX; at++)
		lines++;
	return lines;
}

static Err read_rows(FactLoader *l, Str bytes, const char *columns, FactRow row)
{
	Csv csv;
	RETURN_IF_ERR(csv_open(l->c, bytes, NULL, &csv));
	int column[FACT_COLUMNS_MOST], n = 0;
	Str rest = str_of(columns), name;
	while (str_split(&rest, ' ', &name)) {
		assert(n < FACT_COLUMNS_MOST);
		RETURN_IF_ERR(csv_column_required(&csv, str_z(l->c->arena, name), &column[n++]));
	}
	l->rows = lines_of(bytes);
	l->column = column;
	for (bool more;;) {
		RETURN_IF_ERR(csv_next(&csv, &more));
		if (!more)
			return OK;
		RETURN_IF_ERR(row(l, &csv));
	}
}

Err facts_each_row(FactLoader *l, const char *file, const char *columns, FactRow row)
{
	Ctx *c = l->c;
	size_t known = c->problem_count;
	Str bytes;
	RETURN_IF_ERR(file_read(c, str_printf(c->arena, "%s/%s", l->folder, file), FILE_MOST, &bytes));
	Err e = read_rows(l, bytes, columns, row);
	l->column = NULL;
	for (size_t i = known; i < c->problem_count && i < PROBLEMS_MOST; i++)
		c->problems[i].message = str_printf(c->arena, "%s: %.*s", file, STR_ARG(c->problems[i].message));
	return e;
}

Str facts_field(const FactLoader *l, const Csv *csv, int i)
{
	return csv_field(csv, l->column[i]);
}

Err facts_int(const FactLoader *l, const Csv *csv, int i, int *out)
{
	int64_t n;
	RETURN_IF_ERR(csv_int(csv, l->column[i], &n));
	if (n < 0 || n > FACT_NUMBER_MOST)
		return csv_refuse(csv, l->column[i], "%s", T(l->c->lang, "The number is out of range"));
	*out = (int)n;
	return OK;
}

Err facts_int_or(const FactLoader *l, const Csv *csv, int i, int none, int *out)
{
	*out = none;
	return str_is_empty(facts_field(l, csv, i)) ? OK : facts_int(l, csv, i, out);
}

/* What programme.csv and choices.csv tell, one key a row. */
typedef enum { KEY_INT, KEY_DATE, KEY_REAL, KEY_TEXT } KeyType;

typedef struct {
	const char *key;
	KeyType type;
	size_t offset;
	bool optional;
} Key;

#define KEY(name, key_type, member)                                              \
	{                                                                        \
		.key = name, .type = key_type, .offset = offsetof(Facts, member) \
	}

static const Key keys[] = {
	KEY("code", KEY_TEXT, code),
	KEY("name", KEY_TEXT, name),
	KEY("places_why", KEY_TEXT, places_why),
	KEY("start", KEY_DATE, start),
	KEY("end", KEY_DATE, end),
	KEY("intake_first", KEY_DATE, intake_first),
	KEY("intake_last", KEY_DATE, intake_last),
	KEY("status_date", KEY_DATE, status_date),
	KEY("participants", KEY_INT, participants),
	KEY("participants_target_original", KEY_INT, places_original),
	KEY("participants_target_revised", KEY_INT, places_revised),
	KEY("start_questionnaires", KEY_INT, answered[WAVE_START_CITIZEN]),
	KEY("end_questionnaires", KEY_INT, answered[WAVE_END_CITIZEN]),
	KEY("company_questionnaires", KEY_INT, answered[WAVE_END_COMPANY]),
	KEY("age_mean", KEY_REAL, age_mean),
	KEY("age_min", KEY_INT, age_min),
	KEY("age_max", KEY_INT, age_max),
	KEY("contacts_total", KEY_INT, contacts_total),
	KEY("contacts_meeting", KEY_INT, contacts_meeting),
	KEY("contacts_remote", KEY_INT, contacts_remote),
	KEY("contacts_company", KEY_INT, contacts_company),
	KEY("internships", KEY_INT, internships),
	KEY("employments", KEY_INT, employments),
	KEY("employments_over_6_months", KEY_INT, employments_long),
	KEY("ever_employed", KEY_INT, ever_employed),
	KEY("cafe_courses", KEY_INT, cafe_courses),
	KEY("cafe_participants", KEY_INT, cafe_participants),
	KEY("mentors_matched", KEY_INT, mentors_matched),
	KEY("mentor_network_meetings_held", KEY_INT, mentor_meetings_held),
	KEY("employed_at_admission", KEY_INT, employed_at_admission),
	KEY("pension_granted", KEY_INT, status[REG_STATUS_PENSION_GRANTED]),
	{ .key = "admitted_by", .type = KEY_DATE, .offset = offsetof(Facts, admitted_by), .optional = true },
	{ .key = "admitted_by_count", .type = KEY_INT, .offset = offsetof(Facts, admitted_by_count), .optional = true },
	KEY("end_incomplete", KEY_INT, end_incomplete),
	KEY("company_contacts_retention_percent", KEY_INT, retention_percent),
	KEY("open_jobs_long_percent", KEY_INT, open_jobs_long_percent),
	KEY("gap_days", KEY_INT, gap_days),
	KEY("months_to_job_least", KEY_INT, months_to_job_least),
	KEY("months_to_job_most", KEY_INT, months_to_job_most),
	KEY("followup_job_months", KEY_INT, followup_job_months),
	KEY("followup_internship_days", KEY_INT, followup_internship_days),
	KEY("internship_weeks_least", KEY_INT, internship_weeks_least),
	KEY("internship_weeks_most", KEY_INT, internship_weeks_most),
	KEY("retention_months", KEY_INT, retention_months),
	KEY("cafe_sessions", KEY_INT, cafe_sessions),
	KEY("mentors_unmatched", KEY_INT, mentors_unmatched),
	KEY("end_wave_opens", KEY_DATE, end_wave_opens),
	KEY("mail_domain", KEY_TEXT, mail_domain),
};

enum { KEY_COUNT = sizeof keys / sizeof keys[0] };

static Err read_key(FactLoader *l, const Csv *csv, const Key *key)
{
	char *at = (char *)l->f + key->offset;
	Str text = facts_field(l, csv, 1);
	int64_t whole;
	int number;
	double real;
	Date day;
	switch (key->type) {
	case KEY_INT:
		if (!str_to_int(text, &whole) || facts_int(l, csv, 1, &number) != OK)
			return csv_refuse(csv, l->column[1], T(l->c->lang, "%s must be a whole number"), key->key);
		memcpy(at, &number, sizeof number);
		return OK;
	case KEY_REAL:
		if (!str_to_real(text, &real))
			return csv_refuse(csv, l->column[1], T(l->c->lang, "%s must be a number"), key->key);
		memcpy(at, &real, sizeof real);
		return OK;
	case KEY_DATE:
		if (!date_parse(text, &day))
			return csv_refuse(csv, l->column[1], T(l->c->lang, "%s must be a date"), key->key);
		memcpy(at, &day, sizeof day);
		return OK;
	case KEY_TEXT: break;
	}
	text = str_dup(l->c->arena, text);
	memcpy(at, &text, sizeof text);
	return OK;
}

/* Other keys are told to people only. */
static Err key_row(FactLoader *l, const Csv *csv)
{
	Str name = facts_field(l, csv, 0);
	for (int i = 0; i < KEY_COUNT; i++) {
		if (!str_eq_z(name, keys[i].key))
			continue;
		if (l->keys_seen & (UINT64_C(1) << i))
			return csv_refuse(csv, l->column[0], T(l->c->lang, "%s stands here twice"), keys[i].key);
		l->keys_seen |= UINT64_C(1) << i;
		return read_key(l, csv, &keys[i]);
	}
	return OK;
}

static Err read_keys(FactLoader *l)
{
	_Static_assert(KEY_COUNT <= 64, "one bit a key");
	l->f->admitted_by = DATE_NONE;
	RETURN_IF_ERR(facts_each_row(l, "programme.csv", "key value", key_row));
	RETURN_IF_ERR(facts_each_row(l, "choices.csv", "key value", key_row));
	Err e = OK;
	for (int i = 0; i < KEY_COUNT; i++)
		if (!keys[i].optional && !(l->keys_seen & (UINT64_C(1) << i)))
			e = refuse(l->c, keys[i].key, T(l->c->lang, "%s is missing in programme.csv and choices.csv"),
				   keys[i].key);
	return e;
}

static Err organisation_row(FactLoader *l, const Csv *csv)
{
	Facts *f = l->f;
	if (!f->organisations)
		f->organisations = ARENA_ARRAY(l->c->arena, l->rows, FactOrganisation);
	FactOrganisation *o = &f->organisations[f->organisation_count++];
	Str role = facts_field(l, csv, 0);
	int r = 0;
	while (r < FACT_COUNT && !str_eq_z(role, reg_role_codes[r]))
		r++;
	if (r == FACT_COUNT)
		return csv_refuse(csv, l->column[0], "%s",
				  T(l->c->lang, "The role must be owner, partner, funder or evaluator"));
	o->role = (FactRole)r;
	o->name = str_dup(l->c->arena, facts_field(l, csv, 1));
	int *numbers[] = { &o->municipality, &o->participants,    &o->places_original, &o->places_revised,
			   &o->cafe_courses, &o->contact_persons, &o->staff_hours_week };
	for (int i = 0; i < 7; i++)
		RETURN_IF_ERR(facts_int_or(l, csv, i + 2, 0, numbers[i]));
	return OK;
}

/* Granted and in process are two things, published as one. */
static Err status_row(FactLoader *l, const Csv *csv)
{
	int *status = l->f->status, count;
	Str code = facts_field(l, csv, 0);
	RETURN_IF_ERR(facts_int(l, csv, 1, &count));
	if (str_eq_z(code, "pension")) {
		status[REG_STATUS_PENSION_IN_PROCESS] = count - status[REG_STATUS_PENSION_GRANTED];
		return OK;
	}
	for (int s = 0; s < FACT_STATUSES; s++) {
		if (!str_eq_z(code, reg_status_codes[s]) || s == REG_STATUS_PENSION_GRANTED)
			continue;
		status[s] = count;
		return OK;
	}
	return csv_refuse(csv, l->column[0], T(l->c->lang, "There is no status %.*s"), STR_ARG(code));
}

Err facts_read(Ctx *c, const char *folder, Facts **out)
{
	Facts *f = ARENA_NEW(c->arena, Facts);
	FactLoader l = { .c = c, .folder = folder, .f = f };
	RETURN_IF_ERR(read_keys(&l));
	RETURN_IF_ERR(facts_each_row(&l, "organisations.csv",
				     "role name municipality participants places_original places_revised cafe_courses "
				     "contact_persons staff_hours_week",
				     organisation_row));
	RETURN_IF_ERR(facts_each_row(&l, "status.csv", "status_code external_evaluation", status_row));
	RETURN_IF_ERR(facts_read_lists(&l));
	RETURN_IF_ERR(facts_read_questions(&l));
	RETURN_IF_ERR(facts_check(c, f));
	*out = f;
	return OK;
}
