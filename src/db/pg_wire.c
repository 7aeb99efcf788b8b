#include "db/pg_wire.h"

#include <math.h>
#include <string.h>

/* pg_type.dat */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_FLOAT4 = 700,
	OID_FLOAT8 = 701,
	OID_BPCHAR = 1042,
	OID_VARCHAR = 1043,
	OID_DATE = 1082,
	OID_TIMESTAMPTZ = 1184,
	OID_NUMERIC = 1700,
	OID_UUID = 2950,
};

enum { DAYS_TO_2000 = 10957 };                         /* from 1970-01-01 */
static const int64_t micros_to_2000 = 946684800000000; /* the same in microseconds */

static void put_big(unsigned char *at, int n, uint64_t value)
{
	for (int i = 0; i < n; i++)
		at[i] = (unsigned char)(value >> (8 * (n - 1 - i)));
}

static int64_t get_big(const char *at, size_t n)
{
	uint64_t value = ((unsigned char)at[0] & 0x80) != 0 ? UINT64_MAX : 0; /* the sign goes on to the left */
	for (size_t i = 0; i < n; i++)
		value = value << 8 | (unsigned char)at[i];
	return (int64_t)value;
}

void pg_encode(const DbField *f, const DbValue *v, PgParam *out)
{
	uint64_t bits = 0;
	out->at = NULL;
	out->len = 0;
	if (v->none)
		return;
	out->at = (const char *)out->bytes;
	out->len = 8;
	switch (f->type) {
	case DB_UUID:
		out->at = (const char *)v->u.b;
		out->len = sizeof v->u.b;
		break;
	case DB_INT: put_big(out->bytes, 8, (uint64_t)v->i); break;
	case DB_TIME: put_big(out->bytes, 8, (uint64_t)v->i - (uint64_t)micros_to_2000); break;
	case DB_REAL:
		memcpy(&bits, &v->r, sizeof bits);
		put_big(out->bytes, 8, bits);
		break;
	case DB_DATE:
		put_big(out->bytes, 4, (uint64_t)(v->i - DAYS_TO_2000));
		out->len = 4;
		break;
	case DB_BOOL:
		out->bytes[0] = v->i != 0;
		out->len = 1;
		break;
	case DB_TEXT:
	case DB_SEALED:
	case DB_BYTES:
		out->at = v->s.ptr;
		out->len = (int)v->s.len;
		break;
	case DB_ENUM:
		out->at = f->values->rows[v->i].code;
		out->len = (int)strlen(out->at);
		break;
	}
}

static bool is_int(unsigned oid)
{
	return oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2;
}

static bool is_text(unsigned oid)
{
	return oid == OID_TEXT || oid == OID_VARCHAR || oid == OID_BPCHAR || oid == OID_NAME;
}

bool pg_reads(DbType type, unsigned oid)
{
	switch (type) {
	case DB_UUID: return oid == OID_UUID;
	case DB_INT: return is_int(oid) || oid == OID_NUMERIC;
	case DB_REAL: return oid == OID_FLOAT8 || oid == OID_FLOAT4 || is_int(oid) || oid == OID_NUMERIC;
	case DB_BOOL: return oid == OID_BOOL;
	case DB_TEXT:
	case DB_ENUM: return is_text(oid);
	case DB_SEALED:
	case DB_BYTES: return oid == OID_BYTEA;
	case DB_DATE: return oid == OID_DATE;
	case DB_TIME: return oid == OID_TIMESTAMPTZ;
	}
	return false;
}

/* Head of a numeric: number of digits, weight of the first, sign, scale. */
typedef struct {
	int digits, weight;
	bool negative;
	const char *at;
} Numeric;

static bool numeric_head(Str bytes, Numeric *out)
{
	if (bytes.len < 8)
		return false;
	int sign = (int)(get_big(bytes.ptr + 4, 2) & 0xffff);
	*out = (Numeric){ (int)get_big(bytes.ptr, 2), (int)get_big(bytes.ptr + 2, 2), sign == 0x4000, bytes.ptr + 8 };
	/* other signs are NaN and the infinities */
	return (sign == 0 || sign == 0x4000) && out->digits >= 0 && bytes.len == 8 + 2 * (size_t)out->digits;
}

static bool numeric_to_int(Str bytes, int64_t *out)
{
	Numeric n;
	int64_t value = 0;
	if (!numeric_head(bytes, &n) || n.weight > 4)
		return false;
	for (int i = 0; i <= n.weight; i++) {
		int64_t digit = i < n.digits ? get_big(n.at + 2 * i, 2) : 0;
		if (__builtin_mul_overflow(value, 10000, &value) ||
		    __builtin_add_overflow(value, n.negative ? -digit : digit, &value))
			return false;
	}
	for (int i = n.weight < 0 ? 0 : n.weight + 1; i < n.digits; i++)
		if (get_big(n.at + 2 * i, 2) != 0)
			return false; /* a fraction */
	*out = value;
	return true;
}

static bool numeric_to_real(Str bytes, double *out)
{
	Numeric n;
	long double value = 0;
	if (!numeric_head(bytes, &n))
		return false;
	for (int i = 0; i < n.digits; i++)
		value = value * 10000 + (long double)get_big(n.at + 2 * i, 2);
	int power = 4 * (n.weight + 1 - n.digits);
	value = power < 0 ? value / powl(10, -power) : value * powl(10, power);
	*out = (double)(n.negative ? -value : value);
	return isfinite(*out);
}

static bool decode_real(unsigned oid, Str bytes, DbValue *out)
{
	uint64_t bits = bytes.len == 8 ? (uint64_t)get_big(bytes.ptr, 8) : 0;
	uint32_t half = bytes.len == 4 ? (uint32_t)get_big(bytes.ptr, 4) : 0;
	float small = 0;
	if (oid == OID_NUMERIC)
		return numeric_to_real(bytes, &out->r);
	if (is_int(oid)) {
		out->r = bytes.len > 0 && bytes.len <= 8 ? (double)get_big(bytes.ptr, bytes.len) : 0;
		return bytes.len > 0 && bytes.len <= 8;
	}
	if (oid == OID_FLOAT4) {
		memcpy(&small, &half, sizeof small);
		out->r = (double)small;
		return bytes.len == 4;
	}
	memcpy(&out->r, &bits, sizeof bits);
	return bytes.len == 8;
}

bool pg_decode(DbType type, unsigned oid, Str bytes, DbValue *out)
{
	if (!pg_reads(type, oid))
		return false;
	switch (type) {
	case DB_REAL: return decode_real(oid, bytes, out);
	case DB_TEXT:
	case DB_ENUM:
	case DB_SEALED:
	case DB_BYTES: out->s = bytes; return true;
	case DB_UUID:
		if (bytes.len != sizeof out->u.b)
			return false;
		memcpy(out->u.b, bytes.ptr, sizeof out->u.b);
		return true;
	case DB_INT:
	case DB_BOOL:
	case DB_DATE:
	case DB_TIME: break;
	}
	if (oid == OID_NUMERIC)
		return numeric_to_int(bytes, &out->i);
	if (bytes.len == 0 || bytes.len > 8)
		return false;
	out->i = get_big(bytes.ptr, bytes.len);
	if (type == DB_DATE)
		out->i += DAYS_TO_2000;
	/* 'infinity' is no moment */
	return type != DB_TIME || !__builtin_add_overflow(out->i, micros_to_2000, &out->i);
}
