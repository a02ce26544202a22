/*
 * A client of a sysv: server, written from docs/protocol.md: makes its reply queue, says who it is, says Hello, makes one call, closes.
 *
 *   sysv_client NAME.msq HELLO CALL       the two frames in hexadecimal digits, without their length prefixes
 *
 * Prints the frames that come, in hexadecimal digits, one on a line.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST = 8192, OPEN = 1, OPENED = 2, FRAME = 4, CLOSE = 7, DEFAULT_PRIORITY = 1, HIGHEST_PRIORITY = 8 };

static const int64_t TEXT = INT64_C(1) << 40;

struct header { uint32_t kind, client; uint64_t key; };

struct greeting {
    uint64_t magic;
    uint32_t version, status, process, zero;
    uint64_t start_time, pid_namespace;
    uint32_t depth, message_length;
    uint64_t locator, zero2;
};

struct message { long type; struct header header; unsigned char content[LONGEST - sizeof(struct header)]; };

static struct message message;
static int requests, replies;
static uint32_t client;
static const uint64_t key = 0x1122334455667789;

static void check(int failed, const char *what)
{
    if (failed) {
        perror(what);
        if (replies > 0) msgctl(replies, IPC_RMID, 0);
        exit(1);
    }
}

static uint64_t start_time(void)
{
    static char line[1024];
    FILE *file = fopen("/proc/self/stat", "r");
    check(!file || !fgets(line, sizeof line, file), "/proc/self/stat");
    fclose(file);
    char *field = strrchr(line, ')') + 2;
    for (int i = 0; i < 19; i++) field = strchr(field, ' ') + 1;
    return strtoull(field, 0, 10);
}

static void put(uint32_t kind, int priority, const void *content, size_t length)
{
    message.type = TEXT + HIGHEST_PRIORITY - priority;
    message.header = (struct header){ kind, client, key };
    if (length) memcpy(message.content, content, length);
    check(msgsnd(requests, &message, sizeof message.header + length, 0), "msgsnd");
}

/* Messages without a text are signals: this client asks for nothing, and the little that it is sent always fits. */
static ssize_t take(void)
{
    ssize_t length;
    do length = msgrcv(replies, &message, LONGEST, 0, 0); while (length == 0);
    check(length < (ssize_t)sizeof message.header || message.header.key != key, "msgrcv");
    return length - (ssize_t)sizeof message.header;
}

static void send_frame(const char *digits)
{
    static unsigned char frame[LONGEST];
    size_t length = strlen(digits) / 2;
    for (size_t i = 0; i < length; i++) sscanf(digits + 2 * i, "%2hhx", &frame[i]);
    put(FRAME, DEFAULT_PRIORITY, frame, length);
    ssize_t came = take();
    check(message.header.kind != FRAME || message.header.client != client, "a frame");
    for (ssize_t i = 0; i < came; i++) printf("%02X", message.content[i]);
    printf("\n");
}

int main(int count, char **arguments)
{
    int id, project;
    struct stat namespace;
    check(count != 4, "usage");
    FILE *name = fopen(arguments[1], "r");
    check(!name || fscanf(name, "%d %d", &id, &project) != 2, arguments[1]);
    fclose(name);
    requests = msgget(ftok(arguments[1], project), 0);
    check(requests != id, "msgget");
    replies = msgget(IPC_PRIVATE, 0600);
    check(replies < 0 || stat("/proc/self/ns/pid", &namespace), "msgget");

    struct greeting own = { .version = 1, .process = (uint32_t)getpid(), .start_time = start_time(), .pid_namespace = namespace.st_ino,
                            .depth = 2, .message_length = LONGEST, .locator = (uint64_t)replies };
    memcpy(&own.magic, "CIPCQUE1", 8);
    put(OPEN, DEFAULT_PRIORITY, &own, sizeof own);
    take();
    struct greeting server;
    memcpy(&server, message.content, sizeof server);
    check(message.header.kind != OPENED || server.magic != own.magic || server.status != 0, "the greeting");
    client = message.header.client;

    send_frame(arguments[2]);
    send_frame(arguments[3]);
    put(CLOSE, 0, 0, 0);
    msgctl(replies, IPC_RMID, 0);
    return 0;
}
