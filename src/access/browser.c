#include "access/session.h"

/* What stands in a User-Agent, and whose it is; the first that fits. Others write Chrome and Safari, too. */
typedef struct {
	const char *part, *name;
} Sign;
static const Sign programs[] = {
	{ "Edg", "Edge" },           { "OPR/", "Opera" },     { "SamsungBrowser", "Samsung" },
	{ "Firefox/", "Firefox" },   { "FxiOS/", "Firefox" }, { "CriOS/", "Chrome" },
	{ "Chromium/", "Chromium" }, { "Chrome/", "Chrome" }, { "Version/", "Safari" },
};
static const Sign systems[] = {
	{ "Windows", "Windows" }, { "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" },
	{ "CrOS", "ChromeOS" },   { "Mac OS X", "macOS" },  { "Linux", "Linux" },
};

static const char *sign_of(const Sign *signs, size_t n, Str agent)
{
	for (size_t i = 0; i < n; i++)
		if (str_find_str(agent, str_of(signs[i].part)) != SIZE_MAX)
			return signs[i].name;
	return NULL;
}

static bool is_plain(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '.' ||
	       ch == '-';
}

Str browser_name(Arena *a, Str user_agent)
{
	const char *program = sign_of(programs, sizeof programs / sizeof programs[0], user_agent);
	const char *system = sign_of(systems, sizeof systems / sizeof systems[0], user_agent);
	if (program != NULL)
		return str_printf(a, "%s%s%s", program, system == NULL ? "" : ", ", system == NULL ? "" : system);
	size_t n = 0;
	while (n < user_agent.len && n < SESSION_BROWSER_MOST && is_plain(user_agent.ptr[n]))
		n++;
	return str_dup(a, n == 0 ? STR("") : str_sub(user_agent, 0, n));
}
