/* convert: programs that make files for us, run where they can do no harm.
 *
 * A broker process is forked before the program starts its threads; each
 * request runs one converter as the broker's child, never in the server: own
 * temporary folder, no network, an environment of its own (same input, same
 * bytes), limits on time, memory and size, Landlock and seccomp where the
 * kernel has them. convert_run may be called from any thread; two conversions
 * run at a time, further ones wait. Needs /usr/bin/dot and /usr/bin/python3 with
 * WeasyPrint; a missing one is reported when it is used.
 */
#ifndef CONVERT_CONVERT_H
#define CONVERT_CONVERT_H

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

typedef struct Convert {
	int socket;
	pid_t broker;
} Convert;

/* Forks the broker. Call it before any thread is started and before databases
 * or connections are opened. IO: no process or socket can be had. */
Err convert_start(Ctx *c, Convert *out) MUST_USE;

/* Ends the broker and what it runs. No convert_run may be under way. */
void convert_stop(Convert *b);

/* Waits for the result, which lives in c->arena. LIMIT: input or output too
 * large, or the converter took too much time or memory; IO: it is not installed
 * or refused the input (the detail is in c->why), or the broker is gone. */
Err convert_run(Ctx *c, const Convert *b, ConvertKind kind, Str input, Str *output) MUST_USE;

#endif
