#include "base/text.h"
#include "feature/message/message.h"
#include "format/base64.h"

#include <ctype.h>
#include <string.h>

enum { TEXT_BYTES_MOST = 8192, LINE_MOST = 76, PIECE = LINE_MOST / 4 * 3 };

bool message_number(Str phone, char out[MESSAGE_NUMBER_MOST])
{
	char digits[MESSAGE_NUMBER_MOST + 2];
	size_t n = 0, from = 0;
	bool international = str_starts(phone, STR("+"));
	for (size_t i = 0; i < phone.len; i++) {
		if (isdigit((unsigned char)phone.ptr[i])) {
			if (n == sizeof digits)
				return false;
			digits[n++] = phone.ptr[i];
		} else if (phone.ptr[i] != ' ' && phone.ptr[i] != '-' && !(i == 0 && international)) {
			return false;
		}
	}
	if (!international && n > 2 && digits[0] == '0' && digits[1] == '0') {
		international = true;
		from = 2;
	}
	const char *country = !international && n == 8 ? "45" : "";
	if ((!international && n != 8) || n - from < 8 || n - from + strlen(country) >= MESSAGE_NUMBER_MOST)
		return false;
	size_t at = strlen(country);
	memcpy(out, country, at);
	memcpy(out + at, digits + from, n - from);
	out[at + n - from] = '\0';
	return true;
}

Str message_address(Ctx *c, const MessageSettings *s, const MessageDue *row)
{
	char number[MESSAGE_NUMBER_MOST];
	if (str_is_empty(row->recipient) || (row->kind == MESSAGE_LINK && str_is_empty(row->link)))
		return STR_NONE;
	if (row->channel == MESSAGE_MAIL)
		return mail_is_address(row->recipient) ? row->recipient : STR_NONE;
	size_t at = str_find_str(s->sms, STR("%s"));
	if (str_is_none(s->sms) || !message_number(row->recipient, number))
		return STR_NONE;
	Str before = str_sub(s->sms, 0, at), after = str_sub(s->sms, at + 2, s->sms.len);
	Str to = str_printf(c->arena, "%.*s%s%.*s", STR_ARG(before), number, STR_ARG(after));
	return mail_is_address(to) ? to : STR_NONE;
}

/* RFC 5322, section 3.3, of an ISO time in UTC. */
static void put_date(Buf *b, Arena *a, Time at)
{
	static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	Str iso = time_iso(a, at);
	Date day = DATE_NONE;
	int64_t month = 1;
	(void)date_parse(str_sub(iso, 0, 10), &day);
	(void)str_to_int(str_sub(iso, 5, 7), &month);
	buf_printf(b, "Date: %.3s, %.2s %.3s %.4s %.8s +0000\r\n", days + (date_weekday(day) - 1) * 3, iso.ptr + 8,
		   months + (month - 1) * 3, iso.ptr, iso.ptr + 11);
}

static void put_base64(Buf *b, Str text)
{
	for (size_t at = 0; at < text.len; at += PIECE) {
		base64_add(b, text.ptr + at, text.len - at < PIECE ? text.len - at : PIECE);
		buf_z(b, "\r\n");
	}
}

static Str link_text(Arena *a, Str site, Str code)
{
	return str_printf(a, "%.*s/adgang/%.*s", STR_ARG(site), STR_ARG(code));
}

Str message_link_text(const Ctx *c, Str code)
{
	return link_text(c->arena, c->messages == NULL ? STR("https://…") : c->messages->site, code);
}

/* A text message is ASCII: gateways count letters, and not all of them decode. */
Str message_text(Ctx *c, const MessageSettings *s, const MessageDue *row, Str to)
{
	Buf *b = buf_new(c->arena, TEXT_BYTES_MOST), *subject = buf_new(c->arena, 200);
	Str id = uuid_str(c->arena, row->id.v);
	Str domain = str_sub(s->from, str_find(s->from, '@', 0) + 1, s->from.len);
	Str link = link_text(c->arena, s->site, row->link);
	bool word = row->kind == MESSAGE_LOGIN;
	const char *heading = word ? T(LANG_DA, "A login opens your page") : T(LANG_DA, "A link for you");
	base64_add(subject, heading, strlen(heading));
	buf_printf(b, "From: <%.*s>\r\nTo: <%.*s>\r\n", STR_ARG(s->from), STR_ARG(to));
	buf_printf(b, "Subject: =?utf-8?B?%.*s?=\r\n", (int)subject->len, subject->ptr);
	put_date(b, c->arena, clock_now(c->clock));
	buf_printf(b, "Message-ID: <%.*s@%.*s>\r\n", STR_ARG(id), STR_ARG(domain));
	buf_z(b, "MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n"
		 "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ");
	const char *linked =
		T(LANG_DA, "A login opens your page from now on. Was it not you? Then tell your contact person.");
	if (row->channel == MESSAGE_SMS) {
		buf_z(b, "7bit\r\n\r\n");
		if (word)
			buf_printf(b, "%s\r\n", linked);
		else
			buf_printf(b, "%s\r\n%.*s\r\n", T(LANG_DA, "Here is your link. It works once, within 7 days."),
				   STR_ARG(link));
		return buf_str(b);
	}
	buf_z(b, "base64\r\n\r\n");
	if (word)
		put_base64(b, str_printf(c->arena, "%s\r\n\r\n%s\r\n", T(LANG_DA, "Hello"), linked));
	else
		put_base64(b, str_printf(c->arena, "%s\r\n\r\n%s\r\n%.*s\r\n\r\n%s\r\n", T(LANG_DA, "Hello"),
					 T(LANG_DA, "Here is your link:"), STR_ARG(link),
					 T(LANG_DA, "It works once, within 7 days, together with your birthday. If you "
						    "have not asked for it, delete this mail.")));
	return buf_str(b);
}
