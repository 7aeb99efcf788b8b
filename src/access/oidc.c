#include "access/oidc.h"

#include "crypto/jws.h"
#include "crypto/token.h"
#include "format/base64.h"
#include "http/fetch.h"
#include "http/http.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

#define SECOND ((Time)1000000)
enum { FLOW_PARTS = 7, CODE_MOST = 2000, SETTING_MOST = 300 };

/* A document of the provider's, kept as it came. */
typedef struct {
	Arena *kept;
	Str bytes;
	Time fetched;
	Time tried, tried_anew; /* the last time that it was asked for, and for what it lacked */
} Document;

struct Oidc {
	Arena *arena;
	OidcSettings settings;
	pthread_mutex_t asking; /* held while a document is asked for: one at a time */
	pthread_mutex_t lock;   /* guards what is kept; never held while waiting for anybody */
	Document discovery, keys;
};

/* What the discovery document says, as far as it is needed. */
typedef struct {
	Str authorization, token, keys;
	bool secret_in_form; /* the provider takes it there only */
} Provider;

/* ---- settings ----------------------------------------------------------------- */

static bool is_https(Str url)
{
	return str_starts(url, STR("https://"));
}

Err oidc_check_settings(Ctx *c, const OidcSettings *s)
{
	if (!fetch_may_ask(s->issuer) || s->issuer.len > SETTING_MOST || str_find(s->issuer, '?', 0) != SIZE_MAX)
		return refuse(c, "--oidc", "%s", T(c->lang, "The provider is named by its address: https://…"));
	if (str_is_empty(s->client) || s->client.len > SETTING_MOST)
		return refuse(c, "--oidc-client", "%s", T(c->lang, "What does the provider call this program?"));
	if (str_is_empty(s->secret) || s->secret.len > SETTING_MOST)
		return refuse(c, "--oidc-secret-file", "%s", T(c->lang, "There is no secret in the file."));
	if (!fetch_may_ask(s->redirect) || s->redirect.len > SETTING_MOST ||
	    !str_ends(s->redirect, STR(OIDC_ANSWER_PATH)))
		return refuse(c, "--oidc-redirect",
			      T(c->lang, "This program's own address, as browsers reach it: https://…%s"),
			      OIDC_ANSWER_PATH);
	return OK;
}

Oidc *oidc_new(const OidcSettings *s)
{
	Arena *a = arena_new();
	Oidc *o = ARENA_NEW(a, Oidc);
	o->arena = a;
	o->settings = (OidcSettings){ str_dup(a, s->issuer), str_dup(a, s->client), str_dup(a, s->secret),
				      str_dup(a, s->redirect) };
	o->discovery = o->keys = (Document){ .fetched = TIME_NONE, .tried = TIME_NONE, .tried_anew = TIME_NONE };
	o->discovery.kept = arena_new();
	o->keys.kept = arena_new();
	if (pthread_mutex_init(&o->lock, NULL) != 0 || pthread_mutex_init(&o->asking, NULL) != 0)
		abort();
	return o;
}

void oidc_free(Oidc *o)
{
	if (o == NULL)
		return;
	pthread_mutex_destroy(&o->lock);
	pthread_mutex_destroy(&o->asking);
	arena_free(o->discovery.kept);
	arena_free(o->keys.kept);
	arena_free(o->arena);
}

Str oidc_issuer(const Oidc *o)
{
	return o->settings.issuer;
}

Str oidc_issuer_host(Str issuer)
{
	size_t from = str_find_str(issuer, STR("://")) + 3, to = str_find(issuer, '/', from);
	return str_sub(issuer, from, to == SIZE_MAX ? issuer.len : to);
}

/* ---- what the provider publishes ------------------------------------------------ */

static bool within(Time since, Time now, int64_t seconds)
{
	return since != TIME_NONE && now >= since && now - since < seconds * SECOND;
}

/* JSON of another program, whose faults are nobody's input. */
static Err parse(Ctx *c, Str url, Str bytes, JsonValue *out)
{
	size_t problems = c->problem_count;
	Err e = json_parse(c, bytes, FETCH_BODY_MOST, out);
	c->problem_count = problems;
	return e == OK && json_kind(*out) == JSON_IS_OBJECT ? OK
							    : fail(c, ERR_IO, "%.*s: no JSON object", STR_ARG(url));
}

static Err fetch_json(Ctx *c, const FetchRequest *request, int *status, Str *bytes, JsonValue *out)
{
	FetchAnswer answer;
	RETURN_IF_ERR(fetch(c, request, &answer));
	*status = answer.status;
	*bytes = answer.body;
	return parse(c, request->url, answer.body, out);
}

/* What is kept of the document, if it is not too old. */
static bool kept(Ctx *c, Oidc *o, const Document *d, Str *bytes)
{
	pthread_mutex_lock(&o->lock);
	bool fresh = within(d->fetched, clock_now(c->clock), (int64_t)OIDC_DOCUMENT_MINUTES * 60);
	if (fresh)
		*bytes = str_dup(c->arena, d->bytes);
	pthread_mutex_unlock(&o->lock);
	return fresh;
}

static void keep(Ctx *c, Oidc *o, Document *d, Str bytes)
{
	pthread_mutex_lock(&o->lock);
	arena_clear(d->kept);
	d->bytes = str_dup(d->kept, bytes);
	d->fetched = clock_now(c->clock);
	pthread_mutex_unlock(&o->lock);
}

/* Asks for the document, unless another thread just has, or nobody answered a moment ago. */
static Err ask_for(Ctx *c, Oidc *o, Document *d, Str url, bool anew, JsonValue *out)
{
	Str bytes = STR_NONE;
	int status = 0;
	Time now = clock_now(c->clock);
	if (kept(c, o, d, &bytes) && (!anew || within(d->tried_anew, now, OIDC_NEW_KEYS_SECONDS)))
		return parse(c, url, bytes, out);
	if (!anew && within(d->tried, now, OIDC_RETRY_SECONDS))
		return fail(c, ERR_IO, "%.*s: did not answer a moment ago", STR_ARG(url));
	*(anew ? &d->tried_anew : &d->tried) = now;
	RETURN_IF_ERR(fetch_json(c, &(FetchRequest){ .url = url }, &status, &bytes, out));
	if (status != 200)
		return fail(c, ERR_IO, "%.*s: status %d", STR_ARG(url), status);
	keep(c, o, d, bytes);
	return OK;
}

/* A published document: as it is kept, or asked for. `anew`: what is kept lacks
 * something; it is asked for again, but not all the time. */
static Err document(Ctx *c, Oidc *o, Document *d, Str url, bool anew, JsonValue *out)
{
	Str bytes = STR_NONE;
	if (!anew && kept(c, o, d, &bytes))
		return parse(c, url, bytes, out);
	pthread_mutex_lock(&o->asking);
	Err e = ask_for(c, o, d, url, anew, out);
	pthread_mutex_unlock(&o->asking);
	return e;
}

/* An address in the discovery document: over TLS wherever the issuer is. */
static Err endpoint(Ctx *c, const Oidc *o, JsonValue from, const char *name, Str *out)
{
	*out = STR_NONE;
	(void)json_as_text(json_member(from, name), out);
	if (!fetch_may_ask(*out) || (is_https(o->settings.issuer) && !is_https(*out)))
		return fail(c, ERR_IO, "%.*s: %s is no address to use", STR_ARG(o->settings.issuer), name);
	return OK;
}

/* How the provider wants the secret: in the header unless it says that it takes it in the form only. */
static bool wants_form(JsonValue discovery)
{
	JsonValue methods = json_member(discovery, "token_endpoint_auth_methods_supported");
	bool form = false;
	for (size_t i = 0; json_kind(methods) == JSON_IS_LIST && i < json_count(methods); i++) {
		Str method = STR_NONE;
		(void)json_as_text(json_at(methods, i), &method);
		if (str_eq_z(method, "client_secret_basic"))
			return false;
		form = form || str_eq_z(method, "client_secret_post");
	}
	return form;
}

static Err discover(Ctx *c, Oidc *o, Provider *out)
{
	JsonValue found;
	Str issuer = o->settings.issuer, said = STR_NONE;
	Str base = str_ends(issuer, STR("/")) ? str_sub(issuer, 0, issuer.len - 1) : issuer;
	Str url = str_printf(c->arena, "%.*s/.well-known/openid-configuration", STR_ARG(base));
	RETURN_IF_ERR(document(c, o, &o->discovery, url, false, &found));
	(void)json_as_text(json_member(found, "issuer"), &said);
	if (!str_eq(said, issuer))
		return fail(c, ERR_IO, "%.*s: is for another issuer", STR_ARG(url));
	RETURN_IF_ERR(endpoint(c, o, found, "authorization_endpoint", &out->authorization));
	RETURN_IF_ERR(endpoint(c, o, found, "token_endpoint", &out->token));
	RETURN_IF_ERR(endpoint(c, o, found, "jwks_uri", &out->keys));
	out->secret_in_form = wants_form(found);
	return OK;
}

/* ---- a login --------------------------------------------------------------------- */

Str oidc_flow_write(Ctx *c, const OidcFlow *f)
{
	Str who = uuid_str(c->arena, f->who), next = f->next.len <= OIDC_NEXT_MOST ? f->next : STR("/");
	return str_printf(c->arena, "%d\n%.*s\n%lld\n%.*s\n%.*s\n%.*s\n%.*s", (int)f->purpose, STR_ARG(who),
			  (long long)f->begun, STR_ARG(f->state), STR_ARG(f->nonce), STR_ARG(f->verifier),
			  STR_ARG(next));
}

bool oidc_flow_read(Str text, OidcFlow *out)
{
	Str rest = text, part[FLOW_PARTS];
	int64_t purpose = 0, begun = 0;
	for (int i = 0; i < FLOW_PARTS; i++)
		if (!str_split(&rest, '\n', &part[i]))
			return false;
	*out = (OidcFlow){ .state = part[3], .nonce = part[4], .verifier = part[5], .next = part[6] };
	if (!str_to_int(part[0], &purpose) || purpose < 0 || purpose >= OIDC_PURPOSES ||
	    !uuid_parse(part[1], &out->who) || !str_to_int(part[2], &begun))
		return false;
	out->purpose = (OidcPurpose)purpose;
	out->begun = begun;
	return true;
}

/* name=value behind what stands there. */
static void add(Ctx *c, Buf *b, const char *name, Str value)
{
	Str encoded = url_encode(c->arena, value);
	buf_printf(b, "%s%s=%.*s", b->len == 0 ? "" : "&", name, STR_ARG(encoded));
}

Err oidc_begin(Ctx *c, Oidc *o, OidcFlow *flow, Str *url)
{
	Provider provider;
	RETURN_IF_ERR(discover(c, o, &provider));
	flow->begun = clock_now(c->clock);
	flow->state = token_new(c);
	flow->nonce = token_new(c);
	flow->verifier = token_new(c);
	Buf *b = buf_new(c->arena, 4000);
	add(c, b, "response_type", STR("code"));
	add(c, b, "scope", STR("openid")); /* who it is, and nothing about them */
	add(c, b, "client_id", o->settings.client);
	add(c, b, "redirect_uri", o->settings.redirect);
	add(c, b, "state", flow->state);
	add(c, b, "nonce", flow->nonce);
	add(c, b, "code_challenge", sha256_base64url(c->arena, flow->verifier));
	add(c, b, "code_challenge_method", STR("S256"));
	Str query = buf_str(b);
	bool more = str_find(provider.authorization, '?', 0) != SIZE_MAX;
	*url = str_printf(c->arena, "%.*s%c%.*s", STR_ARG(provider.authorization), more ? '&' : '?', STR_ARG(query));
	return OK;
}

OidcVerdict oidc_check_answer(Ctx *c, const Oidc *o, const OidcFlow *flow, const OidcAnswer *answer)
{
	if (!within(flow->begun, clock_now(c->clock), (int64_t)OIDC_MINUTES * 60))
		return OIDC_TOO_LATE;
	if (!token_same(answer->state, flow->state))
		return OIDC_STATE;
	if (!str_is_none(answer->issuer) && !str_eq(answer->issuer, o->settings.issuer))
		return OIDC_OTHER_ISSUER;
	if (!str_is_none(answer->error))
		return OIDC_PROVIDER_ERROR;
	return str_is_empty(answer->code) || answer->code.len > CODE_MOST ? OIDC_NO_CODE : OIDC_ACCEPTED;
}

/* RFC 6749, 2.3.1: both encoded as in a form, then as HTTP's Basic. Some providers do not decode: a secret of letters
 * and digits is the same to both. */
static Str basic(Ctx *c, const OidcSettings *s)
{
	Str client = url_encode(c->arena, s->client), secret = url_encode(c->arena, s->secret);
	Str both = str_printf(c->arena, "%.*s:%.*s", STR_ARG(client), STR_ARG(secret));
	Buf *b = buf_new(c->arena, 8000);
	buf_z(b, "Basic ");
	base64_add(b, both.ptr, both.len);
	return buf_str(b);
}

typedef struct {
	Str id, access;
} Tokens;

static OidcVerdict ask_for_tokens(Ctx *c, const Oidc *o, const Provider *p, const OidcFlow *flow, Str code, Tokens *out)
{
	JsonValue got;
	Str bytes;
	int status = 0;
	Buf *b = buf_new(c->arena, 16384);
	add(c, b, "grant_type", STR("authorization_code"));
	add(c, b, "code", code);
	add(c, b, "redirect_uri", o->settings.redirect);
	add(c, b, "code_verifier", flow->verifier);
	if (p->secret_in_form) {
		add(c, b, "client_id", o->settings.client);
		add(c, b, "client_secret", o->settings.secret);
	}
	FetchRequest request = { .url = p->token, .form = buf_str(b) };
	if (!p->secret_in_form)
		request.authorization = basic(c, &o->settings);
	if (fetch_json(c, &request, &status, &bytes, &got) != OK)
		return OIDC_UNREACHABLE;
	*out = (Tokens){ STR_NONE, STR_NONE };
	(void)json_as_text(json_member(got, "id_token"), &out->id);
	(void)json_as_text(json_member(got, "access_token"), &out->access);
	if (status == 200 && !str_is_empty(out->id))
		return OIDC_ACCEPTED;
	(void)fail(c, ERR_IO, "%.*s: status %d and no token", STR_ARG(p->token), status); /* for the log */
	return OIDC_TOKEN_REFUSED;
}

OidcVerdict oidc_verify(Ctx *c, Oidc *o, const OidcFlow *flow, Str code, OidcIdentity *out)
{
	Provider provider;
	Tokens tokens;
	JsonValue keys;
	if (discover(c, o, &provider) != OK)
		return OIDC_UNREACHABLE;
	OidcVerdict verdict = ask_for_tokens(c, o, &provider, flow, code, &tokens);
	if (verdict != OIDC_ACCEPTED)
		return verdict;
	OidcExpected want = { o->settings.issuer, o->settings.client, flow->nonce, tokens.access, flow->begun };
	out->issuer = o->settings.issuer;
	if (document(c, o, &o->keys, provider.keys, false, &keys) != OK)
		return OIDC_UNREACHABLE;
	verdict = oidc_token_check(c, &want, tokens.id, keys, &out->subject);
	if (verdict != OIDC_NO_KEY)
		return verdict;
	if (document(c, o, &o->keys, provider.keys, true, &keys) != OK) /* keys are replaced now and then */
		return OIDC_UNREACHABLE;
	return oidc_token_check(c, &want, tokens.id, keys, &out->subject);
}
