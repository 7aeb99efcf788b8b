#include "app/message_settings.h"

#include "app/setting.h"

/* The first line is the user, the second the password. */
static Err read_login(Ctx *c, Str path, MailRelay *relay)
{
	Str text, line;
	if (str_is_none(path))
		return OK;
	RETURN_IF_ERR(setting_secret_file(c, path, &text));
	(void)str_split(&text, '\n', &line);
	relay->user = str_trim(line);
	if (!str_split(&text, '\n', &line) || str_is_empty(relay->user))
		return refuse(c, "--mail-login-file", "%s",
			      T(c->lang, "The file has the user in its first line and the password in its second."));
	relay->password = str_trim(line);
	return OK;
}

Err message_settings_read(Cli *cli, MessageSettings *out, bool *told)
{
	*out = (MessageSettings){
		.relay = { .relay = setting_of(cli, "--mail", "RAMPE_MAIL"), .user = STR_NONE, .password = STR_NONE },
		.from = setting_of(cli, "--mail-from", "RAMPE_MAIL_FROM"),
		.site = setting_of(cli, "--site", "RAMPE_SITE"),
		.sms = setting_of(cli, "--mail-sms", "RAMPE_MAIL_SMS")
	};
	Str file = setting_of(cli, "--mail-login-file", "RAMPE_MAIL_LOGIN_FILE");
	*told = !str_is_none(out->relay.relay) || !str_is_none(out->from) || !str_is_none(out->sms) ||
		!str_is_none(file);
	if (!*told)
		return OK;
	RETURN_IF_ERR(read_login(cli->c, file, &out->relay));
	return message_check_settings(cli->c, out);
}
