/* serve: `rampe serve`, the web application. */
#ifndef APP_SERVE_H
#define APP_SERVE_H

#include "access/cli.h"

#include <stdatomic.h>

extern const Command serve_command;

/* What has gone on for longer than it may: messages under way, and what no consent allows any more. Neither waits for
 * the other's error, and the first is told. As worker.h wants it. */
Err serve_sweep(Ctx *c, const atomic_bool *stop, bool *any) MUST_USE;

#endif
