/* convert: programs that make files for us, and readers of files that others have
 * sent, run where they can do no harm.
 *
 * A broker process is forked before the program starts its threads; each
 * request runs one converter as the broker's child, never in the server: own
 * temporary folder, no network, an environment of its own (same input, same
 * bytes), limits on time, memory and size, Landlock and seccomp where the
 * kernel has them. convert_run may be called from any thread; two conversions
 * run at a time, further ones wait. Needs /usr/bin/dot and /usr/bin/python3 with
 * WeasyPrint; a missing one is reported when it is used.
 *
 * A reader is a function of this program. It runs in a fork of the broker, which
 * never had keys, databases or connections, and which gives up everything but
 * memory and its own two files before it looks at the first byte.
 */
#ifndef CONVERT_CONVERT_H
#define CONVERT_CONVERT_H

#include "base/buf.h"
#include "base/ctx.h"

#include <sys/types.h>

typedef enum {
	CONVERT_DOT, /* a graph in graphviz's language to SVG; see format/graph.h */
	CONVERT_PDF, /* an HTML page that holds everything it needs (data: URLs) to tagged PDF */
} ConvertKind;

enum {
	CONVERT_INPUT_MOST = 32 << 20,  /* bytes */
	CONVERT_OUTPUT_MOST = 64 << 20, /* bytes */
};

/* Reads `input` into `out`: what the caller makes something of. Its Ctx has
 * arenas and the language; what it refuses is refused to who asked. */
typedef struct {
	const char *name;
	Err (*read)(Ctx *c, Str input, Buf *out);
} ConvertReader;

enum {
	READER_SECONDS = 10,
	READER_OUTPUT_MOST = 16 << 20, /* bytes */
	READER_MEMORY_MOST = 256 << 20 /* bytes, beside what the program has anyway */
};

typedef struct Convert {
	int socket;
	pid_t broker;
	const ConvertReader *const *readers;
} Convert;

/* Forks the broker. Call it before any thread is started and before databases
 * or connections are opened. `readers` ends with NULL. IO: no process or socket
 * can be had. */
Err convert_start(Ctx *c, const ConvertReader *const *readers, Convert *out) MUST_USE;

/* Ends the broker and what it runs. No convert_run may be under way. */
void convert_stop(Convert *b);

/* Waits for the result, which lives in c->arena. LIMIT: input or output too
 * large, or the converter took too much time or memory; IO: it is not installed
 * or refused the input (the detail is in c->why), or the broker is gone. */
Err convert_run(Ctx *c, const Convert *b, ConvertKind kind, Str input, Str *output) MUST_USE;

/* Has one of the broker's readers read a file. INVALID, with problems: what it
 * refused, or that it crashed, or took too much time, memory or output; IO: the
 * broker is gone. Its answer is as little to be trusted as the file. */
Err convert_read(Ctx *c, const Convert *b, const ConvertReader *reader, Str input, Str *output) MUST_USE;

#endif
