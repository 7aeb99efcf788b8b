/* qr: a text as a QR code (ISO/IEC 18004), drawn as SVG.
 *
 * By libqrencode, error correction M, with the quiet zone of four modules. Black
 * on white whatever the page's colours, by presentation attributes only. Pure.
 */
#ifndef FORMAT_QR_H
#define FORMAT_QR_H

#include "base/buf.h"
#include "base/text.h"

enum { QR_TEXT_MOST = 400 }; /* bytes */

/* One <svg>, whose title and description are read aloud. False: the text is
 * empty, too long, or holds a NUL; nothing is drawn. */
bool qr_svg(Buf *out, Str text, Str title, Str desc, Lang lang);

#endif
