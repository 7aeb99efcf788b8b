/* inside: what the files of this room share: the server, its workers, its
 * connections, and the part of an exchange that nobody else sees.
 */
#ifndef HTTP_INSIDE_H
#define HTTP_INSIDE_H

#include "http/http.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>

enum { WORKERS_MOST = 64, ADDRESS_BUCKETS = 1024, NO_DEADLINE = -1 };

/* Something of a client's that is counted by its address. */
typedef struct Visit {
	unsigned char address[16]; /* IPv6, or IPv4 mapped into it */
	struct Visit *next;        /* in the bucket of its address */
} Visit;

typedef struct {
	Visit *buckets[ADDRESS_BUCKETS];
} Visits;

/* One open connection; stands at its file descriptor's place in the table. */
typedef struct Connection {
	Visit visit; /* first: a Visit among `visits` is a Connection */
	int fd;
	bool used, started;
	bool loopback;
	_Atomic int64_t deadline; /* monotonic second at which it is cut; NO_DEADLINE */
} Connection;

/* Every open connection, and every request under way, by address. Safe from any thread. */
typedef struct {
	pthread_mutex_t lock;
	Connection *slots;
	int slot_count;
	Visits visits, requests;
	int count, most, address_most, requests_most;
} Connections;

void connections_init(Arena *a, Connections *cs, int most, int address_most, int requests_most);
void connections_release(Connections *cs);
/* Enters an accepted socket, or NULL when there are too many. */
Connection *connections_enter(Connections *cs, int fd, const struct sockaddr *from, int64_t deadline);
/* The one that stands at a descriptor, once its worker has it. */
Connection *connections_start(Connections *cs, int fd);
void connections_leave(Connections *cs, Connection *connection);
/* Shuts down those whose deadline has passed; returns how many are open. */
int connections_cut(Connections *cs, int64_t now);
/* Enters a request of the client at visit->address; false when it has too many. */
bool connections_request(Connections *cs, Visit *visit);
void connections_request_over(Connections *cs, Visit *visit);
/* "::ffff:10.0.0.1" for IPv4. */
void address_of(const struct sockaddr *from, unsigned char out[16]);
/* False: no address. */
bool address_parse(Str text, unsigned char out[16]);
bool address_is_loopback(const unsigned char address[16]);

/* Monotonic seconds. */
int64_t seconds_now(void);

typedef struct Exchange Exchange;

typedef struct {
	HttpServer *server;
	struct MHD_Daemon *daemon;
	Arena *arena;   /* of its exchanges; the worker's thread only, as what follows */
	Exchange *idle; /* ready for reuse, with their memory */
	int idle_count;
	Exchange *empty; /* ready for reuse, without memory */
} Worker;

struct HttpServer {
	Arena *arena;
	HttpConfig config;
	int listener;
	uint16_t port;
	int wake; /* eventfd that ends the accepting thread */
	pthread_t accepting;
	Worker workers[WORKERS_MOST];
	Connections connections;
	atomic_bool stopping;
	atomic_int active;  /* requests begun and not completed */
	atomic_int handled; /* requests the handler has and has not answered */
};

typedef enum { PHASE_HEAD, PHASE_BODY, PHASE_HANDLED, PHASE_DONE } Phase;

struct Exchange {
	HttpExchange x; /* first: an HttpExchange is an Exchange */
	Worker *worker;
	struct MHD_Connection *mhd;
	Connection *connection;
	Visit visit;
	bool counted; /* the visit, among the requests under way */
	Exchange *next;
	Phase phase;
	Str target; /* as sent */
	bool target_too_long;
	Buf body;
	size_t body_most;
	size_t dropped; /* bytes of a body that was too large */
	bool later;
	bool form_read;
	Err form_err;
	atomic_bool answered;
};

/* exchange.c: what libmicrohttpd calls. `worker` is a Worker. */
void *exchange_begin(void *worker, const char *uri, struct MHD_Connection *mhd);
enum MHD_Result exchange_go_on(void *worker, struct MHD_Connection *mhd, const char *url, const char *method,
			       const char *version, const char *upload, size_t *upload_size, void **con_cls);
void exchange_end(void *worker, struct MHD_Connection *mhd, void **con_cls, enum MHD_RequestTerminationCode how);
void exchanges_release(Worker *worker);

/* request.c: fills ex->x.in from the head of a request. 0, or the status that refuses it. */
int request_read(Exchange *ex, const char *method);

/* answer.c: gives ex->x.out to libmicrohttpd. */
enum MHD_Result answer_send(Exchange *ex);

#endif
