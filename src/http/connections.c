#include "http/inside.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum { OTHER_DESCRIPTORS = 1024 }; /* files, databases, pipes that stand among the connections */

int64_t seconds_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return t.tv_sec;
}

void address_of(const struct sockaddr *from, unsigned char out[16])
{
	memset(out, 0, 16);
	if (from->sa_family == AF_INET6) {
		memcpy(out, &((const struct sockaddr_in6 *)(const void *)from)->sin6_addr, 16);
	} else if (from->sa_family == AF_INET) {
		out[10] = out[11] = 0xff;
		memcpy(out + 12, &((const struct sockaddr_in *)(const void *)from)->sin_addr, 4);
	}
}

bool address_is_loopback(const unsigned char address[16])
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
	if (memcmp(address, mapped, 12) == 0)
		return address[12] == 127;
	return memcmp(address, &in6addr_loopback, 16) == 0;
}

bool address_parse(Str text, unsigned char out[16])
{
	char z[INET6_ADDRSTRLEN];
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	if (text.len == 0 || text.len >= sizeof z)
		return false;
	memcpy(z, text.ptr, text.len);
	z[text.len] = '\0';
	if (inet_pton(AF_INET, z, &v4.sin_addr) != 1)
		return inet_pton(AF_INET6, z, out) == 1;
	address_of((const struct sockaddr *)(const void *)&v4, out);
	return true;
}

static Visit **bucket_of(Visits *visits, const unsigned char address[16])
{
	uint64_t hash = str_hash((Str){ (const char *)address, 16 });
	return &visits->buckets[hash % ADDRESS_BUCKETS];
}

static int visits_of(Visits *visits, const unsigned char address[16])
{
	int same = 0;
	for (const Visit *other = *bucket_of(visits, address); other != NULL; other = other->next)
		same += memcmp(other->address, address, 16) == 0;
	return same;
}

static void visit_add(Visits *visits, Visit *visit)
{
	Visit **bucket = bucket_of(visits, visit->address);
	visit->next = *bucket;
	*bucket = visit;
}

static void visit_remove(Visits *visits, const Visit *visit)
{
	Visit **at = bucket_of(visits, visit->address);
	while (*at != NULL && *at != visit)
		at = &(*at)->next;
	if (*at != NULL)
		*at = visit->next;
}

void connections_init(Arena *a, Connections *cs, int most, int address_most, int requests_most)
{
	struct rlimit limit = { .rlim_cur = 1024 };
	(void)getrlimit(RLIMIT_NOFILE, &limit); /* leaves 1024 when it fails */
	pthread_mutex_init(&cs->lock, NULL);
	rlim_t slots = (rlim_t)most + OTHER_DESCRIPTORS;
	cs->slot_count = (int)(limit.rlim_cur < slots ? limit.rlim_cur : slots);
	cs->slots = ARENA_ARRAY(a, (size_t)cs->slot_count, Connection);
	cs->most = most;
	cs->address_most = address_most;
	cs->requests_most = requests_most;
}

void connections_release(Connections *cs)
{
	pthread_mutex_destroy(&cs->lock);
}

static void forget(Connections *cs, Connection *connection)
{
	visit_remove(&cs->visits, &connection->visit);
	connection->used = false;
	cs->count--;
}

Connection *connections_enter(Connections *cs, int fd, const struct sockaddr *from, int64_t deadline)
{
	unsigned char address[16];
	address_of(from, address);
	bool loopback = address_is_loopback(address);
	if (fd >= cs->slot_count)
		return NULL;
	pthread_mutex_lock(&cs->lock);
	Connection *connection = &cs->slots[fd];
	if (connection->used) /* the descriptor is new, so that one ended without a word */
		forget(cs, connection);
	bool room = cs->count < cs->most && (loopback || visits_of(&cs->visits, address) < cs->address_most);
	if (room) {
		connection->fd = fd;
		connection->used = true;
		connection->started = false;
		connection->loopback = loopback;
		memcpy(connection->visit.address, address, 16);
		atomic_store(&connection->deadline, deadline);
		visit_add(&cs->visits, &connection->visit);
		cs->count++;
	}
	pthread_mutex_unlock(&cs->lock);
	return room ? connection : NULL;
}

bool connections_request(Connections *cs, Visit *visit)
{
	pthread_mutex_lock(&cs->lock);
	bool room = visits_of(&cs->requests, visit->address) < cs->requests_most;
	if (room)
		visit_add(&cs->requests, visit);
	pthread_mutex_unlock(&cs->lock);
	return room;
}

void connections_request_over(Connections *cs, Visit *visit)
{
	pthread_mutex_lock(&cs->lock);
	visit_remove(&cs->requests, visit);
	pthread_mutex_unlock(&cs->lock);
}

Connection *connections_start(Connections *cs, int fd)
{
	pthread_mutex_lock(&cs->lock);
	Connection *connection = &cs->slots[fd];
	connection->started = true;
	pthread_mutex_unlock(&cs->lock);
	return connection;
}

void connections_leave(Connections *cs, Connection *connection)
{
	pthread_mutex_lock(&cs->lock);
	if (connection->used)
		forget(cs, connection);
	pthread_mutex_unlock(&cs->lock);
}

int connections_cut(Connections *cs, int64_t now)
{
	/* The lock keeps a connection from being closed, and its descriptor from
	 * meaning something else, while it is shut down. */
	pthread_mutex_lock(&cs->lock);
	int open = cs->count;
	for (int i = 0; i < ADDRESS_BUCKETS && open > 0; i++) {
		for (const Visit *visit = cs->visits.buckets[i]; visit != NULL; visit = visit->next) {
			const Connection *at = (const Connection *)visit;
			int64_t deadline = atomic_load(&at->deadline);
			if (at->started && deadline != NO_DEADLINE && deadline <= now)
				(void)shutdown(at->fd, SHUT_RDWR);
		}
	}
	pthread_mutex_unlock(&cs->lock);
	return open;
}
