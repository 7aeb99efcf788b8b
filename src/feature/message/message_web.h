/* message_web: the staff has a link sent, and sees what came of it. */
#ifndef FEATURE_MESSAGE_WEB_H
#define FEATURE_MESSAGE_WEB_H

#include "access/route.h"
#include "feature/message/message.h"
#include "html/html.h"

extern const RouteTable message_routes;

#endif
