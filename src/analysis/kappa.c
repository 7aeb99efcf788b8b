/* Cohen's kappa: what two people made of the same things, a row each. */
#include "analysis/analysis.h"
#include "stats/agreement.h"

#include <math.h>

static const char *const weightings[] = { "none", "linear", "quadratic", NULL }; /* as KappaWeights */

typedef enum { ORDER_NUMBER, ORDER_GIVEN, ORDER_APPEARANCE } Order;
static const char *const orders[] = { "number", "given", "appearance" };

typedef struct {
	Labels given;   /* by --order */
	Labels labels;  /* of the file; of the table's rows and columns, once they are made */
	int64_t *pairs; /* LABELS_MOST × LABELS_MOST: by label of the file */
	int64_t left_out;
	Order order;
	size_t n;
	int64_t *table; /* n × n */
} Ratings;

static Err read_order(Analysis *a, Ratings *r)
{
	Str rest = analysis_option(a, "--order"), piece;
	char separator = str_find(rest, ';', 0) < rest.len ? ';' : ',';
	while (!str_is_none(rest) && str_split(&rest, separator, &piece)) {
		int known = r->given.n;
		piece = str_trim(piece);
		if (piece.len == 0 || labels_place(&r->given, piece, LABELS_MOST) != known)
			return analysis_misuse(a, "--order",
					       T(a->c->lang, "“%.*s” stands there twice, or is one too many or empty."),
					       STR_ARG(piece));
	}
	return OK;
}

/* A word, which must be one of the given ones where some are. */
static Err read_word(Analysis *a, int column, Ratings *r, size_t *out)
{
	Str word = csv_field(&a->csv, column);
	if (r->given.n > 0 && labels_place(&r->given, word, r->given.n) == LABELS_FULL)
		return csv_refuse(&a->csv, column, T(a->c->lang, "“%.*s” does not stand in --order."), STR_ARG(word));
	return analysis_label(&a->csv, column, &r->labels, LABELS_MOST, out);
}

static Err read_pairs(Analysis *a, Ratings *r)
{
	int first, second;
	size_t i, j;
	bool more;
	RETURN_IF_ERR(heading_required(&a->csv, HEADING_FIRST, &first));
	RETURN_IF_ERR(heading_required(&a->csv, HEADING_SECOND, &second));
	for (;;) {
		RETURN_IF_ERR(csv_next(&a->csv, &more));
		if (!more)
			return OK;
		if (csv_field(&a->csv, first).len == 0 || csv_field(&a->csv, second).len == 0) {
			r->left_out++;
			continue;
		}
		RETURN_IF_ERR(read_word(a, first, r, &i));
		RETURN_IF_ERR(read_word(a, second, r, &j));
		r->pairs[i * LABELS_MOST + j]++;
	}
}

/* now[i] is the place of the file's i-th word. */
static void order_labels(Arena *a, Ratings *r, int now[LABELS_MOST])
{
	r->order = r->given.n > 0 ? ORDER_GIVEN : labels_are_numbers(&r->labels) ? ORDER_NUMBER : ORDER_APPEARANCE;
	if (r->order == ORDER_NUMBER) {
		labels_sort(a, &r->labels, now);
		return;
	}
	for (int i = 0; i < r->labels.n; i++)
		now[i] = r->order == ORDER_GIVEN ? labels_place(&r->given, r->labels.at[i], LABELS_MOST) : i;
	if (r->order == ORDER_GIVEN)
		r->labels = r->given;
}

static void make_table(Arena *a, Ratings *r)
{
	int now[LABELS_MOST];
	size_t words = (size_t)r->labels.n;
	order_labels(a, r, now);
	r->n = (size_t)r->labels.n;
	r->table = ARENA_ARRAY(a, r->n * r->n, int64_t);
	for (size_t i = 0; i < words; i++)
		for (size_t j = 0; j < words; j++)
			r->table[(size_t)now[i] * r->n + (size_t)now[j]] += r->pairs[i * LABELS_MOST + j];
}

static void put_json(JsonWriter *w, const Ratings *r, KappaWeights weights, const Kappa *k)
{
	json_open_object(w);
	json_add_int(w, "n", k->n);
	json_add_int(w, "left_out", r->left_out);
	json_add_text(w, "weights", str_of(weightings[weights]));
	json_add_real(w, "observed", k->observed);
	json_add_real(w, "expected", k->expected);
	json_add_real(w, "kappa", k->kappa);
	json_add_real(w, "se", k->se);
	json_put_interval(w, k->interval);
	json_add_text(w, "order", str_of(orders[r->order]));
	json_add_list(w, "categories");
	for (size_t i = 0; i < r->n; i++)
		json_put_text(w, r->labels.at[i]);
	json_close(w);
	json_add_list(w, "matrix");
	for (size_t i = 0; i < r->n; i++) {
		json_open_list(w);
		for (size_t j = 0; j < r->n; j++)
			json_put_int(w, r->table[i * r->n + j]);
		json_close(w);
	}
	json_close(w);
	json_close(w);
}

static void put_text(Analysis *a, const Ratings *r, const Kappa *k)
{
	static const char *const headings[] = {
		N_("Pairs"), N_("Left out"),       N_("Agreement"),          N_("Expected by chance"),
		N_("Kappa"), N_("Standard error"), N_("Lower limit (95 %)"), N_("Upper limit"),
		NULL
	};
	PrintTable whole = print_table(a->c, headings), table = print_table_bare(a->c, r->n + 1);
	print_table_int(&whole, k->n);
	print_table_int(&whole, r->left_out);
	print_table_percent(&whole, k->observed);
	print_table_percent(&whole, k->expected);
	print_table_real(&whole, k->kappa, 3);
	print_table_real(&whole, k->se, 3);
	print_table_real(&whole, k->interval.low, 3);
	print_table_real(&whole, k->interval.high, 3);
	print_table_put(&whole, a->out);
	print_table_text(&table, STR("a \\ b"));
	for (size_t i = 0; i < r->n; i++)
		print_table_number(&table, r->labels.at[i]);
	for (size_t i = 0; i < r->n; i++) {
		print_table_text(&table, r->labels.at[i]);
		for (size_t j = 0; j < r->n; j++)
			print_table_int(&table, r->table[i * r->n + j]);
	}
	print_table_put(&table, a->out);
}

static void put_sentence(Analysis *a, const Ratings *r, KappaWeights weights, const Kappa *k)
{
	Lang lang = a->c->lang;
	if (r->order == ORDER_NUMBER)
		print_sentence(a, "%s", T(lang, "The categories are numbers and stand in their order."));
	if (isnan(k->kappa)) {
		print_sentence(a, "%s",
			       k->n == 0 ? T(lang, "Kappa cannot be computed: nothing was judged by both.")
					 : T(lang, "Kappa cannot be computed: both have put everything into the same "
						   "category, which chance alone would bring about, too."));
		return;
	}
	Str kappa = text_real(a->c->arena, lang, k->kappa, 2);
	Str observed = text_percent(a->c->arena, lang, k->observed, 0);
	Str expected = text_percent(a->c->arena, lang, k->expected, 0);
	print_sentence(a,
		       weights == KAPPA_UNWEIGHTED
			       ? T(lang,
				   "The two agree in %.*s of %lld judgements; by chance it would be %.*s. Kappa is "
				   "%.*s, where 0 is chance and 1 full agreement.")
			       : T(lang, "The two agree by %.*s in %lld judgements, near misses counting in part; by "
					 "chance it would be %.*s. Kappa is %.*s, where 0 is chance and 1 full "
					 "agreement."),
		       STR_ARG(observed), (long long)k->n, STR_ARG(expected), STR_ARG(kappa));
	if (isnan(k->interval.low))
		print_sentence(a, "%s",
			       k->n == 1 ? T(lang, "How uncertain it is cannot be computed of one pair.")
					 : T(lang, "How uncertain it is cannot be computed: all pairs are of one kind, "
						   "agreement or disagreement."));
}

static Err check_order(Analysis *a, const Ratings *r, int weights)
{
	Buf *words = buf_new(a->c->arena, 1 << 20);
	if (weights == KAPPA_UNWEIGHTED || r->order != ORDER_APPEARANCE)
		return OK;
	for (int i = 0; i < r->labels.n; i++)
		buf_printf(words, i == 0 ? "%.*s" : ",%.*s", STR_ARG(r->labels.at[i]));
	Str all = buf_str(words);
	return analysis_misuse(a, "--weights",
			       T(a->c->lang, "Words have no order of their own: name it, from one end to the other, by "
					     "--order. The words are: %.*s"),
			       STR_ARG(all));
}

static Err run(Analysis *a)
{
	Ratings *r = ARENA_NEW(a->c->arena, Ratings);
	int weights;
	r->pairs = ARENA_ARRAY(a->c->arena, LABELS_MOST * LABELS_MOST, int64_t);
	RETURN_IF_ERR(analysis_choice(a, "--weights", weightings, KAPPA_UNWEIGHTED, &weights));
	RETURN_IF_ERR(read_order(a, r));
	RETURN_IF_ERR(read_pairs(a, r));
	make_table(a->c->arena, r);
	RETURN_IF_ERR(check_order(a, r, weights));
	Kappa k = agreement_kappa(a->c->arena, r->table, r->n, (KappaWeights)weights);
	if (a->json) {
		put_json(&a->w, r, (KappaWeights)weights, &k);
		return OK;
	}
	put_text(a, r, &k);
	put_sentence(a, r, (KappaWeights)weights, &k);
	return OK;
}

const AnalysisKind analysis_kappa = {
	"kappa",
	N_("kappa: how far do two people agree who judged the same things (Cohen)?\n"
	   "  columns   a, b: what each of them said, a row for each thing; words or numbers\n"
	   "  --weights none: agreement or not (default)\n"
	   "            linear, quadratic: near misses count in part; numbers have their order, words need --order\n"
	   "  --order   the categories from one end to the other: low,medium,high\n"
	   "  example   rampe stats kappa judges.csv --weights linear --order low,medium,high"),
	{ "--weights", "--order" },
	run
};
