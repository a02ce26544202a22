/* The other side of a shm: connection, as badly behaved as a test wants it.
 *
 *   ring_peer serve   <socket path> <Welcome frame> <method that is never answered>
 *   ring_peer call    <socket path> <Hello frame> <first frames> <frame that follows every result>
 *   ring_peer produce <segment> <capacity> <ring 0|1> <producer> <records> <step> <write>
 *
 * The first two read commands, a line each. Every command makes one connection, which a child process keeps: cheap to kill.
 *   stop <step> <write>         the child stops itself there: "stopped"; then "kill" or "continue" is read
 *   kill <microseconds>         the child is killed so long after it was forked
 * The others let the handshake and the first call pass, and then
 *   corrupt <seed> <what>       rewrite the segment at full speed, until the other side hangs up
 *   corrupt-early <seed> <what> the same from the start
 *   set <offset> <value>        store one 64-bit word in the segment, and go on in good order
 *   steal <distance>            have a thread move the tail of the other side's ring, and die with its mutex
 *   hold                        keep the mutex of the other side's ring
 *   flood                       fill the control socket
 * and tell the process that does it: "child <process>".
 * "dead <time> <status>" ends each command: CLOCK_MONOTONIC, in nanoseconds, when the kernel reported the child's death. */
#include "ring.h"

static uint8_t greeting[65536], call[4096], next_call[4096];
static size_t greeting_length, call_length, next_length;
static const char *malice = "";
static void misbehave(struct session *s);
static uint64_t silent_method;
static int is_server;

static uint64_t next_random(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15ull);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ z >> 27) * 0x94d049bb133111ebull;
    return z ^ z >> 31;
}

static size_t from_hex(const char *text, uint8_t *bytes, size_t room) {
    size_t count = strlen(text) / 2;
    if (count > room) fail("too long");
    for (size_t i = 0; i < count; i++) {
        unsigned value;
        sscanf(text + 2 * i, "%2x", &value);
        bytes[i] = (uint8_t)value;
    }
    return count;
}

/* ---- control socket ---- */

static void put_handshake(uint8_t *bytes, uint32_t capacity) {
    struct stat space;
    if (stat("/proc/self/ns/pid", &space)) fail("pid namespace");
    memset(bytes, 0, HANDSHAKE);
    memcpy(bytes, "CIPCCTL1", 8);
    *(uint32_t *)(bytes + 8) = 1;
    *(uint32_t *)(bytes + 12) = 1;
    *(uint32_t *)(bytes + 16) = sizeof(pthread_mutex_t);
    *(uint32_t *)(bytes + 24) = capacity;
    *(uint64_t *)(bytes + 32) = space.st_ino;
}

static void read_all(int socket, uint8_t *bytes, size_t count, int *file) {
    for (size_t got = 0; got < count;) {
        struct iovec part = {bytes + got, count - got};
        union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control;
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control};
        ssize_t n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
        if (n <= 0) exit(0);
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        if (header && header->cmsg_type == SCM_RIGHTS && file) memcpy(file, CMSG_DATA(header), sizeof(int));
        got += n;
    }
}

static void send_with_file(int socket, uint8_t *bytes, size_t count, int file) {
    struct iovec part = {bytes, count};
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr align; } control;
    memset(&control, 0, sizeof control);
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &file, sizeof(int));
    if (sendmsg(socket, &message, MSG_NOSIGNAL) < 0) exit(0);
}

static int make_segment(uint64_t capacity, uint8_t **memory) {
    uint64_t length = DATA + 2 * capacity;
    int file = memfd_create("contracts-ring", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0 || posix_fallocate(file, 0, length) || fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL)) fail("memfd");
    uint8_t *at = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (at == MAP_FAILED) fail("mmap");
    uint8_t own[HANDSHAKE];
    put_handshake(own, capacity);
    memcpy(at + 8, own + 8, 12);
    *(uint64_t *)(at + 24) = capacity;
    *(uint64_t *)(at + 32) = length;
    memcpy(at + 40, own + 32, 8);
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
    for (int i = 0; i < 2; i++) {
        struct ring r = ring_at(at, i, capacity);
        pthread_mutex_init(mutex_of(&r), &attributes);
        atomic_store(tail_of(&r), capacity);
        atomic_store(head_of(&r), capacity);
    }
    memcpy(at, "CIPCRNG1", 8);
    *memory = at;
    return file;
}

static void open_session(struct session *s) {
    uint8_t theirs[HANDSHAKE], own[HANDSHAKE];
    uint64_t capacity = 128 * 1024;
    int file = -1;
    reach(s, CONNECTED);
    if (is_server) {
        read_all(s->socket, theirs, HANDSHAKE, NULL);
        reach(s, HEARD);
        file = make_segment(capacity, &s->memory);
        put_handshake(own, capacity);
        if (s->stop == ANSWERED_HALF) {
            send_with_file(s->socket, own, HANDSHAKE / 2, file);
            reach(s, ANSWERED_HALF);
        }
        send_with_file(s->socket, own, HANDSHAKE, file);
    } else {
        put_handshake(own, capacity);
        if (s->stop == ANSWERED_HALF) {
            (void)!send(s->socket, own, HANDSHAKE / 2, MSG_NOSIGNAL);
            reach(s, ANSWERED_HALF);
        }
        if (send(s->socket, own, HANDSHAKE, MSG_NOSIGNAL) != HANDSHAKE) exit(0);
        reach(s, HEARD);
        read_all(s->socket, theirs, HANDSHAKE, &file);
        capacity = *(uint32_t *)(theirs + 24);
        s->memory = mmap(NULL, DATA + 2 * capacity, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (s->memory == MAP_FAILED) fail("mmap");
    }
    close(file);
    reach(s, ANSWERED);
    s->length = DATA + 2 * capacity;
    s->in = ring_at(s->memory, !is_server, capacity);
    s->out = ring_at(s->memory, is_server, capacity);
}

/* ---- frames ---- */

static void wake(struct session *s, _Atomic uint32_t *flag) {
    atomic_thread_fence(memory_order_seq_cst);
    if (atomic_load(flag) && atomic_exchange(flag, 0)) (void)!send(s->socket, "!", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void put_frame(struct session *s, const uint8_t *frame, size_t length) {
    while (!ring_write(s, &s->out, frame, length)) {
        wake(s, receiver_parked(&s->out));
        if (recv(s->socket, (char[16]){0}, 16, MSG_DONTWAIT) == 0) exit(0);
    }
    wake(s, receiver_parked(&s->out));
    reach(s, WOKEN);
}

/* What a server, or a client, does with a frame; a call is answered with its own argument. */
static void on_frame(struct session *s, const uint8_t *frame, uint32_t length) {
    uint8_t answer[4096];
    uint8_t kind = frame[4], flags = frame[5];
    if (kind == 1) {
        put_frame(s, greeting, greeting_length);
        reach(s, GREETED);
        return;
    }
    if (kind == 2) {
        reach(s, GREETED);
        put_frame(s, call, call_length);
        return;
    }
    if (kind == 5) {
        misbehave(s);
        put_frame(s, next_call, next_length);
        return;
    }
    if (kind == 12 || kind == 3) exit(0);
    if (kind != 4 && kind != 9 && !(kind == 11 && frame[8] == 0)) return;
    size_t at = 20 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0);
    if (flags & 4) at += 2 + *(uint16_t *)(frame + at);
    size_t payload = kind == 4 ? 4 + length - at - 1 : 0;
    if (kind == 4 && (*(uint64_t *)(frame + 12) == silent_method || flags & 16 || flags & 32 || payload > 4000)) return;
    *(uint32_t *)answer = 16 + payload;
    memcpy(answer + 4, frame + 4, 16);
    memcpy(answer + 20, frame + at + 1, payload);
    answer[4] = kind == 4 ? 5 : kind == 9 ? 10 : 11;
    answer[5] = 0;
    *(uint16_t *)(answer + 6) = sched_getcpu() + 1;
    if (kind == 11) answer[8] = 1;
    put_frame(s, answer, 20 + payload);
    if (kind == 4) misbehave(s);
}

static void run(struct session *s) {
    static uint8_t bytes[1 << 18];
    size_t held = 0;
    if (!is_server) put_frame(s, greeting, greeting_length);
    for (int idle = 0;;) {
        size_t count = ring_read(&s->in, bytes + held, sizeof bytes - held);
        if (count) {
            idle = 0;
            held += count;
            size_t at = 0;
            while (held - at >= 4) {
                uint32_t length = *(uint32_t *)(bytes + at);
                if (length > sizeof bytes - 4) exit(4);
                if (held - at - 4 < length) break;
                on_frame(s, bytes + at, length);
                at += 4 + length;
            }
            memmove(bytes, bytes + at, held -= at);
            wake(s, sender_parked(&s->in));
        } else if (++idle == 500) {
            reach(s, SPINNING);
        } else if (idle > 1000) {
            atomic_store(receiver_parked(&s->in), 1);
            atomic_thread_fence(memory_order_seq_cst);
            reach(s, PARKED);
            if (!is_committed(atomic_load(commit_at(&s->in, s->in.head)), s->in.head)) {
                struct pollfd wait = {s->socket, POLLIN, 0};
                poll(&wait, 1, -1);
                if (recv(s->socket, (char[64]){0}, 64, MSG_DONTWAIT) == 0) exit(0);
            }
            atomic_store(receiver_parked(&s->in), 0);
            idle = 0;
        }
    }
}

/* ---- malice ---- */

/* A value that checks get wrong: corners, and what lies just beside what is there. */
static uint64_t odd_value(uint64_t *state, uint64_t there, uint64_t capacity) {
    switch (next_random(state) % 16) {
        case 0: return 0;
        case 1: return UINT64_MAX;
        case 2: return INT64_MAX;
        case 3: return 1ull << 63;
        case 4: return there + 1;
        case 5: return there - 1;
        case 6: return there + ALIGNMENT;
        case 7: return there - ALIGNMENT;
        case 8: return there + capacity;
        case 9: return there - capacity;
        case 10: return there + capacity + ALIGNMENT;
        case 11: return there ^ 1ull << next_random(state) % 64;
        case 12: return (uint32_t)next_random(state);
        case 13: return commit_word(there, next_random(state) % (1 << LENGTH_BITS));
        case 14: return capacity - 1;
        default: return next_random(state);
    }
}

/* Rewrites what `what` names (bits: 1 tails, 2 heads, 4 parked flags, 8 commit words and lengths, 16 anything but mutexes) as fast as it can. */
struct corruption { struct session *s; uint64_t state; int what; };

static void *corrupt(void *argument) {
    struct corruption *c = argument;
    struct session *s = c->s;
    uint64_t state = c->state;
    for (;;) {
        struct ring *r = next_random(&state) & 1 ? &s->in : &s->out;
        int kind = 1 << next_random(&state) % 5;
        if (!(kind & c->what)) continue;
        if (kind == 1) {
            atomic_store(tail_of(r), odd_value(&state, atomic_load(tail_of(r)), r->capacity));
        } else if (kind == 2) {
            atomic_store(head_of(r), odd_value(&state, atomic_load(head_of(r)), r->capacity));
        } else if (kind == 4) {
            atomic_store(next_random(&state) & 1 ? receiver_parked(r) : sender_parked(r), (uint32_t)odd_value(&state, 1, r->capacity));
        } else if (kind == 8) {
            /* At the place of the next record, or near: elsewhere nobody looks. */
            uint64_t position = atomic_load(next_random(&state) & 1 ? tail_of(r) : head_of(r)) + (next_random(&state) % 8) * ALIGNMENT;
            uint64_t value = next_random(&state) & 1
                ? commit_word(position, odd_value(&state, 0, r->capacity) & ((1u << LENGTH_BITS) - 1))
                : odd_value(&state, atomic_load(commit_at(r, position)), r->capacity);
            atomic_store(commit_at(r, position + (next_random(&state) % 4 == 0) * WORD), value);
        } else {
            uint64_t at = next_random(&state) % (s->length / 8) * 8;
            int in_mutex = at >= FIRST_CONTROL && at < FIRST_CONTROL + 2 * CONTROL_LENGTH && (at - FIRST_CONTROL) % CONTROL_LENGTH < 64;
            if (!in_mutex) atomic_store(word64(s->memory + at), odd_value(&state, atomic_load(word64(s->memory + at)), r->capacity));
        }
        /* Not always at full speed: else no connection gets beyond its first call. */
        uint64_t pause = next_random(&state) % 1024;
        if (pause == 0 && recv(s->socket, (char[1]){0}, 1, MSG_PEEK | MSG_DONTWAIT) == 0) _exit(0);
        if (pause < 16) for (uint64_t n = next_random(&state) % 20000; n; n--) __asm__ volatile("");
    }
    return NULL;
}

/* A thread of the peer that dies with the mutex of the ring that the other side writes, its tail rewritten. */
struct theft { struct ring *r; uint64_t beyond; };

static void *steal(void *argument) {
    struct theft *theft = argument;
    if (pthread_mutex_lock(mutex_of(theft->r))) fail("lock");
    atomic_store(tail_of(theft->r), atomic_load(tail_of(theft->r)) + theft->beyond);
    return NULL;
}

static void hold(struct session *s) {
    if (pthread_mutex_lock(mutex_of(&s->in))) fail("lock");
}

static void *flood(void *argument) {
    struct session *s = argument;
    static char bytes[65536];
    while (send(s->socket, bytes, sizeof bytes, MSG_NOSIGNAL) > 0) {
    }
    exit(0);
}

/* ---- commands ---- */

/* Once. */
static void misbehave(struct session *s) {
    static struct corruption corruption;
    static struct theft theft;
    pthread_t thread;
    char name[32] = "";
    unsigned long long first = 0, second = 0;
    sscanf(malice, "%31s %llu %llu", name, &first, &second);
    malice = "";
    if (!strncmp(name, "corrupt", 7)) {
        corruption = (struct corruption){s, first, (int)second};
        pthread_create(&thread, NULL, corrupt, &corruption);
    } else if (!strcmp(name, "set")) {
        atomic_store(word64(s->memory + first), second);
    } else if (!strcmp(name, "steal")) {
        theft = (struct theft){&s->in, first};
        pthread_create(&thread, NULL, steal, &theft);
        pthread_join(thread, NULL);
    } else if (!strcmp(name, "hold")) {
        hold(s);
    } else if (!strcmp(name, "flood")) {
        pthread_create(&thread, NULL, flood, s);
    }
}

static void child(int socket, const char *command) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct session s = {.socket = socket};
    int step;
    if (sscanf(command, "stop %d %ld", &step, &s.stop_at) == 2) s.stop = step;
    open_session(&s);
    malice = command;
    if (!strncmp(command, "corrupt-early", 13)) misbehave(&s);
    run(&s);
}

static int connect_to(const char *path, int listening) {
    if (is_server) {
        int socket = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
        if (socket < 0) fail("accept");
        return socket;
    }
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s < 0 || connect(s, (struct sockaddr *)&address, sizeof address)) fail("connect");
    return s;
}

static void say(const char *text) {
    puts(text);
    fflush(stdout);
}

static void obey(const char *path, int listening, const char *command) {
    char line[256];
    int status;
    int socket = connect_to(path, listening);
    pid_t process = fork();
    if (process == 0) {
        if (listening >= 0) close(listening);
        child(socket, command);
    }
    close(socket);
    if (strncmp(command, "stop", 4) && strncmp(command, "kill", 4)) {
        snprintf(line, sizeof line, "child %d", process);
        say(line);
    }
    long delay;
    if (sscanf(command, "kill %ld", &delay) == 1) {
        struct timespec pause = {delay / 1000000, delay % 1000000 * 1000};
        nanosleep(&pause, NULL);
        kill(process, SIGKILL);
    }
    while (waitpid(process, &status, WUNTRACED) == process && WIFSTOPPED(status)) {
        snprintf(line, sizeof line, "stopped %d", process);
        say(line);
        if (!fgets(line, sizeof line, stdin)) strcpy(line, "kill");
        kill(process, strncmp(line, "kill", 4) ? SIGCONT : SIGKILL);
    }
    snprintf(line, sizeof line, "dead %lld %d", now(), status);
    say(line);
}

static int produce(char **arguments) {
    int file = open(arguments[2], O_RDWR | O_CLOEXEC);
    uint64_t capacity = strtoull(arguments[3], NULL, 0);
    struct session s = {.stop = atoi(arguments[7]), .stop_at = atol(arguments[8])};
    s.memory = mmap(NULL, DATA + 2 * capacity, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file < 0 || s.memory == MAP_FAILED) fail("segment");
    s.out = ring_at(s.memory, atoi(arguments[4]), capacity);
    uint32_t producer = atoi(arguments[5]), records = strtoul(arguments[6], NULL, 0);
    uint32_t record[65] = {0};
    say("producing");
    for (uint32_t i = 0; i < records; i++) {
        /* Lengths differ, so that records go round the ring's end at every place; the content tells a torn one. */
        uint32_t words = 4 + i * 7 % 61;
        record[0] = words * 4 - 4;
        record[1] = producer;
        record[2] = i;
        for (uint32_t k = 3; k < words; k++) record[k] = i * 2654435761u + k;
        while (!ring_write(&s, &s.out, (uint8_t *)record, words * 4)) {
            s.writes--;
            sched_yield();
        }
    }
    say("produced");
    return 0;
}

int main(int count, char **arguments) {
    if (count == 9 && !strcmp(arguments[1], "produce")) return produce(arguments);
    if (count < 5) return 2;
    is_server = !strcmp(arguments[1], "serve");
    greeting_length = from_hex(arguments[3], greeting, sizeof greeting);
    int listening = -1;
    if (is_server) {
        silent_method = strtoull(arguments[4], NULL, 0);
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        strncpy(address.sun_path, arguments[2], sizeof address.sun_path - 1);
        listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (listening < 0 || bind(listening, (struct sockaddr *)&address, sizeof address) || listen(listening, 64)) fail("listen");
    } else {
        call_length = from_hex(arguments[4], call, sizeof call);
        next_length = from_hex(arguments[5], next_call, sizeof next_call);
    }
    say("ready");
    char command[256];
    while (fgets(command, sizeof command, stdin)) obey(arguments[2], listening, command);
    return 0;
}
