/* form_check: what every kind of form field must keep, for form.c and multipart.c. */
#ifndef HTTP_FORM_CHECK_H
#define HTTP_FORM_CHECK_H

#include "http/form.h"

/* Named, short enough, text. */
Err form_check_name(Ctx *c, Str name) MUST_USE;
/* Text without control characters; the problem names the field. */
Err form_check_value(Ctx *c, Str name, Str value) MUST_USE;
/* CR LF and CR become LF. */
Str form_line_ends(Arena *a, Str s);

#endif
