/* What a User-Agent is shortened to. */
#include "access/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* User-Agents as the browsers' makers publish them; all but Firefox claim to be Safari, too. */
static void browser__is_named_with_its_system(void **state)
{
	static const struct {
		const char *agent, *name;
	} cases[] = {
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
		  "Firefox, Windows" },
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
		  "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.56",
		  "Edge, Windows" },
		{ "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
		  "Chrome/126.0.0.0 Mobile Safari/537.36",
		  "Chrome, Android" },
		{ "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
		  "Version/17.5 Mobile/15E148 Safari/604.1",
		  "Safari, iPhone" },
		{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) "
		  "Version/17.4.1 Safari/605.1.15",
		  "Safari, macOS" },
		{ "curl/7.88.1", "curl" },
		{ "", "" },
		{ "<script>alert(1)</script>", "" },
		{ "abcdefghijabcdefghijabcdefghijabcdefghijX", "abcdefghijabcdefghijabcdefghijabcdefghij" },
	};
	Arena *a = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_true(str_eq_z(browser_name(a, str_of(cases[i].agent)), cases[i].name));
	assert_true(str_eq_z(browser_name(a, STR_NONE), ""));
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(browser__is_named_with_its_system) };
	return cmocka_run_group_tests_name("browser", tests, NULL, NULL);
}
