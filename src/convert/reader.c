/* Both ends of a reader: in its own process, and where its answer is taken for what it is, bytes of nobody known.
 *
 * The answer is "+" and what was read, or "-" and a line for each problem: row, column, lengths of field and message,
 * then the two.
 */
#include "base/utf8.h"
#include "convert/broker.h"

#include <errno.h>
#include <unistd.h>

enum { FIELD_MOST = 100, MESSAGE_MOST = 2000 };

/* ---- in the reader's process ---------------------------------------------------- */

static bool read_input(Ctx *c, Str *out)
{
	off_t size = lseek(0, 0, SEEK_END);
	if (size < 0 || size > CONVERT_INPUT_MOST)
		return false;
	char *to = arena_alloc(c->arena, (size_t)size + 1);
	size_t done = 0;
	while (done < (size_t)size) {
		ssize_t n = pread(0, to + done, (size_t)size - done, (off_t)done);
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	*out = (Str){ to, done };
	return true;
}

static bool write_output(Str s)
{
	while (s.len > 0) {
		ssize_t n = write(1, s.ptr, s.len);
		if (n <= 0)
			return false;
		s = str_sub(s, (size_t)n, s.len);
	}
	return true;
}

static void tell_problems(const Ctx *c, Buf *out)
{
	for (size_t i = 0; i < c->problem_count && i < PROBLEMS_MOST; i++) {
		const Problem *p = &c->problems[i];
		buf_printf(out, "%lld %lld %zu %zu\n%.*s%.*s", (long long)p->row, (long long)p->column, p->field.len,
			   p->message.len, STR_ARG(p->field), STR_ARG(p->message));
	}
}

_Noreturn void reader_run(const ConvertReader *reader, Lang lang)
{
	Ctx c;
	Buf read, problems;
	Str input;
	ctx_init(&c);
	c.lang = lang;
	buf_init(&read, READER_OUTPUT_MOST);
	buf_init(&problems, PROBLEMS_MOST * (FIELD_MOST + MESSAGE_MOST + 100));
	if (!read_input(&c, &input))
		_exit(1);
	Err e = reader->read(&c, input, &read);
	bool refused = e != OK && c.problem_count > 0;
	if (refused)
		tell_problems(&c, &problems);
	else if (e != OK || read.failed)
		_exit(1);
	_exit(write_output(refused ? STR("-") : STR("+")) && write_output(buf_str(refused ? &problems : &read)) ? 0
														: 1);
}

/* ---- where it was asked ----------------------------------------------------------- */

static bool take_number(Str *rest, char end, int64_t most, int64_t *out)
{
	Str digits;
	return str_split(rest, end, &digits) && str_to_int(digits, out) && *out >= 0 && *out <= most;
}

static bool take_problem(Ctx *c, Str *rest)
{
	int64_t row, column, field, message;
	if (!take_number(rest, ' ', INT32_MAX, &row) || !take_number(rest, ' ', INT32_MAX, &column) ||
	    !take_number(rest, ' ', FIELD_MOST, &field) || !take_number(rest, '\n', MESSAGE_MOST, &message) ||
	    rest->len < (size_t)(field + message))
		return false;
	Str name = str_sub(*rest, 0, (size_t)field), text = str_sub(*rest, (size_t)field, (size_t)(field + message));
	*rest = str_sub(*rest, (size_t)(field + message), rest->len);
	if (!utf8_valid(name, NULL) || !utf8_valid(text, NULL))
		return false;
	(void)refuse_at(c, str_z(c->arena, name), row, column, "%.*s", STR_ARG(text));
	return true;
}

Err reader_answer(Ctx *c, Str bytes, Str *output)
{
	Str rest = str_sub(bytes, 1, bytes.len);
	if (str_starts(bytes, STR("+"))) {
		*output = rest;
		return OK;
	}
	size_t n = 0;
	while (str_starts(bytes, STR("-")) && rest.len > 0 && n < PROBLEMS_MOST && take_problem(c, &rest))
		n++;
	return n > 0 && rest.len == 0 ? ERR_INVALID : ERR_IO;
}
