#include "http/mail.h"

#include "http/fetch.h"

#include <curl/curl.h>
#include <string.h>

static const Str smtp = { STR_LIT("smtp://") }, smtps = { STR_LIT("smtps://") };

bool mail_is_address(Str s)
{
	size_t at = str_find(s, '@', 0);
	if (s.len > MAIL_ADDRESS_MOST || at == SIZE_MAX || at == 0 || at + 1 >= s.len ||
	    str_find(s, '@', at + 1) != SIZE_MAX || s.ptr[0] == '-')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] <= ' ' || s.ptr[i] > '~' || strchr("<>()[]\\,;:\"", s.ptr[i]) != NULL)
			return false;
	return true;
}

static Str host_of(Str url)
{
	size_t scheme = str_starts(url, smtps) ? smtps.len : smtp.len;
	return str_sub(url, scheme, url.len);
}

bool mail_is_relay(Str url)
{
	if (!str_starts(url, smtp) && !str_starts(url, smtps))
		return false;
	Str host = host_of(url);
	for (size_t i = 0; i < host.len; i++)
		if (host.ptr[i] <= ' ' || host.ptr[i] > '~' || strchr("/?#@\\\"<>%", host.ptr[i]) != NULL)
			return false;
	return host.len > 0 && host.ptr[0] != ':' && host.len < MAIL_ADDRESS_MOST;
}

static size_t give(char *to, size_t size, size_t n, void *arg)
{
	Str *rest = arg;
	size_t some = size * n < rest->len ? size * n : rest->len;
	memcpy(to, rest->ptr, some);
	*rest = str_sub(*rest, some, rest->len);
	return some;
}

static int told_to_stop(void *arg, curl_off_t a, curl_off_t b, curl_off_t x, curl_off_t y)
{
	const atomic_bool *stop = arg;
	(void)a, (void)b, (void)x, (void)y;
	return stop != NULL && atomic_load(stop);
}

static MailOutcome outcome_of(CURLcode got, long code)
{
	switch (got) {
	case CURLE_OK: return MAIL_ACCEPTED;
	case CURLE_OPERATION_TIMEDOUT: return MAIL_TOO_SLOW;
	case CURLE_LOGIN_DENIED: return MAIL_LOGIN;
	case CURLE_USE_SSL_FAILED:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION: return MAIL_NO_TLS;
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_UPLOAD_FAILED:
		return code >= 500 && code < 600   ? MAIL_REFUSED
		       : code >= 400 && code < 500 ? MAIL_BUSY
						   : MAIL_UNREACHABLE;
	default: return MAIL_UNREACHABLE;
	}
}

static void set_options(Ctx *c, CURL *curl, const MailRelay *relay, const Mail *mail, Str *rest)
{
	Str domain = str_sub(mail->from, str_find(mail->from, '@', 0) + 1, mail->from.len);
	bool open = str_starts(relay->relay, smtp) && fetch_is_here(host_of(relay->relay));
	(void)curl_easy_setopt(curl, CURLOPT_URL,
			       str_printf(c->arena, "%.*s/%.*s", STR_ARG(relay->relay), STR_ARG(domain)).ptr);
	(void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	(void)curl_easy_setopt(curl, CURLOPT_USE_SSL, open ? (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	(void)curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	(void)curl_easy_setopt(curl, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	(void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)MAIL_SECONDS);
	(void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)MAIL_CONNECT_SECONDS);
	(void)curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	(void)curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, told_to_stop);
	(void)curl_easy_setopt(curl, CURLOPT_XFERINFODATA, (void *)(uintptr_t)mail->stop);
	(void)curl_easy_setopt(curl, CURLOPT_MAIL_FROM, str_printf(c->arena, "<%.*s>", STR_ARG(mail->from)).ptr);
	(void)curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	(void)curl_easy_setopt(curl, CURLOPT_READDATA, rest);
	if (str_is_empty(relay->user))
		return;
	(void)curl_easy_setopt(curl, CURLOPT_USERNAME, str_z(c->arena, relay->user));
	(void)curl_easy_setopt(curl, CURLOPT_PASSWORD, str_z(c->arena, relay->password));
}

Err mail_send(Ctx *c, const MailRelay *relay, const Mail *mail, MailOutcome *out)
{
	if (!mail_is_address(mail->from) || !mail_is_address(mail->to))
		return fail(c, ERR_INVALID, "not an address that mail can be sent to");
	if (!mail_is_relay(relay->relay))
		return fail(c, ERR_INTERNAL, "%.*s: not a relay", STR_ARG(relay->relay));
	fetch_library();
	CURL *curl = curl_easy_init();
	if (curl == NULL)
		return fail(c, ERR_IO, "libcurl does not start");
	Str rest = mail->message;
	long code = 0;
	struct curl_slist *to = curl_slist_append(NULL, str_printf(c->arena, "<%.*s>", STR_ARG(mail->to)).ptr);
	set_options(c, curl, relay, mail, &rest);
	(void)curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	CURLcode got = curl_easy_perform(curl);
	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
	*out = outcome_of(got, code);
	curl_slist_free_all(to);
	curl_easy_cleanup(curl);
	return OK;
}
