#include "crypto/chain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_hash(const ChainHash *h, const char *hex)
{
	static const char digits[] = "0123456789abcdef";
	char text[2 * CHAIN_HASH + 1] = "";
	for (size_t i = 0; i < CHAIN_HASH; i++) {
		text[2 * i] = digits[h->b[i] >> 4];
		text[2 * i + 1] = digits[h->b[i] & 15];
	}
	assert_string_equal(text, hex);
}

/* What python3 says: hashlib.blake2b(b, digest_size=32).hexdigest() with
 *   b = bytes(32)
 *   b = bytes(32) + b"i" + (5).to_bytes(8, "big") + b"t" + (3).to_bytes(8, "big") + b"abc" + b"n"
 *       + b"u" + bytes(range(16)) + b"i" + (-1).to_bytes(8, "big", signed=True) */
static void an_entry_hashes_its_canonical_form(void **state)
{
	(void)state;
	ChainEntry e;
	ChainHash start = CHAIN_START, h;
	Uuid u;
	chain_begin(&e, &start);
	assert_true(chain_end(&e, &h));
	assert_hash(&h, "89eb0d6a8a691dae2cd15ed0369931ce0a949ecafa5c3f93f8121833646e15c3");
	for (size_t i = 0; i < sizeof u.b; i++)
		u.b[i] = (unsigned char)i;
	chain_begin(&e, &start);
	chain_int(&e, 5);
	chain_text(&e, STR("abc"));
	chain_text(&e, STR_NONE);
	chain_uuid(&e, u);
	chain_int(&e, -1);
	assert_true(chain_end(&e, &h));
	assert_hash(&h, "86a7c6d6bf4fb32d1d33e50ab4eebf51531670f3ef9fd80c027a8da5dd65be6b");
}

static ChainHash hash_of(const ChainHash *before, Str a, Str b)
{
	ChainEntry e;
	ChainHash h;
	chain_begin(&e, before);
	chain_text(&e, a);
	chain_text(&e, b);
	assert_true(chain_end(&e, &h));
	return h;
}

static void no_two_entries_share_a_hash(void **state)
{
	(void)state;
	ChainHash start = CHAIN_START;
	ChainHash all[] = { hash_of(&start, STR("ab"), STR("c")), hash_of(&start, STR("a"), STR("bc")),
			    hash_of(&start, STR("abc"), STR("")), hash_of(&start, STR("abc"), STR_NONE),
			    hash_of(&start, STR_NONE, STR("abc")) };
	for (size_t i = 0; i < 5; i++)
		for (size_t k = 0; k < i; k++)
			assert_memory_not_equal(&all[i], &all[k], sizeof all[0]);
	ChainHash later = hash_of(&all[0], STR("ab"), STR("c"));
	assert_memory_not_equal(&later, &all[0], sizeof later);
}

static void an_entry_too_long_is_told(void **state)
{
	(void)state;
	static char text[CHAIN_ENTRY_MOST];
	memset(text, 'x', sizeof text);
	ChainEntry e;
	ChainHash start = CHAIN_START, h;
	chain_begin(&e, &start);
	chain_text(&e, (Str){ text, CHAIN_ENTRY_MOST - CHAIN_HASH - 9 });
	assert_true(chain_end(&e, &h)); /* exactly full */
	chain_int(&e, 1);
	chain_text(&e, STR(""));
	assert_false(chain_end(&e, &h));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_hashes_its_canonical_form),
		cmocka_unit_test(no_two_entries_share_a_hash),
		cmocka_unit_test(an_entry_too_long_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
