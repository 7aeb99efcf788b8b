#include "convert/convert.h"

#include "convert/broker.h"
#include "format/graph.h"
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static Convert broker;
static const ConvertReader *const readers[] = { NULL };

static int start_broker(void **state)
{
	static Ctx c;
	ctx_init(&c);
	*state = &c;
	return convert_start(&c, readers, &broker) == OK ? 0 : 1;
}

static int stop_broker(void **state)
{
	convert_stop(&broker);
	ctx_release(*state);
	return 0;
}

#define ASSERT_HAS(text, part) assert_non_null(strstr((text), (part)))

static const char graph[] = "digraph { a -> b [label=\"blåbær\"] }";

static const char page[] =
	"<!doctype html><html lang=\"da\"><head><meta charset=\"utf-8\"><title>Prøve på tagging</title></head><body>"
	"<h1>Evaluering</h1><p>Se <a href=\"#f\">figuren</a> og <a href=\"https://example.org/\">kilden</a>.</p>"
	"<ul><li>Første</li><li>Andet</li></ul><h2>Figur</h2><figure id=\"f\">"
	"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\" role=\"img\" aria-labelledby=\"t d\">"
	"<title id=\"t\">Alternativ</title><desc id=\"d\">med tal</desc><rect width=\"9\" height=\"9\"/></svg>"
	"<figcaption>Figur 1</figcaption></figure><img src=\"file:///etc/passwd\" alt=\"\">"
	"<table><caption>Tabel 1</caption><thead><tr><th scope=\"col\">Status</th><th scope=\"col\">Antal</th></tr>"
	"</thead><tbody><tr><th scope=\"row\">I job</th><td>50</td></tr></tbody></table></body></html>";

#define GRAPH ((Str){ graph, sizeof graph - 1 })
#define PAGE ((Str){ page, sizeof page - 1 })

static const char *why(Ctx *c)
{
	return str_z(c->arena, c->why);
}

/* What pdfinfo says about the file, white space squeezed. */
static const char *said(Ctx *c, const char *option, Str pdf)
{
	const char *const pdfinfo[] = { "pdfinfo", option, NULL };
	Str text = str_of(program_says(c->arena, pdfinfo, pdf));
	char *squeezed = arena_alloc(c->arena, text.len + 1);
	size_t kept = 0;
	for (size_t i = 0; i < text.len; i++) {
		char ch = text.ptr[i] == '\n' ? ' ' : text.ptr[i];
		if (ch != ' ' || (kept > 0 && squeezed[kept - 1] != ' '))
			squeezed[kept++] = ch;
	}
	return squeezed;
}

static void dot_draws_a_graph(void **state)
{
	Ctx *c = *state;
	Str svg;
	assert_int_equal(convert_run(c, &broker, CONVERT_DOT, GRAPH, &svg), OK);
	ASSERT_HAS(str_z(c->arena, svg), "blåbær");
	ASSERT_HAS(str_z(c->arena, svg), "</svg>");
}

/* Labels with what DOT and SVG would take for their own. */
static void a_theory_of_change_is_drawn_as_typed(void **state)
{
	Ctx *c = *state;
	Buf *dot = buf_new(c->arena, 1 << 16), *out = buf_new(c->arena, 1 << 16);
	const Str levels[] = { STR("Activities"), STR("Effects") };
	const GraphNode nodes[] = { { 0, STR("\\N &amp; <b> \"x\" }"), STR("Met"), GRAPH_GOOD },
				    { 1, STR("Job"), STR(""), GRAPH_PLAIN } };
	const GraphArrow arrows[] = { { 0, 1, STR("time") } };
	const Graph theory = { levels, 2, nodes, 2, arrows, 1, false };
	Str drawn;
	graph_dot(dot, c->arena, &theory);
	assert_int_equal(convert_run(c, &broker, CONVERT_DOT, buf_str(dot), &drawn), OK);
	assert_int_equal(graph_svg(c, out, (ChartHead){ "t", STR("Theory"), STR(""), LANG_EN, 0 }, &theory, drawn), OK);
	const char *svg = str_z(c->arena, buf_str(out));
	ASSERT_HAS(svg, ">\\N &amp;amp; &lt;b&gt; &quot;x&quot; }</text>");
	ASSERT_HAS(svg, "font-weight=\"600\">Met</text>");
	ASSERT_HAS(svg, ">Job</text>");
}

static void a_refused_input_says_why(void **state)
{
	Ctx *c = *state;
	Str svg;
	ctx_clear(c);
	assert_int_equal(convert_run(c, &broker, CONVERT_DOT, STR("digraph { a -> "), &svg), ERR_IO);
	assert_true(str_is_none(svg));
	ASSERT_HAS(why(c), "syntax error");
	ctx_clear(c);
	assert_int_equal(convert_run(c, &broker, CONVERT_PDF, STR("<html><body>no title</body></html>"), &svg), ERR_IO);
	ASSERT_HAS(why(c), "lacks a title or a language");
	ctx_clear(c);
}

static void a_page_becomes_a_tagged_pdf(void **state)
{
	Ctx *c = *state;
	Str pdf, again;
	assert_int_equal(convert_run(c, &broker, CONVERT_PDF, PAGE, &pdf), OK);
	const char *info = said(c, "-isodates", pdf), *tags = said(c, "-struct-text", pdf);
	ASSERT_HAS(info, "Title: Prøve på tagging");
	ASSERT_HAS(info, "Tagged: yes");
	assert_non_null(memmem(pdf.ptr, pdf.len, "/Lang (da)", 10));
	/* The alternative text "Alternativ. med tal", as PDF text. */
	assert_non_null(memmem(pdf.ptr, pdf.len, "/Alt (Alternativ. med tal)", 26));
	ASSERT_HAS(tags, "H1 (block) \"Evaluering\"");
	ASSERT_HAS(tags, "Link (inline) \"figuren\" Object");
	ASSERT_HAS(tags, "LI (block) Lbl (block) \"• \" LBody (block) \"Første\"");
	ASSERT_HAS(tags, "Caption \"Figur 1\"");
	ASSERT_HAS(tags, "Caption \"Tabel 1\"");
	ASSERT_HAS(tags, "/Scope /Column \"Antal\"");
	ASSERT_HAS(tags, "/Scope /Row \"I job\"");
	/* One picture with words, none for the one that could not be loaded. */
	assert_null(strstr(strstr(tags, "Figure") + 6, "Figure"));
	assert_int_equal(convert_run(c, &broker, CONVERT_PDF, PAGE, &again), OK);
	assert_true(str_eq(pdf, again));
}

static char failure[] = "failed";

static void *draw_in_thread(void *arg)
{
	Ctx c;
	Str svg;
	(void)arg;
	ctx_init(&c);
	for (int i = 0; i < 3; i++)
		if (convert_run(&c, &broker, CONVERT_DOT, GRAPH, &svg) != OK || svg.len < 500)
			return failure;
	ctx_release(&c);
	return NULL;
}

static void many_threads_may_ask_at_once(void **state)
{
	(void)state;
	pthread_t threads[5];
	for (int i = 0; i < 5; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, draw_in_thread, NULL), 0);
	for (int i = 0; i < 5; i++) {
		void *result = NULL;
		pthread_join(threads[i], &result);
		assert_null(result);
	}
}

/* Bits of what the sandboxed child could do after all. */
static int freedoms(const char *folder)
{
	char own[100];
	snprintf(own, sizeof own, "%s/own", folder);
	int got = 0;
	got |= open("/etc/passwd", O_RDONLY) >= 0 ? 1 : 0;
	got |= open("/tmp/rampe-escaped", O_CREAT | O_WRONLY, 0600) >= 0 ? 2 : 0;
	got |= open("/proc/self/environ", O_RDONLY) >= 0 ? 4 : 0;
	got |= socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 8 : 0;
	got |= socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 16 : 0;
	got |= open("/usr/bin/dot", O_WRONLY) >= 0 ? 32 : 0;
	/* What it must be able to do. */
	got |= open(own, O_CREAT | O_WRONLY, 0600) < 0 ? 64 : 0;
	got |= open("/usr/bin/dot", O_RDONLY) < 0 ? 128 : 0;
	return got;
}

static void the_sandbox_leaves_the_own_folder_only(void **state)
{
	(void)state;
	char folder[] = "/tmp/rampe-test-XXXXXX", own[100];
	assert_non_null(mkdtemp(folder));
	pid_t pid = fork();
	if (pid == 0)
		_exit(sandbox_enter(folder, 10) ? freedoms(folder) : 255);
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	snprintf(own, sizeof own, "%s/own", folder);
	unlink(own);
	rmdir(folder);
}

static void too_much_input_is_refused(void **state)
{
	Ctx *c = *state;
	Str svg;
	assert_int_equal(convert_run(c, &broker, CONVERT_DOT, (Str){ graph, CONVERT_INPUT_MOST + 1 }, &svg), ERR_LIMIT);
}

static void a_dead_broker_is_noticed(void **state)
{
	Ctx *c = *state;
	Convert other;
	Str svg;
	assert_int_equal(convert_start(c, readers, &other), OK);
	kill(other.broker, SIGKILL);
	waitpid(other.broker, NULL, 0);
	ctx_clear(c);
	assert_int_equal(convert_run(c, &other, CONVERT_DOT, GRAPH, &svg), ERR_IO);
	ASSERT_HAS(why(c), "the broker is gone");
	close(other.socket);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dot_draws_a_graph),
		cmocka_unit_test(a_theory_of_change_is_drawn_as_typed),
		cmocka_unit_test(a_refused_input_says_why),
		cmocka_unit_test(a_page_becomes_a_tagged_pdf),
		cmocka_unit_test(many_threads_may_ask_at_once),
		cmocka_unit_test(the_sandbox_leaves_the_own_folder_only),
		cmocka_unit_test(too_much_input_is_refused),
		cmocka_unit_test(a_dead_broker_is_noticed),
	};
	return cmocka_run_group_tests(tests, start_broker, stop_broker);
}
