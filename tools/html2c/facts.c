#include "where.h"

static bool among(const char *const *list, Str name)
{
	for (; *list != NULL; list++)
		if (str_eq_z(name, *list))
			return true;
	return false;
}

bool html_is_void(Str name)
{
	static const char *const names[] = { "area", "base", "br",    "col",    "embed", "hr",  "img", "input",
					     "link", "meta", "param", "source", "track", "wbr", NULL };
	return among(names, name);
}

bool html_ends_p(Str name)
{
	static const char *const names[] = { "address",  "article", "aside",  "blockquote", "details", "div",  "dl",
					     "fieldset", "figure",  "footer", "form",       "h1",      "h2",   "h3",
					     "h4",       "h5",      "h6",     "header",     "hr",      "main", "nav",
					     "ol",       "p",       "pre",    "section",    "table",   "ul",   NULL };
	return among(names, name);
}

bool html_is_url(Str attr)
{
	static const char *const names[] = { "href",       "src",        "action",      "formaction",     "poster",
					     "cite",       "data",       "longdesc",    "manifest",       "background",
					     "ping",       "xlink:href", "hx-get",      "hx-post",        "hx-put",
					     "hx-delete",  "hx-patch",   "hx-push-url", "hx-replace-url", "sse-connect",
					     "ws-connect", NULL };
	return among(names, attr);
}

const char *html_refuses(Str tag, Str attr)
{
	static const char *const code[] = { "hx-vals", "hx-vars", "hx-headers", "hx-request", "hx-trigger", NULL };
	static const char *const animations[] = { "set", "animate", "animatetransform", "animatemotion", NULL };
	if (str_starts(attr, STR("on")) || str_starts(attr, STR("hx-on")))
		return "an event handler is code: nothing may be interpolated in it";
	if (str_eq_z(attr, "style"))
		return "nothing may be interpolated in a style attribute; use a class";
	if (str_eq_z(attr, "srcdoc"))
		return "nothing may be interpolated in srcdoc";
	if (str_eq_z(attr, "srcset") || str_eq_z(attr, "imagesrcset"))
		return "nothing may be interpolated in a list of URLs";
	if (among(code, attr))
		return "htmx may run this attribute as code: nothing may be interpolated in it";
	if (str_eq_z(attr, "http-equiv"))
		return "nothing may be interpolated in http-equiv";
	if (among(animations, tag))
		return "nothing may be interpolated in an animation";
	return NULL;
}

bool html_loads_code(Str tag, Str attr)
{
	static const char *const pairs[][2] = { { "script", "src" },        { "script", "href" },   { "link", "href" },
						{ "iframe", "src" },        { "frame", "src" },     { "embed", "src" },
						{ "object", "data" },       { "base", "href" },     { "use", "href" },
						{ "script", "xlink:href" }, { "use", "xlink:href" } };
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (str_eq_z(tag, pairs[i][0]) && str_eq_z(attr, pairs[i][1]))
			return true;
	return false;
}

bool html_scheme_is_safe(Str scheme)
{
	return str_eq_nocase(scheme, STR("http")) || str_eq_nocase(scheme, STR("https")) ||
	       str_eq_nocase(scheme, STR("mailto")) || str_eq_nocase(scheme, STR("tel"));
}
