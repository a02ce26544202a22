/* The rings of a shm: connection, from docs/protocol.md and nothing else: what the tests' C peers speak.
 *
 * Every step of a write is announced before the next one is taken, so that a peer can stop, or die, exactly there. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <fcntl.h>

enum {
    LINE = 128,
    CONTROL_LENGTH = 5 * LINE,
    FIRST_CONTROL = LINE,
    DATA = 4096,
    ALIGNMENT = 64,
    WORD = 8,
    LENGTH_BITS = 24,
    HANDSHAKE = 64,
};

/* Where a writer can be stopped. In the order of a write; the test names them by these numbers. */
enum step { NOWHERE, BEFORE_LOCK, LOCKED, HALF_COPIED, COPIED, SEALED, COMMITTED, ADVANCED, UNLOCKED, WOKEN, PARKED, SPINNING,
    CONNECTED, HEARD, ANSWERED_HALF, ANSWERED, GREETED };

struct ring {
    uint8_t *control, *data;
    uint64_t capacity, mask, head;
};

struct session {
    int socket;
    uint8_t *memory;
    size_t length;
    struct ring in, out;
    enum step stop;
    long stop_at;      /* at which write */
    long writes;
};

static inline _Atomic uint64_t *word64(void *at) { return (_Atomic uint64_t *)at; }
static inline _Atomic uint32_t *word32(void *at) { return (_Atomic uint32_t *)at; }
static inline pthread_mutex_t *mutex_of(struct ring *r) { return (pthread_mutex_t *)r->control; }
static inline _Atomic uint64_t *tail_of(struct ring *r) { return word64(r->control + LINE); }
static inline _Atomic uint64_t *head_of(struct ring *r) { return word64(r->control + 2 * LINE); }
static inline _Atomic uint32_t *receiver_parked(struct ring *r) { return word32(r->control + 3 * LINE); }
static inline _Atomic uint32_t *sender_parked(struct ring *r) { return word32(r->control + 4 * LINE); }
static inline _Atomic uint64_t *commit_at(struct ring *r, uint64_t position) { return word64(r->data + (position & r->mask & ~7ull)); }

static inline uint64_t record_length(uint64_t content) { return (WORD + content + ALIGNMENT - 1) & -(uint64_t)ALIGNMENT; }
static inline uint64_t commit_word(uint64_t position, uint64_t length) { return position << (LENGTH_BITS - 3) | length; }
static inline int is_committed(uint64_t word, uint64_t position) { return (word ^ position << (LENGTH_BITS - 3)) >> LENGTH_BITS == 0; }

static inline long long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static inline void fail(const char *what) {
    fprintf(stderr, "ring peer: %s: %s\n", what, strerror(errno));
    exit(3);
}

static inline void reach(struct session *s, enum step step) {
    if (s->stop == step && s->writes >= s->stop_at) {
        s->stop = NOWHERE;
        raise(SIGSTOP);
    }
}

static inline struct ring ring_at(uint8_t *memory, int second, uint64_t capacity) {
    return (struct ring){
        .control = memory + FIRST_CONTROL + second * CONTROL_LENGTH,
        .data = memory + DATA + second * capacity,
        .capacity = capacity, .mask = capacity - 1, .head = capacity,
    };
}

static inline void copy_in(struct ring *r, uint64_t position, const uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) r->data[(position + i) & r->mask] = bytes[i];
}

static inline void copy_out(struct ring *r, uint64_t position, uint8_t *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) bytes[i] = r->data[(position + i) & r->mask];
}

/* Takes the mutex; puts the ring in order if its last holder died. 1: recovered. */
static inline int ring_lock(struct ring *r) {
    int error = pthread_mutex_lock(mutex_of(r));
    if (error == 0) return 0;
    if (error != EOWNERDEAD) { errno = error; fail("pthread_mutex_lock"); }
    /* A visible record counts, also if it has been taken already, so that the head is before the tail. */
    uint64_t tail = atomic_load(tail_of(r)), word = atomic_load(commit_at(r, tail));
    if (is_committed(word, tail)) atomic_store(tail_of(r), tail + record_length(word & ((1u << LENGTH_BITS) - 1)));
    pthread_mutex_consistent(mutex_of(r));
    return 1;
}

/* One record. 0: no room. */
static inline int ring_write(struct session *s, struct ring *r, const uint8_t *bytes, size_t count) {
    s->writes++;
    reach(s, BEFORE_LOCK);
    ring_lock(r);
    reach(s, LOCKED);
    uint64_t tail = atomic_load(tail_of(r)), head = atomic_load(head_of(r));
    if (tail - head + record_length(count) > r->capacity) {
        pthread_mutex_unlock(mutex_of(r));
        return 0;
    }
    copy_in(r, tail + WORD, bytes, count / 2);
    reach(s, HALF_COPIED);
    copy_in(r, tail + WORD + count / 2, bytes + count / 2, count - count / 2);
    reach(s, COPIED);
    uint64_t next = tail + record_length(count);
    if (is_committed(atomic_load(commit_at(r, next)), next)) atomic_store(commit_at(r, next), 0);
    reach(s, SEALED);
    atomic_store(commit_at(r, tail), commit_word(tail, count));
    reach(s, COMMITTED);
    atomic_store(tail_of(r), next);
    reach(s, ADVANCED);
    pthread_mutex_unlock(mutex_of(r));
    reach(s, UNLOCKED);
    return 1;
}

/* The content of the record at the head, or 0. */
static inline size_t ring_read(struct ring *r, uint8_t *bytes, size_t room) {
    uint64_t word = atomic_load(commit_at(r, r->head)), length = word & ((1u << LENGTH_BITS) - 1);
    if (!is_committed(word, r->head)) return 0;
    if (length == 0 || length > r->capacity - WORD || length > room) exit(4);
    copy_out(r, r->head + WORD, bytes, length);
    r->head += record_length(length);
    atomic_store(head_of(r), r->head);
    return length;
}
