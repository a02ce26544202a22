/*
 * replies: one System V reply queue for all clients, told apart by the message's type, or one for each?
 *
 * A server answers requests of several clients. One of them has asked for a number of answers and does not read them: it is busy, stopped in
 * a debugger, or hostile. The others go on calling, one call at a time. Printed are their calls in a second before, and in a second during that.
 *
 *   gcc -O2 -o replies replies.c && ./replies
 *
 * A second table has what it costs to take one's own answer out of a queue in which those of others wait: the kernel looks
 * through the messages one by one.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS = 4, STALLED = 1, ANSWER = 1024, BACKLOG = 64 };

struct message { long type; int client; char rest[ANSWER - sizeof(int)]; };

static int requests, reply[CLIENTS + 1];
static volatile long *calls;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void check(int failed, const char *what)
{
    if (failed) { perror(what); exit(1); }
}

static int queue(void)
{
    int id = msgget(IPC_PRIVATE, 0600);
    check(id < 0, "msgget");
    return id;
}

static int start(void)
{
    int child = fork();
    check(child < 0, "fork");
    if (child == 0) prctl(PR_SET_PDEATHSIG, SIGKILL);
    return child;
}

/* A patient server waits for room. The other one keeps answers that do not fit in a line for each client, and goes on with others. */
static void serve(int patient)
{
    static int waiting[CLIENTS + 1];
    struct message m;
    for (;;) {
        int pending = 0;
        for (int c = 1; c <= CLIENTS; c++) pending += waiting[c];
        if (msgrcv(requests, &m, ANSWER, 0, pending ? IPC_NOWAIT : 0) >= 0) {
            m.type = m.client;
            if (patient) { if (msgsnd(reply[m.client], &m, ANSWER, 0) < 0) _exit(0); }
            else waiting[m.client]++;
        } else if (errno != ENOMSG) _exit(0);
        for (int c = 1; c <= CLIENTS; c++) {
            m.type = c;
            while (waiting[c] && msgsnd(reply[c], &m, ANSWER, IPC_NOWAIT) == 0) waiting[c]--;
        }
    }
}

static void call(int client)
{
    struct message m;
    for (;;) {
        m.type = 1; m.client = client;
        if (msgsnd(requests, &m, sizeof m.client, 0) < 0) _exit(0);
        if (msgrcv(reply[client], &m, ANSWER, client, 0) < 0) _exit(0);
        calls[client]++;
    }
}

static long count(void)
{
    long before = 0, after = 0;
    for (int c = 2; c <= CLIENTS; c++) before += calls[c];
    sleep(1);
    for (int c = 2; c <= CLIENTS; c++) after += calls[c];
    return after - before;
}

static void experiment(const char *name, int shared, int patient)
{
    int child[CLIENTS + 1];
    requests = queue();
    reply[1] = queue();
    for (int c = 2; c <= CLIENTS; c++) reply[c] = shared ? reply[1] : queue();
    for (int c = 1; c <= CLIENTS; c++) calls[c] = 0;
    if (!(child[0] = start())) serve(patient);
    for (int c = 2; c <= CLIENTS; c++) if (!(child[c] = start())) call(c);
    long healthy = count();
    struct message m = { .type = 1, .client = STALLED };
    for (int i = 0; i < BACKLOG; i++) msgsnd(requests, &m, sizeof m.client, 0);
    usleep(100000);
    printf("%-52s %9ld %9ld\n", name, healthy, count());
    child[1] = child[0];
    for (int c = 1; c <= CLIENTS; c++) { kill(child[c], SIGKILL); waitpid(child[c], 0, 0); }
    msgctl(requests, IPC_RMID, 0);
    for (int c = 1; c <= CLIENTS; c++) msgctl(reply[c], IPC_RMID, 0);
}

static void look_through(int foreign)
{
    enum { ROUNDS = 100000 };
    struct message m = { .type = 1 };
    int id = queue();
    for (int i = 0; i < foreign; i++) check(msgsnd(id, &m, 8, IPC_NOWAIT), "msgsnd");
    double t = now();
    for (int i = 0; i < ROUNDS; i++) { m.type = 2; msgsnd(id, &m, 64, 0); msgrcv(id, &m, ANSWER, 2, 0); }
    printf("%8d %9.0f\n", foreign, (now() - t) / ROUNDS * 1e9);
    msgctl(id, IPC_RMID, 0);
}

int main(void)
{
    setvbuf(stdout, 0, _IOLBF, 0);
    calls = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    printf("calls a second of three clients, while a fourth      has none  leaves 64 unread\n");
    experiment("one queue for all, the server waits for room", 1, 1);
    experiment("one queue for all, the server keeps what does not fit", 1, 0);
    experiment("one queue each, the server waits for room", 0, 1);
    experiment("one queue each, the server keeps what does not fit", 0, 0);
    printf("\nanswers of others in the queue, ns to send and take one\n");
    for (int n = 0; n <= 1000; n = n ? n * 10 : 1) look_through(n);
    return 0;
}
