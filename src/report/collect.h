/* collect: the parts of a Report, private to its room. */
#ifndef REPORT_COLLECT_H
#define REPORT_COLLECT_H

#include "report/report.h"

/* A table with room for so many lines; caption and heading in English, N_(). */
ReportLineList report_lines(Ctx *c, size_t room, const char *caption, const char *what);
void report_add_line(ReportLineList *list, Str code, Str label, int64_t n, int64_t of);

/* Survival curves and every chart. */
MUST_USE Err report_draw(Ctx *c, Report *r, const ReportPersonList *people, const ReportJobList *jobs);

/* The drawn theory of change and its assumptions. */
MUST_USE Err report_draw_theory(Ctx *c, Report *r);

#endif
