/* Published figures, computed again: the two files of the programme, whose
 * verdicts are read here, and claims worked out by hand. */
#include "measure/claims.h"

#include "../demo/made.h"

#include "base/file.h"
#include "format/csv.h"

static Ctx *fresh(void **state)
{
	Ctx *c = *state;
	ctx_clear(c);
	c->lang = LANG_EN;
	return c;
}

/* The program reads the file; this test reads its verdicts. */
static void assert_file(Ctx *c, const char *path, size_t rows)
{
	Str bytes;
	Csv csv;
	ClaimList claims;
	int id, verdict;
	bool more = true;
	assert_int_equal(file_read(c, str_of(source_path(c->arena, path)), 1 << 20, &bytes), OK);
	assert_int_equal(claims_check(c, bytes, &claims), OK);
	assert_int_equal(claims.n, rows);
	assert_int_equal(csv_open(c, bytes, NULL, &csv), OK);
	assert_int_equal(csv_column_required(&csv, "id", &id), OK);
	assert_int_equal(csv_column_required(&csv, "verdict", &verdict), OK);
	for (size_t i = 0; i < rows; i++) {
		assert_int_equal(csv_next(&csv, &more), OK);
		assert_true(more);
		assert_true(str_eq(claims.at[i].id, csv_field(&csv, id)));
		if (!str_eq(enum_code(&claim_verdict_table, (int)claims.at[i].verdict), csv_field(&csv, verdict)))
			fail_msg("%s: claim %.*s came out otherwise: %.*s", path, STR_ARG(claims.at[i].id),
				 STR_ARG(claims.at[i].reason));
	}
	assert_int_equal(csv_next(&csv, &more), OK);
	assert_false(more);
}

static void published_claims__come_out_as_they_are_judged(void **state)
{
	assert_file(fresh(state), "demo/rampen/claims.csv", 14);
	assert_file(fresh(state), "demo/rampen/totals.csv", 7);
}

/* Verdict and why are for the reader; turning them round changes nothing. */
static void verdicts__are_not_read(void **state)
{
	Ctx *c = fresh(state);
	ClaimList claims;
	assert_int_equal(claims_check(c, STR("id,part,whole,percent,verdict,why\n1,61,125,60,ok,trust me\n"), &claims),
			 OK);
	assert_int_equal(claims.at[0].verdict, CLAIM_WRONG);
	assert_true(str_eq_z(claims.at[0].reason, "61 of 125 is 48.80%, rounded 49%, not 60%."));
}

typedef struct {
	const char *part, *parts, *whole, *percent;
	ClaimVerdict verdict;
	double computed;
} Case;

static void shares__are_judged(void **state)
{
	static const Case cases[] = {
		{ "51", "", "125", "40,8", CLAIM_OK, 40.8 },
		{ "51", "", "125", "40.8", CLAIM_OK, 40.8 },
		{ "51", "", "125", "41 %", CLAIM_OK, 40.8 },
		{ "51", "", "125", "40,9", CLAIM_WRONG, 40.8 },
		{ "51", "", "125", "40", CLAIM_WRONG, 40.8 },
		/* 1 of 8 is 12.5: half goes up. */
		{ "1", "", "8", "13", CLAIM_OK, 12.5 },
		{ "1", "", "8", "12", CLAIM_WRONG, 12.5 },
		{ "0", "", "8", "0", CLAIM_OK, 0 },
		{ "8", "", "8", "100", CLAIM_OK, 100 },
		{ "4", "", "8", "150", CLAIM_WRONG, 50 },
		/* 3 + 10 + 4 of 24: 12.5, 41.67, 16.67 round to 13 + 42 + 17 = 72; 17 of 24 is 70.83. */
		{ "17", "3+10+4", "24", "72", CLAIM_ROUNDED_SUM, 17.0 / 24 * 100 },
		{ "17", "3+10+4", "24", "71", CLAIM_OK, 17.0 / 24 * 100 },
		{ "17", "3+10+4", "24", "73", CLAIM_WRONG, 17.0 / 24 * 100 },
		/* The part may be left out where its parts stand. */
		{ "", "3 + 10 + 4", "24", "72", CLAIM_ROUNDED_SUM, 17.0 / 24 * 100 },
		/* Three of 12.5 each: 39 against 37.5, which rounds to 38. */
		{ "3", "1+1+1", "8", "39", CLAIM_ROUNDED_SUM, 37.5 },
		{ "3", "1+1+1", "8", "38", CLAIM_OK, 37.5 },
		/* With a decimal: 33.3 three times is 99.9. */
		{ "3", "1+1+1", "3", "99.9", CLAIM_ROUNDED_SUM, 100 },
		{ "3", "1+1+1", "3", "100.0", CLAIM_OK, 100 },
		/* The sum of the rounded ones is the rounded share: simply right. */
		{ "2", "1+1", "4", "50", CLAIM_OK, 50 },
		/* One part is no sum. */
		{ "17", "17", "24", "72", CLAIM_WRONG, 17.0 / 24 * 100 },
		/* Parts that do not make the part, whatever the percentage. */
		{ "17", "3+10+5", "24", "71", CLAIM_WRONG, 17.0 / 24 * 100 },
		{ "999999999999", "", "1000000000000", "100", CLAIM_OK, 99.9999999999 },
		/* As a spreadsheet prints it: 1/3 = 33.33333… %, 2/3 = 66.666666… %. */
		{ "1", "", "3", "33.33333", CLAIM_OK, 100.0 / 3 },
		{ "2", "", "3", "66,666667", CLAIM_OK, 200.0 / 3 },
		{ "2", "", "3", "66,666666", CLAIM_WRONG, 200.0 / 3 },
		{ "1000000000000", "", "1", "33.333333", CLAIM_WRONG, 1e14 },
		{ "51", "", "125", "41\302\240%", CLAIM_OK, 40.8 },
		{ "51", "", "125", "41\342\200\257%", CLAIM_OK, 40.8 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const Case *k = &cases[i];
		Ctx *c = fresh(state);
		ClaimList claims;
		Str csv = str_printf(c->arena, "id;part;parts;whole;percent\nx;%s;%s;%s;%s\n", k->part, k->parts,
				     k->whole, k->percent);
		Err e = claims_check(c, csv, &claims);
		show_problems(c);
		assert_int_equal(e, OK);
		if (claims.at[0].verdict != k->verdict || fabs(claims.at[0].computed - k->computed) > 1e-9)
			fail_msg("%s (%s) of %s as %s: %.*s", k->part, k->parts, k->whole, k->percent,
				 STR_ARG(claims.at[0].reason));
	}
}

static void totals__are_added_up(void **state)
{
	Ctx *c = fresh(state);
	ClaimList claims;
	assert_int_equal(claims_check(c, STR("id,parts,total\na,2+2+4,8\nb,2+2+4,9\nc,7,7\n"), &claims), OK);
	assert_int_equal(claims.n, 3);
	assert_int_equal(claims.at[0].verdict, CLAIM_OK);
	assert_int_equal(claims.at[1].verdict, CLAIM_WRONG);
	assert_true(str_eq_z(claims.at[1].reason, "The parts add up to 8, not to 9."));
	assert_true(claims.at[1].computed == 8);
	assert_int_equal(claims.at[2].verdict, CLAIM_OK);
}

/* As Excel saves in Denmark: byte order mark, semicolons, decimal comma, CRLF. */
static void file_of_a_danish_excel__is_read(void **state)
{
	Ctx *c = fresh(state);
	ClaimList claims;
	assert_int_equal(claims_check(c,
				      STR("\xEF\xBB\xBF"
					  "id;part;whole;percent\r\n1;51;125;40,8\r\n"),
				      &claims),
			 OK);
	assert_int_equal(claims.at[0].verdict, CLAIM_OK);
}

static void both_kinds__may_stand_in_one_file(void **state)
{
	Ctx *c = fresh(state);
	ClaimList claims;
	Str csv = STR("id,part,parts,whole,percent,total\n1,61,,125,49,\n2,,51+10,,,61\n");
	assert_int_equal(claims_check(c, csv, &claims), OK);
	assert_true(claims.at[0].is_percent && claims.at[0].verdict == CLAIM_OK);
	assert_true(!claims.at[1].is_percent && claims.at[1].verdict == CLAIM_OK);
}

typedef struct {
	const char *csv, *field;
	int64_t row;
	const char *message;
} Refused;

static void files_that_cannot_be_judged__say_row_and_column(void **state)
{
	static const Refused refused[] = {
		{ "id,part,percent\n1,61,49\n", "whole", 1, NULL },
		{ "id,part,whole\n1,61,125\n", "percent", 1, NULL },
		{ "part,whole,percent\n61,125,49\n", "id", 1, NULL },
		{ "id,whole,percent\n1,125,49\n", "part", 1, NULL },
		{ "id,total\n1,125\n", "parts", 1, NULL },
		{ "id,part,whole,percent\n1,61,125,49\n2,1,0,49\n", "whole", 3,
		  "A share of nothing cannot be computed." },
		{ "id,part,whole,percent\n1,0,0,0\n", "whole", 2, "A share of nothing cannot be computed." },
		{ "id,part,whole,percent\n1,-1,125,0\n", "part", 2, "“-1” is not a whole number of at least 0." },
		{ "id,part,whole,percent\n1,1.5,125,0\n", "part", 2, "“1.5” is not a whole number of at least 0." },
		{ "id,part,whole,percent\n1,,125,0\n", "part", 2, "“” is not a whole number of at least 0." },
		{ "id,part,whole,percent\n1,1,1000000000001,0\n", "whole", 2,
		  "“1000000000001” is more than 1,000,000,000,000, the largest number here." },
		{ "id,part,whole,percent\n1,1,99999999999999999999,0\n", "whole", 2,
		  "“99999999999999999999” is more than 1,000,000,000,000, the largest number here." },
		{ "id,part,whole,percent\n1,1,2,\n", "percent", 2, "This must be filled in." },
		{ "id,part,whole,percent\n1,1,2,half\n", "percent", 2, "“half” is not a percentage." },
		{ "id,part,whole,percent\n1,1,2,-5\n", "percent", 2, "“-5” is not a percentage." },
		{ "id,part,whole,percent\n1,1,2,5.\n", "percent", 2, "“5.” is not a percentage." },
		{ "id,part,whole,percent\n1,1,2,5.0.0\n", "percent", 2, "“5.0.0” is not a percentage." },
		{ "id,part,whole,percent\n1,1,3,33.3333333\n", "percent", 2, "“33.3333333” has more than 6 decimals." },
		{ "id,part,whole,percent\n1,1,2,1000000000000000000\n", "percent", 2,
		  "“1000000000000000000” is not a percentage." },
		{ "id,parts,whole,percent\n1,1++2,9,5\n", "parts", 2, "“” is not a whole number of at least 0." },
		{ "id,parts,whole,percent\n1,1000000000000+1,5,3\n", "parts", 2,
		  "“1000000000000+1” is more than 1,000,000,000,000, the largest number here." },
		{ "id,parts,total\n1,1000000000000+1,5\n", "parts", 2, NULL },
		{ "id,part,whole,percent\n,1,2,50\n", "id", 2, "This must be filled in." },
		{ "id,parts,total\n1,,5\n", "parts", 2, "This must be filled in." },
	};
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		Ctx *c = fresh(state);
		ClaimList claims;
		assert_int_equal(claims_check(c, str_of(refused[i].csv), &claims), ERR_INVALID);
		const Problem *p = &c->problems[0];
		if (!str_eq_z(p->field, refused[i].field) || p->row != refused[i].row ||
		    (refused[i].message != NULL && !str_eq_z(p->message, refused[i].message)))
			fail_msg("%s: row %lld, %.*s: %.*s", refused[i].csv, (long long)p->row, STR_ARG(p->field),
				 STR_ARG(p->message));
	}
}

/* Who mends a file wants to see all of it at once. */
static void every_wrong_row__is_told_up_to_a_ceiling(void **state)
{
	Ctx *c = fresh(state);
	ClaimList claims;
	Buf *b;
	assert_int_equal(
		claims_check(c, STR("id,part,whole,percent\n1,x,2,50\n2,1,2,50\n3,1,2,half\n4,1,0,0\n"), &claims),
		ERR_INVALID);
	assert_true(str_eq_z(ctx_problems_text(c), "row 2, part: “x” is not a whole number of at least 0.\n"
						   "row 4, percent: “half” is not a percentage.\n"
						   "row 5, whole: A share of nothing cannot be computed."));
	c = fresh(state);
	b = buf_new(c->arena, 10000);
	buf_z(b, "id,part,whole,percent\n");
	for (int i = 0; i < 30; i++)
		buf_printf(b, "%d,x,2,50\n", i);
	assert_int_equal(claims_check(c, buf_str(b), &claims), ERR_INVALID);
	assert_int_equal(c->problem_count, 21);
	assert_int_equal(c->problems[19].row, 21);
	assert_int_equal(c->problems[20].row, 22);
	assert_true(
		str_eq_z(c->problems[20].message, "Reading stops here: no more than 20 wrong rows are told at once."));
}

static void reasons__are_in_the_readers_language(void **state)
{
	Ctx *c = fresh(state);
	ClaimList claims;
	c->lang = LANG_DA;
	assert_int_equal(claims_check(c, STR("id,part,whole,percent\n1,61,125,60\n"), &claims), OK);
	/* No line may break between number and sign. */
	assert_true(
		str_eq_z(claims.at[0].reason, "61 af 125 er 48,80\302\240%, afrundet 49\302\240%, ikke 60\302\240%."));
}

static void json__has_what_was_found(void **state)
{
	Ctx *c = fresh(state);
	ClaimList claims;
	Buf *b = buf_new(c->arena, 10000);
	assert_int_equal(claims_check(c, STR("id,part,whole,percent\n3,61,125,49\n"), &claims), OK);
	claims_json(b, &claims);
	assert_true(str_eq_z(buf_str(b), "{\"claims\":[{\"id\":\"3\",\"verdict\":\"ok\",\"computed\":48.8,\"reason\":"
					 "\"61 of 125 is 48.80%, rounded 49%.\"}]}"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_claims__come_out_as_they_are_judged),
		cmocka_unit_test(verdicts__are_not_read),
		cmocka_unit_test(shares__are_judged),
		cmocka_unit_test(totals__are_added_up),
		cmocka_unit_test(file_of_a_danish_excel__is_read),
		cmocka_unit_test(both_kinds__may_stand_in_one_file),
		cmocka_unit_test(files_that_cannot_be_judged__say_row_and_column),
		cmocka_unit_test(every_wrong_row__is_told_up_to_a_ceiling),
		cmocka_unit_test(reasons__are_in_the_readers_language),
		cmocka_unit_test(json__has_what_was_found),
	};
	return cmocka_run_group_tests_name("measure/claims", tests, english_setup, english_teardown);
}
