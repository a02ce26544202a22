/*
 * Sequenced packets against a stream, both over AF_UNIX, between two processes: gcc -O2 -o seqpacket seqpacket.c && ./seqpacket
 *
 * Round trips of 64 bytes, both sides polling without sleeping and both sides sleeping, and one-way throughput of small and of large messages. A stream needs a
 * length prefix and takes many messages in one call; a packet needs neither, and is one call each. Kinds take turns within each of five passes; the median counts.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PASSES = 5, LARGE = 64 * 1024 };

static char buffer[2 * LARGE];

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static void take(int socket, int count, int flags)
{
    for (int got = 0; got < count;) {
        int n = recv(socket, buffer + got, count - got, flags);
        if (n == 0) _exit(0);
        if (n > 0) got += n;
    }
}

static void give(int socket, int count, int flags)
{
    for (int sent = 0; sent < count;) {
        int n = send(socket, buffer + sent, count - sent, flags | MSG_NOSIGNAL);
        if (n < 0 && errno == EPIPE) _exit(0);
        if (n > 0) sent += n;
    }
}

/* Nanoseconds of one round trip. */
static double bounce(int type, int flags)
{
    enum { ROUNDS = 5000, SIZE = 64 };
    int pair[2];
    if (socketpair(AF_UNIX, type, 0, pair)) abort();
    int child = fork();
    if (!child) {
        close(pair[0]);
        for (;;) { take(pair[1], SIZE, flags); give(pair[1], SIZE, flags); }
    }
    close(pair[1]);
    double start = 0;
    for (int i = -ROUNDS / 10; i < ROUNDS; i++) {
        if (i == 0) start = now();
        give(pair[0], SIZE, flags);
        take(pair[0], SIZE, flags);
    }
    double mean = (now() - start) / ROUNDS;
    close(pair[0]);
    kill(child, SIGKILL);
    waitpid(child, 0, 0);
    return mean;
}

/* Messages in a second in one direction. A receiver of a stream takes what is there. */
static double flood(int type, int size, int count)
{
    int pair[2];
    if (socketpair(AF_UNIX, type, 0, pair)) abort();
    int child = fork();
    if (!child) {
        close(pair[0]);
        long all = (long)size * count;
        for (long got = 0; got < all;) {
            int n = recv(pair[1], buffer, type == SOCK_STREAM ? sizeof buffer : (size_t)size, 0);
            if (n <= 0) _exit(1);
            got += n;
        }
        give(pair[1], 1, 0);
        _exit(0);
    }
    close(pair[1]);
    double start = now();
    for (int i = 0; i < count; i++) give(pair[0], size, 0);
    take(pair[0], 1, 0);
    double seconds = (now() - start) / 1e9;
    close(pair[0]);
    waitpid(child, 0, 0);
    return count / seconds;
}

/* As a sender that has collected eight messages does it: one call for all of them on a stream, sendmmsg on packets. */
static double flood_in_eights(int type, int size, int count)
{
    int pair[2];
    if (socketpair(AF_UNIX, type, 0, pair)) abort();
    int child = fork();
    if (!child) {
        close(pair[0]);
        long all = (long)size * count;
        struct mmsghdr m[8];
        struct iovec v[8];
        memset(m, 0, sizeof m);
        for (int i = 0; i < 8; i++) { v[i] = (struct iovec){ buffer + i * size, size }; m[i].msg_hdr.msg_iov = &v[i]; m[i].msg_hdr.msg_iovlen = 1; }
        for (long got = 0; got < all;) {
            int n = type == SOCK_STREAM ? recv(pair[1], buffer, sizeof buffer, 0) : recvmmsg(pair[1], m, 8, MSG_WAITFORONE, 0);
            if (n <= 0) _exit(1);
            got += type == SOCK_STREAM ? n : (long)n * size;
        }
        give(pair[1], 1, 0);
        _exit(0);
    }
    close(pair[1]);
    struct mmsghdr m[8];
    struct iovec v[8];
    memset(m, 0, sizeof m);
    for (int i = 0; i < 8; i++) { v[i] = (struct iovec){ buffer + i * size, size }; m[i].msg_hdr.msg_iov = &v[i]; m[i].msg_hdr.msg_iovlen = 1; }
    double start = now();
    for (int i = 0; i < count; i += 8) {
        if (type == SOCK_STREAM) give(pair[0], 8 * size, 0);
        else for (int sent = 0; sent < 8;) { int n = sendmmsg(pair[0], m + sent, 8 - sent, MSG_NOSIGNAL); if (n > 0) sent += n; }
    }
    take(pair[0], 1, 0);
    double seconds = (now() - start) / 1e9;
    close(pair[0]);
    waitpid(child, 0, 0);
    return count / seconds;
}

static int ascending(const void *a, const void *b) { return (*(double *)a > *(double *)b) - (*(double *)a < *(double *)b); }

int main(void)
{
    static const char *names[] = { "round trip of 64 bytes, polling, ns", "round trip of 64 bytes, sleeping, ns", "64 bytes one way, messages/s",
        "64 bytes one way, eight collected, messages/s", "4 KiB one way, messages/s", "64 KiB one way, messages/s" };
    static double figures[6][2][PASSES];
    for (int pass = 0; pass < PASSES; pass++)
        for (int kind = 0; kind < 2; kind++) {
            int type = kind ? SOCK_SEQPACKET : SOCK_STREAM;
            figures[0][kind][pass] = bounce(type, MSG_DONTWAIT);
            figures[1][kind][pass] = bounce(type, 0);
            figures[2][kind][pass] = flood(type, 64, 100000);
            figures[3][kind][pass] = flood_in_eights(type, 64, 100000);
            figures[4][kind][pass] = flood(type, 4096, 50000);
            figures[5][kind][pass] = flood(type, LARGE, 5000);
        }
    printf("%-48s %12s %12s %8s\n", "", "stream", "packets", "ratio");
    for (int i = 0; i < 6; i++) {
        for (int kind = 0; kind < 2; kind++) qsort(figures[i][kind], PASSES, sizeof(double), ascending);
        double stream = figures[i][0][PASSES / 2], packets = figures[i][1][PASSES / 2];
        printf("%-48s %12.0f %12.0f %8.2f\n", names[i], stream, packets, packets / stream);
    }
    return 0;
}
