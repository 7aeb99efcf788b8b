/* Files that are sent: whatever happens to the process that reads one, the server answers it with a clear refusal, and
 * everybody else as before. */
#include "served.h"

#include <pthread.h>
#include <time.h>

static Err take_file(Ctx *c, Request *r)
{
	Str read;
	RETURN_IF_ERR(http_form(r->x));
	const HttpFile *file = form_file(&r->x->in.form, "file");
	if (file == NULL)
		return refuse(c, "file", "No file.");
	RETURN_IF_ERR(convert_read(c, c->convert, &served_reader, file->bytes, &read));
	buf_str_add(http_body(r->x, 200, "text/plain"), read);
	return OK;
}

static Err ping(Ctx *c, Request *r)
{
	(void)c;
	buf_z(answer_json(r), "{}");
	return OK;
}

static const Route routes[] = {
	ROUTE(POST, "/api/v1/file", take_file, MAY(REGISTER, OWN_UNIT), NULL, .upload = true, .lane = LANE_SLOW,
	      .summary = N_("A file")),
	ROUTE(GET, "/api/v1/ping", ping, MAY(OWN_ACCOUNT, OWN_UNIT), NULL, .summary = N_("Nothing")),
};
static const RouteTable table = ROUTES(routes);
static const RouteTable *const tables[] = { &table, NULL };

static int set_up(void **state)
{
	static Served s;
	served_make(&s, tables);
	*state = &s;
	return 0;
}

static int tear_down(void **state)
{
	served_remove(*state);
	return 0;
}

static Reply send_file_as(Served *s, int who, const char *text)
{
	Str body = str_printf(s->arena,
			      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n"
			      "Content-Type: text/csv\r\n\r\n%s\r\n--b--\r\n",
			      text);
	return served_as(s, who, "POST", "/api/v1/file", "multipart/form-data; boundary=b", body);
}

static Reply send_file(Served *s, const char *text)
{
	return send_file_as(s, WHO_AARHUS, text);
}

static void is_answered_at_once(Served *s)
{
	struct timespec from, to;
	clock_gettime(CLOCK_MONOTONIC, &from);
	assert_int_equal(served_as(s, WHO_AARHUS, "GET", "/api/v1/ping", NULL, STR("")).status, 200);
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_true(to.tv_sec - from.tv_sec < 3);
}

static void file__is_read_in_a_process_of_its_own(void **state)
{
	Served *s = *state;
	Reply r = send_file(s, "five!");
	assert_int_equal(r.status, 200);
	assert_true(str_eq_z(r.body, "read 5 bytes"));
	r = send_file(s, "refuse");
	assert_int_equal(r.status, 422);
	assert_true(has(r.body, "\"field\":\"percent\",\"row\":7,\"character\":3,\"message\":\"No number.\""));
}

static void process__that_reads_has_nothing_else(void **state)
{
	Served *s = *state;
	Reply r = send_file(s, "try");
	assert_int_equal(r.status, 200);
	if (!str_eq_z(r.body, "nothing else"))
		fail_msg("a reader %.*s", STR_ARG(r.body));
}

static void process__that_is_lost_is_a_clear_refusal(void **state)
{
	Served *s = *state;
	static const char *const texts[] = { "crash", "abort", "greedy", "flood", "lie", "mumble", "silent", "fail" };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		Reply r = send_file(s, texts[i]);
		if (r.status != 422 || !has(r.body, "The file could not be read"))
			fail_msg("%s: %d %.*s", texts[i], r.status, STR_ARG(r.body));
		assert_false(has(r.body, "secret"));
		assert_false(has(r.body, "script"));
		is_answered_at_once(s);
	}
	assert_int_equal(send_file(s, "five!").status, 200);
}

typedef struct {
	Served *s;
	int who;
	const char *text;
	Reply reply;
} Sent;

static void *send_in_thread(void *arg)
{
	Sent *sent = arg;
	Served own = *sent->s; /* with texts of its own */
	own.arena = arena_new();
	Reply r = send_file_as(&own, sent->who, sent->text);
	sent->reply.status = r.status;
	sent->reply.head = has(r.body, "too long") ? STR("told") : STR("");
	arena_free(own.arena);
	return NULL;
}

/* Of two people's files one turns in circles, one waits for ever; both places are free again afterwards. */
static void process__that_never_ends_is_ended(void **state)
{
	Served *s = *state;
	pthread_t threads[2];
	Sent sent[] = { { s, WHO_AARHUS, "hang", { 0 } }, { s, WHO_RANDERS, "sleep", { 0 } } };
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, send_in_thread, &sent[i]), 0);
	for (int i = 0; i < 5; i++) {
		is_answered_at_once(s);
		nanosleep(&(struct timespec){ 0, 200 * 1000000 }, NULL);
	}
	for (int i = 0; i < 2; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(sent[i].reply.status, 422);
		assert_true(str_eq_z(sent[i].reply.head, "told"));
	}
	assert_int_equal(send_file(s, "five!").status, 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(file__is_read_in_a_process_of_its_own),
		cmocka_unit_test(process__that_reads_has_nothing_else),
		cmocka_unit_test(process__that_is_lost_is_a_clear_refusal),
		cmocka_unit_test(process__that_never_ends_is_ended),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
