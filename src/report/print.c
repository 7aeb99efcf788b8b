/* The evaluation as HTML: inside a page, and as a document that stands alone. */
#include "report/report.h"

#include "convert/convert.h"
#include "feature/printed.h"
#include "report/view.h"
#include "report_html.h"

const char *report_notice(const Ctx *c)
{
	return T(c->lang, "The people of this demonstration are made up so as to reproduce the published totals.");
}

void report_body(Ctx *c, Buf *out, const Report *r)
{
	ReportView v = report_view(c, r);
	Html h;
	html_init(&h, out, r->lang);
	report_content_html(&h, &v);
}

/* A CSS string; everything but letters and digits is escaped, for it stands in a style element. */
static void css_string(Buf *out, Str s)
{
	buf_char(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char ch = (unsigned char)s.ptr[i];
		bool plain = ch >= 0x80 || (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
			     (ch >= 'a' && ch <= 'z') || ch == ' ';
		if (plain)
			buf_char(out, (char)ch);
		else
			buf_printf(out, "\\%x ", ch);
	}
	buf_char(out, '"');
}

/* What stands at the head and the foot of every printed page. */
static void add_running(Ctx *c, Buf *out, const Report *r)
{
	Str day = text_date_long(c->arena, c->lang, r->day);
	Str head = str_printf(c->arena, "%.*s, %.*s", STR_ARG(r->programme.name), STR_ARG(day));
	buf_z(out, "\n@page{@top-right{content:");
	css_string(out, head);
	buf_z(out, "}");
	if (r->programme.made_up) {
		buf_z(out, "@bottom-left{content:");
		css_string(out, str_of(report_notice(c)));
		buf_z(out, "}");
	}
	buf_z(out, "}\n@page :first{@top-right{content:none}}\n");
}

Err report_html(Ctx *c, Buf *out, const Report *r)
{
	Html h;
	html_init(&h, out, r->lang);
	buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", lang_code(r->lang));
	buf_z(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	Str day = text_date_long(c->arena, c->lang, r->day);
	HTML_TEXT(&h, r->programme.name);
	buf_printf(out, ", %s %.*s</title>\n<style>\n", T(c->lang, "evaluation of"), STR_ARG(day));
	printed_styles(out, "/assets/report.css");
	add_running(c, out, r);
	buf_z(out, "</style>\n</head>\n<body class=\"report-document\">\n<main>\n");
	report_body(c, out, r);
	buf_z(out, "\n</main>\n</body>\n</html>\n");
	return out->failed ? fail(c, ERR_LIMIT, "the evaluation is larger than its ceiling") : OK;
}

Err report_pdf(Ctx *c, Buf *out, const Report *r)
{
	Str pdf;
	if (c->convert == NULL)
		return fail(c, ERR_IO, "the evaluation as PDF needs the converters' broker");
	Buf *html = buf_new(c->arena, CONVERT_INPUT_MOST);
	RETURN_IF_ERR(report_html(c, html, r));
	RETURN_IF_ERR(convert_run(c, c->convert, CONVERT_PDF, buf_str(html), &pdf));
	buf_str_add(out, pdf);
	return out->failed ? fail(c, ERR_LIMIT, "the evaluation is larger than its ceiling") : OK;
}
