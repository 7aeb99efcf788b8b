/* Whatever a provider sends for a token or its keys, it is no proof: nobody has signed it. */
#include "fuzz.h"

#include "access/oidc_token.h"

/* RFC 8037, appendix A.2: the key that the made-up tokens name, and whose secret half stays in the standard. */
static const char keys[] = "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"a\","
			   "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";

/* The input up to the first zero is a token, what stands behind it a set of keys. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Ctx *c = fuzz_ctx();
	JsonValue set;
	Str all = { (const char *)data, size }, subject = STR_NONE;
	size_t zero = str_find(all, '\0', 0);
	Str token = str_sub(all, 0, zero), other = zero == SIZE_MAX ? STR("") : str_sub(all, zero + 1, size);
	OidcExpected want = { STR("https://a"), STR("b"), STR("c"), STR_NONE, 0 };
	if (json_parse(c, str_of(keys), sizeof keys, &set) == OK)
		HOLDS(oidc_token_check(c, &want, token, set, &subject) != OIDC_ACCEPTED);
	if (json_parse(c, other, size, &set) == OK)
		(void)oidc_token_check(c, &want, token, set, &subject);
	HOLDS(str_is_none(subject) || subject.len <= size);
	return 0;
}
