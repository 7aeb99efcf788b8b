/* printed: the styles of documents that stand alone, for WeasyPrint and for saving. Stateless. */
#ifndef FEATURE_PRINTED_H
#define FEATURE_PRINTED_H

#include "base/buf.h"

/* The house's fonts and the stylesheet at `css` ("/assets/report.css"), as the content of a style element. */
void printed_styles(Buf *out, const char *css);

#endif
