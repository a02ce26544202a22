/* A client of an mq: endpoint, by the calls of mq_overview(7) alone: opens a connection, says Hello, makes one call, and leaves.
 *   mq_peer <name> <method id in hex> <priority> <a> <b>     prints the sum that the server answers
 * Every number is little-endian, as on the machines that this runs on. See docs/protocol.md, "Message queues". */
#define _GNU_SOURCE
#include <fcntl.h>
#include <inttypes.h>
#include <mqueue.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN = 1, OPENED = 2, FRAME = 4, CLOSE = 7, HELLO = 1, WELCOME = 2, CALL = 4, RESULT = 5, ROOM = 8192 };

struct header { uint8_t kind, lane; uint16_t zero; uint32_t client; uint64_t key; };

struct greeting {
    uint64_t magic;
    uint32_t version, status, process, zero;
    uint64_t start_time, pid_namespace;
    uint32_t depth, message_length;
    uint64_t locator, zero_too;
};

struct frame { uint8_t kind, flags; uint16_t processor; uint32_t call_id; uint64_t method_id; };

static struct header own;
static mqd_t requests, replies;
static unsigned char received[ROOM];

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void send_message(uint8_t kind, const void *content, size_t length, unsigned priority)
{
    unsigned char message[ROOM];
    struct header header = own;
    header.kind = kind;
    memcpy(message, &header, sizeof header);
    if (length)
        memcpy(message + sizeof header, content, length);
    if (mq_send(requests, (char *)message, sizeof header + length, priority))
        fail("mq_send");
}

static void send_frame(uint8_t kind, uint32_t call_id, uint64_t method_id, const void *payload, size_t length, unsigned priority)
{
    unsigned char bytes[256];
    struct frame frame = { .kind = kind, .processor = (uint16_t)(priority << 13), .call_id = call_id, .method_id = method_id };
    memcpy(bytes, &frame, sizeof frame);
    memcpy(bytes + sizeof frame, payload, length);
    send_message(FRAME, bytes, sizeof frame + length, priority + 1);
}

static const unsigned char *expect(uint8_t message_kind, uint8_t frame_kind)
{
    ssize_t length = mq_receive(replies, (char *)received, sizeof received, 0);
    if (length < (ssize_t)sizeof(struct header))
        fail("mq_receive");
    if (received[0] != message_kind || (frame_kind && received[sizeof(struct header)] != frame_kind)) {
        fprintf(stderr, "message %d, frame %d came\n", received[0], received[sizeof(struct header)]);
        exit(1);
    }
    return received + sizeof(struct header);
}

static uint64_t start_time(void)
{
    static char line[4096];
    FILE *file = fopen("/proc/self/stat", "r");
    if (!file || !fgets(line, sizeof line, file))
        fail("/proc/self/stat");
    fclose(file);
    char *field = strrchr(line, ')') + 2;
    for (int i = 3; i < 22; i++)
        field = strchr(field, ' ') + 1;
    return strtoull(field, 0, 10);
}

int main(int count, char **arguments)
{
    if (count != 6)
        return 2;

    char server_name[300], reply_name[300];
    struct stat pid_namespace, server;
    if (getrandom(&own.key, sizeof own.key, 0) != sizeof own.key || stat("/proc/self/ns/pid", &pid_namespace))
        fail("set-up");
    own.key |= 1;
    snprintf(server_name, sizeof server_name, "/contracts.%u.%s", (unsigned)geteuid(), arguments[1]);
    snprintf(reply_name, sizeof reply_name, "%.200s.%d.%016" PRIx64, server_name, getpid(), own.key);

    struct mq_attr shape = { .mq_maxmsg = 4, .mq_msgsize = 2048 };
    requests = mq_open(server_name, O_WRONLY | O_CLOEXEC);
    replies = mq_open(reply_name, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600, &shape);
    if (requests == (mqd_t)-1 || replies == (mqd_t)-1)
        fail("mq_open");
    if (fstat((int)requests, &server) || server.st_uid != geteuid() || (server.st_mode & 077))
        fail("whose queue is that?");

    struct greeting greeting = {
        .magic = 0x3145555143504943, .version = 1, .process = (uint32_t)getpid(), .start_time = start_time(),
        .pid_namespace = pid_namespace.st_ino, .depth = 4, .message_length = 2048,
    };
    send_message(OPEN, &greeting, sizeof greeting, 1);
    expect(OPENED, 0);
    mq_unlink(reply_name);
    memcpy(&own.client, received + 4, sizeof own.client);

    /* Hello: version 1, at least 1, no features; ["C", 65536, 16777216, 0, []]. */
    static const unsigned char hello[] = { 0x95, 0xA1, 'C', 0xCE, 0, 1, 0, 0, 0xCE, 1, 0, 0, 0, 0x00, 0x90 };
    send_frame(HELLO, 0x43504943, 1 | 1 << 16, hello, sizeof hello, 0);
    expect(FRAME, WELCOME);

    const unsigned char call[] = { 0x92, (unsigned char)atoi(arguments[4]), (unsigned char)atoi(arguments[5]) };
    send_frame(CALL, 1, strtoull(arguments[2], 0, 16), call, sizeof call, (unsigned)atoi(arguments[3]));
    printf("%d\n", expect(FRAME, RESULT)[sizeof(struct frame)]);

    send_message(CLOSE, 0, 0, 0);
    return 0;
}
