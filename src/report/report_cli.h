/* report_cli: `rampe report`, a programme's evaluation as a file. */
#ifndef REPORT_REPORT_CLI_H
#define REPORT_REPORT_CLI_H

#include "access/cli.h"
#include "report/report.h"

extern const Command report_command;

typedef enum { REPORT_HTML, REPORT_PDF, REPORT_JSON, REPORT_XLSX } ReportForm;

/* Prints a collected evaluation and writes it to `path` ("-": standard output). */
MUST_USE Err report_write(Ctx *c, const Report *r, ReportForm form, Str path);

#endif
